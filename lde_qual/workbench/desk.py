"""One coder at one study: answers the page's reads, and does its operations once each."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from lde_qual.api.coding_page import history, made_on, on_request, places_of
from lde_qual.api.fitting import Fitter
from lde_qual.api.study import OpenStudy, language, open_folder
from lde_qual.errors import LdeQualError, UnknownError, UsageError, WriteError
from lde_qual.model.coding import Memo
from lde_qual.model.study import first_pass, second_pass
from lde_qual.workbench import payloads, reading
from lde_qual.workbench.operations import EVERYTHING, OPERATIONS, REREAD, finish
from lde_qual.workbench.payloads import Json
from lde_qual.workbench.refusals import told
from lde_qual.workbench.standing import Standing
from lde_qual.workbench.suggesting import Suggesting

STATUS: tuple[tuple[type[LdeQualError], int], ...] = ((UnknownError, 404), (WriteError, 503), (UsageError, 400))
KEPT = 2000
"""Answers that are kept, so that an operation sent twice is done once."""


def status_of(error: LdeQualError) -> int:
    """Return the HTTP status of an error; what does not fit the study as it stands is 409."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 409)


def refusal(error: LdeQualError) -> Json:
    """Return an error as the page is told it: ``{status, kind, what, way_out}``, and as ``said`` which case it is."""
    kind = type(error).__name__.removesuffix("Error").lower()
    what = str(error).removesuffix(error.way_out).strip()
    return {"status": status_of(error), "kind": kind, "what": what, "way_out": error.way_out, "said": told(error)}


