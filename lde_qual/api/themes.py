"""The themes of a study, as its folder gives them."""

from __future__ import annotations

from collections.abc import Iterator

from lde_qual.analysis.facts import Facts, lay_out
from lde_qual.analysis.query import Said
from lde_qual.analysis.query_text import Query
from lde_qual.analysis.talk import talk_of
from lde_qual.analysis.themes import FoundTheme, ThemeReader
from lde_qual.api.query import words_of
from lde_qual.api.study import OpenStudy
from lde_qual.errors import LdeQualError, UsageError
from lde_qual.formats.themes import parse_themes
from lde_qual.model.theme import Theme
from lde_qual.store.folder import Loaded
from lde_qual.store.problem import Problem, error
from lde_qual.store.text_files import THEMES


def themes_of(study: OpenStudy, facts: Facts, *, public: bool = False) -> list[FoundTheme]:
    """Return the themes of ``themas.yaml`` with what the study gives for each; none where there is no such file.

    Raises
    ------
    LdeQualError
        For what cannot be read or means nothing in this study, with file and line.
    """
    reader = ThemeReader(facts, lambda query: words_of(study, facts, query, None)())
    try:
        return [reader.found(theme, public=public) for theme in _written(study.store.loaded)]
    except LdeQualError as fault:
        raise fault.in_file(THEMES) from None


def theme_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield everything in ``themas.yaml`` that means nothing in this study."""
    try:
        themes = _written(loaded)
    except LdeQualError as fault:
        yield _problem(fault)
        return
    if not themes or any(problem.fatal for problem in loaded.problems):
        return
    try:
        coder = loaded.study.counting_coder()
    except UsageError:
        return  # without a main coder it is not known whose codings are meant
    facts = lay_out(loaded.study, coder)

    def words(_: Query) -> Said:
        # Whether a term may stand there does not hang on where its lemma is said.
        return Said(talk_of(facts.turns, []), str)

    yield from map(_problem, ThemeReader(facts, words).faults(themes))


def _written(loaded: Loaded) -> tuple[Theme, ...]:
    source = loaded.texts.sources.get(THEMES)
    if source is None:
        return ()
    if source.fault is not None:
        raise source.fault
    return parse_themes(source.text)


def _problem(fault: LdeQualError) -> Problem:
    return error(THEMES, fault.what, fault.way_out, line=fault.line)
