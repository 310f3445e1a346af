"""Bytes to the disk, so that they stay: flushed, synced, whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from lde_qual.errors import WriteError
from lde_qual.store.kept import KeptFile

_FULL = {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())
_REFUSED = {errno.EROFS, errno.EACCES, errno.EPERM}


class _Plainly:
    # A class and no generator: this stands around every append.
    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        if isinstance(fault, OSError) and not isinstance(fault, WriteError):
            raise _in_words(fault, self._path) from fault


def plainly(path: Path) -> AbstractContextManager[None]:
    """Turn what the system says of a failed write into words that a person can act on.

    Raises
    ------
    WriteError
        Disk full, folder read-only, or any other fault of the disk.
    """
    return _Plainly(path)


def _in_words(fault: OSError, path: Path) -> WriteError:
    folder = path.parent
    if fault.errno in _FULL:
        return WriteError(
            f"The disk of folder '{folder}' is full: '{path.name}' was not written.",
            way_out="Make room and do it again; what was there before is still there.",
        )
    if fault.errno in _REFUSED:
        return WriteError(
            f"'{path.name}' cannot be written: folder '{folder}' is read-only for you.",
            way_out="Ask for the right to write there, or copy the study to a folder of your own.",
        )
    return WriteError(
        f"'{path.name}' in folder '{folder}' could not be written: {fault.strerror or fault}.",
        way_out="See that the disk is there, and do it again; what was there before is still there.",
    )


def sync_folder(folder: Path) -> None:
    """Make a new name in `folder` survive a power cut; Windows keeps its names by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_all(handle: int, data: bytes) -> None:
    """Write every byte of `data`, however few the system takes at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def append(path: Path, data: bytes, *, at: int, file: KeptFile, inode: int | None = None) -> os.stat_result:
    """Put `data` at the end of a file and return the file's status once it is on the disk.

    Parameters
    ----------
    file : KeptFile
        That file, kept open for appending; `inode` as for its `open`.
    at : int
        Length of the file now; after a failed write it is cut back to that.

    Raises
    ------
    WriteError
        Where the disk refused; the file is as it was.
    """
    with plainly(path):
        new = at == 0 and not path.exists()
        handle = file.open(inode=inode)
        try:
            _append(handle, data, at)
            status = os.fstat(handle)
        except OSError:
            if new:
                with suppress(OSError):
                    path.unlink()
            raise
        finally:
            file.done(handle)
        if new:
            sync_folder(path.parent)
    return status


def _append(handle: int, data: bytes, at: int) -> None:
    try:
        write_all(handle, data)
        os.fsync(handle)
    except OSError:
        with suppress(OSError):
            os.ftruncate(handle, at)
            os.fsync(handle)
        raise


def cut(path: Path, length: int) -> None:
    """Cut a file back to `length` bytes."""
    with plainly(path), path.open("r+b") as file:
        file.truncate(length)
        os.fsync(file.fileno())


def create(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, and its name, to the disk.

    Raises
    ------
    FileExistsError
        Where it is there.
    WriteError
        Where the disk refused; nothing is left behind.
    """
    handle = _create(path)
    with plainly(path):
        try:
            write_all(handle, data)
            os.fsync(handle)
        except OSError:
            with suppress(OSError):
                path.unlink()
            raise
        finally:
            os.close(handle)
        sync_folder(path.parent)


def _create(path: Path) -> int:
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except FileExistsError:
        raise
    except OSError as fault:
        raise _in_words(fault, path) from fault


def replace(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file: a reader sees the old bytes or the new, never a part.

    Raises
    ------
    WriteError
        Where the disk refused; the old file is still there.
    """
    beside = path.with_name(f".{path.name}.new")
    with plainly(path):
        with suppress(FileNotFoundError):
            beside.unlink()
        create(beside, data)
        try:
            if path.exists():
                beside.chmod(path.stat().st_mode & 0o777)
            beside.replace(path)
        except OSError:
            with suppress(OSError):
                beside.unlink()
            raise
        sync_folder(path.parent)


def try_replacing(path: Path, data: bytes) -> None:
    """Find out whether `replace` would have the right and the room, and leave everything as it is.

    Raises
    ------
    WriteError
        Where the disk would refuse.
    """
    beside = path.with_name(f".{path.name}.new")
    with plainly(path):
        with suppress(FileNotFoundError):
            beside.unlink()
        create(beside, data)
        beside.unlink()


def make_folder(folder: Path) -> None:
    """Make a folder where there is none, and its name last; another program may make it in the same moment."""
    with plainly(folder):
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            sync_folder(folder.parent)
