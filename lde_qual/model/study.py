"""The whole study, folded: what every view is a function of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from lde_qual.errors import UnknownError, UsageError, did_you_mean
from lde_qual.model.anchor import Edit, place, stands
from lde_qual.model.codebook import Codebook
from lde_qual.model.coding import Coding, Stood
from lde_qual.model.fold import State
from lde_qual.model.made import coding_of
from lde_qual.model.operation import Part
from lde_qual.model.respondent import Leidraad, Respondent
from lde_qual.model.span import Span
from lde_qual.model.transcript import INTERVIEWER, Transcript, Turn

CODER = re.compile(r"[a-z0-9-]{1,40}")
CONSENSUS = "consensus"
"""Whose journal holds what coders settled on, unless another is named."""
_SECOND = "-herlezing"


@dataclass(frozen=True, slots=True)
class PlacedCoding:
    """A coding where it stands today.

    Attributes
    ----------
    span : Span
        Into today's body; where it stood, when it needs a look.
    code : str
        Today's id of its code; the id as stored where the codebook has it no more.
    how : str
        ``kept``, ``carried``, ``moved`` or ``look`` (see `anchor.Placement`).
    known : bool
        Whether the codebook holds the code.
    """

    coding: Coding
    span: Span
    code: str
    how: str
    known: bool

    @property
    def counts(self) -> bool:
        """Whether any view may count it."""
        return self.known and self.how != "look"


@dataclass
class Places:
    """The codings of one coder that may be counted, as columns, as they stood at one moment.

    Attributes
    ----------
    made : list of Coding or Part
        Each, or what makes it.
    stood : list of Stood
        The same without what nobody counts.
    start, end : list of int
        Into today's body.
    code : list of str
        Today's id.
    how : list of str
        See `PlacedCoding`.
    in_no_count : int
        Further codings, that need a look or whose code is gone.
    """

    made: list[Coding | Part] = field(default_factory=list)
    stood: list[Stood] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    how: list[str] = field(default_factory=list)
    in_no_count: int = 0

    def placed(self, at: int) -> PlacedCoding:
        """Return one of them."""
        made = self.made[at]
        coding = made if isinstance(made, Coding) else coding_of(made)
        return PlacedCoding(coding, Span(self.start[at], self.end[at]), self.code[at], self.how[at], known=True)


@dataclass
class Study:
    """Codebook, transcripts, respondents, guides, and each coder's work.

    Attributes
    ----------
    leidraad : Leidraad or None
        None where the folder has no ``leidraad.yaml``.
    states : dict of str to State
        By coder, sorted.
    """

    codebook: Codebook
    transcripts: dict[str, Transcript] = field(default_factory=dict)
    respondents: dict[str, Respondent] = field(default_factory=dict)
    leidraad: Leidraad | None = None
    states: dict[str, State] = field(default_factory=dict)

    def transcript(self, name: str) -> Transcript:
        """Return a transcript by name.

        Raises
        ------
        UnknownError
            Where the study has none of that name.
        """
        if name not in self.transcripts:
            way_out = did_you_mean(
                name, self.transcripts, otherwise="A transcript is named by its file name without .txt."
            )
            raise UnknownError(f"Transcript '{name}' is not in the study.", way_out=way_out)
        return self.transcripts[name]

    def state(self, coder: str) -> State:
        """Return a coder's state; an empty one where they have written nothing."""
        return self.states.get(coder) or State(coder)

    def counting_coder(self, wanted: str | None = None) -> str | None:
        """Return the one coder whose codings a view counts; None where there are no journals and none is named.

        Raises
        ------
        UsageError
            Where several coders worked and none is the main one.
        """
        return counting_coder(wanted, self.codebook.main_coder, self.people())

    def people(self) -> list[str]:
        """Return the coders who read for themselves and for the first time: no second pass, no consensus."""
        return [
            coder
            for coder, state in self.states.items()
            if first_pass(coder) not in self.states and not state.settled and coder != CONSENSUS
        ]

    def edits(self) -> Mapping[str, list[Edit]]:
        """Return all corrections of all coders by transcript."""
        found: dict[str, list[Edit]] = {}
        for state in self.states.values():
            for edit in state.edits:
                found.setdefault(edit.transcript, []).append(edit)
        return found

    def placed(self, coder: str | None) -> list[PlacedCoding]:
        """Return a coder's codings where they stand today, in order of making."""
        return [] if coder is None else self.standing(self.state(coder).codings.values())

    def standing(self, codings: Iterable[Coding]) -> list[PlacedCoding]:
        """Return codings where they stand today, in their order."""
        edits = self.edits()
        today: dict[str, str | None] = {}
        found = []
        for coding in codings:
            anchor = coding.anchor
            transcript = self.transcripts.get(anchor.transcript)
            if transcript is not None and stands(anchor, transcript):
                span, how = Span(anchor.start, anchor.end), "kept"
            else:
                placement = place(anchor, transcript, edits)
                span, how = placement.span, placement.how
            if coding.code not in today:
                today[coding.code] = self.codebook.today(coding.code)
            code = today[coding.code]
            found.append(PlacedCoding(coding, span, code or coding.code, how, code is not None))
        return found

    def places(self, coder: str | None) -> Places:
        """Return where a coder's codings stand today, in order of making, without making any of them."""
        places = Places()
        if coder is None:
            return places
        edits, codings = self.edits(), self.state(coder).codings
        today = cache(self.codebook.today)
        for made, stood in codings.stood():
            transcript = self.transcripts.get(stood.transcript)
            start, end, code, how = stood.start, stood.end, today(stood.code), "kept"
            if transcript is None or not stands(stood, transcript):
                placement = place(codings[stood.id].anchor, transcript, edits)
                start, end, how = placement.span.start, placement.span.end, placement.how
            if code is not None and how != "look":
                places.made.append(made)
                places.stood.append(stood)
                places.start.append(start)
                places.end.append(end)
                places.code.append(code)
                places.how.append(how)
        places.in_no_count = len(codings) - len(places.made)
        return places

    def countable(self) -> list[Transcript]:
        """Return the transcripts in which respondents speak, by name."""
        return [transcript for _, transcript in sorted(self.transcripts.items()) if transcript.has_respondents]

    def coded_transcripts(self, coder: str | None) -> list[str]:
        """Return the transcripts that a coder coded: those marked done, else those with a coding of theirs."""
        if coder is None:
            return []
        state = self.state(coder)
        named = set(state.done) or state.codings.transcripts()
        return [transcript.name for transcript in self.countable() if transcript.name in named]

    def respondent_attributes(self) -> list[str]:
        """Return the attributes of respondents, in the order of the file's columns; role and organisation first."""
        names = dict.fromkeys(("role", "organisation"))
        for respondent in self.respondents.values():
            names.update(dict.fromkeys(respondent.attributes))
        return list(names)

    def transcript_attributes(self) -> list[str]:
        """Return the attributes of transcripts that any of them bears."""
        names: dict[str, None] = {}
        for transcript in self.transcripts.values():
            names.update(dict.fromkeys(transcript.attributes))
        return list(names)

    def attribute(self, name: str, *, respondent: str, transcript: Transcript) -> str:
        """Return the value of an attribute for a respondent in a transcript; empty where there is none."""
        if respondent == INTERVIEWER and name == "role":
            return INTERVIEWER
        person = self.respondents.get(respondent)
        if person is not None and name in person.attributes:
            return person.attributes[name]
        if name == "kind":
            return transcript.kind
        return transcript.attributes.get(name, "")

    def asked(self, transcript: Transcript) -> set[str]:
        """Return the codes that the interviewer's questions in a transcript ask about, ancestors included."""
        return self.asked_in(turn for turn in transcript.turns if turn.interviewer)

    def asked_in(self, turns: Iterable[Turn]) -> set[str]:
        """Return the codes that the questions of `turns` ask about, ancestors included."""
        if self.leidraad is None:
            return set()
        by_id = self.leidraad.by_id()
        codes = [
            code for turn in turns for question in turn.questions if question in by_id for code in by_id[question].codes
        ]
        return self.codebook.asked_by(codes)

    def knows_asked(self) -> bool:
        """Tell whether the study has a guide and at least one question id in the interviewer's turns."""
        return self.leidraad is not None and any(found.tells_asked for found in self.transcripts.values())


