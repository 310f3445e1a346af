"""Everything in a study's folder that is wrong, or that a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lde_qual.model.study import PlacedCoding, Study
from lde_qual.store.check_texts import check_texts
from lde_qual.store.folder import Loaded
from lde_qual.store.join_files import copies
from lde_qual.store.joining import doubled
from lde_qual.store.journal_file import JournalFile
from lde_qual.store.journals import SUFFIX, Journals
from lde_qual.store.problem import Problem, error, warning

_LEVELS = ("error", "warning", "notice")
_CLOUD = re.compile(r"onedrive|dropbox|google ?drive|icloud|nextcloud", re.IGNORECASE)
_REASON = re.compile(r"\s+(?:--|–|—)\s+")
_PUT_BACK = "Put the line back from a copy of the file or from git; until then every view leaves it out."


def check(loaded: Loaded) -> list[Problem]:
    """Return all problems of a study's folder: errors first, then warnings, then notices.

    A warning that an entry of ``checked:`` in the codebook names is left out; an entry
    holds what was said, or a part of it, and may go on with a reason after a dash.
    """
    found = [*loaded.problems, *_check_journals(loaded), *_check_place(loaded)]
    if not any(problem.fatal for problem in loaded.problems):
        found += [*_check_codings(loaded.study), *check_texts(loaded)]
    found += [
        Problem("notice", file, None, what) for file, _, what in (said.partition(": ") for said in loaded.notices)
    ]
    seen = loaded.study.codebook.checked
    shown = [problem for problem in found if problem.level == "error" or not _was_checked(problem.what, seen)]
    return sorted(shown, key=lambda problem: (_LEVELS.index(problem.level), problem.file, problem.line or 0))


def _was_checked(what: str, entries: Sequence[str]) -> bool:
    bare = what.rstrip(".")
    return any(bare in entry or _REASON.split(entry)[0].rstrip(".") in what for entry in entries if entry.strip())


def _check_place(loaded: Loaded) -> Iterator[Problem]:
    cloud = next((part for part in loaded.path.absolute().parts if _CLOUD.search(part)), "")
    if cloud:
        yield warning(
            "",
            f"The study is in a cloud folder ('{cloud}'), which copies files while they are written.",
            "Let one person write at a time and wait until all is synced; `lde-qual check --join` joins copies.",
        )
    main = loaded.study.codebook.main_coder
    if main and main not in loaded.study.states and loaded.study.transcripts:
        others = f"; there are journals of {', '.join(loaded.study.states)}" if loaded.study.states else ""
        yield warning(
            "codebook.yaml",
            f"The main coder '{main}' has no journal{others}.",
            "Every count is zero until they code; see that the name is right.",
        )


def _check_journals(loaded: Loaded) -> Iterator[Problem]:
    journals = loaded.journals
    for file in journals.files.values():
        yield from _check_journal(file)
    for coder, names in copies(journals).items():
        for name in names:
            yield warning(
                f"{journals.codings.name}/{name}",
                f"It holds operations of {coder} beside '{coder}{SUFFIX}'; both count, each operation once.",
                "`lde-qual check --join` brings them into one file.",
            )
    for coder in loaded.study.states:
        yield from _check_work(journals, coder)


def _check_journal(file: JournalFile) -> Iterator[Problem]:
    for fault in file.faults:
        if fault.kind == "torn":
            way_out = (
                "The next operation of this coder sets it aside in codings/.torn; nothing was acknowledged for it."
            )
            yield warning(file.name, "The last line was not written to its end.", way_out, line=fault.line)
        elif fault.kind.startswith("unknown"):
            yield error(
                file.name, f"The line cannot be read: {fault.reason}.", "Install the latest lde-qual.", line=fault.line
            )
        else:
            yield error(file.name, f"The line is left out: {fault.reason}.", _PUT_BACK, line=fault.line)
    for line in file.breaks:
        what = "The line does not follow the one before it: a line in between is missing, or lines changed places."
        yield error(file.name, what, "Put the file back from a copy or from git.", line=line)
    for line in file.rewritten:
        what = "The line holds, but it is not as it was written: another program wrote this file."
        yield warning(file.name, what, "Leave journals to lde-qual, or put the file back from a copy.", line=line)


def _check_work(journals: Journals, coder: str) -> Iterator[Problem]:
    file = f"{journals.codings.name}/{coder}{SUFFIX}"
    for clash in journals.clashes(coder):
        yield warning(
            file,
            clash.in_words(),
            f"Look at it with `lde-qual log --coding {clash.coding}`.",
        )
    for identifier in doubled(journals.of(coder)):
        what = f"Two different operations bear the id {identifier}; one of them counts."
        yield error(file, what, "Put the files back from a copy.")
    for identifier, reason in journals.states[coder].without_effect.items():
        yield warning(file, f"Operation {identifier} has no effect: {reason}.", "Nothing needs to be done.")


def _check_codings(study: Study) -> Iterator[Problem]:
    for coder in study.states:
        seen: dict[tuple[str, int, int, str], PlacedCoding] = {}
        for placed in study.placed(coder):
            yield from _check_coding(study, coder, placed)
            where = (placed.coding.transcript, placed.span.start, placed.span.end, placed.code)
            if placed.counts and seen.setdefault(where, placed) is not placed:
                yield warning(
                    f"codings/{coder}{SUFFIX}",
                    f"Codings {seen[where].coding.id} and {placed.coding.id} are of the same passage and code "
                    f"({_described(placed)}).",
                    f"Take one of them away: `lde-qual uncode {placed.coding.id} --coder {coder}`.",
                )


def _check_coding(study: Study, coder: str, placed: PlacedCoding) -> Iterator[Problem]:
    journal, identifier = f"codings/{coder}{SUFFIX}", placed.coding.id
    uncode = f"`lde-qual uncode {identifier} --coder {coder}`"
    transcript = study.transcripts.get(placed.coding.transcript)
    if transcript is None:
        what = f"Coding {identifier} needs a look: its transcript is gone ({_described(placed)})."
        yield error(journal, what, f"Put the transcript back under that name, or {uncode}.")
    elif placed.how == "look":
        what = f"Coding {identifier} needs a look: its passage is no longer there ({_described(placed)})."
        yield error(journal, what, f"Put the text back, or code the passage anew and {uncode}.")
    elif placed.how == "moved":
        yield warning(
            f"transcripts/{transcript.name}.txt",
            f"Coding {identifier} was found again by its quote ({_described(placed)}).",
            "See that it stands where it should; `lde-qual edit` carries codings over exactly.",
            line=transcript.line_of(placed.span.start),
        )
    if not placed.known:
        what = f"Coding {identifier} bears code '{placed.code}', which is not in the codebook ({_described(placed)})."
        yield error(journal, what, f"Put the code back, name it under `formerly:` of another, or {uncode}.")


def _described(placed: PlacedCoding) -> str:
    quote = " ".join(placed.coding.anchor.quote.split())
    quote = quote if len(quote) <= 40 else f"{quote[:39]}…"
    return f"{placed.coding.transcript} {placed.span.start}-{placed.span.end}, “{quote}”"
