"""Reading ``codebook.yaml``: what it says, or the line on which it cannot be what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from lde_qual.errors import CodebookError, did_you_mean
from lde_qual.formats.strict_yaml import Mapping, Node, Scalar, load
from lde_qual.formats.yaml_fields import Fields, one_text, scalars
from lde_qual.model.codebook import (
    APPROACHES,
    DEFAULT_CITATION,
    DEFAULT_PUBLIC,
    LANGUAGES,
    SLUG,
    SUGGESTION_MODES,
    Code,
    Codebook,
)
from lde_qual.model.contract import OVERVIEW_COLUMNS, check_names
from lde_qual.model.study import CODER
from lde_qual.model.transcript import WORD

CODEBOOK_KEYS = (
    "title",
    "language",
    "approach",
    "main_coder",
    "roles",
    "role_plurals",
    "citation",
    "public",
    "dimensions",
    "report_codes",
    "min_percent_n",
    "voorbeeldmateriaal",
    "suggestions",
    "no_suggestions",
    "blind_share",
    "seed",
    "spacy",
    "stop_words",
    "checked",
    "codes",
)
CODE_LISTS = ("include", "exclude", "examples", "keywords", "formerly")
CODE_KEYS = ("id", "label", "definition", *CODE_LISTS, "colour", "codes")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
SLUG_RULE = "Use small letters and digits, with single hyphens between, for example 'traject-pop'."


def parse_codebook(text: str) -> Codebook:
    """Read a codebook.

    Parameters
    ----------
    text : str
        The whole of ``codebook.yaml``.

    Returns
    -------
    Codebook
        Each code with the line of the file it begins on.

    Raises
    ------
    CodebookError
        For the first thing that is not as it should be, with its line.
    """
    return codebook_of(load(text), text)


def codebook_of(root: Node, text: str) -> Codebook:
    """Return what the nodes of a codebook say; `text` is what they were read from (see `parse_codebook`)."""
    fields = Fields(root, of="the codebook", known=CODEBOOK_KEYS, needed=("title", "codes"))
    codes = tuple(_code(item, text) for item in fields.items("codes"))
    dimensions = _dimensions(fields)
    roles = _roles(fields, dimensions)
    codebook = Codebook(
        title=fields.required("title"),
        codes=codes,
        language=fields.choice("language", LANGUAGES, "nl"),
        approach=fields.choice("approach", APPROACHES, "codeboek"),
        main_coder=_main_coder(fields),
        roles=roles,
        role_plurals=_role_plurals(fields, roles),
        citation=_template(fields, "citation", DEFAULT_CITATION),
        public=_template(fields, "public", DEFAULT_PUBLIC),
        dimensions=dimensions,
        report_codes=fields.texts("report_codes"),
        min_percent_n=fields.positive("min_percent_n", 20),
        voorbeeldmateriaal=fields.flag("voorbeeldmateriaal"),
        suggestions=fields.choice("suggestions", SUGGESTION_MODES, ""),
        no_suggestions=fields.texts("no_suggestions"),
        blind_share=fields.share("blind_share"),
        seed=fields.positive("seed", 1),
        spacy=fields.text("spacy"),
        stop_words=_stop_words(fields),
        checked=fields.texts("checked"),
    )
    _check_ids(codes)
    _check_report_codes(codebook, fields)
    return codebook


def _code(node: Node, text: str) -> Code:
    fields = Fields(node, of="a code", known=CODE_KEYS, needed=("id", "label"))
    identifier = fields.required("id")
    if not SLUG.fullmatch(identifier):
        raise CodebookError(f"'{identifier}' cannot be the id of a code.", way_out=SLUG_RULE, line=fields.line("id"))
    fields.of = f"code '{identifier}'"
    return Code(
        id=identifier,
        label=fields.required("label"),
        definition=fields.text("definition"),
        include=fields.texts("include"),
        exclude=fields.texts("exclude"),
        examples=fields.texts("examples"),
        keywords=fields.texts("keywords"),
        formerly=fields.texts("formerly"),
        colour=_colour(fields, text),
        codes=tuple(_code(item, text) for item in fields.items("codes")),
        line=fields.node.line,
    )


def _colour(fields: Fields, text: str) -> str:
    colour, line = fields.text("colour"), fields.line("colour")
    # Without quotes YAML takes what follows the '#' for a comment, and the colour would silently be gone.
    lost = not colour and fields.node.get("colour") is not None and "#" in text.split("\n")[line - 1]
    if lost or (colour and not COLOUR.fullmatch(colour)):
        what = "The colour has no quotes, so that its '#' begins a comment." if lost else f"'{colour}' is no colour."
        raise CodebookError(what, way_out='Write it like "#4477aa", with the quotes.', line=line)
    return colour


def _dimensions(fields: Fields) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, node, line in _named(fields, "dimensions"):
        check_names([name], what="dimension", error=CodebookError, line=line)
        values = scalars(node, name)
        if not values:
            raise CodebookError(
                f"Dimension '{name}' has no values.", way_out=f"Write them as {name}: [one, other].", line=line
            )
        found[name] = tuple(value.value.strip() for value in _distinct(values, f"dimension '{name}'"))
    return found


def _roles(fields: Fields, dimensions: dict[str, tuple[str, ...]]) -> dict[str, str]:
    node = fields.node.get("roles")
    if isinstance(node, Mapping):
        named = list(_named(fields, "roles"))
        roles = {name: one_text(label, name).value.strip() or name for name, label, _ in named}
        lines = {name: line for name, _, line in named}
    else:
        listed = _distinct(fields.scalars("roles"), "roles")
        roles = {role.value.strip(): role.value.strip() for role in listed}
        lines = {role.value.strip(): role.line for role in listed}
    for role, line in lines.items():
        if role in {*OVERVIEW_COLUMNS, *list(dimensions)[:1], "interviewer", "total", "(none)"}:
            raise CodebookError(
                f"The role '{role}' bears the name of a column of the overview.",
                way_out=f"Choose another id, for example '{role}-rol'.",
                line=line,
            )
    return roles


def _role_plurals(fields: Fields, roles: dict[str, str]) -> dict[str, str]:
    found = {}
    for role, node, line in _named(fields, "role_plurals"):
        if role not in roles:
            raise CodebookError(
                f"'{role}' under role_plurals is no role.",
                way_out=did_you_mean(role, roles, otherwise=f"Roles: {', '.join(roles) or 'none'}."),
                line=line,
            )
        found[role] = one_text(node, role).value.strip()
    return found


def _named(fields: Fields, name: str) -> Iterator[tuple[str, Node, int]]:
    node = fields.node.get(name)
    if node is None or (isinstance(node, Scalar) and not node.value):
        return
    if not isinstance(node, Mapping):
        raise CodebookError(
            f"Under '{name}' should stand names with their values.",
            way_out="Write for example {richting: [belemmerend, faciliterend]}.",
            line=node.line,
        )
    for entry in node.entries:
        yield entry.key.value.strip(), entry.value, entry.key.line


def _distinct(values: tuple[Scalar, ...], where: str) -> tuple[Scalar, ...]:
    seen: set[str] = set()
    for value in values:
        text = value.value.strip()
        if text in seen:
            raise CodebookError(f"'{text}' stands twice in {where}.", way_out="Keep one of the two.", line=value.line)
        seen.add(text)
    return values


def _main_coder(fields: Fields) -> str:
    name = fields.text("main_coder")
    if name and not CODER.fullmatch(name):
        raise CodebookError(
            f"'{name}' cannot be a coder's name.",
            way_out="Use 1 to 40 of the signs a-z, 0-9 and '-', for example 'coder-2'.",
            line=fields.line("main_coder"),
        )
    return name


def _stop_words(fields: Fields) -> tuple[str, ...]:
    for entry in fields.scalars("stop_words"):
        if not WORD.fullmatch(entry.value.strip().removeprefix("-").replace("’", "'").strip("'")):
            raise CodebookError(
                f"'{entry.value}' under 'stop_words' is no single word.",
                way_out="Write one word an item; a hyphen before it takes it out of the list.",
                line=entry.line,
            )
    return fields.texts("stop_words")


def _template(fields: Fields, name: str, default: str) -> str:
    template = fields.text(name, default)
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        parts = [("", "", "", "")]
    if any(_malformed(*part[1:]) for part in parts):
        raise CodebookError(
            f"The placeholders of {name} in '{template}' are not well formed.",
            way_out=f'Write each as a name in braces, for example "{default}".',
            line=fields.line(name),
        )
    return template


def _malformed(name: str | None, form: str | None, conversion: str | None) -> bool:
    return name is not None and bool(not name.strip() or form or conversion or set(".[]{") & set(name))


def _check_ids(codes: tuple[Code, ...]) -> None:
    every = [code for root in codes for code in root.walk()]
    lines: dict[str, int | None] = {}
    for code in every:
        if code.id in lines:
            raise CodebookError(
                f"The id '{code.id}' is given to a second code; the first is on line {lines[code.id]}.",
                way_out="Give one of the two another id: ids are unique in the whole tree.",
                line=code.line,
            )
        lines[code.id] = code.line
    owners = dict.fromkeys(lines, "an id of today")
    for code in every:
        for old in code.formerly:
            if old in owners:
                raise CodebookError(
                    f"'{old}' is a former id of code '{code.id}', but also {owners[old]}.",
                    way_out="An id is used once and never again: take it out of `formerly`, or rename the other.",
                    line=code.line,
                )
            owners[old] = f"a former id of code '{code.id}'"


def _check_report_codes(codebook: Codebook, fields: Fields) -> None:
    for item in _distinct(fields.scalars("report_codes"), "report_codes"):
        identifier = item.value.strip()
        if identifier in codebook:
            continue
        today = codebook.today(identifier)
        raise CodebookError(
            f"'{identifier}' in report_codes is not in the codebook.",
            way_out=f"It is now called '{today}'."
            if today
            else did_you_mean(identifier, codebook.ids(), otherwise="Use ids of codes below `codes:`."),
            line=item.line,
        )
