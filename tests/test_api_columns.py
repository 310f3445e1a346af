"""What is kept of a study gives every table as the study itself gives it, or is not used."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lde_qual as lq
from lde_qual.analysis.agreement_units import UNITS as AGREEMENT_UNITS
from lde_qual.analysis.cooccurrence import UNITS as PAIR_UNITS
from lde_qual.analysis.frequency import UNITS
from lde_qual.store.cache import FOLDER
from lde_qual.store.known import Known
from lde_qual.store.study_store import StudyStore

EXAMPLE = Path(__file__).parent.parent / "docs" / "example-study"
Table = Callable[[lq.Study], pd.DataFrame]

whose = st.fixed_dictionaries(
    {"coder": st.sampled_from([None, "anna", "bram"]), "with_interviewer": st.booleans(), "coded_only": st.booleans()},
    optional={"codes": st.sampled_from(["gesprek", "begeleiding,tijd"])},
)
axes = st.sampled_from(["role", "organisation", "richting", "kind"])
tables: st.SearchStrategy[Table] = st.one_of(
    st.builds(
        lambda by, unit, options: lambda study: lq.frequency(study, by=by, unit=unit, **options),
        st.none() | axes,
        st.sampled_from(UNITS),
        whose,
    ),
    st.builds(
        lambda rows, unit, options: lambda study: lq.matrix(study, rows=rows, unit=unit, cols="transcript", **options),
        st.sampled_from(["code", "respondent"]) | axes,
        st.sampled_from(UNITS),
        whose,
    ),
    st.builds(
        lambda by, unit, options: lambda study: lq.cooccurrence(study, by=by, unit=unit, **options),
        st.none() | axes,
        st.sampled_from(PAIR_UNITS),
        whose,
    ),
    st.builds(
        lambda options: lambda study: lq.saturation(study, **options),
        st.fixed_dictionaries(
            {
                "by": st.sampled_from([None, "role", "kind"]),
                "order": st.sampled_from(["coding", "date"]),
                "guest": st.booleans(),
                "coder": st.sampled_from([None, "anna", "bram"]),
            }
        ),
    ),
    st.builds(
        lambda options: lambda study: lq.agreement(study, **options),
        st.fixed_dictionaries(
            {
                "unit": st.sampled_from(AGREEMENT_UNITS),
                "coders": st.sampled_from([None, "bram,anna"]),
                "suggested": st.booleans(),
                "aggregate": st.booleans(),
            }
        ),
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the example study without anything kept."""
    copy = tmp_path_factory.mktemp("kept") / "study"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns(FOLDER, "results"))
    return copy


def forget(folder: Path) -> None:
    """Delete what is kept of a study."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Check that two tables are the same, with all that goes with them."""
    pd.testing.assert_frame_equal(one, other)
    assert one.attrs == other.attrs


@settings(max_examples=60, deadline=None)
@given(table=tables)
def test_every_table_is_the_same_from_what_is_kept(folder: Path, table: Table) -> None:
    """A view of a study that is opened again is that of the study opened for the first time, and nothing is folded."""
    forget(folder)
    first = table(lq.open_study(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StudyStore, "__init__", lambda *_: pytest.fail("the study was folded"))
        same(table(lq.open_study(folder)), first)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_changed_byte_is_seen(folder: Path, data: st.DataObject) -> None:
    """Where a byte of the codebook, the guide, a table, a transcript or a journal changed, nothing is known."""
    lq.frequency(lq.open_study(folder))
    assert Known(folder).head is not None
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix in {".yaml", ".txt", ".csv", ".jsonl"}
    )
    path = data.draw(st.sampled_from([path for path in files if FOLDER not in path.parts]))
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before) - 1))
    path.write_bytes(before[:at] + bytes([before[at] ^ data.draw(st.integers(1, 255))]) + before[at + 1 :])
    try:
        assert Known(folder).head is None
    finally:
        path.write_bytes(before)
    assert Known(folder).head is not None


