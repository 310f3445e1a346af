"""Reading ``leidraad.yaml``: the interview guides and the codes that their questions touch."""

from __future__ import annotations

import re

from lde_qual.errors import CodebookError
from lde_qual.formats.strict_yaml import Node, load
from lde_qual.formats.yaml_fields import Fields
from lde_qual.model.respondent import Guide, Leidraad, Question

QUESTION_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,15}")
"""One token that can stand in square brackets behind the interviewer's label."""


def parse_leidraad(text: str) -> Leidraad:
    """Read the interview guides of a study.

    Parameters
    ----------
    text : str
        The whole of ``leidraad.yaml``.

    Raises
    ------
    CodebookError
        For the first thing that is not as it should be, with its line.
    """
    fields = Fields(load(text), of="the interview guides", known=("guides",), needed=("guides",))
    seen: dict[str, int] = {}
    guides: list[Guide] = []
    for node in fields.items("guides"):
        guide = _guide(node, seen)
        if guide.id in {other.id for other in guides}:
            raise CodebookError(
                f"The guide '{guide.id}' stands here for the second time.",
                way_out="Give each guide an id of its own.",
                line=node.line,
            )
        guides.append(guide)
    return Leidraad(tuple(guides))


def _guide(node: Node, seen: dict[str, int]) -> Guide:
    fields = Fields(node, of="a guide", known=("id", "label", "roles", "questions"), needed=("id", "questions"))
    identifier = fields.required("id")
    fields.of = f"guide '{identifier}'"
    questions = tuple(_question(item, seen) for item in fields.items("questions"))
    return Guide(identifier, fields.text("label", identifier), fields.texts("roles"), questions)


def _question(node: Node, seen: dict[str, int]) -> Question:
    fields = Fields(node, of="a question", known=("id", "text", "codes"), needed=("id", "text"))
    identifier, line = fields.required("id"), fields.line("id")
    if not QUESTION_ID.fullmatch(identifier):
        raise CodebookError(
            f"'{identifier}' cannot be the id of a question.",
            way_out="Use a letter and up to 15 letters, digits, '_' or '-', for example 'V12'.",
            line=line,
        )
    if identifier in seen:
        raise CodebookError(
            f"The question '{identifier}' stands here for the second time; the first is on line {seen[identifier]}.",
            way_out="Number the questions through all guides of the file.",
            line=line,
        )
    seen[identifier] = line
    fields.of = f"question '{identifier}'"
    return Question(identifier, fields.text("text"), fields.texts("codes"), line)
