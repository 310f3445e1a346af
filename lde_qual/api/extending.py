"""One coding of several that overlap: the first is extended over all of them, the others are taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lde_qual.api.study import OpenStudy
from lde_qual.errors import RefusedError
from lde_qual.model.anchor import make_anchor
from lde_qual.model.coding import MEMO_KINDS, Coding
from lde_qual.model.fold import State
from lde_qual.model.operation import anchor_body
from lde_qual.model.rules import own_coding
from lde_qual.model.span import Span
from lde_qual.model.study import PlacedCoding

_Written = tuple[str, dict[str, Any]]


def extend(study: OpenStudy, codings: Sequence[str], *, coder: str | None = None) -> str:
    """Make one coding of codings of one code that overlap, and return the operation's id.

    The one that was made first stays, over the passage of all of them: with its id, its
    values and its mark, and with those of the others where it has none. No memo is lost:
    they stand one below the other, and so do the notes in the quote basket.

    Raises
    ------
    RefusedError
        Where they are not of one code, or do not hang together.
    """
    writer = study.writer(coder)
    wanted = {own_coding(study.model, writer, each).id for each in codings}
    found = [each for each in study.model.placed(writer) if each.coding.id in wanted]
    span = _union(found)
    state = study.model.state(writer)
    kept, *others = (each.coding for each in found)
    written: list[_Written] = [("uncode", {"coding": each.id}) for each in others]
    changes: dict[str, Any] = {}
    if found[0].span != span:
        changes |= anchor_body(make_anchor(study.model.transcript(kept.anchor.transcript), span))
    if (dimensions := _values(kept, others)) != dict(kept.dimensions):
        changes["dimensions"] = dimensions
    if (memo := _together([each.memo for each in (kept, *others)])) != kept.memo:
        changes["memo"] = memo
    if changes:
        written.append(("revise", {"coding": kept.id, "changes": changes}))
    if not kept.mark and (mark := next((each.mark for each in others if each.mark), "")):
        written.append(("mark", {"coding": kept.id, "mark": mark}))
    written += _memos(state, kept, others) + _basket(state, kept, others)
    return study.store.write_batch(writer, written)[0].partition(".")[0]


def _union(found: Sequence[PlacedCoding]) -> Span:
    """Return the passage of all, refused where they are not one."""
    alike = len(found) > 1 and all(each.counts for each in found)
    if not alike or len({(each.coding.transcript, each.code) for each in found}) > 1:
        raise RefusedError("One coding is made of several of one code in one transcript.", way_out="Choose others.")
    ordered = sorted(each.span for each in found)
    end = ordered[0].end
    for span in ordered[1:]:
        if span.start >= end:
            raise RefusedError(
                f"The codings leave {end}-{span.start} between them uncoded.", way_out="Choose codings that overlap."
            )
        end = max(end, span.end)
    return Span(ordered[0].start, end)


def _values(kept: Coding, others: Sequence[Coding]) -> dict[str, str]:
    values: dict[str, str] = {}
    for each in reversed((kept, *others)):
        values |= each.dimensions
    return values


def _together(texts: Sequence[str]) -> str:
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def _memos(state: State, kept: Coding, others: Sequence[Coding]) -> list[_Written]:
    """Return what keeps the memos of another kind than content, which is the coding's own."""
    written: list[_Written] = []
    for kind in (each for each in MEMO_KINDS if each != "content"):
        known = [state.memos.get(("coding", each.id, kind)) for each in (kept, *others)]
        text = _together([each.text for each in known if each])
        if text and (known[0] is None or known[0].text != text):
            written.append(("memo", {"subject": "coding", "about": kept.id, "kind": kind, "text": text}))
    return written


def _basket(state: State, kept: Coding, others: Sequence[Coding]) -> list[_Written]:
    """Return what leaves the one coding in the quote basket, where the first of them stood."""
    gone = {each.id for each in others}
    if not any(item.get("coding") in gone for item in state.basket):
        return []
    items: dict[str, Mapping[str, str]] = {}
    for item in state.basket:
        coding = str(item.get("coding", ""))
        coding = kept.id if coding in gone else coding
        before = items.get(coding, {}).get("note", "")
        items[coding] = {"coding": coding, "note": _together([before, str(item.get("note", ""))])}
    return [("basket", {"items": list(items.values())})]
