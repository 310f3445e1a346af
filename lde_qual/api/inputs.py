"""What a person hands to a command: files, and options that go together or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from lde_qual.errors import LdeQualError, UsageError
from lde_qual.formats.text import decode

Parsed = TypeVar("Parsed")

Names = str | Iterable[str] | None
"""Ids of codes as an option gives them: joined by commas, or one by one."""


def read_input(file: str | Path, *, way_out: str) -> bytes:
    """Return the bytes of a file outside the study.

    Raises
    ------
    UsageError
        Where it cannot be read, with what to give instead.
    """
    try:
        return Path(file).read_bytes()
    except OSError as fault:
        raise UsageError(f"{file} cannot be read ({fault.strerror}).", way_out=way_out) from fault


def go_with(option: str, others: dict[str, object], *, given: bool) -> None:
    """Refuse options that mean something only beside another one.

    Raises
    ------
    UsageError
        Where one of `others` is set and `option` was not `given`.
    """
    alone = [f"--{name.replace('_', '-')}" for name, value in others.items() if value is not None]
    if alone and not given:
        raise UsageError(f"{', '.join(alone)} goes with {option}.", way_out=f"Add {option}, or leave it out.")


def at_least(**numbers: tuple[int | None, int]) -> None:
    """Refuse a number under its least; None is not given.

    Raises
    ------
    UsageError
        For the first that is too small.
    """
    for name, (value, least) in numbers.items():
        if value is not None and value < least:
            raise UsageError(
                f"--{name.replace('_', '-')} cannot be {value}.", way_out=f"Give {least} or a whole number above it."
            )


def one_of(code: Names, codes: Names) -> Names:
    """Return the codes asked for by either of two options that mean the same.

    Raises
    ------
    UsageError
        Where both are given.
    """
    if code is not None and codes is not None:
        raise UsageError("--code and --codes do not go together.", way_out="Give one of the two.")
    return codes if code is None else code


def parsed(file: str | Path, parse: Callable[[str], Parsed], *, way_out: str) -> Parsed:
    """Return what a text file outside the study holds; what is wrong in it is said with its name.

    Raises
    ------
    LdeQualError
        Where it cannot be read (with `way_out`), is no text, or `parse` refuses it.
    """
    data = read_input(file, way_out=way_out)
    try:
        return parse(decode(data).text)
    except LdeQualError as error:
        raise error.in_file(str(file)) from None
