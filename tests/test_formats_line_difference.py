import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.errors import StaleError
from lde_qual.formats.line_difference import apply_difference, difference, invert

texts = st.lists(st.sampled_from(["a", "b", "c", "", "d\r"]), max_size=12).map("\n".join)


@given(texts, texts)
@settings(max_examples=200)
def test_difference_is_done_and_taken_back(before: str, after: str) -> None:
    """Hunks lead from one text to the other and back, also after a stay in JSON."""
    hunks = json.loads(json.dumps(difference(before, after)))
    assert apply_difference(before, hunks) == after
    assert apply_difference(after, invert(hunks)) == before
    assert invert(invert(hunks)) == hunks


def test_lines_that_moved_are_found() -> None:
    """A change is taken back also where other lines came in above it."""
    before = "\n".join(f"line {number}" for number in range(20))
    after = before.replace("line 9", "other")
    later = "new\n" + after
    assert apply_difference(later, invert(difference(before, after))) == "new\n" + before


def test_lines_that_are_gone_are_told() -> None:
    """A change whose lines are no longer there is refused with its line and the way out."""
    hunks = difference("a\nb\nc", "a\nB\nc")
    with pytest.raises(StaleError) as caught:
        apply_difference("a\nx\nc", hunks)
    assert caught.value.line == 1
    assert caught.value.way_out
