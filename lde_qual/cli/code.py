"""``code``: the coding page in the browser."""

from __future__ import annotations

import webbrowser
from argparse import ArgumentParser, Namespace

from lde_qual.cli.options import LANGUAGES, add_coder, add_study, say


def add_code(parser: ArgumentParser) -> None:
    """Add the options of ``code``."""
    parser.add_argument(
        "--port", type=int, default=0, metavar="P", help="port on this machine (default: the study's own)"
    )
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.add_argument(
        "--origin", default="", metavar="URL", help="address under which a proxy (JupyterHub's) shows the page"
    )
    parser.add_argument(
        "--second-pass",
        action="store_true",
        help="code anew in a journal of its own, without seeing the first pass",
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the page (default: the codebook's)")
    add_coder(parser, writes=True)
    add_study(parser)


def code(args: Namespace) -> int:
    """Open the coding page, for this machine only, until Ctrl+C."""
    from lde_qual.workbench.app import Service
    from lde_qual.workbench.desk import Desk

    desk = Desk(args.study, coder=args.coder, second=args.second_pass, lang=args.lang)
    service = Service(desk, port=args.port, origin=args.origin)
    print(service.url, flush=True)
    say(f"Coding as {desk.coder}. The address works on this machine only, until Ctrl+C.")
    if not args.no_browser:
        webbrowser.open(service.url)
    service.run()
    return 0
