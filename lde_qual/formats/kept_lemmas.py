"""Lemmas of a transcript as bytes for the cache, and back; what is not whole reads as nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

Lemmas = tuple[tuple[str, ...], ...]
"""Of each speech, in order: the lemma of each of its words."""

VERSION = "lde_qual lemmas 1"


def key_of(pipeline: str, speeches: Sequence[str]) -> str:
    """Return the name under which the lemmas of speeches are kept: SHA-256 of the pipeline's key and the text."""
    parts = (VERSION, pipeline, *speeches)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def format_lemmas(lemmas: Lemmas) -> bytes:
    """Return the bytes: a line with a sum of the rest, then a line a speech, lemmas with a space between."""
    body = "".join(f"{' '.join(speech)}\n" for speech in lemmas).encode("utf-8")
    return f"{VERSION} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def parse_lemmas(data: bytes) -> Lemmas | None:
    """Return the lemmas; None where the bytes are not what `format_lemmas` made."""
    head, _, body = data.partition(b"\n")
    if head != f"{VERSION} {hashlib.sha256(body).hexdigest()}".encode():
        return None
    return tuple(tuple(line.split(" ")) if line else () for line in body.decode("utf-8").split("\n")[:-1])
