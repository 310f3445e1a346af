"""Pictures that a command draws beside its table: a file whose name says which kind."""

from __future__ import annotations

from pathlib import Path

from lde_qual.api.outside import save
from lde_qual.errors import UsageError
from lde_qual.figures.style import Picture, png, svg

FORMS = {".png": png, ".svg": svg}


def drawing_file(file: str | Path) -> Path:
    """Return where a picture goes, before anything is counted.

    Raises
    ------
    UsageError
        Where the name ends in neither .png nor .svg.
    """
    path = Path(file)
    if path.suffix.lower() not in FORMS:
        raise UsageError(f"{file} is no kind of drawing.", way_out="Let its name end in .png or .svg.")
    return path


def save_drawing(file: Path, figure: Picture) -> None:
    """Write a picture where `drawing_file` said.

    Raises
    ------
    WriteError
        Where it cannot be written.
    """
    save(file, FORMS[file.suffix.lower()](figure))
