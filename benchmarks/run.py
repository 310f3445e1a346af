"""What the program costs, measured on this machine, with the bar beside each number.

    python benchmarks/run.py [--codings 1000000]

Every number is a ratio inside one run where it can be: times move with the machine, ratios hardly.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from lde_qual.analysis.cooccurrence import count_overlaps
from lde_qual.analysis.counting import overlapping_pairs
from lde_qual.model.rules import coding_body
from lde_qual.store.study_store import StudyStore

ROOT = Path(__file__).parent.parent
HEAVY = ("spacy", "pandas", "numpy", "sklearn", "matplotlib")


def cpu_of(command: list[str], *, rounds: int = 9) -> float:
    """Return the median CPU seconds (user and system) of a command."""
    times = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(times)


def seconds(work: Callable[[], object], *, rounds: int = 3) -> float:
    """Return the median wall seconds of `work`."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def startup() -> None:
    """Print what `lde-qual --help` and `import lde_qual` cost beside a bare interpreter."""
    bare = cpu_of([sys.executable, "-c", "pass"])
    program = str(Path(sys.executable).parent / "lde-qual")
    helped = cpu_of([program, "--help"])
    print(
        f"lde-qual --help            {helped * 1000:8.1f} ms CPU   {helped / bare:5.1f} x a bare interpreter (bar: 5)"
    )
    check = f"import sys, lde_qual; print([name for name in {HEAVY} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", check], check=True, capture_output=True, text=True, cwd=ROOT)
    print(f"import lde_qual loads      {loaded.stdout.strip()} of {', '.join(HEAVY)} (bar: none)")


def report() -> None:
    """Print how long the report of this repository's study takes."""
    program = str(Path(sys.executable).parent / "lde-qual")
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--study", str(ROOT), "report", "--out", folder]
        taken = seconds(lambda: subprocess.run(command, check=True, capture_output=True), rounds=2)
    print(f"lde-qual report            {taken:8.1f} s wall    this repository's study (bar: 15)")


def _study(folder: Path, *, codings: int) -> StudyStore:
    (folder / "transcripts").mkdir()
    (folder / "codebook.yaml").write_text("title: B\ncodes: [{id: a, label: A}, {id: b, label: B}]\n", encoding="utf-8")
    (folder / "transcripts" / "respondents.csv").write_text(
        "respondent,role,organisation,transcript\nR1,x,y,t\n", encoding="utf-8"
    )
    (folder / "transcripts" / "t.txt").write_text(f"R1: {'woord ' * 20000}\n", encoding="utf-8")
    store = StudyStore(folder)
    bodies = [coding_body(store.study, transcript="t", start=4 + i, end=40 + i, code="a") for i in range(codings)]
    store.write_batch("anna", [("code", body) for body in bodies])
    return store


def acknowledged(*, times: int = 300) -> None:
    """Print an acknowledged coding beside a bare append with fsync of as many bytes, in turns."""
    with tempfile.TemporaryDirectory(dir=ROOT) as name:
        store = _study(Path(name), codings=1000)
        bare_path = Path(name) / "bare.jsonl"
        line = (Path(name) / "codings" / "anna.jsonl").read_bytes()[:1400] + b"\n"
        ours: list[float] = []
        bare: list[float] = []
        for i in range(times):
            body = coding_body(store.study, transcript="t", start=4 + i, end=50 + i, code="b")
            start = time.perf_counter()
            store.write("anna", "code", body)
            ours.append(time.perf_counter() - start)
            start = time.perf_counter()
            with bare_path.open("ab") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            bare.append(time.perf_counter() - start)
    ratio = median(ours) / median(bare)
    print(f"an acknowledged coding     {median(ours) * 1e6:8.0f} us wall   {ratio:5.2f} x append and fsync (bar: 1.6)")


def sweep(codings: int, *, codes: int = 500, documents: int = 2000) -> None:
    """Print the sweep over overlapping pairs, and the table of codes made from it."""
    rng = np.random.default_rng(1)
    document = rng.integers(0, documents, codings)
    start = rng.integers(0, 50_000, codings)
    end = start + np.clip(rng.lognormal(5.4, 0.8, codings).astype(np.int64), 1, 5_000)
    weight = 1 / np.arange(1, codes + 1)
    code = rng.choice(codes, codings, p=weight / weight.sum())
    swept = seconds(lambda: overlapping_pairs(document, start, end))
    made = seconds(lambda: count_overlaps(document, start, end, code, codes=codes))
    pairs = len(overlapping_pairs(document, start, end)[0])
    print(f"sweep of {codings:,} codings   {swept:8.2f} s wall    {pairs:,} overlapping pairs")
    print(f"table of {codes} x {codes} codes    {made:8.2f} s wall    {made / swept:5.2f} x the sweep (bar: 4)")


def main() -> None:
    """Run all of them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--codings", type=int, default=1_000_000)
    args = options.parse_args()
    startup()
    acknowledged()
    sweep(args.codings)
    report()


if __name__ == "__main__":
    main()
