"""The codebook of a new study: an empty one with its choices explained, or another study's tree."""

from __future__ import annotations

from lde_qual.formats.codebook import parse_codebook
from lde_qual.formats.strict_yaml import Mapping, load
from lde_qual.formats.yaml_write import Edit, apply, end_of, line_end, line_start, scalar_text

OF_ONE_STUDY = frozenset({"checked", "main_coder", "voorbeeldmateriaal"})
"""Keys that say something of a study's data or people, not of its tree."""

_NEW = {
    "nl": """\
# Het codeboek van deze studie. Enkel `title` en `codes` moeten er staan.
title: {title}
language: nl            # nl of en: de taal van tabellen en rapport
approach: {approach}      # codeboek, framework of reflexief (zonder overeenstemming en verzadiging)
# main_coder: onderzoeker    # wiens coderingen in de tabellen tellen
# roles: {{vdab: VDAB-medewerker, management: managementfunctie}}    # id: naam, in de volgorde van de kolommen
# dimensions:                # wat een codering verder nog zegt
#   richting: [belemmerend, faciliterend, ambivalent]
# report_codes: []           # de codes die de rijen van overzicht en rapport zijn

# Een code heeft minstens een id (kleine letters, cijfers, koppeltekens) en een label:
#   - id: traject-pop
#     label: Persoonlijk ontwikkelingsplan
#     definition: Wat eronder valt.
#     include: [wat er zeker bij hoort]
#     exclude: [wat ergens anders hoort]
#     keywords: [ontwikkelingsplan, pop]
codes: []
""",
    "en": """\
# The codebook of this study. Only `title` and `codes` must be there.
title: {title}
language: en            # nl or en: the language of tables and report
approach: {approach}      # codeboek, framework or reflexief (without agreement and saturation)
# main_coder: researcher     # whose codings count in the tables
# roles: {{staff: member of staff, management: manager}}    # id: name, in the order of the columns
# dimensions:                # what else a coding says
#   direction: [hinders, helps, both]
# report_codes: []           # the codes that are the rows of overview and report

# A code has at least an id (small letters, digits, hyphens) and a label:
#   - id: career-plan
#     label: Career plan
#     definition: What it is about.
#     include: [what surely belongs to it]
#     exclude: [what belongs elsewhere]
#     keywords: [career plan, goals]
codes: []
""",
}


def new_codebook(title: str, *, language: str = "nl", approach: str = "codeboek") -> str:
    """Return an empty codebook with comments that explain it.

    Parameters
    ----------
    language : str
        ``nl`` or ``en``; of the comments too.
    approach : str
        ``codeboek``, ``framework`` or ``reflexief``.

    Raises
    ------
    CodebookError
        Where one of the three is not possible.
    """
    template = _NEW.get(language, _NEW["en"].replace("language: en", f"language: {scalar_text(language)}"))
    text = template.format(title=scalar_text(title.strip()), approach=scalar_text(approach))
    parse_codebook(text)
    return text


def tree_of(text: str) -> str:
    """Return a codebook without what belongs to one study: the keys in `OF_ONE_STUDY`.

    Raises
    ------
    CodebookError
        Where the text is no codebook.
    """
    parse_codebook(text)
    root = load(text)
    entries = root.entries if isinstance(root, Mapping) else ()
    flow = isinstance(root, Mapping) and root.flow
    edits = []
    for number, entry in enumerate(entries):
        if entry.key.value not in OF_ONE_STUDY:
            continue
        if flow:
            following = entries[number + 1 : number + 2]
            end = following[0].key.start if following else end_of(text, entry.value)
            edits.append(Edit(entry.key.start, end))
        else:
            edits.append(Edit(line_start(text, entry.key.start), line_end(text, end_of(text, entry.value))))
    return apply(text, edits)
