"""``words``, ``kwic`` and ``collocations``: what is said, counted by word."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import (
    add_coder,
    add_lang,
    add_study,
    add_table,
    add_view,
    add_whose,
    progress_bar,
    show,
    view_options,
)


def _add_term(parser: ArgumentParser) -> None:
    parser.add_argument("term", metavar="TERM", help="a word, or words in a row; a star stands for any ending")
    parser.add_argument("--exact", action="store_true", help="only the form as typed, and no other form of the lemma")


def _add_top(parser: ArgumentParser, what: str) -> None:
    parser.add_argument("--top", type=int, metavar="K", help=f"at most K {what}")


def _add_stop(parser: ArgumentParser) -> None:
    parser.add_argument("--with-stop-words", action="store_true", help="list words of the stop list too")


def _add_code(parser: ArgumentParser, what: str) -> None:
    parser.add_argument("--code", metavar="C", help=f"{what} passages of this code and those below it")


def add_words(parser: ArgumentParser) -> None:
    """Add the options of ``words``."""
    parser.add_argument("--by", metavar="ATTR", help="an attribute; each group is compared with the others")
    _add_code(parser, "only words in")
    parser.add_argument("--sort", choices=("n", "keyness"), default="n", help="order of the lemmas (default: n)")
    _add_top(parser, "lemmas")
    _add_stop(parser)
    add_view(parser)


def add_kwic(parser: ArgumentParser) -> None:
    """Add the options of ``kwic``."""
    _add_term(parser)
    _add_code(parser, "only where it stands in")
    parser.add_argument("--role", metavar="R", help="only what somebody of this role says")
    parser.add_argument("--transcript", metavar="T", help="only in this transcript")
    parser.add_argument("--width", type=int, metavar="W", default=10, help="words on each side (default 10)")
    parser.add_argument(
        "--sort", choices=("transcript", "left", "right"), default="transcript", help="order of the lines"
    )
    _add_top(parser, "lines")
    add_view(parser)


def add_collocations(parser: ArgumentParser) -> None:
    """Add the options of ``collocations``."""
    _add_term(parser)
    parser.add_argument("--within", type=int, metavar="K", default=5, help="words on each side that are near (5)")
    _add_top(parser, "lemmas")
    _add_stop(parser)
    add_study(parser)
    add_coder(parser)
    add_lang(parser)
    add_whose(parser)
    add_table(parser)


def words(args: Namespace) -> int:
    """Print how often each lemma is said, by how many, and how typical it is of a group or of a code."""
    from lde_qual.api.study import language, open_folder
    from lde_qual.api.words import words as count

    study = open_folder(args.study)
    with progress_bar("parsing") as progress:
        frame = count(
            study,
            by=args.by,
            code=args.code,
            sort=args.sort,
            top=args.top,
            with_stop_words=args.with_stop_words,
            progress=progress,
            **view_options(args),
        )
    show(frame, args, lang=language(study, args.lang))
    return 0


def kwic(args: Namespace) -> int:
    """Print where a word stands, with what is said around it."""
    from lde_qual.api.study import language, open_folder
    from lde_qual.api.words import kwic as find

    study = open_folder(args.study)
    with progress_bar("parsing") as progress:
        frame = find(
            study,
            args.term,
            code=args.code,
            role=args.role,
            transcript=args.transcript,
            exact=args.exact,
            width=args.width,
            sort=args.sort,
            top=args.top,
            progress=progress,
            **view_options(args),
        )
    show(frame, args, lang=language(study, args.lang))
    return 0


def collocations(args: Namespace) -> int:
    """Print which lemmas stand near a word more often than elsewhere."""
    from lde_qual.api.study import language, open_folder
    from lde_qual.api.words import collocations as count

    study = open_folder(args.study)
    with progress_bar("parsing") as progress:
        frame = count(
            study,
            args.term,
            within=args.within,
            exact=args.exact,
            top=args.top,
            with_stop_words=args.with_stop_words,
            coder=args.coder,
            lang=args.lang,
            with_interviewer=args.with_interviewer,
            coded_only=args.coded_only,
            progress=progress,
        )
    show(frame, args, lang=language(study, args.lang))
    return 0
