"""Messages an hour for each hour of the week, as often as it was observed."""

from collections.abc import Sequence
from statistics import fmean

from cmsource.values.week import HOURS

BUSIEST = 5


def rates_by_hour(counts: Sequence[int], seen: Sequence[float]) -> list[float | None]:
    """Messages an hour for each hour of the week; None where it was never observed."""
    return [count / hours if hours else None for count, hours in zip(counts, seen, strict=True)]


def rates_by_day(counts: Sequence[int], seen: Sequence[float]) -> list[float | None]:
    """The same where only days are known: each hour of a day like the others."""
    rates: list[float | None] = []
    for start in range(0, HOURS, 24):
        hours = sum(seen[start : start + 24])
        rates += [sum(counts[start : start + 24]) / hours if hours else None] * 24
    return rates


def busiest_hours(rates: Sequence[float | None]) -> tuple[tuple[int, float], ...]:
    """The hours of the week with the most messages, of those that were observed."""
    known = [(hour, rate) for hour, rate in enumerate(rates) if rate]
    return tuple(sorted(known, key=lambda each: (-each[1], each[0]))[:BUSIEST])


def busiest_days(rates: Sequence[float | None]) -> tuple[tuple[int, float], ...]:
    """The days of the week with the most messages, and how many a day."""
    days = [(day, sum(rate or 0 for rate in rates[24 * day : 24 * day + 24])) for day in range(7)]
    known = [(day, rate) for day, rate in days if rate]
    return tuple(sorted(known, key=lambda each: (-each[1], each[0]))[:3])


def without_gaps(rates: Sequence[float | None]) -> tuple[list[float], float]:
    """Messages an hour for each hour of the week, and what share of them is guessed.

    An hour that was never observed gets the mean of the same hour on the days that were, and where
    no day has it, the mean of all hours: unknown is not zero.
    """
    everything = fmean(rate for rate in rates if rate is not None)
    known = []
    guessed = 0.0
    for hour, rate in enumerate(rates):
        alike = [r for r in rates[hour % 24 :: 24] if r is not None]
        known.append(rate if rate is not None else fmean(alike) if alike else everything)
        guessed += known[-1] if rate is None else 0
    return known, guessed / sum(known)
