"""Changing a YAML text by cutting and pasting, so that every line left alone stays as it was.

Nothing is dumped anew: the places of nodes come from `strict_yaml`, and an edit
replaces the characters of one node. What people wrote around it, comments, order,
quotes and blank lines, is never touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lde_qual.formats.strict_yaml import Entry, Mapping, Node, Scalar
from lde_qual.formats.strict_yaml import Sequence as Listing

SHORT_LIST = 90
"""Characters up to which a list stands on one line."""
SHORT_ITEM = 40

_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"})
_PLAIN = re.compile(r"[^\W\d_](?:[^#:]|(?<! )#|:(?! |$))*")


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters ``[start, end)`` of a text, and what comes in their place."""

    start: int
    end: int
    new: str = ""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made; insertions at one place stand in the order given."""
    numbered = enumerate(edits)
    for _, edit in sorted(numbered, key=lambda pair: (pair[1].start, pair[1].end, pair[0]), reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def quoted(value: str) -> str:
    """Return the text in double quotes, every invisible character escaped."""
    signs = (
        sign if sign.isprintable() else f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
        for sign in json.dumps(value, ensure_ascii=False)
    )
    return "".join(signs)


def scalar_text(value: str, *, style: str = "", flow: bool = False) -> str:
    """Return a text as a scalar on one line.

    Parameters
    ----------
    style : str
        The quotes that stood there before, kept where they can be.
    flow : bool
        Whether it stands between brackets, where a comma ends a text.
    """
    plain = bool(_PLAIN.fullmatch(value)) and value.isprintable() and value == value.strip()
    plain = plain and value.lower() not in _RESERVED and not (flow and set(value) & set(",[]{}"))
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return value if plain and style != '"' else quoted(value)


def flow_list(values: Sequence[str]) -> str:
    """Return texts as a list on one line."""
    return "[" + ", ".join(scalar_text(value, flow=True) for value in values) + "]"


def value_lines(value: str | Sequence[str], *, indent: int, style: str = "") -> list[str]:
    """Return a text or a list of texts as it stands behind its key in block style.

    The first line stands on the line of the key, the others are indented by `indent` columns.
    """
    margin = " " * indent
    if isinstance(value, str):
        lines = value.split("\n")
        if len(lines) > 1 and all(line.isprintable() for line in lines) and value == value.strip():
            return ["|-", *(margin + line if line else "" for line in lines)]
        return [scalar_text(value, style=style)]
    line = flow_list(value)
    if len(line) <= SHORT_LIST and all(len(item) <= SHORT_ITEM for item in value):
        return [line]
    return ["", *(f"{margin}- {scalar_text(item)}" for item in value)]


def line_start(text: str, index: int) -> int:
    """Return where the line that holds a character begins."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Return where the line that holds a character ends, its line break included."""
    return (text.find("\n", index) + 1) or len(text)


def column(text: str, index: int) -> int:
    """Return the column of a character, from 0."""
    return index - line_start(text, index)


def end_of(text: str, node: Node) -> int:
    """Return where a node's last visible character ends; blank lines after a block scalar are left out."""
    return len(text[: node.end].rstrip())


def value_edit(text: str, entry: Entry, value: str | Sequence[str], *, flow: bool) -> Edit:
    """Return the edit that puts another value under a key; a comment behind it keeps its place."""
    node = entry.value
    style = node.style if isinstance(node, Scalar) else ""
    if flow:
        new = scalar_text(value, style=style, flow=True) if isinstance(value, str) else flow_list(value)
        return Edit(node.start, node.end, new if text[node.start - 1] == " " else " " + new)
    first, *others = value_lines(value, indent=column(text, entry.key.start) + 2, style=style)
    colon, end = text.index(":", entry.key.end) + 1, end_of(text, node)
    # A value on lines of its own leaves the comment on its key's line, any other value the comment behind it.
    lower = "\n" in text[colon : node.start]
    comment = colon if lower else end
    behind = text[comment : line_end(text, comment) - 1]
    stop = end if lower else comment + len(behind)
    return Edit(colon, stop, (" " + first if first else "") + behind + _below(others))


