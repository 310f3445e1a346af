"""The walls of the house: who may import whom, and which room keeps which library."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "lde_qual"
MAY_IMPORT = {
    "errors": set(),
    "model": {"errors"},
    "formats": {"errors", "model"},
    "store": {"errors", "model", "formats"},
    "language": {"errors", "model"},
    "analysis": {"errors", "model", "language"},
    "tagging": {"errors", "model", "language"},
    "figures": {"errors", "model", "analysis"},
    "reporting": {"errors", "model", "analysis", "figures"},
    "api": {"errors", "model", "formats", "language", "store", "analysis", "tagging", "figures", "reporting"},
    "workbench": {"errors", "model", "api"},
    "cli": {"errors", "api", "workbench"},
    "notebook": {"errors", "model", "api", "workbench"},
}
ONLY_IN = {
    "spacy": {"language"},
    "simplemma": {"language"},
    "sklearn": {"tagging", "analysis"},
    "matplotlib": {"figures"},
    "starlette": {"workbench"},
}


def imports(path: Path) -> set[tuple[str, ...]]:
    """Dotted names this file imports, absolute, as tuples."""
    here = ("lde_qual", *path.relative_to(ROOT).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {tuple(alias.name.split(".")) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else ()
            stem = base + tuple((node.module or "").split(".") if node.module else ())
            found |= {(*stem, alias.name) for alias in node.names}
    return found


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_walls_hold(path: Path) -> None:
    """A module imports only inward, and keeps to the libraries of its own room."""
    room = path.relative_to(ROOT).with_suffix("").parts[0]
    names = imports(path)
    inner = {n[1] for n in names if n[0] == "lde_qual" and len(n) > 1 and n[1] != room}
    if room in MAY_IMPORT:
        assert inner <= MAY_IMPORT[room]
    if room in {"errors", "model"}:
        assert {n[0] for n in names} <= sys.stdlib_module_names | {"lde_qual"}
    assert not {n[0] for n in names if n[0] in ONLY_IN and room not in ONLY_IN[n[0]]}
