"""``agreement``: how far coders agree, and where they do not."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import add_aggregate, add_lang, add_rows, add_study, add_table, say, show, written

UNITS = ("character", "sentence", "turn", "respondent")


def add_agreement(parser: ArgumentParser) -> None:
    """Add the options of ``agreement``."""
    add_study(parser)
    parser.add_argument("--coders", metavar="A,B[,C]", help="two coders or more (default: everyone who coded)")
    parser.add_argument("--unit", choices=UNITS, default="character", help="on what each coder decides")
    add_aggregate(parser)
    add_lang(parser)
    add_rows(parser)
    parser.add_argument("--seed", type=int, metavar="S", default=1, help="of the draws behind low and high (default 1)")
    parser.add_argument("--disagreements", action="store_true", help="list what one has at a code and another has not")
    parser.add_argument("--suggested", action="store_true", help="only what suggestions led to, left out otherwise")
    parser.add_argument("--intracoder", action="store_true", help="two passes of one coder: NAME and NAME-herlezing")
    add_table(parser)


def agreement(args: Namespace) -> int:
    """Print how far coders agree per code, or the list of what they have to settle."""
    from lde_qual.api.agreement import agreement as measure
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = measure(
        study,
        coders=args.coders,
        unit=args.unit,
        aggregate=args.aggregate,
        codes=args.codes,
        level=args.level,
        seed=args.seed,
        disagreements=args.disagreements,
        suggested=args.suggested,
        intracoder=args.intracoder,
    )
    show(frame, args, lang=language(study, args.lang))
    return 0


def add_settle(parser: ArgumentParser) -> None:
    """Add the options of ``settle``."""
    parser.add_argument(
        "decisions", metavar="FILE.csv", nargs="?", help="the list of disagreements, with a column 'decision'"
    )
    parser.add_argument("--coders", metavar="A,B[,C]", help="who were compared (default: everyone who coded)")
    parser.add_argument("--coder", metavar="NAME", help="whose journal the result goes to (default: consensus)")
    add_study(parser)


def settle(args: Namespace) -> int:
    """Write what coders have alike, and what they decided where they differ, for a consensus coder."""
    from lde_qual.api.settling import consensus_coder
    from lde_qual.api.settling import settle as write
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    ids = write(study, args.decisions, coders=args.coders, coder=args.coder, notice=say)
    written(study, consensus_coder(args.coder), ids)
    return 0
