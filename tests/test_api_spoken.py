"""The lemmas of a study: parsed once, kept, and never trusted where they do not fit."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import TRANSCRIPTS, make_study

import lde_qual as lq
from lde_qual.api import spoken as module
from lde_qual.api.spoken import spoken
from lde_qual.formats.kept_lemmas import format_lemmas, key_of, parse_lemmas
from lde_qual.language.pipeline import MODEL_VARIABLE, Pipeline
from lde_qual.store.cache import Cache

LEMMA = st.text(alphabet="abé'-", min_size=1, max_size=5)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)
    return make_study(tmp_path)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every speech that a pipeline was asked to read, in order."""
    seen: list[str] = []
    read = Pipeline.lemmas

    def lemmas(self, speeches):
        seen.extend(speeches)
        return read(self, speeches)

    monkeypatch.setattr(Pipeline, "lemmas", lemmas)
    return seen


@given(st.lists(st.lists(LEMMA, max_size=4).map(tuple), max_size=4).map(tuple))
def test_kept_lemmas_come_back(lemmas):
    """What is written for the cache and read back is the same, and no part of it reads as the whole."""
    data = format_lemmas(lemmas)
    assert lemmas == parse_lemmas(data)
    assert parse_lemmas(data[:-2]) is None


@pytest.mark.parametrize("data", [b"", b"\n", b"lde_qual lemmas 1 0\nja\n", b"\xff\xfe", b"lde_qual lemmas 0 \n"])
def test_other_bytes_are_no_lemmas(data):
    """What was not written by this format reads as nothing."""
    assert parse_lemmas(data) is None


def test_a_key_is_of_one_pipeline_and_one_text():
    """Another pipeline, another text and another cut of the same text have another key."""
    keys = {key_of("een 1", ["a b"]), key_of("een 2", ["a b"]), key_of("een 1", ["a", "b"]), key_of("een 1", ["a c"])}
    assert len(keys) == 4


def test_a_study_is_parsed_once(folder, parsed):
    """The second opening reads what the first kept, in a folder for its owner alone that git leaves out."""
    first = spoken(lq.open_study(folder))
    assert len(parsed) == 7
    study = lq.open_study(folder)
    assert first.lemmas == spoken(study).lemmas == spoken(study).lemmas
    assert len(parsed) == 7
    assert "vdab" in first.lemmas["gesprek één"][1]
    kept = folder / ".lde_qual"
    assert (kept / ".gitignore").read_text(encoding="utf-8").endswith("*\n")
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o077 for path in (kept, *kept.rglob("*"))} == {0}


def test_only_what_changed_is_parsed_again(folder, parsed):
    """After a change of one text only that one is read, and the words that were there leave the cache."""
    study = lq.open_study(folder)
    spoken(study)
    path = folder / "transcripts" / "interview-02.txt"
    path.write_text(TRANSCRIPTS["interview-02"].replace("café", "winkel"), encoding="utf-8")
    study.refresh()
    parsed.clear()
    assert "winkel" in spoken(study).lemmas["interview-02"][1]
    assert len(parsed) == 2
    assert "café" not in "".join(
        path.read_text(encoding="utf-8") for path in (folder / ".lde_qual" / "lemmas").iterdir()
    )


def test_a_text_that_is_gone_leaves_the_cache(folder):
    """Words of a transcript that was taken out are gone at the next look, though nothing is parsed then."""
    spoken(lq.open_study(folder))
    (folder / "transcripts" / "interview-02.txt").unlink()
    spoken(lq.open_study(folder))
    assert len(list((folder / ".lde_qual" / "lemmas").iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"lde_qual lemmas 1 0\n", format_lemmas((("te", "weinig"),))])
def test_a_damaged_cache_is_made_anew(folder, parsed, damage):
    """What is not whole, or does not fit the words of the text, is not used, and is replaced."""
    wanted = spoken(lq.open_study(folder)).lemmas
    kept = sorted((folder / ".lde_qual" / "lemmas").iterdir())
    before = [path.read_bytes() for path in kept]
    for path in kept:
        path.write_bytes(damage)
    parsed.clear()
    assert spoken(lq.open_study(folder)).lemmas == wanted
    assert len(parsed) == 7
    assert [path.read_bytes() for path in kept] == before


def test_the_study_is_read_where_nothing_can_be_kept(folder):
    """Where the place of the cache is taken by something else, everything works without."""
    (folder / ".lde_qual").write_text("geen map", encoding="utf-8")
    assert spoken(lq.open_study(folder)).lemmas["interview-02"]
    assert (folder / ".lde_qual").read_text(encoding="utf-8") == "geen map"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_cache_never_leaves_the_study(folder, tmp_path):
    """A link in the place of the cache is not followed."""
    (tmp_path / "elders").mkdir()
    (folder / ".lde_qual").symlink_to(tmp_path / "elders")
    assert spoken(lq.open_study(folder)).lemmas["interview-02"]
    assert not list((tmp_path / "elders").iterdir())


def test_progress_is_told(folder):
    """Whoever waits is told of each transcript, and of the end."""
    said: list[tuple[int, int]] = []
    spoken(lq.open_study(folder), progress=lambda done, total: said.append((done, total)))
    assert said == [(0, 2), (1, 2), (2, 2)]


def test_the_cache_forgets_what_is_not_kept(tmp_path):
    """Keys that are not named are gone; the others stay."""
    cache = Cache(tmp_path, "soort")
    assert cache.read("a") is None
    assert cache.write("a", b"1")
    assert cache.write("b", b"2")
    cache.keep({"b"})
    assert (cache.read("a"), cache.read("b")) == (None, b"2")


def test_the_codebook_names_the_pipeline(folder):
    """`spacy:` of the codebook decides, and a wrong name stops what needs lemmas alone."""
    path = folder / "codebook.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "spacy: nl_geen_pijplijn\n", encoding="utf-8")
    study = lq.open_study(folder)
    assert not lq.frequency(study).empty
    with pytest.raises(lq.LdeQualError, match="nl_geen_pijplijn"):
        module.pipeline_of(study)
