"""The one door for writers: strict, durable, in step with the folder."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from studies import make_study

from lde_qual.errors import LdeQualError, RefusedError, StaleError, UnknownError, UsageError, WriteError
from lde_qual.formats.journal import encode
from lde_qual.model.fold import fold
from lde_qual.model.operation import Operation
from lde_qual.model.rules import coding_body
from lde_qual.store.checking import check
from lde_qual.store.folder import read_folder
from lde_qual.store.lock import StudyLock
from lde_qual.store.stamps import Stamps
from lde_qual.store.study_store import StudyStore

TALK = "gesprek één"
CODER = "onderzoeker"


class Ticks:
    """A clock that goes on by a second a look, and chance that is none."""

    def __init__(self, start: int = 1_709_287_200_000) -> None:
        self.now = start

    def stamps(self) -> Stamps:
        """Return stamps made from this clock."""
        return Stamps(clock=self._look, random=lambda size: self.now.to_bytes(12, "big")[-size:].rjust(size, b"\0"))

    def _look(self) -> int:
        self.now += 1000
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_study(tmp_path)


@pytest.fixture
def store(folder: Path) -> StudyStore:
    return StudyStore(folder)


def passage(store: StudyStore, words: str, code: str = "mobiliteit", **further: Any) -> dict[str, Any]:
    """Return the body of a coding of these words."""
    start = store.study.transcripts[TALK].text.index(words)
    return coding_body(store.study, transcript=TALK, start=start, end=start + len(words), code=code, **further)


def journal(store: StudyStore, coder: str = CODER) -> Path:
    return store.path / "codings" / f"{coder}.jsonl"


def test_a_write_is_on_disk_and_in_memory(store: StudyStore) -> None:
    """What a write acknowledged is in the file, in this store, and in any other that reads."""
    identifier = store.write(CODER, "code", passage(store, "zonder bus", memo="ver"))
    assert store.study.state(CODER).codings[identifier].memo == "ver"
    assert identifier in journal(store).read_text(encoding="utf-8")
    assert StudyStore(store.path).study.states == store.study.states
    assert check(read_folder(store.path)) == []


def test_the_same_clock_gives_the_same_bytes(tmp_path: Path) -> None:
    """With clock and chance put in from outside, a journal is the same to the byte."""
    written = []
    for name in "ab":
        (tmp_path / name).mkdir()
        store = StudyStore(make_study(tmp_path / name), stamps=Ticks().stamps())
        store.write(CODER, "code", passage(store, "zonder bus"))
        store.write(CODER, "done", {"transcript": TALK})
        written.append(journal(store).read_bytes())
    assert written[0] == written[1]
    assert b'"at":"2024-03-01T10:00:' in written[0]


def test_ids_go_on_when_the_clock_goes_back(folder: Path) -> None:
    """Ids rise in the order of writing, also when the clock went back between two sessions."""
    first = StudyStore(folder, stamps=Ticks().stamps()).write(CODER, "done", {"transcript": TALK})
    store = StudyStore(folder, stamps=Ticks(0).stamps())
    second = store.write(CODER, "done", {"transcript": "interview-02"})
    assert first < second
    assert store.study.state(CODER).operations[second].at.startswith("1970")


@pytest.mark.parametrize("again", ["screening", "selectie"])
def test_coding_again_changes_nothing(store: StudyStore, again: str) -> None:
    """The same passage at the same code, under its old id too, gives the coding that is there."""
    identifier = store.write(CODER, "code", passage(store, "na een screening", "screening"))
    before = journal(store).read_bytes()
    body = passage(store, "na een screening", "screening") | {"code": again}
    assert store.write(CODER, "code", body) == identifier
    assert store.write_batch(CODER, [("code", body)]) == [identifier]
    assert journal(store).read_bytes() == before
    assert store.write("anna", "code", body) != identifier


def test_coding_again_after_an_edit(store: StudyStore) -> None:
    """A coding that was carried through an edit is still the one at its passage."""
    identifier = store.write(CODER, "code", passage(store, "zonder bus"))
    store.edit(CODER, TALK, store.study.transcripts[TALK].text.replace("Hoe komen", "Hoe, zeg maar, komen"))
    assert store.write(CODER, "code", passage(store, "zonder bus")) == identifier
    store.write(CODER, "uncode", {"coding": identifier})
    assert store.write(CODER, "code", passage(store, "zonder bus")) != identifier


@pytest.mark.parametrize(
    ("op", "body", "error"),
    [
        ("uncode", {"coding": "nergens"}, UnknownError),
        ("done", {"transcript": "nergens"}, UnknownError),
        ("done", {}, UsageError),
        ("undo", {"operation": "x"}, UsageError),
        ("edit", {}, UsageError),
        ("batch", {"operations": []}, UsageError),
        ("dnoe", {"transcript": TALK}, UsageError),
        ("basket", {"items": float("nan")}, LdeQualError),
    ],
)
def test_what_does_not_fit_is_refused(store: StudyStore, op: str, body: dict[str, Any], error: type[Exception]) -> None:
    """An operation that does not fit leaves the folder as it was."""
    with pytest.raises(error):
        store.write(CODER, op, body)
    assert not journal(store).exists()


@pytest.mark.parametrize("coder", ["", "Anna", "a/b", "..", "x" * 41])
def test_coder_names(store: StudyStore, coder: str) -> None:
    """A coder's name can never be a path."""
    with pytest.raises(UsageError):
        store.write(coder, "done", {"transcript": TALK})


