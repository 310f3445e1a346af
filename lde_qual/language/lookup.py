"""Lemmas from a table: what serves where no trained pipeline is installed.

The table is that of `simplemma`. It knows forms and no context, so that a form of two
words (*vragen*, a verb and a plural) always gets the same lemma.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version

TABLE = "simplemma"
CORRECTIONS_VERSION = "2"
CORRECTIONS = {
    **{verb: verb for verb in ("bellen", "hangen", "kijken", "leren", "vallen", "wachten", "zetten", "zitten")},
    **{word: word for word in ("acht", "anders", "mail", "namen", "rap", "uw", "werkgever")},
    **dict.fromkeys(("gestaan", "staat", "stond", "stonden"), "staan"),
    "kost": "kosten",
    "wacht": "wachten",
    "zet": "zetten",
    "zit": "zitten",
    **dict.fromkeys(("ene", "'n", "n", "ne", "nen"), "een"),
    **dict.fromkeys(("da", "da's"), "dat"),
    **dict.fromkeys(("t", "'t"), "het"),
    **dict.fromkeys(("'k", "k"), "ik"),
    "ge": "gij",
    "gij": "gij",
}
"""Where the table is wrong on words that interviews are full of, and Flemish forms that it has not: form to lemma."""


def table_name() -> str:
    """Return the name of the table with its version, as it stands in the column ``pipeline``."""
    return f"lookup {TABLE} {version(TABLE)}"


@lru_cache(maxsize=100_000)
def lemma(form: str) -> str:
    """Return the lemma of a word in small letters; the word itself where the table does not know it.

    Where the table gives the noun *fiets* the verb *fietsen*, and *fietsen* its singular
    *fiets*, the word is kept: as a noun it is right, as a verb in the first person it is
    the rarer case.
    """
    if form in CORRECTIONS:
        return CORRECTIONS[form]
    found = _listed(form)
    return form if found.endswith("en") and _listed(found) == form else found


def _listed(form: str) -> str:
    from simplemma import lemmatize  # noqa: PLC0415 - a table of a megabyte, for who needs it

    return str(lemmatize(form, lang="nl")).lower().replace("_", "")
