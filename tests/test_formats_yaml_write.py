import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.formats.strict_yaml import Mapping, load
from lde_qual.formats.yaml_fields import scalars
from lde_qual.formats.yaml_write import Edit, apply, flow_list, scalar_text, value_lines

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | st.text(
    "ab:#,[]{}'\"- \n\t\x85\u2028", min_size=1, max_size=8
)


def read(lines: list[str]) -> list[str]:
    """The texts under one key."""
    root = load("\n".join(lines))
    assert isinstance(root, Mapping)
    node = root.get("key")
    assert node is not None
    return [scalar.value for scalar in scalars(node, "key")]


@given(texts.filter(str.strip), st.sampled_from(["", "'", '"']))
@settings(max_examples=150, deadline=None)
def test_a_text_reads_back(text: str, style: str) -> None:
    """A text written as a value is the text that is read, in brackets and outside, whatever its quotes."""
    first, *others = value_lines(text, indent=2, style=style)
    assert read([f"key: {first}", *others]) == [text]
    assert read([f"key: [{scalar_text(text, style=style, flow=True)}]"]) == [text]


@given(st.lists(texts.filter(str.strip), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_a_list_reads_back(values: list[str]) -> None:
    """A list of texts is the list that is read, on one line and on several."""
    first, *others = value_lines(values, indent=2)
    assert read([f"key: {first}", *others]) == values
    assert read([f"key: {flow_list(values)}"]) == values


@pytest.mark.parametrize("text", ["no", "Yes", "null", "12:30", "012", "1e3", "#4477aa", "a: b", "x ", "a #b", "n"])
def test_what_others_would_misread_is_quoted(text: str) -> None:
    """A text that other programs take for something else stands in quotes."""
    assert scalar_text(text) == f'"{text}"'


@pytest.mark.parametrize("text", ["Determinanten bij instroom", "it's", "a#b", "Wat: niet"[:3], "uur?", "né"])
def test_plain_words_stay_plain(text: str) -> None:
    """A text that cannot be misread stands as it is."""
    assert scalar_text(text) == text


def test_edits_do_not_disturb_each_other() -> None:
    """Edits are made as if at once; insertions at one place stand in the order given."""
    edits = [Edit(1, 3, "X"), Edit(3, 3, "1"), Edit(3, 3, "2"), Edit(3, 4)]
    assert apply("abcde", edits) == "aX12e"
