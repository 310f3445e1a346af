"""A transcript as a Word document in which every coding is a comment, for who reads along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from lde_qual.model.anchor import place
from lde_qual.model.citation import cite
from lde_qual.model.codebook import Codebook
from lde_qual.model.coding import MEMO_KINDS
from lde_qual.model.fold import State
from lde_qual.model.span import Span
from lde_qual.model.study import PlacedCoding, Study
from lde_qual.model.transcript import Transcript
from lde_qual.reporting.phrases import count
from lde_qual.reporting.report_words import say
from lde_qual.reporting.word_parts import as_bytes, foot, new_document, quote, writable

STYLE = "Transcript"
"""Style of the paragraphs that hold the text itself: a line each, sign by sign."""

_GREY = RGBColor(0x52, 0x5F, 0x6D)


@dataclass(frozen=True)
class Remark:
    """What a coder said of a passage: one comment.

    Attributes
    ----------
    span : Span or None
        Where the passage stands today; None where it needs a look.
    quote : str
        The passage as it was when it was coded.
    created : str
        When the coding was made, in UTC, as the journal has it.
    lines : tuple of str
        A paragraph each, the first one the name of the code.
    """

    span: Span | None
    quote: str
    coder: str
    created: str
    lines: tuple[str, ...]


def remarks(
    study: Study, transcript: Transcript, placed: Sequence[PlacedCoding], *, notes_of: Sequence[str] = (), lang: str
) -> list[Remark]:
    """Return the comments of a transcript in order of the text, those that need a look last.

    Parameters
    ----------
    placed : sequence of PlacedCoding
        The codings to show, all of this transcript.
    notes_of : sequence of str
        Coders whose notes are shown too.
    """
    found = [_of_coding(study.codebook, study.state(each.coding.coder), each, lang) for each in placed]
    edits = study.edits()
    for coder in notes_of:
        for note in study.state(coder).notes.values():
            if note.anchor.transcript == transcript.name:
                at = place(note.anchor, transcript, edits)
                span = None if at.how == "look" else at.span
                lines = (say("export.note", lang), note.text)
                found.append(Remark(span, note.anchor.quote, coder, note.created, lines))
    last = len(transcript.text)
    return sorted(found, key=lambda each: (each.span.start, -each.span.end) if each.span else (last, 0))


def _of_coding(book: Codebook, state: State, placed: PlacedCoding, lang: str) -> Remark:
    coding = placed.coding
    lines = [book.code(placed.code).label if placed.known else say("export.unknown", lang, code=placed.code)]
    above = book.path(placed.code)[:-1] if placed.known else ()
    lines += [" › ".join(book.code(code).label for code in above)] if above else []
    lines += [f"{name}: {coding.dimensions[name]}" for name in book.dimensions if coding.dimensions.get(name)]
    lines += [say(f"export.{coding.mark}", lang)] if coding.mark else []
    lines += [say("export.accepted", lang)] if coding.origin == "accepted" else []
    for kind in MEMO_KINDS:
        memo = state.memos.get(("coding", coding.id, kind))
        lines += [f"{say(f'export.{kind}', lang)}: {memo.text}"] if memo else []
    span = None if placed.how == "look" else placed.span
    return Remark(span, coding.anchor.quote, coding.coder, coding.created, tuple(lines))


def transcript_document(
    study: Study,
    transcript: Transcript,
    found: Sequence[Remark],
    *,
    coders: Sequence[str],
    public: bool = False,
    lang: str,
) -> bytes:
    """Return a transcript as a Word document with a comment for each coding.

    The text stands as it is in the study, a paragraph a line, in style `STYLE`. A comment
    bears the coder as its author and the time of the coding as its date. What is not found
    in the text any more stands behind it, in a list.

    Parameters
    ----------
    found : sequence of Remark
        See `remarks`.
    coders : sequence of str
        Whose remarks these are; their memos on the transcript stand before it.
    public : bool
        Name who speaks in the coarser form of the codebook. The text itself stays as it is.
    lang : str
        ``nl`` or ``en``.
    """
    document: Any = new_document(transcript.name, lang=lang)
    _styles(document)
    _front(document, study, transcript, coders, number=len(found), public=public, lang=lang)
    document.add_heading(say("export.text", lang), level=2)
    runs = _text(document, transcript, [each.span for each in found if each.span])
    for each in found:
        if each.span:
            _comment(document, [run for at, run in runs if each.span.start <= at < each.span.end], each)
    _lost(document, [each for each in found if each.span is None], lang)
    return as_bytes(document)


def _styles(document: Any) -> None:
    text = document.styles.add_style(STYLE, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    text.paragraph_format.space_after = Pt(3)
    # Word knows the style of comments under this name; the library refers to it and does not bring it.
    comment = document.styles.add_style("annotation text", WD_STYLE_TYPE.PARAGRAPH)
    comment.base_style = document.styles["Normal"]
    comment.element.set(qn("w:styleId"), "CommentText")
    comment.font.size, comment.paragraph_format.space_after = Pt(9), Pt(0)


def _front(
    document: Any,
    study: Study,
    transcript: Transcript,
    coders: Sequence[str],
    *,
    number: int,
    public: bool,
    lang: str,
) -> None:
    document.add_heading(transcript.name, level=1)
    document.add_paragraph(writable(study.codebook.title))
    if study.codebook.voorbeeldmateriaal:
        document.add_paragraph().add_run(say("example", lang)).bold = True
        foot(document, say("example", lang))
    who = ", ".join(coders) or say("no_coder", lang)
    document.add_paragraph(say("export.lead", lang, n=count(number, lang=lang), coders=who))
    for respondent in transcript.speakers():
        document.add_paragraph(writable(f"{respondent}: {cite(study, [respondent], public=public)}"))
    for coder in coders:
        for kind in MEMO_KINDS:
            memo = study.state(coder).memos.get(("transcript", transcript.name, kind))
            if memo:
                head = f"{say(f'export.{kind}', lang)} ({coder}, {memo.created[:10]}): "
                paragraph = document.add_paragraph()
                paragraph.add_run(head).bold = True
                paragraph.add_run(writable(memo.text))


def _text(document: Any, transcript: Transcript, spans: Sequence[Span]) -> list[tuple[int, Any]]:
    """Write the text, a paragraph a line, and return its runs with where each begins.

    A run ends wherever a passage or a label begins or ends, since a comment hangs on whole runs.
    """
    text = writable(transcript.text)
    labels = [Span(turn.span.start, turn.speech.start) for turn in transcript.turns]
    cuts = {edge for span in [*spans, *labels] for edge in (span.start, span.end)}
    asked = [turn.span for turn in transcript.turns if turn.interviewer]
    bold = {span.start for span in labels}
    runs = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        paragraph = document.add_paragraph(style=STYLE)
        inner = sorted({start, end, *(cut for cut in cuts if start < cut < end)})
        for left, right in pairwise(inner):
            run = paragraph.add_run(text[left:right])
            run.bold = left in bold or None
            if any(span.start <= left < span.end for span in asked):
                run.font.color.rgb = _GREY
            runs.append((left, run))
        start = end + 1
    return runs


def _comment(document: Any, runs: Sequence[Any], remark: Remark) -> None:
    initials = "".join(part[:1] for part in remark.coder.split("-")).upper()
    text = writable("\n".join(remark.lines))
    comment = document.add_comment([runs[0], runs[-1]], text=text, author=remark.coder, initials=initials)
    comment.paragraphs[0].runs[-1].bold = True
    when = datetime.fromisoformat(remark.created)
    # The library stamps the time of writing, and offers no other way to say when it was said.
    comment._comment_elm.date = when  # noqa: SLF001


def _lost(document: Any, lost: Sequence[Remark], lang: str) -> None:
    if not lost:
        return
    document.add_heading(say("export.lost", lang), level=2)
    document.add_paragraph(say("export.lost_lead", lang))
    for each in lost:
        quote(document, each.quote, f"{each.coder}, {each.created[:10]}: {' · '.join(each.lines)}")
