"""The framework matrix: respondents by theme, each cell what this person says of it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lde_qual.analysis.facts import Facts
from lde_qual.analysis.frequency import with_attrs
from lde_qual.analysis.overview import factors_of
from lde_qual.analysis.quotes import Quote, quotes_of
from lde_qual.analysis.rows import choose_rows
from lde_qual.errors import UsageError

CELLS = ("memos", "quotes", "count")


def framework(
    facts: Facts,
    *,
    cells: str = "memos",
    per_cell: int = 2,
    codes: Sequence[str] | None = None,
    level: int | None = None,
    with_interviewer: bool = False,
) -> pd.DataFrame:
    """Return a row for each respondent and a column for each theme.

    Parameters
    ----------
    cells : str
        ``memos``: what the coder wrote at this respondent's codings of the theme, else
        quotes; ``quotes``: quotes alone; ``count``: how many codings.
    per_cell : int
        At most so many memos or quotes in a cell; of quotes the coder's marks first, then
        readable ones.
    codes, level
        The themes, as in `overview.overview`; a theme holds its whole subtree.

    Returns
    -------
    DataFrame
        ``respondent, role, organisation, codings, <code>…``, sorted by role and respondent.
        ``codings`` counts the respondent's codings under any of the themes, each once. Texts
        of a cell are joined by `` | ``, a quote in ``“ ”`` with its interview and turn, and
        what was left out is said as ``(+3)``. An empty cell says that nothing is coded, not
        that nothing was said.
    """
    if cells not in CELLS:
        raise UsageError(f"'{cells}' cannot fill a cell.", way_out=f"Use one of {', '.join(CELLS)}.")
    if per_cell < 1:
        raise UsageError(f"--per-cell cannot be {per_cell}.", way_out="Give 1 or more.")
    study, codebook = facts.study, facts.study.codebook
    themes = factors_of(facts, codes, level)
    below = {theme: set(codebook.subtree(theme)) for theme in themes}
    quoted = quotes_of(facts, with_interviewer=with_interviewer)
    roles = list(facts.axis("role").labels)
    rows = []
    for person in facts.respondents:
        mine = [quote for quote in quoted if person in quote.respondents]
        under = {theme: [quote for quote in mine if quote.placed.code in below[theme]] for theme in themes}
        who = study.respondents.get(person)
        row: dict[str, object] = {
            "respondent": person,
            "role": (who.role if who else person) or None,
            "organisation": (who.organisation if who else "") or None,
            "codings": len({quote.placed.coding.id for found in under.values() for quote in found}),
        }
        rows.append(row | {theme: _cell(found, cells, per_cell) for theme, found in under.items()})
    place = {role: index for index, role in enumerate(roles)}
    rows.sort(key=lambda row: (place.get(str(row["role"]), len(place)), str(row["respondent"])))
    frame = pd.DataFrame(rows, columns=["respondent", "role", "organisation", "codings", *themes])
    notices = choose_rows(facts, codes=codes, level=level).notices
    return with_attrs(frame, facts, unit="segments", notices=notices)


def _cell(found: list[Quote], cells: str, most: int) -> object:
    if cells == "count":
        return len(found)
    memos = [quote.placed.coding.memo.strip() for quote in found if quote.placed.coding.memo.strip()]
    texts = list(dict.fromkeys(memos)) if cells == "memos" else []
    if not texts:
        best = sorted(found, key=Quote.choice)
        texts = [f"“{_flat(quote.text)}” ({quote.placed.coding.transcript}, {quote.turn})" for quote in best]
    else:
        texts = [_flat(text) for text in texts]
    left = len(texts) - most
    return " | ".join(texts[:most]) + (f" (+{left})" if left > 0 else "")


def _flat(text: str) -> str:
    return " ".join(text.split())
