"""Prices in short: ``per_post: 60`` for ``per: {posts: 60}``, ``per_hour`` for ``hourly_rate``."""

from collections.abc import Collection, Sequence

from cmsource.scenario.unit_names import forms_of, plain

PREFIX = "per_"
"""What a price in short begins with."""

_OF_TIME = {"hour": "hourly_rate", "day": "day_rate", "month": "retainer"}


def is_short(key: str) -> bool:
    """Whether a key is a price in short."""
    return key.startswith(PREFIX) and len(key) > len(PREFIX)


def in_full(key: str, known: Collection[str]) -> tuple[str, ...]:
    """The keys that a price in short stands for.

    Args:
        key: such as ``per_post``.
        known: the names of what can be counted, of which one is meant in the singular or plural.
    """
    name = key.removeprefix(PREFIX)
    if name in _OF_TIME:
        return (_OF_TIME[name],)
    wanted = forms_of(name)
    return "per", next((each for each in known if plain(each) in wanted), name)


def path_in_full(
    keys: Sequence[str], sources: Collection[str], known: Collection[str]
) -> tuple[str, ...]:
    """A path of keys with the price in short that it may lead to written in full.

    Args:
        keys: of a scenario.
        sources: the names of its sources.
        known: the names of what can be counted.
    """
    for place, key in enumerate(keys):
        if place < 2 or not is_short(key):
            continue
        of_source = place == 2 and keys[0] == "sources"
        if of_source or (keys[0] == "options" and keys[place - 1] in sources):
            return (*keys[:place], *in_full(key, known), *keys[place + 1 :])
    return tuple(keys)
