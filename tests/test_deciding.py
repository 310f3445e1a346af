"""What a person decides about suggestions, and when they may show."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from taggings import material

import lde_qual as lq
from lde_qual.api.deciding import Choice, accept_all, accept_body, may_show, suggested
from lde_qual.api.evaluating import evaluate
from lde_qual.api.revealing import shown
from lde_qual.api.suggesting import Suggestions
from lde_qual.cli.main import main
from lde_qual.errors import LdeQualError, RefusedError, UsageError
from lde_qual.model.span import Span
from lde_qual.model.suggestion import check_rejection, check_suggestion
from lde_qual.model.visibility import drawn, is_blind
from lde_qual.tagging.blend import LEARNED
from lde_qual.tagging.effect import conditions
from lde_qual.tagging.held_out import Answers
from lde_qual.tagging.lint import keyword_findings, never_first, to_add
from lde_qual.tagging.proposal import Judgement, Passage, Proposal
from lde_qual.tagging.queue import EVERY, queue
from lde_qual.tagging.scorer import Labelled
from lde_qual.tagging.second_look import surprises

EXAMPLE = Path(__file__).parent.parent / "docs" / "example-study"
NEW = """\
I: Hoe geraakt ge hier?
R01: De weg van thuis naar het werk is lang, met de bus.
I: En verder?
R01: Er is te weinig tijd, te weinig uren, en het is druk.
I: Goed.
R01: Ja.
"""


@pytest.fixture
def study(tmp_path):
    """The example study with one more interview that nobody coded."""
    shutil.copytree(EXAMPLE, tmp_path / "studie")
    (tmp_path / "studie" / "transcripts" / "nieuw.txt").write_text(NEW, encoding="utf-8")
    return lq.open_study(tmp_path / "studie")


def first(study, **how):
    """Return the first suggestion for the new interview."""
    row = lq.suggest(study, transcript="nieuw", **how).iloc[0]
    # As a table gives them: whole numbers of numpy's own kind.
    return row["transcript"], row["start"], row["end"], row["code"]


def setting(study, text):
    book = study.folder / "codebook.yaml"
    book.write_text(book.read_text(encoding="utf-8") + text, encoding="utf-8")
    study.refresh()


def test_accepting_makes_a_coding_that_keeps_what_was_suggested(study):
    """Method, version, score, confidence and reason travel with the coding, and undo takes it back."""
    before = study.codings()
    where = first(study)
    (made,) = lq.accept(study, *where, memo="ja", richting="belemmerend")
    coding = study.model.state("anna").codings[made]
    assert (coding.origin, coding.suggestions_visible, coding.memo) == ("accepted", True, "ja")
    assert coding.dimensions == {"richting": "belemmerend"}
    assert {"method", "version", "score", "confidence", "reason", "code", "rank", "way"} <= set(coding.suggestion)
    assert "lijkt op het codeboek" in coding.suggestion["reason"]
    assert len(study.codings()) == len(before) + 1
    lq.undo(study)
    assert study.codings().equals(before)


def test_another_code_or_other_bounds_keep_what_was_suggested_beside_them(study):
    """What the person chose is the coding; what the machine said stays readable."""
    name, start, end, code = first(study)
    (made,) = lq.accept(study, name, start, end, code, as_code="papieren", as_end=end - 10)
    coding = study.model.state("anna").codings[made]
    assert (coding.code, coding.anchor.end) == ("papieren", end - 10)
    assert coding.suggestion["code"] == code
    assert coding.suggestion["passage"]["end"] == end


def test_a_rejected_suggestion_does_not_come_back(study):
    """Not for that passage and code; undo brings it back."""
    where = first(study)
    before = lq.suggest(study, transcript="nieuw")
    lq.reject(study, *where, reason="not relevant")
    left = lq.suggest(study, transcript="nieuw")
    assert not ((left["start"] == where[1]) & (left["code"] == where[3])).any()
    lq.undo(study)
    assert lq.suggest(study, transcript="nieuw")["code"].tolist() == before["code"].tolist()


def test_what_is_put_off_comes_last(study):
    """Later is a decision too, and moves the passage behind the others, whatever the order."""
    before = list(dict.fromkeys(lq.suggest(study)["start"]))
    name, start, end, code = first(study)
    lq.later(study, name, start, end, code)
    for order in ("transcript", "confidence", "uncertainty"):
        after = lq.suggest(study, order=order)
        assert int(after["start"].iloc[-1]) == start
        assert len(set(after["start"])) == len(before)


def test_nothing_that_nobody_accepted_is_counted(study):
    """Suggesting, rejecting and putting off change no number."""
    tables = [lq.frequency(study, by="role"), study.codings(), lq.overview(study)]
    where = first(study)
    lq.later(study, *where)
    lq.reject(study, *where, reason="wrong code")
    lq.suggest(study)
    for before, after in zip(
        tables, [lq.frequency(study, by="role"), study.codings(), lq.overview(study)], strict=True
    ):
        assert before.equals(after)


def test_a_list_is_accepted_in_one_step(study, tmp_path, capsys):
    """All rows become codings, one undo takes all back, and one row that does not fit keeps all out."""
    folder = str(study.folder)
    file = tmp_path / "voorstellen.csv"
    assert main(["suggest", "--study", folder, "--top", "1", "--format", "csv", "--out", str(file)]) == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    before = len(study.codings())
    assert main(["accept", "--study", folder, "--from", str(file)]) == 0
    assert f"{len(rows)} suggestions taken over in one step" in capsys.readouterr().err
    study.refresh()
    assert len(study.codings()) == before + len(rows)
    ways = {coding.suggestion.get("way") for coding in study.model.state("anna").codings.values() if coding.suggestion}
    assert ways == {"list"}
    assert main(["undo", "--study", folder]) == 0
    study.refresh()
    assert len(study.codings()) == before
    file.write_text(file.read_text(encoding="utf-8") + "nieuw,0,3,bla,1,vervoer,1,1,x,y,z\n", encoding="utf-8")
    assert main(["accept", "--study", folder, "--from", str(file)]) == 2
    study.refresh()
    assert len(study.codings()) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["accept"], "not said in full"),
        (["accept", "nieuw", "0", "5", "vervoer"], "is not suggested for 0-5"),
        (["accept", "nieuw", "{start}", "{end}", "niets"], "niets"),
        (["accept", "nieuw", "{start}", "{end}", "{code}", "--value", "richting"], "is no DIM=VALUE"),
        (["accept", "nieuw", "{start}", "{end}", "{code}", "--value", "richting=zijwaarts"], "zijwaarts"),
        (["accept", "nieuw", "{start}", "{end}", "{code}", "--as-end", "99999"], "is not in transcript"),
        (["accept", "--from", "nergens.csv"], "cannot be read"),
        (["reject", "nieuw", "{start}", "{end}", "{code}", "--reason", " "], "rejected for a reason"),
        (["later", "nieuw", "0", "5", "vervoer"], "is not suggested"),
        (["second-look", "--unit", "passage", "--method", "gok"], "no scorer"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(study, capsys, arguments, message):
    """Exit code 2, what does not fit, and no journal changed."""
    _, start, end, code = first(study)
    journals = {path: path.read_bytes() for path in (study.folder / "codings").glob("*.jsonl")}
    filled = [each.format(start=start, end=end, code=code) for each in arguments]
    assert main([filled[0], "--study", str(study.folder), *filled[1:]]) == 2
    assert message in capsys.readouterr().err
    assert journals == {path: path.read_bytes() for path in (study.folder / "codings").glob("*.jsonl")}


GOOD = {"method": "m", "version": "1", "score": 1.5, "reason": "r", "confidence": 0.5, "way": "random"}


@pytest.mark.parametrize(
    "broken",
    [
        *({name: value} for name in ("method", "version", "reason") for value in ("", None, 3)),
        *({"score": value} for value in (None, "1", float("nan"), True)),
        *({"confidence": value} for value in (-0.1, 1.1, "0.5", True)),
        {"way": "zomaar"},
    ],
)
def test_a_decision_says_what_was_suggested(broken):
    """A body without a method, version, score or reason is refused, as is a confidence that is none."""
    check_suggestion({"suggestion": GOOD})
    check_rejection({"suggestion": GOOD, "reason": "wrong code"})
    with pytest.raises(UsageError):
        check_suggestion({"suggestion": GOOD | broken})
    with pytest.raises(UsageError):
        check_suggestion({})
    for reason in ("", "x" * 2001, None):
        with pytest.raises(UsageError):
            check_rejection({"suggestion": GOOD, "reason": reason})


def test_suggestions_stay_off_until_the_codebook_is_frozen(study):
    """Then they show in a transcript once its first reading is done."""
    assert (may_show(study, "nieuw").visible, may_show(study, "nieuw").why) == (False, "off")
    lq.codebook_freeze(study, "eerste versie")
    assert may_show(study, "nieuw").why == "first reading"
    lq.done(study, "nieuw")
    assert may_show(study, "nieuw").visible


@pytest.mark.parametrize(
    ("text", "visible"),
    [("suggestions: uit\n", False), ("suggestions: na eerste lezing\n", False), ("suggestions: meteen\n", True)],
)
def test_the_setting_of_the_study_decides(study, text, visible):
    """Off, after the first reading, or at once; the prompt says where they stay hidden."""
    setting(study, text)
    assert may_show(study, "nieuw").visible is visible
    assert any("stay hidden" in each for each in lq.suggest(study).attrs["notices"]) is not visible


def test_a_second_coder_sees_none_where_codes_are_compared(study):
    """Whatever the setting, nobody but the main coder sees suggestions in what another coded."""
    setting(study, "suggestions: meteen\n")
    coded = study.model.coded_transcripts("anna")[0]
    assert may_show(study, coded).visible
    assert (may_show(study, coded, coder="cas").visible, may_show(study, coded, coder="cas").why) == (
        False,
        "second coder",
    )
    assert may_show(study, "nieuw", coder="cas").visible


@given(st.text(max_size=30), st.text(max_size=10))
def test_a_blind_draw_never_changes(quote, coder):
    """The same coder, words and seed are drawn alike, white space aside; a share of 0 draws none and of 1 all."""

    class Book:
        seed, blind_share = 3, 0.5

    class Small:
        codebook = Book()

    assert is_blind(Small(), coder, "t", quote) == is_blind(Small(), coder, "t", f"  {quote}\n")
    Small.codebook.blind_share = 0
    assert not is_blind(Small(), coder, "t", quote)
    Small.codebook.blind_share = 1
    assert is_blind(Small(), coder, "t", quote)


def test_the_blind_share_is_about_that_of_the_codebook():
    """Of many passages about the share asked for is drawn, and another seed draws others."""

    class Book:
        seed, blind_share = 1, 0.25

    class Small:
        codebook = Book()

    drawn = [is_blind(Small(), "anna", "t", f"passage {i}") for i in range(2000)]
    Small.codebook.seed = 2
    other = [is_blind(Small(), "anna", "t", f"passage {i}") for i in range(2000)]
    assert 430 < sum(drawn) < 570
    assert drawn != other


def judged(*confidences, abstained=""):
    passage = Passage("t", Span(int(confidences[0] * 1000), int(confidences[0] * 1000) + 1), "x")
    proposals = tuple(Proposal(f"c{i}", c, c, (), (), (), "m", "1") for i, c in enumerate(confidences))
    return Judgement(passage, proposals, abstained)


def at(each: Judgement) -> float:
    """A draw that its place in the text decides."""
    return drawn("proef", str(each.passage.span.start))


def in_order(items, order, **came):
    return queue(items, order, draw=at, came=came)


def test_each_order_is_what_it_says():
    """As the text runs; surest first; nearest first with every fifth by chance; silence never comes."""
    items = [judged(0.1 + i / 60, 0.1) for i in range(36)] + [judged(0.99, 0.1, abstained="too short")]
    assert [each for each, _ in in_order(items, "transcript")] == items[:-1]
    sure = [each.proposals[0].confidence for each, _ in in_order(items, "confidence")]
    assert sure == sorted(sure, reverse=True)
    mixed = in_order(items, "uncertainty")
    by_chance = sum(way == "random" for _, way in mixed)
    ways = ["random" if i % EVERY == EVERY - 1 else "uncertainty" for i in range(EVERY * by_chance)]
    assert by_chance > 1
    assert ways == [way for _, way in mixed][: len(ways)]
    assert sorted(each.passage.span for each, _ in mixed) == sorted(each.passage.span for each in items[:-1])
    nearest = [each.proposals[0].confidence for each, way in mixed if way != "random"]
    assert nearest == sorted(nearest)
    with pytest.raises(UsageError, match="confidence"):
        in_order(items, "confidense")


@given(st.lists(st.floats(0.1, 1), max_size=40), st.randoms())
def test_what_comes_by_chance_is_not_the_scorer_s_choice(confidences, chance):
    """Other confidences leave those by chance, and their order, as they are: the sample is drawn before the scores."""
    found = []
    for value in (lambda first: first, lambda _first: chance.uniform(0.1, 1)):
        items = [
            replace(judged(value(first), 0.1), passage=Passage("t", Span(i, i + 1), "woord"))
            for i, first in enumerate(confidences)
        ]
        found.append([each.passage.span for each, way in in_order(items, "uncertainty") if way == "random"])
    assert found[0] == found[1]


@given(st.integers(5, 40))
def test_a_list_made_anew_after_each_decision_comes_the_same(size):
    """Who decides on the first and asks again meets every fifth by chance, as in one list."""
    left = [replace(judged(0.2 + i / 100, 0.1), passage=Passage("t", Span(i, i + 1), "w")) for i in range(size)]
    once = [(each.passage.span, way) for each, way in in_order(left, "uncertainty")]
    came = {"uncertainty": 0, "random": 0}
    again = []
    while left:
        first, way = in_order(left, "uncertainty", **came)[0]
        left.remove(first)
        came[way] += 1
        again.append((first.passage.span, way))
    assert once == again


def test_the_sample_by_chance_tells_how_often_suggestions_are_right():
    """Where hard passages are right less often, the share among the first by chance is that of all, on average."""
    shares = []
    for seed in range(200):
        items = [
            replace(judged(0.1 + i / 100, 0.1), passage=Passage("t", Span(i, i + 1), f"{seed}")) for i in range(60)
        ]
        # The thirty hardest are wrong, the others right: half of all.
        coming = queue(
            items, "uncertainty", draw=lambda each: drawn(each.passage.text, str(each.passage.span.start)), came={}
        )
        first = [each.passage.span.start >= 30 for each, way in coming if way == "random"][:6]
        shares += first
    # Four standard errors of a share of one half among about 1200.
    assert 0.5 == pytest.approx(sum(shares) / len(shares), abs=4 * (0.25 / len(shares)) ** 0.5)


def test_the_prompt_keeps_how_a_suggestion_came(study, capsys):
    """With the order of the list that it came in, a decision keeps whether its passage was drawn by chance."""
    said = Suggestions(study)
    (found,) = [each for each in said.open_for("nieuw") if each.proposals[0].code == "vervoer"][:1]
    where = ("nieuw", str(found.passage.span.start), str(found.passage.span.end), "vervoer")
    ways = set()
    for seed in range(1, 12):
        book = study.folder / "codebook.yaml"
        text = "".join(line for line in book.read_text(encoding="utf-8").splitlines(True) if "seed:" not in line)
        book.write_text(text + f"seed: {seed}\n", encoding="utf-8")
        study.refresh()
        wanted = "random" if Suggestions(study).draw(found.passage) < 1 / EVERY else "uncertainty"
        assert main(["later", *where, "--order", "uncertainty", "--study", str(study.folder)]) == 0
        study.refresh()
        assert study.model.state("anna").decisions[-1].suggestion["way"] == wanted
        ways.add(wanted)
    assert ways == {"random", "uncertainty"}
    capsys.readouterr()


def test_decisions_are_counted_by_the_way_they_came(study):
    """Of each way: taken over as suggested, otherwise, rejected, put off, and the share right with its interval."""
    said = Suggestions(study)
    rows = [row for row in said.open_for("nieuw") if not row.abstained]
    name, span, code = "nieuw", rows[0].passage.span, rows[0].proposals[0].code
    one = suggested(said, name, span.start, span.end, code, way="random")
    study.write("accept", accept_body(study, one, Choice(code="papieren")))
    accept_all(study, [suggested(said, name, span.start, span.end, code, way="random")])
    lq.reject(study, "nieuw", *rejectable(study), reason="wrong boundary")
    table = evaluate(study, table="decisions").set_index("way")
    assert table.loc["random", ["decided", "as_suggested", "other_code", "right"]].tolist() == [2, 1, 1, 0.5]
    assert table.loc["random", "low"] < 0.5 < table.loc["random", "high"]
    assert table.loc["transcript", ["decided", "rejected"]].tolist() == [1, 1]
    assert np.isnan(table.loc["confidence", "right"])
    of_code = evaluate(study, table="decisions", codes=code).set_index("way")
    assert of_code.loc["random", ["decided", "as_suggested"]].tolist() == [2, 1]
    book, asked = study.model.codebook, table_codes(study)
    others = [each for each in book.ids() if not any(each == code or book.related(each, code) for code in asked)]
    assert evaluate(study, table="decisions", codes=others)["decided"].sum() == 0


def table_codes(study):
    """Return the codes that were suggested where something was decided."""
    state = study.model.state("anna")
    return [each.suggestion["code"] for each in state.codings.values() if each.origin == "accepted"] + [
        each.code for each in state.decisions
    ]


def rejectable(study):
    """Return start, end and code of a suggestion of the new interview that was not decided on."""
    row = lq.suggest(study, transcript="nieuw", all=True, top=1).dropna(subset=["code"]).iloc[-1]
    return int(row["start"]), int(row["end"]), row["code"]


def test_coding_with_and_without_suggestions_is_told_apart(study):
    """A passage shown after it was coded is blind, one with an accepted coding is with, all others are without."""
    said = Suggestions(study)
    coded = study.model.coded_transcripts("anna")
    shown(study, said.for_transcript(coded[0])[0])
    lq.accept(study, *first(study))
    table = evaluate(study, table="effect").set_index("condition")
    assert table.loc["blind", "passages"] == 1
    assert table.loc["with", "passages"] >= 1
    assert table["passages"].sum() == sum(len(said.for_transcript(name)) for name in [*coded, "nieuw"])
    assert "was shown suggestions" in lq.log(study)["what"].iloc[-2]


def test_the_difference_worked_by_hand():
    """Two passages without, one of them with the first choice among its codes; none with: undefined, not 0."""
    said = Answers(("a", "b"), np.array([[1.0, 0], [1, 0], [0, 1]]), np.full((3, 2), 0.4), ("", "", ""))
    table = conditions(said, [[0], [1], []], [2, 1, 0], ["without", "without", "without"]).set_index("condition")
    assert table.loc["without"].tolist() == [3, 2, 1.0, 0.5, 2]
    assert table.loc["with", "passages"] == 0
    assert np.isnan(table.loc["with", "first_among_codes"])


def test_a_second_look_names_what_is_surprising_and_no_more():
    """A passage about the bus under money, and one without a code, come with their reason; the rest does not."""
    texts = {
        "p1": (
            "De bus rijdt niet en met de fiets is het te ver naar het werk, zonder bus geraakt ge er niet.",
            ("thuis",),
        ),
        "p2": ("De bus rijdt niet en met de fiets is het te ver naar het werk, zonder bus geraakt ge er niet.", ()),
        "p3": (
            "De bus rijdt niet en met de fiets is het te ver naar het werk, zonder bus geraakt ge er niet.",
            ("bus",),
        ),
        "p4": (
            "De bus rijdt niet en met de fiets is het te ver naar het werk, zonder bus geraakt ge er niet.",
            ("werk",),
        ),
        "p5": ("Ja.", ("thuis",)),
    }
    passages = [
        (Passage("t", Span(i, i + 1), text, respondent="R99"), Labelled(name, text, codes, "R99"))
        for i, (name, (text, codes)) in enumerate(texts.items())
    ]
    found = surprises(LEARNED, material(), passages, seed=1)
    assert [each.coded for each in found] == [("thuis",), ()]
    assert {each.judgement.proposals[0].code for each in found} == {"bus"}


def test_a_second_look_never_learned_from_the_respondent():
    """What is expected of a respondent's passages stays the same whatever that respondent's passages were coded as."""
    texts = [
        "De bus rijdt niet, met de fiets is het te ver.",
        "Het loon is laag, er blijft niets over.",
        "Niemand helpt.",
    ]
    found = []
    for codes in [("thuis", "werk", "thuis"), ("werk", "thuis", "werk")]:
        own = [Labelled(f"o{i}", text, (code,), "R99") for i, (text, code) in enumerate(zip(texts, codes, strict=True))]
        passages = [
            (Passage("t", Span(i, i + 1), each.text, respondent="R99"), replace(each, codes=()))
            for i, each in enumerate(own)
        ]
        known = replace(material(), labelled=[*material().labelled, *own])
        found.append(
            [(each.passage.text, each.judgement.proposals) for each in surprises(LEARNED, known, passages, seed=1)]
        )
    assert found[0] == found[1] != []


def test_lint_finds_what_is_there_to_find():
    """Keywords that stand everywhere, in nothing, with another's; codes never first; words to add."""
    book = material().codebook
    talk = [
        "De bus en de fiets.",
        "De bus, de fiets, het loon.",
        "Bus en loon.",
        "Bus en loon.",
        "Bus en loon.",
        "Bus, loon.",
    ]
    coded = [
        *(Labelled(f"a{i}", f"Met de tram naar {i}.", ("bus",), f"R{i}") for i in range(12)),
        *(Labelled(f"b{i}", f"Niets dan papier {i}.", ("geld",), f"R{i}") for i in range(12)),
    ]
    found = keyword_findings(book, talk, coded)
    kinds = {(each.finding, each.code, each.keyword) for each in found}
    assert ("everywhere", "bus", "bus*") in kinds
    assert ("together", "bus", "bus*") in kinds
    assert any(each.finding == "silent" and each.code == "geld" and "factu*" in each.keyword for each in found)
    assert [each.code for each in never_first(["bus", "bus"], ("bus", "geld"))] == ["geld"]
    assert ("bus", "tram") in {(each.code, each.keyword) for each in to_add(book, coded)}
    assert not any(each.keyword in {"naar", "niets"} and each.code == "thuis" for each in to_add(book, coded))


