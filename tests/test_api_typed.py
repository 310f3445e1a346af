"""Arguments of another kind than a public function takes are errors of ours, that name the argument."""

from __future__ import annotations

import datetime as dt
import inspect
import pickle
from pathlib import Path
from typing import get_type_hints

import numpy as np
import pandas as pd
import pytest

import lde_qual as lq

EXAMPLE = Path(__file__).parent.parent / "docs" / "example-study"
FUNCTIONS = [name for name in lq.__all__ if inspect.isfunction(getattr(lq, name))]


@pytest.fixture(scope="module")
def study() -> lq.Study:
    return lq.open_study(EXAMPLE)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda study: lq.frequency(study, by=3), "by is 3, which is not a text or a list of texts."),
        (lambda study: lq.frequency(study, by=["role", 3]), "by is ['role', 3], which is not a text or a list"),
        (lambda study: lq.frequency(study, level="2"), "level is '2', which is not a whole number."),
        (lambda study: lq.frequency(study, level=1.5), "level is 1.5, which is not a whole number."),
        (lambda study: lq.frequency(study, aggregate="false"), "aggregate is 'false', which is not True or False."),
        (lambda study: lq.agreement(study, seed=None), "seed is None, which is not a whole number."),
        (lambda study: lq.saturation(study, guest=True, threshold="x"), "threshold is 'x', which is not a number."),
        (lambda study: lq.query(study, 3), "is 3, which is not a text."),
        (lambda study: lq.diff(study, dt.date(2024, 3, 9)), "from_ is datetime.date(2024, 3, 9), which is"),
        (lambda study: lq.settle(study, 3), "is 3, which is not a text or a path or a DataFrame."),
        (lambda study: lq.likeness(study, plot=3), "plot is 3, which is not a text or a path."),
        (lambda _: lq.frequency("."), "study is '.', which is not what `lq.open_study` returns."),
        (lambda _: lq.open_study(3), "path is 3, which is not a text or a path."),
        (lambda study: study.codings(level="2"), "level is '2', which is not a whole number."),
        (lambda study: study.code(transcript="gesprek-2", start=27, end=36, code="tijd", coder=3), "coder is 3"),
    ],
)
def test_the_argument_is_named(study, call, said):
    """The error says which argument it is, its value and what to give instead."""
    with pytest.raises(lq.LdeQualError) as caught:
        call(study)
    assert said in str(caught.value)
    assert "Give " in str(caught.value)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_whatever_is_no_argument_is_refused(study, name):
    """No public function takes an object of no kind for any argument, or fails on one with an error of Python's."""
    function = getattr(lq, name)
    known = {found.name: found for found in inspect.signature(function).parameters.values() if found.kind < 4}
    some = {"study": study, "opened": study, "start": 1, "end": 1}
    needed = {each: some.get(each, "x") for each, found in known.items() if found.default is found.empty}
    for each in known:
        given = {**needed, each: object()}
        alone = [given.pop(found.name) for found in known.values() if found.kind == found.POSITIONAL_ONLY]
        with pytest.raises(lq.LdeQualError, match=f"^{each} is <object object at"):
            function(*alone, **given)


def test_what_tables_hold_is_taken(study):
    """Whole numbers and lists of pandas and numpy, iterators and yes or no as a number serve as Python's own do."""
    plain = lq.frequency(study, codes=["tijd", "gesprek"], level=None)
    for codes in (pd.Series(["tijd", "gesprek"]), np.array(["tijd", "gesprek"]), iter(["tijd", "gesprek"])):
        pd.testing.assert_frame_equal(lq.frequency(study, codes=codes), plain)
    level = lq.frequency(study, level=2)
    pd.testing.assert_frame_equal(lq.frequency(study, level=np.int64(2), aggregate=np.bool_(True)), level)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_checked_function_is_the_function(name):
    """Help, annotations and pickling are those of the function itself, and it is the same one each time."""
    function = getattr(lq, name)
    assert function is getattr(lq, name)
    assert function.__doc__
    assert get_type_hints(function) == get_type_hints(inspect.unwrap(function))
    assert pickle.loads(pickle.dumps(function)) is function


def test_python_says_which_argument_is_unknown(study):
    """An unknown keyword is the error that Python gives."""
    with pytest.raises(TypeError, match="'rol'"):
        lq.frequency(study, rol="x")
