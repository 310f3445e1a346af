"""Codes proposed for passages: recomputed from the folder each time, never data, never counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import count

import numpy as np
import pandas as pd

from lde_qual.api.endpoint import Endpoint, endpoint
from lde_qual.api.inputs import Names, at_least
from lde_qual.api.sight import is_hidden, shown_places, shown_to
from lde_qual.api.study import OpenStudy, language, listed
from lde_qual.api.suggestion_rows import COLUMNS, rows
from lde_qual.errors import UsageError
from lde_qual.language.passages import CUTS
from lde_qual.model.codebook import SORTING, Codebook
from lde_qual.model.suggestion import ORDERS, RANDOM
from lde_qual.model.visibility import drawn
from lde_qual.tagging.baselines import KEYWORDS, MAJORITY
from lde_qual.tagging.blend import CODEBOOK_ALONE, LEARNED
from lde_qual.tagging.candidates import bare
from lde_qual.tagging.language_model import Voted
from lde_qual.tagging.lessons import Lessons, passages_of, speech_texts
from lde_qual.tagging.measures import ALSO
from lde_qual.tagging.proposal import Judgement, Passage
from lde_qual.tagging.queue import UNCERTAIN, by_chance, queue
from lde_qual.tagging.scorer import Fitted, Material, Scorer, judgements, scorer

SHIPPED_SCORERS = tuple(each.name for each in (LEARNED, CODEBOOK_ALONE, KEYWORDS, MAJORITY))
DEFAULT_SCORER = LEARNED.name


class Suggestions:
    """What the assistant says of a study's passages, for one coder; it fits once and again after `refresh`.

    Parameters
    ----------
    study : OpenStudy
    coder : str, optional
        From whose decisions it learns: the main coder, else the only one.
    unit : str
        ``sentence``, ``turn`` or ``passage``.
    codes : str or list of str, optional
        Candidates; every code of the codebook, unless given.
    without : str or list of str, optional
        Codes that are not proposed themselves; those that the codebook names in
        `no_suggestions` are left out too, unless `codes` are given.
    method : str
        Name of a scorer.
    model : Endpoint, optional
        A language model whose verified votes are one more kind of evidence.
    seed : int
        Of the generator that a fit draws from.

    Raises
    ------
    LdeQualError
        For a unit, code or scorer that is not there, and a codebook without codes.
    """

    def __init__(
        self,
        study: OpenStudy,
        *,
        coder: str | None = None,
        unit: str = "passage",
        codes: Names = None,
        without: Names = None,
        method: str = DEFAULT_SCORER,
        model: Endpoint | None = None,
        seed: int = 1,
    ) -> None:
        check_unit(unit)
        at_least(seed=(seed, 0))
        self.study = study
        self.coder = study.model.counting_coder(coder)
        self.unit = unit
        self.scorer: Scorer = chosen_scorer(method, model)
        self.seed = seed
        self.codes = chosen_candidates(study.model.codebook, listed(codes), listed(without))
        self._judged: dict[str, list[Judgement]] = {}
        self._borne: dict[str, list[tuple[str, ...]]] = {}

    def refresh(self) -> None:
        """Forget the fit, so that the next question is answered from the study as it is now."""
        self._judged.clear()
        self._borne.clear()
        for name in ("lessons", "fitted"):
            self.__dict__.pop(name, None)

    @cached_property
    def lessons(self) -> Lessons:
        """What the coder decided."""
        return Lessons(self.study.model, self.coder, self.unit)

    @cached_property
    def fitted(self) -> Fitted:
        """The scorer, fitted on the codebook and on what the coder decided."""
        return self.scorer.fit(material(self.lessons, self.codes), rng=np.random.default_rng(self.seed))

    def for_transcript(self, name: str, *, told: Callable[[], None] = lambda: None) -> list[Judgement]:
        """Return what is said of every passage of a transcript, in order, all candidates ranked.

        `told` is called after each step: a passage where a language model is asked, which
        takes its time, else the whole transcript.
        """
        if name not in self._judged:
            passages = passages_of(self.study.model.transcript(name), self.unit)
            steps = [[passage] for passage in passages] if isinstance(self.scorer, Voted) else [passages]
            found: list[Judgement] = []
            for step in steps:
                found += self.judge(step)
                told()
            self._judged[name] = found
        return self._judged[name]

    def steps(self, names: Sequence[str]) -> int:
        """Return how often `told` is called for these transcripts."""
        if not isinstance(self.scorer, Voted):
            return len(names)
        return sum(len(passages_of(self.study.model.transcripts[name], self.unit)) for name in names)

    def open_for(self, name: str) -> list[Judgement]:
        """Return what is still to be decided in a transcript: passages without a code, rejected codes left out.

        Passages of which the first code was put off come after the others.
        """
        judged = self.for_transcript(name)
        left = [self._without_rejected(each) for each, codes in zip(judged, self.borne(name), strict=True) if not codes]
        return sorted((each for each in left if each.proposals), key=self.put_off)

    def borne(self, name: str) -> list[tuple[str, ...]]:
        """Return the codes that the coder gave each passage of a transcript, in order."""
        if name not in self._borne:
            passages = [each.passage for each in self.for_transcript(name)]
            self._borne[name] = self.lessons.codes_at(self.study.model.transcript(name), passages)
        return self._borne[name]

    def in_order(self, judged: Sequence[Judgement], order: str) -> list[tuple[Judgement, str]]:
        """Return passages in the order in which they come, each with the way it came; what was put off comes last.

        See `tagging.queue.queue`; what is drawn by chance the study's seed decides. Passages
        that are coded blind (`hidden`) come too where nothing is suggested for them; in
        another order than that of the text they come first, so that their place says nothing.
        """
        blind = self.hidden(judged)
        seen = [each for each, hides in zip(judged, blind, strict=True) if not hides]
        coming = queue(seen, order, draw=lambda each: self.draw(each.passage), came=self.lessons.ways())
        coming = [(each, order) for each, hides in zip(judged, blind, strict=True) if hides] + coming
        if order == ORDERS[0]:
            places = {id(each): place for place, each in enumerate(judged)}
            coming.sort(key=lambda each: places[id(each[0])])
        return sorted(coming, key=lambda each: self.put_off(each[0]))

    def hidden(self, judged: Sequence[Judgement]) -> list[bool]:
        """Tell of each passage whether the coder has to code it before its suggestion shows."""
        model, coder = self.study.model, self.coder
        if coder is None or not model.codebook.blind_share:
            return [False] * len(judged)
        shown = shown_places(model, coder)
        passages = [each.passage for each in judged]
        return [is_hidden(model, coder, each.transcript, each.span, shown=shown) for each in passages]

    def draw(self, passage: Passage) -> float:
        """Return the number that decides whether a passage comes by chance, whatever is suggested for it."""
        words = " ".join(passage.text.split())
        return drawn("queue", str(self.study.model.codebook.seed), self.coder or "", passage.transcript, words)

    def way(self, passage: Passage, order: str) -> str:
        """Return the way in which a passage comes in an order."""
        return RANDOM if order == UNCERTAIN and by_chance(self.draw(passage)) else order

    def put_off(self, judgement: Judgement) -> bool:
        """Tell whether the first code of a passage was put off."""
        return judgement.proposals[0].code in self.lessons.decided(judgement.passage, "later")

    def _without_rejected(self, judgement: Judgement) -> Judgement:
        """Return a judgement without the codes rejected for its passage; empty where the rest is not proposed."""
        rejected = self.lessons.decided(judgement.passage, "reject")
        if not rejected:
            return judgement
        left = [each for each in judgement.proposals if each.code not in rejected]
        led = judgement.proposals[0].code not in rejected
        kept = left if led else [each for each in left if each.confidence >= ALSO]
        return replace(judgement, proposals=tuple(kept))

    def judge(self, passages: Sequence[Passage], *, top: int | None = None) -> list[Judgement]:
        """Return what is said of passages, the best `top` codes of each (all, unless given)."""
        weighed = self.fitted.weigh([passage.text for passage in passages])
        return judgements(weighed, passages, by=self.scorer, top=top)

    def notices(self) -> list[str]:
        """Return what a person must know before they trust a suggestion."""
        codebook = self.study.model.codebook
        off = [code for code in codebook.no_suggestions if codebook.today(code) not in self.codes]
        told = [f"Never suggested, by no_suggestions in codebook.yaml: {', '.join(off)}."] if off else []
        model = self.scorer.tally.told() if isinstance(self.scorer, Voted) else []
        return [*self.study.notices, *told, *what_it_rests_on(codebook), *model]


def check_unit(unit: str) -> None:
    """Refuse what talk is not cut into.

    Raises
    ------
    UsageError
        Where it is none of `language.passages.CUTS`.
    """
    if unit not in CUTS:
        raise UsageError(f"'{unit}' is no unit of suggestions.", way_out=f"Use one of {', '.join(CUTS)}.")


def chosen_scorer(method: str, model: Endpoint | None) -> Scorer:
    """Return the scorer of that name, with a language model's votes where there is one."""
    named = scorer(method)
    return named if model is None else Voted(named, model.ask, model.model)


