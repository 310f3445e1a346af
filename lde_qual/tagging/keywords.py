"""Keywords of the codebook, found in speech as people type it.

A keyword is one word or several. ``*`` at its end stands for any ending. Between the
words of a phrase there may be white space or a hyphen, or nothing. A keyword that begins with a
particle, such as *doorstromen*, is also found where speech pulls the verb apart: "hij
stroomt nu eindelijk door", "door te stromen", "doorgestroomd".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lde_qual.model.transcript import WORD
from lde_qual.tagging.folding import fold

PARTICLES = (
    *("aan", "achter", "af", "bij", "binnen", "door", "in", "mee", "na", "neer", "om", "onder", "op", "open", "over"),
    *("rond", "samen", "tegen", "terug", "thuis", "toe", "uit", "vast", "verder", "vol", "voor", "weg"),
)
"""Particles of separable verbs (Algemene Nederlandse Spraakkunst, 12.2.1), those that speech about work uses."""

_SHORTEST_STEM = 4
"""Letters that a verb keeps without its particle; below that *uit* and *in* would find half the language."""

_BETWEEN = 8
"""Words that may stand between a verb and its particle: a middle field longer than that is rare in speech."""

_ENDINGS = r"(?:t|en|d|de|te|den|ten)?"
_OPEN = re.compile(r"(?<![aeiou])(?P<vowel>[aeou])(?P<last>[^aeiouw])$")
_CLOSED = re.compile(r"(?P<vowel>aa|ee|oo|uu)(?P<last>[^aeiou])$")
_VOICELESS = {"v": "f", "z": "s"}


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword and how it is found in folded text.

    Attributes
    ----------
    text : str
        As it stands in the codebook.
    stems : tuple of str
        Folded beginnings of words; only a text with one of them can hold the keyword.
    pattern : re.Pattern
        Finds it in folded text.
    """

    text: str
    stems: tuple[str, ...]
    pattern: re.Pattern[str]

    def find(self, folded: str) -> tuple[int, int] | None:
        """Return where the keyword first stands in folded text, in code points, or None."""
        found = self.pattern.search(folded)
        return found.span() if found else None


@lru_cache(maxsize=8192)
def keyword(text: str) -> Keyword | None:
    """Return a keyword ready to be found; None where the text holds no letter or digit."""
    folded = fold(text).strip()
    words = WORD.findall(folded)
    if not words:
        return None
    open_end = folded.endswith("*")
    ways = [r"[\s-]*".join(map(re.escape, words)) + (r"[\w'-]*" if open_end else "")]
    stems = {max(words, key=len), "".join(words)}
    if len(words) == 1:
        for particle, verbs in _pulled_apart(words[0]):
            ways += _apart(particle, verbs)
            stems |= {*verbs, *(f"{particle}ge{verb}" for verb in verbs)}
    pattern = r"(?<![\w'-])(?:" + "|".join(ways) + r")(?!\w)"
    return Keyword(text, tuple(sorted(stems)), re.compile(pattern))


def _pulled_apart(word: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the particles that a word may begin with, each with the stems of the verb behind it."""
    found = []
    for particle in PARTICLES:
        rest = word.removeprefix(particle)
        if rest != word and len(rest) >= _SHORTEST_STEM:
            found.append((particle, _verb_stems(rest)))
    return found


def _verb_stems(rest: str) -> tuple[str, ...]:
    """Return how a verb's stem is spelled before its endings: *strom(en)* and *stroom(t)*, *vall(en)* and *val(t)*."""
    stem = rest.removesuffix("en") if len(rest) >= _SHORTEST_STEM + 1 else rest
    stems = {stem}
    if len(stem) > 3 and stem[-1] == stem[-2]:
        stems.add(stem[:-1])
    elif closed := _CLOSED.search(stem):
        stems.add(stem[: closed.start()] + closed["vowel"][0] + closed["last"])
    elif stem != rest and (opened := _OPEN.search(stem)):
        stems.add(stem[: opened.start()] + opened["vowel"] * 2 + opened["last"])
    stems |= {each[:-1] + _VOICELESS[each[-1]] for each in stems if each[-1] in _VOICELESS}
    return tuple(sorted(stems))


def _apart(particle: str, stems: Sequence[str]) -> list[str]:
    verb = "(?:" + "|".join(map(re.escape, stems)) + ")"
    between = rf"(?:[^\w.!?…]+[\w'-]+){{0,{_BETWEEN}}}?[^\w.!?…]+"
    return [
        rf"{verb}{_ENDINGS}{between}{particle}",
        rf"{particle}\s+te\s+{verb}(?:en|n)?",
        rf"{particle}ge{verb}{_ENDINGS}",
    ]


class Texts:
    """Texts that keywords are looked for in, with an index from words to texts.

    Parameters
    ----------
    texts : iterable of str
        As they were said.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.folded = [fold(text) for text in texts]

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Numbers of the texts by word, in order."""
        index: dict[str, list[int]] = {}
        for number, text in enumerate(self.folded):
            for word in set(WORD.findall(text)):
                index.setdefault(word, []).append(number)
        return index

    @cached_property
    def _sorted_words(self) -> list[str]:
        return sorted(self.words)

    def holding(self, wanted: Keyword) -> dict[int, tuple[int, int]]:
        """Return where a keyword stands, by number of the text; texts without it are absent."""
        numbers: set[int] = set()
        for stem in wanted.stems:
            for word in self._beginning_with(stem):
                numbers.update(self.words[word])
        found = {number: wanted.find(self.folded[number]) for number in sorted(numbers)}
        return {number: span for number, span in found.items() if span is not None}

    def _beginning_with(self, stem: str) -> list[str]:
        words = self._sorted_words
        return words[bisect_left(words, stem) : bisect_left(words, stem + "\U0010ffff")]
