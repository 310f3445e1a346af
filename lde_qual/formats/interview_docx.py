"""Interviews in Word documents, as people type them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from lde_qual.errors import FormatError
from lde_qual.formats.interview import Draft
from lde_qual.formats.interview_labels import clock
from lde_qual.formats.interview_lines import Line, cleaned, read_lines

MAX_ENTRIES = 10_000
MAX_BYTES = 200_000_000
MAX_RATIO = 100
_SMALL = 10_000_000
"""Below this many bytes a high ratio is only a document that repeats itself."""
_SAVE_AGAIN = "Open it in a word processor, save it as .docx again, or save it as plain text."
_XML = (".xml", ".rels")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

_DELETED = {qn("w:del"), qn("w:moveFrom")}
_BOXES = {qn("w:txbxContent"), qn("w:pict"), qn("w:drawing"), qn("w:object")}
_NOTES = {qn("w:footnoteReference"), qn("w:endnoteReference")}
_SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_SPEAKER_HEADINGS = {"spreker", "speaker", "naam", "wie", "persoon", "tijd", "time", "nr", "tekst", "text", "uitspraak"}
_LONGEST_SPEAKER = 40


def draft_from_docx(data: bytes) -> Draft:
    """Return what was understood of an interview in a Word document.

    Text of the body and of its tables is read, with tracked changes as if accepted;
    headers, footers, notes, comments and text boxes are left out, and that is said.

    Raises
    ------
    FormatError
        Where it is no Word document, or one that is not safe to open.
    """
    archive = _guarded(data)
    try:
        document = Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise FormatError(f"This Word document cannot be read: {error}.", way_out=_SAVE_AGAIN) from error
    reader = _Reader(_emphases(document), _headings(document))
    lines = list(reader.lines_of(document.element.body))
    return read_lines(lines, notes=[*reader.told(), *_left_out(archive)])


def _guarded(data: bytes) -> zipfile.ZipFile:
    """Open the zip after a look at its headers, so that no bomb and no foreign entity is ever unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise FormatError("This is no Word document (.docx).", way_out=_SAVE_AGAIN) from error
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MAX_ENTRIES:
        raise _unsafe(f"it holds {len(entries)} files")
    if unpacked > MAX_BYTES or (unpacked > _SMALL and unpacked > MAX_RATIO * packed):
        raise _unsafe(f"it unpacks to {unpacked} bytes, {unpacked // packed} times its size")
    if len(set(names)) < len(names):
        raise _unsafe("it holds two files of one name")
    for entry in entries:
        name = entry.orig_filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise _unsafe(f"it holds a file named '{entry.orig_filename}'")
        if entry.flag_bits & 1:
            raise FormatError("This document is protected by a password.", way_out="Save it without one.")
        if name.lower().endswith(_XML) and _DECLARATION.search(_unpacked(archive, entry).replace(b"\0", b"")):
            raise _unsafe(f"'{name}' in it declares entities")
    return archive


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise FormatError(f"'{entry.filename}' in this document is damaged.", way_out=_SAVE_AGAIN) from error


def _unsafe(why: str) -> FormatError:
    return FormatError(f"This document is not opened: {why}.", way_out=_SAVE_AGAIN)


def _left_out(archive: zipfile.ZipFile) -> list[str]:
    """Say which other parts of the document hold text."""
    told = []
    for what, pattern, tag in (
        ("headers", r"word/header\d*\.xml", b"<w:t[ >]"),
        ("footers", r"word/footer\d*\.xml", b"<w:t[ >]"),
        ("comments", r"word/comments\.xml", b"<w:comment[ >]"),
    ):
        parts = [archive.read(name) for name in archive.namelist() if re.fullmatch(pattern, name)]
        if any(re.search(tag, part) for part in parts):
            told.append(f"Its {what} were left out.")
    return told


