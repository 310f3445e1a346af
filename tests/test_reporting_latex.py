"""The tables of a report as LaTeX: what they hold, and that LaTeX sets them."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import CODEBOOK, make_facts

from lde_qual.reporting.contents import gather
from lde_qual.reporting.latex import DOCUMENT, escaped_latex, latex_files
from lde_qual.reporting.outline import figures
from lde_qual.reporting.page import Page

SIGNS = "\\{}$&#%_~^<>\"[]'`-|*"
NASTY = CODEBOOK.replace("label: Plan", "label: '" + SIGNS.replace("'", "''") + " › ≥ → é'")
WRITTEN = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textquotedbl{}": '"',
    "{[}": "[",
    "{]}": "]",
    **{f"\\{sign}": sign for sign in "{}$&#%_"},
}
TOKEN = re.compile("|".join(re.escape(written) for written in sorted(WRITTEN, key=len, reverse=True)))


def page(lang="nl", **how):
    return Page(gather(make_facts(**how)), lang=lang)


def read(text):
    """Return what LaTeX would print of an escaped text."""
    return TOKEN.sub(lambda found: WRITTEN[found[0]], text)


def cells(text):
    """Return the rows below the heads as a reader sees them."""
    body = text.split(r"\endlastfoot")[1].split(r"\end{longtable}")[0]
    rows = [line.removesuffix(r" \\") for line in body.strip().splitlines() if not line.startswith(r"\addlinespace")]
    return [[read(re.sub(r"^\\leftskip=\d+em\\relax ", "", cell)) for cell in row.split(" & ")] for row in rows]


@given(st.text(alphabet=st.one_of(st.sampled_from(SIGNS), st.characters(min_codepoint=32, max_codepoint=1000))))
def test_an_escaped_text_prints_as_itself(text):
    """Nothing that people wrote is a command, and every sign of it is printed."""
    escaped = escaped_latex(text)
    assert read(escaped) == " ".join(re.sub(r"\x7f", " ", text).split())
    assert not re.search(r"[\\$&#%_~^<>\"\[\]{}]", TOKEN.sub("", escaped))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_its_tables_hold_what_the_page_holds(lang):
    """Groups, factors, the tree and the pairs stand there cell by cell as on the page."""
    shown = page(lang)
    files = latex_files(shown)
    assert cells(files["tex/respondents.tex"]) == [[label, *numbers] for label, numbers in shown.group_rows()]
    assert cells(files["tex/frequency.tex"]) == [[line.label, *line.cells] for line in shown.code_lines()]
    factors = [each for _, found in shown.factors() for factor in found for each in factor.directions]
    printed = [row[1:] for row in cells(files["tex/overview.tex"]) if len(row) > 1]
    assert printed == [[each.value, *each.cells] for each in factors]
    pairs = [[each.a, each.b, str(each.n), str(each.n_a), str(each.n_b), each.jaccard] for each in shown.top_pairs()]
    assert cells(files["tex/cooccurrence.tex"]) == pairs


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no LaTeX is installed")
@pytest.mark.parametrize("how", [{"codebook": NASTY}, {"coded": False}, {"coded": False, "texts": {}}])
def test_latex_sets_them(tmp_path, how):
    """pdfLaTeX sets every table, whatever labels hold, also of a study without codings."""
    for name, text in latex_files(page(**how)).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = [shutil.which("pdflatex"), "-interaction=nonstopmode", "-halt-on-error", "-draftmode", "tables.tex"]
    done = subprocess.run(run, cwd=(tmp_path / DOCUMENT).parent, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]


def test_every_figure_is_set_from_its_pdf():
    """`figures.tex` takes each figure of the report from beside its folder, with title, unit and label."""
    shown = page()
    files = latex_files(shown)
    assert r"\input{figures}" in files[DOCUMENT]
    for entry in figures(shown.contents, lang="nl"):
        assert f"{{../figures/{entry.id}.pdf}}" in files["tex/figures.tex"]
        assert rf"\label{{fig:{entry.id}}}" in files["tex/figures.tex"]
