"""From the lines of a document to who says what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lde_qual.formats.interview import Draft, Utterance
from lde_qual.formats.interview_labels import (
    Candidate,
    accepted,
    candidate,
    clock,
    is_interviewer_word,
    is_known_word,
    key_of,
)

EMPHASES = ("bold", "italic")
PLAIN = "(plain)"
_REMOVED = {
    "\u00ad": "soft hyphens",
    "\u200b": "zero-width spaces",
    "\u2060": "word joiners",
    "\ufeff": "byte-order marks",
}
_SPACES = "\u00a0\u202f\u2007"
_STAMP = re.compile(r"#(\d{1,2}:\d{2}:\d{2})(?:[-.,]\d{1,3})?#")
"""How transcription programs write a time: ``#00:01:07-5#``."""
_ALMOST = re.compile(r"([^\W\d_][\w.-]*)\s?[;.]\s")
_INITIALS = frozenset({"v", "q"})
"""Interviewer's words that are also somebody's initial (V for a woman), where a better one is there."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document, without the format it came in.

    Attributes
    ----------
    emphasis : str
        ``bold`` or ``italic`` where it begins so, else empty.
    lead : int
        How many characters at its start are.
    speaker : str
        Who speaks, where the layout says so (a table).
    time : str
        ``hh:mm:ss``, where the layout says so.
    heading : bool
        Whether it is set as a heading.
    """

    text: str
    emphasis: str = ""
    lead: int = 0
    speaker: str = ""
    time: str = ""
    heading: bool = False

    @property
    def whole(self) -> str:
        """The emphasis that all of the line has, or empty."""
        return self.emphasis if not self.text[self.lead :].strip() else ""


def cleaned(text: str, counts: Counter[str]) -> str:
    """Return `text` without invisible signs and with plain spaces; what was changed is counted."""
    for sign, name in _REMOVED.items():
        if sign in text:
            counts[f"{name} removed"] += text.count(sign)
            text = text.replace(sign, "")
    for sign in _SPACES:
        if sign in text:
            counts["non-breaking spaces made plain"] += text.count(sign)
            text = text.replace(sign, " ")
    text, stamps = _STAMP.subn(r"[\1]", text)
    if stamps:
        counts["time stamps between # put between square brackets"] += stamps
    return text


def read_lines(
    lines: Sequence[Line], *, notes: Iterable[str] = (), attributes: Mapping[str, str] | None = None
) -> Draft:
    """Return who says what in the lines of a document.

    Parameters
    ----------
    notes : iterable of str
        What is already known to be worth saying.
    """
    written = [line for line in lines if line.text.strip() or line.speaker]
    found = [_candidate(line) for line in written]
    labels = accepted(one for one in found if one is not None)
    heads = [one if one is not None and one.key in labels else None for one in found]
    heads = _without_preamble(heads)
    builder = _Builder(names=_names(heads), notes=list(notes))
    builder.tell_unread(found, heads)
    builder.tell_almost(written, heads)
    emphasis = _questions_in(written, heads)
    if emphasis:
        builder.read_with_emphasis(written, heads, emphasis)
    else:
        builder.read(written, heads)
    return builder.draft(attributes or {})


