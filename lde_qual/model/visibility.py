"""When suggestions may show beside a transcript, and which passages are coded blind."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from lde_qual.model.fold import State
from lde_qual.model.study import Study

OFF, AFTER_READING, AT_ONCE = "uit", "na eerste lezing", "meteen"


@dataclass(frozen=True, slots=True)
class Visibility:
    """Whether a coder sees suggestions in a transcript, and why (not).

    Attributes
    ----------
    why : str
        A key: ``off``, ``second coder``, ``first reading`` or ``shown``.
    """

    visible: bool
    why: str


def mode(study: Study) -> str:
    """Return the study's setting: what the codebook says, else off until the codebook was first frozen.

    Until then codes are still being found; a machine that proposes those there are would
    lead.
    """
    if study.codebook.suggestions:
        return study.codebook.suggestions
    frozen = any(part.body["action"] == "freeze" for state in study.states.values() for part in state.codebook)
    return AFTER_READING if frozen else OFF


def is_second(study: Study, coder: str, transcript: str) -> bool:
    """Tell whether a coder's codes in a transcript will be compared with somebody else's as a second opinion.

    So it is where another coder has coded the transcript or marked it done: for everyone
    but the main coder (without one: but whoever began there first); and for a main coder
    who came later, until they marked it done. Under ``approach: reflexief`` nobody is
    compared.
    """
    if study.codebook.approach == "reflexief":
        return False
    began = {name: _began(state, transcript) for name, state in study.states.items()}
    others = [at for name, at in began.items() if at and name != coder]
    if not others:
        return False
    own = began.get(coder, "")
    later = not own or min(others) < own
    if coder == study.codebook.main_coder:
        return later and transcript not in study.state(coder).done
    return bool(study.codebook.main_coder) or later


def _began(state: State, transcript: str) -> str:
    """Return when a coder first coded a transcript, or marked it done; empty where they did neither."""
    moments = [coding.created for coding in state.codings.values() if coding.transcript == transcript]
    return min([*moments, *([state.done[transcript]] if transcript in state.done else [])], default="")


def visibility(study: Study, coder: str, transcript: str) -> Visibility:
    """Return whether a coder sees suggestions in a transcript.

    Never where they are a second coder there; else by the study's `mode`: not at all,
    once the coder has marked it `done` (the first reading), or at once.
    """
    setting = mode(study)
    if is_second(study, coder, transcript):
        return Visibility(visible=False, why="second coder")
    if setting == OFF:
        return Visibility(visible=False, why="off")
    if setting == AFTER_READING and transcript not in study.state(coder).done:
        return Visibility(visible=False, why="first reading")
    return Visibility(visible=True, why="shown")


def is_blind(study: Study, coder: str, transcript: str, quote: str) -> bool:
    """Tell whether a passage is one that its coder codes before the suggestion shows.

    Drawn by a hash of the study's seed, the coder, the transcript and the words, so that
    nothing but another seed or other words changes it.
    """
    return drawn(str(study.codebook.seed), coder, transcript, " ".join(quote.split())) < study.codebook.blind_share


def drawn(*key: str) -> float:
    """Return a number from 0 to below 1 that the key alone decides: 53 bits of its SHA-256."""
    digest = hashlib.sha256("\0".join(key).encode("utf-8")).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53
