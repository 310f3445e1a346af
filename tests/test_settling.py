"""Settling: what coders have alike and what they decide, in the journal of a consensus coder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from studies import make_study

import lde_qual as lq
from lde_qual.cli.main import main
from lde_qual.errors import LdeQualError, RefusedError, UnknownError, UsageError

TEXT = "Een goede begeleider helpt, en een café om de hoek."


@pytest.fixture
def study(tmp_path: Path):
    """Anna and Bram: one passage alike, one that Bram draws wider, one that Anna alone has."""
    opened = lq.open_study(make_study(tmp_path))
    text = opened.model.transcript("interview-02").text
    for coder, words, code, richting in [
        ("anna", "Een goede begeleider", "screening", "faciliterend"),
        ("bram", "Een goede begeleider", "screening", "belemmerend"),
        ("anna", "café om de hoek", "mobiliteit", "faciliterend"),
        ("bram", "en een café om de hoek.", "mobiliteit", "belemmerend"),
        ("anna", "Dat is alles.", "instroom-vdab", ""),
    ]:
        start = text.index(words)
        place = {"transcript": "interview-02", "start": start, "end": start + len(words), "code": code}
        lq.code(opened, **place, coder=coder, richting=richting)
    return opened


def decided(study, **by_code: str) -> pd.DataFrame:
    frame = lq.disagreements(study, coders=["anna", "bram"])
    return frame.assign(decision=[by_code.get(code.replace("-", "_"), "") for code in frame["code"]])


def having(study) -> list[tuple[str, str, str]]:
    frame = lq.codings(study, coder="consensus")
    return sorted(frame[["code", "quote", "richting"]].fillna("").itertuples(index=False, name=None))


ALIKE = ("screening", "Een goede begeleider", "")


def test_what_is_alike_is_taken_over(study):
    """Without decisions only what both have alike goes in, with the values that both gave, and once."""
    with pytest.warns(lq.LdeQualWarning, match="Passages settled: 0; taken over as alike: 1; still open: 2"):
        assert 1 == len(lq.settle(study))
    assert [ALIKE] == having(study)
    with pytest.warns(lq.LdeQualWarning, match="alike: 0"):
        assert [] == lq.settle(study)


def test_a_decision_settles_the_whole_passage(study):
    """The codings of the one who is followed go in whole, with their values; `none` leaves the passage uncoded."""
    with pytest.warns(lq.LdeQualWarning, match="settled: 2; taken over as alike: 1; still open: 0"):
        lq.settle(study, decided(study, mobiliteit="bram", instroom_vdab="none"))
    assert [("mobiliteit", "en een café om de hoek.", "belemmerend"), ALIKE] == having(study)
    assert "interview-02" in study.model.state("consensus").done
    assert {"bram", "none"} == set(lq.disagreements(study)["settled"])


def test_one_undo_takes_it_all_back(study):
    """All of one settling is one operation; after its undo everything is open again and the measures never moved."""
    before = lq.agreement(study)
    with pytest.warns(lq.LdeQualWarning):
        lq.settle(study, decided(study, mobiliteit="anna"))
    assert before.equals(lq.agreement(study))
    lq.undo(study, coder="consensus")
    assert [] == having(study)
    assert {""} == set(lq.disagreements(study)["settled"])


def test_what_is_open_stands_first(study):
    """A list in which something is settled begins with what is not."""
    with pytest.warns(lq.LdeQualWarning):
        lq.settle(study, decided(study, mobiliteit="none"))
    frame = lq.disagreements(study)
    assert ["", "none", "none"] == frame["settled"].tolist()
    assert "Dat is alles." == frame["quote"][0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decision": "brma"}, "'brma' is no decision. Did you mean 'bram'?"),
        ({"start": 0, "end": 3}, "None of anna, bram has"),
        ({"code": "screenign"}, "Did you mean 'screening'?"),
        ({"transcript": "interview-03"}, "Transcript 'interview-03' is not in the study"),
    ],
)
def test_a_row_that_fits_nothing_is_refused(study, change, said):
    """The message says what and where; nothing is written."""
    rows = decided(study, mobiliteit="bram").assign(**change)
    with pytest.raises(LdeQualError, match=said):
        lq.settle(study, rows)
    assert "consensus" not in study.model.states


def test_a_passage_has_one_decision(study):
    """Two decisions on one passage are refused, in one table and after another."""
    rows = decided(study, mobiliteit="bram")
    rows.loc[rows["code"] == "mobiliteit", "decision"] = ["bram", "anna"]
    with pytest.raises(RefusedError, match="one decision for the whole passage"):
        lq.settle(study, rows)
    with pytest.warns(lq.LdeQualWarning):
        lq.settle(study, decided(study, mobiliteit="bram"))
    with pytest.raises(RefusedError, match=r"was settled as 'bram', and here as 'none'.*lde-qual undo"):
        lq.settle(study, decided(study, mobiliteit="none"))


def test_the_consensus_is_nobody_s_own_work(study):
    """It stands in no list of who coded, and it cannot stand in the journal of one of those who were compared."""
    for _ in range(2):
        with pytest.raises(UsageError, match="one of them"):
            lq.settle(study, coder="anna")
        with pytest.warns(lq.LdeQualWarning):
            lq.settle(study, decided(study, mobiliteit="bram"), coder="samen")
    assert {"same_code_bram"} == {
        name
        for name in lq.evaluate(study, summary=True, coder="anna", method="keywords")["metric"]
        if name.startswith("same_code")
    }
    assert ["anna", "bram"] == study.model.people()
    assert "anna;bram" == lq.agreement(study).attrs["coder"]


def test_settling_at_the_prompt(study, tmp_path, capsys):
    """The list goes out, decisions come back in as a file, and a fault names file and line."""
    folder, file = str(study.folder), tmp_path / "besluiten.csv"
    decided(study, mobiliteit="bram").to_csv(file, index=False)
    assert 0 == main(["--study", folder, "settle", str(file), "--coders", "anna,bram"])
    out, err = capsys.readouterr()
    assert 2 == len(out.split())
    assert "Passages settled: 1; taken over as alike: 1; still open: 1." in err
    assert "Journal of consensus (codings/consensus.jsonl)." in err
    decided(study, instroom_vdab="iemand").to_csv(file, index=False)
    assert 2 == main(["--study", folder, "settle", str(file)])
    assert f"{file}, line 2: 'iemand' is no decision." in capsys.readouterr().err
    assert 0 == main(["--study", folder, "log", "--coder", "consensus", "--format", "csv"])
    assert "at once: settled screening as all: interview-02" in capsys.readouterr().out


def test_two_passes_of_one_coder(study):
    """A second pass is a journal of its own: compared on request, and in no list of who coded."""
    again = lq.open_study(study.folder)
    with pytest.raises(UnknownError, match=r"anna-herlezing.*--coder anna-herlezing"):
        lq.agreement(again, coders="anna", intracoder=True)
    text = again.model.transcript("interview-02").text
    start = text.index(TEXT)
    lq.code(again, transcript="interview-02", start=start, end=start + 20, code="screening", coder="anna-herlezing")
    frame = lq.agreement(again, coders="anna", intracoder=True, codes="screening")
    assert ("anna;anna-herlezing", 1.0) == (frame.attrs["coder"], frame["agreement"].iloc[-1])
    assert ["anna", "bram"] == again.model.people()
    assert "anna;bram" == lq.agreement(again).attrs["coder"]
    with pytest.raises(UsageError, match="about one coder"):
        lq.agreement(again, coders="anna,bram", intracoder=True)


def test_one_person_with_two_passes_is_one_coder(tmp_path):
    """A study that one person coded twice still has the one coder that views count."""
    opened = lq.open_study(make_study(tmp_path, codebook="title: T\ncodes: [{id: een, label: Een}]\n"))
    for coder in ("anna", "anna-herlezing"):
        lq.code(opened, transcript="interview-02", start=30, end=40, code="een", coder=coder)
    assert "anna" == opened.model.counting_coder()
    assert "anna" == opened.writer()