@dataclass
class _Builder:
    """Utterances as they grow, and what is to be said about them."""

    names: Mapping[str, str]
    notes: list[str]
    utterances: list[Utterance] = field(default_factory=list)
    headings: int = 0
    emphasis: str = ""

    def tell_unread(self, found: Sequence[Candidate | None], heads: Sequence[Candidate | None]) -> None:
        unread = Counter(one.name for one, head in zip(found, heads, strict=True) if one is not None and head is None)
        if unread:
            listed = ", ".join(f"'{name}:'" for name in list(unread)[:8])
            self.notes.append(f"Read as speech, not as a label: {listed}{' …' if len(unread) > 8 else ''}.")

    def tell_almost(self, lines: Sequence[Line], heads: Sequence[Candidate | None]) -> None:
        """Say which lines begin with a label of this interview, but with another sign than the colon."""
        found = [_ALMOST.match(line.text) for line, head in zip(lines, heads, strict=True) if head is None]
        almost = Counter(one.group().strip() for one in found if one is not None and key_of(one[1]) in self.names)
        for start, number in almost.items():
            times = "1 line begins" if number == 1 else f"{number} lines begin"
            self.notes.append(f"{times} with '{start}', which is no label without a colon: read as speech.")

    def read(self, lines: Sequence[Line], heads: Sequence[Candidate | None]) -> None:
        waiting = ""
        for number, (line, head) in enumerate(zip(lines, heads, strict=True)):
            alone = clock(line.text) if not line.speaker else ""
            if alone and number + 1 < len(heads) and heads[number + 1] is not None:
                waiting = alone
            elif head is not None:
                self._begin(self.names[head.key], head.rest, head.time or waiting, head.questions)
                waiting = ""
            else:
                self._go_on(line)

    def read_with_emphasis(self, lines: Sequence[Line], heads: Sequence[Candidate | None], emphasis: str) -> None:
        self.emphasis = f"({emphasis})"
        labelled = any(head is not None for head in heads)
        before = 0 if labelled else _lines_before_questions(lines, emphasis)
        if before:
            lines_before = "1 line" if before == 1 else f"{before} lines"
            self.notes.append(f"{lines_before} before the first {emphasis} paragraph: nobody's speech.")
        for number, (line, head) in enumerate(zip(lines, heads, strict=True)):
            if number < before:
                self._go_on(line)
            elif head is not None:
                self._begin(self.names[head.key], head.rest, head.time, head.questions)
            elif line.heading:
                self._go_on(line)
            elif line.whole == emphasis:
                self._continue_or_begin(self.emphasis, line.text)
            elif line.emphasis == emphasis and _is_question_and_answer(line):
                self._continue_or_begin(self.emphasis, line.text[: line.lead])
                self._continue_or_begin(PLAIN, line.text[line.lead :])
            elif labelled:
                self._go_on(line)
            else:
                self._continue_or_begin(PLAIN, line.text)
        how = "beside the labels" if labelled else "there are no labels"
        self.notes.append(f"Who speaks was told by the layout ({how}): {emphasis} paragraphs are one speaker.")

    def draft(self, attributes: Mapping[str, str]) -> Draft:
        labels = Counter(one.speaker for one in self.utterances if one.speaker)
        interviewers, reason = _interviewers(self.utterances, labels, self.emphasis)
        if self.headings:
            headings = "1 heading" if self.headings == 1 else f"{self.headings} headings"
            self.notes.append(f"Put between square brackets: {headings} inside the interview.")
        if not labels:
            self.notes.append("No speaker was found: write a label and a colon before each turn, such as 'R: '.")
        elif len(labels) == 1:
            self.notes.append(f"Only one speaker was found: '{next(iter(labels))}'.")
        return Draft(tuple(self.utterances), dict(labels), interviewers, reason, tuple(self.notes), attributes)

    def _begin(self, speaker: str, text: str, time: str = "", questions: tuple[str, ...] = ()) -> None:
        self.utterances.append(Utterance(speaker, text.strip(), time, questions))

    def _continue_or_begin(self, speaker: str, text: str) -> None:
        if self.utterances and self.utterances[-1].speaker == speaker:
            self._go_on(Line(text))
        else:
            self._begin(speaker, text)

    def _go_on(self, line: Line) -> None:
        text = (f"{line.speaker}: {line.text}" if line.speaker else line.text).strip()
        if not self.utterances:
            self._begin("", text)
            return
        last = self.utterances[-1]
        if line.heading and last.speaker:
            self.headings += 1
            text = f"[{text}]"
        self.utterances[-1] = replace(last, text=f"{last.text}\n{text}" if last.text else text)


def _candidate(line: Line) -> Candidate | None:
    if line.speaker:
        return Candidate(line.speaker.strip().rstrip(":").rstrip(), line.text.strip(), line.time)
    return None if line.heading else candidate(line.text.strip(), lead=line.lead)


