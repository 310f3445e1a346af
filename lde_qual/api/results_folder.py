"""The folder of results: written file by file, and held against what the study gives today."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from lde_qual.errors import UsageError
from lde_qual.reporting.manifest import NAME, Manifest, digest, read_manifest
from lde_qual.store.disk import plainly

_INPUT_FOLDERS = ("transcripts", "codings", "notebooks", ".lde_qual", ".git")
_BY_VERSION = (".png", ".svg", ".pdf", ".xlsx", ".docx")
"""Files whose bytes also depend on the versions of the libraries that made them."""
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """A file of the results that is not what the study gives, and how."""

    file: str
    what: str


def results_folder(study: Path, out: str | Path) -> Path:
    """Return the folder that results go to; a relative `out` counts from the study's folder.

    Raises
    ------
    UsageError
        Where that is a file, the study itself, or a folder with inputs of a study.
    """
    folder = study / Path(out).expanduser()
    real, home = folder.resolve(), study.resolve()
    taken = [home / name for name in _INPUT_FOLDERS]
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"'{out}' is a file, and results are a folder.", way_out="Give --out another name.")
    inside_input = any(real == each or each in real.parents for each in taken)
    if real == home or real in home.parents or inside_input or (real / "codebook.yaml").exists():
        raise UsageError(
            f"Results cannot go to '{out}': that folder holds what a study is made from.",
            way_out="Give --out a folder of its own, for example 'results'.",
        )
    return folder


def write_results(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Put the files in the folder, the manifest last, and return their paths.

    Everything is first written beside the folder, so that a full disk leaves the old
    results whole. What an earlier report made and this one does not is removed where
    nobody changed it since; anything else in the folder is left alone.

    Raises
    ------
    WriteError
        Where the disk refused.
    """
    old = manifest_in(folder)
    order = sorted(files, key=lambda name: (name == NAME, name))
    with plainly(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name in order:
            with plainly(folder / name):
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                (beside / name).write_bytes(files[name])
        for name in order:
            with plainly(folder / name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (beside / name).replace(folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _remove_left_over(folder, old, files)
    return [folder / name for name in order]


def manifest_in(folder: Path) -> Manifest | None:
    """Return the manifest of a folder of results; None where there is none that can be read."""
    data = _bytes_of(folder / NAME)
    return None if data is None else read_manifest(data.decode("utf-8", errors="replace"))


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _remove_left_over(folder: Path, old: Manifest | None, files: Mapping[str, bytes]) -> None:
    for name, listed in (old.outputs if old else {}).items():
        parts = PurePosixPath(name).parts
        if name in files or ".." in parts or PurePosixPath(name).is_absolute():
            continue
        data = _bytes_of(folder / name)
        if data is not None and digest(data) == listed:
            # What cannot be removed harms nobody; the manifest lists it no more.
            with suppress(OSError):
                (folder / name).unlink()


def compare_results(folder: Path, files: Mapping[str, bytes]) -> tuple[list[Difference], list[str]]:
    """Return where the folder differs from `files`, and what could not be compared, in words.

    Tables and texts are always compared; pictures and office files only where the
    versions that made them are those that run.
    """
    new, old = read_manifest(files[NAME].decode("utf-8")), manifest_in(folder)
    if new is None or old is None:
        what = "is missing" if not (folder / NAME).exists() else "cannot be read as a manifest"
        found = [Difference(NAME, what)]
        return found + _differing(folder, files, skip=_BY_VERSION), _uncompared(files, "there is no manifest")
    changed = _changed_versions(old, new)
    found = _of_manifest(old, new)
    found += _differing(folder, files, skip=_BY_VERSION if changed else ())
    found += [
        Difference(name, "is no longer made")
        for name in sorted(set(old.outputs) - set(files))
        if (folder / name).is_file()
    ]
    return found, _uncompared(files, "they were made with " + ", ".join(changed)) if changed else []


def _changed_versions(old: Manifest, new: Manifest) -> list[str]:
    names = sorted({*old.versions, *new.versions})
    return [
        f"{name} {old.versions.get(name, 'none')} (now {new.versions.get(name, 'none')})"
        for name in names
        if old.versions.get(name) != new.versions.get(name)
    ]


def _of_manifest(old: Manifest, new: Manifest) -> list[Difference]:
    found = []
    for name in sorted({*old.options, *new.options}):
        before, now = old.options.get(name), new.options.get(name)
        if before != now:
            found.append(Difference(NAME, f"the report was made with {name} {before}, and is now asked for with {now}"))
    for name in sorted({*old.inputs, *new.inputs}):
        before, now = old.inputs.get(name), new.inputs.get(name)
        if before != now:
            verb = "changed" if before and now else "was added" if now else "is gone"
            found.append(Difference(NAME, f"input {name} {verb} since the report was made"))
    return found


def _uncompared(files: Mapping[str, bytes], why: str) -> list[str]:
    many = sum(name.endswith(_BY_VERSION) for name in files)
    return [f"{many} pictures and office files were not compared, nor the drawings in the page: {why}."]


def _differing(folder: Path, files: Mapping[str, bytes], *, skip: tuple[str, ...]) -> list[Difference]:
    found = []
    for name, data in sorted(files.items()):
        if name == NAME:
            continue
        there = _bytes_of(folder / name)
        if there is None:
            found.append(Difference(name, "is missing"))
        elif there != data and not (skip and name.endswith(skip)):
            what = "is not what the folder gives" if name.endswith(_BY_VERSION) else _lines(there, data, skip=skip)
            found += [Difference(name, what)] if what else []
    return found


def _lines(there: bytes, data: bytes, *, skip: tuple[str, ...]) -> str:
    """Return where two texts differ first; empty where they do not but for drawings that are to be skipped."""
    texts = [each.decode("utf-8", errors="replace") for each in (there, data)]
    if skip:
        texts = [_DRAWING.sub("", text) for text in texts]
    pairs = list(zip_longest(*(text.split("\n") for text in texts), fillvalue=""))
    differing = [(line, pair) for line, pair in enumerate(pairs, start=1) if pair[0] != pair[1]]
    if not differing:
        return ""
    line, (before, now) = differing[0]
    others = len(differing) - 1
    more = f", and {others} more line{'' if others == 1 else 's'}" if others else ""
    return f"line {line} is '{_short(before, now)}' where the folder gives '{_short(now, before)}'{more}"


def _short(text: str, other: str) -> str:
    """Return the part of a line around the first sign in which it differs from another."""
    same = next((at for at, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), len(other))
    start = max(0, same - _SHOWN // 3)
    end = start + _SHOWN
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
