"""Whatever others do to a study and to what is kept of it, a table is that of the folder as it stands."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import lde_qual as lq
from lde_qual.store.cache import FOLDER

EXAMPLE = Path(__file__).parent.parent / "docs" / "example-study"
CODES = ("tijd", "gesprek", "vervoer", "papieren")
coders, codes = st.sampled_from(["anna", "bram"]), st.sampled_from(CODES)
VIEWS = (
    lambda study: lq.frequency(study, by="role", unit="words"),
    lambda study: lq.frequency(study, by="richting", coder="bram", unit="segments"),
    lambda study: lq.matrix(study, cols="respondent", unit="turns", with_interviewer=True),
    lambda study: lq.cooccurrence(study, unit="overlap"),
    lambda study: lq.saturation(study, order="coding"),
    lambda study: lq.agreement(study, coders="anna,bram"),
)


def tables(study: lq.Study) -> list[tuple[list[list[object]], list[str]]]:
    """Return all that the views print of a study, and what they say beside it."""
    found = [view(study) for view in VIEWS]
    return [
        (table.astype(object).where(table.notna(), None).to_numpy().tolist(), table.attrs["notices"]) for table in found
    ]


def copied(source: Path, target: Path) -> Path:
    """Return a copy of a study without anything kept of it."""
    return Path(shutil.copytree(source, target, ignore=shutil.ignore_patterns(FOLDER, "results", ".lock")))


class Years(RuleBasedStateMachine):
    """A study in the hands of several people, and one who leaves it open."""

    @initialize()
    def begin(self) -> None:
        """Take a copy of the example, and open it."""
        self.home = tempfile.TemporaryDirectory()
        self.folder = copied(EXAMPLE, Path(self.home.name) / "study")
        self.earlier: dict[str, bytes] = {}
        self.open()

    def teardown(self) -> None:
        """Leave nothing on the disk."""
        self.home.cleanup()

    def fresh(self) -> list[tuple[str, list[str]]]:
        """Return the tables of a copy of which nothing was ever kept."""
        with tempfile.TemporaryDirectory() as beside:
            return tables(lq.open_study(copied(self.folder, Path(beside) / "study")))

    @rule()
    def open(self) -> None:
        """Open the study and leave it open."""
        self.left_open = lq.open_study(self.folder)
        self.was = self.fresh()

    @rule(coder=coders, code=codes, words=st.tuples(st.integers(0, 9), st.integers(1, 9)))
    def code(self, coder: str, code: str, words: tuple[int, int]) -> None:
        """Somebody codes something that a respondent says."""
        study = lq.open_study(self.folder)
        text = study.model.transcripts["gesprek-2"].text
        turn = study.model.transcripts["gesprek-2"].turns[1].speech
        start = min(turn.start + 3 * words[0], turn.end - 2)
        end = min(start + 5 * words[1], turn.end)
        if text[start:end].strip() and study.codebook.today(code):
            study.code(transcript="gesprek-2", start=start, end=end, code=study.codebook.today(code), coder=coder)

    @rule(coder=coders)
    def undo(self, coder: str) -> None:
        """Somebody takes their last step back, where it can be."""
        study = lq.open_study(self.folder)
        with suppress(lq.LdeQualError):  # Later steps may rest on it.
            lq.undo(study, coder=coder)

    @rule(more=st.sampled_from(["Zeker. ", "Ja, ja. "]))
    def correct(self, more: str) -> None:
        """Somebody corrects a transcript through the program."""
        study = lq.open_study(self.folder)
        text = study.model.transcripts["gesprek-1"].text
        lq.edit(study, "gesprek-1", text.replace("Ik heb", f"{more}Ik heb", 1), coder="anna")

    @rule(file=st.sampled_from(["gesprek-1", "gesprek-2", "gesprek-3"]))
    def type_over(self, file: str) -> None:
        """Somebody types in a transcript by hand."""
        path = self.folder / "transcripts" / f"{file}.txt"
        path.write_text(path.read_text(encoding="utf-8").replace(": ", ": Tja. ", 2), encoding="utf-8")

    @rule(code=codes, label=st.sampled_from(["Iets", "Iets anders"]))
    def label(self, code: str, label: str) -> None:
        """Somebody gives a code another label and hangs it elsewhere."""
        study = lq.open_study(self.folder)
        with suppress(lq.LdeQualError):  # It may be so already.
            lq.codebook_label(study, code, label, coder="bram")
            lq.codebook_move(study, code, "." if code == "tijd" else "begeleiding", coder="bram")

    @rule(role=st.sampled_from(["leiding", "begeleider", ""]))
    def change_role(self, role: str) -> None:
        """Somebody gives a respondent another role by hand."""
        path = self.folder / "transcripts" / "respondents.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[1] = f"R01,{role},Fietspunt,gesprek-1,werkvloerbegeleider"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    @rule(at=st.integers(0, 50_000), cut=st.booleans(), which=st.integers(0, 20))
    def damage(self, at: int, cut: bool, which: int) -> None:  # noqa: FBT001 - drawn
        """Something happens to a file of what is kept."""
        kept = self.kept()
        if kept:
            path = kept[which % len(kept)]
            data = path.read_bytes()
            at %= len(data) or 1
            path.write_bytes(data[:at] + (b"" if cut else bytes([data[at] ^ 4]) + data[at + 1 :]))

    @rule()
    def keep_by(self) -> None:
        """A cloud folder keeps what is kept by."""
        self.earlier = {path.name: path.read_bytes() for path in self.kept()}

    @rule()
    def put_back(self) -> None:
        """A cloud folder puts back what was kept of an earlier state, over what is there."""
        for name, data in self.earlier.items():
            (self.folder / FOLDER / "columns" / name).write_bytes(data)

    def kept(self) -> list[Path]:
        """Return the files of what is kept."""
        folder = self.folder / FOLDER / "columns"
        return sorted(folder.iterdir()) if folder.is_dir() else []

    @invariant()
    def tables_are_those_of_the_folder(self) -> None:
        """Opened now, twice, and left open with and without a refresh: each table is of one state of the folder."""
        now = self.fresh()
        assert tables(self.left_open) in (self.was, now)
        assert tables(lq.open_study(self.folder)) == now
        assert tables(lq.open_study(self.folder)) == now
        self.left_open.refresh()
        assert tables(self.left_open) == now
        self.was = now


Years.TestCase.settings = settings(max_examples=6, stateful_step_count=8, deadline=None)
TestYears = Years.TestCase

READER = """
import sys
import lde_qual as lq
for _ in range(int(sys.argv[2])):
    table = lq.frequency(lq.open_study(sys.argv[1]), codes="papieren", unit="segments")
    print(table["n"].iloc[0], flush=True)
"""


def test_readers_beside_a_writer_count_what_is_there(tmp_path: Path) -> None:
    """While one process writes and two others count, each count lies between what was there before and after it."""
    folder = copied(EXAMPLE, tmp_path / "study")
    reading = [sys.executable, "-c", READER, str(folder), "12"]
    readers = [subprocess.Popen(reading, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    study = lq.open_study(folder)
    turn = study.model.transcripts["gesprek-2"].turns[1].speech
    writes = 0
    while any(reader.poll() is None for reader in readers) and writes < len(turn) - 6:
        study.code(
            transcript="gesprek-2",
            start=turn.start + writes,
            end=turn.start + writes + 6,
            code="papieren",
            coder="anna",
        )
        writes += 1
    counts = [[int(line) for line in reader.communicate()[0].split()] for reader in readers]
    for counted in counts:
        assert len(counted) == 12
        assert counted == sorted(counted)
        assert counted[-1] <= writes
    last = lq.frequency(lq.open_study(folder), codes="papieren", unit="segments")["n"].tolist()
    assert last == [writes]
