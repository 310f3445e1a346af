"""What a placeholder of a results text asks for: ``{{code}}``, or ``{{code/part/part…}}``.

A part is a value of a dimension, a role, ``against``, ``who``, ``quote`` or ``quotes``;
where a name means two things, ``name=value`` says which.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lde_qual.analysis.facts import Facts
from lde_qual.analysis.quotes import Quote, quotes_of, varied
from lde_qual.analysis.rows import choose_rows
from lde_qual.errors import FormatError, did_you_mean
from lde_qual.model.study import Study

AGAINST, WHO, QUOTE, QUOTES = "against", "who", "quote", "quotes"
_WORDS = (AGAINST, WHO, QUOTE, QUOTES)


@dataclass
class Asked:
    """What one placeholder asks for."""

    code: str
    values: dict[str, str] = field(default_factory=dict)
    role: str = ""
    words: set[str] = field(default_factory=set)


def read_placeholder(facts: Facts, asked: str) -> Asked:
    """Return what stands between the braces of a placeholder.

    Raises
    ------
    LdeQualError
        For a part that means nothing, or more than one thing.
    """
    code, *parts = (part.strip() for part in asked.split("/"))
    wanted = Asked(facts.study.codebook.require(code))
    for part in parts:
        if part in _WORDS:
            wanted.words.add(part)
            continue
        name, value = _meant(facts, part)
        if name in wanted.values or (name == "role" and wanted.role):
            raise FormatError(f"'{{{{{asked}}}}}' gives {name} twice.", way_out="Name one of the two.")
        if name == "role":
            wanted.role = value
        else:
            wanted.values[name] = value
    if AGAINST in wanted.words and not wanted.values:
        raise FormatError(f"'{{{{{asked}}}}}' does not say against what.", way_out=f"Put a value before '{AGAINST}'.")
    return wanted


def _meant(facts: Facts, part: str) -> tuple[str, str]:
    """Return which dimension, or ``role``, a part of a placeholder names, and the value."""
    book = facts.study.codebook
    known = {"role": list(book.roles), **{name: list(values) for name, values in book.dimensions.items()}}
    every = [(name, value) for name, values in known.items() for value in values]
    name, equals, value = part.partition("=")
    found = [each for each in every if each == (name, value)] if equals else [each for each in every if each[1] == part]
    if len(found) == 1:
        return found[0]
    if found:
        ways = " or ".join(f"{each}={part}" for each, _ in found)
        raise FormatError(f"'{part}' means more than one thing.", way_out=f"Write {ways}.")
    names = [value for _, value in every]
    raise FormatError(
        f"'{part}' is no value of a dimension and no role.",
        way_out=did_you_mean(part, names, otherwise=f"There are {', '.join([*names, *_WORDS])}."),
    )


def roles_of(facts: Facts) -> dict[str, str]:
    """Return the role of each respondent, ``(none)`` for who has none."""
    axis = facts.axis("role")
    groups = axis.of_turns.tolist() if axis.of_turns is not None else []
    pairs = zip(facts.turn_respondent.tolist(), groups, strict=True)
    return {facts.respondents[who]: axis.labels[group] for who, group in pairs}


def _marks(facts: Facts, wanted: Asked) -> NDArray[np.int64]:
    """Return the marks of the codings that a placeholder speaks of, of every role."""
    rows = choose_rows(facts, codes=[wanted.code])
    kept = np.ones(len(rows.mark), dtype=bool)
    against = list(wanted.values)[-1] if AGAINST in wanted.words else ""
    for name, value in wanted.values.items():
        axis = facts.axis(name)
        labels = np.array([*axis.labels, ""], dtype=object)[axis.of_codings][facts.mark_coding[rows.mark]]
        known = np.isin(labels, list(facts.study.codebook.dimensions[name]))
        kept &= (labels != value) & known if name == against else labels == value
    marks: NDArray[np.int64] = rows.mark[kept]
    return marks


def people(facts: Facts, wanted: Asked) -> set[str]:
    """Return the respondents of whom a placeholder speaks."""
    turns = facts.turn_respondent[facts.mark_turn[_marks(facts, wanted)]]
    roles = roles_of(facts)
    found = {facts.respondents[who] for who in turns.tolist()}
    return {who for who in found if not wanted.role or roles[who] == wanted.role}


def best_quotes(facts: Facts, wanted: Asked) -> list[Quote]:
    """Return one quote of each respondent of whom a placeholder speaks, the best first.

    Chosen as in `quotes.varied`; of those who say the contrary, what the coder marked ``tegenstem`` goes first.
    """
    spoken, roles = people(facts, wanted), roles_of(facts)
    ids = {facts.codings[index].coding.id for index in facts.mark_coding[_marks(facts, wanted)].tolist()}
    every = [
        quote
        for quote in quotes_of(facts)
        if quote.placed.coding.id in ids
        and (not wanted.role or any(roles[w] == wanted.role for w in quote.respondents))
    ]
    first = [quote for quote in every if AGAINST in wanted.words and quote.placed.coding.mark == "tegenstem"]
    chosen: list[Quote] = []
    for quote in [*varied(first), *varied(quote for quote in every if quote not in first)]:
        if spoken & set(quote.respondents):
            chosen.append(quote)
            spoken -= set(quote.respondents)
    return chosen


def in_one_line(study: Study, quote: Quote) -> str:
    """Return a quote without line ends; where another turn begins, its label stands in square brackets."""
    transcript, span = study.transcripts[quote.placed.coding.transcript], quote.placed.span
    text = quote.text
    for turn in reversed(transcript.turns):
        if span.start < turn.span.start < turn.speech.start <= span.end:
            start, end = turn.span.start - span.start, turn.speech.start - span.start
            text = f"{text[:start]}[{turn.label}:] {text[end:]}"
    return " ".join(text.split())
