"""Time words on a study of 60 interviews of 10,000 words: `python benchmarks/words.py`.

The interviews are those of `benchmarks/tagging.py`. What gives the lemmas is chosen as
in any study (`LDE_QUAL_SPACY_MODEL`, else `nl_core_news_sm`, else the table).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from tagging import INTERVIEWS, made, sentences
from tqdm import tqdm

import lde_qual as lq
from lde_qual.api.opened import Study
from lde_qual.api.searching import find_words, index_of
from lde_qual.api.spoken import spoken

TYPED = ("t", "tr", "tra", "traj*", "traject", "een gesprek", "de", "begeleid*", "niemand weet")


def seconds(work: Callable[[], object]) -> float:
    """Return the wall seconds of `work`."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def study_in(folder: Path) -> Path:
    """Write the made interviews as a study and return its folder."""
    rng = np.random.default_rng(1)
    said = sentences(lq.open_study(Path(__file__).parent.parent).model)
    (folder / "transcripts").mkdir(parents=True)
    (folder / "codebook.yaml").write_text("title: Gemaakt\ncodes: []\n", encoding="utf-8")
    people = ["respondent,role,organisation,transcript", "R01,vdab,x,"]
    (folder / "transcripts" / "respondents.csv").write_text("\n".join(people) + "\n", encoding="utf-8")
    for number in range(INTERVIEWS):
        transcript = made(rng, said, number)
        (folder / "transcripts" / f"{transcript.name}.txt").write_text(transcript.text, encoding="utf-8")
    return folder


def main() -> None:
    """Print how long parsing, opening again, and one look-up take."""
    with tempfile.TemporaryDirectory() as place:
        folder = study_in(Path(place) / "studie")
        first, second = lq.open_study(folder), lq.open_study(folder)
        with tqdm(total=INTERVIEWS, file=sys.stderr, leave=False) as bar:
            parsing = seconds(lambda: spoken(first, progress=lambda done, _total: bar.update(done - bar.n)))
        print(f"parsed by {spoken(first).pipeline.name}: {parsing:.1f} s; from the cache {_cached(second):.2f} s")
        print(f"index of {len(index_of(second).talk.turn):,} words: {seconds(lambda: index_of(first)):.2f} s")
        for term in TYPED:
            print(f"{term:14} {_key(second, term) * 1000:6.1f} ms, {find_words(second, term).total:,} times")


def _cached(study: Study) -> float:
    return seconds(lambda: spoken(study))


def _key(study: Study, term: str) -> float:
    return median(seconds(lambda: find_words(study, term, limit=50)) for _ in range(9))


if __name__ == "__main__":
    main()