def chosen_candidates(codebook: Codebook, codes: list[str] | None, without: list[str] | None) -> tuple[str, ...]:
    """Return the codes to choose from.

    Raises
    ------
    UnknownError
        For a code that is not in the codebook; one in `no_suggestions` may be gone.
    UsageError
        Where none is left.
    """
    wanted = codebook.ids() if codes is None else list(dict.fromkeys(map(codebook.require, codes)))
    off = [codebook.require(code) for code in without or ()]
    if codes is None:
        off += [SORTING] if SORTING in wanted else []
        off += [today for code in codebook.no_suggestions if (today := codebook.today(code)) is not None]
    left = tuple(code for code in wanted if code not in off)
    if wanted and not left:
        raise UsageError("No code is left to propose.", way_out="Name fewer with --without or in no_suggestions.")
    return left


def material(lessons: Lessons, codes: tuple[str, ...]) -> Material:
    """Return what a scorer may learn from in a study: its codebook, its speech, and one coder's decisions."""
    study = lessons.study
    return Material(study.codebook, codes, tuple(speech_texts(study)), tuple(lessons.labelled()))


def what_it_rests_on(codebook: Codebook) -> list[str]:
    """Return a sentence where codes say too little of themselves for a suggestion to rest on."""
    number, total = len(bare(codebook)), len(codebook.ids())
    if not number:
        return []
    said = (
        f"{number} of {total} codes have a label and nothing else: until passages are coded so, a suggestion of such"
        " a code rests on the words of its label. Keywords, a definition and examples in codebook.yaml help most."
    )
    return [said]


