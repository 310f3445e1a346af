"""Code Dutch interview transcripts at a tree of themes, and count per respondent role.

``import lde_qual as lq; study = lq.open_study(".")`` opens a study folder. Every
command of ``lde-qual`` is a function here that takes the study first; names are
resolved on first use, so that the import itself loads no heavy library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "open_study": "lde_qual.api.opened",
    "Study": "lde_qual.api.opened",
    "LdeQualError": "lde_qual.errors",
    "LdeQualWarning": "lde_qual.api.writing",
    "accept": "lde_qual.api.deciding",
    "agreement": "lde_qual.api.agreement",
    "check": "lde_qual.api.folder",
    "code": "lde_qual.api.writing",
    "codebook_add": "lde_qual.api.codebook",
    "codebook_delete": "lde_qual.api.codebook",
    "codebook_describe": "lde_qual.api.codebook",
    "codebook_freeze": "lde_qual.api.codebook",
    "codebook_label": "lde_qual.api.codebook",
    "codebook_lint": "lde_qual.api.reviewing",
    "codebook_merge": "lde_qual.api.codebook",
    "codebook_move": "lde_qual.api.codebook",
    "codebook_rename": "lde_qual.api.codebook",
    "codebook_show": "lde_qual.api.codebook",
    "codebook_split": "lde_qual.api.splitting",
    "codings": "lde_qual.api.views",
    "collocations": "lde_qual.api.words",
    "cooccurrence": "lde_qual.api.views",
    "diff": "lde_qual.api.diff",
    "disagreements": "lde_qual.api.agreement",
    "done": "lde_qual.api.writing",
    "edit": "lde_qual.api.writing",
    "evaluate": "lde_qual.api.evaluating",
    "export": "lde_qual.api.exporting",
    "explore": "lde_qual.api.exploring",
    "framework": "lde_qual.api.sheets",
    "frequency": "lde_qual.api.views",
    "import_": "lde_qual.api.folder",
    "import_codings": "lde_qual.api.writing",
    "init": "lde_qual.api.folder",
    "kwic": "lde_qual.api.words",
    "later": "lde_qual.api.deciding",
    "likeness": "lde_qual.api.exploring",
    "log": "lde_qual.api.log",
    "mark": "lde_qual.api.writing",
    "matrix": "lde_qual.api.views",
    "memo": "lde_qual.api.memos",
    "network": "lde_qual.api.exploring",
    "overview": "lde_qual.api.views",
    "query": "lde_qual.api.query",
    "quotes": "lde_qual.api.views",
    "reject": "lde_qual.api.deciding",
    "report": "lde_qual.api.report",
    "reveal": "lde_qual.api.revealing",
    "revise": "lde_qual.api.writing",
    "saturation": "lde_qual.api.saturation",
    "second_look": "lde_qual.api.reviewing",
    "settle": "lde_qual.api.settling",
    "suggest": "lde_qual.api.suggesting",
    "timeline": "lde_qual.api.exploring",
    "uncode": "lde_qual.api.writing",
    "verify_quotes": "lde_qual.api.verifying",
    "undo": "lde_qual.api.writing",
    "words": "lde_qual.api.words",
}

__all__ = [
    "LdeQualError",
    "LdeQualWarning",
    "Study",
    "__version__",
    "accept",
    "agreement",
    "check",
    "code",
    "codebook_add",
    "codebook_delete",
    "codebook_describe",
    "codebook_freeze",
    "codebook_label",
    "codebook_lint",
    "codebook_merge",
    "codebook_move",
    "codebook_rename",
    "codebook_show",
    "codebook_split",
    "codings",
    "collocations",
    "cooccurrence",
    "diff",
    "disagreements",
    "done",
    "edit",
    "evaluate",
    "explore",
    "export",
    "framework",
    "frequency",
    "import_",
    "import_codings",
    "init",
    "kwic",
    "later",
    "likeness",
    "log",
    "mark",
    "matrix",
    "memo",
    "network",
    "open_study",
    "overview",
    "query",
    "quotes",
    "reject",
    "report",
    "reveal",
    "revise",
    "saturation",
    "second_look",
    "settle",
    "suggest",
    "timeline",
    "uncode",
    "undo",
    "verify_quotes",
    "words",
]

if TYPE_CHECKING:
    from lde_qual.api.agreement import agreement, disagreements
    from lde_qual.api.codebook import (
        codebook_add,
        codebook_delete,
        codebook_describe,
        codebook_freeze,
        codebook_label,
        codebook_merge,
        codebook_move,
        codebook_rename,
        codebook_show,
    )
    from lde_qual.api.deciding import accept, later, reject
    from lde_qual.api.diff import diff
    from lde_qual.api.evaluating import evaluate
    from lde_qual.api.exploring import explore, likeness, network, timeline
    from lde_qual.api.exporting import export
    from lde_qual.api.folder import check, import_, init
    from lde_qual.api.log import log
    from lde_qual.api.memos import memo
    from lde_qual.api.opened import Study, open_study
    from lde_qual.api.query import query
    from lde_qual.api.report import report
    from lde_qual.api.revealing import reveal
    from lde_qual.api.reviewing import codebook_lint, second_look
    from lde_qual.api.saturation import saturation
    from lde_qual.api.settling import settle
    from lde_qual.api.sheets import framework
    from lde_qual.api.splitting import codebook_split
    from lde_qual.api.suggesting import suggest
    from lde_qual.api.verifying import verify_quotes
    from lde_qual.api.views import codings, cooccurrence, frequency, matrix, overview, quotes
    from lde_qual.api.words import collocations, kwic, words
    from lde_qual.api.writing import LdeQualWarning, code, done, edit, import_codings, mark, revise, uncode, undo
    from lde_qual.errors import LdeQualError


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'lde_qual' has no attribute '{name}'")
    found = getattr(import_module(_HOMES[name]), name)
    if not isinstance(found, type):
        found = import_module("lde_qual.api.typed").checked(found)
        globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
