"""Units of prices: whether what a price is for one of is what its key counts."""

import unicodedata
from collections.abc import Iterator, Mapping

from cmsource.values.language import say
from cmsource.values.money_words import units_of
from cmsource.values.quantities import QuantityError, quoted
from cmsource.values.unit_words import EACH, units_in, words_in

A_PERSON = words_in(
    "person people head employee hire recruit personne personnes tête salarié salariée employé "
    "employée embauche recrutement collaborateur collaboratrice"
)
"""Words that say of an amount that it is for each person."""

A_SEAT = A_PERSON | words_in("seat user siège poste utilisateur utilisatrice")
"""Words that say of an amount that it is for each person who uses something."""

A_TEAM = words_in("team company équipe entreprise")
"""Words that say of an amount that it is for all of them."""

A_CALL_OUT = EACH | words_in(
    "call-out call-outs callout callouts call visit intervention interventions appel déplacement "
    "sortie"
)
"""Words that say of an amount that it is for each time that somebody is called out."""

_SAME = {
    word: words.partition(" ")[0]
    for words in (
        "post publication posting publi",
        "message msg answer reply response reponse",
        "resolution outcome",
        "content contenu",
        "video clip",
        "story storie",
        "newsletter infolettre",
        "photo photograph photographie picture",
        "visual visuel",
        "carousel carrousel",
        "report rapport",
        "translation traduction",
        "campaign campagne",
        "network reseau",
        "channel canal canau",
        "account compte",
        "language langue",
        "brand marque",
        "event evenement",
        "interview entretien",
    )
    for word in words.split()
}
"""Words for the same, in English and French, as they are compared, each with the first of them."""

_MOST_WORDS = 2
"""Of a unit that may be a key."""

_DONE = words_in(
    "published written made produced sent answered handled resolved publie redige ecrit produit "
    "envoye traite repondu resolu"
)
"""What may be said of one besides, in French as of a man: ``1,20 € par message traité``."""


def forms_of(name: str) -> set[str]:
    """The forms of a name by which it may be meant: in the singular and the plural."""
    word = plain(name)
    plurals = {word, f"{word}s", f"{word}es", f"{word}x"}
    return plurals | {f"{word[:-1]}ies"} if word.endswith("y") else plurals


def plain(name: str) -> str:
    """A name as it is compared: in lower case, its words with spaces between them."""
    return name.casefold().replace("_", " ").replace("-", " ")


def is_one_of(unit: str, name: str) -> bool:
    """Whether a unit says one of what a name counts: ``post``, ``publication`` of ``posts``.

    A name may say more than the unit: ``post`` is one of ``linkedin_posts``.
    """
    said = {word for word in _words(unit) if _DONE.isdisjoint((word, word.removesuffix("e")))}
    return said <= EACH or said <= set(_words(name))


def wrong_units(prices: object, path: tuple[str | int, ...] = ()) -> Iterator[QuantityError]:
    """The prices by name that say another unit than their name, each with its place.

    Args:
        prices: a map of prices, tiers or ranges by what they are for one of, as written.
        path: where it stands.
    """
    for name, price in prices.items() if isinstance(prices, Mapping) else ():
        for at, text in texts_in(price, (*path, name)):
            unit = next((u for u in units_of(text) if not _are_of(u, str(name))), "")
            if unit:
                error = QuantityError(
                    say(
                        "this is the price of one of {name}, and cannot be that of {unit}",
                        name=name,
                        unit=quoted(unit),
                    ),
                    _way_out(unit, str(name)),
                )
                error.at = at
                yield error


def _way_out(unit: str, name: str) -> str:
    """How to write a price whose unit is not the right one: under another key, where it has one."""
    other = next((each for each in units_in(unit) if not is_one_of(each, name)), unit)
    if len(other.split()) <= _MOST_WORDS and other.replace(" ", "").isalpha():
        key = f"per_{other.replace(' ', '_')}"
        return say("leave the unit out, or write the price under {key}", key=key)
    return say("write the price of one of {name}, without a unit", name=name)


def _are_of(unit: str, name: str) -> bool:
    return all(is_one_of(each, name) for each in units_in(unit))


def texts_in(
    price: object, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts in a price as written, with their places: those of its tiers and ends, too."""
    if isinstance(price, str):
        yield path, price
    elif isinstance(price, Mapping):
        for key, part in price.items():
            if key in ("price", "low", "likely", "high"):
                yield from texts_in(part, (*path, key))
    elif isinstance(price, (list, tuple)):
        for number, part in enumerate(price):
            yield from texts_in(part, (*path, number))


def _words(name: str) -> list[str]:
    """The words of a name without accents, in the singular and the usual one of several."""
    split = unicodedata.normalize("NFD", plain(name))
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return [_SAME.get(word, word) for word in map(_singular, bare.split())]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > len("dies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith(("s", "x")) else word
