"""What counting costs on a large study: 2,000 interviews, a million codings, 500 codes.

    python benchmarks/large.py [--interviews 2000] [--codings 1000000] [--skip-folder] [--plot docs/pictures/growth.png]

Everything is a ratio inside one run where it can be, the least of several rounds taken in
turns: times move with the machine, ratios hardly. Each result is also compared with that
of the other way to get it.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from krippendorff import alpha as package_alpha
from made_study import ROLES, Ints, Size, make
from sklearn.metrics import cohen_kappa_score

import lde_qual as lq
from lde_qual.analysis.agreement import agreement
from lde_qual.analysis.agreement_units import lay_units
from lde_qual.analysis.agreement_work import passages, work_of
from lde_qual.analysis.cooccurrence import count_overlaps
from lde_qual.analysis.counting import distinct, overlapping_pairs
from lde_qual.model.study import Study
from lde_qual.store.folder import read_folder

CODES = 500
SWEEP = """
#include <stdint.h>
int64_t sweep(const int64_t *begin, const int64_t *until, const int64_t *order, int64_t n, int64_t *one, int64_t *other)
{
    int64_t found = 0;
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = i + 1; j < n && begin[j] < until[i]; j++, found++)
            if (one) { one[found] = order[i]; other[found] = order[j]; }
    return found;
}
"""


def least(works: Sequence[Callable[[], object]], *, rounds: int = 7) -> list[float]:
    """Return the least wall seconds of each, taken in turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for each, work in zip(times, works, strict=True):
            start = time.perf_counter()
            work()
            each.append(time.perf_counter() - start)
    return [min(each) for each in times]


