"""The words of the Word document: its parts, its captions, and the checklist for reports of qualitative research."""

from __future__ import annotations

DOCUMENT_WORDS: dict[str, tuple[str, str]] = {
    "docx.table": ("Tabel", "Table"),
    "docx.figure": ("Figuur", "Figure"),
    "docx.fill_in": ("[aan te vullen]", "[to be filled in]"),
    "docx.foot": (
        "{unit}; N in de koppen; codeur: {coder}. Aantallen tonen spreiding, geen gewicht.",
        "{unit}; N in the heads; coder: {coder}. Counts show spread, not weight.",
    ),
    "chapter.no_role": ("zonder rol", "without a role"),
    "chapter.n_of_N": ("{n} van de {N}", "{n} of the {N}"),
    "docx.perceived": (
        "Wat hieronder staat, zijn ervaren belemmerende en faciliterende factoren, geen aangetoonde oorzaken.",
        "What stands below are hindering and facilitating factors as perceived, not proven causes.",
    ),
    "docx.data": (
        (
            "{respondents} respondenten spraken in {interviews} interviews ({words} woorden). {codings} fragmenten "
            "zijn gecodeerd met {codes} codes; {accepted} daarvan zijn overgenomen van een voorstel van de software."
        ),
        (
            "{respondents} respondents spoke in {interviews} interviews ({words} words). {codings} passages were coded "
            "with {codes} codes; {accepted} of these were taken over from a suggestion of the software."
        ),
    ),
    "docx.software": ("Gecodeerd en geteld met lde-qual {version}.", "Coded and counted with lde-qual {version}."),
    "docx.quotes": ("Citatenlijst", "List of quotes"),
    "docx.coreq": ("COREQ: 32 punten", "COREQ: 32 items"),
    "docx.coreq_lead": (
        (
            "Naar de Consolidated Criteria for Reporting Qualitative Research (Tong, Sainsbury en Craig, 2007). "
            "Ingevuld is wat uit de map blijkt; de rest kan alleen de onderzoeker weten."
        ),
        (
            "After the Consolidated Criteria for Reporting Qualitative Research (Tong, Sainsbury and Craig, 2007). "
            "Filled in is what the folder shows; the rest only the researcher can know."
        ),
    ),
    "export.text": ("Transcript", "Transcript"),
    "export.lead": (
        (
            "{n} coderingen en kanttekeningen van {coders}, elk als opmerking bij de passage: de code, waar die in de "
            "codeboom hangt, en de memo. De schrijver is de codeur, de datum die van de codering (UTC)."
        ),
        (
            "{n} codings and notes by {coders}, each a comment at its passage: the code, where it hangs in the code "
            "tree, and the memo. The author is the coder, the date that of the coding (UTC)."
        ),
    ),
    "export.note": ("Kanttekening", "Note"),
    "export.unknown": ("{code} (staat niet in het codeboek)", "{code} (not in the codebook)"),
    "export.typerend": ("gemarkeerd als typerend", "marked as typical"),
    "export.tegenstem": ("gemarkeerd als tegenstem", "marked as a counter-voice"),
    "export.accepted": ("overgenomen van een voorstel van de software", "taken over from a suggestion of the software"),
    "export.content": ("Memo", "Memo"),
    "export.method": ("Memo over de methode", "Memo on the method"),
    "export.reflection": ("Reflectie", "Reflection"),
    "export.lost": ("Nog te bekijken", "To be looked at"),
    "export.lost_lead": (
        "De passage van deze coderingen staat zo niet meer in de tekst.",
        "The passage of these codings is no longer in the text as it was.",
    ),
    "definition": ("omschrijving", "definition"),
    "docx.item": ("punt", "item"),
    "docx.answer": ("in deze studie", "in this study"),
    "coreq.sample": (
        "{respondents} respondenten in {interviews} interviews",
        "{respondents} respondents in {interviews} interviews",
    ),
    "coreq.guide": (
        "{questions} vragen in leidraad.yaml; in {told} van {all} transcripten staat welke gesteld zijn",
        "{questions} questions in leidraad.yaml; {told} of {all} transcripts show which were put",
    ),
    "coreq.groups": ("zie de tabel met respondentengroepen", "see the table of respondent groups"),
    "coreq.notes": ("{n} veldnota's in de map", "{n} field notes in the folder"),
    "coreq.duration": (
        "{low} tot {high} minuten, in {n} van {all} interviews opgetekend",
        "{low} to {high} minutes, noted for {n} of {all} interviews",
    ),
    "coreq.coders": ("{n}: {names}", "{n}: {names}"),
    "coreq.tree": (
        "{codes} codes op {levels} niveaus; zie het codeboek",
        "{codes} codes on {levels} levels; see the codebook",
    ),
    "coreq.software": ("lde-qual {version}", "lde-qual {version}"),
    "coreq.quotes": (
        "ja, met nummer van de respondent; zie de citatenlijst",
        "yes, with the respondent's number; see the list of quotes",
    ),
    "coreq.saturation": (
        "zie de opdracht lde-qual saturation; de software spreekt zich niet uit",
        "see the command lde-qual saturation; the software passes no judgement",
    ),
    "coreq.themes": (
        "{n}, elk met een bewering en wie die draagt: zie Thema's",
        "{n}, each with a claim and who carries it: see Themes",
    ),
    "coreq.negative": (
        "negatieve gevallen staan bij {n} van {all} thema's",
        "negative cases stand with {n} of {all} themes",
    ),
}

