"""The result of comparing the options of a scenario: frozen values, nothing computed here.

Money is held in whole cents, so that every total is the exact sum of its entries; shares go from
0 to 1; a figure that there was nothing to measure for is None.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from cmsource.scenario.assumption import Assumption
from cmsource.scenario.figures import requirable
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.money import to_cents
from cmsource.values.week import EMPTY, Week

CATEGORIES = (
    "pay",
    "employer charges",
    "premiums",
    "benefits",
    "equipment",
    "training",
    "recruitment",
    "turnover",
    "own time",
    "fees",
    "watch",
    "setup",
    "exit",
    "tools",
)
"""The categories of cost, in the order in which they are shown."""


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


class Coverage(NamedTuple):
    """What an option covers; the definitions are in docs/model.md."""

    watched: float | None = None
    answered_in_time: float | None = None
    work_done: float | None = None
    skills_met: float | None = None
    continuity: float | None = None
    in_house: float | None = None
    idle: float | None = None
    utilisation: float | None = None
    live_after_months: float | None = None


class Average(NamedTuple):
    """Coverage over the whole horizon, the time before everybody is at work included."""

    watched: float | None = None
    answered_in_time: float | None = None
    work_done: float | None = None


class SourceResult(NamedTuple):
    """What one source does in one phase.

    Attributes:
        headcount: people.
        depth: how many people the roster can put on each hour of duty.
        presence: chance that at least one of them is there in an hour of duty.
        hours_done: hours of work a week, reactive and planned.
    """

    headcount: int
    depth: float
    presence: float
    hours_done: float


class Roster(NamedTuple):
    """A weekly rotation of a team: after each week everybody moves on to the next row.

    Attributes:
        rows: hours of the week of each row, a shift past midnight under the day on which it
            begins; empty when no legal rotation was found.
        hours: hours of work of each row.
        teams: how many such teams the people make, each filling the whole duty.
        needed: smallest headcount for which a rotation was found, None when none was.
        why_not: why there is no rotation; "" when there is one.
    """

    rows: tuple[str, ...]
    hours: tuple[float, ...]
    teams: int
    needed: int | None
    why_not: str


class Answering(NamedTuple):
    """How late messages are answered in a phase, and how much work waits.

    Attributes:
        median_minutes: time within which half of all messages are answered; None if they never are.
        p90_minutes: the same of nine messages in ten.
        peak_backlog_hours: the most work that waits in a week on average, in hours of one person;
            None where it grows without end.
        peak_at: when that is, in minutes from Monday 00:00.
    """

    median_minutes: float | None
    p90_minutes: float | None
    peak_backlog_hours: float | None
    peak_at: int | None


@dataclass(frozen=True, slots=True)
class PhaseResult:
    """One phase of an option, in steady state.

    Attributes:
        from_month: where it begins on the horizon.
        months: its length.
        coverage: what its sources cover.
        sources: what each source does in it.
        uncovered: the hours of the cover in which nobody is on duty.
        rosters: the weekly rotation of each team in it, once `detailed`.
        answering: how late messages are answered, once `detailed`; None where none come.
    """

    from_month: float
    months: float
    coverage: Coverage
    sources: Mapping[str, SourceResult]
    uncovered: Week = EMPTY
    rosters: Mapping[str, Roster] = field(default_factory=dict)
    answering: Answering | None = None


class RequirementResult(NamedTuple):
    """One requirement held against one option.

    Attributes:
        name: key under ``require``.
        limit: what is asked for, a share, months or money.
        value: what the option reaches in its worst phase; None when it cannot be measured.
        met: whether it holds; None when it cannot be judged.
        phase: the worst phase, or None for figures of the whole horizon.
        unit: ``share``, ``months``, ``month`` (money a month) or ``total`` (money).
    """

    name: str
    limit: float
    value: float | None
    met: bool | None
    phase: int | None
    unit: str = "share"

    @property
    def at_most(self) -> bool:
        """Whether the limit is an upper one."""
        return requirable()[self.name].better == "less"

    @property
    def phrase(self) -> str:
        """What is required, within a sentence."""
        return requirable()[self.name].phrase


@dataclass(frozen=True, slots=True)
class OptionResult:
    """What one option costs and covers.

    Attributes:
        name: its name.
        label: its name for people.
        entries: the ledger; every total is a sum over it.
        horizon: months.
        npv_cents: present value of the total, when the scenario gives a discount rate.
        coverage: average of the phases in steady state, weighted by their months.
        horizon_average: coverage over the whole horizon, the time before everybody is at work
            included.
        per_hour_worked: total divided by the hours of work done over the horizon.
        per_watched_hour: total divided by the hours of cover watched over the horizon.
        per_answered_message: total divided by the messages answered over the horizon.
        phases: in order.
        requirements: every requirement held against it.
        eligible: whether every requirement that can be judged holds.
        on_frontier: whether no other option costs less and covers as much or more.
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


def per(cents: int, divisor: float) -> Decimal | None:
    """Cents divided by a quantity, rounded half to even; None when there is none of it."""
    return money(to_cents(cents / 100.0 / divisor)) if divisor > 0 else None


class Signal(NamedTuple):
    """A judgement that speaks for or against options, and changes no figure.

    Attributes:
        rule: what it is about, in a few words.
        speaks_for: names of the options that it speaks for.
        speaks_against: names of the options that it speaks against.
        reason: why, in a sentence or two.
        origin: where the judgement is from.
    """

    rule: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    reason: str
    origin: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All options of a scenario side by side, and which one is recommended.

    Attributes:
        name: of the scenario.
        file: of the scenario.
        country: its code.
        currency: of all money.
        horizon_months: over which costs are added up.
        options: results by name, in the order of the scenario.
        recommended: the eligible option of least total cost, or None when none is eligible.
        reason: why it is recommended, or why none is.
        signals: what speaks for and against options beside the figures.
        assumptions: every value that the scenario did not give, those that weigh most first.
        warnings: of reading.
        inputs: every value that the scenario gave, by its path; empty when it is not known.
        advice: three sentences: what to choose, what it costs and covers, what would change that;
            none where it was not asked for.
        detailed: whether the phases have their rosters and answer times, which take long to find.
    """

    name: str
    file: str
    country: str
    currency: str
    horizon_months: float
    options: Mapping[str, OptionResult]
    recommended: str | None
    reason: str
    signals: tuple[Signal, ...]
    assumptions: tuple[Assumption, ...]
    warnings: tuple[Diagnostic, ...]
    inputs: Mapping[str, str] = field(default_factory=dict)
    advice: tuple[str, ...] = ()
    detailed: bool = False

    @property
    def eligible(self) -> tuple[str, ...]:
        """Names of the options that meet every requirement."""
        return tuple([name for name, each in self.options.items() if each.eligible])
