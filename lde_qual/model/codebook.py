"""The tree of codes and what the codebook says about the study."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lde_qual.errors import UnknownError, did_you_mean

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SORTING = "te-sorteren"
"""Id of the code for passages that are worth coding and whose code is decided later."""
APPROACHES = ("codeboek", "framework", "reflexief")
SUGGESTION_MODES = ("uit", "na eerste lezing", "meteen")
LANGUAGES = ("nl", "en")
DEFAULT_CITATION = "(Respondent {number}, {function} {organisation})"
DEFAULT_PUBLIC = "(Respondent {number}, {role})"


@dataclass(frozen=True, slots=True)
class Code:
    """One node of the tree.

    Ids are slugs, unique in the tree, never reused and never shown to people;
    `formerly` holds the ids that were renamed or merged into this code.
    """

    id: str
    label: str
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    colour: str = ""
    codes: tuple[Code, ...] = ()
    line: int | None = None

    def walk(self) -> Iterator[Code]:
        """Yield this code and all below it, parents first, in the order of the file."""
        yield self
        for child in self.codes:
            yield from child.walk()


@dataclass(frozen=True)
class Codebook:
    """The whole of ``codebook.yaml``."""

    title: str
    codes: tuple[Code, ...] = ()
    language: str = "nl"
    approach: str = "codeboek"
    main_coder: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    role_plurals: Mapping[str, str] = field(default_factory=dict)
    citation: str = DEFAULT_CITATION
    public: str = DEFAULT_PUBLIC
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    report_codes: tuple[str, ...] = ()
    min_percent_n: int = 20
    voorbeeldmateriaal: bool = False
    suggestions: str = ""
    no_suggestions: tuple[str, ...] = ()
    blind_share: float = 0.0
    seed: int = 1
    spacy: str = ""
    stop_words: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()

    @cached_property
    def _nodes(self) -> dict[str, tuple[Code, tuple[str, ...]]]:
        nodes: dict[str, tuple[Code, tuple[str, ...]]] = {}

        def enter(code: Code, above: tuple[str, ...]) -> None:
            nodes[code.id] = (code, (*above, code.id))
            for child in code.codes:
                enter(child, nodes[code.id][1])

        for root in self.codes:
            enter(root, ())
        return nodes

    @cached_property
    def _today(self) -> dict[str, str]:
        former = {old: code.id for code, _ in self._nodes.values() for old in code.formerly}
        return former | {identifier: identifier for identifier in self._nodes}

    def ids(self) -> list[str]:
        """Return the ids of all codes, parents first, in the order of the file."""
        return list(self._nodes)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._nodes

    def today(self, identifier: str) -> str | None:
        """Return today's id of a code that may have been renamed or merged; None where it is gone."""
        return self._today.get(identifier)

    def require(self, identifier: str) -> str:
        """Return today's id of a code.

        Raises
        ------
        UnknownError
            Where neither an id nor a former id bears this name.
        """
        found = self._today.get(identifier)
        if found is None:
            way_out = did_you_mean(
                identifier,
                self._today,
                otherwise="`lde-qual codebook show` lists the codes; `lde-qual codebook add` makes one.",
            )
            raise UnknownError(f"Code '{identifier}' is not in the codebook.", way_out=way_out)
        return found

    def code(self, identifier: str) -> Code:
        """Return the code that bears this id today (see `require`)."""
        return self._nodes[self.require(identifier)][0]

    def path(self, identifier: str) -> tuple[str, ...]:
        """Return the ids from the root to this code, the code itself last."""
        return self._nodes[identifier][1]

    def level(self, identifier: str) -> int:
        """Return the depth of this code; a root is 1."""
        return len(self._nodes[identifier][1])

    def parent(self, identifier: str) -> str:
        """Return the id of the code above, or an empty string for a root."""
        above = self._nodes[identifier][1][:-1]
        return above[-1] if above else ""

    def root(self, identifier: str) -> Code:
        """Return the root above this code (or the code itself)."""
        return self._nodes[self._nodes[identifier][1][0]][0]

    def subtree(self, identifier: str) -> list[str]:
        """Return the ids of this code and all below it."""
        return [code.id for code in self._nodes[identifier][0].walk()]

    def related(self, one: str, other: str) -> bool:
        """Tell whether two different codes stand above and below each other."""
        return one != other and (one in self.path(other) or other in self.path(one))

    def cut(self, level: int) -> list[str]:
        """Return the codes of this depth and the childless ones above it, in the order of the file.

        Together their subtrees cover every code at or below the cut once.
        """
        return [
            identifier
            for identifier, (code, path) in self._nodes.items()
            if len(path) == level or (len(path) < level and not code.codes)
        ]

    def above_cut(self, level: int) -> list[str]:
        """Return the codes that have children and stand above this depth."""
        return [identifier for identifier, (code, path) in self._nodes.items() if len(path) < level and code.codes]

    def asked_by(self, codes: Iterable[str]) -> set[str]:
        """Return the codes that a question about `codes` asks about: those and their ancestors."""
        known = (self.today(code) for code in codes)
        return {above for code in known if code is not None for above in self.path(code)}

    def role_label(self, role: str) -> str:
        """Return the label of a role, or its id where the codebook names none."""
        return self.roles.get(role, role)

    @property
    def first_dimension(self) -> str:
        """Name of the first dimension, or an empty string."""
        return next(iter(self.dimensions), "")
