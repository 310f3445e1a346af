"""Exploration: what is alike, where in an interview codes stand, which go together, and a page with all of it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import lde_qual
from lde_qual.analysis.facts import Facts
from lde_qual.analysis.likeness import Likeness
from lde_qual.analysis.likeness import likeness as compare
from lde_qual.analysis.network import LEAST
from lde_qual.analysis.network import network as pairs_of
from lde_qual.analysis.timeline import timeline as stretches
from lde_qual.api.drawing import drawing_file, save_drawing
from lde_qual.api.inputs import Names, go_with
from lde_qual.api.printing import write_text
from lde_qual.api.study import OpenStudy, language, listed
from lde_qual.api.views import facts_of
from lde_qual.errors import UsageError
from lde_qual.reporting.contents import main_codes
from lde_qual.reporting.exploring import draw_likeness, draw_network, draw_timeline
from lde_qual.reporting.exploring_page import exploring_page

TABLES = ("pairs", "clusters", "map", "tree")
DRAWN = ("map", "tree")
PICTURES = ("network", "sankey")
PAGE = "exploration.html"


def likeness(  # noqa: PLR0913 - every option of the command is a keyword of the same name
    study: OpenStudy,
    *,
    of: str = "respondents",
    measure: str = "jaccard",
    linkage: str = "average",
    table: str = "pairs",
    clusters: int | None = None,
    plot: str | Path | None = None,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Compare respondents by the codes they name, or codes by the turns that carry them.

    Parameters
    ----------
    of : str
        ``respondents`` or ``codes``. Without `codes` or `level`, respondents are compared
        by all codes, and codes are those of overview and figures.
    measure : str
        ``jaccard``, ``sorensen`` or ``pearson``; see `analysis.likeness.likeness`.
    linkage : str
        Of clusters and tree: ``average``, ``complete`` or ``single``.
    table : str
        ``pairs``; ``clusters``, with how many; ``map``; ``tree``.
    clusters : int, optional
        With ``table="clusters"``: how many.
    plot : path, optional
        Where to draw the map or the tree, a .png or .svg.
    coder, codes, level, with_interviewer, coded_only
        As for every view.

    Returns
    -------
    DataFrame
        ``a, b, n_a, n_b, n_ab, n, likeness``; ``item, cluster``; ``item, x, y``, with the
        stress in ``attrs["stress"]``; or ``join, a, b, height, items``.

    Raises
    ------
    LdeQualError
        For an option that does not fit, and fewer than three things to cluster or draw.
    """
    spoken = language(study, lang)
    _check(table, clusters, plot)
    file = drawing_file(plot) if plot is not None else None
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    found = compared(facts, of=of, measure=measure, linkage=linkage, codes=listed(codes), level=level)
    if file is not None:
        save_drawing(file, draw_likeness(found, table, lang=spoken))
    return _tables(found, table, clusters)


def compared(
    facts: Facts, *, of: str, measure: str, linkage: str, codes: list[str] | None, level: int | None
) -> Likeness:
    """Compare respondents or codes; without `codes` or `level`, codes are those of overview and figures."""
    if of == "codes" and codes is None and level is None:
        codes = main_codes(facts)
    return compare(facts, of=of, measure=measure, linkage=linkage, codes=codes, level=level)


def _check(table: str, clusters: int | None, plot: str | Path | None) -> None:
    if table not in TABLES:
        raise UsageError(f"There is no table '{table}' of likeness.", way_out=f"Use one of {', '.join(TABLES)}.")
    if table == "clusters" and clusters is None:
        raise UsageError("--table clusters does not say how many.", way_out="Add --clusters K.")
    go_with("--table clusters", {"clusters": clusters}, given=table == "clusters")
    go_with("--table map or --table tree", {"plot": plot}, given=table in DRAWN)


def _tables(found: Likeness, table: str, clusters: int | None) -> pd.DataFrame:
    if table == "clusters":
        return found.clusters(clusters or 0)
    if table == "tree":
        return found.tree()
    if table == "map":
        frame, stress = found.map()
        frame.attrs["stress"] = stress
        return frame
    return found.pairs()


