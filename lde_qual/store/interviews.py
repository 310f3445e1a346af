"""New interviews into the study's folder: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from lde_qual.errors import LdeQualError, RefusedError, StaleError, TranscriptError
from lde_qual.formats.tables import format_respondents, parse_respondents
from lde_qual.formats.text import normalised
from lde_qual.formats.transcript import parse_transcript
from lde_qual.model.respondent import Respondent
from lde_qual.store import disk
from lde_qual.store.folder import Loaded
from lde_qual.store.text_files import RESPONDENTS, TEXT, TRANSCRIPTS, read_source

_FORBIDDEN = frozenset('/\\:*?"<>|')
"""Signs that one of the three systems does not allow in a file name."""


def check_transcript_name(name: str) -> None:
    """Refuse a name that cannot be a file's name on every system.

    Raises
    ------
    TranscriptError
        With what is wrong about it.
    """
    odd = sorted({sign for sign in name if sign in _FORBIDDEN or ord(sign) < 32})
    if odd or not name.strip() or name != name.strip() or name.startswith(".") or name.endswith("."):
        raise TranscriptError(
            f"'{name}' cannot be a transcript's name{': it holds ' + ' '.join(odd) if odd else ''}.",
            way_out="Use letters, digits, spaces, '-' and '_'.",
        )


def write_interviews(
    loaded: Loaded, transcripts: Mapping[str, str], respondents: Iterable[Respondent] | None = None
) -> list[str]:
    """Write new transcripts, and who speaks in them; the caller holds the lock and has read on.

    Parameters
    ----------
    transcripts : mapping of str to str
        The whole text of each file, by name.
    respondents : iterable of Respondent, optional
        All rows that ``respondents.csv`` is to have; without it the file stays as it is.

    Returns
    -------
    list of str
        The files that were written.

    Raises
    ------
    RefusedError
        Where a transcript of that name is there already.
    TranscriptError
        Where a text cannot be read as a transcript.
    WriteError
        Where the disk refused; the folder is as it was.
    """
    people = list(loaded.study.respondents.values() if respondents is None else respondents)
    texts = {name: normalised(text) for name, text in transcripts.items()}
    _check(loaded, texts, people)
    files = {f"{TRANSCRIPTS}/{name}{TEXT}": text for name, text in texts.items()}
    disk.make_folder(loaded.path / TRANSCRIPTS)
    made: list[str] = []
    try:
        for file, text in files.items():
            _create(loaded, file, text.encode("utf-8"))
            made.append(file)
        if respondents is not None:
            _replace_respondents(loaded, people)
    except LdeQualError:
        for file in made:
            with suppress(OSError):
                (loaded.path / file).unlink()
        raise
    return [*made, RESPONDENTS] if respondents is not None else made


def _check(loaded: Loaded, texts: Mapping[str, str], people: list[Respondent]) -> None:
    known = {person.id for person in parse_respondents(format_respondents(people))}
    there = {name.casefold(): name for name, _ in loaded.texts.transcripts()}
    for name, text in texts.items():
        check_transcript_name(name)
        if name.casefold() in there:
            raise RefusedError(
                f"Transcript '{there[name.casefold()]}' is there already.",
                way_out="Give the new one another name; a transcript is never written over.",
            )
        there[name.casefold()] = name
        attributes = loaded.table.get(name, {})
        try:
            parse_transcript(text, name=name, respondents=known, attributes=attributes)
        except TranscriptError as error:
            error.in_file(f"{TRANSCRIPTS}/{name}{TEXT}")
            raise


def _create(loaded: Loaded, file: str, data: bytes) -> None:
    try:
        disk.create(loaded.path / file, data)
    except FileExistsError as there:
        raise RefusedError(f"'{file}' is there already.", way_out="Give the new one another name.") from there


def _replace_respondents(loaded: Loaded, people: list[Respondent]) -> None:
    path, read = loaded.path / RESPONDENTS, loaded.texts.sources.get(RESPONDENTS)
    data = format_respondents(people).encode("utf-8")
    if read is None:
        _create(loaded, RESPONDENTS, data)
    elif read_source(path, RESPONDENTS).raw_sha256 == read.raw_sha256:
        disk.replace(path, data)
    else:
        raise StaleError(
            "respondents.csv changed while it was being written.", way_out="Do it again.", file=RESPONDENTS
        )
