"""What goes out to the public: whose material it has, what approving it takes, how late it is."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from cmsource.model.resource import (
    CostLine,
    Counted,
    Explanation,
    Publishing,
    Resource,
    Usage,
)
from cmsource.model.setting import Setting
from cmsource.model.work import Allocation
from cmsource.scenario.needs import Needs
from cmsource.scenario.provider import Provider
from cmsource.scenario.publishing import Approval, InHouseMaterial
from cmsource.values.language import say
from cmsource.values.week import WEEKS_A_MONTH

_DAY = 1440.0


def publishing_of(source: Provider) -> Publishing:
    """What it takes of the company until what a provider makes goes out."""
    approval, material = source.approval, source.in_house_material
    return Publishing(
        0.0 if material is None else material.share,
        0.0 if approval is None else approval.delay,
    )


def own_time_of_posts(source: Provider, setting: Setting, year: int) -> Iterator[CostLine]:
    """The in-house time to approve what a provider makes, and to bring it material.

    Args:
        source: the provider.
        setting: what goes out.
        year: of the horizon, from 0.
    """
    published = setting.scenario.needs.published()
    given: tuple[tuple[str, Approval | InHouseMaterial | None, float, str], ...] = (
        ("approval", source.approval, 1.0, _APPROVING),
        (
            "in_house_material",
            source.in_house_material,
            0.0 if source.in_house_material is None else source.in_house_material.share,
            _MATERIAL,
        ),
    )
    for key, record, share, why in given:
        if record is None or not record.minutes_each * share:
            continue
        hours = record.minutes_each * share / 60 * WEEKS_A_MONTH
        yield CostLine(
            "own time",
            0.0,
            "h",
            1.0,
            partial(_words, source, key, record, why, setting, year),
            setting.wages(year),
            cash=False,
            billed=partial(_hours_of_units, published, hours),
            counted=Counted(frozenset(published), even=True),
            own_time=True,
        )


_APPROVING = say("in-house time to approve what goes out")
_MATERIAL = say("in-house time to bring material to what goes out")


def _words(
    source: Provider,
    key: str,
    record: Approval | InHouseMaterial,
    why: str,
    setting: Setting,
    year: int,
) -> Explanation:
    refs = record.origins.refs("share", "minutes_each") or source.origins.refs(key)
    return Explanation(why, (*refs, *setting.own_time.refs, *setting.price_refs("wages", year)))


def _hours_of_units(published: Sequence[str], hours: float, usage: Usage) -> float:
    """Hours a month, of so many for each unit a week."""
    parts = [usage.activities[name] for name in published if name in usage.activities]
    return hours * sum([part.units or 0.0 for part in parts])


class Published(NamedTuple):
    """What goes out in a week, by whose it is.

    Attributes:
        done: how much of it each resource does, in units where all of it is counted in units, else
            in hours.
        resources: in the same order.
    """

    done: Sequence[float]
    resources: Sequence[Resource]

    @property
    def all(self) -> float:
        """All of it."""
        return sum(self.done)

    @property
    def in_house_material(self) -> float | None:
        """Share of it that in-house people make or bring material to; None where none is done."""
        return self._mean([each.publishing.material for each in self.resources])

    @property
    def approval_days(self) -> float | None:
        """Days until it is approved, on average; None where none is done."""
        minutes = self._mean([each.publishing.approval for each in self.resources])
        return None if minutes is None else minutes / _DAY

    def _mean(self, values: Sequence[float]) -> float | None:
        if self.all <= 0:
            return None
        pairs = zip(self.done, values, strict=True)
        return sum([done * value for done, value in pairs]) / self.all


def published(resources: Sequence[Resource], needs: Needs, work: Allocation) -> Published:
    """What some resources do of what goes out."""
    names = needs.published()
    in_units = {each.name for each in needs.in_units()} >= {*names}
    done = []
    for used in work.usage:
        parts = [used.activities[name] for name in names]
        done.append(sum([(part.units or 0.0) if in_units else part.hours for part in parts]))
    return Published(done, resources)
