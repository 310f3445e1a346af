"""The main tables and the figures of a report as LaTeX, to input in a paper, and a document that sets them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from lde_qual.reporting.contents import THEMES
from lde_qual.reporting.outline import Entry, figures
from lde_qual.reporting.page import Page
from lde_qual.reporting.page_parts import Pair
from lde_qual.reporting.report_words import say
from lde_qual.reporting.themes import PrintedTheme, printed_themes

FOLDER = "tex"
DOCUMENT = f"{FOLDER}/tables.tex"

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    '"': r"\textquotedbl{}",
    # What begins a cell with a bracket after a row's end would be read as the height of that row.
    "[": "{[}",
    "]": "{]}",
}
_SIGN = re.compile("[" + re.escape("".join(_ESCAPED)) + "]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

# Of UTF-8, pdfLaTeX itself knows letters and common punctuation alone.
_PREAMBLE = r"""\documentclass[a4paper,10pt]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{textcomp}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
  \DeclareUnicodeCharacter{203A}{\guilsinglright}
  \DeclareUnicodeCharacter{2192}{\ensuremath{\rightarrow}}
  \DeclareUnicodeCharacter{2260}{\ensuremath{\neq}}
  \DeclareUnicodeCharacter{2264}{\ensuremath{\leq}}
  \DeclareUnicodeCharacter{2265}{\ensuremath{\geq}}
  \DeclareUnicodeCharacter{25B2}{\ensuremath{\blacktriangle}}
\else
  \usepackage{fontspec}
