"""The figures of the study in this repository, as the page `figures.md` shows them.

python docs/demo-study/figures.py > docs/demo-study/figures.md
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

import lde_qual as lq
from lde_qual.reporting.tabular import to_md

STUDY = Path(__file__).parent.parent.parent
CODERS = ("onderzoeker", "tweede-codeur")


def interviews(study: lq.Study) -> pd.DataFrame:
    """Return one row an interview: who speaks, how much, and how much of it bears a code."""
    model = study.model
    words = lq.matrix(study, rows="transcript", cols="kind", unit="words").set_index("transcript")
    turns = lq.matrix(study, rows="transcript", cols="kind", unit="turns").set_index("transcript")
    codings = study.codings()["transcript"].value_counts()
    return pd.DataFrame(
        [
            {
                "interview": name,
                "respondents": ", ".join(transcript.speakers()),
                "length": transcript.attributes.get("omvang", ""),
                "duration": transcript.attributes.get("duration", ""),
                "words": words["N"][name],
                "turns": turns["N"][name],
                "codings": codings.get(name, 0),
                "coded share of words": f"{words['n'][name] / words['N'][name]:.0%}",
                "question ids": "yes" if any(turn.questions for turn in transcript.turns) else "no",
                "stamps": "yes" if any(turn.time for turn in transcript.turns) else "no",
            }
            for name, transcript in sorted(model.transcripts.items())
        ]
    )


def totals(study: lq.Study) -> pd.DataFrame:
    """Return what the whole study holds."""
    model = study.model
    codings = study.codings()
    words = lq.matrix(study, rows="transcript", cols="kind", unit="words")
    turns = lq.matrix(study, rows="transcript", cols="kind", unit="turns")
    return pd.DataFrame(
        {
            "what": [
                *("interviews", "respondents", "codes", "words of respondents", "turns of respondents", "codings"),
                *("codes that bear codings", "coded share of words", "marked typerend", "marked tegenstem"),
            ],
            "number": [
                len(model.transcripts),
                len({who for transcript in model.transcripts.values() for who in transcript.speakers()}),
                len(model.codebook.ids()),
                words["N"].sum(),
                turns["N"].sum(),
                len(codings),
                codings["code"].nunique(),
                f"{words['n'].sum() / words['N'].sum():.0%}",
                (codings["mark"] == "typerend").sum(),
                (codings["mark"] == "tegenstem").sum(),
            ],
        }
    )


def agreement(study: lq.Study) -> pd.DataFrame:
    """Return how far two codings agree on the characters of speech, for the codes that the study reports on."""
    codes = list(study.model.codebook.report_codes)
    frame = lq.agreement(study, coders=CODERS, unit="character", codes=codes)
    return frame[["code", "n", "prevalence", "agreement", "kappa", "alpha"]]


def page() -> str:
    """Return the page."""
    study = lq.open_study(STUDY)
    parts = [
        "# The figures of this study\n",
        "**Geschreven voorbeeld, geen onderzoeksgegevens.** Made by `python docs/demo-study/figures.py`; a test holds",
        "this page to it. What each number is: [numbers](../numbers.md), [agreement](../agreement.md).\n",
        "## The whole\n",
        to_md(totals(study), lang="en"),
        "## Each interview\n",
        "Words and turns are those of respondents. Stamps and durations count the printed part.\n",
        to_md(interviews(study), lang="en"),
        f"## Two codings\n\n`{CODERS[0]}` and `{CODERS[1]}`, over the interviews that both coded, by character of",
        "respondents' speech. Text, codebook and both codings come from one kind of maker, which is why they agree",
        "more than two people would: this shows what the table looks like, and is no evidence about the codebook.\n",
        to_md(agreement(study), lang="en"),
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
