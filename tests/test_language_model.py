"""A language model beside the other evidence, against a small server on this machine."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from taggings import material

import lde_qual as lq
from lde_qual.api.endpoint import Endpoint, EndpointError, endpoint
from lde_qual.cli.main import main
from lde_qual.errors import RefusedError, UsageError
from lde_qual.tagging.blend import CODEBOOK_ALONE
from lde_qual.tagging.language_model import VOTE, Tally, Voted, instructions, verified

EXAMPLE = Path(__file__).parent.parent / "docs" / "example-study"


def vote(code, quote):
    return json.dumps({"codes": [{"code": code, "quote": quote}]})


class Stub(ThreadingHTTPServer):
    """A server that answers every passage by a function, and keeps what it was asked."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, dict(self.headers), body))
        status, payload, headers = self.server.answer(body["messages"][1]["content"])
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_):
        """Say nothing."""


def completion(text):
    return 200, json.dumps({"choices": [{"message": {"content": text}}]}).encode(), {}


@pytest.fixture
def serve():
    running = []

    def start(answer):
        stub = Stub(answer)
        threading.Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        running.append(stub)
        return stub

    yield start
    for stub in running:
        stub.shutdown()
        stub.server_close()


@pytest.fixture
def study(tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "studie")
    return tmp_path / "studie"


CODES = ("bus", "geld")
PASSAGE = "De bus komt niet, zegt ze."


@pytest.mark.parametrize(
    ("answer", "kept", "counted"),
    [
        (vote("bus", "De bus komt niet"), {"bus": (0, 16)}, (0, 0, 0)),
        (vote("bus", " bus komt "), {"bus": (3, 11)}, (0, 0, 0)),
        ("Zeker!\n```json\n" + vote("bus", "zegt ze") + "\n```", {"bus": (18, 25)}, (0, 0, 0)),
        ('{"uitleg": {"x": 1}} ' + vote("bus", "bus"), {"bus": (3, 6)}, (0, 0, 0)),
        ('{"codes": []}', {}, (0, 0, 0)),
        (vote("bus", "de bus komt niet"), {}, (0, 0, 1)),
        (vote("bus", "De bus kwam niet"), {}, (0, 0, 1)),
        (vote("bus", ""), {}, (0, 0, 1)),
        (vote("bus", ","), {}, (0, 0, 1)),
        (vote("thuis", "De bus"), {}, (0, 1, 0)),
        ('{"codes": ["bus"]}', {}, (0, 1, 0)),
        ("geen idee", {}, (1, 0, 0)),
        ('{"codes": "bus"}', {}, (1, 0, 0)),
        ("{" * 3000, {}, (1, 0, 0)),
    ],
)
def test_only_what_can_be_verified_is_kept(answer, kept, counted):
    """A vote needs a candidate and words that stand in the passage letter by letter; the rest is counted."""
    tally = Tally()
    assert kept == verified(answer, PASSAGE, CODES, tally)
    assert counted == (tally.unreadable, tally.unknown, tally.unfounded)
    assert bool(sum(counted)) == bool(tally.told())


def test_a_vote_is_one_more_part_of_the_score():
    """It adds what it is worth to its code and nothing to another, and its words are shown."""
    texts = ["De trein rijdt niet, zegt ze.", "Ja."]
    plain = CODEBOOK_ALONE.fit(material(), rng=np.random.default_rng(1)).weigh(texts)
    by = Voted(CODEBOOK_ALONE, lambda _prompt, _passage: vote("bus", "trein rijdt niet"), "klein")
    said = by.fit(material(), rng=np.random.default_rng(1)).weigh(texts)
    bus = said.codes.index("bus")
    assert said.scores[0, bus] == pytest.approx(plain.scores[0, bus] + VOTE)
    assert said.parts["model"].sum() == VOTE
    assert said.confidence[0, bus] > plain.confidence[0, bus]
    assert [match.keyword for match in said.explain(0, bus)[0]] == ["trein rijdt niet"]
    assert by.tally.asked == 1, "a passage that is too short is not asked about"
    assert by.name == "codebook+klein"


def test_the_model_is_told_the_codebook_and_the_form():
    """The prompt holds each candidate with what the codebook says of it, and no code that is none."""
    text = instructions(material().codebook, CODES)
    assert "- bus: Vervoer" in text
    assert "Er rijdt geen bus meer naar de haven." in text
    assert "thuis" not in text


def test_suggest_asks_for_every_passage_and_says_why(study, serve, capsys, monkeypatch):
    """The key travels in the header, the passage alone in the message, and the reason names the model's part."""
    monkeypatch.setenv("LDE_QUAL_MODEL_KEY", "geheim")
    stub = serve(lambda passage: completion(vote("vervoer", passage.split(".")[0])))
    found = main(
        ["suggest", "--study", str(study), "--all", "--format", "csv", "--model-url", stub.url, "--model", "klein"]
    )
    printed = capsys.readouterr()
    assert found == 0
    assert "taalmodel +1.50" in printed.out
    assert "learned+klein 2" in printed.out
    path, headers, body = stub.asked[0]
    assert (path, headers["Authorization"]) == ("/v1/chat/completions", "Bearer geheim")
    assert (body["model"], body["temperature"]) == ("klein", 0)
    passages = {text for _, _, asked in stub.asked for text in [asked["messages"][1]["content"]]}
    assert "De bus komt te laat." in passages
    assert not any("R01" in text or "Hoe loopt" in text for text in passages)


