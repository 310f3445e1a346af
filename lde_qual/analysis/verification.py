"""Quotes of a written text, found again in what was said: letter by letter, else word by word with every edit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import Match, SequenceMatcher

from lde_qual.model.study import Study
from lde_qual.model.transcript import WORD

GRAM = 3
ALIKE = 0.55
"""Share of a piece's words that must be found again for a passage to be the one it was taken from."""

_CUT = re.compile(r"\[[^\[\]]*\]|\(\s*(?:…|\.\.\.)\s*\)")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that differ: ``said`` stood in the transcript, ``written`` stands in the quote; either may be empty."""

    said: str
    written: str


@dataclass(frozen=True)
class Found:
    """Where a quote was found again.

    Attributes
    ----------
    transcript : str
        Empty where it was not found.
    turn : int
        The first turn that it is from.
    respondents : tuple of str
        Who speaks in it, in order.
    edits : tuple of Edit
        What differs beside ``[…]`` and ``[aanvulling]``.
    """

    transcript: str = ""
    turn: int = 0
    respondents: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = field(default=())


@dataclass(frozen=True)
class _Spoken:
    """A transcript as words: folded, as they stand, and the place in the list of turns of each."""

    name: str
    folded: list[str]
    words: list[str]
    turns: list[int]


class Verifier:
    """All that was said in a study, ready to find quotes in.

    Parameters
    ----------
    study : Study
        Everything that is said counts, the interviewer's words too.
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        self._spoken = [spoken for name in sorted(study.transcripts) if (spoken := _spoken(study, name)).words]
        labels = {turn.label for transcript in study.transcripts.values() for turn in transcript.turns}
        known = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
        self._labels = re.compile(rf"(?<!\S)\[?(?:{known or '(?!)'})(?:\s*\[[^\[\]]*\])*:\]?(?!\S)")
        self._grams: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        for number, spoken in enumerate(self._spoken):
            for at, gram in enumerate(_grams(spoken.folded)):
                self._grams.setdefault(gram, []).append((number, at))

    def find(self, quote: str) -> Found:
        """Return where a quote is from, and how it differs.

        Words are compared without capitals and punctuation; ``[…]`` stands for words left
        out, and ``[woorden]`` for words added or put in the place of others. The pieces
        between them must follow each other in one transcript. A label that says who speaks,
        as it stands in the transcripts (``R21:``, ``I [V3]:``), is no word.
        """
        pieces = [_words(piece) for piece in _CUT.split(self._labels.sub(" ", quote))]
        kept = [piece for piece in pieces if piece]
        if not kept:
            return Found()
        place = self._place(max(kept, key=len))
        if place is None:
            return Found()
        return self._followed(self._spoken[place[0]], kept, place[1])

    def _place(self, piece: list[str]) -> tuple[int, int] | None:
        """Return the transcript and the word near which most of a piece stands; None where too little of it does."""
        votes: Counter[tuple[int, int]] = Counter()
        grams = list(_grams(_folded(piece)))
        for at, gram in enumerate(grams):
            for number, where in self._grams.get(gram, ()):
                # Neighbouring diagonals count together: a word more or less moves the rest by one.
                votes[number, (where - at) // 8] += 1
        if not votes:
            return self._by_single_words(piece) if not grams else None
        (number, diagonal), _ = max(votes.items(), key=lambda each: (each[1], [-n for n in each[0]]))
        return number, max(0, diagonal * 8)

    def _by_single_words(self, piece: list[str]) -> tuple[int, int] | None:
        folded = _folded(piece)
        for number, spoken in enumerate(self._spoken):
            for at in range(len(spoken.folded) - len(folded) + 1):
                if spoken.folded[at : at + len(folded)] == folded:
                    return number, at
        return None

    def _followed(self, spoken: _Spoken, pieces: Sequence[list[str]], near: int) -> Found:
        longest = max(range(len(pieces)), key=lambda i: len(pieces[i]))
        spans: dict[int, tuple[int, int, list[Edit]]] = {}
        first = _aligned(spoken, pieces[longest], near - 40, near + len(pieces[longest]) + 120)
        if first is None:
            return Found()
        spans[longest] = first
        for step, order in ((-1, range(longest - 1, -1, -1)), (1, range(longest + 1, len(pieces)))):
            for i in order:
                edge = spans[i - step]
                low, high = (edge[1], edge[1] + 600) if step > 0 else (edge[0] - 600, edge[0])
                found = _aligned(spoken, pieces[i], low, high, last=step < 0)
                said = Edit("", " ".join(pieces[i]))
                at = edge[1] if step > 0 else edge[0]
                spans[i] = found if found is not None else (at, at, [said])
        turns = [
            spoken.turns[at]
            for i in sorted(spans)
            for at in range(spans[i][0], max(spans[i][0] + 1, spans[i][1]))
            if at < len(spoken.turns)
        ]
        every = self._study.transcripts[spoken.name].turns
        people = tuple(dict.fromkeys(every[turn].respondent for turn in turns))
        edits = tuple(edit for i in sorted(spans) for edit in spans[i][2])
        return Found(spoken.name, every[turns[0]].number if turns else 0, people, edits)


def _aligned(
    spoken: _Spoken, piece: list[str], low: int, high: int, *, last: bool = False
) -> tuple[int, int, list[Edit]] | None:
    """Return where in these words a piece stands, first and after the last, with its edits; None where it does not.

    Of several places the first is taken, or the `last`: that near what it stands beside.
    """
    low, high = max(0, low), min(len(spoken.folded), high)
    window, wanted = spoken.folded[low:high], _folded(piece)
    places = range(len(window) - len(wanted) + 1)
    order = reversed(places) if last else places
    exact = next((at for at in order if window[at : at + len(wanted)] == wanted), None)
    if exact is not None:
        return low + exact, low + exact + len(wanted), []
    matcher = SequenceMatcher(None, window, wanted, autojunk=False)
    blocks = _together([block for block in matcher.get_matching_blocks() if block.size], len(wanted))
    if not blocks or sum(block.size for block in blocks) < ALIKE * len(wanted):
        return None
    start = max(0, blocks[0].a - blocks[0].b)
    end = min(len(window), blocks[-1].a + blocks[-1].size + len(wanted) - blocks[-1].b - blocks[-1].size)
    edits = [
        Edit(" ".join(spoken.words[low + start + a : low + start + b]), " ".join(piece[c:d]))
        for kind, a, b, c, d in SequenceMatcher(None, window[start:end], wanted, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    return low + start, low + end, edits


def _together(blocks: Sequence[Match], wanted: int) -> list[Match]:
    """Return the blocks that stand near the largest: a word that is alike elsewhere belongs to another sentence."""
    if not blocks:
        return []
    largest = max(blocks, key=lambda block: block.size)
    reach = 2 * wanted + 40
    return [block for block in blocks if abs((block.a - block.b) - (largest.a - largest.b)) <= reach]


def _spoken(study: Study, name: str) -> _Spoken:
    transcript = study.transcripts[name]
    starts = [turn.speech.start for turn in transcript.turns]
    words: list[str] = []
    turns: list[int] = []
    for turn in transcript.turns:
        for match in WORD.finditer(turn.speech.of(transcript.text)):
            words.append(match.group())
            turns.append(bisect_left(starts, turn.speech.start))
    return _Spoken(name, _folded(words), words, turns)


def _words(text: str) -> list[str]:
    return WORD.findall(text)


def _folded(words: Sequence[str]) -> list[str]:
    return [word.translate(_APOSTROPHES).casefold() for word in words]


def _grams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1))
