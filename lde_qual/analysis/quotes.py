"""Quotes with their citation, and which of them to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from lde_qual.analysis.facts import Facts, covered_turns
from lde_qual.analysis.frequency import with_attrs
from lde_qual.analysis.quote_balance import around, direction, majorities
from lde_qual.analysis.rows import choose_rows
from lde_qual.errors import UsageError, did_you_mean
from lde_qual.model.citation import Signatures
from lde_qual.model.study import PlacedCoding, Study
from lde_qual.model.transcript import INTERVIEWER, word_starts

READABLE = (12, 60)
"""Words of a quote that reads well in running text; shorter says little, longer tires."""


@dataclass(frozen=True)
class Quote:
    """A coding as a quote.

    `respondents` are those it counts for, in order of speaking; `words` those it
    covers of their speech.
    """

    placed: PlacedCoding
    text: str
    respondents: list[str]
    turn: int
    time: str
    words: int

    def choice(self) -> tuple[object, ...]:
        """Return what quotes are chosen by: the coder's mark, one unbroken turn, readable length, then place."""
        short, long = READABLE
        away = max(short - self.words, self.words - long, 0)
        by_mark = {"typerend": 0, "": 1, "tegenstem": 2}[self.placed.coding.mark]
        return (
            by_mark,
            "\n" in self.text,
            away,
            self.placed.coding.transcript,
            self.placed.span,
            self.placed.coding.id,
        )


def quotes_of(facts: Facts, *, with_interviewer: bool = False) -> list[Quote]:
    """Return every coding that counts as a quote, in the order of the facts."""
    by_name = {transcript.name: transcript for transcript in facts.transcripts}
    found = []
    for placed in facts.codings:
        transcript = by_name[placed.coding.transcript]
        counting = [
            (turn, span) for turn, span in covered_turns(placed, transcript) if with_interviewer or not turn.interviewer
        ]
        found.append(
            Quote(
                placed=placed,
                text=placed.span.of(transcript.text),
                respondents=list(dict.fromkeys(turn.respondent for turn, _ in counting)),
                turn=counting[0][0].number,
                time=counting[0][0].time,
                words=sum(len(word_starts(transcript.text, span)) for _, span in counting),
            )
        )
    return found


def varied(candidates: Iterable[Quote], *, most: int | None = None) -> list[Quote]:
    """Return quotes best first, but each respondent once before any speaks again."""
    waiting = sorted(candidates, key=Quote.choice)
    heard: dict[str, int] = {}
    chosen: list[Quote] = []
    while waiting and (most is None or len(chosen) < most):
        best = min(waiting, key=lambda quote: (max(heard.get(who, 0) for who in quote.respondents), quote.choice()))
        waiting.remove(best)
        chosen.append(best)
        for who in best.respondents:
            heard[who] = heard.get(who, 0) + 1
    return chosen


def check_role(study: Study, role: str | None, *, with_interviewer: bool = False) -> None:
    """Refuse a role that nobody in the study has and the codebook does not name."""
    roles = [*study.codebook.roles, *sorted({person.role for person in study.respondents.values() if person.role})]
    roles += [INTERVIEWER] if with_interviewer else []
    if role is not None and role not in roles:
        raise UsageError(
            f"'{role}' is no role of this study.",
            way_out=did_you_mean(role, roles, otherwise=f"Roles: {', '.join(roles)}."),
        )


