"""A coder's codings as their journal made them, each a `Coding` only once somebody asks for it.

Most tables ask where a passage stands and what its code is, and nothing else: of a
million codings it takes longer to make the objects than to count them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from lde_qual.model.coding import MARKS, Coding, Stood
from lde_qual.model.operation import Part, anchor_of, text_of

_NOTHING: Mapping[str, Any] = {}
_TEXTS = ("transcript", "quote", "prefix", "suffix", "body_sha256", "code", "memo", "mark")


class Codings(MutableMapping[str, Coding]):
    """Codings by id, in order of making."""

    def __init__(self, codings: Mapping[str, Coding] | None = None) -> None:
        self._held: dict[str, Coding | Part] = dict(codings or {})

    def add(self, part: Part) -> None:
        """Take in the coding that a ``code`` or ``accept`` makes.

        Raises
        ------
        KeyError, TypeError, ValueError, AttributeError
            Where the body is not of the shape of such an operation.
        """
        self._held[part.id] = part if _plain(part.body) else coding_of(part)

    def stood(self) -> Iterator[tuple[Coding | Part, Stood]]:
        """Yield each coding, or what makes it, with where its passage stood."""
        for identifier, held in self._held.items():
            if isinstance(held, Coding):
                yield held, _of_coding(held)
                continue
            body = held.body
            yield (
                held,
                Stood(
                    identifier,
                    body["transcript"],
                    body["start"],
                    body["end"],
                    body["quote"],
                    body.get("body_sha256", ""),
                    body["code"],
                    body.get("dimensions") or _NOTHING,
                    held.op == "accept" or body.get("suggestions_visible") is True,
                ),
            )

    def transcripts(self) -> set[str]:
        """Return the transcripts that bear any."""
        return {
            held.anchor.transcript if isinstance(held, Coding) else held.body["transcript"]
            for held in self._held.values()
        }

    def __getitem__(self, identifier: str) -> Coding:
        held = self._held[identifier]
        if isinstance(held, Part):
            held = self._held[identifier] = coding_of(held)
        return held

    def __setitem__(self, identifier: str, coding: Coding) -> None:
        self._held[identifier] = coding

    def __delitem__(self, identifier: str) -> None:
        del self._held[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __reversed__(self) -> Iterator[str]:
        return reversed(self._held)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._held

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __copy__(self) -> Codings:
        copied = Codings()
        copied._held = self._held.copy()
        return copied


def coding_of(part: Part) -> Coding:
    """Return the coding that a ``code`` or ``accept`` makes."""
    body = part.body
    seen, mark, dimensions = body.get("suggestions_visible"), text_of(body, "mark"), body.get("dimensions")
    return Coding(
        id=part.id,
        coder=part.coder,
        anchor=anchor_of(body),
        code=text_of(body, "code"),
        dimensions={str(name): str(value) for name, value in dimensions.items()} if dimensions else _NOTHING,
        memo=text_of(body, "memo"),
        origin="accepted" if part.op == "accept" else "human",
        suggestion=dict(body["suggestion"]) if body.get("suggestion") else _NOTHING,
        suggestions_visible=seen if isinstance(seen, bool) else None,
        mark=mark if mark in MARKS else "",
        created=part.at,
    )


def _plain(body: Mapping[str, Any]) -> bool:
    """Tell whether every field of a coding's body is of the kind it should be, so that it can be read at any time."""
    dimensions, suggestion = body.get("dimensions"), body.get("suggestion")
    return (
        type(body["start"]) is type(body["end"]) is int
        and all(type(body.get(name, "")) is str for name in _TEXTS)
        and "transcript" in body
        and "quote" in body
        and "code" in body
        and (not dimensions or (type(dimensions) is dict and all(type(value) is str for value in dimensions.values())))
        and (not suggestion or type(suggestion) is dict)
    )


def _of_coding(coding: Coding) -> Stood:
    anchor = coding.anchor
    return Stood(
        coding.id,
        anchor.transcript,
        anchor.start,
        anchor.end,
        anchor.quote,
        anchor.body_sha256,
        coding.code,
        coding.dimensions,
        coding.origin == "accepted" or coding.suggestions_visible is True,
    )
