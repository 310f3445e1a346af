"""Interviews in plain text, as people type them."""

from __future__ import annotations

from collections import Counter

from lde_qual.formats.interview import Draft
from lde_qual.formats.interview_lines import Line, cleaned, read_lines
from lde_qual.formats.transcript import read_front_matter


def draft_from_text(text: str) -> Draft:
    """Return what was understood of an interview in plain text.

    Parameters
    ----------
    text : str
        The whole file (see `lde_qual.formats.text.decode`).

    Raises
    ------
    TranscriptError
        Where it begins with front matter that breaks a rule.
    """
    front = read_front_matter(text)
    counts: Counter[str] = Counter()
    lines = [Line(line) for line in cleaned(text[front.end :], counts).split("\n")]
    notes = [f"{what[0].upper()}{what[1:]}: {number}." for what, number in counts.items()]
    return read_lines(lines, notes=notes, attributes=front.attributes)
