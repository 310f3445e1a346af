"""Where one coder's codings stand, as the page is told; worked out anew for those alone that changed."""

from __future__ import annotations

from lde_qual.api.study import OpenStudy
from lde_qual.model.coding import Coding
from lde_qual.workbench import payloads
from lde_qual.workbench.payloads import Json


class Standing:
    """A coder's codings that count, by id, in step with the study.

    Where a coding stands follows from the coding itself and from codebook, transcripts and
    corrections. The fold replaces what it changes and never writes into it, so that a coding
    that is the same object stands where it stood, as long as the other three are the same.
    """

    def __init__(self, study: OpenStudy, coder: str) -> None:
        self._study = study
        self._coder = coder
        self._grounds: tuple[object, ...] = ()
        self._known: dict[str, tuple[Coding, Json | None]] = {}

    def now(self) -> dict[str, Json]:
        """Return the codings as `payloads.coding` gives them, in order of making."""
        model = self._study.model
        grounds = (model.codebook, dict(model.transcripts), model.edits())
        known = self._known if _same(self._grounds, grounds) else {}
        codings = model.state(self._coder).codings
        changed = [each for name, each in codings.items() if name not in known or known[name][0] is not each]
        fresh = {
            each.coding.id: (each.coding, payloads.coding(each) if each.counts else None)
            for each in model.standing(changed)
        }
        self._grounds = grounds
        self._known = {name: fresh.get(name) or known[name] for name in codings}
        return {name: shown for name, (_, shown) in self._known.items() if shown is not None}


def _same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    return bool(before) and before[0] is now[0] and before[1:] == now[1:]
