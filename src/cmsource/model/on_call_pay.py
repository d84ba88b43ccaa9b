"""What being on call and being called out cost: pay, and the charges that come on top of it."""

from collections.abc import Iterator
from functools import partial

from cmsource.model.on_call_words import (
    UNITS,
    call_outs,
    each_call_out,
    hours_of_call_outs,
    paid_hours,
)
from cmsource.model.resource import EVER, CostLine, Explanation, Standby, Usage
from cmsource.model.setting import Setting
from cmsource.scenario.employment import Employment
from cmsource.scenario.on_call import OnCall
from cmsource.values.language import say
from cmsource.values.week import WEEKS_A_MONTH
from cmsource.values.written import written


def standby_of(source: Employment, people: int) -> Standby | None:
    """The hours on call of some people, one of whom is on call at a time; None for none.

    Whoever is on leave is not on call.
    """
    on_call, hours = source.on_call, source.hours_on_call
    if on_call is None or not hours:
        return None
    there = 1 - source.absent_by_plan
    return Standby(
        hours,
        min(1.0, people * there),
        min(1.0, (people - 1) * there),
        on_call.reaction,
        on_call.minimum,
    )


def on_call_lines(
    source: Employment,
    setting: Setting,
    people: int,
    year: int = 0,
    served: int = 0,
    months: tuple[float, float] = EVER,
    premiums: float = 0.0,
) -> Iterator[CostLine]:
    """The rules of cost of hours on call in a year of the horizon and one on the contract.

    Being on call is paid when somebody is there for it. Employer charges follow the country's
    schedule or the rate given: they are those that this pay adds to those on all other pay, and of
    call-outs those that the next hour adds.

    Args:
        source: who is on call.
        setting: where.
        people: how many they are.
        year: of the horizon, from 0.
        served: whole years on the contract since the start.
        months: of the contract to which the rules apply.
        premiums: what one of them earns a month for unusual hours, before the rise of wages.
    """
    on_call, standby = source.on_call, standby_of(source, people)
    if on_call is None or standby is None:
        return
    index = setting.wages(year)
    there = standby.depth * (1 - source.unplanned_absence)
    times = on_call.times_a_week(standby.hours) * WEEKS_A_MONTH * there
    price = on_call.pay.amount
    hourly = on_call.call_out
    if hourly is None:
        hourly = setting.employer.wage(source, year, served)
    words = partial(_Words, source, on_call, setting, year)
    yield CostLine(
        "pay",
        times,
        UNITS.get(on_call.pay.per, on_call.pay.per),
        price,
        words().standby,
        index,
        served=months,
    )
    yield CostLine(
        "pay", 0.0, "h", hourly, words().call_outs, index, served=months, billed=paid_hours
    )
    fee = on_call.per_call_out
    if fee:
        yield CostLine(
            "pay", 0.0, "call-out", fee, words().fees, index, served=months, billed=call_outs
        )

    def cost(more: float) -> float:
        """What one person costs a month with more pay, that pay left out."""
        return setting.employer.month(source, year, served, premiums + more).cost - more * index

    own = times * price / people
    before, after = cost(0.0), cost(own)
    rate = (after - before) / (own * index) if own > 0 else 0.0
    yield CostLine(
        "employer charges", times * price, "of pay", rate, words().charges, index, served=months
    )
    both = ((hourly, _paid_money), (fee, _paid_fees))
    for pay, billed in both if fee else both[:1]:
        rate = (cost(own + pay) - after) / (pay * index) if pay > 0 else 0.0
        yield CostLine(
            "employer charges",
            0.0,
            "of pay",
            rate,
            words().charges_on_call_outs,
            index,
            served=months,
            billed=partial(billed, pay),
        )


def _paid_money(hourly: float, usage: Usage) -> float:
    return paid_hours(usage) * hourly


def _paid_fees(fee: float, usage: Usage) -> float:
    return call_outs(usage) * fee


class _Words:
    """What is said of the costs of hours on call."""

    def __init__(self, source: Employment, on_call: OnCall, setting: Setting, year: int) -> None:
        self._source = source
        self._on_call = on_call
        self._setting = setting
        self._year = year

    def _refs(self, *keys: str) -> tuple[str, ...]:
        return self._on_call.origins.refs(*keys) + self._setting.price_refs("wages", self._year)

    def standby(self) -> Explanation:
        """Of pay for being on call."""
        hours = written(str(self._source.hours_on_call))
        why = say("on call {hours}, while somebody is there for it", hours=hours)
        return Explanation(why, self._refs("pay", "hours"))

    def call_outs(self) -> Explanation:
        """Of pay for call-outs."""
        why = hours_of_call_outs(self._on_call.minimum)
        return Explanation(why, self._refs("call_out", "minimum"))

    def fees(self) -> Explanation:
        """Of pay for each call-out."""
        return Explanation(each_call_out(), self._refs("per_call_out"))

    def charges(self) -> Explanation:
        """Of charges on pay for being on call."""
        return Explanation(say("what pay for being on call adds"), self._of_charges())

    def charges_on_call_outs(self) -> Explanation:
        """Of charges on pay for call-outs."""
        return Explanation(say("what pay for call-outs adds"), self._of_charges())

    def _of_charges(self) -> tuple[str, ...]:
        if self._source.charges is not None:
            refs = self._source.origins.refs("charges")
        else:
            refs = (self._setting.employer.schedule_ref(self._year),)
        return (*refs, *self._setting.price_refs("wages", self._year))
