"""What the report says of how was counted, in Dutch and English."""

from __future__ import annotations

METHOD_WORDS: dict[str, tuple[str, str]] = {
    "method.units": (
        (
            "Respondenten: verschillende personen met minstens één codering. Fragmenten: coderingen. Spreekbeurten, "
            "woorden, transcripten: die waarin of waarover een codering staat, elk één keer geteld. Een woord is een "
            "reeks letters of cijfers in wat iemand zegt, buiten vierkante haken."
        ),
        (
            "Respondents: different persons with at least one coding. Segments: codings. Turns, words, transcripts: "
            "those that a coding lies in or over, each counted once. A word is a run of letters or digits in what "
            "someone says, outside square brackets."
        ),
    ),
    "method.N": (
        (
            "N is wat er in de groep bestaat: respondenten die spreken, hun spreekbeurten, hun woorden. Het totaal "
            "is opnieuw geteld over alle groepen samen, nooit opgeteld. Twee mensen in één interview zijn geen twee "
            "onafhankelijke stemmen; daarom staan ook interviews vermeld."
        ),
        (
            "N is what exists in the group: respondents who speak, their turns, their words. The total is counted "
            "anew over all groups together, never summed. Two people in one interview are no two independent voices; "
            "that is why interviews are given too."
        ),
    ),
    "method.spread": (
        (
            "Aantallen tonen spreiding, geen gewicht: wat één keer gezegd wordt, kan het belangrijkste zijn. "
            "Percentages staan er alleen waar N minstens {min} is. {undefined} betekent: niet te bepalen."
        ),
        (
            "Counts show spread, not weight: what is said once may matter most. Percentages are given only where N "
            "is at least {min}. {undefined} means: undefined."
        ),
    ),
    "method.asked": (
        (
            "Een nul zegt dat niemand van de groep het noemde. Waar niemand ernaar gevraagd werd, staat "
            "‘niet bevraagd’, maar alleen voor groepen waarvan elk transcript vraagnummers draagt: zonder die nummers "
            "is dat niet geweten."
        ),
        (
            "A zero says that nobody of that group named it. Where nobody was asked about it, ‘not asked’ stands, but "
            "only for groups of which every transcript bears question ids: without those it is not known."
        ),
    ),
    "method.asked_unknown": (
        (
            "Een nul zegt dat niemand van de groep het noemde, niet dat ernaar gevraagd werd: de studie bevat geen "
            "leidraad met vraagnummers in de transcripten."
        ),
        (
            "A zero says that nobody of that group named it, not that they were asked: the study has no guide with "
            "question ids in its transcripts."
        ),
    ),
    "method.coder": (
        ("Alle tellingen gaan over de coderingen van één codeur ({coder}); coderingen van anderen tellen niet mee."),
        "All counts are of the codings of one coder ({coder}); codings of others are not counted.",
    ),
    "method.codeboek": (
        "Werkwijze: coderen met een codeboek; de definities hieronder bepalen wat bij welke code hoort.",
        "Approach: coding with a codebook; the definitions below decide what belongs to which code.",
    ),
    "method.framework": (
        ("Werkwijze: frameworkanalyse; de codes vormen het raamwerk waarin de gevallen naast elkaar gelegd worden."),
        "Approach: framework analysis; the codes are the framework in which cases are laid side by side.",
    ),
    "method.reflexief": (
        (
            "Werkwijze: reflexieve thematische analyse. Er staat geen overeenstemming tussen codeurs en geen "
            "verzadiging in dit rapport; de aantallen helpen om terug te vinden, niet om te bewijzen."
        ),
        (
            "Approach: reflexive thematic analysis. This report holds no agreement between coders and no saturation; "
            "the counts help to find things again, not to prove."
        ),
    ),
    "method.effect": (
        (
            "Coderen met en zonder voorstellen verschilt zo: {conditions}. Het eerste voorstel komt telkens van een "
            "model dat de respondent nooit hoorde; volgt iemand wat hij ziet, dan ligt het met voorstellen vaker bij "
            "de codes."
        ),
        (
            "Coding with and without suggestions differs so: {conditions}. The first choice is always that of a model "
            "that never heard the respondent; who follows what they see has it among the codes more often with "
            "suggestions."
        ),
    ),
    "effect.blind": ("blind (eerst gecodeerd, dan getoond)", "blind (coded first, then shown)"),
    "effect.without": ("zonder voorstellen", "without suggestions"),
    "effect.with": ("met voorstellen", "with suggestions"),
    "effect.row": (
        "{condition} {passages} passages, {coded} met een code, {follows} met het eerste voorstel erbij",
        "{condition} {passages} passages, {coded} with a code, {follows} with the first choice among them",
    ),
    "method.files": (
        (
            "Elk getal staat ook in de map tables (csv) en in tables.xlsx; manifest.json noemt de bestanden waaruit "
            "dit rapport gemaakt is, met hun controlegetal."
        ),
        (
            "Every number also stands in the folder tables (csv) and in tables.xlsx; manifest.json lists the files "
            "this report was made from, with their checksums."
        ),
    ),
}
