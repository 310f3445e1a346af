"""``verify-quotes``: the quotes of a paper, found again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import add_lang, add_study, add_table, count, say, show


def add_verify_quotes(parser: ArgumentParser) -> None:
    """Add the options of ``verify-quotes``."""
    parser.add_argument("file", metavar="FILE", help="your text: .docx, .md or .tex")
    add_study(parser)
    parser.add_argument("--all", action="store_true", help="also the quotes that are right")
    add_lang(parser)
    add_table(parser)


def verify_quotes(args: Namespace) -> int:
    """Find each quote of a text again: who said it, under what label, and every edit."""
    from lde_qual.api.study import language, open_folder
    from lde_qual.api.verifying import FAULTS
    from lde_qual.api.verifying import verify_quotes as verify

    study = open_folder(args.study)
    every = verify(study, args.file, lang=args.lang)
    wrong = int(every["status"].isin(FAULTS).sum())
    shown = every if args.all else every[every["status"] != "right"]
    shown.attrs = every.attrs
    show(shown, args, lang=language(study, args.lang))
    say(f"{count(len(every), 'quote')} looked up, {wrong} to mend.")
    return 1 if wrong else 0
