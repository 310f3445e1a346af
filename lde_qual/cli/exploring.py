"""Exploration: ``likeness``, ``timeline``, ``network``, and the page ``explore`` with all of them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import (
    add_coder,
    add_lang,
    add_rows,
    add_study,
    add_view,
    add_whose,
    say,
    show,
    view_options,
)

OF = ("respondents", "codes")
MEASURES = ("jaccard", "sorensen", "pearson")
LINKAGES = ("average", "complete", "single")
POSITIONS = ("words", "minutes")
PICTURES = ("network", "sankey")
PAGE = "exploration.html"
LIKENESS_TABLES = ("pairs", "clusters", "map", "tree")


def add_plot(parser: ArgumentParser, what: str) -> None:
    """Add where a picture goes."""
    parser.add_argument("--plot", metavar="FILE", help=f"draw {what} too, as .png or .svg")


def _add_measures(parser: ArgumentParser) -> None:
    parser.add_argument("--measure", choices=MEASURES, default="jaccard", help="of likeness (default: jaccard)")
    parser.add_argument("--linkage", choices=LINKAGES, default="average", help="of clusters, tree (default: average)")


def _add_least(parser: ArgumentParser) -> None:
    parser.add_argument("--least", type=int, metavar="N", default=2, help="turns that a pair shares (default 2)")


def drawn(plot: str | None) -> None:
    """Say where a picture went."""
    if plot:
        say(f"Drawn in {plot}.")


def add_likeness(parser: ArgumentParser) -> None:
    """Add the options of ``likeness``."""
    parser.add_argument("--of", choices=OF, default="respondents", help="what is compared (default: respondents)")
    parser.add_argument("--measure", choices=MEASURES, default="jaccard", help="of likeness (default: jaccard)")
    parser.add_argument(
        "--linkage", choices=LINKAGES, default="average", help="of clusters and tree (default: average)"
    )
    parser.add_argument("--table", choices=LIKENESS_TABLES, default="pairs", help="what is told (default: pairs)")
    parser.add_argument("--clusters", type=int, metavar="K", help="with --table clusters: how many")
    add_plot(parser, "--table map or tree")
    add_view(parser)


def likeness(args: Namespace) -> int:
    """Print how alike respondents are in what they name, or codes in where they stand."""
    from lde_qual.api.exploring import likeness as compare
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = compare(
        study,
        of=args.of,
        measure=args.measure,
        linkage=args.linkage,
        table=args.table,
        clusters=args.clusters,
        plot=args.plot,
        **view_options(args),
    )
    show(frame, args, lang=language(study, args.lang))
    drawn(args.plot)
    return 0


def add_timeline(parser: ArgumentParser) -> None:
    """Add the options of ``timeline``."""
    parser.add_argument("--transcript", metavar="T[,T]", help="only these interviews (default: all)")
    parser.add_argument(
        "--position", choices=POSITIONS, help="in an interview (default: minutes where all have stamps, else words)"
    )
    add_plot(parser, "the stripes")
    add_view(parser)


def timeline(args: Namespace) -> int:
    """Print where in each interview each code stands."""
    from lde_qual.api.exploring import timeline as lay
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = lay(study, transcript=args.transcript, position=args.position, plot=args.plot, **view_options(args))
    show(frame, args, lang=language(study, args.lang))
    drawn(args.plot)
    return 0


def add_network(parser: ArgumentParser) -> None:
    """Add the options of ``network``."""
    _add_least(parser)
    parser.add_argument("--picture", choices=PICTURES, help="with --plot: which (default: network)")
    add_plot(parser, "the pairs")
    add_view(parser)


def network(args: Namespace) -> int:
    """Print the pairs of codes that go together often enough to be drawn."""
    from lde_qual.api.exploring import network as pairs
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = pairs(study, least=args.least, picture=args.picture, plot=args.plot, **view_options(args))
    show(frame, args, lang=language(study, args.lang))
    drawn(args.plot)
    return 0


def add_explore(parser: ArgumentParser) -> None:
    """Add the options of ``explore``."""
    parser.add_argument("--out", metavar="FILE.html", default=PAGE, help=f"the page (default: {PAGE})")
    _add_measures(parser)
    _add_least(parser)
    add_study(parser)
    add_coder(parser)
    add_lang(parser)
    add_rows(parser)
    add_whose(parser)


def explore(args: Namespace) -> int:
    """Write a page of pictures to explore by, which is no part of the report."""
    from lde_qual.api.exploring import explore as write
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    how = {"measure": args.measure, "linkage": args.linkage, "least": args.least}
    print(write(study, out=args.out, **how, **view_options(args)))
    return 0
