"""Result tables as people read them: labels for ids, words for column names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from lde_qual.analysis.facts import NONE, TOTAL
from lde_qual.model.codebook import Codebook
from lde_qual.reporting.report_words import say
from lde_qual.reporting.words import heading

_CODE_COLUMNS = ("code", "a", "b")
_VALUES = {
    "origin": ("human", "accepted"),
    "mark": ("typerend", "tegenstem"),
    "quote_choice": ("typerend", "voorstel"),
    "part": ("rests_on", "together", "contrary", "otherwise", "both"),
}
_UNITS = ("respondents", "segments", "turns", "words", "transcripts")


def code_names(codebook: Codebook) -> dict[str, str]:
    """Return what stands for each code: its label, with the label above it where two codes share one."""
    often = Counter(codebook.code(code).label for code in codebook.ids())
    names = {}
    for code in codebook.ids():
        label, above = codebook.code(code).label, codebook.parent(code)
        names[code] = f"{codebook.code(above).label} › {label}" if often[label] > 1 and above else label
    return names


def role_name(role: str, codebook: Codebook, lang: str) -> str:
    """Return what stands for a role: its label, or the word for nobody's or everybody's."""
    words = {NONE: say("none", lang), TOTAL: say("total", lang)}
    return words.get(role) or codebook.role_label(role)


def for_people(frame: pd.DataFrame, codebook: Codebook, *, lang: str) -> pd.DataFrame:
    """Return a result table with labels in the place of ids, and headings in `lang`."""
    names = code_names(codebook)
    shown = frame.drop(columns=["code"]) if {"code", "label"} <= set(frame.columns) else frame.copy()
    for column in _CODE_COLUMNS:
        if column in shown:
            shown[column] = shown[column].map(lambda code: names.get(code, code))
    if "path" in shown:
        shown["path"] = shown["path"].map(lambda path: _path(path, codebook))
    for column in ("role", *codebook.dimensions):
        if column in shown:
            shown[column] = shown[column].map(lambda value: _group(value, codebook, lang))
    if "unit" in shown:
        shown["unit"] = shown["unit"].map(lambda unit: say(unit if unit in _UNITS else f"unit.{unit}", lang))
    for column, values in _VALUES.items():
        if column in shown:
            words = {value: say(f"value.{value}", lang) for value in values}
            shown[column] = shown[column].map(lambda value, words=words: words.get(value, value))
    return shown.rename(columns=_headings(shown, codebook, lang))


def _path(path: object, codebook: Codebook) -> object:
    if not isinstance(path, str):
        return path
    return " › ".join(codebook.code(code).label for code in path.split("/"))


def _group(value: object, codebook: Codebook, lang: str) -> object:
    """Return the labels of a role, of several joined by ``;``, or of a value of a dimension."""
    if not isinstance(value, str):
        return value
    return ";".join(role_name(part, codebook, lang) for part in value.split(";"))


def _headings(frame: pd.DataFrame, codebook: Codebook, lang: str) -> Mapping[str, str]:
    headings: dict[str, str] = {}
    for column in frame.columns:
        name = str(column)
        if name in codebook.roles or name == NONE:
            found = role_name(name, codebook, lang)
        elif name.startswith("N_"):
            found = f"N {role_name(name[2:], codebook, lang)}"
        else:
            found = say(name, lang) if name in _UNITS else heading(name, lang)
        headings[name] = found
    return headings
