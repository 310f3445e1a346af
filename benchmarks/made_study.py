"""A made study of any size, for the benchmarks: drawn words, respondents in three roles, drawn codings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lde_qual.formats.journal import encode, uuid7
from lde_qual.formats.transcript import parse_transcript
from lde_qual.model.anchor import make_anchor
from lde_qual.model.operation import Operation, anchor_body
from lde_qual.model.respondent import Respondent
from lde_qual.model.span import Span
from lde_qual.model.transcript import Transcript

Ints = NDArray[np.int64]
ROLES = ("vdab", "management", "werkvloerbegeleider")
AT = "2026-01-01T00:00:00.000Z"
TURNS, BATCH = 100, 500


@dataclass(frozen=True)
class Size:
    """How large: `codings` of each coder, `characters` of each interview."""

    interviews: int
    codings: int
    codes: int
    characters: int = 50_000
    coders: tuple[str, ...] = ("anna",)


def make(folder: Path, size: Size, *, seed: int = 1) -> None:
    """Write a study into an empty folder.

    Passages are log-normal in length (median 220 characters), codes fall off as 1 / rank,
    and two in five passages get a second code on nearly the same words.
    """
    rng = np.random.default_rng(seed)
    (folder / "transcripts").mkdir()
    (folder / "codings").mkdir()
    codes = "\n".join(f"  - {{id: c{number}, label: Code {number}}}" for number in range(size.codes))
    first = f"title: Gemaakt\nmain_coder: {size.coders[0]}\nroles: {{{', '.join(f'{role}: {role}' for role in ROLES)}}}"
    (folder / "codebook.yaml").write_text(f"{first}\ncodes:\n{codes}\n", encoding="utf-8")
    rows = [f"R{number},{ROLES[number % 3]},huis,t{number:04}" for number in range(size.interviews)]
    table = "\n".join(["respondent,role,organisation,transcript", *rows]) + "\n"
    (folder / "transcripts" / "respondents.csv").write_text(table, encoding="utf-8")
    texts = [_transcript(rng, number, size.characters) for number in range(size.interviews)]
    for transcript in texts:
        (folder / "transcripts" / f"{transcript.name}.txt").write_text(transcript.text, encoding="utf-8", newline="\n")
    for number, coder in enumerate(size.coders):
        journal = folder / "codings" / f"{coder}.jsonl"
        _journal(journal, coder, texts, _drawn(rng, size, seed=seed + 1, noise=number), start=number)


def _transcript(rng: np.random.Generator, number: int, characters: int) -> Transcript:
    letters = rng.integers(97, 123, characters).astype(np.uint8)
    letters[rng.random(characters) < 0.17] = 32
    words = letters.tobytes().decode()
    each = characters // TURNS
    turns = [
        f"{'I' if turn % 2 == 0 else f'R{number}'}: x{words[turn * each : (turn + 1) * each - 5]}"
        for turn in range(TURNS)
    ]
    name = f"t{number:04}"
    return parse_transcript(
        "\n".join(turns) + "\n", name=name, respondents={f"R{number}": Respondent(f"R{number}", {})}
    )


def _drawn(rng: np.random.Generator, size: Size, *, seed: int, noise: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Return interview, start, length and code of each coding; the second coder draws the same and shifts half."""
    chance = np.random.default_rng(seed)
    interview = np.sort(chance.integers(0, size.interviews, size.codings))
    start = chance.integers(10, size.characters - 6_000, size.codings)
    length = np.clip(chance.lognormal(5.4, 0.8, size.codings).astype(np.int64), 8, 5_000)
    twice = np.flatnonzero(chance.random(size.codings) < 0.4)[1:]
    start[twice], length[twice], interview[twice] = start[twice - 1], length[twice - 1], interview[twice - 1]
    weight = 1 / np.arange(1, size.codes + 1)
    code = chance.choice(size.codes, size.codings, p=weight / weight.sum())
    if noise:
        moved = rng.random(size.codings) < 0.5
        start = start + np.where(moved, rng.integers(-8, 60, size.codings), 0)
    return interview, start, length, code


def _journal(path: Path, coder: str, texts: list[Transcript], drawn: tuple[Ints, ...], *, start: int) -> None:
    rows = list(zip(*(column.tolist() for column in drawn), strict=True))
    prev = ""
    with path.open("wb") as file:
        for seq, first in enumerate(range(0, len(rows), BATCH), start=1):
            bodies = [
                anchor_body(make_anchor(texts[interview], Span(begin, begin + length))) | {"code": f"c{code}"}
                for interview, begin, length, code in rows[first : first + BATCH]
            ]
            identifier = uuid7(1_767_225_600_000 + seq * 10 + start, bytes(10))
            body = {"operations": [{"op": "code", "body": each} for each in bodies]}
            line = encode(Operation(identifier, seq, AT, coder, "batch", body), prev=prev, salt="0" * 32)
            file.write(line.to_bytes())
            prev = line.sum
