"""Themes as page and document print them alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lde_qual.analysis.facts import NONE, TOTAL
from lde_qual.analysis.query_text import Both, Code, Compared, Either, Near, Opposite, Query, Words
from lde_qual.analysis.quotes import Quote
from lde_qual.analysis.themes import AGAINST, OTHERWISE, RESTS_ON, TOGETHER, Basis, FoundTheme
from lde_qual.model.citation import cite, is_unique
from lde_qual.model.codebook import Codebook
from lde_qual.reporting.contents import THEMES
from lde_qual.reporting.page import Page
from lde_qual.reporting.page_parts import Voice
from lde_qual.reporting.people import role_name
from lde_qual.reporting.phrases import n_of
from lde_qual.reporting.placeholders import in_one_line
from lde_qual.reporting.report_words import say


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a theme's table: `band` holds the words over it where its part begins."""

    band: str
    label: str
    cells: list[str]
    whole: bool


@dataclass(frozen=True, slots=True)
class PrintedTheme:
    """A theme in print; `voices` are headings, each with its quotes."""

    number: int
    title: str
    claim: str
    rows: list[Row]
    voices: list[tuple[str, list[Voice]]]
    negative_lead: str
    negative: list[Voice]
    memo: str


def printed_themes(page: Page) -> list[PrintedTheme]:
    """Return the themes of a report, in the order of the file; without memos where citations are coarser."""
    return [_printed(page, found, number) for number, found in enumerate(page.contents.themes, start=1)]


def _printed(page: Page, found: FoundTheme, number: int) -> PrintedTheme:
    voices = [
        (say(f"theme.{name}", page.lang), [_voice(page, quote) for quote in quotes])
        for name, quotes in (("for", found.quotes_for), ("against", found.quotes_against))
        if quotes
    ]
    quoted = {who for quote in found.quotes_against for who in quote.respondents}
    rows = [row for row in found.negative.to_dict("records") if row["respondent"] not in quoted]
    return PrintedTheme(
        number=number,
        title=found.theme.title,
        claim=found.theme.claim,
        rows=_rows(page, found),
        voices=voices,
        negative_lead=_negative_lead(page, found),
        negative=[Voice(row["quote"], row["cited_as"], bool(row["unique_label"])) for row in rows],
        memo="" if page.contents.public else found.theme.memo,
    )


def _rows(page: Page, found: FoundTheme) -> list[Row]:
    table = page.contents.tables[THEMES]
    mine = table[table["theme"] == found.theme.title]
    groups = len([*page.roles, TOTAL])
    least = page.codebook.min_percent_n
    rows, part = [], ""
    for place, basis in enumerate(found.bases):
        cells = mine.iloc[place * groups : (place + 1) * groups]
        printed = [
            n_of(int(n), int(whole), lang=page.lang, min_percent=least)
            for n, whole in zip(cells["n"], cells["N"], strict=True)
        ]
        names = {RESTS_ON: "theme.rests_on", **dict.fromkeys(AGAINST, "theme.contrary")}
        band = say(names[basis.part], page.lang) if basis.part != part and basis.part in names else ""
        rows.append(Row(band, _label(page, basis), printed, basis.part == TOGETHER))
        part = basis.part
    return rows


def _label(page: Page, basis: Basis) -> str:
    if basis.query is None:
        return say(f"theme.{basis.part}", page.lang)
    words = in_words(basis.query, page.names, page.codebook, lang=page.lang)
    if basis.part == OTHERWISE:
        return say("theme.otherwise", page.lang, dimension=page.codebook.first_dimension, words=words)
    return words


def _negative_lead(page: Page, found: FoundTheme) -> str:
    who = sorted({each for basis in found.bases if basis.part in AGAINST for each in basis.who})
    if not any(basis.part in AGAINST for basis in found.bases):
        return say("theme.negative_unknown", page.lang)
    if not who:
        return say("theme.negative_none", page.lang)
    facts = page.contents.facts
    named = ", ".join(facts.respondents[each] for each in who)
    return say("theme.negative_lead", page.lang, n=len(who), N=len(facts.respondents), who=named)


def _voice(page: Page, quote: Quote) -> Voice:
    study, public = page.contents.facts.study, page.contents.public
    return Voice(
        in_one_line(study, quote),
        cite(study, quote.respondents, public=public),
        is_unique(study, quote.respondents, public=public),
    )


def in_words(query: Query, names: Mapping[str, str], book: Codebook, *, lang: str) -> str:
    """Return an expression in words, with the labels of codes and roles in the place of their ids.

    Parameters
    ----------
    names : mapping of str to str
        What stands for each code (see `people.code_names`).
    """

    def inner(part: Query) -> str:
        text = in_words(part, names, book, lang=lang)
        return f"({text})" if isinstance(part, Both | Either) else text

    if isinstance(query, Both | Either):
        return say("query.and" if isinstance(query, Both) else "query.or", lang).join(map(inner, query.parts))
    if isinstance(query, Opposite):
        return say("query.not", lang, part=inner(query.part))
    if isinstance(query, Near):
        return say("query.near", lang, left=inner(query.left), k=query.turns, right=inner(query.right))
    if isinstance(query, Words):
        return say("query.lemma" if query.lemma else "query.words", lang, term=query.term)
    if isinstance(query, Code):
        return names[book.require(query.name)]
    return _value(query, book, lang)


def _value(query: Compared, book: Codebook, lang: str) -> str:
    if query.value == NONE:
        return say("query.without", lang, of=say("role", lang) if query.name == "role" else query.name)
    if query.name == "role":
        return role_name(query.value, book, lang)
    return query.value if query.name in book.dimensions else f"{query.name} {query.value}"