def test_a_batch_is_one_line_and_all_or_nothing(store: StudyStore) -> None:
    """Members of a batch see those before them, bear its id with a number, and fail together."""
    one, two = passage(store, "zonder bus"), passage(store, "De bus")
    ids = store.write_batch(CODER, [("code", one), ("code", two), ("code", one)])
    assert ids == [f"{ids[0][:-2]}.1", f"{ids[0][:-2]}.2", ids[0]]
    assert journal(store).read_bytes().count(b"\n") == 1
    before = journal(store).read_bytes()
    with pytest.raises(UnknownError):
        store.write_batch(CODER, [("uncode", {"coding": ids[0]}), ("mark", {"coding": ids[0], "mark": "typerend"})])
    assert journal(store).read_bytes() == before
    fresh = store.write_batch(CODER, [("uncode", {"coding": ids[0]}), ("code", one)])
    assert list(store.study.state(CODER).codings) == [ids[1], fresh[1]]
    assert store.write_batch(CODER, []) == []
    assert StudyStore(store.path).study.states == store.study.states


def test_undo_and_redo(store: StudyStore) -> None:
    """Undo takes back the last operation in force, redo brings it back, and a trial changes nothing."""
    identifier = store.write(CODER, "code", passage(store, "zonder bus"))
    trial = store.undo(CODER, dry_run=True)
    assert (trial.operation.id, trial.id) == (identifier, "")
    undone = store.undo(CODER)
    assert not store.study.state(CODER).codings
    store.undo(CODER, undone.id)
    assert list(store.study.state(CODER).codings) == [identifier]
    store.write(CODER, "mark", {"coding": identifier[:14], "mark": "typerend"})
    with pytest.raises(RefusedError, match="rest on it"):
        store.undo(CODER, identifier)


def test_an_undo_that_later_work_rests_on_is_not_taken_back(store: StudyStore) -> None:
    """Taking an undo back is refused where a memo or another coding would lose its effect by it."""
    first = store.write(CODER, "code", passage(store, "zonder bus"))
    undone = store.undo(CODER)
    second = store.write(CODER, "code", passage(store, "zonder bus", memo="opnieuw"))
    with pytest.raises(RefusedError, match=second):
        store.undo(CODER, undone.id)
    store.undo(CODER, second)
    redone = store.undo(CODER, undone.id)
    memo = {"subject": "coding", "about": first, "kind": "method", "text": "waarom"}
    written = store.write(CODER, "memo", memo)
    with pytest.raises(RefusedError, match=written):
        store.undo(CODER, redone.id)
    store.undo(CODER, written)
    away = store.write(CODER, "uncode", {"coding": first})
    back = store.undo(CODER)
    rewritten = store.write(CODER, "memo", memo)
    with pytest.raises(RefusedError, match=rewritten):
        store.undo(CODER, back.id)
    assert away in store.study.state(CODER).undone
    assert not store.study.state(CODER).without_effect


