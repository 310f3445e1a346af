"""The few words that stand in a figure, in Dutch and English."""

from __future__ import annotations

from math import isnan

LANGUAGES = ("nl", "en")

FIGURE_WORDS: dict[str, tuple[str, str]] = {
    "undefined": ("n.b.", "NA"),
    "total": ("totaal", "total"),
    "everyone": ("allen", "all"),
    "none": ("(geen)", "(none)"),
    "n_of_N": ("{n} van {N}", "{n} of {N}"),
    "not_asked": ("niet bevraagd", "not asked"),
    "example": ("Geschreven voorbeeld, geen onderzoeksgegevens", "Written example, no research data"),
    "confidence": ("zekerheid van het eerste voorstel", "confidence of the first choice"),
    "share_right": ("deel juist", "share right"),
    "decided": ("besliste passages", "decided passages"),
    "share": ("deel van de passages met een code", "share of passages with a code"),
    "accuracy_1": ("eerste voorstel juist", "first choice right"),
    "recall_3": ("gevonden in de eerste drie", "found in the first three"),
    "fig_reliability_note": (
        "Elk punt is een tiende van de zekerheid, met het aantal passages. Op de streeplijn klopt de zekerheid.",
        "Each point is a tenth of confidence; the number is how many passages. On the dashed line confidence is right.",
    ),
    "fig_learning_note": (
        "Streeplijn: het codeboek alleen. Elke passage beoordeeld zonder iets van haar respondent.",
        "Dashed: the codebook alone. Every passage judged without anything of its respondent.",
    ),
    "fig_code_by_role_note": (
        (
            "Respondenten die de code minstens één keer dragen, n van N. Hoe donkerder, hoe groter het deel van de "
            "groep; groepen van minder dan drie blijven wit."
        ),
        (
            "Respondents who bear the code at least once, n of N. The darker, the larger the part of the group; "
            "groups of fewer than three stay white."
        ),
    ),
    "fig_cooccurrence_note": (
        (
            "Spreekbeurten die beide codes dragen. Op de diagonaal, omkaderd: spreekbeurten met die code. Grijs: "
            "geen van beide codes komt voor. Streepje: de ene code staat boven de andere."
        ),
        (
            "Turns that carry both codes. On the diagonal, framed: turns with that code. Grey: neither code occurs. "
            "Dash: one code stands above the other."
        ),
    ),
    "fig_map_note": (
        (
            "Hoe dichter bij elkaar, hoe meer gelijkenis; assen en richting hebben geen betekenis. Stress (Kruskal, "
            "1964): {stress}; bij 0 klopt elke afstand op de kaart. Met weinig respondenten verschuift één codering "
            "een punt."
        ),
        (
            "The closer together, the more alike; axes and direction have no meaning. Stress (Kruskal, 1964): "
            "{stress}; at 0 every distance on the map is right. With few respondents one coding moves a point."
        ),
    ),
    "map_distance": ("afstand {distance} (1 − gelijkenis)", "distance {distance} (1 − likeness)"),
    "fig_tree_note": (
        (
            "Twee takken komen samen waar hun afstand staat: {linkage}. Bleke lijnen verbinden er twee, en twee zijn "
            "nog geen groep. Een boom toont altijd groepen, ook waar er geen zijn."
        ),
        (
            "Two branches meet at their distance: {linkage}. Pale lines join two, and two are no group yet. A tree "
            "always shows groups, also where there are none."
        ),
    ),
    "tree_distance": ("afstand: 1 − gelijkenis", "distance: 1 − likeness"),
    "linkage.average": ("gemiddelde afstand tussen de groepen (average)", "mean distance of the groups (average)"),
    "linkage.complete": ("grootste afstand tussen de groepen (complete)", "largest distance of the groups (complete)"),
    "linkage.single": ("kleinste afstand tussen de groepen (single)", "smallest distance of the groups (single)"),
    "fig_timeline_words": (
        (
            "Elke streep is een stuk van een antwoord met die code. Een kolom is zo breed als er in het interview "
            "woorden gezegd zijn, ook die van de interviewer. Strepen tonen waar, niet hoe zwaar."
        ),
        (
            "Each stripe is a stretch of an answer with that code. A column is as wide as words are said in the "
            "interview, the interviewer's too. Stripes show where, not how much it weighs."
        ),
    ),
    "fig_timeline_minutes": (
        (
            "Elke streep is een stuk van een antwoord met die code. Een kolom is zo breed als het interview minuten "
            "duurt; tussen twee tijdcodes geschat naar de woorden. Strepen tonen waar, niet hoe zwaar."
        ),
        (
            "Each stripe is a stretch of an answer with that code. A column is as wide as the interview has minutes; "
            "between two time stamps estimated by words. Stripes show where, not how much it weighs."
        ),
    ),
    "timeline.words": ("woorden", "words"),
    "timeline.minutes": ("minuten", "minutes"),
    "fig_network_note": (
        (
            "Hoe dikker de lijn, hoe meer spreekbeurten beide codes dragen; hoe groter het punt, hoe meer "
            "spreekbeurten met die code. De plaats op de cirkel volgt de codeboom en zegt niets. Codes die vaak "
            "voorkomen, komen vanzelf vaker samen voor."
        ),
        (
            "The thicker the line, the more turns carry both codes; the larger the point, the more turns with that "
            "code. The place on the circle follows the code tree and says nothing. Codes that occur often go together "
            "more often by that alone."
        ),
    ),
    "network.turns": ("{n} spreekbeurten, de dikste lijn", "{n} turns, the thickest line"),
    "fig_sankey_note": (
        (
            "Hoe hoger de band, hoe meer spreekbeurten beide codes dragen. Links staat de code die in de boom eerst "
            "komt: er is geen richting en geen volgorde in de tijd. Een spreekbeurt met drie codes zit in drie banden, "
            "dus een balk is geen aantal spreekbeurten."
        ),
        (
            "The higher the band, the more turns carry both codes. On the left is the code that comes first in the "
            "tree: there is no direction, and no order in time. A turn with three codes is in three bands, so a bar "
            "is no number of turns."
        ),
    ),
}


def figure_word(name: str, lang: str, **values: object) -> str:
    """Return a word of the figures in `lang` (``nl`` or ``en``), its blanks filled in."""
    text = FIGURE_WORDS[name][LANGUAGES.index(lang)]
    return text.format(**values) if values else text


def decimals(value: float, places: int, lang: str) -> str:
    """Return a number with so many decimals, or the word for undefined."""
    if isnan(value):
        return figure_word("undefined", lang)
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if lang == "nl" else text
