"""The sentences of the page to explore by, and of its pictures, in Dutch and English."""

from __future__ import annotations

EXPLORING_WORDS: dict[str, tuple[str, str]] = {
    "explore.map.respondents": ("Gelijkenis van respondenten, als kaart", "Likeness of respondents, as a map"),
    "explore.map.codes": ("Gelijkenis van codes, als kaart", "Likeness of codes, as a map"),
    "explore.tree.respondents": ("Gelijkenis van respondenten, als boom", "Likeness of respondents, as a tree"),
    "explore.tree.codes": ("Gelijkenis van codes, als boom", "Likeness of codes, as a tree"),
    "explore.by.respondents": (
        "Gelijkenis: {measure}, over {n} codes die een respondent al dan niet noemt.",
        "Likeness: {measure}, over {n} codes that a respondent names or does not.",
    ),
    "explore.by.codes": (
        "Gelijkenis: {measure}, over {n} spreekbeurten die een code al dan niet dragen.",
        "Likeness: {measure}, over {n} turns that carry a code or do not.",
    ),
    "explore.left_out": (
        "Weggelaten, want niets onderscheidt ze: {names}.",
        "Left out, since nothing tells them apart: {names}.",
    ),
    "explore.timeline": ("Codes in de loop van de interviews", "Codes in the course of the interviews"),
    "explore.timeline.one": ("Codes in de loop van {interview}", "Codes in the course of {interview}"),
    "explore.network": ("Codes die samen voorkomen, als netwerk", "Codes that occur together, as a network"),
    "explore.sankey": (
        "Codes die samen voorkomen, als Sankeydiagram",
        "Codes that occur together, as a Sankey diagram",
    ),
    "explore.least": (
        "Drempel: paren die minstens {least} spreekbeurten delen; {few} andere paren komen voor en staan er niet in.",
        "Threshold: pairs that share at least {least} turns; {few} other pairs occur and are not shown.",
    ),
    "measure.jaccard": ("Jaccard", "Jaccard"),
    "measure.sorensen": ("Sørensen", "Sørensen"),
    "measure.pearson": ("correlatie van Pearson", "Pearson's correlation"),
    "explore": ("Verkenning", "Exploration"),
    "explore.warning": (
        (
            "Deze beelden dienen om mee te kijken, niet om mee te besluiten. Ze tonen wie dezelfde codes noemt en "
            "welke codes in dezelfde spreekbeurten staan; niet waarom, niet hoe zwaar iets weegt, en niet of het "
            "toeval is."
        ),
        (
            "These pictures are for looking, not for concluding. They show who names the same codes and which codes "
            "stand in the same turns; not why, not how much anything weighs, and not whether it is chance."
        ),
    ),
    "explore.few": (
        (
            "Met {n} respondenten verschuift één codering een punt of een tak. Een kaart en een boom tonen ook groepen "
            "waar er geen zijn: wat u ziet is een vraag aan de fragmenten, geen type en geen bevinding."
        ),
        (
            "With {n} respondents one coding moves a point or a branch. A map and a tree show groups also where there "
            "are none: what you see is a question to the passages, no type and no finding."
        ),
    ),
    "explore.not_asked": (
        "Wie een code niet noemt, kreeg er misschien geen vraag over.",
        "Whoever does not name a code was perhaps not asked about it.",
    ),
    "explore.apart": (
        "Niets hiervan staat in het rapport. Gemaakt met `lde-qual explore`.",
        "None of this is in the report. Made with `lde-qual explore`.",
    ),
    "explore.facts": (
        "{respondents} respondenten · {turns} spreekbeurten · {codings} coderingen",
        "{respondents} respondents · {turns} turns · {codings} codings",
    ),
    "explore.section.respondents": ("Respondenten die op elkaar lijken", "Respondents that are alike"),
    "explore.section.codes": ("Codes die op elkaar lijken", "Codes that are alike"),
    "explore.section.timeline": ("Wanneer iets ter sprake komt", "When something comes up"),
    "explore.section.network": ("Codes die samen voorkomen", "Codes that occur together"),
    "explore.lead.respondents": (
        (
            "Twee respondenten lijken op elkaar naarmate ze dezelfde codes noemen. Hoe vaak ze dat doen, telt niet "
            "mee. Wie lang sprak, noemt meestal meer codes, en dat verandert de gelijkenis al."
        ),
        (
            "Two respondents are alike as far as they name the same codes. How often they do does not count. "
            "Whoever spoke long mostly names more codes, and that alone changes the likeness."
        ),
    ),
    "explore.lead.codes": (
        (
            "Twee codes lijken op elkaar naarmate ze in dezelfde spreekbeurten staan. Dat hangt ook af van hoe er "
            "gecodeerd is: lange fragmenten en dubbele codes brengen codes samen."
        ),
        (
            "Two codes are alike as far as they stand in the same turns. That depends on how was coded too: long "
            "passages and double codes bring codes together."
        ),
    ),
    "explore.lead.timeline": (
        (
            "Waar in het interview een code staat. Wat laat komt, is misschien laat gevraagd; de volgorde van de "
            "leidraad is hier niet uit weggerekend."
        ),
        (
            "Where in the interview a code stands. What comes late was perhaps asked late; the order of the guide is "
            "not taken out of this."
        ),
    ),
    "explore.lead.network": (
        (
            "Hetzelfde als het samen voorkomen in het rapport, anders getekend en boven een drempel. De getallen staan "
            "in de tabel; `lde-qual cooccurrence --passages A,B` toont de fragmenten achter een paar."
        ),
        (
            "The same as co-occurrence in the report, drawn in another way and above a threshold. The numbers stand in "
            "the table; `lde-qual cooccurrence --passages A,B` shows the passages behind a pair."
        ),
    ),
    "explore.too_few": (
        "Er zijn er {n} om te vergelijken: te weinig voor een kaart of een boom.",
        "There are {n} to compare: too few for a map or a tree.",
    ),
    "explore.too_many": (
        "Het zijn er {n}, en boven {most} is dit geen leesbaar beeld meer.",
        "There are {n}, and above {most} this is no picture that can be read.",
    ),
    "explore.no_stretches": (
        "Geen antwoord draagt een van deze codes.",
        "No answer carries any of these codes.",
    ),
    "explore.no_pairs": (
        "Geen twee codes delen zoveel spreekbeurten.",
        "No two codes share so many turns.",
    ),
    "explore.both": ("samen", "both"),
}
