"""``saturation``: new codes by interview."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import add_aggregate, add_view, show, view_options

ORDERS = ("date", "coding", "random")


def add_saturation(parser: ArgumentParser) -> None:
    """Add the options of ``saturation``."""
    parser.add_argument("--by", metavar="ATTR", help="an attribute, such as role")
    parser.add_argument("--order", choices=ORDERS, default="date", help="of the interviews (default: date)")
    add_aggregate(parser)
    parser.add_argument("--draws", type=int, metavar="N", help="with --order random: how many orders (default 1000)")
    parser.add_argument("--seed", type=int, metavar="S", help="with --order random: of the draws (default 1)")
    parser.add_argument(
        "--guest", action="store_true", help="base, runs and threshold of Guest, Namey and Chen (2020) instead"
    )
    parser.add_argument("--base", type=int, metavar="N", help="with --guest: interviews at the beginning (default 4)")
    parser.add_argument("--run", type=int, metavar="N", dest="run_length", help="with --guest: in a run (default 2)")
    parser.add_argument("--threshold", type=float, metavar="F", help="with --guest: a fraction (default 0.05)")
    add_view(parser)


def saturation(args: Namespace) -> int:
    """Print how many codes each interview gave that none before it had."""
    from lde_qual.api.saturation import saturation as count
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = count(
        study,
        by=args.by,
        order=args.order,
        aggregate=args.aggregate,
        draws=args.draws,
        seed=args.seed,
        guest=args.guest,
        base=args.base,
        run=args.run_length,
        threshold=args.threshold,
        **(view_options(args) | {"coded_only": True}),
    )
    show(frame, args, lang=language(study, args.lang))
    return 0
