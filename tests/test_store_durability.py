"""What was acknowledged stays, whatever happens to the writer, the disk or the file."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from studies import make_study

from lde_qual.errors import WriteError
from lde_qual.store.checking import check
from lde_qual.store.disk import make_folder
from lde_qual.store.folder import read_folder
from lde_qual.store.study_store import StudyStore

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))
import kill_test

CODER = "anna"
MEMO = {"subject": "study", "about": "", "kind": "method", "text": "hm"}
WRITER = """
import sys
from pathlib import Path
from lde_qual.store.study_store import StudyStore
store = StudyStore(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    store.write(sys.argv[2], "memo", {"subject": "study", "about": "", "kind": "method", "text": str(number)})
"""
FILLER = """
import resource, signal, sys
from pathlib import Path
from lde_qual.errors import WriteError
from lde_qual.store.study_store import StudyStore
store = StudyStore(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
try:
    while True:
        memo = {"subject": "study", "about": "", "kind": "method", "text": "x" * 300}
        print(store.write("anna", "memo", memo), flush=True)
except WriteError as error:
    print(error)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_study(tmp_path)


def operations(folder: Path, coder: str = CODER) -> list[str]:
    return list(read_folder(folder).study.state(coder).operations)


def journal_errors(folder: Path) -> list[str]:
    return [problem.what for problem in check(read_folder(folder)) if problem.file.startswith("codings/")]


@pytest.mark.parametrize("coders", [("anna", "anna", "anna"), ("anna", "bert", "cora")], ids=["one", "three"])
def test_three_writers_lose_nothing(folder: Path, coders: tuple[str, ...]) -> None:
    """Three programs that write 200 operations each at the same time give 600, chained without a break."""
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder), coder, "200"]) for coder in coders]
    assert [child.wait(timeout=60) for child in running] == [0, 0, 0]
    found = [identifier for coder in set(coders) for identifier in operations(folder, coder)]
    assert len(set(found)) == len(found) == 600
    assert journal_errors(folder) == []


def test_a_folder_that_another_program_makes_first_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that comes to be between the look and the making is no fault; a file in its place is one."""
    make = Path.mkdir

    def too_late(path: Path, mode: int = 0o777, *, exist_ok: bool = False) -> None:
        make(path)
        make(path, mode, exist_ok=exist_ok)

    monkeypatch.setattr(Path, "mkdir", too_late)
    make_folder(tmp_path / "codings")
    assert (tmp_path / "codings").is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(WriteError, match="'file'"):
        make_folder(tmp_path / "file")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_killed_writers_lose_nothing(folder: Path) -> None:
    """A writer killed at any moment loses nothing that it acknowledged, and the next one goes on."""
    acknowledged, wrong = kill_test.run(folder, 16)
    assert [fault for fault in wrong if "codings/" in fault or "lost" in fault] == []
    assert acknowledged > 16


@pytest.mark.parametrize("room", [0, 1, 17, 300])
@pytest.mark.parametrize("code", [errno.ENOSPC, getattr(errno, "EDQUOT", errno.EFBIG)], ids=["disk", "quota"])
def test_a_full_disk_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch, room: int, code: int) -> None:
    """When the disk is full after any number of bytes, the file is cut back, and the message says so."""
    store = StudyStore(folder)
    first = store.write(CODER, "memo", MEMO)
    before = (folder / "codings" / f"{CODER}.jsonl").read_bytes()
    write, left = os.write, [room]

    def narrow(handle: int, data: bytes) -> int:
        if not left[0]:
            raise OSError(code, "no room")
        written = write(handle, bytes(data)[: left[0]])
        left[0] -= written
        return written

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", narrow)
        with pytest.raises(WriteError, match=r"(?s)disk of folder .*codings.* is full"):
            store.write(CODER, "memo", MEMO)
    assert (folder / "codings" / f"{CODER}.jsonl").read_bytes() == before
    assert list(store.study.state(CODER).operations) == [first]
    second = store.write(CODER, "memo", MEMO)
    assert operations(folder) == [first, second]


def test_a_failed_first_write_leaves_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not even a journal's first line could be written, there is no journal."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "broken")))
        with pytest.raises(WriteError, match="broken"):
            StudyStore(folder).write(CODER, "memo", MEMO)
    assert list((folder / "codings").glob("*.jsonl")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no RLIMIT_FSIZE")
def test_a_real_limit_of_the_system(folder: Path) -> None:
    """Where the system itself lets a file grow no further, all that was acknowledged is there and no more."""
    done = subprocess.run([sys.executable, "-c", FILLER, str(folder)], capture_output=True, text=True, check=True)
    *acknowledged, message = done.stdout.splitlines()
    assert "is full" in message
    assert operations(folder) == acknowledged
    assert journal_errors(folder) == []


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_folder_that_refuses_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """A read-only folder opens for reading, and a write is refused in plain words."""
    store = StudyStore(folder)
    opened = os.open

    def refuse(path: str, flags: int, *mode: int, **more: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(code, "no")
        return opened(path, flags, *mode, **more)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(WriteError, match="read-only for you"):
        store.write(CODER, "memo", MEMO)


def test_a_real_read_only_folder(folder: Path) -> None:
    """A folder without the right to write opens, says so, and stays as it is."""
    (folder / "codings").mkdir()
    (folder / "codings").chmod(0o555)
    try:
        if os.access(folder / "codings", os.W_OK):
            pytest.skip("this user may write anywhere (root, or a system without such rights)")
        store = StudyStore(folder)
        assert "read-only" in store.loaded.read_only
        with pytest.raises(WriteError, match="read-only"):
            store.write(CODER, "memo", MEMO)
    finally:
        (folder / "codings").chmod(0o755)


def test_every_prefix_of_a_journal_opens(folder: Path) -> None:
    """Cut at any byte, the journal opens with the operations before the cut, and writing goes on."""
    store = StudyStore(folder)
    ids = [store.write(CODER, "memo", MEMO | {"text": f"één {number}"}) for number in range(3)]
    path = folder / "codings" / f"{CODER}.jsonl"
    data = path.read_bytes()
    for cut in range(0, len(data), 13):
        path.write_bytes(data[:cut])
        found = operations(folder)
        assert found == ids[: len(found)]
        assert len(found) >= data[:cut].count(b"\n")
        assert not [problem for problem in check(read_folder(folder)) if problem.level == "error"]


def test_every_flipped_bit_is_an_error_of_check(folder: Path) -> None:
    """One flipped bit in a journal is told by check, and the study still opens."""
    store = StudyStore(folder)
    for number in range(3):
        store.write(CODER, "memo", MEMO | {"text": str(number)})
    path = folder / "codings" / f"{CODER}.jsonl"
    data = path.read_bytes()
    for bit in range(3, 8 * len(data), 61):
        damaged = bytearray(data)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        assert journal_errors(folder), bit
