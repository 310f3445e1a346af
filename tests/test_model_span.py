"""The algebra of spans."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lde_qual.model.span import Span, union

SPANS = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 20), st.integers(0, 8))


@given(SPANS, SPANS)
def test_overlap_is_a_shared_character(one, other):
    """Two spans overlap just where their intersection has a character, in either order."""
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert bool(shared) == (one.overlaps(other) and bool(len(one)) and bool(len(other)))
    assert one.overlaps(other) == other.overlaps(one)
    assert shared == set(range((one & other).start, (one & other).end))


@given(SPANS, SPANS)
def test_containing_is_having_every_character(one, other):
    """A span contains another just where it has both its bounds."""
    assert one.contains(other) == (one.start <= other.start and other.end <= one.end)


@given(st.lists(SPANS, max_size=8))
def test_a_union_has_the_same_characters_in_disjoint_spans(spans):
    """The union covers each character once, in order, and no two of its spans touch."""
    merged = union(spans)
    assert {at for span in spans for at in range(span.start, span.end)} == {
        at for span in merged for at in range(span.start, span.end)
    }
    assert all(before.end < after.start for before, after in pairwise(merged))


@given(st.text(alphabet="a \n", max_size=10), SPANS)
def test_stripping_leaves_the_same_words(text, span):
    """A stripped span has what its text has, without white space at the ends."""
    inside = Span(min(span.start, len(text)), min(span.end, len(text)))
    assert inside.of(text).strip() == inside.stripped(text).of(text)
