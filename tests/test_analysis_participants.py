"""Who took part, counted from what they say."""

from reports import make_facts

from lde_qual.analysis.frequency import frequency
from lde_qual.analysis.participants import groups, participants


def test_each_respondent_who_speaks_has_a_row():
    """Turns, words and segments of a respondent are those of their own turns."""
    frame = participants(make_facts()).set_index("respondent")
    assert list(frame.index) == ["R01", "R02", "R03", "R04"]
    assert frame.loc["R02", ["role", "organisation", "transcripts"]].tolist() == ["a", "West", "t1"]
    assert frame.loc["R02", ["turns", "words", "segments"]].tolist() == [1, 3, 2]


def test_groups_count_a_shared_transcript_once_in_total():
    """Three respondents of one interview are one transcript; the total is counted anew."""
    frame = groups(make_facts()).set_index("role")
    assert frame.loc["a", ["respondents", "transcripts", "turns"]].tolist() == [3, 1, 3]
    assert frame.loc["total", ["respondents", "transcripts", "turns"]].tolist() == [4, 2, 4]


def test_a_codebook_without_codes_gives_an_empty_table():
    """Counting no codes by role gives no rows, with every column."""
    frame = frequency(make_facts(codebook="title: Leeg\ncodes: []\n", coded=False), by=["role"])
    assert frame.empty
    assert {"code", "role", "n", "N"} <= set(frame.columns)
