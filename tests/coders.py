"""Studies that several coders coded, made in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.transcript import parse_transcript
from lde_qual.model.fold import fold
from lde_qual.model.operation import Operation
from lde_qual.model.respondent import Respondent
from lde_qual.model.rules import coding_body
from lde_qual.model.study import Study

CODEBOOK = """\
title: Overeenstemming
codes:
  - id: top
    label: Top
    codes: [{id: een, label: Een}, {id: twee, label: Twee}]
  - {id: los, label: Los}
"""
PEOPLE = {name: Respondent(name, {"role": "a"}) for name in ("R1", "R2", "R3")}
AT = "2026-01-01T00:00:00Z"

Passage = tuple[str, int, int, str]
"""Transcript, start, end, code; offsets into the first turn's speech, which begins after ``R1: ``."""


def coded(
    texts: Mapping[str, str],
    codings: Mapping[str, Sequence[Passage]],
    *,
    codebook: str = CODEBOOK,
    **done: Sequence[str],
) -> Study:
    """A study of `texts` in which each coder made these codings; `done` names what a coder read to its end."""
    transcripts = {name: parse_transcript(text, name=name, respondents=PEOPLE) for name, text in texts.items()}
    study = Study(parse_codebook(codebook), transcripts, PEOPLE)
    for coder, passages in codings.items():
        bodies = [coding_body(study, transcript=t, start=s, end=e, code=c) for t, s, e, c in passages]
        written = [("code", body) for body in bodies] + [("done", {"transcript": t}) for t in done.get(coder, ())]
        study.states[coder] = fold(
            coder,
            [Operation(f"{coder}-{at}", at + 1, AT, coder, op, body) for at, (op, body) in enumerate(written)],
        )
    return study
