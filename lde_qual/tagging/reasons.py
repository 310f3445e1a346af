"""Why a code is proposed, or none, in a coder's own words: Dutch or English."""

from __future__ import annotations

from lde_qual.tagging.proposal import Judgement, Match, Proposal

_WORDS = {
    "keywords": ("trefwoorden", "keywords"),
    "codebook": ("lijkt op het codeboek", "like the codebook"),
    "coded": ("lijkt op wat al zo gecodeerd is", "like what is already coded so"),
    "prior": ("hoe vaak deze code voorkomt", "how often this code occurs"),
    "threshold": ("drempel: er past geen code", "threshold: no code applies"),
    "model": ("taalmodel", "language model"),
    "found": ("gevonden", "found"),
    "near": ("lijkt op", "like"),
    "too short": ("te weinig tekst", "too little text"),
    "no evidence": ("niets wijst op een code", "nothing points to a code"),
    "low margin": ("te weinig verschil tussen de codes", "too little between the codes"),
    "blind": ("blind coderen: codeer eerst, `reveal` toont daarna", "coded blind: code it first, then `reveal` shows"),
    "nothing": ("geen suggestie", "no suggestion"),
}
_LONGEST_QUOTE = 60


def word(key: str, lang: str) -> str:
    """Return a word of an explanation; a key that is not known stands for itself, as a scorer of one's own names it."""
    dutch, english = _WORDS.get(key, (key, key))
    return dutch if lang == "nl" else english


def reason(proposal: Proposal, text: str, *, lang: str) -> str:
    """Return why a code is proposed for a text: words found, passages alike, and what adds up to the score."""
    found = "; ".join(dict.fromkeys(f"“{_as_it_stands(match, text)}”" for match in proposal.matches))
    near = "; ".join(f"“{_short(each.quote)}” ({each.transcript or each.coding})" for each in proposal.neighbours)
    sum_ = ", ".join(f"{word(part.name, lang)} {part.value:+.2f}" for part in proposal.contributions if part.value)
    parts = [f"{word('found', lang)}: {found}" if found else "", f"{word('near', lang)}: {near}" if near else "", sum_]
    return " · ".join(part for part in parts if part)


def why_none(judgement: Judgement, *, lang: str) -> str:
    """Return in a few words why no code is proposed."""
    return f"{word('nothing', lang)}: {word(judgement.abstained, lang)}"


def stands(match: Match, text: str) -> list[tuple[int, int]]:
    """Return where the words found stand in the text, half-open; of a verb that stands apart, its two ends."""
    words = text[match.start : match.end].split()
    if len(words) <= len(match.keyword.split()) + 1:
        return [(match.start, match.end)]
    return [(match.start, match.start + len(words[0])), (match.end - len(words[-1]), match.end)]


def _as_it_stands(match: Match, text: str) -> str:
    return " … ".join(" ".join(text[start:end].split()) for start, end in stands(match, text))


def _short(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= _LONGEST_QUOTE else flat[: _LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + "…"
