"""Passages found again after their transcript changed."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.model.anchor import Edit, apply_changes, carry, inverse, make_anchor, place, route
from lde_qual.model.span import Span
from lde_qual.model.transcript import Transcript, body_sha256

TEXT = "I: Hoe is het?\nR1: Ja, dat klopt. Ja, dat klopt. En dan nog de bus.\n"


def transcript(text: str) -> Transcript:
    return Transcript("t", text)


def edit(before: str, changes: tuple[tuple[int, int, str, str], ...]) -> Edit:
    return Edit("e", "t", body_sha256(before), body_sha256(apply_changes(before, changes)), changes)


@st.composite
def edits(draw: st.DrawFn):
    """A text with letters that each occur once, and changes that touch some of it."""
    text = draw(st.permutations("abcdefghijklmnop").map("".join))
    bounds = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    changes = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=False):
        changes.append((start, end, text[start:end], draw(st.text(alphabet="XYZ", max_size=4))))
    return text, tuple(changes)


@given(edits(), st.data())
def test_a_span_is_carried_with_its_untouched_characters(case, data):
    """After changes, a span still has just those of its characters that were not replaced."""
    text, changes = case
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    replaced = {at for begin, end, _, _ in changes for at in range(begin, end)}
    kept = [text[at] for at in range(span.start, span.end) if at not in replaced]
    after = carry(span, changes).of(apply_changes(text, changes))
    assert kept == [sign for sign in after if sign.islower() and sign in span.of(text)]


@given(edits())
def test_the_inverse_takes_a_text_back(case):
    """Changes and their inverse give the text that was."""
    text, changes = case
    assert text == apply_changes(apply_changes(text, changes), inverse(changes))


@settings(max_examples=50)
@given(edits(), edits())
def test_a_route_leads_through_edits_in_both_directions(first, second):
    """Any two bodies that edits connect are reached, forward and back."""
    text, changes = first
    between = apply_changes(text, changes)
    more = tuple((start, end, between[start:end], new) for start, end, _, new in second[1] if end <= len(between))
    last = apply_changes(between, more)
    known = [edit(text, changes), edit(between, more)]
    for start, end in [(text, last), (last, text)]:
        steps = route(known, before=body_sha256(start), after=body_sha256(end))
        assert steps is not None
        assert end == reduce(apply_changes, steps, start)
    assert route(known, before=body_sha256("iets"), after=body_sha256(text)) is None or text == "iets"


@pytest.mark.parametrize(
    ("quote", "new_text", "how", "found"),
    [
        ("de bus", TEXT, "kept", "de bus"),
        ("de bus", "Vooraf.\n" + TEXT, "moved", "de bus"),
        ("Hoe is", TEXT.replace("bus", "tram"), "kept", "Hoe is"),
        ("de bus", TEXT.replace("de bus", "de tram"), "look", None),
        # the same words stand twice, but each with a context of its own
        ("dat klopt", "Nog iets vooraf.\n" + TEXT, "moved", "dat klopt"),
    ],
)
def test_where_a_passage_is_found_again(quote, new_text, how, found):
    """A passage is taken where it stands, else where quote and both contexts occur once, else it needs a look."""
    anchor = make_anchor(transcript(TEXT), Span(TEXT.index(quote), TEXT.index(quote) + len(quote)))
    placement = place(anchor, transcript(new_text), {})
    assert how == placement.how
    if found is not None:
        assert found == placement.span.of(new_text)


def test_what_occurs_twice_with_the_same_context_needs_a_look():
    """Two equal places are a choice for a person."""
    anchor = make_anchor(transcript("xx ja yy"), Span(3, 5))
    assert "look" == place(anchor, transcript("0 xx ja yy, xx ja yy"), {}).how


def test_a_transcript_that_is_gone_needs_a_look():
    """Without its transcript a passage is nowhere."""
    assert "look" == place(make_anchor(transcript(TEXT), Span(3, 6)), None, {}).how


def test_an_edit_made_through_the_program_carries_exactly():
    """A correction inside a passage, and one before it, move it without any search."""
    start = TEXT.index("dat klopt")
    anchor = make_anchor(transcript(TEXT), Span(start, start + 9))
    changes = ((0, 1, "I", "INT"), (start, start + 3, "dat", "dit"))
    after = apply_changes(TEXT, changes)
    placement = place(anchor, transcript(after), {"t": [edit(TEXT, changes)]})
    assert ("carried", "dit klopt") == (placement.how, placement.span.of(after))
