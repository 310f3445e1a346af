"""Python's collector of cycles, held while many objects are made that hold none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_collector() -> Iterator[None]:
    """Keep the collector from running within the block.

    Reading a large study makes millions of small objects that all stay. The collector
    would walk over them again and again and find nothing, for a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
