"""The text of a transcript: front matter, labels, turns; and its inverse."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lde_qual.errors import TranscriptError, did_you_mean
from lde_qual.formats.strict_yaml import load_front_matter
from lde_qual.model.contract import check_names
from lde_qual.model.span import Span
from lde_qual.model.transcript import INTERVIEWER_LABELS, KINDS, Transcript, Turn

LABEL_SHAPE = "one word of at most 20 letters, digits, '_', '-' or '.', beginning with a capital"
_WORD = r"[\w.-]{1,20}"
_MARK = r"\d{1,4}:\d{1,4}(?::\d{1,4})?|[^\W\d_][\w-]*"
_LABEL = re.compile(rf"^(?P<label>{_WORD})(?P<marks>(?: \[(?:{_MARK})\])*): ", re.MULTILINE)
_NEAR_LABEL = re.compile(rf"^(?P<space>[^\S\n]*)(?P<label>{_WORD})[^\S\n]*(?:\[[^\]\n]*\][^\S\n]*)*:", re.MULTILINE)
_INSIDE = re.compile(r"\[([^\]]+)\]")
_FENCE = "---"
_PLAIN = re.compile(r"[^\W_](?:[\w .,()/+'-]|:(?=\S))*(?<!\s)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between two ``---`` at the top of a file.

    Attributes
    ----------
    lines : tuple of str
        As written, without the two that enclose them.
    end : int
        Offset of the first character of the body; 0 where there is no front matter.
    """

    attributes: Mapping[str, str]
    lines: tuple[str, ...]
    end: int

    @property
    def first_line(self) -> int:
        """Line of the file on which the body begins."""
        return 1 if not self.end else len(self.lines) + 3

    def line_of(self, key: str) -> int | None:
        """Return the line of the file that an attribute stands on; None where it cannot be told."""
        beginnings = tuple(f"{quote}{key}{quote}" for quote in ("", '"', "'"))
        return next((number for number, line in enumerate(self.lines, 2) if line.startswith(beginnings)), None)


def read_front_matter(text: str) -> FrontMatter:
    """Return the front matter of a transcript's file.

    Raises
    ------
    TranscriptError
        Where it is not closed, is no flat list, or takes the name of a contract column.
    """
    opening, *rest = text.split("\n")
    if opening.rstrip() != _FENCE:
        return FrontMatter({}, (), 0)
    closing = next((place for place, line in enumerate(rest) if line.rstrip() == _FENCE), None)
    if closing is None:
        raise TranscriptError(
            "The front matter that begins on the first line is not closed.",
            way_out="Put a line '---' after its last line, or a space before the '---' that opens it.",
            line=1,
        )
    inside = rest[:closing]
    end = min(len(text), sum(len(line) + 1 for line in (opening, *inside, rest[closing])))
    block = "\n".join(inside)
    front = FrontMatter(load_front_matter(block, first_line=2) if block.strip() else {}, tuple(inside), end)
    for key in front.attributes:
        check_names([key], what="attribute", error=TranscriptError, line=front.line_of(key))
    return front


def is_label(word: str) -> bool:
    """Tell whether `word` could be a speaker's label: `LABEL_SHAPE`."""
    return re.fullmatch(_WORD, word) is not None and word[0].isupper()


def looks_like_turn(line: str) -> bool:
    """Tell whether a turn would begin at this line, whosever label it is."""
    found = _LABEL.match(line)
    return found is not None and is_label(found["label"])


def canonical_time(mark: str) -> str | None:
    """Return ``hh:mm:ss`` or ``mm:ss`` as ``hh:mm:ss``; None where it is no time."""
    hours, minutes, seconds = (int(part) for part in f"0:{mark}".split(":")[-3:])
    if mark.count(":") == 2 and minutes > 59:
        return None
    hours, minutes = hours + minutes // 60, minutes % 60
    return None if seconds > 59 or hours > 99 else f"{hours:02}:{minutes:02}:{seconds:02}"


