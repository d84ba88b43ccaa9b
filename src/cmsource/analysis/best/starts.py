"""Where the search begins: what the scenario has, every step of the cursor, every mix."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from cmsource.analysis.best.freedom import Freedom
from cmsource.analysis.best.moves import Moves
from cmsource.analysis.best.organisation import Builder, Organisation, Part, as_written, names
from cmsource.analysis.cursor.cursor import SHARES, hours_of
from cmsource.analysis.cursor.inhouse import InHouse
from cmsource.scenario.employment import Employment
from cmsource.scenario.source import Source

SHIPPED, GIVEN, CURSOR, MIXES = "shipped", "given", "cursor", "mixes"
"""Where a start is from: an option, the sources as they are, a step of the cursor, a mix."""

_MOST_MIXED = 3


class Start(NamedTuple):
    """An organisation to begin with, and where it is from."""

    kind: str
    organisation: Organisation


class Starts:
    """Organisations to begin with.

    Args:
        builder: makes sources of parts.
        freedom: what may be changed.
        moves: knows who is in-house.
    """

    def __init__(self, builder: Builder, freedom: Freedom, moves: Moves) -> None:
        self._builder = builder
        self._freedom = freedom
        self._people = moves.people
        self._known: dict[Part, bool] = {}
        scenario = builder.setting.scenario
        written = [as_written(option, builder) for option in scenario.options]
        self.shipped = [each for each in written if each is not None]
        weekly = scenario.needs.weekly_work()
        self._mixed = sorted(
            builder.activities,
            key=lambda name: (name != "messages", -weekly.get(name, 0.0), name),
        )[:_MOST_MIXED]

    def of(self, sources: Sequence[str]) -> list[Start]:
        """The organisations of exactly some sources with which the search begins."""
        found = dict.fromkeys(
            start for start in self._all(sources) if self.allowed(start.organisation)
        )
        return list(found)

    def allowed(self, organisation: Organisation) -> bool:
        """Whether an organisation changes only what may be changed, and as the law lets it."""
        return all(self._allowed(part) for part in organisation)

    def _allowed(self, part: Part) -> bool:
        found = self._known.get(part)
        if found is None:
            freedom, source = self._freedom, self._builder.source(part)
            found = freedom.permits(part) and freedom.allows(part, source)
            self._known[part] = found
        return found

    def _all(self, sources: Sequence[str]) -> Iterator[Start]:
        for shipped in self.shipped:
            if frozenset(names(shipped)) == frozenset(sources):
                yield Start(SHIPPED, shipped)
        inside = [name for name in sources if self._source(name).in_house]
        outside = [name for name in sources if not self._source(name).in_house]
        given = tuple([Part(name) for name in (*inside, *outside)])
        movable = [name for name in sources if name in self._people]
        step = CURSOR if self._is_of_the_cursor(sources) else GIVEN
        yield Start(step if len(sources) == 1 else GIVEN, given)
        for name in movable:
            for source in self._amounts(self._people[name], alone=len(sources) == 1):
                part = self._part(source)
                rest = [each for each in given if each.name != name]
                relieved = [self._relieved(each, source) for each in rest]
                yield Start(step, (part, *relieved))
        if len(movable) == len(outside) == 1 and len(sources) == 2:
            yield from self._mixes(movable[0], outside[0])

    def _is_of_the_cursor(self, sources: Sequence[str]) -> bool:
        """Whether the cursor takes some sources: one in-house, one outside, or one of the two."""
        outside = [name for name in sources if self._source(name).cursor_end == "outside"]
        inside = [name for name in sources if name in self._people]
        both = len(inside) <= 1 and len(outside) <= 1
        return bool(self._people) and both and len(inside) + len(outside) == len(sources)

    def _amounts(self, people: InHouse, *, alone: bool) -> Iterator[Source]:
        yield people.source
        if alone:
            yield from [people.alone(number) for number in (people.enough, people.whole)]
        for hours in hours_of(people):
            yield people.at(hours)

    def _part(self, source: Source) -> Part:
        """A source of the cursor as a part."""
        assert isinstance(source, Employment)
        base = self._source(source.name)
        if source is base:
            return Part(source.name)
        people = source.headcount if source.headcount != getattr(base, "headcount", 0) else 0
        return Part(
            source.name,
            source.weekly_hours,
            people if isinstance(people, int) else 0,
            source.on_duty,
        )

    def _relieved(self, part: Part, inside: Source) -> Part:
        """A part beside somebody on duty, where its watch is bought by the hour."""
        source = self._source(part.name)
        relieved = source.relieved(inside.on_duty)
        if relieved is source or not relieved.on_duty:
            return part
        return part._replace(duty=relieved.on_duty)

    def _mixes(self, inside: str, outside: str) -> Iterator[Start]:
        """Every share of each activity in-house, and none of it said."""
        source = self._source(inside)
        rest = self._relieved(Part(outside), source)
        for shares in product((*SHARES, None), repeat=len(self._mixed)):
            first, second = Part(inside), rest
            for activity, share in zip(self._mixed, shares, strict=True):
                if share is None:
                    continue
                first = first.taking(activity, min(share, source.largest_share(activity)))
                if share >= 1:
                    second = second.taking(activity, 0.0)
            yield Start(MIXES, (first, second))

    def _source(self, name: str) -> Source:
        return self._builder.setting.scenario.sources[name]
