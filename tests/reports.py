"""Studies in memory for tests of figures and reports: no file, no clock."""

from __future__ import annotations

from base64 import b64decode

from lde_qual.analysis.facts import Facts, lay_out
from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.tables import parse_respondents
from lde_qual.formats.transcript import parse_transcript
from lde_qual.model.fold import State
from lde_qual.model.operation import Operation
from lde_qual.model.rules import coding_body
from lde_qual.model.study import Study

DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
"""The smallest picture: one dot."""

SKETCH = b'<svg viewBox="0 0 1 1"></svg>'
SCRIPT = "<script>alert(1)</script>"
CODEBOOK = f"""\
title: "Studie <b>vet</b>"
main_coder: anna
roles: {{a: Rol A, b: Rol B}}
dimensions:
  richting: [belemmerend, faciliterend]
voorbeeldmateriaal: true
codes:
  - id: in
    label: In
    codes:
      - {{id: vdab, label: "VDAB {SCRIPT} $x^2$"}}
      - {{id: sine, label: "=SINE()"}}
  - id: plan
    label: Plan
"""
RESPONDENTS = """\
respondent,role,organisation,transcript,function
R01,a,Oost,t1,chef
R02,a,West,t1,
R03,a,West,t1,
R04,b,Noord,t2,baas
"""
TEXTS = {
    "t1": f"I: Hoe?\nR01: =1+1 {SCRIPT} een twee\nR02: vijf zes zeven\nR03: acht *negen* tien\n",
    "t2": "I: En?\nR04: elf twaalf dertien\n",
}
CODINGS = (
    ("t1", "=1+1", "in", "belemmerend"),
    ("t1", SCRIPT, "vdab", "belemmerend"),
    ("t1", "vijf zes", "sine", "faciliterend"),
    ("t1", "zes zeven", "plan", ""),
    ("t1", "acht *negen*", "plan", "belemmerend"),
    ("t2", "elf twaalf", "sine", ""),
    ("t2", "twaalf dertien", "plan", ""),
)


def make_model(
    *, codebook: str = CODEBOOK, respondents: str = RESPONDENTS, texts: dict[str, str] | None = None, coded: bool = True
) -> Study:
    """Return a study of four respondents, three of role a and one of role b."""
    people = {person.id: person for person in parse_respondents(respondents)}
    found = TEXTS if texts is None else texts
    transcripts = {name: parse_transcript(text, name=name, respondents=list(people)) for name, text in found.items()}
    study = Study(parse_codebook(codebook), transcripts, people)
    if coded:
        study.states["anna"] = state = State("anna")
        for seq, (name, quote, code, value) in enumerate(CODINGS, start=1):
            start = transcripts[name].text.index(quote)
            body = coding_body(
                study,
                transcript=name,
                start=start,
                end=start + len(quote),
                code=code,
                quote=quote,
                dimensions={"richting": value} if value else {},
                memo="",
                mark="",
            )
            state.append(Operation(f"op{seq}", seq, "2024-01-01T00:00:00Z", "anna", "code", body))
    return study


def make_facts(**how) -> Facts:
    """Return that study laid out as its main coder coded it."""
    study = make_model(**how)
    return lay_out(study, study.counting_coder())


def sketch(_page, entry):
    """Stand in for a picture: drawing takes most of the time of a report."""
    return dict(zip(entry.files, (DOT, SKETCH, b"%PDF"), strict=True))
