"""Checks of hours on call: that they can be, are paid, and leave people their rest."""

from collections.abc import Iterator
from math import inf

from cmsource.countries.labour import FACTS, breaches, limits_of
from cmsource.reading.finding import Finding, Read, visible
from cmsource.scenario.employment import Employment
from cmsource.scenario.on_call import OnCallService
from cmsource.scenario.provider import Provider
from cmsource.values.language import say
from cmsource.values.money import format_amount
from cmsource.values.quantities import PER
from cmsource.values.written import written

_CENT = 0.005
_RESTS = {
    "daily_rest": say("the daily rest"),
    "weekly_rest": say("the weekly rest"),
}


def _those_on_call(read: Read) -> Iterator[tuple[str, Employment | Provider, OnCallService]]:
    """Everybody with hours on call, with the path, each way of being on call once."""
    seen = set()
    for path, source in read.uses:
        if not isinstance(source, (Employment, Provider)) or source.on_call is None:
            continue
        on_call = source.on_call
        sold = (source.sells_beyond, source.weekly_included) if isinstance(source, Provider) else ()
        one = (source.name, source.on_duty, on_call.hours, on_call.pay, on_call.call_out, *sold)
        if one not in seen:
            seen.add(one)
            yield path, source, on_call


def on_call_beside_duty(read: Read) -> Iterator[Finding]:
    """Nobody is on call in hours on duty, or paid by what these hours have none of."""
    for path, source, on_call in _those_on_call(read):
        both = on_call.hours.intersection(source.on_duty)
        here = f"{path}.on_call.hours"
        if both:
            rest = on_call.hours.difference(source.on_duty)
            yield Finding(
                "E314",
                say(
                    "`{name}` is on call and on duty at once: {hours}",
                    name=source.name,
                    hours=written(str(both)),
                ),
                visible(on_call.origins.get("hours"), read, here),
                say("write hours: {hours}", hours=written(str(rest)))
                if rest
                else say("take on_call out: these hours are all on duty"),
                here,
            )
        elif on_call.hours and on_call.pay.amount and not on_call.times_a_week(on_call.hours):
            yield Finding(
                "E314",
                say(
                    "`{name}` is paid {per} on call, and has none of them: {hours}",
                    name=source.name,
                    per=PER[on_call.pay.per],
                    hours=written(str(on_call.hours)),
                ),
                visible(on_call.origins.get("pay"), read, f"{path}.on_call.pay"),
                say("pay it per hour, day or week, or change the hours"),
                f"{path}.on_call.pay",
            )


def call_outs_have_a_price(read: Read) -> Iterator[Finding]:
    """What a provider does on call is paid by its hours, or is said to be paid otherwise."""
    for path, source, on_call in _those_on_call(read):
        if not isinstance(source, Provider) or not on_call.hours or source.bills_call_outs:
            continue
        if not source.sells_beyond and source.weekly_included < inf:
            yield Finding(
                "E222",
                say("`{path}.on_call` does not say what an hour of call-outs costs", path=path),
                visible(source.origins.get("on_call"), read, f"{path}.on_call"),
                say("write `call_out: 90/h`, 0 where the price of each call-out is all"),
                f"{path}.on_call.call_out",
            )


def lawful_call_outs(read: Read) -> Iterator[Finding]:
    """Call-outs are working time: paid no less than the legal minimum, and no rest."""
    country = read.country
    if country is None:
        return
    limits = limits_of(country)
    for path, source, on_call in _those_on_call(read):
        if not isinstance(source, Employment):
            continue
        minimum = source.legal_minimum(country)
        if (
            minimum is not None
            and on_call.call_out is not None
            and on_call.call_out < minimum.wage - _CENT
        ):
            yield Finding(
                "W427",
                say(
                    "`{name}` earns {price} an hour of call-outs, below the legal minimum of "
                    "{minimum} {whose}",
                    name=source.name,
                    price=format_amount(on_call.call_out, country.currency),
                    minimum=format_amount(minimum.wage, country.currency),
                    whose=minimum.whose,
                ),
                visible(on_call.origins.get("call_out"), read, f"{path}.on_call.call_out"),
                say(
                    "call-outs are working time: pay at least {wage}/h ({source})",
                    wage=format_amount(minimum.wage, country.currency),
                    source=minimum.source,
                ),
                f"{path}.on_call.call_out",
            )
        people = source.headcount
        if people != 1 or on_call.hours.intersection(source.on_duty):
            continue
        both = source.on_duty.union(on_call.hours)
        before = {each.rule for each in breaches(source.on_duty.intervals, limits)}
        after = {each.rule for each in breaches(both.intervals, limits)}
        for rule, what in _RESTS.items():
            fact = country.facts.get(FACTS[rule])
            if rule in before or rule not in after or fact is None or fact.confidence == "G":
                continue
            yield Finding(
                "W426",
                say(
                    "`{name}`: call-outs can break {rest} of {hours} h, {source}",
                    name=source.name,
                    rest=what,
                    hours=f"{fact.value:g}",
                    source=fact.source,
                ),
                visible(on_call.origins.get("hours"), read, f"{path}.on_call.hours"),
                say("give the rest afterwards, or let several people take turns: headcount: 2"),
                f"{path}.on_call.hours",
            )
