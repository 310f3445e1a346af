"""What a query found, as a list of passages with their citation, or counted."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lde_qual.analysis.facts import TOTAL, Facts
from lde_qual.analysis.frequency import with_attrs
from lde_qual.analysis.query import Answer
from lde_qual.errors import UsageError
from lde_qual.model.citation import Signatures
from lde_qual.model.span import Span
from lde_qual.model.study import PlacedCoding
from lde_qual.model.transcript import word_starts

COUNTS = ("passages", "turns", "words", "respondents", "N", "share", "interviews", "who", "coder")


def found_passages(facts: Facts, answer: Answer, *, public: bool = False) -> pd.DataFrame:
    """Return one row a passage, in order of transcript and place.

    Parameters
    ----------
    public : bool
        Cite in the coarser form.

    Returns
    -------
    DataFrame
        The columns of `quotes.quotes`, then ``start`` and ``end`` in code points. ``code``,
        ``path``, the dimensions and ``mark`` are those of the codings that were asked for
        and lie in the passage, each once, joined by ``;``; NA where there is none.
    """
    study = facts.study
    columns = [
        *("code", "path", "quote", "respondent", "role", "function", "organisation", "transcript", "turn", "time"),
        *(*study.codebook.dimensions, "mark", "unique_label", "cited_as", "start", "end"),
    ]
    lying = _codings_by_turn(facts, answer)
    signatures = Signatures(study, public=public)
    rows = []
    for index, span in answer.ground.passages():
        transcript, turn = facts.turns[index]
        said = {
            name: study.attribute(name, respondent=turn.respondent, transcript=transcript) or None
            for name in ("role", "function", "organisation")
        }
        place = {"respondent": turn.respondent, "transcript": transcript.name, "turn": turn.number}
        text = {"quote": span.of(transcript.text), "time": turn.time or None, "start": span.start, "end": span.end}
        codings = _codings(facts, lying.get(index, ()), span)
        cited_as, unique = signatures.of([turn.respondent])
        rows.append(place | said | text | codings | {"unique_label": unique, "cited_as": cited_as})
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    for name in ("turn", "start", "end"):
        frame[name] = frame[name].astype("Int64")
    frame["unique_label"] = frame["unique_label"].astype("boolean")
    return with_attrs(frame, facts, unit="passages", notices=[in_words(facts, answer)])


def found_counts(facts: Facts, answer: Answer, *, by: str | None = None) -> pd.DataFrame:
    """Return how much was found, per group of an attribute.

    Returns
    -------
    DataFrame
        A row for each group and a row ``total``; columns the attribute and `COUNTS`.
        ``respondents`` are those who speak in a passage, ``N`` those of the group who
        speak at all, ``share`` the one over the other, NA where N is 0; ``words`` have
        their first sign in a passage.

    Raises
    ------
    UsageError
        For a dimension: it divides codings, and a passage may lie under several or none.
    """
    groups = np.zeros(len(facts.turns), dtype=np.int64)
    labels = [TOTAL]
    if by is not None:
        axis = facts.axis(by)
        if axis.of_turns is None:
            raise UsageError(f"'{by}' is a dimension: it divides codings.", way_out=f"Ask for {by}=VALUE instead.")
        groups, labels = axis.of_turns, [*axis.labels, TOTAL]
    passages = list(answer.ground.passages())
    turn = np.array([index for index, _ in passages], dtype=np.int64)
    words = np.array([_words(facts, index, span) for index, span in passages], dtype=np.int64)
    rows = []
    for number, label in enumerate(labels):
        whole = label == TOTAL and number == len(labels) - 1
        here = np.flatnonzero(np.ones(len(turn), dtype=bool) if whole else groups[turn] == number)
        everyone = facts.turn_respondent if whole else facts.turn_respondent[groups == number]
        who = np.unique(facts.turn_respondent[turn[here]])
        rows.append(
            {
                **({by: label} if by is not None else {}),
                "passages": len(here),
                "turns": len(np.unique(turn[here])),
                "words": int(words[here].sum()),
                "respondents": len(who),
                "N": len(np.unique(everyone)),
                "share": len(who) / len(np.unique(everyone)) if len(everyone) else None,
                "interviews": len(np.unique(facts.turn_transcript[turn[here]])),
                "who": ";".join(facts.respondents[found] for found in who),
                "coder": facts.coder,
            }
        )
    frame = pd.DataFrame(rows, columns=[*([by] if by is not None else []), *COUNTS])
    frame["share"] = frame["share"].astype("Float64")
    return with_attrs(frame, facts, unit="passages", notices=[])


def in_words(facts: Facts, answer: Answer) -> str:
    """Return how much was found, as a sentence."""
    passages = [index for index, _ in answer.ground.passages()]
    people = {int(facts.turn_respondent[index]) for index in passages}
    noun, turns = "passage" if len(passages) == 1 else "passages", len(set(passages))
    where = f"in {turns} {'turn' if turns == 1 else 'turns'}"
    return f"{len(passages)} {noun} {where}, of {len(people)} of {len(facts.respondents)} respondents."


def _words(facts: Facts, index: int, span: Span) -> int:
    transcript, turn = facts.turns[index]
    return sum(span.start <= start < span.end for start in word_starts(transcript.text, turn.speech))


def _codings_by_turn(facts: Facts, answer: Answer) -> dict[int, list[tuple[Span, PlacedCoding]]]:
    found: dict[int, list[tuple[Span, PlacedCoding]]] = {}
    for mark in np.flatnonzero(answer.codings[facts.mark_coding]).tolist():
        span = Span(int(facts.mark_start[mark]), int(facts.mark_end[mark]))
        found.setdefault(int(facts.mark_turn[mark]), []).append((span, facts.codings[facts.mark_coding[mark]]))
    return found


def _codings(facts: Facts, lying: list[tuple[Span, PlacedCoding]] | tuple[()], span: Span) -> dict[str, object]:
    here = [placed for where, placed in lying if where.overlaps(span)]
    codebook = facts.study.codebook
    codes = sorted({placed.code for placed in here}, key=facts.codes.index)

    def joined(values: list[str], order: list[str]) -> str | None:
        return ";".join(value for value in order if value in values) or None

    return {
        "code": ";".join(codes) or None,
        "path": ";".join("/".join(codebook.path(code)) for code in codes) or None,
        **{
            name: joined([placed.coding.dimensions.get(name, "") for placed in here], list(values))
            for name, values in codebook.dimensions.items()
        },
        "mark": joined([placed.coding.mark for placed in here], ["typerend", "tegenstem"]),
    }
