"""Words, concordance and collocations through the command line, on a study that is counted by hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import lde_qual as lq
from lde_qual.api.searching import find_words, index_of
from lde_qual.cli.main import main
from lde_qual.language.pipeline import MODEL_VARIABLE

CODEBOOK = """\
title: Woorden
roles: {vdab: VDAB-medewerker, coach: coach}
stop_words: [zelden]
dimensions:
  richting: [belemmerend]
codes:
  - id: vervoer
    label: Vervoer
    codes:
      - {id: bus, label: Bus}
"""
PEOPLE = ["respondent,role,organisation,transcript"]
PEOPLE += [f"R0{number},{'vdab' if number < 4 else 'coach'},Vzw," for number in range(1, 8)]
SAID = {
    "een": ["I: En de bus?", "R01: De bus rijdt zelden.", "R02: Bussen, bussen [zucht]!", "R03: Een bus helpt."],
    "twee": ["R04: Mijn fiets helpt.", "R05: Een fiets, een bus.", "R06: Zijn fiets helpt euh.", "R07: Euh, zelden."],
}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)
    folder = tmp_path / "studie"
    (folder / "transcripts").mkdir(parents=True)
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "transcripts" / "respondents.csv").write_text("\n".join(PEOPLE) + "\n", encoding="utf-8")
    for name, lines in SAID.items():
        (folder / "transcripts" / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def run(study: Path, capsys: pytest.CaptureFixture[str]):
    def command(*words: str) -> tuple[int, list[dict[str, str]], str]:
        done = main(["--study", str(study), *words, "--format", "csv"])
        out, err = capsys.readouterr()
        return done, list(csv.DictReader(io.StringIO(out))), err

    return command


def code(study: Path, transcript: str, words: str, name: str) -> None:
    opened = lq.open_study(study)
    start = opened.model.transcript(transcript).text.index(words)
    lq.code(opened, transcript=transcript, start=start, end=start + len(words), code=name, coder="anna")


def cells(rows: list[dict[str, str]], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_words_by_role(run):
    """By hand: vdab says 9 words, among them bus four times by three; coach says 13, bus once, fiets three times."""
    done, rows, err = run("words", "--by", "role")
    assert done == 0
    assert list(rows[0])[:8] == ["lemma", "role", "n", "N", "per_1000", "keyness", "respondents", "pipeline"]
    assert cells(rows, "lemma", "role", "n", "N", "respondents", "of_respondents") == [
        ("bus", "vdab", "4", "9", "3", "3"),
        ("bus", "coach", "1", "13", "1", "4"),
        ("bus", "total", "5", "22", "4", "7"),
        ("fiets", "vdab", "0", "9", "0", "3"),
        ("fiets", "coach", "3", "13", "3", "4"),
        ("fiets", "total", "3", "22", "3", "7"),
        ("helpen", "vdab", "1", "9", "1", "3"),
        ("helpen", "coach", "2", "13", "2", "4"),
        ("helpen", "total", "3", "22", "3", "7"),
    ]
    # bus: E1 = 9 * 5 / 22, E2 = 13 * 5 / 22; log2((4/9) / (1/13)). Those who say helpen more often are two.
    assert cells(rows, "keyness", "log_ratio")[:3] == [("3.1987", "2.53051"), ("3.1987", "-2.53051"), ("NA", "NA")]
    assert cells(rows, "keyness", "log_ratio")[6:] == [("NA", "NA")] * 3
    assert cells(rows, "per_1000")[0] == ("444.444",)
    assert "3 lemmas that 3 respondents or more use" in err
    assert "stop words are left out (10 words)" in err
    assert "Lemmas by" in err
    assert "coded" not in err


def test_words_without_groups(run):
    """Without an attribute there is one row a lemma and nothing to compare with; stop words are listed on request."""
    _, rows, _ = run("words", "--top", "2")
    assert cells(rows, "lemma", "n", "keyness") == [("bus", "5", "NA"), ("fiets", "3", "NA")]
    _, rows, _ = run("words", "--with-stop-words", "--top", "2")
    assert cells(rows, "lemma", "n", "respondents") == [("bus", "5", "4"), ("fiets", "3", "3")]


def test_n_is_that_of_frequency(run, study):
    """N is the number of words that `frequency` has for the same group, whatever the pipeline."""
    _, rows, _ = run("words", "--by", "role")
    table = lq.frequency(lq.open_study(study), by="role", unit="words")
    assert {(row["role"], int(row["N"])) for row in rows} == set(zip(table["role"], table["N"], strict=True))


def test_words_with_the_interviewer(run):
    """The interviewer is one more respondent, in n and in N."""
    _, rows, _ = run("words", "--with-interviewer", "--top", "1")
    assert cells(rows, "lemma", "n", "N", "respondents") == [("bus", "6", "25", "5")]


def test_words_of_a_code_are_compared_with_all_others(run, study):
    """With a code alone, its passages are counted, those of codes below it too, against all other words."""
    for transcript, words, name in (("een", "De bus", "bus"), ("een", "Bussen", "vervoer"), ("twee", "een bus", "bus")):
        code(study, transcript, words, name)
    _, rows, _ = run("words", "--code", "vervoer")
    assert cells(rows, "lemma", "n", "N", "respondents", "of_respondents") == [("bus", "3", "5", "3", "3")]
    # E1 = 5 * 5 / 22, E2 = 17 * 5 / 22 with 2 of the other 17 words; log2((3/5) / (2/17)).
    assert cells(rows, "keyness", "log_ratio") == [("3.19083", "2.3505")]
    _, rows, err = run("words", "--codes", "bus")
    assert rows == []
    assert "Not compared, since one side has fewer than 3 respondents: the passages." in err


def test_kwic_finds_every_form(run):
    """All forms of the lemma, in order; the interviewer only on request; who says it is counted."""
    done, rows, err = run("kwic", "bus", "--width", "2")
    assert done == 0
    assert list(rows[0])[:6] == ["transcript", "turn", "respondent", "left", "match", "right"]
    assert cells(rows, "transcript", "turn", "respondent", "left", "match", "right") == [
        ("een", "2", "R01", "De", "bus", "rijdt zelden."),
        ("een", "3", "R02", "", "Bussen", ", bussen [zucht]!"),
        ("een", "3", "R02", "Bussen,", "bussen", "[zucht]!"),
        ("een", "4", "R03", "Een", "bus", "helpt."),
        ("twee", "2", "R05", "fiets, een", "bus", "."),
    ]
    assert "5 times, said by 4 respondents." in err
    assert len(run("kwic", "bus", "--with-interviewer")[1]) == 6
    assert cells(run("kwic", "bus", "--exact", "--top", "1")[1], "match") == [("bus",)]
    assert cells(run("kwic", "een bus")[1], "respondent") == [("R03",), ("R05",)]


def test_kwic_of_a_role_and_a_transcript(run):
    """Only what somebody of the role says, and only in the transcript; the interviewer's role is theirs alone."""
    assert cells(run("kwic", "bus", "--role", "coach")[1], "respondent") == [("R05",)]
    assert len(run("kwic", "bus", "--transcript", "een")[1]) == 4
    assert run("kwic", "bus", "--transcript", "twee", "--role", "vdab")[:2] == (0, [])
    assert cells(run("kwic", "bus", "--role", "interviewer", "--with-interviewer")[1], "turn") == [("1",)]


