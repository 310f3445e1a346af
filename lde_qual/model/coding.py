"""What coders make: codings, notes, memos and decisions about suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MARKS = ("typerend", "tegenstem")
MEMO_KINDS = ("content", "method", "reflection")
MEMO_SUBJECTS = ("coding", "code", "transcript", "study")
CONTEXT = 32
"""Characters of context kept on both sides of a quote, as W3C's TextQuoteSelector is used by Hypothesis."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage stands, and what stands there.

    Attributes
    ----------
    start, end : int
        Code points into the body whose hash is `body_sha256`.
    quote, prefix, suffix : str
        The passage and up to `CONTEXT` characters on both sides.
    """

    transcript: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    body_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """One passage at one code by one coder.

    Attributes
    ----------
    id : str
        Id of the operation that made it; it stays whatever is revised.
    dimensions : mapping of str to str
        Values of dimensions; a dimension without a value is absent.
    origin : str
        ``human`` or ``accepted`` (a suggestion that a person took over).
    suggestion : mapping
        Method, version, score, confidence and reason of the accepted suggestion, and more
        of it (see `suggestion.Suggestion.as_body`); else empty.
    suggestions_visible : bool or None
        Whether suggestions could be seen when it was made; None where that is not known.
    mark : str
        One of `MARKS`, or empty.
    """

    id: str
    coder: str
    anchor: Anchor
    code: str
    dimensions: Mapping[str, str] = field(default_factory=dict)
    memo: str = ""
    origin: str = "human"
    suggestion: Mapping[str, Any] = field(default_factory=dict)
    suggestions_visible: bool | None = None
    mark: str = ""
    created: str = ""

    @property
    def transcript(self) -> str:
        """Name of the transcript."""
        return self.anchor.transcript


class Stood(NamedTuple):
    """Where a coding's passage stood, and what is counted of it (see `Anchor` and `Coding`).

    `suggested` tells whether it was made from a suggestion, or while suggestions could be seen.
    """

    id: str
    transcript: str
    start: int
    end: int
    quote: str
    body_sha256: str
    code: str
    dimensions: Mapping[str, str]
    suggested: bool


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo about a coding, a code, a transcript or the study."""

    id: str
    coder: str
    kind: str
    subject: str
    about: str
    text: str
    created: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a passage that bears no code."""

    id: str
    coder: str
    anchor: Anchor
    text: str
    created: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A suggestion that was rejected or put off, with what was suggested.

    Attributes
    ----------
    kind : str
        ``reject`` or ``later``.
    suggestion : mapping
        What `suggestion.Suggestion.as_body` keeps.
    reason : str
        Why the person rejected it; empty for ``later``.
    """

    id: str
    coder: str
    kind: str
    anchor: Anchor
    code: str
    suggestion: Mapping[str, Any]
    created: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was decided on a passage at a code on which coders differed, or that all of them had alike.

    Attributes
    ----------
    coders : tuple of str
        Who were compared.
    decision : str
        Whose codings hold there: one of `coders`, ``all`` (they had the same) or ``none``.
    """

    id: str
    coder: str
    anchor: Anchor
    code: str
    coders: tuple[str, ...]
    decision: str
