"""The page's modules as one, for hosts that load a single module and resolve no other.

A widget hands its browser code over as one text, in which ``./other.js`` leads nowhere; and
a page is there sooner with one file than with thirty. So the modules are joined when one is
asked for: each stays in a function of its own, in the
order in which they need each other, so that names of two modules never meet and no build
step stands between the sources and what runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_IMPORT = re.compile(r'^import \{ (?P<names>[\w, ]+) \} from "\./(?P<module>[\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (?P<name>\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*$|\bimport\(|\bimport\.meta\b", re.MULTILINE)


def static(name: str) -> str:
    """Return one of the page's own files."""
    return files("lde_qual.workbench").joinpath("static", name).read_text(encoding="utf-8")


@cache
def widget_module() -> str:
    """Return the module of a widget: ``widget.js`` with all that it needs, and the page's styles.

    Its default export holds ``render``, as anywidget asks for it.
    """
    styles = f"const styles = {json.dumps(static('app.css'))};"
    given = 'export default { render: (context) => modules["widget.js"].render(context, styles) };'
    return "\n".join([styles, _joined("widget.js"), given])


@cache
def page_module() -> str:
    """Return the module of the page in the browser: ``page.js`` with all that it needs.

    One answer instead of some thirty, of which each waits for those before it; ``ahead.js``
    stays a module of its own, at work before this one is there.
    """
    return _joined("page.js", apart=["ahead.js"])


def _joined(entry: str, *, apart: Sequence[str] = ()) -> str:
    imported = [f'import * as apart{at} from "./{name}";' for at, name in enumerate(apart)]
    given = [f'modules["{name}"] = apart{at};' for at, name in enumerate(apart)]
    enclosed = [_enclosed(name, static(name)) for name in needed(entry) if name not in apart]
    return "\n".join([*imported, "const modules = {};", *given, *enclosed])


def needed(entry: str) -> list[str]:
    """Return a module and those it needs, each after what it needs itself.

    Raises
    ------
    ValueError
        Where modules need each other in a circle: a function cannot hold one that is not
        there yet.
    """
    order: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"Modules need each other: {' → '.join((*above, name))}.")
        if name not in order:
            for found in _IMPORT.finditer(static(name)):
                visit(found["module"], (*above, name))
            order.append(name)

    visit(entry, ())
    return order


def _enclosed(name: str, source: str) -> str:
    """Return a module as a function that was called: imports become constants, exports its result."""
    exported = ", ".join(found["name"] for found in _EXPORT.finditer(source))
    body = _EXPORT.sub("", _IMPORT.sub(r'const { \g<names> } = modules["\g<module>"];', source))
    left = _LEFT.search(body)
    if left:
        raise ValueError(f"{name}: '{left[0]}' cannot be joined; import and export by name, on one line.")
    return f'modules["{name}"] = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();'
