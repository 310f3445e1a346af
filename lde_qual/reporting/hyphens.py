"""Where a long word may break: narrow columns else cut Dutch compounds at any letter."""

from __future__ import annotations

import re
from functools import lru_cache

from pyphen import Pyphen

SOFT = "\N{SOFT HYPHEN}"
_LONG = re.compile(r"[^\W\d_]{6,}")
_PATTERNS = {"nl": "nl_NL", "en": "en_GB"}


def breakable(text: str, *, lang: str) -> str:
    """Return `text` with soft hyphens in its long words: unseen, but where a line ends.

    Parameters
    ----------
    lang : str
        Of the text, ``nl`` or ``en``.
    """
    patterns = _patterns(lang)
    return _LONG.sub(lambda found: patterns.inserted(found[0], SOFT), text)


@lru_cache
def _patterns(lang: str) -> Pyphen:
    # No line begins with a stump; one may end with two letters, as ge- and be- are two.
    return Pyphen(lang=_PATTERNS[lang], left=2, right=3)
