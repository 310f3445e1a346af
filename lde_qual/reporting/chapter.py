"""A results text with numbers filled in from the study, and the sentences of it that are no longer true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from lde_qual.analysis.facts import NONE, Facts
from lde_qual.errors import FormatError, LdeQualError
from lde_qual.model.citation import cite
from lde_qual.reporting.phrases import count, plural
from lde_qual.reporting.placeholders import (
    QUOTE,
    QUOTES,
    WHO,
    Asked,
    best_quotes,
    in_one_line,
    people,
    read_placeholder,
    roles_of,
)
from lde_qual.reporting.report_words import say
from lde_qual.reporting.word_parts import as_bytes, foot, new_document, writable

_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_ITEM = re.compile(r"\s*([-*+]|\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*\\])\1(?![\w*])")
_HEADING = re.compile(r"(#{1,3})\s+(.*)")


def filled(facts: Facts, text: str, *, lang: str, file: str = "", public: bool = False) -> str:
    """Return `text` with every placeholder filled in.

    ``{{code/value}}`` becomes ``8 van de 16 (6 van de 10 werkvloerbegeleiders)``: respondents
    with a coding at the code or below it that bears all the values, of all respondents; in
    brackets each role in which somebody said it. With a role it is that role alone. ``who``
    gives the respondents themselves, ``quote`` the best quote with its citation, and
    ``quotes`` one of each respondent. ``against`` is about who gave the code another value
    of the last dimension named.

    Parameters
    ----------
    public : bool
        Cite in the coarser form.

    Raises
    ------
    FormatError
        For a placeholder that cannot be read, with its line.
    """
    written = _Writer(facts, lang=lang, public=public)
    lines = []
    for number, line in enumerate(text.split("\n"), start=1):
        # Quotes that stand as a block stand apart; in running text they follow each other.
        written.between = "\n\n> " if line.startswith(">") else "; "
        try:
            lines.append(_PLACEHOLDER.sub(written, line))
        except LdeQualError as error:
            raise FormatError(error.what, way_out=error.way_out, file=file, line=number) from None
    return "\n".join(lines)


class _Writer:
    """Writes what a placeholder asks for; `between` stands between quotes."""

    def __init__(self, facts: Facts, *, lang: str, public: bool) -> None:
        self.facts, self.lang, self.public = facts, lang, public
        self.roles = roles_of(facts)
        self.between = "; "

    def __call__(self, found: re.Match[str]) -> str:
        wanted = read_placeholder(self.facts, found[1])
        if wanted.words & {QUOTE, QUOTES}:
            return self._quotes(wanted)
        who = people(self.facts, wanted)
        if WHO in wanted.words:
            return ", ".join(sorted(who)) or say("none", self.lang)
        if wanted.role:
            return _of(len(who), self._size(wanted.role), self.lang)
        counted = Counter(self.roles[each] for each in who)
        order = dict.fromkeys([*self.facts.study.codebook.roles, *sorted(counted)])
        parts = [self._of_role(role, counted[role]) for role in order if counted[role]]
        whole = _of(len(who), len(self.facts.respondents), self.lang)
        return f"{whole} ({', '.join(parts)})" if parts else whole

    def _size(self, role: str) -> int:
        return sum(each == role for each in self.roles.values())

    def _of_role(self, role: str, n: int) -> str:
        """Return ``6 van de 10 werkvloerbegeleiders``, or label and numbers where no plural is known."""
        book, size = self.facts.study.codebook, self._size(role)
        numbers = _of(n, size, self.lang)
        if role == NONE:
            return f"{numbers} {say('chapter.no_role', self.lang)}"
        label = book.role_label(role)
        many = label if size == 1 else book.role_plurals.get(role) or plural(label, lang=book.language)
        return f"{numbers} {many}" if many else f"{label} {numbers}"

    def _quotes(self, wanted: Asked) -> str:
        chosen = best_quotes(self.facts, wanted)[: None if QUOTES in wanted.words else 1]
        study = self.facts.study
        # What somebody said is no markup.
        texts = [in_one_line(study, each).replace("*", r"\*") for each in chosen]
        signed = [cite(study, each.respondents, public=self.public) for each in chosen]
        said = [f"“{text}” {label}" for text, label in zip(texts, signed, strict=True)]
        return self.between.join(said) or say("none", self.lang)


def _of(n: int, whole: int, lang: str) -> str:
    if not whole:
        return say("undefined", lang)
    return say("chapter.n_of_N", lang, n=count(n, lang=lang), N=count(whole, lang=lang))


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


def chapter_document(text: str, *, title: str, lang: str, example: bool = False) -> bytes:
    """Return a filled-in text as a Word document: headings, paragraphs, quotes (``>``), lists and emphasis.

    Parameters
    ----------
    example : bool
        Say at the foot of every page that this is written example material.
    """
    document: Any = new_document(title, lang=lang)
    if example:
        foot(document, say("example", lang))
    for block in filter(None, (each.strip() for each in re.split(r"\n\s*\n", text))):
        heading = _HEADING.fullmatch(block)
        if heading:
            document.add_heading(writable(heading[2]), level=len(heading[1]))
        elif block.startswith(">"):
            _written(document, " ".join(line.lstrip("> ") for line in block.split("\n")), style="Quote")
        elif _ITEM.match(block):
            for mark, item in _items(block):
                _written(document, item, style="List Bullet" if mark in "-*+" else "List Number")
        else:
            _written(document, " ".join(block.split("\n")))
    return as_bytes(document)


def _items(block: str) -> list[tuple[str, str]]:
    """Return the items of a list, each with its mark; a line that begins with none goes on with the one before."""
    found: list[tuple[str, str]] = []
    for line in block.split("\n"):
        item = _ITEM.match(line)
        if item:
            found.append((item[1], line[item.end() :].strip()))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
    return found


def _written(document: Any, text: str, *, style: str | None = None) -> None:
    """Add a paragraph, what stands between ``*`` in italics and what stands between ``**`` in bold."""
    paragraph = document.add_paragraph(style=style)
    at = 0
    for found in _EMPHASIS.finditer(text):
        paragraph.add_run(_plain(text[at : found.start()]))
        run = paragraph.add_run(_plain(found[2]))
        run.bold, run.italic = len(found[1]) > 1 or None, len(found[1]) != 2 or None
        at = found.end()
    paragraph.add_run(_plain(text[at:]))


def _plain(text: str) -> str:
    return writable(re.sub(r"\\([*>#_-])", r"\1", text))
