"""The coding page's server: who may ask, and what each operation does to the study."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from pages import ask, place, port, served
from studies import TRANSCRIPTS, make_study

from lde_qual.errors import RefusedError, UsageError
from lde_qual.workbench.app import Service
from lde_qual.workbench.desk import Desk, words
from lde_qual.workbench.operations import OPERATIONS

STATIC = Path(str(files("lde_qual.workbench"))) / "static"
MODULES = sorted(STATIC.glob("*.js"))


def journals(study):
    """Return what the journals hold."""
    return {path.name: path.read_bytes() for path in (study / "codings").glob("*.jsonl")}


def send(service, op, number=1, **body):
    """Send one operation of the page."""
    return ask(service, "POST", "/api/operations", body={"id": f"{op}-{number}", "op": op, "body": body})


@pytest.mark.parametrize(
    ("headers", "change", "status"),
    [
        ({"Host": "evil.test"}, {}, 421),
        ({"Host": "127.0.0.1"}, {}, 421),
        ({"Authorization": ""}, {}, 401),
        ({"Authorization": "Bearer guess"}, {}, 401),
        ({"Origin": "http://evil.test"}, {}, 403),
        ({"Origin": "null"}, {}, 403),
        ({"Origin": ""}, {}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, {}, 403),
        ({"Sec_Fetch_Site": "same-site"}, {}, 403),
        ({"Content_Type": "text/plain"}, {}, 415),
        ({}, {"quote": "andere woorden"}, 409),
        ({}, {"sha": "0" * 64}, 409),
        ({}, {"code": "bestaat-niet"}, 404),
        ({}, {"start": "hier"}, 400),
    ],
)
def test_a_write_that_is_not_right_changes_nothing(study, service, headers, change, status):
    """A request from elsewhere, or one that does not fit the text, is refused and the study stays as it was."""
    body = place(service, "interview-02", "goede begeleider") | {"code": "mobiliteit"} | change
    before = journals(study)
    operation = {"id": "one", "op": "code", "body": body}
    found, _ = ask(service, "POST", "/api/operations", body=operation, **headers)
    assert (found, journals(study)) == (status, before)


def test_every_answer_forbids_scripts_and_keeping(service):
    """Each answer carries the strict policy and may not be stored: interview text leaves no copy in the browser."""
    from http.client import HTTPConnection  # noqa: PLC0415 - the headers themselves are looked at

    connection = HTTPConnection("127.0.0.1", port(service))
    connection.request("GET", "/")
    headers = connection.getresponse().headers
    connection.close()
    assert headers["Cache-Control"] == "no-store"
    assert "require-trusted-types-for 'script'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_nothing_outside_the_pages_own_files_is_served(service):
    """A path that climbs out of the page's folder finds nothing."""
    assert ask(service, "GET", "/static/../app.py")[0] == 404
    assert ask(service, "GET", "/static/%2e%2e/app.py")[0] == 404


def test_an_operation_sent_twice_is_done_once(study, service):
    """The same id answers the same, and the journal grows by one line."""
    body = place(service, "interview-02", "goede begeleider") | {"code": "mobiliteit"}
    first = send(service, "code", **body)
    assert first[0] == 200
    assert send(service, "code", **body) == first
    assert sum(data.count(b"\n") for data in journals(study).values()) == 1


@pytest.mark.parametrize("op", sorted(set(OPERATIONS) - {"undo", "redo", "undone", "uncode"}))
def test_an_operation_is_known_again_after_a_restart(study, op):
    """What was written and not acknowledged is sent to the next start, which answers and writes nothing."""
    with served(study) as first:
        body = BODIES[op](first, coded(first))
        status, answer = send(first, op, 2, **body)
    before = journals(study)
    with served(study) as second:
        again = send(second, op, 2, **body)
        assert (status, again[0], again[1]["id"]) == (200, 200, answer["id"])
        assert {each["id"] for each in answer["codings"]} <= {each["id"] for each in again[1]["codings"]}
    assert journals(study) == before


def test_an_undo_is_known_again_after_a_restart(study):
    """An undo sent twice over a restart takes back one operation and not two."""
    with served(study) as first:
        coded(first)
        send(first, "memo", subject="study", about="", kind="content", text="een gedachte")
        send(first, "undo")
    before = journals(study)
    with served(study) as second:
        assert send(second, "undo")[0] == 200
        assert ask(second, "GET", "/api/counts")[1]["codes"]["screening"][1] == 1
    assert journals(study) == before


