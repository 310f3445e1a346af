"""Commands on the folder itself: a new study, interviews in, everything checked, the report out."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, BooleanOptionalAction, Namespace

from lde_qual.cli.options import LANGUAGES, add_coder, add_lang, add_study, add_table, count, say, show


def add_init(parser: ArgumentParser) -> None:
    """Add the options of ``init``."""
    parser.add_argument("dir", metavar="DIR", help="a folder that does not exist yet, or is empty")
    parser.add_argument(
        "--from", dest="from_", metavar="STUDY[@NAME]", help="copy the tree of another study, as it is or as frozen"
    )
    parser.add_argument("--title", metavar="TEXT", help="title of the study (default: the folder's name)")
    parser.add_argument("--lang", choices=LANGUAGES, default="nl", help="language of pages and reports (default: nl)")
    parser.add_argument("--track-text", action="store_true", help="let git keep interview text and codings as well")


def init(args: Namespace) -> int:
    """Make a new study folder, ready to fill."""
    from lde_qual.api import folder

    path = folder.init(args.dir, from_=args.from_, title=args.title, lang=args.lang, track_text=args.track_text)
    print(path)
    say(f"Next: lde-qual --study {path} import INTERVIEW.docx --respondent R01=role:organisation")
    return 0


def add_import(parser: ArgumentParser) -> None:
    """Add the options of ``import``."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="interviews as .txt or .docx")
    parser.add_argument(
        "--respondent",
        metavar="[LABEL=]R07=role:organisation",
        action="append",
        default=[],
        help="who the file's only label is that is not the interviewer; with LABEL= where there are several",
    )
    parser.add_argument("--interviewer", metavar="LABEL", action="append", default=[], help="label of the interviewer")
    parser.add_argument("--dry-run", action="store_true", help="show what was read, and write nothing")
    add_study(parser)


def import_(args: Namespace) -> int:
    """Show what was read in interviews, then write them as transcripts."""
    from lde_qual.api import folder
    from lde_qual.api.study import open_folder

    names = folder.import_(
        open_folder(args.study),
        args.files,
        respondent=args.respondent,
        interviewer=args.interviewer,
        dry_run=args.dry_run,
        show=lambda text: print(text, file=sys.stderr),
    )
    for name in names:
        print(name)
    say("Nothing was written." if args.dry_run else f"{count(len(names), 'transcript')} written.")
    return 0


def add_check(parser: ArgumentParser) -> None:
    """Add the options of ``check``."""
    parser.add_argument(
        "--join", action="store_true", help="append what conflicted copies add, and set the copies aside"
    )
    parser.add_argument("--repair", action="store_true", help="apply journal lines that a file does not show yet")
    add_study(parser)
    add_lang(parser)
    add_table(parser)


def check(args: Namespace) -> int:
    """Look at everything in the folder; exit 1 where there is an error."""
    from lde_qual.api.folder import check as look

    frame = look(args.study, join=args.join, repair=args.repair)
    show(frame, args, lang=args.lang or frame.attrs["lang"])
    errors = int((frame["level"] == "error").sum())
    say(f"{count(errors, 'error')}, {count(int((frame['level'] == 'warning').sum()), 'warning')}.")
    return 1 if errors else 0


def add_report(parser: ArgumentParser) -> None:
    """Add the options of ``report``."""
    parser.add_argument("--out", metavar="DIR", default="results", help="default: results, in the study folder")
    parser.add_argument("--check", action="store_true", help="exit 1 where what is there is not what the folder gives")
    parser.add_argument(
        "--text", metavar="FILE.md", help="a results text to fill in (default: resultaten.md of the study, if any)"
    )
    parser.add_argument("--parts", metavar="A,B", help="what goes in, in this order (default: everything)")
    parser.add_argument("--quotes-per-code", metavar="K", type=int, help="quotes of each code and role (default: 3)")
    parser.add_argument(
        "--passages",
        action=BooleanOptionalAction,
        default=None,
        help="show the passages behind a cell (default: yes)",
    )
    parser.add_argument("--public", action=BooleanOptionalAction, default=None, help="cite in the coarser form")
    parser.add_argument("--lang", choices=LANGUAGES, help="default: the codebook's language")
    add_coder(parser)
    add_study(parser)


def report(args: Namespace) -> int:
    """Make every table, figure and page of the study, or check those that are there."""
    from tqdm import tqdm

    from lde_qual.api.report import report as make
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    with tqdm(
        total=1, bar_format="{desc:<32} {bar} {n_fmt}/{total_fmt}", file=sys.stderr, leave=False, disable=None
    ) as bar:

        def progress(name: str, done: int, total: int) -> None:
            bar.total = total
            bar.n = done
            bar.set_description_str(name)

        result = make(
            study,
            out=args.out,
            check=args.check,
            text=args.text,
            parts=args.parts,
            quotes_per_code=args.quotes_per_code,
            passages=args.passages,
            public=args.public,
            coder=args.coder,
            lang=args.lang,
            progress=progress,
        )
    say(*result.notices)
    if args.check:
        for difference in result.differences:
            print(f"{difference.file}: {difference.what}")
        if result.differences:
            say("The results are not what the folder gives. `lde-qual report` makes them anew.")
        else:
            print("The results are what the folder gives.")
        return 1 if result.differences else 0
    print(result.page)
    return 0
