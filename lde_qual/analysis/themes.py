"""What the claims of a study rest on: who says it, who says otherwise, and in whose words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lde_qual.analysis.facts import NONE, TOTAL, Facts, lay_out
from lde_qual.analysis.frequency import count_all, cross, few, with_attrs
from lde_qual.analysis.query import Answer, Said, answer
from lde_qual.analysis.query_tables import found_passages
from lde_qual.analysis.query_text import Both, Compared, Either, Opposite, Query, parse_query
from lde_qual.analysis.quotes import READABLE, Quote, quotes_of
from lde_qual.errors import FormatError, LdeQualError, UnknownError, UsageError
from lde_qual.model.span import Span
from lde_qual.model.theme import Theme, Written

RESTS_ON, TOGETHER, CONTRARY, OTHERWISE, BOTH = "rests_on", "together", "contrary", "otherwise", "both"
AGAINST = (CONTRARY, OTHERWISE)
_ID = re.compile(r"[0-9a-f]{4,8}(-[0-9a-f-]*)?(\.\d+)?")
_SHOWN = 3
Words = Callable[[Query], Said]


@dataclass(frozen=True)
class Basis:
    """A row of a theme's table.

    Attributes
    ----------
    part : str
        ``rests_on`` or ``contrary`` for one expression; ``otherwise`` for one with another
        value of the first dimension (see `otherwise`); ``together`` for what any of `rests_on`
        holds; ``both`` for who is found there and by what speaks against it.
    text : str
        The expression as written; empty for the last two.
    query : Query or None
    who : frozenset of int
        Indices of the respondents.
    """

    part: str
    text: str
    query: Query | None
    who: frozenset[int]


@dataclass(frozen=True)
class FoundTheme:
    """A theme with what the study gives for it; `negative` holds passages as `found_passages` gives them."""

    theme: Theme
    bases: list[Basis]
    quotes_for: list[Quote]
    quotes_against: list[Quote]
    negative: pd.DataFrame


class ThemeReader:
    """Reads themes against some facts.

    Parameters
    ----------
    words : callable
        Returns the words of the facts' turns for an expression that asks for words.
    """

    def __init__(self, facts: Facts, words: Words) -> None:
        self.facts, self.words = facts, words
        self._quotes: dict[str | None, list[Quote]] = {}

    def found(self, theme: Theme, *, public: bool = False) -> FoundTheme:
        """Return a theme with what the study gives for it.

        Parameters
        ----------
        public : bool
            Cite negative cases in the coarser form.

        Raises
        ------
        LdeQualError
            For an expression or a quote that means nothing here, with its line.
        """
        asked = [self._asked(each) for each in theme.rests_on]
        pairs = list(zip(theme.rests_on, asked, strict=True))
        named = [(CONTRARY, each.text, *self._asked(each)) for each in theme.contrary]
        opposed = named or [
            (OTHERWISE, written.text, query, self._answer(turned))
            for written, (query, _) in pairs
            if (turned := otherwise(query, self.facts.study.codebook.first_dimension)) is not None
        ]
        for_ = [Basis(RESTS_ON, written.text, query, self._who(held)) for written, (query, held) in pairs]
        against = [Basis(part, text, query, self._who(held)) for part, text, query, held in opposed]
        together: frozenset[int] = frozenset().union(*(basis.who for basis in for_))
        bases = [*for_, Basis(TOGETHER, "", None, together), *against]
        if against:
            bases.append(Basis(BOTH, "", None, together & frozenset().union(*(basis.who for basis in against))))
        return FoundTheme(
            theme=theme,
            bases=bases,
            quotes_for=[self._quote(each) for each in theme.quotes_for],
            quotes_against=[self._quote(each) for each in theme.quotes_against],
            negative=self._negative([held for _, _, _, held in opposed], public=public),
        )

    def faults(self, themes: Iterable[Theme]) -> Iterator[LdeQualError]:
        """Yield every expression and quote of some themes that means nothing here."""
        for theme in themes:
            for read, written in (
                (self._asked, (*theme.rests_on, *theme.contrary)),
                (self._quote, (*theme.quotes_for, *theme.quotes_against)),
            ):
                for each in written:
                    try:
                        read(each)
                    except LdeQualError as error:
                        yield error

    def _asked(self, written: Written) -> tuple[Query, Answer]:
        try:
            query = parse_query(written.text)
            return query, self._answer(query)
        except LdeQualError as error:
            what = f"In '{written.text}': {error.what[:1].lower()}{error.what[1:]}"
            raise FormatError(what, way_out=error.way_out, line=written.line) from None

    def _answer(self, query: Query) -> Answer:
        return answer(self.facts, query, words=lambda: self.words(query))

    def _who(self, held: Answer) -> frozenset[int]:
        return frozenset(int(self.facts.turn_respondent[turn]) for turn, _ in held.ground.passages())

    def _quote(self, written: Written) -> Quote:
        """Return the coding that an id, whole or cut, or the first words of its passage name.

        What the coder whose codings count did not code is looked for among those of the main
        coder, then of the others: a passage may be quoted whoever coded it.
        """
        wanted = written.text
        study = self.facts.study
        coders = dict.fromkeys([self.facts.coder, study.codebook.main_coder, *study.states])
        places = next(filter(None, (self._places(coder, wanted) for coder in coders)), {})
        if len(places) == 1:
            return next(iter(places.values()))
        if not places:
            raise UnknownError(
                f"No coding that counts begins with '{wanted}'.",
                way_out="Give the id of a coding, as `lde-qual codings` lists it, or the first words of its passage.",
                line=written.line,
            )
        ids = [quote.placed.coding.id for quote in places.values()][:_SHOWN]
        raise UsageError(
            f"{len(places)} passages begin with '{wanted}': {', '.join(sorted(ids))}{' …' * (len(places) > _SHOWN)}.",
            way_out="Write more of its words, or its id.",
            line=written.line,
        )

    def _places(self, coder: str | None, wanted: str) -> dict[tuple[str, Span], Quote]:
        """Return the passages of a coder that an id or first words name."""
        if coder not in self._quotes:
            mine = self.facts if coder == self.facts.coder else lay_out(self.facts.study, coder)
            self._quotes[coder] = quotes_of(mine)
        quotes = self._quotes[coder]
        exact = [quote for quote in quotes if quote.placed.coding.id == wanted]
        # Several codes at one passage are several codings with the same words.
        fitting = reversed(exact or _fitting(quotes, wanted))
        return {(quote.placed.coding.transcript, quote.placed.span): quote for quote in fitting}

    def _negative(self, answers: list[Answer], *, public: bool) -> pd.DataFrame:
        """Return one passage of each respondent who says otherwise: one of readable length, else the nearest to it."""
        frames = [found_passages(self.facts, held, public=public) for held in answers]
        if not frames:
            return pd.DataFrame({"respondent": [], "quote": [], "cited_as": [], "unique_label": []})
        every = pd.concat(frames, ignore_index=True)
        short, long = READABLE
        words = np.array([len(quote.split()) for quote in every["quote"]], dtype=np.int64)
        every["away"] = np.maximum(np.maximum(short - words, words - long), 0)
        best = every.sort_values(["respondent", "away", "transcript", "start"], kind="stable")
        return best.drop_duplicates("respondent").reset_index(drop=True)


def _fitting(quotes: list[Quote], wanted: str) -> list[Quote]:
    if _ID.fullmatch(wanted):
        cut = [quote for quote in quotes if quote.placed.coding.id.startswith(wanted)]
        if cut:
            return cut
    first = " ".join(wanted.split()).casefold()
    return [quote for quote in quotes if " ".join(quote.text.split()).casefold().startswith(first)]


def otherwise(query: Query, dimension: str) -> Query | None:
    """Return the query for the same with another value of a dimension; None where it names no value of it.

    A coding without a value says nothing otherwise.
    """
    if isinstance(query, Either):
        turned = [found for part in query.parts if (found := otherwise(part, dimension)) is not None]
        return Either(tuple(turned)) if turned else None
    if not isinstance(query, Both):
        return None
    named = [part for part in query.parts if isinstance(part, Compared) and part.name == dimension]
    if not named or any(part.value == NONE for part in named):
        return None
    given = Compared(dimension, NONE, named[0].at, named[0].value_at)
    rest = tuple(part for part in query.parts if part not in named)
    return Both((*rest, *(Opposite(part) for part in named), Opposite(given)))


def theme_table(facts: Facts, themes: Iterable[FoundTheme]) -> pd.DataFrame:
    """Return how many respondents of each role every row of every theme holds.

    Returns
    -------
    DataFrame
        ``theme, part, rests_on, role, n, N, share, who, unit, coder, small_n``: a row
        for each role and a row ``total``; ``N`` counts the respondents of the role who speak,
        ``share`` is n / N, NA where N is 0; ``part`` as in `Basis`.
    """
    axis = facts.axis("role")
    grid, whole = cross(facts, [axis]), cross(facts, [])
    labels = [*axis.labels, TOTAL]
    sizes = [*count_all(facts, "respondents", grid).tolist(), *count_all(facts, "respondents", whole).tolist()]
    small = [*few(facts, grid).tolist(), *few(facts, whole).tolist()]
    group = dict(zip(facts.turn_respondent.tolist(), grid.of_turns.tolist(), strict=True))
    rows = []
    for found in themes:
        for basis in found.bases:
            for place, label in enumerate(labels):
                who = sorted(each for each in basis.who if label == TOTAL or group[each] == place)
                rows.append(
                    {
                        "theme": found.theme.title,
                        "part": basis.part,
                        "rests_on": basis.text or None,
                        "role": label,
                        "n": len(who),
                        "N": sizes[place],
                        "share": len(who) / sizes[place] if sizes[place] else None,
                        "who": ";".join(facts.respondents[each] for each in who),
                        "unit": "respondents",
                        "coder": facts.coder,
                        "small_n": small[place],
                    }
                )
    columns = ["theme", "part", "rests_on", "role", "n", "N", "share", "who", "unit", "coder", "small_n"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["share"] = frame["share"].astype("Float64")
    return with_attrs(frame, facts, unit="respondents")