def test_what_the_model_says_wrongly_is_told(study, serve, capsys):
    """Unfounded votes change nothing but a sentence on stderr, and evaluate takes the same options."""
    stub = serve(lambda _passage: completion(vote("vervoer", "woorden die er niet staan")))
    options = ["--study", str(study), "--format", "csv", "--model-url", stub.url, "--model", "klein"]
    assert main(["evaluate", "--coder", "anna", "--summary", *options]) == 0
    printed = capsys.readouterr()
    assert "on words that are not in the passage were left out" in printed.err


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((500, b"kapot", {}), "answered 500"),
        ((200, b"geen json", {}), "something else than a chat completion"),
        ((200, b'{"choices": []}', {}), "something else than a chat completion"),
        ((302, b"", {"Location": "http://192.0.2.1/"}), "answered 302"),
    ],
)
def test_a_model_that_fails_is_an_error_with_the_way_out(study, serve, capsys, answer, message):
    """Exit code 2, what it answered, and that suggestions work without; a redirection is not followed."""
    stub = serve(lambda _passage: answer)
    found = main(["suggest", "--study", str(study), "--all", "--model-url", stub.url, "--model", "klein"])
    said = capsys.readouterr().err
    assert (found, message in said, "suggestions work without" in said) == (2, True, True)


def test_a_server_that_speaks_something_else_is_an_error():
    """What answers without HTTP, or hangs up, is named like any other failure."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            for said in (b"SSH-2.0-iets\r\n\r\n", b""):
                connection, _ = server.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(said)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        for _ in range(2):
            with pytest.raises(EndpointError, match="did not answer"):
                Endpoint(f"http://127.0.0.1:{server.getsockname()[1]}/v1", "klein").ask("", "")
        thread.join()


def test_a_model_that_keeps_silent_is_not_waited_for():
    """After the time that it may be silent there is an error."""
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(EndpointError, match="did not answer"):
        Endpoint(f"http://127.0.0.1:{server.getsockname()[1]}/v1", "klein", timeout=0.05).ask("", "")


def test_work_that_was_stopped_goes_on(study, serve):
    """An answer is kept once it is given; after a failure only what was not answered is asked, then nothing."""
    answered = []

    def answer(passage):
        if len(answered) == 3:
            answered.append(None)
            return 500, b"kapot", {}
        answered.append(passage)
        return completion(vote("vervoer", passage))

    stub = serve(answer)
    told: list[tuple[int, int]] = []
    options = {"all": True, "model_url": stub.url, "model": "klein"}
    with pytest.raises(EndpointError):
        lq.suggest(lq.open_study(study), **options, progress=lambda *how_far: told.append(how_far))
    first = lq.suggest(lq.open_study(study), **options)
    asked = len(stub.asked)
    assert len({passage for passage in answered if passage}) == asked - 1
    assert first.equals(lq.suggest(lq.open_study(study), **options))
    assert len(stub.asked) == asked
    assert told[-1][0] < told[-1][1], "progress is by passage"
    assert "taalmodel" in " ".join(first["reason"])


def test_answers_about_what_is_gone_are_forgotten(study, serve):
    """After a whole run the cache holds no answer about a passage that the study has no more."""
    stub = serve(lambda passage: completion(vote("vervoer", passage)))
    options = {"all": True, "model_url": stub.url, "model": "klein"}
    lq.suggest(lq.open_study(study), **options)
    path = study / "transcripts" / "gesprek-1.txt"
    path.write_text(
        path.read_text(encoding="utf-8").replace("De bus komt te laat", "De tram rijdt niet"), encoding="utf-8"
    )
    kept = [file.read_text(encoding="utf-8") for file in (study / ".lde_qual" / "answers").iterdir()]
    assert "De bus komt te laat" in " ".join(kept)
    lq.suggest(lq.open_study(study), **options)
    kept = [file.read_text(encoding="utf-8") for file in (study / ".lde_qual" / "answers").iterdir()]
    assert "De bus komt te laat" not in " ".join(kept)
    assert "De tram rijdt niet" in " ".join(kept)


def test_nobody_there_is_said(study):
    """An address at which nothing listens is named."""
    with pytest.raises(EndpointError, match="did not answer"):
        lq.suggest(lq.open_study(study), all=True, model_url="http://127.0.0.1:9/v1", model="klein")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.8.9.1"])
def test_this_machine_needs_no_leave(host):
    """Loopback addresses are asked without a warning."""
    assert endpoint(f"http://{host}:1/v1", "klein") is not None


@pytest.mark.parametrize("host", ["model.example", "10.0.0.7", "localhost.example", "127.0.0.1.example"])
def test_another_machine_is_refused_unless_named(host):
    """No text leaves without the host being named once more, and then a warning comes first."""
    with pytest.raises(RefusedError, match="another machine"):
        endpoint(f"https://{host}/v1", "klein")
    with pytest.raises(RefusedError):
        endpoint(f"https://{host}/v1", "klein", send_text_to="elsewhere.example")
    told = []
    assert endpoint(f"https://{host}/v1", "klein", send_text_to=host, warn=told.append) is not None
    assert [f"every passage asked about is sent to {host}" in text for text in told] == [True]
    with pytest.warns(lq.LdeQualWarning, match="not encrypted"):
        endpoint(f"http://{host}/v1", "klein", send_text_to=host)


@pytest.mark.parametrize(
    ("url", "model"),
    [("ftp://127.0.0.1", "k"), ("127.0.0.1:80", "k"), ("http://", "k"), (None, "k"), ("http://127.0.0.1", None)],
)
def test_half_an_address_is_refused(url, model):
    """Address and name go together, and the address must be one."""
    with pytest.raises(UsageError):
        endpoint(url, model)


def test_no_model_is_the_default():
    """Without the options nothing is asked."""
    assert endpoint(None, None) is None
