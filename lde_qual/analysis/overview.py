"""The overview: each factor, its direction, who names it, and a voice for and against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lde_qual.analysis.facts import NONE, Facts
from lde_qual.analysis.frequency import frequency, with_attrs
from lde_qual.analysis.quotes import Quote, quotes_of
from lde_qual.model.citation import cite

MARKED, PROPOSED = "typerend", "voorstel"


@dataclass(frozen=True)
class _Factor:
    """One row: a code with one value of the first dimension."""

    code: str
    value: str


def overview(
    facts: Facts,
    *,
    codes: Sequence[str] | None = None,
    level: int | None = None,
    public: bool = False,
    with_interviewer: bool = False,
) -> pd.DataFrame:
    """Return a row for each factor and each value of the first dimension that occurs with it.

    Parameters
    ----------
    codes, level
        The factors; else ``report_codes`` of the codebook, else every code that bears
        codings itself. A factor counts its whole subtree.
    public : bool
        Cite in the coarser form.

    Returns
    -------
    DataFrame
        ``phase, code, label, <first dimension>, <role>…, respondents, N, asked,
        interviews, who, quote, cited_as, quote_choice, counter_quote,
        counter_cited_as, N_<role>…``. Role columns hold n respondents. A factor
        without codings has one row ``(none)`` with zeros. ``quote_choice`` is
        ``typerend`` where the coder marked the quote, ``voorstel`` where it is only
        proposed; the counter quote is always one the coder marked ``tegenstem``.
    """
    codebook = facts.study.codebook
    dimension = codebook.first_dimension
    wanted = factors_of(facts, codes, level)
    by = ["role", dimension] if dimension else ["role"]
    counted = frequency(facts, by=by, codes=wanted)
    whole = frequency(facts, by=[dimension], codes=wanted) if dimension else frequency(facts, codes=wanted)
    roles = facts.axis("role").labels
    quoted = quotes_of(facts, with_interviewer=with_interviewer)
    rows = [
        {"phase": codebook.root(factor.code).label, "code": factor.code, "label": codebook.code(factor.code).label}
        | ({dimension: factor.value} if dimension else {})
        | _numbers(counted, whole, factor, roles=roles, dimension=dimension)
        | _voices(facts, quoted, factor, public=public)
        for factor in _rows(facts, wanted, whole, dimension)
    ]
    columns = [
        *("phase", "code", "label", *([dimension] if dimension else []), *roles, "respondents", "N", "asked"),
        *("interviews", "who", "quote", "cited_as", "quote_choice", "counter_quote", "counter_cited_as"),
        *(f"N_{role}" for role in roles),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    frame["asked"] = frame["asked"].astype("Int64")
    return with_attrs(frame, facts, unit="respondents", notices=counted.attrs["notices"][len(facts.notices) :])


def factors_of(facts: Facts, codes: Sequence[str] | None, level: int | None) -> list[str]:
    """Return the codes that are factors: those named, else ``report_codes``, else every code with codings."""
    codebook = facts.study.codebook
    if codes is not None:
        return [codebook.require(code) for code in codes]
    if level is not None:
        return codebook.cut(level)
    if codebook.report_codes:
        return [codebook.require(code) for code in codebook.report_codes]
    used = {placed.code for placed in facts.codings}
    return [code for code in facts.codes if code in used]


def _rows(facts: Facts, codes: list[str], whole: pd.DataFrame, dimension: str) -> list[_Factor]:
    if not dimension:
        return [_Factor(code, NONE) for code in codes]
    found = []
    labels = [label for label in facts.axis(dimension).labels if label != NONE]
    occurs = set(whole.loc[whole["n"] > 0, ["code", dimension]].itertuples(index=False, name=None))
    for code in codes:
        values = [value for value in [*labels, NONE] if (code, value) in occurs]
        found += [_Factor(code, value) for value in values or [NONE]]
    return found


def _numbers(
    counted: pd.DataFrame, whole: pd.DataFrame, factor: _Factor, *, roles: list[str], dimension: str
) -> dict[str, object]:
    def of(frame: pd.DataFrame, role: str | None) -> pd.DataFrame:
        here = frame["code"] == factor.code
        if role is not None:
            here &= frame["role"] == role
        return frame[here]

    def value_of(frame: pd.DataFrame) -> pd.Series[Any] | None:
        rows = frame[frame[dimension] == factor.value] if dimension else frame
        return None if rows.empty else rows.iloc[0]

    numbers: dict[str, object] = {}
    for role in roles:
        group = of(counted, role)
        found = value_of(group)
        numbers[role] = 0 if found is None else found["n"]
        numbers[f"N_{role}"] = group["N"].iloc[0] if len(group) else 0
    all_rows = of(whole, None)
    found = value_of(all_rows)
    fallback = all_rows.iloc[-1]
    return numbers | {
        "respondents": 0 if found is None else found["n"],
        "N": fallback["N"],
        "asked": fallback["asked"],
        "interviews": 0 if found is None else found["interviews"],
        "who": "" if found is None else found["who"],
    }


def voices(facts: Facts, quoted: Sequence[Quote], code: str, value: str) -> tuple[Quote | None, Quote | None]:
    """Return the quote of a factor with one value of the first dimension, and the voice against it.

    Parameters
    ----------
    quoted : sequence of Quote
        All quotes of the facts.
    """
    codebook = facts.study.codebook
    dimension, below = codebook.first_dimension, set(codebook.subtree(code))

    def said(quote: Quote) -> str:
        return quote.placed.coding.dimensions.get(dimension, NONE) if dimension else value

    here = [quote for quote in quoted if quote.placed.code in below]
    mine = sorted((quote for quote in here if said(quote) == value), key=Quote.choice)
    chosen = mine[0] if mine else None
    against = [quote for quote in here if quote.placed.coding.mark == "tegenstem" and quote is not chosen]
    against.sort(key=lambda quote: (said(quote) == value, quote.choice()))
    if {said(quote) for quote in here} - {value}:
        against = [quote for quote in against if said(quote) != value]
    return chosen, against[0] if against else None


def _voices(facts: Facts, quoted: list[Quote], factor: _Factor, *, public: bool) -> dict[str, object]:
    chosen, counter = voices(facts, quoted, factor.code, factor.value)
    return {
        "quote": chosen.text if chosen else None,
        "cited_as": cite(facts.study, chosen.respondents, public=public) if chosen else None,
        "quote_choice": (MARKED if chosen.placed.coding.mark == MARKED else PROPOSED) if chosen else None,
        "counter_quote": counter.text if counter else None,
        "counter_cited_as": cite(facts.study, counter.respondents, public=public) if counter else None,
    }
