"""Where the codes stand in the text of a codebook: finding, cutting out and putting in whole nodes.

A code takes the lines from the comments right above it to its last line; comments
behind it that are indented deeper than its ``-`` are its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lde_qual.errors import RefusedError
from lde_qual.formats.strict_yaml import Entry, Mapping, Node, Scalar, Sequence
from lde_qual.formats.yaml_write import Edit, apply, column, end_of, line_end, line_start, scalar_text
from lde_qual.formats.yaml_write import value_lines as lines_of_value
from lde_qual.model.codebook import Code

STEP = 2
"""Columns that a new level is indented by."""


@dataclass(frozen=True, slots=True)
class Place:
    """A code in the text.

    Attributes
    ----------
    node : Mapping
        The code itself.
    owner : Mapping
        The code above, or the whole codebook.
    flow : Node or None
        The outermost node in brackets that holds the code, or is it.
    """

    node: Mapping
    owner: Mapping
    flow: Node | None


def places(root: Mapping) -> dict[str, Place]:
    """Return where each code stands, by id."""
    return {_identifier(place.node): place for place in _walk(root, root if root.flow else None)}


def _walk(owner: Mapping, flow: Node | None) -> Iterator[Place]:
    listed = owner.get("codes")
    if not isinstance(listed, Sequence):
        return
    around = flow or (listed if listed.flow else None)
    for item in listed.items:
        if isinstance(item, Mapping):
            place = Place(item, owner, around or (item if item.flow else None))
            yield place
            yield from _walk(item, place.flow)


def _identifier(node: Mapping) -> str:
    found = node.get("id")
    return found.value if isinstance(found, Scalar) else ""


def region(text: str, node: Mapping) -> tuple[int, int]:
    """Return the characters that the lines of a code in block style take, its comments included.

    Raises
    ------
    RefusedError
        Where its ``-`` does not stand on its first line.
    """
    start = line_start(text, node.start)
    if text[start : node.start].strip() != "-":
        raise RefusedError(
            f"Code '{_identifier(node)}' does not begin on the line of its '-'.",
            way_out="Write '- id: …' on one line in codebook.yaml, then try again.",
            line=node.line,
        )
    dash = text.index("-", start) - start
    while start and (above := _comment_column(text, line_start(text, start - 1))) is not None and above <= dash:
        start = line_start(text, start - 1)
    end = line_end(text, end_of(text, node))
    return start, _with_tail(text, end, dash)


def _with_tail(text: str, end: int, dash: int) -> int:
    at = end
    while at < len(text):
        own = _comment_column(text, at)
        if (own is not None and own <= dash) or (own is None and text[at : line_end(text, at)].strip()):
            break
        at = line_end(text, at)
        end = at if own is not None else end
    return end


def _comment_column(text: str, start: int) -> int | None:
    line = text[start : line_end(text, start)]
    return len(line) - len(line.lstrip(" ")) if line.lstrip(" ").startswith("#") else None


def cut(text: str, node: Mapping) -> tuple[Edit, list[str], int]:
    """Return the edit that takes a code out, its lines, and the column of its ``-``."""
    start, end = region(text, node)
    lines = text[start:end].split("\n")[:-1]
    dash = text.index("-", line_start(text, node.start)) - line_start(text, node.start)
    blank_above = start > 0 and not text[line_start(text, start - 1) : start].strip()
    if blank_above and not text[end : line_end(text, end)].strip():
        start = line_start(text, start - 1)
    return Edit(start, end), lines, dash


def emptied(text: str, owner: Mapping) -> list[Edit]:
    """Return the edit that leaves ``codes: []`` where a list loses its last code."""
    colon = text.index(":", _codes(owner).key.end) + 1
    return [Edit(colon, colon, " []")]


def put(text: str, root: Mapping, owner: Mapping, lines: list[str], dash: int) -> list[Edit]:
    """Return the edits that put the lines of a code under another as its last child.

    Parameters
    ----------
    owner : Mapping
        The code above, or the whole codebook, in block style.
    dash : int
        Column of the ``-`` in `lines`.
    """
    entry = owner.entry("codes")
    if entry is None:
        margin = column(text, owner.start)
        end = region(text, owner)[1]
        new = [" " * margin + "codes:", *shifted(lines, margin + _step(text, root) - dash)]
        return [Edit(end, end, "\n".join(new) + "\n")]
    if isinstance(entry.value, Sequence) and entry.value.items:
        last = entry.value.items[-1]
        start, end = region(text, last) if isinstance(last, Mapping) else (last.start, last.end)
        above = text[line_start(text, start - 1) : start] if start else ""
        apart = len(entry.value.items) > 1 and not above.strip()
        to = text.index("-", line_start(text, last.start)) - line_start(text, last.start)
        return [Edit(end, end, "\n" * apart + "\n".join(shifted(lines, to - dash)) + "\n")]
    colon = text.index(":", entry.key.end) + 1
    end = line_end(text, entry.value.end)
    to = column(text, entry.key.start) + _step(text, root)
    return [
        Edit(colon, max(colon, entry.value.end)),
        Edit(end, end, "\n".join(shifted(lines, to - dash)) + "\n"),
    ]


def _codes(owner: Mapping) -> Entry:
    entry = owner.entry("codes")
    if entry is None:
        raise RefusedError(f"Code '{_identifier(owner)}' has no codes below it.")
    return entry


def _step(text: str, root: Mapping) -> int:
    """Return how far a list stands to the right of its key in this file."""
    entry = root.entry("codes")
    if entry is None or not isinstance(entry.value, Sequence) or entry.value.flow or not entry.value.items:
        return STEP
    start = line_start(text, entry.value.start)
    return max(0, text.index("-", start) - start - column(text, entry.key.start))


def shifted(lines: list[str], by: int) -> list[str]:
    """Return lines moved to the right, or to the left as far as they have room."""
    if by >= 0:
        return [" " * by + line if line.strip() else line for line in lines]
    return [line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines]


def in_block_style(text: str, root: Mapping, identifier: str) -> str:
    """Return the text with the outermost brackets around a code (or around all) written as lines.

    Parameters
    ----------
    identifier : str
        A code's id; empty for the whole codebook, of which the list of codes is meant.

    Raises
    ------
    RefusedError
        Where comments stand between the brackets: they would be lost.
    """
    node: Node | None = root if root.flow else None
    place = places(root).get(identifier)
    if place is not None:
        node = place.flow
        listed = place.node.get("codes")
    else:
        listed = root.get("codes")
    if node is None and isinstance(listed, Sequence) and listed.flow and listed.items:
        node = listed
    return text if node is None else apply(text, [_block_edit(text, root, node)])


def _block_edit(text: str, root: Mapping, node: Node) -> Edit:
    if _has_comment(text, node):
        raise RefusedError(
            "Comments stand between the brackets that hold this code.",
            way_out="Write this part of codebook.yaml with one key a line, then try again.",
            line=node.line,
        )
    stop = line_end(text, node.end) - 1
    behind = text[node.end : stop]
    if isinstance(node, Mapping):
        first, *others = _lines(text, node, column(text, node.start))
        return Edit(node.start, stop, "\n".join([first + behind, *others]))
    owners = (root, *(place.node for place in places(root).values()))
    entry = next(entry for owner in owners for entry in owner.entries if entry.value is node)
    start = text.index(":", entry.key.end) + 1
    margin = " " * (column(text, entry.key.start) + _step(text, root))
    lines = [line for item in _items(node) for line in _item_lines(text, item, margin)]
    return Edit(start, stop, "\n".join([behind, *lines]))


def _items(node: Node) -> list[Mapping]:
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Sequence) else []


def _item_lines(text: str, item: Mapping, margin: str) -> list[str]:
    first, *others = _lines(text, item, len(margin) + STEP)
    return [f"{margin}- {first}", *others]


def _lines(text: str, node: Mapping, margin: int) -> list[str]:
    """Return a mapping with one key a line, all but the first line indented."""
    found = []
    for entry in node.entries:
        key = text[entry.key.start : entry.key.end]
        children = _items(entry.value) if entry.key.value == "codes" else []
        if children:
            found.append(f"{key}:")
            found += [line for child in children for line in _item_lines(text, child, " " * (margin + STEP))]
            continue
        value = re.sub(r"\n *", "\n" + " " * (margin + STEP), text[entry.value.start : entry.value.end])
        found += f"{key}: {value}".rstrip().split("\n")
    first, *others = found
    return [first, *(line if line.startswith(" ") else " " * margin + line for line in others)]


def _has_comment(text: str, node: Node) -> bool:
    inside = text[node.start : node.end]
    for scalar in reversed(list(_scalars(node))):
        inside = inside[: scalar.start - node.start] + inside[scalar.end - node.start :]
    return "#" in inside


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key
            yield from _scalars(entry.value)
    else:
        for item in node.items:
            yield from _scalars(item)


def lines_of(code: Code) -> list[str]:
    """Return a new code in block style, its ``-`` in the first column."""
    lines = [f"- id: {scalar_text(code.id)}"]
    for name in ("label", "definition", "include", "exclude", "examples", "keywords", "formerly", "colour"):
        value = getattr(code, name)
        if value:
            first, *others = lines_of_value(value, indent=2 * STEP)
            lines += [f"  {name}: {first}".rstrip(), *others]
    if code.codes:
        lines.append("  codes:")
        lines += shifted([line for child in code.codes for line in lines_of(child)], 2 * STEP)
    return lines
