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
from lde_qual.workbench.payloads import Json, coding, place_of_note

NONE = "(none)"
"""Asked for as a value of a dimension: the fragments that have none."""
IS = "is."
"""Before a dimension's name: the value that is asked for."""


class Citing:
    """How respondents are cited, worked out once for all their fragments."""

    def __init__(self, model: Study) -> None:
        self._model = model
        self._known: dict[tuple[str, ...], tuple[str, bool]] = {}

    def __call__(self, respondents: list[str], otherwise: str) -> Json:
        """Return the citation, `otherwise` where nobody speaks, and whether nobody else bears it."""
        key = tuple(respondents)
        if key not in self._known:
            self._known[key] = (cite(self._model, respondents), is_unique(self._model, respondents))
        cited, unique = self._known[key]
        return {"cited_as": cited if respondents else f"({otherwise})", "unique_label": unique}


def fragment(model: Study, placed: PlacedCoding, citing: Citing) -> Json:
    """Return a coding with its words, the question before it and its citation."""
    passage = _passage(model, model.transcripts[placed.coding.transcript], placed.span, citing)
    return {"coding": coding(placed), **passage}


def _passage(model: Study, transcript: Transcript, span: Span, citing: Citing) -> Json:
    covered = list(transcript.turns_of(span))
    speaking = [turn for turn in covered if not turn.interviewer]
    respondents = list(dict.fromkeys(turn.respondent for turn in speaking))
    text = transcript.text
    return {
        "transcript": transcript.name,
        "start": span.start,
        "end": span.end,
        "quote": span.of(text),
        "sha": transcript.body_sha256,
        "said": _said(transcript, covered, span),
        "question": _question(transcript, covered),
        "respondents": respondents,
        "roles": [model.attribute("role", respondent=each, transcript=transcript) for each in respondents],
        "turn": covered[0].number if covered else None,
        "time": speaking[0].time if speaking else "",
        **citing(respondents, transcript.name),
    }


def _said(transcript: Transcript, covered: list[Turn], span: Span) -> list[Json]:
    """Return who says which part of a passage over several turns; nothing where it stays in one."""
    if len(covered) < 2:
        return []
    parts = [(turn, (turn.speech & span).of(transcript.text).strip()) for turn in covered]
    return [{"speaker": turn.label, "interviewer": turn.interviewer, "text": said} for turn, said in parts]


def _question(transcript: Transcript, covered: list[Turn]) -> str:
    """Return what the interviewer asked last before the fragment; a "Hm hm" in between is no question.

    A turn asks that has a question's id or a question mark; where none does, it is what the
    interviewer said last.
    """
    if not covered or covered[0].interviewer:
        return ""
    said = [turn for turn in transcript.turns[: covered[0].number - 1] if turn.interviewer]
    asked = [turn for turn in said if turn.questions or "?" in turn.speech.of(transcript.text)]
    return (asked or said)[-1].speech.of(transcript.text) if said else ""


def _chosen(model: Study, coder: str, asked: Mapping[str, str]) -> Iterator[PlacedCoding]:
    book = model.codebook
    below = set(book.ids())
    if asked.get("code"):
        code = book.require(asked["code"])
        below = set(book.subtree(code)) if asked.get("subtree", "true") == "true" else {code}
    values = {name: asked[f"{IS}{name}"] for name in book.dimensions if asked.get(f"{IS}{name}")}
    for placed in model.placed(coder):
        made = placed.coding
        if (
            placed.counts
            and placed.code in below
            and all((made.dimensions.get(name) or NONE) == value for name, value in values.items())
            and asked.get("mark", made.mark) == made.mark
        ):
            yield placed


def _asked_for(study: OpenStudy, coder: str, expr: str, citing: Citing) -> list[Json]:
    """Return the passages of a query, each with the codings that stand on words of it."""
    model = study.model
    found = query(study, expr, coder=coder if coder in model.people() else None)
    if not isinstance(found, pd.DataFrame):
        raise TypeError(found)
    coded: dict[str, list[PlacedCoding]] = {}
    for placed in model.placed(coder):
        if placed.counts:
            coded.setdefault(placed.coding.transcript, []).append(placed)
    places = zip(found["transcript"], found["start"], found["end"], strict=True)
    passages = []
    for name, start, end in places:
        span = Span(int(start), int(end))
        there = [coding(each) for each in coded.get(name, ()) if each.span.overlaps(span)]
        passages.append({"coding": None, "codings": there, **_passage(model, model.transcripts[name], span, citing)})
    return passages


