"""The text files of a study: read once, and again only where their status changed."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from lde_qual.errors import FormatError, StudyError
from lde_qual.formats.text import decode
from lde_qual.store.journal_file import Status, status_of

CODEBOOK = "codebook.yaml"
LEIDRAAD = "leidraad.yaml"
THEMES = "themas.yaml"
REPORT = "report.yaml"
FILES = (CODEBOOK, LEIDRAAD, THEMES, REPORT)
"""All files beside transcripts and journals that a study is read from."""

TRANSCRIPTS = "transcripts"
RESPONDENTS = f"{TRANSCRIPTS}/respondents.csv"
TRANSCRIPT_TABLE = f"{TRANSCRIPTS}/transcripts.csv"
TEXT = ".txt"


@dataclass(frozen=True, slots=True)
class Source:
    """A text file as it was read.

    Attributes
    ----------
    file : str
        Relative to the study, with ``/``, as the disk spells it.
    text : str
        Without byte-order mark, LF, NFC; empty where `fault` says why it cannot be read.
    raw_sha256 : str
        Of the bytes, in hexadecimal.
    assumed : str
        What was assumed in decoding, as a sentence.
    plain : bool
        Whether the bytes are `text` in UTF-8 and nothing else.
    """

    file: str
    text: str
    raw_sha256: str
    assumed: str = ""
    plain: bool = True
    fault: FormatError | None = None

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal: the same however line ends are stored."""
        return text_sha256(self.text)


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return sha256(text.encode("utf-8")).hexdigest()


def read_source(path: Path, file: str) -> Source:
    """Read one text file.

    Raises
    ------
    StudyError
        Where the system refuses to read it.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise StudyError(
            f"The file cannot be read: {fault.strerror or fault}.", way_out="Ask for the right to read it.", file=file
        ) from fault
    digest = sha256(data).hexdigest()
    try:
        decoded = decode(data)
    except FormatError as fault:
        fault.in_file(file)
        return Source(file, "", digest, fault=fault)
    return Source(file, decoded.text, digest, decoded.assumed, decoded.text.encode("utf-8") == data)


@dataclass
class TextFiles:
    """All text files of the study in a folder.

    Attributes
    ----------
    sources : dict of str to Source
        By name relative to the study; transcripts sorted by name.
    """

    folder: Path
    sources: dict[str, Source] = field(default_factory=dict)
    _statuses: dict[str, Status] = field(default_factory=dict)

    def refresh(self) -> bool:
        """Read anew what changed and tell whether anything did.

        Raises
        ------
        StudyError
            Where ``codebook.yaml`` is missing.
        """
        statuses = dict(self.look())
        if CODEBOOK not in statuses:
            raise missing_codebook(self.folder)
        if statuses == self._statuses:
            return False
        fresh = {
            file: self.sources[file]
            if self._statuses.get(file) == status and file in self.sources
            else read_source(self.folder / file, file)
            for file, status in sorted(statuses.items())
        }
        self.sources, self._statuses = fresh, statuses
        return True

    def current(self, *files: str) -> bool:
        """Tell whether these files, as far as they were read, still have the status they had then."""
        return all(self._is_current(file) for file in files if file in self._statuses)

    def _is_current(self, file: str) -> bool:
        try:
            return status_of(os.stat(f"{self.folder}/{file}")) == self._statuses[file]  # noqa: PTH116 - a path costs more than the look
        except FileNotFoundError:
            return False

    def look(self) -> Iterator[tuple[str, Status]]:
        """Yield every text file of the study that is there, with its status."""
        for file in FILES:
            try:
                yield file, status_of((self.folder / file).stat())
            except (FileNotFoundError, NotADirectoryError):
                continue
        try:
            with os.scandir(self.folder / TRANSCRIPTS) as entries:
                for entry in entries:
                    file = f"{TRANSCRIPTS}/{entry.name}"
                    if _is_transcript(entry.name) or file in {RESPONDENTS, TRANSCRIPT_TABLE}:
                        yield file, status_of(entry.stat())
        except (FileNotFoundError, NotADirectoryError):
            return

    def transcripts(self) -> list[tuple[str, Source]]:
        """Return the name and source of every transcript, a name twice where the disk has it in two spellings."""
        return sorted(
            (
                (transcript_name(file), source)
                for file, source in self.sources.items()
                if file.startswith(f"{TRANSCRIPTS}/") and file.endswith(TEXT)
            ),
            key=lambda found: (found[0], found[1].file),
        )

    def of_transcript(self, name: str) -> Source:
        """Return the source of a transcript that is in the study."""
        return dict(self.transcripts())[name]


def transcript_name(file: str) -> str:
    """Return the name of the transcript in a file: its file name without ``.txt``, in NFC."""
    return unicodedata.normalize("NFC", file.removeprefix(f"{TRANSCRIPTS}/").removesuffix(TEXT))


def missing_codebook(folder: Path) -> StudyError:
    """Return the error for a folder that is no study."""
    return StudyError(
        f"Folder '{folder}' is not a study: neither it nor a folder above it holds a {CODEBOOK}.",
        way_out="Make a study with `lde-qual init DIR`, or name its folder with --study.",
    )


def _is_transcript(name: str) -> bool:
    return name.endswith(TEXT) and not name.startswith(".")
