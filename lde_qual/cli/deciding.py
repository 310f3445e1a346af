"""``accept``, ``reject``, ``later``: what a person decides about a suggestion."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from lde_qual.cli.options import add_coder, add_study, say, written
from lde_qual.cli.suggestions import ORDERS, UNITS
from lde_qual.errors import UsageError


def _add_one(parser: ArgumentParser, *, optional: bool = False) -> None:
    many = "?" if optional else None
    parser.add_argument("transcript", metavar="TRANSCRIPT", nargs=many, help="as `suggest` lists it")
    parser.add_argument("start", metavar="START", type=int, nargs=many, help="first code point")
    parser.add_argument("end", metavar="END", type=int, nargs=many, help="code point after the last")
    parser.add_argument("code", metavar="CODE", nargs=many, help="the code suggested")
    _add_how(parser)
    parser.add_argument("--order", choices=ORDERS, default=ORDERS[0], help="of the list that it came in")


def _add_how(parser: ArgumentParser) -> None:
    parser.add_argument("--unit", choices=UNITS, default="passage", help="how talk was cut (default: passage)")
    parser.add_argument("--method", metavar="NAME", default="learned", help="the scorer (default: learned)")
    add_coder(parser, writes=True)
    add_study(parser)


def add_accept(parser: ArgumentParser) -> None:
    """Add the options of ``accept``."""
    _add_one(parser, optional=True)
    parser.add_argument("--from", metavar="FILE.csv", dest="from_", help="a table of `suggest`: every row, in one step")
    parser.add_argument("--as-code", metavar="CODE", help="another code than suggested")
    parser.add_argument("--as-start", metavar="N", type=int, help="another beginning than suggested")
    parser.add_argument("--as-end", metavar="N", type=int, help="another end than suggested")
    parser.add_argument("--value", metavar="DIM=VALUE", action="append", default=[], help="may be given several times")
    parser.add_argument("--memo", metavar="TEXT", default="", help="a memo of content with the coding")
    parser.add_argument("--mark", choices=("typerend", "tegenstem"), default="", help="a typical or a contrary voice")


def add_reject(parser: ArgumentParser) -> None:
    """Add the options of ``reject``."""
    _add_one(parser)
    parser.add_argument(
        "--reason", metavar="TEXT", required=True, help="'wrong code', 'wrong boundary', 'not relevant', or your own"
    )


def add_later(parser: ArgumentParser) -> None:
    """Add the options of ``later``."""
    _add_one(parser)


def accept(args: Namespace) -> int:
    """Take a suggestion over as a coding, or all of a list in one step."""
    from lde_qual.api.deciding import accept as take_over
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    ids = take_over(
        study,
        args.transcript,
        args.start,
        args.end,
        args.code,
        from_=args.from_,
        as_code=args.as_code,
        as_start=args.as_start,
        as_end=args.as_end,
        memo=args.memo,
        mark=args.mark,
        **_how(args),
        **dict(_value(text) for text in args.value),
    )
    written(study, args.coder, ids)
    if args.from_:
        say(f"{len(ids)} suggestions taken over in one step; `lde-qual undo` takes them all back.")
    return 0


def _how(args: Namespace) -> dict[str, Any]:
    return {"coder": args.coder, "unit": args.unit, "method": args.method, "order": args.order}


def _value(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise UsageError(f"--value {text} is no DIM=VALUE.", way_out="Write for example --value richting=belemmerend.")
    return name, value


def reject(args: Namespace) -> int:
    """Turn a suggestion down, with a reason."""
    from lde_qual.api.deciding import reject as turn_down
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    where = (args.transcript, args.start, args.end, args.code)
    found = turn_down(study, *where, reason=args.reason, **_how(args))
    written(study, args.coder, [found])
    return 0


def later(args: Namespace) -> int:
    """Put a suggestion off until the others are decided."""
    from lde_qual.api.deciding import later as put_off
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    where = (args.transcript, args.start, args.end, args.code)
    written(study, args.coder, [put_off(study, *where, **_how(args))])
    return 0


def add_reveal(parser: ArgumentParser) -> None:
    """Add the options of ``reveal``."""
    parser.add_argument("transcript", metavar="TRANSCRIPT", help="as `suggest` lists it")
    parser.add_argument("start", metavar="START", type=int, help="first code point")
    parser.add_argument("end", metavar="END", type=int, help="code point after the last")
    parser.add_argument("--no-code", action="store_true", help="the coder decided that no code applies")
    _add_how(parser)


def reveal(args: Namespace) -> int:
    """Show what is suggested for a passage that was coded blind."""
    from lde_qual.api.revealing import reveal as show_after
    from lde_qual.api.study import open_folder

    study = open_folder(args.study)
    where = (args.transcript, args.start, args.end)
    how = {"coder": args.coder, "unit": args.unit, "method": args.method}
    identifier = show_after(study, *where, no_code=args.no_code, **how)
    written(study, args.coder, [identifier])
    state = study.model.state(study.writer(args.coder))
    said = next(part.body["suggestions"] for part in state.shown if part.id == identifier)
    for code, confidence in said:
        say(f"{code} ({confidence:.2f})")
    say("`lde-qual suggest --all` says why." if said else "Nothing was suggested.")
    return 0
