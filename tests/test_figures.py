"""Figures: the same bytes each time, readable, and nothing shaded that says nothing."""

import matplotlib as mpl
import pytest
from matplotlib.patches import Rectangle
from reports import make_facts

from lde_qual.analysis.cooccurrence import cooccurrence as count_pairs
from lde_qual.analysis.frequency import frequency
from lde_qual.figures import style
from lde_qual.figures.code_by_role import code_by_role
from lde_qual.figures.cooccurrence import cooccurrence
from lde_qual.figures.words import FIGURE_WORDS

ROLES = {"a": "Rol A", "b": "Rol B"}
CODES = ["vdab", "sine", "plan"]


def by_role(lang="nl", **how):
    return code_by_role(frequency(make_facts(), by=["role"]), roles=ROLES, lang=lang, title="Titel", **how)


def pairs(**how):
    frame = count_pairs(make_facts(), unit="turn", codes=["in", *CODES])
    labels = {code: code for code in ["in", *CODES]}
    related = {("in", "vdab"), ("in", "sine")}
    return cooccurrence(frame, codes=["in", *CODES], labels=labels, related=related, lang="nl", **how)


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize("draw", [by_role, pairs])
@pytest.mark.parametrize("form", [style.png, style.svg, style.pdf])
def test_the_same_figure_is_the_same_bytes(draw, form):
    """A figure that is drawn twice is the same file."""
    assert form(draw()) == form(draw())


def test_files_carry_neither_time_nor_program():
    """No form says when or by what it was made."""
    svg = style.svg(by_role()).decode()
    assert "<dc:date>" not in svg
    assert "Matplotlib" not in svg
    assert b"Software" not in style.png(by_role())
    pdf = style.pdf(by_role())
    assert not any(sign in pdf for sign in (b"CreationDate", b"Creator", b"Producer"))


def test_the_letters_of_a_pdf_are_letters_of_a_font_in_it():
    """No Type 3 font, which journals refuse: one TrueType font, embedded."""
    pdf = style.pdf(by_role())
    assert b"/Type3" not in pdf
    assert b"/FontFile2" in pdf


def test_drawing_leaves_the_settings_of_matplotlib_alone():
    """Whoever draws figures of their own keeps their own settings."""
    before = dict(mpl.rcParams)
    style.png(by_role())
    assert before == dict(mpl.rcParams)


@pytest.mark.parametrize(("lang", "cell", "everyone"), [("nl", "1 van 3", "allen"), ("en", "1 of 3", "all")])
def test_numbers_stand_in_the_cells(lang, cell, everyone):
    """A cell says n of N in the language of the figure, and the last column is of everyone."""
    found = texts(by_role(lang))
    assert cell in found
    assert everyone in found


def test_a_group_of_fewer_than_three_is_not_shaded():
    """One of one is no dark cell: a share of so few says nothing."""
    figure = by_role()
    cells = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    small = cells[1::3]
    assert {tuple(patch.get_facecolor()[:3]) for patch in small} == {(1.0, 1.0, 1.0)}


@pytest.mark.parametrize("draw", [by_role, pairs])
def test_written_examples_say_so(draw):
    """The stamp stands in the figure where it is asked for, and only there."""
    stamp = FIGURE_WORDS["example"][0]
    assert stamp in texts(draw(stamp=True))
    assert stamp not in texts(draw())


def test_a_code_and_the_code_above_it_are_no_pair():
    """A cell of a code with its own ancestor holds a dash; the diagonal holds n."""
    assert texts(pairs()).count("–") == 2


def test_labels_are_no_formulas():
    """A label with dollar signs is drawn as it stands."""
    assert any("$x^2$" in text for text in texts(by_role()))


def test_a_zero_of_a_group_that_was_not_asked_says_so():
    """Where nobody of a group was asked and nobody named it, the cell says that; who named it unasked is counted."""
    assert texts(by_role(unasked={("sine", "a"), ("vdab", "b")})).count("niet bevraagd") == 1
    assert "niet bevraagd" not in texts(by_role())


