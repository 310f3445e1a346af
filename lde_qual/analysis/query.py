"""Which passages an expression of codes, values and words holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lde_qual.analysis.facts import NONE, Facts
from lde_qual.analysis.ground import Ground, ground, whole_turns
from lde_qual.analysis.query_text import Both, Code, Compared, Either, Near, Opposite, Query, Words
from lde_qual.analysis.talk import LemmaOf, Talk
from lde_qual.errors import LdeQualError, UsageError, did_you_mean
from lde_qual.language.sentences import sentence_bounds
from lde_qual.model.span import Span

Bools = NDArray[np.bool_]
SPEAKER = "speaker"
"""Besides attributes and dimensions, what a term may compare: the label as it stands."""


@dataclass(frozen=True)
class Said:
    """The words of the facts' turns, and what gives a typed word its lemma (None where no lemma is asked for)."""

    talk: Talk
    lemma_of: LemmaOf | None = None


@dataclass(frozen=True)
class Answer:
    """What an expression holds.

    Attributes
    ----------
    ground : Ground
    codings : array of bool, shape (codings,)
        The facts' codings that it asks for: those of its codes and values that stand
        under no ``!`` and not after ``of``. All, where it names none.
    """

    ground: Ground
    codings: Bools


def asks_words(query: Query, *, lemma: bool = False) -> bool:
    """Tell whether any term asks for words; with `lemma`, for words by their lemma."""
    if isinstance(query, Words):
        return query.lemma or not lemma
    return any(asks_words(part, lemma=lemma) for part in _parts(query))


def answer(facts: Facts, query: Query, *, words: Callable[[], Said], aggregate: bool = True) -> Answer:
    """Return what an expression holds.

    Parameters
    ----------
    words : callable
        Returns the words of the facts' turns; called only where a term asks for words.
    aggregate : bool
        Whether a code stands for its whole subtree.

    Raises
    ------
    LdeQualError
        For a code, a name or a value that the study does not hold; the message names
        the position.

    Notes
    -----
    The universe is the speech of the facts' turns, sign by sign. A condition on a
    dimension speaks of codings: in a chain of ``&`` it goes for the codings of the
    codes in that chain which stand under no ``!``, all conditions at once for each
    coding; where the chain names no such code, for codings of any code.
    """
    asked = _Asking(facts, words, aggregate=aggregate)
    found = asked.text(query, None)
    every = np.ones(len(facts.codings), dtype=bool)
    return Answer(found, asked.codings(query, every) if asked.names_codings(query) else every)


def _parts(query: Query) -> tuple[Query, ...]:
    if isinstance(query, Both | Either):
        return query.parts
    if isinstance(query, Opposite):
        return (query.part,)
    return (query.left, query.right) if isinstance(query, Near) else ()