def test_a_second_pass_sees_nothing_of_the_first(study, service):
    """A second pass writes a journal of its own and shows, counts and finds no coding of the first."""
    coded(service)
    before = journals(study)
    desk = Desk(str(study), second=True)
    assert desk.coder == "onderzoeker-herlezing"
    assert desk.read("start", {})["coders"] == []
    assert desk.read("transcript", {"name": "interview-02"})["codings"] == []
    assert desk.read("counts", {})["codes"]["screening"] == [0, 0, 0]
    assert desk.read("reading", {"code": "screening"})["total"] == 0
    assert [hit["codes"] for hit in desk.read("search", {"q": "begeleider"})["hits"]] == [[]]
    with pytest.raises(RefusedError, match="does not see the first"):
        desk.read("transcript", {"name": "interview-02", "coders": "onderzoeker"})
    body = place(service, "interview-02", "goede begeleider") | {"code": "screening"}
    desk.write({"id": "a", "op": "code", "body": body})
    assert {name: data for name, data in journals(study).items() if "herlezing" not in name} == before
    assert len(desk.read("transcript", {"name": "interview-02"})["codings"]) == 1
    assert Desk(str(study), coder="onderzoeker-herlezing", second=True).coder == "onderzoeker-herlezing"


def test_a_proxy_is_let_in_under_its_own_name_only(study):
    """Behind a proxy its host and origin may ask, with the token; any other origin still may not."""
    with served(study, origin="https://hub.test/user/anna/proxy/8765/") as service:
        assert service.url.startswith("https://hub.test/user/anna/proxy/8765/#t=")
        hub = {"Host": "hub.test", "Origin": "https://hub.test"}
        assert ask(service, "GET", "/api/counts", **hub)[0] == 200
        assert ask(service, "GET", "/api/counts", **hub | {"Authorization": ""})[0] == 401
        assert ask(service, "GET", "/api/counts", **hub | {"Origin": "http://hub.test"})[0] == 403
        assert ask(service, "GET", "/api/counts", **hub | {"Host": "evil.test"})[0] == 421


@pytest.mark.parametrize("origin", ["hub.test", "ftp://hub.test", "https://", "https://hub.test/#a"])
def test_an_address_that_no_proxy_has_is_refused(study, origin):
    """What is no address of a proxy is refused before the page is served."""
    with pytest.raises(UsageError, match="no address of a proxy"):
        Service(Desk(str(study)), origin=origin)


def test_offsets_are_code_points(service):
    """A coding after an emoji has the words that Python's slice of the text has."""
    body = place(service, "gesprek%20%C3%A9%C3%A9n", "Dat duurt lang") | {
        "transcript": "gesprek één",
        "code": "screening",
    }
    status, answer = send(service, "code", **body)
    (coding,) = answer["codings"]
    assert (status, coding["start"], coding["end"]) == (200, body["start"], body["end"])


def coded(service, quote="goede begeleider"):
    """Code a passage and return its id."""
    body = place(service, "interview-02", quote) | {"code": "screening"}
    return send(service, "code", **body)[1]["id"]


def overlapping(service, coding):
    """Code a passage that overlaps, and return what makes one coding of the two."""
    body = place(service, "interview-02", "begeleider helpt") | {"code": "screening"}
    other = send(service, "code", 3, **body)[1]["id"]
    return place(service, "interview-02", "goede begeleider helpt") | {"codings": [coding, other]}


BODIES = {
    "code": lambda s, _: (
        place(s, "interview-02", "café") | {"code": "mobiliteit", "dimensions": {"richting": "belemmerend"}}
    ),
    "uncode": lambda _, coding: {"coding": coding},
    "revise": lambda _, coding: {"coding": coding, "code": "mobiliteit", "memo": "anders"},
    "extend": overlapping,
    "mark": lambda _, coding: {"coding": coding, "mark": "typerend"},
    "memo": lambda *_: {"subject": "study", "about": "", "kind": "content", "text": "een gedachte"},
    "note": lambda s, _: place(s, "interview-02", "om de hoek") | {"text": "navragen"},
    "done": lambda *_: {"transcript": "interview-02"},
    "basket": lambda _, coding: {"items": [{"coding": coding, "note": "sterk"}]},
    "pin": lambda *_: {"codes": ["mobiliteit"]},
    "query": lambda *_: {"query": '"hoek"', "code": "mobiliteit"},
    "edit": lambda s, _: place(s, "interview-02", "café") | {"text": "theehuis"},
    "codebook": lambda *_: {"action": "add", "label": "Werk & inkomen", "parent": "instroom"},
}


def shown(service):
    """Return what the page shows of the whole study, without what only grows: version and history."""
    start = ask(service, "GET", "/api/start")[1]
    texts = [ask(service, "GET", f"/api/transcript?name={name}")[1] for name in ("interview-02",)]
    rest = [ask(service, "GET", f"/api/{name}")[1] for name in ("memos", "basket", "counts")]
    return {name: value for name, value in start.items() if name not in {"version", "history", "coders"}}, texts, rest


