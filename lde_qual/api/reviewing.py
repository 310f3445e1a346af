"""Lists that a person rereads: passages coded otherwise than expected, a codebook's weak spots, what suggestions do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import pandas as pd

from lde_qual.api.inputs import Names, at_least
from lde_qual.api.sight import blind_decisions, compared_left_out
from lde_qual.api.study import OpenStudy, language, listed
from lde_qual.api.suggesting import DEFAULT_SCORER, Suggestions, check_unit, chosen_candidates, material
from lde_qual.model.span import Span
from lde_qual.tagging.candidates import owners
from lde_qual.tagging.effect import conditions, decisions
from lde_qual.tagging.held_out import answers
from lde_qual.tagging.lessons import Lessons, passages_of
from lde_qual.tagging.lint import Finding, keyword_findings, never_first, to_add
from lde_qual.tagging.proposal import Passage
from lde_qual.tagging.reasons import reason
from lde_qual.tagging.scorer import scorer
from lde_qual.tagging.second_look import surprises

Progress = Callable[[int, int], None]
LOOK_COLUMNS = ("transcript", "start", "end", "quote", "coded", "code", "score", "confidence", "method", "reason")
LINT_COLUMNS = ("finding", "code", "keyword", "other", "n", "N", "what")
_SAID = {
    "everywhere": (
        "staat in {n} van de {N} passages: zegt weinig over deze code",
        "stands in {n} of {N} passages: it says little about this code",
    ),
    "many codes": (
        "staat ook in gecodeerde passages van andere codes",
        "stands in coded passages of other codes too",
    ),
    "silent": (
        "in geen enkele passage van de studie: mensen zeggen het anders, of niet",
        "in no passage of the study: people say it otherwise, or not",
    ),
    "together": (
        "staat samen met een trefwoord van een andere code in {n} van zijn {N} passages",
        "stands with a keyword of another code in {n} of its {N} passages",
    ),
    "never first": (
        "is voor geen van de {N} passages de eerste keuze: heeft trefwoorden, een definitie of voorbeelden nodig",
        "is the first choice for none of {N} passages: it needs keywords, a definition or examples",
    ),
    "add": (
        "kenmerkt gecodeerde passages van deze code ({n} van {N}) tegenover de andere en is er geen trefwoord van",
        "tells this code's coded passages from the others' ({n} of {N}) and is no keyword of it",
    ),
}
"""What each finding says, in Dutch and in English."""


def second_look(
    study: OpenStudy,
    *,
    coder: str | None = None,
    unit: str = "passage",
    codes: Names = None,
    method: str = DEFAULT_SCORER,
    seed: int = 1,
    lang: str | None = None,
    progress: Progress = lambda _done, _all: None,
) -> pd.DataFrame:
    """List passages to read once more: a list, never a verdict.

    Passages that were coded otherwise than strongly expected, and passages without a
    code that look like coded ones, each judged by what the other respondents say.

    Returns
    -------
    DataFrame
        ``transcript, start, end, quote, coded, code, score, confidence, method, reason``,
        the surest first; ``coded`` are the coder's codes joined by ``;`` (empty: none),
        ``code`` the one expected. Transcripts in which the coder is a second coder are
        left out: what agreement compares is not to be changed after the machine.
    """
    spoken = language(study, lang)
    at_least(seed=(seed, 0))
    lessons = _lessons(study, coder, unit)
    chosen = chosen_candidates(study.model.codebook, listed(codes), None)
    coded = [transcript.name for transcript in lessons.coded_transcripts]
    names, told = compared_left_out(study.model, lessons.coder, coded)
    passages = [pair for pair in lessons.judged() if pair[0].transcript in names]
    found = surprises(scorer(method), material(lessons, chosen), passages, seed=seed, progress=progress)
    rows = []
    for each in found:
        expected, passage = each.judgement.proposals[0], each.passage
        where = (passage.transcript, passage.span.start, passage.span.end, passage.text, ";".join(each.coded))
        why = reason(expected, passage.text, lang=spoken)
        rows.append((*where, expected.code, expected.score, expected.confidence, f"{method} {expected.version}", why))
    frame = pd.DataFrame(rows, columns=list(LOOK_COLUMNS))
    frame.attrs.update(unit=unit, coder=lessons.coder, notices=[*study.notices, *told])
    return frame


def _lessons(study: OpenStudy, coder: str | None, unit: str) -> Lessons:
    check_unit(unit)
    return Lessons(study.model, study.model.counting_coder(coder), unit)


def codebook_lint(
    study: OpenStudy, *, coder: str | None = None, seed: int = 1, lang: str | None = None
) -> pd.DataFrame:
    """List what in the codebook makes suggestions poor.

    Returns
    -------
    DataFrame
        ``finding, code, keyword, other, n, N, what``: keywords that stand everywhere,
        with many codes, in no passage, or together with another code's; codes that are
        never the first choice; and words to add, from passages coded so. n and N are
        passages (see `tagging.lint`).
    """
    spoken = language(study, lang)
    said = Suggestions(study, coder=coder, seed=seed)
    names = [transcript.name for transcript in study.model.countable()]
    passages = [passage.text for name in names for passage in passages_of(study.model.transcripts[name], said.unit)]
    coded = [each for each in said.lessons.labelled() if each.codes]
    firsts = [each.proposals[0].code for name in names for each in said.for_transcript(name) if not each.abstained]
    book = study.model.codebook
    found = keyword_findings(book, passages, coded) + never_first(firsts, said.fitted.codes) + to_add(book, coded)
    frame = pd.DataFrame([_row(each, spoken) for each in found], columns=list(LINT_COLUMNS)).astype(
        {"n": "Int64", "N": "Int64"}
    )
    frame.attrs.update(unit="passages", coder=said.coder, notices=[*study.notices])
    return frame


def _row(finding: Finding, lang: str) -> tuple[object, ...]:
    dutch, english = _SAID[finding.finding]
    what = (dutch if lang == "nl" else english).format(n=finding.n, N=finding.N)
    return (finding.finding, finding.code, finding.keyword, finding.other, finding.n, finding.N, what)


def decided(
    study: OpenStudy, *, coder: str | None = None, codes: Names = None, lang: str | None = None
) -> pd.DataFrame:
    """Return how a coder's suggestions were decided, by the way they came (see `tagging.effect.decisions`).

    With `codes`, only suggestions of these and of what is below them.
    """
    language(study, lang)
    who, book = study.model.counting_coder(coder), study.model.codebook
    among = None if codes is None else set(owners(book, chosen_candidates(book, listed(codes), None)))
    frame = decisions(study.model.state(who or ""), book, among=among)
    frame.attrs.update(unit="suggestions", coder=who, notices=[*study.notices])
    return frame


def effect(
    study: OpenStudy,
    *,
    coder: str | None = None,
    unit: str = "passage",
    codes: Names = None,
    method: str = DEFAULT_SCORER,
    seed: int = 1,
    lang: str | None = None,
    progress: Progress = lambda _done, _all: None,
) -> pd.DataFrame:
    """Return how coding differs with and without suggestions (see `tagging.effect.conditions`).

    Conditions are ``blind`` (coded before the suggestion showed: the codes are those of
    that moment, whatever came after), ``without`` (none could
    be seen, or it is not known) and ``with``; a passage without a coding was coded under
    the condition of the other codings of its transcript.
    """
    language(study, lang)
    lessons = _lessons(study, coder, unit)
    chosen = chosen_candidates(study.model.codebook, listed(codes), None)
    owner = owners(study.model.codebook, chosen)
    judged = lessons.judged()
    decided = blind_decisions(study.model, lessons.coder)
    blind = [_blind(passage, decided.get(passage.transcript, ())) for passage, _ in judged]
    touched = [
        [each for each in lessons.codings.get(passage.transcript, ()) if each.span.overlaps(passage.span)]
        for passage, _ in judged
    ]
    seen = {
        name: Counter(each.coding.suggestions_visible for each in codings) for name, codings in lessons.codings.items()
    }
    condition = [
        _condition(
            [each.coding.suggestions_visible for each in own]
            or list(seen.get(passage.transcript, Counter()).elements()),
            blind=before is not None,
        )
        for (passage, _), own, before in zip(judged, touched, blind, strict=True)
    ]
    labelled = [each for _, each in judged]
    said = answers(scorer(method), material(lessons, chosen), labelled, seed=seed, progress=progress)
    given = [each.codes if before is None else before for each, before in zip(labelled, blind, strict=True)]
    borne = [sorted({owner[code] for code in codes if code in owner}) for codes in given]
    counts = [len(own) if before is None else len(before) for own, before in zip(touched, blind, strict=True)]
    frame = conditions(said, borne, counts, condition)
    frame.attrs.update(unit=unit, coder=lessons.coder, notices=[*study.notices])
    return frame


def _blind(passage: Passage, decided: Iterable[tuple[Span, tuple[str, ...]]]) -> tuple[str, ...] | None:
    """Return the codes that a passage had before its suggestion showed; None where it was not coded blind."""
    return next((codes for span, codes in decided if span.overlaps(passage.span)), None)


def _condition(visible: list[bool | None], *, blind: bool) -> str:
    """Return under what condition a passage was coded; what most of its codings say, `with` at a tie."""
    if blind:
        return "blind"
    with_ = sum(each is True for each in visible)
    return "with" if with_ and 2 * with_ >= len(visible) else "without"
