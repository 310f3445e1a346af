"""Suggestions as the page's server gives them: who sees which, and what a decision does to the study."""

import threading
import time

import pytest
from pages import ask, served
from suggested import bodies, decide, make, read

from lde_qual.api.fitting import Fitter, Work, work_on
from lde_qual.api.study import open_folder
from lde_qual.workbench.desk import Desk

QUOTES = [
    "😀 De bus rijdt hier maar één keer per uur en de trein stopt niet.",
    "Hun nederlands is nog te zwak voor de winkel.",
    "Met de fiets is het een uur rijden naar het werk.",
    "De taalles begint pas om acht uur, en dan rijdt er geen bus.",
]
DECISIONS = ["accept", "accept_all", "reject", "later"]


@pytest.fixture
def study(tmp_path):
    """A study in which suggestions show at once."""
    return make(tmp_path)


@pytest.fixture
def service(study, fitter):
    """Its page, served."""
    with served(study, fitter=fitter) as running:
        yield running


def quotes(service, **asked):
    """Return the passages that the list names, in its order."""
    return [card["quote"] for card in read(service, **asked)["cards"]]


def lines(study):
    """Return how many lines the journals hold."""
    return sum(path.read_bytes().count(b"\n") for path in (study / "codings").glob("*.jsonl"))


def coding(service):
    """Return the codings of the transcript."""
    return ask(service, "GET", "/api/transcript?name=een")[1]["codings"]


def test_a_card_says_why(service):
    """A card has the passage, the code, its confidence, the words found as they stand, and parts that add up."""
    card = read(service)["cards"][0]
    (proposal,) = card["proposals"]
    assert [card["quote"][start:end] for start, end in proposal["words"]] == ["bus", "trein"]
    assert (proposal["code"], 0 < proposal["confidence"] < 1) == ("vervoer", True)
    assert sum(part["value"] for part in proposal["parts"]) == pytest.approx(proposal["score"], abs=0.02)


def test_a_card_names_passages_already_coded_so(service):
    """What was coded so before stands on a card with its place, once something was."""
    decide(service, "accept", **bodies(service)["accept"])
    near = [near for card in read(service)["cards"] for each in card["proposals"] for near in each["near"]]
    assert {(each["code"], each["quote"]) for each in near} == {("vervoer", QUOTES[0])}
    text = ask(service, "GET", "/api/transcript?name=een")[1]["text"]
    assert {text[each["start"] : each["end"]] for each in near} == {QUOTES[0]}


def test_the_orders_are_those_of_the_assistant(service):
    """By transcript as the text runs, by confidence the surest first; an order that there is not is refused."""
    assert quotes(service) == QUOTES
    sure = [card["proposals"][0]["confidence"] for card in read(service, order="confidence")["cards"]]
    assert sure == sorted(sure, reverse=True)
    assert {card["way"] for card in read(service, order="uncertainty")["cards"]} <= {"uncertainty", "random"}
    for wrong in ("order=snel", "keep=31", "keep=9-3", "keep=a-b"):
        assert ask(service, "GET", f"/api/suggestions?transcript=een&{wrong}")[0] == 400


@pytest.mark.parametrize(
    ("setting", "coder", "done", "why"),
    [
        ("uit", "anna", True, "off"),
        ("na eerste lezing", "anna", False, "first reading"),
        ("na eerste lezing", "anna", True, "shown"),
        ("meteen", "anna", False, "shown"),
        ("meteen", "bram", False, "second coder"),
    ],
)
def test_nothing_is_sent_that_may_not_be_seen(  # noqa: PLR0917 - a table of cases
    tmp_path, fitter, setting, coder, done, why
):
    """The server sends suggestions where the coder may see them; else it sends none and says why, and takes none."""
    study = make(tmp_path, suggestions=setting)
    with served(study, fitter=fitter) as first:
        if done or coder != "anna":
            ask(first, "POST", "/api/operations", body={"id": "d", "op": "done", "body": {"transcript": "een"}})
    with served(study, coder=coder, fitter=fitter) as running:
        found = read(running)
        assert (found["visible"], found["why"]) == (why == "shown", why)
        assert bool(found["fit"]) == (why == "shown")
        if why == "shown":
            return
        assert (found["cards"], found["kept"]) == ([], None)
        before = lines(study)
        sha = ask(running, "GET", "/api/transcript?name=een")[1]["sha"]
        named = {"start": 31, "end": 96, "code": "vervoer"}
        body = {"transcript": "een", "sha": sha, "fit": "", "order": "transcript", "suggestion": named}
        status, said = decide(running, "later", **body)
        assert (status, said["error"]["said"]) == (409, {"case": "hidden"})
        assert lines(study) == before


