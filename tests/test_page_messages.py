"""The page's two ways to a study answer alike, and the widget hands over one module and nothing of the study."""

import json
import subprocess
import sys

import pytest
from pages import ask, served

from lde_qual.errors import UnknownError, UsageError
from lde_qual.workbench import bundle
from lde_qual.workbench.desk import Desk
from lde_qual.workbench.messages import answered

QUOTE = "Een goede begeleider helpt"


def coding(desk, **changes):
    """Return the operation of coding a few words."""
    shown = desk.read("transcript", {"name": "interview-02"})
    start = shown["text"].index(QUOTE)
    body = {"transcript": "interview-02", "start": start, "end": start + len(QUOTE), "quote": QUOTE}
    return {"id": "one", "op": "code", "body": {**body, "sha": shown["sha"], "code": "screening", **changes}}


def said(answer):
    """Return an answer as it is when it arrives."""
    return json.loads(json.dumps(answer))


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("start", {}),
        ("transcript", {"name": "interview-02"}),
        ("counts", {}),
        ("reading", {"code": "instroom", "group": "role"}),
        ("search", {"q": "bus"}),
        ("transcript", {"name": "interview-99"}),
        ("reading", {"code": "instroom", "group": "maand"}),
        ("nothing", {}),
    ],
)
def test_a_read_is_answered_as_over_http(study, name, params):
    """A message is answered with the value, or the error, that the same read has over HTTP."""
    asked = "&".join(f"{key}={value}" for key, value in params.items())
    with served(study) as service:
        status, value = ask(service, "GET", f"/api/{name}?{asked}")
    found = said(answered(Desk(str(study)), {"id": "7", "do": "read", "name": name, "params": params}))
    expected = {"value": value} if status == 200 else value
    assert found == {"id": "7", "ok": status == 200, **expected}
    assert found["ok"] or found["error"]["status"] == status


@pytest.mark.parametrize(
    "changes", [{"quote": "andere woorden"}, {"sha": "0" * 64}, {"code": "geen"}, {"start": "hier"}]
)
def test_a_write_is_refused_as_over_http(study, changes):
    """A write that does not fit has the same error both ways, and leaves no journal."""
    desk = Desk(str(study))
    operation = coding(desk, **changes)
    with served(study) as service:
        _, value = ask(service, "POST", "/api/operations", body=operation)
    found = answered(desk, {"id": "7", "do": "write", "operation": operation})
    assert found == {"id": "7", "ok": False, **value}
    assert not list(study.glob("codings/*.jsonl"))


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        {},
        {"id": "7"},
        {"id": "7", "do": "erase"},
        {"id": "7", "do": "read", "name": "start"},
        {"do": "write"},
    ],
)
def test_a_message_that_asks_nothing_is_refused(study, message):
    """What is no message of the page is answered with an error of usage, under its id where it has one."""
    found = answered(Desk(str(study)), message)
    asked_as = message.get("id", "") if isinstance(message, dict) else ""
    assert (found["id"], found["ok"], found["error"]["status"]) == (asked_as, False, 400)


def test_what_waits_is_kept_apart_by_coder_and_pass(study):
    """No two coders' pages, and no two passes, keep in one place what was not acknowledged; the same coder's do."""
    desks = [
        Desk(str(study), coder="anna"),
        Desk(str(study), coder="bert"),
        Desk(str(study), coder="anna", second=True),
    ]
    places = [desk.read("start", {})["place"] for desk in (*desks, Desk(str(study), coder="anna"))]
    assert len(set(places)) == 3
    assert places[0] == places[3]


@pytest.fixture
def notebook():
    """The room of the widget, where its library is installed."""
    pytest.importorskip("anywidget", reason="anywidget is not installed")
    from lde_qual import notebook  # noqa: PLC0415  # only where its library is

    return notebook


@pytest.fixture
def widget(notebook, study):
    """A widget of the study, and the messages that it sends."""
    page = notebook.coding_page(study, transcript="interview-02")
    page.sent = []
    page.send = page.sent.append
    yield page
    page.close()


def test_a_coding_is_durable_before_it_is_acknowledged(widget, study):
    """When the answer to a write leaves, its line is in the journal; sent twice, it is written once."""
    lines = []
    widget.send = lambda _answer: lines.append((study / "codings" / "onderzoeker.jsonl").read_text(encoding="utf-8"))
    operation = coding(Desk(str(study)))
    for number in ("1", "2"):
        widget._asked(widget, {"id": number, "do": "write", "operation": operation}, [])
    assert [text.count('"op":"code"') for text in lines] == [1, 1]