@pytest.mark.parametrize("op", sorted(set(OPERATIONS) - {"undo", "redo", "undone"}))
def test_every_operation_is_taken_back_and_done_again(service, op):
    """After an undo the page shows what it showed before, and after a redo what the operation made of it."""
    body = BODIES[op](service, coded(service))
    before = shown(service)
    assert send(service, op, 2, **body)[0] == 200
    after = shown(service)
    assert after != before
    assert send(service, "undo")[0] == 200
    assert shown(service) == before
    assert send(service, "redo")[0] == 200
    assert shown(service) == after


def test_an_undo_without_anything_to_undo_is_refused(service):
    """A redo where nothing was taken back says so."""
    assert send(service, "redo")[0] == 409


def test_a_read_transcript_can_be_unread(service):
    """What was marked as read is unread again."""
    send(service, "done", transcript="interview-02")
    assert send(service, "undone", transcript="interview-02")[0] == 200
    assert ask(service, "GET", "/api/transcript?name=interview-02")[1]["done"] == ""


def test_a_split_moves_the_codings_that_were_assigned(service):
    """Each coding goes to the new code it was given, the others stay."""
    first = coded(service)
    body = place(service, "interview-02", "om de hoek") | {"code": "screening"}
    second = send(service, "code", 2, **body)[1]["id"]
    status, _ = send(
        service, "codebook", action="split", code="screening", into=[{"label": "Toets"}], codings={first: 0}
    )
    codings = {
        each["id"]: each["code"] for each in ask(service, "GET", "/api/transcript?name=interview-02")[1]["codings"]
    }
    assert (status, codings) == (200, {first: "toets", second: "screening"})


def test_reading_a_code_gives_the_question_and_the_citation(service):
    """A fragment stands under its respondent with the question before it, and counts once."""
    coded(service)
    found = ask(service, "GET", "/api/reading?code=instroom")[1]
    (group,) = found["groups"]
    (fragment,) = group["fragments"]
    assert (found["total"], group["key"], fragment["question"]) == (1, "R03", "Wat helpt er?")
    assert fragment["cited_as"] == "(Respondent 3, consulent VDAB Aalst)"
    assert ask(service, "GET", "/api/reading?code=instroom&subtree=false")[1]["total"] == 0


@pytest.mark.parametrize(
    ("talk", "question"),
    [
        ("I: Wat helpt er?\nR03: Tja.\nI: Hm hm.\nR03: Een begeleider.\n", "Wat helpt er?"),
        ("I [V1]: Vertel eens.\nR03: Tja.\nI: Ah.\nR03: Een begeleider.\n", "Vertel eens."),
        ("I: Vertel eens.\nR03: Tja.\nI: Ga door.\nR03: Een begeleider.\n", "Ga door."),
        ("R03: Een begeleider.\n", ""),
    ],
)
def test_a_fragment_is_read_with_what_was_asked_last(tmp_path, talk, question):
    """The question before a fragment is the last that was asked, not a sound of listening after it."""
    with served(make_study(tmp_path, transcripts={**TRANSCRIPTS, "interview-02": talk})) as service:
        coded(service, quote="Een begeleider")
        (group,) = ask(service, "GET", "/api/reading?code=instroom")[1]["groups"]
    assert [each["question"] for each in group["fragments"]] == [question]


def test_each_coder_writes_their_own_journal(study):
    """A second coder's page leaves the first one's journal alone and sees it only where it is asked for."""
    with served(study) as first:
        coded(first)
    before = journals(study)
    with served(study, coder="tweede") as second:
        coded(second)
        alone = ask(second, "GET", "/api/transcript?name=interview-02")[1]
        beside = ask(second, "GET", "/api/transcript?name=interview-02&coders=onderzoeker")[1]
    assert journals(study)["onderzoeker.jsonl"] == before["onderzoeker.jsonl"]
    assert (len(alone["codings"]), alone["others"], len(beside["others"]["onderzoeker"])) == (1, {}, 1)


def test_every_word_of_the_page_is_in_both_languages():
    """Dutch and English have the same keys, with the same places to fill in."""
    dutch, english = words("nl"), words("en")
    fields = re.compile(r"\{(\w+)[|}]")
    assert {key: set(fields.findall(text)) for key, text in dutch.items()} == {
        key: set(fields.findall(text)) for key, text in english.items()
    }


def test_the_page_says_only_words_that_it_has():
    """Every key that a module names is in the files of words."""
    named = {key for module in MODULES for key in re.findall(r'words\("([a-z.]+)"', module.read_text(encoding="utf-8"))}
    assert named
    assert named <= set(words("nl"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_module_makes_markup_of_text(module):
    """Nothing on the page turns a text into elements or code."""
    text = module.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
    assert len(text.splitlines()) <= 350


def test_a_desk_speaks_the_language_that_is_asked_for(study):
    """`--lang en` opens an English page of a Dutch study."""
    assert json.dumps(Desk(str(study), lang="en").read("start", {})["words"]["action.undo"]) == '"Undo"'
