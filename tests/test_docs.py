"""The pages of ``docs`` say what is: every example in them is run, or read by the program's own readers.

A fenced block whose first line names a file (```` ```yaml codebook.yaml ````) is that file, and one of kind ``console``
is typed at a prompt, with what was printed under it; ``…`` stands for anything within a line, ``⋮`` for any lines. The
blocks of a page are one sitting, from top to bottom, in a folder that holds the example study alone.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from runpy import run_path

import pytest
from docx import Document

from lde_qual.cli.main import COMMANDS, main, parser

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("guides/*.md")])
_BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)(?P<target>[^)#\s]*)(?:#(?P<part>[^)\s]*))?\)")
_HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, the file it is (empty for none) and that file's encoding."""

    kind: str
    file: str
    encoding: str
    text: str


def blocks(page: Path) -> Iterator[Block]:
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        kind, file, encoding = [*found["info"].split(), "", "", ""][:3]
        yield Block(kind, file, encoding or "utf-8", found["text"])


def typed(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with what is printed under it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


@dataclass
class Sitting:
    """A folder in which a page's blocks are written and typed."""

    folder: Path

    def write(self, block: Block) -> None:
        path = self.folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".docx":
            document = Document()
            for line in block.text.splitlines():
                run = document.add_paragraph().add_run(line.removeprefix("**").removesuffix("**"))
                run.bold = line.startswith("**")
            document.save(str(path))
        else:
            path.write_text(block.text, encoding=block.encoding, newline="\n")

    def type(self, command: str) -> str:
        """Run a command and return what stands on the screen after it."""
        program, *words = shlex.split(command)
        run = {"lde-qual": self._lde_qual, "cd": self._cd, "cp": self._cp, "cat": self._cat, "python": self._python}
        return run[program](*words)

    def _lde_qual(self, *words: str) -> str:
        screen = StringIO()
        with chdir(self.folder), redirect_stdout(screen), redirect_stderr(screen):
            main(words)
        # A progress bar wipes itself out.
        return re.sub(r"[^\n]*\r", "", screen.getvalue())

    def _python(self, script: str) -> str:
        screen = StringIO()
        with chdir(self.folder), redirect_stdout(screen):
            run_path(script)
        return screen.getvalue()

    def _cd(self, folder: str) -> str:
        self.folder = (self.folder / folder).resolve()
        return ""

    def _cp(self, *words: str) -> str:
        *_, source, target = words
        if (self.folder / source).is_dir():
            shutil.copytree(self.folder / source, self.folder / target)
        else:
            shutil.copy(self.folder / source, self.folder / target)
        return ""

    def _cat(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")


def fits(shown: str, printed: str) -> bool:
    """Tell whether what was printed is what is shown, white space at line ends aside."""
    wanted, found = ("\n".join(line.rstrip() for line in text.rstrip().splitlines()) for text in (shown, printed))
    pattern = re.escape(wanted).replace("…", "[^\n]*").replace("⋮", "(?s:.*)")
    return re.fullmatch(pattern, found) is not None


def follow(page: Path, sitting: Sitting) -> None:
    """Do what a page shows, and see that it shows what happens."""
    for block in blocks(page):
        if block.file:
            sitting.write(block)
        elif block.kind == "console":
            for command, shown in typed(block.text):
                printed = sitting.type(command)
                assert fits(shown, printed), f"$ {command}\n{printed}"


def options(command: ArgumentParser) -> Iterator[str]:
    """Yield the long options of a command and of what it can do."""
    for action in command._actions:
        if isinstance(action, _SubParsersAction):
            for below in action.choices.values():
                yield from options(below)
        else:
            yield from (name for name in action.option_strings if name.startswith("--") and name != "--help")


def commands() -> dict[str, ArgumentParser]:
    (action,) = (each for each in parser()._actions if isinstance(each, _SubParsersAction))
    return dict(action.choices)


def anchors(page: Path) -> set[str]:
    titles = _HEADING.findall(_BLOCK.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def of_the_repository() -> list[str]:
    """Return the files of the repository's own study; where git knows, only those that were committed."""
    parts = ("codebook.yaml", "leidraad.yaml", "transcripts/*", "codings/*.jsonl")
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "-c", "core.quotepath=off", "ls-files", *parts],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return listed.stdout.splitlines()
    return [str(path.relative_to(ROOT)) for part in parts for path in ROOT.glob(part)]


@pytest.fixture
def sitting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    monkeypatch.delenv("LDE_QUAL_CODER", raising=False)
    shutil.copytree(
        DOCS / "example-study", tmp_path / "docs" / "example-study", ignore=shutil.ignore_patterns(".lock", "results")
    )
    return Sitting(tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_a_page_shows_what_happens(page, sitting):
    """Whoever types a page from top to bottom sees what stands in it."""
    follow(page, sitting)


def test_the_tour_shows_what_happens(sitting):
    """What the README shows of the repository's own study is what its files give."""
    for name in of_the_repository():
        (sitting.folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, sitting.folder / name)
    follow(ROOT / "README.md", sitting)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """A link of a page leads to a file that is there, and to a heading that is in it."""
    for found in _LINK.finditer(_BLOCK.sub("", page.read_text(encoding="utf-8"))):
        target = page.parent / found["target"] if found["target"] else page
        assert target.exists(), found[0]
        if found["part"]:
            assert found["part"] in anchors(target), found[0]


def test_the_index_names_every_page():
    """No page is hidden."""
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    listed = {(DOCS / found["target"]).resolve() for found in _LINK.finditer(index)}
    assert {page.resolve() for page in PAGES} - {(DOCS / "README.md").resolve()} <= listed


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_described_with_every_option(name):
    """A command has a heading of its own in commands.md, and all its options stand under it."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    common = text.partition("\n## ")[2].partition("\n### ")[0]
    section = re.search(rf"^### `{name}`.*?(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, name
    named = set(re.findall(r"--[a-z-]+", common + section[0]))
    assert set(options(commands()[name])) <= named


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_not_there_yet_is_not_there(name):
    """A command that exists is not listed as one that is still to come."""
    whole, _, _ = (DOCS / "not-there-yet.md").read_text(encoding="utf-8").partition("\nParts of what is there")
    heads = [line.partition(":")[0] for line in whole.splitlines() if line.startswith("- ")]
    assert f"`{name}`" not in " ".join(heads)


def test_the_example_study_is_sound(sitting):
    """The study that the pages count in has no error."""
    assert "0 errors" in sitting.type("lde-qual --study docs/example-study check")
