"""The result of comparing the options of a scenario: frozen values, nothing computed here.

Money is held in whole cents, so that every total is the exact sum of its entries; shares go from
0 to 1; a figure that there was nothing to measure for is None.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar

from cmsource.scenario.assumption import Assumption
from cmsource.scenario.figures import requirable
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.later import Later, now
from cmsource.values.money import to_cents
from cmsource.values.week import EMPTY, Week

T = TypeVar("T")

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


class _Sums(Protocol):
    @property
    def total_cents(self) -> int: ...

    @property
    def cash_cents(self) -> int: ...


class Ledger(Later[tuple[Entry, ...]]):
    """The entries of an option, made when they are looked at; their sums are known before.

    Args:
        work_out: makes the entries.
        sums: gives the sum of all entries, and of those that are cash.
    """

    def __init__(
        self, work_out: Callable[[], tuple[Entry, ...]], sums: Callable[[], _Sums]
    ) -> None:
        super().__init__(work_out)
        self.sums = sums


_NO_ROSTERS: Mapping[str, Roster] = {}


class _Phase(NamedTuple):
    from_month: float
    months: float
    coverage: Coverage | Later[Coverage]
    sources: Mapping[str, SourceResult]
    rosters: Mapping[str, Roster] | Later[Mapping[str, Roster]] = _NO_ROSTERS
    uncovered: Week | Later[Week] = EMPTY
    answers: Later[Answering] | None = None


class PhaseResult(_Phase):
    """One phase of an option, in steady state; what takes long may be given as `Later`.

    Attributes:
        sources: what each source does in it.
        rosters: the weekly rotation of each team in it.
        uncovered: the hours of the cover in which nobody is on duty.
        answers: how late messages are answered; None where none come.
    """

    __slots__ = ()

    @property
    def coverage(self) -> Coverage:
        """What the sources of the phase cover."""
        return now(super().coverage)

    @property
    def rosters(self) -> Mapping[str, Roster]:
        """The weekly rotation of each team."""
        return now(super().rosters)

    @property
    def uncovered(self) -> Week:
        """The hours of the cover in which nobody is on duty."""
        return now(super().uncovered)

    @property
    def answering(self) -> Answering | None:
        """How late messages are answered; None where none come."""
        return self.answers() if self.answers is not None else None


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


class _Option(NamedTuple):
    name: str
    label: str
    entries: tuple[Entry, ...] | Later[tuple[Entry, ...]]
    horizon: float
    npv_cents: int | Later[int | None] | None
    coverage: Coverage | Later[Coverage]
    average: Later[Average]
    per_hour_worked: Decimal | Later[Decimal | None] | None
    per_watched_hour: Decimal | Later[Decimal | None] | None
    per_answered_message: Decimal | Later[Decimal | None] | None
    phases: tuple[PhaseResult, ...] | Later[tuple[PhaseResult, ...]]
    requirements: tuple[RequirementResult, ...] | Later[tuple[RequirementResult, ...]]
    eligible: bool | Later[bool]
    on_frontier: bool | Later[bool] = False


class OptionResult(_Option):
    """What one option costs and covers; what takes long may be given as `Later`.

    Attributes:
        horizon: months.
        average: coverage over the whole horizon; `horizon_average` gives it.
    """

    __slots__ = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger; every total is a sum over it."""
        return now(super().entries)

    @property
    def npv_cents(self) -> int | None:
        """Present value of the total, when the scenario gives a discount rate."""
        return now(super().npv_cents)

    @property
    def coverage(self) -> Coverage:
        """Average of the phases in steady state, weighted by their months."""
        return now(super().coverage)

    @property
    def per_hour_worked(self) -> Decimal | None:
        """Total divided by the hours of work done over the horizon."""
        return now(super().per_hour_worked)

    @property
    def per_watched_hour(self) -> Decimal | None:
        """Total divided by the hours of cover watched over the horizon."""
        return now(super().per_watched_hour)

    @property
    def per_answered_message(self) -> Decimal | None:
        """Total divided by the messages answered over the horizon."""
        return now(super().per_answered_message)

    @property
    def phases(self) -> tuple[PhaseResult, ...]:
        """Its phases in order."""
        return now(super().phases)

    @property
    def requirements(self) -> tuple[RequirementResult, ...]:
        """Every requirement held against it."""
        return now(super().requirements)

    @property
    def eligible(self) -> bool:
        """Whether every requirement that can be judged holds."""
        return now(super().eligible)

    @property
    def on_frontier(self) -> bool:
        """Whether no other option costs less and covers as much or more."""
        return now(super().on_frontier)

    @property
    def horizon_average(self) -> Average:
        """Coverage over the whole horizon, the time before everybody is at work included."""
        return self.average()

    @property
    def total_cents(self) -> int:
        """Economic cost over the horizon: the sum of all entries."""
        entries = super().entries
        if isinstance(entries, Ledger):
            return entries.sums().total_cents
        return total_cents(self.entries)

    @property
    def cash_cents(self) -> int:
        """What is really paid: the sum of the entries that are cash."""
        entries = super().entries
        if isinstance(entries, Ledger):
            return entries.sums().cash_cents
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


class _Judged(Protocol):
    @property
    def eligible(self) -> bool: ...


class Options(Mapping[str, OptionResult]):
    """Results by the name of the option, each made when it is looked at.

    Args:
        judged: the options in order; whether they are eligible is known without their results.
        work_out: makes the result of one.
    """

    def __init__(
        self, judged: Mapping[str, _Judged], work_out: Callable[[str], OptionResult]
    ) -> None:
        self.judged = judged
        self._work_out = work_out
        self._known: dict[str, OptionResult] = {}

    def __getitem__(self, name: str) -> OptionResult:
        if name not in self._known:
            if name not in self.judged:
                raise KeyError(name)
            self._known[name] = self._work_out(name)
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self.judged

    def __iter__(self) -> Iterator[str]:
        return iter(self.judged)

    def __len__(self) -> int:
        return len(self.judged)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[object, ...]:
        return dict, (dict(self),)


class _Comparison(NamedTuple):
    name: str
    file: str
    country: str
    currency: str
    horizon_months: float
    options: Mapping[str, OptionResult]
    recommended: str | None
    reason: str | Later[str]
    signals: tuple[Signal, ...] | Later[tuple[Signal, ...]]
    assumptions: tuple[Assumption, ...] | Later[tuple[Assumption, ...]]
    warnings: tuple[Diagnostic, ...]
    inputs: Mapping[str, str] = {}
    advice: tuple[str, ...] | Later[tuple[str, ...]] = ()


class Comparison(_Comparison):
    """All options of a scenario side by side, and which one is recommended.

    Attributes:
        options: results by name, in the order of the scenario.
        recommended: the eligible option of least total cost, or None when none is eligible.
        inputs: every value that the scenario gave, by its path; empty when it is not known.
    """

    __slots__ = ()

    @property
    def eligible(self) -> tuple[str, ...]:
        """Names of the options that meet every requirement."""
        options = self.options
        judged = options.judged if isinstance(options, Options) else options
        return tuple([name for name, each in judged.items() if each.eligible])

    @property
    def reason(self) -> str:
        """Why that one, in a sentence or two."""
        return now(super().reason)

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Judgements that never change a figure."""
        return now(super().signals)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Every value that the scenario did not give, those that weigh most first."""
        return now(super().assumptions)

    @property
    def advice(self) -> tuple[str, ...]:
        """Three sentences: what to choose, what it costs and covers, what would change that.

        None of them in results of many scenarios, for which they are not worked out.
        """
        return now(super().advice)
