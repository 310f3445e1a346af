"""Journal lines: what is written reads back, and any damage is found."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.errors import JournalError
from lde_qual.formats.journal import Fault, Line, chain, decode, encode, milliseconds_of, uuid7
from lde_qual.formats.journal_reading import as_written, read_lines
from lde_qual.model.operation import Operation

SALT = "0f" * 16
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
bodies = st.dictionaries(texts, values, max_size=4)


def journal(*each: dict[str, object]) -> list[Line]:
    """Return the chained lines of operations with these bodies."""
    lines: list[Line] = []
    for number, body in enumerate(each, start=1):
        identifier = uuid7(1_700_000_000_000 + number, bytes(range(number, number + 10)))
        operation = Operation(identifier, number, "2024-03-01T10:00:00.000Z", "anna", "memo", body)
        lines.append(encode(operation, prev=lines[-1].sum if lines else "", salt=SALT))
    return lines


def written(lines: list[Line]) -> bytes:
    """Return the bytes of a journal."""
    return b"".join(line.to_bytes() for line in lines)


THREE = journal({"text": "één 😀", "n": 100}, {"text": "\u2028\t\\u001f"}, {"changes": {"start": 1.5, "memo": ""}})


def withdrawn(line: Line) -> Line:
    """Return a line whose salt and body were taken out."""
    return replace(line, operation=replace(line.operation, body=None), salt="", _body="")


@settings(max_examples=60, deadline=None)
@given(st.lists(bodies, max_size=4))
def test_round_trip(each: list[dict[str, Any]]) -> None:
    """A journal that is written and read back is the same journal, without fault or break."""
    lines = journal(*each)
    reading = read_lines(written(lines))
    assert list(reading.lines) == lines
    assert (reading.faults, reading.breaks, reading.rewritten, reading.tail) == ((), (), (), "")


def test_keys_stand_in_order() -> None:
    """A line is one JSON object with its keys in the order of the design, and ends in LF."""
    raw = THREE[0].to_bytes()
    keys = ["v", "id", "seq", "at", "coder", "op", "prev", "salt", "digest", "body", "sum"]
    assert list(json.loads(raw)) == keys
    assert raw.count(b"\n") == 1
    assert raw.endswith(b"\n")


@settings(max_examples=120, deadline=None)
@given(st.integers(0, len(written(THREE)) - 1))
def test_every_prefix_reads(cut: int) -> None:
    """Cut at any byte, a journal gives the lines before the cut and no other."""
    data = written(THREE)[:cut]
    reading = read_lines(data)
    whole = data.count(b"\n")
    assert list(reading.lines[:whole]) == THREE[:whole]
    assert len(reading.lines) - whole in ({0, 1} if reading.tail == "whole" else {0})
    assert not reading.breaks


def test_every_flipped_bit_is_found() -> None:
    """No bit of a journal can be flipped without a fault, a break or a rewritten line."""
    data = written(THREE[:2])
    for bit in range(8 * len(data)):
        damaged = bytearray(data)
        damaged[bit // 8] ^= 1 << bit % 8
        reading = read_lines(bytes(damaged))
        assert reading.faults or reading.breaks or reading.rewritten, bit
        assert not any(fault.kind.startswith("unknown") for fault in reading.faults), bit


def test_a_withdrawn_line_keeps_the_chain() -> None:
    """Salt and body can be taken out: the line is valid by its sum and the chain holds."""
    reading = read_lines(written([THREE[0], withdrawn(THREE[1]), THREE[2]]))
    assert [line.withdrawn for line in reading.lines] == [False, True, False]
    assert (reading.faults, reading.breaks) == ((), ())
    nulls = json.loads(withdrawn(THREE[1]).to_bytes()) | {"salt": None, "body": None}
    assert decode(json.dumps(nulls).encode()) == withdrawn(THREE[1])


def test_a_missing_line_is_a_break() -> None:
    """A line that is gone shows at the next one, which still counts."""
    reading = read_lines(written([THREE[0], THREE[2]]))
    assert [line.id for line in reading.lines] == [THREE[0].id, THREE[2].id]
    assert reading.breaks == (2,)


def test_a_last_line_without_its_newline() -> None:
    """A last line counts without its LF when its sums hold, and is torn when they do not."""
    data = written(THREE)
    assert read_lines(data[:-1]).tail == "whole"
    assert len(read_lines(data[:-1]).lines) == 3
    torn = read_lines(data[:-2])
    assert (torn.tail, torn.faults[0].kind, torn.faults[0].line) == ("torn", "torn", 3)


def changed(**fields: object) -> bytes:
    """Return the first line with fields put in another way."""
    return json.dumps(json.loads(THREE[0].to_bytes()) | fields).encode()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"{", "not json"),
        (b"[1]", "not json"),
        (b"\xff", "not json"),
        (b"[" * 100_000, "not json"),
        (b'{"v":1,"body":NaN}', "not json"),
        (changed(extra=1), "not json"),
        (changed(seq="1"), "not json"),
        (changed(coder="Anna B"), "not json"),
        (changed(body={"text": "\ud800"}), "not json"),
        (changed(at="2025-01-01T00:00:00.000Z"), "bad sum"),
        (changed(v=2), "bad sum"),
        (changed(body={"text": "anders"}), "bad digest"),
        (changed(body=None), "bad digest"),
        (changed(v=2, sum="elders"), "unknown version"),
        (b'{"v":2,"anything":true}', "unknown version"),
        (encode(Operation("x", 1, "", "anna", "later-op", {}), prev="", salt=SALT).to_bytes(), "unknown op"),
    ],
)
def test_faults_are_named(raw: bytes, kind: str) -> None:
    """Whatever is wrong with a line is said by kind, never raised."""
    fault = decode(raw, number=7)
    assert isinstance(fault, Fault)
    assert (fault.kind, fault.line) == (kind, 7)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, "\ud800"])
def test_what_json_cannot_carry_is_refused(value: object) -> None:
    """A body that would not read back is refused before anything is written."""
    with pytest.raises(JournalError, match="cannot be written"):
        encode(Operation("x", 1, "", "anna", "memo", {"text": value}), prev="", salt=SALT)


def test_chaining_anew_keeps_the_operation() -> None:
    """A line that moves to another place keeps its id, body and digest."""
    moved = chain(THREE[2], seq=1, prev="")
    assert (moved.id, moved.digest, moved.operation.body) == (THREE[2].id, THREE[2].digest, THREE[2].operation.body)
    assert read_lines(moved.to_bytes()).lines == (moved,)


@settings(max_examples=60)
@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_uuid7(milliseconds: int, chance: bytes) -> None:
    """A UUIDv7 bears its time, its version and its variant, and sorts by time."""
    identifier = uuid7(milliseconds, chance)
    assert milliseconds_of(identifier) == milliseconds
    assert identifier[14] == "7"
    assert identifier[19] in "89ab"
    assert len(identifier) == 36
    assert milliseconds == 2**48 - 1 or identifier < uuid7(milliseconds + 1, chance)
    assert milliseconds_of("no id") == 0


ODD = st.sampled_from([b" ", b'"', b"1e-05", b"0", b"\\u00e9", b"}", b"[", b"\xff", b"null", b',"body":{}', b"\\ud800"])


@settings(max_examples=300, deadline=None)
@given(bodies, st.integers(0, 400), st.integers(0, 6), ODD)
def test_the_fast_look_says_what_the_full_one_says(body: dict[str, Any], at: int, cut: int, odd: bytes) -> None:
    """Whatever the bytes of a line, what is read fast is what is read in full, and stands as it was written."""
    (line,) = journal(body)
    raw = line.to_bytes()[:-1]
    for each in (raw, raw[:at] + odd + raw[at + cut :]):
        fast, full = as_written(each), decode(each)
        assert fast is None or (fast == full and fast.to_bytes() == each + b"\n")


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(texts, st.recursive(st.none() | st.booleans() | st.integers() | texts, st.lists, max_leaves=4)))
def test_a_line_without_fractions_is_read_fast(body: dict[str, Any]) -> None:
    """A line as it was written, without a number with a fraction, needs no second look."""
    (line,) = journal(body)
    assert as_written(line.to_bytes()[:-1]) == line


@pytest.mark.parametrize("body", [{"n": 1e-05}, {"n": 1e16}, {"n": 1e300}])
def test_numbers_that_two_writers_write_otherwise(body: dict[str, Any]) -> None:
    """A number that another writer would write otherwise is left to the full look, which takes it."""
    (line,) = journal(body)
    assert as_written(line.to_bytes()[:-1]) is None
    assert decode(line.to_bytes()[:-1]) == line
