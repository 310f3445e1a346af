"""Passages from outside a study: one JSON object a line, and the predictions that answer them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lde_qual.errors import FormatError
from lde_qual.formats.text import normalised

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class OutsidePassage:
    """A passage that is in no transcript of the study.

    Attributes
    ----------
    code : str
        As the file says; empty where it says none.
    respondent : str
        Empty where the file does not say who.
    line : int
        Line of the file, from 1.
    """

    id: str
    text: str
    code: str
    respondent: str
    line: int


def parse_passages(text: str, *, need_code: bool = False) -> list[OutsidePassage]:
    """Read lines of ``{"id", "text"[, "code"][, "respondent"]}``; other keys and empty lines are passed over.

    Raises
    ------
    FormatError
        For a line that is no such object, an empty id or text, an id that occurs twice,
        a missing code where `need_code` is set, and a file without a line.
    """
    found: dict[str, OutsidePassage] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            passage = _passage(line, number, need_code=need_code)
            if passage.id in found:
                raise FormatError(
                    f"The id '{passage.id}' stands on line {found[passage.id].line} too.",
                    way_out="Give every passage an id of its own.",
                    line=number,
                )
            found[passage.id] = passage
    if not found:
        raise FormatError("The file holds no passage.", way_out='Write a line {"id": "1", "text": "…"} for each.')
    return list(found.values())


def _passage(line: str, number: int, *, need_code: bool) -> OutsidePassage:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise FormatError(
            f"This is no JSON ({fault}).", way_out="Write one JSON object a line, in UTF-8.", line=number
        ) from None
    if not isinstance(fields, dict):
        raise FormatError(
            f"{str(fields)[:60]!r} is no object.", way_out='Write {"id": …, "text": …} on each line.', line=number
        )
    identifier, text = _text(fields, "id", number), _text(fields, "text", number)
    code, respondent = (
        _text(fields, "code", number, needed=need_code),
        _text(fields, "respondent", number, needed=False),
    )
    return OutsidePassage(identifier, text, code, respondent, number)


def _text(fields: Mapping[str, Any], key: str, number: int, *, needed: bool = True) -> str:
    value = fields.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and key in {"id", "respondent"}:
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise FormatError(
            f"'{key}' is {json.dumps(value)}, which is no text.", way_out="Put it in quotes.", line=number
        )
    value = normalised(value or "").strip()
    if _LONE_SURROGATE.search(value):
        raise FormatError(
            f"'{key}' holds half a sign, \\ud800 to \\udfff without its other half.",
            way_out="Write the sign itself, in UTF-8.",
            line=number,
        )
    if needed and not value:
        raise FormatError(f"'{key}' is missing or empty.", way_out=f'Add "{key}": "…" to the line.', line=number)
    return value


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is said of one passage: every candidate, best first."""

    id: str
    ranked: Sequence[tuple[str, float, float]]
    abstained: bool


def format_predictions(predictions: Iterable[Prediction]) -> str:
    """Return a line ``{"id", "ranked": [{"code", "score", "confidence"}, …], "abstained"}`` for each, in order."""
    return "".join(json.dumps(_as_object(each), ensure_ascii=False) + "\n" for each in predictions)


def _as_object(prediction: Prediction) -> dict[str, Any]:
    ranked = [
        {"code": code, "score": float(f"{score:.6g}"), "confidence": float(f"{confidence:.6g}")}
        for code, score, confidence in prediction.ranked
    ]
    return {"id": prediction.id, "ranked": ranked, "abstained": prediction.abstained}
