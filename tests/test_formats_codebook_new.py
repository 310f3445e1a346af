import pytest

from lde_qual.errors import CodebookError
from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.codebook_edit import add_code
from lde_qual.formats.codebook_new import new_codebook, tree_of
from lde_qual.model.codebook import APPROACHES, LANGUAGES, Code


@pytest.mark.parametrize("approach", APPROACHES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", ["Doorstroom", "Een: titel # {met} 'alles'", "no"])
def test_a_new_codebook_reads(title: str, language: str, approach: str) -> None:
    """A new codebook says what it was asked to, has no codes, and takes one."""
    text = new_codebook(title, language=language, approach=approach)
    book = parse_codebook(text)
    assert (book.title, book.language, book.approach, book.codes) == (title, language, approach, ())
    assert parse_codebook(add_code(text, code=Code("a", "A"))).ids() == ["a"]


@pytest.mark.parametrize(
    ("title", "options"), [("", {}), ("x", {"language": "fr"}), ("x", {"approach": "grounded theory"})]
)
def test_what_cannot_be_is_refused(title: str, options: dict[str, str]) -> None:
    """An empty title, an unknown language and an unknown approach are refused."""
    with pytest.raises(CodebookError):
        new_codebook(title, language=options.get("language", "nl"), approach=options.get("approach", "codeboek"))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            "# top\ntitle: x\nmain_coder: jan  # who\nchecked:\n  - one\n  - two\n\ncodes: []\n",
            "# top\ntitle: x\n\ncodes: []\n",
        ),
        ("title: x\ncodes: []\nvoorbeeldmateriaal: true", "title: x\ncodes: []\n"),
        ("{title: x, main_coder: jan, codes: []}", "{title: x, codes: []}"),
    ],
)
def test_a_tree_leaves_the_study_behind(text: str, tree: str) -> None:
    """A tree keeps everything but what belongs to one study's data and people."""
    assert tree_of(text) == tree
