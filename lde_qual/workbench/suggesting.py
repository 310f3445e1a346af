"""Suggestions beside the text: fitted apart and kept, so that the page waits for none; and what is decided of them."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from lde_qual.api.deciding import (
    Choice,
    accept_all,
    accept_body,
    check_free,
    decision_body,
    rejected_before,
    suggested,
)
from lde_qual.api.fitting import Answer, Fitter, Judged, work_on
from lde_qual.api.revealing import reveal_one
from lde_qual.api.sight import HIDDEN
from lde_qual.api.study import OpenStudy
from lde_qual.api.suggestion_cards import Remembered, bare_codes, card_at, cards
from lde_qual.errors import LdeQualError, RefusedError, UsageError
from lde_qual.model.span import Span
from lde_qual.model.suggestion import BULK, ORDERS, Suggestion
from lde_qual.model.visibility import visibility
from lde_qual.workbench.operations import Body, passage_of

TEACHING = frozenset({"code", "uncode", "revise", "accept", "reject", "done", "edit", "codebook", "batch", "undo"})
"""Operations after which a fit may say something else."""
KEPT = 6
"""Fits that are remembered, so that a decision keeps the score that was shown."""
PATIENCE = 300.0
"""Seconds that a decision waits for the first fit, where the program was started anew since the suggestion showed."""
NOT_AT_ALL = frozenset({"off", "second coder"})


class Suggesting:
    """What one coder is suggested on the page.

    Parameters
    ----------
    lock : Lock
        Held by whoever reads or writes the study.
    fitter : Fitter, optional
        The process that fits; one of its own unless given.
    """

    def __init__(
        self, study: OpenStudy, coder: str, *, lang: str, lock: threading.Lock, fitter: Fitter | None = None
    ) -> None:
        self._study, self._coder, self._lang, self._lock = study, coder, lang, lock
        self._fitter, self._owns = fitter or Fitter(), fitter is None
        self._fits: dict[str, dict[str, tuple[str, Answer]]] = {}
        self._last: tuple[tuple[Any, ...], dict[str, Any]] = ((), {})
        self._arrived = threading.Event()
        self.operations: dict[str, Callable[[OpenStudy, str, Body], str]] = {
            "accept": self._accept,
            "accept_all": self._accept_all,
            "reject": self._reject,
            "later": self._later,
            "reveal": self._reveal,
        }

    def close(self) -> None:
        """End the process that fits, where it is this page's own."""
        if self._owns:
            self._fitter.close()

    def answer(self, asked: Mapping[str, str]) -> dict[str, Any]:
        """Return the suggestions that the coder may see in a transcript; to be called with the lock held.

        Parameters
        ----------
        asked : mapping
            ``transcript``; and ``order`` (as the text runs, unless given), ``keep``
            (``START-END``: a passage whose card is wanted whatever was decided of it) and
            ``by`` (the fit that says what is on that card; the last one, unless given).

        Returns
        -------
        dict
            ``visible`` and ``why``; ``cards``, and ``kept``, the card of `keep`; ``fit``,
            which decisions name; ``working``, whether a later fit is under way;
            ``failed``, why there is none; ``next``, where no card is left, the next
            transcript whose suggestions may be seen; and ``bare``, how many codes have a
            label and nothing else to rest on.
        """
        name = self._study.model.transcript(asked.get("transcript", "")).name
        order = asked.get("order") or ORDERS[0]
        seen = visibility(self._study.model, self._coder, name)
        said: dict[str, Any] = {
            "transcript": name,
            "visible": seen.visible,
            "why": seen.why,
            "order": order,
            "orders": list(ORDERS),
            "cards": [],
            "kept": None,
            "fit": "",
            "working": False,
            "failed": "",
            "next": "",
            "bare": bare_codes(self._study),
        }
        if seen.why in NOT_AT_ALL:
            return said
        if not self._study.model.codebook.ids():
            return said | {"visible": False, "why": "no codes"}
        fit = self._newest(name)
        # What stays hidden now is made ready for when it shows, and not anew after each coding.
        if seen.visible or fit is None:
            said |= self._ask(name)
        if not seen.visible or (fit := self._newest(name)) is None:
            return said
        return said | {"fit": fit, **self._listed_once(name, fit, order, asked)}

    def _listed_once(self, name: str, fit: str, order: str, asked: Mapping[str, str]) -> dict[str, Any]:
        """Return the cards as they were returned last, where nothing was done since: who waits for a fit asks often."""
        done = sum(len(state.operations) for state in self._study.model.states.values())
        sign = (fit, done, self._key(), order, *sorted(asked.items()))
        if self._last[0] != sign:
            self._last = (sign, self._listed(name, fit, order, asked))
        return self._last[1]

    def _listed(self, name: str, fit: str, order: str, asked: Mapping[str, str]) -> dict[str, Any]:
        found: dict[str, Any] = {"cards": cards(self._remembered(name, fit), name, order=order, lang=self._lang)}
        if not found["cards"]:
            found["next"] = self._following(name)
        if asked.get("keep"):
            by = self._remembered(name, asked.get("by", fit))
            found["kept"] = card_at(by, name, _span(asked["keep"]), lang=self._lang)
        return found

    def _following(self, name: str) -> str:
        """Return the next transcript with respondents whose suggestions may be seen; empty where there is none."""
        model = self._study.model
        later = (each.name for each in model.countable() if each.name > name)
        return next((each for each in later if visibility(model, self._coder, each).visible), "")

    def _key(self) -> str:
        """Return what names a fit: the codebook, the texts, and the coder's last decision that teaches."""
        model = self._study.model
        learned = [each.id for each in model.state(self._coder).operations.values() if each.op in TEACHING]
        texts = (each.body_sha256 for each in model.transcripts.values())
        return _digest(self._study.store.codebook_text, *texts, self._coder, str(len(learned)), *learned[-1:])

    def _ask(self, name: str) -> dict[str, Any]:
        """See that there is a fit of today for a transcript, or that one is under way."""
        key, text = self._key(), self._study.model.transcript(name).body_sha256
        _, there = self._fits.get(key, {}).get(name, ("", None))
        if isinstance(there, str):
            return {"failed": there}
        if there is not None:
            return {}
        if self._fitter.idle():
            try:
                work = work_on(self._study, self._coder, name, key=key)
            except LdeQualError as error:
                return {"failed": str(error)}
            self._fitter.start(work, lambda answer: self._take(key, name, (text, answer)))
        return {"working": True}

    def _take(self, key: str, name: str, answer: tuple[str, Answer]) -> None:
        fits = {**self._fits, key: {**self._fits.get(key, {}), name: answer}}
        self._fits = dict(list(fits.items())[-KEPT:])
        self._arrived.set()

    def _judged(self, name: str, fit: str) -> Judged | None:
        """Return what a fit said of a transcript, where its text still is the one that was judged."""
        text, answer = self._fits.get(fit, {}).get(name, ("", ""))
        same = text == self._study.model.transcript(name).body_sha256
        return answer if same and not isinstance(answer, str) else None

    def _newest(self, name: str) -> str | None:
        """Return the last fit that judged a transcript as it is; the codebook may have changed since."""
        return next((fit for fit in reversed([*self._fits]) if self._judged(name, fit) is not None), None)

    def _remembered(self, name: str, fit: str) -> Remembered:
        """Return what a fit said; where it is forgotten, what the last one says."""
        judged = self._judged(name, fit)
        if judged is None:
            judged = self._judged(name, self._newest(name) or "")
        if judged is None:
            raise RefusedError(f"There are no suggestions in '{name}' yet.", way_out="Wait until they show.")
        return Remembered(self._study, coder=self._coder, judged={name: judged})

    def ready(self, op: str, body: Body) -> None:
        """Wait until there is something to decide on; to be called without the lock."""
        name, until = str(body.get("transcript", "")), monotonic() + PATIENCE
        while op in self.operations and monotonic() < until:
            self._arrived.clear()
            with self._lock:
                hidden = not visibility(self._study.model, self._coder, self._study.model.transcript(name).name).visible
                if hidden or self._newest(name) or self._ask(name).get("failed"):
                    return
            self._arrived.wait(1)

    def _may_see(self, body: Body) -> str:
        """Return the transcript of a decision, refused where its suggestions stay hidden or its text changed."""
        transcript = self._study.model.transcript(body["transcript"])
        seen = visibility(self._study.model, self._coder, transcript.name)
        if not seen.visible:
            raise RefusedError(
                f"{self._coder} sees no suggestions in '{transcript.name}': {HIDDEN[seen.why]}.",
                way_out="Code it without them.",
            )
        if body["sha"] != transcript.body_sha256:
            raise RefusedError(
                f"'{transcript.name}' changed since the suggestion showed.", way_out="Read the transcript again."
            )
        return transcript.name

    def _suggested(
        self, body: Body, one: Mapping[str, Any], *, way: str | None = None
    ) -> tuple[Remembered, Suggestion]:
        name = self._may_see(body)
        start, end, code = one["start"], one["end"], str(one["code"])
        said = self._remembered(name, str(one.get("fit") or body["fit"]))
        return said, suggested(said, name, start, end, code, way=way, order=str(body.get("order") or ORDERS[0]))

    def _accept(self, study: OpenStudy, coder: str, body: Body) -> str:
        place = passage_of(study, body)
        _, one = self._suggested(body, body["suggestion"])
        values = {name: value for name, value in body.get("dimensions", {}).items() if value}
        chosen = Choice(code=body["code"], start=place["start"], end=place["end"], dimensions=values)
        return study.write("accept", accept_body(study, one, chosen), coder=coder)

    def _accept_all(self, study: OpenStudy, coder: str, body: Body) -> str:
        named = [self._suggested(body, each, way=BULK)[1] for each in body["suggestions"]]
        if not named:
            raise RefusedError("The list holds no suggestion.", way_out="Show those that are to be taken over.")
        return accept_all(study, named, coder=coder)[-1]

    def _reject(self, study: OpenStudy, coder: str, body: Body) -> str:
        said, one = self._suggested(body, body["suggestion"])
        check_free(said, one)
        there = rejected_before(said, one)
        return there or study.write("reject", decision_body(study, one, str(body["reason"])), coder=coder)

    def _later(self, study: OpenStudy, coder: str, body: Body) -> str:
        said, one = self._suggested(body, body["suggestion"])
        check_free(said, one)
        return study.write("later", decision_body(study, one), coder=coder)

    def _reveal(self, _study: OpenStudy, _coder: str, body: Body) -> str:
        said = self._remembered(self._may_see(body), str(body["fit"]))
        span = Span(int(body["start"]), int(body["end"]))
        return reveal_one(said, body["transcript"], span, no_code=bool(body.get("no_code")))


def _span(text: str) -> Span:
    start, _, end = text.partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise UsageError(f"'{text}' is no passage.", way_out="Write it as START-END.")
    return Span(int(start), int(end))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
