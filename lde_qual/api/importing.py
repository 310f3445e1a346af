"""Interviews in: read, shown, and only then written as transcripts."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lde_qual.api.inputs import read_input
from lde_qual.api.study import OpenStudy
from lde_qual.errors import LdeQualError, RefusedError, UsageError, did_you_mean
from lde_qual.formats.interview import CANONICAL_INTERVIEWER, Draft, preview, to_transcript_text
from lde_qual.formats.interview_docx import draft_from_docx
from lde_qual.formats.interview_text import draft_from_text
from lde_qual.formats.text import decode, normalised
from lde_qual.formats.transcript import LABEL_SHAPE, is_label, parse_transcript
from lde_qual.model.respondent import Respondent
from lde_qual.model.transcript import INTERVIEWER_LABELS

_WHO = re.compile(r"(?P<id>[^=:]+?)(?:=(?P<role>[^=:]*)(?::(?P<organisation>[^=]*))?)?")


@dataclass(frozen=True, slots=True)
class _Person:
    """Who a label is: the respondent, and the label where it was named."""

    label: str
    respondent: Respondent


@dataclass(frozen=True, slots=True)
class _Interview:
    """One file, ready to be written."""

    file: Path
    name: str
    text: str
    draft: Draft
    labels: dict[str, str]


def import_(
    study: OpenStudy,
    files: str | Path | Iterable[str | Path],
    *,
    respondent: str | Iterable[str] = (),
    interviewer: str | Iterable[str] = (),
    dry_run: bool = False,
    show: Callable[[str], None] | None = None,
) -> list[str]:
    """Read interviews as people type them, show what was read, and write them as transcripts.

    Parameters
    ----------
    files : path or list of paths
        ``.txt`` or ``.docx``; a transcript is named after its file.
    respondent : str or list of str
        ``R07=role:organisation`` for the file's only label that is not the
        interviewer's (with several files: one for each, in their order), or
        ``LABEL=R07=role:organisation``. A respondent who is in ``respondents.csv``
        already may be given as ``R07`` alone.
    interviewer : str or list of str
        Labels that are the interviewer's, where that cannot be told from the file.
    dry_run : bool
        Show what was read and write nothing.
    show : callable
        Is told, a text a file, what was read: who says how much, the first turns,
        what was assumed. Without it what was assumed is given as warnings.

    Returns
    -------
    list of str
        The names of the transcripts; all of them are written, or none.

    Raises
    ------
    UsageError
        Where a label has nobody; the labels of the file are listed.
    RefusedError
        Where a transcript of that name is there already.
    """
    paths = [Path(files)] if isinstance(files, str | Path) else [Path(file) for file in files]
    interviewers = [interviewer] if isinstance(interviewer, str) else list(interviewer)
    people = [_person(study, text) for text in ([respondent] if isinstance(respondent, str) else respondent)]
    bare = [person for person in people if not person.label]
    if len(bare) > 1 and len(bare) != len(paths):
        raise UsageError(
            f"{len(bare)} respondents are named without a label, for {len(paths)} files.",
            way_out="Give one for each file in the same order, or LABEL=R07=role:organisation.",
        )
    drafts = [_draft(path) for path in paths]
    _all_met(drafts, people, interviewers)
    interviews = []
    for index, (path, draft) in enumerate(zip(paths, drafts, strict=True)):
        only = (bare[index] if len(bare) > 1 else bare[0]) if bare and (len(bare) > 1 or len(paths) == 1) else None
        named = [person for person in people if person.label]
        labels = _labels(study, path, draft, named=named, only=only, interviewers=interviewers)
        interviews.append(_interview(study, path, draft, labels, people))
    _different_names(interviews)
    unknown = _unknown_roles(study, people)
    (show or _warned)("\n\n".join([_shown(interview) for interview in interviews] + unknown))
    if not dry_run:
        _write(study, interviews, people)
    return [interview.name for interview in interviews]


def _warned(text: str) -> None:
    for line in text.split("\n"):
        if line.startswith("! "):
            warnings.warn(line.removeprefix("! "), UserWarning, stacklevel=3)


def _person(study: OpenStudy, text: str) -> _Person:
    label, _, rest = text.partition("=")
    if text.count("=") != 2 and rest.strip() not in study.model.respondents:
        label, rest = "", text
    found = _WHO.fullmatch(rest)
    if found is None or text.count("=") > 2:
        raise UsageError(
            f"'{text}' does not say who a respondent is.",
            way_out="Write R07=role:organisation or LABEL=R07=role:organisation.",
        )
    identifier = found["id"].strip()
    known = study.model.respondents.get(identifier)
    said = {name: (found[name] or "").strip() for name in ("role", "organisation")}
    if known is None and (not is_label(identifier) or identifier in INTERVIEWER_LABELS):
        raise UsageError(
            f"'{identifier}' cannot be the id of a respondent.",
            way_out=f"Use {LABEL_SHAPE}, such as R07; {', '.join(sorted(INTERVIEWER_LABELS))} are the interviewer's.",
        )
    if known is None and found["role"] is None:
        raise UsageError(
            f"Respondent '{identifier}' is not in respondents.csv yet.",
            way_out=f"Write {identifier}=role:organisation.",
        )
    for name, value in said.items():
        there = known.attributes.get(name) if known is not None else value
        if value and value != there:
            raise RefusedError(
                f"Respondent '{identifier}' has {name} '{there}' in respondents.csv, not '{value}'.",
                way_out="Change it there, or leave it out here.",
            )
    return _Person(label.strip(), known or Respondent(identifier, said))


def _draft(path: Path) -> Draft:
    data = read_input(path, way_out="Give the path of an interview.")
    try:
        if path.suffix.lower() == ".docx":
            return draft_from_docx(data)
        if path.suffix.lower() not in {".txt", ".text", ".md", ""}:
            raise UsageError(
                f"'{path.suffix}' is no format that is read.", way_out="Save the interview as .docx or .txt."
            )
        decoded = decode(data)
        draft = draft_from_text(decoded.text)
        return replace(draft, notes=(*([decoded.assumed] if decoded.assumed else []), *draft.notes))
    except LdeQualError as error:
        raise error.in_file(str(path)) from None


def _labels(
    study: OpenStudy,
    path: Path,
    draft: Draft,
    *,
    named: Sequence[_Person],
    only: _Person | None,
    interviewers: Sequence[str],
) -> dict[str, str]:
    labels = dict.fromkeys(draft.interviewers, CANONICAL_INTERVIEWER)
    labels |= {label: CANONICAL_INTERVIEWER for label in interviewers if label in draft.labels}
    labels |= {person.label: person.respondent.id for person in named if person.label in draft.labels}
    labels |= {label: label for label in draft.labels if label in study.model.respondents and label not in labels}
    left = [label for label in draft.labels if label not in labels]
    if only is not None and len(left) == 1:
        return labels | {left[0]: only.respondent.id}
    if only is not None and not left:
        raise _nowhere(path, draft, only.respondent.id, labels)
    if left:
        listed = ", ".join(f"'{label}' ({_many(draft.labels[label], 'turn')})" for label in left)
        raise UsageError(
            f"{path}: nobody is named for {listed}.",
            way_out=f'Give --respondent "{left[0]}=R07=role:organisation" for each, or --interviewer "{left[0]}".',
        )
    return labels


def _nowhere(path: Path, draft: Draft, respondent: str, labels: Mapping[str, str]) -> UsageError:
    """Say why a file has no label for a respondent who was named for it."""
    if not draft.labels:
        return UsageError(
            f"{path}: no speaker was found, so {respondent} says nothing in it.",
            way_out="Type a label and a colon before each turn, such as 'I: ' and 'R: '.",
        )
    if set(labels.values()) == {CANONICAL_INTERVIEWER}:
        listed = ", ".join(f"'{label}'" for label in labels)
        return UsageError(
            f"{path}: there is no label for {respondent}; the interviewer is {listed}.",
            way_out="Begin each turn on a line of its own with a label, or give LABEL=R07=role:organisation.",
        )
    return UsageError(f"{path}: every label has somebody already.", way_out="Leave --respondent out for this file.")


def _all_met(drafts: Sequence[Draft], people: Sequence[_Person], interviewers: Sequence[str]) -> None:
    """Refuse a label that was named and that no file has: it would be a typing error."""
    met = list(dict.fromkeys(label for draft in drafts for label in draft.labels))
    for label in (*(person.label for person in people if person.label), *interviewers):
        if label not in met:
            listed = f"The labels are {', '.join(met)}." if met else "No speaker was found."
            raise UsageError(f"No turn is labelled '{label}'.", way_out=did_you_mean(label, met, otherwise=listed))


def _interview(
    study: OpenStudy, path: Path, draft: Draft, labels: dict[str, str], people: Sequence[_Person]
) -> _Interview:
    name = normalised(path.stem)
    if name in study.model.transcripts:
        raise RefusedError(
            f"Transcript '{name}' is in the study already.", way_out="Rename the file, or remove the transcript first."
        )
    text = to_transcript_text(draft, labels=labels)
    known = {*study.model.respondents, *(person.respondent.id for person in people)}
    parse_transcript(text, name=name, respondents=known)
    return _Interview(path, name, text, draft, labels)


def _unknown_roles(study: OpenStudy, people: Sequence[_Person]) -> list[str]:
    """Say which roles the codebook does not name: they would be columns of their own."""
    roles = study.model.codebook.roles
    met = dict.fromkeys(person.respondent.role for person in people)
    strange = [role for role in met if roles and role and role not in roles]
    ways_out = [did_you_mean(role, roles, otherwise="Add it there.") for role in strange]
    return [
        f"! Role '{role}' is not under `roles:` in the codebook. {way}"
        for role, way in zip(strange, ways_out, strict=True)
    ]


def _different_names(interviews: Sequence[_Interview]) -> None:
    """Refuse two files that would become one transcript; some disks know no capitals."""
    files: dict[str, Path] = {}
    for interview in interviews:
        other = files.setdefault(interview.name.casefold(), interview.file)
        if other is not interview.file:
            raise UsageError(
                f"'{other}' and '{interview.file}' would both become transcript '{interview.name}'.",
                way_out="Rename one of them.",
            )


def _shown(interview: _Interview) -> str:
    reading = preview(interview.draft, interview.labels)
    lines = [f"{interview.file} -> transcripts/{interview.name}.txt"]
    for speaker in reading.speakers:
        says = f"{_many(speaker.turns, 'turn')}, {_many(speaker.words, 'word')}"
        lines.append(f"  {speaker.written or '(no label)'} -> {speaker.label}: {says}")
    lines += [f"  | {turn}" for turn in reading.first]
    lines += [f"! {note}" for note in ((reading.reason,) if reading.reason else ()) + reading.notes]
    return "\n".join(lines)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _write(study: OpenStudy, interviews: Sequence[_Interview], people: Sequence[_Person]) -> None:
    respondents = {**study.model.respondents}
    for person in people:
        respondents.setdefault(person.respondent.id, person.respondent)
    for interview in interviews:
        for identifier in dict.fromkeys(interview.labels.values()):
            if identifier in respondents:
                who = respondents[identifier]
                names = tuple(dict.fromkeys((*who.transcripts, interview.name)))
                respondents[identifier] = replace(who, transcripts=names)
    texts = {interview.name: interview.text for interview in interviews}
    study.store.write_interviews(texts, list(respondents.values()))
