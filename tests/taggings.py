"""A small codebook and labelled passages for tests of the assistant."""

from __future__ import annotations

from lde_qual.formats.codebook import parse_codebook
from lde_qual.tagging.scorer import Labelled, Material

CODEBOOK = """\
title: Klein
codes:
  - id: werk
    label: Werk
    definition: Wat iemand doet.
    keywords: [werk*]
    codes:
      - id: bus
        label: Vervoer
        definition: Hoe iemand op het werk geraakt.
        examples: [Er rijdt geen bus meer naar de haven.]
        keywords: [bus*, fiets*]
      - id: geld
        label: Geld en schulden
        definition: Loon, schulden, rekeningen.
        examples: [Die facturen blijven liggen.]
        exclude: [de kosten van de rit (bus)]
        keywords: [schuld*, loon, factu*]
  - id: thuis
    label: Thuis
    definition: De kinderen, de partner, de opvang.
    keywords: [kinderen, opvang, voorkomen]
"""
SPEECH = (
    "De bus komt niet en dan staan ze daar.",
    "Met de fiets gaat het wel, als het niet regent.",
    "Hij heeft zoveel schulden dat het loon al weg is voor het er is.",
    "De kinderen moeten naar de opvang en die gaat pas om acht uur open.",
    "Ja, dat weet ik ook niet, dat moet ge aan een ander vragen.",
    "Wij werken hier met vijf man in de keuken.",
)
LABELLED = (
    Labelled("l1", "Zonder bus geraakt ge daar niet, en de trein is te duur.", ("bus",), "R01"),
    Labelled("l2", "De tram stopt aan de brug en dan is het nog een halfuur te voet.", ("bus",), "R02"),
    Labelled("l3", "Een deurwaarder belt dan naar het werk.", ("geld",), "R01"),
    Labelled("l4", "Haar zoontje is veel ziek en zij heeft niemand.", ("thuis",), "R02"),
    Labelled("l5", "Tram of geen tram, hij moet nog de facturen betalen ook.", ("bus", "geld"), "R03"),
    Labelled("l6", "Wilt ge nog een koffie?", (), "R03"),
    Labelled("l7", "Dat was vorige week ook al zo, denk ik.", (), "R01"),
)


TALK = (*SPEECH, *(each.text for each in LABELLED))


def material(*, codes=(), labelled=LABELLED, can_be_none=True, codebook=CODEBOOK, texts=TALK) -> Material:
    """Return what a scorer may learn from."""
    return Material(parse_codebook(codebook), tuple(codes), texts, labelled, can_be_none)
