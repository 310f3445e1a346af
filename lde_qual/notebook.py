"""The coding page in a cell of a notebook: the page of ``lde-qual code``, with the kernel in place of its server.

What is said in the interviews goes to the browser in messages alone. A widget's synced
state is saved with the notebook, so nothing of the study is ever in it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lde_qual.api.fitting import Fitter
from lde_qual.api.study import OpenStudy
from lde_qual.errors import MissingError
from lde_qual.workbench.bundle import widget_module
from lde_qual.workbench.desk import Desk
from lde_qual.workbench.messages import FAULT, answered, asked_as

try:
    import anywidget
except ImportError as error:
    raise MissingError(
        f"The coding page in a notebook needs anywidget, which cannot be loaded here: {error}.",
        way_out='Install it with `python -m pip install "lde-qual[notebook]"`, then restart the kernel.',
    ) from error


@cache
def _fitter() -> Fitter:
    """Return the one process of this kernel that suggestions are worked out in: cells are run again and again."""
    return Fitter()


class CodingPage(anywidget.AnyWidget):
    """The coding page of one study for one coder, as a widget (see `coding_page`)."""

    _esm = widget_module()

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        super().__init__()
        self.on_msg(self._asked)

    def __repr__(self) -> str:
        # Kept in the notebook as what the cell shows where no widget can be shown.
        return f"<coding page of {self._desk.coder}: run the cell to open it>"

    def _asked(self, _widget: object, message: Any, _buffers: object) -> None:
        try:
            answer = answered(self._desk, message)
        except Exception:
            self.send({"id": asked_as(message), "ok": False, "error": FAULT})
            raise
        self.send(answer)


def coding_page(
    study: OpenStudy | str | Path = ".",
    *,
    transcript: str | None = None,
    coder: str | None = None,
    second_pass: bool = False,
    lang: str | None = None,
) -> CodingPage:
    """Show the coding page in a cell: make this the last line of it.

    The page reads and writes the study folder by itself, as ``lde-qual code`` does, each
    step durable before the page counts it as saved. Call ``study.refresh()`` before you
    count what was coded on it.

    Parameters
    ----------
    study : Study or path
        An open study, or its folder.
    transcript : str, optional
        The transcript to open first.
    coder : str, optional
        Whose journal is written (see `OpenStudy.writer`).
    second_pass : bool
        Code anew in that coder's second pass, a journal of its own that hides the first.
    lang : {"nl", "en"}, optional
        Language of the page; else the codebook's.

    Raises
    ------
    LdeQualError
        Where there is no such study, transcript or language, or nobody is named as the coder.

    Notes
    -----
    Nothing of the interviews is saved with the notebook, with its widget state either. In
    JupyterLab other notebooks and extensions share the browser page, so what they run could
    read the text; the page of ``lde-qual code`` stands apart from them.
    """
    folder = study.folder if isinstance(study, OpenStudy) else study
    return CodingPage(Desk(str(folder), coder=coder, second=second_pass, lang=lang, fitter=_fitter(), opens=transcript))
