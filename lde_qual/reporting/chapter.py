"""A results text with numbers filled in from the study, and the sentences of it that are no longer true.

A placeholder is ``{{code}}`` or ``{{code/part/part…}}``. A part is a value of a dimension,
a role, ``against`` or ``who``; where a name means two things, ``name=value`` says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from lde_qual.analysis.facts import NONE, Facts
from lde_qual.analysis.rows import choose_rows
from lde_qual.errors import FormatError, LdeQualError, did_you_mean
from lde_qual.reporting.phrases import count
from lde_qual.reporting.report_words import say
from lde_qual.reporting.word_parts import as_bytes, new_document

AGAINST, WHO = "against", "who"
_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_HEADING = re.compile(r"(#{1,3})\s+(.*)")


@dataclass
class _Asked:
    """What one placeholder asks for."""

    code: str
    values: dict[str, str] = field(default_factory=dict)
    role: str = ""
    words: set[str] = field(default_factory=set)


def filled(facts: Facts, text: str, *, lang: str, file: str = "") -> str:
    """Return `text` with every placeholder filled in.

    ``{{code/value}}`` becomes ``8 van de 16 (werkvloerbegeleider 6 van de 10)``: respondents
    with a coding at the code or below it that bears all the values, of all respondents; in
    brackets each role in which somebody said it. With a role it is that role alone. ``who``
    gives the respondents themselves. ``against`` counts who gave the code another value of the
    last dimension named.

    Raises
    ------
    FormatError
        For a placeholder that cannot be read, with its line.
    """
    lines = []
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            lines.append(_PLACEHOLDER.sub(lambda found: _value(facts, found[1], lang), line))
        except LdeQualError as error:
            raise FormatError(error.what, way_out=error.way_out, file=file, line=number) from None
    return "\n".join(lines)


def _value(facts: Facts, asked: str, lang: str) -> str:
    wanted = _read(facts, asked)
    people = _people(facts, wanted)
    if WHO in wanted.words:
        return ", ".join(sorted(people)) or say("none", lang)
    roles = _roles(facts)
    if wanted.role:
        return _of(len(people), sum(role == wanted.role for role in roles.values()), lang)
    parts = []
    for role in dict.fromkeys([*facts.study.codebook.roles, *sorted(roles.values())]):
        size = sum(each == role for each in roles.values())
        named = sum(roles[who] == role for who in people)
        if named:
            label = say("chapter.no_role", lang) if role == NONE else facts.study.codebook.role_label(role)
            parts.append(f"{label} {_of(named, size, lang)}")
    whole = _of(len(people), len(facts.respondents), lang)
    return f"{whole} ({', '.join(parts)})" if parts else whole


def _of(n: int, whole: int, lang: str) -> str:
    if not whole:
        return say("undefined", lang)
    return say("chapter.n_of_N", lang, n=count(n, lang=lang), N=count(whole, lang=lang))


def _roles(facts: Facts) -> dict[str, str]:
    """Return the role of each respondent, ``(none)`` for who has none."""
    axis = facts.axis("role")
    groups = axis.of_turns.tolist() if axis.of_turns is not None else []
    pairs = zip(facts.turn_respondent.tolist(), groups, strict=True)
    return {facts.respondents[who]: axis.labels[group] for who, group in pairs}


def _people(facts: Facts, wanted: _Asked) -> set[str]:
    rows = choose_rows(facts, codes=[wanted.code])
    kept = np.ones(len(rows.mark), dtype=bool)
    against = list(wanted.values)[-1] if AGAINST in wanted.words else ""
    for name, value in wanted.values.items():
        axis = facts.axis(name)
        labels = np.array([*axis.labels, ""], dtype=object)[axis.of_codings][facts.mark_coding[rows.mark]]
        known = np.isin(labels, list(facts.study.codebook.dimensions[name]))
        kept &= (labels != value) & known if name == against else labels == value
    found = {facts.respondents[who] for who in facts.turn_respondent[facts.mark_turn[rows.mark[kept]]].tolist()}
    roles = _roles(facts)
    return {who for who in found if not wanted.role or roles[who] == wanted.role}


def _read(facts: Facts, asked: str) -> _Asked:
    code, *parts = (part.strip() for part in asked.split("/"))
    wanted = _Asked(facts.study.codebook.require(code))
    for part in parts:
        if part in {AGAINST, WHO}:
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
        way_out=did_you_mean(part, names, otherwise=f"There are {', '.join([*names, AGAINST, WHO])}."),
    )


def untrue(before: str, now: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences of `before` that `now` does not hold in their place, each with what stands there."""
    old, new = _sentences(before), _sentences(now)
    if len(old) == len(new):
        # Only numbers changed; sentences that read alike would mislead a comparison by likeness.
        yield from ((one, other) for one, other in zip(old, new, strict=True) if one != other)
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            for place in range(max(b - a, d - c)):
                yield (old[a + place] if a + place < b else "", new[c + place] if c + place < d else "")


def _sentences(text: str) -> list[str]:
    return [" ".join(each.split()) for block in re.split(r"\n\s*\n", text) for each in _SENTENCE_END.split(block)]


def chapter_document(text: str, *, title: str, lang: str) -> bytes:
    """Return a filled-in text as a Word document: headings, paragraphs and quotes (``>``)."""
    document: Any = new_document(title, lang=lang)
    for block in filter(None, (each.strip() for each in re.split(r"\n\s*\n", text))):
        heading = _HEADING.fullmatch(block)
        if heading:
            document.add_heading(heading[2], level=len(heading[1]))
        elif block.startswith(">"):
            lines = (line.lstrip("> ") for line in block.split("\n"))
            document.add_paragraph(" ".join(lines), style="Quote")
        else:
            document.add_paragraph(" ".join(block.split("\n")))
    return as_bytes(document)