def test_lint_at_the_prompt(study, capsys):
    """Every finding says in words what it is, in the language asked for."""
    said = {}
    for lang in ("nl", "en"):
        assert main(["codebook", "lint", "--study", str(study.folder), "--format", "csv", "--lang", lang]) == 0
        said[lang] = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    rows = said["en"]
    assert not {row["what"] for row in rows} & {row["what"] for row in said["nl"]}
    assert rows
    assert all(row["what"] for row in rows)
    assert {row["finding"] for row in rows} <= {"everywhere", "many codes", "silent", "together", "never first", "add"}


def test_a_passage_to_be_sorted_is_not_decided_on(study):
    """At `te-sorteren` a passage teaches nothing and is still suggested for; the code itself is never suggested."""
    where = first(study)
    lq.codebook_add(study, "te-sorteren", "Te sorteren")
    before = Suggestions(study).lessons.labelled()
    study.code(transcript="nieuw", start=where[1], end=where[2], code="te-sorteren")
    said = Suggestions(study)
    assert said.lessons.labelled() == before
    assert (where[1], where[2]) in {(each.passage.span.start, each.passage.span.end) for each in said.open_for("nieuw")}
    assert "te-sorteren" not in said.codes
    lq.done(study, "nieuw")
    text = study.model.transcripts["nieuw"].text[where[1] : where[2]]
    assert text not in {each.text for each in Suggestions(study).lessons.labelled()}


