"""Kill a writer in the middle of its work, many times over, and see that nothing it acknowledged is lost.

    python benchmarks/kill_test.py [KILLS]

A child writes operations in a loop and prints each id once the write returned; after
0 to 20 ms the parent kills it (SIGKILL). Then every printed id must be in the journal,
the journal must read without a fault but a torn last line, and writing must go on.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lde_qual.store.checking import check
from lde_qual.store.folder import read_folder
from lde_qual.store.study_store import StudyStore

CODER = "anna"
FRESH = 50
CHILD = """
import sys
from pathlib import Path
from lde_qual.store.study_store import StudyStore
store = StudyStore(Path(sys.argv[1]))
print("ready", flush=True)
memo = {"subject": "study", "about": "", "kind": "method", "text": "een notitie"}
while True:
    print(store.write("anna", "memo", memo), flush=True)
"""


def kill_once(folder: Path, wait: float) -> list[str]:
    """Let a child write for `wait` seconds, kill it, and return the ids that it acknowledged."""
    command = [sys.executable, "-c", CHILD, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(wait)
        child.kill()
        # The last line may have been cut by the kill; its newline is part of the acknowledgement.
        return [line.strip() for line in child.stdout.read().splitlines(keepends=True) if line.endswith("\n")]


def faults_after(folder: Path, acknowledged: set[str]) -> list[str]:
    """Return what is wrong with the folder, after one more write."""
    store = StudyStore(folder)
    wrong = [f"lost {identifier}" for identifier in acknowledged - set(store.study.state(CODER).operations)]
    acknowledged.add(store.write(CODER, "memo", {"subject": "study", "about": "", "kind": "method", "text": "-"}))
    return wrong + [f"{problem.file}, line {problem.line}: {problem.what}" for problem in check(read_folder(folder))]


def run(folder: Path, kills: int, *, seed: int = 1) -> tuple[int, list[str]]:
    """Kill `kills` writers in a study and return how many operations were acknowledged, and all faults."""
    chance = random.Random(seed)  # noqa: S311 - it chooses moments, no secrets
    acknowledged: set[str] = set()
    wrong: list[str] = []
    for number in range(1, kills + 1):
        acknowledged.update(kill_once(folder, chance.uniform(0, 0.02)))
        wrong += [f"kill {number}: {fault}" for fault in faults_after(folder, acknowledged)]
    return len(acknowledged), wrong


def main() -> int:
    """Run the test and tell how it went."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    operations, torn, wrong = 0, 0, []
    with tempfile.TemporaryDirectory() as name:
        # A fresh study now and then: reading all that was written before would become the larger part.
        for start in range(0, kills, FRESH):
            folder = Path(name) / str(start)
            folder.mkdir()
            (folder / "codebook.yaml").write_text("title: Proef\ncodes: []\n", encoding="utf-8")
            acknowledged, faults = run(folder, min(FRESH, kills - start), seed=start)
            operations += acknowledged
            torn += len(list((folder / "codings").glob(".torn/*")))
            wrong += faults
    print(f"{kills} kills, {operations} operations acknowledged, {torn} torn lines set aside, {len(wrong)} faults")
    print("\n".join(wrong[:20]))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