def test_taking_a_coding_back_where_another_now_stands(store: StudyStore) -> None:
    """`uncode` is not undone over a newer coding of that passage and code, whose memo would be lost."""
    first = store.write(CODER, "code", passage(store, "zonder bus"))
    away = store.write(CODER, "uncode", {"coding": first})
    second = store.write(CODER, "code", passage(store, "zonder bus", memo="opnieuw"))
    with pytest.raises(RefusedError, match=second):
        store.undo(CODER, away)
    assert store.study.state(CODER).codings[second].memo == "opnieuw"


def test_an_edit_keeps_front_matter_and_is_undone_word_for_word(store: StudyStore) -> None:
    """An edit replaces the body alone, carries codings over, and undo and redo restore the file to the byte."""
    path = store.path / "transcripts" / f"{TALK}.txt"
    before = path.read_bytes()
    identifier = store.write(CODER, "code", passage(store, "De bus is er niet"))
    text = store.study.transcripts[TALK].text.replace("zonder bus. De bus", "zonder fiets. Die bus")
    store.edit(CODER, TALK, text)
    after = path.read_bytes()
    assert after.decode() == before.decode().replace("zonder bus. De bus", "zonder fiets. Die bus")
    placed = store.study.placed(CODER)[0]
    assert (placed.coding.id, placed.span.of(text), placed.how) == (identifier, "Die bus is er niet", "carried")
    undone = store.undo(CODER)
    assert undone.files == (f"transcripts/{TALK}.txt",)
    assert path.read_bytes() == before
    assert store.study.placed(CODER)[0].how == "kept"
    store.undo(CODER, undone.id)
    assert path.read_bytes() == after
    assert check(read_folder(store.path)) == []


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [("R02: ", "Onbekend: ", LdeQualError), ("", "", RefusedError)],
)
def test_an_edit_that_cannot_be_read_is_refused(store: StudyStore, old: str, new: str, error: type[Exception]) -> None:
    """An edit that changes nothing, or that could not be read as turns, is refused before anything is written."""
    before = (store.path / "transcripts" / f"{TALK}.txt").read_bytes()
    with pytest.raises(error):
        store.edit(CODER, TALK, store.study.transcripts[TALK].text.replace(old, new))
    with pytest.raises(RefusedError, match="front matter"):
        store.edit(CODER, "interview-02", "---\nx: y\n---\nR03: Ja.\n")
    assert (store.path / "transcripts" / f"{TALK}.txt").read_bytes() == before
    assert not journal(store).exists()


def test_undoing_an_edit_of_a_file_that_changed_since(store: StudyStore) -> None:
    """An edit is not undone over somebody else's later change; the person is told."""
    store.edit(CODER, TALK, store.study.transcripts[TALK].text.replace("zonder bus", "zonder fiets"))
    path = store.path / "transcripts" / f"{TALK}.txt"
    path.write_bytes(path.read_bytes() + b"R01: En nog iets.\n")
    with pytest.raises(StaleError, match="changed since"):
        store.undo(CODER)
    assert len(store.study.state(CODER).operations) == 1


def test_the_codebook_changes_and_is_restored(store: StudyStore) -> None:
    """A codebook operation replaces the file, shows at once, and undo restores it word for word."""
    before = store.codebook_text
    new = before.replace("label: Mobiliteit ", "label: Vervoer ")
    store.change_codebook(CODER, "label", ["mobiliteit"], new, extra={"label": "Vervoer"})
    assert store.study.codebook.code("mobiliteit").label == "Vervoer"
    assert (store.path / "codebook.yaml").read_text(encoding="utf-8") == new
    undone = store.undo(CODER)
    assert store.codebook_text == before
    store.undo(CODER, undone.id)
    assert store.codebook_text == new
    assert StudyStore(store.path).study.states == store.study.states


def test_a_codebook_that_changed_meanwhile_is_not_written_over(store: StudyStore) -> None:
    """A change made from an older text of the codebook is refused, and nothing is written."""
    base = store.codebook_text
    hand = base.replace("Kleine studie\n", "Kleine studie, bewerkt\n")
    (store.path / "codebook.yaml").write_text(hand, encoding="utf-8", newline="\n")
    with pytest.raises(StaleError):
        store.change_codebook(CODER, "label", ["mobiliteit"], base.replace("label: Mobiliteit ", "label: Vervoer "))
    assert (store.path / "codebook.yaml").read_text(encoding="utf-8") == hand
    assert not journal(store).exists()