def test_the_page_begins_with_the_transcript_asked_for(widget):
    """What a cell names comes with the first answer, whatever was open before; later answers bring none."""
    for name, params in (("start", {"open": "interview-01"}), ("start", {}), ("counts", {"open": ""})):
        widget._asked(widget, {"id": name, "do": "read", "name": name, "params": params}, [])
    assert [(answer["value"].get("opened") or {}).get("name") for answer in widget.sent] == ["interview-02", None, None]


def test_an_error_that_is_nobodys_fault_is_answered_too(widget, monkeypatch):
    """The page is told of an unforeseen error, so that it does not wait, and the kernel's log has it."""
    monkeypatch.setattr(widget._desk, "read", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        widget._asked(widget, {"id": "7", "do": "read", "name": "start", "params": {}}, [])
    assert [(answer["id"], answer["error"]["status"]) for answer in widget.sent] == [("7", 500)]


def test_synced_state_holds_nothing_of_the_study(widget, study):
    """Of what a widget syncs, and what is saved with a notebook, only the module itself is the page's."""
    state = widget.get_state()
    own = {name for name in state if not name.startswith(("_model", "_view", "_dom", "_anywidget"))}
    assert own == {"_esm", "layout", "tabbable", "tooltip"}
    assert state["_esm"] == bundle.widget_module()
    assert not [each for each in (QUOTE, "Kleine studie", study.name, "interview-02") if each in str(state)]
    assert str(study) not in repr(widget)


@pytest.mark.parametrize(
    ("options", "error"),
    [({"transcript": "interview-99"}, UnknownError), ({"lang": "fr"}, UsageError), ({"coder": "all"}, UsageError)],
)
def test_a_page_that_cannot_be_is_refused_in_python(notebook, study, options, error):
    """What `coding_page` is asked wrongly is an error of the cell, with the value in it."""
    with pytest.raises(error, match=next(iter(options.values()))):
        notebook.coding_page(study, **options)


def test_without_anywidget_the_error_says_what_to_install():
    """Where the extra is not installed, importing the room says so and how to install it."""
    script = (
        "import sys; sys.modules['anywidget'] = None\n"
        "import lde_qual as lq\n"
        "try:\n    import lde_qual.notebook\n"
        "except lq.LdeQualError as error:\n    print(isinstance(error, ImportError), error)\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.startswith("True The coding page in a notebook needs anywidget")
    assert 'pip install "lde-qual[notebook]"' in found.stdout


def test_every_module_of_the_page_is_in_the_widget():
    """The joined module holds each module once, after those that it needs; only what asks a server is left out."""
    order = bundle.needed("widget.js")
    every = {path.name for path in bundle.files("lde_qual.workbench").joinpath("static").iterdir()}
    assert set(order) == {name for name in every if name.endswith(".js")} - {"page.js", "http.js", "ahead.js"}
    for name in order:
        needs = [found["module"] for found in bundle._IMPORT.finditer(bundle.static(name))]
        assert all(order.index(each) < order.index(name) for each in needs)
    assert bundle.widget_module().count("modules[") > len(order)


def test_no_module_asks_the_document_for_what_has_the_focus():
    """In a widget the document knows of the shadow root alone: only `active` may ask, which asks an element's root."""
    asking = [name for name in bundle.needed("widget.js") if "document.activeElement" in bundle.static(name)]
    assert asking == []


@pytest.mark.parametrize(
    "source",
    [
        'import other from "./a.js";',
        'import * as other from "./a.js";',
        "export default 1;",
        "export { thing };",
        "const a = await import(name);",
        "const url = import.meta.url;",
    ],
)
def test_what_cannot_be_joined_is_named(source):
    """A way of importing or exporting that joining does not know is an error with the module and the line."""
    with pytest.raises(ValueError, match=r"^a\.js: '.+' cannot be joined"):
        bundle._enclosed("a.js", f"// A module.\n\n{source}\n")


def test_modules_in_a_circle_are_refused(monkeypatch):
    """Two modules that need each other are named in the order in which they do."""
    sources = {"a.js": 'import { b } from "./b.js";', "b.js": 'import { a } from "./a.js";'}
    monkeypatch.setattr(bundle, "static", sources.__getitem__)
    with pytest.raises(ValueError, match=r"a\.js → b\.js → a\.js"):
        bundle.needed("a.js")
