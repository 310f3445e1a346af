"""A small study in a folder, for tests that need one on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

CODEBOOK = """\
# Het codeboek van een kleine studie
title: Kleine studie
language: nl
main_coder: onderzoeker
roles: {vdab: VDAB-medewerker, management: managementfunctie}
dimensions:
  richting: [belemmerend, faciliterend]
codes:
  - id: instroom
    label: Instroom
    codes:
      - id: instroom-vdab
        label: Instroom via VDAB
      - id: screening
        label: Screening
        formerly: selectie
  - id: mobiliteit
    label: Mobiliteit  # vervoer en afstand
"""

RESPONDENTS = """\
respondent,role,organisation,transcript,function
R01,vdab,VDAB Gent,gesprek één,bemiddelaar
R02,management,Maatwerk Zuid,gesprek één,directeur
R03,vdab,VDAB Aalst,interview-02,consulent
"""

TRANSCRIPTS: Mapping[str, str] = {
    "gesprek één": """\
---
date: 2024-03-01
---
I: Hoe komen mensen binnen?
R01 [00:01:10]: Via de VDAB, na een screening. 😀 Dat duurt lang.
R02: Bij ons komt niemand zonder bus. De bus is er niet.

I: En daarna?
R01: Daarna wachten ze.
""",
    "interview-02": """\
I: Wat helpt er?
R03: Een goede begeleider helpt, en een café om de hoek.
Dat is alles.
""",
}


def make_study(
    tmp_path: Path,
    *,
    codebook: str | None = CODEBOOK,
    respondents: str | None = RESPONDENTS,
    transcripts: Mapping[str, str] = TRANSCRIPTS,
    leidraad: str | None = None,
) -> Path:
    """Write a study into a folder whose name has spaces and non-ASCII letters, and return that folder.

    None leaves a file out; without `transcripts` and `respondents` there is no transcripts folder.
    """
    folder = tmp_path / "studie één – café"
    folder.mkdir()
    files = {"codebook.yaml": codebook, "leidraad.yaml": leidraad, "transcripts/respondents.csv": respondents}
    files |= {f"transcripts/{name}.txt": text for name, text in transcripts.items()}
    for name, text in files.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return folder


def code_words(study: Any, passages: Iterable[tuple[str, str, str]]) -> None:
    """Code, of each transcript named, the first place of some words at a code."""
    for name, quote, code in passages:
        start = study.model.transcripts[name].text.index(quote)
        study.code(transcript=name, start=start, end=start + len(quote), code=code)