def words(lang: str) -> dict[str, str]:
    """Return the page's words in a language."""
    text = files("lde_qual.workbench").joinpath("words", f"{lang}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found


class Desk:
    """A study opened for one coder.

    Parameters
    ----------
    path : str
        The study folder, or one inside it.
    coder : str, optional
        Whose journal is written (see `OpenStudy.writer`).
    second : bool
        Code in that coder's second pass, a journal of its own that hides the first.
    lang : str, optional
        Language of the page; else the codebook's.
    fitter : Fitter, optional
        The process that suggestions are worked out in; one of its own unless given.
    opens : str, optional
        The transcript that a page begins with; else the one that was open in it before, or
        the first.
    """

    def __init__(
        self,
        path: str,
        *,
        coder: str | None = None,
        second: bool = False,
        lang: str | None = None,
        fitter: Fitter | None = None,
        opens: str | None = None,
    ) -> None:
        self.study: OpenStudy = open_folder(path)
        writer = self.study.writer(coder)
        self.coder = second_pass(writer) if second and first_pass(writer) is None else writer
        self.lang = language(self.study, lang)
        self._opens = None if opens is None else self.study.model.transcript(opens).name
        self._lock = threading.Lock()
        self._suggesting = Suggesting(self.study, self.coder, lang=self.lang, lock=self._lock, fitter=fitter)
        self._operations = OPERATIONS | self._suggesting.operations
        self._standing = Standing(self.study, self.coder)
        self._answers: dict[str, Json] = {}
        self._seen: dict[str, Json] = {}

    @property
    def place(self) -> str:
        """What tells this coder's work in this folder from all other: the same at each start."""
        return hashlib.sha256(f"{self.study.folder}\0{self.coder}".encode()).hexdigest()[:16]

    def close(self) -> None:
        """End what works for this desk alone."""
        self._suggesting.close()

    def read(self, name: str, asked: Mapping[str, str]) -> Json:
        """Answer one of the page's reads.

        Raises
        ------
        UnknownError
            Where there is no such read.
        """
        with self._lock:
            self.study.refresh()
            return self._read(name, asked)

    def _read(self, name: str, asked: Mapping[str, str]) -> Json:
        study, coder = self.study, self.coder
        others = [each for each in asked.get("coders", "").split(",") if each]
        reads: dict[str, Callable[[], Json]] = {
            "start": lambda: self._start(asked),
            "transcript": lambda: payloads.transcript(study, coder, asked.get("name", ""), others),
            "counts": lambda: payloads.counts(study.model, coder),
            "changes": lambda: self._changes(asked.get("since", "")),
            "reading": lambda: reading.reading(study, coder, asked),
            "basket": lambda: reading.basket(study, coder),
            "memos": lambda: {"memos": [_memo(memo) for memo in study.model.state(coder).memos.values()]},
            "search": lambda: places_of(study, asked.get("q", ""), lemma=asked.get("lemma") == "true", coder=coder),
            "suggestions": lambda: self._suggesting.answer(asked),
        }
        if name not in reads:
            raise UnknownError(f"'{name}' is nothing that can be read.", way_out="Reload the page.")
        return reads[name]()

    def _start(self, asked: Mapping[str, str]) -> Json:
        begun = payloads.start(self.study, self.coder)
        begun |= {"words": words(self.lang), "lang": self.lang, "version": self._version(), "place": self.place}
        return begun | ({"opened": self._opened(asked["open"])} if "open" in asked else {})

    def _opened(self, kept: str) -> Json | None:
        """Return the transcript that the page begins with: this desk's, the one that was open before, or the first."""
        names = sorted(self.study.model.transcripts)
        name = next((each for each in (self._opens, kept) if each in names), next(iter(names), None))
        return None if name is None else payloads.transcript(self.study, self.coder, name)

    def write(self, operation: Mapping[str, Any]) -> Json:
        """Do an operation, durably, and say what changed; the same id again answers the same.

        Raises
        ------
        LdeQualError
            What does not fit; nothing was written.
        """
        try:
            identifier, op, body = str(operation["id"]), str(operation["op"]), dict(operation["body"])
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError("An operation is {id, op, body}.", way_out="Reload the page.") from error
        if op not in self._operations:
            known = ", ".join(self._operations)
            raise UsageError(f"'{op}' is no operation of the page.", way_out=f"Use one of {known}.")
        self._suggesting.ready(op, body)
        with self._lock:
            if identifier not in self._answers:
                self._answers[identifier] = self._answered(identifier, op, body)
                for old in list(self._answers)[:-KEPT]:
                    del self._answers[old]
            return self._answers[identifier]

    def _answered(self, identifier: str, op: str, body: dict[str, Any]) -> Json:
        self.study.refresh()
        known = made_on(self.study.model.state(self.coder), identifier)
        with on_request(self.study, identifier):
            if not known:
                return self._written(op, body)
            finish(self.study, self.coder, op, body, known)
        # An earlier run of the program wrote it and its answer was lost: what the page shows may be older.
        added = op == "codebook" and body.get("action") == "add"
        made = str((known[0].body or {})["codes"][0]) if added else known[0].id
        return {
            "id": made,
            "version": self._version(),
            "codings": list(self._standing.now().values()),
            "gone": [],
            "reread": [*EVERYTHING, *_texts(list(self.study.model.transcripts))],
            "history": history(self.study.model.state(self.coder)),
            **({"code": made} if added else {}),
        }

    def _written(self, op: str, body: dict[str, Any]) -> Json:
        since = self._version()
        before = self._standing.now()
        texts = {name: each.body_sha256 for name, each in self.study.model.transcripts.items()}
        ahead = history(self.study.model.state(self.coder)) if op in {"undo", "redo"} else {}
        try:
            made = self._operations[op](self.study, self.coder, body)
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, LdeQualError):
                raise
            raise UsageError(f"A '{op}' operation lacks or misstates {error}.", way_out="Reload the page.") from error
        after = self._standing.now()
        state = self.study.model.state(self.coder)
        changed = [now for name, now in after.items() if (was := before.get(name)) is not now and was != now]
        edited = [name for name, each in self.study.model.transcripts.items() if texts.get(name) != each.body_sha256]
        answer: Json = {
            "id": made,
            "since": since,
            "version": self._version(),
            "codings": changed,
            "gone": [name for name in before if name not in after],
            "reread": [*(EVERYTHING if op in {"undo", "redo"} else REREAD.get(op, [])), *_texts(edited)],
            "history": history(state),
        }
        if op == "codebook" and body.get("action") == "add":
            answer["code"] = made
        if "operation" not in body and ahead.get(op):
            answer["did"] = ahead[op]
        return answer

    def _version(self) -> str:
        model = self.study.model
        seen = {
            "codebook": self.study.store.codebook_text,
            "texts": {name: each.body_sha256 for name, each in model.transcripts.items()},
            "work": {coder: len(state.operations) for coder, state in model.states.items()},
        }
        digest = hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:20]
        self._seen[digest] = seen
        for old in list(self._seen)[:-50]:
            del self._seen[old]
        return digest

    def _changes(self, since: str) -> Json:
        version = self._version()
        before, now = self._seen.get(since, {}), self._seen[version]
        changed = [name for name in ("work", "texts", "codebook") if before.get(name) != now[name]]
        transcripts = list(self.study.model.transcripts) if changed else []
        return {"version": version, "changed": changed, "transcripts": transcripts}


def _texts(names: list[str]) -> list[str]:
    return [f"transcript:{name}" for name in names]


def _memo(memo: Memo) -> Json:
    return {"subject": memo.subject, "about": memo.about, "kind": memo.kind, "text": memo.text, "at": memo.created}
