"""Whose quotes are printed: negative cases, what stands around a quote, and the balance of a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from lde_qual.analysis.facts import NONE, Facts
from lde_qual.model.transcript import Transcript

if TYPE_CHECKING:
    from lde_qual.analysis.quotes import Quote

WISH = ("aard", "gewenst")
"""A dimension and the value of it that is no direction: what somebody wishes helps nobody yet."""


def majorities(
    facts: Facts, quoted: Iterable[Quote], *, owner: Mapping[str, str], role_of: Callable[[Quote, str], str]
) -> dict[tuple[str, str], str]:
    """Return what most respondents of a role say of a code.

    Parameters
    ----------
    quoted : iterable of Quote
        Every quote that counts.
    owner : mapping of str to str
        The code that each code is judged under.
    role_of : callable
        The role of a respondent in a quote.

    Returns
    -------
    dict of (str, str) to str
        By code and role, the value of the first dimension that most of its respondents say;
        a tie has no majority and is absent. Wishes and codings without a value say nothing.
    """
    said: dict[tuple[str, str], dict[str, set[str]]] = {}
    for quote in quoted:
        value = direction(facts, quote)
        if value and quote.placed.code in owner:
            for who in quote.respondents:
                key = (owner[quote.placed.code], role_of(quote, who))
                said.setdefault(key, {}).setdefault(value, set()).add(who)
    found = {}
    for key, values in said.items():
        sizes = sorted(((len(people), value) for value, people in values.items()), reverse=True)
        if len(sizes) == 1 or sizes[0][0] > sizes[1][0]:
            found[key] = sizes[0][1]
    return found


def direction(facts: Facts, quote: Quote) -> str:
    """Return the value of the first dimension that a quote has; empty for none, and for a wish."""
    dimensions = quote.placed.coding.dimensions
    return "" if dimensions.get(WISH[0]) == WISH[1] else dimensions.get(facts.study.codebook.first_dimension, "")


def around(transcript: Transcript, quote: Quote, turns: int) -> tuple[str, str]:
    """Return what is said before and after a quote, in so many turns, the interviewer's too.

    The rest of the quote's own first and last turn stands with it; turns are joined by a new
    line and bear their label.
    """
    span = quote.placed.span
    touched = [index for index, turn in enumerate(transcript.turns) if turn.speech.overlaps(span)]
    if not touched:
        return "", ""
    first, last = touched[0], touched[-1]
    ahead = transcript.text[transcript.turns[first].speech.start : span.start].strip()
    behind = transcript.text[span.end : transcript.turns[last].speech.end].strip()
    before = [
        f"{turn.label}: {turn.speech.of(transcript.text).strip()}"
        for turn in transcript.turns[max(0, first - turns) : first]
    ]
    after = [
        f"{turn.label}: {turn.speech.of(transcript.text).strip()}"
        for turn in transcript.turns[last + 1 : last + 1 + turns]
    ]
    return (
        "\n".join([*before, *([f"{transcript.turns[first].label}: {ahead}"] if ahead else [])]),
        "\n".join([*([behind] if behind else []), *after]),
    )


def balance(every: pd.DataFrame, chosen: pd.DataFrame, *, facts: Facts) -> pd.DataFrame:
    """Return how a choice of quotes is spread over respondents, roles and directions.

    Parameters
    ----------
    every, chosen : DataFrame
        Tables of `quotes.quotes`: all that could be printed, and those that are.

    Returns
    -------
    DataFrame
        ``by, group, quotes, of_all, available, of_available``: ``by`` is ``respondent``,
        ``role`` or the first dimension; ``quotes`` of the choice and ``available`` of all fall
        to the group, with their shares of the choice and of all (NA where that is 0). A quote
        of two people counts for both, so that shares may add up to more than 1. Respondents
        who are quoted nowhere have their row.
    """
    first = facts.study.codebook.first_dimension
    groups = {"respondent": facts.respondents, "role": facts.axis("role").labels}
    groups |= {first: facts.axis(first).labels} if first else {}
    rows: list[list[object]] = []
    for name, labels in groups.items():
        mine, whole = _spread(chosen, name), _spread(every, name)
        for label in labels:
            n, available = mine.get(label, 0), whole.get(label, 0)
            rows.append([name, label, n, _share(n, len(chosen)), available, _share(available, len(every))])
    return pd.DataFrame(rows, columns=["by", "group", "quotes", "of_all", "available", "of_available"])


def _spread(frame: pd.DataFrame, name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in frame[name]:
        parts: Sequence[str] = value.split(";") if isinstance(value, str) else [NONE]
        for part in dict.fromkeys(NONE if part == "NA" else part for part in parts):
            found[part] = found.get(part, 0) + 1
    return found


def _share(n: int, whole: int) -> float:
    return n / whole if whole else float("nan")