def test_words_need_no_coder(run, study):
    """Where two coders worked and none is the main one, only what asks for codings asks whose."""
    for coder in ("anna", "bram"):
        lq.code(lq.open_study(study), transcript="een", start=18, end=24, code="bus", coder=coder)
    assert run("words", "--by", "role")[0] == run("kwic", "bus")[0] == run("collocations", "bus")[0] == 0
    done, _, err = run("words", "--code", "bus")
    assert done == 2
    assert "anna, bram" in err


def test_kwic_within_a_code(run, study):
    """Only where the match begins in a passage of the code, or in a transcript that was coded."""
    code(study, "een", "Bussen, b", "bus")
    assert cells(run("kwic", "bus", "--code", "vervoer")[1], "start") == cells(
        run("kwic", "bussen", "--exact")[1], "start"
    )
    assert len(run("kwic", "bus", "--coded-only", "--coder", "anna")[1]) == 4


def test_collocations_by_hand(run):
    """By hand: within one word of bus stand de, rijden, bus itself never, een twice; none by three respondents."""
    done, rows, err = run("collocations", "bus", "--within", "1", "--with-stop-words")
    assert (done, rows) == (0, [])
    assert "said 5 times" in err


def test_collocations_count_words_near(run, study):
    """A lemma near the term is counted once, against the words that are not near, the term itself in neither."""
    for name in ("drie", "vier", "vijf"):
        path = study / "transcripts" / f"{name}.txt"
        who = {"drie": "R01", "vier": "R02", "vijf": "R03"}[name]
        path.write_text(f"{who}: De trage bus, de trage bus. Koffie is er niet.\n", encoding="utf-8")
    _, rows, _ = run("collocations", "bus", "--within", "1")
    # Every trage stands before a bus and every koffie after one; de, before trage, is near none.
    assert cells(rows, "lemma", "n", "elsewhere", "respondents") == [
        ("traag", "6", "0", "3"),
        ("koffie", "3", "0", "3"),
    ]
    # Without bus 41 words are said. Near it 2, 2 and 1 of the first two interviews, and 4 of each new one: 17.
    assert cells(rows, "N", "expected") == [("17", "2.4878"), ("17", "1.2439")]
    # 2 (6 ln 6 + 11 ln 11 + 24 ln 24 - 6 ln 6 - 35 ln 35 - 17 ln 17 - 24 ln 24 + 41 ln 41); log2((6/17) / (0.5/24)).
    assert cells(rows, "keyness", "log_ratio")[0] == ("12.063", "4.08246")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["words", "--by", "richting"], "dimension"),
        (["words", "--by", "leeftijd"], "leeftijd"),
        (["words", "--top", "0"], "--top"),
        (["words", "--code", "geen"], "geen"),
        (["words", "--code", "bus", "--codes", "bus"], "--codes"),
        (["kwic", "…"], "holds no word"),
        (["kwic", "bus", "--width", "-1"], "--width"),
        (["kwic", "bus", "--role", "coche"], "coach"),
        (["kwic", "bus", "--transcript", "eens"], "een"),
        (["kwic", "bus", "--top", "0"], "--top"),
        (["collocations", "bus", "--within", "0"], "--within"),
        (["collocations", "bus", "--top", "-1"], "--top"),
    ],
)
def test_bad_options_are_refused(run, words, said):
    """What cannot be is an error that names it, and nothing is printed."""
    done, rows, err = run(*words)
    assert (done, rows) == (2, [])
    assert said in err


