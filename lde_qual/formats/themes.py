"""Reading ``themas.yaml``: themes, the claim of each, and what it rests on."""

from __future__ import annotations

from lde_qual.errors import CodebookError
from lde_qual.formats.strict_yaml import Node, load
from lde_qual.formats.yaml_fields import Fields
from lde_qual.model.theme import Theme, Written

_NEEDED = ("title", "claim", "rests_on")
_KNOWN = (*_NEEDED, "contrary", "quotes_for", "quotes_against", "memo")


def parse_themes(text: str) -> tuple[Theme, ...]:
    """Read the themes of a study, in the order of the file.

    Parameters
    ----------
    text : str
        The whole of ``themas.yaml``.

    Raises
    ------
    CodebookError
        For the first thing that is not as it should be, with its line.
    """
    fields = Fields(load(text), of="the themes", known=("themes",), needed=("themes",))
    seen: dict[str, int] = {}
    return tuple(_theme(node, seen) for node in fields.items("themes"))


def _theme(node: Node, seen: dict[str, int]) -> Theme:
    fields = Fields(node, of="a theme", known=_KNOWN, needed=_NEEDED)
    title, line = fields.required("title"), fields.line("title")
    if title in seen:
        raise CodebookError(
            f"The theme '{title}' stands here for the second time; the first is on line {seen[title]}.",
            way_out="Give each theme a title of its own.",
            line=line,
        )
    seen[title] = line
    fields.of = f"theme '{title}'"
    claim = " ".join(fields.text("claim").split())
    rests_on = _written(fields, "rests_on")
    if not claim or not rests_on:
        name = "rests_on" if claim else "claim"
        way_out = "Name at least one code or query." if claim else "Write the claim in one sentence."
        raise CodebookError(f"The {name} of {fields.of} is empty.", way_out=way_out, line=fields.line(name))
    return Theme(
        title=title,
        claim=claim,
        rests_on=rests_on,
        contrary=_written(fields, "contrary"),
        quotes_for=_written(fields, "quotes_for"),
        quotes_against=_written(fields, "quotes_against"),
        memo=fields.text("memo"),
    )


def _written(fields: Fields, name: str) -> tuple[Written, ...]:
    return tuple(Written(found.value.strip(), found.line) for found in fields.scalars(name))
