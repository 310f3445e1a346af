"""Python's collector of cycles, held while many objects are made that hold none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 1_000_000
"""Objects made in one go from which they are set apart from what the collector walks over later."""


@contextmanager
def held_collector() -> Iterator[None]:
    """Keep the collector from running within the block.

    Reading a large study makes millions of small objects that all stay. The collector
    would walk over them again and again and find nothing, for a quarter of the time.
    Where very many were made it would go on doing so after the block, so that all that
    is there by then is frozen: it goes as soon as nothing holds it, save what is in a cycle.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _MANY:
                gc.freeze()
            gc.enable()
