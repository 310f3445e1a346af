"""``lde-qual codebook``: the tree and its operations."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from lde_qual.cli.options import add_coder, add_lang, add_study, add_table, count, say, show, written

if TYPE_CHECKING:
    from lde_qual.api.study import OpenStudy

LISTS = ("include", "exclude", "examples", "keywords")
DESCRIPTIONS = ("definition", *LISTS, "colour")


def add_codebook(parser: ArgumentParser) -> None:
    """Add ``codebook`` and what it can do."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, (text, arguments) in _ACTIONS.items():
        action = actions.add_parser(name, help=text, description=text)
        for argument in arguments:
            action.add_argument(argument.lower(), metavar=argument)
        if name in {"add", "describe"}:
            _add_descriptions(action)
        if name == "split":
            action.add_argument("--into", metavar="ID:LABEL", nargs="+", required=True, help="the new codes")
            action.add_argument(
                "--codings", metavar="FILE.csv", required=True, help="coding,code: which coding goes to which"
            )
        if name == "add":
            action.add_argument(
                "--parent", metavar="CODE", default=".", help="the code it hangs below (default: the top)"
            )
        add_study(action)
        if name == "lint":
            action.add_argument(
                "--seed", type=int, metavar="S", default=1, help="of what is drawn by chance (default 1)"
            )
            add_coder(action)
        if name in {"show", "lint"}:
            add_lang(action)
            add_table(action)
        if name == "show":
            action.add_argument("codes", metavar="CODE", nargs="*", help="only these codes and what is below them")
        elif name != "lint":
            add_coder(action, writes=True)


def _add_descriptions(action: ArgumentParser) -> None:
    action.add_argument("--definition", metavar="TEXT")
    for name in LISTS:
        action.add_argument(f"--{name}", metavar="TEXT", action="append", help="may be given several times")
    action.add_argument("--colour", metavar="#RRGGBB")


_ACTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "show": ("the tree, parents first", ()),
    "add": ("a new code", ("CODE", "LABEL")),
    "describe": ("set definition, include, exclude, examples, keywords or colour", ("CODE",)),
    "label": ("give a code another label", ("CODE", "LABEL")),
    "rename": ("give a code another id; its codings follow", ("OLD", "NEW")),
    "move": ("hang a code, or several as A,B,…, under another parent ('.' is the top)", ("CODE", "PARENT")),
    "merge": ("merge a code into another", ("FROM", "INTO")),
    "split": ("make codes beside a code, and hand its codings to them", ("CODE",)),
    "delete": ("take a code without codings out of the tree", ("CODE",)),
    "lint": ("keywords and codes that make suggestions poor", ()),
    "freeze": ("keep the codebook as it is now under a name", ("NAME",)),
}


def codebook(args: Namespace) -> int:
    """Show or change the codebook."""
    from lde_qual.api import codebook as api
    from lde_qual.api.study import language, open_folder

    study = open_folder(args.study)
    if args.action == "show":
        show(api.codebook_show(study, codes=args.codes or None), args, lang=language(study, args.lang))
        return 0
    if args.action == "lint":
        from lde_qual.api.reviewing import codebook_lint

        show(
            codebook_lint(study, coder=args.coder, seed=args.seed, lang=args.lang),
            args,
            lang=language(study, args.lang),
        )
        return 0
    if args.action == "split":
        return _split(study, args)
    values = vars(args)
    given = [values[argument.lower()] for argument in _ACTIONS[args.action][1]]
    optional = {"add": ("parent", *DESCRIPTIONS), "describe": DESCRIPTIONS}.get(args.action, ())
    options = {name: values[name] for name in optional if values[name] is not None}
    change = getattr(api, f"codebook_{args.action}")
    written(study, args.coder, [change(study, *given, coder=args.coder, **options)])
    say(f"codebook {args.action}: {' '.join(given)}")
    return 0


def _split(study: OpenStudy, args: Namespace) -> int:
    from lde_qual.api.splitting import codebook_split, staying

    written(study, args.coder, codebook_split(study, args.code, args.into, args.codings, coder=args.coder))
    say(f"codebook split: {args.code} into {', '.join(each.partition(':')[0] for each in args.into)}")
    for coder, number in staying(study, args.code).items():
        say(f"{count(number, 'coding')} of {coder} still at {args.code}.")
    return 0
