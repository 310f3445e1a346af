"""What a report holds, as data: its sections, their tables and figures, and the files these are in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lde_qual.analysis.cooccurrence import UNITS as PAIR_UNITS
from lde_qual.analysis.frequency import UNITS
from lde_qual.model.citation import SAFE
from lde_qual.reporting.contents import FRAMEWORK, THEMES, Contents
from lde_qual.reporting.people import role_name
from lde_qual.reporting.phrases import count
from lde_qual.reporting.report_words import say

EFFECT = "suggestion_effect"
"""Table of how coding with and without suggestions differs; there only where suggestions could be seen."""

_SECTION_OF = {
    "overview": "overview",
    FRAMEWORK: "overview",
    "quotes": "quotes",
    "respondents": "respondents",
    "codings": "quotes",
    EFFECT: "method",
    THEMES: "themes",
}
SECTIONS = ("respondents", "overview", "themes", "codes", "cooccurrence", "quotes", "method", "codebook")
COREQ = "coreq"
PARTS = (*SECTIONS, COREQ)
"""What a person may choose; COREQ's items stand in the Word document alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A table or figure.

    Attributes
    ----------
    id : str
        Name of its files without folder and ending.
    kind : str
        ``table`` or ``figure``.
    title, caption : str
        In the language of the report; the caption says the unit and, for figures, N.
    role : str
        The one role that a figure shows; empty for all.
    """

    id: str
    kind: str
    title: str
    caption: str
    role: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The files it is in, relative to the results."""
        # Roles and dimensions are named by people, and a file cannot bear every sign.
        stem = re.sub(r"[^\w-]+", "-", self.id).strip("-")
        if self.kind == "figure":
            return (f"figures/{stem}.png", f"figures/{stem}.svg", f"figures/{stem}.pdf")
        return (f"tables/{stem}.csv",)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page with the tables and figures that belong to it."""

    id: str
    title: str
    entries: tuple[Entry, ...]


def outline(contents: Contents, *, lang: str) -> list[Section]:
    """Return the sections of the report in order."""
    entries = [*tables(contents, lang=lang), *figures(contents, lang=lang)]
    return [
        Section(section, say(f"section.{section}", lang), tuple(e for e in entries if _section(e.id) == section))
        for section in contents.parts or SECTIONS
        if section in SECTIONS and contents.shows(section)
    ]


def tables(contents: Contents, *, lang: str) -> list[Entry]:
    """Return every table of the parts that are shown, in the order of the workbook."""
    dimension = contents.facts.study.codebook.first_dimension
    return [_table(name, dimension, lang) for name in contents.tables if contents.shows(_section(name))]


def figures(contents: Contents, *, lang: str) -> list[Entry]:
    """Return every figure of the parts that are shown; a role of fewer than three respondents has none of its own."""
    return [entry for entry in _every_figure(contents, lang=lang) if contents.shows(_section(entry.id))]


def _every_figure(contents: Contents, *, lang: str) -> list[Entry]:
    codebook, sizes = contents.facts.study.codebook, contents.groups
    if not codebook.ids():
        return []
    everyone = say("everyone_N", lang, n=int(sizes["respondents"].iloc[-1]))
    turns = [count(int(found), lang=lang) for found in sizes["turns"]]
    found = [_figure("code_by_role", lang, everyone)]
    if contents.main_codes != codebook.ids():
        found.append(_figure("code_by_role_tree", lang, everyone))
    if len(contents.main_codes) < 2:
        return found
    note = say("fig_cooccurrence_note", lang)
    title = say("cooccurrence_of", lang, group=everyone, turns=turns[-1])
    found.append(Entry("cooccurrence", "figure", title, note))
    for role, size, spoken in zip(sizes["role"][:-1], sizes["respondents"][:-1], turns[:-1], strict=True):
        if size >= SAFE:
            group = say("group_N", lang, role=role_name(role, codebook, lang), n=size)
            title = say("cooccurrence_of", lang, group=group, turns=spoken)
            found.append(Entry(f"cooccurrence_{role}", "figure", title, note, role))
    return found


def _section(name: str) -> str:
    if name.startswith("cooccurrence"):
        return "cooccurrence"
    return _SECTION_OF.get(name, "codes")


def _figure(name: str, lang: str, everyone: str) -> Entry:
    title = f"{say(f'fig_{name}', lang)}: {everyone}"
    return Entry(name, "figure", title, say("fig_code_by_role_note", lang))


def _table(name: str, dimension: str, lang: str) -> Entry:
    known = {f"frequency_role_{unit}" for unit in UNITS}
    if name.startswith("frequency_role_") and name not in known:
        title = say("table.frequency_role_dimension", lang, dimension=dimension)
        return Entry(name, "table", title, say("caption.frequency", lang, unit=say("respondents", lang)))
    return Entry(name, "table", say(f"table.{name}", lang), _caption(name, lang))


def _caption(name: str, lang: str) -> str:
    kind = name.removeprefix("cooccurrence_").removeprefix("frequency_role_")
    if name == "frequency_role_segments":
        return say("caption.frequency_segments", lang)
    if name.startswith("frequency"):
        return say("caption.frequency", lang, unit=say(kind, lang))
    if name == "matrix_respondent_code":
        return say("caption.matrix", lang)
    return say(f"caption.{kind}" if kind in {*PAIR_UNITS, "turn_role"} else f"caption.{name}", lang)
