"""Assistants: they bill what they answer, and take time to be supervised."""

from functools import partial

from cmsource.model.prices import Prices
from cmsource.model.resource import Commitment, CostLine, Resource, Software, by_year
from cmsource.model.setting import Setting
from cmsource.model.staff import own_time
from cmsource.scenario.kinds.assistant import Assistant
from cmsource.values.language import say
from cmsource.values.week import EMPTY


def resource(source: Assistant, setting: Setting) -> Resource:
    """The resource of an assistant: software, and nobody."""

    def costs(year: int) -> tuple[CostLine, ...]:
        lines = Prices.of(source, setting, year).lines()
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
        commitment=_commitment(source, setting),
        answer_delay=source.answer_delay,
        software=Software(
            source.on_duty,
            source.resolves,
            source.wrong,
            source.noticed_after,
            source.hand_over,
        ),
    )


def _commitment(source: Assistant, setting: Setting) -> Commitment | None:
    """What leaving costs; None where nothing is paid whatever happens."""
    if not source.min_months and not source.notice:
        return None

    def refs(on_notice: bool) -> tuple[str, ...]:
        owed = "notice" if on_notice else "min_months"
        return source.origins.refs(owed, *source.fees, "packages", "ad_spend")

    prices = Prices(source, setting, 0, 1.0)
    return Commitment(source.min_months, source.notice, prices.committed, refs)


def _supervision() -> str:
    return say("in-house time to read and improve its answers")