def test_a_coding_keeps_whether_suggestions_could_be_seen(tmp_path, fitter):
    """What is coded on the page before the first reading ended says false, what is coded after it true."""
    study = make(tmp_path, suggestions="na eerste lezing")
    with served(study, fitter=fitter) as running:
        shown = ask(running, "GET", "/api/transcript?name=een")[1]
        for number, (start, end) in enumerate([(31, 96), (116, 161)]):
            quote = shown["text"][start:end]
            body = {"transcript": "een", "start": start, "end": end, "quote": quote, "sha": shown["sha"]}
            decide(running, "code", number, **body, code="taal")
            decide(running, "done", transcript="een")
    codings = open_folder(study).model.state("anna").codings.values()
    assert [each.suggestions_visible for each in codings] == [False, True]


def test_score_reason_and_way_travel_with_the_coding(service):
    """An accepted suggestion is a coding of origin accepted, with what was shown and how it came."""
    body = bodies(service, order="confidence")["accept"]
    card = read(service, order="confidence")["cards"][0]
    assert decide(service, "accept", **body)[0] == 200
    (made,) = coding(service)
    assert (made["origin"], made["code"]) == ("accepted", card["proposals"][0]["code"])
    kept = made["suggestion"]
    assert (kept["score"], kept["confidence"]) == (
        card["proposals"][0]["score"],
        card["proposals"][0]["confidence"],
    )
    assert (f"{kept['method']} {kept['version']}", kept["way"]) == (card["proposals"][0]["method"], "confidence")
    assert "gevonden" in kept["reason"]


def test_another_code_and_other_bounds_keep_what_was_suggested(service):
    """A suggestion taken over with another code and bounds is coded so, and keeps the code and passage suggested."""
    body = bodies(service)["accept"] | {"end": 35, "start": 33, "quote": "De", "code": "taal"}
    assert decide(service, "accept", **body)[0] == 200
    (made,) = coding(service)
    assert (made["code"], made["start"], made["end"]) == ("taal", 33, 35)
    assert (made["suggestion"]["code"], made["suggestion"]["passage"]["quote"]) == ("vervoer", QUOTES[0])


def test_a_rejected_suggestion_stays_away(service):
    """What was rejected is not listed again, whatever a later fit says of the rest."""
    decide(service, "reject", **bodies(service)["reject"])
    assert QUOTES[0] not in quotes(service)


def test_what_is_put_off_comes_last(service):
    """A suggestion that was put off stands after the rest, and says so."""
    decide(service, "later", **bodies(service)["later"])
    assert quotes(service) == [*QUOTES[1:], QUOTES[0]]
    assert [card["later"] for card in read(service)["cards"]] == [False, False, False, True]


def test_a_list_is_one_step(study, service):
    """Suggestions accepted at once are one line of the journal and one undo, each decided on as a list."""
    found = read(service)
    sha = ask(service, "GET", "/api/transcript?name=een")[1]["sha"]
    named = [
        {"start": card["start"], "end": card["end"], "code": card["proposals"][0]["code"]} for card in found["cards"]
    ]
    body = {"transcript": "een", "sha": sha, "fit": found["fit"], "order": "confidence", "suggestions": named}
    before = lines(study)
    assert decide(service, "accept_all", **body)[0] == 200
    assert (len(coding(service)), lines(study)) == (4, before + 1)
    assert {each["suggestion"]["way"] for each in coding(service)} == {"list"}
    assert decide(service, "undo")[0] == 200
    assert coding(service) == []
    status, said = decide(service, "accept_all", 2, **body | {"suggestions": []})
    assert (status, said["error"]["said"]) == (409, {"case": "proposal"})


def test_a_changed_codebook_leaves_the_list_standing(study, fitter):
    """A renamed code stands under its new id, one that is gone is not proposed, and a later fit comes after."""
    held = Held(fitter)
    with served(study, fitter=held) as running:
        before = read(running)
        held.open.clear()
        decide(running, "codebook", 1, action="rename", code="vervoer", to="mobiliteit")
        decide(running, "codebook", 2, action="delete", code="taal")
        found = ask(running, "GET", "/api/suggestions?transcript=een")[1]
        assert (found["working"], found["fit"]) == (True, before["fit"])
        codes = [card["proposals"][0]["code"] for card in found["cards"]]
        assert codes[0] == "mobiliteit"
        assert set(codes) <= {"mobiliteit", "leren"}
        body = bodies_of(running, found)
        assert decide(running, "accept", **body)[0] == 200
        assert coding(running)[0]["code"] == "mobiliteit"
        held.open.set()


