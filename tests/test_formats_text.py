"""Bytes become text by a fixed policy."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lde_qual.errors import FormatError
from lde_qual.formats.text import decode, normalised

DUTCH = "R07: Coördinatie, één keer, zó'n vraag: dat kost € 12.\n"


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (DUTCH.encode("utf-8"), "utf-8", ""),
        (codecs.BOM_UTF8 + DUTCH.encode("utf-8"), "utf-8", ""),
        (codecs.BOM_UTF16_LE + DUTCH.encode("utf-16-le"), "utf-16-le", ""),
        (codecs.BOM_UTF16_BE + DUTCH.encode("utf-16-be"), "utf-16-be", ""),
        (codecs.BOM_UTF32_LE + DUTCH.encode("utf-32-le"), "utf-32-le", ""),
        (DUTCH.encode("utf-16-le"), "utf-16-le", "UTF-16-LE"),
        (DUTCH.encode("utf-16-be"), "utf-16-be", "UTF-16-BE"),
        (DUTCH.encode("cp1252"), "cp1252", "not UTF-8 (line 1)"),
    ],
)
def test_dutch_is_read_in_every_encoding_of_the_policy(data: bytes, encoding: str, said: str) -> None:
    """The same sentence comes in whatever it was saved in, and an assumption is said."""
    read = decode(data)
    assert (read.text, read.encoding) == (DUTCH, encoding)
    assert said in read.assumed
    assert bool(said) == bool(read.assumed)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "Word"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1 tekst}", "RTF"),
        (b"\xd0\xcf\x11\xe0rest", "old Word"),
        (b"\x00\x01\x02\x00\x00\x07\x00\x00", "NUL"),
        (b"tekst met een \x00 erin", "NUL"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\x00", "NUL"),
        (b"goed\nfout \x81 en \xe9", "0x81"),
        (codecs.BOM_UTF8 + b"\xff", "0xFF"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, said: str) -> None:
    """Bytes that are no text of the policy give an error with a way out."""
    with pytest.raises(FormatError, match=said) as refused:
        decode(data)
    assert refused.value.way_out


def test_the_line_of_a_byte_that_no_encoding_knows_is_told() -> None:
    """An undecodable byte is found by its line."""
    with pytest.raises(FormatError) as refused:
        decode(b"een\ntwee \x81 \xe9")
    assert refused.value.line == 2


def test_only_carriage_returns_become_line_ends() -> None:
    """CR and CR LF become LF; other signs that some call line ends stay as they are."""
    kept = "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g"
    assert decode(f"een\r\ntwee\rdrie\n{kept}".encode()).text == f"een\ntwee\ndrie\n{kept}"


def test_accents_are_composed() -> None:
    """Text is in NFC, so that offsets do not depend on the machine that typed it."""
    assert decode("e\u0301e\u0301n".encode()).text == "één"


@settings(max_examples=50)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_text_comes_back_from_utf8(text: str) -> None:
    """Any text without NUL that is saved as UTF-8 with a mark is read back, normalised."""
    assert decode(text.encode("utf-8-sig")).text == normalised(text)
