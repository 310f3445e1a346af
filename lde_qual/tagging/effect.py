"""What suggestions do to coding: decisions by the way they came, and coding with and without suggestions beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import asdict

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from lde_qual.model.codebook import Codebook
from lde_qual.model.coding import Decision
from lde_qual.model.fold import State
from lde_qual.model.suggestion import WAYS
from lde_qual.tagging.held_out import Answers
from lde_qual.tagging.measures import ratio

DECISION_COLUMNS = (
    *("way", "decided", "as_suggested", "other_code", "other_bounds", "rejected", "put_off"),
    *("right", "low", "high"),
)
_PLACE = ("transcript", "body_sha256", "start", "end")
CONDITIONS = ("blind", "without", "with")
CONDITION_COLUMNS = ("condition", "passages", "coded", "codings_per_passage", "first_among_codes", "of")


def decisions(state: State, codebook: Codebook, *, among: Container[str] | None = None) -> pd.DataFrame:
    """Return how a coder's suggestions were decided, by the way they came, with `DECISION_COLUMNS`.

    ``right`` is the share of the accepted and rejected that was accepted with the code
    suggested, with its exact (Clopper-Pearson) 95 % interval. Only of the way ``random``
    is it an estimate of how often suggestions are right: the other ways choose. Of a
    suggestion that was rejected or put off and decided on again, the last decision counts.
    With `among`, only suggestions of these codes, by today's ids.
    """
    counts: dict[str, Counter[str]] = {way: Counter() for way in WAYS}
    for coding in state.codings.values():
        if coding.origin == "accepted":
            asked = codebook.today(str(coding.suggestion.get("code") or coding.code))
            if among is not None and asked not in among:
                continue
            kind = "as_suggested" if asked == codebook.today(coding.code) else "other_code"
            came = counts.setdefault(str(coding.suggestion.get("way") or WAYS[0]), Counter())
            came[kind] += 1
            came["other_bounds"] += "passage" in coding.suggestion
    for decision in _standing(state):
        if among is not None and codebook.today(decision.code) not in among:
            continue
        kind = "rejected" if decision.kind == "reject" else "put_off"
        counts.setdefault(str(decision.suggestion.get("way") or WAYS[0]), Counter())[kind] += 1
    rows = []
    for way, of in counts.items():
        settled = of["as_suggested"] + of["other_code"] + of["rejected"]
        sure = binomtest(of["as_suggested"], settled).proportion_ci() if settled else None
        rows.append(
            {
                "way": way,
                "decided": settled,
                **{name: of[name] for name in ("as_suggested", "other_code", "other_bounds", "rejected", "put_off")},
                "right": of["as_suggested"] / settled if settled else np.nan,
                "low": sure.low if sure else np.nan,
                "high": sure.high if sure else np.nan,
            }
        )
    return pd.DataFrame(rows, columns=list(DECISION_COLUMNS))


def _standing(state: State) -> list[Decision]:
    """Return rejections and what was put off, without those that a later decision on the same suggestion replaced."""
    last: dict[tuple[object, ...], str] = {}
    for coding in state.codings.values():
        if coding.origin == "accepted":
            passage = coding.suggestion.get("passage") or asdict(coding.anchor)
            key = (*(passage.get(name) for name in _PLACE), coding.suggestion.get("code") or coding.code)
            last[key] = max(last.get(key, ""), coding.id)
    own = {each.id: (*(getattr(each.anchor, name) for name in _PLACE), each.code) for each in state.decisions}
    for identifier, key in own.items():
        last[key] = max(last.get(key, ""), identifier)
    return [each for each in state.decisions if last[own[each.id]] == each.id]


def conditions(
    said: Answers, borne: Sequence[Sequence[int]], codings: Sequence[int], condition: Sequence[str]
) -> pd.DataFrame:
    """Return how coding differs with and without suggestions, with `CONDITION_COLUMNS`.

    Parameters
    ----------
    said : Answers
        What a fit that never heard the respondent says of each passage: the same
        yardstick for all conditions.
    borne : sequence of sequence of int
        By passage the places of the coder's codes.
    codings : sequence of int
        By passage how many codings touch it.
    condition : sequence of str
        By passage one of `CONDITIONS`.

    Notes
    -----
    ``first_among_codes`` is, of the passages with a code (``of``), the share whose first
    choice is among the coder's codes. A coder who follows what is shown has a higher
    share with suggestions than without.
    """
    first = np.argmax(said.scores, axis=1) if len(borne) else np.zeros(0, dtype=int)
    rows = []
    for name in CONDITIONS:
        own = [i for i, each in enumerate(condition) if each == name]
        coded = [i for i in own if borne[i]]
        follows = sum(int(first[i]) in borne[i] for i in coded)
        rows.append(
            {
                "condition": name,
                "passages": len(own),
                "coded": len(coded),
                "codings_per_passage": float(ratio(np.array(sum(codings[i] for i in own)), np.array(len(own)))),
                "first_among_codes": float(ratio(np.array(follows), np.array(len(coded)))),
                "of": len(coded),
            }
        )
    return pd.DataFrame(rows, columns=list(CONDITION_COLUMNS))
