"""Why a number changed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import add_coder, add_lang, add_rows, add_study, add_table, show
from lde_qual.cli.views import RESULT_UNITS

TABLES = ("frequency", "matrix", "cooccurrence", "overview", "quotes")


def add_diff(parser: ArgumentParser) -> None:
    """Add the options of ``diff``."""
    what = "a date (2026-03-01), a folder that holds a study, a git revision, or now"
    parser.add_argument("from_", metavar="FROM", help=what)
    parser.add_argument("to", metavar="TO", nargs="?", default="now", help="the same (default: now)")
    parser.add_argument("--table", metavar="NAME,…", help=f"only these tables ({', '.join(TABLES)})")
    parser.add_argument("--by", metavar="ATTR,…", help="attributes and dimensions (default: role and every dimension)")
    parser.add_argument("--unit", choices=RESULT_UNITS, default="respondents", help="what frequency and matrix count")
    parser.add_argument("--rows", metavar="X", help="of the matrix (default: code)")
    parser.add_argument("--cols", metavar="Y", help="of the matrix (default: respondent)")
    add_study(parser)
    add_coder(parser)
    add_lang(parser)
    add_rows(parser)
    parser.add_argument(
        "--with-interviewer", action="store_true", help="count the interviewer as a respondent of that name"
    )
    add_table(parser)


def diff(args: Namespace) -> int:
    """Print the cells that changed between two states, and the operations that moved them."""
    from lde_qual.api import diff as comparing
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = comparing.diff(
        study,
        args.from_,
        args.to,
        table=args.table,
        by=args.by,
        unit=args.unit,
        rows=args.rows,
        cols=args.cols,
        coder=args.coder,
        lang=args.lang,
        codes=args.codes,
        level=args.level,
        with_interviewer=args.with_interviewer,
    )
    show(frame, args, lang=language(study, args.lang))
    return 0
