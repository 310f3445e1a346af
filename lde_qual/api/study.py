"""An open study: its folder, what it holds, and the way to write in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from operator import index
from pathlib import Path
from typing import Any, SupportsIndex

from lde_qual.api.sight import could_be_seen
from lde_qual.errors import UsageError
from lde_qual.model.codebook import LANGUAGES, Codebook
from lde_qual.model.rules import coding_body
from lde_qual.model.span import Span
from lde_qual.model.study import Study as StudyModel
from lde_qual.model.study import counting_coder, valid_coder
from lde_qual.store.folder import find_study
from lde_qual.store.known import Known, key_of
from lde_qual.store.study_store import StudyStore

CODER_VARIABLE = "LDE_QUAL_CODER"
ALL_CODERS = "all"
"""What ``codings`` takes for everyone's; so it is nobody's name."""


class OpenStudy:
    """A study folder; it shows its own writes at once.

    It is read and folded when it is opened, unless it was before just as it stands: then
    when something is asked of it that is not known from that time.

    Attributes
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known = Known(folder)
        self._store = None if self._known.head is not None else StudyStore(folder)

    @property
    def store(self) -> StudyStore:
        """The study as it is read and written; everything that does either goes through it."""
        if self._store is None:
            self._store = StudyStore(self.folder)
        return self._store

    @property
    def model(self) -> StudyModel:
        """The folded study."""
        return self.store.study

    @property
    def codebook(self) -> Codebook:
        """The codebook as it was read last."""
        known = self._known.codebook if self._store is None else None
        return known or self.model.codebook

    @property
    def texts(self) -> StudyModel:
        """The study; where nothing but its texts had to be read, without anyone's work in it."""
        known = self._known.texts if self._store is None else None
        return known or self.model

    @property
    def people(self) -> list[str]:
        """Who read for themselves and for the first time (see `model.study.Study.people`)."""
        return self.model.people() if self._said is None else self._said["people"]

    @property
    def at_work(self) -> list[str]:
        """Those of `people` who coded a transcript."""
        if self._said is not None:
            return list(self._said["at_work"])
        return [coder for coder in self.people if self.model.coded_transcripts(coder)]

    @property
    def coders(self) -> list[str]:
        """Everyone who wrote in this study."""
        return list(self.model.states) if self._said is None else self._said["coders"]

    def counting_coder(self, wanted: str | None) -> str | None:
        """Return the one coder whose codings a view counts (see `model.study.Study.counting_coder`)."""
        return counting_coder(wanted, self.codebook.main_coder, self.people)

    @property
    def _said(self) -> Mapping[str, Any] | None:
        """What is said of the folder as long as nothing had to be read."""
        return self._known.head if self._store is None else None

    def recall(self, name: str) -> bytes | None:
        """Return what was worked out of the study as it stands now; None where that is not known."""
        now = self._known.key if self._store is None else key_of(self._store.loaded.file_hashes)
        return self._known.read(name) if now == self._known.key else None

    def remember(self, kept: Mapping[str, bytes]) -> None:
        """Keep what was worked out of the study as it was read last, by name."""
        head = {name: getattr(self, name) for name in ("notices", "coders", "people", "at_work")}
        self._known.write(kept, sums=self.store.loaded.file_hashes, head=head)

    @property
    def notices(self) -> list[str]:
        """What a person must know of the folder before they trust a number: damage, and what was assumed."""
        if self._said is not None:
            return list(self._said["notices"])
        loaded = self.store.loaded
        said = []
        for file in loaded.journals.files.values():
            later = sum(fault.kind.startswith("unknown") for fault in file.faults)
            damaged = len(file.faults) + len(file.breaks) - later
            for number, what in ((damaged, "damaged"), (later, "of a later version of lde-qual and left out")):
                if number:
                    lines = "1 line is" if number == 1 else f"{number} lines are"
                    said.append(f"{file.name}: {lines} {what}; `lde-qual check` tells which.")
        behind = (f"{each.file}: {each.what} {each.way_out}" for each in loaded.problems if each.level == "warning")
        return [*said, *behind, *loaded.notices]

    def refresh(self) -> bool:
        """Read what others wrote since; tell whether there was anything."""
        if self._store is not None:
            return self._store.refresh()
        before, now = self._known, Known(self.folder)
        if now.key == before.key:
            return False
        self._known = now
        self._store = None if now.head is not None else StudyStore(self.folder)
        return True

    def writer(self, coder: str | None = None) -> str:
        """Return whose journal a write goes to.

        In this order: `coder`, the environment variable ``LDE_QUAL_CODER``, the main
        coder of the codebook, the only coder there is.

        Raises
        ------
        UsageError
            Where none of these names one.
        """
        named = _text("coder", coder) or os.environ.get(CODER_VARIABLE) or self.model.codebook.main_coder
        if named == ALL_CODERS:
            raise UsageError(f"'{ALL_CODERS}' is no coder: it means everyone.", way_out="Give --coder another name.")
        if named:
            return valid_coder(named)
        people = self.model.people()
        if len(people) == 1:
            return people[0]
        raise UsageError(
            "Nobody is named as the coder.",
            way_out=f"Give --coder NAME, set {CODER_VARIABLE}, or set main_coder in codebook.yaml.",
        )

    def write(self, op: str, body: Mapping[str, Any], *, coder: str | None = None) -> str:
        """Write one operation, durably, and return its id.

        For a coding that is there already nothing is written and its id returned.
        """
        return self.store.write(self.writer(coder), op, body)

    def code(
        self,
        *,
        transcript: str,
        start: int,
        end: int,
        code: str,
        quote: str | None = None,
        coder: str | None = None,
        memo: str = "",
        mark: str = "",
        **dimensions: str,
    ) -> str:
        """Code a passage and return the coding's id.

        The coding keeps whether suggestions could be seen there (see `sight.could_be_seen`).

        Parameters
        ----------
        transcript : str
            Name of the transcript.
        start, end : int
            Code points into its body, half-open.
        code : str
            Id of a code.
        quote : str, optional
            What is believed to stand there; refused where it does not.
        coder : str, optional
            Whose journal (see `writer`).
        mark : str
            ``typerend``, ``tegenstem`` or empty.
        **dimensions : str
            A value for a dimension of the codebook, for example ``richting="belemmerend"``.

        Raises
        ------
        LdeQualError
            Where the passage, the code or a value does not fit; nothing is written.
        """
        body = coding_body(
            self.model,
            transcript=transcript,
            start=offset(start),
            end=offset(end),
            code=code,
            quote=quote,
            dimensions={name: _text(name, value) for name, value in dimensions.items()},
            memo=_text("memo", memo),
            mark=mark,
        )
        writer = self.writer(coder)
        seen = could_be_seen(self.model, writer, body["transcript"], Span(body["start"], body["end"]))
        return self.write("code", body | {"suggestions_visible": seen}, coder=writer)