def _without_preamble(heads: Sequence[Candidate | None]) -> list[Candidate | None]:
    """Leave out the labels of a title page: ``Interviewer: Jan`` once, above labels that come back."""
    often = Counter(head.key for head in heads if head is not None)
    back = {head.key: is_interviewer_word(head.name) for head in heads if head is not None and often[head.key] > 1}
    kept = list(heads)
    for place, head in enumerate(heads):
        if head is None:
            continue
        if often[head.key] > 1:
            break
        told = len(back) > 1 or is_interviewer_word(head.name) in back.values()
        if told and not head.rest.endswith((".", "?", "!", "…")):
            kept[place] = None
    return kept


def _names(heads: Iterable[Candidate | None]) -> dict[str, str]:
    """Return for each key the way its label is written most."""
    ways: dict[str, Counter[str]] = {}
    for head in heads:
        if head is not None:
            numbered = key_of(head.name) != " ".join(head.name.casefold().split()).strip(".: ")
            name = head.name.rstrip("0123456789. ") if numbered else head.name
            ways.setdefault(head.key, Counter())[name] += 1
    return {key: counted.most_common(1)[0][0] for key, counted in ways.items()}


def _questions_in(lines: Sequence[Line], heads: Sequence[Candidate | None]) -> str:
    """Return the emphasis that tells two speakers apart where labels do not; empty where none does."""
    labels = {head.key: head.name for head in heads if head is not None}
    if len(labels) > 1 or any(is_interviewer_word(name) for name in labels.values()):
        return ""
    free = [line for line, head in zip(lines, heads, strict=True) if head is None and not line.heading]
    counts = Counter(line.emphasis for line in free if line.whole or _is_question_and_answer(line))
    if not counts or (not labels and len(counts) == 1 and all(line.whole for line in free)):
        return ""
    return max(EMPHASES, key=lambda emphasis: counts[emphasis])


def _lines_before_questions(lines: Sequence[Line], emphasis: str) -> int:
    """Return how many lines at the top are a title page: plain, without a question, above an emphasised question."""
    for number, line in enumerate(lines):
        asks = line.text.rstrip().endswith("?")
        if line.emphasis and not line.heading:
            return number if asks and line.whole == emphasis else 0
        if asks and not line.heading:
            return 0
    return 0


def _is_question_and_answer(line: Line) -> bool:
    return not line.whole and line.text[: line.lead].rstrip().endswith("?")


def _interviewers(
    utterances: Sequence[Utterance], labels: Mapping[str, int], emphasis: str
) -> tuple[tuple[str, ...], str]:
    by_word = tuple(label for label in labels if is_interviewer_word(label))
    by_word = tuple(label for label in by_word if key_of(label) not in _INITIALS) or by_word
    if by_word:
        usual = "is a usual label" if len(by_word) == 1 else "are usual labels"
        return by_word, f"{_listed(by_word)} {usual} of the interviewer."
    if len(labels) < 2:
        return (), "There is no second speaker."
    others = [label for label in labels if not is_known_word(label)]
    if len(labels) == 2 and len(others) == 1 and others[0] != emphasis:
        return (others[0],), "The other label is a usual one of a respondent."
    asked = {label: _share_of_questions(utterances, label) for label in others}
    first, second = (
        sorted(asked, key=lambda label: -asked[label])[:2] if len(asked) > 1 else (next(iter(asked), ""), "")
    )
    if first and asked[first] > asked.get(second, 0):
        return (first,), f"'{first}' asks most: {asked[first]:.0%} of its turns end in a question mark."
    if emphasis in labels:
        return (emphasis,), f"'{emphasis}' paragraphs are usually the questions."
    return (), "Nobody asks clearly more than the others."


def _share_of_questions(utterances: Sequence[Utterance], label: str) -> float:
    turns = [utterance for utterance in utterances if utterance.speaker == label]
    return sum(turn.text.rstrip(" ”\"'’)").endswith("?") for turn in turns) / len(turns)


def _listed(labels: Sequence[str]) -> str:
    return " and ".join(f"'{label}'" for label in labels)
