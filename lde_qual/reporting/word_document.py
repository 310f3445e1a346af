"""The report as a Word document, for who writes on in it: real tables, captions, figures, quotes, COREQ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lde_qual.reporting.coreq import coreq_rows
from lde_qual.reporting.hyphens import breakable
from lde_qual.reporting.outline import COREQ, outline
from lde_qual.reporting.page import Page
from lde_qual.reporting.page_parts import Voice
from lde_qual.reporting.phrases import count, percentage
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

_NARROW = 1.9
"""Centimetres of a column of numbers; narrower ones, where there are many roles, have smaller letters."""

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
            "codes": self._codes,
            "cooccurrence": self._cooccurrence,
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
        # Of a share of nothing nothing is to be said.
        if numbers["accepted"]:
            share = percentage(numbers["accepted"], numbers["codings"], min_percent=page.codebook.min_percent_n)
            printed["accepted"] += share
        paragraphs = [self.say("docx.data", **printed), *page.method(), self.say("docx.software", version=self.version)]
        for paragraph in paragraphs:
            self.document.add_paragraph(paragraph)

    def _respondents(self) -> None:
        page = self.page
        units = ("respondents", "interviews", "turns", "words")
        rows = [[label, *numbers] for label, numbers in page.group_rows()]
        heads = [self.say("role"), *map(self.say, units)]
        self._table(self.say("section.respondents"), heads, rows, widths=[5.1, 3.0, 2.6, 3.3, 2.6], numbers_from=1)

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
                    rows.append([first, *page.value_cell(direction), *direction.cells, direction.interviews])
        heads = [self.say("code"), *page.value_head]
        heads += [f"{label} (N\u00a0=\u00a0{size})" for label, size in page.role_heads] + [self.say("interviews")]
        if not rows:
            self.document.add_paragraph(self.say("no_factors"))
            return
        led = [6.0, *(2.9 for _ in page.value_head)]
        counted = len(heads) - len(led)
        widths = [*led, *([(_LANDSCAPE - sum(led)) / counted] * counted)]
        self._table(self.say("section.overview"), heads, rows, widths=widths, numbers_from=len(led), bands=bands)
        coder = page.contents.facts.coder or self.say("no_coder")
        unit = self.say("respondents").capitalize()
        self.document.add_paragraph(self.say("docx.foot", unit=unit, coder=coder))

    def _themes(self) -> None:
        page = self.page
        for theme in printed_themes(page):
            if theme.number == 1:
                self.document.add_heading(self.say("section.themes"), level=2)
                self.document.add_paragraph(self.say("lead.themes"))
                self._legend()
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
        self._by_role(theme.title, self.say("theme.rests_on"), rows, bands=bands)

    def _codes(self) -> None:
        """Add what the codes of the tree count: figures, and the numbers as a table."""
        self._begin("codes")
        rows = [[f"{'   ' * (line.level - 1)}{line.label}", *line.cells] for line in self.page.code_lines()]
        if rows:
            self._by_role(self.say("whole_tree"), self.say("code"), rows)

    def _cooccurrence(self) -> None:
        """Add which codes go together: figures, and the pairs that share most turns."""
        page = self.page
        self._begin("cooccurrence")
        heads = [*map(self.say, ("code_a", "code_b", "both", "turns_a", "turns_b")), "Jaccard"]
        whole = page.top_pairs(whole_tree=True)
        titles = self.say("top_pairs"), self.say("top_pairs_all", k=len(whole))
        for title, pairs in zip(titles, (page.top_pairs(), whole), strict=True):
            rows = [[pair.a, pair.b, str(pair.n), str(pair.n_a), str(pair.n_b), pair.jaccard] for pair in pairs]
            if rows:
                self._table(title, heads, rows, widths=[4.4, 4.4, 1.9, 1.9, 1.9, 2.1], numbers_from=2)
            else:
                self.document.add_paragraph(self.say("no_pairs"))
        for group in page.small_groups():
            self.document.add_paragraph(group.lead)
            for pair in group.pairs or [self.say("no_pairs")]:
                self.document.add_paragraph(writable(pair), style="List Bullet")

    def _begin(self, part: str) -> None:
        """Begin a part with its heading, how it was counted, and its figures."""
        page = self.page
        section = next(each for each in outline(page.contents, lang=page.lang) if each.id == part)
        self.document.add_heading(section.title, level=2)
        self.document.add_paragraph(page.lead(part)).paragraph_format.keep_with_next = True
        for entry in section.entries:
            if entry.kind == "figure":
                png = self.drawings[entry.files[0]]
                picture(self.document, png, width=_PORTRAIT, height=_TALLEST, said=entry.title)
                caption(self.document, self.say("docx.figure"), f"{entry.title}. {entry.caption}", above=False)

    def _by_role(self, title: str, head: str, rows: list[list[str]], *, bands: Sequence[int] = ()) -> None:
        """Add a table with a column for each role and one for all."""
        heads = [head, *(f"{label} (N\u00a0=\u00a0{size})" for label, size in self.page.role_heads)]
        counted = len(heads) - 1
        # Where there are many roles the words give way to the numbers.
        wide = max(_PORTRAIT - 2.9 * counted, 3.6)
        widths = [wide, *([(_PORTRAIT - wide) / counted] * counted)]
        self._table(title, heads, rows, widths=widths, numbers_from=1, bands=bands)

    def _table(
        self,
        title: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        numbers_from: int,
        bands: Sequence[int] = (),
    ) -> None:
        caption(self.document, self.say("docx.table"), title, above=True)
        lang = self.page.codebook.language
        shown = [breakable(head, lang=lang) for head in heads]
        narrow = len(widths) > numbers_from and sum(widths[numbers_from:]) < _NARROW * (len(widths) - numbers_from)
        if narrow:
            rows = [[breakable(cell, lang=lang) for cell in row] for row in rows]
        size = 7 if narrow else 9
        table(self.document, shown, rows, widths=widths, numbers_from=numbers_from, bands=bands, size=size)

    def _quotes(self) -> None:
        page = self.page
        self.document.add_heading(self.say("docx.quotes"), level=2)
        quoted = page.quoted()
        if quoted:
            self._legend()
        else:
            self.document.add_paragraph(self.say("no_quotes"))
        for code in quoted:
            path = f"{code.path} › {code.label}" if code.path else code.label
            self.document.add_heading(f"{path} ({code.total})", level=3)
            for role, voices in code.by_role:
                self.document.add_paragraph().add_run(role).bold = True
                for voice in voices:
                    self._voice(voice)

    def _voice(self, voice: Voice) -> None:
        notes = (" ▲" if voice.flag else "") + (f" [{voice.note}]" if voice.note else "")
        quote(self.document, voice.text, voice.cited_as + notes)

    def _legend(self) -> None:
        """Say what ▲ means, where a part may hold quotes that bear it."""
        if self.page.legend():
            self.document.add_paragraph(f"▲ {self.page.legend()}")

    def _coreq(self) -> None:
        self.document.add_heading(self.say("docx.coreq"), level=2)
        self.document.add_paragraph(self.say("docx.coreq_lead"))
        rows = coreq_rows(self.page, version=self.version)
        heads = ["", self.say("docx.item"), self.say("docx.answer")]
        self._table(self.say("docx.coreq"), heads, rows, widths=[1.0, 6.4, 9.2], numbers_from=3)

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
            heads = [self.say("code"), self.say("definition")]
            self._table(self.say("section.codebook"), heads, rows, widths=[5.6, 11.0], numbers_from=2)
