"""Dutch and English: the words of tables, figures and reports."""

from __future__ import annotations

LANGUAGES = ("nl", "en")

_WORDS: dict[str, tuple[str, str]] = {
    "undefined": ("n.b.", "NA"),
    "total": ("totaal", "total"),
    "none": ("(geen)", "(none)"),
    "not_asked": ("niet bevraagd", "not asked"),
}

_HEADINGS: dict[str, tuple[str, str]] = {
    "code": ("code", "code"),
    "path": ("plaats in de boom", "path"),
    "level": ("niveau", "level"),
    "label": ("label", "label"),
    "share": ("aandeel", "share"),
    "asked": ("bevraagd", "asked"),
    "interviews": ("interviews", "interviews"),
    "who": ("wie", "who"),
    "unit": ("eenheid", "unit"),
    "coder": ("codeur", "coder"),
    "aggregate": ("met subcodes", "aggregate"),
    "value": ("waarde", "value"),
    "role": ("respondentengroep", "role"),
    "organisation": ("organisatie", "organisation"),
    "function": ("functie", "function"),
    "respondent": ("respondent", "respondent"),
    "transcript": ("transcript", "transcript"),
    "quote": ("citaat", "quote"),
    "cited_as": ("bronvermelding", "cited as"),
    "quote_choice": ("keuze", "choice"),
    "counter_quote": ("tegenstem", "counter-voice"),
    "counter_cited_as": ("bron tegenstem", "counter-voice cited as"),
    "phase": ("fase", "phase"),
    "turn": ("spreekbeurt", "turn"),
    "time": ("tijd", "time"),
    "mark": ("markering", "mark"),
    "unique_label": ("herkenbaar", "unique label"),
    "coding": ("codering", "coding"),
    "start": ("begin", "start"),
    "end": ("einde", "end"),
    "words": ("woorden", "words"),
    "origin": ("herkomst", "origin"),
    "created": ("gemaakt", "created"),
    "speaker": ("spreker", "speaker"),
    "prompted": ("naar gevraagd", "prompted"),
    "suggestions_visible": ("voorstellen zichtbaar", "suggestions visible"),
    "file": ("bestand", "file"),
    "line": ("regel", "line"),
    "what": ("wat", "what"),
    "way_out": ("uitweg", "way out"),
    "kind": ("soort", "kind"),
    "about": ("over", "about"),
    "text": ("tekst", "text"),
    "at": ("wanneer", "at"),
    "in_force": ("van kracht", "in force"),
    "parent": ("bovenliggende code", "parent"),
    "definition": ("definitie", "definition"),
    "include": ("wel", "include"),
    "exclude": ("niet", "exclude"),
    "examples": ("voorbeelden", "examples"),
    "keywords": ("trefwoorden", "keywords"),
    "colour": ("kleur", "colour"),
    "p_b_given_a": ("P(b|a)", "P(b|a)"),
    "p_a_given_b": ("P(a|b)", "P(a|b)"),
    "jaccard": ("Jaccard", "Jaccard"),
    "prevalence": ("prevalentie", "prevalence"),
    "agreement": ("overeenstemming", "agreement"),
    "low": ("ondergrens", "low"),
    "high": ("bovengrens", "high"),
    "positive_agreement": ("positieve overeenstemming", "positive agreement"),
    "ac1": ("AC1", "AC1"),
    "codings": ("fragmenten", "codings"),
    "coders": ("codeurs", "coders"),
    "suggested": ("uit voorstel", "suggested"),
    "order": ("volgorde", "order"),
    "new": ("nieuw", "new"),
    "cumulative": ("samen", "cumulative"),
    "made": ("toen gemaakt", "made then"),
    "codes": ("codes", "codes"),
    "base": ("basis", "base"),
    "run": ("reeks", "run"),
    "threshold": ("drempel", "threshold"),
    "codes_in_base": ("codes in de basis", "codes in base"),
    "run_from": ("reeks van", "run from"),
    "run_to": ("reeks tot en met", "run to"),
    "new_in_run": ("nieuw in de reeks", "new in run"),
    "ratio": ("verhouding", "ratio"),
    "met_at": ("drempel bij", "threshold met at"),
    "found": ("codes in het geheel", "codes in all"),
    "near_at": ("90 % bij", "90 % at"),
}


def word(name: str, lang: str) -> str:
    """Return a word of the reports in `lang` (``nl`` or ``en``)."""
    return _WORDS[name][LANGUAGES.index(lang)]


def heading(column: str, lang: str) -> str:
    """Return the heading of a column in `lang`; a column without one keeps its name."""
    return _HEADINGS[column][LANGUAGES.index(lang)] if column in _HEADINGS else column
