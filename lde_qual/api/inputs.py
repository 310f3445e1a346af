"""What a person hands to a command: files, and options that go together or not."""

from __future__ import annotations

from pathlib import Path

from lde_qual.errors import UsageError


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
