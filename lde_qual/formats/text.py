"""Bytes to text by a fixed policy, since guessers misread Dutch.

Byte-order mark, then NUL-counted UTF-16, then strict UTF-8, then cp1252; what was
assumed is said. Line ends are LF alone: U+0085, U+2028, U+2029 and form feed are
signs like any other, so lines are split on LF and never by `str.splitlines`.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

from lde_qual.errors import FormatError

_MARKS = (
    # The marks of UTF-32 begin like those of UTF-16, so they are looked at first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "a Word document or another zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc)"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "rich text (RTF)"),
)
_SAVE_AS_TEXT = "Save it as plain text in UTF-8 and try again."


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as it was read from bytes.

    Attributes
    ----------
    text : str
        Without byte-order mark, with LF as line end, in NFC.
    encoding : str
        The encoding it was read in.
    assumed : str
        A sentence where something was assumed, else empty.
    """

    text: str
    encoding: str
    assumed: str = ""


def normalised(text: str) -> str:
    """Return `text` without byte-order mark, with LF for CR LF and CR, in NFC."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def decode(data: bytes) -> Decoded:
    """Return the text that `data` holds.

    Raises
    ------
    FormatError
        Where the bytes are no text: a binary file, or signs that no encoding of the
        policy knows.
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise FormatError(f"This is {name}, not plain text.", way_out=_SAVE_AS_TEXT)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if b"\0" in data:
        encoding = _utf16_by_nuls(data)
        return _decoded(data, encoding, f"It has no byte-order mark and was read as {encoding.upper()}.")
    try:
        return Decoded(normalised(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _decoded(data, "cp1252", f"It is not UTF-8 (line {line}) and was read as Windows text (cp1252).")


def _utf16_by_nuls(data: bytes) -> str:
    """Return the byte order in which most Latin letters would have their NUL on one side."""
    pairs = len(data) // 2
    even, odd = data[0::2].count(0), data[1::2].count(0)
    # Latin text has a NUL in nearly every pair, on one side alone; a binary file has them on both.
    if odd * 2 > pairs and even * 10 < odd:
        return "utf-16-le"
    if even * 2 > pairs and odd * 10 < even:
        return "utf-16-be"
    raise FormatError(
        f"This is no text: it holds {even + odd} NUL bytes, and not as UTF-16 would.", way_out=_SAVE_AS_TEXT
    )


def _decoded(data: bytes, encoding: str, assumed: str = "") -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FormatError(
            f"Byte 0x{data[error.start]:02X} at position {error.start} is no {encoding.upper()}.",
            way_out=_SAVE_AS_TEXT,
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error
    if "\0" in text:
        raise FormatError(
            "This is no text: it holds a NUL sign.",
            way_out=_SAVE_AS_TEXT,
            line=text.count("\n", 0, text.index("\0")) + 1,
        )
    return Decoded(normalised(text), encoding, assumed)