@pytest.mark.parametrize("command", [["words"], ["words", "--by", "role"], ["kwic", "bus"], ["collocations", "bus"]])
def test_a_study_without_interviews_has_empty_tables(run, study, command):
    """Where nobody spoke yet, there is a table without rows, and no error."""
    for name in SAID:
        (study / "transcripts" / f"{name}.txt").unlink()
    assert run(*command)[:2] == (0, [])


def test_the_stop_list_of_a_study_is_checked(run, study):
    """An entry of the codebook's stop list that does nothing is an error in that file."""
    path = study / "codebook.yaml"
    for entry in ("twee woorden", "-fiets"):
        path.write_text(CODEBOOK.replace("[zelden]", f"[{entry}]"), encoding="utf-8")
        done, _, err = run("words")
        assert done == 2
        assert "codebook.yaml" in err
        assert entry in err


def test_the_index_is_kept_until_a_text_changes(study):
    """A page that asks on each key reads the study once, and anew after a change."""
    opened = lq.open_study(study)
    first = index_of(opened)
    assert index_of(opened) is first
    found = find_words(opened, "bus", limit=2)
    assert (found.total, found.respondents, len(found.lines)) == (5, 4, 2)
    path = study / "transcripts" / "twee.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("een bus", "een tram"), encoding="utf-8")
    opened.refresh()
    assert index_of(opened) is not first
    assert find_words(opened, "bus").total == 4


def test_progress_is_for_a_terminal_alone(run):
    """Where nobody looks on, in a file or a pipe, only what is to be kept is said."""
    done, _, said = run("words")
    assert done == 0
    assert "\r" not in said
    assert "parsing" not in said
