"""A study in which the page suggests codes, and what it answers about them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from pages import ask
from studies import make_study

from lde_qual.workbench.app import Service

CODEBOOK = """\
title: Beslissen
language: nl
main_coder: anna
suggestions: {suggestions}
blind_share: {blind}
codes:
  - {{id: vervoer, label: Vervoer, keywords: [bus, fiets, trein], definition: Hoe iemand op het werk geraakt.}}
  - id: leren
    label: Leren
    codes:
      - {{id: taal, label: Taal, keywords: [nederlands, taalles], definition: Hoe goed iemand Nederlands spreekt.}}
"""
PEOPLE = "respondent,role,organisation,transcript\nR01,vdab,VDAB,een\nR02,vdab,VDAB,twee\n"
TALK = {
    "een": """\
I: Wat loopt er moeilijk?
R01: 😀 De bus rijdt hier maar één keer per uur en de trein stopt niet.
I: En verder?
R01: Hun nederlands is nog te zwak voor de winkel.
I: Nog iets?
R01: Met de fiets is het een uur rijden naar het werk.
I: En de lessen?
R01: De taalles begint pas om acht uur, en dan rijdt er geen bus.
""",
    "twee": "I: En?\nR02: De trein is te duur voor onze mensen.\nI: Ja?\nR02: Ja, juist.\n",
}


def make(tmp_path: Path, *, suggestions: str = "meteen", blind: float = 0.0) -> Path:
    """Write the study into a folder."""
    book = CODEBOOK.format(suggestions=suggestions, blind=blind)
    return make_study(tmp_path, codebook=book, respondents=PEOPLE, transcripts=TALK)


def read(service: Service, transcript: str = "een", **asked: str) -> dict[str, Any]:
    """Return what is suggested once it was worked out from the study as it is."""
    stop = time.monotonic() + 60
    query = "&".join(f"{name}={value}" for name, value in {"transcript": transcript, **asked}.items())
    while True:
        status, found = ask(service, "GET", f"/api/suggestions?{query}")
        assert status == 200, found
        if not found["working"]:
            return dict(found)
        assert time.monotonic() < stop, "the fit never came"
        time.sleep(0.05)


def decide(service: Service, op: str, number: int = 1, **body: Any) -> tuple[int, Any]:
    """Send one decision."""
    return ask(service, "POST", "/api/operations", body={"id": f"{op}-{number}", "op": op, "body": body})


def bodies(service: Service, card: int = 0, *, order: str = "transcript") -> dict[str, dict[str, Any]]:
    """Return by operation what the page sends to decide on a card."""
    shown = ask(service, "GET", "/api/transcript?name=een")[1]
    found = read(service, order=order)
    one = found["cards"][card]
    place = {"start": one["start"], "end": one["end"]}
    rest = {"transcript": "een", "sha": shown["sha"], "fit": found["fit"], "order": order}
    named = place | {"code": one["proposals"][0]["code"] if one["proposals"] else ""}
    return {
        "accept": rest | place | {"quote": one["quote"], "code": named["code"], "suggestion": named},
        "accept_all": rest | {"suggestions": [named]},
        "reject": rest | {"suggestion": named, "reason": "wrong code"},
        "later": rest | {"suggestion": named},
        "reveal": rest | place | {"no_code": False},
    }
