"""A coder's work as passages to learn from, and as passages to be tested on.

Learned from are the passages that the coder coded, as they cut them, and what they
read and left without a code. Tested is on passages as the assistant cuts them, in
transcripts that were coded: there, what is without a code is so by decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lde_qual.language.passages import Cut, cut
from lde_qual.model.anchor import place
from lde_qual.model.codebook import SORTING
from lde_qual.model.span import Span
from lde_qual.model.study import PlacedCoding, Study
from lde_qual.model.suggestion import ORDERS, WRONG_BOUNDARY
from lde_qual.model.transcript import Transcript, word_starts
from lde_qual.tagging.proposal import Passage
from lde_qual.tagging.scorer import Labelled

ENOUGH = 0.5
"""Share of the words of a passage, or of a coding, that the two must share for the passage to bear the code."""

BLOCK = 512
"""Characters of a stretch by which codings are looked up."""


def speech_texts(study: Study) -> list[str]:
    """Return what respondents say in the whole study, a text a turn: from it, how rare words are is learned."""
    return [
        turn.speech.of(transcript.text)
        for transcript in study.countable()
        for turn in transcript.turns
        if not turn.interviewer
    ]


def passages_of(transcript: Transcript, unit: str) -> list[Passage]:
    """Return the passages of a transcript (see `language.passages.cut`)."""
    return [_passage(transcript, each) for each in cut(transcript, unit)]


def _passage(transcript: Transcript, each: Cut) -> Passage:
    return Passage(transcript.name, each.span, each.span.of(transcript.text), each.turn.number, each.turn.respondent)


@dataclass(frozen=True)
class Lessons:
    """What one coder decided.

    Attributes
    ----------
    study : Study
    coder : str or None
        None where nobody coded; then there is nothing.
    unit : str
        How passages are cut.
    """

    study: Study
    coder: str | None
    unit: str

    @cached_property
    def codings(self) -> dict[str, list[PlacedCoding]]:
        """The coder's countable codings of what respondents say, by transcript; at `SORTING` nothing is decided yet."""
        found: dict[str, list[PlacedCoding]] = {}
        names = {transcript.name for transcript in self.study.countable()}
        for placed in self.study.placed(self.coder):
            if placed.counts and placed.coding.transcript in names and placed.code != SORTING:
                found.setdefault(placed.coding.transcript, []).append(placed)
        return found

    @cached_property
    def coded_transcripts(self) -> list[Transcript]:
        """Transcripts in which a passage without a code is one that no code applies to."""
        return [self.study.transcripts[name] for name in self.study.coded_transcripts(self.coder)]

    def labelled(self) -> list[Labelled]:
        """Return every passage that was decided on: coded, read and left without a code, or refused a code.

        Where several respondents speak in a coding, there is one for each of them.

        Left without a code is a decision only in a transcript that was marked `done`: in
        one that is being coded, what has no code yet may get one.
        """
        done = self.study.state(self.coder).done if self.coder is not None else {}
        read = [transcript for transcript in self.study.countable() if transcript.name in done]
        found = self._coded()
        for transcript in read:
            found += self._without_code(transcript)
        return found + self._refused({transcript.name for transcript in read})

    def _coded(self) -> list[Labelled]:
        by_place: dict[tuple[str, Span], list[PlacedCoding]] = {}
        for name, codings in self.codings.items():
            for placed in codings:
                by_place.setdefault((name, placed.span), []).append(placed)
        found = []
        for (name, span), codings in by_place.items():
            transcript = self.study.transcripts[name]
            speech = [(turn, turn.speech & span) for turn in transcript.turns_of(span) if not turn.interviewer]
            codes = tuple(dict.fromkeys(placed.code for placed in codings))
            # Words of one person each: else they would be learned from where another of them is judged as new.
            for person in dict.fromkeys(turn.respondent for turn, _ in speech):
                text = " ".join(part.of(transcript.text) for turn, part in speech if turn.respondent == person)
                found.append(Labelled(codings[0].coding.id, text, codes, person, name))
        return found

    def _without_code(self, transcript: Transcript) -> list[Labelled]:
        own = self.study.placed(self.coder)
        taken = Near([each for each in own if each.counts and each.coding.transcript == transcript.name])
        return [
            as_labelled(passage, ()) for passage in passages_of(transcript, self.unit) if not taken.over(passage.span)
        ]

    def _refused(self, besides: set[str]) -> list[Labelled]:
        """Return passages that a suggestion was rejected for and that bear no code, where they are not there yet.

        Of a wrong boundary the code is right, so such a passage is none.
        """
        if self.coder is None:
            return []
        edits, found = self.study.edits(), []
        for decision in self.study.state(self.coder).decisions:
            name = decision.anchor.transcript
            transcript = self.study.transcripts.get(name)
            refused = decision.kind == "reject" and decision.reason != WRONG_BOUNDARY
            if not refused or transcript is None or name in besides:
                continue
            where = place(decision.anchor, transcript, edits)
            free = not any(placed.span.overlaps(where.span) for placed in self.codings.get(name, ()))
            turn = next((turn for turn in transcript.turns_of(where.span) if not turn.interviewer), None)
            if where.how != "look" and free and turn is not None:
                text = where.span.of(transcript.text)
                found.append(Labelled(decision.id, text, (), turn.respondent, name))
        return found

    @cached_property
    def _decisions(self) -> dict[str, list[tuple[str, str, Span]]]:
        """Rejected and put-off suggestions by transcript: kind, today's code, and where they stand."""
        found: dict[str, list[tuple[str, str, Span]]] = {}
        edits = self.study.edits()
        for decision in self.study.state(self.coder).decisions if self.coder is not None else ():
            name = decision.anchor.transcript
            where = place(decision.anchor, self.study.transcripts.get(name), edits)
            code = self.study.codebook.today(decision.code)
            if where.how != "look" and code is not None:
                found.setdefault(name, []).append((decision.kind, code, where.span))
        return found

    def decided(self, passage: Passage, kind: str) -> set[str]:
        """Return the codes that were rejected (``reject``) or put off (``later``) for a passage, or most of it."""
        return {
            code
            for was, code, span in self._decisions.get(passage.transcript, ())
            if was == kind and len(span & passage.span) >= ENOUGH * min(len(span), len(passage.span))
        }

    def ways(self) -> Counter[str]:
        """Return how many suggestions were decided on, by the way they came; lists decided on at once left out."""
        if self.coder is None:
            return Counter()
        state = self.study.state(self.coder)
        kept = [each.suggestion for each in state.codings.values() if each.origin == "accepted"]
        kept += [each.suggestion for each in state.decisions]
        return Counter(str(each.get("way") or ORDERS[0]) for each in kept)

    def tested(self) -> list[tuple[Passage, Labelled]]:
        """Return the passages to test on, with their codes by the coder's own hand.

        A passage that touches a coding taken over from a suggestion, or one made while
        suggestions could be seen, is left out.
        """
        found = []
        for transcript in self.coded_transcripts:
            codings = self.codings.get(transcript.name, ())
            own = [each for each in codings if _by_own_hand(each)]
            led = [each.span for each in codings if not _by_own_hand(each)]
            for passage in passages_of(transcript, self.unit):
                if not any(passage.span.overlaps(span) for span in led):
                    codes = codes_borne(transcript, passage.span, own)
                    found.append((passage, as_labelled(passage, codes)))
        return found

    def judged(self) -> list[tuple[Passage, Labelled]]:
        """Return all passages of the transcripts that the coder coded, with their codes by any way."""
        found = []
        for transcript in self.coded_transcripts:
            passages = passages_of(transcript, self.unit)
            codes = self.codes_at(transcript, passages)
            found += [(each, as_labelled(each, own)) for each, own in zip(passages, codes, strict=True)]
        return found

    def codes_at(self, transcript: Transcript, passages: Iterable[Passage]) -> list[tuple[str, ...]]:
        """Return the codes that the coder gave each passage of a transcript, by any way."""
        near = Near(self.codings.get(transcript.name, ()))
        return [codes_borne(transcript, passage.span, near.over(passage.span)) for passage in passages]


