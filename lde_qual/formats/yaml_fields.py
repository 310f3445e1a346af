"""Typed fields out of YAML nodes: each fault names the field, the value, its line and the way out."""

from __future__ import annotations

from collections.abc import Collection

from lde_qual.errors import CodebookError, did_you_mean
from lde_qual.formats.strict_yaml import Mapping, Node, Scalar, Sequence

_KINDS = {Scalar: "one text", Sequence: "a list", Mapping: "a mapping"}


class Fields:
    """The keys of one mapping, read as what they should be.

    Parameters
    ----------
    node : Node
        What should be a mapping.
    of : str
        What the mapping describes, as it stands in messages: ``the codebook``, ``a code``.
    known : collection of str
        The keys that may be there.
    needed : collection of str
        Those that must.

    Raises
    ------
    CodebookError
        Where it is no mapping, has another key or lacks one.
    """

    def __init__(self, node: Node, *, of: str, known: Collection[str], needed: Collection[str] = ()) -> None:
        if not isinstance(node, Mapping):
            raise CodebookError(
                f"Here stands {_described(node)} where {of} should be described.",
                way_out=f"Write its keys, each with a value: {', '.join(needed or known)}.",
                line=node.line,
            )
        self.node = node
        self.of = of
        for entry in node.entries:
            if entry.key.value not in known:
                raise CodebookError(
                    f"'{entry.key.value}' is no key of {of}.",
                    way_out=did_you_mean(entry.key.value, known, otherwise=f"It may have: {', '.join(known)}."),
                    line=entry.key.line,
                )
        for name in needed:
            if node.get(name) is None:
                raise CodebookError(f"The key '{name}' of {of} is missing.", way_out=f"Add `{name}:`.", line=node.line)

    def line(self, name: str) -> int:
        """Return the line of a key; that of the mapping where the key is absent."""
        entry = self.node.entry(name)
        return entry.key.line if entry else self.node.line

    def text(self, name: str, default: str = "") -> str:
        """Return one text without white space at its ends; `default` where it is absent or empty."""
        node = self.node.get(name)
        return (one_text(node, name).value.strip() if node is not None else "") or default

    def required(self, name: str) -> str:
        """Return one text that must not be empty, on one line."""
        value = self.text(name)
        if not value or "\n" in value:
            what = "is empty" if not value else "runs over several lines"
            raise CodebookError(
                f"The {name} of {self.of} {what}.", way_out="Write one line of text.", line=self.line(name)
            )
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; one text is a list of one."""
        return tuple(text.value.strip() for text in self.scalars(name))

    def scalars(self, name: str) -> tuple[Scalar, ...]:
        """Return the same as `texts`, each with its line."""
        node = self.node.get(name)
        return () if node is None else scalars(node, name)

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        """Return one of `allowed`."""
        value = self.text(name, default)
        if value != default and value not in allowed:
            raise CodebookError(
                f"'{value}' is no value of {name}.",
                way_out=did_you_mean(value, allowed, otherwise=f"It may be: {', '.join(allowed)}."),
                line=self.line(name),
            )
        return value

    def flag(self, name: str) -> bool:
        """Return ``true`` or ``false``; absent is false."""
        return self.choice(name, ("true", "false"), "false") == "true"

    def positive(self, name: str, default: int) -> int:
        """Return a whole number from 1."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) > 0):
            raise CodebookError(
                f"'{value}' is no value of {name}.", way_out="Write a whole number from 1.", line=self.line(name)
            )
        return int(value)

    def share(self, name: str) -> float:
        """Return a number from 0 to 1; 0 where it is absent."""
        value = self.text(name, "0")
        try:
            found = float(value)
        except ValueError:
            found = -1.0
        if not 0 <= found <= 1:
            raise CodebookError(
                f"'{value}' is no value of {name}.", way_out="Write a number from 0 to 1, as 0.2.", line=self.line(name)
            )
        return found

    def items(self, name: str) -> tuple[Node, ...]:
        """Return the nodes of a list; none where it is absent or empty."""
        node = self.node.get(name)
        if node is None or (isinstance(node, Scalar) and not node.value):
            return ()
        if not isinstance(node, Sequence):
            raise CodebookError(
                f"Under '{name}' of {self.of} stands {_described(node)}, not a list.",
                way_out="Begin each of its items with '- ', or write [] for none.",
                line=node.line,
            )
        return node.items


def scalars(node: Node, name: str) -> tuple[Scalar, ...]:
    """Return the texts of a list, none of them empty; one text is a list of one."""
    if isinstance(node, Scalar):
        return (node,) if node.value.strip() else ()
    if isinstance(node, Mapping):
        return (one_text(node, name),)
    found = tuple(one_text(item, name) for item in node.items)
    for item in found:
        if not item.value.strip():
            raise CodebookError(
                f"An item of '{name}' is empty.", way_out="Write its text, or take it out.", line=item.line
            )
    return found


def one_text(node: Node, name: str) -> Scalar:
    """Return a node that must be one text."""
    if not isinstance(node, Scalar):
        raise CodebookError(
            f"Under '{name}' stands {_described(node)} where one text should be.",
            way_out="Put a text with ': ' in it, or one that begins with '[' or '{', in quotes.",
            line=node.line,
        )
    return node


def _described(node: Node) -> str:
    return f"the text '{node.value}'" if isinstance(node, Scalar) and node.value else _KINDS[type(node)]
