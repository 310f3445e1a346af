"""Changes of the text files that people write too: the transcripts and the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lde_qual.errors import LdeQualError, RefusedError, StaleError
from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.line_difference import difference
from lde_qual.formats.text import normalised
from lde_qual.formats.transcript import parse_transcript
from lde_qual.model.codebook import Codebook
from lde_qual.model.correction import changed_spans
from lde_qual.model.operation import Operation
from lde_qual.model.study import Study
from lde_qual.model.transcript import body_sha256
from lde_qual.store import disk
from lde_qual.store.files_behind import Step, hashes_today, steps_of
from lde_qual.store.folder import Loaded
from lde_qual.store.text_files import CODEBOOK, Source, read_source, text_sha256, transcript_name

_READ_AGAIN = "Read the study again, and make the change in what stands there now."


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, or would be.

    Attributes
    ----------
    id : str
        Id of the ``undo`` operation; empty where it was a trial.
    operation : Operation
        The one taken back.
    files : tuple of str
        Text files that are put back with it.
    """

    id: str
    operation: Operation
    files: tuple[str, ...] = ()


def edit_body(loaded: Loaded, transcript: str, new_text: str) -> dict[str, Any]:
    """Return the body of an ``edit`` operation, checked.

    Raises
    ------
    TranscriptError
        Where the new text cannot be read as turns.
    RefusedError
        Where nothing is changed, or where front matter would come or go.
    """
    old = loaded.study.transcript(transcript)
    text = normalised(new_text)
    if text == old.text:
        raise RefusedError(f"The new text of transcript '{transcript}' is the one it has.")
    source = loaded.texts.of_transcript(transcript)
    whole = _front(source, old.text) + text
    attributes = loaded.table.get(transcript, {})
    read = parse_transcript(whole, name=transcript, respondents=loaded.study.respondents, attributes=attributes)
    if read.text != text:
        raise RefusedError(
            f"The new text of transcript '{transcript}' begins with '---' and would be read as front matter.",
            way_out="Begin it with a label or with speech.",
        )
    changes = [list(change) for change in changed_spans(old.text, text)]
    return {"transcript": transcript, "before": old.body_sha256, "after": body_sha256(text), "changes": changes}


def _front(source: Source, body: str) -> str:
    return source.text[: len(source.text) - len(body)]


def codebook_body(loaded: Loaded, base: str, new_text: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a ``codebook`` operation, checked.

    Raises
    ------
    CodebookError
        Where the new text breaks a rule of the codebook.
    RefusedError
        Where nothing is changed, or where a code that bears codings would be gone.
    StaleError
        Where the file is no longer `base`.
    """
    there = loaded.texts.sources[CODEBOOK]
    if there.text != base:
        raise StaleError("The codebook changed since it was read.", way_out=_READ_AGAIN, file=CODEBOOK)
    text = normalised(new_text)
    if text == base:
        raise RefusedError("The new codebook is the one the study has.", file=CODEBOOK)
    check_bearing(loaded.study, parse_codebook(text))
    hashes = {"before": there.sha256, "after": text_sha256(text)}
    return {**about, **hashes, "hunks": difference(base, text)}


def check_bearing(study: Study, after: Codebook) -> None:
    """Refuse a codebook in which a code that bears codings would be gone.

    Raises
    ------
    RefusedError
        With the code and how many codings it bears.
    """
    for coder, state in study.states.items():
        for code in dict.fromkeys(coding.code for coding in state.codings.values()):
            if study.codebook.today(code) is not None and after.today(code) is None:
                bears = sum(coding.code == code for coding in state.codings.values())
                raise RefusedError(
                    f"Code '{code}' bears {bears} coding{'s' if bears > 1 else ''} of {coder}.",
                    way_out="Merge it into another code with `lde-qual codebook merge`, or uncode them first.",
                )


def text_after(loaded: Loaded, step: Step) -> str:
    """Return the whole text of a file after a step.

    Raises
    ------
    StaleError
        Where the file is no longer what the step changes.
    """
    if step.of_codebook:
        try:
            text = step.apply(loaded.texts.sources[CODEBOOK].text)
            parse_codebook(text)
        except LdeQualError as fault:
            raise fault.in_file(CODEBOOK) from None
        return text
    body = loaded.study.transcript(transcript_name(step.file))
    if body.body_sha256 != step.before:
        raise StaleError(
            f"Transcript '{body.name}' was changed since by other means.",
            way_out="Correct it by hand, or with a new edit.",
            file=step.file,
        )
    source = loaded.texts.of_transcript(body.name)
    return _front(source, body.text) + step.apply(body.text)


def try_out(loaded: Loaded, changes: Iterable[tuple[Step, str]]) -> None:
    """Refuse changes of files that the disk would not take, before the journal says that they hold.

    Raises
    ------
    WriteError
        Where the disk would refuse one.
    """
    for step, text in changes:
        disk.try_replacing(loaded.path / _source(loaded, step).file, text.encode("utf-8"))


def _source(loaded: Loaded, step: Step) -> Source:
    return (
        loaded.texts.sources[CODEBOOK] if step.of_codebook else loaded.texts.of_transcript(transcript_name(step.file))
    )


def replace_text(loaded: Loaded, step: Step, text: str) -> None:
    """Put the new text in the place of the file, where it still is the one that was read.

    Raises
    ------
    StaleError
        Where it is not.
    WriteError
        Where the disk refused; the old file is still there.
    """
    read = _source(loaded, step)
    path = loaded.path / read.file
    if read_source(path, read.file).raw_sha256 != read.raw_sha256:
        raise StaleError(f"'{read.file}' changed while it was being written.", way_out=_READ_AGAIN, file=read.file)
    disk.replace(path, text.encode("utf-8"))


def reverted(loaded: Loaded, operation: Operation) -> list[tuple[Step, str]]:
    """Return what taking an operation back does to text files, with the whole text of each afterwards.

    Raises
    ------
    StaleError
        Where a file was changed otherwise since.
    """
    hashes = hashes_today(loaded.texts, loaded.study.transcripts)
    found = []
    for step in steps_of(operation):
        if hashes.get(step.file) == step.before:
            # The file never came to show it.
            continue
        back = step.inverted()
        text = text_after(loaded, back)
        if back.of_codebook:
            check_bearing(loaded.study, parse_codebook(text))
            back = replace(back, before=hashes[CODEBOOK], after=text_sha256(text))
        found.append((back, text))
    return found
