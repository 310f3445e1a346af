"""The assistant's own scorers: from the codebook alone, and from the codebook and what was decided.

What speaks for a code in a passage:

keywords
    Those of the codebook, weighted by how specific they are in this study's talk.
codebook
    Likeness to all that the codebook says of the code, and a ridge regression for which
    each text of the codebook is an example of its code.
coded
    What the same regression learns from passages that the coder decided on.
prior
    How often the coder uses the code.

How much each counts is shipped (`SHIPPED`) and moves with the coder's decisions (see
`weights`). Without decisions the two scorers are the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from scipy.special import softmax
from threadpoolctl import threadpool_limits

from lde_qual.model.transcript import WORD, without_brackets
from lde_qual.tagging.candidates import Candidates, candidates
from lde_qual.tagging.decided import Decided, drawn
from lde_qual.tagging.evidence import Array, KeywordEvidence, vector_space
from lde_qual.tagging.proposal import Match, Neighbour
from lde_qual.tagging.ridge import fit_ridge
from lde_qual.tagging.scorer import Material, Weighed, register
from lde_qual.tagging.vectors import Vectors
from lde_qual.tagging.weights import as_arrays, learn_weights

SHIPPED = {
    "keywords": (2.3, 0.8),
    "codebook": (19.0, 6.0),
    "learned": (5.7, 2.5),
    "prior": (0.3, 0.3),
    "none": (5.5, 2.0),
    "none, per ln of words": (-0.3, 0.5),
    "none, learned": (5.7, 2.5),
}
"""Mean and standard deviation of the prior of each weight; `benchmarks/tagging_weights.py` fits them."""

PENALTY = 1.0
"""Of the regression; twice or half of it changes little."""

HALF = 10
"""Words at which likeness counts half: in a short passage one rare word makes up all that there is to be like."""

FEWEST_WORDS = 3
MARGIN = 0.15
"""In log-odds: where the best code is ahead of the next by less, none is proposed."""


@dataclass(frozen=True)
class BlendFit:
    """What a fit of `Blend` weighs texts by.

    Attributes
    ----------
    whole : csr_matrix, shape (codes, n-grams)
        All that the codebook says of each code, as one text.
    from_codebook, from_decided : ndarray, shape (n-grams, codes + 1)
        Coefficients of the regression by what they were learned from; the last column
        is "none of the codes".
    intercept : ndarray, shape (codes + 1,)
    prior : ndarray, shape (codes,)
        The coder's habit.
    weights : mapping
        As `SHIPPED`, moved by the decisions.
    """

    found: Candidates
    keywords: KeywordEvidence
    vectors: Vectors
    whole: sp.csr_matrix
    from_codebook: Array
    from_decided: Array
    intercept: Array
    prior: Array
    weights: Mapping[str, float]
    decided: Decided
    can_be_none: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The candidates."""
        return self.found.codes

    def weigh(self, texts: Sequence[str]) -> Weighed:
        """Weigh texts against all candidates (see `scorer.Fitted`)."""
        rows, matches = self.vectors.transform(texts), self.keywords.matches(texts)
        coded = np.asarray(rows @ self.from_decided)
        learned = np.asarray(rows @ self.from_codebook) + coded + self.intercept
        lengths = sizes(texts)
        features = self.features(rows, self.keywords.strength(matches), lengths, learned=learned)
        features[:, : len(self.codes), 3] = self.prior
        weighed = features * np.array(list(self.weights.values()))
        parts = _parts(weighed, self.weights["learned"] * _trust(lengths)[:, None] * coded[:, :-1])
        scores, none = weighed[:, :-1].sum(axis=2), weighed[:, -1].sum(axis=1)
        everything = np.hstack([scores, none[:, None]]) if self.can_be_none else scores
        confidence = softmax(everything, axis=1)[:, : len(self.codes)]
        if self.can_be_none:
            parts["threshold"] = np.repeat(-none[:, None], len(self.codes), axis=1)
        abstained = _abstained(texts, scores, rows, confidence)
        near: dict[int, Array] = {}

        def explain(row: int, place: int) -> tuple[tuple[Match, ...], tuple[Neighbour, ...]]:
            if row not in near:
                near[row] = self.decided.similarities(rows[row])
            return matches[row].get(place, ()), self.decided.nearest(near[row], place, besides=texts[row])

        return Weighed(self.codes, parts, confidence, abstained, explain)

    def features(self, rows: sp.csr_matrix, strength: Array, lengths: Array, *, learned: Array) -> Array:
        """Return what the weights are applied to, habit left at 0; shape (texts, codes + 1, weights).

        Parameters
        ----------
        learned : ndarray, shape (texts, codes + 1)
            What the regression says.
        """
        found = np.zeros((len(lengths), len(self.codes) + 1, len(SHIPPED)))
        trust = _trust(lengths)[:, None]
        found[:, :-1, 0] = strength
        found[:, :-1, 1] = trust * (rows @ self.whole.T.toarray())
        found[:, :-1, 2] = trust * learned[:, :-1]
        found[:, -1, 4] = 1
        found[:, -1, 5] = lengths
        found[:, -1, 6] = trust[:, 0] * learned[:, -1]
        return found


