import pytest

from lde_qual.errors import CodebookError
from lde_qual.formats.leidraad import parse_leidraad
from lde_qual.model.respondent import Guide, Leidraad, Question

GUIDE = "guides:\n  - id: g\n    questions:\n"


def test_guides_are_read() -> None:
    """A guide bears its roles and questions, a question its codes and its line."""
    text = GUIDE + "      - {id: V01, text: 'Wat: doet u?', codes: [a, b]}\n      - {id: V02, text: En?}\n"
    text += "    roles: vdab\n    label: Leidraad\n"
    questions = (Question("V01", "Wat: doet u?", ("a", "b"), 4), Question("V02", "En?", (), 5))
    assert parse_leidraad(text) == Leidraad((Guide("g", "Leidraad", ("vdab",), questions),))


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "'guides'"),
        ("guides: x\n", 1, "not a list"),
        ("guides:\n  - label: x\n", 2, "'id' of a guide"),
        ("guides:\n  - {id: g, questions: []}\n  - {id: g, questions: []}\n", 3, "'g' stands here for the second"),
        (GUIDE + "      - {id: V1, text: x, code: a}\n", 4, "Did you mean 'codes'"),
        (GUIDE + "      - {id: '1V', text: x}\n", 4, "'1V' cannot be"),
        (GUIDE + "      - {id: V 1, text: x}\n", 4, "'V 1' cannot be"),
        (GUIDE + "      - {id: V1, text: x}\n      - {id: V1, text: y}\n", 5, "first is on line 4"),
        (GUIDE + "      - {id: V1}\n", 4, "'text'"),
    ],
)
def test_faults_have_their_line(text: str, line: int, what: str) -> None:
    """Whatever is not as it should be is named with its line and the way out."""
    with pytest.raises(CodebookError, match=what) as caught:
        parse_leidraad(text)
    assert caught.value.line == line
    assert caught.value.way_out


def test_question_ids_are_unique_over_guides() -> None:
    """Two guides do not share a question id."""
    guides = "guides:\n  - {id: g, questions: [{id: V1, text: x}]}\n  - {id: h, questions: [{id: V1, text: x}]}\n"
    with pytest.raises(CodebookError, match="'V1' stands here for the second time; the first is on line 2"):
        parse_leidraad(guides)
