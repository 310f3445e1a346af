"""What coders are compared by: the codings of each that count, as columns that hold no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lde_qual.analysis.columns import Ints, packed, unpacked
from lde_qual.analysis.marking import bounds_of
from lde_qual.model.study import Study
from lde_qual.model.transcript import Transcript


@dataclass(frozen=True)
class Passages:
    """One coder's codings that count, in the transcripts that are compared.

    Attributes
    ----------
    code, transcript : array of int, shape (codings,)
        Index among ``codebook.ids()``; index among the transcripts.
    start, end : array of int, shape (codings,)
        Half-open, on the line of all texts (see `text_bases`).
    suggested : array of bool, shape (codings,)
        Made from a suggestion, or while suggestions could be seen.
    in_no_count : int
        Further codings of this coder, of any transcript, that need a look.
    """

    coder: str
    code: Ints
    transcript: Ints
    start: Ints
    end: Ints
    suggested: NDArray[np.bool_]
    in_no_count: int


@dataclass(frozen=True)
class Work:
    """One coder's codings that count, in whatever transcript, as columns that hold no text.

    Attributes
    ----------
    coded : list of str
        The transcripts that the coder coded.
    names : list of str
        Those with a coding that counts.
    code, transcript, start, end, suggested : array, shape (codings,)
        As in `Passages`, with the transcript among `names` and code points into its body.
    in_no_count : int
        Further codings, that need a look.
    """

    coder: str
    coded: list[str]
    names: list[str]
    code: Ints
    transcript: Ints
    start: Ints
    end: Ints
    suggested: NDArray[np.bool_]
    in_no_count: int

    def to_bytes(self) -> bytes:
        """Return everything as bytes."""
        head = {name: getattr(self, name) for name in ("coder", "coded", "names", "in_no_count")}
        return packed(head, [self.code, self.transcript, self.start, self.end, self.suggested])


def work_from(data: bytes) -> Work:
    """Return the work that `Work.to_bytes` gave `data` for."""
    head, arrays = unpacked(data)
    columns: dict[str, Any] = dict(zip(("code", "transcript", "start", "end", "suggested"), arrays, strict=True))
    return Work(**head, **columns)


def work_of(study: Study, coder: str) -> Work:
    """Return what a coder coded in a study."""
    places = study.places(coder)
    names = sorted({stood.transcript for stood in places.stood})
    place = {name: index for index, name in enumerate(names)}
    code_place = {code: index for index, code in enumerate(study.codebook.ids())}
    texts = [study.transcripts[name].text for name in names]
    of = [place[stood.transcript] for stood in places.stood]
    bounds = zip(of, places.start, places.end, strict=True)
    kept = np.array([bool(texts[where][start:end].strip()) for where, start, end in bounds], dtype=bool)
    start, end = bounds_of(places.start, places.end)
    return Work(
        coder,
        study.coded_transcripts(coder),
        names,
        np.array([code_place[code] for code in places.code], dtype=np.int64)[kept],
        np.array(of, dtype=np.int64)[kept],
        start[kept],
        end[kept],
        np.array([stood.suggested for stood in places.stood], dtype=bool)[kept],
        places.in_no_count,
    )


def passages(work: Work, transcripts: Sequence[Transcript]) -> Passages:
    """Return a coder's codings that count and lie in `transcripts`."""
    place = {transcript.name: index for index, transcript in enumerate(transcripts)}
    of_name = np.array([place.get(name, -1) for name in work.names], dtype=np.int64)
    where = of_name[work.transcript]
    here = where >= 0
    base = text_bases(transcripts)[where[here]]
    return Passages(
        work.coder,
        work.code[here],
        where[here],
        base + work.start[here],
        base + work.end[here],
        suggested=work.suggested[here],
        in_no_count=work.in_no_count,
    )


def text_bases(transcripts: Sequence[Transcript]) -> Ints:
    """Return where each transcript's text begins on the line of all texts; no two texts touch."""
    lengths = np.array([len(transcript.text) + 1 for transcript in transcripts], dtype=np.int64)
    return np.cumsum(lengths) - lengths