def bodies_of(service, found):
    """Return what the page sends to accept the first card of an answer."""
    card, shown = found["cards"][0], ask(service, "GET", "/api/transcript?name=een")[1]
    place = {"start": card["start"], "end": card["end"]}
    code = card["proposals"][0]["code"]
    named = {"transcript": "een", "sha": shown["sha"], "fit": found["fit"], "suggestion": place | {"code": code}}
    return named | place | {"quote": card["quote"], "code": code}


def test_suggestions_are_of_the_text_of_today(study, fitter):
    """Where the transcript was corrected, what was said of its old text is no longer listed."""
    held = Held(fitter)
    with served(study, fitter=held) as running:
        read(running)
        held.open.clear()
        shown = ask(running, "GET", "/api/transcript?name=een")[1]
        place = {"transcript": "een", "start": 33, "end": 35, "quote": "De", "sha": shown["sha"]}
        assert decide(running, "edit", **place, text="Onze")[0] == 200
        found = ask(running, "GET", "/api/suggestions?transcript=een")[1]
        assert (found["cards"], found["working"]) == ([], True)
        held.open.set()
        assert quotes(running)[0].startswith("😀 Onze bus")


def test_codes_with_a_name_only_are_told(service):
    """The page is told how many codes have nothing but a label for a suggestion to rest on."""
    assert read(service)["bare"] == 1


def test_an_empty_list_names_the_next_transcript(service):
    """Where nothing is left to decide the page is told which transcript comes next, and of the last none."""
    assert read(service)["next"] == ""
    found, sha = read(service), ask(service, "GET", "/api/transcript?name=een")[1]["sha"]
    named = [{"start": card["start"], "end": card["end"], "code": "vervoer"} for card in found["cards"]]
    decide(service, "accept_all", transcript="een", sha=sha, fit=found["fit"], suggestions=named)
    assert read(service)["next"] == "twee"
    assert read(service, "twee")["next"] == ""


def test_each_of_a_list_keeps_the_fit_that_showed_it(service):
    """In a list whose cards came from two fits each coding keeps the score of its own."""
    first, shown = read(service), ask(service, "GET", "/api/transcript?name=een")[1]
    place = {"transcript": "een", "start": 31, "end": 96, "quote": QUOTES[0], "sha": shown["sha"]}
    decide(service, "code", **place, code="leren")
    second = read(service)
    card = first["cards"][2]
    one = {"start": card["start"], "end": card["end"], "code": card["proposals"][0]["code"], "fit": first["fit"]}
    body = {"transcript": "een", "sha": shown["sha"], "fit": second["fit"], "suggestions": [one]}
    assert (decide(service, "accept_all", **body)[0], first["fit"] != second["fit"]) == (200, True)
    scores = [each["suggestion"]["score"] for each in coding(service) if each["origin"] == "accepted"]
    assert scores == [card["proposals"][0]["score"]]


def test_a_second_pass_sees_none(study, fitter):
    """What was coded before by oneself is coded again without suggestions: the two are to be compared."""
    with served(study, fitter=fitter) as first:
        decide(first, "accept", **bodies(first)["accept"])
    found = Desk(str(study), second=True, fitter=fitter).read("suggestions", {"transcript": "een"})
    assert (found["why"], found["cards"]) == ("second coder", [])


@pytest.mark.parametrize("op", DECISIONS)
def test_a_decision_is_taken_back_and_done_again(service, op):
    """After an undo the page lists what it listed before, and after a redo what the decision left."""
    body = bodies(service)[op]
    assert decide(service, op, **body)[0] == 200
    after = (quotes(service), coding(service))
    assert after[0] != QUOTES
    assert decide(service, "undo")[0] == 200
    assert (quotes(service), coding(service)) == (QUOTES, [])
    assert decide(service, "redo")[0] == 200
    assert (quotes(service), coding(service)) == after


@pytest.mark.parametrize("op", DECISIONS)
def test_a_decision_is_known_again_after_a_restart(study, fitter, op):
    """A decision whose answer was lost is sent to the next start, which answers and writes nothing."""
    with served(study, fitter=fitter) as first:
        body = bodies(first)[op]
        answer = decide(first, op, **body)
    before = lines(study)
    with served(study, fitter=fitter) as second:
        again = decide(second, op, **body)
    assert (again[0], again[1]["id"].split(".")[0]) == (200, answer[1]["id"].split(".")[0])
    assert lines(study) == before