class _Asking:
    """One expression asked of some facts; `condition` is which codings may count, None for all text."""

    def __init__(self, facts: Facts, words: Callable[[], Said], *, aggregate: bool) -> None:
        self.facts = facts
        self.words = words
        self.aggregate = aggregate

    def text(self, query: Query, condition: Bools | None) -> Ground:
        """Return what a query holds."""
        if self.is_condition(query) or isinstance(query, Code):
            every = np.ones(len(self.facts.codings), dtype=bool)
            return self._under(self.codings(query, every if condition is None else condition))
        if isinstance(query, Both):
            return self._both(query, condition)
        if isinstance(query, Either):
            grounds = [self.text(part, condition) for part in query.parts]
            return ground(self.facts, {t: [s for g in grounds for s in g.spans.get(t, ())] for t in _turns(grounds)})
        if isinstance(query, Near):
            return self.text(query.left, condition).near(self.text(query.right, None), query.turns)
        if isinstance(query, Opposite):
            plain = ~self.text(query.part, None)
        else:
            plain = self._sentences(query) if isinstance(query, Words) else self._turns_with(query)
        return plain if condition is None else plain & self._under(condition)

    def _both(self, query: Both, condition: Bools | None) -> Ground:
        for part in filter(self.is_condition, query.parts):
            holds = self.codings(part, np.ones(len(self.facts.codings), dtype=bool))
            condition = holds if condition is None else holds & condition
        rest = [part for part in query.parts if not self.is_condition(part)]
        bearing = [part for part in rest if _names_code(part)]
        found = [self.text(part, condition if part in bearing else None) for part in rest]
        if condition is not None and not bearing:
            found.append(self._under(condition))
        whole = found[0]
        for other in found[1:]:
            whole = whole & other
        return whole

    def is_condition(self, query: Query) -> bool:
        """Tell whether a query speaks of values of dimensions alone."""
        if isinstance(query, Compared):
            return query.name in self.facts.study.codebook.dimensions
        return not isinstance(query, Near) and bool(parts := _parts(query)) and all(map(self.is_condition, parts))

    def names_codings(self, query: Query) -> bool:
        """Tell whether a query asks for codings, by code or by value."""
        if isinstance(query, Near):
            return self.names_codings(query.left)
        if isinstance(query, Both | Either) and any(map(self.names_codings, query.parts)):
            return True
        return isinstance(query, Code) or self.is_condition(query)

    def codings(self, query: Query, condition: Bools) -> Bools:
        """Return which codings a query asks for, of those in `condition`."""
        none = np.zeros(len(condition), dtype=bool)
        if isinstance(query, Code):
            return condition & self._of_code(query)
        if isinstance(query, Compared):
            return condition & self._with_value(query) if self.is_condition(query) else none
        if isinstance(query, Opposite):
            return condition & ~self.codings(query.part, condition) if self.is_condition(query) else none
        if isinstance(query, Near):
            return self.codings(query.left, condition)
        if isinstance(query, Both):
            return self._of_both(query, condition)
        return _any(none, (self.codings(part, condition) for part in _parts(query)))

    def _of_both(self, query: Both, condition: Bools) -> Bools:
        for part in filter(self.is_condition, query.parts):
            condition = self.codings(part, condition)
        rest = [part for part in query.parts if not self.is_condition(part)]
        if not any(map(_names_code, rest)) and len(rest) < len(query.parts):
            return condition
        return _any(np.zeros(len(condition), dtype=bool), (self.codings(part, condition) for part in rest))

    def _of_code(self, term: Code) -> Bools:
        codebook = self.facts.study.codebook
        try:
            name = codebook.require(term.name)
        except LdeQualError as error:
            raise _placed(error, term.at) from None
        below = set(codebook.subtree(name) if self.aggregate else [name])
        return np.array([placed.code in below for placed in self.facts.codings], dtype=bool)

    def _with_value(self, term: Compared) -> Bools:
        values = self.facts.study.codebook.dimensions[term.name]
        _known(term, values)
        wanted = "" if term.value == NONE else term.value
        found = (placed.coding.dimensions.get(term.name, "") for placed in self.facts.codings)
        return np.array([value == wanted for value in found], dtype=bool)

    def _under(self, codings: Bools) -> Ground:
        facts = self.facts
        marks = np.flatnonzero(codings[facts.mark_coding])
        spans: dict[int, list[Span]] = {}
        columns = (facts.mark_turn[marks], facts.mark_start[marks], facts.mark_end[marks])
        for turn, start, end in zip(*(column.tolist() for column in columns), strict=True):
            spans.setdefault(turn, []).append(Span(start, end))
        return ground(facts, spans)

    def _turns_with(self, term: Compared) -> Ground:
        if term.name == SPEAKER:
            labels = [turn.label for _, turn in self.facts.turns]
            _known(term, {*labels, *self.facts.study.respondents})
            return whole_turns(self.facts, (index for index, label in enumerate(labels) if label == term.value))
        try:
            axis = self.facts.axis(term.name)
        except LdeQualError as error:
            raise _placed(error, term.at) from None
        _known(term, {*axis.labels, *self._values(term.name)})
        wanted = axis.labels.index(term.value) if term.value in axis.labels else -1
        turns = [] if axis.of_turns is None else np.flatnonzero(axis.of_turns == wanted).tolist()
        return whole_turns(self.facts, turns)

    def _values(self, name: str) -> set[str]:
        """Return the values that the whole study knows, though nobody of them may be counted here."""
        study = self.facts.study
        if name in {"respondent", "transcript"}:
            return set(study.respondents if name == "respondent" else study.transcripts)
        of_people = (person.attributes.get(name) for person in study.respondents.values())
        of_texts = (transcript.attributes.get(name) for transcript in study.transcripts.values())
        return {value for value in (*of_people, *of_texts) if value}

    def _sentences(self, term: Words) -> Ground:
        said = self.words()
        try:
            places, length = said.talk.find(term.term, lemma_of=said.lemma_of if term.lemma else None)
        except LdeQualError as error:
            raise _placed(error, term.at) from None
        spans: dict[int, list[Span]] = {}
        for place in places.tolist():
            match = Span(int(said.talk.start[place]), int(said.talk.end[place + length - 1]))
            spans.setdefault(int(said.talk.turn[place]), []).append(match)
        return ground(self.facts, {turn: self._around(turn, found) for turn, found in spans.items()})

    def _around(self, turn: int, matches: list[Span]) -> list[Span]:
        """Return the sentences of a turn that the matches lie in; of one over several, all in one stretch."""
        transcript, where = self.facts.turns[turn]
        sentences = sentence_bounds(transcript.text, where.speech)
        met = [[found for found in sentences if found.overlaps(match)] for match in matches]
        return [Span(found[0].start, found[-1].end) for found in met if found]


def _any(none: Bools, found: Iterable[Bools]) -> Bools:
    for other in found:
        none = none | other
    return none


def _turns(grounds: list[Ground]) -> set[int]:
    return {turn for found in grounds for turn in found.spans}


def _names_code(query: Query) -> bool:
    """Tell whether a query asks for a code other than to leave it out or to be near it."""
    if isinstance(query, Near):
        return _names_code(query.left)
    return isinstance(query, Code) or (isinstance(query, Both | Either) and any(map(_names_code, query.parts)))


def _placed(error: LdeQualError, at: int) -> LdeQualError:
    return type(error)(f"At position {at}: {error.what}", way_out=error.way_out)


def _known(term: Compared, values: Collection[str]) -> None:
    if term.value not in {*values, NONE}:
        listed = sorted(values) if isinstance(values, set) else list(values)
        raise UsageError(
            f"At position {term.value_at}: '{term.value}' is no value of {term.name}.",
            way_out=did_you_mean(term.value, listed, otherwise=f"Values: {', '.join(listed[:20])}."),
        )
