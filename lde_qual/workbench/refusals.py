"""What the page says in its own words and language where something is refused.

Errors are in English and speak of ids and of commands, as a terminal needs it. Whoever codes on the page meets a few
of them only, and there the way out is a key or a button; these are told apart here, by the sentence and its way out on
the line below, and worded in ``words/*.json``.
"""

from __future__ import annotations

import re

from lde_qual.errors import LdeQualError, StaleError
from lde_qual.workbench.payloads import Json

_AT = r"^At position (?P<at>\d+)"
_CASES = {
    "ask.ends": r"^The expression breaks off at position (?P<at>\d+)",
    "ask.quote": rf"{_AT} a quotation mark opens and none closes",
    "ask.there": rf"{_AT} stands '(?P<name>.+)', which cannot stand there",
    "ask.deep": rf"{_AT} more than (?P<most>\d+) parentheses are open",
    "ask.code": rf"{_AT}: Code '(?P<name>[^']+)' is not in the codebook",
    "ask.attribute": rf"{_AT}: '(?P<name>.+)' is no attribute or dimension of this study\.\nIt knows (?P<known>.+)\.",
    "ask.value": rf"{_AT}: '(?P<name>.+)' is no value of (?P<of>.+)\.\n\D+?[:'] ?(?P<known>.+?)(?:'\?|\.)$",
    "ask.word": rf"{_AT}: '(?P<name>.+)' holds no word",
    "text": r"stands at \d+-\d+, not “|is no longer the text this passage was chosen in|changed since the suggestion",
    "silent": r"holds nobody's speech",
    "bears": r"Code '(?P<code>[^']+)' bears codings \((?P<whose>.+)\)",
    "below": r"Code '(?P<code>[^']+)' has codes below it",
    "itself": r"Code '(?P<code>[^']+)' cannot stand below itself \(under '(?P<other>[^']+)'\)",
    "merge": r"Code '(?P<code>[^']+)' cannot be merged into",
    "code": r"Code '(?P<code>[^']+)' is not in the codebook",
    "coding": r"has no coding '|^Coding '.+' is .+'s, not",
    "same": r"already has a coding of this passage at this code",
    "elsewhere": r"^Coding '.+' is at '(?P<code>[^']+)' and not at '(?P<other>[^']+)'",
    "note": r"has no note '",
    "rests": r"cannot be undone: (?P<whose>.+) rest on it",
    "nothing": r"was already taken back|Nothing was taken back that could be done again|There is nothing of .+ to undo",
    "turn": r"A correction on the page stays inside one turn",
    "coded": r"has coded \d+-\d+ of '.+' as '(?P<code>[^']+)'",
    "proposal": r"' is not suggested for |There are no suggestions in '|The list holds no suggestion",
    "blind": r"is coded blind by|No suggestion for .+ is hidden from|gave this passage|has not coded this passage yet",
    "hidden": r"sees no suggestions in '|decides on no suggestion in '",
    "query": r"No passage was found that is not coded so already",
    "newer": r"The study is open for reading only",
}
_FOUND = {name: re.compile(pattern) for name, pattern in _CASES.items()}


def told(error: LdeQualError) -> Json:
    """Return which case an error is and what it is about, by id: ``{case, …}``; empty where it is none of these."""
    if isinstance(error, StaleError):
        return {"case": "stale"}
    for case, pattern in _FOUND.items():
        if found := pattern.search(f"{error.what}\n{error.way_out}"):
            about = found.groupdict()
            return {"case": case, **about, **({"whose": _whose(about["whose"])} if "whose" in about else {})}
    return {}


def _whose(listed: str) -> str:
    """Return ``20 by anna, x (code by bram)`` as ``anna (20), bram``, in no language."""
    numbered = re.findall(r"(\d+) by ([a-z0-9-]+)", listed)
    if numbered:
        return ", ".join(f"{coder} ({number})" for number, coder in numbered)
    return ", ".join(dict.fromkeys(re.findall(r"\([a-z_]+ by ([a-z0-9-]+)\)", listed)))
