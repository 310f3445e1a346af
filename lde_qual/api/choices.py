"""What goes in a report: options of the command, else what ``report.yaml`` says, else everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lde_qual.errors import FormatError, LdeQualError, UsageError, did_you_mean
from lde_qual.formats.report_choices import parse_choices
from lde_qual.model.report_choices import ReportChoices
from lde_qual.model.study import valid_coder
from lde_qual.model.theme import Written
from lde_qual.reporting.outline import PARTS
from lde_qual.store.folder import Loaded
from lde_qual.store.problem import Problem, error
from lde_qual.store.text_files import REPORT


def choices_of(loaded: Loaded, *, parts: Sequence[str] | None, **options: object) -> ReportChoices:
    """Return what goes in the report; an option that is not None goes before the file.

    Raises
    ------
    LdeQualError
        For what cannot be read, or a part that there is not, with file and line.
    """
    try:
        written = _written(loaded)
    except LdeQualError as fault:
        raise fault.in_file(REPORT) from None
    if parts is not None:
        if not parts:
            raise UsageError("--parts names no part.", way_out=f"Name some of {', '.join(PARTS)}, or leave it out.")
        _check_parts(map(Written, parts))
        written = replace(written, parts=tuple(map(Written, parts)))
    given = {name: value for name, value in options.items() if value is not None}
    return replace(written, **given)  # type: ignore[arg-type]


def choice_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield what in ``report.yaml`` stops a report."""
    try:
        _written(loaded)
    except LdeQualError as fault:
        yield error(REPORT, fault.what, fault.way_out, line=fault.line)


def _written(loaded: Loaded) -> ReportChoices:
    source = loaded.texts.sources.get(REPORT)
    if source is None:
        return ReportChoices()
    if source.fault is not None:
        raise source.fault
    found = parse_choices(source.text)
    _check_parts(found.parts)
    if found.coder:
        valid_coder(found.coder)
    return found


def _check_parts(parts: Iterable[Written]) -> None:
    seen: set[str] = set()
    for part in parts:
        if part.text not in PARTS:
            way_out = did_you_mean(part.text, PARTS, otherwise=f"There are {', '.join(PARTS)}.")
            raise FormatError(f"'{part.text}' is no part of the report.", way_out=way_out, line=part.line)
        if part.text in seen:
            raise FormatError(
                f"The part '{part.text}' is named twice.", way_out="Take one of the two out.", line=part.line
            )
        seen.add(part.text)
