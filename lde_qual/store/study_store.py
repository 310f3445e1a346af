"""The one door through which a study is written: lock, read on, check, append, fold."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from lde_qual.errors import LdeQualError, RefusedError, WriteError
from lde_qual.model.fold import State
from lde_qual.model.operation import Body, Operation
from lde_qual.model.respondent import Respondent
from lde_qual.model.rules import check_operation
from lde_qual.model.study import Study, valid_coder
from lde_qual.model.undoing import last_undoable, own_operation
from lde_qual.store.files_behind import Step, hashes_today, pending, steps_of
from lde_qual.store.folder import Loaded, open_folder
from lde_qual.store.interviews import write_interviews
from lde_qual.store.join_files import Joined, join_files
from lde_qual.store.lock import PATIENCE, StudyLock
from lde_qual.store.places import Places
from lde_qual.store.stamps import Stamps
from lde_qual.store.text_change import Undone, codebook_body, edit_body, replace_text, reverted, text_after, try_out
from lde_qual.store.text_files import CODEBOOK, TEXT, TRANSCRIPTS
from lde_qual.store.writable import CODES, check_op, checked, trial_of


class StudyStore:
    """A study that can be written, kept in step with its folder.

    Parameters
    ----------
    path : Path
        The folder that holds ``codebook.yaml``.
    stamps : Stamps, optional
        Clock and chance.
    patience : float
        Seconds to wait for another writer.

    Raises
    ------
    LdeQualError
        The first fault of the folder that no view can go on with.

    Notes
    -----
    What was acknowledged by a return is on the disk. One store serves several threads.
    """

    def __init__(self, path: Path, *, stamps: Stamps | None = None, patience: float = PATIENCE) -> None:
        self.loaded: Loaded = open_folder(path)
        self._stamps = stamps or Stamps()
        self._lock = StudyLock(self.loaded.journals.codings, patience=patience)
        self._guard = threading.RLock()
        self._places: dict[str, Places] = {}

    @property
    def path(self) -> Path:
        """The study's folder."""
        return self.loaded.path

    @property
    def study(self) -> Study:
        """The folded study; its own writes show at once, those of others after `refresh`."""
        return self.loaded.study

    @property
    def codebook_text(self) -> str:
        """The text of ``codebook.yaml`` as it was read."""
        return self.loaded.texts.sources[CODEBOOK].text

    def refresh(self) -> bool:
        """Read what changed in the folder since and tell whether anything did.

        Raises
        ------
        LdeQualError
            The first fault that no view can go on with.
        """
        with self._guard:
            coders = self.loaded.journals.refresh()
            texts = self.loaded.texts.refresh()
            if texts:
                self.loaded.read_texts()
            if texts or coders:
                self._places.clear()
            self.loaded.raise_fatal()
            return texts or bool(coders)

    def write(self, coder: str, op: str, body: Body) -> str:
        """Append one operation and return its id once it is on the disk.

        Parameters
        ----------
        coder : str
            Whose journal.
        op : str
            One of `store.writable.WRITABLE`; the others have a method of their own.
        body : mapping
            See `model.operation`; ids in it may be cut to what is unique.

        Returns
        -------
        str
            For a coding that is there already, its id: nothing is written then.

        Raises
        ------
        LdeQualError
            What does not fit the study as it stands; nothing was written.
        WriteError
            Where the disk refused.
        """
        valid_coder(coder)
        check_op(op)
        with self._writing(str(body.get("transcript", ""))):
            exact = checked(self.study, coder, op, body)
            there = self._standing(coder, op, exact, self.study.state(coder))
            return there or self._append(coder, op, exact)

    def write_batch(self, coder: str, operations: Sequence[tuple[str, Body]]) -> list[str]:
        """Append operations as one line: all of them hold, or none.

        Returns
        -------
        list of str
            An id for each, ``<id>.<n>`` from 1, or that of the coding that was there already.
        """
        valid_coder(coder)
        for op, _ in operations:
            check_op(op)
        with self._writing():
            identifier = self._next_id()
            written, ids = self._tried(coder, operations, identifier)
            if written:
                self._append(coder, "batch", {"operations": written}, identifier=identifier)
            return ids

    def undo(self, coder: str, operation_id: str | None = None, *, dry_run: bool = False) -> Undone:
        """Take one whole operation back, the files it changed included.

        Parameters
        ----------
        operation_id : str, optional
            Without it the coder's last operation in force that is no undo; an undo is
            taken back too (redo).

        Raises
        ------
        RefusedError
            Where later operations in force rest on it; they are listed.
        StaleError
            Where a file it changed was changed since by other means.
        """
        with self._reading() if dry_run else self._writing():
            state = self.study.state(valid_coder(coder))
            operation = own_operation(state, operation_id) if operation_id else last_undoable(state)
            body: dict[str, Any] = {"operation": operation.id}
            check_operation(self.study, coder, "undo", body)
            changes = reverted(self.loaded, operation)
            files = tuple(step.file for step, _ in changes)
            if dry_run:
                return Undone("", operation, files)
            body |= {"files": [step.as_body() for step, _ in changes]} if changes else {}
            return Undone(self._carry_out(coder, "undo", body, changes), operation, files)

    def edit(self, coder: str, transcript: str, new_text: str) -> str:
        """Correct a transcript: the operation first, then the file; codings are carried over.

        Parameters
        ----------
        new_text : str
            The whole body; front matter stays as it is.

        Raises
        ------
        TranscriptError
            Where the new text cannot be read as turns.
        StaleError
            Where the file is no longer the one that was read.
        """
        with self._writing():
            body = edit_body(self.loaded, transcript, new_text)
            return self._change(valid_coder(coder), "edit", body)

    def change_codebook(
        self,
        coder: str,
        action: str,
        codes: Sequence[str],
        new_text: str,
        *,
        base: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> str:
        """Change ``codebook.yaml``: the operation first, then the file.

        Parameters
        ----------
        action : str
            What was done, for the log: ``add``, ``rename``, ….
        codes : sequence of str
            Ids that it touches, old and new.
        base : str, optional
            The text that `new_text` was made from; without it the text this store read last.
        extra : mapping, optional
            What else the operation keeps.

        Raises
        ------
        CodebookError
            Where the new text breaks a rule.
        RefusedError
            Where a code that bears codings would be gone.
        StaleError
            Where the file is no longer the one that was read.
        """
        base = self.codebook_text if base is None else base
        with self._writing():
            body = codebook_body(self.loaded, base, new_text, {"action": action, "codes": list(codes), **(extra or {})})
            return self._change(valid_coder(coder), "codebook", body)

    def keep_codebook(self, coder: str, name: str) -> str:
        """Keep the codebook's text in the journal under a name; the file stays as it is."""
        with self._writing():
            body = {"action": "freeze", "codes": [], "name": name, "text": self.codebook_text}
            return self._append(valid_coder(coder), "codebook", body)

    def repair(self, *, only: Collection[str] | None = None) -> list[Step]:
        """Bring files up to what the journals say (`only` by these operations), and return what was applied."""
        with self._writing():
            hashes = hashes_today(self.loaded.texts, self.study.transcripts)
            steps = [each for each in pending(self.study.states, hashes) if only is None or each.operation in only]
            for step in steps:
                replace_text(self.loaded, step, text_after(self.loaded, step))
            self.refresh()
            return steps

    def join(self) -> Joined:
        """Join conflicted copies of journals on disk; what each coder's work comes to stays the same."""
        with self._writing():
            joined = join_files(self.loaded.journals)
            self.refresh()
            return joined

    def write_interviews(
        self, transcripts: Mapping[str, str], respondents: Iterable[Respondent] | None = None
    ) -> list[str]:
        """Write new transcripts and who speaks in them, all or nothing (see `store.interviews`)."""
        with self._writing():
            files = write_interviews(self.loaded, transcripts, respondents)
            self.refresh()
            return files

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._guard:
            self.refresh()
            yield

    @contextmanager
    def _writing(self, *transcripts: str) -> Iterator[None]:
        """Hold the lock over a study that is read up to now.

        Where transcripts are named, only they and the codebook are looked at for changes
        of text: the rest cannot matter to what is written.
        """
        with self._guard:
            lock = self._lock.acquire()
            try:
                self._read_on(transcripts)
                reason = self.loaded.journals.read_only()
                if reason:
                    raise RefusedError(
                        f"The study is open for reading only: {reason}.",
                        way_out="Install the latest lde-qual, and do it again.",
                    )
                yield
            finally:
                self._lock.release(lock)

    def _read_on(self, transcripts: tuple[str, ...]) -> None:
        files = (CODEBOOK, *(f"{TRANSCRIPTS}/{name}{TEXT}" for name in transcripts))
        if not transcripts or not self.loaded.texts.current(*files):
            self.refresh()
            return
        if self.loaded.journals.refresh():
            self._places.clear()
        self.loaded.raise_fatal()

    def _standing(self, coder: str, op: str, body: Body, state: State) -> str | None:
        """Return the id of the coding that is there already, in the state that is being built."""
        if op not in CODES:
            return None
        if coder not in self._places:
            self._places[coder] = Places(self.study, coder)
        found = self._places[coder].find(body)
        if found is not None and state.codings.get(found) == self.study.state(coder).codings[found]:
            return found
        return state.at_place(body)

    def _tried(
        self, coder: str, operations: Sequence[tuple[str, Body]], identifier: str
    ) -> tuple[list[dict[str, Any]], list[str]]:
        """Check each operation against the state that those before it would make."""
        trial = trial_of(self.study, coder)
        state = trial.state(coder)
        written: list[dict[str, Any]] = []
        ids: list[str] = []
        for op, body in operations:
            exact = checked(trial, coder, op, body)
            there = self._standing(coder, op, exact, state)
            if there is None:
                written.append({"op": op, "body": exact})
                there = f"{identifier}.{len(written)}"
                state.apply(Operation(there, 0, self._stamps.now(), coder, op, exact))
            ids.append(there)
        return written, ids

    def _next_id(self) -> str:
        return self._stamps.identifier(after=self.loaded.journals.last_id())

    def _append(self, coder: str, op: str, body: Body, *, identifier: str = "") -> str:
        operation = Operation(identifier or self._next_id(), 0, self._stamps.now(), coder, op, body)
        self.loaded.journals.write(operation, salt=self._stamps.salt())
        if coder in self._places and not self._places[coder].follow(operation):
            self._places.clear()
        return operation.id

    def _change(self, coder: str, op: str, body: Body) -> str:
        steps = steps_of(Operation("", 0, "", coder, op, body))
        changes = [(step, text_after(self.loaded, step)) for step in steps]
        return self._carry_out(coder, op, body, changes)

    def _carry_out(self, coder: str, op: str, body: Body, changes: Sequence[tuple[Step, str]]) -> str:
        try_out(self.loaded, changes)
        identifier = self._append(coder, op, body)
        try:
            for step, text in changes:
                replace_text(self.loaded, step, text)
        except LdeQualError:
            # The person is told that it failed, so the journal must not say that it holds.
            files = [step.inverted().as_body() for step, _ in changes]
            with suppress(WriteError):
                self._append(coder, "undo", {"operation": identifier, "files": files})
            raise
        self.refresh()
        return identifier
