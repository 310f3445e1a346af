"""Pictures to explore by: what stands for each thing, and what must be said under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lde_qual.analysis.facts import Facts
from lde_qual.analysis.likeness import MOST as MOST_CODES
from lde_qual.analysis.likeness import Likeness
from lde_qual.errors import RefusedError
from lde_qual.figures.likeness import likeness_map, likeness_tree
from lde_qual.figures.network import network, sankey
from lde_qual.figures.style import Picture
from lde_qual.figures.timeline import MOST, timeline
from lde_qual.reporting.people import code_names, role_name
from lde_qual.reporting.phrases import count
from lde_qual.reporting.report_words import say


def draw_likeness(found: Likeness, table: str, *, lang: str) -> Picture:
    """Draw the ``map`` or the ``tree`` of what was compared.

    Raises
    ------
    RefusedError
        For fewer than three things, or more than can be read.
    """
    found.refuse_many()
    codebook = found.facts.study.codebook
    roles = _roles(found.facts, lang)
    people = found.of == "respondents"
    shared: dict[str, Any] = {
        "lang": lang,
        "title": say(f"explore.{table}.{found.of}", lang),
        "stamp": codebook.voorbeeldmateriaal,
        "notes": [_measured(found, lang), *said(found.facts, lang), *_left_out(found, lang)],
    }
    if table == "map":
        frame, stress = found.map()
        labels = {item: item for item in found.items} if people else code_names(codebook)
        return likeness_map(frame, stress=stress, labels=labels, groups=roles if people else None, **shared)
    frame = found.tree()
    labels = {item: f"{item} · {roles[item]}" for item in found.items} if people else code_names(codebook)
    return likeness_tree(frame, order=frame.attrs["order"], labels=labels, linkage=found.linkage, **shared)


def draw_timeline(facts: Facts, frame: pd.DataFrame, *, lang: str) -> Picture:
    """Draw the stripes of a table of `analysis.timeline.timeline`.

    Raises
    ------
    RefusedError
        For more interviews than stand side by side, or more codes than can be read.
    """
    _refuse_many(frame.attrs["codes"])
    lengths, codebook = frame.attrs["lengths"], facts.study.codebook
    if len(lengths) > MOST:
        raise RefusedError(
            f"{len(lengths)} interviews do not stand side by side: at most {MOST} do.",
            way_out="Choose some with --transcript A,B.",
        )
    name = next(iter(lengths)) if len(lengths) == 1 else ""
    return timeline(
        frame,
        codes=frame.attrs["codes"],
        labels=code_names(codebook),
        lengths=lengths,
        unit=frame.attrs["unit"],
        lang=lang,
        title=say("explore.timeline.one", lang, interview=name) if name else say("explore.timeline", lang),
        stamp=codebook.voorbeeldmateriaal,
        notes=said(facts, lang),
    )


def draw_network(facts: Facts, frame: pd.DataFrame, picture: str, *, lang: str) -> Picture:
    """Draw a table of `analysis.network.network` as ``network`` or ``sankey``.

    Raises
    ------
    RefusedError
        For more codes than can be read.
    """
    _refuse_many(frame.attrs["codes"])
    about, codebook = frame.attrs, facts.study.codebook
    few = count(about["left_out"], lang=lang)
    shared: dict[str, Any] = {
        "labels": code_names(codebook),
        "lang": lang,
        "title": say(f"explore.{picture}", lang),
        "stamp": codebook.voorbeeldmateriaal,
        "notes": [say("explore.least", lang, least=about["least"], few=few), *said(facts, lang)],
    }
    if picture == "network":
        return network(frame, turns=about["turns"], **shared)
    return sankey(frame, order=about["codes"], **shared)


def _refuse_many(codes: Sequence[str]) -> None:
    if len(codes) > MOST_CODES:
        raise RefusedError(
            f"{len(codes)} codes make no picture that can be read: at most {MOST_CODES} do.",
            way_out="Choose fewer with --codes or --level.",
        )


def said(facts: Facts, lang: str) -> list[str]:
    """Return what must stand under a picture that travels without its page: that not all is coded."""
    study = facts.study
    coded, every = len(study.coded_transcripts(facts.coder)), len(study.countable())
    if coded == every:
        return []
    text = say("coded", lang, coded=coded, all=every)
    return [f"{text} {say('coded_by', lang, coder=facts.coder)}." if facts.coder else f"{text}."]


def _measured(found: Likeness, lang: str) -> str:
    many = count(found.features.shape[1], lang=lang)
    return say(f"explore.by.{found.of}", lang, measure=say(f"measure.{found.measure}", lang), n=many)


def _left_out(found: Likeness, lang: str) -> list[str]:
    if not found.left_out:
        return []
    names = code_names(found.facts.study.codebook)
    return [say("explore.left_out", lang, names=", ".join(names.get(name, name) for name in found.left_out))]


def _roles(facts: Facts, lang: str) -> dict[str, str]:
    """Return the label of each respondent's role."""
    axis = facts.axis("role")
    groups = axis.of_turns.tolist() if axis.of_turns is not None else []
    return {
        facts.respondents[who]: role_name(axis.labels[group], facts.study.codebook, lang)
        for who, group in zip(facts.turn_respondent, groups, strict=True)
    }
