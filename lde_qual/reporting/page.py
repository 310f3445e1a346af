"""What the page shows, laid out as plain values that html and Markdown print alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import Any

import pandas as pd

from lde_qual.analysis.facts import NONE, TOTAL
from lde_qual.model.citation import SAFE
from lde_qual.reporting.behind import Behind
from lde_qual.reporting.contents import PRINTED_PER_CODE, Contents
from lde_qual.reporting.effect import effect_line
from lde_qual.reporting.outline import EFFECT
from lde_qual.reporting.page_parts import Direction, Factor, Line, Pair, Quoted, SmallGroup, Voice
from lde_qual.reporting.people import code_names, role_name
from lde_qual.reporting.phrases import count, decimal, n_or_not_asked, percentage
from lde_qual.reporting.report_words import say

TOP_PAIRS = 15


class Page:
    """The report in one language: every method returns one part of it.

    Parameters
    ----------
    contents : Contents
    lang : str
        ``nl`` or ``en``.
    """

    def __init__(self, contents: Contents, *, lang: str) -> None:
        self.contents = contents
        self.lang = lang
        self.codebook = contents.facts.study.codebook
        self.names = code_names(self.codebook)
        self.behind = Behind(contents, lang=lang)
        self.told = contents.facts.tells_asked("role")
        self.asked = self._asked()
        self._print: dict[str, Any] = {"lang": lang, "min_percent": self.codebook.min_percent_n}

    @property
    def roles(self) -> list[str]:
        """Ids of the roles, in the order of columns."""
        return list(self.contents.groups["role"][:-1])

    @property
    def value_head(self) -> list[str]:
        """What stands above the values of the first dimension; nothing where there is none, and no column."""
        return [self.codebook.first_dimension] if self.codebook.first_dimension else []

    def value_cell(self, direction: Direction) -> list[str]:
        """Return what stands under `value_head`."""
        return [direction.value] if self.value_head else []

    @property
    def role_heads(self) -> list[tuple[str, int]]:
        """Label and N of each role, everyone last."""
        sizes = self.contents.groups
        return [
            (say("everyone", self.lang) if role == TOTAL else role_name(role, self.codebook, self.lang), int(size))
            for role, size in zip(sizes["role"], sizes["respondents"], strict=True)
        ]

    @property
    def segment_heads(self) -> list[tuple[str, str]]:
        """Label of each role and of everyone with their number of segments; then words, with all words spoken."""
        frame = self.contents.tables["frequency_role_segments"]
        whole = dict(zip(frame["role"], frame["N"], strict=True))
        sizes = [whole.get(role, 0) for role in self.contents.groups["role"]]
        heads = zip((label for label, _ in self.role_heads), sizes, strict=True)
        words = say("words", self.lang), self.contents.groups["words"].iloc[-1]
        return [(label, count(int(size), lang=self.lang)) for label, size in [*heads, words]]

    def group_rows(self) -> list[tuple[str, list[str]]]:
        """Return each role with its respondents, interviews, turns and words."""
        rows = []
        for row in self.contents.groups.to_dict("records"):
            numbers = [
                count(int(row[unit]), lang=self.lang) for unit in ("respondents", "transcripts", "turns", "words")
            ]
            rows.append((role_name(row["role"], self.codebook, self.lang), numbers))
        return rows

    def factors(self) -> list[tuple[str, list[Factor]]]:
        """Return the overview: factors by phase."""
        records = self.contents.tables["overview"].to_dict("records")
        found = []
        for (_, label, phase), rows in groupby(records, key=lambda row: (row["code"], row["label"], row["phase"])):
            found.append(Factor(label, phase, self._heard_once([self._direction(row) for row in rows])))
        return [(phase, list(factors)) for phase, factors in groupby(found, key=lambda factor: factor.phase)]

    @staticmethod
    def _heard_once(directions: list[Direction]) -> list[Direction]:
        """Return the directions of a factor, a counter-voice that stands for several of them with the first alone."""
        heard: set[Voice | None] = set()
        kept = []
        for direction in directions:
            kept.append(replace(direction, counter=None) if direction.counter in heard else direction)
            heard.add(direction.counter)
        return kept

    def _asked(self) -> dict[tuple[str, str], Any]:
        """Return by code and role how many were asked; undefined where some transcript does not tell."""
        frame = self.contents.tables["frequency_role_respondents"]
        return {
            (code, role): asked if role in self.told else pd.NA
            for code, role, asked in zip(frame["code"], frame["role"], frame["asked"], strict=True)
        }

    def _direction(self, row: dict[Any, Any]) -> Direction:
        dimension = self.codebook.first_dimension
        value = row[dimension] if dimension else ""
        cells = [
            n_or_not_asked(int(row[role]), int(row[f"N_{role}"]), self.asked[row["code"], role], **self._print)
            for role in self.roles
        ]
        everyone = self.asked[row["code"], TOTAL]
        asked = "asked" if TOTAL in self.told else "asked_at_least"
        interviews = int(row["interviews"])
        return Direction(
            value=say("no_value", self.lang, dimension=dimension) if value == NONE else value,
            cells=[*cells, n_or_not_asked(int(row["respondents"]), int(row["N"]), everyone, **self._print)],
            keys=[self.behind.of_value(row["code"], value or NONE, role) for role in (*self.roles, TOTAL)],
            asked="" if pd.isna(row["asked"]) else say(asked, self.lang, n=row["asked"]),
            interviews=say("in_interview" if interviews == 1 else "in_interviews", self.lang, n=interviews),
            quote=self._voice(row["quote"], row["cited_as"], row["quote_choice"]),
            counter=self._voice(row["counter_quote"], row["counter_cited_as"]),
        )

    def _voice(self, text: object, cited_as: object, choice: object = "") -> Voice | None:
        if not isinstance(text, str) or not isinstance(cited_as, str):
            return None
        note = say("proposed", self.lang) if choice == "voorstel" else ""
        return Voice(text, cited_as, cited_as in self.contents.flagged, note)

    def code_lines(self) -> list[Line]:
        """Return the whole tree: n of N respondents for each role and for all."""
        return self._lines("respondents", n_or_not_asked)

    def segment_lines(self) -> list[Line]:
        """Return the whole tree: segments for each role and for all, and the words they cover; N is in the heads."""
        words = self.contents.tables["frequency_role_words"]
        whole = words[words["role"] == TOTAL]
        lines = self._lines("segments", lambda n, *_, **__: count(n, lang=self.lang))
        for line, covered, spoken in zip(lines, whole["n"], whole["N"], strict=True):
            share = percentage(int(covered), int(spoken), min_percent=self.codebook.min_percent_n)
            line.cells.append(f"{count(int(covered), lang=self.lang)}{share}")
        return lines

    def _lines(self, unit: str, printed: Any) -> list[Line]:
        frame = self.contents.tables[f"frequency_role_{unit}"]
        lines = []
        for _, rows in frame.groupby("code", sort=False):
            first = rows.iloc[0]
            numbers = zip(rows["n"], rows["N"], rows["role"], strict=True)
            asked = {role: self.asked[first["code"], role] for role in rows["role"]}
            cells = [printed(int(n), int(whole), asked[role], **self._print) for n, whole, role in numbers]
            keys = [self.behind.of_code(first["code"], role) for role in rows["role"]]
            lines.append(Line(first["label"], int(first["level"]), cells, keys))
        return lines

    def unasked(self) -> set[tuple[str, str]]:
        """Return the codes and roles, or all, of which it is known that nobody was asked."""
        return {at for at, asked in self.asked.items() if not pd.isna(asked) and asked == 0}

    def related(self) -> set[tuple[str, str]]:
        """Return the pairs of main codes that stand above and below each other."""
        codes = self.contents.main_codes
        return {(a, b) for a in codes for b in codes if self.codebook.related(a, b)}

    def turns(self) -> str:
        """Return how many turns of respondents there are, in print."""
        return count(int(self.contents.groups["turns"].iloc[-1]), lang=self.lang)

    def top_pairs(self, *, whole_tree: bool = False) -> list[Pair]:
        """Return the pairs that share most turns, most first; ties by Jaccard, then by the tree.

        Of the whole tree only the codes without subcodes are paired: their parents
        would fill the list with what their size alone makes likely.
        """
        found = self._pairs(self.contents.tables["cooccurrence_turn"], whole_tree=whole_tree)
        found = found.sort_values(["n_ab", "jaccard"], ascending=False, kind="stable").head(TOP_PAIRS)
        return [
            Pair(
                self.names[row["a"]], self.names[row["b"]], int(row["n_ab"]), int(row["n_a"]), int(row["n_b"]),
                decimal(row["jaccard"], lang=self.lang), self.behind.of_pair(row["a"], row["b"], TOTAL),
            )
            for row in found.to_dict("records")
        ]  # fmt: skip

    def small_groups(self) -> list[SmallGroup]:
        """Return the roles of one or two respondents, each with the pairs of main codes that occur."""
        frame = self.contents.tables["cooccurrence_turn_role"]
        found = []
        for role, (label, size) in zip(self.roles, self.role_heads, strict=False):
            if 0 < size < SAFE:
                pairs = self._pairs(frame[frame["role"] == role])
                found.append(
                    SmallGroup(
                        say("small_group", self.lang, role=label, n=size),
                        [self._in_words(row) for row in pairs.to_dict("records")],
                    )
                )
        return found

    def _in_words(self, row: dict[Any, Any]) -> str:
        name = "pair_one" if row["n_ab"] == 1 else "pair"
        return say(name, self.lang, a=self.names[row["a"]], b=self.names[row["b"]], n=row["n_ab"])

    def _pairs(self, frame: pd.DataFrame, *, whole_tree: bool = False) -> pd.DataFrame:
        """Return each unordered pair that occurs, in the order of the tree, codes and their ancestors left out."""
        leaves = [code for code in self.codebook.ids() if not self.codebook.code(code).codes]
        codes = leaves if whole_tree else self.contents.main_codes
        place = {code: index for index, code in enumerate(codes)}
        inside = frame[frame["a"].isin(place) & frame["b"].isin(place) & (frame["n_ab"] > 0)]
        kept = [
            place[a] < place[b] and not self.codebook.related(a, b)
            for a, b in zip(inside["a"], inside["b"], strict=True)
        ]
        return inside[pd.Series(kept, index=inside.index, dtype=bool)]

    def quoted(self) -> list[Quoted]:
        """Return the quotes to print, by code in the order of the tree, then by role."""
        printed, every = self.contents.printed_quotes, Counter(self.contents.tables["quotes"]["code"])
        found = []
        for code in self.codebook.ids():
            mine = printed[printed["code"] == code]
            if mine.empty:
                continue
            total = every[code]
            by_role = [
                (self._role_title(role), [self._quoted_voice(row) for row in rows.to_dict("records")])
                for role, rows in mine.groupby(mine["role"].fillna(NONE), sort=False)
            ]
            above = [self.codebook.code(each).label for each in self.codebook.path(code)[:-1]]
            said = say("quotes_one" if total == 1 else "quotes_count", self.lang, n=total)
            found.append(Quoted(self.codebook.code(code).label, " › ".join(above), said, by_role))
        return found

    def _role_title(self, role: object) -> str:
        names = dict.fromkeys(role_name(part, self.codebook, self.lang) for part in str(role).split(";"))
        return ", ".join(names)

    def _quoted_voice(self, row: dict[Any, Any]) -> Voice:
        values = [row[name] for name in self.codebook.dimensions if isinstance(row[name], str)]
        marks = {"typerend": say("typical", self.lang), "tegenstem": say("counter", self.lang)}
        values += [marks[row["mark"]]] if row["mark"] in marks else []
        return Voice(row["quote"], row["cited_as"], bool(row["unique_label"]), " · ".join(values))

    def lead(self, section: str) -> str:
        """Return what stands above a part: how it was counted or chosen."""
        most = self.contents.quotes_per_code
        if section == "quotes" and most != PRINTED_PER_CODE:
            return say("lead.quotes_most", self.lang, most=most)
        values = {"n": self.turns()} if section == "cooccurrence" else {}
        return say(f"lead.{section}", self.lang, **values)

    def legend(self) -> str:
        """Return what the flag at a citation means and what to do; empty where no quote bears it."""
        way_out = say("flag_way_out_public" if self.contents.public else "flag_way_out", self.lang)
        return f"{say('flag', self.lang)}. {way_out}" if self.contents.flagged else ""

    def method(self) -> list[str]:
        """Return the paragraphs that say how was counted, for this study."""
        known = self.contents.facts.study.knows_asked()
        undefined = say("undefined", self.lang)
        coder = self.contents.facts.coder or say("no_coder", self.lang)
        return [
            say(f"method.{self.codebook.approach}", self.lang),
            say("method.coder", self.lang, coder=coder),
            say("method.units", self.lang),
            say("method.N", self.lang),
            say("method.spread", self.lang, min=self.codebook.min_percent_n, undefined=undefined),
            say("method.asked" if known else "method.asked_unknown", self.lang),
            *effect_line(self.contents.tables.get(EFFECT), self.lang),
            say("method.files", self.lang),
        ]

    def coded(self) -> str:
        """Return ``4 van 13 transcripten gecodeerd``."""
        return say("coded", self.lang, coded=self.contents.coded, all=self.contents.countable)

    def coded_by(self) -> str:
        """Return ``4 van 13 transcripten gecodeerd door onderzoeker``."""
        coder = self.contents.facts.coder
        return f"{self.coded()} {say('coded_by', self.lang, coder=coder)}" if coder else self.coded()
