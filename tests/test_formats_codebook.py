import pytest

from lde_qual.errors import CodebookError
from lde_qual.formats.codebook import parse_codebook
from lde_qual.model.codebook import Code, Codebook

FULL = """\
title: Doorstroom uit de LDE
language: en
approach: reflexief
main_coder: onderzoeker
roles: {vdab: VDAB-medewerker, management: ""}
citation: "({number}, {jaren dienst})"
public: "({role})"
dimensions:
  richting: [belemmerend, faciliterend]
  aard: ervaren
report_codes: [b]
min_percent_n: 10
voorbeeldmateriaal: true
suggestions: na eerste lezing
spacy: nl_core_news_sm
checked: one reason
codes:
  - id: a
    label: 12:30
    definition: |
      lang
    include: no
    exclude: [x, y]
    examples: []
    keywords:
    formerly: [oud]
    colour: "#4477aa"
    codes:
      - {id: b, label: B}
"""


def test_everything_is_read() -> None:
    """Each key is read as what the interface says it is."""
    book = parse_codebook(FULL)
    assert book.dimensions == {"richting": ("belemmerend", "faciliterend"), "aard": ("ervaren",)}
    assert book.roles == {"vdab": "VDAB-medewerker", "management": "management"}
    assert (book.language, book.approach, book.main_coder, book.min_percent_n) == ("en", "reflexief", "onderzoeker", 10)
    assert (book.voorbeeldmateriaal, book.suggestions, book.checked) == (True, "na eerste lezing", ("one reason",))
    assert book.citation == "({number}, {jaren dienst})"
    assert book.report_codes == ("b",)
    below = Code("b", "B", line=29)
    assert book.codes == (
        Code(
            id="a",
            label="12:30",
            definition="lang",
            include=("no",),
            exclude=("x", "y"),
            formerly=("oud",),
            colour="#4477aa",
            codes=(below,),
            line=18,
        ),
    )


@pytest.mark.parametrize("text", ["title: X\ncodes: []\n", "title: X\ncodes:\n", "{title: X, codes: []}"])
def test_title_and_codes_are_enough(text: str) -> None:
    """Only a title and a list of codes must be there."""
    assert parse_codebook(text) == Codebook("X")


def test_roles_may_be_a_list() -> None:
    """Roles given as a list bear their ids as labels."""
    assert parse_codebook("title: x\nroles: [b, a]\ncodes: []").roles == {"b": "b", "a": "a"}


HEAD = "title: x\ncodes: []\n"
CODE = "title: x\ncodes:\n  - id: a\n    label: A\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "'title' of the codebook is missing"),
        ("title: x\n", 1, "'codes'"),
        ("title:\ncodes: []\n", 1, "title of the codebook is empty"),
        ("- x\n", 1, "list where the codebook"),
        ("title: x\ncode: []\n", 2, "'code' is no key of the codebook. Did you mean 'codes'"),
        ("title: x\ncodes: {a: b}\n", 2, "not a list"),
        ("title: x\ncodes: [a]\n", 2, "'a' where a code"),
        (CODE + "    labels: B\n", 5, "'labels' is no key of a code"),
        ("title: x\ncodes:\n  - id: a\n", 3, "'label' of a code is missing"),
        ("title: x\ncodes:\n  - id: A b\n    label: x\n", 3, "'A b' cannot be the id"),
        ("title: x\ncodes:\n  - id: a\n    label:\n", 4, "label of code 'a' is empty"),
        (CODE + "    keywords: [x, '']\n", 5, "empty"),
        (CODE + "    keywords: {x: y}\n", 5, "mapping where one text"),
        (CODE + "    include: [a, [b]]\n", 5, "list where one text"),
        (CODE + "    definition: [a]\n", 5, "list where one text"),
        (CODE + "    colour: red\n", 5, "'red' is no colour"),
        (CODE + "    colour: #4477aa\n", 5, "no quotes"),
        (CODE + "    codes: [{id: a, label: B}]\n", 5, "second code; the first is on line 3"),
        (CODE + "    formerly: a\n", 3, "an id of today"),
        (CODE + "    formerly: b\n  - {id: c, label: C, formerly: b}\n", 6, "a former id of code 'a'"),
        (HEAD + "language: fr\n", 3, "'fr' is no value of language"),
        (HEAD + "approach: grounded\n", 3, "'grounded'"),
        (HEAD + "suggestions: ja\n", 3, "'ja'"),
        (HEAD + "voorbeeldmateriaal: yes\n", 3, "true, false"),
        (HEAD + "min_percent_n: 0\n", 3, "whole number"),
        (HEAD + "stop_words:\n - dinges\n - twee woorden\n", 5, "single word"),
        (HEAD + "stop_words: ['-']\n", 3, "single word"),
        (HEAD + "min_percent_n: 1e3\n", 3, "whole number"),
        (HEAD + "main_coder: Jan P\n", 3, "'Jan P' cannot be a coder"),
        (HEAD + "dimensions: [a]\n", 3, "names with their values"),
        (HEAD + "dimensions:\n  richting: []\n", 4, "no values"),
        (HEAD + "dimensions:\n  richting: [x, x]\n", 4, "'x' stands twice"),
        (HEAD + "dimensions: {code: [x]}\n", 3, "dimension 'code'"),
        (HEAD + "roles: {who: x}\n", 3, "role 'who'"),
        (HEAD + "dimensions: {r: x}\nroles: [r]\n", 4, "role 'r'"),
        (HEAD + "citation: '{number'\n", 3, "not well formed"),
        (HEAD + "citation: '{}'\n", 3, "not well formed"),
        (HEAD + "public: '{a.b} {c!r} {d:>3}'\n", 3, "not well formed"),
        (CODE + "    formerly: b\nreport_codes:\n  - a\n  - b\n", 8, "now called 'a'"),
        (CODE + "report_codes: [a, a]\n", 5, "twice"),
        (CODE + "report_codes: [aa]\n", 5, "'aa' in report_codes"),
    ],
)
def test_faults_have_their_line(text: str, line: int, what: str) -> None:
    """Whatever is not as it should be is named with its line and the way out."""
    with pytest.raises(CodebookError, match=what) as caught:
        parse_codebook(text)
    assert caught.value.line == line
    assert caught.value.way_out


def test_a_plural_of_no_role_is_an_error_with_its_line():
    """What stands under role_plurals belongs to a role, and is read as it stands."""
    text = "title: T\nroles: {a: begeleider}\nrole_plurals:\n  a: begeleiders\ncodes: []\n"
    assert parse_codebook(text).role_plurals == {"a": "begeleiders"}
    with pytest.raises(CodebookError, match="'b' under role_plurals") as caught:
        parse_codebook(text.replace("  a:", "  b:"))
    assert caught.value.line == 4
