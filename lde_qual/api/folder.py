"""The folder itself: a new study, and everything in one checked."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from lde_qual.api.choices import choice_problems
from lde_qual.api.codebook import frozen
from lde_qual.api.importing import import_
from lde_qual.api.study import OpenStudy, open_folder
from lde_qual.api.themes import theme_problems
from lde_qual.errors import UnknownError, UsageError, did_you_mean
from lde_qual.formats.codebook_new import new_codebook, tree_of
from lde_qual.formats.yaml_write import scalar_text
from lde_qual.store.checking import check as look
from lde_qual.store.folder import find_study, read_folder
from lde_qual.store.new_study import make_study
from lde_qual.store.study_store import StudyStore

__all__ = ["check", "import_", "init"]

COLUMNS = ("level", "file", "line", "what", "way_out")


def init(
    dir: str | Path,  # noqa: A002 - the name that the command line has
    *,
    from_: str | Path | None = None,
    title: str | None = None,
    lang: str = "nl",
    track_text: bool = False,
) -> Path:
    """Make a new study folder, ready to fill, and return its path.

    Parameters
    ----------
    dir : path
        Not there yet, or empty.
    from_ : str or path, optional
        Another study, or ``STUDY@NAME`` for its codebook as it was frozen: the tree,
        dimensions and roles are copied, no data.
    title : str, optional
        Else the other study's title, or the folder's name.
    lang : str
        Of a codebook that is not copied: ``nl`` or ``en``.
    track_text : bool
        Let git keep interview text and journals; they are ignored otherwise.

    Raises
    ------
    RefusedError
        Where the folder holds anything already.
    """
    folder = Path(dir)
    text = new_codebook(title or folder.resolve().name, language=lang) if from_ is None else _copied(from_, title)
    return make_study(folder, codebook=text, track_text=track_text)


def _copied(source: str | Path, title: str | None) -> str:
    path, name = Path(source), ""
    if not path.exists() and "@" in str(source):
        before, _, name = str(source).rpartition("@")
        path = Path(before)
    if not path.is_dir():
        raise UsageError(f"'{path}' is no folder.", way_out="Name a study folder, or STUDY@NAME for a frozen codebook.")
    other = open_folder(path)
    text = other.store.codebook_text
    if name:
        known = frozen(other)
        if name not in known:
            listed = f"Frozen there: {', '.join(known) or 'nothing yet'}."
            raise UnknownError(
                f"No codebook was frozen as '{name}'.", way_out=did_you_mean(name, known, otherwise=listed)
            )
        text = known[name]
    text = tree_of(text)
    return (
        re.sub(r"^title:.*$", lambda _: f"title: {scalar_text(title)}", text, count=1, flags=re.MULTILINE)
        if title
        else text
    )


def check(study: OpenStudy | str | Path, *, join: bool = False, repair: bool = False) -> pd.DataFrame:
    """Look at everything in a study's folder.

    Parameters
    ----------
    study : open study or path
        A path also where the study cannot be opened.
    join : bool
        First append what conflicted copies of journals add, and set the copies aside.
    repair : bool
        First apply journal lines that the codebook or a transcript does not show yet.

    Returns
    -------
    DataFrame
        ``level, file, line, what, way_out``: errors (what a view cannot count rightly,
        or a file that breaks a rule), then warnings (what a person should look at),
        then notices (what was assumed in reading).
    """
    path = study.folder if isinstance(study, OpenStudy) else find_study(Path(study))
    done = [*(_joined(path) if join else []), *(_repaired(path) if repair else [])]
    loaded = read_folder(path)
    found = [*choice_problems(loaded), *theme_problems(loaded), *look(loaded)]
    rows = [(each.level, each.file or None, each.line, each.what, each.way_out or None) for each in found]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    frame["line"] = frame["line"].astype("Int64")
    frame.attrs = {"unit": "problem", "coder": None, "notices": done, "lang": loaded.study.codebook.language}
    if isinstance(study, OpenStudy):
        study.refresh()
    return frame


def _joined(path: Path) -> list[str]:
    joined = StudyStore(path).join()
    said = [
        f"{number} operation{'' if number == 1 else 's'} of {coder} joined." for coder, number in joined.lines.items()
    ]
    said += joined.said
    return [*said, *(f"{file} set aside in codings/.aside." for file in joined.aside)] or ["There is nothing to join."]


def _repaired(path: Path) -> list[str]:
    steps = StudyStore(path).repair()
    return [f"{step.file}: applied operation {step.operation} of {step.coder}." for step in steps] or [
        "There is nothing to repair."
    ]
