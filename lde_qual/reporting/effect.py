"""How coding with and without suggestions differs, in a sentence."""

from __future__ import annotations

import pandas as pd

from lde_qual.reporting.report_words import say


def effect_line(frame: pd.DataFrame | None, lang: str) -> list[str]:
    """Return the sentence of the method section; none where no suggestion was ever seen.

    Parameters
    ----------
    frame : DataFrame or None
        A row a condition: ``condition, passages, coded, first_among_codes, of``.
    """
    if frame is None:
        return []
    rows = frame[frame["passages"] > 0]
    told = [
        say(
            "effect.row",
            lang,
            condition=say(f"effect.{name}", lang),
            passages=int(passages),
            coded=int(coded),
            follows=round(share * of) if of else 0,
        )
        for name, passages, coded, share, of in zip(
            *(rows[column].tolist() for column in ("condition", "passages", "coded", "first_among_codes", "of")),
            strict=True,
        )
    ]
    return [say("method.effect", lang, conditions="; ".join(told))] if told else []