def test_a_decision_that_waited_over_a_restart_is_written(study, fitter):
    """A decision made before the program ended, and sent after, waits for the fit and keeps the score shown."""
    with served(study, fitter=fitter) as first:
        body, card = bodies(first)["accept"], read(first)["cards"][0]
    with served(study, fitter=fitter) as second:
        assert decide(second, "accept", **body)[0] == 200
        assert coding(second)[0]["suggestion"]["score"] == card["proposals"][0]["score"]


@pytest.mark.parametrize(
    ("change", "status", "case"),
    [
        ({"sha": "0" * 64}, 409, "text"),
        ({"quote": "andere woorden"}, 409, "text"),
        ({"suggestion": {"start": 0, "end": 5, "code": "vervoer"}}, 409, "proposal"),
        ({"suggestion": {"start": 31, "end": 96, "code": "bestaat-niet"}}, 404, "code"),
        ({"suggestion": {"start": "31", "end": 96, "code": "vervoer"}}, 400, ""),
        ({"suggestion": "vervoer"}, 400, ""),
        ({"suggestion": None}, 400, ""),
        ({"fit": None}, 200, ""),
        ({"order": "snel"}, 400, ""),
        ({"transcript": "weg"}, 404, ""),
    ],
)
def test_a_decision_that_is_not_right_changes_nothing(study, service, change, status, case):
    """A decision on other words, on another text, or on what is not suggested, is refused and nothing is written."""
    body = bodies(service)["accept"] | change
    before = lines(study)
    found, said = decide(service, "accept", **body)
    assert (found, said.get("error", {}).get("said", {}).get("case", "")) == (status, case)
    assert (lines(study) == before) == (status != 200)


def test_a_rejection_needs_a_reason(service):
    """Without a reason nothing is rejected."""
    assert decide(service, "reject", **bodies(service)["reject"] | {"reason": " "})[0] == 400


def test_the_list_follows_a_decision_before_the_next_fit_is_there(study, fitter):
    """What was coded leaves the list at once, also while a fit that knows of it is under way."""
    held = Held(fitter)
    with served(study, fitter=held) as running:
        body = bodies(running)["accept"]
        held.open.clear()
        decide(running, "accept", **body)
        status, found = ask(running, "GET", "/api/suggestions?transcript=een")
        assert (status, found["working"]) == (200, True)
        assert [card["quote"] for card in found["cards"]] == QUOTES[1:]
        assert found["fit"] == body["fit"]
        held.open.set()
        assert read(running)["fit"] != body["fit"]


class Held(Fitter):
    """A fitter that gives its answer when it is let."""

    def __init__(self, through):
        super().__init__()
        self.through = through
        self.open = threading.Event()
        self.open.set()

    def _asked(self, work):
        found = self.through._asked(work)
        assert self.open.wait(30)
        return found


def test_a_fit_keeps_nobody_waiting(study, fitter):
    """While suggestions are worked out everything else is answered and written."""
    held = Held(fitter)
    held.open.clear()
    with served(study, fitter=held) as running:
        assert ask(running, "GET", "/api/suggestions?transcript=een")[1]["working"]
        assert ask(running, "GET", "/api/counts")[0] == 200
        assert decide(running, "done", transcript="twee")[0] == 200
        held.open.set()
        assert read(running)["cards"]


def test_a_process_that_died_is_said_and_started_anew(study):
    """Where the process that fits is gone the page says so; the next decision begins with another."""
    fitting = Fitter()
    with served(study, fitter=fitting) as running:
        shown = ask(running, "GET", "/api/transcript?name=een")[1]
        read(running)
        fitting._process.kill()
        fitting._process.join()
        decide(running, "done", transcript="twee")
        stop = time.monotonic() + 30
        while not (found := ask(running, "GET", "/api/suggestions?transcript=een")[1])["failed"]:
            assert time.monotonic() < stop
            time.sleep(0.05)
        assert found["cards"], "what was known before still shows"
        body = {"transcript": "een", "start": 33, "end": 35, "quote": "De", "sha": shown["sha"], "code": "taal"}
        decide(running, "code", **body)
        assert not read(running)["failed"]
    fitting.close()