class Near:
    """Codings of one transcript by where they stand, so that a passage is held beside those few that touch it."""

    def __init__(self, codings: Sequence[PlacedCoding]) -> None:
        self._codings = codings
        self._blocks: dict[int, list[int]] = {}
        for at, coding in enumerate(codings):
            for block in _blocks(coding.span):
                self._blocks.setdefault(block, []).append(at)

    def over(self, span: Span) -> list[PlacedCoding]:
        """Return the codings that overlap a span, in the order in which they were given."""
        near = {at for block in _blocks(span) for at in self._blocks.get(block, ())}
        return [self._codings[at] for at in sorted(near) if self._codings[at].span.overlaps(span)]


def _blocks(span: Span) -> range:
    return range(span.start // BLOCK, span.end // BLOCK + 1)


def _by_own_hand(placed: PlacedCoding) -> bool:
    return placed.coding.origin == "human" and placed.coding.suggestions_visible is not True


def as_labelled(passage: Passage, codes: Sequence[str]) -> Labelled:
    """Return a passage of a transcript as one that was decided on."""
    identifier = f"{passage.transcript}:{passage.span.start}-{passage.span.end}"
    return Labelled(identifier, passage.text, tuple(codes), passage.respondent, passage.transcript)


def codes_borne(transcript: Transcript, span: Span, codings: Iterable[PlacedCoding]) -> tuple[str, ...]:
    """Return the codes of the codings that share at least `ENOUGH` of their words, or of the span's, with the span."""
    own = len(word_starts(transcript.text, span))
    found: dict[str, None] = {}
    for placed in codings:
        shared = len(word_starts(transcript.text, placed.span & span)) if placed.span.overlaps(span) else 0
        if shared and shared >= ENOUGH * min(own, max(1, _spoken(transcript, placed.span))):
            found[placed.code] = None
    return tuple(found)


def _spoken(transcript: Transcript, span: Span) -> int:
    """Return the words of respondents in a span."""
    return sum(
        len(word_starts(transcript.text, turn.speech & span))
        for turn in transcript.turns_of(span)
        if not turn.interviewer
    )


def candidates_above(study: Study, codes: Sequence[str]) -> list[int]:
    """Return for each candidate the number of the code above it; a root stands above itself."""
    names = [study.codebook.parent(code) or code for code in codes]
    numbers: Mapping[str, int] = {name: i for i, name in enumerate(dict.fromkeys(names))}
    return [numbers[name] for name in names]
