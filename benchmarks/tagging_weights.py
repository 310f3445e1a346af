"""Fit the weights that the assistant is shipped with: `python benchmarks/tagging_weights.py`.

On this repository's study, from the codebook alone: first those that order the codes,
over the passages that bear one; then, with these held, those that say whether any
applies, over all passages of coded interviews. Once with the codes that the report
names to choose from, once with all; what `lde_qual/tagging/blend.py` ships is the mean
of the two, rounded. The text, the codebook and the codings are one maker's, so the
weights are a beginning and no more: a coder's own decisions move them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

import lde_qual as lq
from lde_qual.tagging.blend import CODEBOOK_ALONE, SHIPPED, sizes
from lde_qual.tagging.candidates import owners
from lde_qual.tagging.lessons import Lessons, speech_texts
from lde_qual.tagging.scorer import Material
from lde_qual.tagging.weights import learn_weights

ORDER = ("keywords", "codebook", "learned")
NONE = ("none", "none, per ln of words")
Array = npt.NDArray[np.float64]


def features_and_truth(codes: tuple[str, ...], lessons: Lessons) -> tuple[Array, Array]:
    """Return what the weights are applied to, and the share of each code and of none, over all tested passages."""
    study = lessons.study
    fit = CODEBOOK_ALONE.fit(Material(study.codebook, codes, tuple(speech_texts(study))), rng=np.random.default_rng(1))
    tested = [labelled for _, labelled in lessons.tested()]
    texts = [each.text for each in tested]
    rows = fit.vectors.transform(texts)
    learned = np.asarray(rows @ fit.from_codebook) + fit.intercept
    features = fit.features(rows, fit.keywords.strength(fit.keywords.matches(texts)), sizes(texts), learned=learned)
    owner = owners(study.codebook, codes)
    truth = np.zeros((len(tested), len(codes) + 1))
    for row, each in enumerate(tested):
        places = sorted({owner[code] for code in each.codes if code in owner}) or [len(codes)]
        truth[row, places] = 1 / len(places)
    return features, truth


def fitted(codes: tuple[str, ...], lessons: Lessons) -> dict[str, float]:
    """Return the weights under which the coder's decisions are most likely, by name."""
    features, truth = features_and_truth(codes, lessons)
    names = list(SHIPPED)
    order, none = [names.index(name) for name in ORDER], [names.index(name) for name in NONE]
    coded = truth[:, -1] == 0
    first = learn_weights(features[coded][:, :-1, order], truth[coded, :-1], centre=np.ones(3), spread=np.full(3, 1e3))
    held, free = np.full(3, 0.01), np.full(2, 1e3)
    both = learn_weights(features[:, :, order + none], truth, centre=np.r_[first, 1.0, 0.0], spread=np.r_[held, free])
    return dict(zip((*ORDER, *NONE), map(float, both), strict=True))


def main() -> None:
    """Print the weights by codes to choose from, their mean, and what is shipped."""
    study = lq.open_study(Path(__file__).parent.parent)
    book = study.model.codebook
    lessons = Lessons(study.model, study.model.counting_coder(), "passage")
    narrow, wide = (fitted(codes, lessons) for codes in (tuple(book.report_codes), tuple(book.ids())))
    print(f"{'weight':24}{'report':>10}{'all':>10}{'mean':>10}{'shipped':>10}")
    for name in (*ORDER, *NONE):
        mean = (narrow[name] + wide[name]) / 2
        print(f"{name:24}{narrow[name]:10.2f}{wide[name]:10.2f}{mean:10.2f}{SHIPPED[name][0]:10.2f}")


if __name__ == "__main__":
    main()