def test_decisions_teach(study):
    """A rejected passage counts as one that no code applies to, and an accepted one as coded so."""
    where = first(study)
    lq.reject(study, *where, reason="not relevant")
    labelled = {each.text: each.codes for each in Suggestions(study).lessons.labelled()}
    text = study.model.transcripts["nieuw"].text[where[1] : where[2]]
    assert labelled[text] == ()
    lq.undo(study)
    lq.accept(study, *where)
    labelled = {each.text: each.codes for each in Suggestions(study).lessons.labelled()}
    assert labelled[text] == (where[3],)


def test_what_is_gone_is_not_decided_on(study):
    """A suggestion of a transcript that changed since is refused, not guessed."""
    where = first(study)
    path = study.folder / "transcripts" / "nieuw.txt"
    path.write_text(NEW.replace("De weg", "Die lange weg"), encoding="utf-8")
    with pytest.raises(LdeQualError):
        lq.accept(study, *where)
    with pytest.raises(RefusedError):
        lq.reject(lq.open_study(study.folder), *where, reason="wrong code")


def test_the_report_tells_what_suggestions_did_where_they_were_seen(study):
    """Nothing of it stands in a report before a suggestion was seen; after that a table does, twice the same."""
    before = {path.name for path in lq.report(study, out="eerst").paths}
    assert "suggestion_effect.csv" not in before
    lq.accept(study, *first(study))
    made = lq.report(study, out="daarna")
    (table,) = [path for path in made.paths if path.name == "suggestion_effect.csv"]
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert [row["condition"] for row in rows] == ["blind", "without", "with"]
    assert "Coderen met en zonder voorstellen verschilt zo: zonder voorstellen" in made.page.read_text(encoding="utf-8")
    assert [] == lq.report(study, out="daarna", check=True).differences