def columns(codings: int, documents: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Return document, start, end and code of drawn codings, in random order."""
    rng = np.random.default_rng(1)
    document = rng.integers(0, documents, codings)
    start = rng.integers(0, 50_000, codings)
    end = start + np.clip(rng.lognormal(5.4, 0.8, codings).astype(np.int64), 1, 5_000)
    weight = 1 / np.arange(1, CODES + 1)
    return document, start, end, rng.choice(CODES, codings, p=weight / weight.sum())


def compiled(folder: Path) -> Callable[[Ints, Ints, Ints], tuple[Ints, Ints]] | None:
    """Return the sweep in C, all pairs from unsorted columns; None where there is no compiler."""
    if shutil.which("cc") is None:
        return None
    (folder / "sweep.c").write_text(SWEEP, encoding="utf-8")
    library = folder / "sweep.so"
    subprocess.run(["cc", "-O3", "-shared", "-fPIC", "-o", library, folder / "sweep.c"], check=True)
    function = ctypes.CDLL(str(library)).sweep
    function.restype = ctypes.c_int64
    function.argtypes = [*[ctypes.c_void_p] * 3, ctypes.c_int64, *[ctypes.c_void_p] * 2]

    def pairs(group: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        stretch = int(end.max()) + 1
        begin, until = group * stretch + start, group * stretch + end
        order = np.argsort(begin)
        begin, until = begin[order], until[order]
        given = [column.ctypes.data for column in (begin, until, order)]
        many = function(*given, len(order), None, None)
        one, other = np.empty(many, dtype=np.int64), np.empty(many, dtype=np.int64)
        function(*given, len(order), one.ctypes.data, other.ctypes.data)
        return one, other

    return pairs


def same_pairs(one: tuple[Ints, Ints], other: tuple[Ints, Ints]) -> bool:
    """Tell whether both hold the same pairs, in whatever order."""
    size = 1 << 32
    mine, theirs = (np.sort(np.minimum(*pair) * size + np.maximum(*pair)) for pair in (one, other))
    return bool(np.array_equal(mine, theirs))


def sweep(codings: int, documents: int) -> None:
    """Print the sweep over overlapping pairs beside one in C, and the table of codes made from it."""
    document, start, end, code = columns(codings, documents)
    with tempfile.TemporaryDirectory() as folder:
        in_c = compiled(Path(folder))
        works: list[Callable[[], object]] = [
            lambda: overlapping_pairs(document, start, end),
            lambda: count_overlaps(document, start, end, code, codes=CODES),
        ]
        if in_c is not None:
            works.append(lambda: in_c(document, start, end))
            assert same_pairs(overlapping_pairs(document, start, end), in_c(document, start, end))
        swept, made, *others = least(works)
    print(f"sweep of {codings:,} codings           {swept:8.3f} s")
    for each in others:
        print(f"the same in C, same pairs            {each:8.3f} s   sweep is {swept / each:5.2f} x (bar: 1.5)")
    if not others:
        print("no cc here: not compared with C")
    print(f"table of {CODES} x {CODES} codes             {made:8.3f} s   {made / swept:5.2f} x the sweep (bar: 4)")


def role_by_code(codings: int, documents: int) -> None:
    """Print codings and distinct respondents per role and code, beside pandas on the same columns."""
    document, _, _, code = columns(codings, documents)
    role = document % len(ROLES)
    frame = pd.DataFrame({"role": role, "code": code, "respondent": document})
    cells, cell = len(ROLES) * CODES, role * CODES + code
    ours: list[Callable[[], Any]] = [
        lambda: np.bincount(role * CODES + code, minlength=cells),
        lambda: distinct(role * CODES + code, document, cells=cells),
    ]
    theirs: list[Callable[[], Any]] = [
        lambda: frame.groupby(["role", "code"]).size(),
        # Grouped anew each time: a grouping remembers what it found.
        lambda: frame.groupby(["role", "code"])["respondent"].nunique().astype(np.int64),
    ]
    for name, mine, other in zip(("codings", "respondents"), ours, theirs, strict=True):
        assert np.array_equal(mine()[np.unique(cell)], other().to_numpy())
        fast, slow = least([mine, other])
        print(f"role by code, {name:11}            {fast:8.3f} s   {fast / slow:5.2f} x pandas groupby (bar: 0.25)")


def agreed(*, interviews: int = 200, codings: int = 25_000, codes: int = 200) -> None:
    """Print kappa and alpha for all codes, compared with scikit-learn and `krippendorff` on every character."""
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), Size(interviews, codings, codes, coders=("anna", "bram")))
        study = read_folder(Path(name)).study
    taken: list[pd.DataFrame] = []
    (spent,) = least([lambda: taken.append(agreement(study, ["anna", "bram"], rng=np.random.default_rng(1)))], rounds=3)
    what = f"{interviews} interviews, {2 * codings:,} codings, {codes} codes"
    print(f"all measures of agreement            {spent:8.3f} s   {what} (bar: 1)")
    print(farthest(study, taken[-1].set_index("code"), ["c0", "c7", "c60"]))


def farthest(study: Study, frame: pd.DataFrame, some: Sequence[str]) -> str:
    """Return the largest difference from the packages on vectors of characters: kappa of all codes, alpha of some."""
    transcripts, names = study.countable(), study.codebook.ids()
    both = [passages(work_of(study, coder), transcripts) for coder in ("anna", "bram")]
    units = lay_units(transcripts, "character", both)
    kappas, alphas = [], []
    for place, code in enumerate(names):
        ours = frame.loc[code]
        if np.isnan(ours["kappa"]):
            continue
        marked = np.zeros((2, int(units.per_block.sum())), dtype=np.int8)
        for row, coded in zip(marked, both, strict=True):
            here = coded.code == place
            _, _, first, after = units.covered(coded.start[here], coded.end[here])
            for begin, until in zip(first.tolist(), after.tolist(), strict=True):
                row[begin:until] = 1
        # A character is one of four kinds; scikit-learn weighs each kind by how many there are of it.
        kinds = np.bincount(2 * marked[0] + marked[1], minlength=4)
        kappas.append(abs(ours["kappa"] - cohen_kappa_score([0, 0, 1, 1], [0, 1, 0, 1], sample_weight=kinds)))
        if code in some:
            alphas.append(abs(ours["alpha"] - package_alpha(marked, level_of_measurement="nominal")))
    return (
        f"farthest from scikit-learn, kappa of {len(kappas)} codes: {max(kappas):.1e} (bar: 1e-9)\n"
        f"farthest from krippendorff, alpha of {len(alphas)} codes: {max(alphas):.1e} (bar: 1e-9)"
    )


def from_folder(folder: Path) -> dict[str, float]:
    """Return what opening a study and its tables cost: seconds of each and of all, CPU seconds, megabytes at most."""
    tables: dict[str, Callable[[lq.Study], object]] = {
        "frequency": lambda study: lq.frequency(study, by="role"),
        "words": lambda study: lq.frequency(study, by="role", unit="words"),
        "matrix": lambda study: lq.matrix(study, cols="respondent", level=1),
        "co-occurrence": lambda study: lq.cooccurrence(study, unit="overlap"),
        "saturation": lambda study: lq.saturation(study, order="coding"),
    }
    start, cpu = time.perf_counter(), time.process_time()
    study = lq.open_study(folder)
    spent = {"open": time.perf_counter() - start}
    for name, table in tables.items():
        before = time.perf_counter()
        table(study)
        spent[name] = time.perf_counter() - before
    return {**spent, "all": time.perf_counter() - start, "CPU": time.process_time() - cpu, "MB": most_memory()}


def most_memory() -> float:
    """Return the most memory that this process had at once, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says goes back to before the program was started, to the process that started it.
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def growth(interviews: int, codings: int, plot: Path | None) -> None:
    """Print everything from a cold folder and from its columns at parts of the size and the whole, and draw it."""
    sizes: list[int] = []
    found: dict[str, list[dict[str, float]]] = {"cold journal": [], "columns": []}
    for part in (16, 4, 1):
        size = Size(interviews // part, codings // part, CODES)
        sizes.append(size.codings)
        with tempfile.TemporaryDirectory() as name:
            make(Path(name), size)
            for what, costs in found.items():
                # The first process leaves the columns that the second one counts from.
                command = [sys.executable, __file__, "--folder", name]
                costs.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
                *parts, seconds, cpu, memory = costs[-1].items()
                print(
                    f"{size.codings:9,} codings, {what:12} {seconds[1]:.2f} s, CPU {cpu[1]:.2f} s, {memory[1]:,.0f} MB"
                )
                print(f"    seconds: {', '.join(f'{name} {cost:.2f}' for name, cost in parts)}")
        cold, kept = (costs[-1]["CPU"] for costs in found.values())
        print(f"    from the columns in {kept / cold:.2f} of the CPU time{' (bar: 0.33)' if part == 1 else ''}")
    if plot is not None:
        draw(sizes, found, plot)


def draw(sizes: Sequence[int], found: Mapping[str, Sequence[Mapping[str, float]]], plot: Path) -> None:
    """Draw CPU seconds and megabytes by size, both on logarithmic axes."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - most runs draw nothing
    from matplotlib.ticker import NullFormatter  # noqa: PLC0415 - as above

    figure = Figure(figsize=(8, 3.4), layout="constrained")
    for axes, cost, label in zip(figure.subplots(1, 2), ("CPU", "MB"), ("CPU seconds", "MB at most"), strict=True):
        for (what, costs), line in zip(found.items(), ("-", "--"), strict=True):
            axes.loglog(sizes, [each[cost] for each in costs], line, marker="o", label=what)
            for size, each in zip(sizes, costs, strict=True):
                axes.annotate(
                    f"{each[cost]:,.3g}" if cost == "CPU" else f"{each[cost]:,.0f}",
                    (size, each[cost]),
                    textcoords="offset points",
                    xytext=(0, 6),
                    ha="center",
                    fontsize=8,
                )
        axes.set_xlabel("codings")
        axes.set_ylabel(label)
        axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
        axes.set_xticks([], minor=True)
        axes.yaxis.set_minor_formatter(NullFormatter())
        axes.margins(0.15)
        axes.legend(frameon=False)
    figure.suptitle("A study opened: two frequencies, a matrix, a co-occurrence, new codes by interview", fontsize=10)
    figure.savefig(plot, dpi=150)


def main() -> None:
    """Run all of them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--interviews", type=int, default=2000)
    options.add_argument("--codings", type=int, default=1_000_000)
    options.add_argument("--skip-folder", action="store_true", help="leave out what is read from a folder")
    options.add_argument("--plot", type=Path, help="draw growth with size, as .svg or .png")
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.folder is not None:
        print(json.dumps(from_folder(args.folder)))
        return
    sweep(args.codings, args.interviews)
    role_by_code(args.codings, args.interviews)
    agreed()
    if not args.skip_folder:
        growth(args.interviews, args.codings, args.plot)


if __name__ == "__main__":
    main()
