"""Print the README's first one-line command, in a fenced code block, that says a word."""

import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def command(word: str) -> str:
    """Return the first line of a fenced code block that holds `word`."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", README.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return next(line for block in blocks for line in block.splitlines() if word in line)


if __name__ == "__main__":
    sys.stdout.write(command(sys.argv[1]) + "\n")