def offset(value: SupportsIndex) -> int:
    """Return an offset as a plain number: tables give their own kinds of whole numbers."""
    try:
        return index(value)
    except TypeError:
        raise UsageError(f"'{value}' is no offset.", way_out="Give start and end as whole numbers.") from None


def _text(name: str, value: str | None) -> str:
    """Return a text; None is empty, and what an empty cell of a table becomes (NaN) is refused."""
    if value is None or isinstance(value, str):
        return value or ""
    raise UsageError(f"{name} is {value!r}, which is no text.", way_out="Give a text, or leave it out.")


def open_folder(path: str | Path) -> OpenStudy:
    """Open the study that `path` lies in: the nearest folder upward that holds a codebook.yaml."""
    return OpenStudy(find_study(Path(path)))


def listed(values: str | Iterable[str] | None) -> list[str] | None:
    """Return an option that takes ``a,b`` or a list as a list; None stays None."""
    if values is None:
        return None
    parts = values.split(",") if isinstance(values, str) else list(values)
    return [part.strip() for part in parts if part.strip()]


def language(study: OpenStudy, wanted: str | None) -> str:
    """Return the language to print in: `wanted`, else the codebook's.

    Raises
    ------
    UsageError
        For anything but ``nl`` and ``en``.
    """
    chosen = wanted or study.codebook.language
    if chosen not in LANGUAGES:
        raise UsageError(f"'{chosen}' is no language of this program.", way_out=f"Use {' or '.join(LANGUAGES)}.")
    return chosen