def test_what_cannot_be_fitted_is_said(fitter, study):
    """A scorer that fails answers with why, and the process goes on."""
    answers, there = [], threading.Event()

    def then(answer):
        answers.append(answer)
        there.set()

    work = work_on(open_folder(study), "anna", "een", key="fails")
    assert fitter.start(Work("fails", work.material, work.passages, "no-such", 1), then)
    assert there.wait(30)
    assert "no-such" in answers[0]


@pytest.mark.parametrize(
    ("codebook", "why", "failed"),
    [
        ("title: Leeg\nmain_coder: anna\nsuggestions: meteen\ncodes: []\n", "no codes", ""),
        (
            "title: Uit\nmain_coder: anna\nsuggestions: meteen\nno_suggestions: [a]\ncodes: [{id: a, label: A}]\n",
            "shown",
            "No code is left",
        ),
    ],
)
def test_a_codebook_that_proposes_nothing_says_so(study, fitter, codebook, why, failed):
    """Without codes to propose there are no suggestions, and the page is told why."""
    (study / "codebook.yaml").write_text(codebook, encoding="utf-8")
    found = Desk(str(study), fitter=fitter).read("suggestions", {"transcript": "een"})
    assert (found["cards"], found["why"], failed in found["failed"]) == ([], why, True)


BLIND = 0.999


@pytest.fixture
def blind(tmp_path, fitter):
    """A page in which every passage is coded before its suggestion shows."""
    with served(make(tmp_path, blind=BLIND), fitter=fitter) as running:
        yield running


def test_a_blind_passage_tells_nothing(blind):
    """Of a passage that is coded blind the page is told where it stands, and not what is suggested."""
    cards = read(blind)["cards"]
    assert [(card["quote"], card["blind"], card["proposals"]) for card in cards] == [(q, True, []) for q in QUOTES]
    assert read(blind, keep="31-96")["kept"] is None


def test_a_blind_passage_is_coded_first_and_seen_after(blind):
    """Its suggestion shows once it is coded, not before, and what the coder gave is beside it; the rest stays blind."""
    body = bodies(blind)
    assert decide(blind, "reveal", **body["reveal"])[1]["error"]["said"] == {"case": "blind"}
    named = body["later"]["suggestion"] | {"code": "taal"}
    assert decide(blind, "later", **body["later"] | {"suggestion": named})[1]["error"]["said"] == {"case": "blind"}
    shown = ask(blind, "GET", "/api/transcript?name=een")[1]
    place = {"transcript": "een", "start": 31, "end": 96, "quote": QUOTES[0], "sha": shown["sha"]}
    decide(blind, "code", **place, code="taal")
    card = read(blind)["cards"][0]
    assert (card["blind"], card["codes"], card["proposals"]) == (True, ["taal"], [])
    assert decide(blind, "reveal", 2, **body["reveal"])[0] == 200
    found = read(blind, keep="31-96", by=body["reveal"]["fit"])
    assert [card["quote"] for card in found["cards"]] == QUOTES[1:]
    assert (found["kept"]["codes"], found["kept"]["proposals"][0]["code"]) == (["taal"], "vervoer")
    assert all(card["blind"] for card in found["cards"])
    assert decide(blind, "undo")[0] == 200
    assert quotes(blind) == QUOTES


def test_a_blind_passage_may_have_no_suggestion(blind):
    """Also where nothing is suggested a passage is coded blind; after it the page is told that, and why."""
    sha = ask(blind, "GET", "/api/transcript?name=twee")[1]["sha"]
    found = read(blind, "twee")
    card = next(each for each in found["cards"] if each["quote"] == "Ja, juist.")
    place = {"start": card["start"], "end": card["end"]}
    assert (card["blind"], card["proposals"]) == (True, [])
    status, _ = decide(blind, "reveal", transcript="twee", sha=sha, fit=found["fit"], no_code=True, **place)
    after = read(blind, "twee", keep=f"{card['start']}-{card['end']}")
    assert (status, after["kept"]["none"]) == (200, "geen suggestie: te weinig tekst")
    assert card["quote"] not in [each["quote"] for each in after["cards"]]


def test_a_blind_passage_without_a_code_is_a_decision(blind):
    """That no code applies is decided blind too; then its suggestion is one like the others."""
    body = bodies(blind)["reveal"] | {"no_code": True}
    assert decide(blind, "reveal", **body)[0] == 200
    card = read(blind)["cards"][0]
    assert (card["blind"], [each["code"] for each in card["proposals"]]) == (False, ["vervoer"])
