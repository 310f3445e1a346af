"""How a quote is signed, and whether the signature gives a person away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lde_qual.model.respondent import Respondent
from lde_qual.model.study import Study
from lde_qual.model.transcript import INTERVIEWER

PLACEHOLDER = re.compile(r"\{(\w+)\}")
SAFE = 3
"""A label that fewer respondents share is flagged: it may identify someone."""

_NAMES_A_PERSON = frozenset({"number", "respondent"})


def cite(study: Study, respondents: Iterable[str], *, public: bool = False) -> str:
    """Return the signature of a quote: the codebook's template filled in for each respondent.

    Parameters
    ----------
    respondents : iterable of str
        Who speaks in it, in order.
    public : bool
        Use the coarser form.
    """
    return "; ".join(_filled(study, respondent, public=public) for respondent in respondents)


def sharing(study: Study, respondent: str, *, public: bool = False) -> int:
    """Return how many respondents of the study bear the same label, number and id left out."""
    label = _filled(study, respondent, public=public, person=False)
    return sum(_filled(study, other, public=public, person=False) == label for other in study.respondents)


def is_unique(study: Study, respondents: Iterable[str], *, public: bool = False) -> bool:
    """Tell whether fewer than `SAFE` respondents share the label of any of these."""
    return any(
        sharing(study, respondent, public=public) < SAFE for respondent in respondents if respondent != INTERVIEWER
    )


class Signatures:
    """Signatures of quotes, each worked out once: few say many quotes, and a label is looked for among all respondents.

    Parameters
    ----------
    study : Study
    public : bool
        Use the coarser form.
    """

    def __init__(self, study: Study, *, public: bool = False) -> None:
        self._study, self._public = study, public
        self._known: dict[tuple[str, ...], tuple[str, bool]] = {}

    def of(self, respondents: Iterable[str]) -> tuple[str, bool]:
        """Return what `cite` and `is_unique` say of who speaks."""
        who = tuple(respondents)
        if who not in self._known:
            unique = is_unique(self._study, who, public=self._public)
            self._known[who] = (cite(self._study, who, public=self._public), unique)
        return self._known[who]


def _filled(study: Study, respondent: str, *, public: bool, person: bool = True) -> str:
    if respondent == INTERVIEWER:
        return "(Interviewer)"
    who = study.respondents.get(respondent) or Respondent(respondent)
    role = study.codebook.role_label(who.role)
    values = dict(who.attributes) | {
        "role": role,
        "function": who.function or role,
        "organisation": who.organisation,
        "number": who.number if person else "",
        "respondent": who.id if person else "",
    }
    template = study.codebook.public if public else study.codebook.citation
    filled = PLACEHOLDER.sub(lambda match: values.get(match.group(1), ""), template)
    return _tidy(filled)


def _tidy(label: str) -> str:
    """Return a label without the blanks and commas around what was empty."""
    label = re.sub(r"\s+([),;.])", r"\1", re.sub(r"\s{2,}", " ", label))
    label = re.sub(r"[,;]\s*(?=[,;)])", "", label)
    return re.sub(r"\(\s*[,;]?\s*", "(", label).strip()
