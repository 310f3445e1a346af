"""How good the suggestions are, as the page `suggestions.md` shows it.

python docs/demo-study/suggestions.py [--quotes FILE.jsonl]

`--quotes` is a file of labelled passages from real interviews, which is not part of this
repository; without it that part is taken over from the page as it stands.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

import lde_qual as lq
from lde_qual.reporting.tabular import to_md

HERE = Path(__file__).parent
STUDY = HERE.parent.parent
BEGIN, END = "<!-- quotes -->", "<!-- /quotes -->"


def rounded(frame: pd.DataFrame) -> str:
    """Return a table in Markdown, numbers of three decimals."""
    return to_md(frame.round(3), lang="en")


def of_quotes(study: lq.Study, file: Path) -> str:
    """Return the part on passages from outside: the codebook alone, then learning from the other respondents."""
    cold = lq.evaluate(study, summary=True, test=file)
    warm = lq.evaluate(study, summary=True, test=file, train=file)
    return "\n".join(["The codebook alone:", "", rounded(cold), "", "Learning from the others:", "", rounded(warm)])


def of_study(study: lq.Study) -> str:
    """Return the part on the repository's own study."""
    codes = study.model.codebook.report_codes
    parts = [
        ("With the nine codes of the report to choose from:", lq.evaluate(study, summary=True, codes=codes)),
        ("The same, from the codebook alone:", lq.evaluate(study, summary=True, codes=codes, method="codebook")),
        ("With all sixty codes to choose from:", lq.evaluate(study, summary=True)),
        ("Per code of the report:", lq.evaluate(study, codes=codes)),
        (
            "Confidence against share right (`calibration`):",
            lq.evaluate(
                study, table="calibration", codes=codes, plot=HERE.parent / "pictures" / "calibration.png", lang="en"
            ),
        ),
        (
            "What decisions add (`learning-curve`):",
            lq.evaluate(
                study, table="learning-curve", codes=codes, plot=HERE.parent / "pictures" / "learning.png", lang="en"
            ),
        ),
    ]
    return "\n\n".join(f"{title}\n\n{rounded(frame)}" for title, frame in parts)


def main() -> None:
    """Write the page: only once it is whole, since a part of it may be taken over."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--quotes", type=Path)
    quotes = reader.parse_args().quotes
    study = lq.open_study(STUDY)
    if quotes is None:
        page = (HERE / "suggestions.md").read_text(encoding="utf-8")
        about_quotes = page.split(BEGIN)[1].split(END)[0].strip()
    else:
        about_quotes = of_quotes(study, quotes)
    frame = (HERE / "suggestions.template.md").read_text(encoding="utf-8")
    page = frame.replace("{quotes}", f"{BEGIN}\n{about_quotes}\n{END}").replace("{study}", of_study(study))
    (HERE / "suggestions.md").write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
