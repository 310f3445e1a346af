"""Negative cases, what stands around a quote, and whose quotes are printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from reports import CODEBOOK, make_facts
from test_counting_laws import studies

from lde_qual.analysis.facts import lay_out
from lde_qual.analysis.quote_balance import balance
from lde_qual.analysis.quotes import quotes
from lde_qual.errors import UsageError


@settings(max_examples=30, deadline=None)
@given(studies())
def test_negative_cases_are_quotes_with_another_value_than_the_majority(study):
    """They are among all quotes; of a code and role that say one thing only there are none."""
    facts = lay_out(study, "anna")
    every, against = quotes(facts), quotes(facts, against=True)
    known = set(every[["code", "quote", "respondent", "transcript"]].itertuples(index=False, name=None))
    assert set(against[["code", "quote", "respondent", "transcript"]].itertuples(index=False, name=None)) <= known
    assert against["richting"].notna().all()
    for code in set(against["code"]):
        assert 2 <= every.loc[every["code"] == code, "richting"].nunique()


def test_who_says_the_contrary_of_most_of_their_role():
    """Under `in` R01 says it hinders and R02 that it helps: a tie; with `plan` R02 stands against most."""
    facts = make_facts()
    assert quotes(facts, codes=["in"], against=True).empty
    codebook = CODEBOOK.replace("  - id: plan", "      - id: plan").replace("    label: Plan", "        label: Plan")
    found = quotes(make_facts(codebook=codebook), codes=["in"], against=True)
    assert [("R02", "sine", "faciliterend")] == list(
        found[["respondent", "code", "richting"]].itertuples(index=False, name=None)
    )


def test_without_a_dimension_there_is_no_contrary():
    """The error names what to add."""
    codebook = CODEBOOK.replace("dimensions:\n  richting: [belemmerend, faciliterend]\n", "")
    with pytest.raises(UsageError, match="--against") as caught:
        quotes(make_facts(codebook=codebook, coded=False), against=True)
    assert "dimensions" in caught.value.way_out


def test_what_stands_around_a_quote():
    """The turn before, the rest of the quote's own turn, and the turn after, each with its label."""
    found = quotes(make_facts(), codes=["plan"], context=1).iloc[0]
    assert found["before"].splitlines()[-1] == "R02: vijf"
    assert found["before"].splitlines()[0].startswith("R01: =1+1")
    assert found["after"].startswith("R03: acht")


def test_labels_that_few_share_are_warned_of():
    """How many labels may tell who speaks is said, with the way out that is not taken yet."""
    (notice,) = [text for text in quotes(make_facts()).attrs["notices"] if "label" in text]
    assert "--public" in notice
    assert not any("--public" in text for text in quotes(make_facts(), public=True).attrs["notices"])


@settings(max_examples=30, deadline=None)
@given(studies())
def test_a_balance_counts_every_quote(study):
    """A choice is no more than what is available; by direction both add up to all quotes; everyone has a row."""
    facts = lay_out(study, "anna")
    every, chosen = quotes(facts), quotes(facts, per_code=1)
    table = balance(every, chosen, facts=facts)
    assert (table["quotes"] <= table["available"]).all()
    assert facts.respondents == table.loc[table["by"] == "respondent", "group"].tolist()
    of_direction = table[table["by"] == "richting"]
    assert (len(chosen), len(every)) == (of_direction["quotes"].sum(), of_direction["available"].sum())
    assert len(chosen) <= table.loc[table["by"] == "respondent", "quotes"].sum()
    assert (table["of_available"].isna().all()) == (len(every) == 0)
