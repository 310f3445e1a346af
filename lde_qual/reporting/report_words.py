"""The sentences of the report, in Dutch and English."""

from __future__ import annotations

from lde_qual.figures.words import FIGURE_WORDS, LANGUAGES
from lde_qual.reporting.document_words import DOCUMENT_WORDS
from lde_qual.reporting.exploring_words import EXPLORING_WORDS
from lde_qual.reporting.method_words import METHOD_WORDS
from lde_qual.reporting.theme_words import THEME_WORDS

_PAGE_WORDS: dict[str, tuple[str, str]] = {
    "report": ("Rapport", "Report"),
    "skip": ("Naar de inhoud", "Skip to the content"),
    "contents": ("Inhoud", "Contents"),
    "read_me": ("Leeswijzer", "Read me"),
    "coder": ("codeur", "coder"),
    "no_coder": ("nog niemand", "nobody yet"),
    "coded": ("{coded} van {all} transcripten gecodeerd", "{coded} of {all} transcripts coded"),
    "coded_by": ("door {coder}", "by {coder}"),
    "public_form": ("bronvermelding in de grove vorm", "citations in the coarser form"),
    "notices": ("Let op", "Please note"),
    "notice_uncoded": (
        (
            "{coded} van {all} transcripten zijn gecodeerd; N telt iedereen in de studie. Niet gecodeerd is iets "
            "anders dan: de code komt niet voor."
        ),
        (
            "{coded} of {all} transcripts are coded; N counts everyone in the study. Not coded is not the same as: "
            "the code does not occur."
        ),
    ),
    "notice_look_one": (
        "1 codering is nog te bekijken en staat in geen enkele telling; `lde-qual check` noemt ze.",
        "1 coding needs a look and is in no count; `lde-qual check` lists it.",
    ),
    "notice_look": (
        "{count} coderingen zijn nog te bekijken en staan in geen enkele telling; `lde-qual check` noemt ze.",
        "{count} codings need a look and are in no count; `lde-qual check` lists them.",
    ),
    "notice_no_transcripts": (
        "De map bevat nog geen transcript waarin respondenten spreken: elke N is 0.",
        "The folder holds no transcript yet in which respondents speak: every N is 0.",
    ),
    "notice_no_codings": ("Er is nog niets gecodeerd: elke telling is 0.", "Nothing is coded yet: every count is 0."),
    "section.respondents": ("Wie er sprak", "Who spoke"),
    "section.overview": ("Overzicht van factoren", "Overview of factors"),
    "section.codes": ("Codes per respondentengroep", "Codes by respondent group"),
    "section.cooccurrence": ("Samen voorkomen van codes", "Codes that occur together"),
    "section.quotes": ("Citaten per code", "Quotes by code"),
    "section.method": ("Verantwoording", "Method"),
    "section.codebook": ("Codeboek", "Codebook"),
    "respondents": ("respondenten", "respondents"),
    "segments": ("fragmenten", "segments"),
    "turns": ("spreekbeurten", "turns"),
    "words": ("woorden", "words"),
    "transcripts": ("transcripten", "transcripts"),
    "interviews": ("interviews", "interviews"),
    "role": ("respondentengroep", "respondent group"),
    "code": ("code", "code"),
    "quote": ("citaat", "quote"),
    "counter": ("tegenstem", "counter-voice"),
    "proposed": ("voorstel", "proposed"),
    "typical": ("typerend", "typical"),
    "together": ("samen", "together"),
    "asked": ("bevraagd: {n}", "asked: {n}"),
    "asked_at_least": ("minstens {n} bevraagd", "at least {n} asked"),
    "asked_head": ("bevraagd", "asked"),
    "in_interviews": ("in {n} interviews", "in {n} interviews"),
    "in_interview": ("in 1 interview", "in 1 interview"),
    "no_value": ("zonder {dimension}", "without {dimension}"),
    "no_factors": ("Er zijn nog geen factoren om te tonen.", "There are no factors to show yet."),
    "no_quotes": ("Er zijn nog geen citaten.", "There are no quotes yet."),
    "no_pairs": ("Geen twee codes komen in dezelfde spreekbeurt voor.", "No two codes occur in the same turn."),
    "flag": ("minder dan drie respondenten delen dit label", "fewer than three respondents share this label"),
    "flag_way_out": (
        (
            "Een bronvermelding met dit teken kan iemand herkenbaar maken. Kies voor publicatie de grove vorm "
            "(--public) of voeg functies samen."
        ),
        (
            "A citation with this mark may make someone recognisable. For publication choose the coarser form "
            "(--public) or join functions."
        ),
    ),
    "flag_way_out_public": (
        (
            "Een bronvermelding met dit teken kan ook in de grove vorm iemand herkenbaar maken. Voeg rollen samen of "
            "laat het citaat weg."
        ),
        (
            "A citation with this mark may make someone recognisable in the coarser form too. Join roles, or leave the "
            "quote out."
        ),
    ),
    "lead.respondents": (
        (
            "Geteld over wat respondenten zelf zeggen; de interviewer telt niet mee. Een transcript waarin twee "
            "groepen spreken, telt in beide en één keer in het totaal."
        ),
        (
            "Counted over what respondents say themselves; the interviewer is not counted. A transcript in which two "
            "groups speak counts in both and once in the total."
        ),
    ),
    "lead.overview": (
        (
            "Respondenten bij wie de factor minstens één keer gecodeerd is, n van N in elke groep. Een citaat met "
            "‘voorstel’ is door de software gekozen en nog door niemand als typerend aangeduid."
        ),
        (
            "Respondents for whom the factor is coded at least once, n of N in each group. A quote marked ‘proposed’ "
            "was chosen by the software and nobody has marked it as typical yet."
        ),
    ),
    "lead.codes": (
        (
            "Respondenten bij wie de code of een van haar subcodes voorkomt, n van N. Een respondent telt bij een "
            "hoofdcode één keer, ook met meer subcodes."
        ),
        (
            "Respondents for whom the code or one of its subcodes occurs, n of N. A respondent counts once for a "
            "parent code, also with several subcodes."
        ),
    ),
    "lead.segments": (
        (
            "Gecodeerde fragmenten per groep, en hoeveel woorden ze samen dekken. N boven een groep: alle fragmenten "
            "van die groep; boven woorden: alles wat respondenten zeggen."
        ),
        (
            "Coded segments by group, and how many words they cover together. N above a group: all segments of that "
            "group; above words: everything respondents say."
        ),
    ),
    "lead.cooccurrence": (
        (
            "Spreekbeurten van respondenten die beide codes dragen, van {n} spreekbeurten in totaal. Jaccard is het "
            "aantal spreekbeurten met beide, gedeeld door het aantal met minstens één van beide. Een code en een "
            "code erboven worden niet als paar getoond."
        ),
        (
            "Turns of respondents that carry both codes, out of {n} turns in total. Jaccard is the number of turns "
            "with both, divided by the number with at least one of the two. A code and a code above it are not shown "
            "as a pair."
        ),
    ),
    "lead.quotes": (
        (
            "Hoogstens drie citaten per code en groep: eerst wat de codeur typerend noemde, dan vlot leesbare "
            "lengte, en elke respondent één keer voor iemand opnieuw spreekt. Alle citaten staan in "
            "tables/quotes.csv."
        ),
        (
            "At most three quotes for each code and group: first what the coder marked as typical, then a readable "
            "length, and each respondent once before anyone speaks again. All quotes are in tables/quotes.csv."
        ),
    ),
    "lead.quotes_most": (
        (
            "Aantal citaten per code en groep: hoogstens {most}. Eerst wat de codeur typerend noemde, dan vlot "
            "leesbare lengte, en elke respondent één keer voor iemand opnieuw spreekt. Alle citaten staan in "
            "tables/quotes.csv."
        ),
        (
            "Quotes for each code and group: at most {most}. First what the coder marked as typical, then a readable "
            "length, and each respondent once before anyone speaks again. All quotes are in tables/quotes.csv."
        ),
    ),
    "lead.codebook": (
        "De codes met hun definitie, in de volgorde van de codeboom.",
        "The codes with their definition, in the order of the tree.",
    ),
    "top_pairs": ("Paren die het vaakst samen voorkomen", "Pairs that occur together most often"),
    "top_pairs_all": (
        "Paren met de meeste spreekbeurten onder de codes zonder subcodes ({k})",
        "Pairs with the most turns among the codes without subcodes ({k})",
    ),
    "small_group": (
        (
            "{role} (N = {n}): een groep van minder dan drie krijgt geen figuur en geen rangorde. Paren die "
            "voorkomen, in de volgorde van de codeboom:"
        ),
        (
            "{role} (N = {n}): a group of fewer than three gets no figure and no ranking. Pairs that occur, in the "
            "order of the tree:"
        ),
    ),
    "pair": ("{a} en {b}: {n} spreekbeurten", "{a} and {b}: {n} turns"),
    "pair_one": ("{a} en {b}: 1 spreekbeurt", "{a} and {b}: 1 turn"),
    "xlsx_pairs": (
        "Elk paar dat voorkomt, één keer; de csv bevat ook de nullen en beide volgordes.",
        "Each pair that occurs, once; the csv holds the zeros and both orders too.",
    ),
    "both": ("beide", "both"),
    "code_a": ("code a", "code a"),
    "code_b": ("code b", "code b"),
    "turns_a": ("met a", "with a"),
    "turns_b": ("met b", "with b"),
    "unit.turn": ("spreekbeurt", "turn"),
    "unit.overlap": ("overlappend", "overlap"),
    "unit.near": ("nabij", "near"),
    "unit.respondent": ("respondent", "respondent"),
    "unit.transcript": ("transcript", "transcript"),
    "sheet.phase": ("fase", "phase"),
    "sheet.factor": ("factor", "factor"),
    "sheet.undirected": ("{code}: zonder richting", "{code}: no direction"),
    "sheet.who": ("wie", "who"),
    "sheet.quote": ("typerend citaat", "typical quote"),
    "sheet.counter": ("tegenstem", "counter-voice"),
    "sheet.foot": (
        "Eenheid: respondenten, n van N; {sizes}; samen N = {N}. Een stip is één respondent. Wens: geen richting.",
        "Unit: respondents, n of N; {sizes}; together N = {N}. A dot is one respondent. Wish: no direction.",
    ),
    "sheet.spread": (
        "Aantallen tonen spreiding, geen gewicht. ▲: minder dan drie respondenten delen deze bronvermelding.",
        "Counts show spread, not weight. ▲: fewer than three respondents share this citation.",
    ),
    "sheet.coder": ("Codeur: {coder}; laatste codering: {date}", "Coder: {coder}; last coding: {date}"),
    "sheet.by_role": ("Overzicht per respondentengroep", "Overview by role"),
    "sheet.by": ("Overzicht per {by}", "Overview by {by}"),
    "value.human": ("mens", "human"),
    "value.accepted": ("aanvaard voorstel", "accepted proposal"),
    "value.typerend": ("typerend", "typical"),
    "value.tegenstem": ("tegenstem", "counter-voice"),
    "value.voorstel": ("voorstel", "proposed"),
    "whole_tree": ("De hele codeboom", "The whole tree"),
    "segments_words": ("Fragmenten en woorden", "Segments and words"),
    "figure": ("Figuur", "Figure"),
    "table": ("Tabel", "Table"),
    "quotes_count": ("{n} citaten", "{n} quotes"),
    "quotes_one": ("1 citaat", "1 quote"),
    "include": ("Wel", "Include"),
    "exclude": ("Niet", "Exclude"),
    "no_definition": ("Nog geen definitie.", "No definition yet."),
    "cooccurrence_of": (
        "Codes in dezelfde spreekbeurt: {group}, {turns} spreekbeurten",
        "Codes in the same turn: {group}, {turns} turns",
    ),
    "everyone_N": ("alle respondenten (N = {n})", "all respondents (N = {n})"),
    "group_N": ("{role} (N = {n})", "{role} (N = {n})"),
    "fig_code_by_role": ("Wie welke factor noemt", "Who names which factor"),
    "fig_code_by_role_tree": ("De hele codeboom per respondentengroep", "The whole tree by respondent group"),
    "made_with": ("Gemaakt met lde-qual {version}.", "Made with lde-qual {version}."),
    "coding_coder": ("Codeur", "Coder"),
    "sheet": ("werkblad", "sheet"),
    "what": ("wat", "what"),
    "counts": ("telt", "counts"),
    "truncated": (
        " … [ingekort: een cel kan niet meer bevatten; zie de csv]",
        " … [cut: a cell can hold no more; see the csv]",
    ),
    "table.overview": ("Overzicht", "Overview"),
    "table.frequency_role_respondents": ("Frequentie, respondenten", "Frequency, respondents"),
    "table.frequency_role_segments": ("Frequentie, fragmenten", "Frequency, segments"),
    "table.frequency_role_words": ("Frequentie, woorden", "Frequency, words"),
    "table.frequency_role_turns": ("Frequentie, spreekbeurten", "Frequency, turns"),
    "table.frequency_role_transcripts": ("Frequentie, transcripten", "Frequency, transcripts"),
    "table.frequency_role_dimension": ("Frequentie, {dimension}", "Frequency, {dimension}"),
    "table.matrix_respondent_code": ("Respondent × code", "Respondent × code"),
    "table.cooccurrence_turn": ("Samen, spreekbeurt", "Together, turn"),
    "table.cooccurrence_overlap": ("Samen, overlappend", "Together, overlap"),
    "table.cooccurrence_near": ("Samen, nabij", "Together, near"),
    "table.cooccurrence_respondent": ("Samen, respondent", "Together, respondent"),
    "table.cooccurrence_transcript": ("Samen, transcript", "Together, transcript"),
    "table.cooccurrence_turn_role": ("Samen, spreekbeurt per groep", "Together, turn by group"),
    "table.quotes": ("Citaten", "Quotes"),
    "table.respondents": ("Respondenten", "Respondents"),
    "table.suggestion_effect": ("Coderen met en zonder voorstellen", "Coding with and without suggestions"),
    "table.codings": ("Coderingen", "Codings"),
    "caption.overview": (
        "Factoren, hun richting en wie ze noemt: n respondenten per groep (N in de laatste kolommen).",
        "Factors, their direction and who names them: n respondents by group (N in the last columns).",
    ),
    "caption.frequency": (
        "Aantal {unit} per code (subcodes inbegrepen) en groep; N is het aantal {unit} in die groep.",
        ("Number of {unit} for each code (subcodes included) and group; N is the number of {unit} in that group."),
    ),
    "caption.frequency_segments": (
        "Aantal fragmenten per code (subcodes inbegrepen) en groep; N zijn alle fragmenten van die groep.",
        "Number of segments for each code (subcodes included) and group; N is all segments of that group.",
    ),
    "caption.matrix": (
        "Aantal fragmenten per respondent en code (subcodes inbegrepen).",
        "Number of segments for each respondent and code (subcodes included).",
    ),
    "caption.turn": ("Spreekbeurten die beide codes dragen.", "Turns that carry both codes."),
    "caption.overlap": (
        "Spreekbeurten waarin fragmenten van beide codes minstens één teken delen.",
        "Turns in which segments of both codes share at least one character.",
    ),
    "caption.near": (
        "Spreekbeurten met de ene code en de andere hoogstens één spreekbeurt verder of eerder.",
        "Turns with one code and the other at most one turn away.",
    ),
    "caption.respondent": ("Respondenten bij wie beide codes voorkomen.", "Respondents who bear both codes."),
    "caption.transcript": ("Transcripten waarin beide codes voorkomen.", "Transcripts in which both codes occur."),
    "caption.turn_role": (
        "Spreekbeurten die beide codes dragen, per respondentengroep.",
        "Turns that carry both codes, by respondent group.",
    ),
    "caption.quotes": (
        "Elk geteld fragment als citaat, met bronvermelding.",
        "Every counted segment as a quote, with its citation.",
    ),
    "caption.respondents": (
        "Een rij per respondent die spreekt: spreekbeurten, woorden en fragmenten.",
        "A row for each respondent who speaks: turns, words and segments.",
    ),
    "caption.suggestion_effect": (
        (
            "Passages blind gecodeerd, zonder en met voorstellen; hoe vaak het eerste voorstel van een model dat de "
            "respondent nooit hoorde bij de codes zit."
        ),
        (
            "Passages coded blind, without and with suggestions; how often the first choice of a model that never "
            "heard the respondent is among the codes."
        ),
    ),
    "caption.codings": (
        "Elke codering, ook wat in geen enkele telling staat.",
        "Every coding, also what is in no count.",
    ),
}

REPORT_WORDS = FIGURE_WORDS | METHOD_WORDS | DOCUMENT_WORDS | EXPLORING_WORDS | THEME_WORDS | _PAGE_WORDS


def say(name: str, lang: str, **values: object) -> str:
    """Return a sentence of the report in `lang`, its blanks filled in."""
    text = REPORT_WORDS[name][LANGUAGES.index(lang)]
    return text.format(**values) if values else text
