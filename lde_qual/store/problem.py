"""What is wrong in a study's folder, as data: one fault never hides another."""

from __future__ import annotations

from dataclasses import dataclass

from lde_qual.errors import LdeQualError


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of what ``check`` shows.

    Attributes
    ----------
    level : str
        ``error``: a view cannot count it rightly, or a file breaks a rule.
        ``warning``: a person should look at it. ``notice``: said, and no more.
    file : str
        Relative to the study, with ``/``; empty where no file is at fault.
    line : int or None
        From 1.
    fatal : bool
        Whether no view can go on.
    cause : LdeQualError or None
        The error that a view raises where it is fatal.
    """

    level: str
    file: str
    line: int | None
    what: str
    way_out: str = ""
    fatal: bool = False
    cause: LdeQualError | None = None


def fatal(cause: LdeQualError, file: str) -> Problem:
    """Return the problem that an error met in a file is."""
    cause.in_file(file)
    return Problem("error", cause.file, cause.line, cause.what, cause.way_out, fatal=True, cause=cause)


def error(file: str, what: str, way_out: str = "", *, line: int | None = None) -> Problem:
    """Return a fault that views can go on with."""
    return Problem("error", file, line, what, way_out)


def warning(file: str, what: str, way_out: str = "", *, line: int | None = None) -> Problem:
    """Return something that a person should look at."""
    return Problem("warning", file, line, what, way_out)
