"""A study small enough to count by hand, counted through the command line.

Words are numbered, so that every count can be read off the text:

    t1  I    Hoe gaat het?
        R01  een twee drie vier          (turn 2, 4 words)
        R02  vijf zes zeven              (turn 3, 3 words)
        I    En dan?
        R01  acht negen                  (turn 5, 2 words)
    t2  I    [V1] Over het plan?
        R03  tien elf [lacht] twaalf-dertien d'r   (turn 2, 4 words)
        I    Nog iets?
        R03  nee                         (turn 4, 1 word)
    t3  I    Iets te zeggen?
        R04  neen dank u                 (turn 2, 3 words; nothing coded)

R01 and R02 are of role a, R03 of role b, R04 of none.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from studies import make_study

from lde_qual.cli.main import main

CODEBOOK = """\
title: Hand
main_coder: anna
roles: {a: Rol A, b: Rol B}
dimensions:
  richting: [belemmerend, faciliterend]
codes:
  - id: in
    label: In
    codes:
      - {id: vdab, label: VDAB}
      - {id: sine, label: SINE}
  - id: plan
    label: Plan
  - id: leeg
    label: Leeg
"""
RESPONDENTS = """\
respondent,role,organisation,transcript,function
R01,a,Oost,t1,chef
R02,a,West,t1,
R03,b,West,t2,chef
R04,,Oost,t3,
"""
LEIDRAAD = """\
guides:
  - id: g
    label: Gids
    roles: [a, b]
    questions:
      - {id: V1, text: Over het plan?, codes: [plan, vdab]}
