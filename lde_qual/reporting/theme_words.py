"""The sentences about themes, and about the passages behind a cell, in Dutch and English."""

from __future__ import annotations

THEME_WORDS: dict[str, tuple[str, str]] = {
    "section.themes": ("Thema's", "Themes"),
    "lead.themes": (
        (
            "Elk thema is een bewering van de onderzoeker. De tabel telt waar ze op steunt: respondenten bij wie het "
            "minstens één keer voorkomt, n van N in elke groep. Aantallen tonen spreiding, geen gewicht."
        ),
        (
            "Each theme is a claim of the researcher. The table counts what it rests on: respondents with whom it "
            "occurs at least once, n of N in each group. Counts show how far something is spread, not its weight."
        ),
    ),
    "theme.rests_on": ("Steunt op", "Rests on"),
    "theme.together": ("minstens één hiervan", "at least one of these"),
    "theme.contrary": ("Spreekt tegen", "Speaks against"),
    "theme.otherwise": ("met een andere {dimension} dan: {words}", "with another {dimension} than: {words}"),
    "theme.both": ("wie ook de bewering steunt", "who also supports the claim"),
    "theme.for": ("Citaten voor", "Quotes for"),
    "theme.against": ("Citaten tegen", "Quotes against"),
    "theme.negative": ("Negatieve gevallen", "Negative cases"),
    "theme.negative_lead": (
        (
            "{n} van {N} respondenten zeggen iets wat de bewering tegenspreekt: {who}. Hieronder een passage van elk, "
            "behalve van wie al bij de citaten tegen staat."
        ),
        (
            "{n} of {N} respondents say something that speaks against the claim: {who}. Below stands a passage of "
            "each, but for those who stand among the quotes against."
        ),
    ),
    "theme.negative_none": (
        "Niemand zegt iets wat de bewering volgens deze codes tegenspreekt.",
        "Nobody says anything that, by these codes, speaks against the claim.",
    ),
    "theme.negative_unknown": (
        "Niet bepaald: het thema zegt niet wat het zou tegenspreken (contrary in themas.yaml).",
        "Not determined: the theme does not say what would speak against it (contrary in themas.yaml).",
    ),
    "theme.memo": ("Memo", "Memo"),
    "behind.lead": (
        "Een klik (of Enter) op een getal met een stippellijn of op een cel van een figuur toont de fragmenten.",
        "A click (or Enter) on a number with a dotted line, or on a cell of a figure, shows the segments behind it.",
    ),
    "behind.too_much": (
        "De fragmenten achter de getallen zijn samen te lang voor deze pagina; ze staan in tables/codings.csv.",
        "The segments behind the numbers are together too long for this page; they stand in tables/codings.csv.",
    ),
    "behind.one": ("1 fragment", "1 segment"),
    "behind.many": ("{n} fragmenten", "{n} segments"),
    "behind.flag": ("minder dan drie respondenten delen dit label", "fewer than three respondents share this label"),
    "behind.place": ("{transcript}, spreekbeurt {turn}", "{transcript}, turn {turn}"),
    "behind.close": ("Sluiten", "Close"),
    "query.not": ("niet {part}", "not {part}"),
    "query.and": (" + ", " + "),
    "query.or": (" / ", " / "),
    "query.near": ("{left} binnen {k} spreekbeurten van {right}", "{left} within {k} turns of {right}"),
    "query.words": ("“{term}”", "“{term}”"),
    "query.lemma": ("vormen van “{term}”", "forms of “{term}”"),
    "query.without": ("zonder {of}", "without {of}"),
    "table.themes": ("Thema's", "Themes"),
    "table.framework": ("Frameworkmatrix", "Framework matrix"),
    "caption.framework": (
        (
            "Respondent tegenover factor: de memo's van de codeur bij wat deze respondent erover zegt, anders citaten; "
            "(+3) zegt hoeveel er niet staan. Een lege cel: niets gecodeerd."
        ),
        (
            "Respondent by factor: the coder's memos at what this respondent says of it, else quotes; (+3) says how "
            "many are left out. An empty cell: nothing is coded."
        ),
    ),
    "caption.themes": (
        "Waar elke bewering op steunt, en wat ze tegenspreekt: n respondenten van N, per groep.",
        "What each claim rests on, and what speaks against it: n respondents of N, by group.",
    ),
    "value.rests_on": ("steunt op", "rests on"),
    "value.together": ("minstens één hiervan", "at least one of these"),
    "value.contrary": ("spreekt tegen", "speaks against"),
    "value.otherwise": ("met een andere waarde", "with another value"),
    "value.both": ("wie ook de bewering steunt", "who also supports the claim"),
}
