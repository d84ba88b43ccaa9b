"""Assistants: a price for each message that they answer, or for each month, and supervision."""

from collections.abc import Callable
from functools import partial

from cmsource.model.resource import (
    Commitment,
    CostLine,
    Explanation,
    Resource,
    Software,
    Usage,
    by_year,
)
from cmsource.model.setting import Setting
from cmsource.model.staff import own_time
from cmsource.scenario.kinds.assistant import Assistant
from cmsource.values.language import say
from cmsource.values.week import EMPTY

_WEEKS_A_MONTH = 52 / 12


def resource(source: Assistant, setting: Setting) -> Resource:
    """The resource of an assistant: software, and nobody."""

    def costs(year: int) -> tuple[CostLine, ...]:
        risen = setting.vendors(year)

        def line(
            category: str, why: Callable[[], str], unit: str, price: float, *keys: str
        ) -> CostLine:
            words = partial(_words, source, setting, year, why, keys)
            return CostLine(category, 1, unit, price, words, risen)

        lines = []
        price = source.price
        if price is not None and price.per == "resolution":
            keys = ("price", "resolves", "included.resolutions")
            why = _resolved_beyond if source.included_a_month else _resolved
            answers = line("fees", why, "resolution", price.amount, *keys)
            billed = partial(_resolutions, source.included_a_month)
            lines.append(answers._replace(quantity=0.0, billed=billed))
        elif price is not None:
            lines.append(line("fees", _a_month, "month", price.amount, "price"))
        lines.append(line("fees", _retainer, "month", source.retainer, "retainer"))
        setup = line("setup", _setting_up, "time", source.setup, "setup")
        lines.append(setup._replace(once=True))
        if source.supervision.amount:
            refs = partial(source.origins.refs, "supervision")
            lines.append(own_time(setting, source.supervision, year, _supervision, refs))
        return tuple(lines)

    return Resource(
        name=source.name,
        in_house=False,
        replaced=False,
        headcount=0,
        depth=0.0,
        depth_less_one=0.0,
        absent=0.0,
        duty=EMPTY,
        capacity=0.0,
        contract=0.0,
        skills=frozenset(source.skills),
        takes=source.takes,
        lead=source.starts_after,
        ramp=source.ramp_up,
        seats=0,
        costs=by_year(costs),
        commitment=_commitment(source),
        answer_delay=source.answer_delay,
        software=Software(
            source.on_duty,
            source.resolves,
            source.wrong,
            source.noticed_after,
            source.hand_over,
        ),
    )


def _resolutions(included: float, usage: Usage) -> float:
    """Messages a month that it answers beyond those included, wrong answers among them."""
    return max(0.0, usage.resolved * _WEEKS_A_MONTH - included)


def _commitment(source: Assistant) -> Commitment | None:
    """What leaving costs; None where nothing is paid whatever happens."""
    price = source.price
    monthly = source.retainer
    if price is not None and price.per == "month":
        monthly += price.amount
    if not monthly or not (source.min_months or source.notice):
        return None

    def refs(on_notice: bool) -> tuple[str, ...]:
        return source.origins.refs("notice" if on_notice else "min_months", "price", "retainer")

    return Commitment(source.min_months, source.notice, lambda _: monthly, refs)


def _words(
    source: Assistant, setting: Setting, year: int, why: Callable[[], str], keys: tuple[str, ...]
) -> Explanation:
    return Explanation(why(), source.origins.refs(*keys) + setting.price_refs("vendors", year))


def _resolved() -> str:
    return say("messages that it answers")


def _resolved_beyond() -> str:
    return say("messages that it answers beyond those included")


def _a_month() -> str:
    return say("price of a month")


def _retainer() -> str:
    return say("retainer")


def _setting_up() -> str:
    return say("setting up, once")


def _supervision() -> str:
    return say("in-house time to read and improve its answers")
