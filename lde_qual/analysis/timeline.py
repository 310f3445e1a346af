"""Where in an interview each code stands: stretches of answers, by words said or by minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lde_qual.analysis.facts import Facts
from lde_qual.analysis.frequency import with_attrs
from lde_qual.analysis.rows import choose_rows
from lde_qual.errors import UsageError, did_you_mean
from lde_qual.model.span import Span, union
from lde_qual.model.transcript import Transcript, word_starts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
POSITIONS = ("words", "minutes")
COLUMNS = ("transcript", "code", "respondent", "turn", "start", "end", "from", "to", "length", "unit")
_NOTICES = {
    "words": "Position in words said, the interviewer's too.",
    "minutes": "Position in minutes: between two time stamps by words, before the first and after the last at the "
    "pace between these.",
}


@dataclass(frozen=True)
class Track:
    """One interview from its beginning to its end.

    Attributes
    ----------
    transcript : Transcript
    words : array of int, shape (words,)
        Offsets of all words said, whoever says them, in order.
    known, seconds : array of float, shape (k,)
        Where time is known: words said before, and the seconds then; empty without stamps.
    """

    transcript: Transcript
    words: Ints
    known: Floats
    seconds: Floats

    def at(self, offsets: Ints, unit: str) -> Floats:
        """Return how many words or minutes into the interview each offset stands."""
        before = np.searchsorted(self.words, offsets).astype(np.float64)
        return before if unit == "words" else np.interp(before, self.known, self.seconds) / 60

    def length(self, unit: str) -> float:
        """Return the words or minutes of the whole interview."""
        return float(self.at(np.array([len(self.transcript.text)]), unit)[0])


def track(transcript: Transcript) -> Track:
    """Return an interview with its words and, where stamps tell it, its time.

    Time is known where at least two turns bear different stamps and none is earlier than
    the one before. Between stamps it passes evenly over the words said; before the first
    and after the last at the pace between these two.

    Notes
    -----
    Worked by hand: stamps 0:10 and 0:30 with ten words between them are 2 seconds a word.
    Three words before the first stamp begin at 0:04; five words after the last end at 0:40.
    """
    offsets: list[int] = []
    known: list[float] = []
    seconds: list[float] = []
    for turn in transcript.turns:
        if turn.time:
            hours, minutes, rest = (int(part) for part in turn.time.split(":"))
            known.append(float(len(offsets)))
            seconds.append(3600.0 * hours + 60.0 * minutes + rest)
        offsets += word_starts(transcript.text, turn.speech)
    words, nothing = np.array(offsets, dtype=np.int64), np.zeros(0)
    if len(known) < 2 or seconds != sorted(seconds) or seconds[0] == seconds[-1] or known[0] == known[-1]:
        return Track(transcript, words, nothing, nothing)
    pace = (seconds[-1] - seconds[0]) / (known[-1] - known[0])
    begin, end = max(0.0, seconds[0] - pace * known[0]), seconds[-1] + pace * (len(words) - known[-1])
    return Track(transcript, words, np.array([0.0, *known, len(words)]), np.array([begin, *seconds, end]))


def timeline(
    facts: Facts,
    *,
    transcripts: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    level: int | None = None,
    position: str | None = None,
) -> pd.DataFrame:
    """Return each stretch of an answer that a code covers, and where in its interview it stands.

    Parameters
    ----------
    transcripts : sequence of str, optional
        Which interviews; all unless given.
    codes, level
        See `rows.choose_rows`; a code counts its whole subtree.
    position : str, optional
        ``words`` or ``minutes``; minutes where every one of these interviews has time
        stamps, unless given.

    Returns
    -------
    DataFrame
        ``transcript, code, respondent, turn, start, end, from, to, length, unit``, by
        transcript, then code, then place. ``start, end`` are code points; stretches of one
        code that overlap or touch in a turn are one. ``from, to`` are words or minutes
        since the beginning, and ``length`` those of the whole interview.
        ``attrs["lengths"]`` has the length of every interview, also without a stretch, and
        ``attrs["codes"]`` every code.

    Raises
    ------
    UsageError
        For a transcript in which no respondent speaks or that is not there, another
        `position`, and minutes of an interview without time stamps.
    """
    chosen = _chosen(facts, transcripts)
    tracks = {at: track(facts.transcripts[at]) for at in chosen}
    unit = _unit(list(tracks.values()), position)
    rows = choose_rows(facts, codes=codes, level=level)
    wanted = np.isin(facts.turn_transcript[facts.mark_turn[rows.mark]], chosen)
    spans: dict[tuple[int, int, int], list[Span]] = defaultdict(list)
    for row, mark in zip(rows.row[wanted].tolist(), rows.mark[wanted].tolist(), strict=True):
        turn = int(facts.mark_turn[mark])
        place = (int(facts.turn_transcript[turn]), row, turn)
        spans[place].append(Span(int(facts.mark_start[mark]), int(facts.mark_end[mark])))
    found = [
        (at, rows.codes[row], turn, stretch.start, stretch.end)
        for at, row, turn in sorted(spans)
        for stretch in union(spans[at, row, turn])
    ]
    frame = _laid(facts, tracks, pd.DataFrame(found, columns=["at", "code", "place", "start", "end"]), unit=unit)
    with_attrs(frame, facts, unit=unit, notices=[*rows.notices, _NOTICES[unit]])
    frame.attrs["lengths"] = {each.transcript.name: each.length(unit) for each in tracks.values()}
    frame.attrs["codes"] = rows.codes
    return frame


def _laid(facts: Facts, tracks: Mapping[int, Track], frame: pd.DataFrame, *, unit: str) -> pd.DataFrame:
    """Return stretches, which know their transcript and turn by index, with all columns of the table."""
    turns = [facts.turns[place][1] for place in frame["place"]]
    frame["transcript"] = [tracks[at].transcript.name for at in frame["at"]]
    frame["respondent"], frame["turn"] = [turn.respondent for turn in turns], [turn.number for turn in turns]
    frame["from"], frame["to"], frame["length"], frame["unit"] = 0.0, 0.0, 0.0, unit
    for at, stretches in frame.groupby("at"):
        of = tracks[int(str(at))]
        for name, bound in (("from", "start"), ("to", "end")):
            frame.loc[stretches.index, name] = of.at(stretches[bound].to_numpy(dtype=np.int64), unit)
        frame.loc[stretches.index, "length"] = of.length(unit)
    return frame[list(COLUMNS)]


def _chosen(facts: Facts, transcripts: Sequence[str] | None) -> list[int]:
    names = [transcript.name for transcript in facts.transcripts]
    for name in transcripts or ():
        if name not in names:
            raise UsageError(
                f"There is no interview '{name}'.",
                way_out=did_you_mean(name, names, otherwise=f"There are {', '.join(names) or 'none'}."),
            )
    return [at for at, name in enumerate(names) if transcripts is None or name in transcripts]


def _unit(tracks: Sequence[Track], position: str | None) -> str:
    if position is not None and position not in POSITIONS:
        raise UsageError(f"There is no position in '{position}'.", way_out=f"Use {' or '.join(POSITIONS)}.")
    without = [each.transcript.name for each in tracks if not len(each.known)]
    if position == "minutes" and without:
        raise UsageError(
            f"Without time stamps that go up nobody knows the minutes of {', '.join(without)}.",
            way_out="Leave --position out, or choose others with --transcript.",
        )
    return position or ("words" if without or not tracks else "minutes")
