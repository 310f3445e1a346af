"""What a study's folder says of the 32 items of COREQ; what it cannot say is left to be filled in."""

from __future__ import annotations

import re

from lde_qual.analysis.themes import AGAINST
from lde_qual.figures.words import LANGUAGES
from lde_qual.reporting.contents import THEMES
from lde_qual.reporting.document_words import COREQ
from lde_qual.reporting.page import Page
from lde_qual.reporting.report_words import say

_MINUTES = re.compile(r"(\d+)\s*min")


def coreq_rows(page: Page, *, version: str) -> list[tuple[str, str, str]]:
    """Return number, topic and answer of each item."""
    known = _known(page, version)
    place = LANGUAGES.index(page.lang)
    missing = say("docx.fill_in", page.lang)
    return [(str(n), topic[place], known.get(n) or missing) for n, topic in enumerate(COREQ, start=1)]


def _known(page: Page, version: str) -> dict[int, str]:
    study, groups = page.contents.facts.study, page.contents.groups
    everyone = groups.iloc[-1]
    coders = [name for name in study.people() if study.state(name).codings]
    transcripts = study.countable()
    answers: dict[int, tuple[str, dict[str, object]]] = {
        12: ("sample", {"respondents": int(everyone["respondents"]), "interviews": int(everyone["transcripts"])}),
        16: ("groups", {}),
        22: ("saturation", {}),
        **({24: ("coders", {"n": len(coders), "names": ", ".join(coders)})} if coders else {}),
        25: (
            "tree",
            {
                "codes": len(page.codebook.ids()),
                "levels": max((page.codebook.level(code) for code in page.codebook.ids()), default=0),
            },
        ),
        27: ("software", {"version": version}),
        29: ("quotes", {}),
    }
    themes = page.contents.themes if page.contents.shows(THEMES) else ()
    if themes:
        determined = sum(any(basis.part in AGAINST for basis in found.bases) for found in themes)
        answers[31] = ("themes", {"n": len(themes)})
        answers[32] = ("negative", {"n": determined, "all": len(themes)})
    notes = sum(transcript.kind == "fieldnote" for transcript in study.transcripts.values())
    if notes:
        answers[20] = ("notes", {"n": notes})
    if study.leidraad is not None:
        told = sum(transcript.tells_asked for transcript in transcripts)
        answers[17] = ("guide", {"questions": len(study.leidraad.by_id()), "told": told, "all": len(transcripts)})
    durations = [_MINUTES.search(each.attributes.get("duration", "")) for each in transcripts]
    minutes = [int(match[1]) for match in durations if match is not None]
    if minutes:
        spread: dict[str, object] = {
            "low": min(minutes),
            "high": max(minutes),
            "n": len(minutes),
            "all": len(transcripts),
        }
        answers[21] = ("duration", spread)
    found = {number: say(f"coreq.{name}", page.lang, **values) for number, (name, values) in answers.items()}
    found[9] = say(f"method.{page.codebook.approach}", page.lang)
    return found | _from_attributes(page)


def _from_attributes(page: Page) -> dict[int, str]:
    """Return what the transcripts' own attributes say of who asked (1) and where (14)."""
    transcripts = page.contents.facts.study.countable()
    found = {}
    for number, name in ((1, "interviewer"), (14, "place")):
        values = list(dict.fromkeys(value for each in transcripts if (value := each.attributes.get(name))))
        if values:
            found[number] = "; ".join(values)
    return found
