"""The collector is held within the block and as it was after it, whatever happened there."""

from __future__ import annotations

import gc

import pytest

from lde_qual.model import collector
from lde_qual.model.collector import held_collector


def test_the_collector_is_held_and_let_go():
    """Within the block it is off, after it on; also after an error, and where blocks are nested."""
    with held_collector():
        assert not gc.isenabled()
        with held_collector():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), held_collector():
        raise KeyError
    assert gc.isenabled()


def test_one_that_was_off_stays_off():
    """Who turned it off finds it off."""
    gc.disable()
    try:
        with held_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("many", [0, 10**9])
def test_very_many_objects_are_walked_over_once_at_most(monkeypatch, many):
    """Where more objects were made in the block than `_MANY`, what is there is set apart, and else it is not."""
    monkeypatch.setattr(collector, "_MANY", many)
    gc.unfreeze()
    try:
        with held_collector():
            made = [[] for _ in range(100)]
        assert bool(gc.get_freeze_count()) == (many < len(made))
    finally:
        gc.unfreeze()
