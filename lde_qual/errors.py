"""The error tree: every message says what is wrong, which value, where, and the way out.

LdeQualError
├── StudyError            the folder is not a study, or cannot be opened
├── FormatError           a file breaks a rule of its format
│   ├── TranscriptError
│   ├── TableError        respondents.csv, transcripts.csv, a table to import
│   ├── CodebookError     codebook.yaml, leidraad.yaml
│   └── JournalError
├── UnknownError          a code, transcript, respondent, coder or coding that is not there
├── RefusedError          an operation that does not fit the state of the study
│   └── StaleError        a file changed since it was read
├── UsageError            options that do not go together
├── WriteError            the disk refused: full, read-only, locked
└── MissingError          a library of an extra that is not installed
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class LdeQualError(Exception):
    """Base of all errors of this package.

    Parameters
    ----------
    what : str
        What is wrong, with the value that is.
    way_out : str
        What the person can do about it.
    file : str
        The file the fault is in, relative to the study; empty where there is none.
    line : int or None
        Line in that file, counted from 1.
    """

    def __init__(self, what: str, *, way_out: str = "", file: str = "", line: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.way_out = way_out
        self.file = file
        self.line = line

    def in_file(self, file: str) -> LdeQualError:
        """Say which file this error is in, and hand the same error back."""
        self.file = self.file or file
        return self

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file or 'input'}, line {self.line}"
        return " ".join(part for part in (f"{where}:" if where else "", self.what, self.way_out) if part)


class StudyError(LdeQualError):
    """The folder is not a study, or cannot be opened as one."""


class FormatError(LdeQualError, ValueError):
    """A file breaks a rule of its format."""


class TranscriptError(FormatError):
    """A transcript that cannot be read as turns."""


class TableError(FormatError):
    """A csv file whose columns or rows break a rule."""


class CodebookError(FormatError):
    """A YAML file (codebook or interview guide) that breaks a rule."""


class JournalError(FormatError):
    """A journal line that cannot be trusted."""


class UnknownError(LdeQualError, LookupError):
    """Something was named that the study does not hold."""


class RefusedError(LdeQualError, ValueError):
    """An operation that does not fit the state of the study."""


class StaleError(RefusedError):
    """A file is no longer the one that was read."""


class UsageError(LdeQualError, ValueError):
    """Options or arguments that do not go together."""


class WriteError(LdeQualError, OSError):
    """The disk refused a write; what was there before is still there."""


class MissingError(LdeQualError, ImportError):
    """A library that an extra brings is not installed."""


def did_you_mean(value: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """Return the way out for a misspelt name: the nearest known one, else `otherwise`."""
    near = get_close_matches(str(value), list(known), n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else otherwise
