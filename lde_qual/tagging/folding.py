"""Spelling brought together, so that what is typed differently can be found as the same."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "‑": "-", "–": "-", "\u00a0": " "})


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    """Return a sign without its accent and in lower case; always one sign, so that offsets hold."""
    base = unicodedata.normalize("NFD", sign)[0]
    lower = base.lower()
    return lower if len(lower) == 1 else base


def fold(text: str) -> str:
    """Return `text` in lower case, without accents and with one kind of apostrophe and hyphen.

    It has the length of `text`, so that an offset into the one is an offset into the
    other. *Eén*, *één* and *een* become the same; so do *zo’n* and *zo'n*.
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_plain, text.translate(_SAME)))
