"""Files for others: transcripts as Word documents with the codings as comments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lde_qual.analysis.facts import notices_of
from lde_qual.api.inputs import Names
from lde_qual.api.study import ALL_CODERS, OpenStudy, language, listed
from lde_qual.errors import UsageError
from lde_qual.model.study import PlacedCoding
from lde_qual.reporting.transcript_document import remarks, transcript_document
from lde_qual.reporting.word_parts import writable
from lde_qual.store.disk import make_folder, replace

FORMATS = ("docx",)
_OWN = ("transcripts", "codings", "results", ".lde_qual")


@dataclass(frozen=True)
class Exported:
    """What an export came to.

    Attributes
    ----------
    paths : list of Path
        The files, in the order of the transcripts' names.
    comments : list of int
        How many codings and notes each file holds.
    notices : list of str
        What must be said beside it.
    """

    paths: list[Path] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def export(
    study: OpenStudy,
    form: str,
    out: str | Path,
    *,
    transcript: str | None = None,
    coder: str | None = None,
    codes: Names = None,
    public: bool = False,
    lang: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Write transcripts as Word documents whose comments are the codings.

    Parameters
    ----------
    form : str
        One of `FORMATS`.
    out : path
        A file that ends in ``.docx`` for one transcript, else a folder, which gets a
        file for each.
    transcript : str, optional
        Only this one.
    coder : str, optional
        Whose codings; the main coder by default, ``all`` for everyone's.
    codes : str or iterable of str, optional
        Only these codes and what is below them; notes are then left out.
    public : bool
        Name who speaks in the coarser form of the codebook.
    lang : str, optional
        ``nl`` or ``en``; the codebook's language by default.
    progress : callable, optional
        Called with how many transcripts are done, and of how many.

    Raises
    ------
    UsageError
        Where a file would be replaced by another one: somebody may have written in it.
    """
    if form not in FORMATS:
        raise UsageError(f"'{form}' is no format to export to.", way_out=f"Use {' or '.join(FORMATS)}.")
    chosen, model = language(study, lang), study.model
    names = sorted(model.transcripts) if transcript is None else [model.transcript(transcript).name]
    paths = _paths(study, Path(out), names)
    coders, notices = _coders(study, coder)
    placed = _placed(study, coders, listed(codes))
    files: dict[Path, bytes] = {}
    comments = []
    for done, (name, path) in enumerate(zip(names, paths, strict=True)):
        if progress is not None:
            progress(done, len(names))
        text = model.transcripts[name]
        notes_of = coders if codes is None else ()
        found = remarks(model, text, placed.get(name, ()), notes_of=notes_of, lang=chosen)
        files[path] = transcript_document(model, text, found, coders=coders, public=public, lang=chosen)
        comments.append(len(found))
        odd = sum(one != other for one, other in zip(text.text, writable(text.text), strict=True))
        notices += [f"{name}: signs that cannot stand in a Word file are � there: {odd}."] if odd else []
    _write(files)
    return Exported(paths, comments, notices)


def _coders(study: OpenStudy, coder: str | None) -> tuple[list[str], list[str]]:
    """Return whose codings are exported, and what must be said of them."""
    model = study.model
    if coder == ALL_CODERS and ALL_CODERS not in model.states:
        return list(model.states), list(study.notices)
    counting = model.counting_coder(coder)
    notices = notices_of(model, counting, model.places(counting).in_no_count)
    return [counting] if counting else [], [*study.notices, *notices]


def _placed(study: OpenStudy, coders: list[str], codes: list[str] | None) -> dict[str, list[PlacedCoding]]:
    """Return the codings by transcript."""
    book = study.model.codebook
    wanted = None if codes is None else {below for code in codes for below in book.subtree(book.require(code))}
    found: dict[str, list[PlacedCoding]] = {}
    for coder in coders:
        for each in study.model.placed(coder):
            if wanted is None or each.code in wanted:
                found.setdefault(each.coding.transcript, []).append(each)
    return found


def _paths(study: OpenStudy, out: Path, names: list[str]) -> list[Path]:
    whole, home = out.resolve(), study.folder.resolve()
    one = out.suffix.lower() == ".docx"
    if any(home / part in (whole, *whole.parents) for part in _OWN) or (not one and whole == home):
        raise UsageError(
            f"'{out}' lies in a folder that the study keeps for itself.", way_out="Give a file or folder of its own."
        )
    if not names:
        raise UsageError("The study has no transcript.", way_out="Bring one in with `lde-qual import`.")
    if not one:
        if out.exists() and not out.is_dir():
            raise UsageError(f"'{out}' is a file.", way_out="Give a folder, or a name that ends in .docx.")
        return [out / f"{name}.docx" for name in names]
    if len(names) > 1:
        raise UsageError(
            f"'{out}' is one file, and the study has {len(names)} transcripts.",
            way_out="Add --transcript NAME, or give a folder.",
        )
    if not out.parent.is_dir():
        raise UsageError(f"Folder '{out.parent}' is not there.", way_out="Make it first, or give another file.")
    return [out]


def _write(files: dict[Path, bytes]) -> None:
    """Write all files, or none where one of them is there and holds something else."""
    for path, data in files.items():
        if path.is_dir() or (path.exists() and path.read_bytes() != data):
            raise UsageError(
                f"'{path}' is there already and differs; somebody may have written in it.",
                way_out="Give another name, or take that file away first.",
            )
    for path, data in files.items():
        make_folder(path.parent)
        replace(path, data)
