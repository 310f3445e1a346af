"""What a person chose for the report of a study."""

from __future__ import annotations

from dataclasses import dataclass

from lde_qual.model.theme import Written


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """What ``report.yaml`` says; None, or no part, where it says nothing.

    Attributes
    ----------
    parts : tuple of Written
        Ids of parts, in the order in which they are to stand.
    quotes_per_code : int or None
        Quotes printed of each code and role at most.
    text : str or None
        A results text, relative to the study.
    passages : bool or None
        Whether the page shows the passages behind its cells.
    """

    parts: tuple[Written, ...] = ()
    quotes_per_code: int | None = None
    lang: str | None = None
    public: bool | None = None
    coder: str | None = None
    text: str | None = None
    passages: bool | None = None
