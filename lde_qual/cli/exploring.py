"""Exploration: ``likeness`` of respondents and codes, and their ``timeline``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import add_view, say, show, view_options

OF = ("respondents", "codes")
MEASURES = ("jaccard", "sorensen", "pearson")
LINKAGES = ("average", "complete", "single")
POSITIONS = ("words", "minutes")
LIKENESS_TABLES = ("pairs", "clusters", "map", "tree")


def add_plot(parser: ArgumentParser, what: str) -> None:
    """Add where a picture goes."""
    parser.add_argument("--plot", metavar="FILE", help=f"draw {what} too, as .png or .svg")


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
