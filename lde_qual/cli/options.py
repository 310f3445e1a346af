"""Options that many commands share, and how a table leaves the program."""

from __future__ import annotations

import sys
from argparse import SUPPRESS, ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from lde_qual.api.study import OpenStudy

FORMATS = ("table", "csv", "json", "md", "tex")
LANGUAGES = ("nl", "en")


def add_study(parser: ArgumentParser) -> None:
    """Let ``--study`` stand after the command too."""
    parser.add_argument("--study", metavar="DIR", default=SUPPRESS, help="the study folder")


def add_coder(parser: ArgumentParser, *, writes: bool = False) -> None:
    """Add ``--coder``."""
    what = "whose journal to write" if writes else "whose codings (default: the main coder)"
    parser.add_argument("--coder", metavar="NAME", help=what)


def add_lang(parser: ArgumentParser) -> None:
    """Add ``--lang``."""
    parser.add_argument("--lang", choices=LANGUAGES, help="language of headings (default: the codebook's)")


def add_rows(parser: ArgumentParser) -> None:
    """Add which codes a table has a row for."""
    parser.add_argument("--codes", metavar="A,B,…", help="exactly these codes, each with what is below it")
    parser.add_argument("--level", type=int, metavar="N", help="codes of depth N, and childless ones above it")


def add_whose(parser: ArgumentParser) -> None:
    """Add whose talk is counted, and in which transcripts."""
    parser.add_argument(
        "--with-interviewer", action="store_true", help="count the interviewer as a respondent of that name"
    )
    parser.add_argument("--coded-only", action="store_true", help="count over the transcripts that were coded only")


def add_table(parser: ArgumentParser) -> None:
    """Add how and where a table is printed."""
    parser.add_argument(
        "--format", choices=FORMATS, help="default: table, or what the ending of --out says (.csv .json .md .tex)"
    )
    parser.add_argument("--out", metavar="FILE", help="write the table to FILE instead of printing it")
    parser.add_argument(
        "--defuse", action="store_true", help="in csv, put ' before a text that a spreadsheet would run as a formula"
    )


def add_view(parser: ArgumentParser) -> None:
    """Add what every view takes."""
    add_study(parser)
    add_coder(parser)
    add_lang(parser)
    add_rows(parser)
    add_whose(parser)
    add_table(parser)


def add_aggregate(parser: ArgumentParser) -> None:
    """Add whether a code counts what is below it."""
    parser.add_argument(
        "--aggregate",
        action=BooleanOptionalAction,
        default=True,
        help="a code counts the union of its subtree (the default)",
    )


def add_draws(parser: ArgumentParser, option: str, *, default: int) -> None:
    """Add how often something is drawn by chance, and from which seed."""
    parser.add_argument("--draws", type=int, metavar="N", help=f"with {option}: how many draws (default {default})")
    parser.add_argument("--seed", type=int, metavar="S", help=f"with {option}: of the draws (default 1)")


def view_options(args: Namespace) -> dict[str, Any]:
    """Return the options of `add_view` as keywords of a view."""
    return {
        "coder": args.coder,
        "lang": args.lang,
        "codes": args.codes,
        "level": args.level,
        "with_interviewer": args.with_interviewer,
        "coded_only": args.coded_only,
    }


def say(*texts: str) -> None:
    """Say something beside the result, on stderr."""
    for text in texts:
        print(text, file=sys.stderr)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show on stderr how far long work is: call with how much is done, and of how much."""
    from tqdm import tqdm

    layout = "{desc:<20} {bar} {n_fmt}/{total_fmt}"
    with tqdm(desc=what, total=1, bar_format=layout, file=sys.stderr, leave=False, delay=1, disable=None) as bar:

        def told(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield told


def count(number: int, noun: str) -> str:
    """Return ``1 coding``, ``2 codings``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def show(frame: pd.DataFrame, args: Namespace, *, lang: str) -> None:
    """Print a table or write it to ``--out``, and say on stderr what must stand beside it."""
    from lde_qual.api.printing import print_table

    say(*dict.fromkeys(frame.attrs.get("notices", ())))
    text = print_table(frame, form=args.format, out=args.out, lang=lang, defuse=args.defuse)
    if args.out is None:
        print(text, end="")
    else:
        say(f"Wrote {count(len(frame), 'row')} to {args.out}.")


def written(study: OpenStudy, coder: str | None, ids: Sequence[str]) -> None:
    """Print the ids that a write returned, and say whose journal it went to."""
    for identifier in ids:
        print(identifier)
    writer = study.writer(coder)
    say(f"Journal of {writer} (codings/{writer}.jsonl).")
