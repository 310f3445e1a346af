"""Times, ids and salts of operations; clock and chance can be put in from outside."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from lde_qual.formats.journal import milliseconds_of, uuid7


def milliseconds_now() -> int:
    """Return the milliseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1_000_000


@dataclass
class Stamps:
    """Makes what every new line needs.

    Attributes
    ----------
    clock : callable
        Returns milliseconds since 1970-01-01 UTC.
    random : callable
        Returns as many random bytes as it is asked for.
    """

    clock: Callable[[], int] = milliseconds_now
    random: Callable[[int], bytes] = os.urandom
    _last: int = field(default=0, repr=False)

    def identifier(self, *, after: str = "") -> str:
        """Return a new id, later than every one made before and than `after`, whatever the clock says.

        A clock that went back gives the next millisecond, never the same one counted
        on: two copies of a study would then make the same ids.
        """
        self._last = max(self.clock(), self._last + 1, milliseconds_of(after) + 1)
        return uuid7(self._last, self.random(10))

    def salt(self) -> str:
        """Return 16 random bytes in hexadecimal."""
        return self.random(16).hex()

    def now(self) -> str:
        """Return the time, ISO 8601 in UTC, to the millisecond."""
        seconds, milliseconds = divmod(self.clock(), 1000)
        return f"{_to_the_second(seconds)}.{milliseconds:03d}Z"


@lru_cache(maxsize=8)
def _to_the_second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