"""
TRANSCRIPTS = {
    "t1": "I: Hoe gaat het?\nR01: een twee drie vier\nR02: vijf zes zeven\nI: En dan?\nR01: acht negen\n",
    "t2": "---\nwave: 2\n---\n"
    "I [V1]: Over het plan?\nR03 [01:05]: tien elf [lacht] twaalf-dertien d'r\nI: Nog iets?\nR03: nee\n",
    "t3": "I: Iets te zeggen?\nR04: neen dank u\n",
}
BODIES = TRANSCRIPTS | {"t2": TRANSCRIPTS["t2"].split("---\n", 2)[2]}

PASSAGES = [
    # transcript, from, to, code, richting: what it is an example of
    ("t1", "een", "twee", "vdab", "belemmerend"),  # two words of R01
    ("t1", "twee", "drie", "sine", "faciliterend"),  # shares 'twee' with the one above
    ("t1", "vier", "vijf", "vdab", ""),  # over two respondents, and over the label between them
    ("t1", "En dan?", "acht", "plan", "belemmerend"),  # question and answer: counts for the answer
    ("t1", "Hoe", "gaat", "plan", ""),  # the question alone: in no count
    ("t2", "01:05]: tien", "elf", "plan", "belemmerend"),  # begins half-way in the label
    ("t2", "elf", "twaalf-dertien", "in", "faciliterend"),  # at the parent itself
    ("t2", "nee", "nee", "sine", "faciliterend"),
]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = make_study(
        tmp_path, codebook=CODEBOOK, respondents=RESPONDENTS, transcripts=TRANSCRIPTS, leidraad=LEIDRAAD
    )
    rows = ["transcript,start,end,code,quote,richting"]
    for name, first, last, code, richting in PASSAGES:
        body = BODIES[name]
        start = body.index(first)
        end = body.index(last, start) + len(last)
        quote = body[start:end].replace('"', '""')
        rows.append(f'{name},{start},{end},{code},"{quote}",{richting}')
    table = tmp_path / "codings.csv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["--study", str(folder), "import-codings", str(table)]) == 0
    return folder


@pytest.fixture
def table(study: Path, capsys: pytest.CaptureFixture[str]):
    def run(*options: str) -> list[dict[str, str]]:
        capsys.readouterr()
        assert main(["--study", str(study), *options, "--format", "csv"]) == 0
        return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    return run


def numbers(rows: list[dict[str, str]], *key: str, value: str = "n") -> dict[object, object]:
    """Return a column of a table by key: one name gives texts, more give tuples."""
    return {tuple(row[name] for name in key) if len(key) > 1 else row[key[0]]: row[value] for row in rows}


@pytest.mark.parametrize(
    ("unit", "expected", "whole"),
    [
        ("respondents", {"in": 3, "vdab": 2, "sine": 2, "plan": 2, "leeg": 0}, 4),
        ("segments", {"in": 5, "vdab": 2, "sine": 2, "plan": 2, "leeg": 0}, 7),
        ("turns", {"in": 4, "vdab": 2, "sine": 2, "plan": 2, "leeg": 0}, 6),
        ("words", {"in": 8, "vdab": 4, "sine": 3, "plan": 3, "leeg": 0}, 17),
        ("transcripts", {"in": 2, "vdab": 1, "sine": 2, "plan": 2, "leeg": 0}, 3),
    ],
)
def test_totals_in_every_unit(table, unit, expected, whole):
    """Each unit counts different things once, and N is what exists of it."""
    rows = table("frequency", "--unit", unit)
    assert {code: str(n) for code, n in expected.items()} == numbers(rows, "code")
    assert {str(whole)} == {row["N"] for row in rows}


@pytest.mark.parametrize(
    ("unit", "n_in", "share"),
    [("respondents", 1, "0.25"), ("segments", 1, "0.142857"), ("words", 2, "0.117647"), ("turns", 1, "0.166667")],
)
def test_without_aggregation_a_parent_counts_its_own_codings(table, unit, n_in, share):
    """--no-aggregate leaves a parent with what sits on it itself."""
    row = next(row for row in table("frequency", "--unit", unit, "--no-aggregate") if row["code"] == "in")
    assert (str(n_in), share, "false") == (row["n"], row["share"], row["aggregate"])


def test_groups_stand_in_the_order_of_roles_with_none_and_total_last(table):
    """Every code by every group has a row; a respondent without role counts under (none)."""
    rows = [row for row in table("frequency", "--by", "role") if row["code"] == "in"]
    assert [("a", "2", "2"), ("b", "1", "1"), ("(none)", "0", "1"), ("total", "3", "4")] == [
        (row["role"], row["n"], row["N"]) for row in rows
    ]
    assert ["R01;R02", "R03", "", "R01;R02;R03"] == [row["who"] for row in rows]
    assert ["1", "1", "0", "2"] == [row["interviews"] for row in rows]


def test_a_dimension_narrows_n_and_never_the_whole(table):
    """By direction, n counts codings of that value and N stays everyone."""
    rows = [row for row in table("frequency", "--by", "richting") if row["code"] in {"vdab", "plan"}]
    assert [
        ("vdab", "belemmerend", "1", "4"),
        ("vdab", "faciliterend", "0", "4"),
        ("vdab", "(none)", "2", "4"),
        ("vdab", "total", "2", "4"),
        ("plan", "belemmerend", "2", "4"),
        ("plan", "faciliterend", "0", "4"),
        ("plan", "(none)", "0", "4"),
        ("plan", "total", "2", "4"),
    ] == [(row["code"], row["richting"], row["n"], row["N"]) for row in rows]


def test_two_attributes_cross_and_close_with_one_total(table):
    """Role by direction has every pair and one row total,total for each code."""
    rows = [row for row in table("frequency", "--by", "role,richting", "--unit", "segments") if row["code"] == "in"]
    cells = numbers(rows, "role", "richting")
    assert 3 * 3 + 1 == len(cells)
    assert {("a", "belemmerend"): "1", ("a", "faciliterend"): "1", ("a", "(none)"): "1"} == {
        key: n for key, n in cells.items() if key[0] == "a"
    }
    assert ("5", "7") == (cells["total", "total"], rows[-1]["N"])
    assert {"4"} == {row["N"] for row in rows if row["role"] == "a"}


def test_asked_counts_who_was_asked_about_a_code_or_what_is_below_it(table):
    """A question on vdab asks about its parent too, not about its sister."""
    asked = {row["code"]: row["asked"] for row in table("frequency")}
    assert {"in": "1", "vdab": "1", "sine": "0", "plan": "1", "leeg": "0"} == asked


def test_the_tidy_table(table):
    """Each coding has who counts, from which turn, with how many words; a question alone has NA."""
    every = table("codings")
    assert 8 == len(every)
    over_two = next(row for row in every if row["respondent"] == "R01;R02")
    rows = {(row["code"], row["transcript"], row["turn"]): row for row in every if row is not over_two}
    assert ("2", "2", "Oost;West", "a;a", "R01;R02") == tuple(
        over_two[name] for name in ("turn", "words", "organisation", "role", "speaker")
    )
    assert ("NA", "NA", "I", "0") == tuple(
        rows["plan", "t1", "1"][name] for name in ("respondent", "role", "speaker", "words")
    )
    answer = rows["plan", "t1", "5"]
    assert ("R01", "R01", "1") == tuple(answer[name] for name in ("respondent", "speaker", "words"))
    half_label = rows["plan", "t2", "2"]
    assert ("00:01:05", "2", "true", "2") == tuple(half_label[name] for name in ("time", "words", "prompted", "wave"))
    assert "false" == rows["sine", "t2", "4"]["prompted"]
    assert "in/vdab" == rows["vdab", "t1", "2"]["path"]


def test_per_turn_each_turn_has_a_row(table):
    """A coding over two respondents stands in two rows, one for each."""
    rows = [row for row in table("codings", "--per", "turn") if row["code"] == "vdab"]
    assert [("R01", "2", "2"), ("R01", "2", "1"), ("R02", "3", "1")] == [
        (row["respondent"], row["turn"], row["words"]) for row in rows
    ]


@pytest.mark.parametrize(
    ("unit", "options", "n_ab", "n"),
    [
        # in turn 2 of t1 vdab and sine share the word 'twee'
        ("overlap", (), 1, 6),
        ("turn", (), 1, 6),
        # vdab is in turns 2 and 3, sine in turn 2: both turns of vdab have sine at most one away, only one of sine's
        # turns (t1.2) has vdab near, so the fewer is 1
        ("near", (), 1, 6),
        ("respondent", (), 1, 4),
        ("transcript", (), 1, 3),
    ],
)
def test_cooccurrence_of_two_codes(table, unit, options, n_ab, n):
    """Two codes go together in units that carry both."""
    rows = numbers(table("cooccurrence", "--unit", unit, *options), "a", "b", value="n_ab")
    assert str(n_ab) == rows["vdab", "sine"] == rows["sine", "vdab"]
    assert {str(n)} == {row["n"] for row in table("cooccurrence", "--unit", unit, *options)}


@pytest.mark.parametrize(("within", "n_ab"), [(0, 0), (1, 1), (2, 1)])
def test_near_counts_the_next_answer_as_one_away(table, within, n_ab):
    """In t1 plan is in R01's last turn and vdab in R02's before it: one respondent's turn away."""
    rows = numbers(table("cooccurrence", "--unit", "near", "--within", str(within)), "a", "b", value="n_ab")
    assert str(n_ab) == rows["plan", "vdab"] == rows["vdab", "plan"]


