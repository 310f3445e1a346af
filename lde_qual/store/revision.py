"""A study as git keeps it at a revision."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from lde_qual.errors import UnknownError
from lde_qual.store.folder import CODINGS, Loaded, open_folder
from lde_qual.store.text_files import CODEBOOK, FILES, TRANSCRIPTS

_PARTS = (*FILES, TRANSCRIPTS, CODINGS)
_WAY_OUT = "Give a date (2026-03-01), a folder that holds a study, or a revision of the git repository it lies in."


def find_revision(folder: Path, name: str) -> str:
    """Return the full id of the commit that a name stands for in the repository a folder lies in.

    Raises
    ------
    UnknownError
        Where the folder lies in no repository, or that has no such revision.
    """
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if found is None:
        raise UnknownError(f"'{name}' is no date, no folder of a study and no git revision.", way_out=_WAY_OUT)
    return found.decode().strip()


def open_revision(folder: Path, commit: str) -> Loaded:
    """Read a study's folder as a commit holds it.

    Its files lie in a folder for their owner alone while they are read, and are gone after.

    Raises
    ------
    UnknownError
        Where the commit holds no codebook in that folder.
    LdeQualError
        The first fault that no view can go on with.
    """
    listed = (_git(folder, "ls-tree", "--name-only", commit) or b"").decode().splitlines()
    there = [part for part in _PARTS if part in listed]
    packed = _git(folder, "-c", "core.autocrlf=false", "archive", "--format=tar", commit, *there) if there else None
    if CODEBOOK not in there or packed is None:
        raise UnknownError(f"Revision {commit[:10]} holds no {CODEBOOK} in '{folder}'.", way_out=_WAY_OUT)
    with TemporaryDirectory(prefix="lde-qual-") as unpacked:
        _unpack(packed, Path(unpacked))
        return open_folder(Path(unpacked))


def _unpack(packed: bytes, target: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            content = tar.extractfile(member) if member.isfile() else None
            if content is not None and not name.is_absolute() and ".." not in name.parts:
                path = target / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())


def _git(folder: Path, *words: str) -> bytes | None:
    """Return what git prints; None where it fails, or is not there."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)  # noqa: S603, S607 - no shell; git is whichever the person uses
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
