"""The views: tables of what a study comes to."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import add_aggregate, add_draws, add_view, count, say, show, view_options

RESULT_UNITS = ("respondents", "segments", "turns", "words", "transcripts")
TESTS = ("fisher", "permutation")
CORRECTIONS = ("holm", "bh", "none")
MEASURES = ("n_ab", "jaccard", "p_b_given_a", "p_a_given_b", "lift")
PAIR_UNITS = ("overlap", "turn", "near", "respondent", "transcript")


def add_codings(parser: ArgumentParser) -> None:
    """Add the options of ``codings``."""
    parser.add_argument("--per", choices=("coding", "turn"), default="coding", help="one row a coding, or a turn of it")
    add_view(parser)


def codings(args: Namespace) -> int:
    """Print the tidy table of codings."""
    from lde_qual.api import views
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    show(views.codings(study, per=args.per, **view_options(args)), args, lang=language(study, args.lang))
    return 0


def add_frequency(parser: ArgumentParser) -> None:
    """Add the options of ``frequency``."""
    parser.add_argument(
        "--by", metavar="ATTR[,ATTR]", help="one or two attributes or dimensions, such as role,richting"
    )
    parser.add_argument("--unit", choices=RESULT_UNITS, default="respondents", help="what is counted")
    add_aggregate(parser)
    parser.add_argument("--test", choices=TESTS, help="say instead whether the groups of --by differ, with a p-value")
    parser.add_argument("--correction", choices=CORRECTIONS, help="with --test: for many tests (default: holm)")
    add_draws(parser, "--test permutation", default=9999)
    add_view(parser)


def frequency(args: Namespace) -> int:
    """Print counts per code and group."""
    from lde_qual.api import views
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = views.frequency(
        study,
        by=args.by,
        unit=args.unit,
        aggregate=args.aggregate,
        test=args.test,
        correction=args.correction,
        draws=args.draws,
        seed=args.seed,
        **view_options(args),
    )
    show(frame, args, lang=language(study, args.lang))
    return 0


def add_matrix(parser: ArgumentParser) -> None:
    """Add the options of ``matrix``."""
    sides = "code, respondent, transcript, an attribute or a dimension, or two but code"
    parser.add_argument("--rows", metavar="X[,Z]", default="code", help=f"{sides} (default: code)")
    parser.add_argument("--cols", metavar="Y[,Z]", default="role", help=f"{sides} (default: role)")
    parser.add_argument("--unit", choices=RESULT_UNITS, default="respondents", help="what is counted")
    parser.add_argument(
        "--normalise",
        choices=("row", "column", "length", "none"),
        default="none",
        help="divide by the row's or column's own count, or by the words that the group says",
    )
    parser.add_argument("--wide", action="store_true", help="as a matrix: a row for each of --rows, a column of --cols")
    add_view(parser)


def matrix(args: Namespace) -> int:
    """Print any two of codes, respondents, transcripts, attributes and dimensions against each other."""
    from lde_qual.api import views
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = views.matrix(
        study,
        rows=args.rows,
        cols=args.cols,
        unit=args.unit,
        normalise=args.normalise,
        wide=args.wide,
        **view_options(args),
    )
    show(frame, args, lang=language(study, args.lang))
    return 0


def add_cooccurrence(parser: ArgumentParser) -> None:
    """Add the options of ``cooccurrence``."""
    parser.add_argument("--unit", choices=PAIR_UNITS, default="turn", help="in what two codes go together")
    parser.add_argument("--within", type=int, metavar="K", help="with --unit near: at most K turns away (default 1)")
    parser.add_argument("--by", metavar="ATTR", help="an attribute or a dimension")
    add_aggregate(parser)
    parser.add_argument("--test", action="store_true", help="add what chance within respondents would give")
    parser.add_argument("--correction", choices=CORRECTIONS, help="with --test: for many tests (default: holm)")
    parser.add_argument("--difference", action="store_true", help="with --by: each two groups against each other")
    parser.add_argument("--passages", metavar="A,B", help="list the passages behind the cell of these two codes")
    parser.add_argument(
        "--wide", nargs="?", const="n_ab", choices=MEASURES, help="as a matrix of codes by codes (default: n_ab)"
    )
    add_view(parser)


def cooccurrence(args: Namespace) -> int:
    """Print how often each two codes go together."""
    from lde_qual.api import views
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = views.cooccurrence(
        study,
        unit=args.unit,
        within=args.within,
        by=args.by,
        aggregate=args.aggregate,
        test=args.test,
        correction=args.correction,
        difference=args.difference,
        passages=args.passages,
        wide=args.wide,
        **view_options(args),
    )
    show(frame, args, lang=language(study, args.lang))
    return 0


def add_overview(parser: ArgumentParser) -> None:
    """Add the options of ``overview``."""
    parser.add_argument("--public", action="store_true", help="cite in the coarser form")
    parser.add_argument(
        "--sheet", action="store_true", help="as a paper prints it: one row a factor; --out .html .docx .xlsx"
    )
    parser.add_argument("--by", metavar="ATTR", help="with --sheet: an attribute (default: role)")
    parser.add_argument("--merge", metavar="A+B[,C+D]", help="with --sheet: groups taken together")
    add_view(parser)


def overview(args: Namespace) -> int:
    """Print factors, their direction, who names them and a voice for and against."""
    from lde_qual.api import views
    from lde_qual.api.inputs import go_with
    from lde_qual.api.sheets import sheet, write_sheet, written_as
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    lang = language(study, args.lang)
    go_with("--sheet", {"by": args.by, "merge": args.merge}, given=args.sheet)
    if not args.sheet:
        show(views.overview(study, public=args.public, **view_options(args)), args, lang=lang)
        return 0
    by = args.by or "role"
    frame = sheet(study, by=by, merge=args.merge, public=args.public, **view_options(args))
    say(*frame.attrs["foot"])
    if written_as(args.out, args.format):
        say(*dict.fromkeys(frame.attrs["notices"]))
        write_sheet(study, frame, args.out, by=by, lang=lang)
        say(f"Wrote {count(len(frame), 'row')} to {args.out}.")
    else:
        show(frame, args, lang=lang)
    return 0


def add_framework(parser: ArgumentParser) -> None:
    """Add the options of ``framework``."""
    parser.add_argument("--cells", choices=("memos", "quotes", "count"), default="memos", help="what fills a cell")
    parser.add_argument("--per-cell", type=int, metavar="K", default=2, help="at most K texts a cell (default 2)")
    add_view(parser)


def framework(args: Namespace) -> int:
    """Print what each respondent says of each theme: memos, else quotes."""
    from lde_qual.api.sheets import framework as table
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = table(study, cells=args.cells, per_cell=args.per_cell, **view_options(args))
    show(frame, args, lang=language(study, args.lang))
    return 0


def add_quotes(parser: ArgumentParser) -> None:
    """Add the options of ``quotes``."""
    parser.add_argument("--code", metavar="C", help="only this code and what is below it")
    parser.add_argument("--role", metavar="R", help="only quotes in which someone of this role speaks")
    parser.add_argument("--per-code", type=int, metavar="K", help="at most K of each code, varied over respondents")
    parser.add_argument("--public", action="store_true", help="cite in the coarser form")
    parser.add_argument("--against", action="store_true", help="only who says the contrary of most of their role")
    parser.add_argument("--context", type=int, metavar="K", help="add K turns before and after each quote")
    parser.add_argument("--balance", action="store_true", help="say instead whose quotes these are")
    add_view(parser)


def quotes(args: Namespace) -> int:
    """Print quotes with their citation."""
    from lde_qual.api import views
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = views.quotes(
        study,
        code=args.code,
        role=args.role,
        per_code=args.per_code,
        public=args.public,
        against=args.against,
        context=args.context,
        balance=args.balance,
        **view_options(args),
    )
    show(frame, args, lang=language(study, args.lang))
    return 0
