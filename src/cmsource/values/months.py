"""Months of the year as people write them, in English and in French, and in words for people."""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches

from cmsource.values.language import both, say
from cmsource.values.quantities import QuantityError, quoted
from cmsource.values.written import written

YEAR = 12
"""Months."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months as they are held; in this order they are the numbers 0 to 11."""

_SAID = (
    say("jan"),
    say("feb"),
    say("mar"),
    say("apr"),
    say("may"),
    say("jun"),
    say("jul"),
    say("aug"),
    say("sep"),
    say("oct"),
    say("nov"),
    say("dec"),
)
_NAMES = {
    word: month
    for month, words in enumerate(
        (
            "january janvier jan janv",
            "february février feb févr fév fevrier fevr fev",
            "march mars mar",
            "april avril apr avr",
            "may mai",
            "june juin jun",
            "july juillet jul juil",
            "august août aug aout",
            "september septembre sep sept",
            "october octobre oct",
            "november novembre nov",
            "december décembre dec déc decembre",
        )
    )
    for word in words.split()
}
_FROM = re.compile(r"(?:from|de|entre|between) |d'", re.IGNORECASE)
_DASH = re.compile(r" ?(?:-|–|—|−|\.\.+|/) ?| (?:to|through|until|à|a|au|and|et) ", re.IGNORECASE)


def months_of(text: str) -> tuple[int, ...]:
    """The months that a text names, from its first to its last: ``aug``, ``nov-dec``, ``dec-feb``.

    Raises:
        QuantityError: it is no month and no range of months.
    """
    plain = " ".join(text.replace("’", "'").split())
    head = _FROM.match(plain)
    ends = [end.strip() for end in _DASH.split(plain[head.end() if head else 0 :])]
    found = [_NAMES.get(end.lower().rstrip(".")) for end in ends]
    if len(ends) in (1, 2) and None not in found:
        first, last = [month for month in (found[0], found[-1]) if month is not None]
        return tuple([(first + n) % YEAR for n in range((last - first) % YEAR + 1)])
    raise QuantityError(
        say("{text} is no month and no range of months", text=quoted(text)), _meant(ends, found)
    )


def month_of(text: str) -> int:
    """The one month that a text names, from 0 for January.

    Raises:
        QuantityError: it is no month, or several.
    """
    found = months_of(text)
    if len(found) > 1:
        raise QuantityError(
            say("{text} is more than one month", text=quoted(text)),
            say("write {text}", text=MONTHS[found[0]]),
        )
    return found[0]


def _meant(ends: list[str], found: list[int | None]) -> str:
    """The months that are meant, where each end is close to the name of one."""
    close = []
    for end, month in zip(ends, found, strict=True):
        alike = get_close_matches(end.lower().rstrip("."), list(_NAMES), 1)
        known = _NAMES[alike[0]] if month is None and alike else month
        close += [] if known is None else [MONTHS[known]]
    if len(close) == len(ends) in (1, 2):
        return say("did you mean `{name}`?", name="-".join(close))
    return say("write a month or a range of months, such as aug or nov-dec")


def calendar_month(day: date) -> float:
    """Where in the calendar a day is, in months from January; all months count as equally long."""
    return day.month - 1 + (day.day - 1) / monthrange(day.year, day.month)[1]


def months_text(months: Sequence[int]) -> str:
    """Months without a gap as they are held: ``aug``, ``nov-dec``."""
    first, *between = months
    return f"{MONTHS[first]}-{MONTHS[between[-1]]}" if between else MONTHS[first]


def months_in_words(months: Iterable[int]) -> str:
    """Months for people, those that follow each other as a range: ``jan-jul and sep-oct``."""
    ranges = []
    for first, last in _runs(frozenset(months)):
        name = _SAID[first]
        if first != last:
            name = say("{first}-{last}", first=_SAID[first], last=_SAID[last])
        ranges.append(name)
    return both(ranges) if ranges else written("")


def _runs(months: frozenset[int]) -> list[tuple[int, int]]:
    """The first and the last month of each run of months, round the end of the year."""
    if len(months) == YEAR:
        return [(0, YEAR - 1)]
    found = []
    for month in sorted(months):
        if (month - 1) % YEAR not in months:
            last = month
            while (last + 1) % YEAR in months:
                last = (last + 1) % YEAR
            found.append((month, last))
    return found
