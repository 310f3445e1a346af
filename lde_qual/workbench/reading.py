"""Reading a code: its fragments through the whole study, each with its question and how it is cited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape

import pandas as pd

from lde_qual.api.query import query
from lde_qual.api.study import OpenStudy
from lde_qual.errors import UsageError
from lde_qual.model.citation import cite, is_unique
from lde_qual.model.span import Span
from lde_qual.model.study import PlacedCoding, Study
from lde_qual.model.transcript import Transcript, Turn
from lde_qual.workbench.payloads import Json, coding

AROUND = 60
"""Characters shown before and after a fragment."""


def fragment(model: Study, placed: PlacedCoding) -> Json:
    """Return a coding with its words, the question before it and its citation."""
    return {"coding": coding(placed), **_passage(model, model.transcripts[placed.coding.transcript], placed.span)}


def _passage(model: Study, transcript: Transcript, span: Span) -> Json:
    covered = list(transcript.turns_of(span))
    speaking = [turn for turn in covered if not turn.interviewer]
    respondents = list(dict.fromkeys(turn.respondent for turn in speaking))
    text = transcript.text
    return {
        "transcript": transcript.name,
        "start": span.start,
        "end": span.end,
        "quote": span.of(text),
        "question": _question(transcript, covered),
        "respondents": respondents,
        "roles": [model.attribute("role", respondent=each, transcript=transcript) for each in respondents],
        "turn": covered[0].number if covered else None,
        "time": speaking[0].time if speaking else "",
        "cited_as": cite(model, respondents) if respondents else f"({transcript.name})",
        "unique_label": is_unique(model, respondents),
        "before": text[max(0, span.start - AROUND) : span.start],
        "after": text[span.end : span.end + AROUND],
    }


def _question(transcript: Transcript, covered: list[Turn]) -> str:
    """Return what the interviewer said last before the fragment."""
    if not covered or covered[0].interviewer:
        return ""
    before = [turn for turn in transcript.turns[: covered[0].number - 1] if turn.interviewer]
    return before[-1].speech.of(transcript.text) if before else ""


def _chosen(model: Study, coder: str, asked: Mapping[str, str]) -> Iterator[PlacedCoding]:
    code = model.codebook.require(asked.get("code", ""))
    below = set(model.codebook.subtree(code)) if asked.get("subtree", "true") == "true" else {code}
    dimension, value = asked.get("dimension", ""), asked.get("value", "")
    for placed in model.placed(coder):
        made = placed.coding
        if (
            placed.counts
            and placed.code in below
            and (not value or made.dimensions.get(dimension) == value)
            and asked.get("mark", made.mark) == made.mark
            and asked.get("transcript", made.transcript) == made.transcript
        ):
            yield placed


_NONE: Json = {"dimensions": {}}
"""What a passage without a coding has of a coding's values."""


def _asked_for(study: OpenStudy, coder: str, expr: str) -> list[Json]:
    """Return the passages of a query: they are no codings yet."""
    model = study.model
    found = query(study, expr, coder=coder if coder in model.people() else None)
    if not isinstance(found, pd.DataFrame):
        raise TypeError(found)
    places = zip(found["transcript"], found["start"], found["end"], strict=True)
    return [
        {"coding": None, **_passage(model, model.transcripts[name], Span(int(start), int(end)))}
        for name, start, end in places
    ]


def _keys(group: str, model: Study) -> Callable[[Json], list[tuple[str, str]]]:
    """Return what gives a fragment its groups, each with its label."""
    if group == "respondent":
        return lambda found: [(each, f"{each} · {_who(model, each)}".rstrip(" ·")) for each in found["respondents"]]
    if group == "role":
        return lambda found: [(each, model.codebook.role_label(each)) for each in dict.fromkeys(found["roles"])]
    if group == "transcript":
        return lambda found: [(found["transcript"], found["transcript"])]
    if group in model.codebook.dimensions:
        return lambda found: [(value, value) for value in [(found["coding"] or _NONE)["dimensions"].get(group, "")]]
    if group == "none":
        return lambda _found: [("", "")]
    raise UsageError(f"'{group}' is no group.", way_out="Use respondent, role, transcript, none or a dimension.")


def _who(model: Study, respondent: str) -> str:
    person = model.respondents.get(respondent)
    return " ".join(filter(None, (person.function, person.organisation))) if person else ""


def reading(study: OpenStudy, coder: str, asked: Mapping[str, str]) -> Json:
    """Return the fragments of a code, or the passages of a query, grouped.

    Parameters
    ----------
    asked : mapping
        ``code``; and ``subtree`` (``true`` unless given), ``dimension`` with ``value``,
        ``mark``, ``transcript``; or ``query`` instead; and ``role``, ``group``
        (``respondent`` unless given).

    Notes
    -----
    A fragment of two respondents stands under both; ``total`` counts it once.
    """
    model = study.model
    if asked.get("query"):
        found = _asked_for(study, coder, asked["query"])
    else:
        found = [fragment(model, placed) for placed in _chosen(model, coder, asked)]
    role = asked.get("role", "")
    found = [each for each in found if not role or role in each["roles"]]
    found.sort(key=lambda each: (each["transcript"], each["start"]))
    keys = _keys(asked.get("group", "respondent"), model)
    groups: dict[str, Json] = {}
    for each in found:
        for key, label in keys(each) or [("", "")]:
            group = groups.setdefault(key, {"key": key, "label": label, "fragments": []})
            group["fragments"].append(each)
    ordered = sorted(groups.values(), key=lambda group: (not group["key"], group["key"]))
    people = {person for each in found for person in each["respondents"]}
    return {"total": len(found), "respondents": len(people), "groups": ordered}


def basket(study: OpenStudy, coder: str) -> Json:
    """Return the quote basket in order, and as what is copied out: Markdown, rows, a table."""
    model = study.model
    placed = {each.coding.id: each for each in model.placed(coder) if each.counts}
    items: list[Json] = [
        {
            "coding": str(item.get("coding", "")),
            "note": str(item.get("note", "")),
            "fragment": fragment(model, placed[item["coding"]]) if item.get("coding") in placed else None,
        }
        for item in model.state(coder).basket
    ]
    shown = [
        (item["fragment"]["quote"], item["fragment"]["cited_as"], item["note"]) for item in items if item["fragment"]
    ]
    markdown = [
        f"> {quote.replace(chr(10), chr(10) + '> ')}\n>\n> {cited}\n" + (f"\n{note}\n" if note else "")
        for quote, cited, note in shown
    ]
    rows = ["\t".join(" ".join(cell.split()) for cell in row) for row in shown]
    cells = ["".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) for row in shown]
    table = "".join(f"<tr>{each}</tr>" for each in cells)
    # A word processor makes a table of the last, a spreadsheet and a text field take the rows.
    return {
        "items": items,
        "markdown": "\n".join(markdown),
        "rows": "\n".join(rows),
        "html": f"<table><tbody>{table}</tbody></table>",
    }