def test_overlap_needs_a_shared_character_of_speech(table):
    """In t2 plan and in share 'elf'; a code goes together with its parent wherever it is."""
    rows = numbers(table("cooccurrence", "--unit", "overlap"), "a", "b", value="n_ab")
    assert "1" == rows["plan", "in"]
    assert "2" == rows["vdab", "in"] == rows["vdab", "vdab"]
    assert "0" == rows["plan", "vdab"]


def test_measures_of_a_pair(table):
    """Jaccard, both conditional shares and lift are what their formulas say, NA where nothing is carried."""
    rows = {(row["a"], row["b"]): row for row in table("cooccurrence", "--unit", "turn")}
    pair = rows["vdab", "sine"]
    assert ("2", "2", "1", "0.333333", "0.5", "0.5", "1.5") == tuple(
        pair[name] for name in ("n_a", "n_b", "n_ab", "jaccard", "p_b_given_a", "p_a_given_b", "lift")
    )
    assert ("NA", "NA", "NA") == tuple(rows["leeg", "vdab"][name] for name in ("p_b_given_a", "lift", "p_b_given_a"))
    assert 25 == len(rows)


def test_cooccurrence_per_role_counts_within_the_role(table):
    """By role, units and codes are those of the role."""
    rows = {(row["role"], row["a"], row["b"]): row for row in table("cooccurrence", "--by", "role")}
    assert ("1", "3") == (rows["a", "vdab", "sine"]["n_ab"], rows["a", "vdab", "sine"]["n"])
    assert ("0", "2") == (rows["b", "vdab", "sine"]["n_ab"], rows["b", "vdab", "sine"]["n"])


