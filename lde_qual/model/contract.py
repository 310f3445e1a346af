"""Names that the tables of this package have taken: no attribute or dimension may bear them.

A table that never has an attribute or dimension beside its own columns takes no name
but those of the contract: every name taken is one less for people's own columns.
"""

from __future__ import annotations

from collections.abc import Iterable

from lde_qual.errors import FormatError

FILLED_BY_PEOPLE = frozenset(
    {"role", "organisation", "function", "date", "place", "mode", "duration", "guide", "wave", "kind"}
)
"""Attributes that the contract itself defines for people to fill."""

OVERVIEW_COLUMNS = (
    "phase",
    "code",
    "label",
    "respondents",
    "N",
    "asked",
    "interviews",
    "who",
    "quote",
    "cited_as",
    "quote_choice",
    "counter_quote",
    "counter_cited_as",
)
"""Fixed columns of the one table whose other columns are roles."""

_COLUMNS = (
    ("level", "file", "line", "what", "way_out"),
    ("coding", "transcript", "start", "end", "quote", "code", "path", "coder", "respondent", "role", "organisation"),
    ("speaker", "turn", "time", "words", "origin", "memo", "created", "prompted", "suggestions_visible", "mark"),
    ("code", "path", "level", "label", "n", "N", "share", "asked", "interviews", "who", "unit", "coder", "aggregate"),
    ("n", "N", "value", "unit", "coder", "base", "of", "small_n"),
    ("groups", "value", "p", "p_adjusted", "tests", "test", "correction"),
    ("a", "b", "n_a", "n_b", "n_ab", "n", "jaccard", "p_b_given_a", "p_a_given_b", "lift", "unit", "coder"),
    OVERVIEW_COLUMNS,
    ("code", "path", "quote", "respondent", "role", "function", "organisation", "transcript", "turn", "time"),
    ("mark", "unique_label", "cited_as"),
    ("transcript", "start", "end", "quote", "rank", "code", "score", "confidence", "method", "reason"),
    ("code", "n", "precision", "recall", "f1", "average_precision"),
    ("metric", "value", "low", "high", "majority", "keywords"),
    ("code", "unit", "n", "prevalence", "agreement", "kappa", "alpha", "low", "high"),
    ("order", "transcript", "new", "cumulative", "share"),
    ("lemma", "n", "N", "per_1000", "keyness", "respondents", "pipeline", "log_ratio", "of_respondents"),
    ("transcript", "turn", "respondent", "left", "match", "right", "start", "end", "pipeline"),
    ("lemma", "n", "N", "elsewhere", "expected", "keyness", "log_ratio", "respondents", "pipeline"),
    ("passages", "turns", "words", "respondents", "N", "share", "interviews", "who", "coder"),
    ("memo", "kind", "about", "created", "coder", "text"),
    ("op", "seq", "at", "coder", "kind", "what", "in_force"),
    ("id", "parent", "label", "definition", "include", "exclude", "examples", "keywords", "colour"),
    ("table", "row", "column", "before", "after", "operations"),
)

CONTRACT_COLUMNS: frozenset[str] = frozenset(name for table in _COLUMNS for name in table) - FILLED_BY_PEOPLE


def check_names(names: Iterable[str], *, what: str, error: type[FormatError], line: int | None = None) -> None:
    """Refuse names of attributes or dimensions that a table already uses for a column of its own.

    Parameters
    ----------
    what : str
        What bears the names, as it stands in the message: ``attribute`` or ``dimension``.
    error : type of FormatError
        What to raise: the error of the file that the names stand in.

    Raises
    ------
    FormatError
        The given `error`, for the first such name.
    """
    for name in names:
        if name in CONTRACT_COLUMNS:
            raise error(
                f"The {what} '{name}' bears the name of a column of the tables.",
                way_out=f"Choose another name, for example '{name}_{what}'.",
                line=line,
            )
