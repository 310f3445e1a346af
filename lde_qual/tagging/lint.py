"""What in a codebook makes suggestions poor: keywords and codes to look at, found in the study's own talk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from lde_qual.model.codebook import Codebook
from lde_qual.model.transcript import WORD
from lde_qual.tagging.candidates import candidates
from lde_qual.tagging.folding import fold
from lde_qual.tagging.keywords import Texts
from lde_qual.tagging.scorer import Labelled

EVERYWHERE = 0.1
"""Share of the passages from which a keyword says little about any code."""

MANY = 4
"""Codes in whose coded passages a keyword stands from which it tells them no more apart."""

TOGETHER, FEWEST = 0.5, 5
"""Share of a keyword's passages that another code's keyword stands in too, and passages that it takes at least."""

FEWEST_CODED, FEWEST_PEOPLE, BEST = 3, 2, 3
"""Coded passages and respondents that a word to add must occur in, and words named for a code at most."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Attributes
    ----------
    finding : str
        ``everywhere``, ``many codes``, ``silent``, ``together``, ``never first`` or ``add``.
    n, N : int or None
        Passages that it holds for, and of how many; None where it is not a matter of passages.
    """

    finding: str
    code: str
    keyword: str = ""
    other: str = ""
    n: int | None = None
    N: int | None = None


def keyword_findings(codebook: Codebook, passages: Sequence[str], coded: Sequence[Labelled]) -> list[Finding]:
    """Return keywords that stand everywhere, with many codes, or nowhere, and pairs that go together.

    Parameters
    ----------
    passages : sequence of str
        All passages of the study.
    coded : sequence of Labelled
        Those with a code.
    """
    keywords = candidates(codebook).keywords
    index, coded_index = Texts(passages), Texts(each.text for each in coded)
    found: list[Finding] = []
    where: list[tuple[str, str, frozenset[int]]] = []
    silent: dict[str, list[str]] = {}
    for code, word in keywords:
        stands = frozenset(index.holding(word))
        where.append((code, word.text, stands))
        codes = {other for i in coded_index.holding(word) for other in coded[i].codes}
        if not stands and passages:
            silent.setdefault(code, []).append(word.text)
        if len(stands) >= EVERYWHERE * len(passages) and stands:
            found.append(Finding("everywhere", code, word.text, n=len(stands), N=len(passages)))
        elsewhere = sorted(other for other in codes if other != code and not codebook.related(other, code))
        if len(elsewhere) >= MANY:
            found.append(Finding("many codes", code, word.text, ", ".join(elsewhere), n=len(stands), N=len(passages)))
    unheard = [Finding("silent", code, ", ".join(words), n=0, N=len(passages)) for code, words in silent.items()]
    return [*found, *_together(codebook, where), *unheard]


def _together(codebook: Codebook, where: Iterable[tuple[str, str, frozenset[int]]]) -> Iterator[Finding]:
    often = [each for each in where if len(each[2]) >= FEWEST]
    for (code, word, one), (other_code, other_word, other) in combinations(often, 2):
        both = len(one & other)
        if (
            code != other_code
            and not codebook.related(code, other_code)
            and both >= TOGETHER * min(len(one), len(other))
        ):
            yield Finding("together", code, word, f"{other_code}: {other_word}", n=both, N=min(len(one), len(other)))


def never_first(firsts: Sequence[str], codes: Sequence[str]) -> list[Finding]:
    """Return the codes that are the first choice for no passage.

    Parameters
    ----------
    firsts : sequence of str
        First choice of each passage; where there is none, nothing can be said.
    codes : sequence of str
        Those that could be.
    """
    counted = Counter(firsts)
    if not firsts:
        return []
    return [Finding("never first", code, n=0, N=len(firsts)) for code in codes if not counted[code]]


def to_add(codebook: Codebook, coded: Sequence[Labelled]) -> list[Finding]:
    """Return words that tell a code's coded passages from the others' and are no keyword of it yet.

    Notes
    -----
    By code the words with the highest weighted log-odds with a Dirichlet prior of the
    words of all coded passages (Monroe, Colaresi and Quinn, 2008, z at least 1.96), of
    words in at least three coded passages by at least two respondents.
    """
    words = [set(WORD.findall(fold(each.text))) for each in coded]
    whole = Counter(word for each in words for word in each)
    by_code: dict[str, list[int]] = {}
    for i, each in enumerate(coded):
        for code in each.codes:
            if code in codebook:
                by_code.setdefault(code, []).append(i)
    found: list[Finding] = []
    for code in codebook.ids():
        own = by_code.get(code, [])
        known = [word for node, word in candidates(codebook, [code]).keywords if node == code]
        scored = _telling(Counter(word for i in own for word in words[i]), whole)
        for word, _ in sorted(scored.items(), key=lambda each: (-each[1], each[0])):
            people = {coded[i].respondent for i in own if word in words[i]}
            stands = sum(word in words[i] for i in own)
            new = len(word) > 3 and not any(keyword.find(word) for keyword in known)
            if new and stands >= FEWEST_CODED and len(people) >= FEWEST_PEOPLE:
                found.append(Finding("add", code, word, n=stands, N=len(own)))
                if sum(each.code == code for each in found) == BEST:
                    break
    return found


def _telling(own: Mapping[str, int], whole: Mapping[str, int]) -> dict[str, float]:
    """Return the z-score of each word of one code against all others, where it is at least 1.96."""
    n_own, n_all = sum(own.values()), sum(whole.values())
    found = {}
    for word, count in own.items():
        prior = whole[word]
        other, n_other = prior - count, n_all - n_own
        one = (count + prior) / (n_own + n_all - count - prior)
        two = (other + prior) / (n_other + n_all - other - prior)
        z = (np.log(one) - np.log(two)) / np.sqrt(1 / (count + prior) + 1 / (other + prior))
        if z >= 1.96:
            found[word] = float(z)
    return found