def test_what_has_no_code_yet_is_no_lesson(study):
    """In a transcript that is being coded the rest is not learned from as empty; once it is done it is."""
    rest = "Ja."
    lq.accept(study, *first(study))
    texts = [each.text for each in Suggestions(study).lessons.labelled() if not each.codes]
    assert rest not in texts
    lq.done(study, "nieuw")
    texts = [each.text for each in Suggestions(study).lessons.labelled() if not each.codes]
    assert rest in texts


def test_the_last_decision_counts(study):
    """A suggestion that was put off, rejected and then accepted is counted once; undo brings the one before back."""
    how = {"method": "codebook"}
    where = first(study, **how)
    lq.later(study, *where, **how)
    made = lq.reject(study, *where, reason="wrong code", **how)
    assert made == lq.reject(study, *where, reason="wrong code", **how)
    names = ["decided", "as_suggested", "rejected", "put_off"]

    def counted():
        return evaluate(study, table="decisions").set_index("way").loc["transcript", names].tolist()

    assert [1, 0, 1, 0] == counted()
    (coding,) = lq.accept(study, *where, **how)
    assert [1, 1, 0, 0] == counted()
    with pytest.raises(RefusedError, match="has coded") as caught:
        lq.reject(study, *where, reason="wrong code", **how)
    assert coding in caught.value.way_out
    lq.undo(study)
    assert [1, 0, 1, 0] == counted()


