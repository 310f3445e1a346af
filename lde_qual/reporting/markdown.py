"""The main tables of a report as Markdown, to paste in a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tabulate import tabulate

from lde_qual.reporting.contents import THEMES
from lde_qual.reporting.page import Page
from lde_qual.reporting.page_parts import Pair, Voice
from lde_qual.reporting.report_words import say
from lde_qual.reporting.tabular import escaped_markdown
from lde_qual.reporting.themes import PrintedTheme, printed_themes

_QUOTING = {"overview", "quotes", THEMES}


def markdown_files(page: Page) -> dict[str, str]:
    """Return the Markdown files of a report by name relative to the results."""
    bodies = {
        "overview": ("overview", _overview),
        "themes": ("themes", _themes),
        "frequency": ("codes", _frequency),
        "cooccurrence": ("cooccurrence", _cooccurrence),
        "quotes": ("quotes", _quotes),
    }
    return {
        f"{name}.md": _document(page, section, body(page))
        for name, (section, body) in bodies.items()
        if page.contents.shows(section)
    }


def _document(page: Page, section: str, body: Iterable[str]) -> str:
    example = [f"**{say('example', page.lang)}**"] if page.codebook.voorbeeldmateriaal else []
    coder = page.contents.facts.coder or say("no_coder", page.lang)
    legend = [f"▲ {page.legend()}"] if page.legend() and section in _QUOTING else []
    blocks = [
        f"# {escaped_markdown(page.codebook.title)}: {say(f'section.{section}', page.lang)}",
        *example,
        f"{say('coding_coder', page.lang)}: {coder} · {page.coded()}",
        *(f"> {notice}" for notice in page.contents.notices(page.lang)),
        page.lead(section),
        *legend,
        *body,
    ]
    return "\n\n".join(block.rstrip("\n") for block in blocks) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers_from: int = 1) -> str:
    align = ["left" if index < numbers_from else "right" for index in range(len(heads))]
    printed = [
        [escaped_markdown(cell) if index < numbers_from else cell for index, cell in enumerate(row)] for row in rows
    ]
    safe = [escaped_markdown(head) for head in heads]
    return tabulate(printed, headers=safe, tablefmt="pipe", disable_numparse=True, colalign=align)


def _heads(page: Page, *first: str) -> list[str]:
    return [*first, *(f"{label} (N = {size})" for label, size in page.role_heads)]


def _overview(page: Page) -> list[str]:
    blocks = []
    for phase, factors in page.factors():
        blocks.append(f"## {escaped_markdown(phase)}")
        rows = [
            [factor.label if not index else "", *page.value_cell(direction), *direction.cells]
            for factor in factors
            for index, direction in enumerate(factor.directions)
        ]
        heads = _heads(page, say("code", page.lang), *page.value_head)
        blocks.append(_table(heads, rows, numbers_from=1 + len(page.value_head)))
        for factor in factors:
            for direction in factor.directions:
                voices = [voice for voice in (direction.quote, direction.counter) if voice is not None]
                if voices:
                    blocks.append(f"**{escaped_markdown(factor.label)}** {escaped_markdown(direction.value)}".rstrip())
                    blocks += [_voice(page, voice, counter=voice is direction.counter) for voice in voices]
    return blocks or [say("no_factors", page.lang)]


def _voice(page: Page, voice: Voice, *, counter: bool = False) -> str:
    return printed_voice(voice, note=say("counter", page.lang) if counter else "")


def printed_voice(voice: Voice, *, note: str = "") -> str:
    """Return a quote as a block of Markdown, its citation, flag and notes behind it."""
    notes = [each for each in (voice.note, note) if each]
    said = (" ▲" if voice.flag else "") + (f" [{'; '.join(notes)}]" if notes else "")
    return f"> {escaped_markdown(voice.text)}\n> {escaped_markdown(voice.cited_as)}{said}"


def _themes(page: Page) -> list[str]:
    return [block for theme in printed_themes(page) for block in _theme(page, theme)]


def _theme(page: Page, theme: PrintedTheme) -> list[str]:
    rows: list[list[str]] = []
    for row in theme.rows:
        rows += [[f"{row.band}:", *([""] * len(row.cells))]] if row.band and rows else []
        rows.append([row.label, *row.cells])
    blocks = [f"## {theme.number}. {escaped_markdown(theme.title)}", escaped_markdown(theme.claim)]
    blocks.append(_table(_heads(page, say("theme.rests_on", page.lang)), rows))
    for title, voices in theme.voices:
        blocks += [f"### {title}", *(_voice(page, voice) for voice in voices)]
    blocks += [f"### {say('theme.negative', page.lang)}", escaped_markdown(theme.negative_lead)]
    blocks += [_voice(page, voice, counter=True) for voice in theme.negative]
    return [*blocks, f"### {say('theme.memo', page.lang)}", escaped_markdown(theme.memo)] if theme.memo else blocks


def _frequency(page: Page) -> list[str]:
    rows = [["&emsp;" * (line.level - 1) + line.label, *line.cells] for line in page.code_lines()]
    return [_table(_heads(page, say("code", page.lang)), rows)]


def _pairs(page: Page, pairs: list[Pair]) -> str:
    if not pairs:
        return say("no_pairs", page.lang)
    rows = [[pair.a, pair.b, str(pair.n), str(pair.n_a), str(pair.n_b), pair.jaccard] for pair in pairs]
    return _table(
        [*(say(name, page.lang) for name in ("code_a", "code_b", "both", "turns_a", "turns_b")), "Jaccard"],
        rows,
        numbers_from=2,
    )


def _cooccurrence(page: Page) -> list[str]:
    blocks = [f"## {say('top_pairs', page.lang)}", _pairs(page, page.top_pairs())]
    every = page.top_pairs(whole_tree=True)
    blocks += [f"## {say('top_pairs_all', page.lang, k=len(every))}", _pairs(page, every)]
    for group in page.small_groups():
        blocks.append(group.lead)
        blocks.append("\n".join(f"- {escaped_markdown(pair)}" for pair in group.pairs) or say("no_pairs", page.lang))
    return blocks


def _quotes(page: Page) -> list[str]:
    blocks = []
    for code in page.quoted():
        path = f"{code.path} › {code.label}" if code.path else code.label
        blocks.append(f"## {escaped_markdown(path)} ({code.total})")
        for role, voices in code.by_role:
            blocks.append(f"### {escaped_markdown(role)}")
            blocks += [_voice(page, voice) for voice in voices]
    return blocks or [say("no_quotes", page.lang)]
