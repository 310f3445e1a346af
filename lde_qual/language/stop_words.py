"""Words that say little by themselves: Dutch grammar, and what Flemish speech is filled with.

Written for this project by going through what its demo interviews and everyday talk are
full of; a study adds words, or takes some out, under ``stop_words:`` in its codebook.
"""

from __future__ import annotations

from collections.abc import Iterable

from lde_qual.errors import CodebookError

_GRAMMAR = """
de het een ene der des den dit dat die deze dees
ik je jij u hij zij ze wij we jullie hen hun haar hem het mij me jou uw mijn jouw zijn ons onze men zich elkaar zelf
wie wat waar wanneer hoe waarom welk welke
en of maar want dus omdat als toen terwijl zodat dan nadat voordat hoewel tenzij indien ofwel
in op aan met van voor bij naar uit om over onder door tot tegen tussen na sinds zonder binnen buiten boven achter naast
tijdens per via rond te af mee toe heen er hier daar ervan eraan erbij erin erop ermee ervoor eruit erover daarvan
daaraan daarbij daarin daarop daarmee daarvoor daarover daaruit hiermee waarvan waarbij waarop waarmee waarvoor
zijn ben bent is was waren geweest hebben heb hebt heeft had hadden gehad worden wordt werd werden geworden
zullen zal zult zou zouden kunnen kan kunt kon konden moeten moet moest moesten mogen mag mocht mochten willen wil wilt
wou wilde wilden gaan ga gaat ging gingen gegaan doen doe doet deed deden gedaan komen kom komt kwam kwamen laten
niet geen niets niks wel al ook nog reeds weer maar slechts zo zeer heel erg te veel meer meest minder weinig alle alles
iets iemand niemand iedereen ieder elk elke ander andere sommige enkel enkele beide zulk zulke zo'n
nu dan toen straks altijd nooit soms vaak ooit eens even terug
ja nee neen
"""
_SPOKEN = """
euh euhm eu eh ehm uh uhm um hm hmm mm mhm mmm ah aha oh och oei ai amai hé hè he hei hee hela allez alé allee awel ewel
bon enfin goh tja jaja jawel joh seg zeg sé voila voilà tiens bah ba bwa bwah pff pfff zenne zunne zulle hoor he
ge gij gelle gulder gulle ulle uwe uwen mijne mijnen zijne zijnen onzen ne nen 'n nie ni da wa 't t 'k k 's s 'r d'r z'n
m'n da's wa's 'tis gewoon eigenlijk misschien inderdaad natuurlijk precies alleszins sowieso dinges zogezegd trouwens
toch zeggen zegt zei weten weet denken denk bedoelen bedoel oké oke ok okay
"""
STOP_WORDS = frozenset(_GRAMMAR.split()) | frozenset(_SPOKEN.split())
"""Lemmas and forms in small letters."""


def stop_words(own: Iterable[str] = ()) -> frozenset[str]:
    """Return the stop list with what a study says of it.

    Parameters
    ----------
    own : iterable of str
        Single words to add; one that begins with ``-`` is taken out.

    Raises
    ------
    CodebookError
        For a word that is to be taken out and is not in the list.
    """
    words = set(STOP_WORDS)
    for entry in own:
        plain = entry.strip().lower().replace("’", "'")
        if plain.startswith("-") and plain[1:] not in words:
            raise CodebookError(
                f"'{entry}' under stop_words takes out a word that is not in the list.",
                way_out="Take the entry out; the list stands in docs/words.md.",
                file="codebook.yaml",
            )
        if plain.startswith("-"):
            words.discard(plain[1:])
        else:
            words.add(plain)
    return frozenset(words)
