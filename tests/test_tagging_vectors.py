"""Vectors of character n-grams."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from lde_qual.tagging.vectors import LONGEST, SHORTEST, Vectors, ngrams

TEXTS = st.lists(st.text(alphabet="abé c", min_size=1, max_size=25), min_size=1, max_size=6)


def test_n_grams_are_runs_within_a_word():
    """A word is taken with a space on both sides; what is shorter than a run is taken whole."""
    assert [" po", "pop", "op ", " pop", "pop ", " pop "] == ngrams("pop")
    assert [" a "] == ngrams("a")


@given(TEXTS, TEXTS)
def test_the_same_as_scikit_learn(fitted, asked):
    """Words of letters and spaces get the vectors that TfidfVectorizer gives them."""
    peer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(SHORTEST, LONGEST), sublinear_tf=True, lowercase=True, strip_accents="unicode"
    )
    if not any(text.strip() for text in fitted):
        assert Vectors(fitted).transform(asked).nnz == 0
        return
    expected = (peer.fit(fitted).transform(asked) @ peer.transform(fitted).T).toarray()
    own = Vectors(fitted)
    np.testing.assert_allclose((own.transform(asked) @ own.transform(fitted).T).toarray(), expected, atol=1e-12)
