"""Editing ``codebook.yaml`` as text: comments, order and the shape of everything else survive.

Each function takes the text and returns the new one, or refuses; what it returns
has been read again, and says of every other code what it said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lde_qual.errors import RefusedError
from lde_qual.formats.code_nodes import Place, cut, emptied, lines_of, put
from lde_qual.formats.codebook import COLOUR
from lde_qual.formats.codebook_draft import Draft, keeping_shape
from lde_qual.formats.line_difference import apply_difference, difference, invert
from lde_qual.formats.strict_yaml import Sequence as Listing
from lde_qual.formats.yaml_write import Edit, scalar_text
from lde_qual.model.codebook import Code

__all__ = [
    "add_code",
    "apply_difference",
    "delete",
    "describe",
    "difference",
    "invert",
    "merge",
    "move",
    "rename",
    "set_label",
]


@keeping_shape
def add_code(text: str, *, code: Code, parent: str = "") -> str:
    """Add a code, with all that is below it, as the last child of another.

    Parameters
    ----------
    parent : str
        Id of the code above; empty for a root.

    Raises
    ------
    RefusedError
        Where an id is no slug, or is or was used; where the label is empty.
    UnknownError
        Where the parent is not in the codebook.
    """
    draft = Draft(text)
    above = draft.book.require(parent) if parent else ""
    ids = [new.id for new in code.walk()]
    for new in code.walk():
        draft.check_new(new.id)
        _check_label(new.label)
        _check_colour(new.colour)
    if len(set(ids)) < len(ids):
        raise RefusedError(f"Two of the codes to add share an id ({', '.join(ids)}).", way_out="Give each its own.")
    draft = draft.block(above)
    return draft.changed(put(draft.text, draft.root, draft.owner(above), lines_of(_stripped(code)), 0), {*ids})


@keeping_shape
def describe(
    text: str,
    code: str,
    *,
    definition: str | None = None,
    include: Iterable[str] | None = None,
    exclude: Iterable[str] | None = None,
    examples: Iterable[str] | None = None,
    keywords: Iterable[str] | None = None,
    colour: str | None = None,
) -> str:
    """Change what a code means; None leaves a field as it is, an empty value takes it away.

    Raises
    ------
    RefusedError
        Where the colour is none.
    UnknownError
        Where the code is not in the codebook.
    """
    draft = Draft(text)
    identifier = draft.book.require(code)
    _check_colour(colour or "")
    lists = {"include": include, "exclude": exclude, "examples": examples, "keywords": keywords}
    fields: dict[str, str | Sequence[str]] = {}
    if definition is not None:
        fields["definition"] = definition.strip()
    for name, values in lists.items():
        if values is not None:
            fields[name] = _distinct(values)
    if colour is not None:
        fields["colour"] = colour.strip()
    return draft.changed(draft.set_fields(identifier, fields), {identifier})


@keeping_shape
def set_label(text: str, code: str, label: str) -> str:
    """Give a code another label.

    Raises
    ------
    RefusedError
        Where the label is empty or runs over several lines.
    UnknownError
        Where the code is not in the codebook.
    """
    draft = Draft(text)
    identifier = draft.book.require(code)
    _check_label(label)
    return draft.changed(draft.set_fields(identifier, {"label": label.strip()}), {identifier})


@keeping_shape
def rename(text: str, old: str, new: str) -> str:
    """Give a code another id; the old one stays under `formerly`, so that no coding is lost.

    Raises
    ------
    RefusedError
        Where the new id is no slug, or is or was used.
    UnknownError
        Where no code bears the old id.
    """
    draft = Draft(text)
    identifier = draft.book.require(old)
    draft.check_new(new)
    former = (*draft.book.code(identifier).formerly, identifier)
    edits = draft.set_fields(identifier, {"id": new, "formerly": former})
    for item in draft.reported():
        if item.value.strip() == identifier:
            edits.append(Edit(item.start, item.end, scalar_text(new, style=item.style, flow=True)))
    return draft.changed(edits, {identifier, new})


@keeping_shape
def move(text: str, code: str, parent: str) -> str:
    """Put a code, with all that is below it, under another as its last child.

    Parameters
    ----------
    parent : str
        Id of the code above; empty for a root.

    Raises
    ------
    RefusedError
        Where it stands there already, or would stand below itself.
    UnknownError
        Where either is not in the codebook.
    """
    book = Draft(text).book
    identifier = book.require(code)
    above = book.require(parent) if parent else ""
    if above and identifier in book.path(above):
        raise RefusedError(
            f"Code '{identifier}' cannot stand below itself (under '{above}').",
            way_out="Move the one below out first, or choose another parent.",
        )
    if above == book.parent(identifier):
        where = f"under '{above}'" if above else "at the top level"
        raise RefusedError(f"Code '{identifier}' stands {where} already.", way_out="Nothing is to be done.")
    return _moved(text, identifier, above)


@keeping_shape
def merge(text: str, source: str, into: str) -> str:
    """Let one code take over another: its former ids, rules, examples, keywords and children.

    Raises
    ------
    RefusedError
        Where both are one code, or `into` stands below `source`.
    UnknownError
        Where either is not in the codebook.
    """
    draft = Draft(text)
    book = draft.book
    gone, stays = book.require(source), book.require(into)
    if gone in book.path(stays):
        what = "itself" if gone == stays else f"'{stays}', which stands below it"
        raise RefusedError(
            f"Code '{gone}' cannot be merged into {what}.",
            way_out="Choose another code."
            if gone == stays
            else f"Move '{stays}' out first, or merge it into '{gone}'.",
        )
    old, new = book.code(gone), book.code(stays)
    fields: dict[str, str | Sequence[str]] = {
        name: _distinct((*getattr(new, name), *getattr(old, name)))
        for name in ("include", "exclude", "examples", "keywords")
    }
    taken_over = "" if stays in book.report_codes else stays
    reported = _distinct(taken_over if code == gone else code for code in book.report_codes)
    # The former id is entered once the code is out of the tree: an id of today cannot be a former one.
    text = draft.changed([*draft.set_fields(stays, fields), *draft.report(reported)], {stays})
    for child in old.codes:
        text = _moved(text, child.id, stays)
    draft = Draft(_without(text, gone))
    former = (*new.formerly, gone, *old.formerly)
    return draft.changed(draft.set_fields(stays, {"formerly": former}), {stays})


@keeping_shape
def delete(text: str, code: str) -> str:
    """Take a code out that has none below it.

    Raises
    ------
    RefusedError
        Where codes stand below it.
    UnknownError
        Where it is not in the codebook.
    """
    draft = Draft(text)
    identifier = draft.book.require(code)
    below = draft.book.subtree(identifier)[1:]
    if below:
        raise RefusedError(
            f"Code '{identifier}' has codes below it: {', '.join(below)}.",
            way_out="Move or delete those first, or merge the code into another.",
        )
    reported = [other for other in draft.book.report_codes if other != identifier]
    return _without(draft.changed(draft.report(reported), set()), identifier)


def _moved(text: str, identifier: str, above: str) -> str:
    draft = Draft(text).loose(identifier).block(above)
    place = draft.places[identifier]
    taken, lines, dash = cut(draft.text, place.node)
    edits = [taken, *put(draft.text, draft.root, draft.owner(above), lines, dash)]
    return draft.changed([*edits, *_emptied(draft, place)], set())


def _without(text: str, identifier: str) -> str:
    draft = Draft(text).loose(identifier)
    place = draft.places[identifier]
    taken, _, _ = cut(draft.text, place.node)
    return draft.changed([taken, *_emptied(draft, place)], {identifier})


def _emptied(draft: Draft, place: Place) -> list[Edit]:
    listed = place.owner.get("codes")
    only = isinstance(listed, Listing) and len(listed.items) == 1
    return emptied(draft.text, place.owner) if only else []


def _stripped(code: Code) -> Code:
    return replace(
        code,
        label=code.label.strip(),
        definition=code.definition.strip(),
        include=_distinct(code.include),
        exclude=_distinct(code.exclude),
        examples=_distinct(code.examples),
        keywords=_distinct(code.keywords),
        codes=tuple(_stripped(child) for child in code.codes),
    )


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _check_label(label: str) -> None:
    if not label.strip() or "\n" in label.strip():
        raise RefusedError(f"'{label}' cannot be a label.", way_out="Write one line of text.")


def _check_colour(colour: str) -> None:
    if colour.strip() and not COLOUR.fullmatch(colour.strip()):
        raise RefusedError(f"'{colour}' is no colour.", way_out="Write it as '#' and six hexadecimal digits: #4477aa.")
