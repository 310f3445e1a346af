"""Passages from outside the study: read from files, judged without its codings, answered in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from lde_qual.api.inputs import read_input
from lde_qual.api.study import OpenStudy
from lde_qual.errors import LdeQualError, UsageError, WriteError
from lde_qual.formats.labelled_lines import OutsidePassage, Prediction, format_predictions, parse_passages
from lde_qual.formats.text import decode
from lde_qual.model.codebook import Codebook
from lde_qual.tagging.candidates import owners
from lde_qual.tagging.evaluation import Trial
from lde_qual.tagging.held_out import Answers
from lde_qual.tagging.lessons import candidates_above, speech_texts
from lde_qual.tagging.scorer import Labelled, Material


def outside(study: OpenStudy, chosen: tuple[str, ...], *, test: Path, train: Path | None) -> tuple[Trial, list[str]]:
    """Return the trial of a file of passages, and what was assumed in reading it.

    Raises
    ------
    LdeQualError
        For a file that cannot be read, with its line.
    """
    codebook = study.model.codebook
    judged, assumed = _read(test, codebook)
    learned: list[Labelled] = []
    if train is not None:
        learned, also = _read(train, codebook, need_code=True)
        assumed += also
    texts = (*speech_texts(study.model), *(each.text for each in judged), *(each.text for each in learned))
    # A passage from outside was put forward as one that bears a code: that it bears none is not weighed.
    given = Material(codebook, chosen, tuple(dict.fromkeys(texts)), learned, can_be_none=False)
    return Trial(given, judged, owners(codebook, chosen), candidates_above(study.model, chosen)), assumed


def _read(file: Path, codebook: Codebook, *, need_code: bool = False) -> tuple[list[Labelled], list[str]]:
    data = read_input(file, way_out='Give a file with a line {"id", "text"} for each passage.')
    try:
        found = decode(data)
        passages = [_labelled(each, codebook) for each in parse_passages(found.text, need_code=need_code)]
    except LdeQualError as error:
        raise error.in_file(str(file)) from None
    return passages, [f"{file}: {found.assumed}"] if found.assumed else []


def _labelled(passage: OutsidePassage, codebook: Codebook) -> Labelled:
    try:
        codes = (codebook.require(passage.code),) if passage.code else ()
    except LdeQualError as error:
        error.line = passage.line
        raise
    return Labelled(passage.id, passage.text, codes, passage.respondent)


def told_outside(trial: Trial, chosen: Sequence[str]) -> list[str]:
    """Return what a person must know of passages from outside: how many, and which count for no code."""
    labelled = [each for each in trial.passages if each.codes]
    lost = sum(not any(code in trial.owner for code in each.codes) for each in labelled)
    told = [f"{len(trial.passages)} passages from outside the study, {len(chosen)} codes to choose from."]
    if lost:
        told.append(f"{lost} of them bear a code that stands under none of these: they count for none.")
    return told


def nothing_to_overwrite(predictions: str | Path | None, *read: str | Path | None) -> None:
    """Refuse to write predictions over a file that is read.

    Raises
    ------
    UsageError
        Where the two are one file, by whatever path.
    """
    if predictions is None:
        return
    where = Path(predictions)
    for each in read:
        if each is not None and where.exists() and Path(each).exists() and where.samefile(each):
            raise UsageError(
                f"--predictions would overwrite {each}, which is read.", way_out="Name another file for the answers."
            )


def write_predictions(file: Path, trial: Trial, said: Answers) -> None:
    """Write what is said of each passage, every candidate ranked."""
    order = np.argsort(-said.scores, axis=1, kind="stable")
    lines = [
        Prediction(
            passage.id,
            [(said.codes[i], float(said.scores[row, i]), float(said.confidence[row, i])) for i in order[row]],
            bool(said.abstained[row]),
        )
        for row, passage in enumerate(trial.passages)
    ]
    save(file, format_predictions(lines).encode())


def save(file: Path, data: bytes) -> None:
    """Write a file that somebody named.

    Raises
    ------
    WriteError
        Where it cannot be written.
    """
    try:
        file.write_bytes(data)
    except OSError as fault:
        raise WriteError(f"{file} cannot be written ({fault.strerror}).", way_out="Name another file.") from fault