def test_matrix_divides_by_the_rows_own_count(table):
    """A row share is n over what the row counts over all columns, counted anew."""
    rows = table("matrix", "--rows", "code", "--cols", "respondent", "--unit", "words", "--normalise", "row")
    cells = {(row["code"], row["respondent"]): row["value"] for row in rows}
    assert ("0.5", "0.125", "0.375", "0") == tuple(cells["in", who] for who in ("R01", "R02", "R03", "R04"))
    assert "NA" == cells["leeg", "R01"]


def test_matrix_without_codes_counts_whatever_is_coded(table):
    """Role by direction counts respondents with any coding of that direction."""
    rows = numbers(table("matrix", "--rows", "role", "--cols", "richting"), "role", "richting")
    assert ("1", "1", "2") == tuple(rows["a", value] for value in ("belemmerend", "faciliterend", "(none)"))


def test_with_interviewer_the_question_counts(table):
    """--with-interviewer adds one respondent of that name and role, in n and in N."""
    rows = {row["code"]: row for row in table("frequency", "--with-interviewer")}
    assert ("3", "5", "R01;R03;interviewer") == tuple(rows["plan"][name] for name in ("n", "N", "who"))
    by_role = numbers(table("frequency", "--with-interviewer", "--by", "role"), "code", "role")
    assert "1" == by_role["plan", "interviewer"]


def test_coded_only_leaves_out_what_was_not_coded(table):
    """--coded-only takes n and N over the coded transcripts alone."""
    assert {"3"} == {row["N"] for row in table("frequency", "--coded-only")}
    assert {"14"} == {row["N"] for row in table("frequency", "--coded-only", "--unit", "words")}


def test_levels_cover_the_tree_once(table):
    """Level 1 has the roots; level 2 the children and the childless roots, and says what sits above."""
    assert ["in", "plan", "leeg"] == [row["code"] for row in table("frequency", "--level", "1")]
    assert ["vdab", "sine", "plan", "leeg"] == [row["code"] for row in table("frequency", "--level", "2")]


def test_overview_rows_and_numbers(table):
    """A row for each code that bears codings and each direction it occurs with."""
    rows = table("overview")
    assert [
        ("in", "belemmerend", "1", "0", "1"),
        ("in", "faciliterend", "1", "1", "2"),
        ("in", "(none)", "2", "0", "2"),
        ("vdab", "belemmerend", "1", "0", "1"),
        ("vdab", "(none)", "2", "0", "2"),
        ("sine", "faciliterend", "1", "1", "2"),
        ("plan", "belemmerend", "1", "1", "2"),
    ] == [tuple(row[name] for name in ("code", "richting", "a", "b", "respondents")) for row in rows]
    cells = {(row["code"], row["richting"]): row for row in rows}
    assert ("1", "1", "2", "2", "1", "4") == tuple(
        cells["plan", "belemmerend"][name] for name in ("a", "b", "respondents", "N_a", "N_b", "N")
    )
    assert ("1", "1", "2") == tuple(cells["sine", "faciliterend"][name] for name in ("a", "b", "respondents"))
    assert "voorstel" == cells["vdab", "belemmerend"]["quote_choice"]
    assert "(Respondent 1, chef Oost)" == cells["vdab", "belemmerend"]["cited_as"]


def test_quotes_flag_labels_that_few_share(table):
    """A label that fewer than three respondents share is flagged."""
    rows = table("quotes", "--code", "plan")
    assert ["(Respondent 1, chef Oost)", "(Respondent 3, chef West)"] == [row["cited_as"] for row in rows]
    assert {"true"} == {row["unique_label"] for row in rows}
    assert ["(Respondent 1, Rol A)", "(Respondent 3, Rol B)"] == [
        row["cited_as"] for row in table("quotes", "--code", "plan", "--public")
    ]
