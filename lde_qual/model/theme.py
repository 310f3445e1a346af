"""Themes: claims of a paper, with what each rests on and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it stands in the file, with its line from 1."""

    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """One claim.

    Attributes
    ----------
    claim : str
        One sentence.
    rests_on : tuple of Written
        Expressions of the query language; a code alone is one.
    contrary : tuple of Written
        Expressions that find who says otherwise.
    quotes_for, quotes_against : tuple of Written
        Each the id of a coding, or the first words of its passage.
    memo : str
        What the researcher noted.
    """

    title: str
    claim: str
    rests_on: tuple[Written, ...]
    contrary: tuple[Written, ...] = ()
    quotes_for: tuple[Written, ...] = ()
    quotes_against: tuple[Written, ...] = ()
    memo: str = ""