@pytest.mark.parametrize("draw", [by_role, pairs])
def test_a_figure_says_what_must_be_said_of_its_numbers(draw):
    """A note stands under the figure, before the stamp."""
    assert texts(draw(notes=["4 van 13"], stamp=True))[-2:] == ["4 van 13", FIGURE_WORDS["example"][0]]


def test_a_long_title_stays_on_the_sheet():
    """A title that is wider than the sheet is folded."""
    frame = frequency(make_facts(), by=["role"])
    title = "Arbeidsmarktbemiddelingsverantwoordelijken " * 4
    figure = code_by_role(frame, roles=ROLES, lang="nl", title=title)
    bold = [text.get_text() for text in figure.axes[0].texts if text.get_fontsize() == style.TITLE_SIZE]
    assert len(bold) > 1
    assert all(style.wide(line, style.TITLE_SIZE, "bold") <= style.A4_WIDTH for line in bold)


def test_bold_is_measured_as_bold():
    """Bold letters are wider, and a bold label is folded by its own width."""
    assert style.wide("Verwachtingen", 7.2, "bold") > style.wide("Verwachtingen", 7.2)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_numbers_are_readable_on_every_shade():
    """Text and cell keep a contrast of 4.5 to 1 from white to the deepest blue."""
    for share in [step / 100 for step in range(101)]:
        light, dark = sorted((luminance(style.tint(share)), luminance(style.ink_on(share))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.49, share


@pytest.mark.parametrize("width", [0.3, 0.6, 1.2, 3.0])
def test_folded_lines_fit(width):
    """No line of a folded label is wider than it may be."""
    lines = style.folded("Werkvloerbegeleidersoverleg en nog iets langers", width)
    assert all(style.wide(line, 7.5) <= width for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == "Werkvloerbegeleidersoverlegennogietslangers"


FORTY = """\
title: Veertig
main_coder: anna
roles: {a: Arbeidsbemiddelaars, b: Werkvloerbegeleiders}
dimensions: {richting: [belemmerend, faciliterend]}
codes:
  - {id: in, label: In}
  - {id: vdab, label: V}
  - {id: sine, label: S}
  - {id: plan, label: P}
""" + "".join(
    f"  - {{id: c{number}, label: Verwachtingen over het profiel en de begeleiding {number}}}\n" for number in range(36)
)


def boxes(figure):
    # At the dots of a screen letters are rounded to whole pixels, and wider than in print.
    figure.set_dpi(style.DPI)
    renderer = figure.canvas.get_renderer()
    return [text.get_window_extent(renderer).shrunk(0.98, 0.9) for text in figure.axes[0].texts if text.get_text()]


@pytest.mark.parametrize("view", ["by_role", "pairs"])
def test_forty_codes_fit_without_a_label_over_another(view):
    """With forty codes no text covers another or is dust, and the figure fits on an A4 page between its margins."""
    facts = make_facts(codebook=FORTY)
    codes = facts.codes
    assert 40 == len(codes)
    if view == "by_role":
        figure = code_by_role(frequency(facts, by=["role"]), roles=ROLES, lang="nl", title="Titel")
    else:
        frame = count_pairs(facts, unit="turn")
        frame.loc[frame["a"] != frame["b"], "n_ab"] = 1234
        labels = {code: facts.study.codebook.code(code).label for code in codes}
        figure = cooccurrence(frame, codes=codes, labels=labels, related=set(), lang="nl", title="Titel")
    found = boxes(figure)
    assert not [(one, other) for at, one in enumerate(found) for other in found[:at] if one.overlaps(other)]
    outside = [
        text.get_text() for text, box in zip(figure.axes[0].texts, found, strict=True) if box.x1 > figure.bbox.x1
    ]
    assert not outside
    assert min(text.get_fontsize() for text in figure.axes[0].texts if text.get_text()) > 3.5
    width, height = figure.get_size_inches()
    assert width <= style.A4_WIDTH + 1e-9
    assert height <= style.A4_HEIGHT + 1e-9
