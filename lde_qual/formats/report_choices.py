"""Reading ``report.yaml``: which parts a report has, and with which options."""

from __future__ import annotations

from lde_qual.errors import CodebookError
from lde_qual.formats.strict_yaml import load
from lde_qual.formats.yaml_fields import Fields
from lde_qual.model.report_choices import ReportChoices
from lde_qual.model.theme import Written

_KNOWN = ("parts", "quotes_per_code", "lang", "public", "coder", "text", "passages")
_LANGUAGES = ("nl", "en")


def parse_choices(text: str) -> ReportChoices:
    """Read what was chosen for the report.

    Parameters
    ----------
    text : str
        The whole of ``report.yaml``.

    Raises
    ------
    CodebookError
        For the first thing that is not as it should be, with its line.
    """
    fields = Fields(load(text), of="the report", known=_KNOWN)
    given = {name for name in _KNOWN if fields.node.get(name) is not None}
    parts = tuple(Written(found.value.strip(), found.line) for found in fields.scalars("parts"))
    if "parts" in given and not parts:
        raise CodebookError(
            "The report has no part.",
            way_out="Name at least one, or take `parts` out for all.",
            line=fields.line("parts"),
        )
    return ReportChoices(
        parts=parts,
        quotes_per_code=fields.positive("quotes_per_code", 1) if "quotes_per_code" in given else None,
        lang=fields.choice("lang", _LANGUAGES, "") or None,
        public=fields.flag("public") if "public" in given else None,
        coder=fields.text("coder") or None,
        text=fields.text("text") or None,
        passages=fields.flag("passages") if "passages" in given else None,
    )