def test_a_code_that_bears_codings_stays(store: StudyStore) -> None:
    """A codebook in which a coded code would be gone is refused, with how many codings it bears."""
    store.write(CODER, "code", passage(store, "zonder bus"))
    without = store.codebook_text.partition("  - id: mobiliteit")[0]
    with pytest.raises(RefusedError, match="bears 1 coding of onderzoeker"):
        store.change_codebook(CODER, "delete", ["mobiliteit"], without)


@pytest.mark.parametrize("what", ["edit", "codebook"])
def test_what_was_undone_before_the_file_showed_it_stays_undone(
    store: StudyStore, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A change that never reached its file and was taken back is told no more, and no repair applies it."""
    new_text = store.study.transcripts[TALK].text.replace("zonder bus", "zonder fiets")
    new_codebook = store.codebook_text.replace("label: Mobiliteit ", "label: Vervoer ")
    change: dict[str, Callable[[], object]] = {
        "edit": lambda: store.edit(CODER, TALK, new_text),
        "codebook": lambda: store.change_codebook(CODER, "label", ["mobiliteit"], new_codebook),
    }
    with monkeypatch.context() as patch:
        patch.setattr("lde_qual.store.study_store.replace_text", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            change[what]()
    fresh = StudyStore(store.path)
    fresh.undo(CODER)
    assert check(read_folder(store.path)) == []
    assert fresh.repair() == []


@pytest.mark.parametrize("what", ["edit", "codebook", "undo"])
def test_stopping_between_line_and_file(store: StudyStore, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """When the line is there and the file not yet, opening tells it and repair applies it."""

    new_text = store.study.transcripts[TALK].text.replace("zonder bus", "zonder fiets")
    new_codebook = store.codebook_text.replace("label: Mobiliteit ", "label: Vervoer ")
    wanted = store.study.transcripts[TALK].text
    if what == "undo":
        store.edit(CODER, TALK, new_text)
    change: dict[str, Callable[[], object]] = {
        "edit": lambda: store.edit(CODER, TALK, new_text),
        "codebook": lambda: store.change_codebook(CODER, "label", ["mobiliteit"], new_codebook),
        "undo": lambda: store.undo(CODER),
    }
    with monkeypatch.context() as patch:
        patch.setattr("lde_qual.store.study_store.replace_text", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            change[what]()
    fresh = StudyStore(store.path)
    problems = [problem for problem in check(read_folder(store.path)) if "does not show it yet" in problem.what]
    assert [(problem.level, problem.fatal) for problem in problems] == [("warning", False)]
    fresh.repair()
    assert check(read_folder(store.path)) == []
    if what == "codebook":
        assert fresh.study.codebook.code("mobiliteit").label == "Vervoer"
    elif what == "undo":
        assert fresh.study.transcripts[TALK].text == wanted
    else:
        assert "zonder fiets" in fresh.study.transcripts[TALK].text


def test_a_file_that_cannot_be_replaced_takes_its_line_back(store: StudyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk refuses the file, the person is told, and the journal does not say that it was changed."""
    before = store.study.transcripts[TALK].text

    def refuse(*_: object) -> None:
        raise WriteError("vol")

    with monkeypatch.context() as patch:
        patch.setattr("lde_qual.store.text_change.disk.replace", refuse)
        with pytest.raises(WriteError, match="vol"):
            store.edit(CODER, TALK, before.replace("zonder bus", "zonder fiets"))
    fresh = StudyStore(store.path)
    assert fresh.study.transcripts[TALK].text == before
    assert len(fresh.study.state(CODER).undone) == 1
    assert fresh.loaded.problems == []


@pytest.mark.parametrize("what", ["edit", "codebook", "undo"])
def test_a_file_that_cannot_be_replaced_leaves_no_line(
    store: StudyStore, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Where the folder of a file takes nothing, the change is refused before the journal holds a line of it."""
    text = store.study.transcripts[TALK].text
    if what == "undo":
        store.edit(CODER, TALK, text.replace("zonder bus", "zonder fiets"))
    new_codebook = store.codebook_text.replace("label: Mobiliteit ", "label: Vervoer ")
    change: dict[str, Callable[[], object]] = {
        "edit": lambda: store.edit(CODER, TALK, text.replace("zonder bus", "zonder fiets")),
        "codebook": lambda: store.change_codebook(CODER, "label", ["mobiliteit"], new_codebook),
        "undo": lambda: store.undo(CODER),
    }
    before = {path: path.read_bytes() for path in store.path.rglob("*") if path.is_file()}

    def refuse(*_: object) -> None:
        raise WriteError("vol")

    monkeypatch.setattr("lde_qual.store.disk.create", refuse)
    with pytest.raises(WriteError, match="vol"):
        change[what]()
    after = {path: path.read_bytes() for path in store.path.rglob("*") if path.is_file() and path.name != ".lock"}
    assert after == {path: data for path, data in before.items() if path.name != ".lock"}


def test_refresh_reads_what_others_wrote(store: StudyStore) -> None:
    """A store shows what another wrote, or what a person changed by hand, after refresh and no earlier."""
    assert not store.refresh()
    other = StudyStore(store.path)
    other.write("anna", "done", {"transcript": TALK})
    assert "anna" not in store.study.states
    assert store.refresh()
    assert store.study.states == other.study.states
    other.write("anna", "done", {"transcript": "interview-02"})
    assert store.refresh()
    assert list(store.study.state("anna").done) == [TALK, "interview-02"]
    path = store.path / "transcripts" / "interview-02.txt"
    path.write_text("R03: Iets anders.\n", encoding="utf-8")
    assert store.refresh()
    assert store.study.transcripts["interview-02"].text == "R03: Iets anders.\n"
    journal(store, "anna").unlink()
    assert store.refresh()
    assert not store.study.states
    assert not store.refresh()


def test_a_journal_that_was_replaced_is_read_anew(store: StudyStore) -> None:
    """A journal that another program put in the place of this one, longer or not, is read from its start."""
    store.write(CODER, "done", {"transcript": TALK})
    short = journal(store).read_bytes()
    store.write(CODER, "done", {"transcript": "interview-02"})
    journal(store).write_bytes(short)
    store.refresh()
    assert list(store.study.state(CODER).done) == [TALK]
    other = StudyStore(store.path)
    other.undo(CODER)
    other.write(CODER, "note", passage(other, "zonder bus") | {"text": "x" * 2000})
    lines = journal(store).read_bytes().split(b"\n")
    journal(store).write_bytes(b"\n".join([lines[2], lines[0], lines[1], b""]))
    store.refresh()
    assert StudyStore(store.path).study.states == store.study.states


def test_a_torn_last_line_is_set_aside(store: StudyStore) -> None:
    """The next writer keeps the bytes of a torn line, cuts the file back, and goes on."""
    first = store.write(CODER, "done", {"transcript": TALK})
    torn = journal(store).read_bytes()[:100]
    with journal(store).open("ab") as file:
        file.write(torn)
    assert [problem.level for problem in check(read_folder(store.path))] == ["warning"]
    second = store.write(CODER, "done", {"transcript": "interview-02"})
    assert [part.read_bytes() for part in (store.path / "codings" / ".torn").iterdir()] == [torn]
    fresh = read_folder(store.path)
    assert list(fresh.study.state(CODER).operations) == [first, second]
    assert check(fresh) == []


def test_a_whole_last_line_without_its_newline_is_kept(store: StudyStore) -> None:
    """A last line that lost only its LF counts, and the next one begins on a line of its own."""
    first = store.write(CODER, "done", {"transcript": TALK})
    journal(store).write_bytes(journal(store).read_bytes()[:-1])
    for each in (store, StudyStore(store.path)):
        each.write(
            CODER, "mark", {"coding": each.write(CODER, "code", passage(each, "zonder bus")), "mark": "typerend"}
        )
    fresh = read_folder(store.path)
    assert next(iter(fresh.study.state(CODER).operations)) == first
    assert check(fresh) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["code", "uncode", "mark", "memo", "undo", "redo", "done"]), max_size=12))
def test_what_a_writer_shows_is_what_a_reader_folds(tmp_path: Path, steps: list[str]) -> None:
    """After any sequence of operations the writer's state is the fold of its journal, undo and redo included."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _: None)
        shutil.rmtree(tmp_path, ignore_errors=True)
        tmp_path.mkdir()
        store = StudyStore(make_study(tmp_path), stamps=Ticks().stamps())
        words = iter(store.study.transcripts[TALK].text.partition("R02: ")[2].split())
        undone = ""
        for step in steps:
            state = store.study.state(CODER)
            last = next(reversed(state.codings), "")
            before = list(state.codings.values())
            try:
                if step == "code":
                    store.write(CODER, "code", passage(store, next(words)))
                elif step == "undo":
                    undone = store.undo(CODER).id
                elif step == "redo" and undone:
                    back = store.undo(CODER, undone).id
                    undone = store.undo(CODER, back).id
                    assert list(store.study.state(CODER).codings.values()) == before
                elif step in {"uncode", "mark"}:
                    store.write(CODER, step, {"coding": last} | ({"mark": "typerend"} if step == "mark" else {}))
                elif step == "memo":
                    store.write(CODER, "memo", {"subject": "study", "about": "", "kind": "method", "text": "hm"})
                else:
                    store.write(CODER, "done", {"transcript": TALK})
            except LdeQualError:
                continue
        assert StudyStore(store.path).study.states == store.study.states
        state = store.study.state(CODER)
        assert fold(CODER, state.operations.values()) == state


def test_conflicted_copies_lose_nothing_and_join(store: StudyStore) -> None:
    """Copies of one journal fold together, one who writes sees all, and joining them changes no state."""
    base = store.write(CODER, "code", passage(store, "zonder bus"))
    copy = journal(store, f"{CODER} (conflicted copy)")
    shutil.copy(journal(store), copy)
    mine = store.write(CODER, "code", passage(store, "De bus"))
    main = journal(store).read_bytes()
    shutil.copy(copy, journal(store))
    other = StudyStore(store.path)
    theirs = other.write(CODER, "revise", {"coding": base, "changes": {"memo": "van de ander"}})
    shutil.move(journal(store), copy)
    journal(store).write_bytes(main)
    store.refresh()
    state = store.study.state(CODER)
    assert list(state.operations) == [base, mine, theirs]
    assert state.codings[base].memo == "van de ander"
    last = store.write(CODER, "revise", {"coding": base, "changes": {"memo": "van mij"}})
    for each in (store, StudyStore(store.path)):
        assert list(each.study.state(CODER).operations) == [base, mine, theirs, last]
        assert each.study.state(CODER).codings[base].memo == "van mij"
    store.join()
    assert [path.name for path in (store.path / "codings").glob("*.jsonl")] == [f"{CODER}.jsonl"]
    assert [path.name for path in (store.path / "codings" / ".aside").iterdir()] == [copy.name]
    assert list(StudyStore(store.path).study.state(CODER).operations) == [base, mine, theirs, last]
    assert check(read_folder(store.path)) == []
    shutil.copy(store.path / "codings" / ".aside" / copy.name, copy)
    assert not StudyStore(store.path).join().lines[CODER]


def test_joining_keeps_the_order_where_the_other_branch_came_first(store: StudyStore) -> None:
    """Where the copy's branch is the earlier one, joining keeps what holds, and both old files are kept."""
    base = store.write(CODER, "code", passage(store, "zonder bus"))
    copy = journal(store, f"{CODER} (2)")
    start = journal(store).read_bytes()
    store.write(CODER, "revise", {"coding": base, "changes": {"memo": "eerst"}})
    shutil.copy(journal(store), copy)
    journal(store).write_bytes(start)
    other = StudyStore(store.path)
    copy_kept = copy.read_bytes()
    copy.unlink()
    other.refresh()
    other.write(CODER, "revise", {"coding": base, "changes": {"memo": "later"}})
    copy.write_bytes(copy_kept)
    store.refresh()
    before = store.study.state(CODER)
    assert before.codings[base].memo == "later"
    assert any("both changed" in problem.what for problem in check(read_folder(store.path)))
    joined = store.join()
    assert [f"coding {base}" in said for said in joined.said] == [True]
    assert set(joined.aside) == {f"codings/{CODER}.jsonl", f"codings/{copy.name}"}
    fresh = read_folder(store.path)
    assert list(fresh.study.state(CODER).codings.values()) == list(before.codings.values())
    assert check(fresh) == []


def test_joining_says_what_a_damaged_copy_could_not_give(store: StudyStore) -> None:
    """A line of a copy that cannot be read, and a line that is missing from it, are said before it is set aside."""
    store.write(CODER, "code", passage(store, "zonder bus"))
    start = journal(store).read_bytes()
    for words in ("De bus", "is er niet"):
        store.write(CODER, "code", passage(store, words))
    whole = journal(store).read_bytes().splitlines(keepends=True)
    journal(store).write_bytes(start)
    journal(store, f"{CODER} 2").write_bytes(whole[0] + whole[1].replace(b"De bus", b"De bux") + whole[2])
    journal(store, f"{CODER} 3").write_bytes(whole[0] + whole[2])
    said = StudyStore(store.path).join().said
    assert any(f"{CODER} 2.jsonl, line 2 did not come over" in each for each in said)
    assert any(f"{CODER} 3.jsonl: what stood before" in each for each in said)


def test_joining_keeps_what_a_copy_withdrew_withdrawn(store: StudyStore) -> None:
    """A line that a copy holds without its body stays without it when the copy is set aside."""
    store.write(CODER, "code", passage(store, "zonder bus"))
    fields = json.loads(journal(store).read_text(encoding="utf-8"))
    withdrawn = {name: value for name, value in fields.items() if name not in {"salt", "body"}}
    journal(store, f"{CODER} 2").write_text(json.dumps(withdrawn) + "\n", encoding="utf-8", newline="\n")
    again = StudyStore(store.path)
    assert not again.study.state(CODER).codings
    again.join()
    assert not StudyStore(store.path).study.state(CODER).codings
    assert "zonder bus" not in journal(store).read_text(encoding="utf-8")


def test_a_journal_that_holds_anothers_lines_is_joined_once(store: StudyStore) -> None:
    """Once a coder's own journal holds their lines, the other's journal with them in it is named no more."""
    store.write(CODER, "done", {"transcript": TALK})
    store.write("anna", "done", {"transcript": TALK})
    lines = [journal(store, coder).read_bytes() for coder in (CODER, "anna")]
    journal(store).write_bytes(lines[1])
    journal(store, "anna").write_bytes(lines[0])
    assert len(check(read_folder(store.path))) == 2
    StudyStore(store.path).join()
    assert check(read_folder(store.path)) == []
    assert list(read_folder(store.path).study.states) == ["anna", CODER]


@pytest.mark.parametrize(("v", "op"), [(2, "done"), (1, "later-op")])
def test_a_journal_of_a_later_version_is_read_only(store: StudyStore, v: int, op: str) -> None:
    """A line of a later version opens the study for reading, and writing is refused with the reason."""
    store.write(CODER, "done", {"transcript": TALK})
    raw = encode(Operation("x", 1, "", "anna", op, {}), prev="", salt="00" * 16).to_bytes()
    if v == 2:
        raw = raw.replace(b'{"v":1', b'{"v":2').replace(b'"sum":"', b'"sum":"ff')
    journal(store, "anna").write_bytes(raw)
    fresh = StudyStore(store.path)
    assert list(fresh.study.state(CODER).done) == [TALK]
    assert "anna.jsonl, line 1" in fresh.loaded.read_only
    with pytest.raises(RefusedError, match="reading only"):
        store.write(CODER, "done", {"transcript": "interview-02"})
    with pytest.raises(RefusedError):
        store.join()


def test_a_writer_waits_for_another_and_then_says_so(folder: Path) -> None:
    """A writer that finds the lock held waits, and after its patience says which lock it is."""
    store = StudyStore(folder, patience=0.05)
    with StudyLock(folder / "codings").held(), pytest.raises(WriteError, match=r"\.lock"):
        store.write(CODER, "done", {"transcript": TALK})
    store.write(CODER, "done", {"transcript": TALK})


def test_one_store_serves_several_threads(store: StudyStore) -> None:
    """Threads that write through one store lose nothing."""
    done: list[str] = []

    def work(coder: str) -> None:
        done.extend(store.write(coder, "note", passage(store, "zonder bus") | {"text": f"{n}"}) for n in range(10))

    threads = [threading.Thread(target=work, args=(coder,)) for coder in ("anna", "anna", "bert")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fresh = StudyStore(store.path).study
    assert {key for state in fresh.states.values() for key in state.operations} == set(done)
    assert len(done) == 30
