"""Providers: agencies, freelancers and coaches, who bill what they do."""

from math import inf

from cmsource.model.kinds.staff import own_time
from cmsource.model.resource import Commitment, CostLine, Resource, Usage
from cmsource.model.setting import Setting, days_of_duty
from cmsource.sources import Service, Source

_HOURS_A_MONTH = 52 / 12


def service(source: Source, setting: Setting) -> Resource:
    """The resource of a provider."""
    terms = source.terms
    assert isinstance(terms, Service)
    replaced = source.kind == "agency"
    depth = terms.depth if replaced else 1 - terms.planned_absence
    absent = 1 - terms.service_level if replaced else terms.unplanned_absence
    on_watch = bool(source.on_duty)

    def costs(usage: Usage, year: int) -> tuple[CostLine, ...]:
        index, risen = setting.vendors(year), setting.price_refs("vendors", year)
        return tuple(
            line._replace(price_index=index, refs=line.refs + risen) if line.cash else line
            for line in (
                *_fees(terms, usage, source),
                *_standing_watch(terms, source, setting),
                *_after_hours(terms, usage, source),
                CostLine(
                    "setup",
                    "setting up, once",
                    1,
                    "time",
                    terms.setup,
                    once=True,
                    refs=terms.origins.refs("setup"),
                ),
                own_time(
                    setting,
                    terms.coordination,
                    year,
                    "in-house time to steer the provider",
                    terms.origins.refs("coordination"),
                ),
            )
        )

    standing = _standing_watch(terms, source, setting)
    monthly = terms.retainer + sum(line.quantity * line.unit_price for line in standing)
    commitment = Commitment(
        terms.min_months, monthly, terms.origins.refs("min_months", "retainer", "watch")
    )
    return Resource(
        name=source.name,
        in_house=False,
        replaced=replaced,
        headcount=1,
        depth=depth if on_watch else 0.0,
        depth_less_one=0.0,
        absent=absent,
        duty=source.on_duty,
        capacity=_capacity(terms, source),
        contract=0.0,
        skills=frozenset(source.skills),
        takes=source.takes,
        lead=source.starts_after,
        ramp=source.ramp_up,
        seats=1 if source.kind == "freelancer" else 0,
        costs=costs,
        commitment=commitment if terms.min_months > 0 and monthly > 0 else None,
        answer_delay=source.answer_delay,
        escalates=source.escalates,
        escalation_delay=source.escalation_delay,
    )


def _capacity(terms: Service, source: Source) -> float:
    """Hours of work a week at most: the ceiling, or the included hours where no rate is agreed."""
    days = days_of_duty(source)
    ceiling = terms.max_hours.weekly(days) if terms.max_hours is not None else inf
    if terms.rate is None and terms.included is not None:
        ceiling = min(ceiling, terms.included.weekly(days))
    return ceiling


def _included(terms: Service, source: Source) -> float:
    """Hours of work a month inside the retainer; infinite for an all-inclusive retainer."""
    if terms.included is not None:
        return terms.included.weekly(days_of_duty(source)) * _HOURS_A_MONTH
    return 0.0 if terms.rate is not None else inf


def _fees(terms: Service, usage: Usage, source: Source) -> tuple[CostLine, ...]:
    """The retainer, the days agreed, and the hours that go beyond what is included."""
    refs = terms.origins.refs
    lines = [
        CostLine("fees", "retainer", 1, "month", terms.retainer, refs=refs("retainer")),
    ]
    length = terms.day_length / 60
    rate = terms.rate
    if rate is None:
        return tuple(lines)
    if terms.days > 0:
        price = terms.day_rate if terms.day_rate is not None else rate * length
        rate_refs = refs("days", terms.rate_key)
        lines.append(CostLine("fees", "days agreed", terms.days, "day", price, refs=rate_refs))
    included = _included(terms, source)
    hours = max(0.0, usage.total * _HOURS_A_MONTH - included)
    why = "hours of work" + (" beyond those included" if included > 0 else "")
    if terms.hourly_rate is not None:
        line = CostLine(
            "fees", why, hours, "h", terms.hourly_rate, refs=refs("hourly_rate", "included")
        )
    else:
        line = CostLine(
            "fees",
            f"{why}, in days of {length:g} h",
            hours / length,
            "day",
            terms.day_rate or 0.0,
            refs=refs("day_rate", "day_length", "included"),
        )
    return (*lines, line)


def _standing_watch(terms: Service, source: Source, setting: Setting) -> tuple[CostLine, ...]:
    """The price of being on watch, whatever happens: a month, or an hour of cover."""
    watch = terms.watch
    if watch is None:
        return ()
    if watch.per == "month":
        refs = terms.origins.refs("watch")
        return (CostLine("watch", "being on watch", 1, "month", watch.amount, refs=refs),)
    hours = source.on_duty.intersection(setting.scenario.needs.cover).hours * _HOURS_A_MONTH
    refs = terms.origins.refs("watch", "on_duty")
    return (CostLine("watch", "hours of cover on watch", hours, "h", watch.amount, refs=refs),)


def _after_hours(terms: Service, usage: Usage, source: Source) -> tuple[CostLine, ...]:
    """What answering outside office hours costs on top of the rate."""
    rate = terms.rate
    included = _included(terms, source)
    if rate is None and 0 < included < inf:
        rate = terms.retainer / included
    if rate is None or terms.after_hours <= 1:
        return ()
    return (
        CostLine(
            "watch",
            f"messages outside office hours, {terms.after_hours - 1:.0%} on top of the rate",
            usage.after_hours * _HOURS_A_MONTH,
            "h",
            rate * (terms.after_hours - 1),
            refs=terms.origins.refs("after_hours", terms.rate_key),
        ),
    )