def _parts(weighed: Array, coded: Array) -> dict[str, Array]:
    return {
        "keywords": weighed[:, :-1, 0],
        "codebook": weighed[:, :-1, 1] + weighed[:, :-1, 2] - coded,
        "coded": coded,
        "prior": weighed[:, :-1, 3],
    }


@dataclass(frozen=True)
class Blend:
    """A scorer that blends kinds of evidence (see the module).

    Attributes
    ----------
    learns : bool
        Whether decided passages are used at all.
    """

    name: str
    learns: bool
    version: str = "2"

    # Threads of linear algebra wait for each other where another program has a core: seconds instead of a tenth.
    @threadpool_limits.wrap(limits=1, user_api="blas")  # type: ignore[untyped-decorator]
    def fit(self, material: Material, *, rng: np.random.Generator) -> BlendFit:
        """Learn from the codebook and, where it `learns`, from what was decided."""
        found = candidates(material.codebook, material.codes or None)
        said, spoken_for = [text for _, text in found.texts], [found.owner[node] for node, _ in found.texts]
        vectors = vector_space(tuple(material.texts), tuple(said))
        decided = drawn(material, found, vectors, rng) if self.learns else Decided((), vectors.transform([]), found, 0)
        every = sp.vstack([vectors.transform(said), decided.rows]).tocsr()
        ridge = fit_ridge(
            (every @ every.T).toarray(),
            decided.targets(spoken_for),
            decided.importance(spoken_for),
            penalty=PENALTY,
            first=len(said),
        )
        fitted = BlendFit(
            found=found,
            keywords=KeywordEvidence(found, tuple(material.texts)),
            vectors=vectors,
            whole=vectors.transform(found.whole_texts()),
            from_codebook=np.asarray(every[: len(said)].T @ ridge.dual[: len(said)]),
            from_decided=np.asarray(decided.rows.T @ ridge.dual[len(said) :]),
            intercept=ridge.intercept,
            prior=decided.habit(),
            weights={name: mean for name, (mean, _) in SHIPPED.items()},
            decided=decided,
            can_be_none=material.can_be_none,
        )
        if not decided.passages:
            return fitted
        unseen = ridge.answers_without(decided.targets(spoken_for)[len(said) :], decided.groups)
        return replace(fitted, weights=_moved(fitted, unseen))


def _moved(fitted: BlendFit, unseen: Array) -> dict[str, float]:
    """Return the weights that the decisions make most likely, each passage seen as if its respondent were new."""
    decided = fitted.decided
    texts = [each.text for each in decided.passages]
    strength = fitted.keywords.strength(fitted.keywords.matches(texts))
    features = fitted.features(decided.rows, strength, sizes(texts), learned=unseen)
    features[:, :-1, 3] = decided.habit_without()
    possible = decided.possible()
    if not fitted.can_be_none:
        possible[:, -1] = False
    centre, spread = as_arrays(SHIPPED)
    found = learn_weights(features, decided.truth(), centre=centre, spread=spread, possible=possible)
    return dict(zip(SHIPPED, map(float, found), strict=True))


def sizes(texts: Sequence[str]) -> Array:
    """Return ln(1 + words) of each text."""
    return np.array([np.log1p(_words(text)) for text in texts])


def _trust(lengths: Array) -> Array:
    """Return how much likeness counts in texts of these `sizes`, from 0 to 1."""
    words = np.expm1(lengths)
    return np.asarray(words / (words + HALF))


def _words(text: str) -> int:
    return len(WORD.findall(without_brackets(text)))


def _abstained(texts: Sequence[str], scores: Array, rows: sp.csr_matrix, confidence: Array) -> tuple[str, ...]:
    """Return by text why nothing is proposed: silence where that no code applies is more likely than any code."""
    silent = (np.diff(rows.indptr) == 0) | (confidence.sum(axis=1) < 0.5)
    best = np.sort(scores, axis=1)[:, ::-1]
    close = best[:, 0] - best[:, 1] < MARGIN if best.shape[1] > 1 else np.zeros(len(texts), dtype=bool)
    return tuple(
        "too short" if _words(text) < FEWEST_WORDS else "no evidence" if silent[i] else "low margin" if close[i] else ""
        for i, text in enumerate(texts)
    )


CODEBOOK_ALONE = register(Blend("codebook", learns=False))
LEARNED = register(Blend("learned", learns=True))
