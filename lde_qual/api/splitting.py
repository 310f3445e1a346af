"""Splitting a code: new codes beside it, and a coder's own codings handed to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from lde_qual.api.codebook import add_codes, never_used
from lde_qual.api.inputs import parsed
from lde_qual.api.study import OpenStudy
from lde_qual.errors import LdeQualError, RefusedError, TableError, UsageError
from lde_qual.formats.csv_table import Row, read_table
from lde_qual.model.codebook import Code
from lde_qual.model.rules import own_coding


def codebook_split(
    study: OpenStudy,
    code: str,
    into: str | Iterable[str],
    codings: str | Path | Mapping[str, str],
    *,
    coder: str | None = None,
) -> list[str]:
    """Split a code: make new ones beside it, then recode what goes to each, with memo and values kept.

    Parameters
    ----------
    into : list of str
        The new codes, each as ``id:label``.
    codings : path or mapping
        A csv table with columns ``coding,code`` (others are ignored, so what ``codings``
        printed will do), or the same as a mapping. Codings at `code` that it does not
        name, or names with `code` itself, stay there, and so do those of other coders:
        nobody writes in another's journal.

    Returns
    -------
    list of str
        Ids of the operations: the change of the codebook, and the recodings as one.

    Raises
    ------
    LdeQualError
        A coding that is not the coder's or not at `code`, a code that is not one of the
        new ones; nothing is written then.
    """
    writer = study.writer(coder)
    study.refresh()
    old = study.model.codebook.require(code)
    new = _new(study, into)
    moves = _moves(study, writer, _wanted(codings), old=old, new=[each.id for each in new])
    ids = [add_codes(study, new, parent=study.model.codebook.parent(old), action="split", coder=writer)]
    return [*ids, *_handed_over(study, writer, moves)]


def hand_over(study: OpenStudy, code: str, into: Iterable[str], codings: Mapping[str, str], *, coder: str) -> None:
    """Do the second half of a split whose codes were made, and that was cut off before the codings were recoded."""
    old = study.model.codebook.require(code)
    _handed_over(study, coder, _moves(study, coder, _wanted(codings), old=old, new=list(into)))


def _handed_over(study: OpenStudy, writer: str, moves: Mapping[str, str]) -> list[str]:
    bodies = [("revise", {"coding": coding, "changes": {"code": to}}) for coding, to in moves.items()]
    return [study.store.write_batch(writer, bodies)[0].partition(".")[0]] if bodies else []


def _new(study: OpenStudy, into: str | Iterable[str]) -> list[Code]:
    found = []
    for each in [into] if isinstance(into, str) else into:
        identifier, _, label = each.partition(":")
        if not identifier.strip() or not label.strip():
            raise UsageError(f"'{each}' is no new code.", way_out="Write its id and its label: tijd:Tijd en tempo.")
        never_used(study, identifier.strip())
        found.append(Code(id=identifier.strip(), label=label.strip()))
    if not found:
        raise UsageError("No new code is given.", way_out="Give one or more as ID:LABEL.")
    return found


def _wanted(codings: str | Path | Mapping[str, str]) -> tuple[str, list[Row]]:
    if isinstance(codings, Mapping):
        return "", [Row({"coding": coding, "code": code}, 0) for coding, code in codings.items()]
    table = partial(read_table, required=("coding", "code"))
    return str(codings), list(parsed(codings, table, way_out="Give a csv file with the columns coding,code.").rows)


def _moves(study: OpenStudy, writer: str, wanted: tuple[str, list[Row]], *, old: str, new: list[str]) -> dict[str, str]:
    """Return the new code of each coding that leaves the old one."""
    file, rows = wanted
    moves: dict[str, str] = {}
    seen: set[str] = set()
    for row in rows:
        try:
            coding, here = _named(study, writer, row)
            if coding in seen:
                raise TableError(f"Coding '{coding}' stands there twice.", way_out="Keep one of the rows.")
            seen.add(coding)
            to = row.required("code")
            if to == here:
                continue
            _check(coding, here, to, old=old, new=new)
        except LdeQualError as error:
            error.line = row.line or None
            raise error.in_file(file) from None
        moves[coding] = to
    return moves


def _named(study: OpenStudy, writer: str, row: Row) -> tuple[str, str]:
    found = own_coding(study.model, writer, row.required("coding"))
    return found.id, study.model.codebook.today(found.code) or found.code


def _check(coding: str, here: str, to: str, *, old: str, new: list[str]) -> None:
    if to not in new:
        raise UsageError(
            f"'{to}' is none of the new codes ({', '.join(new)}).", way_out=f"Name one of them, or {here}."
        )
    if here != old:
        raise RefusedError(
            f"Coding '{coding}' is at '{here}' and not at '{old}'.",
            way_out=f"Leave its row out, or write {here} there.",
        )


def staying(study: OpenStudy, code: str) -> dict[str, int]:
    """Return how many codings each coder has at a code itself; coders without any left out."""
    model = study.model
    code = model.codebook.require(code)
    counted = {
        coder: sum(model.codebook.today(coding.code) == code for coding in state.codings.values())
        for coder, state in model.states.items()
    }
    return {coder: number for coder, number in counted.items() if number}