\fi
\usepackage{amssymb}
\usepackage[landscape,margin=2cm]{geometry}
\usepackage{array}
\usepackage{booktabs}
\usepackage{graphicx}
\usepackage{longtable}
\AtBeginDocument{\setlength{\LTcapwidth}{\linewidth}}
\setlength{\parindent}{0pt}
"""


def escaped_latex(text: str) -> str:
    """Return `text` on one line, with every sign that LaTeX would read as its own escaped."""
    plain = " ".join(_CONTROL.sub(" ", text).split())
    return _SIGN.sub(lambda found: _ESCAPED[found[0]], plain)


def latex_files(page: Page) -> dict[str, str]:
    """Return the LaTeX files of a report by name relative to the results, `DOCUMENT` last.

    Each table is a ``longtable`` as wide as the line it is put in; a paper that inputs one
    needs the packages array, booktabs and longtable, and graphicx for the figures.
    """
    makers = {
        "respondents": ("respondents", _respondents),
        "overview": ("overview", _overview),
        "themes": (THEMES, _themes),
        "frequency": ("codes", _frequency),
        "cooccurrence": ("cooccurrence", _cooccurrence),
    }
    bodies = {name: body(page) for name, (part, body) in makers.items() if page.contents.shows(part)}
    drawn = figures(page.contents, lang=page.lang)
    bodies |= {"figures": "\n".join(map(_figure, drawn))} if drawn else {}
    files = {f"{FOLDER}/{name}.tex": body for name, body in bodies.items()}
    return files | {DOCUMENT: _document(page, list(bodies))}


def _document(page: Page, names: Sequence[str]) -> str:
    shown = [page.codebook.title]
    shown += [say("example", page.lang)] if page.codebook.voorbeeldmateriaal else []
    shown += page.contents.notices(page.lang)
    lines = [
        _PREAMBLE.rstrip("\n"),
        rf"\renewcommand{{\tablename}}{{{escaped_latex(say('docx.table', page.lang))}}}",
        rf"\renewcommand{{\figurename}}{{{escaped_latex(say('docx.figure', page.lang))}}}",
        r"\begin{document}",
        *(f"{escaped_latex(line)}\\par" for line in shown),
        *(rf"\input{{{name}}}" for name in names),
        r"\end{document}",
    ]
    return "\n".join(lines) + "\n"


def _table(
    page: Page, name: str, heads: Sequence[str], rows: Iterable[str], *, title: str, widths: Sequence[float]
) -> str:
    """Return one table; `widths` are parts of the line, and `rows` are LaTeX already."""
    columns = "".join(
        rf">{{\raggedright\arraybackslash}}p{{\dimexpr {width:.4f}\linewidth-2\tabcolsep\relax}}" for width in widths
    )
    # N stays on the line of its own number.
    head = _row(heads).replace("(N = ", "(N~=~")
    coder = page.contents.facts.coder or say("no_coder", page.lang)
    foot = f"{say('coding_coder', page.lang)}: {coder} · {page.coded()}"
    lines = [
        rf"\begin{{longtable}}{{{columns}}}",
        rf"\caption{{{escaped_latex(title)}\label{{tab:{name}}}}}\\",
        r"\toprule",
        head,
        r"\midrule",
        r"\endfirsthead",
        r"\toprule",
        head,
        r"\midrule",
        r"\endhead",
        r"\bottomrule",
        r"\endlastfoot",
        *rows,
        r"\end{longtable}",
        rf"{{\small {escaped_latex(foot)}\par}}",
    ]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return " & ".join(escaped_latex(cell) for cell in cells) + r" \\"


def _shares(first: Sequence[float], others: int) -> list[float]:
    """Return widths: `first` as given, what is left of the line shared alike by the others."""
    return [*first, *([(1 - sum(first)) / others] * others)]


def _heads(page: Page) -> list[str]:
    return [f"{label} (N = {size})" for label, size in page.role_heads]


def _empty(count: int, said: str) -> str:
    return rf"\multicolumn{{{count}}}{{l}}{{{escaped_latex(said)}}} \\"


def _figure(entry: Entry) -> str:
    """Return a figure; nothing is set where its file is not beside the folder of these."""
    file = f"../{entry.files[-1]}"
    lines = [
        rf"\IfFileExists{{{file}}}{{\begin{{figure}}[p]",
        r"\centering",
        rf"\includegraphics[width=\linewidth,height=0.85\textheight,keepaspectratio]{{{file}}}",
        rf"\caption{{{escaped_latex(f'{entry.title}. {entry.caption}')}\label{{fig:{PurePosixPath(file).stem}}}}}",
        r"\end{figure}}{}",
    ]
    return "\n".join(lines) + "\n"


def _respondents(page: Page) -> str:
    units = ("respondents", "interviews", "turns", "words")
    heads = [say(name, page.lang) for name in ("role", *units)]
    rows = [_row([label, *numbers]) for label, numbers in page.group_rows()]
    title = say("section.respondents", page.lang)
    return _table(page, "respondents", heads, rows, title=title, widths=_shares([0.3], len(units)))


def _overview(page: Page) -> str:
    heads = [say("code", page.lang), *page.value_head, *_heads(page)]
    rows: list[str] = []
    for phase, factors in page.factors():
        rows += [r"\addlinespace"] if rows else []
        rows.append(rf"\multicolumn{{{len(heads)}}}{{l}}{{\textit{{{escaped_latex(phase)}}}}} \\")
        rows += [
            _row([factor.label if not number else "", *page.value_cell(direction), *direction.cells])
            for factor in factors
            for number, direction in enumerate(factor.directions)
        ]
    title = f"{say('section.overview', page.lang)}. {say('docx.perceived', page.lang)}"
    rows = rows or [_empty(len(heads), say("no_factors", page.lang))]
    first = [0.25, *(0.15 for _ in page.value_head)]
    return _table(page, "overview", heads, rows, title=title, widths=_shares(first, len(heads) - len(first)))


def _themes(page: Page) -> str:
    return "\n".join(_theme(page, theme) for theme in printed_themes(page))


def _theme(page: Page, theme: PrintedTheme) -> str:
    heads = [say("theme.rests_on", page.lang), *_heads(page)]
    rows: list[str] = []
    for row in theme.rows:
        if row.band and rows:
            rows.append(rf"\multicolumn{{{len(heads)}}}{{l}}{{\textit{{{escaped_latex(row.band)}}}}} \\")
        rows.append(_row([row.label, *row.cells]))
    title = f"{theme.title}. {theme.claim}"
    return _table(page, f"theme{theme.number}", heads, rows, title=title, widths=_shares([0.4], len(heads) - 1))


def _frequency(page: Page) -> str:
    heads = [say("code", page.lang), *_heads(page)]
    # What does not fit on one line is set in as far as its first line.
    rows = [rf"\leftskip={line.level - 1}em\relax {_row([line.label, *line.cells])}" for line in page.code_lines()]
    title = f"{say('section.codes', page.lang)}: {say('respondents', page.lang)}"
    return _table(page, "frequency", heads, rows, title=title, widths=_shares([0.35], len(heads) - 1))


def _cooccurrence(page: Page) -> str:
    heads = [say(name, page.lang) for name in ("code_a", "code_b", "both", "turns_a", "turns_b")] + ["Jaccard"]
    rows = [_pair(pair) for pair in page.top_pairs()] or [_empty(len(heads), say("no_pairs", page.lang))]
    title = f"{say('section.cooccurrence', page.lang)}. {say('lead.cooccurrence', page.lang, n=page.turns())}"
    return _table(page, "cooccurrence", heads, rows, title=title, widths=_shares([0.3, 0.3], len(heads) - 2))


def _pair(pair: Pair) -> str:
    return _row([pair.a, pair.b, str(pair.n), str(pair.n_a), str(pair.n_b), pair.jaccard])
