"""The sentences of the page to explore by, and of its pictures, in Dutch and English."""

from __future__ import annotations

EXPLORING_WORDS: dict[str, tuple[str, str]] = {
    "explore.map.respondents": ("Gelijkenis van respondenten, als kaart", "Likeness of respondents, as a map"),
    "explore.map.codes": ("Gelijkenis van codes, als kaart", "Likeness of codes, as a map"),
    "explore.tree.respondents": ("Gelijkenis van respondenten, als boom", "Likeness of respondents, as a tree"),
    "explore.tree.codes": ("Gelijkenis van codes, als boom", "Likeness of codes, as a tree"),
    "explore.by.respondents": (
        "Gelijkenis: {measure}, over {n} codes die een respondent al dan niet noemt.",
        "Likeness: {measure}, over {n} codes that a respondent names or does not.",
    ),
    "explore.by.codes": (
        "Gelijkenis: {measure}, over {n} spreekbeurten die een code al dan niet dragen.",
        "Likeness: {measure}, over {n} turns that carry a code or do not.",
    ),
    "explore.left_out": (
        "Weggelaten, want niets onderscheidt ze: {names}.",
        "Left out, since nothing tells them apart: {names}.",
    ),
    "explore.timeline": ("Codes in de loop van de interviews", "Codes in the course of the interviews"),
    "explore.timeline.one": ("Codes in de loop van {interview}", "Codes in the course of {interview}"),
    "measure.jaccard": ("Jaccard", "Jaccard"),
    "measure.sorensen": ("Sørensen", "Sørensen"),
    "measure.pearson": ("correlatie van Pearson", "Pearson's correlation"),
}
