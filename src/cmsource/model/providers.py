"""What providers have in common: they bill what they do."""

from collections.abc import Callable
from functools import partial
from math import inf

from cmsource.model.publishing import own_time_of_posts, publishing_of
from cmsource.model.resource import Commitment, CostLine, Resource, Standby, Weeks, by_year
from cmsource.model.setting import Setting
from cmsource.model.time_prices import ProviderPrices
from cmsource.scenario.provider import Provider


def provider(
    source: Provider,
    setting: Setting,
    *,
    depth: float,
    absent: float,
    seats: int = 0,
    rostered: float = 1.0,
    beside: Callable[[int], tuple[CostLine, ...]] = lambda _: (),
) -> Resource:
    """The resource of a provider.

    Args:
        source: the provider.
        setting: where.
        depth: people that it keeps on each hour of duty.
        absent: chance that one of them is not there.
        seats: seats of tools that it needs.
        rostered: people that a week has of it, on average.
        beside: what it costs in a year of the horizon beside what it bills.
    """

    def costs(year: int) -> tuple[CostLine, ...]:
        posts = own_time_of_posts(source, setting, year)
        return (*ProviderPrices.of(source, setting, year).lines(), *beside(year), *posts)

    return Resource(
        name=source.name,
        in_house=False,
        replaced=source.replaced,
        headcount=1,
        depth=depth if source.on_duty else 0.0,
        depth_less_one=0.0,
        absent=absent,
        duty=source.on_duty,
        capacity=ceiling(source),
        contract=0.0,
        skills=frozenset(source.skills),
        takes=source.takes,
        lead=source.starts_after,
        ramp=source.ramp_up,
        seats=seats,
        costs=by_year(costs),
        commitment=_commitment(source, setting),
        answer_delay=source.answer_delay,
        escalates=source.escalates,
        escalation_delay=source.escalation_delay,
        dear_after_hours=source.after_hours > 1,
        standby=_standby(source, depth),
        weeks=Weeks(rostered, ceiling(source)),
        publishing=publishing_of(source),
    )


def _standby(source: Provider, depth: float) -> Standby | None:
    """Its hours on call, one of its people at a time; None for none."""
    on_call, hours = source.on_call, source.hours_on_call
    if on_call is None or not hours:
        return None
    return Standby(hours, min(1.0, depth), 0.0, on_call.reaction, on_call.minimum)


def ceiling(source: Provider) -> float:
    """Hours of work a week that can be had at most; infinite without such a number.

    Where nothing says what more than is included costs, or it is refused, there is no more.
    """
    days = source.days_of_duty
    most = inf if source.max_hours is None else source.max_hours.weekly(days)
    if source.beyond == "refused":
        pack = source.pack
        agreed = 0.0 if pack is None or source.teaches else pack.weekly(days)
        if pack is not None and pack.in_days:
            agreed *= source.day_length / 60
        return min(most, source.weekly_included + agreed)
    if source.rate is None and source.includes_time:
        return min(most, source.weekly_included)
    return most


def _commitment(source: Provider, setting: Setting) -> Commitment | None:
    """What leaving costs; None where nothing is paid whatever happens."""
    pack = source.pack
    a_year = pack is not None and pack.per == "year" and pack.amount > 0 and not source.teaches
    if not source.min_months and not source.notice and not a_year:
        return None
    prices = ProviderPrices(source, setting, 0, 1.0)
    key = "days" if source.days is not None else "hours"

    def refs(on_notice: bool) -> tuple[str, ...]:
        owed = "notice" if on_notice else "min_months"
        return source.origins.refs(
            owed, "retainer", "packages", key, "watch", "on_call", "ad_spend"
        )

    return Commitment(
        source.min_months,
        source.notice,
        prices.committed,
        refs,
        prices.committed_pack() if a_year else 0.0,
        partial(source.origins.refs, key, source.rate_key),
    )
