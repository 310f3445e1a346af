"""Memos: written, taken away, listed, and exported as a research diary."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lde_qual.api.study import OpenStudy
from lde_qual.errors import UsageError
from lde_qual.model.coding import MEMO_KINDS, Memo
from lde_qual.model.rules import own_coding
from lde_qual.model.study import Study

COLUMNS = ("memo", "kind", "about", "created", "coder", "text")


@dataclass(frozen=True, slots=True)
class _Subject:
    kind: str
    about: str


def memo(
    opened: OpenStudy,
    /,
    text: str | None = None,
    *,
    coding: str | None = None,
    code: str | None = None,
    transcript: str | None = None,
    study: bool = False,
    kind: str | None = None,
    delete: bool = False,
    export: bool = False,
    coder: str | None = None,
) -> str | pd.DataFrame:
    """Write, take away, list or export memos.

    Parameters
    ----------
    text : str, optional
        The memo; one coder has one memo of a kind about one thing, so a new text
        takes the place of the old (`undo` brings that back).
    coding, code, transcript : str, optional
        What it is about.
    study : bool
        It is about the study as a whole.
    kind : str, optional
        ``content`` (the default of what is written), ``method`` or ``reflection``; a
        list or a diary without a kind holds all.
    delete : bool
        Take the memo away.
    export : bool
        Return a research diary in Markdown, in order of time.

    Returns
    -------
    str or DataFrame
        The operation's id where one was written; the diary; else a table with columns
        ``memo, kind, about, created, coder, text``.
    """
    if kind is not None and kind not in MEMO_KINDS:
        raise UsageError(f"'{kind}' is no kind of memo.", way_out=f"Use one of {', '.join(MEMO_KINDS)}.")
    if (text is not None) + delete + export > 1:
        raise UsageError("A text, --delete and --export do not go together.", way_out="Give one of the three.")
    subject = _subject(opened, coding=coding, code=code, transcript=transcript, study=study, coder=coder)
    if text is not None or delete:
        if text is not None and not text.strip():
            raise UsageError("The memo is empty.", way_out="Give a text, or --delete to take the memo away.")
        return _write(opened, subject, kind or "content", text or "", coder)
    found = _found(opened.model, subject, kind, coder)
    if export:
        return _diary(opened.model, found)
    rows = [(each.id, each.kind, _about(each), each.created, each.coder, each.text) for each in found]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    frame.attrs = {"unit": "memo", "coder": ";".join(dict.fromkeys(each.coder for each in found)) or None}
    return frame


def _subject(
    opened: OpenStudy,
    *,
    coding: str | None,
    code: str | None,
    transcript: str | None,
    study: bool,
    coder: str | None,
) -> _Subject | None:
    given = [value for value in (coding, code, transcript, study or None) if value is not None]
    if len(given) > 1:
        raise UsageError(
            "A memo is about one thing.", way_out="Give one of --coding, --code, --transcript and --study."
        )
    model = opened.model
    if coding is not None:
        return _Subject("coding", _coding_id(opened, coding, coder))
    if code is not None:
        return _Subject("code", model.codebook.require(code))
    if transcript is not None:
        return _Subject("transcript", model.transcript(transcript).name)
    return _Subject("study", "") if study else None


def _coding_id(opened: OpenStudy, identifier: str, coder: str | None) -> str:
    holders = [state.coder for state in opened.model.states.values() if state.coding_id(identifier)]
    return own_coding(opened.model, holders[0] if holders and coder is None else opened.writer(coder), identifier).id


def _write(opened: OpenStudy, subject: _Subject | None, kind: str, text: str, coder: str | None) -> str:
    if subject is None:
        raise UsageError(
            "It is not said what the memo is about.", way_out="Give --coding, --code, --transcript or --study."
        )
    return opened.write(
        "memo", {"subject": subject.kind, "about": subject.about, "kind": kind, "text": text}, coder=coder
    )


def _found(model: Study, subject: _Subject | None, kind: str | None, coder: str | None) -> list[Memo]:
    every = [each for state in model.states.values() for each in state.memos.values()]
    chosen = [
        each
        for each in every
        if (coder is None or each.coder == coder)
        and (kind is None or each.kind == kind)
        and (subject is None or _is_about(model, each, subject))
    ]
    return sorted(chosen, key=lambda each: (each.created, each.id))


def _is_about(model: Study, memo: Memo, subject: _Subject) -> bool:
    about = model.codebook.today(memo.about) if memo.subject == "code" else memo.about
    return (memo.subject, about) == (subject.kind, subject.about)


def _about(memo: Memo) -> str:
    return f"{memo.subject} {memo.about}".strip()


def _diary(model: Study, memos: list[Memo]) -> str:
    lines = [f"# {model.codebook.title}", ""]
    for each in memos:
        lines += [f"## {each.created} · {each.coder} · {each.kind} · {_named(model, each)}", "", each.text, ""]
    return "\n".join(lines)


def _named(model: Study, memo: Memo) -> str:
    if memo.subject == "code" and model.codebook.today(memo.about):
        return f"code {model.codebook.code(memo.about).label}"
    if memo.subject == "coding":
        coding = model.state(memo.coder).codings[memo.about]
        quote = " ".join(coding.anchor.quote.split())
        return f"{coding.transcript}, {coding.code}: {quote[:60]}{'…' if len(quote) > 60 else ''}"
    return _about(memo)
