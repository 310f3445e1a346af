"""The tidy table of codings: the one that every view is derived from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lde_qual.analysis.facts import attribute_names, covered_turns
from lde_qual.analysis.rows import above_cut, chosen_codes
from lde_qual.errors import UsageError
from lde_qual.model.span import Span
from lde_qual.model.study import PlacedCoding, Study
from lde_qual.model.transcript import Transcript, Turn, word_starts

PER = ("coding", "turn")
FIRST_COLUMNS = (
    *("coding", "transcript", "start", "end", "quote", "code", "path", "coder", "respondent", "role", "organisation"),
    *("speaker", "turn", "time", "words", "origin", "memo", "created"),
)
LAST_COLUMNS = ("prompted", "suggestions_visible", "mark")
_WHOLE_NUMBERS = ("start", "end", "turn", "words")


@dataclass(frozen=True)
class _Layout:
    """What goes for the whole table.

    `personal` are the attributes of those who speak, one value for each of them;
    `of_transcripts` those that a transcript alone bears, whoever speaks or nobody.
    """

    study: Study
    personal: list[str]
    of_transcripts: list[str]
    with_interviewer: bool
    knows_asked: bool


def codings(
    study: Study,
    coders: Sequence[str],
    *,
    per: str = "coding",
    codes: Sequence[str] | None = None,
    level: int | None = None,
    with_interviewer: bool = False,
    only: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return one row a coding, or one row for each turn a coding counts in.

    Parameters
    ----------
    coders : sequence of str
        Whose codings; each coder's stand apart in column ``coder``.
    per : str
        ``coding`` or ``turn``. Per turn, what is said of the speaker, and ``turn``,
        ``time`` and ``words``, are that turn's; start, end and quote stay the coding's.
    codes, level
        Only codings at these codes and below, or at and below the cut.
    only : sequence of str, optional
        Only codings in these transcripts.

    Returns
    -------
    DataFrame
        Columns as in ``interface``: `FIRST_COLUMNS`, one a dimension, one a further
        attribute, `LAST_COLUMNS`. ``words`` counts what the coding covers of the
        respondents' speech; codings that need a look have NA there.
    """
    if per not in PER:
        raise UsageError(f"There is no table per '{per}'.", way_out=f"Use {' or '.join(PER)}.")
    standard = {"role", "organisation"}
    further = [name for name in attribute_names(study) if name not in standard]
    if not any(transcript.attributes.get("kind") for transcript in study.transcripts.values()):
        further.remove("kind")
    personal = study.respondent_attributes()
    of_transcripts = [name for name in further if name not in personal]
    layout = _Layout(study, personal, of_transcripts, with_interviewer, study.knows_asked())
    wanted = _wanted(study, codes, level)
    found = [placed for placed in _in_order(study, coders) if only is None or placed.coding.transcript in only]
    rows = [
        row for placed in found if wanted is None or placed.code in wanted for row in _rows(layout, placed, per=per)
    ]
    columns = [*FIRST_COLUMNS, *study.codebook.dimensions, *further, *LAST_COLUMNS]
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    for name in _WHOLE_NUMBERS:
        frame[name] = frame[name].astype("Int64")
    for name in ("prompted", "suggestions_visible"):
        frame[name] = frame[name].astype("boolean")
    notices = above_cut(study.codebook, level, (placed.code for placed in found))
    frame.attrs = {"unit": per, "coder": ";".join(coders) or None, "notices": notices}
    return frame


def _in_order(study: Study, coders: Sequence[str]) -> list[PlacedCoding]:
    found = [placed for coder in coders for placed in study.placed(coder)]
    return sorted(found, key=lambda placed: (placed.coding.transcript, placed.span, placed.code, placed.coding.id))


def _wanted(study: Study, codes: Sequence[str] | None, level: int | None) -> set[str] | None:
    if codes is None and level is None:
        return None
    chosen = chosen_codes(study.codebook, codes=codes, level=level)
    return {below for code in chosen for below in study.codebook.subtree(code)}


def _rows(layout: _Layout, placed: PlacedCoding, *, per: str) -> list[dict[str, object]]:
    transcript = layout.study.transcripts.get(placed.coding.transcript)
    base = _of_coding(layout, placed, transcript)
    if transcript is None or placed.how == "look" or not transcript.has_respondents:
        return [base]
    every = covered_turns(placed, transcript)
    counting = [(turn, span) for turn, span in every if layout.with_interviewer or not turn.interviewer]
    if not counting:
        asked_in = every[:1]
        return [base | _of_turns(layout, transcript, asked_in, silent=True)]
    groups = [counting] if per == "coding" else [[pair] for pair in counting]
    prompted = _prompted(layout, transcript, every, placed.code)
    return [base | {"prompted": prompted} | _of_turns(layout, transcript, group) for group in groups]


def _of_coding(layout: _Layout, placed: PlacedCoding, transcript: Transcript | None) -> dict[str, object]:
    coding = placed.coding
    quote = placed.span.of(transcript.text) if transcript is not None and placed.how != "look" else coding.anchor.quote
    return {
        "coding": coding.id,
        "transcript": coding.transcript,
        "start": placed.span.start,
        "end": placed.span.end,
        "quote": quote,
        "code": placed.code,
        "path": "/".join(layout.study.codebook.path(placed.code)) if placed.counts else None,
        "coder": coding.coder,
        "origin": coding.origin,
        "memo": coding.memo or None,
        "created": coding.created,
        "suggestions_visible": coding.suggestions_visible,
        "mark": coding.mark or None,
        **{name: coding.dimensions.get(name) for name in layout.study.codebook.dimensions},
        **{
            name: layout.study.attribute(name, respondent="", transcript=transcript) or None
            for name in layout.of_transcripts
            if transcript is not None
        },
    }


def _of_turns(
    layout: _Layout, transcript: Transcript, turns: list[tuple[Turn, Span]], *, silent: bool = False
) -> dict[str, object]:
    """Return what is said of the speakers; a coding that counts in no turn keeps place and label alone."""
    if not turns:
        return {}
    first = turns[0][0]
    place: dict[str, object] = {"turn": first.number, "time": first.time or None}
    if silent:
        return place | {"speaker": first.label, "words": 0}
    speakers = {turn.respondent: turn.label for turn, _ in reversed(turns)}
    order = list(dict.fromkeys(turn.respondent for turn, _ in turns))
    values = {
        name: [layout.study.attribute(name, respondent=who, transcript=transcript) for who in order]
        for name in layout.personal
    }
    return {
        **place,
        "respondent": ";".join(order),
        "speaker": ";".join(speakers[who] for who in order),
        "words": sum(len(word_starts_in(transcript, turn, span)) for turn, span in turns),
        **{name: _joined(found) for name, found in values.items()},
    }


def word_starts_in(transcript: Transcript, turn: Turn, span: Span) -> list[int]:
    """Return the words of a turn whose first character lies in `span`."""
    return [start for start in word_starts(transcript.text, turn.speech) if span.start <= start < span.end]


def _joined(values: list[str]) -> str | None:
    return ";".join(value or "NA" for value in values) if any(values) else None


def _prompted(layout: _Layout, transcript: Transcript, turns: list[tuple[Turn, Span]], code: str) -> bool | None:
    """Tell whether the question before the first answer in `turns` is on `code`; None where nobody answers."""
    answer = next((turn for turn, _ in turns if not turn.interviewer), None)
    if answer is None or not layout.knows_asked:
        return None
    before = [other for other in transcript.turns[: answer.number - 1] if other.interviewer]
    return code in layout.study.asked_in(before[-1:])