@pytest.mark.parametrize("change", ["new", "gone", "renamed"])
def test_files_that_come_and_go_are_seen(folder: Path, change: str) -> None:
    """A journal that comes, goes or gets another name leaves nothing known."""
    lq.frequency(lq.open_study(folder))
    journal, other = folder / "codings" / "bram.jsonl", folder / "codings" / "carla.jsonl"
    before = journal.read_bytes()
    if change != "new":
        journal.unlink()
    if change != "gone":
        other.write_bytes(before)
    assert Known(folder).head is None
    other.unlink(missing_ok=True)
    journal.write_bytes(before)
    assert Known(folder).head is not None


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["flipped", "cut"]), st.sampled_from(["head", "columns"]), st.integers(0, 9000))
def test_what_is_damaged_is_not_used(folder: Path, damage: str, part: str, at: int) -> None:
    """What is kept and was cut short or changed gives the same table: it is worked out anew, and kept anew."""
    forget(folder)
    first = lq.frequency(lq.open_study(folder), by="role")
    kept = [path for path in (folder / FOLDER / "columns").iterdir() if path.name.endswith(".head") == (part == "head")]
    data = kept[0].read_bytes()
    at %= len(data)
    kept[0].write_bytes(data[:at] + (bytes([data[at] ^ 1]) + data[at + 1 :] if damage == "flipped" else b""))
    same(lq.frequency(lq.open_study(folder), by="role"), first)
    same(lq.frequency(lq.open_study(folder), by="role"), first)


def test_a_write_is_in_the_next_table(folder: Path) -> None:
    """What was written after a study was opened from what is kept counts at once, and after opening again."""
    lq.frequency(lq.open_study(folder))
    study = lq.open_study(folder)
    before = lq.frequency(study, codes="papieren", unit="segments")["n"].tolist()
    text = study.model.transcripts["gesprek-2"].text
    start = text.index("Elke")
    study.code(transcript="gesprek-2", start=start, end=start + 4, code="papieren", coder="anna")
    after = lq.frequency(study, codes="papieren", unit="segments")["n"].tolist()
    assert after == [number + 1 for number in before]
    assert lq.frequency(lq.open_study(folder), codes="papieren", unit="segments")["n"].tolist() == after
    study.store.undo("anna")
    assert lq.frequency(study, codes="papieren", unit="segments")["n"].tolist() == before


def test_what_others_write_is_seen_on_refresh(folder: Path) -> None:
    """A study that was opened from what is kept tells on refresh whether something changed, and shows it."""
    lq.frequency(lq.open_study(folder))
    study, other = lq.open_study(folder), lq.open_study(folder)
    before = lq.frequency(study, codes="papieren", unit="segments")["n"].tolist()
    assert not study.refresh()
    start = other.model.transcripts["gesprek-2"].text.index("Elke")
    other.code(transcript="gesprek-2", start=start, end=start + 4, code="papieren", coder="anna")
    assert study.refresh()
    assert lq.frequency(study, codes="papieren", unit="segments")["n"].tolist() == [number + 1 for number in before]
    other.store.undo("anna")


def test_only_what_stands_now_is_kept(folder: Path) -> None:
    """What was worked out of a study as it no longer is leaves its folder."""
    codebook = folder / "codebook.yaml"
    lq.frequency(lq.open_study(folder))
    before = codebook.read_bytes()
    codebook.write_bytes(before + b"# anders\n")
    lq.frequency(lq.open_study(folder))
    key = Known(folder).key
    assert {path.name.partition(".")[0] for path in (folder / FOLDER / "columns").iterdir()} == {key}
    codebook.write_bytes(before)


@pytest.mark.parametrize("there", ["file", "link"])
def test_where_nothing_can_be_kept_nothing_is(folder: Path, tmp_path: Path, there: str) -> None:
    """Where ``.lde_qual`` cannot be written, or leads out of the study, tables are the same and nothing is written."""
    forget(folder)
    first = lq.frequency(lq.open_study(folder))
    forget(folder)
    if there == "file":
        (folder / FOLDER).write_text("", encoding="utf-8")
    else:
        (folder / FOLDER).symlink_to(tmp_path)
    same(lq.frequency(lq.open_study(folder)), first)
    same(lq.frequency(lq.open_study(folder)), first)
    assert not list(tmp_path.iterdir())
    (folder / FOLDER).unlink()


def test_a_fault_is_told_each_time(folder: Path) -> None:
    """A folder with a fault that no view can go on with is never taken as known."""
    codebook = folder / "codebook.yaml"
    before = codebook.read_bytes()
    codebook.write_bytes(before + b"onbekend: 1\n")
    for _ in range(2):
        with pytest.raises(lq.LdeQualError, match="onbekend"):
            lq.open_study(folder)
    codebook.write_bytes(before)
