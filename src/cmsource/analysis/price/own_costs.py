"""What a client costs who sells: their own hours, what else they pay, and the margin they want."""

from typing import NamedTuple

from cmsource.model.evaluation import Evaluation
from cmsource.model.setting import Setting
from cmsource.model.years import years
from cmsource.values.week import WEEKS_A_MONTH


class OwnCosts(NamedTuple):
    """What it takes to serve a client.

    Attributes:
        hour: money an hour of work; rises with wages.
        month: money a month besides, such as software and a share of the watch; rises with
            vendors' prices.
        margin: share of what the client pays that is to be left, from 0 to less than 1.
    """

    hour: float = 0.0
    month: float = 0.0
    margin: float = 0.0


def hours_sold(option: Evaluation, seller: str) -> float:
    """Hours of work that a source does over the horizon."""
    return sum([hours for hours, _, _ in _pieces(option, seller)])


def own_cents(option: Evaluation, seller: str, own: OwnCosts, setting: Setting) -> float:
    """What a source costs those who sell it over the horizon, in cents, the margin left out."""
    money = 0.0
    for hours, months, year in _pieces(option, seller):
        money += hours * own.hour * setting.wages(year)
        money += months * own.month * setting.vendors(year)
    return money * 100


def paid_cents(option: Evaluation, seller: str) -> int:
    """What the client pays a source over the horizon, in cents."""
    return sum([cost.cents for cost in option.costs if cost.source == seller and cost.line.cash])


def _pieces(option: Evaluation, seller: str) -> list[tuple[float, float, int]]:
    """The time of a source: hours of work in it, months, and the year of the horizon."""
    found = []
    for phase in option.phases:
        for stretch in phase.stretches:
            usage = stretch.usage(seller)
            if usage is None:
                continue
            span = stretch.span
            for year, start, end in years(span.start, span.end):
                months = (end - start) * span.part
                found.append((usage.total * WEEKS_A_MONTH * months, months, year))
    return found
