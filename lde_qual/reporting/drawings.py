"""The figures of a report, from its contents to bytes."""

from __future__ import annotations

from lde_qual.analysis.facts import TOTAL
from lde_qual.figures.code_by_role import code_by_role
from lde_qual.figures.cooccurrence import cooccurrence
from lde_qual.figures.style import Picture, pdf, png, svg
from lde_qual.reporting.outline import Entry
from lde_qual.reporting.page import Page


def draw(page: Page, entry: Entry) -> dict[str, bytes]:
    """Return the files of one figure: name relative to the results, and bytes."""
    figure = _by_role(page, entry) if entry.id.startswith("code_by_role") else _together(page, entry)
    as_png, as_svg, as_pdf = entry.files
    return {as_png: png(figure), as_svg: svg(figure), as_pdf: pdf(figure)}


def _by_role(page: Page, entry: Entry) -> Picture:
    frame = page.contents.tables["frequency_role_respondents"]
    main = entry.id == "code_by_role" and page.contents.main_codes != page.codebook.ids()
    if main:
        order = {code: index for index, code in enumerate(page.contents.main_codes)}
        frame = frame[frame["code"].isin(order)].sort_values("code", key=lambda codes: codes.map(order), kind="stable")
    return code_by_role(
        frame,
        roles=page.codebook.roles,
        lang=page.lang,
        title=entry.title,
        nested=not main,
        stamp=page.codebook.voorbeeldmateriaal,
        notes=_notes(page),
        unasked=page.unasked(),
        cells={
            (code, role): _id(page, page.behind.of_code(code, role))
            for code, role in zip(frame["code"], frame["role"], strict=True)
        },
    )


def _id(page: Page, key: str) -> str:
    """Return the id of a cell in the svg; empty where nothing stands behind it."""
    return f"cell-{key}" if key in page.behind.cells else ""


def _notes(page: Page) -> list[str]:
    # A figure travels without its page, so it says itself that not all is coded.
    return [f"{page.coded_by()}."] if page.contents.coded < page.contents.countable else []


def _together(page: Page, entry: Entry) -> Picture:
    frame = page.contents.tables["cooccurrence_turn"]
    if entry.role:
        frame = page.contents.tables["cooccurrence_turn_role"]
        frame = frame[frame["role"] == entry.role]
    codes, role, behind = page.contents.main_codes, entry.role or TOTAL, page.behind
    keys = {(a, b): behind.of_code(a, role) if a == b else behind.of_pair(a, b, role) for a in codes for b in codes}
    return cooccurrence(
        frame,
        codes=codes,
        ids={pair: _id(page, key) for pair, key in keys.items()},
        labels=page.names,
        related=page.related(),
        lang=page.lang,
        title=entry.title,
        stamp=page.codebook.voorbeeldmateriaal,
        notes=_notes(page),
    )
