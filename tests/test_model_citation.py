"""Citations: the codebook's template filled in, without the marks around what a respondent lacks."""

from __future__ import annotations

import pytest
from reports import make_model

from lde_qual.formats.codebook import parse_codebook
from lde_qual.model.citation import cite
from lde_qual.model.respondent import Respondent
from lde_qual.model.study import Study

FULL = Respondent("R03", {"role": "a", "organisation": "Oost", "function": "chef"})
BARE = Respondent("R03")


@pytest.mark.parametrize(
    ("template", "full", "bare"),
    [
        ("(Respondent {number}, {function} {organisation})", "(Respondent 3, chef Oost)", "(Respondent 3)"),
        ("({function}, {organisation}; {number})", "(chef, Oost; 3)", "(3)"),
        ("({respondent}; {role}, {organisation})", "(R03; Rol A, Oost)", "(R03)"),
        ("{role} {number}.", "Rol A 3.", "3."),
        ("(R. {number}, geen {leeftijd})", "(R. 3, geen)", "(R. 3, geen)"),
    ],
)
def test_what_is_empty_leaves_no_marks(template, full, bare):
    """No comma, semicolon or blank is left where a function, role or organisation is missing."""
    codebook = parse_codebook(f"title: T\nroles: {{a: Rol A}}\ncitation: '{template}'\ncodes: []\n")
    for person, expected in ((FULL, full), (BARE, bare)):
        assert cite(Study(codebook, {}, {"R03": person}), ["R03"]) == expected


def test_several_speakers_are_signed_one_after_the_other():
    """Each has a label of their own, in order of speaking; the interviewer is named as such."""
    study = make_model()
    first, second = (cite(study, [who]) for who in ("R01", "R02"))
    assert cite(study, ["R02", "interviewer", "R01"]) == f"{second}; (Interviewer); {first}"
