"""Finding a passage again after its transcript changed.

Corrections made through the program are carried over exactly. After any other
change a passage is taken where it still stands, or where its quote with both
contexts is found just once; else it needs a look. Nothing ever shifts silently.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lde_qual.model.coding import CONTEXT, Anchor, Stood
from lde_qual.model.span import Span
from lde_qual.model.transcript import Transcript

Change = tuple[int, int, str, str]
"""(start, end, old text, new text); offsets into the body before the edit."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A correction of a transcript: body hashes before and after, and the changed spans in order."""

    id: str
    transcript: str
    before: str
    after: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an anchor stands today.

    `how` is ``kept``, ``carried`` (through edits), ``moved`` (found again by its
    quote) or ``look``; for ``look``, `span` is where it stood.
    """

    span: Span
    how: str

    @property
    def placed(self) -> bool:
        """Whether the passage was found."""
        return self.how != "look"


def make_anchor(transcript: Transcript, span: Span) -> Anchor:
    """Return the anchor of `span` in today's body of `transcript`."""
    text = transcript.text
    return Anchor(
        transcript=transcript.name,
        start=span.start,
        end=span.end,
        quote=span.of(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        body_sha256=transcript.body_sha256,
    )


def carry(span: Span, changes: Sequence[Change]) -> Span:
    """Return where `span` stands after `changes`.

    A bound inside replaced text goes to the outer end of what replaced it.
    """
    shift_start = shift_end = 0
    start, end = span.start, span.end
    for old_start, old_end, old, new in changes:
        growth = len(new) - len(old)
        if old_end <= span.start:
            shift_start += growth
        elif old_start < span.start:
            start = old_start
        if old_end <= span.end and old_start < span.end:
            shift_end += growth
        elif old_start < span.end:
            end = old_end
            shift_end += growth
    return Span(start + shift_start, max(start + shift_start, end + shift_end))


def inverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that take the edited body back to what it was."""
    backward: list[Change] = []
    shift = 0
    for start, end, old, new in changes:
        backward.append((start + shift, start + shift + len(new), new, old))
        shift += len(new) - (end - start)
    return tuple(backward)


def apply_changes(text: str, changes: Iterable[Change]) -> str:
    """Return `text` after `changes`."""
    parts: list[str] = []
    upto = 0
    for start, end, _, new in changes:
        parts += [text[upto:start], new]
        upto = end
    return "".join([*parts, text[upto:]])


def route(edits: Iterable[Edit], *, before: str, after: str) -> list[tuple[Change, ...]] | None:
    """Return the changes that lead from one body hash to another, or None where no edit does.

    Edits serve in both directions, so that one that was undone still carries back.
    """
    steps: dict[str, list[tuple[str, tuple[Change, ...]]]] = {}
    for edit in edits:
        steps.setdefault(edit.before, []).append((edit.after, edit.changes))
        steps.setdefault(edit.after, []).append((edit.before, inverse(edit.changes)))
    reached: dict[str, list[tuple[Change, ...]]] = {before: []}
    queue = deque([before])
    while queue:
        here = queue.popleft()
        if here == after:
            return reached[here]
        for there, changes in steps.get(here, []):
            if there not in reached:
                reached[there] = [*reached[here], changes]
                queue.append(there)
    return None


def stands(anchor: Anchor | Stood, transcript: Transcript) -> bool:
    """Tell whether a transcript still has the body that `anchor` points into, with its quote there."""
    return anchor.body_sha256 == transcript.body_sha256 and transcript.text[anchor.start : anchor.end] == anchor.quote


def place(anchor: Anchor, transcript: Transcript | None, edits: Mapping[str, Sequence[Edit]]) -> Placement:
    """Return where `anchor` stands in today's `transcript`.

    Parameters
    ----------
    transcript : Transcript or None
        None where the transcript is gone.
    edits : mapping of str to sequence of Edit
        All edits of the study by transcript name.
    """
    stood = Span(anchor.start, anchor.end)
    if transcript is None:
        return Placement(stood, "look")
    if stands(anchor, transcript):
        return Placement(stood, "kept")
    carried = _carried(anchor, transcript, edits.get(anchor.transcript, ()))
    if carried is not None:
        return carried
    if anchor.quote and stood.of(transcript.text) == anchor.quote:
        return Placement(stood, "kept")
    return _searched(anchor, transcript)


def _carried(anchor: Anchor, transcript: Transcript, edits: Sequence[Edit]) -> Placement | None:
    if not edits or not anchor.body_sha256 or anchor.body_sha256 == transcript.body_sha256:
        return None
    steps = route(edits, before=anchor.body_sha256, after=transcript.body_sha256)
    if steps is None:
        return None
    span = Span(anchor.start, anchor.end)
    for changes in steps:
        span = carry(span, changes)
    return (
        Placement(span, "carried")
        if span.of(transcript.text).strip()
        else Placement(Span(anchor.start, anchor.end), "look")
    )


def _searched(anchor: Anchor, transcript: Transcript) -> Placement:
    stood = Span(anchor.start, anchor.end)
    if not anchor.quote.strip():
        return Placement(stood, "look")
    context = anchor.prefix + anchor.quote + anchor.suffix
    first = transcript.text.find(context)
    if first < 0 or transcript.text.find(context, first + 1) >= 0:
        return Placement(stood, "look")
    start = first + len(anchor.prefix)
    return Placement(Span(start, start + len(anchor.quote)), "moved")
