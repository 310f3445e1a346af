import re
from collections.abc import Callable, Collection
from dataclasses import replace
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.errors import LdeQualError, RefusedError, UnknownError
from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.codebook_edit import (
    add_code,
    apply_difference,
    delete,
    describe,
    difference,
    invert,
    merge,
    move,
    rename,
    set_label,
)
from lde_qual.model.codebook import Code, Codebook

BOOK = """\
# top
title: X   # t
report_codes: [aa, b]
codes:
  # about a
  - id: aa   # the id
    label: "A"  # lab
    # note
    definition: >
      lang
      verhaal

    keywords:
      # kw
      - een   # 1
      - twee
    codes:
      # about a1
      - id: a1
        label: A1
      - {id: a2, label: A 2}   # flow
    # tail of a

  # about b
  - id: b
    label: B
    include: een ding
    formerly: [bee]
    codes:
    - id: b1
      label: B1
      # tail b1
  - id: c
    label: C
# the end
"""
BRACKETS = "title: x\ncodes: [{id: aa, label: A, codes: [{id: b, label: B}]}, {id: c, label: C}]  # rest\n"


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, stripped."""
    old, new = before.split("\n"), after.split("\n")
    gone: list[str] = []
    come: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += [line.strip() for line in old[i1:i2]]
            come += [line.strip() for line in new[j1:j2]]
    return gone, come


@pytest.mark.parametrize(
    ("edit", "gone", "come"),
    [
        (lambda text: set_label(text, "aa", "Anders"), ['label: "A"  # lab'], ['label: "Anders"  # lab']),
        (
            lambda text: set_label(text, "a2", "x, y"),
            ["- {id: a2, label: A 2}   # flow"],
            ['- {id: a2, label: "x, y"}   # flow'],
        ),
        (lambda text: set_label(text, "b", "B"), [], []),
        (lambda text: describe(text, "b", include=["een ding"]), [], []),
        (
            lambda text: describe(text, "aa", definition="kort", keywords=["twee", "drie"], colour="#112233"),
            ["definition: >", "lang", "verhaal", "- een   # 1"],
            ["definition: kort", "- drie", 'colour: "#112233"'],
        ),
        (
            lambda text: describe(text, "b", include=["een ding", "x"]),
            ["include: een ding"],
            ["include: [een ding, x]"],
        ),
        (lambda text: describe(text, "b", include=[]), ["include: een ding"], []),
        (
            lambda text: describe(text, "a2", definition="d"),
            ["- {id: a2, label: A 2}   # flow"],
            ["- {id: a2, label: A 2, definition: d}   # flow"],
        ),
        (
            lambda text: rename(text, "aa", "zz"),
            ["report_codes: [aa, b]", "- id: aa   # the id"],
            ["report_codes: [zz, b]", "- id: zz   # the id", "formerly: [aa]"],
        ),
        (
            lambda text: rename(text, "bee", "zz"),
            ["report_codes: [aa, b]", "- id: b", "formerly: [bee]"],
            ["report_codes: [aa, zz]", "- id: zz", "formerly: [bee, b]"],
        ),
        (lambda text: add_code(text, code=Code("d", "D")), [], ["- id: d", "label: D"]),
        (
            lambda text: add_code(text, code=Code("d", "D", keywords=("x", "x")), parent="a1"),
            [],
            ["codes:", "- id: d", "label: D", "keywords: [x]"],
        ),
        (
            lambda text: add_code(text, code=Code("d", "D"), parent="a2"),
            ["- {id: a2, label: A 2}   # flow"],
            ["- id: a2   # flow", "label: A 2", "codes:", "- id: d", "label: D"],
        ),
        (
            lambda text: move(text, "a2", "b"),
            ["- {id: a2, label: A 2}   # flow"],
            ["- {id: a2, label: A 2}   # flow"],
        ),
        (
            lambda text: move(text, "b1", ""),
            ["codes:", "- id: b1", "label: B1", "# tail b1"],
            ["codes: []", "- id: b1", "label: B1", "# tail b1"],
        ),
        (lambda text: move(text, "a1", "b1"), ["# about a1", "- id: a1", "label: A1"], None),
        (lambda text: delete(text, "c"), ["- id: c", "label: C"], []),
        (lambda text: delete(text, "a2"), ["- {id: a2, label: A 2}   # flow"], []),
        (
            lambda text: merge(text, "a1", "aa"),
            ["# about a1", "- id: a1", "label: A1"],
            ["formerly: [a1]"],
        ),
    ],
)
def test_only_the_lines_concerned_change(edit: Callable[[str], str], gone: list[str], come: list[str] | None) -> None:
    """An edit changes the lines of its own node; every other line stays as it is."""
    after = edit(BOOK)
    went, came = changed(BOOK, after)
    assert went == gone
    assert come is None or came == come
    hunks = difference(BOOK, after)
    assert apply_difference(BOOK, hunks) == after
    assert apply_difference(after, invert(hunks)) == BOOK


def test_a_moved_code_takes_its_comments() -> None:
    """What stands above a code and deeper behind it moves with it, and is indented as its new place asks."""
    after = move(BOOK, "aa", "b1")
    for line in ("        # about a", "          # note", "            # about a1", "          # tail of a"):
        assert line in after.split("\n")
    assert parse_codebook(after).path("a1") == ("b", "b1", "aa", "a1")


def test_merge_joins_two_codes() -> None:
    """The code that stays takes over former ids, rules, keywords and children, without doubles."""
    text = describe(BOOK, "b", keywords=["twee", "drie"])
    book = parse_codebook(merge(text, "aa", "b"))
    code = book.code("b")
    assert code.keywords == ("twee", "drie", "een")
    assert code.include == ("een ding",)
    assert code.formerly == ("bee", "aa")
    assert book.subtree("b") == ["b", "b1", "a1", "a2"]
    assert book.today("aa") == "b"
    assert book.report_codes == ("b",)


def test_delete_takes_a_code_out_of_the_report() -> None:
    """A code that is deleted is no row of the report any more."""
    text = delete(delete(BOOK, "b1"), "b")
    assert parse_codebook(text).report_codes == ("aa",)


@pytest.mark.parametrize(
    ("edit", "error", "what"),
    [
        (lambda: add_code(BOOK, code=Code("A b", "x")), RefusedError, "'A b' cannot be"),
        (lambda: add_code(BOOK, code=Code("b", "x")), RefusedError, "in the codebook already"),
        (lambda: add_code(BOOK, code=Code("bee", "x")), RefusedError, "former id of code 'b'"),
        (lambda: add_code(BOOK, code=Code("d", " ")), RefusedError, "label"),
        (lambda: add_code(BOOK, code=Code("d", "x", colour="red")), RefusedError, "'red'"),
        (lambda: add_code(BOOK, code=Code("d", "x", codes=(Code("d", "y"),))), RefusedError, "share an id"),
        (lambda: add_code(BOOK, code=Code("d", "x"), parent="a3"), UnknownError, "'a3' is not in the codebook"),
        (lambda: set_label(BOOK, "a3", "x"), UnknownError, "'a3'"),
        (lambda: set_label(BOOK, "b", "x\ny"), RefusedError, "label"),
        (lambda: describe(BOOK, "b", colour="#12"), RefusedError, "'#12'"),
        (lambda: rename(BOOK, "b", "aa"), RefusedError, "already"),
        (lambda: rename(BOOK, "b", "bee"), RefusedError, "former id"),
        (lambda: rename(BOOK, "b", "B"), RefusedError, "'B'"),
        (lambda: rename(BOOK, "x", "y"), UnknownError, "'x'"),
        (lambda: move(BOOK, "aa", "a1"), RefusedError, "below itself"),
        (lambda: move(BOOK, "aa", "aa"), RefusedError, "below itself"),
        (lambda: move(BOOK, "a1", "aa"), RefusedError, "already"),
        (lambda: move(BOOK, "aa", ""), RefusedError, "top level already"),
        (lambda: merge(BOOK, "aa", "a1"), RefusedError, "stands below it"),
        (lambda: merge(BOOK, "aa", "aa"), RefusedError, "itself"),
        (lambda: delete(BOOK, "aa"), RefusedError, "a1, a2"),
        (lambda: delete(BRACKETS.replace("[{", "[ # n\n  {"), "c"), RefusedError, "Comments"),
        (lambda: delete("title: x\ncodes:\n  -\n    id: a\n    label: A\n", "a"), RefusedError, "'-'"),
    ],
)
def test_what_does_not_fit_is_refused(edit: Callable[[], str], error: type[LdeQualError], what: str) -> None:
    """An edit that does not fit says so, with the way out."""
    with pytest.raises(error, match=re.escape(what)) as caught:
        edit()
    assert caught.value.way_out


@pytest.mark.parametrize(
    "text", ["title: x\ncodes: []", "title: x\ncodes:\n", "{title: x, codes: []}", "title: x\ncodes: [\n]  # none\n"]
)
def test_an_empty_tree_takes_its_first_code(text: str) -> None:
    """However an empty list of codes is written, a first code can be added."""
    assert parse_codebook(add_code(text, code=Code("a", "A: 'b'"))).code("a").label == "A: 'b'"


def test_a_tree_in_brackets_can_be_edited() -> None:
    """A tree on one line is written as lines once its shape changes; what it says stays."""
    assert "codes:  # rest\n" in add_code(BRACKETS, code=Code("d", "D"), parent="b")
    assert parse_codebook(move(BRACKETS, "b", "c")).path("b") == ("c", "b")
    assert parse_codebook(delete(BRACKETS, "c")).ids() == ["aa", "b"]
    assert parse_codebook(merge(BRACKETS, "aa", "c")).ids() == ["c", "b"]


def test_the_shape_of_the_file_stays() -> None:
    """Byte-order mark, CR LF and a last line without its end stay as they were."""
    text = "\ufefftitle: x\r\ncodes:\r\n  - id: a\r\n    label: A"
    assert set_label(text, "a", "B") == "\ufefftitle: x\r\ncodes:\r\n  - id: a\r\n    label: B"
    assert add_code(text, code=Code("b", "B")) == text + "\r\n  - id: b\r\n    label: B"


@st.composite
def books(draw: st.DrawFn) -> str:
    """A tree of codes and one of the ways to write it."""
    count = draw(st.integers(2, 6))
    parents = [draw(st.integers(-1, number - 1)) for number in range(count)]
    indent = draw(st.sampled_from([0, 2]))
    comments, blanks = draw(st.booleans()), draw(st.booleans())
    shapes = [draw(st.sampled_from(["block", "brackets", "rich"])) for _ in range(count)]

    def lines(number: int, margin: int) -> list[str]:
        below = [child for child in range(count) if parents[child] == number]
        pad = " " * margin
        if shapes[number] == "brackets" and not below:
            return [f"{pad}- {{id: c{number}, label: L{number}}}"]
        found = [f"{pad}# above {number}"] if comments else []
        found += [f"{pad}- id: c{number}", f"{pad}  label: L{number}  # label {number}"]
        if shapes[number] == "rich":
            found += [
                f"{pad}  definition: |",
                f"{pad}    # text",
                "",
                f"{pad}    more",
                f"{pad}  include:",
                f"{pad}    - x",
            ]
        if below:
            found.append(f"{pad}  codes:")
            for child in below:
                found += [""] * blanks + lines(child, margin + 2 + indent)
        return found + ([f"{pad}  # behind {number}"] if comments else [])

    roots = [number for number in range(count) if parents[number] < 0]
    body = [line for root in roots for line in [*([""] * blanks), *lines(root, indent)]]
    return "\n".join(["title: x", "codes:", *body, "# end", "report_codes: [c0]"]) + "\n"


def described(book: Codebook, *, without: Collection[str] = ()) -> dict[str, tuple[str, Code]]:
    """Each code with its parent, apart from its place in the file."""
    return {
        name: (book.parent(name), replace(book.code(name), codes=(), line=None))
        for name in book.ids()
        if name not in without
    }


def comments_in(text: str) -> list[str]:
    return sorted(re.findall(r"# (?:above|behind|label|end).*", text))


@given(books(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_move_changes_the_parent_alone(text: str, data: st.DataObject) -> None:
    """After a move every code says what it said, under the parents it had, but for the one moved."""
    book = parse_codebook(text)
    code = data.draw(st.sampled_from(book.ids()))
    fitting = [name for name in ["", *book.ids()] if name not in book.subtree(code) and name != book.parent(code)]
    if not fitting:
        return
    above = data.draw(st.sampled_from(fitting))
    after = move(text, code, above)
    expected = described(book)
    assert described(parse_codebook(after)) == expected | {code: (above, expected[code][1])}
    assert comments_in(after) == comments_in(text)


@given(books(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_merge_loses_no_id(text: str, data: st.DataObject) -> None:
    """After a merge every id still leads to a code, and the others say what they said."""
    book = parse_codebook(text)
    source = data.draw(st.sampled_from(book.ids()))
    fitting = [name for name in book.ids() if source not in book.path(name)]
    if not fitting:
        return
    into = data.draw(st.sampled_from(fitting))
    after = parse_codebook(merge(text, source, into))
    assert all(after.today(name) == (into if name == source else name) for name in book.ids())
    expected = described(book, without={source, into})
    for child in book.code(source).codes:
        expected[child.id] = (into, expected[child.id][1])
    assert described(after, without={into}) == expected


@given(books(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_new_code_disturbs_nothing(text: str, data: st.DataObject) -> None:
    """Adding a code leaves every other code and comment as it was; deleting it brings all of that back."""
    book = parse_codebook(text)
    parent = data.draw(st.sampled_from(["", *book.ids()]))
    code = Code("new", "New: one", definition="a\n\nb", include=("x, y", "no"), colour="#123456")
    after = add_code(text, code=code, parent=parent)
    assert described(parse_codebook(after)) == described(book) | {"new": (parent, code)}
    assert comments_in(after) == comments_in(text)
    assert described(parse_codebook(delete(after, "new"))) == described(book)
    assert comments_in(delete(after, "new")) == comments_in(text)
