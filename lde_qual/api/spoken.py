"""What is said in a study as lemmas: parsed once, kept in memory and in the study's cache."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from lde_qual.api.study import OpenStudy
from lde_qual.formats.kept_lemmas import Lemmas, format_lemmas, key_of, parse_lemmas
from lde_qual.language.pipeline import Pipeline, load
from lde_qual.model.transcript import Transcript, Turn, without_brackets, word_starts
from lde_qual.store.cache import Cache
from lde_qual.store.study_store import StudyStore

Progress = Callable[[int, int], None]
"""Called with how many transcripts are done, and of how many."""


@dataclass(frozen=True)
class Spoken:
    """The lemmas of a study.

    Attributes
    ----------
    pipeline : Pipeline
        What gave them.
    lemmas : mapping of str to Lemmas
        By transcript in which respondents speak: for each turn, the interviewer's too, a
        lemma for each of its words (`model.transcript.word_starts`), in order.
    """

    pipeline: Pipeline
    lemmas: Mapping[str, Lemmas]

    def of(self, turns: Iterable[tuple[Transcript, Turn]]) -> list[Sequence[str]]:
        """Return the lemmas of each of these turns."""
        return [self.lemmas[transcript.name][turn.number - 1] for transcript, turn in turns]


@dataclass
class _Memory:
    """What was parsed: by key, and the whole for the very transcripts that it was asked for."""

    by_key: dict[str, Lemmas]
    transcripts: list[Transcript]
    whole: Spoken


_LOCK = threading.RLock()
"""One thread parses at a time: what a second one asks for is mostly what the first is at."""
_MEMORY: WeakKeyDictionary[StudyStore, _Memory] = WeakKeyDictionary()


def pipeline_of(study: OpenStudy) -> Pipeline:
    """Return what a study's lemmas come from (see `language.pipeline.load`)."""
    return load(named=study.model.codebook.spacy, folder=study.folder)


def spoken(study: OpenStudy, *, progress: Progress | None = None) -> Spoken:
    """Return the lemmas of all that is said in a study.

    Only texts that were not parsed before by this pipeline are parsed; the rest comes
    from memory, or from ``.lde_qual`` in the study folder.

    Raises
    ------
    UsageError
        Where the pipeline that was named cannot be loaded.
    """
    with _LOCK:
        return _spoken(study, progress or (lambda _done, _total: None))


def _spoken(study: OpenStudy, progress: Progress) -> Spoken:
    pipeline = pipeline_of(study)
    transcripts = study.model.countable()
    memory = _MEMORY.get(study.store)
    if memory is not None and memory.whole.pipeline.key == pipeline.key and _same(memory.transcripts, transcripts):
        return memory.whole
    keys = {found.name: key_of(pipeline.key, speeches_of(found)) for found in transcripts}
    known = memory.by_key if memory is not None else {}
    cache = Cache(study.folder, "lemmas")
    for done, transcript in enumerate(transcripts):
        key = keys[transcript.name]
        progress(done, len(transcripts))
        if key in known:
            continue
        found = _kept(cache, key, transcript)
        if found is None:
            found = tuple(pipeline.lemmas(speeches_of(transcript)))
            cache.write(key, format_lemmas(found))
        known[key] = found
    progress(len(transcripts), len(transcripts))
    cache.keep(set(keys.values()))
    whole = Spoken(pipeline, {name: known[key] for name, key in keys.items()})
    _MEMORY[study.store] = _Memory({key: known[key] for key in keys.values()}, transcripts, whole)
    return whole


def _same(before: Sequence[Transcript], now: Sequence[Transcript]) -> bool:
    """Tell whether no text was read anew: a text that was is another object."""
    return len(before) == len(now) and all(one is other for one, other in zip(before, now, strict=True))


def speeches_of(transcript: Transcript) -> list[str]:
    """Return what is said in each turn, the interviewer's too; what stands in square brackets blanked."""
    return [without_brackets(turn.speech.of(transcript.text)) for turn in transcript.turns]


def _kept(cache: Cache, key: str, transcript: Transcript) -> Lemmas | None:
    data = cache.read(key)
    found = parse_lemmas(data) if data is not None else None
    return found if found is not None and _fits(found, transcript) else None


def _fits(lemmas: Sequence[Sequence[str]], transcript: Transcript) -> bool:
    """Tell whether there is a lemma for each word of each turn."""
    words = [len(word_starts(transcript.text, turn.speech)) for turn in transcript.turns]
    return words == [len(speech) for speech in lemmas]
