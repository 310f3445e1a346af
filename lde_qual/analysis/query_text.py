"""The language in which passages are asked for: from text to a tree of terms, with the position of every fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from lde_qual.errors import UsageError

DEEPEST = 50
"""Parentheses within parentheses at most: nobody reads more, and a program must stop somewhere."""

GRAMMAR = r"""
?start: either
?either: both ("|" both)*
?both: beside ("&" beside)*
?beside: single
    | single WITHIN COUNT TURNS OF single -> near
?single: "!" single -> opposite
    | "(" either ")"
    | NAME -> code
    | NAME "=" value -> compared
    | QUOTED -> exact
    | LEMMA value -> lemma
value: NAME | QUOTED

WITHIN: /within\b/
TURNS: /turns?\b/
OF: /of\b/
COUNT: /[0-9]{1,6}/
LEMMA.2: /lemma:/
NAME: /[^\s"“”„!&|()=:]+/
QUOTED: /"[^"]*"/ | /[“„][^“”„]*[“”]/
%ignore /\s+/
"""

WAY_OUT = (
    'Between terms stands & or |, before one may stand !; a term is a code, name=value, "words", lemma:word,'
    " or A within K turns of B."
)
_IN_QUOTES = re.compile(r"\"[^\"]*\"|[“„][^“”„]*[“”]")


@dataclass(frozen=True, slots=True)
class Code:
    """Text under a code; `at` is the position of the term in the expression, from 1, as it is of every term."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Text of turns with a value of an attribute, or codings with a value of a dimension."""

    name: str
    value: str
    at: int
    value_at: int


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences in which words stand, as typed or by their lemma."""

    term: str
    lemma: bool
    at: int


@dataclass(frozen=True, slots=True)
class Opposite:
    """Everything else."""

    part: Query


@dataclass(frozen=True, slots=True)
class Both:
    """What all parts share."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What any part holds."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """What of `left` lies at most `turns` turns from something of `right`."""

    left: Query
    turns: int
    right: Query


Query = Code | Compared | Words | Opposite | Both | Either | Near


class _Builder(Transformer[Token, Query]):
    def code(self, found: list[Token]) -> Query:
        return Code(str(found[0]), _at(found[0]))

    def value(self, found: list[Token]) -> Token:
        return found[0]

    def compared(self, found: list[Token]) -> Query:
        name, value = found
        return Compared(str(name), _bare(value), _at(name), _at(value))

    def exact(self, found: list[Token]) -> Query:
        return Words(_bare(found[0]), lemma=False, at=_at(found[0]))

    def lemma(self, found: list[Token]) -> Query:
        return Words(_bare(found[1]), lemma=True, at=_at(found[0]))

    def opposite(self, found: list[Query]) -> Query:
        return found[0].part if isinstance(found[0], Opposite) else Opposite(found[0])

    def both(self, found: list[Query]) -> Query:
        return Both(tuple(found))

    def either(self, found: list[Query]) -> Query:
        return Either(tuple(found))

    def near(self, found: list[Any]) -> Query:
        left, _, count, _, _, right = found
        return Near(left, int(count), right)


def _at(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _bare(token: Token) -> str:
    return str(token)[1:-1].strip() if token.type == "QUOTED" else str(token)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=_Builder())


def parse_query(text: str) -> Query:
    """Return the tree of an expression; ``!`` binds tighter than ``within``, that than ``&``, that than ``|``.

    Raises
    ------
    UsageError
        Where it cannot be read; the message names the position, in signs from 1.
    """
    if not text.strip():
        raise UsageError("The expression is empty.", way_out=WAY_OUT)
    _refuse_depth(text)
    try:
        found: Any = _parser().parse(text)
    except UnexpectedInput as error:
        raise UsageError(_fault(text, error), way_out=WAY_OUT) from None
    return found  # type: ignore[no-any-return]


def _refuse_depth(text: str) -> None:
    depth = 0
    for position, sign in enumerate(_IN_QUOTES.sub(lambda quoted: " " * len(quoted[0]), text), start=1):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth > DEEPEST:
            raise UsageError(
                f"At position {position} more than {DEEPEST} parentheses are open.",
                way_out="Ask in parts, and code what each finds.",
            )


def _fault(text: str, error: UnexpectedInput) -> str:
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return f"The expression breaks off at position {len(text.rstrip()) + 1}: a term or ')' is missing."
    place = error.pos_in_stream or 0
    if isinstance(error, UnexpectedCharacters) and text[place] in '"“„':
        return f"At position {place + 1} a quotation mark opens and none closes."
    rest = text[place:].split()
    return f"At position {place + 1} stands '{rest[0] if rest else text[place:]}', which cannot stand there."
