"""``suggest`` and ``evaluate`` at the prompt."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from studies import make_study

import lde_qual as lq
from lde_qual.cli.main import main
from lde_qual.model.rules import coding_body
from lde_qual.tagging.lessons import Lessons

EXAMPLE = Path(__file__).parent.parent / "docs" / "example-study"
COLUMNS = ["transcript", "start", "end", "quote", "rank", "code", "score", "confidence", "method", "reason", "way"]
BARE = """\
title: Enkel labels
codes:
  - {id: vervoer, label: Bus en vervoer}
  - {id: wachten, label: Wachten}
"""


@pytest.fixture
def study(tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "studie")
    return tmp_path / "studie"


def run(capsys, *arguments):
    """Return exit code, rows of csv and what was said on stderr."""
    code = main([str(each) for each in arguments])
    printed = capsys.readouterr()
    return code, list(csv.DictReader(io.StringIO(printed.out))), printed.err


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(path, *objects):
    path.write_text("".join(json.dumps(each) + "\n" for each in objects), encoding="utf-8")
    return path


def test_every_passage_or_only_those_without_a_code(study, capsys):
    """Coded passages are asked for with --all; offsets hold the quote; nothing is written."""
    before = snapshot(study)
    code, every, _ = run(capsys, "suggest", "--study", study, "--all", "--format", "csv", "--top", 1)
    assert code == 0
    assert list(every[0]) == COLUMNS
    texts = {name: each.text for name, each in lq.open_study(study).model.transcripts.items()}
    assert all(texts[row["transcript"]][int(row["start"]) : int(row["end"])] == row["quote"] for row in every)
    _, open_, _ = run(capsys, "suggest", "--study", study, "--format", "csv")
    coded = lq.open_study(study).codings()
    for row in open_:
        inside = coded[(coded["transcript"] == row["transcript"]) & (coded["start"] < int(row["end"]))]
        assert not (inside["end"] > int(row["start"])).all() or inside.empty
    assert len({(row["transcript"], row["start"]) for row in open_}) < len(every)
    assert snapshot(study) == before


def test_where_nothing_is_proposed_the_reason_says_why(study, capsys):
    """With --all every passage has a row, and silence is explained in the language asked for."""
    _, rows, _ = run(capsys, "suggest", "--study", study, "--all", "--format", "csv", "--lang", "en")
    silent = [row for row in rows if row["code"] == "NA"]
    assert silent
    assert all(row["reason"].startswith("no suggestion: ") for row in silent)
    _, rows, _ = run(capsys, "suggest", "--study", study, "--all", "--format", "csv", "--lang", "nl")
    assert all(row["reason"].startswith("geen suggestie: ") for row in rows if row["code"] == "NA")


def test_a_codebook_with_labels_only_says_what_it_rests_on(tmp_path, capsys):
    """The words of a label are something, and a person is told that they are all there is."""
    code, rows, said = run(
        capsys, "suggest", "--study", make_study(tmp_path, codebook=BARE), "--all", "--format", "csv", "--top", 1
    )
    assert code == 0
    assert "2 of 2 codes have a label and nothing else" in said
    bus = next(row for row in rows if "zonder bus" in row["quote"])
    assert bus["code"] in {"vervoer", "NA"}


def test_a_codebook_without_codes_says_that_nothing_can_be_suggested(tmp_path, capsys):
    """No empty table is left to explain itself."""
    empty = "title: Leeg\nroles: {vdab: V, management: M}\ncodes: []\n"
    code, _, said = run(capsys, "suggest", "--study", make_study(tmp_path, codebook=empty))
    assert (code, "There is no code to propose" in said) == (2, True)


def test_codings_of_which_nothing_says_what_was_seen_are_named(study, capsys):
    """They count as made without suggestions, as before there were any, and the table says of how many."""
    _, _, said = run(capsys, "evaluate", "--study", study)
    assert "not known whether suggestions could be seen" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("suggest", "--top", "0"), "--top cannot be 0"),
        (("suggest", "--transcript", "gesprek-9"), "gesprek-9"),
        (("suggest", "--codes", "niets"), "niets"),
        (("suggest", "--method", "gok"), "There is no scorer 'gok'"),
        (("evaluate", "--train", "x.jsonl"), "go with --test"),
        (("evaluate", "--predictions", "x.jsonl"), "go with --test"),
        (("evaluate", "--test", "nergens.jsonl"), "nergens.jsonl cannot be read"),
        (("evaluate", "--codes", "gesprek", "--level", "1"), "both choose the candidates"),
        (("evaluate", "--level", "0"), "leave no code to choose from"),
        (("evaluate", "--codes", ","), "leave no code to choose from"),
        (("evaluate", "--bar", "0.5", "--table", "learning-curve"), "--bar says nothing of the table"),
        (("evaluate", "--seed", "-1"), "--seed cannot be -1"),
        (
            ("evaluate", "--table", "decisions", "--model-url", "http://127.0.0.1:9/v1", "--model", "m"),
            "asks no language",
        ),
        (("evaluate", "--table", "effect", "--model-url", "http://[::1]/v1", "--model", "m"), "asks no"),
        (("suggest", "--model-url", "http://[::1", "--model", "m"), "'http://[::1' is no address of a model"),
        (("suggest", "--model-url", "http://127.0.0.1:99999/v1", "--model", "m"), "is no address of a model"),
        (("suggest", "--seed", "-1"), "--seed cannot be -1"),
        (("second-look", "--seed", "-1"), "--seed cannot be -1"),
        (("codebook", "lint", "--seed", "-1"), "--seed cannot be -1"),
    ],
)
def test_bad_input_is_refused_with_the_way_out(study, capsys, arguments, message):
    """Exit code 2, the value named, nothing changed."""
    before = snapshot(study)
    code, _, said = run(capsys, *arguments, "--study", study)
    assert code == 2
    assert message in said
    assert snapshot(study) == before


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("geen json", "line 2: This is no JSON"),
        ("[1]", "line 2: '[1]' is no object"),
        ('{"id": "a"}', "line 2: 'text' is missing or empty"),
        ('{"text": "a"}', "line 2: 'id' is missing or empty"),
        ('{"id": "1", "text": "a"}', "line 2: The id '1' stands on line 1 too"),
        ('{"id": "2", "text": 5}', "line 2: 'text' is 5, which is no text"),
        ('{"id": "2", "text": "a \\ud83d b"}', "line 2: 'text' holds half a sign"),
        ('{"id": "2\\udc00", "text": "a"}', "line 2: 'id' holds half a sign"),
        ('{"id": "2", "text": "a", "respondent": [7]}', "line 2: 'respondent' is [7], which is no text"),
        ('{"id": "2", "text": "a", "code": "niets"}', "line 2: Code 'niets' is not in the codebook"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(study, tmp_path, capsys, line, message):
    """File and line are said, and no file of predictions is left."""
    file = tmp_path / "t.jsonl"
    file.write_text('{"id": "1", "text": "Een gesprek.", "code": "gesprek"}\n' + line + "\n", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    code, _, said = run(capsys, "evaluate", "--study", study, "--test", file, "--predictions", out)
    assert code == 2
    assert f"{file}, {message}" in said
    assert not out.exists()


def test_labelled_lines_need_a_code(study, tmp_path, capsys):
    """What is to be learned from without a code is an error with its line."""
    file = lines(tmp_path / "t.jsonl", {"id": 1, "text": "Een gesprek."})
    code, _, said = run(capsys, "evaluate", "--study", study, "--test", file, "--train", file)
    assert (code, "line 1: 'code' is missing or empty" in said) == (2, True)


def test_without_codes_only_the_predictions_are_written(study, tmp_path, capsys):
    """Every candidate is ranked for every passage, best first, also for what is too short."""
    file = lines(
        tmp_path / "t.jsonl", {"id": 7, "text": "Elke week een gesprek helpt.", "bron": "x"}, {"id": "b", "text": "Ja."}
    )
    out = tmp_path / "out.jsonl"
    code, rows, _ = run(capsys, "evaluate", "--study", study, "--test", file, "--predictions", out)
    assert (code, rows) == (0, [])
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert ["7", "b"] == [each["id"] for each in answers]
    codes = sorted(lq.open_study(study).model.codebook.report_codes or lq.open_study(study).model.codebook.ids())
    for each in answers:
        assert sorted(row["code"] for row in each["ranked"]) == codes
        scores = [row["score"] for row in each["ranked"]]
        assert scores == sorted(scores, reverse=True)
        assert all(set(row) == {"code", "score", "confidence"} for row in each["ranked"])
    assert answers[1]["abstained"] is True
    code, _, said = run(capsys, "evaluate", "--study", study, "--test", file)
    assert (code, "bears one of the codes" in said) == (2, True)


def test_no_coding_of_the_study_is_used_for_passages_from_outside(study, tmp_path, capsys):
    """A study with its journals and the same without them give the same answers; none is needed."""
    file = lines(tmp_path / "t.jsonl", {"id": "1", "text": "Elke week een gesprek.", "code": "gesprek"})
    outs = []
    for number in range(2):
        out = tmp_path / f"out{number}.jsonl"
        assert run(capsys, "evaluate", "--study", study, "--test", file, "--predictions", out)[0] == 0
        outs.append(out.read_bytes())
        shutil.rmtree(study / "codings", ignore_errors=True)
    assert outs[0] == outs[1]
    (tmp_path / "leeg").mkdir()
    shutil.copy(study / "codebook.yaml", tmp_path / "leeg")
    assert run(capsys, "evaluate", "--study", tmp_path / "leeg", "--test", file, "--summary")[0] == 0


def test_nobody_coded_is_said(tmp_path, capsys):
    """A study without codings has nothing to compare with."""
    code, _, said = run(capsys, "evaluate", "--study", make_study(tmp_path))
    assert (code, "nothing to compare with" in said) == (2, True)


@pytest.mark.parametrize("table", ["codes", "summary", "calibration", "coverage", "learning-curve"])
def test_every_table_of_an_evaluation_is_printed(study, capsys, table):
    """Each has its own columns, the same at every run."""
    first, second = (
        run(capsys, "evaluate", "--study", study, "--table", table, "--coder", "anna", "--format", "csv")
        for _ in range(2)
    )
    assert first == second
    assert first[0] == 0
    assert first[1]


def test_what_was_led_by_a_suggestion_is_not_tested_on(study):
    """A coding made while suggestions could be seen is learned from, and its passage is no test."""
    opened = lq.open_study(study)
    text = opened.model.transcripts["gesprek-1"].text
    before = lq.evaluate(opened, summary=True, coder="anna").set_index("metric").loc["coverage", "n"]
    quote = "De bus komt te laat."
    start = text.index(quote)
    body = coding_body(
        opened.model,
        transcript="gesprek-1",
        start=start,
        end=start + len(quote),
        code="vervoer",
        quote=quote,
        memo="nog eens",
        suggestions_visible=True,
    )
    opened.write("code", {**body, "code": "papieren"}, coder="anna")
    after = lq.evaluate(opened, summary=True, coder="anna").set_index("metric").loc["coverage", "n"]
    assert after == before - 1


def test_codes_can_be_switched_off(study, capsys):
    """Neither --without nor no_suggestions lets a code be proposed, and the second says so; all off is refused."""
    codes = lq.open_study(study).model.codebook.ids()
    _, rows, _ = run(capsys, "suggest", "--study", study, "--all", "--without", "vervoer", "--format", "csv")
    assert "vervoer" not in {row["code"] for row in rows}
    book = study / "codebook.yaml"
    book.write_text(book.read_text(encoding="utf-8") + "no_suggestions: [vervoer, ooit]\n", encoding="utf-8")
    _, rows, said = run(capsys, "suggest", "--study", study, "--all", "--format", "csv")
    assert "vervoer" not in {row["code"] for row in rows}
    assert "Never suggested, by no_suggestions in codebook.yaml: vervoer, ooit." in said
    code, _, said = run(capsys, "suggest", "--study", study, "--without", ",".join(codes))
    assert (code, "No code is left" in said) == (2, True)


def test_codes_below_a_bar_are_named(study, capsys):
    """At a bar of 1 every code that is not perfect is named, at 0 none."""
    _, _, said = run(capsys, "evaluate", "--study", study, "--coder", "anna", "--bar", "1")
    assert "F1 below 1: " in said
    _, _, said = run(capsys, "evaluate", "--study", study, "--coder", "anna", "--bar", "0")
    assert "No code that occurs has an F1 below 0." in said
    assert run(capsys, "evaluate", "--study", study, "--bar", "7")[0] == 2


@pytest.mark.parametrize("table", ["calibration", "learning-curve"])
@pytest.mark.parametrize("ending", ["png", "svg"])
def test_an_evaluation_is_drawn(study, tmp_path, capsys, table, ending):
    """The same evaluation gives the same drawing, byte by byte."""
    files = [tmp_path / f"{number}.{ending}" for number in range(2)]
    for file in files:
        assert run(capsys, "evaluate", "--study", study, "--table", table, "--plot", file)[0] == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert len(files[0].read_bytes()) > 5000


@pytest.mark.parametrize(
    ("table", "name", "message"),
    [("summary", "a.png", "has no drawing"), ("calibration", "a.gif", "no kind of drawing")],
)
def test_what_cannot_be_drawn_is_refused(study, capsys, table, name, message):
    """The table or the ending is named before anything is judged."""
    code, _, said = run(capsys, "evaluate", "--study", study, "--table", table, "--plot", study / name)
    assert (code, message in said) == (2, True)


def test_ids_and_respondents_may_be_numbers(study, tmp_path, capsys):
    """A number is the text that it is written with, and respondent 3 is the respondent "3"."""
    said = "Elke week een gesprek helpt."
    test = lines(tmp_path / "t.jsonl", {"id": 1, "text": said, "code": "gesprek", "respondent": 3})
    outs = []
    for number, person in enumerate((3, "3", 4)):
        train = {"id": 2, "text": "Dat gesprek elke maand.", "code": "vervoer", "respondent": person}
        file, out = lines(tmp_path / f"f{number}.jsonl", train), tmp_path / f"out{number}.jsonl"
        arguments = ("--study", study, "--test", test, "--train", file, "--predictions", out)
        assert run(capsys, "evaluate", *arguments)[0] == 0
        outs.append(out.read_bytes())
    assert outs[0] == outs[1] != outs[2]


@pytest.mark.parametrize("option", ["--test", "--train"])
def test_no_predictions_are_written_over_what_is_read(study, tmp_path, capsys, option):
    """The passages stay as they are, also where they are named by another path."""
    test, train = (lines(tmp_path / f"{i}.jsonl", {"id": i, "text": "Een gesprek.", "code": "gesprek"}) for i in "tf")
    before = snapshot(tmp_path)
    over = tmp_path / "studie" / ".." / (test.name if option == "--test" else train.name)
    arguments = ("--study", study, "--test", test, "--train", train, "--predictions", over)
    code, _, said = run(capsys, "evaluate", *arguments)
    assert (code, "--predictions would overwrite" in said) == (2, True)
    assert snapshot(tmp_path) == before


def test_codes_under_no_candidate_are_said_where_there_is_no_table(study, tmp_path, capsys):
    """Predictions are written, and that nothing could be compared is not kept silent."""
    file = lines(tmp_path / "t.jsonl", {"id": "1", "text": "De bus komt te laat.", "code": "vervoer"})
    out = tmp_path / "out.jsonl"
    arguments = ("--study", study, "--test", file, "--codes", "gesprek", "--predictions", out)
    code, rows, said = run(capsys, "evaluate", *arguments)
    assert (code, rows, out.exists()) == (0, [], True)
    assert "1 of them bear a code that stands under none of these" in said
    with pytest.warns(lq.LdeQualWarning, match="under none of these"):
        assert lq.evaluate(lq.open_study(study), test=file, codes="gesprek", predictions=out) is None


def test_an_encoding_that_was_assumed_is_said(study, tmp_path, capsys):
    """A file that is no UTF-8 is read as what it seems to be, and not silently."""
    file = tmp_path / "t.jsonl"
    file.write_bytes('{"id": "1", "text": "Eén gesprek.", "code": "gesprek"}'.encode("cp1252"))
    code, _, said = run(capsys, "evaluate", "--study", study, "--test", file)
    assert (code, f"{file}: " in said) == (0, True)


def test_a_code_is_no_worse_for_passages_that_are_not_there(tmp_path, capsys):
    """In a study without an interview the codebook's lint does not say that a code never wins."""
    (tmp_path / "codebook.yaml").write_text(BARE, encoding="utf-8")
    code, rows, _ = run(capsys, "codebook", "lint", "--study", tmp_path, "--format", "csv")
    assert (code, rows) == (0, [])


def test_a_coding_over_two_respondents_is_learned_from_by_each_alone(tmp_path):
    """No passage of a respondent is judged by a fit that saw their words in a coding that begins with another."""
    study = lq.open_study(make_study(tmp_path))
    text = study.model.transcripts["gesprek één"].text
    end = "zonder bus."
    study.code(
        transcript="gesprek één",
        start=text.index("Via de VDAB"),
        end=text.index(end) + len(end),
        code="mobiliteit",
        coder="onderzoeker",
    )
    lessons = Lessons(study.model, "onderzoeker", "passage")
    learned = {each.respondent: each.text for each in lessons.labelled()}
    assert set(learned) == {"R01", "R02"}
    assert "zonder bus" in learned["R02"]
    assert "zonder bus" not in learned["R01"]