def _below(lines: Sequence[str]) -> str:
    return "".join("\n" + line for line in lines)


def field_edits(
    text: str, node: Mapping, name: str, value: str | Sequence[str], *, order: Sequence[str]
) -> Iterator[Edit]:
    """Yield the edits that give one key of a mapping a value; an empty one takes the key away.

    Parameters
    ----------
    order : sequence of str
        All keys, in the order in which a new one finds its place.
    """
    entry = node.entry(name)
    if entry is None:
        if value:
            yield _new_field(text, node, name, value, order)
    elif not value:
        yield _no_field(text, node, entry)
    elif isinstance(entry.value, Listing) and not isinstance(value, str):
        yield from list_edits(text, entry, value, flow=node.flow)
    else:
        yield value_edit(text, entry, value, flow=node.flow)


def _new_field(text: str, node: Mapping, name: str, value: str | Sequence[str], order: Sequence[str]) -> Edit:
    before = [entry for entry in node.entries if order.index(entry.key.value) < order.index(name)]
    after = max(before or node.entries[:1], key=lambda entry: entry.value.end)
    end = end_of(text, after.value)
    if node.flow:
        new = scalar_text(value, flow=True) if isinstance(value, str) else flow_list(value)
        return Edit(end, end, f", {name}: {new}")
    margin = column(text, node.start)
    first, *others = value_lines(value, indent=margin + 2)
    end = line_end(text, end)
    return Edit(end, end, " " * margin + f"{name}: {first}".rstrip() + _below(others) + "\n")


def _no_field(text: str, node: Mapping, entry: Entry) -> Edit:
    at = node.entries.index(entry)
    if node.flow and at:
        return Edit(end_of(text, node.entries[at - 1].value), end_of(text, entry.value))
    start = line_start(text, entry.key.start)
    if node.flow or text[start : entry.key.start].strip():
        return value_edit(text, entry, "", flow=node.flow)
    return Edit(start, line_end(text, end_of(text, entry.value)))


def list_edits(text: str, entry: Entry, values: Sequence[str], *, flow: bool) -> Iterator[Edit]:
    """Yield the edits that make a list hold other texts; those that stay keep their lines and comments."""
    node = entry.value
    items = node.items if isinstance(node, Listing) else ()
    texts = [item.value.strip() for item in items if isinstance(item, Scalar)]
    stay = [number for number, value in enumerate(texts) if value in values]
    kept = [texts[number] for number in stay]
    simple = isinstance(node, Listing) and (node.flow or all(_own_line(text, item) for item in items))
    if not stay or not simple or kept != list(values[: len(kept)]):
        yield value_edit(text, entry, values, flow=flow)
        return
    added = values[len(kept) :]
    gone = [number for number in range(len(items)) if number not in stay]
    if isinstance(node, Listing) and node.flow:
        yield from _flow_list_edits(text, items, gone, added)
        return
    for number in gone:
        yield Edit(line_start(text, items[number].start), line_end(text, end_of(text, items[number])))
    if added:
        end = line_end(text, end_of(text, items[-1]))
        margin = text[line_start(text, items[-1].start) : items[-1].start]
        yield Edit(end, end, "".join(f"{margin}{scalar_text(value)}\n" for value in added))


def _own_line(text: str, item: Node) -> bool:
    return text[line_start(text, item.start) : item.start].strip() == "-"


def _flow_list_edits(text: str, items: Sequence[Node], gone: Sequence[int], added: Sequence[str]) -> Iterator[Edit]:
    first = next(number for number in range(len(items)) if number not in gone)
    if first:
        yield Edit(items[0].start, items[first].start)
    for number in gone:
        if number > first:
            yield Edit(end_of(text, items[number - 1]), end_of(text, items[number]))
    if added:
        end = end_of(text, items[-1])
        yield Edit(end, end, "".join(f", {scalar_text(value, flow=True)}" for value in added))
