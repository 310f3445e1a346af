"""The page to explore by: one html file that needs nothing beside it, and says first what it does not say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from lde_qual.analysis.facts import Facts
from lde_qual.analysis.likeness import FEWEST, MOST, Likeness
from lde_qual.figures.style import Picture, svg
from lde_qual.figures.timeline import MOST as MOST_INTERVIEWS
from lde_qual.reporting.exploring import draw_likeness, draw_network, draw_timeline, said
from lde_qual.reporting.html import inline_svg
from lde_qual.reporting.people import code_names
from lde_qual.reporting.phrases import count, decimal
from lde_qual.reporting.report_words import say

TEMPLATE = "exploring.html.j2"


@dataclass(frozen=True)
class Section:
    """A part of the page: its pictures, or what is said where there is none, and its table."""

    id: str
    title: str
    lead: str
    drawings: list[Markup] = field(default_factory=list)
    instead: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def exploring_page(
    facts: Facts,
    *,
    likenesses: tuple[Likeness, Likeness],
    stretches: pd.DataFrame,
    pairs: pd.DataFrame,
    lang: str,
    version: str,
) -> str:
    """Return the page.

    Parameters
    ----------
    likenesses : (Likeness, Likeness)
        Of respondents and of codes.
    stretches : DataFrame
        Of `analysis.timeline.timeline`.
    pairs : DataFrame
        Of `analysis.network.network`.
    version : str
        Of this package, for the footer.
    """
    sections = [
        *(_alike(found, lang) for found in likenesses),
        _course(facts, stretches, lang),
        _together(facts, pairs, lang),
    ]
    sizes = {"respondents": len(facts.respondents), "turns": len(facts.turns), "codings": len(facts.codings)}
    environment = Environment(
        loader=PackageLoader("lde_qual.reporting"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["commands"] = _commands
    return environment.get_template(TEMPLATE).render(
        codebook=facts.study.codebook,
        coder=facts.coder,
        facts=say("explore.facts", lang, **{name: count(size, lang=lang) for name, size in sizes.items()}),
        warnings=_warnings(facts, lang),
        sections=sections,
        lang=lang,
        say=lambda name, **values: say(name, lang, **values),
        version=version,
    )


def _commands(text: str) -> Markup:
    """Return a text with what stands between backticks marked as something to type."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - the text is escaped


def _warnings(facts: Facts, lang: str) -> list[str]:
    few = [say("explore.few", lang, n=len(facts.respondents))] if facts.respondents else []
    return [say("explore.warning", lang), *few, say("explore.not_asked", lang), *said(facts, lang)]


def _section(name: str, lang: str, *drawings: Markup, instead: str = "") -> Section:
    return Section(
        name, say(f"explore.section.{name}", lang), say(f"explore.lead.{name}", lang), list(drawings), instead
    )


def _drawn(figure: Picture, name: str, label: str) -> Markup:
    return inline_svg(svg(figure).decode("utf-8"), label=label, prefix=f"{name}-")


def _alike(found: Likeness, lang: str) -> Section:
    many = len(found.items)
    if many < FEWEST:
        return _section(found.of, lang, instead=say("explore.too_few", lang, n=many))
    if many > MOST:
        return _section(found.of, lang, instead=say("explore.too_many", lang, n=many, most=MOST))
    drawings = [
        _drawn(
            draw_likeness(found, table, lang=lang),
            f"{found.of}-{table}",
            say(f"explore.{table}.{found.of}", lang),
        )
        for table in ("map", "tree")
    ]
    return _section(found.of, lang, *drawings)


def _course(facts: Facts, stretches: pd.DataFrame, lang: str) -> Section:
    for what, most in (("lengths", MOST_INTERVIEWS), ("codes", MOST)):
        many = len(stretches.attrs[what])
        if many > most:
            return _section("timeline", lang, instead=say("explore.too_many", lang, n=many, most=most))
    if stretches.empty:
        return _section("timeline", lang, instead=say("explore.no_stretches", lang))
    figure = draw_timeline(facts, stretches, lang=lang)
    return _section("timeline", lang, _drawn(figure, "timeline", say("explore.timeline", lang)))


def _together(facts: Facts, pairs: pd.DataFrame, lang: str) -> Section:
    many = len(pairs.attrs["codes"])
    if many > MOST:
        return _section("network", lang, instead=say("explore.too_many", lang, n=many, most=MOST))
    if pairs.empty:
        return _section("network", lang, instead=say("explore.no_pairs", lang))
    names = code_names(facts.study.codebook)
    drawings = [
        _drawn(draw_network(facts, pairs, picture, lang=lang), picture, say(f"explore.{picture}", lang))
        for picture in ("network", "sankey")
    ]
    rows = [
        [names[a], names[b], *(count(n, lang=lang) for n in counts), decimal(jaccard, lang=lang)]
        for a, b, *counts, jaccard in pairs[["a", "b", "n_ab", "n_a", "n_b", "jaccard"]].itertuples(index=False)
    ]
    heads = [f"{say('code', lang)} a", f"{say('code', lang)} b", say("explore.both", lang), "a", "b", "Jaccard"]
    return replace(_section("network", lang, *drawings), heads=heads, rows=rows)
