from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.errors import CodebookError, FormatError, TranscriptError
from lde_qual.formats.strict_yaml import MAX_DEPTH, MAX_SIZE, Mapping, Node, Scalar, Sequence, load, load_front_matter

Tree = str | list[Any] | dict[str, Any]


def plain(node: Node) -> Tree:
    """The bare texts, lists and dicts of a node."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {entry.key.value: plain(entry.value) for entry in node.entries}


def read(text: str) -> Mapping:
    """A text that is known to hold a mapping."""
    node = load(text)
    assert isinstance(node, Mapping)
    return node


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("true", "true"),
        ("12:30", "12:30"),
        ("12:30:00", "12:30:00"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("2024-05-01", "2024-05-01"),
        (".inf", ".inf"),
        ("'null'", "null"),
        ("null", ""),
        ("~", ""),
        ("", ""),
        ('"a\\tb"', "a\tb"),
        ("'it''s'", "it's"),
        ("a # comment", "a"),
        ("a#b", "a#b"),
        ("=", "="),
    ],
)
def test_scalars_are_the_text_that_stands_there(text: str, value: str) -> None:
    """A scalar is the text that stands there, never a boolean, number, date or time."""
    assert plain(load(f"key: {text}\n")) == {"key": value}


def test_half_a_sign_is_refused_with_its_line() -> None:
    """An escape that names half of a surrogate pair is no text: no file could be written with it."""
    with pytest.raises(CodebookError, match="half a sign") as refused:
        load('title: x\nlabel: "a\\udcff"\n')
    assert refused.value.line == 2


def test_nothing_at_all_is_an_empty_mapping() -> None:
    """A file of comments only says nothing, and is no error."""
    assert plain(load("# only this\n")) == {}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands here for the second time; the first is on line 1"),
        ("a:\n  b: 1\n  'b': 2\n", 3, "second time"),
        ("a: &x 1\n", 1, "anchor"),
        ("a: 1\nb: *x\n", 2, "alias"),
        ("<<: {a: b}\n", 1, "merge key"),
        ("a: 1\nb: !!int 3\n", 2, "tag"),
        ("a: !x y\n", 1, "tag"),
        ("a:\n\tb: 1\n", 2, "tab"),
        ("a: 1\n\tb: 1\n", 2, "tab"),
        ("a: x\ty\n", 1, "tab"),
        ("- a\n-\tb\n\t- c\n", 2, "tab"),
        ("a: [1, 2\nb: 3\n", 1, "with '\\['"),
        ("a: [\n", 2, "bracket"),
        ("a: 1\nb: {c: 2\n", 2, "'{'"),
        ("a: 'x\nb: 2\n", 1, "quote"),
        ('a: "\\q"\n', 1, "backslash"),
        ("a: b: c\n", 1, "':'"),
        ("a: 1\n b: 2\n", 2, "':'"),
        ("a: @x\n", 1, "'@'"),
        ("- a\nb: 1\n", 2, "does not fit"),
        ("a: 'b' c\n", 1, "does not fit"),
        ("a: - b\n", 1, "does not fit"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("%YAML 1.1\n---\na: 1\n", 1, "directive"),
        ("a: x\x07\n", 1, "U\\+0007"),
        ("a: 1\nb: x\u2028y\n", 2, "U\\+2028"),
        (": 3\n", 1, "no name"),
        ("? [x]\n: 3\n", 1, "no name"),
        ("a: " + "[" * (MAX_DEPTH + 1), 1, "deep"),
        ("a: [" + "{b: " * 5000, 1, "deep"),
    ],
)
def test_faults_have_their_line(text: str, line: int, what: str) -> None:
    """Every fault names its line, what is wrong and the way out."""
    with pytest.raises(CodebookError, match=what) as caught:
        load(text)
    assert caught.value.line == line
    assert caught.value.way_out


def test_a_file_too_large_is_refused() -> None:
    """A file beyond the size limit is refused before it is read."""
    with pytest.raises(CodebookError, match="characters"):
        load("a" * (MAX_SIZE + 1))


@given(st.text(alphabet=":-[]{}'\"#&*!|>%@`?, \t\nab\\~\r\x85\ufeff0", max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Any text is read, or refused with an error of ours."""
    with suppress(FormatError):
        load(text)


trees = st.recursive(
    st.text(alphabet="ab é:#'\"-", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz", min_size=1, max_size=2), inner),
    max_leaves=8,
)


def written(tree: Tree) -> str:
    """A tree in brackets and double quotes."""
    if isinstance(tree, str):
        return '"' + tree.replace('"', '\\"') + '"'
    if isinstance(tree, list):
        return "[" + ", ".join(written(item) for item in tree) + "]"
    return "{" + ", ".join(f'"{key}": {written(value)}' for key, value in tree.items()) + "}"


@given(trees)
@settings(max_examples=60, deadline=None)
def test_round_trip(tree: Tree) -> None:
    """What is written down is what is read, and each node knows the characters it takes."""
    text = "root:\n  " + written(tree)
    node = read(text).get("root")
    assert node is not None
    assert plain(node) == tree
    assert text[node.start : node.end] == written(tree)


def test_nodes_know_their_lines() -> None:
    """Keys, items and values that are missing stand on the line where they are written."""
    node = read("a:\n\n# x\nb:\n  -\n  - c\nd: |\n  text\n\ne: 1\n")
    assert [entry.key.line for entry in node.entries] == [1, 4, 7, 10]
    empty, listed = node.get("a"), node.get("b")
    assert isinstance(empty, Scalar)
    assert empty.line == 1
    assert isinstance(listed, Sequence)
    assert [item.line for item in listed.items] == [5, 6]


def test_front_matter_is_flat_text() -> None:
    """Front matter is names with one text each, as written."""
    text = "date: 2024-05-01\nduration: 01:02\nwave:\nplace: no\n"
    assert load_front_matter(text) == {"date": "2024-05-01", "duration": "01:02", "wave": "", "place": "no"}


@pytest.mark.parametrize(
    ("text", "line"), [("a: [b]\n", 2), ("a: 1\nb:\n  c: 2\n", 3), ("- a\n", 2), ("a: 1\na: 2\n", 3), ("a: [b\n", 2)]
)
def test_front_matter_faults_are_counted_from_the_file(text: str, line: int) -> None:
    """A fault in front matter is the transcript's, on the line of the whole file."""
    with pytest.raises(TranscriptError) as caught:
        load_front_matter(text, first_line=2)
    assert caught.value.line == line


def test_a_text_is_parsed_once() -> None:
    """What is read again is not parsed again, also where others were read between; a fault is found each time."""
    text = "a: 1\n"
    first = load(text)
    load("b: 2\n")
    assert load(text) is first
    for _ in range(2):
        with pytest.raises(CodebookError):
            load("a: 1\na: 2\n")
