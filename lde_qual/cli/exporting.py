"""Files for others."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import add_lang, add_study, count, progress_bar, say

FORMATS = ("docx",)


def add_export(parser: ArgumentParser) -> None:
    """Add the options of ``export``."""
    parser.add_argument("form", metavar="FORMAT", choices=FORMATS, help="docx: Word, with the codings as comments")
    parser.add_argument("out", metavar="OUT", help="a .docx file for one transcript, else a folder")
    parser.add_argument("--transcript", metavar="T", help="only this transcript")
    parser.add_argument("--coder", metavar="NAME", help="whose codings (default: the main coder); all: everyone's")
    parser.add_argument("--codes", metavar="A,B,…", help="only these codes and what is below them")
    parser.add_argument("--public", action="store_true", help="name who speaks in the coarser form")
    add_lang(parser)
    add_study(parser)


def export(args: Namespace) -> int:
    """Write transcripts as Word documents, for a supervisor, with every coding as a comment."""
    from lde_qual.api import exporting
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    with progress_bar("export") as progress:
        result = exporting.export(
            study,
            args.form,
            args.out,
            transcript=args.transcript,
            coder=args.coder,
            codes=args.codes,
            public=args.public,
            lang=args.lang,
            progress=progress,
        )
    say(*result.notices)
    for path in result.paths:
        print(path)
    say(f"{count(len(result.paths), 'document')} with {count(sum(result.comments), 'comment')}.")
    return 0
