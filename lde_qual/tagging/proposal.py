"""What the assistant says of a passage: codes in order, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass

from lde_qual.model.span import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one respondent's talk that may bear codes.

    Attributes
    ----------
    transcript : str
        Name of the transcript; empty for a passage from outside the study.
    span : Span
        Code points into the body of the transcript (into `text`, from outside).
    text : str
        What is said there.
    turn : int
        Number of the turn, from 1; 0 where there is none.
    respondent : str
        Who says it; empty where that is not known.
    """

    transcript: str
    span: Span
    text: str
    turn: int = 0
    respondent: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Words of the passage that a keyword of the code is met by.

    Attributes
    ----------
    start, end : int
        Code points into the passage's text; they run from the first to the last word
        of a separated verb ("stroomt … door").
    keyword : str
        As it stands in the codebook.
    weight : float
        How specific the keyword is, 0 (everywhere) to 1 (hardly anywhere).
    """

    start: int
    end: int
    keyword: str
    weight: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage that already bears the code, and how alike the two are.

    Attributes
    ----------
    coding : str
        Id of the coding, or of the labelled line from outside.
    similarity : float
        Cosine of the two passages' vectors, 0 to 1.
    """

    coding: str
    transcript: str
    quote: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of a score; the parts of a proposal add up to its score."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """One code for one passage.

    Attributes
    ----------
    score : float
        A log-odds; the sum of the contributions.
    confidence : float
        Estimated probability, 0 to 1, that a careful coder gives the passage this code.
    neighbours : tuple of Neighbour
        At most two, the most alike first; empty before anything is coded so.
    method, version : str
        Which scorer spoke, and which edition of it.
    """

    code: str
    score: float
    confidence: float
    contributions: tuple[Contribution, ...]
    matches: tuple[Match, ...]
    neighbours: tuple[Neighbour, ...]
    method: str
    version: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that is said of one passage.

    Attributes
    ----------
    proposals : tuple of Proposal
        Best first. Where `abstained` is set they are what was weighed, not proposed.
    abstained : str
        Empty, or why no code is proposed: a key of `REASONS_TO_ABSTAIN`.
    """

    passage: Passage
    proposals: tuple[Proposal, ...]
    abstained: str = ""


REASONS_TO_ABSTAIN = ("too short", "no evidence", "low margin")
"""Too few words to judge; nothing in the text points to any code; the first two codes are as likely."""
