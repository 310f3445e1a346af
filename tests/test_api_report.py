"""The command that makes everything anew: the same bytes, checked, and careful with the folder."""

import json
from hashlib import sha256

import pytest
from studies import make_study

import lde_qual
from lde_qual.api.report import report
from lde_qual.api.study import open_folder
from lde_qual.errors import UsageError


@pytest.fixture(autouse=True)
def sketched(request):
    """Nothing is drawn, unless a test is about what is."""
    if "drawn" not in request.fixturenames:
        request.getfixturevalue("sketches")


@pytest.fixture
def study(tmp_path):
    folder = make_study(tmp_path)
    found = open_folder(folder)
    text = found.model.transcripts["gesprek één"].text
    start = text.index("Via de VDAB")
    found.code(transcript="gesprek één", start=start, end=start + 11, code="instroom-vdab", richting="faciliterend")
    return found


@pytest.fixture
def drawn():
    """Asked for by tests that need the real pictures."""


@pytest.fixture
def results(study):
    return report(study).folder


def bytes_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differences(study, **how):
    return [(found.file, found.what) for found in report(study, check=True, **how).differences]


@pytest.mark.usefixtures("drawn")
def test_the_same_folder_gives_the_same_bytes(study, results):
    """A second report, by a study opened anew, is the same to the last byte."""
    again = report(open_folder(study.folder), out="again").folder
    assert bytes_of(again) == bytes_of(results)


def test_the_manifest_lists_every_file(study, results):
    """Inputs and outputs stand there with their hash; no time does."""
    manifest = json.loads((results / "manifest.json").read_text())
    made = bytes_of(results)
    del made["manifest.json"]
    assert manifest["outputs"] == {name: sha256(data).hexdigest() for name, data in made.items()}
    inputs = {name: sha256((study.folder / name).read_bytes()).hexdigest() for name in manifest["inputs"]}
    assert manifest["inputs"] == inputs
    assert {"codebook.yaml", "transcripts/respondents.csv", "codings/onderzoeker.jsonl"} <= set(inputs)
    assert manifest["versions"]["lde_qual"] == lde_qual.__version__


def test_an_untouched_folder_passes(study, results):
    """Results that nobody touched are what the folder gives, and a check writes nothing."""
    before = bytes_of(results)
    assert differences(study) == []
    assert bytes_of(results) == before


def test_a_changed_number_is_found(study, results):
    """A check names the file, the line, what stands there and what should."""
    path = results / "tables" / "frequency_role_respondents.csv"
    path.write_text(path.read_text().replace("Instroom via VDAB,vdab,1,2", "Instroom via VDAB,vdab,2,2"))
    ((file, what),) = differences(study)
    assert file == "tables/frequency_role_respondents.csv"
    assert what.startswith("line ")


def test_a_deleted_file_is_found(study, results):
    """Whatever kind of file is gone, a check says so."""
    names = ["figures/code_by_role.png", "report.html", "tables.xlsx", "tables/quotes.csv"]
    for name in names:
        (results / name).unlink()
    assert differences(study) == [(name, "is missing") for name in names]


def test_no_results_are_a_difference(study):
    """Without a folder of results a check names the manifest and every file, and does not fail."""
    found = differences(study)
    assert ("manifest.json", "is missing") in found
    assert ("report.html", "is missing") in found


@pytest.mark.usefixtures("results")
def test_new_work_is_found(study):
    """A coding made since the report shows as a changed input and as changed tables."""
    text = study.model.transcripts["interview-02"].text
    start = text.index("Een goede")
    study.code(transcript="interview-02", start=start, end=start + 9, code="mobiliteit")
    found = dict(differences(study))
    assert "codings/onderzoeker.jsonl" in found["manifest.json"]
    assert "tables/codings.csv" in found


def test_other_versions_leave_pictures_uncompared(study, results):
    """What other versions drew is not held against these, and the check says so; tables still are."""
    path = results / "manifest.json"
    path.write_text(path.read_text().replace('"matplotlib": "', '"matplotlib": "0.'))
    (results / "figures" / "code_by_role.png").write_bytes(b"other")
    (results / "report.html").write_text((results / "report.html").read_text().replace("<svg ", "<svg x='1' ", 1))
    (results / "tables" / "quotes.csv").write_text("")
    result = report(study, check=True)
    assert [found.file for found in result.differences] == ["tables/quotes.csv"]
    assert any("not compared" in notice and "matplotlib" in notice for notice in result.notices)


def test_a_broken_manifest_is_a_difference(study, results):
    """A manifest that cannot be read is named, and no crash."""
    (results / "manifest.json").write_text("{")
    assert differences(study) == [("manifest.json", "cannot be read as a manifest")]


@pytest.mark.usefixtures("results")
def test_other_options_are_named(study):
    """A check with other options says which ones the report was made with."""
    assert any("public" in what for file, what in differences(study, public=True) if file == "manifest.json")


def test_what_others_put_there_stays(study, results):
    """Notes stay, an own left-over goes, and a left-over that someone changed stays."""
    manifest = json.loads((results / "manifest.json").read_text())
    for name, data in (("old.csv", b"old"), ("changed.csv", b"changed"), ("note.txt", b"note")):
        (results / name).write_bytes(data)
    outputs = {"old.csv": sha256(b"old").hexdigest(), "changed.csv": sha256(b"before").hexdigest()}
    outputs["../codebook.yaml"] = sha256((study.folder / "codebook.yaml").read_bytes()).hexdigest()
    manifest["outputs"] |= outputs
    (results / "manifest.json").write_text(json.dumps(manifest))
    report(study)
    assert [(results / name).exists() for name in ("old.csv", "changed.csv", "note.txt")] == [False, True, True]
    assert (study.folder / "codebook.yaml").exists()
    assert [path.name for path in study.folder.iterdir() if path.name.startswith(".results")] == []


@pytest.mark.parametrize("out", [".", "..", "transcripts", "codings/out", "codebook.yaml", "results/../transcripts"])
def test_results_never_go_where_inputs_are(study, out):
    """The study, what holds it and its folders of input are refused, and nothing is written."""
    before = bytes_of(study.folder)
    with pytest.raises(UsageError):
        report(study, out=out)
    assert bytes_of(study.folder) == before


def test_progress_counts_to_its_end(study):
    """Progress begins at nothing, never goes back, and ends where all is done."""
    seen = []
    report(study, progress=lambda name, done, total: seen.append((done, total, name)))
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _, _ in seen] == list(range(len(seen)))