def timeline(
    study: OpenStudy,
    *,
    transcript: Names = None,
    position: str | None = None,
    plot: str | Path | None = None,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Return where in each interview each code stands (see `analysis.timeline.timeline`).

    Parameters
    ----------
    transcript : str or iterable of str, optional
        Which interviews; all unless given.
    position : str, optional
        ``words`` or ``minutes``; minutes where all these interviews have time stamps.
    plot : path, optional
        Where to draw the stripes, a .png or .svg.
    codes, level
        Those of overview and figures unless given.

    Raises
    ------
    LdeQualError
        For an option that does not fit, and more interviews to draw than stand side by side.
    """
    spoken = language(study, lang)
    file = drawing_file(plot) if plot is not None else None
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    chosen = main_codes(facts) if codes is None and level is None else listed(codes)
    frame = stretches(facts, transcripts=listed(transcript), codes=chosen, level=level, position=position)
    if file is not None:
        save_drawing(file, draw_timeline(facts, frame, lang=spoken))
    return frame


def network(
    study: OpenStudy,
    *,
    least: int = LEAST,
    picture: str | None = None,
    plot: str | Path | None = None,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> pd.DataFrame:
    """Return the pairs of codes that at least so many turns carry both (see `analysis.network.network`).

    Parameters
    ----------
    least : int
        The threshold, which stands on the picture.
    picture : str, optional
        With `plot`: ``network`` (unless given) or ``sankey``.
    plot : path, optional
        Where to draw them, a .png or .svg.
    codes, level
        Those of overview and figures unless given.

    Raises
    ------
    LdeQualError
        For an option that does not fit.
    """
    spoken = language(study, lang)
    go_with("--plot", {"picture": picture}, given=plot is not None)
    if picture is not None and picture not in PICTURES:
        raise UsageError(f"There is no picture '{picture}'.", way_out=f"Use {' or '.join(PICTURES)}.")
    file = drawing_file(plot) if plot is not None else None
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    chosen = main_codes(facts) if codes is None and level is None else listed(codes)
    frame = pairs_of(facts, least=least, codes=chosen, level=level)
    if file is not None:
        save_drawing(file, draw_network(facts, frame, picture or "network", lang=spoken))
    return frame


def explore(
    study: OpenStudy,
    *,
    out: str | Path = PAGE,
    measure: str = "jaccard",
    linkage: str = "average",
    least: int = LEAST,
    coder: str | None = None,
    lang: str | None = None,
    codes: Names = None,
    level: int | None = None,
    with_interviewer: bool = False,
    coded_only: bool = False,
) -> Path:
    """Write the page to explore by, one html file, and return where it is.

    Parameters
    ----------
    out : path
        Of the page; its name ends in .html.
    measure, linkage
        Of likeness; see `likeness`.
    least : int
        Of network and Sankey diagram; see `network`.
    codes, level
        Those of overview and figures unless given; respondents are then compared by all.

    Raises
    ------
    LdeQualError
        For an option that does not fit, and a file that cannot be written.
    """
    spoken, file = language(study, lang), Path(out)
    if file.suffix.lower() != ".html":
        raise UsageError(f"{out} is no page.", way_out="Let its name end in .html.")
    facts = facts_of(study, coder=coder, with_interviewer=with_interviewer, coded_only=coded_only)
    chosen = listed(codes)
    shown = main_codes(facts) if chosen is None and level is None else chosen
    how = {"measure": measure, "linkage": linkage}
    page = exploring_page(
        facts,
        likenesses=(
            compared(facts, of="respondents", codes=chosen, level=level, **how),
            compared(facts, of="codes", codes=chosen, level=level, **how),
        ),
        stretches=stretches(facts, codes=shown, level=level),
        pairs=pairs_of(facts, least=least, codes=shown, level=level),
        lang=spoken,
        version=lde_qual.__version__,
    )
    write_text(str(file), page)
    return file
