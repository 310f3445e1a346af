"""What is said, as columns of words: who says each where, and its lemma and form; and where a word stands.

Built once and searched many times: a page asks on every key.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lde_qual.analysis.counting import Ints
from lde_qual.errors import UsageError
from lde_qual.model.transcript import WORD, Transcript, Turn, without_brackets

_TERM = re.compile(rf"(?P<word>{WORD.pattern})(?P<stem>\*?)")
LemmaOf = Callable[[str], str]


@dataclass(frozen=True)
class Vocabulary:
    """Different words, sorted, and the places of each.

    Attributes
    ----------
    words : list of str
    of : array of int, shape (places,)
        Index into `words` of the word at each place.
    """

    words: list[str]
    of: Ints

    @cached_property
    def _by_word(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.of, kind="stable")
        return order, np.searchsorted(self.of[order], np.arange(len(self.words) + 1))

    def places(self, word: str, *, stem: bool = False) -> Ints:
        """Return where a word stands, or, with `stem`, every word that begins so; in order."""
        order, bounds = self._by_word
        first = bisect_left(self.words, word)
        if stem:
            last = bisect_left(self.words, word + "\U0010ffff")
        else:
            last = first + int(first < len(self.words) and self.words[first] == word)
        return np.sort(order[bounds[first] : bounds[last]])


def vocabulary(words: Iterable[str]) -> Vocabulary:
    """Return the vocabulary of words in order of speaking."""
    numbers: dict[str, int] = {}
    of = np.fromiter((numbers.setdefault(word, len(numbers)) for word in words), dtype=np.int64)
    names = sorted(numbers)
    rank = np.zeros(len(names), dtype=np.int64)
    rank[[numbers[name] for name in names]] = np.arange(len(names))
    return Vocabulary(names, rank[of] if len(of) else of)


@dataclass(frozen=True)
class Talk:
    """All words of some turns, in order.

    Attributes
    ----------
    turns : sequence of (Transcript, Turn)
    turn : array of int, shape (words,)
        Index into `turns`.
    start, end : array of int, shape (words,)
        Code points into the body of the transcript.
    lemmas, forms : Vocabulary
        Forms in small letters, with a straight apostrophe.
    """

    turns: Sequence[tuple[Transcript, Turn]]
    turn: Ints
    start: Ints
    end: Ints
    lemmas: Vocabulary
    forms: Vocabulary

    def find(self, term: str, *, lemma_of: LemmaOf | None = None) -> tuple[Ints, int]:
        """Return where a term begins, as places of words, and how many words it has.

        Parameters
        ----------
        term : str
            A word, or several that follow each other in one turn; ``*`` after a word
            stands for any ending.
        lemma_of : callable, optional
            Gives a typed word its lemma. With it a word is met by its lemma, by itself
            as a lemma, and by its form; without it by its form alone.

        Raises
        ------
        UsageError
            For a term without a word.
        """
        wanted = [(typed["word"], bool(typed["stem"])) for typed in _TERM.finditer(plain(term))]
        if not wanted:
            raise UsageError(f"'{term}' holds no word.", way_out="Give a word such as gesprek, or a stem: begeleid*.")
        met = [self._met(word, stem, lemma_of) for word, stem in wanted]
        first = met[0]
        for step, places in enumerate(met[1:], start=1):
            first = first[np.isin(first + step, places)]
        last = first + len(wanted) - 1
        return first[self.turn[first] == self.turn[last]], len(wanted)

    def _met(self, word: str, stem: bool, lemma_of: LemmaOf | None) -> Ints:  # noqa: FBT001 - two sides of one match
        found = [self.forms.places(word, stem=stem)]
        if lemma_of is not None:
            lemmas = {word} if stem else {word, lemma_of(word)}
            found += [self.lemmas.places(lemma, stem=stem) for lemma in lemmas]
        return np.unique(np.concatenate(found))


def plain(word: str) -> str:
    """Return a word in small letters, with a straight apostrophe."""
    return word.lower().replace("’", "'")


def talk_of(turns: Sequence[tuple[Transcript, Turn]], lemmas: Sequence[Sequence[str]]) -> Talk:
    """Return the words of turns as columns.

    Parameters
    ----------
    turns : sequence of (Transcript, Turn)
    lemmas : sequence of sequence of str
        Of each turn: a lemma for each word, in order (`model.transcript.word_starts`).
    """
    starts: list[int] = []
    forms: list[str] = []
    counts: list[int] = []
    for transcript, turn in turns:
        speech = without_brackets(turn.speech.of(transcript.text))
        before = len(starts)
        for match in WORD.finditer(speech):
            starts.append(turn.speech.start + match.start())
            forms.append(match.group())
        counts.append(len(starts) - before)
    start = np.array(starts, dtype=np.int64)
    lengths = np.fromiter(map(len, forms), dtype=np.int64, count=len(forms))
    return Talk(
        turns=turns,
        turn=np.repeat(np.arange(len(turns)), counts).astype(np.int64),
        start=start,
        end=start + lengths,
        lemmas=vocabulary(lemma for turn in lemmas for lemma in turn),
        forms=vocabulary(map(plain, forms)),
    )