def parse_transcript(
    text: str, *, name: str, respondents: Collection[str], attributes: Mapping[str, str] | None = None
) -> Transcript:
    """Return the transcript that a file's text holds.

    Parameters
    ----------
    text : str
        The whole file: no byte-order mark, LF, NFC (see `lde_qual.formats.text.decode`).
    name : str
        Name of the transcript.
    respondents : collection of str
        The ids in ``respondents.csv``; with the interviewer's labels all that may speak.
    attributes : mapping of str to str, optional
        What ``transcripts.csv`` says of it; where the front matter says otherwise, that holds.

    Raises
    ------
    TranscriptError
        An unknown label, a time that is none, or front matter that breaks a rule; with
        the line in the file.
    """
    front = read_front_matter(text)
    said = dict(attributes or {})
    said |= {key: value for key, value in front.attributes.items() if value or key not in said}
    check_kind(said.get("kind", ""), line=front.line_of("kind"))
    transcript = Transcript(name, text[front.end :], (), said, front.first_line)
    if not transcript.has_respondents:
        return transcript
    turns = tuple(_turns(transcript, {*INTERVIEWER_LABELS, *respondents}))
    return Transcript(name, transcript.text, turns, said, front.first_line)


def format_transcript(transcript: Transcript) -> str:
    """Return the text of a file that reads back as `transcript`."""
    head = [f"{_scalar(key)}: {_scalar(value)}" for key, value in transcript.attributes.items()]
    if not head and transcript.text.partition("\n")[0].rstrip() != _FENCE:
        return transcript.text
    return "\n".join([_FENCE, *head, _FENCE, transcript.text])


def questionable_lines(transcript: Transcript, *, respondents: Collection[str] = ()) -> list[tuple[int, str]]:
    """Return the lines that look like a known label but begin no turn.

    Parameters
    ----------
    respondents : collection of str
        Ids that may speak beside those who do.

    Returns
    -------
    list of (int, str)
        Line in the file and what is odd about it.
    """
    if not transcript.has_respondents:
        return []
    labels = {label.casefold(): label for label in (*INTERVIEWER_LABELS, *respondents, *transcript.speakers())}
    turns = {turn.span.start for turn in transcript.turns}
    found = []
    for match in _NEAR_LABEL.finditer(transcript.text):
        label = labels.get(match["label"].casefold())
        if label is not None and match.start() not in turns:
            found.append((transcript.line_of(match.start()), _odd(match, label)))
    return found


def check_kind(kind: str, *, line: int | None = None) -> None:
    """Check what is said to be the kind of a transcript; empty is an interview.

    Raises
    ------
    TranscriptError
        Where it is none of the known kinds.
    """
    if kind and kind not in KINDS:
        way_out = did_you_mean(kind, KINDS, otherwise=f"Choose {', '.join(KINDS)}, or leave it empty.")
        raise TranscriptError(f"'{kind}' is no kind of transcript.", way_out=way_out, line=line)


def _turns(transcript: Transcript, known: Collection[str]) -> Iterator[Turn]:
    text = transcript.text
    heads = [match for match in _LABEL.finditer(text) if is_label(match["label"])]
    bounds = [*(match.start() for match in heads), len(text)][1:]
    for number, (match, until) in enumerate(zip(heads, bounds, strict=True), 1):
        label = match["label"]
        if label not in known:
            line = transcript.line_of(match.start())
            raise TranscriptError(
                f"'{label}' is not a known speaker.",
                way_out=f"Add a row to respondents.csv for {label}, or put a space before it if this is speech.",
                line=line,
            )
        marks = _INSIDE.findall(match["marks"]) if match["marks"] else []
        times = [_require_time(mark, transcript, match) for mark in marks if ":" in mark]
        speech = Span(match.end(), match.end() + len(text[match.end() : until].rstrip()))
        yield Turn(
            number,
            label,
            Span(match.start(), speech.end),
            speech,
            time=next(iter(times), ""),
            questions=tuple(mark for mark in marks if ":" not in mark),
        )


def _require_time(mark: str, transcript: Transcript, head: re.Match[str]) -> str:
    time = canonical_time(mark)
    if time is None:
        raise TranscriptError(
            f"[{mark}] is no time.",
            way_out="Write [hh:mm:ss] or [mm:ss], with seconds up to 59.",
            line=transcript.line_of(head.start()),
        )
    return time


def _odd(match: re.Match[str], label: str) -> str:
    if match["space"]:
        return f"White space stands before the label '{label}': it is read as speech."
    if match["label"] != label:
        return f"'{match['label']}' is written otherwise than the label '{label}': it is read as speech."
    return f"After '{label}' no turn begins: a label ends in a colon and a space, with only [time] or [V12] before it."


def _scalar(value: str) -> str:
    """Return `value` as YAML: plain where that reads back the same, else between double quotes."""
    if _PLAIN.fullmatch(value) and value.isprintable() and value.casefold() != "null":
        return value
    return f'"{"".join(map(_escaped, value))}"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if sign.isprintable() else f"\\U{ord(sign):08X}"
