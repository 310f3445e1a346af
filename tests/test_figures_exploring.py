"""Pictures to explore by: what they must say of themselves, and that they can be read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle
from test_figures import boxes, texts

from lde_qual.figures import style
from lde_qual.figures.labels import Box, around, free_places
from lde_qual.figures.likeness import likeness_map, likeness_tree
from lde_qual.figures.network import network, sankey
from lde_qual.figures.timeline import timeline
from lde_qual.figures.words import FIGURE_WORDS

LONG = "Verwachtingen over het profiel en de begeleiding"


def spread(many: int) -> pd.DataFrame:
    """Points drawn close together, two of them on one spot."""
    places = np.random.default_rng(1).normal(size=(many, 2)) / 4
    places[1] = places[0]
    return pd.DataFrame({"item": [f"c{at}" for at in range(many)], "x": places[:, 0], "y": places[:, 1]})


def joined(many: int) -> pd.DataFrame:
    """A tree in which each thing joins the group before it."""
    rows = [(at, "c0" if at == 1 else f"#{at - 1}", f"c{at}", at / many, at + 1) for at in range(1, many)]
    return pd.DataFrame(rows, columns=["join", "a", "b", "height", "items"])


def a_map(many=40, *, lang="nl", **how):
    frame = spread(many)
    labels = {item: f"{LONG} {item}" for item in frame["item"]}
    return likeness_map(frame, **{"stress": 0.1234, "labels": labels, "lang": lang, "title": "Titel"} | how)


def a_tree(many=40, *, lang="nl", **how):
    labels = {f"c{at}": f"{LONG} {at}" for at in range(many)}
    how = {"order": list(labels), "labels": labels, "linkage": "average", "lang": lang, "title": "Titel"} | how
    return likeness_tree(joined(many), **how)


def stripes(many=40, *, interviews=13, lang="nl", **how):
    codes = [f"c{at}" for at in range(many)]
    lengths = {f"interview-{at:02}-met-een-lange-naam": 1000.0 + 100 * at for at in range(interviews)}
    rows = [(name, code, 20.0 * at, 20.0 * at + 5) for name in lengths for at, code in enumerate(codes)]
    frame = pd.DataFrame(rows, columns=["transcript", "code", "from", "to"])
    labels = {code: f"{LONG} {code}" for code in codes}
    how = {"unit": "words", "lang": lang, "title": "Titel"} | how
    return timeline(frame, codes=codes, labels=labels, lengths=lengths, **how)


def pairs(many: int) -> pd.DataFrame:
    """Each code with the next one and with one across."""
    rows = [(f"c{at}", f"c{other}", 1 + at) for at in range(many) for other in {at + 1, at + many // 2} if other < many]
    return pd.DataFrame(rows, columns=["a", "b", "n_ab"])


def a_network(many=40, *, lang="nl", **how):
    codes = [f"c{at}" for at in range(many)]
    labels = {code: f"{LONG} {code}" for code in codes}
    turns = {code: at for at, code in enumerate(codes)}
    return network(pairs(many), turns=turns, labels=labels, lang=lang, title="Titel", **how)


def a_sankey(many=40, *, lang="nl", **how):
    codes = [f"c{at}" for at in range(many)]
    labels = {code: f"{LONG} {code}" for code in codes}
    return sankey(pairs(many), order=codes, labels=labels, lang=lang, title="Titel", **how)


@pytest.mark.parametrize("draw", [a_map, a_tree, stripes, lambda: stripes(interviews=1), a_network, a_sankey])
def test_forty_codes_fit_on_a_page_without_a_label_over_another(draw):
    """With forty codes no text covers another, none leaves the sheet, and it fits between the margins of A4."""
    figure = draw()
    found = boxes(figure)
    assert not [(one, other) for at, one in enumerate(found) for other in found[:at] if one.overlaps(other)]
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 for box in found)
    assert (figure.get_size_inches() <= np.array([style.A4_WIDTH, style.A4_HEIGHT]) + 1e-9).all()


def test_respondents_stand_on_the_map_by_their_own_ids():
    """Sixteen respondents need no key: the ids themselves stand there, and the legend names their groups."""
    items = list(spread(16)["item"])
    figure = a_map(
        16, labels={item: item for item in items}, groups={item: f"rol {at % 3}" for at, item in enumerate(items)}
    )
    assert {*items, "rol 0", "rol 1", "rol 2"} <= set(texts(figure))
    assert "1" not in texts(figure)


@pytest.mark.parametrize(("lang", "stress"), [("nl", "0,123"), ("en", "0.123")])
def test_a_map_says_its_stress(lang, stress):
    """Stress stands under the map in the language of the figure, and an undefined one as undefined."""
    assert any(stress in text for text in texts(a_map(lang=lang)))
    assert any(FIGURE_WORDS["undefined"][0] in text for text in texts(a_map(stress=float("nan"))))


@pytest.mark.parametrize("linkage", ["average", "complete", "single"])
def test_a_tree_names_its_linkage(linkage):
    """How the distance of groups is reckoned stands under the tree, by its name in every program."""
    assert any(f"({linkage})" in text for text in texts(a_tree(linkage=linkage)))


def test_two_things_are_drawn_as_no_group():
    """The first join, of two, is drawn in another colour than those of three and more."""
    colours = [line.get_color() for line in a_tree(5).axes[0].lines if len(line.get_xdata()) == 4]
    assert [style.FAINT, style.INK, style.INK, style.INK] == colours


@pytest.mark.parametrize("draw", [a_map, a_tree, stripes, a_network, a_sankey])
def test_pictures_say_what_must_be_said(draw):
    """Notes stand under it, the stamp of a written example last, and it is the same file each time."""
    stamp = FIGURE_WORDS["example"][0]
    assert texts(draw(5, notes=["4 van 13"], stamp=True))[-2:] == ["4 van 13", stamp]
    assert stamp not in texts(draw(5))
    assert style.svg(draw(5)) == style.svg(draw(5))


def test_a_stripe_stands_where_it_was_said():
    """Of an interview of 1000 words, words 500 to 600 are drawn from its middle on, a tenth of its width."""
    frame = pd.DataFrame([("t", "a", 500.0, 600.0)], columns=["transcript", "code", "from", "to"])
    figure = timeline(frame, codes=["a"], labels={"a": "A"}, lengths={"t": 1000.0}, unit="words", lang="nl")
    axes = figure.axes[0]
    column = next(patch for patch in axes.patches if not patch.get_fill())
    (stripe,) = (path.get_extents() for bars in axes.collections for path in bars.get_paths())
    assert (stripe.x0 - column.get_x()) / column.get_width() == pytest.approx(0.5)
    assert stripe.width / column.get_width() == pytest.approx(0.1)


@pytest.mark.parametrize(("lang", "unit", "word"), [("nl", "minutes", "minuten"), ("en", "words", "words")])
def test_stripes_say_their_unit(lang, unit, word):
    """Under one interview stand ticks and the unit; of several the length of a bar in it."""
    assert word in texts(stripes(3, interviews=1, lang=lang, unit=unit))
    assert any(text.endswith(f" {word}") for text in texts(stripes(3, lang=lang, unit=unit)))


def test_the_thickest_line_is_the_pair_that_shares_most():
    """Widths are n_ab: of two pairs with 4 and 1 turns the one is four times as thick, and the legend says 4."""
    frame = pd.DataFrame([("a", "b", 4), ("b", "c", 1)], columns=["a", "b", "n_ab"])
    figure = network(frame, turns={"a": 5, "b": 5, "c": 2}, labels={"a": "A", "b": "B", "c": "C"}, lang="en")
    thin, thick = sorted(patch.get_linewidth() for patch in figure.axes[0].patches)
    assert thick == pytest.approx(4 * thin)
    assert "4 turns, the thickest line" in texts(figure)


def test_bands_are_as_high_as_their_turns():
    """A bar is as high as its bands together, and each band says its number."""
    frame = pd.DataFrame([("a", "b", 3), ("a", "c", 1)], columns=["a", "b", "n_ab"])
    figure = sankey(frame, order=["a", "b", "c"], labels={"a": "A", "b": "B", "c": "C"}, lang="en")
    bars = [patch.get_height() for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert bars == pytest.approx([4 * bars[2], 3 * bars[2], bars[2]])
    assert {"3", "1"} <= set(texts(figure))


@pytest.mark.parametrize("draw", [lambda: a_network(0), lambda: a_sankey(0), lambda: stripes(0, interviews=0)])
def test_nothing_to_draw_is_no_fault(draw):
    """Without a pair or an interview there is a sheet with its title and notes."""
    assert "Titel" in texts(draw())


def test_labels_keep_off_points_and_each_other():
    """Ten labels of points on one spot stand apart, inside their frame; where nothing is free, right of the point."""
    within = Box(0, 0, 4, 4)
    sizes = [(0.4, 0.1)] * 10
    places = free_places([(2.0, 2.0)] * 10, sizes, dot=0.1, within=within)
    labels = [around(*place, 0.4, 0.1) for place in places]
    assert not [(one, other) for at, one in enumerate(labels) for other in labels[:at] if one.meets(other)]
    assert not any(label.meets(around(2, 2, 0.1, 0.1)) for label in labels)
    assert all(within.holds(label) for label in labels)
    assert free_places([(2.0, 2.0)], [(9.0, 0.1)], dot=0.1, within=within) == [(2 + 0.05 + 4.5, 2.0)]
