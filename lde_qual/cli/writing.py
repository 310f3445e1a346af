"""What people write in a study, from the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import add_coder, add_lang, add_study, add_table, count, say, show, written


def add_import_codings(parser: ArgumentParser) -> None:
    """Add the options of ``import-codings``."""
    parser.add_argument("file", metavar="FILE.csv", help="transcript,start,end,code[,quote][,memo][,<dimension>]")
    add_coder(parser, writes=True)
    add_study(parser)


def import_codings(args: Namespace) -> int:
    """Write the codings of a table, all or none."""
    from lde_qual.api import writing
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    before = set(study.model.state(study.writer(args.coder)).codings)
    ids = writing.import_codings(study, args.file, coder=args.coder, notice=say)
    written(study, args.coder, ids)
    fresh = len(set(ids) - before)
    say(f"{count(fresh, 'coding')} written, {len(ids) - fresh} there already.")
    return 0


def add_memo(parser: ArgumentParser) -> None:
    """Add the options of ``memo``."""
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--coding", metavar="ID", help="about a coding")
    about.add_argument("--code", metavar="C", help="about a code")
    about.add_argument("--transcript", metavar="T", help="about a transcript")
    about.add_argument("--study", action="store_true", dest="about_study", help="about the study as a whole")
    parser.add_argument("text", metavar="TEXT", nargs="?", help="the memo; without it memos are listed")
    parser.add_argument("--kind", choices=("content", "method", "reflection"), help="default when writing: content")
    parser.add_argument("--delete", action="store_true", help="take the memo away")
    parser.add_argument("--export", action="store_true", help="a research diary in Markdown, in order of time")
    add_coder(parser, writes=True)
    add_lang(parser)
    add_table(parser)


def memo(args: Namespace) -> int:
    """Write, take away, list or export memos."""
    from lde_qual.api import memos
    from lde_qual.api.printing import write_text
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    result = memos.memo(
        study,
        args.text,
        coding=args.coding,
        code=args.code,
        transcript=args.transcript,
        study=args.about_study,
        kind=args.kind,
        delete=args.delete,
        export=args.export,
        coder=args.coder,
    )
    if not isinstance(result, str):
        show(result, args, lang=language(study, args.lang))
    elif not args.export:
        written(study, args.coder, [result])
    elif args.out:
        write_text(args.out, result)
        say(f"Wrote the research diary to {args.out}.")
    else:
        print(result, end="")
    return 0


def add_uncode(parser: ArgumentParser) -> None:
    """Add the options of ``uncode``."""
    parser.add_argument("coding", metavar="ID", help="id of the coding, or a unique beginning of it")
    add_coder(parser, writes=True)
    add_study(parser)


def uncode(args: Namespace) -> int:
    """Take a coding away."""
    from lde_qual.api import writing
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    written(study, args.coder, [writing.uncode(study, args.coding, coder=args.coder)])
    return 0


def add_mark(parser: ArgumentParser) -> None:
    """Add the options of ``mark``."""
    parser.add_argument("coding", metavar="ID", help="id of the coding, or a unique beginning of it")
    parser.add_argument("mark", choices=("typerend", "tegenstem", "none"), help="'none' takes the mark away")
    add_coder(parser, writes=True)
    add_study(parser)


def mark(args: Namespace) -> int:
    """Mark a coding as typical or as a counter-voice."""
    from lde_qual.api import writing
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    chosen = "" if args.mark == "none" else args.mark
    written(study, args.coder, [writing.mark(study, args.coding, chosen, coder=args.coder)])
    return 0


def add_edit(parser: ArgumentParser) -> None:
    """Add the options of ``edit``."""
    parser.add_argument("transcript", metavar="TRANSCRIPT", help="its file name without .txt")
    parser.add_argument("file", metavar="FILE", help="the corrected text")
    add_coder(parser, writes=True)
    add_study(parser)


def edit(args: Namespace) -> int:
    """Correct a transcript; codings are carried over."""
    from lde_qual.api import writing
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    written(study, args.coder, [writing.edit_from_file(study, args.transcript, args.file, coder=args.coder)])
    return 0


def add_done(parser: ArgumentParser) -> None:
    """Add the options of ``done``."""
    parser.add_argument("transcript", metavar="TRANSCRIPT", help="its file name without .txt")
    add_coder(parser, writes=True)
    add_study(parser)


def done(args: Namespace) -> int:
    """Say that a transcript was read to its end."""
    from lde_qual.api import writing
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    written(study, args.coder, [writing.done(study, args.transcript, coder=args.coder)])
    return 0


def add_log(parser: ArgumentParser) -> None:
    """Add the options of ``log``."""
    parser.add_argument("--since", metavar="DATE", help="2026-03-01 or 2026-03-01T14:30, in UTC")
    parser.add_argument("--coding", metavar="ID", help="only what touched this coding")
    parser.add_argument("--coder", metavar="NAME", help="only this coder's (default: everyone's)")
    add_study(parser)
    add_lang(parser)
    add_table(parser)


def log(args: Namespace) -> int:
    """Print the journal in words."""
    from lde_qual.api.log import log as journal
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    frame = journal(study, since=args.since, coding=args.coding, coder=args.coder)
    show(frame, args, lang=language(study, args.lang))
    return 0


def add_undo(parser: ArgumentParser) -> None:
    """Add the options of ``undo``."""
    parser.add_argument("op", metavar="OP", nargs="?", help="id of an operation (default: your last one in force)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be taken back, and stop")
    add_coder(parser, writes=True)
    add_study(parser)


def undo(args: Namespace) -> int:
    """Take an operation back; of an undo, that is redo."""
    from lde_qual.api import writing
    from lde_qual.api.log import in_words
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    writer = study.writer(args.coder)
    target = writing.undo(study, args.op, dry_run=True, coder=writer)
    state = study.model.state(writer)
    words = in_words(state.operations[target], state)
    if args.dry_run:
        print(target)
        say(f"Would take back: {words}")
        return 0
    written(study, writer, [writing.undo(study, target, coder=writer)])
    say(f"Took back: {words}")
    return 0
