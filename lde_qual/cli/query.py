"""Passages that match an expression."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import (
    add_aggregate,
    add_coder,
    add_lang,
    add_study,
    add_table,
    count,
    progress_bar,
    say,
    show,
    written,
)


def add_query(parser: ArgumentParser) -> None:
    """Add the options of ``query``."""
    parser.add_argument("expr", metavar="EXPR", help="such as: 'traject-pop & role=vdab', '\"vijf jaar\" | lemma:kind'")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--count", action="store_true", help="how much was found")
    what.add_argument("--quotes", action="store_true", help="the passages with their citation (the default)")
    what.add_argument("--code", metavar="C", help="code every passage at C, in one step that one undo takes back")
    parser.add_argument("--by", metavar="ATTR", help="with --count: an attribute to divide by")
    parser.add_argument("--public", action="store_true", help="cite in the coarser form")
    add_aggregate(parser)
    add_study(parser)
    add_coder(parser)
    add_lang(parser)
    parser.add_argument("--with-interviewer", action="store_true", help="ask what the interviewer says too")
    parser.add_argument("--coded-only", action="store_true", help="ask the transcripts that were coded only")
    add_table(parser)


def query(args: Namespace) -> int:
    """Print, count or code the passages that match an expression."""
    from lde_qual.api import query as asking
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    before = set(study.model.state(study.writer(args.coder)).codings) if args.code else set()
    with progress_bar("Lemmas") as progress:
        found = asking.query(
            study,
            args.expr,
            count=args.count,
            quotes=args.quotes,
            code=args.code,
            by=args.by,
            aggregate=args.aggregate,
            public=args.public,
            coder=args.coder,
            lang=args.lang,
            with_interviewer=args.with_interviewer,
            coded_only=args.coded_only,
            progress=progress,
        )
    if not isinstance(found, list):
        show(found, args, lang=language(study, args.lang))
        return 0
    written(study, args.coder, found)
    fresh = len(set(found) - before)
    back = "; one `lde-qual undo` takes all back" if fresh else ""
    say(f"{count(fresh, 'coding')} written, {len(found) - fresh} there already{back}.")
    return 0
