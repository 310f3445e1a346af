"""Lemmas: by a trained spaCy pipeline where there is one, else by a table of forms.

The one module that loads spaCy, and only when lemmas are first asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

from lde_qual.errors import UsageError
from lde_qual.language import lookup
from lde_qual.language.tokens import tokens

MODEL_VARIABLE = "LDE_QUAL_SPACY_MODEL"
DEFAULT = "nl_core_news_sm"
_NOT_NEEDED = ("parser", "ner", "senter", "entity_linker")
"""Parts of a pipeline that no lemma rests on, left out for speed."""


@dataclass(frozen=True)
class Pipeline:
    """What gives words their lemmas.

    Attributes
    ----------
    name : str
        With its version, as tables name it.
    key : str
        Changes whenever the same words may get other lemmas.
    notice : str
        A sentence that says what ran, and why where it was not what is wanted first.
    nlp : spacy.language.Language
    """

    name: str
    key: str
    notice: str
    nlp: Any

    def lemmas(self, speeches: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Yield for each speech the lemmas of its words (see `tokens.tokens`), in order and in small letters.

        Raises
        ------
        UsageError
            Where the pipeline gives no lemmas.
        """
        from spacy.tokens import Doc  # noqa: PLC0415 - spaCy is loaded when a pipeline is first asked for

        def documents() -> Iterator[tuple[Any, list[bool]]]:
            for speech in speeches:
                found = tokens(speech)
                spaces = [one.span.end < other.span.start for one, other in pairwise(found)]
                words = [token.text.replace("’", "'") for token in found]
                document = Doc(self.nlp.vocab, words=words, spaces=[*spaces, False] if found else [])
                yield document, [token.word for token in found]

        for document, is_word in self.nlp.pipe(documents(), as_tuples=True):
            if any(is_word) and not document.has_annotation("LEMMA"):
                raise UsageError(f"The spaCy pipeline '{self.name}' gives no lemmas.", way_out=_way_out())
            yield tuple(_plain(token) for token, word in zip(document, is_word, strict=True) if word)


def _plain(token: Any) -> str:
    # Dutch treebanks write a separable verb as aan_bieden; people look for aanbieden.
    lemma = "".join(str(token.lemma_).split()).replace("_", "").lower()
    return lemma or str(token.text).lower()


def load(*, named: str = "", folder: str | Path = ".") -> Pipeline:
    """Return the pipeline that a study's lemmas come from.

    In this order: what the environment variable ``LDE_QUAL_SPACY_MODEL`` names, what the
    codebook names under ``spacy:``, ``nl_core_news_sm`` where it is installed, and
    otherwise a blank Dutch pipeline with a table of forms.

    Parameters
    ----------
    named : str
        What the codebook names: an installed package, or a path.
    folder : path
        The study's; a path in the codebook counts from there, one in the environment
        from the current folder.

    Raises
    ------
    UsageError
        Where a pipeline was named and cannot be loaded. Only the one that is looked for
        anyhow, ``nl_core_news_sm``, may be named in a codebook and be missing.
    """
    variable = os.environ.get(MODEL_VARIABLE, "").strip()
    if variable:
        return _trained(_place(variable, Path()), f"the environment variable {MODEL_VARIABLE}")
    if named and named != DEFAULT:
        return _trained(_place(named, Path(folder)), "`spacy:` in codebook.yaml")
    return _trained(DEFAULT, "") if _installed(DEFAULT) else _blank()


def _place(name: str, base: Path) -> str:
    """Return a path in full where `name` is one, else the name of a package."""
    path = base / Path(name).expanduser()
    return str(path.resolve()) if path.is_dir() or len(Path(name).parts) > 1 else name


def _installed(name: str) -> bool:
    from spacy.util import is_package  # noqa: PLC0415 - as above

    return bool(is_package(name))


def _way_out() -> str:
    return (
        f"Name an installed Dutch pipeline or the path of one, or name none: then {DEFAULT} serves where it is"
        " installed, and a table of forms otherwise."
    )


@lru_cache(maxsize=4)
def _trained(name: str, named_by: str) -> Pipeline:
    import spacy  # noqa: PLC0415 - as above

    try:
        nlp = spacy.load(name, exclude=_NOT_NEEDED)
    except (OSError, ValueError, ImportError, AttributeError, TypeError, KeyError) as fault:
        # The last three are what an installed package gives that is no pipeline, and a folder that was damaged.
        where = f", which {named_by} names," if named_by else ""
        reason = next((line for line in str(fault).splitlines() if line.strip()), type(fault).__name__)
        raise UsageError(
            f"The spaCy pipeline '{name}'{where} cannot be loaded ({reason}).", way_out=_way_out()
        ) from fault
    meta = json.dumps(nlp.meta, sort_keys=True, default=str)
    label = f"{Path(name).name} {nlp.meta.get('version', '')}".strip()
    key = f"{label} {hashlib.sha256(meta.encode()).hexdigest()} spacy {version('spacy')}"
    return Pipeline(label, key, f"Lemmas by the spaCy pipeline {label}.", nlp)


@lru_cache(maxsize=1)
def _blank() -> Pipeline:
    import spacy  # noqa: PLC0415 - as above
    from spacy.language import Language  # noqa: PLC0415 - as above

    if not Language.has_factory(_LOOKUP):
        Language.component(_LOOKUP, func=_look_up)
    nlp = spacy.blank("nl")
    nlp.add_pipe(_LOOKUP)
    name = lookup.table_name()
    notice = f"Lemmas by a blank Dutch pipeline with a table of forms ({name}): {DEFAULT} is not installed."
    return Pipeline(name, f"{name} corrections {lookup.CORRECTIONS_VERSION}", notice, nlp)


_LOOKUP = "lde_qual_lookup_lemmas"


def _look_up(document: Any) -> Any:
    for token in document:
        token.lemma_ = lookup.lemma(token.text.lower())
    return document


def lemmas_of_words(pipeline: Pipeline, words: Sequence[str]) -> list[str]:
    """Return the lemma of each word by itself, as somebody who looks for it means it."""
    return [found[0] if found else word.lower() for word, found in zip(words, pipeline.lemmas(words), strict=True)]
