"""A codebook's text while it is changed: its nodes, what it says, and whether a change kept the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, wraps
from typing import Concatenate, ParamSpec

from lde_qual.errors import CodebookError, RefusedError
from lde_qual.formats.code_nodes import Place, in_block_style, places
from lde_qual.formats.codebook import CODE_KEYS, SLUG_RULE, codebook_of
from lde_qual.formats.strict_yaml import Mapping, Scalar, load
from lde_qual.formats.strict_yaml import Sequence as Listing
from lde_qual.formats.yaml_write import Edit, apply, field_edits, list_edits
from lde_qual.model.codebook import SLUG, Code, Codebook

_Rest = ParamSpec("_Rest")


def keeping_shape(edit: Callable[Concatenate[str, _Rest], str]) -> Callable[Concatenate[str, _Rest], str]:
    """Let an edit see line feeds and a closed last line only; what the text had instead, it keeps."""

    @wraps(edit)
    def shaped(text: str, /, *args: _Rest.args, **options: _Rest.kwargs) -> str:
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        bare = text.removeprefix(mark)
        windows = bare.count("\r\n") == bare.count("\n") > 0
        bare = bare.replace("\r\n", "\n") if windows else bare
        closed = bare.endswith("\n")
        changed = edit(bare if closed else bare + "\n", *args, **options)
        changed = changed if closed else changed.removesuffix("\n")
        return mark + (changed.replace("\n", "\r\n") if windows else changed)

    return shaped


class Draft:
    """A codebook's text with its nodes and what it says, for one change."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def root(self) -> Mapping:
        """The whole codebook."""
        return _read(self.text)[0]

    @cached_property
    def book(self) -> Codebook:
        """What the text says."""
        return _read(self.text)[1]

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where each code stands."""
        return places(self.root)

    def owner(self, identifier: str) -> Mapping:
        """Return the node of a code, or of the whole codebook for an empty id."""
        return self.places[identifier].node if identifier else self.root

    def loose(self, identifier: str) -> Draft:
        """Return the draft with this code on lines of its own, so that it can be cut out."""
        place = self.places[identifier]
        return self if place.flow is None or place.flow is place.node else self.block(identifier)

    def block(self, identifier: str) -> Draft:
        """Return the draft with this code and its list (or the list of roots) in block style."""
        text = in_block_style(self.text, self.root, identifier)
        return self if text == self.text else Draft(text)

    def set_fields(self, identifier: str, fields: dict[str, str | Sequence[str]]) -> list[Edit]:
        """Return the edits that give a code other values; an empty one takes the key away."""
        node = self.places[identifier].node
        code = self.book.code(identifier)
        ordered = sorted(fields.items(), key=lambda field: CODE_KEYS.index(field[0]))
        return [
            edit
            for name, value in ordered
            if getattr(code, name) != (value if isinstance(value, str) else tuple(value))
            for edit in field_edits(self.text, node, name, value, order=CODE_KEYS)
        ]

    def reported(self) -> list[Scalar]:
        """Return the nodes of `report_codes`."""
        node = self.root.get("report_codes")
        items = node.items if isinstance(node, Listing) else (node,)
        return [item for item in items if isinstance(item, Scalar)]

    def report(self, codes: Sequence[str]) -> list[Edit]:
        """Return the edits that make `report_codes` these."""
        entry = self.root.entry("report_codes")
        if entry is None or tuple(codes) == self.book.report_codes:
            return []
        return list(list_edits(self.text, entry, codes, flow=self.root.flow))

    def check_new(self, identifier: str) -> None:
        """Refuse an id that is no slug, or that is or was used."""
        if not SLUG.fullmatch(identifier):
            raise RefusedError(f"'{identifier}' cannot be the id of a code.", way_out=SLUG_RULE)
        today = self.book.today(identifier)
        if today is not None:
            what = "is in the codebook already" if today == identifier else f"is a former id of code '{today}'"
            raise RefusedError(f"The id '{identifier}' {what}.", way_out="Choose another: an id is never used again.")

    def changed(self, edits: Iterable[Edit], concerned: set[str]) -> str:
        """Return the text with the edits made, once it reads as it should."""
        after = Draft(apply(self.text, edits))
        try:
            same = _rest(after.book, concerned) == _rest(self.book, concerned)
        except CodebookError as fault:
            raise RefusedError(f"The codebook would no longer read ({fault}).", way_out=_BY_HAND) from fault
        if not same:
            raise RefusedError("The change would reach codes that it is not about.", way_out=_BY_HAND)
        return after.text


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[Mapping, Codebook]:
    node = load(text)
    book = codebook_of(node, text)
    return (node if isinstance(node, Mapping) else Mapping((), 1, 0, 0)), book


_BY_HAND = "Write this part of codebook.yaml in a plainer way, one key a line, or make the change by hand."


def _rest(book: Codebook, concerned: set[str]) -> tuple[Codebook, dict[str, Code]]:
    codes = {code.id: replace(code, codes=(), line=None) for root in book.codes for code in root.walk()}
    rest = {identifier: code for identifier, code in codes.items() if identifier not in concerned}
    return replace(book, codes=(), report_codes=()), rest
