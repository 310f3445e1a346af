"""Numbers as they stand in print: n of N, percentages only where N bears them."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from lde_qual.model.citation import SAFE
from lde_qual.reporting.report_words import say


def n_of(n: int, whole: int, *, lang: str, min_percent: int) -> str:
    """Return ``3 van 10``, with a percentage where N is at least `min_percent` (and never under three)."""
    if not whole:
        return say("undefined", lang)
    text = say("n_of_N", lang, n=count(n, lang=lang), N=count(whole, lang=lang))
    return f"{text}{percentage(n, whole, min_percent=min_percent)}"


def percentage(n: int, whole: int, *, min_percent: int) -> str:
    """Return `` (30%)`` where N is at least `min_percent` (and never under three), else nothing.

    Halves go up, and only nobody is 0% and only everybody 100%.
    """
    if whole < max(min_percent, SAFE):
        return ""
    if 0 < 200 * n < whole:
        return " (<1%)"
    if whole < 200 * (whole - n) or n == whole:
        return f" ({(200 * n + whole) // (2 * whole)}%)"
    return " (>99%)"


def n_or_not_asked(n: int, whole: int, asked: Any, *, lang: str, min_percent: int) -> str:
    """Return `n_of`, or ``niet bevraagd`` where nobody of the group was asked and nobody named it."""
    if whole and n == 0 and not pd.isna(asked) and asked == 0:
        return say("not_asked", lang)
    return n_of(n, whole, lang=lang, min_percent=min_percent)


def decimal(value: object, *, lang: str) -> str:
    """Return a fraction with two decimals, or the word for undefined; only nothing is 0.00."""
    if not isinstance(value, float) or pd.isna(value):
        return say("undefined", lang)
    text = "<0.01" if 0 < value < 0.005 else f"{value:.2f}"
    return text.replace(".", ",") if lang == "nl" else text


def count(value: int, *, lang: str) -> str:
    """Return a whole number, thousands apart: ``71 350`` in Dutch, ``71,350`` in English."""
    return f"{value:,}".replace(",", "\u202f") if lang == "nl" else f"{value:,}"


_PLURALS = {
    # Endings that name people and allow one plural alone: 'ambtenaar', 'directeur' and 'officier' take another or
    # either, and 'functie' is nobody. Of a label of several words the last is not always the noun.
    "nl": ((re.compile(r"[\w-]*[aeiouy]\w*[b-df-hj-np-tv-xz]er"), "s"), (re.compile(r"[\w-]+ende"), "n")),
    "en": ((re.compile(r"[\w-]+(?:er|or|ee|ist|ian)"), "s"),),
}


def plural(label: str, *, lang: str) -> str:
    """Return the plural of a role's label of one word; empty where the ending does not make it sure."""
    return next((label + ending for ends, ending in _PLURALS[lang] if ends.fullmatch(label)), "")
