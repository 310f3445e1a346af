"""What ``lde_qual.open_study`` returns: an open study with its tidy table at hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lde_qual.api import views
from lde_qual.api.inputs import Names
from lde_qual.api.study import OpenStudy
from lde_qual.api.typed import checked
from lde_qual.store.folder import find_study


class Study(OpenStudy):
    """An open study for notebooks and scripts."""

    @checked
    def codings(
        self,
        *,
        per: str = "coding",
        coder: str | None = None,
        codes: Names = None,
        level: int | None = None,
        with_interviewer: bool = False,
        coded_only: bool = False,
    ) -> pd.DataFrame:
        """Return the tidy table of codings (see `lde_qual.codings`)."""
        return views.codings(
            self,
            per=per,
            coder=coder,
            codes=codes,
            level=level,
            with_interviewer=with_interviewer,
            coded_only=coded_only,
        )


def open_study(path: str | Path = ".") -> Study:
    """Open a study folder.

    Parameters
    ----------
    path : path
        The folder, or one inside it: the nearest folder upward that holds a
        ``codebook.yaml`` is the study.

    Raises
    ------
    LdeQualError
        Where there is no study, or where a file breaks a rule so that no view could
        count it rightly; the message says which file and line.
    """
    return Study(find_study(Path(path)))
