"""The tree of codes: shown, and changed by operations that keep the file's comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce

import pandas as pd

from lde_qual.api.study import OpenStudy, listed
from lde_qual.errors import RefusedError, UsageError
from lde_qual.formats import codebook_edit
from lde_qual.model.codebook import Code

COLUMNS = ("id", "parent", "label", "definition", "include", "exclude", "examples", "keywords", "colour")
TOP = "."
"""What stands for the top of the tree where a parent is asked for."""


def codebook_show(study: OpenStudy, *, codes: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Return the tree, parents first; several texts in one cell stand on lines of their own.

    Parameters
    ----------
    codes : list of str or ``a,b``, optional
        Only these codes and what is below them.
    """
    codebook = study.model.codebook
    named = listed(codes)
    wanted = {below for code in named for below in codebook.subtree(codebook.require(code))} if named else None
    rows = [
        {
            "id": code.id,
            "parent": codebook.parent(code.id) or None,
            "label": code.label,
            "definition": code.definition or None,
            **{name: "\n".join(getattr(code, name)) or None for name in ("include", "exclude", "examples", "keywords")},
            "colour": code.colour or None,
        }
        for code in (codebook.code(identifier) for identifier in codebook.ids())
        if wanted is None or code.id in wanted
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    frame.attrs = {"unit": "code", "coder": None}
    return frame


def codebook_add(
    study: OpenStudy,
    code: str,
    label: str,
    *,
    parent: str = TOP,
    definition: str = "",
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    examples: Iterable[str] = (),
    keywords: Iterable[str] = (),
    colour: str = "",
    coder: str | None = None,
) -> str:
    """Add a code below `parent` (``.`` for the top) and return the operation's id.

    Raises
    ------
    RefusedError
        Where the id is no slug, stands in the tree, or was ever used before.
    """
    never_used(study, code)
    node = Code(
        id=code,
        label=label,
        definition=definition,
        include=tuple(include),
        exclude=tuple(exclude),
        examples=tuple(examples),
        keywords=tuple(keywords),
        colour=colour,
    )
    return _change(
        study, "add", [code], lambda text: codebook_edit.add_code(text, code=node, parent=_parent(study, parent)), coder
    )


def codebook_describe(
    study: OpenStudy,
    code: str,
    *,
    definition: str | None = None,
    include: Iterable[str] | None = None,
    exclude: Iterable[str] | None = None,
    examples: Iterable[str] | None = None,
    keywords: Iterable[str] | None = None,
    colour: str | None = None,
    coder: str | None = None,
) -> str:
    """Set what describes a code; what is not given stays."""
    texts = {"include": include, "exclude": exclude, "examples": examples, "keywords": keywords}
    lists = {name: list(value) for name, value in texts.items() if value is not None}
    if definition is None and colour is None and not lists:
        raise UsageError("Nothing is given to describe the code with.", way_out="Give --definition, --include, …")
    code = study.model.codebook.require(code)
    return _change(
        study,
        "describe",
        [code],
        lambda text: codebook_edit.describe(text, code, definition=definition, colour=colour, **lists),
        coder,
    )


def codebook_label(study: OpenStudy, code: str, label: str, *, coder: str | None = None) -> str:
    """Give a code another label; its id and codings stay."""
    code = study.model.codebook.require(code)
    return _change(study, "label", [code], lambda text: codebook_edit.set_label(text, code, label), coder)


def codebook_rename(study: OpenStudy, old: str, new: str, *, coder: str | None = None) -> str:
    """Give a code another id; `formerly` keeps the old one, so that no coding is rewritten."""
    old = study.model.codebook.require(old)
    never_used(study, new)
    return _change(study, "rename", [old, new], lambda text: codebook_edit.rename(text, old, new), coder)


def codebook_move(study: OpenStudy, code: str | Iterable[str], parent: str, *, coder: str | None = None) -> str:
    """Hang codes, each with all below it, under another parent (``.`` for the top), in one step.

    Of several, one that stands below another of them stays below it, and one that hangs
    under the parent already stays where it is.

    Raises
    ------
    RefusedError
        Where a code would stand below itself, or nothing is to be moved.
    """
    book, above = study.model.codebook, _parent(study, parent)
    asked = list(dict.fromkeys(map(book.require, listed(code) or ())))
    if not asked:
        raise UsageError("No code is named.", way_out="Name one, or several joined by commas.")
    highest = [each for each in asked if not set(book.path(each)[:-1]) & {*asked}]
    moved = [each for each in highest if (book.parent(each) or "") != above] or highest[:1]
    return _change(
        study,
        "move",
        moved,
        lambda text: reduce(lambda so_far, each: codebook_edit.move(so_far, each, above), moved, text),
        coder,
    )


def codebook_merge(study: OpenStudy, from_: str, into: str, *, coder: str | None = None) -> str:
    """Merge a code into another, which takes over its codings, its subcodes and its descriptions."""
    codebook = study.model.codebook
    source, into = codebook.require(from_), codebook.require(into)
    return _change(study, "merge", [source, into], lambda text: codebook_edit.merge(text, source, into), coder)


def codebook_delete(study: OpenStudy, code: str, *, coder: str | None = None) -> str:
    """Take a code out of the tree.

    Raises
    ------
    RefusedError
        Where any coder has codings at it, or where it has subcodes.
    """
    code = study.model.codebook.require(code)
    study.refresh()
    bearing = {
        state.coder: sum(study.model.codebook.today(coding.code) == code for coding in state.codings.values())
        for state in study.model.states.values()
    }
    counted = ", ".join(f"{number} by {coder}" for coder, number in bearing.items() if number)
    if counted:
        raise RefusedError(
            f"Code '{code}' bears codings ({counted}) and is not deleted.",
            way_out=f"Merge it (`lde-qual codebook merge {code} INTO`), or uncode those first.",
        )
    return _change(study, "delete", [code], lambda text: codebook_edit.delete(text, code), coder)


def codebook_freeze(study: OpenStudy, name: str, *, coder: str | None = None) -> str:
    """Keep the codebook as it is now under a name, to be copied by ``init --from STUDY@NAME``."""
    if not name.strip():
        raise UsageError("The name is empty.", way_out="Give a name such as 'versie-1'.")
    if name in frozen(study):
        raise RefusedError(f"A codebook was frozen as '{name}' before.", way_out="Choose another name.")
    return study.store.keep_codebook(study.writer(coder), name)


def frozen(study: OpenStudy) -> dict[str, str]:
    """Return the frozen codebooks of a study: text by name, in order of freezing."""
    return {
        part.body["name"]: part.body["text"]
        for state in study.model.states.values()
        for part in state.codebook
        if part.body.get("action") == "freeze"
    }


def add_codes(study: OpenStudy, codes: Sequence[Code], *, parent: str, action: str, coder: str) -> str:
    """Add several codes below one (empty for the top) as one operation, and return its id."""

    def added(text: str) -> str:
        for each in codes:
            text = codebook_edit.add_code(text, code=each, parent=parent)
        return text

    return _change(study, action, [each.id for each in codes], added, coder)


def _parent(study: OpenStudy, parent: str) -> str:
    return "" if parent == TOP else study.model.codebook.require(parent)


def never_used(study: OpenStudy, code: str) -> None:
    """Refuse an id that was a code's before and is none now."""
    used = {
        identifier
        for state in study.model.states.values()
        for part in state.codebook
        for identifier in part.body.get("codes", ())
    }
    if code in used and code not in study.model.codebook:
        raise RefusedError(f"The id '{code}' was used before; an id is never used again.", way_out="Choose another id.")


def _change(study: OpenStudy, action: str, codes: list[str], edit: Callable[[str], str], coder: str | None) -> str:
    study.refresh()
    text = study.store.codebook_text
    return study.store.change_codebook(study.writer(coder), action, codes, edit(text), base=text)
