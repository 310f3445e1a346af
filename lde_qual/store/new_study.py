"""A new study folder, whole or not at all."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from lde_qual.errors import RefusedError
from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.leidraad import parse_leidraad
from lde_qual.formats.tables import format_respondents
from lde_qual.store import disk
from lde_qual.store.folder import CODINGS
from lde_qual.store.text_files import CODEBOOK, LEIDRAAD, RESPONDENTS, TRANSCRIPTS

_ALWAYS_IGNORED = """\
# Made anew from the rest of this folder
/results/
.lde_qual/
# What only this machine needs
codings/.lock
codings/.torn/
codings/.aside/
"""
_TEXT_IGNORED = """\
# What people said stays out of git: whoever gets the repository would get the interviews.
# Take these lines out only where that is meant.
transcripts/
codings/
"""


def make_study(folder: Path, *, codebook: str, leidraad: str = "", track_text: bool = False) -> Path:
    """Make a study folder, ready to fill, and return it.

    Parameters
    ----------
    folder : Path
        Not there yet, or empty.
    codebook, leidraad : str
        Texts of the two YAML files; without `leidraad` that file is left out.
    track_text : bool
        Whether git may keep interview text and journals.

    Raises
    ------
    RefusedError
        Where the folder holds anything.
    CodebookError
        Where a text breaks a rule of its file.
    WriteError
        Where the disk refused; nothing is left behind then.
    """
    parse_codebook(codebook)
    files = {CODEBOOK: codebook, RESPONDENTS: format_respondents([])}
    files[".gitignore"] = _ALWAYS_IGNORED + ("" if track_text else _TEXT_IGNORED)
    if leidraad:
        parse_leidraad(leidraad)
        files[LEIDRAAD] = leidraad
    _check_empty(folder)
    with disk.plainly(folder):
        new = [above for above in (folder, *folder.parents) if not above.exists()]
        try:
            _fill(folder, files)
        except OSError:
            _clear(folder, new)
            raise
    return folder


def _check_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"'{folder}' is a file.", way_out="Name a folder that is not there yet.")
    if folder.is_dir() and any(folder.iterdir()):
        raise RefusedError(
            f"Folder '{folder}' is not empty.", way_out="Name a folder that is not there yet, or an empty one."
        )


def _fill(folder: Path, files: dict[str, str]) -> None:
    for part in (TRANSCRIPTS, CODINGS):
        (folder / part).mkdir(parents=True)
    for name, text in files.items():
        disk.create(folder / name, text.encode("utf-8"))
    disk.sync_folder(folder.parent)


def _clear(folder: Path, new: list[Path]) -> None:
    for part in (folder / TRANSCRIPTS, folder / CODINGS):
        shutil.rmtree(part, ignore_errors=True)
    for name in (CODEBOOK, LEIDRAAD, ".gitignore"):
        (folder / name).unlink(missing_ok=True)
    for above in new:
        with suppress(OSError):
            above.rmdir()
