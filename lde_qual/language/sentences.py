"""Where a sentence ends in typed speech: one rule of our own, the same on every machine.

Whatever counts, codes or suggests by sentence takes its bounds from here, so that no
number depends on which language pipeline is installed.
"""

from __future__ import annotations

import re

from lde_qual.model.span import Span

ABBREVIATIONS = frozenset(
    {
        *("afb", "afd", "alg", "art", "bijv", "blz", "bv", "bvb", "ca", "cf", "dhr", "dr", "drs", "enz", "etc", "evt"),
        *("excl", "hfst", "incl", "ing", "ir", "jl", "jr", "mej", "mevr", "mr", "mw", "nl", "nr", "nrs", "ong", "plm"),
        *("pp", "prof", "resp", "sr", "st", "tel", "tgov", "vb", "vgl", "zgn"),
    }
)
"""Words whose full stop is part of them. None is a word that people also end a sentence with."""

_STOP = re.compile(r"""(?<![.!?…])(?P<stop>[.!?…]++)(?P<closing>["'”’»›)\]}]*+)(?=\s|\Z)""")
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]\.){2,}|[A-ZÀ-Þ]\.")
_LIST_NUMBER = re.compile(r"\d{1,2}\.")
_OPENING = "\"'“„‚‘’«‹([{-–—*"
_NEXT_WORD = re.compile(r"(?:['’][stnk]\s+|[^\w\s]|\s)*(?P<first>\w)")
_LONGEST_WORD = 20
"""Signs that an abbreviation takes at most; what stands further back cannot matter."""

_WORD_SIGN = re.compile(r"[^\W_]")


def sentence_bounds(text: str, span: Span) -> list[Span]:
    """Return the sentences of a stretch of speech, in order.

    Parameters
    ----------
    text : str
        The body of a transcript.
    span : Span
        The speech, in code points.

    Returns
    -------
    list of Span
        Without white space at their ends; together they hold every sign of the
        speech that is no white space, each once.

    Notes
    -----
    A line break ends a sentence, and so does a run of ``. ! ? …``, with the closing
    quotes and brackets right after it, where white space follows. It does not after an
    abbreviation, letters with stops (*m.a.w.*), an initial, or a list's number that
    opens the sentence (*1.*); nor where an ellipsis, or a quote or bracket that closes,
    is followed by a small letter. Signs without a letter or digit make no sentence
    beside others on their line.
    """
    found: list[Span] = []
    start = span.start
    while start < span.end:
        until = text.find("\n", start, span.end)
        until = span.end if until < 0 else until
        found += _in_line(text, Span(start, until).stripped(text))
        start = until + 1
    return found


def _in_line(text: str, line: Span) -> list[Span]:
    found: list[Span] = []
    start = line.start
    for match in _STOP.finditer(text, line.start, line.end):
        piece = Span(start, match.end()).stripped(text)
        if _ends(text, match, sentence=piece, until=line.end):
            found.append(piece)
            start = match.end()
    rest = Span(start, line.end).stripped(text)
    return _joined(text, [*found, rest] if len(rest) else found)


def _ends(text: str, match: re.Match[str], *, sentence: Span, until: int) -> bool:
    stop = match["stop"]
    if stop == "." and _is_part_of_word(text, match.start(), sentence):
        return False
    ellipsis = len(stop) > 1 or stop == "…"
    if match["closing"] or (ellipsis and not set(stop) & set("!?")):
        following = _NEXT_WORD.match(text, match.end(), until)
        return following is None or not following["first"].islower()
    return True


def _is_part_of_word(text: str, stop: int, sentence: Span) -> bool:
    """Tell whether the full stop at `stop` belongs to the word before it."""
    before = text[max(sentence.start, stop - _LONGEST_WORD) : stop + 1]
    word = before.split()[-1].lstrip(_OPENING)
    if _LETTERS_WITH_STOPS.fullmatch(word) or word[:-1].casefold() in ABBREVIATIONS:
        return True
    return stop + 1 - len(word) == sentence.start and _LIST_NUMBER.fullmatch(word) is not None


def _joined(text: str, pieces: list[Span]) -> list[Span]:
    """Return the pieces, those without a letter or digit joined to the one before, else to the one after."""
    found: list[Span] = []
    for piece in pieces:
        if found and not (_WORD_SIGN.search(piece.of(text)) and _WORD_SIGN.search(found[-1].of(text))):
            found[-1] = Span(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found
