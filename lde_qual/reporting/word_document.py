"""The report as a Word document, for who writes on in it: real tables, captions, figures, quotes, COREQ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from lde_qual.reporting.coreq import coreq_rows
from lde_qual.reporting.outline import COREQ, outline
from lde_qual.reporting.page import Page
from lde_qual.reporting.page_parts import Voice
from lde_qual.reporting.phrases import count
from lde_qual.reporting.report_words import say
from lde_qual.reporting.themes import PrintedTheme, printed_themes
from lde_qual.reporting.word_parts import (
    as_bytes,
    caption,
    foot,
    new_document,
    picture,
    quote,
    table,
    turn_page,
    writable,
)

_PORTRAIT, _LANDSCAPE = 16.6, 25.3
"""Centimetres between the margins."""

_TALLEST = 21.5
"""Centimetres that a picture may take, so that its caption and the heading stand on the same page."""


def word_document(page: Page, drawings: Mapping[str, bytes], *, version: str) -> bytes:
    """Return ``report.docx``.

    Parameters
    ----------
    drawings : mapping of str to bytes
        The png files of the figures, by name relative to the results.
    version : str
        Of this package.
    """
    return as_bytes(_Written(page, drawings, version).document)


class _Written:
    """The document while it is written."""

    def __init__(self, page: Page, drawings: Mapping[str, bytes], version: str) -> None:
        self.page, self.drawings, self.version = page, drawings, version
        self.document: Any = new_document(page.codebook.title, lang=page.lang)
        self._lying = False
        self._front()
        makers: dict[str, Callable[[], None]] = {
            "method": self._method,
            "respondents": self._respondents,
            "overview": self._overview,
            "themes": self._themes,
            "codes": partial(self._figures, "codes"),
            "cooccurrence": partial(self._figures, "cooccurrence"),
            "quotes": self._quotes,
            COREQ: self._coreq,
            "codebook": self._codebook,
        }
        for part in page.contents.parts or makers:
            if self._lying:
                turn_page(self.document, landscape=False)
            self._lying = False
            makers[part]()

    def say(self, name: str, **values: object) -> str:
        return say(name, self.page.lang, **values)

    def _front(self) -> None:
        page = self.page
        self.document.add_heading(page.codebook.title, level=1)
        if page.codebook.voorbeeldmateriaal:
            self.document.add_paragraph().add_run(self.say("example")).bold = True
            foot(self.document, self.say("example"))
        coder = page.contents.facts.coder or self.say("no_coder")
        self.document.add_paragraph(f"{self.say('coding_coder')}: {coder} · {page.coded()}")
        for notice in page.contents.notices(page.lang):
            self.document.add_paragraph(notice)

    def _method(self) -> None:
        page = self.page
        self.document.add_heading(self.say("section.method"), level=2)
        everyone, facts = page.contents.groups.iloc[-1], page.contents.facts
        codings = page.contents.tables["codings"]
        numbers = {
            "respondents": int(everyone["respondents"]),
            "interviews": int(everyone["transcripts"]),
            "words": int(everyone["words"]),
            "codings": int((codings["coder"] == facts.coder).sum()) if len(codings) else 0,
            "codes": int(codings["code"].nunique()) if len(codings) else 0,
            "accepted": int((codings["origin"] == "accepted").sum()) if len(codings) else 0,
        }
        printed = {name: count(value, lang=page.lang) for name, value in numbers.items()}
        paragraphs = [self.say("docx.data", **printed), *page.method(), self.say("docx.software", version=self.version)]
        for paragraph in paragraphs:
            self.document.add_paragraph(paragraph)

    def _respondents(self) -> None:
        page = self.page
        units = ("respondents", "interviews", "turns", "words")
        caption(self.document, self.say("docx.table"), self.say("section.respondents"), above=True)
        rows = [[label, *numbers] for label, numbers in page.group_rows()]
        heads = [self.say("role"), *map(self.say, units)]
        table(self.document, heads, rows, widths=[5.4, 3.0, 2.6, 2.9, 2.7], numbers_from=1)

    def _overview(self) -> None:
        page = self.page
        turn_page(self.document, landscape=True)
        self._lying = True
        self.document.add_heading(self.say("section.overview"), level=2)
        self.document.add_paragraph(f"{self.say('docx.perceived')} {self.say('lead.overview')}")
        rows: list[list[str]] = []
        bands: list[int] = []
        for phase, factors in page.factors():
            bands.append(len(rows))
            rows.append([phase])
            for factor in factors:
                for number, direction in enumerate(factor.directions):
                    first = factor.label if not number else ""
                    rows.append([first, direction.value, *direction.cells, direction.interviews])
        heads = [self.say("code"), page.codebook.first_dimension or ""]
        heads += [f"{label} (N = {size})" for label, size in page.role_heads] + [self.say("interviews")]
        if not rows:
            self.document.add_paragraph(self.say("no_factors"))
            return
        counted = len(heads) - 2
        widths = [6.0, 2.9, *([(_LANDSCAPE - 8.9) / counted] * counted)]
        caption(self.document, self.say("docx.table"), self.say("section.overview"), above=True)
        table(self.document, heads, rows, widths=widths, numbers_from=2, bands=bands)
        coder = page.contents.facts.coder or self.say("no_coder")
        unit = self.say("respondents").capitalize()
        self.document.add_paragraph(self.say("docx.foot", unit=unit, coder=coder))

    def _themes(self) -> None:
        page = self.page
        for theme in printed_themes(page):
            if theme.number == 1:
                self.document.add_heading(self.say("section.themes"), level=2)
                self.document.add_paragraph(self.say("lead.themes"))
            self.document.add_heading(f"{theme.number}. {theme.title}", level=3)
            self.document.add_paragraph().add_run(writable(theme.claim)).bold = True
            self._theme_table(theme)
            for title, voices in theme.voices:
                self._label(title)
                for voice in voices:
                    self._voice(voice)
            self._label(self.say("theme.negative"))
            self.document.add_paragraph(theme.negative_lead)
            for voice in theme.negative:
                self._voice(voice)
            if theme.memo:
                self._label(self.say("theme.memo"))
                self.document.add_paragraph(writable(theme.memo))
            self.document.add_page_break()

    def _label(self, text: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.add_run(text).bold = True
        paragraph.paragraph_format.keep_with_next = True

    def _theme_table(self, theme: PrintedTheme) -> None:
        rows: list[list[str]] = []
        bands: list[int] = []
        for row in theme.rows:
            if row.band and rows:
                bands.append(len(rows))
                rows.append([row.band])
            rows.append([row.label, *row.cells])
        heads = [self.say("theme.rests_on"), *(f"{label} (N = {size})" for label, size in self.page.role_heads)]
        counted = len(heads) - 1
        caption(self.document, self.say("docx.table"), theme.title, above=True)
        # Where there are many roles the words give way to the numbers.
        wide = max(_PORTRAIT - 2.9 * counted, 4.0)
        widths = [wide, *([(_PORTRAIT - wide) / counted] * counted)]
        table(self.document, heads, rows, widths=widths, numbers_from=1, bands=bands)

    def _figures(self, part: str) -> None:
        page = self.page
        for section in outline(page.contents, lang=page.lang):
            if section.id != part:
                continue
            drawn = [entry for entry in section.entries if entry.kind == "figure"]
            if drawn:
                self.document.add_heading(section.title, level=2)
            for entry in drawn:
                picture(self.document, self.drawings[entry.files[0]], width=_PORTRAIT, height=_TALLEST)
                caption(self.document, self.say("docx.figure"), f"{entry.title}. {entry.caption}", above=False)

    def _quotes(self) -> None:
        page = self.page
        self.document.add_heading(self.say("docx.quotes"), level=2)
        quoted = page.quoted()
        if not quoted:
            self.document.add_paragraph(self.say("no_quotes"))
        for code in quoted:
            path = f"{code.path} › {code.label}" if code.path else code.label
            self.document.add_heading(f"{path} ({code.total})", level=3)
            for role, voices in code.by_role:
                self.document.add_paragraph().add_run(role).bold = True
                for voice in voices:
                    self._voice(voice)

    def _voice(self, voice: Voice) -> None:
        notes = [voice.note] if voice.note else []
        notes += [f"▲ {self.say('flag')}"] if voice.flag else []
        quote(self.document, voice.text, voice.cited_as + (f" [{'; '.join(notes)}]" if notes else ""))

    def _coreq(self) -> None:
        self.document.add_heading(self.say("docx.coreq"), level=2)
        self.document.add_paragraph(self.say("docx.coreq_lead"))
        caption(self.document, self.say("docx.table"), self.say("docx.coreq"), above=True)
        rows = coreq_rows(self.page, version=self.version)
        heads = ["", self.say("docx.item"), self.say("docx.answer")]
        table(self.document, heads, rows, widths=[1.0, 6.4, 9.2], numbers_from=3)

    def _codebook(self) -> None:
        book = self.page.codebook
        self.document.add_heading(self.say("section.codebook"), level=2)
        rows = [
            [
                f"{'   ' * (book.level(code) - 1)}{book.code(code).label}",
                book.code(code).definition or self.say("no_definition"),
            ]
            for code in book.ids()
        ]
        if rows:
            caption(self.document, self.say("docx.table"), self.say("section.codebook"), above=True)
            table(self.document, [self.say("code"), self.say("definition")], rows, widths=[5.6, 11.0], numbers_from=2)
