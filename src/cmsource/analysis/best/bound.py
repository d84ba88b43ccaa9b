"""A lower bound of what any organisation of some sources can cost that does the job.

Take an hour of each kind of work to be worth something, and an hour of watch, too: any amounts. An
organisation that does what is asked for does work and watch that are worth so much at least. Each
of its sources does a part of it, and costs something. What it costs, less what its part is worth,
is no less than the least that this can be: over all ways to have that source, and all the work that
it may do. Summed over the sources, these differences are the cost of the organisation less the
worth of all that it does. So it costs no less than the worth of what is asked for and the least
differences of its sources together.

That holds whatever the amounts are (weak duality). They are chosen so that the bound is high: an
hour of posts, say, worth what it costs with whoever bills the least for one.

What is left out makes the bound lower, never wrong: when messages come, how late answers are, who
takes over from whom, premiums and months of learning.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from math import inf

from cmsource.analysis.best.bills import Bills, bills_of
from cmsource.analysis.best.fixed import standing
from cmsource.analysis.best.freedom import Freedom
from cmsource.analysis.best.needed import TOLERANCE, needed
from cmsource.analysis.best.organisation import Builder, Part
from cmsource.analysis.best.ways import Curve, Way, curves, standing_way, ways_of
from cmsource.analysis.best.worths import Candidate, Worths, can, dual, highest
from cmsource.model.kinds import translate
from cmsource.model.resource import Resource
from cmsource.scenario.biller import MESSAGES
from cmsource.scenario.employment import Employment


class Bounds:
    """Lower bounds of the cost of organisations by the sources that they have.

    Args:
        builder: makes sources of parts.
        freedom: what may be changed.

    Attributes:
        asked: what is asked for of all sources together.
    """

    def __init__(self, builder: Builder, freedom: Freedom) -> None:
        self._builder = builder
        self._freedom = freedom
        self._setting = builder.setting
        self.asked = needed(self._setting)
        self._curves: dict[str, list[Curve]] = {}
        self._bills: dict[tuple[str, float], Bills] = {}
        self._known: dict[Part, Way] = {}
        self._worths: dict[tuple[tuple[str, ...], bool], Worths] = {}
        self._resources: dict[str, Resource] = {}

    def of(self, names: Sequence[str], *, fine: bool = True) -> float:
        """The least that an organisation of exactly these sources can cost, in cents.

        Infinite where they cannot do the job, whatever it costs.

        Args:
            names: of the sources.
            fine: whether it shall be as high as can be, which takes several times as long.
        """
        return self._least(names, optional=False, fine=fine) if self._can(names) else inf

    def of_any(self, names: Sequence[str]) -> float:
        """The least that an organisation of any of these sources can cost, in cents."""
        return self._least(names, optional=True, fine=True)

    def _least(self, names: Sequence[str], *, optional: bool, fine: bool) -> float:
        since, needed_ = self.since(names), self._freedom.needed
        candidates = [
            self._candidate(name, since, optional=optional and name not in needed_)
            for name in names
        ]
        bound = dual(candidates, self.asked)
        key = tuple(names), optional
        if key not in self._worths:
            self._worths[key] = highest(bound, candidates, self.asked)
        worths = self._worths[key]
        if fine:
            worths = highest(bound, candidates, self.asked, worths)
        return self.tools(names) + bound(worths)

    def tools(self, names: Iterable[str]) -> float:
        """What tools cost at least: one seat of what is paid by it, and none that one includes."""
        resources = [self._resource(name)._replace(seats=0) for name in names]
        return standing(resources, self._setting).tools

    def since(self, names: Iterable[str]) -> float:
        """The month from which all of some sources are at full capacity."""
        return max([self._resource(name).ramp for name in names], default=0.0)

    def _candidate(self, name: str, since: float, *, optional: bool = False) -> Candidate:
        """A source with all that may be changed of it."""
        bills = None if self._resource(name).in_house else self._bills_of(name, since)
        shares = self._shares(self._resource(name), self._largest(name))
        return Candidate(self._curves_of(name), bills, self._hours(shares), optional)

    def _can(self, names: Sequence[str]) -> bool:
        """Whether they have what money cannot buy: skills, hours, an early start, the law."""
        needs, require = self._setting.scenario.needs, self._setting.scenario.require
        resources = [self._resource(name) for name in names]
        skills = frozenset().union(*[each.skills for each in resources])
        if require.skills_met is not None and needs.skills:
            met = sum([skill in skills for skill in needs.skills]) / len(needs.skills)
            if met < require.skills_met - TOLERANCE:
                return False
        live = max([each.lead for each in resources], default=0.0)
        if require.live_within is not None and live > require.live_within + TOLERANCE:
            return False
        if not can([self._candidate(name, self.since(names)) for name in names], self.asked):
            return False
        option = self._builder.option(tuple([Part(name) for name in names]))
        return not option.forbidden(self._setting.country)

    def as_it_is(self, part: Part, since: float) -> Candidate:
        """A source as an organisation has it, at work with others."""
        source = self._builder.source(part)
        resource = translate(source, self._setting)
        bills = None if resource.in_house else self._bills_of(part.name, since)
        shares = self._shares(resource, source.largest_share)
        return Candidate([[self.way(part)]], bills, self._hours(shares), optional=False)

    def way(self, part: Part) -> Way:
        """What a source costs whatever it does, and gives, as an organisation has it."""
        plain = part._replace(takes=())
        found = self._known.get(plain)
        if found is None:
            resource = translate(self._builder.source(plain), self._setting)
            found = standing_way(resource, self._setting, watch_is_free=False)
            self._known[plain] = found
        return found

    def _hours(self, shares: Mapping[str, float]) -> dict[str, float]:
        """So much of each kind of work, on average."""
        return {kind: shares[kind] * hours for kind, hours in self.asked.hours.items()}

    def _largest(self, name: str) -> Callable[[str], float]:
        return partial(self._freedom.largest_share, name)

    def _shares(
        self, resource: Resource, largest_share: Callable[[str], float]
    ) -> dict[str, float]:
        """The largest share of each kind of work that a source can do.

        Args:
            resource: the source.
            largest_share: the largest that it takes of each kind.
        """
        software = resource.software
        skills = self._setting.scenario.needs.skills_for()
        found = {}
        for kind in self.asked.hours:
            share = largest_share(kind)
            if software is not None:
                share = share * software.resolves if kind == MESSAGES else 0.0
            elif kind != MESSAGES and not skills.get(kind, frozenset()) <= resource.skills:
                share = 0.0
            found[kind] = min(1.0, share)
        return found

    def _resource(self, name: str) -> Resource:
        found = self._resources.get(name)
        if found is None:
            source = self._setting.scenario.sources[name]
            found = self._resources[name] = translate(source, self._setting)
        return found

    def _bills_of(self, name: str, since: float) -> Bills:
        key = name, since
        if key not in self._bills:
            resource = self._resource(name)
            shares = self._shares(resource, self._largest(name))
            self._bills[key] = bills_of(resource, self._setting, self.asked, shares, since)
        return self._bills[key]

    def _curves_of(self, name: str) -> list[Curve]:
        """The ways to have a source."""
        found = self._curves.get(name)
        if found is None:
            source, setting = self._setting.scenario.sources[name], self._setting
            keys = ("hours", "headcount", "on_duty")
            changes = any(self._freedom.may(name, key) for key in keys)
            if changes and isinstance(source, Employment):
                ways = ways_of(source, setting, self._freedom, self.asked.most)
                cover = setting.scenario.needs.cover.hours
                found = curves(ways, self.asked.most, cover)
            else:
                resource = self._resource(name)
                found = [[standing_way(resource, setting, watch_is_free=changes)]]
            self._curves[name] = found
        return found