@dataclass
class _Reader:
    """Lines of a document's body, and what was met on the way.

    Attributes
    ----------
    emphases : mapping of str to str
        Emphasis that a style brings, by the style's id.
    headings : set of str
        Ids of the styles of headings.
    """

    emphases: Mapping[str, str]
    headings: set[str]
    changes: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)

    def lines_of(self, container: Any) -> Iterator[Line]:
        """Yield the lines of all paragraphs and tables in an element, in order."""
        for element in container:
            if element.tag == qn("w:p"):
                yield from self.lines_of_paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self.lines_of_table(element)
            elif element.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
                yield from self.lines_of(element)

    def lines_of_paragraph(self, paragraph: Any) -> Iterator[Line]:
        """Yield a paragraph line by line, each with the emphasis that it begins with."""
        heading = paragraph.style in self.headings
        pieces: list[tuple[str, str]] = []
        for run in self._runs(paragraph):
            emphasis = self._emphasis(run, paragraph)
            first, *further = self._text(run).split("\n")
            pieces.append((first, emphasis))
            for text in further:
                yield _line(pieces, heading=heading)
                pieces = [(text, emphasis)]
        yield _line(pieces, heading=heading)

    def lines_of_table(self, table: Any) -> Iterator[Line]:
        """Yield a table's rows as speaker and text where it has two such columns, else cell by cell."""
        rows = (row for row in table.iter(qn("w:tr")) if next(row.iterancestors(qn("w:tbl"))) is table)
        for row in rows:
            cells = [self._cell(cell) for cell in row if cell.tag == qn("w:tc")]
            times = [clock(_joined(cell)) for cell in cells]
            said = [cell for cell, time in zip(cells, times, strict=True) if not time and not _joined(cell).isdigit()]
            if {_joined(cell).casefold() for cell in said} <= _SPEAKER_HEADINGS | {""}:
                self.met["rows of column names left out"] += any(map(_joined, said))
            elif len(said) == 2 and _may_speak(_joined(said[0])):
                self.met["table rows read as speaker and text"] += 1
                speaker, (first, *further) = _joined(said[0]), said[1] or [Line("")]
                time = next(filter(None, times), "")
                yield Line(first.text, first.emphasis, first.lead, speaker=speaker, time=time)
                yield from further
            else:
                self.met["table rows read cell by cell"] += 1
                yield from (line for cell in cells for line in cell)

    def told(self) -> list[str]:
        """Return what was changed, left out or assumed, a sentence each."""
        return [
            f"{what[0].upper()}{what[1:]}: {number}." for what, number in (self.changes + self.met).items() if number
        ]

    def _cell(self, cell: Any) -> list[Line]:
        return [line for line in self.lines_of(cell) if line.text.strip()]

    def _runs(self, element: Any) -> Iterator[Any]:
        for child in element:
            if child.tag == qn("w:r"):
                yield child
            elif child.tag == qn("w:pPr"):
                # What is tracked here is the paragraph's mark, not its text.
                continue
            elif child.tag in _DELETED:
                self.met["tracked deletions left out"] += 1
            else:
                self.met["tracked insertions kept"] += child.tag == qn("w:ins")
                yield from self._runs(child)

    def _text(self, run: Any) -> str:
        parts = []
        for child in run:
            if child.tag == qn("w:t"):
                parts.append(cleaned(child.text or "", self.changes))
            elif child.tag in _SIGNS:
                parts.append(_SIGNS[child.tag])
            elif child.tag in _NOTES:
                self.met["footnotes or endnotes left out"] += 1
            elif child.tag in _BOXES or child.tag.endswith("}AlternateContent"):
                boxes = any(True for _ in child.iter(qn("w:txbxContent")))
                self.met["text boxes left out" if boxes else "pictures or objects left out"] += 1
        return "".join(parts)

    def _emphasis(self, run: Any, paragraph: Any) -> str:
        from_styles = self.emphases.get(run.style or "") or self.emphases.get(paragraph.style or "", "")
        properties = run.rPr
        for name, tag in (("bold", "w:b"), ("italic", "w:i")):
            own = None if properties is None else properties.find(qn(tag))
            if own is not None and own.val:
                return name
            if own is not None and from_styles == name:
                from_styles = ""
        return from_styles


def _may_speak(text: str) -> bool:
    return len(text) <= _LONGEST_SPEAKER and not text.endswith("?")


def _joined(cell: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in cell)


def _line(pieces: Sequence[tuple[str, str]], *, heading: bool) -> Line:
    """Return the line that pieces make; signs without a letter take the emphasis before them."""
    text = "".join(piece for piece, _ in pieces)
    emphasis = next((emphasis for piece, emphasis in pieces if piece.strip()), "")
    lead = 0
    for piece, own in pieces:
        if own != emphasis and any(map(str.isalnum, piece)):
            break
        lead += len(piece)
    start = len(text) - len(text.lstrip())
    return Line(text.strip(), emphasis, max(0, lead - start) if emphasis else 0, heading=heading)


def _emphases(document: Any) -> dict[str, str]:
    """Return the emphasis that each style brings, inherited included, by the style's id."""
    found = {}
    for style in document.styles:
        chain = [style]
        while getattr(chain[-1], "base_style", None) is not None and len(chain) < 20:
            chain.append(chain[-1].base_style)
        fonts = [each.font for each in chain if hasattr(each, "font")]
        bold = next((font.bold for font in fonts if font.bold is not None), False)
        italic = next((font.italic for font in fonts if font.italic is not None), False)
        found[style.style_id] = "bold" if bold else "italic" if italic else ""
    return found


def _headings(document: Any) -> set[str]:
    names = re.compile(r"(?:heading|kop|title|titel|subtitle|ondertitel)\b.*", re.IGNORECASE)
    return {style.style_id for style in document.styles if names.fullmatch(style.name or "")}