def quotes(
    facts: Facts,
    *,
    codes: Sequence[str] | None = None,
    level: int | None = None,
    role: str | None = None,
    per_code: int | None = None,
    public: bool = False,
    against: bool = False,
    context: int | None = None,
    with_interviewer: bool = False,
) -> pd.DataFrame:
    """Return quotes in the order of the tree, each with its citation.

    Parameters
    ----------
    codes, level
        Only quotes at these codes and below, or at and below the cut.
    role : str, optional
        Only quotes in which a respondent of this role speaks.
    per_code : int, optional
        At most so many of each code: the coder's marks first, then readable ones,
        each respondent once before any speaks again. Else all, in order of place.
    public : bool
        Cite in the coarser form.
    against : bool
        Only negative cases: quotes of somebody who says, of the first dimension, something
        else than most of their role who speak of it. Judged at each of `codes` with what is
        below it where those (or `level`) are given, else at each code by itself.
    context : int, optional
        So many turns before and after each quote, in columns ``before`` and ``after``.

    Returns
    -------
    DataFrame
        ``code, path, quote, respondent, role, function, organisation, transcript, turn,
        time, <dimension>…, mark, unique_label, cited_as``; ``unique_label`` is true
        where fewer than three respondents share the label.
    """
    if per_code is not None and per_code < 1:
        raise UsageError(f"--per-code cannot be {per_code}.", way_out="Give 1 or more.")
    study = facts.study
    check_role(study, role, with_interviewer=with_interviewer)
    rows = choose_rows(facts, codes=codes, level=level)
    wanted = {below for code in rows.codes for below in study.codebook.subtree(code)}
    order = {code: index for index, code in enumerate(facts.codes)}
    by_code: dict[str, list[Quote]] = {}
    quoted = quotes_of(facts, with_interviewer=with_interviewer)
    if against:
        whole = codes is not None or level is not None
        quoted = _negative(facts, quoted, rows.codes if whole else [], role=role)
    for quote in quoted:
        if quote.placed.code in wanted and (role is None or role in _roles(facts, quote)):
            by_code.setdefault(quote.placed.code, []).append(quote)
    chosen = [
        quote
        for code in sorted(by_code, key=lambda code: order[code])
        for quote in (varied(by_code[code], most=per_code) if per_code else sorted(by_code[code], key=_place))
    ]
    columns = [
        *("code", "path", "quote", "respondent", "role", "function", "organisation", "transcript", "turn", "time"),
        *(*study.codebook.dimensions, "mark", "unique_label", "cited_as"),
    ]
    signatures = Signatures(study, public=public)
    rows_of = [_row(facts, quote, signatures) for quote in chosen]
    frame = pd.DataFrame(rows_of, columns=columns, dtype=object)
    frame["turn"] = frame["turn"].astype("Int64")
    frame["unique_label"] = frame["unique_label"].astype("boolean")
    if context is not None:
        texts = [around(study.transcripts[quote.placed.coding.transcript], quote, context) for quote in chosen]
        frame["before"], frame["after"] = [text for text, _ in texts], [text for _, text in texts]
    return with_attrs(frame, facts, unit="quotes", notices=[*rows.notices, *_flagged(frame, public=public)])


def _flagged(frame: pd.DataFrame, *, public: bool) -> list[str]:
    flagged = int(frame["unique_label"].sum())
    if not flagged:
        return []
    way_out = "" if public else "; --public cites in the coarser form"
    said = f"Of {flagged} of {len(frame)} quotes fewer than three respondents share the label; it may tell who speaks"
    return [f"{said}{way_out}."]


def _negative(facts: Facts, quoted: list[Quote], chosen: Sequence[str], *, role: str | None) -> list[Quote]:
    """Return the quotes of which a speaker says something else than most of their role."""
    codebook = facts.study.codebook
    if not codebook.first_dimension:
        raise UsageError(
            "--against needs a dimension to say the contrary of.",
            way_out="Add one to codebook.yaml, such as dimensions: {richting: [belemmerend, faciliterend]}.",
        )
    owner = {code: code for code in codebook.ids()}
    for code in reversed(chosen):
        owner |= dict.fromkeys(codebook.subtree(code), code)

    def role_of(quote: Quote, who: str) -> str:
        transcript = facts.study.transcripts[quote.placed.coding.transcript]
        return facts.study.attribute("role", respondent=who, transcript=transcript)

    most = majorities(facts, quoted, owner=owner, role_of=role_of)

    def opposes(quote: Quote) -> bool:
        value = direction(facts, quote)
        speakers = [role_of(quote, who) for who in quote.respondents]
        found = [most.get((owner[quote.placed.code], each)) for each in speakers if role is None or each == role]
        return bool(value) and any(said is not None and said != value for said in found)

    return [quote for quote in quoted if opposes(quote)]


def _place(quote: Quote) -> tuple[object, ...]:
    return (quote.placed.coding.transcript, quote.placed.span, quote.placed.coding.id)


def _roles(facts: Facts, quote: Quote) -> list[str]:
    transcript = facts.study.transcripts[quote.placed.coding.transcript]
    return [facts.study.attribute("role", respondent=who, transcript=transcript) for who in quote.respondents]


def _row(facts: Facts, quote: Quote, signatures: Signatures) -> dict[str, object]:
    study, coding = facts.study, quote.placed.coding
    transcript = study.transcripts[coding.transcript]
    cited_as, unique = signatures.of(quote.respondents)

    def said(name: str) -> str | None:
        values = [study.attribute(name, respondent=who, transcript=transcript) for who in quote.respondents]
        return ";".join(value or "NA" for value in values) if any(values) else None

    return {
        "code": quote.placed.code,
        "path": "/".join(study.codebook.path(quote.placed.code)),
        "quote": quote.text,
        "respondent": ";".join(quote.respondents),
        **{name: said(name) for name in ("role", "function", "organisation")},
        "transcript": coding.transcript,
        "turn": quote.turn,
        "time": quote.time or None,
        **{name: coding.dimensions.get(name) for name in study.codebook.dimensions},
        "mark": coding.mark or None,
        "unique_label": unique,
        "cited_as": cited_as,
    }
