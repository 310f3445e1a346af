"""Texts as vectors of character n-grams, weighted by how rare they are.

As scikit-learn's ``char_wb``: every word is taken with one space on both sides, and
its runs of 3 to 5 signs are counted, so that *indicering* and *geïndiceerd* share
most of what they are made of, and no lemma list for spoken Flemish is needed. Counting
them once a word and not once a text makes it fast enough for a study of 60 interviews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import scipy.sparse as sp

from lde_qual.model.transcript import WORD
from lde_qual.tagging.folding import fold

SHORTEST, LONGEST = 3, 5
"""Signs of an n-gram. On the quotes that this was measured on they beat words, lemmas and split compounds."""


def ngrams(word: str) -> list[str]:
    """Return the runs of `SHORTEST` to `LONGEST` signs of a word between two spaces; the whole where it is shorter."""
    padded = f" {word} "
    size = len(padded)
    if size <= SHORTEST:
        return [padded]
    return [padded[i : i + n] for n in range(SHORTEST, min(LONGEST, size) + 1) for i in range(size - n + 1)]


class Vectors:
    """A vector space fitted on all texts at hand, labelled or not.

    Parameters
    ----------
    texts : iterable of str
        Only how rare an n-gram is in them is learned.

    Notes
    -----
    Weight of an n-gram in a text: (1 + ln count) (1 + ln((1 + N) / (1 + n))), with N the
    number of fitted texts and n those that hold it; then every text has length 1
    (sublinear tf-idf, as in scikit-learn's TfidfVectorizer).
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._grams: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._rows: list[Counter[int]] = []
        self._laid_down: sp.csr_matrix = sp.csr_matrix((0, 0))
        fitted = self._counts(texts, grow=True)
        holding = np.bincount(fitted.indices, minlength=fitted.shape[1])
        self.idf = np.log((1 + fitted.shape[0]) / (1 + holding)) + 1

    @property
    def size(self) -> int:
        """Number of n-grams."""
        return len(self.idf)

    def transform(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return one row a text, shape (texts, n-grams), of length 1, or 0 where nothing in it is known."""
        counts = self._counts(texts, grow=False).astype(float)
        counts.data = 1 + np.log(counts.data)
        rows = (counts @ sp.diags(self.idf)).tocsr()
        length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
        return (sp.diags(1 / np.where(length > 0, length, 1)) @ rows).tocsr()

    def _counts(self, texts: Iterable[str], *, grow: bool) -> sp.csr_matrix:
        """Return how often each n-gram stands in each text."""
        indptr: list[int] = [0]
        words: list[int] = []
        numbers: list[int] = []
        for text in texts:
            counted = Counter(WORD.findall(fold(text)))
            words += [self._word(word, grow=grow) for word in counted]
            numbers += counted.values()
            indptr.append(len(words))
        by_word = sp.csr_matrix((numbers, words, indptr), shape=(len(indptr) - 1, len(self._rows)))
        return (by_word @ self._by_gram()).tocsr()

    def _word(self, word: str, *, grow: bool) -> int:
        """Return the number of a word, and lay down its n-grams when it is new."""
        if word not in self._words:
            found = Counter(ngrams(word))
            if grow:
                row = Counter({self._grams.setdefault(gram, len(self._grams)): n for gram, n in found.items()})
            else:
                row = Counter({self._grams[gram]: n for gram, n in found.items() if gram in self._grams})
            self._words[word] = len(self._rows)
            self._rows.append(row)
        return self._words[word]

    def _by_gram(self) -> sp.csr_matrix:
        """Return how often each n-gram stands in each word; built again only when there are new words."""
        if self._laid_down.shape != (len(self._rows), len(self._grams)):
            indptr = np.cumsum([0, *map(len, self._rows)])
            indices = [gram for row in self._rows for gram in row]
            data = [n for row in self._rows for n in row.values()]
            self._laid_down = sp.csr_matrix((data, indices, indptr), shape=(len(self._rows), len(self._grams)))
        return self._laid_down
