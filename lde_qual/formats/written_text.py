"""A text that somebody wrote: its quotes, with where they stand and what is put behind them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from lde_qual.errors import FormatError
from lde_qual.formats.text import decode

ENDINGS = (".docx", ".md", ".tex")
FEWEST_WORDS = 4
"""Shorter ones are words in scare quotes, titles and the like, which are nobody's."""

_PAIRS = {"“": "”", "„": "”", "‘": "’", "«": "»", "‚": "’", '"': '"'}
_LABEL = r"(?P<label>\([^()]{2,160}\)(?:;\s*\([^()]{2,160}\))*)"
_BEHIND = re.compile(rf"[\s.,;:!?…]*{_LABEL}")
# As the report signs: a flag and a note in square brackets may follow.
_AT_END = re.compile(rf"{_LABEL}\s*▲?\s*(?:\[[^\[\]]*\])?\s*\.?\s*$")
_TEX = (
    (re.compile(r"(?<!\\)%.*"), ""),
    (re.compile(r"``|\\enquote\*?\{"), "“"),
    (re.compile(r"''"), "”"),
    (re.compile(r"\\(?:ldots|dots|textellipsis)\b(?:\{\})?"), "…"),
    (re.compile(r"\\begin\{(?:quote|quotation|displayquote)\}"), "\n\n“"),
    (re.compile(r"\\end\{(?:quote|quotation|displayquote)\}"), "”"),
    (re.compile(r"\\(?:emph|textit|textbf|textsc|footnote|mbox)\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\([&%$#_{}])"), r"\1"),
    (re.compile(r"~"), " "),
)
_MARKDOWN = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])")


@dataclass(frozen=True, slots=True)
class WrittenQuote:
    """A quote in somebody's text.

    Attributes
    ----------
    text : str
        Between the quotation marks.
    label : str
        What stands in brackets right behind it, brackets included; empty where nothing does.
    place : int
        Line of the file, or number of the paragraph in a Word document, from 1.
    """

    text: str
    label: str
    place: int


def written_quotes(data: bytes, ending: str) -> list[WrittenQuote]:
    """Return the quotes of a text, in order.

    Parameters
    ----------
    data : bytes
        The file.
    ending : str
        ``.docx``, ``.md`` or ``.tex``.

    Notes
    -----
    A quote stands between quotation marks of any usual kind within one paragraph, or is a
    block of its own (``>`` in Markdown, ``quote`` in LaTeX, a style with *Quote* or
    *Citaat* in its name in Word); what has fewer than four words is passed over.

    Raises
    ------
    FormatError
        Where the file cannot be read.
    """
    found = [quote for place, text, block in _paragraphs(data, ending) for quote in _quotes(text, place, block=block)]
    return [quote for quote in found if len(quote.text.split()) >= FEWEST_WORDS]


def _paragraphs(data: bytes, ending: str) -> Iterator[tuple[int, str, bool]]:
    if ending == ".docx":
        yield from _of_word(data)
    elif ending == ".md":
        yield from _of_markdown(decode(data).text)
    else:
        yield from _of_tex(decode(data).text)


def _of_word(data: bytes) -> Iterator[tuple[int, str, bool]]:
    try:
        document = Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise FormatError(
            f"This Word document cannot be read: {error}.", way_out="Save it as .docx again, or as .md."
        ) from error
    for number, paragraph in enumerate(document.element.body.iter(qn("w:p")), start=1):
        signs = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}
        text = "".join(signs.get(node.tag, node.text or "") for node in paragraph.iter(qn("w:t"), *signs))
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if style is None else style.get(qn("w:val"), "")
        yield number, text, bool(re.search(r"quote|citaat", name, re.IGNORECASE))


def _of_markdown(text: str) -> Iterator[tuple[int, str, bool]]:
    for start, lines in _blocks(text):
        block = all(line.lstrip().startswith(">") for line in lines)
        joined = " ".join(re.sub(r"^\s*>\s?", "", line) for line in lines)
        yield start, _MARKDOWN.sub(r"\2", joined.replace("\\", "")), block


def _of_tex(text: str) -> Iterator[tuple[int, str, bool]]:
    for start, lines in _blocks(text):
        joined = "\n".join(lines)
        for pattern, instead in _TEX:
            joined = pattern.sub(instead, joined)
        # What \enquote opened closes with its brace.
        yield start, joined.replace("}", "”" if "“" in joined else "").replace("\n", " "), False


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield paragraphs, each with the line it begins on."""
    lines: list[str] = []
    start = 1
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            start = start if lines else number
            lines.append(line)
        elif lines:
            yield start, lines
            lines = []


def _quotes(text: str, place: int, *, block: bool) -> Iterator[WrittenQuote]:
    marked = list(_marked(text, place))
    label = _AT_END.search(text)
    said = (text[: label.start()] if label else text).strip(" \t—–-")
    # A block that is signed is one quote, whatever is quoted in it; one in quotation marks is what stands in them.
    if block and said and (not marked or (label and not said.startswith(tuple(_PAIRS)))):
        yield WrittenQuote(said, label["label"] if label else "", place)
    else:
        yield from marked


def _marked(text: str, place: int) -> Iterator[WrittenQuote]:
    at = 0
    while at < len(text):
        closing = _PAIRS.get(text[at])
        end = _closing(text, at, closing) if closing and not _inside_word(text, at) else -1
        if end < 0:
            at += 1
            continue
        behind = _BEHIND.match(text, end + 1)
        yield WrittenQuote(text[at + 1 : end].strip(), behind["label"] if behind else "", place)
        at = end + 1


def _inside_word(text: str, at: int) -> bool:
    return at > 0 and text[at - 1].isalnum()


def _closing(text: str, start: int, closing: str) -> int:
    """Return where the mark that closes stands; an apostrophe inside a word closes nothing."""
    for at in range(start + 1, len(text)):
        if text[at] == closing and not (closing in "’'" and at + 1 < len(text) and text[at + 1].isalnum()):
            return at
    return -1
