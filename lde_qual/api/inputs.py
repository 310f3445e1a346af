"""Files that a person hands to a command."""

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
