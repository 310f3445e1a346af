"""Words that may break: nothing is seen of it but where a line ends."""

from __future__ import annotations

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from lde_qual.reporting.hyphens import SOFT, breakable
from lde_qual.reporting.word_parts import add_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("werkvloerbegeleider", "werk-vloer-be-ge-lei-der"),
        ("Competentieversterkend traject", "Com-pe-ten-tie-ver-ster-kend tra-ject"),
        ("VDAB-medewerker (N = 4)", "VDAB-me-de-wer-ker (N = 4)"),
        ("niet bevraagd", "niet be-vraagd"),
        ("8 van 16", "8 van 16"),
        ("R21, R22, R23", "R21, R22, R23"),
        ("", ""),
    ],
)
def test_long_words_break_between_syllables(text, expected):
    """A long word breaks between syllables, parts joined by a hyphen apart; short words and numbers stay."""
    assert breakable(text, lang="nl").replace(SOFT, "-") == expected


@given(st.text(max_size=60).filter(lambda text: SOFT not in text), st.sampled_from(["nl", "en"]))
def test_no_letter_is_changed(text, lang):
    """Without its soft hyphens the text is what it was."""
    assert breakable(text, lang=lang).replace(SOFT, "") == text


def test_word_gets_an_element_of_its_own():
    """What is read back from a Word document is the text, and Word knows where it may break."""
    run = Document().add_paragraph().add_run()
    add_text(run, breakable("werkvloerbegeleider", lang="nl"))
    assert run.text == "werkvloerbegeleider"
    assert run._r.xml.count("w:softHyphen") == 5
