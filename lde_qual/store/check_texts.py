"""What does not fit together in the text files of a study."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from lde_qual.errors import did_you_mean
from lde_qual.formats.transcript import questionable_lines
from lde_qual.model.respondent import STANDARD_ATTRIBUTES, Leidraad, Respondent
from lde_qual.model.study import Study
from lde_qual.model.transcript import Transcript
from lde_qual.store.folder import Loaded
from lde_qual.store.problem import Problem, error, warning
from lde_qual.store.text_files import CODEBOOK, LEIDRAAD, RESPONDENTS, TRANSCRIPT_TABLE, TRANSCRIPTS

_ALWAYS_CITED = ("number", "respondent")


def check_texts(loaded: Loaded) -> Iterator[Problem]:
    """Yield what a person should look at in codebook, tables, guides and transcripts."""
    study = loaded.study
    yield from _check_attributes(study)
    yield from _check_citation(study)
    for person in study.respondents.values():
        yield from _check_role(study, person)
        yield from _check_presence(study, person)
    for transcript in study.transcripts.values():
        yield from _check_transcript(study, transcript)
    yield from _check_table(loaded)
    if study.leidraad is not None:
        yield from _check_guides(study, study.leidraad)
    for file, source in loaded.texts.sources.items():
        if not source.plain and not source.assumed and file.startswith(TRANSCRIPTS):
            what = "It is not in UTF-8 with LF and composed accents (NFC); it was read as if it were."
            yield Problem("notice", file, None, what, "Offsets count in the text as it was read.")


def _check_attributes(study: Study) -> Iterator[Problem]:
    of_people, of_texts = study.respondent_attributes(), study.transcript_attributes()
    for name in study.codebook.dimensions:
        if name in {*of_people, *of_texts}:
            file = RESPONDENTS if name in of_people else TRANSCRIPT_TABLE
            what = f"'{name}' is an attribute here and a dimension in the codebook."
            yield error(file, what, "Give one of them another name.")
    for name in of_texts:
        if name in of_people and name not in STANDARD_ATTRIBUTES:
            what = f"'{name}' is an attribute of respondents and of transcripts; the respondent's counts."
            yield warning(TRANSCRIPT_TABLE, what, "Give one of them another name.")


def _check_citation(study: Study) -> Iterator[Problem]:
    known = {*_ALWAYS_CITED, *STANDARD_ATTRIBUTES, *study.respondent_attributes()}
    for key, template in (("citation", study.codebook.citation), ("public", study.codebook.public)):
        for name in dict.fromkeys(name for _, name, _, _ in Formatter().parse(template) if name):
            if name not in known:
                what = f"`{key}:` names {{{name}}}, which is no attribute of a respondent: nothing is cited there."
                yield warning(
                    CODEBOOK,
                    what,
                    did_you_mean(name, known, otherwise="Take it out, or add it to respondents.csv."),
                )


def _check_role(study: Study, person: Respondent) -> Iterator[Problem]:
    roles = study.codebook.roles
    if not person.role:
        what = f"Respondent {person.id} has no role and counts under (none)."
        yield warning(RESPONDENTS, what, "Fill in the column `role`.", line=person.line)
    elif roles and person.role not in roles:
        way_out = did_you_mean(person.role, roles, otherwise="Add it under `roles:` in codebook.yaml.")
        what = f"Role '{person.role}' of respondent {person.id} is not under `roles:` in the codebook."
        yield warning(RESPONDENTS, what, way_out, line=person.line)


def _check_presence(study: Study, person: Respondent) -> Iterator[Problem]:
    speaks = [name for name, transcript in study.transcripts.items() if person.id in transcript.speakers()]
    if not speaks:
        what = f"Respondent {person.id} speaks in no transcript and is in no count."
        yield warning(RESPONDENTS, what, "Import the interview, or take the row out.", line=person.line)
    for name in person.transcripts:
        if name not in study.transcripts:
            what = f"Transcript '{name}' of respondent {person.id} is not in the study."
            yield warning(RESPONDENTS, what, "Import it, or take the name out.", line=person.line)
        elif speaks and name not in speaks:
            what = f"Respondent {person.id} is said to speak in '{name}', and no label there is theirs."
            yield warning(
                RESPONDENTS, what, "What the labels say counts; correct the one that is wrong.", line=person.line
            )
    for name in speaks:
        if person.transcripts and name not in person.transcripts:
            what = f"Respondent {person.id} speaks in '{name}', which their row does not name."
            yield warning(RESPONDENTS, what, "What the labels say counts; add the name to the row.", line=person.line)


def _check_transcript(study: Study, transcript: Transcript) -> Iterator[Problem]:
    file = f"{TRANSCRIPTS}/{transcript.name}.txt"
    for line, odd in questionable_lines(transcript, respondents=study.respondents):
        yield warning(file, odd, "Write 'LABEL: ' at the start of the line, or put a space before it.", line=line)
    if transcript.has_respondents and not transcript.speakers():
        yield warning(file, "No respondent speaks in this transcript.", "Give its turns labels, or its `kind`.")


def _check_table(loaded: Loaded) -> Iterator[Problem]:
    for name, row in loaded.table.items():
        transcript = loaded.study.transcripts.get(name)
        if transcript is None:
            what = f"Transcript '{name}' is not in the study."
            yield warning(TRANSCRIPT_TABLE, what, "Import it, or take the row out.")
            continue
        for key, value in row.items():
            said = transcript.attributes.get(key, "")
            if value and said != value:
                what = f"'{name}' has {key} '{value}' here and '{said}' in its front matter, which counts."
                yield warning(TRANSCRIPT_TABLE, what, "Say it in one of the two places.")


def _check_guides(study: Study, leidraad: Leidraad) -> Iterator[Problem]:
    guides, questions = {guide.id for guide in leidraad.guides}, leidraad.by_id()
    for question in questions.values():
        for code in question.codes:
            if study.codebook.today(code) is None:
                way_out = did_you_mean(code, study.codebook.ids(), otherwise="Add the code, or take it out here.")
                what = f"Question {question.id} is about code '{code}', which is not in the codebook."
                yield warning(LEIDRAAD, what, way_out, line=question.line)
    for guide in leidraad.guides:
        for role in guide.roles:
            if study.codebook.roles and role not in study.codebook.roles:
                way_out = did_you_mean(role, study.codebook.roles, otherwise="Add it under `roles:`.")
                yield warning(LEIDRAAD, f"Guide '{guide.id}' was put to role '{role}', which is not known.", way_out)
    for transcript in study.countable():
        yield from _check_questions(transcript, guides, set(questions))


def _check_questions(transcript: Transcript, guides: set[str], questions: set[str]) -> Iterator[Problem]:
    file = f"{TRANSCRIPTS}/{transcript.name}.txt"
    guide = transcript.attributes.get("guide", "")
    if guide and guide not in guides:
        way_out = did_you_mean(guide, guides, otherwise=f"Add it to {LEIDRAAD}.")
        yield warning(file, f"Guide '{guide}' is not in {LEIDRAAD}.", way_out)
    if not transcript.tells_asked:
        what = "No turn of the interviewer bears a question's id: nobody counts as asked here."
        yield warning(file, what, "Write the id behind the label: 'I [V1]: …'.")
    for turn in transcript.turns:
        for identifier in turn.questions:
            if identifier not in questions:
                way_out = did_you_mean(identifier, questions, otherwise=f"Add the question to {LEIDRAAD}.")
                what = f"Question {identifier} is not in {LEIDRAAD}."
                yield warning(file, what, way_out, line=transcript.line_of(turn.span.start))
