"""Parts of a Word document, and a document as bytes that are the same every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from lde_qual.reporting.hyphens import SOFT

_EPOCH = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_SHADE = "EEF2F6"
_INK = RGBColor(0x1F, 0x29, 0x33)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """Return `text` of the same length, with � for what cannot stand in a Word document, such as a form feed."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def add_text(run: Any, text: str) -> None:
    """Put text in a run; Word wants an element of its own where a word may break (see `hyphens.breakable`)."""
    first, *others = writable(text).split(SOFT)
    run.add_text(first)
    for part in others:
        run._r.append(OxmlElement("w:softHyphen"))  # noqa: SLF001 - the library has no soft hyphens
        run.add_text(part)


def new_document(title: str, *, lang: str) -> Any:
    """Return an empty A4 document in our type."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = _EPOCH
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10.5)
    style.paragraph_format.space_after = Pt(6)
    language = style.element.get_or_add_rPr().makeelement(
        qn("w:lang"), {qn("w:val"): {"nl": "nl-BE", "en": "en-GB"}[lang]}
    )
    style.element.get_or_add_rPr().append(language)
    for level, size in ((1, 15), (2, 12), (3, 10.5)):
        heading = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.size, heading.font.color.rgb = "Calibri", Pt(size), _INK
        # The theme's font would else go before the name in Word.
        fonts = heading.element.rPr.rFonts
        for name in list(fonts.attrib):
            if name.endswith("Theme"):
                del fonts.attrib[name]
    sized(document.sections[0], landscape=False)
    return document


def sized(section: Any, *, landscape: bool, margin: float = 2.2) -> None:
    """Make a section A4, upright or lying, with so many centimetres left and right."""
    short, long = Cm(21.0), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = Cm(margin)
    section.top_margin = section.bottom_margin = Cm(min(margin, 2.0))


def turn_page(document: Any, *, landscape: bool) -> None:
    """Begin a section on a new page, upright or across."""
    sized(document.add_section(), landscape=landscape)


def caption(document: Any, word: str, text: str, *, above: bool) -> None:
    """Add a caption with a number that Word keeps itself (a SEQ field), so that lists of tables can be made.

    One that stands `above` stays on the page of what follows it.
    """
    number = str(_next_number(document, word))
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = above
    paragraph.add_run(f"{word} ")
    for kind, content in (
        ("begin", ""),
        ("", f" SEQ {word} \\* ARABIC "),
        ("separate", ""),
        ("text", number),
        ("end", ""),
    ):
        run = paragraph.add_run(content if kind == "text" else "")
        if kind in {"begin", "separate", "end"}:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
            run._r.append(field)  # noqa: SLF001 - the library has no fields of its own
        elif not kind:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = content
            run._r.append(code)  # noqa: SLF001 - the library has no fields of its own
    label = len(paragraph.runs)
    paragraph.add_run(f". {text}")
    for place, run in enumerate(paragraph.runs):
        run.font.color.rgb, run.font.size, run.bold = _INK, Pt(9.5), place < label


def _next_number(document: Any, word: str) -> int:
    return 1 + len(document.element.body.xpath(f".//w:instrText[contains(., ' SEQ {word} ')]"))


def table(
    document: Any,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float],
    numbers_from: int,
    bands: Sequence[int] = (),
    size: float = 9,
) -> None:
    """Add a real table whose head repeats on every page.

    Parameters
    ----------
    widths : sequence of float
        Centimetres.
    numbers_from : int
        Columns from here on are set right.
    bands : sequence of int
        Rows that hold one text across all columns, such as the name of a phase.
    size : float
        Of the letters, in points.
    """
    made = document.add_table(rows=1 + len(rows), cols=len(heads))
    made.style = document.styles["Table Grid"]
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    for row_number, values in enumerate([heads, *rows]):
        row = made.rows[row_number]
        repeated(row, head=row_number == 0)
        band = row_number - 1 in bands
        cells = row.cells
        for column, value in enumerate(values[: 1 if band else None]):
            cell = cells[column]
            cell.width = Cm(widths[column])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            if column >= numbers_from and not band:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run()
            add_text(run, value)
            run.font.size, run.bold = Pt(size), row_number == 0 or band
            if row_number == 0 or band:
                shade(cell)
        if band:
            cells[0].merge(cells[-1])
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def repeated(row: Any, *, head: bool) -> None:
    """Keep a row on one page; a `head` stands on every page of its table."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no way to repeat a head
    for name in ("w:cantSplit", *(["w:tblHeader"] if head else [])):
        properties.append(OxmlElement(name))


def shade(cell: Any) -> None:
    """Give a cell the ground of a head."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _SHADE)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - the library has no shading of cells


def narrow_cells(made: Any, *, centimetres: float) -> None:
    """Leave so much room left and right in the cells of a table."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Cm(centimetres).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = made._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - the library sets no margins of cells
    look.addprevious(margins)


def quote(document: Any, text: str, cited_as: str) -> None:
    """Add a quote, indented, with its citation."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(0.8)
    paragraph.paragraph_format.right_indent = Cm(0.8)
    paragraph.add_run(f"“{writable(text)}” ").italic = True
    paragraph.add_run(writable(cited_as)).font.size = Pt(9.5)


def picture(document: Any, png: bytes, *, width: float, height: float, said: str) -> None:
    """Add a picture that fits in so many centimetres, on one page with the caption below it.

    `said` is what a screen reader reads in its place.
    """
    document.add_picture(io.BytesIO(png), width=Cm(width))
    shape = document.inline_shapes[-1]
    if shape.height > Cm(height):
        shape.width, shape.height = int(shape.width * Cm(height) / shape.height), Cm(height)
    shape._inline.docPr.set("descr", writable(said))  # noqa: SLF001 - the library has no text for who cannot see
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def foot(document: Any, text: str) -> None:
    """Put a line at the foot of every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.text = text
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def as_bytes(document: Any) -> bytes:
    """Return the file, its members in one order and of 1 January 1980: the same document gives the same bytes."""
    made = io.BytesIO()
    document.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()
