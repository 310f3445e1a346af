"""Why a number changed: two states of a study side by side, and the operations between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from lde_qual.analysis.difference import check_tables, differences
from lde_qual.analysis.difference_cells import TABLES, Views
from lde_qual.analysis.difference_ledger import Side
from lde_qual.analysis.facts import Facts, lay_out
from lde_qual.analysis.frequency import check_unit
from lde_qual.analysis.rows import chosen_codes
from lde_qual.api.inputs import Names, go_with
from lde_qual.api.log import is_date
from lde_qual.api.study import OpenStudy, language, listed
from lde_qual.errors import RefusedError, UsageError
from lde_qual.model.history import as_of, changed_between, touched
from lde_qual.model.study import Study
from lde_qual.store.folder import Loaded, open_folder
from lde_qual.store.revision import find_revision, open_revision
from lde_qual.store.text_files import CODEBOOK, TRANSCRIPTS

NOW = "now"


@dataclass(frozen=True)
class _Version:
    """A state of a study, where it comes from in words, and the texts that it rests on by file."""

    model: Study
    said: str
    texts: dict[str, str]


def diff(  # noqa: PLR0913 - every option of the command is a keyword of the same name
    study: OpenStudy,
    from_: str,
    to: str = NOW,
    *,
    table: Names = None,
    by: Names = None,
    unit: str = "respondents",
    rows: str | None = None,
    cols: str | None = None,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
) -> pd.DataFrame:
    """Return the cells that differ between two states of a study, with the operations that moved them.

    Parameters
    ----------
    from_, to : str
        A date (``2026-03-01``, that whole day) or time in UTC; a folder that holds a
        study; a git revision; ``now``. A date means each coder's journal up to its last
        line whose time is not later, with the codebook and transcripts of today.
    table : str or list, optional
        Among `difference_cells.TABLES`; all unless given.
    by : str or list, optional
        Attributes and dimensions of the frequency tables; ``role`` and all dimensions
        unless given.
    unit : str
        Of the frequency tables and the matrix.
    rows, cols : str, optional
        Of the matrix; ``code`` and ``respondent`` unless given.
    coder : str, optional
        Whose codings; the main coder of each state unless given.

    Returns
    -------
    DataFrame
        See `analysis.difference.differences`. ``attrs["notices"]`` say what stands
        before and after.

    Raises
    ------
    LdeQualError
        For what is no date, folder or revision, and a state that cannot be read.
    """
    language(study, lang)
    check_unit(unit)
    tables = TABLES if table is None else check_tables(listed(table) or [])
    go_with("--table matrix", {"rows": rows, "cols": cols}, given="matrix" in tables)
    versions = [_version(study, name) for name in (from_, to)]
    before, after = (
        _side(version.model, coder, codes=listed(codes), level=level, with_interviewer=with_interviewer)
        for version in versions
    )
    axes = listed(by) or ["role", *after.facts.study.codebook.dimensions]
    views = Views(tables, axes, unit, rows or "code", cols or "respondent")
    frame = differences(before, after, views=views, touching=_touching(versions, (before.facts, after.facts)))
    cells = f"{len(frame)} {'cell' if len(frame) == 1 else 'cells'} changed."
    sides = [f"{when}: {version.said}." for when, version in zip(("Before", "After"), versions, strict=True)]
    changed = _texts_changed(*versions)
    frame.attrs = {"unit": unit, "coder": after.facts.coder, "notices": [*study.notices, *sides, *changed, cells]}
    return frame


def _version(study: OpenStudy, name: str) -> _Version:
    own = study.store.loaded
    if name == NOW:
        return _Version(study.model, "the study as it stands", _texts(own))
    if is_date(name):
        states = {coder: as_of(state, name) for coder, state in study.model.states.items()}
        states = {coder: state for coder, state in states.items() if state.operations}
        said = f"journals up to {name}, with today's codebook and transcripts"
        return _Version(replace(study.model, states=states), said, _texts(own))
    if (Path(name) / CODEBOOK).is_file():
        other = open_folder(Path(name).absolute())
        return _Version(other.study, f"folder {name}, with its own codebook and transcripts", _texts(other))
    if Path(name).is_dir():
        raise UsageError(f"Folder '{name}' holds no {CODEBOOK}.", way_out="Give the folder of a study.")
    return _revision(study, name)


def _revision(study: OpenStudy, name: str) -> _Version:
    commit = find_revision(study.folder, name)
    then = open_revision(study.folder, commit)
    if study.model.states and not then.study.states:
        raise RefusedError(
            f"Revision {commit[:10]} holds no journal: git keeps none of this study's codings there.",
            way_out="Give a date instead: the journals know every day.",
        )
    texts, own = _texts(then), "its own codebook and transcripts"
    model = then.study
    if study.model.transcripts and not model.transcripts:
        # Interview text is kept out of git unless a study says otherwise.
        model = replace(model, transcripts=study.model.transcripts, respondents=study.model.respondents)
        today = _texts(study.store.loaded).items()
        texts |= {file: sum_ for file, sum_ in today if file.startswith(f"{TRANSCRIPTS}/")}
        own = "its own codebook and today's transcripts, since git holds none"
    return _Version(model, f"git revision {commit[:10]} ({name}), with {own}", texts)


def _texts(loaded: Loaded) -> dict[str, str]:
    return {file: source.sha256 for file, source in loaded.texts.sources.items()}


def _texts_changed(before: _Version, after: _Version) -> list[str]:
    files = sorted(dict(before.texts.items() ^ after.texts.items()))
    return [f"Files that differ beside the journals: {', '.join(files)}."] if files else []


def _side(
    model: Study, coder: str | None, *, codes: list[str] | None, level: int | None, with_interviewer: bool
) -> Side:
    facts = lay_out(model, model.counting_coder(coder), with_interviewer=with_interviewer)
    codebook = model.codebook
    known = None if codes is None else [code for code in codes if codebook.today(code) is not None]
    if codes and not known:
        codebook.require(codes[0])
    chosen = codes is not None or level is not None
    return Side(facts, chosen_codes(codebook, codes=known, level=level), chosen=chosen)


def _touching(versions: list[_Version], facts: tuple[Facts, Facts]) -> Callable[[Facts, int], Iterable[str]]:
    """Return what tells the operations between two versions that touched a coding, or what it lies on or under."""
    coders = {found.coder for found in facts if found.coder is not None}
    things: dict[str, set[str]] = {}
    one, other = (version.model for version in versions)
    for coder in sorted({*one.states, *other.states}):
        before, after = one.state(coder), other.state(coder)
        between = changed_between(before, after)
        for thing, found in touched(between, {**before.operations, **after.operations}).items():
            # A codebook and a transcript are everybody's; a coding counts for its coder alone.
            if coder in coders or ":" in thing:
                things.setdefault(thing, set()).update(found)

    def touching(where: Facts, coding: int) -> Iterable[str]:
        placed = where.codings[coding]
        names = [placed.coding.id, f"transcript:{placed.coding.transcript}"]
        names += [f"code:{code}" for code in (placed.coding.code, *where.study.codebook.path(placed.code))]
        return {operation for name in names for operation in things.get(name, ())}

    return touching