def counting_coder(wanted: str | None, main_coder: str, people: Sequence[str]) -> str | None:
    """Return the one coder whose codings a view counts (see `Study.counting_coder`)."""
    if wanted:
        return valid_coder(wanted)
    if main_coder:
        return main_coder
    if len(people) > 1:
        raise UsageError(
            f"Several coders worked in this study ({', '.join(people)}) and the codebook names no main_coder.",
            way_out="Name one with --coder, or set main_coder in codebook.yaml.",
        )
    return next(iter(people), None)


def second_pass(coder: str) -> str:
    """Return the name under which a coder's second pass over the same texts stands: a journal of its own.

    Raises
    ------
    UsageError
        Where the coder's name is too long for it.
    """
    return valid_coder(coder + _SECOND)


def first_pass(coder: str) -> str | None:
    """Return whose second pass a coder's journal is; None where it is a first one."""
    return coder.removesuffix(_SECOND) if coder.endswith(_SECOND) else None


def valid_coder(name: str) -> str:
    """Return a coder's name.

    Raises
    ------
    UsageError
        Where it is not 1 to 40 of ``a-z``, ``0-9`` and ``-``.
    """
    if not CODER.fullmatch(name):
        raise UsageError(
            f"'{name}' cannot be a coder's name.",
            way_out="Use 1 to 40 of the signs a-z, 0-9 and '-', for example 'coder-2'.",
        )
    return name
