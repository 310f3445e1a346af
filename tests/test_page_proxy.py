"""The coding page behind a proxy that shows it under a path of its own, in a real Chromium."""

import threading
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pages import ask, served

PREFIX = "/user/anna/proxy/8765"


class Forward(BaseHTTPRequestHandler):
    """Hand what is asked under the prefix on, without it and otherwise as it came, as a JupyterHub's proxy does."""

    def do_GET(self):
        self.server.asked.append(self.path)
        if not self.path.startswith(f"{PREFIX}/"):
            self.send_error(404)
            return
        behind = HTTPConnection("127.0.0.1", self.server.behind, timeout=10)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        behind.request(self.command, self.path.removeprefix(PREFIX), body=body, headers=dict(self.headers))
        answer = behind.getresponse()
        data = answer.read()
        behind.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"connection", "content-length", "date", "transfer-encoding"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        self.do_GET()

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def proxy():
    """Forward to the port that is set as `behind`, until the block ends; what was asked is kept."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Forward)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_page_works_under_a_path_of_a_proxy(study, new_tab):
    """Loaded, coded on and polled behind a proxy, the page asks for nothing outside the path it was given."""
    with proxy() as outer:
        origin = f"http://127.0.0.1:{outer.server_port}{PREFIX}"
        with served(study, origin=origin) as service:
            outer.behind = service.port
            tab = new_tab()
            tab.goto(service.url)
            tab.wait_for_selector(".turn")
            tab.locator(".turn").nth(1).focus()
            for key in ("v", "c", "S", "c", "r", "e", "Enter"):
                tab.keyboard.press(key)
            with tab.expect_response("**/api/changes?*"):
                pass
            assert tab.url == f"{origin}/"
            assert tab.evaluate("window.ldeQual.queue.waiting.length") == 0
            tab.close()
            (coding,) = ask(service, "GET", "/api/transcript?name=gesprek%20%C3%A9%C3%A9n")[1]["codings"]
    assert coding["code"] == "screening"
    assert [path for path in outer.asked if not path.startswith(f"{PREFIX}/")] == []
    assert any(path.endswith("/api/operations") for path in outer.asked)
