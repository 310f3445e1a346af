"""Time the assistant on a study of 60 interviews: `python benchmarks/tagging.py`.

The interviews are made: 10,000 words each, sentences of this repository's study in
another order with one word in eight replaced by a made compound, so that the
vocabulary grows as it does in talk. The codebook is the repository's, of 60 codes. Last,
how long it takes on the repository's own study until a decision has its effect.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
from tqdm import tqdm

import lde_qual as lq
from lde_qual.api.suggesting import Suggestions
from lde_qual.language.passages import cut
from lde_qual.language.sentences import sentence_bounds
from lde_qual.model.respondent import Respondent
from lde_qual.model.span import Span
from lde_qual.model.study import Study
from lde_qual.model.transcript import Transcript, Turn
from lde_qual.tagging.blend import LEARNED, Blend
from lde_qual.tagging.lessons import passages_of, speech_texts
from lde_qual.tagging.scorer import Labelled, Material

INTERVIEWS, WORDS, DECIDED = 60, 10_000, 2_000


def sentences(study: Study) -> list[str]:
    """Return all sentences that respondents say in the repository's study."""
    return [
        span.of(transcript.text)
        for transcript in study.countable()
        for turn in transcript.turns
        if not turn.interviewer
        for span in sentence_bounds(transcript.text, turn.speech)
    ]


def made(rng: np.random.Generator, said: list[str], number: int) -> Transcript:
    """Return one made interview of `WORDS` words, turns of one to eight sentences."""
    known = [word for sentence in said for word in sentence.split() if word.isalpha() and len(word) > 3]
    turns: list[Turn] = []
    text, words = "", 0
    while words < WORDS:
        drawn = [said[i] for i in rng.integers(len(said), size=int(rng.integers(1, 9)))]
        spoken = [
            "".join(known[i] for i in rng.integers(len(known), size=2)) if rng.random() < 0.125 else word
            for word in " ".join(drawn).split()
        ]
        start = len(text)
        text += "R01: " + " ".join(spoken) + "\n"
        turns.append(Turn(len(turns) + 1, "R01", Span(start, len(text) - 1), Span(start + 5, len(text) - 1)))
        words += len(spoken)
    return Transcript(f"gemaakt-{number:02}", text, tuple(turns))


def refits(opened: lq.Study) -> list[float]:
    """Return the seconds that each of five refits of the repository's study takes, reading the decisions included."""
    suggestions = Suggestions(opened)
    suggestions.fitted.weigh(["Wie wacht er?"])
    times = []
    for _ in range(5):
        start = time.perf_counter()
        suggestions.refresh()
        suggestions.fitted.weigh(["Wie wacht er?"])
        times.append(time.perf_counter() - start)
    return times


def main() -> None:
    """Print how long cutting, fitting and scoring take."""
    rng = np.random.default_rng(1)
    opened = lq.open_study(Path(__file__).parent.parent)
    source = opened.model
    said = sentences(source)
    made_ones = {each.name: each for each in (made(rng, said, i) for i in range(INTERVIEWS))}
    study = Study(source.codebook, made_ones, {"R01": Respondent("R01", {"role": "vdab", "organisation": "x"})})
    codes = study.codebook.ids()
    texts = tuple(speech_texts(study))
    size = sum(len(cut(each, "passage")) for each in made_ones.values())
    print(
        f"{INTERVIEWS} interviews, {size:,} passages, {len(codes)} codes; {DECIDED:,} decided passages where it learns"
    )
    passages = {name: passages_of(transcript, "passage") for name, transcript in made_ones.items()}
    every = [passage.text for each in passages.values() for passage in each]
    labelled = [
        Labelled(str(i), every[i], (codes[int(rng.integers(len(codes)))],), f"R{i % 60}")
        for i in rng.choice(len(every), size=DECIDED, replace=False)
    ]
    for method, decided in ((Blend("codebook", learns=False), []), (LEARNED, labelled)):
        times = []
        for _ in range(2):
            start = time.perf_counter()
            fitted = method.fit(Material(study.codebook, (), texts, decided), rng=np.random.default_rng(1))
            times.append(time.perf_counter() - start)
        start = time.perf_counter()
        for each in tqdm(passages.values(), desc="scoring", file=sys.stderr, leave=False):
            fitted.weigh([passage.text for passage in each]).scores.argmax(axis=1)
        spent = time.perf_counter() - start
        print(f"{method.name:10} first fit {times[0]:6.2f} s   refit {times[1]:6.2f} s   scoring all {spent:6.2f} s")
    again = refits(opened)
    print(f"{len(opened.codings())} codings of this repository: refit {np.median(again):.2f} s, median of {len(again)}")


if __name__ == "__main__":
    main()
