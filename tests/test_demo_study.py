"""The study in this repository: whole, clean, and described by figures that a command makes."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from runpy import run_path

import pytest

import lde_qual as lq
from lde_qual.model.transcript import word_starts

ROOT = Path(__file__).parent.parent
FIGURES = ROOT / "docs" / "demo-study" / "figures.py"


@pytest.fixture(scope="module")
def study():
    return lq.open_study(ROOT)


def test_it_checks_clean():
    """Nothing in the folder is wrong, and nothing is left to look at."""
    assert [] == lq.check(ROOT)["what"].tolist()


def test_every_respondent_of_the_file_speaks(study):
    """Sixteen people in thirteen interviews, three of them with two at once."""
    model = study.model
    speaking = [transcript.speakers() for transcript in model.transcripts.values()]
    assert (13, 3) == (len(speaking), sum(len(who) == 2 for who in speaking))
    assert sorted(model.respondents) == sorted(who for speakers in speaking for who in speakers)


def test_it_says_that_it_is_written(study):
    """The codebook and every transcript say that nobody said this."""
    assert study.model.codebook.voorbeeldmateriaal
    for transcript in study.model.transcripts.values():
        assert "geen onderzoeksgegevens" in transcript.attributes["herkomst"]


def test_durations_fit_the_pace_of_talk(study):
    """The printed talk takes 130 to 170 words a minute, and stamps run on."""
    for transcript in study.model.transcripts.values():
        words = sum(len(word_starts(transcript.text, turn.speech)) for turn in transcript.turns)
        minutes = int(transcript.attributes["duration"].split()[0])
        assert 130 <= words / minutes <= 170, transcript.name
        stamps = [turn.time for turn in transcript.turns if turn.time]
        assert stamps == sorted(stamps)


def test_every_coding_stands_where_it_was_put(study):
    """All codings of both coders are of today's text and in the codebook."""
    for coder in ("onderzoeker", "tweede-codeur"):
        assert {"kept"} == {placed.how for placed in study.model.placed(coder)}
        assert all(placed.known for placed in study.model.placed(coder))


def test_the_page_of_figures_is_what_the_command_makes():
    """docs/demo-study/figures.md is the output of figures.py."""
    spec = importlib.util.spec_from_file_location("figures", FIGURES)
    assert spec is not None
    assert spec.loader is not None
    figures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(figures)
    assert FIGURES.with_suffix(".md").read_text(encoding="utf-8") == figures.page()


def test_the_page_on_suggestions_shows_what_is_found():
    """The tables of the codebook alone are what `evaluate` gives: of the study, and of real passages if at hand."""
    page = (ROOT / "docs" / "demo-study" / "suggestions.md").read_text(encoding="utf-8")
    rounded = run_path(str(ROOT / "docs" / "demo-study" / "suggestions.py"))["rounded"]
    study = lq.open_study(ROOT)
    codes = study.model.codebook.report_codes
    assert rounded(lq.evaluate(study, summary=True, codes=codes, method="codebook")) in page
    quotes = ROOT.parent / "shared" / "thesis" / "quotes-dev.jsonl"
    if quotes.exists():
        assert rounded(lq.evaluate(study, summary=True, test=quotes)) in page
