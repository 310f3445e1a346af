"""From a folder to a study: every file is read, and a fault in one never hides another."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from lde_qual.errors import FormatError, TranscriptError
from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.leidraad import parse_leidraad
from lde_qual.formats.tables import assumption, parse_respondents, parse_transcripts_table
from lde_qual.formats.transcript import parse_transcript
from lde_qual.model.codebook import Codebook
from lde_qual.model.collector import held_collector
from lde_qual.model.respondent import Respondent
from lde_qual.model.study import Study
from lde_qual.model.transcript import Transcript
from lde_qual.store.files_behind import files_behind
from lde_qual.store.journals import Journals
from lde_qual.store.problem import Problem, fatal
from lde_qual.store.text_files import (
    CODEBOOK,
    LEIDRAAD,
    RESPONDENTS,
    TRANSCRIPT_TABLE,
    Source,
    TextFiles,
    missing_codebook,
)

CODINGS = "codings"
Parsed = TypeVar("Parsed")
Reused = dict[str, tuple[tuple[object, ...], Transcript]]


def find_study(start: Path) -> Path:
    """Return the nearest folder, from `start` upward, that holds a ``codebook.yaml``.

    Raises
    ------
    StudyError
        Where there is none.
    """
    # Upward of 'a/..' is not 'a'.
    here = start.resolve() if ".." in start.parts else start.absolute()
    for folder in (here, *here.parents):
        if (folder / CODEBOOK).is_file():
            return folder
    raise missing_codebook(here)


@dataclass
class Loaded:
    """A study as its folder gives it, with all that is wrong in that folder.

    Attributes
    ----------
    study : Study
        What could be read; empty in the places of files that could not.
    problems : list of Problem
        Faults of files, those that no view can go on with marked as fatal.
    notices : list of str
        What was assumed in reading.
    """

    path: Path
    study: Study
    journals: Journals
    texts: TextFiles
    table: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    _reused: Reused = field(default_factory=dict, repr=False)

    @property
    def read_only(self) -> str:
        """Why nothing may be written; empty where it may."""
        of_later_version = self.journals.read_only()
        if of_later_version:
            return f"{of_later_version}; this lde-qual would not understand what it changes"
        for folder in (self.path, self.journals.codings):
            if not os.access(folder, os.W_OK) and folder.is_dir():
                return f"folder '{folder}' is read-only for you"
        return ""

    @property
    def file_hashes(self) -> dict[str, str]:
        """SHA-256 of the bytes of every file as it was read, by name relative to the study."""
        hashes = {file: source.raw_sha256 for file, source in self.texts.sources.items()}
        for journal in self.journals.files.values():
            hashes[journal.name] = journal.sha256
        return dict(sorted(hashes.items()))

    def raise_fatal(self) -> None:
        """Raise the first fault that no view can go on with.

        Raises
        ------
        LdeQualError
            That fault, with its file and line.
        """
        for problem in self.problems:
            if problem.fatal and problem.cause is not None:
                raise problem.cause

    def read_texts(self) -> None:
        """Make codebook, respondents and transcripts of the text files as they were read last."""
        self.problems, self.notices = [], []
        sources = self.texts.sources
        codebook = self._parse(sources.get(CODEBOOK), parse_codebook)
        self.study.codebook = codebook or Codebook(title="")
        self.study.leidraad = self._parse(sources.get(LEIDRAAD), parse_leidraad)
        people: list[Respondent] = self._parse(sources.get(RESPONDENTS), parse_respondents) or []
        self.study.respondents = {person.id: person for person in people}
        self.table = self._parse(sources.get(TRANSCRIPT_TABLE), parse_transcripts_table) or {}
        # Without the list of who may speak every label would seem unknown.
        if RESPONDENTS not in {problem.file for problem in self.problems}:
            self._read_transcripts()
        self._say_what_was_assumed()
        self.problems += files_behind(self.study.states, self.texts, self.study.transcripts)

    def _read_transcripts(self) -> None:
        found: dict[str, Transcript] = {}
        for name, source in self.texts.transcripts():
            if name in found:
                twice = TranscriptError(
                    f"Two files bear the name '{name}', in two spellings of its accents.",
                    way_out="Rename or remove one of them.",
                )
                self.problems.append(fatal(twice, source.file))
                continue
            transcript = self._parse(source, partial(self._transcript, name, source.raw_sha256))
            if transcript is not None:
                found[name] = transcript
        self.study.transcripts = found

    def _transcript(self, name: str, raw_sha256: str, text: str) -> Transcript:
        attributes = self.table.get(name, {})
        key = (raw_sha256, tuple(self.study.respondents), tuple(attributes.items()))
        if name in self._reused and self._reused[name][0] == key:
            return self._reused[name][1]
        people = self.study.respondents
        transcript = parse_transcript(text, name=name, respondents=people, attributes=attributes)
        self._reused[name] = (key, transcript)
        return transcript

    def _parse(self, source: Source | None, parse: Callable[[str], Parsed]) -> Parsed | None:
        """Return what a file holds; None, with the problem noted, where it breaks a rule."""
        if source is None:
            return None
        try:
            if source.fault is not None:
                raise source.fault
            return parse(source.text)
        except FormatError as error:
            self.problems.append(fatal(error, source.file))
            return None

    def _say_what_was_assumed(self) -> None:
        broken = {problem.file for problem in self.problems}
        for file, source in self.texts.sources.items():
            said = [source.assumed] if source.assumed else []
            if file in {RESPONDENTS, TRANSCRIPT_TABLE} and file not in broken:
                said += [assumed] if (assumed := assumption(source.text)) else []
            self.notices += [f"{file}: {sentence}" for sentence in said]


def read_folder(path: Path) -> Loaded:
    """Read a study's folder.

    Parameters
    ----------
    path : Path
        The folder that holds ``codebook.yaml``.

    Raises
    ------
    StudyError
        Where it holds none. Any other fault is one of `Loaded.problems`.
    """
    texts, journals = TextFiles(path), Journals(path / CODINGS)
    with held_collector():
        texts.refresh()
        journals.refresh()
        loaded = Loaded(path, Study(Codebook(title=""), states=journals.states), journals, texts)
        loaded.read_texts()
    return loaded


def read_texts(path: Path) -> Loaded:
    """Read everything of a study's folder but its journals.

    Raises
    ------
    StudyError
        Where it holds no ``codebook.yaml``.
    """
    texts = TextFiles(path)
    texts.refresh()
    loaded = Loaded(path, Study(Codebook(title="")), Journals(path / CODINGS), texts)
    loaded.read_texts()
    return loaded


def open_folder(path: Path) -> Loaded:
    """Read a study's folder for a view or a writer.

    Raises
    ------
    LdeQualError
        The first fault that no view can go on with.
    """
    loaded = read_folder(path)
    loaded.raise_fatal()
    return loaded
