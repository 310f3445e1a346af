"""The people of a study, and the guides they were interviewed with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

STANDARD_ATTRIBUTES = ("role", "organisation", "function")


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person.

    Attributes
    ----------
    id : str
        The label of their turns.
    attributes : mapping of str to str
        ``role``, ``organisation``, ``function`` and any further column; an empty
        string where the file says nothing.
    transcripts : tuple of str
        Where ``respondents.csv`` says they speak; who does speak is what the labels say.
    """

    id: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    transcripts: tuple[str, ...] = ()
    line: int | None = None

    @property
    def role(self) -> str:
        """Id of the respondent's role, or an empty string."""
        return self.attributes.get("role", "")

    @property
    def organisation(self) -> str:
        """The organisation, or an empty string."""
        return self.attributes.get("organisation", "")

    @property
    def function(self) -> str:
        """The function, or an empty string."""
        return self.attributes.get("function", "")

    @property
    def number(self) -> str:
        """The id without letters and leading zeros; the id itself where it has no digit."""
        digits = "".join(sign for sign in self.id if sign.isdigit())
        return (digits.lstrip("0") or "0") if digits else self.id


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a guide and the ids of the codes that it touches."""

    id: str
    text: str
    codes: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """An interview guide: its questions and the roles it was put to."""

    id: str
    label: str
    roles: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Leidraad:
    """All guides of a study (``leidraad.yaml``)."""

    guides: tuple[Guide, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Yield every question of every guide, in the order of the file."""
        for guide in self.guides:
            yield from guide.questions

    def by_id(self) -> dict[str, Question]:
        """Return the questions by their id."""
        return {question.id: question for question in self.questions()}
