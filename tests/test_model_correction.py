"""The changes of a correction lead from one text to the other, and back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.model.anchor import Change, apply_changes, inverse
from lde_qual.model.correction import changed_spans

texts = st.text(st.sampled_from("ab é\n.😀"), max_size=40)


@settings(max_examples=100, deadline=None)
@given(texts, texts)
def test_changes_lead_there_and_back(old: str, new: str) -> None:
    """Applied to the old text the changes give the new one; inverted they give the old one; none touch."""
    changes = changed_spans(old, new)
    assert apply_changes(old, changes) == new
    assert apply_changes(new, inverse(changes)) == old
    assert all(old[start:end] == was != now for start, end, was, now in changes)
    assert all(one[1] < other[0] for one, other in pairwise(changes))


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("", "", ()),
        ("een bus", "een bus", ()),
        ("een bus rijdt", "een trein rijdt", ((4, 7, "bus", "trein"),)),
        ("a\nb\nc\n", "a\nc\n", ((2, 4, "b\n", ""),)),
        ("café 😀 daar", "café 😀, daar", ((6, 6, "", ","),)),
        ("x " * 9000, "y " * 9000, ((0, 17999, ("x " * 9000)[:-1], ("y " * 9000)[:-1]),)),
    ],
    ids=["empty", "same", "word", "line", "sign", "all"],
)
def test_words_change_and_no_more(old: str, new: str, changes: tuple[Change, ...]) -> None:
    """A correction of a word changes that word; one too large to compare changes all between what is shared."""
    assert changed_spans(old, new) == changes
