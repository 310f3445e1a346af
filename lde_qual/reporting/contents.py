"""Everything a report counts, in one place: the result tables, and how far the coding has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from lde_qual.analysis.codings import codings
from lde_qual.analysis.cooccurrence import UNITS as PAIR_UNITS
from lde_qual.analysis.cooccurrence import cooccurrence
from lde_qual.analysis.facts import Facts
from lde_qual.analysis.framework import framework
from lde_qual.analysis.frequency import UNITS, frequency
from lde_qual.analysis.matrix import matrix
from lde_qual.analysis.overview import overview
from lde_qual.analysis.participants import groups, participants
from lde_qual.analysis.quotes import quotes
from lde_qual.analysis.themes import FoundTheme, theme_table
from lde_qual.model.citation import PLACEHOLDER
from lde_qual.reporting.report_words import say

Step = Callable[[str], None]
PRINTED_PER_CODE = 3
FRAMEWORK = "framework"
THEMES = "themes"
"""Table of what the claims rest on; there only where the study has themes."""
MOST_MAIN_CODES = 24
"""More rows than this are no main codes any more: nobody takes in a larger heat map."""


@dataclass(frozen=True)
class Contents:
    """What a report is made of.

    Attributes
    ----------
    tables : dict of str to DataFrame
        By the name of their file, in the order of the workbook.
    groups : DataFrame
        Respondents, transcripts, turns and words of each role, a row ``total`` last.
    printed_quotes : DataFrame
        At most `quotes_per_code` quotes for each code and role.
    main_codes : list of str
        The codes of overview and figures.
    themes : tuple of FoundTheme
        What the claims of the study rest on.
    parts : tuple of str
        The parts that were chosen, in order; none where all stand as usual.
    passages : bool
        Whether the page shows the passages behind its cells.
    public : bool
        Whether citations have the coarser form.
    """

    facts: Facts
    tables: dict[str, pd.DataFrame]
    groups: pd.DataFrame
    printed_quotes: pd.DataFrame
    main_codes: list[str]
    themes: tuple[FoundTheme, ...] = ()
    parts: tuple[str, ...] = ()
    quotes_per_code: int = PRINTED_PER_CODE
    passages: bool = True
    public: bool = False
    coded: int = 0
    countable: int = 0
    left_out: int = 0
    flagged: frozenset[str] = field(default_factory=frozenset)

    def shows(self, part: str) -> bool:
        """Tell whether a part goes in the report; themes only where the study has some."""
        return (not self.parts or part in self.parts) and (part != THEMES or bool(self.themes))

    def notices(self, lang: str) -> list[str]:
        """Return what must be said beside the numbers, in `lang`."""
        found = []
        if not self.countable:
            found.append(say("notice_no_transcripts", lang))
        if self.coded < self.countable:
            found.append(say("notice_uncoded", lang, coded=self.coded, all=self.countable))
        if not self.facts.codings:
            found.append(say("notice_no_codings", lang))
        if self.left_out:
            name = "notice_look_one" if self.left_out == 1 else "notice_look"
            found.append(say(name, lang, count=self.left_out))
        return found


def table_names(dimension: str) -> list[str]:
    """Return the names of all tables, in the order of the workbook.

    Parameters
    ----------
    dimension : str
        The first dimension of the codebook; empty where there is none.
    """
    return [
        *("overview", FRAMEWORK),
        *(f"frequency_role_{unit}" for unit in UNITS),
        *([f"frequency_role_{dimension}"] if dimension else []),
        "matrix_respondent_code",
        *(f"cooccurrence_{unit}" for unit in ("turn", *(unit for unit in PAIR_UNITS if unit != "turn"))),
        *("cooccurrence_turn_role", "quotes", "respondents", "codings"),
    ]


def gather(
    facts: Facts,
    *,
    public: bool = False,
    step: Step = lambda _: None,
    beside: Mapping[str, pd.DataFrame] | None = None,
    themes: Sequence[FoundTheme] = (),
    parts: Sequence[str] = (),
    quotes_per_code: int | None = None,
    passages: bool = True,
) -> Contents:
    """Count everything that the report shows.

    Parameters
    ----------
    public : bool
        Cite in the coarser form, and leave out what that form does not show.
    step : callable
        Called with the name of each table before it is made.
    beside : mapping of str to DataFrame, optional
        Result tables that are not counted from codings alone, by name.
    themes : sequence of FoundTheme
        What the claims of the study rest on.
    parts : sequence of str
        The parts that go in, in order; all as usual where there is none. Everything is
        counted all the same: what is printed may rest on what is not.
    quotes_per_code : int, optional
        Quotes printed of each code and role at most; `PRINTED_PER_CODE` unless given.
    passages : bool
        Whether the page shows the passages behind its cells.
    """
    most = quotes_per_code or PRINTED_PER_CODE
    study = facts.study
    makers = _makers(facts, public=public)
    tables = {}
    for name in table_names(study.codebook.first_dimension):
        step(name)
        tables[name] = _coarser(facts, makers[name]()) if public else makers[name]()
    tables |= beside or {}
    tables |= {THEMES: theme_table(facts, themes)} if themes else {}
    every = tables["quotes"]
    return Contents(
        facts=facts,
        tables=tables,
        groups=groups(facts),
        printed_quotes=_printed_quotes(facts, most=most, public=public),
        main_codes=main_codes(facts),
        themes=tuple(themes),
        parts=tuple(parts),
        quotes_per_code=most,
        passages=passages,
        public=public,
        coded=len(study.coded_transcripts(facts.coder)),
        countable=len(study.countable()),
        left_out=sum(not placed.counts for placed in study.placed(facts.coder)),
        flagged=frozenset(every.loc[every["unique_label"].eq(True), "cited_as"]),
    )


def _makers(facts: Facts, *, public: bool) -> dict[str, Callable[[], pd.DataFrame]]:
    coder = [facts.coder] if facts.coder else []
    dimension = facts.study.codebook.first_dimension
    makers: dict[str, Callable[[], pd.DataFrame]] = {
        "overview": lambda: overview(facts, public=public),
        # A memo is a note of the researcher, and may name anybody.
        FRAMEWORK: lambda: framework(facts, cells="quotes" if public else "memos"),
        "matrix_respondent_code": lambda: matrix(facts, rows="respondent", cols="code", unit="segments"),
        "cooccurrence_turn_role": lambda: cooccurrence(facts, unit="turn", by="role"),
        "quotes": lambda: quotes(facts, public=public),
        "respondents": lambda: participants(facts),
        "codings": lambda: codings(facts.study, coder),
    }
    makers |= {f"cooccurrence_{unit}": partial(cooccurrence, facts, unit=unit) for unit in PAIR_UNITS}
    makers |= {f"frequency_role_{unit}": partial(frequency, facts, by=["role"], unit=unit) for unit in UNITS}
    if dimension:
        makers[f"frequency_role_{dimension}"] = lambda: frequency(facts, by=["role", dimension])
    return makers


def _coarser(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the attributes of a person that the coarser citation does not show, and without memos."""
    shown = set(PLACEHOLDER.findall(facts.study.codebook.public)) | {"role"}
    hidden = [name for name in facts.study.respondent_attributes() if name not in shown]
    hidden += [] if "function" in shown else ["function"]
    hidden.append("memo")
    kept = {name: None for name in hidden if name in frame.columns and "who" not in frame.columns}
    result = frame.assign(**kept)
    result.attrs = frame.attrs
    return result


def main_codes(facts: Facts) -> list[str]:
    """Return the codes of overview and figures: ``report_codes``, else the second level, else the roots."""
    codebook = facts.study.codebook
    if codebook.report_codes:
        return list(dict.fromkeys(codebook.require(code) for code in codebook.report_codes))
    second = codebook.cut(2)
    return second if len(second) <= MOST_MAIN_CODES else codebook.cut(1)


def _printed_quotes(facts: Facts, *, most: int, public: bool) -> pd.DataFrame:
    known = facts.study.codebook.roles
    spoken = {person.role for person in facts.study.respondents.values()}
    order = [*known, *sorted(spoken - set(known) - {""})]
    parts = [quotes(facts, role=role, per_code=most, public=public) for role in order]
    every = quotes(facts, public=public)
    parts.append(every[every["role"].isna()].groupby("code", sort=False).head(most))
    # A passage of two roles was chosen for both; it is printed once.
    return pd.concat(parts, ignore_index=True).drop_duplicates(["code", "transcript", "turn", "quote"])