def test_the_log_says_what_was_made_of_a_suggestion(study):
    """An acceptance with another code or other bounds says so, and a rejection its reason."""
    how = {"method": "codebook"}
    name, start, end, code = first(study, **how)
    lq.reject(study, name, start, end, code, reason="past niet", **how)
    lq.accept(study, name, start, end, code, as_code="papieren", as_end=end - 1, **how)
    said = lq.log(study)["what"].tolist()[-2:]
    assert said[0].startswith(f"rejected {code} (past niet): nieuw")
    assert said[1].startswith(f"accepted papieren (suggested {code}, other bounds): nieuw")


def test_what_nobody_came_to_yet_teaches_nothing(study):
    """In a transcript that is not done a passage without a code is no passage that no code applies to."""
    where = first(study)
    lq.accept(study, *where)
    texts = {each.text for each in Suggestions(study).lessons.labelled() if not each.codes}
    assert not any(text in NEW for text in texts)
    lq.done(study, "nieuw")
    texts = {each.text for each in Suggestions(study).lessons.labelled() if not each.codes}
    assert "Ja." in texts


def test_a_wrong_boundary_is_no_wrong_code(study):
    """A passage rejected for its bounds alone is not learned from as one that no code applies to."""
    where = first(study)
    lq.reject(study, *where, reason="wrong boundary")
    text = study.model.transcripts["nieuw"].text[where[1] : where[2]]
    assert text not in {each.text for each in Suggestions(study).lessons.labelled()}
