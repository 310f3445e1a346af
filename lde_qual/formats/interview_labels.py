"""What people write before what somebody says: ``R:``, ``Respondent 1:``, ``[00:12] Jan Peeters:``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lde_qual.formats.transcript import canonical_time

_NUMBERED_QUESTIONS = frozenset({"vraag", "antwoord", "question", "answer", "v", "q", "a"})
INTERVIEWER_WORDS = frozenset(
    {"i", "int", "interviewer", "interviewster", "iv", "vraag", "v", "q", "question", "onderzoeker", "vraagsteller"}
)
RESPONDENT_WORDS = frozenset(
    {"r", "resp", "respondent", "respondente", "antwoord", "a", "answer", "geïnterviewde", "deelnemer", "participant"}
)
# Words that people put before a colon without being anybody.
_NOBODY = re.compile(
    "ja|nee|neen|maar|en|dus|dan|want|bijvoorbeeld|namelijk|kortom|samengevat|conclusie|datum|plaats|locatie|duur|tijd"
    "|nota|opmerking|thema|onderwerp|titel|bron|context|inleiding|naam|functie|leeftijd|setting|https?"
)
_PARTICLE = re.compile("de|den|der|van|ter|ten|te|'t|het|la|le|el|al|ben|von")

_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?!\d|:\d)"
_TIME = rf"(?:\[\s*{_CLOCK}\s*\]|\(\s*{_CLOCK}\s*\)|{_CLOCK})"
_NAME = r"[^\W\d_][\w.'’&/-]*(?: [\w.'’&/-]+){0,4}?"
# No two of these match the same text: else a long row of marks would be tried in all ways.
_MARKS = rf"(?:\s*(?:{_CLOCK}|\[[^\]\n]{{1,30}}\]|\([^)\n]{{1,30}}\))){{0,6}}"
_WITH_COLON = re.compile(rf"(?:(?P<before>{_TIME})[\s-]*)?(?P<name>{_NAME})(?P<marks>{_MARKS})\s*:(?P<rest>.*)")
_ALONE = re.compile(rf"(?:(?P<before>{_TIME})[\s-]*)?(?P<name>{_NAME})\s*(?P<after>{_TIME})?")
_LEADING_TIME = re.compile(
    rf"\s*(?:\[\s*(?P<b>{_CLOCK})\s*\]|\(\s*(?P<p>{_CLOCK})\s*\)|(?P<n>\d+:\d\d:\d\d)(?!\d|:\d))\s*"
)
_ONE_MARK = re.compile(rf"{_TIME}|\[[^\]]*\]|\([^)]*\)")
_QUESTION = re.compile(r"\[((?:[^\W\d_]|[^\W\d_][\w-]*\d[\w-]*))\]")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may begin with a label.

    Attributes
    ----------
    name : str
        The label as written.
    rest : str
        What follows; a remark beside the label stands at its beginning.
    sure : bool
        Whether the layout says that this is a label.
    spaced : bool
        Whether white space or nothing follows the colon.
    """

    name: str
    rest: str
    time: str = ""
    questions: tuple[str, ...] = ()
    sure: bool = False
    spaced: bool = True

    @property
    def key(self) -> str:
        """What all ways to write the same label have in common."""
        return key_of(self.name)


def key_of(name: str) -> str:
    """Return what all ways to write the same label have in common: case, points and spaces aside."""
    bare = " ".join(name.casefold().split()).strip(".: ")
    word = bare.rstrip("0123456789. ")
    return word if word in _NUMBERED_QUESTIONS else bare


def is_interviewer_word(name: str) -> bool:
    """Tell whether a label is one of those that mean the interviewer."""
    return _word(name) in INTERVIEWER_WORDS


def is_known_word(name: str) -> bool:
    """Tell whether a label is one of those that mean interviewer or respondent."""
    return _word(name) in INTERVIEWER_WORDS | RESPONDENT_WORDS


def clock(written: str) -> str:
    """Return a time as written, with or without brackets, as ``hh:mm:ss``; empty where it is none."""
    bare = re.split(r"[.,]", written.strip("[]() \t"))[0]
    return (canonical_time(bare) or "") if re.fullmatch(r"\d{1,3}:\d{2}(?::\d{2})?", bare) else ""


def candidate(line: str, *, lead: int = 0) -> Candidate | None:
    """Return the label that a line may begin with; None where it begins with none.

    Parameters
    ----------
    lead : int
        How many characters at its start are set off by bold or italic.
    """
    alone = _ALONE.fullmatch(line)
    if alone and (alone["after"] or is_known_word(alone["name"])) and _is_name(alone["name"]):
        time = clock(alone["before"] or alone["after"] or "")
        return Candidate(alone["name"], "", time, sure=bool(alone["after"]))
    set_off = line[:lead].rstrip()
    if set_off and len(set_off) <= _LONGEST and (set_off.endswith(":") or line[len(set_off) :].lstrip()[:1] == ":"):
        name, _, rest = line.partition(":")
        if len(name.split()) <= 5 and not re.match(_TIME, line):
            found = _WITH_COLON.fullmatch(line)
            return _marked(found, sure=True) if found else Candidate(name.strip(), rest.strip(), sure=True)
    found = _WITH_COLON.fullmatch(line)
    if found is None or len(found["name"]) > _LONGEST or not _is_name(found["name"]):
        return None
    return _marked(found)


def accepted(candidates: Iterable[Candidate]) -> set[str]:
    """Return the keys of those candidates that are labels.

    A label is one that the layout or the word itself says is one, a full name, or a
    word with a capital that comes back.
    """
    found = list(candidates)
    often = Counter(one.key for one in found if one.spaced)
    return {one.key for one in found if _is_somebody(one, often)}


def _is_somebody(one: Candidate, often: Mapping[str, int]) -> bool:
    if one.sure or is_known_word(one.name):
        return True
    words = one.name.split()
    if not one.spaced or _NOBODY.fullmatch(one.key) or not one.name[0].isupper():
        return False
    return often[one.key] > 1 or (len(words) > 1 and words[-1][0].isupper())


def _word(name: str) -> str:
    return key_of(name).rstrip("0123456789 .-_").replace(".", "")


def _is_name(name: str) -> bool:
    """Tell whether every word of `name` has a capital, is a number or a particle of a surname."""
    if is_known_word(name):
        return True
    return all(word[0].isupper() or word.isdigit() or _PARTICLE.fullmatch(word) is not None for word in name.split())


def _marked(found: re.Match[str], *, sure: bool = False) -> Candidate:
    times = [clock(found["before"])] if found["before"] else []
    questions, remarks = [], []
    for mark in _ONE_MARK.findall(found["marks"]):
        question = _QUESTION.fullmatch(mark)
        if question:
            questions.append(question[1])
        elif clock(mark):
            times.append(clock(mark))
        else:
            remarks.append(mark)
    rest = found["rest"]
    leading = _LEADING_TIME.match(rest)
    if leading and not times and clock(leading.group()):
        times, rest = [clock(leading.group())], rest[leading.end() :]
    spaced = not found["rest"] or found["rest"][0].isspace()
    rest = " ".join([*remarks, rest.strip()]).strip()
    return Candidate(found["name"], rest, next(iter(times), ""), tuple(questions), sure=sure, spaced=spaced)