COREQ: tuple[tuple[str, str], ...] = (
    ("Wie de interviews afnam", "Who did the interviews"),
    ("Diploma's en titels van de onderzoeker", "The researcher's credentials"),
    ("Beroep op het moment van het onderzoek", "Occupation at the time of the study"),
    ("Geslacht van de onderzoeker", "The researcher's gender"),
    ("Ervaring en opleiding", "Experience and training"),
    ("Band met de deelnemers vooraf", "Relationship with the participants beforehand"),
    ("Wat de deelnemers van de onderzoeker wisten", "What participants knew of the researcher"),
    ("Kenmerken van de interviewer die meespelen", "Characteristics of the interviewer that matter"),
    ("Methodologische oriëntatie", "Methodological orientation"),
    ("Hoe de deelnemers gekozen zijn", "How participants were chosen"),
    ("Hoe ze benaderd zijn", "How they were approached"),
    ("Aantal deelnemers", "Number of participants"),
    ("Wie weigerde of afhaakte, en waarom", "Who refused or dropped out, and why"),
    ("Plaats van de gesprekken", "Place of the interviews"),
    ("Wie er nog bij was", "Who else was present"),
    ("Beschrijving van de deelnemers", "Description of the participants"),
    ("Leidraad en of ze uitgeprobeerd is", "Interview guide, and whether it was tried out"),
    ("Herhaalde interviews", "Repeat interviews"),
    ("Opname", "Recording"),
    ("Veldnota's", "Field notes"),
    ("Duur", "Duration"),
    ("Verzadiging", "Saturation"),
    ("Transcripten teruggegeven aan deelnemers", "Transcripts returned to participants"),
    ("Aantal codeurs", "Number of coders"),
    ("Codeboom", "Coding tree"),
    ("Herkomst van de thema's", "Where the themes come from"),
    ("Software", "Software"),
    ("Bevindingen voorgelegd aan deelnemers", "Findings put to participants"),
    ("Citaten met vermelding van de deelnemer", "Quotes that identify the participant by number"),
    ("Overeenkomst tussen gegevens en bevindingen", "Consistency of data and findings"),
    ("Hoofdthema's duidelijk", "Major themes clear"),
    ("Neventhema's en afwijkende gevallen", "Minor themes and diverse cases"),
)
"""The topics of the 32 items, in our words and in their order."""
