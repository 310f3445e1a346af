"""``lde-qual``: reads the command line, runs one command, and turns errors into exit codes.

Exit 0: done. 1: done, and what was checked does not hold. 2: bad input or usage,
nothing changed.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence

import lde_qual
from lde_qual.cli import (
    agreement,
    code,
    codebook,
    deciding,
    diff,
    exploring,
    exporting,
    folder,
    query,
    saturation,
    suggestions,
    verifying,
    views,
    words,
    writing,
)
from lde_qual.cli.options import say
from lde_qual.errors import LdeQualError

COMMANDS: dict[str, tuple[str, Callable[[ArgumentParser], None], Callable[[Namespace], int]]] = {
    "init": ("a new study folder, ready to fill", folder.add_init, folder.init),
    "import": ("interviews in, from txt or docx", folder.add_import, folder.import_),
    "check": ("everything in the folder, with the way out", folder.add_check, folder.check),
    "code": ("the coding page, in the browser", code.add_code, code.code),
    "codings": ("the tidy table: one row a coding", views.add_codings, views.codings),
    "import-codings": ("codings in, from a csv table", writing.add_import_codings, writing.import_codings),
    "uncode": ("take a coding away", writing.add_uncode, writing.uncode),
    "mark": ("mark a coding typerend or tegenstem", writing.add_mark, writing.mark),
    "edit": ("correct a transcript; codings are carried over", writing.add_edit, writing.edit),
    "memo": ("memos: write, list, export", writing.add_memo, writing.memo),
    "done": ("say that a transcript was read to its end", writing.add_done, writing.done),
    "log": ("the journal in words", writing.add_log, writing.log),
    "undo": ("take an operation back", writing.add_undo, writing.undo),
    "codebook": ("the tree and its operations", codebook.add_codebook, codebook.codebook),
    "frequency": ("counts per code and group", views.add_frequency, views.frequency),
    "matrix": ("codes, respondents, attributes against each other", views.add_matrix, views.matrix),
    "cooccurrence": ("which codes go together", views.add_cooccurrence, views.cooccurrence),
    "overview": ("factors, direction, who names them, quotes", views.add_overview, views.overview),
    "framework": ("respondents by theme: memos or quotes", views.add_framework, views.framework),
    "quotes": ("quotes with their citation", views.add_quotes, views.quotes),
    "agreement": ("how far coders agree, and where they do not", agreement.add_agreement, agreement.agreement),
    "settle": ("what coders decide where they differ", agreement.add_settle, agreement.settle),
    "saturation": ("new codes by interview", saturation.add_saturation, saturation.saturation),
    "likeness": ("respondents or codes that are alike", exploring.add_likeness, exploring.likeness),
    "timeline": ("where in an interview codes stand", exploring.add_timeline, exploring.timeline),
    "network": ("codes that go together, drawn", exploring.add_network, exploring.network),
    "explore": ("a page of pictures to explore by", exploring.add_explore, exploring.explore),
    "words": ("how often words are said, per group", words.add_words, words.words),
    "kwic": ("a word in its context", words.add_kwic, words.kwic),
    "collocations": ("which words stand near a word", words.add_collocations, words.collocations),
    "query": ("passages that match codes, values and words", query.add_query, query.query),
    "suggest": ("codes proposed for passages, with reasons", suggestions.add_suggest, suggestions.suggest),
    "accept": ("take a suggestion over as a coding", deciding.add_accept, deciding.accept),
    "reject": ("turn a suggestion down", deciding.add_reject, deciding.reject),
    "later": ("put a suggestion off", deciding.add_later, deciding.later),
    "reveal": ("show what is suggested after coding blind", deciding.add_reveal, deciding.reveal),
    "second-look": ("passages to read once more", suggestions.add_second_look, suggestions.second_look),
    "evaluate": ("how good the suggestions are", suggestions.add_evaluate, suggestions.evaluate),
    "verify-quotes": ("quotes of a paper, found again", verifying.add_verify_quotes, verifying.verify_quotes),
    "diff": ("which cells changed between two states, and why", diff.add_diff, diff.diff),
    "export": ("transcripts in Word, with the codings as comments", exporting.add_export, exporting.export),
    "report": ("every table, figure and page, regenerated", folder.add_report, folder.report),
}


def parser() -> ArgumentParser:
    """Return the parser of the whole command line."""
    whole = ArgumentParser(
        prog="lde-qual",
        description="Code Dutch interview transcripts at a tree of themes; count and quote per respondent role.",
        epilog="Without --study, the study is the nearest folder upward that holds a codebook.yaml.\n"
        "Results go to stdout, everything else to stderr. Exit 0: done; 1: a check does not hold; 2: bad input.",
        formatter_class=RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"lde-qual {lde_qual.__version__}")
    whole.add_argument("--study", metavar="DIR", default=".", help="the study folder")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (text, add_options, run) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=(run.__doc__ or text).splitlines()[0])
        add_options(command)
        command.set_defaults(run=run)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Quotes hold signs that a Windows code page has not, and csv ends its lines with LF everywhere.
        if hasattr(stream, "reconfigure"):
            # What was typed may hold bytes that are no text, and the error must still be able to name it.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    args = parser().parse_args(argv)
    run: Callable[[Namespace], int] = args.run
    try:
        return run(args)
    except LdeQualError as error:
        say(f"lde-qual: {error}")
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        say("lde-qual: stopped; what was acknowledged is on the disk.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
