"""A long interview on the page: only what is near the eye is painted, and only what changed is placed anew."""

import random

import pytest
from browsing import settled, until
from studies import make_study

from lde_qual.errors import LdeQualError
from lde_qual.workbench import payloads
from lde_qual.workbench.desk import Desk
from lde_qual.workbench.standing import Standing

TURNS = 200
SAID = "Dat duurt lang, want de bus is er niet en niemand zegt wanneer ze komt. " * 3


@pytest.fixture
def study(tmp_path):
    """A study of one long interview, coded in each answer."""
    made = make_study(tmp_path)
    lines = [f"{'I' if at % 2 == 0 else 'R03'}: {at}. {SAID}" for at in range(TURNS)]
    (made / "transcripts" / "interview-02.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    desk = Desk(str(made))
    text = desk.study.model.transcript("interview-02").text
    for at in range(1, TURNS, 2):
        start = text.index(f"{at}. Dat duurt")
        desk.study.code(transcript="interview-02", start=start, end=start + 20, code="screening")
    desk.close()
    return made


def operations(desk, rng):
    """Yield operations of every kind that moves, makes or takes a coding, fitting the study as it then is."""
    number = 0
    while True:
        model = desk.study.model
        found = model.transcript("gesprek één")
        codings = list(model.state(desk.coder).codings)
        speech = rng.choice(found.turns).speech
        start = rng.randrange(speech.start, speech.end - 1)
        place = {"transcript": found.name, "start": start, "end": speech.end, "sha": found.body_sha256}
        place["quote"] = found.text[start : speech.end]
        coding = {"coding": rng.choice(codings)} if codings else None
        choices = [
            *(("code", {**place, "code": code}) for code in ("screening", "mobiliteit", "instroom")),
            ("edit", {**place, "text": place["quote"].replace("a", "aa").strip() or "x"}),
            ("codebook", {"action": "label", "code": "screening", "label": f"Screening {number}"}),
            ("undo", {}),
            *([("uncode", coding), ("mark", {**coding, "mark": "typerend"})] if coding else []),
            *([("codebook", {"action": "merge", "code": "screening", "into": "mobiliteit"})] if number == 30 else []),
        ]
        number += 1
        yield {"id": f"step-{number}", "op": (chosen := rng.choice(choices))[0], "body": chosen[1]}


@pytest.mark.parametrize("seed", range(4))
def test_what_stands_is_what_placing_all_anew_gives(tmp_path, seed):
    """After any step each coding stands where placing all of them anew puts it, and the answer says what changed."""
    desk = Desk(str(make_study(tmp_path)))
    standing = Standing(desk.study, desk.coder)
    shown: dict[str, object] = {}
    most = 0
    steps = operations(desk, random.Random(seed))
    for _ in range(40):
        try:
            answer = desk.write(next(steps))
        except LdeQualError:
            continue
        for gone in answer["gone"]:
            del shown[gone]
        shown |= {each["id"]: each for each in answer["codings"]}
        anew = {each.coding.id: payloads.coding(each) for each in desk.study.model.placed(desk.coder) if each.counts}
        assert standing.now() == anew
        assert shown == anew
        most = max(most, len(anew))
    assert most > 1
    desk.close()


@pytest.fixture
def page(service, new_tab):
    """The long interview open in Chromium."""
    tab = new_tab()
    tab.goto(service.url)
    tab.wait_for_selector(".turn")
    tab.locator(".bar select").select_option("interview-02")
    until(tab, "Boolean(window.ldeQual) && window.ldeQual.data.name === 'interview-02'")
    return tab


PAINTED = """(name) => {
  const { view, painter } = window.ldeQual;
  const ranges = [...painter.names.get(name)];
  const at = ranges.map((range) => view.turns.findIndex((turn) => turn.text === range.startContainer));
  return at.sort((a, b) => a - b);
}"""
SEEN = """() => {
  const { view, middle } = window.ldeQual;
  const seen = (box) => box.bottom > 0 && box.top < middle.clientHeight;
  const shown = view.turns.filter((turn) => seen(turn.element.getBoundingClientRect()));
  return shown.filter((turn) => !turn.interviewer).map((turn) => turn.index);
}"""


def test_what_is_seen_is_painted_and_little_else(page):
    """Every coded turn in sight is painted, at both ends of the text, and of two hundred turns most are not."""
    for end in (0, 10**6):
        page.evaluate("(end) => { window.ldeQual.middle.scrollTop = end; }", end)
        until(page, f"({SEEN})().every((at) => ({PAINTED})('=screening').includes(at))")
        until(page, f"({PAINTED})('=screening').length < 50")
    assert max(page.evaluate(SEEN)) == TURNS - 1


def test_a_passage_coded_out_of_sight_is_painted_when_it_comes_in_sight(page):
    """What is coded, or taken away, far from what is seen shows so when one goes there."""
    page.locator(".turn").first.focus()
    turn = "window.ldeQual.view.turns[199]"
    page.evaluate(f"window.ldeQual.view.select({turn}.start, {turn}.end); window.ldeQual.act.code('mobiliteit')")
    settled(page)
    page.evaluate("window.ldeQual.view.reveal(0, false)")
    until(page, f"({PAINTED})('=mobiliteit').length === 0")
    page.evaluate(f"window.ldeQual.view.reveal({turn}.start, false)")
    until(page, f"({PAINTED})('=mobiliteit').join() === '199'")
    page.evaluate("window.ldeQual.moves.undo()")
    settled(page)
    until(page, f"({PAINTED})('=mobiliteit').length === 0")


def test_the_page_is_one_module_and_begins_with_one_answer(page):
    """All code is asked for at once; one answer brings the study and the first transcript, or the one that was open."""
    names = "performance.getEntriesByType('resource').map((each) => each.name.split('/').pop())"
    asked = page.evaluate(names)
    assert sorted(name for name in asked if name.endswith(".js")) == ["ahead.js", "page.js"]
    assert [name for name in asked if name.startswith("start")] == ["start?open="]
    page.reload()
    page.wait_for_selector(".turn")
    asked = page.evaluate(names)
    assert [name for name in asked if name.startswith(("start", "transcript"))] == ["start?open=interview-02"]
    assert page.evaluate("window.ldeQual.data.name") == "interview-02"
