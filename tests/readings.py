"""What the tests of reading share: a study of two dimensions, coded, and the page on which it is read."""

from __future__ import annotations

from typing import Any

from browsing import until
from pages import ask, place
from studies import CODEBOOK

from lde_qual.workbench.app import Service

OPEN = "gesprek één"
QUOTES = {
    "Via de VDAB, na een screening.": OPEN,
    "De bus is er niet.": OPEN,
    "Een goede begeleider helpt": "interview-02",
}
FIRST, SECOND, THIRD = QUOTES
TWO = CODEBOOK.replace("dimensions:\n", "dimensions:\n  aard: [ervaren, gewenst]\n")
FOCUS = "document.activeElement"


def quoted(name: str) -> str:
    """Return the name of a transcript as an address has it."""
    return name.replace(" ", "%20").replace("é", "%C3%A9")


def do(service: Service, op: str, body: dict[str, Any]) -> str:
    """Do an operation as another program would."""
    status, answer = ask(service, "POST", "/api/operations", body={"id": f"{op} {body}", "op": op, "body": body})
    assert status == 200
    return str(answer["id"])


def code(service: Service, quote: str, name: str, **more: Any) -> str:
    """Code words, and return the coding's id."""
    where = QUOTES.get(quote, OPEN)
    return do(service, "code", {**place(service, quoted(where), quote), "transcript": where, "code": name, **more})


def codings(service: Service) -> dict[str, Any]:
    """Return the codings by their words."""
    found = ask(service, "GET", "/api/reading?group=none")[1]["groups"]
    return {each["quote"]: each["coding"] for group in found for each in group["fragments"]}


def coded_page(service: Service, tab: Any) -> Any:
    """Open the page of a study with a fragment in each of two interviews at two codes, and one without a direction."""
    code(service, FIRST, "screening", dimensions={"richting": "belemmerend"})
    code(service, SECOND, "mobiliteit")
    code(service, THIRD, "screening", dimensions={"richting": "faciliterend", "aard": "gewenst"})
    start(tab, service)
    return tab


def start(tab: Any, service: Service) -> None:
    """Open the page."""
    tab.goto("about:blank")
    tab.goto(service.url)
    until(tab, f"Boolean(window.ldeQual && window.ldeQual.data && window.ldeQual.data.name === '{OPEN}')")
    tab.locator(".turn").nth(1).focus()


def read(page: Any, *, group: str = "none", count: int = 3) -> None:
    """Read all codes."""
    page.keyboard.press("r")
    until(page, f"document.querySelectorAll('.fragment').length === {count}")
    narrowing(page, "Groepeer per").select_option(group)
    until(page, f"window.ldeQual.reading.asked.group === '{group}' && !window.ldeQual.reading.load.busy()")


def narrowing(page: Any, label: str) -> Any:
    """Return one of the choices at the top of what is read."""
    return page.locator(".reading").get_by_role("combobox", name=label, exact=True)


def fragment(page: Any, quote: str) -> Any:
    """Return a fragment that is shown."""
    return page.locator(".fragment", has_text=quote)
