"""The codes that may be proposed, and what the codebook says of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lde_qual.errors import UsageError
from lde_qual.model.codebook import Code, Codebook
from lde_qual.tagging.keywords import Keyword, keyword

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LAST_BRACKETS = re.compile(r"\(([^()]*)\)\s*[.;]?\s*$")


@dataclass(frozen=True, slots=True)
class Candidates:
    """The codes in play, and the texts and keywords that speak for each.

    A code of the tree speaks for the nearest candidate at or above it. So a candidate
    whose children are none is spoken for by its whole subtree, and one whose children
    are candidates too by its own text alone: the child can win.

    Attributes
    ----------
    codes : tuple of str
        Ids, in the order given.
    owner : dict of str to int
        By code of the tree the place in `codes` of the candidate that it speaks for;
        codes that speak for none are absent.
    texts : tuple of (str, str)
        Labels, definitions, inclusions, examples and keywords, each after the code of
        the tree that it belongs to; also what another code excludes with the id of this
        one ("… (traject-pop)").
    keywords : tuple of (str, Keyword)
        Likewise.
    """

    codes: tuple[str, ...]
    owner: dict[str, int]
    texts: tuple[tuple[str, str], ...]
    keywords: tuple[tuple[str, Keyword], ...]

    def whole_texts(self) -> list[str]:
        """Return all that is said of each candidate, as one text each."""
        lines: list[list[str]] = [[] for _ in self.codes]
        for node, text in self.texts:
            lines[self.owner[node]].append(text)
        return ["\n".join(each) for each in lines]


def owners(codebook: Codebook, codes: Sequence[str]) -> dict[str, int]:
    """Return by code of the tree the place of the nearest candidate at or above it; without one it is absent."""
    places = {code: place for place, code in enumerate(codes)}
    found = {}
    for identifier in codebook.ids():
        above = [code for code in codebook.path(identifier) if code in places]
        if above:
            found[identifier] = places[above[-1]]
    return found


def candidates(codebook: Codebook, codes: Sequence[str] | None = None) -> Candidates:
    """Gather what a codebook says of `codes` (all of the tree, unless given).

    Raises
    ------
    UnknownError
        For a code that is not in the codebook.
    UsageError
        Where no code is left.
    """
    wanted = codebook.ids() if codes is None else list(dict.fromkeys(codebook.require(code) for code in codes))
    if not wanted:
        raise UsageError(
            "There is no code to propose.",
            way_out="Add codes to codebook.yaml (`lde-qual codebook add`), or name some.",
        )
    owner = owners(codebook, wanted)
    texts = [(node, text) for node in owner for text in _said(codebook.code(node))]
    texts += [(node, text) for node, text in _pointed_at(codebook) if node in owner]
    compiled = [(node, keyword(text)) for node in owner for text in codebook.code(node).keywords]
    keywords = tuple((node, found) for node, found in compiled if found is not None)
    return Candidates(tuple(wanted), owner, tuple(texts), keywords)


def bare(codebook: Codebook) -> list[str]:
    """Return the codes that have a label and nothing else for a suggestion to rest on."""
    told = {code: codebook.code(code) for code in codebook.ids()}
    return [
        name for name, code in told.items() if not (code.definition or code.include or code.examples or code.keywords)
    ]


def _said(code: Code) -> list[str]:
    keywords = (text.rstrip("*") for text in code.keywords)
    return [text for text in (code.label, code.definition, *code.include, *code.examples, *keywords) if text.strip()]


def _pointed_at(codebook: Codebook) -> list[tuple[str, str]]:
    """Return what a code excludes and names another code for, as a text about that other code."""
    found = []
    for identifier in codebook.ids():
        for text in codebook.code(identifier).exclude:
            brackets = _LAST_BRACKETS.search(text)
            named = _ID.findall(brackets[1]) if brackets else []
            ids = {codebook.today(word) for word in named} - {None, identifier}
            found += [(other, text[: brackets.start()].strip()) for other in sorted(filter(None, ids)) if brackets]
    return found
