"""The overview on A4, lying: a table in words, and a page that prints it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from lde_qual.analysis.facts import NONE, TOTAL, Facts
from lde_qual.analysis.overview_sheet import DIRECTED, overview_counts, voices_of
from lde_qual.analysis.quote_balance import WISH
from lde_qual.analysis.quotes import Quote, quotes_of
from lde_qual.model.citation import cite, is_unique
from lde_qual.reporting.hyphens import breakable
from lde_qual.reporting.people import code_names, role_name
from lde_qual.reporting.phrases import count, n_of
from lde_qual.reporting.report_words import say
from lde_qual.reporting.words import heading

TEMPLATE = "overview.html.j2"
Head = tuple[str, list[str]]
MOST_DOTS = 10
"""Respondents of a group that are drawn as dots; of more nobody counts them."""


def overview_sheet(
    facts: Facts,
    *,
    by: str = "role",
    merge: Sequence[str] = (),
    codes: Sequence[str] | None = None,
    level: int | None = None,
    public: bool = False,
    lang: str,
) -> pd.DataFrame:
    """Return the overview as it is printed: every cell a text, every heading in `lang`.

    Parameters
    ----------
    by, merge, codes, level
        See `analysis.overview_sheet.overview_counts`.
    public : bool
        Cite in the coarser form.

    Returns
    -------
    DataFrame
        One row a factor, in the order of the tree; a second one for its codings without a
        direction, where there are any. Columns: phase, factor, the first two values of the
        first dimension by group, each further value and the wish for all together, everyone
        of the row, who was not asked, who, the quote and the one against with citation and
        who chose. ``attrs["foot"]`` holds the lines that belong under it, ``attrs["language"]`` the
        codebook's language.
    """
    counts = overview_counts(facts, by=by, merge=merge, codes=codes, level=level)
    codebook = facts.study.codebook
    cells = {
        (code, part, group): (int(n), int(whole), who)
        for code, part, group, n, whole, who in counts[["code", "part", by, "n", "N", "who"]].itertuples(index=False)
    }
    groups = [group for group in dict.fromkeys(counts[by]) if group != TOTAL]
    silent = set(counts.loc[counts["not_asked"], ["code", by]].itertuples(index=False, name=None))
    names, quoted = code_names(codebook), quotes_of(facts)
    rows = []
    for code in dict.fromkeys(counts["code"]):
        undirected = cells[code, NONE, TOTAL][0] > 0
        for directed in [True, False] if undirected and codebook.first_dimension else [bool(codebook.first_dimension)]:
            row = {say("sheet.phase", lang): codebook.root(code).label}
            row[say("sheet.factor", lang)] = (
                names[code] if directed else say("sheet.undirected", lang, code=names[code])
            )
            row |= _counted(facts, cells, code, groups, by=by, directed=directed, lang=lang)
            asked = [_named(facts, group, by, lang) for group in groups if (code, group) in silent and directed]
            row[say("not_asked", lang)] = ", ".join(asked)
            row[say("sheet.who", lang)] = cells[code, DIRECTED if directed else NONE, TOTAL][2].replace(";", ", ")
            rows.append(row | _quoted(facts, code, quoted, directed=directed, public=public, lang=lang))
    frame = pd.DataFrame(rows)
    frame.attrs = dict(counts.attrs)
    frame.attrs["language"] = codebook.language
    frame.attrs["foot"] = _foot(facts, counts.attrs["sizes"], by=by, lang=lang)
    return frame


def _counted(
    facts: Facts,
    cells: dict[tuple[str, str, str], tuple[int, int, str]],
    code: str,
    groups: list[str],
    *,
    by: str,
    directed: bool,
    lang: str,
) -> dict[str, str]:
    codebook = facts.study.codebook
    values = list(codebook.dimensions.get(codebook.first_dimension, ()))

    def said(part: str, group: str) -> str:
        n, whole, _ = cells[code, part, group]
        text = n_of(n, whole, lang=lang, min_percent=codebook.min_percent_n)
        return f"{text} {'●' * n}{'○' * (whole - n)}" if 0 < whole <= MOST_DOTS else text

    found = {}
    for value in values[:2]:
        for group in groups:
            found[f"{value}: {_named(facts, group, by, lang)}"] = said(value, group) if directed else ""
    wishes = [WISH[1]] if WISH[1] in codebook.dimensions.get(WISH[0], ()) else []
    for value in [*values[2:], *wishes]:
        found[value] = said(value, TOTAL) if directed else ""
    return found | {say("everyone", lang): said(DIRECTED if directed else NONE, TOTAL)}


def _named(facts: Facts, group: str, by: str, lang: str) -> str:
    if group == NONE:
        return say("none", lang)
    return (
        " + ".join(role_name(part, facts.study.codebook, lang) for part in group.split("+")) if by == "role" else group
    )


def _quoted(
    facts: Facts, code: str, quoted: Sequence[Quote], *, directed: bool, public: bool, lang: str
) -> dict[str, str]:
    voices = voices_of(facts, code, quoted, directed=directed)
    return {
        say("sheet.quote", lang): _signed(facts, voices.quote, "typerend", public=public, lang=lang),
        say("sheet.counter", lang): _signed(facts, voices.counter, "tegenstem", public=public, lang=lang),
    }


def _signed(facts: Facts, quote: Quote | None, mark: str, *, public: bool, lang: str) -> str:
    if quote is None:
        return ""
    flag = " ▲" if is_unique(facts.study, quote.respondents, public=public) else ""
    note = "" if quote.placed.coding.mark == mark else f" [{say('value.voorstel', lang)}]"
    text = " ".join(quote.text.split())
    return f"“{text}” {cite(facts.study, quote.respondents, public=public)}{flag}{note}"


def _foot(facts: Facts, sizes: dict[str, int], *, by: str, lang: str) -> list[str]:
    shown = [
        (_named(facts, group, by, lang), count(size, lang=lang)) for group, size in sizes.items() if group != TOTAL
    ]
    each = "; ".join(f"{name} N = {size}" for name, size in shown)
    made = max((placed.coding.created for placed in facts.codings), default="")[:10]
    coder = facts.coder or say("no_coder", lang)
    lines = [
        say("sheet.foot", lang, sizes=each, N=sizes[TOTAL]),
        say("sheet.spread", lang),
        say("sheet.coder", lang, coder=coder, date=made or say("undefined", lang)),
    ]
    return [*lines, say("example", lang)] if facts.study.codebook.voorbeeldmateriaal else lines


def report_sheets(facts: Facts, *, public: bool, lang: str) -> list[tuple[str, pd.DataFrame]]:
    """Return the sheets of a report: the overview by role, and by organisation where respondents have one."""
    kinds = ["role", *(["organisation"] if len(facts.axis("organisation").labels) > 1 else [])]
    return [
        (sheet_heading(by, lang), overview_sheet(facts, by=by, public=public, lang=lang))
        for by in kinds
        if by == "role" or not public
    ]


def sheet_heading(by: str, lang: str) -> str:
    """Return what stands above a sheet that is divided by an attribute."""
    return say("sheet.by_role", lang) if by == "role" else say("sheet.by", lang, by=heading(by, lang))


def heads_of(columns: Sequence[str]) -> list[Head]:
    """Return headings with what stands under each: nothing, or the groups of a direction."""
    heads: list[Head] = []
    for column in columns:
        top, colon, below = column.partition(": ")
        if colon and heads and heads[-1][0] == top:
            heads[-1][1].append(below)
        else:
            heads.append((top, [below] if colon else []))
    return heads


def printed(frame: pd.DataFrame) -> tuple[list[Head], list[tuple[str, list[list[str]]]]]:
    """Return the heads of a sheet, and its rows by phase; long words in narrow columns may break.

    Parameters
    ----------
    frame : DataFrame
        What `overview_sheet` returned.
    """
    if not len(frame):
        return [], []
    phase, *columns = map(str, frame.columns)
    lang = frame.attrs["language"]
    heads = heads_of([breakable(name, lang=lang) for name in columns])
    narrow = columns[:-2]
    blocks = []
    for label, rows in frame.groupby(phase, sort=False):
        cells = rows[columns].astype(str)
        cells[narrow] = cells[narrow].map(lambda text: breakable(text, lang=lang))
        blocks.append((str(label), cells.to_numpy().tolist()))
    return heads, blocks


def overview_page(sheets: Sequence[tuple[str, pd.DataFrame]], *, title: str, lang: str) -> str:
    """Return a page of A4 sheets, lying, one for each table; it needs nothing beside it.

    Parameters
    ----------
    sheets : sequence of (str, DataFrame)
        A heading and what `overview_sheet` returned.
    """
    environment = Environment(
        loader=PackageLoader("lde_qual.reporting"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    parts = []
    for head, frame in sheets:
        parts.append((head, *printed(frame), frame.attrs["foot"]))
    return environment.get_template(TEMPLATE).render(parts=parts, title=title, lang=lang)
