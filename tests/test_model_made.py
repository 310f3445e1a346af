"""A coding that is made when it is asked for is the one that would have been made at once."""

from __future__ import annotations

from copy import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.model.coding import Coding, Stood
from lde_qual.model.made import Codings, coding_of
from lde_qual.model.operation import UNREADABLE, Part

odd = st.none() | st.booleans() | st.integers() | st.lists(st.text(max_size=1), max_size=1)
some = st.text(max_size=3)
fields: dict[str, st.SearchStrategy[Any]] = {
    "transcript": some,
    "start": st.integers(0, 9),
    "end": st.integers(0, 9),
    "quote": some,
    "code": some,
}
others: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("prefix", "suffix", "body_sha256", "memo"), some | odd),
    "mark": st.sampled_from(["", "typerend", "mooi"]) | odd,
    "dimensions": st.dictionaries(some, some | odd, max_size=2) | odd,
    "suggestion": st.dictionaries(some, odd, max_size=2) | odd,
    "suggestions_visible": odd,
}
sound = st.fixed_dictionaries(fields, optional=others)
bodies = sound | st.fixed_dictionaries({}, optional={name: kind | odd for name, kind in fields.items()} | others)


def part_of(body: dict[str, Any], identifier: str = "1") -> Part:
    """Return what makes a coding."""
    return Part(identifier, identifier, "2026-01-01T00:00:00Z", "anna", "code", body)


@settings(max_examples=300, deadline=None)
@given(bodies)
def test_made_later_is_made_at_once(body: dict[str, Any]) -> None:
    """What a body makes later it makes at once; one that makes nothing is refused when it is taken in."""
    codings = Codings()
    try:
        expected = coding_of(part_of(body))
    except UNREADABLE:
        expected = None
    try:
        codings.add(part_of(body))
    except UNREADABLE:
        assert (expected, len(codings)) == (None, 0)
        return
    before = [stood for _, stood in codings.stood()]
    made = codings["1"]
    assert made == expected
    anchor = made.anchor
    assert before == [stood for _, stood in codings.stood()]
    at = (anchor.transcript, anchor.start, anchor.end, anchor.quote, anchor.body_sha256)
    suggested = made.origin == "accepted" or made.suggestions_visible is True
    assert before == [Stood("1", *at, made.code, made.dimensions, suggested)]
    assert codings.transcripts() == {anchor.transcript}


@given(st.lists(sound, min_size=1, max_size=4))
def test_they_are_a_mapping_in_order_of_making(each: list[dict[str, Any]]) -> None:
    """Codings behave as a dict of them, and a copy does not change with them."""
    codings, expected = Codings(), dict[str, Coding]()
    for number, body in enumerate(each):
        part = part_of(body, str(number))
        try:
            expected[part.id] = coding_of(part)
        except UNREADABLE:
            continue
        codings.add(part)
    kept = copy(codings)
    assert list(codings) == list(expected)
    assert list(reversed(codings)) == list(reversed(expected))
    assert codings == expected
    assert repr(codings) == repr(expected)
    for identifier in list(codings):
        assert codings.pop(identifier) == expected[identifier]
    assert not codings
    assert dict(kept) == expected