def _noted(model: Study, coder: str, found: list[Json]) -> None:
    """Give each passage the notes that stand on words of it."""
    notes: dict[str, list[tuple[Span, str]]] = {}
    for note in model.state(coder).notes.values():
        transcript = model.transcripts.get(note.anchor.transcript)
        span = place_of_note(transcript, note.anchor) if transcript else None
        if span:
            notes.setdefault(note.anchor.transcript, []).append((span, note.text))
    for each in found:
        here = Span(each["start"], each["end"])
        each["notes"] = [text for span, text in notes.get(each["transcript"], ()) if span.overlaps(here)]


def _values(found: Json, name: str) -> list[str]:
    codings = [found["coding"]] if found["coding"] else found["codings"]
    return list(dict.fromkeys(each["dimensions"].get(name, "") for each in codings))


def _keys(group: str, model: Study) -> Callable[[Json], list[tuple[str, str]]]:
    """Return what gives a fragment its groups, each with its label."""
    if group == "respondent":
        return lambda found: [(each, f"{each} · {_who(model, each)}".rstrip(" ·")) for each in found["respondents"]]
    if group == "role":
        return lambda found: [(each, model.codebook.role_label(each)) for each in dict.fromkeys(found["roles"])]
    if group == "transcript":
        return lambda found: [(found["transcript"], found["transcript"])]
    if group in model.codebook.dimensions:
        return lambda found: [(value, value) for value in _values(found, group)]
    if group == "none":
        return lambda _found: [("", "")]
    raise UsageError(f"'{group}' is no group.", way_out="Use respondent, role, transcript, none or a dimension.")


def _order(group: str, model: Study) -> dict[str, int]:
    """Return where the groups stand that have an order of their own: the codebook's."""
    given = model.codebook.roles if group == "role" else model.codebook.dimensions.get(group, ())
    return {key: at for at, key in enumerate(given)}


def _who(model: Study, respondent: str) -> str:
    person = model.respondents.get(respondent)
    return " ".join(filter(None, (person.function, person.organisation))) if person else ""


def reading(study: OpenStudy, coder: str, asked: Mapping[str, str]) -> Json:
    """Return the fragments of a code, or the passages of a query, grouped.

    Parameters
    ----------
    asked : mapping
        ``code`` (every code unless given); ``subtree`` (``true`` unless given), ``mark``,
        ``is.<dimension>`` with a value or ``(none)``; or ``query`` instead; and ``role``,
        ``transcript``, ``group`` (``respondent`` unless given).

    Notes
    -----
    A fragment of two respondents stands under both; ``total`` counts it once. ``code`` is
    today's id of the code that was asked for, which may have been merged into another.
    """
    model = study.model
    citing = Citing(model)
    if asked.get("query"):
        found = _asked_for(study, coder, asked["query"], citing)
    else:
        found = [fragment(model, placed, citing) for placed in _chosen(model, coder, asked)]
    role, transcript = asked.get("role", ""), asked.get("transcript", "")
    found = [each for each in found if not role or role in each["roles"]]
    found = [each for each in found if not transcript or transcript == each["transcript"]]
    found.sort(key=lambda each: (each["transcript"], each["start"]))
    _noted(model, coder, found)
    by = asked.get("group", "respondent")
    keys, order = _keys(by, model), _order(by, model)
    groups: dict[str, Json] = {}
    for each in found:
        for key, label in keys(each) or [("", "")]:
            group = groups.setdefault(key, {"key": key, "label": label, "fragments": []})
            group["fragments"].append(each)
    ordered = sorted(groups.values(), key=lambda group: (not group["key"], order.get(group["key"], 0), group["key"]))
    people = {person for each in found for person in each["respondents"]}
    code = model.codebook.require(asked["code"]) if asked.get("code") and not asked.get("query") else ""
    return {"code": code, "total": len(found), "respondents": len(people), "groups": ordered}


def basket(study: OpenStudy, coder: str) -> Json:
    """Return the quote basket in order, and as what is copied out: Markdown, rows, a table."""
    model = study.model
    placed = {each.coding.id: each for each in model.placed(coder) if each.counts}
    citing = Citing(model)
    items: list[Json] = [
        {
            "coding": str(item.get("coding", "")),
            "note": str(item.get("note", "")),
            "fragment": fragment(model, placed[item["coding"]], citing) if item.get("coding") in placed else None,
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
