"""Whether a coder could see suggestions where they code: what every coding keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from lde_qual.language.passages import cut
from lde_qual.model.anchor import place
from lde_qual.model.operation import UNREADABLE, anchor_of
from lde_qual.model.span import Span
from lde_qual.model.study import Study
from lde_qual.model.visibility import OFF, is_blind, is_second, mode, visibility

SECOND = "second coder"
HIDDEN = {
    "off": "the study's `suggestions:` is 'uit', as it is until the codebook is frozen once",
    "first reading": "not yet marked done, which ends the first reading",
    SECOND: "another coder's codes there are to be compared with",
}


def could_be_seen(study: Study, coder: str, transcript: str, span: Span, *, unit: str = "passage") -> bool:
    """Tell whether a coder may see suggestions where they code.

    Parameters
    ----------
    span : Span
        What is coded, in today's body.
    unit : str
        How the passages are cut of which some are coded blind.

    Returns
    -------
    bool
        False where suggestions stay hidden in the transcript, and where all passages that
        the span touches are coded blind and were not shown yet.
    """
    # Whether somebody else coded the transcript is a look at all codings: not where the setting decides.
    if mode(study) == OFF or not visibility(study, coder, transcript).visible:
        return False
    if not study.codebook.blind_share:
        return True
    shown = shown_places(study, coder)
    touched = [each.span for each in cut(study.transcript(transcript), unit) if each.span.overlaps(span)]
    return not touched or not all(is_hidden(study, coder, transcript, each, shown=shown) for each in touched)


def is_hidden(
    study: Study, coder: str, transcript: str, passage: Span, *, shown: Mapping[str, Sequence[Span]] | None = None
) -> bool:
    """Tell whether a passage is coded blind and what is suggested for it was not shown yet.

    Parameters
    ----------
    shown : mapping, optional
        What `shown_places` says, for who asks of many passages.
    """
    if not is_blind(study, coder, transcript, passage.of(study.transcript(transcript).text)):
        return False
    places = shown_places(study, coder) if shown is None else shown
    return not any(place.contains(passage) for place in places.get(transcript, ()))


def shown_places(study: Study, coder: str | None) -> dict[str, list[Span]]:
    """Return where a coder was shown suggestions after a blind decision, by transcript, in today's texts."""
    return {name: [span for span, _ in found] for name, found in blind_decisions(study, coder).items()}


def blind_decisions(study: Study, coder: str | None) -> dict[str, list[tuple[Span, tuple[str, ...]]]]:
    """Return by transcript where a coder decided blind, and the codes, today's ids, that they had given it by then."""
    found: dict[str, list[tuple[Span, tuple[str, ...]]]] = {}
    edits = study.edits()
    for part in study.state(coder).shown if coder else ():
        try:
            anchor = anchor_of(part.body)
            codes = [study.codebook.today(str(code)) for code in part.body.get("codes", ())]
        except UNREADABLE:
            # Folding forgives what it cannot read; what is shown there can be told from nothing else.
            continue
        where = place(anchor, study.transcripts.get(anchor.transcript), edits)
        if where.placed:
            known = tuple(code for code in codes if code is not None)
            found.setdefault(anchor.transcript, []).append((where.span, known))
    return found


def shown_to(study: Study, coder: str | None, names: list[str]) -> tuple[list[str], list[str]]:
    """Return the transcripts whose suggestions a list names, and what must be said of those that stay hidden.

    A list is asked for, so it is given whatever the study's setting; only to a second
    coder, whose codes are to be compared, it is never.
    """
    kept, said = compared_left_out(study, coder, names)
    seen = [visibility(study, coder, name) for name in kept] if coder is not None else []
    counts = Counter(found.why for found in seen if not found.visible)
    reasons = "; ".join(f"{HIDDEN[why]} ({number})" for why, number in counts.items())
    if reasons:
        said.append(f"While {coder} codes, suggestions stay hidden in {counts.total()} transcripts: {reasons}.")
    return kept, said


def compared_left_out(study: Study, coder: str | None, names: list[str]) -> tuple[list[str], list[str]]:
    """Return the transcripts in which the coder is no second coder, and what must be said of the others."""
    second = [name for name in names if coder is not None and is_second(study, coder, name)]
    said = [f"Left out for {coder}: {', '.join(second)} ({HIDDEN[SECOND]})."] if second else []
    return [name for name in names if name not in second], said
