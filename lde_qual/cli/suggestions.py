"""``suggest`` and ``evaluate``: codes proposed for passages, and how good that is."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from lde_qual.cli.options import LANGUAGES, add_coder, add_study, add_table, progress_bar, say, show

ORDERS = ("transcript", "confidence", "uncertainty")
UNITS = ("sentence", "turn", "passage")
TABLES = ("codes", "summary", "calibration", "coverage", "learning-curve", "decisions", "effect")


_SCORING = ("unit", "coder", "codes", "method", "seed", "lang")
_ASKING = ("model_url", "model", "send_text_to")


def _add_scoring(parser: ArgumentParser) -> None:
    add_study(parser)
    add_coder(parser)
    parser.add_argument("--unit", choices=UNITS, default="passage", help="how talk is cut (default: passage)")
    parser.add_argument(
        "--codes",
        metavar="A,B,…",
        help="only these codes to choose from; one counts for what is below it and not named",
    )
    parser.add_argument("--method", metavar="NAME", default="learned", help="the scorer (default: learned)")
    parser.add_argument("--seed", type=int, metavar="S", default=1, help="of what is drawn by chance (default 1)")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of headings and reasons (default: the codebook's)")


def _add_common(parser: ArgumentParser) -> None:
    _add_scoring(parser)
    parser.add_argument(
        "--model-url", metavar="URL", help="ask a language model on this machine too (OpenAI's interface)"
    )
    parser.add_argument("--model", metavar="NAME", help="the language model's name there")
    parser.add_argument(
        "--send-text-to", metavar="HOST", help="a host other than this machine that may get interview text"
    )


def _options(args: Namespace, *names: str) -> dict[str, Any]:
    """Return options as keywords of the function that the command calls."""
    return {name: getattr(args, name) for name in names}


def add_suggest(parser: ArgumentParser) -> None:
    """Add the options of ``suggest``."""
    _add_common(parser)
    parser.add_argument("--without", metavar="A,B,…", help="codes that are not to be proposed themselves")
    parser.add_argument("--transcript", metavar="T", help="only this transcript")
    parser.add_argument("--top", type=int, metavar="K", default=3, help="codes a passage at most (default 3)")
    parser.add_argument("--all", action="store_true", help="every passage, also coded ones and those without a code")
    parser.add_argument("--order", choices=ORDERS, default="transcript", help="how passages come (default: transcript)")
    add_table(parser)


def add_evaluate(parser: ArgumentParser) -> None:
    """Add the options of ``evaluate``."""
    _add_common(parser)
    parser.add_argument("--level", type=int, metavar="N", help="codes of depth N, and childless ones above it")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--summary", action="store_true", help="measures of the whole, with intervals and baselines")
    which.add_argument("--table", choices=TABLES, help="another table of the same evaluation")
    parser.add_argument("--bar", type=float, metavar="F", help="say which codes have an F1 below F (0 to 1)")
    parser.add_argument("--plot", metavar="FILE", help="draw the calibration or the learning curve, .png or .svg")
    parser.add_argument("--test", metavar="T.jsonl", help="passages from outside the study, an object a line")
    parser.add_argument("--train", metavar="F.jsonl", help="with --test: labelled passages to learn from")
    parser.add_argument("--predictions", metavar="OUT.jsonl", help="with --test: write what is said of each passage")
    add_table(parser)


def suggest(args: Namespace) -> int:
    """Propose codes for passages that are not coded yet, each with its reason."""
    from lde_qual.api.study import language, open_folder
    from lde_qual.api.suggesting import suggest as propose

    study = open_folder(args.study)
    with progress_bar("reading") as progress:
        frame = propose(
            study,
            **_options(args, "transcript", "top", "all", "order", "without", *_SCORING, *_ASKING),
            progress=progress,
            notice=say,
        )
    show(frame, args, lang=language(study, args.lang))
    return 0


def evaluate(args: Namespace) -> int:
    """Say how good the suggestions are, every passage judged as if its respondent were new."""
    from lde_qual.api.evaluating import evaluate as judge
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    with progress_bar("judging") as progress:
        frame = judge(
            study,
            **_options(args, "summary", "table", "test", "train", "level", "predictions", "bar", "plot"),
            **_options(args, *_SCORING, *_ASKING),
            progress=progress,
            notice=say,
        )
    if args.predictions:
        say(f"Wrote what is said of each passage to {args.predictions}.")
    if frame is not None:
        show(frame, args, lang=language(study, args.lang))
    return 0


def add_second_look(parser: ArgumentParser) -> None:
    """Add the options of ``second-look``."""
    _add_scoring(parser)
    add_table(parser)


def second_look(args: Namespace) -> int:
    """List passages to read once more: coded otherwise than expected, or like coded ones without a code."""
    from lde_qual.api.reviewing import second_look as reread
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    with progress_bar("judging") as progress:
        frame = reread(study, **_options(args, *_SCORING), progress=progress)
    show(frame, args, lang=language(study, args.lang))
    return 0
