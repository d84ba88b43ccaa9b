"""The ledger of an option: every cost, and money as its sums are.

Money is held in whole cents, so that every total is the exact sum of its entries.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from cmsource.values.language import say
from cmsource.values.money import to_cents

CATEGORIES: tuple[str, ...] = (
    say("pay"),
    say("employer charges"),
    say("premiums"),
    say("benefits"),
    say("equipment"),
    say("training"),
    say("recruitment"),
    say("turnover"),
    say("own time"),
    say("fees"),
    say("watch"),
    say("setup"),
    say("exit"),
    say("tools"),
)
"""The categories of cost, in the order in which they are shown."""

_NAMES = {str(name): name for name in CATEGORIES}


def category_name(category: str) -> str:
    """The name of a category for people."""
    return _NAMES[category]


def money(cents: int) -> Decimal:
    """An amount of whole cents as a decimal with two places."""
    return Decimal(cents).scaleb(-2)


class Detail(NamedTuple):
    """One part of an entry's unit price, such as one contribution of a payroll schedule."""

    name: str
    base: float
    rate: float
    amount: float
    source: str


class Entry(NamedTuple):
    """One cost: quantity × unit price (× index of its year) = amount.

    Attributes:
        phase: index of the phase, from 0.
        source: name of the source, or ``tools.NAME``.
        category: one of `CATEGORIES`.
        from_month: where it begins on the horizon.
        months: time that it covers; 0 for what is paid once.
        cents: the amount, rounded once, half to even.
        cash: False for the time of people who are paid anyway.
        why: the arithmetic and its reason, for people.
        refs: where each number came from.
        quantity: how many units.
        unit: what one unit is.
        unit_price: money a unit, before the index.
        price_index: how far prices have risen by that year, 1 in the first.
        details: what the unit price is made of, when it has parts.
    """

    phase: int
    source: str
    category: str
    from_month: float
    months: float
    cents: int
    cash: bool
    why: str
    refs: tuple[str, ...]
    quantity: float
    unit: str
    unit_price: float
    price_index: float = 1.0
    details: tuple[Detail, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The amount as a decimal with two places."""
        return money(self.cents)


def total_cents(entries: Iterable[Entry]) -> int:
    """The exact sum of entries, in cents."""
    return sum(entry.cents for entry in entries)


def per(cents: int, divisor: float) -> Decimal | None:
    """Cents divided by a quantity, rounded half to even; None when there is none of it."""
    return money(to_cents(cents / 100.0 / divisor)) if divisor > 0 else None


def cents_by_ref(entries: Iterable[Entry]) -> dict[str, int]:
    """Cents of entries by each place that their numbers came from."""
    found: dict[str, int] = {}
    for entry in entries:
        for ref in entry.refs:
            found[ref] = found.get(ref, 0) + entry.cents
    return found
