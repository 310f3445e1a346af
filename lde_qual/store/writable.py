"""What may be written as an operation of its own, and the body it is written with."""

from __future__ import annotations

from copy import copy
from dataclasses import fields, replace
from typing import Any

from lde_qual.errors import UsageError, did_you_mean
from lde_qual.model.fold import State
from lde_qual.model.operation import OPS, Body
from lde_qual.model.rules import check_operation, own_coding
from lde_qual.model.study import Study

WITH_FILES = ("edit", "codebook", "undo")
"""Operations that also change a text file; `StudyStore` has a method for each."""
WRITABLE = tuple(op for op in OPS if op not in {*WITH_FILES, "batch"})
CODES = frozenset({"code", "accept"})


def check_op(op: str) -> None:
    """Refuse an operation that is not one of `WRITABLE`."""
    if op not in WRITABLE:
        raise UsageError(
            f"Operation '{op}' cannot be written like this.",
            way_out=did_you_mean(op, WRITABLE, otherwise=f"Use one of {', '.join(WRITABLE)}."),
        )


def checked(study: Study, coder: str, op: str, body: Body) -> dict[str, Any]:
    """Return the body with ids written out in full, where the operation fits the study.

    Raises
    ------
    LdeQualError
        What does not fit, and the way out.
    """
    exact = dict(body)
    try:
        if op in {"uncode", "revise", "mark"}:
            exact["coding"] = own_coding(study, coder, body["coding"]).id
        elif op == "memo" and body["subject"] == "coding":
            exact["about"] = own_coding(study, coder, body["about"]).id
        elif op in CODES:
            exact["code"] = study.codebook.require(body["code"])
        check_operation(study, coder, op, exact)
    except KeyError as missing:
        raise UsageError(f"A '{op}' operation needs {missing}.", way_out="Give it in the body.") from missing
    return exact


def _copy(state: State) -> State:
    """Return a state that can be changed while the first stays as it is."""
    return replace(state, **{f.name: copy(getattr(state, f.name)) for f in fields(state)})


def trial_of(study: Study, coder: str) -> Study:
    """Return a study in which this coder's state can be changed while the first stays as it is."""
    return replace(study, states={**study.states, coder: _copy(study.state(coder))})
