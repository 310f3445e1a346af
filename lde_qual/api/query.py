"""Passages that match an expression: listed, counted, or coded in one step."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lde_qual.analysis.facts import Facts
from lde_qual.analysis.query import Answer, Said, answer, asks_words
from lde_qual.analysis.query_tables import found_counts, found_passages
from lde_qual.analysis.query_text import Query, parse_query
from lde_qual.analysis.talk import talk_of
from lde_qual.api.searching import index_of
from lde_qual.api.spoken import Progress, pipeline_of, spoken
from lde_qual.api.study import OpenStudy, language
from lde_qual.api.views import facts_of
from lde_qual.errors import UsageError
from lde_qual.model.rules import coding_body


def query(  # noqa: PLR0913 - every option of the command is a keyword of the same name
    study: OpenStudy,
    expr: str,
    *,
    count: bool = False,
    quotes: bool = False,
    code: str | None = None,
    by: str | None = None,
    aggregate: bool = True,
    public: bool = False,
    coder: str | None = None,
    lang: str | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
    progress: Progress | None = None,
) -> pd.DataFrame | list[str]:
    """Return the passages that match an expression, count them, or code them.

    Parameters
    ----------
    expr : str
        Codes, ``name=value``, ``"words"``, ``lemma:word``, joined by ``!``, ``within K
        turns of``, ``&`` and ``|``, in this order of binding; parentheses.
    count : bool
        How much was found, instead of the list.
    quotes : bool
        The list; so it is unless `count` or `code` is given.
    code : str, optional
        Code every passage at this code, in one operation that one `undo` takes back.
    by : str, optional
        With `count`: an attribute to divide by.
    aggregate : bool
        Whether a code stands for its whole subtree.
    public : bool
        Cite in the coarser form.
    coder : str, optional
        Whose codings are asked; with `code`, also whose journal is written.
    progress : callable, optional
        Told how many texts have their lemmas, where a term asks for lemmas.

    Returns
    -------
    DataFrame or list of str
        See `analysis.query_tables.found_passages` and `found_counts`; with `code`, the
        id of each passage's coding, one that was there already included.

    Raises
    ------
    LdeQualError
        For an expression that cannot be read, or names what the study does not hold: the
        message names the position. Nothing is written then.
    """
    language(study, lang)
    _refuse_mixed(count=count, quotes=quotes, code=code, by=by, public=public)
    asked = parse_query(expr)
    if code is not None:
        study.refresh()
        code = study.model.codebook.require(code)
        coder = study.writer(coder)
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    found = answer(facts, asked, words=words_of(study, facts, asked, progress), aggregate=aggregate)
    if code is not None:
        return _code(study, facts, found, code=code, coder=study.writer(coder))
    frame = found_counts(facts, found, by=by) if count else found_passages(facts, found, public=public)
    frame.attrs["query"] = expr
    if asks_words(asked, lemma=True):
        frame.attrs["pipeline"] = pipeline_of(study).name
        frame.attrs["notices"] = [*frame.attrs["notices"], pipeline_of(study).notice]
    return frame


def _refuse_mixed(*, count: bool, quotes: bool, code: str | None, by: str | None, public: bool) -> None:
    given = [name for name, there in (("--count", count), ("--quotes", quotes), ("--code", code is not None)) if there]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} do not go together.", way_out="Give one of them.")
    if by is not None and not count:
        raise UsageError("--by goes with --count alone.", way_out="Add --count, or leave --by out.")
    if public and (count or code is not None):
        raise UsageError(
            f"--public does not go with {given[0]}.", way_out="It says how passages are cited in the list."
        )


def words_of(study: OpenStudy, facts: Facts, asked: Query, progress: Progress | None) -> Callable[[], Said]:
    """Return what gives the words of the facts; texts get their lemmas only where a term asks for one."""
    made: list[Said] = []

    def words() -> Said:
        if not made:
            if asks_words(asked, lemma=True):
                lemmas = spoken(study, progress=progress).lemmas
                of_turns = [lemmas[transcript.name][turn.number - 1] for transcript, turn in facts.turns]
                made.append(Said(talk_of(facts.turns, of_turns), index_of(study).lemma_of))
            else:
                made.append(Said(talk_of(facts.turns, [])))
        return made[0]

    return words


def _code(study: OpenStudy, facts: Facts, found: Answer, *, code: str, coder: str) -> list[str]:
    there = {
        (placed.coding.transcript, placed.span): placed.coding.id
        for placed in study.model.placed(coder)
        if placed.counts and placed.code == code
    }
    places = [(facts.turns[index][0].name, span) for index, span in found.ground.passages()]
    fresh = [place for place in places if place not in there]
    bodies = [
        coding_body(study.model, transcript=transcript, start=span.start, end=span.end, code=code)
        for transcript, span in fresh
    ]
    ids = study.store.write_batch(coder, [("code", body) for body in bodies]) if bodies else []
    made = there | dict(zip(fresh, ids, strict=True))
    return [made[place] for place in places]
