"""A scorer fitted in a process of its own, so that who waits for nothing is not kept waiting.

A fit takes seconds on a large study, and parts of it hold the interpreter all that time.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread

import numpy as np

from lde_qual.api.study import OpenStudy
from lde_qual.api.suggesting import DEFAULT_SCORER, Suggestions, material
from lde_qual.errors import LdeQualError
from lde_qual.tagging.lessons import passages_of
from lde_qual.tagging.proposal import Judgement, Passage
from lde_qual.tagging.scorer import EXPLAINED, Fitted, Material, judgements, scorer

_NICER = 10
"""How far the fit stands back for what the person does meanwhile (as ``nice`` has it)."""


@dataclass(frozen=True)
class Work:
    """Passages to judge by a fit.

    Attributes
    ----------
    key : str
        Names the material: of work with the same key the fit is made once.
    method : str
        Name of a scorer.
    seed : int
        Of the generator that the fit draws from.
    """

    key: str
    material: Material
    passages: Sequence[Passage]
    method: str
    seed: int


Judged = list[Judgement]
"""What is said of each passage, the best codes alone."""
Answer = Judged | str
"""That, or why nothing can be said."""


def _serve(ours: Connection) -> None:
    """Answer work until the other side is gone."""
    # Ctrl+C is for the program that asks; it ends this process when it ends itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICER)
    key, fitted = "", None
    while True:
        try:
            work: Work = ours.recv()
        except EOFError:
            return
        try:
            if fitted is None or work.key != key:
                key, fitted = work.key, _fitted(work)
            ours.send(_judged(work, fitted))
        except (LdeQualError, ValueError, ArithmeticError, MemoryError) as error:
            fitted = None
            ours.send(str(error) or type(error).__name__)


def _fitted(work: Work) -> Fitted:
    return scorer(work.method).fit(work.material, rng=np.random.default_rng(work.seed))


def _judged(work: Work, fitted: Fitted) -> list[Judgement]:
    weighed = fitted.weigh([passage.text for passage in work.passages])
    return judgements(weighed, work.passages, by=scorer(work.method), top=EXPLAINED)


class Fitter:
    """One process that fits, started when it is first needed; it takes one piece of work at a time."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._theirs: Connection | None = None
        self._busy = Lock()

    def start(self, work: Work, then: Callable[[Answer], None]) -> bool:
        """Begin on work, unless there is work already, and tell whether it was begun.

        `then` is given the answer, in a thread of its own.
        """
        if not self._busy.acquire(blocking=False):
            return False
        Thread(target=self._run, args=(work, then), daemon=True).start()
        return True

    def idle(self) -> bool:
        """Tell whether it would begin on work now."""
        return not self._busy.locked()

    def _run(self, work: Work, then: Callable[[Answer], None]) -> None:
        try:
            then(self._asked(work))
        finally:
            self._busy.release()

    def _asked(self, work: Work) -> Answer:
        try:
            connection = self._connection()
            connection.send(work)
            answer: Answer = connection.recv()
        except (EOFError, OSError, TypeError) as error:
            # A connection that is closed while something is written to it has no handle any more: a TypeError.
            self.close()
            return f"The process that works them out ended ({type(error).__name__})."
        return answer

    def _connection(self) -> Connection:
        if self._theirs is None:
            context = get_context("spawn")
            self._theirs, ours = context.Pipe()
            self._process = context.Process(target=_serve, args=(ours,), daemon=True)
            self._process.start()
            ours.close()
        return self._theirs

    def close(self) -> None:
        """End the process; the next work starts another."""
        process, connection = self._process, self._theirs
        self._process = self._theirs = None
        if process is not None:
            process.terminate()
            process.join()
        if connection is not None:
            connection.close()


def work_on(study: OpenStudy, coder: str, name: str, *, key: str) -> Work:
    """Return the work of judging a transcript's passages from what a coder decided so far.

    Raises
    ------
    LdeQualError
        Where no code may be proposed.
    """
    said = Suggestions(study, coder=coder)
    passages = passages_of(study.model.transcript(name), said.unit)
    return Work(key, material(said.lessons, said.codes), passages, DEFAULT_SCORER, said.seed)
