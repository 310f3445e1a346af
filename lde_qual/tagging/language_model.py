"""The votes of a language model: one more kind of evidence, of which only what can be verified is kept.

The model is asked for the codes that apply to one passage, each with the words that it
rests on. A vote counts where the code is a candidate and the words stand in the passage
as quoted; all else is left out and counted, so that a person sees how much of what the
model says cannot be trusted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.special import softmax

from lde_qual.model.codebook import Code, Codebook
from lde_qual.model.transcript import WORD
from lde_qual.tagging.proposal import Match, Neighbour
from lde_qual.tagging.scorer import Fitted, Material, Scorer, Weighed

VOTE = 1.5
"""What a verified vote adds to a score, in log-odds; no decision moves it, and `evaluate` shows whether it helps."""

Ask = Callable[[str, str], str]
"""Takes the instructions and the passage; returns what the model answers."""


@dataclass
class Tally:
    """What became of the answers of a model.

    Attributes
    ----------
    asked, unreadable : int
        Passages asked about; answers that are no JSON of the form asked for.
    unknown, unfounded : int
        Votes for a code that is no candidate; votes whose words are not in the passage.
    """

    asked: int = 0
    unreadable: int = 0
    unknown: int = 0
    unfounded: int = 0

    def told(self) -> list[str]:
        """Return what a person must know of the answers, in a sentence or none."""
        if not self.unreadable + self.unknown + self.unfounded:
            return []
        told = (
            f"Of {self.asked} answers of the language model {self.unreadable} could not be read; {self.unknown} votes"
            f" for codes that are not to choose from and {self.unfounded} on words that are not in the passage were"
            " left out."
        )
        return [told]


def instructions(codebook: Codebook, codes: Sequence[str]) -> str:
    """Return what the model is told before each passage: the codes as the codebook describes them, and the form."""
    listed = "\n".join(_described(codebook.code(code)) for code in codes)
    return (
        "You help a social scientist code Dutch interviews. Below are the codes, each with its id. For the passage that"
        " follows, name the codes that apply by what the speaker says; there may be several, or none.\n\n"
        f"{listed}\n\n"
        'Answer with JSON only: {"codes": [{"code": "<id>", "quote": "<words copied exactly from the passage>"}]}.'
        ' Where no code applies answer {"codes": []}.'
    )


def _described(code: Code) -> str:
    lines = [f"- {code.id}: {code.label}"]
    for name, texts in (
        ("definition", (code.definition,)),
        ("include", code.include),
        ("exclude", code.exclude),
        ("examples", code.examples),
    ):
        said = "; ".join(text for text in texts if text)
        if said:
            lines.append(f"  {name}: {said}")
    return "\n".join(lines)


def verified(answer: str, passage: str, codes: Sequence[str], tally: Tally) -> dict[str, tuple[int, int]]:
    """Return the votes of an answer that hold: code, and where its words stand in the passage.

    A quote must stand in the passage letter by letter; only white space at its ends is
    forgiven.
    """
    tally.asked += 1
    votes = _votes(answer)
    if votes is None:
        tally.unreadable += 1
        return {}
    kept: dict[str, tuple[int, int]] = {}
    for vote in votes:
        code = str(vote.get("code")) if isinstance(vote, dict) else ""
        quote = vote.get("quote") if isinstance(vote, dict) else None
        if code not in codes:
            tally.unknown += 1
        elif not isinstance(quote, str) or not WORD.search(quote) or quote.strip() not in passage:
            tally.unfounded += 1
        else:
            start = passage.index(quote.strip())
            kept.setdefault(code, (start, start + len(quote.strip())))
    return kept


def _votes(answer: str) -> list[Any] | None:
    """Return the list of votes in an answer, which may stand between other words; None where there is none."""
    start = answer.find("{")
    while start >= 0:
        try:
            found, _ = json.JSONDecoder().raw_decode(answer, start)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and isinstance(found.get("codes"), list):
            return list(found["codes"])
        start = answer.find("{", start + 1)
    return None


@dataclass(frozen=True)
class VotedFit:
    """A fit of another scorer, with the model's votes beside it."""

    base: Fitted
    ask: Ask
    prompt: str
    tally: Tally
    can_be_none: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The candidates."""
        return self.base.codes

    def weigh(self, texts: Sequence[str]) -> Weighed:
        """Weigh texts, asking the model about each that the other scorer does not find too short."""
        said = self.base.weigh(texts)
        votes = [
            {} if why == "too short" else verified(self.ask(self.prompt, text), text, self.codes, self.tally)
            for text, why in zip(texts, said.abstained, strict=True)
        ]
        model = np.array([[VOTE if code in each else 0.0 for code in self.codes] for each in votes])
        parts = {**said.parts, "model": model.reshape(len(texts), len(self.codes))}
        scores = said.scores + parts["model"]
        everything = np.hstack([scores, np.zeros((len(texts), 1))]) if self.can_be_none else scores
        confidence = softmax(everything, axis=1)[:, : len(self.codes)]
        abstained = tuple(
            "" if each and why != "too short" else why for each, why in zip(votes, said.abstained, strict=True)
        )

        def explain(row: int, place: int) -> tuple[tuple[Match, ...], tuple[Neighbour, ...]]:
            matches, neighbours = said.explain(row, place)
            span = votes[row].get(self.codes[place])
            quoted = (Match(*span, keyword=texts[row][slice(*span)], weight=1.0),) if span else ()
            return (*matches, *quoted), neighbours

        return Weighed(self.codes, parts, confidence, abstained, explain)


@dataclass(frozen=True)
class Voted:
    """A scorer that adds the votes of a language model to those of another.

    Attributes
    ----------
    base : Scorer
    ask : callable
        See `Ask`.
    model : str
        The model's name, which the journal keeps with what was accepted.
    """

    base: Scorer
    ask: Ask
    model: str
    tally: Tally = field(default_factory=Tally)

    @property
    def name(self) -> str:
        """The other scorer's name and the model's."""
        return f"{self.base.name}+{self.model}"

    @property
    def version(self) -> str:
        """The other scorer's version."""
        return self.base.version

    def fit(self, material: Material, *, rng: np.random.Generator) -> VotedFit:
        """Fit the other scorer; the model is given the codebook, and learns nothing."""
        fitted = self.base.fit(material, rng=rng)
        prompt = instructions(material.codebook, fitted.codes)
        return VotedFit(fitted, self.ask, prompt, self.tally, material.can_be_none)
