"""A country: its sourced values on a day, by their keys, and what is different in a region."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from cmsource.values.language import say

CONFIDENCE = MappingProxyType(
    {
        "O": say("official text or official engine"),
        "O2": say("official value read second-hand"),
        "S": say("published survey"),
        "V": say("vendor price or claim"),
        "B": say("blog or press"),
        "D": say("derived from other figures"),
        "G": say("guess"),
    }
)
"""The marks of confidence and what they mean."""

LINES = "payroll.lines."
"""The beginning of keys whose value is a line of the payroll schedule (`countries.rules`)."""


_ASSUMED = ("assumption", "hypothèse")
"""How the source of an assumption begins, in the languages in which files are written."""


def is_assumption(source: str) -> bool:
    """Whether a source says that a value is an assumption."""
    return source.startswith(_ASSUMED)


class UnknownCountry(LookupError):  # noqa: N818 - what happened, not what to call it
    """No file describes the country that was asked for."""

    def __init__(self, code: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(code, known)
        self.code = code
        self.known = known

    def __str__(self) -> str:
        known = ", ".join(self.known) or "none"
        return f"unknown country {self.code!r} (known: {known})"


class BadCountryFile(ValueError):  # noqa: N818 - what happened, not what to call it
    """A country file that cannot be used: the message names the file and the key."""


class Fact(NamedTuple):
    """One sourced value.

    Attributes:
        value: a number, a text, or a list or map of them.
        source: where it was read, or ``assumption: …``.
        as_of: the day or the year it is of, as text (``2026-11-21``, ``2023``).
        confidence: a mark of :data:`CONFIDENCE`.
    """

    value: Any
    source: str
    as_of: str
    confidence: str


class Change(NamedTuple):
    """A value that is another from some day on.

    Attributes:
        since: the day.
        period: the period that it is in.
        until: the last day of that period.
        key: of the value.
        fact: the value.
    """

    since: datetime.date
    period: str
    until: datetime.date
    key: str
    fact: Fact


class Region(NamedTuple):
    """A part of a country with values of its own, which stand in place of the country's.

    Attributes:
        code: ``ZH``.
        names: as people call it, the usual one first.
        within: code of the region that it lies in; empty for none.
        facts: its own values by their keys.
        later: those known to change.
    """

    code: str
    names: tuple[str, ...]
    within: str
    facts: dict[str, Fact]
    later: tuple[Change, ...]


class Country(NamedTuple):
    """The labour rules and market prices of a country in one period.

    Attributes:
        code: ``FR``, ``CA-QC``…
        name: in English.
        currency: ISO 4217 code of every amount.
        period: the file the facts come from, ``2026``.
        facts: every sourced value by its key; the payroll schedule's start with ``payroll.``.
        notes: what the user should know about the lookup, such as another period being used.
        payroll: module of ``cmsource.countries.payroll`` with the schedule; empty for a flat rate.
        on: the day that the facts are of.
        known_until: the last day of the period.
        later: values known to change after that day, by the day from which they are in force.
        rising: keys of amounts that the law raises as wages rise.
        raised: by what factor those have been raised beyond what is known.
        region: codes of the region whose values count, the narrowest first; empty for none.
        regions: those with values of their own.
    """

    code: str
    name: str
    currency: str
    period: str
    facts: Mapping[str, Fact]
    notes: tuple[str, ...] = ()
    payroll: str = ""
    on: datetime.date = datetime.date.min
    known_until: datetime.date = datetime.date.max
    later: "tuple[Change, ...]" = ()
    rising: tuple[str, ...] = ()
    raised: float = 1.0
    region: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()

    @property
    def scheduled(self) -> bool:
        """Whether there is a payroll schedule, in a module or in lines, rather than a flat rate."""
        return bool(self.payroll) or any(key.startswith(LINES) for key in self.facts)

    def fact(self, key: str) -> Fact:
        """The sourced value of ``key``.

        Raises:
            LookupError: the country does not have it.
        """
        try:
            return self.facts[key]
        except KeyError:
            message = f"{self.name} ({self.code}, {self.period}) has no value for {key!r}"
            raise LookupError(message) from None

    def value(self, key: str) -> Any:  # noqa: ANN401 - facts are numbers, texts and tables
        """The bare value of ``key``; LookupError when the country does not have it."""
        return self.fact(key).value

    def __reduce__(self) -> tuple[Any, ...]:
        """Worker processes are sent countries, and a read-only view does not pickle."""
        return _thawed, ((*self[:4], dict(self.facts), *self[5:]),)


def _thawed(fields: tuple[Any, ...]) -> Country:
    country = Country(*fields)
    return country._replace(facts=MappingProxyType(country.facts))
