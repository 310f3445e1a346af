"""The report as one html page that needs nothing beside it: no network, no files, and no script but its own."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lde_qual.reporting.hyphens import breakable
from lde_qual.reporting.outline import outline
from lde_qual.reporting.page import Page
from lde_qual.reporting.report_words import say
from lde_qual.reporting.themes import printed_themes

TEMPLATE = "report.html.j2"
SCRIPT = "report.js"
_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_NAMESPACES = re.compile(r'\sxmlns(:xlink)?="[^"]*"')
_SIZE = re.compile(r'<svg\s[^>]*?(viewBox="[^"]*")[^>]*>')
_IDS = re.compile(r'(\sid="|href="#|url\(#)')


def html_page(page: Page, drawings: Mapping[str, bytes], *, version: str) -> str:
    """Return the page.

    Parameters
    ----------
    page : Page
    drawings : mapping of str to bytes
        The svg files of the figures, by name relative to the results.
    version : str
        Of this package, for the footer.
    """
    environment = Environment(
        loader=PackageLoader("lde_qual.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    sections = outline(page.contents, lang=page.lang)
    entries = [entry for section in sections for entry in section.entries if entry.kind == "figure"]
    numbers = {entry.id: number for number, entry in enumerate(entries, start=1)}
    figures = {
        entry.id: inline_svg(
            drawings[entry.files[1]].decode("utf-8"), label=entry.title, prefix=f"f{numbers[entry.id]}-"
        )
        for entry in entries
    }

    def words(name: str, **values: object) -> str:
        return say(name, page.lang, **values)

    script = (files("lde_qual.reporting") / "templates" / SCRIPT).read_text(encoding="utf-8")
    template = environment.get_template(TEMPLATE)
    return template.render(
        page=page, contents=page.contents, codebook=page.codebook, sections=sections, figures=figures,
        say=words, breakable=partial(breakable, lang=page.codebook.language), version=version, numbers=numbers,
        themes=printed_themes(page),
        behind=page.behind, passages=Markup(page.behind.to_json()), script=Markup(script), script_hash=_hash(script),  # noqa: S704 - our own script
    )  # fmt: skip


def _hash(script: str) -> str:
    """Return what the policy of the page knows its own script by."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


def inline_svg(text: str, *, label: str, prefix: str) -> Markup:
    """Return an svg file as an element of a page.

    Parameters
    ----------
    label : str
        What a screen reader says in its place.
    prefix : str
        Put before each id, since a page may hold each id once.
    """
    bare = _NAMESPACES.sub("", _METADATA.sub("", _PROLOGUE.sub("", text))).replace("xlink:href", "href")
    bare = _IDS.sub(lambda match: match.group() + prefix, bare)
    opening = Markup('<svg {} role="img" aria-label="{}">')
    # The file is drawn by our own figures: what stands in it of a study is outlines of letters.
    found = _SIZE.search(bare)
    box = Markup(found.group(1)) if found else Markup("")  # noqa: S704
    return Markup(_SIZE.sub(lambda _: str(opening.format(box, label)), bare, count=1).strip())  # noqa: S704
