"""YAML as people mean it: every scalar is the text that stands there, and every fault has its line.

The syntax is that of YAML 1.2; its types are left out, so that ``no`` is a word,
``12:30`` a time and ``012`` a number as it was typed. What can surprise is refused:
keys given twice, aliases, anchors, tags, merge keys and tabs in the margin.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.reader import ReaderError

from lde_qual.errors import CodebookError, FormatError, TranscriptError

MAX_DEPTH = 50
MAX_SIZE = 2_000_000
"""Characters. A codebook of a thousand codes has some 500,000."""
NULLS = frozenset({"", "~", "null"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text.

    Attributes
    ----------
    value : str
        As written, without quotes; empty for ``null``, ``~`` and nothing at all.
    line : int
        Of the file, from 1.
    start, end : int
        Characters of the source that the scalar takes, quotes included.
    style : str
        ``'``, ``"``, ``|``, ``>`` or empty.
    """

    value: str
    line: int
    start: int
    end: int
    style: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and what stands under it."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; `start` and `end` as in `Scalar`."""

    entries: tuple[Entry, ...]
    line: int
    start: int
    end: int
    flow: bool = False

    def get(self, name: str) -> Node | None:
        """Return what stands under a key; None where the key is absent."""
        return next((entry.value for entry in self.entries if entry.key.value == name), None)

    def entry(self, name: str) -> Entry | None:
        """Return a key with its value; None where it is absent."""
        return next((entry for entry in self.entries if entry.key.value == name), None)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, in the order of the file; `start` and `end` as in `Scalar`."""

    items: tuple[Node, ...]
    line: int
    start: int
    end: int
    flow: bool = False


Node = Scalar | Mapping | Sequence


def load(text: str, *, error: type[FormatError] = CodebookError, first_line: int = 1) -> Node:
    """Read one YAML document.

    Parameters
    ----------
    error : type of FormatError
        What to raise.
    first_line : int
        Line of the file on which `text` begins.

    Returns
    -------
    Node
        An empty `Mapping` where there is nothing but comments.

    Raises
    ------
    FormatError
        The given `error`, with the line, a sentence and the way out.
    """
    if error is CodebookError and first_line == 1:
        return _whole(text)
    return _Composer(text, error=error, first_line=first_line).document()


@lru_cache(maxsize=8)
def _whole(text: str) -> Node:
    # One change of a codebook reads the text before and the text after it several times over, and nodes are never
    # changed. A tenth of a second for each is felt on the coding page.
    return _Composer(text, error=CodebookError, first_line=1).document()


def load_front_matter(text: str, *, first_line: int = 2) -> dict[str, str]:
    """Read the lines between the two ``---`` at the top of a transcript.

    Raises
    ------
    TranscriptError
        Where they are no flat list of ``name: value``.
    """
    node = load(text, error=TranscriptError, first_line=first_line)
    way_out = "Write one `name: value` a line."
    if not isinstance(node, Mapping):
        raise TranscriptError("The front matter is no list of names with values.", way_out=way_out, line=node.line)
    found = {}
    for entry in node.entries:
        if not isinstance(entry.value, Scalar):
            raise TranscriptError(
                f"'{entry.key.value}' in the front matter holds more than one text.",
                way_out=way_out,
                line=entry.key.line,
            )
        found[entry.key.value] = entry.value.value.strip()
    return found


class _Composer:
    """Builds nodes from the parser's events, so that nothing is resolved to a type."""

    def __init__(self, text: str, *, error: type[FormatError], first_line: int) -> None:
        self.text = text.removeprefix("\ufeff")
        self.shift = len(text) - len(self.text)
        self.error = error
        self.first_line = first_line
        self.breaks = list(accumulate(len(line) + 1 for line in self.text.split("\n")))

    def document(self) -> Node:
        if len(self.text) > MAX_SIZE:
            raise self.error(
                f"The file has {len(self.text):,} characters; {MAX_SIZE:,} is the most that is read.",
                way_out="Is it the right file?",
            )
        if strange := _OTHER_BREAKS.search(self.text):
            self._refuse_sign(strange.start())
        events = self._events()
        if not isinstance(start := next(events), DocumentStartEvent):
            return Mapping((), self.first_line, self.shift, self.shift)
        if start.tags or start.version not in {None, (1, 2)}:
            raise self._fault("A directive (%) cannot be used here.", 0, "Take that line out.")
        root = self._node(next(events), events, 1)
        next(events)
        if isinstance(more := next(events), DocumentStartEvent):
            raise self._fault("A second document begins here.", more.start_mark.index, "Take the line '---' out.")
        return root

    def _events(self) -> Iterator[Event]:
        try:
            for event in YAML(typ="safe", pure=True).parse(self.text):
                if not isinstance(event, StreamStartEvent):
                    yield event
        except ReaderError as fault:
            self._refuse_sign(fault.position)
        except MarkedYAMLError as fault:
            raise self._syntax_fault(fault) from None
        except (YAMLError, ValueError, OverflowError) as fault:
            raise self.error(f"This is no YAML: {fault}.", way_out="Look for a missing quote or bracket.") from None

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        at = event.start_mark.index
        if isinstance(event, AliasEvent):
            raise self._fault(f"'*{event.anchor}' is an alias, and aliases are not used here.", at, _WRITE_OUT)
        if isinstance(event, NodeEvent) and event.anchor is not None:
            raise self._fault(f"'&{event.anchor}' is an anchor, and anchors are not used here.", at, _WRITE_OUT)
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            way_out = "Take it out, or put the text in quotes."
            raise self._fault(f"'{event.tag}' is a tag, and tags are not used here.", at, way_out)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if depth > MAX_DEPTH:
            raise self._fault(f"This is nested more than {MAX_DEPTH} deep.", at, "Take some levels out.")
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, events, depth)
        return self._sequence(event, events, depth)

    def _scalar(self, event: ScalarEvent) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        value = "" if not style and event.value in NULLS else event.value
        half = _SURROGATE.search(value)
        if half:
            what = f"'\\u{ord(half[0]):04x}' is half a sign, which is no text."
            raise self._fault(what, start, "Write the sign itself.")
        return Scalar(value, self._line(start), start + self.shift, end + self.shift, style)

    def _mapping(self, event: Event, events: Iterator[Event], depth: int) -> Mapping:
        entries: list[Entry] = []
        lines: dict[str, int] = {}
        while isinstance(event_of_key := next(events), NodeEvent):
            key = self._key(self._node(event_of_key, events, depth + 1), lines)
            lines[key.value] = key.line
            value = self._node(next(events), events, depth + 1)
            entries.append(Entry(key, self._settled(value, ":", key.end)))
        return Mapping(tuple(entries), *self._extent(event, event_of_key, [entry.value for entry in entries]))

    def _key(self, key: Node, lines: dict[str, int]) -> Scalar:
        at = key.start - self.shift
        if not isinstance(key, Scalar) or not key.value:
            raise self._fault("There is no name before the ':'.", at, "Write one, or put the text in quotes.")
        if key.value == "<<" and not key.style:
            raise self._fault("'<<' is a merge key, and merge keys are not used here.", at, _WRITE_OUT)
        if key.value in lines:
            raise self._fault(
                f"The key '{key.value}' stands here for the second time; the first is on line {lines[key.value]}.",
                at,
                "Keep one of the two.",
            )
        return key

    def _sequence(self, event: Event, events: Iterator[Event], depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event_of_item := next(events), SequenceEndEvent):
            after = items[-1].end if items else event.start_mark.index + self.shift
            items.append(self._settled(self._node(event_of_item, events, depth + 1), "-", after))
        return Sequence(tuple(items), *self._extent(event, event_of_item, items))

    def _settled(self, node: Node, sign: str, after: int) -> Node:
        """Put a value that is nothing at all right after its sign; the parser marks it at what comes next."""
        if not isinstance(node, Scalar) or node.style or node.start != node.end:
            return node
        after -= self.shift
        place = self.text.find(sign, after) + 1
        if self.text[after : place - 1].strip(" \n?"):
            place = after
        return replace(node, line=self._line(place - 1), start=place + self.shift, end=place + self.shift)

    def _extent(self, first: Event, last: Event, inside: list[Node]) -> tuple[int, int, int, bool]:
        start = first.start_mark.index
        flow = bool(isinstance(first, CollectionStartEvent) and first.flow_style)
        end = last.end_mark.index + self.shift if flow or not inside else inside[-1].end
        return self._line(start), start + self.shift, end, flow

    def _line(self, index: int) -> int:
        return self.first_line + bisect_right(self.breaks, index)

    def _fault(self, what: str, index: int, way_out: str) -> FormatError:
        return self.error(what, way_out=way_out, line=self._line(index))

    def _refuse_sign(self, index: int) -> NoReturn:
        sign = f"U+{ord(self.text[index]):04X}"
        raise self._fault(f"The invisible character {sign} stands here.", index, "Take it out.") from None

    def _syntax_fault(self, fault: MarkedYAMLError) -> FormatError:
        mark = fault.problem_mark or fault.context_mark
        index = mark.index if mark else 0
        line = self.text[:index].count("\n")
        margin = re.match(r"[ \t-]*", self.text.split("\n")[line])
        if (margin and "\t" in margin.group()) or self.text[index : index + 1] == "\t":
            return self._fault("A tab stands on this line.", index, "YAML wants spaces: replace the tab.")
        problem = " ".join(filter(None, (fault.context, fault.problem)))
        for pattern, what, way_out in _SYNTAX:
            if re.search(pattern, problem):
                opened = fault.context_mark if "opened" in what and fault.context_mark else mark
                sign = self.text[index : index + 1]
                return self._fault(what.format(sign=sign), opened.index if opened else 0, way_out)
        return self._fault(f"This is no YAML: {problem}.", index, "Look for a missing quote or indentation.")


_WRITE_OUT = "Write the text out where it is needed, or put it in quotes."
_SYNTAX = (
    ("quoted scalar.*(end of stream|document separator)", "A quote is opened here and not closed.", "Close it."),
    (
        "unknown escape|escape sequence",
        "A backslash in double quotes is followed by '{sign}'.",
        "Use single quotes, or write the backslash twice.",
    ),
    ("flow sequence", "A list is opened here with '[' and not closed, or a comma is missing.", "Close it with ']'."),
    ("flow node", "A bracket above here is not closed, or a text is missing.", "Close it with ']' or '}'."),
    ("flow mapping", "A mapping is opened here with '{{' and not closed, or a comma is missing.", "Close it with '}'."),
    (
        "mapping values are not allowed",
        "A ':' stands here inside a text, or the line is indented too far.",
        "Put a text that holds ': ' in quotes; keys of one mapping begin in the same column.",
    ),
    ("cannot start any token", "A text begins with '{sign}', which means something in YAML.", "Put it in quotes."),
    (
        "expected <block end>|could not find expected ':'|sequence entries are not allowed|node content",
        "This line does not fit what stands above it.",
        "Check its indentation, and that a ':' or '- ' is not missing.",
    ),
)