def suggest(  # noqa: PLR0913 - every option of the command is a keyword of its own
    study: OpenStudy,
    *,
    transcript: str | None = None,
    top: int = 3,
    unit: str = "passage",
    all: bool = False,  # noqa: A002 - the name of the option
    order: str = "transcript",
    coder: str | None = None,
    codes: Names = None,
    without: Names = None,
    method: str = DEFAULT_SCORER,
    model_url: str | None = None,
    model: str | None = None,
    send_text_to: str | None = None,
    seed: int = 1,
    lang: str | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    notice: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Propose codes for passages, best first.

    Parameters
    ----------
    transcript : str, optional
        Only in this one.
    top : int
        Codes a passage at most. The first is proposed, and others beside it whose
        confidence is at least 0.3.
    unit : str
        ``sentence``, ``turn`` or ``passage`` (up to a few sentences of one turn).
    all : bool
        Every passage with its `top` codes, also passages that the coder coded and those
        for which nothing is proposed (``code`` and ``rank`` are NA, ``reason`` says why),
        in the order of the text; else passages without a code alone, rejected codes left
        out, and those that were put off last. Passages coded blind stand there without a
        code until `reveal`.
    order : str
        ``transcript``, ``confidence`` or ``uncertainty`` (see `tagging.queue`); ``way``
        says how each passage came. Not with `all`.
    model_url, model : str, optional
        Address and name of a language model on this machine (see `endpoint.endpoint`).
    send_text_to : str, optional
        A host other than this machine that interview text may be sent to.
    notice : callable, optional
        Told before text leaves the machine; a Python warning unless given.

    Returns
    -------
    DataFrame
        ``transcript, start, end, quote, rank, code, score, confidence, method, reason, way``;
        start and end in code points. ``score`` is the sum of the contributions that
        ``reason`` names; ``confidence`` an estimated probability.

    Raises
    ------
    LdeQualError
        For an option that does not fit.
    """
    spoken = language(study, lang)
    at_least(top=(top, 1))
    asked = endpoint(model_url, model, send_text_to=send_text_to, warn=notice, folder=study.folder)
    said = Suggestions(
        study, coder=coder, unit=unit, codes=codes, without=without, method=method, model=asked, seed=seed
    )
    if all and order != "transcript":
        raise UsageError("--order and --all do not go together.", way_out="--all lists every passage as the text runs.")
    asked_for = [study.model.transcript(transcript).name] if transcript else [t.name for t in study.model.countable()]
    names, told = shown_to(study.model, said.coder, asked_for)
    judged: list[Judgement] = []
    steps, done = said.steps(names), count(1)
    for name in names:
        found = said.for_transcript(name, told=lambda: progress(next(done), steps))
        judged += found if all else said.open_for(name)
    if asked is not None and transcript is None:
        asked.forget_others()
    coming = [(each, ORDERS[0]) for each in judged] if all else said.in_order(judged, order)
    blind = said.hidden([each for each, _ in coming])
    listing = [
        row
        for (each, way), hides in zip(coming, blind, strict=True)
        for row in rows(each, top=top, every=all, lang=spoken, way=None if all else way, blind=hides)
    ]
    frame = pd.DataFrame(listing, columns=list(COLUMNS)).astype({"rank": "Int64"})
    frame.attrs.update(unit=unit, coder=said.coder, notices=[*said.notices(), *told])
    return frame
