"""A suggestion as it was put before a coder, and what a decision about it keeps.

The body of an ``accept``, ``reject`` or ``later`` holds it under ``suggestion``:
method, version, score, confidence and reason; the code and rank as suggested; the
order in which suggestions came and the way this one came into it; and the suggested
passage where the coding has other bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from lde_qual.errors import UsageError, did_you_mean
from lde_qual.model.coding import Anchor
from lde_qual.model.operation import Body, anchor_body, anchor_of
from lde_qual.model.study import Study

Rule = Callable[[Study, str, Body], None]

ORDERS = ("transcript", "confidence", "uncertainty")
"""How suggestions come: as the text runs, the surest first, or the least sure first with a random fifth mixed in."""

RANDOM = "random"
BULK = "list"
WAYS = (*ORDERS, RANDOM, BULK)
"""How one suggestion came: by the order that was asked for, drawn at random within ``uncertainty``, or in a list that
was decided on at once."""

WRONG_BOUNDARY = "wrong boundary"
REJECTIONS = ("wrong code", WRONG_BOUNDARY, "not relevant")
"""The usual reasons to reject; any other text is one too."""

_NEEDED: Mapping[str, type | tuple[type, ...]] = {
    "method": str,
    "version": str,
    "score": (int, float),
    "reason": str,
}
_LONGEST = 2000
"""Characters that a reason may have: it is a line in the journal and not a memo."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One code proposed for one passage, as a person saw it.

    Attributes
    ----------
    start, end : int
        Code points into today's body of the transcript.
    quote : str
        What stands there.
    score : float
        As the scorer gave it; its scale is the scorer's own.
    confidence : float or None
        Estimated probability, 0 to 1, that the code fits; None where the scorer gives none.
    method, version : str
        Which scorer spoke, and which edition of it.
    reason : str
        Why, in the words that were shown.
    rank : int
        Place among the codes proposed for the passage, from 1.
    way : str
        One of `WAYS`.
    """

    transcript: str
    start: int
    end: int
    quote: str
    code: str
    score: float
    confidence: float | None
    method: str
    version: str
    reason: str
    rank: int = 1
    way: str = ORDERS[0]

    def as_body(self) -> dict[str, Any]:
        """Return what a decision keeps of it, beside the passage."""
        return {
            "code": self.code,
            "rank": self.rank,
            "method": self.method,
            "version": self.version,
            "score": self.score,
            "confidence": self.confidence,
            "reason": self.reason,
            "way": self.way,
        }


def suggested_passage(anchor: Anchor, suggestion: Mapping[str, Any]) -> Anchor:
    """Return the passage that was suggested: the decision's own, unless other bounds were chosen.

    Raises
    ------
    KeyError, TypeError
        Where what is kept of it cannot be read.
    """
    passage = suggestion.get("passage")
    return anchor_of(passage) if passage else anchor


def kept_passage(chosen: Anchor, suggested: Anchor) -> dict[str, Any]:
    """Return what the body keeps of the suggested passage: nothing where it is the one that was chosen."""
    return {} if chosen == suggested else {"passage": anchor_body(suggested)}


def check_way(way: str) -> str:
    """Return a way that a suggestion may come, or refuse it."""
    if way not in WAYS:
        raise UsageError(
            f"'{way}' is no way for a suggestion to come.",
            way_out=did_you_mean(way, WAYS, otherwise=f"Use {', '.join(WAYS)}."),
        )
    return way


def check_suggestion(body: Body) -> None:
    """Refuse a decision that does not say what was suggested.

    Raises
    ------
    UsageError
        Where method, version, score or reason is missing or of the wrong kind, the
        confidence is no probability, or the way is none of `WAYS`.
    """
    suggestion = body.get("suggestion")
    if not isinstance(suggestion, Mapping):
        raise UsageError("A decision without its suggestion says nothing.", way_out="Give it under 'suggestion'.")
    for name, kind in _NEEDED.items():
        value = suggestion.get(name)
        if not isinstance(value, kind) or isinstance(value, bool) or value == "":
            raise UsageError(
                f"The suggestion's {name} is {value!r}.",
                way_out="A decision keeps method, version, score and reason of what was suggested.",
            )
    if not isfinite(suggestion["score"]):
        raise UsageError(f"The suggestion's score is {suggestion['score']}.", way_out="Give a finite number.")
    confidence = suggestion.get("confidence")
    known = isinstance(confidence, int | float) and not isinstance(confidence, bool)
    if confidence is not None and not (known and 0 <= confidence <= 1):
        raise UsageError(f"The suggestion's confidence is {confidence!r}.", way_out="Give a number from 0 to 1.")
    check_way(suggestion.get("way", ORDERS[0]))


def check_rejection(body: Body) -> None:
    """Refuse a ``reject`` without a reason of the person's own (see `REJECTIONS`)."""
    check_suggestion(body)
    given = body.get("reason")
    reason = given.strip() if isinstance(given, str) else ""
    if not 0 < len(reason) <= _LONGEST:
        raise UsageError(
            "A suggestion is rejected for a reason." if not reason else f"A reason has at most {_LONGEST} characters.",
            way_out=f"Give one of: {', '.join(REJECTIONS)}; or words of your own.",
        )


def check_shown(body: Body) -> None:
    """Refuse a ``shown`` that does not say what the coder had there, and what was shown after.

    Raises
    ------
    UsageError
        Where ``codes`` is no list of texts, or ``suggestions`` no list of pairs of a code
        and its confidence.
    """
    codes, suggestions = body.get("codes"), body.get("suggestions")
    if not (isinstance(codes, list) and all(isinstance(code, str) for code in codes)):
        raise UsageError("What the coder had there before is not said.", way_out="Give 'codes', a list of ids.")
    pairs = suggestions if isinstance(suggestions, list) else [None]
    kinds = ([str, float], [str, int])
    if not all(isinstance(pair, list) and [type(part) for part in pair] in kinds for pair in pairs):
        raise UsageError("What was shown is not said.", way_out="Give 'suggestions', a list of [code, confidence].")


def also(rule: Rule, check: Callable[[Body], None]) -> Rule:
    """Return a rule that holds a body to `check` besides."""

    def both(study: Study, coder: str, body: Body) -> None:
        check(body)
        rule(study, coder, body)

    return both
