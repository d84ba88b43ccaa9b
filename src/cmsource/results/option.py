"""What one option costs and covers."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from cmsource.results.coverage import Average, Coverage
from cmsource.results.entry import CATEGORIES, Entry, money, per, total_cents
from cmsource.results.phase import PhaseResult
from cmsource.results.requirement import RequirementResult
from cmsource.values.week import a_month_of


class OptionResult(NamedTuple):
    """What one option costs and covers.

    Attributes:
        name: its name.
        label: its name for people.
        entries: the ledger; every total is a sum over it.
        horizon: months.
        npv_cents: present value of the total, when the scenario gives a discount rate.
        coverage: average of the phases in steady state, weighted by their months.
        worst_month: the worst value of each figure in any season of any phase; None where every
            month is the same.
        horizon_average: coverage over the whole horizon, the time before everybody is at work
            included.
        per_hour_worked: total divided by the hours of work done over the horizon.
        per_watched_hour: total divided by the hours of cover watched over the horizon.
        per_answered_message: total divided by the messages answered over the horizon.
        phases: in order.
        requirements: every requirement held against it.
        eligible: whether every requirement that can be judged holds.
        on_frontier: whether no other option costs less and covers as much or more.
        would_take: what it would take to meet what it misses, in one sentence; "" where it misses
            nothing or nobody asked.
    """

    name: str
    label: str
    entries: tuple[Entry, ...]
    horizon: float
    npv_cents: int | None
    coverage: Coverage
    horizon_average: Average
    per_hour_worked: Decimal | None
    per_watched_hour: Decimal | None
    per_answered_message: Decimal | None
    phases: tuple[PhaseResult, ...]
    requirements: tuple[RequirementResult, ...]
    eligible: bool
    on_frontier: bool
    would_take: str = ""
    worst_month: Coverage | None = None

    @property
    def forbidden(self) -> str:
        """What the law has against it, with the article; "" for nothing."""
        return next((each.law for each in self.requirements if each.law), "")

    @property
    def total_cents(self) -> int:
        """Economic cost over the horizon: the sum of all entries."""
        return total_cents(self.entries)

    @property
    def cash_cents(self) -> int:
        """What is really paid: the sum of the entries that are cash."""
        return total_cents(entry for entry in self.entries if entry.cash)

    @property
    def total(self) -> Decimal:
        """Economic cost over the horizon."""
        return money(self.total_cents)

    @property
    def cash(self) -> Decimal:
        """What is really paid: the entries that are cash."""
        return money(self.cash_cents)

    @property
    def monthly(self) -> Decimal:
        """Economic cost a month, on average over the horizon."""
        return per(self.total_cents, self.horizon) or money(0)

    @property
    def npv(self) -> Decimal | None:
        """Present value of the economic cost, when the scenario gives a discount rate."""
        return None if self.npv_cents is None else money(self.npv_cents)

    @property
    def units_done(self) -> dict[str, float]:
        """Units done a month by activity, on average of the phases, once everybody is at work."""
        done: dict[str, float] = {}
        for phase in self.phases:
            for source in phase.sources.values():
                for activity, units in source.units_done.items():
                    part = units * phase.months / self.horizon
                    done[activity] = done.get(activity, 0.0) + a_month_of(part)
        return done

    @property
    def by_category(self) -> dict[str, Decimal]:
        """Economic cost by category, in the order of `CATEGORIES`."""
        sums = _sums((entry.category, entry.cents) for entry in self.entries)
        return {name: money(sums[name]) for name in CATEGORIES if name in sums}

    @property
    def by_source(self) -> dict[str, Decimal]:
        """Economic cost by source and tool, in the order of the ledger."""
        sums = _sums((entry.source, entry.cents) for entry in self.entries)
        return {name: money(cents) for name, cents in sums.items()}

    @property
    def by_year(self) -> tuple[Decimal, ...]:
        """Economic cost by year of the horizon."""
        years = [0] * max(1, -int(-self.horizon // 12))
        for entry in self.entries:
            years[min(int(entry.from_month // 12), len(years) - 1)] += entry.cents
        return tuple(money(cents) for cents in years)


def _sums(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, cents in pairs:
        sums[name] = sums.get(name, 0) + cents
    return sums
