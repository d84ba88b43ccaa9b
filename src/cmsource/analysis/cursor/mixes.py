"""The cursor for each activity: which work to do in-house and which outside, in any combination."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from cmsource.analysis.cursor.cursor import SHARES, choices
from cmsource.analysis.cursor.endpoints import ends_of
from cmsource.analysis.cursor.inhouse import InHouse
from cmsource.model.evaluation import coverage, evaluate
from cmsource.model.kinds import translate
from cmsource.model.plan import InSeason, PlannedPhase
from cmsource.model.requirements import requirements
from cmsource.model.setting import Setting, setting_of
from cmsource.results.coverage import Coverage
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.options import Option, Phase
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.values.diagnostics import Diagnostic, ScenarioError, did_you_mean
from cmsource.values.language import counted, listed, say
from cmsource.values.money import format_shortest

MESSAGES = "messages"
MOST = 3
"""Activities at once: five shares of each make 125 combinations."""

_DIGITS = 9
_PER_CENT = 2
_NOTICED = 5e-4


class Done(NamedTuple):
    """Hours a week of one activity.

    Attributes:
        needed: all of them.
        inside: those done in-house.
        outside: those done outside.
    """

    needed: float
    inside: float
    outside: float

    @property
    def undone(self) -> float:
        """Those that nobody does."""
        return max(0.0, self.needed - self.inside - self.outside)


class Mix(NamedTuple):
    """One combination of in-house shares.

    Attributes:
        shares: the largest in-house share of each activity, in the order asked for.
        total_cents: economic cost over the horizon.
        cash_cents: the part of it that is paid.
        coverage: what the mix covers, in steady state.
        requirements: every requirement of the scenario held against it.
        eligible: whether all of them hold.
        work: what is done of every activity of the scenario, and by whom.
    """

    shares: tuple[float, ...]
    total_cents: int
    cash_cents: int
    coverage: Coverage
    requirements: tuple[RequirementResult, ...]
    eligible: bool
    work: Mapping[str, Done]

    @property
    def in_house(self) -> float:
        """Share of the work done that in-house people do; 0 where none is done."""
        return self.coverage.in_house or 0.0


class Mixes(NamedTuple):
    """All combinations of in-house shares of some activities.

    Attributes:
        outside: the source outside.
        inside: the source in-house, with its hours.
        hours: hours a week of all in-house people together.
        activities: those whose cursor is moved.
        mixes: every combination.
        recommended: index of the cheapest of the choices; None where there is none.
        choices: indexes of those to choose from, see `cmsource.analysis.cursor.cursor.choices`.
        frontier: indexes of those for which no other costs less and does as much in-house.
        by_activity: for each activity, the index of the cheapest combination with each of
            `SHARES`; None where none meets every requirement.
    """

    outside: Source
    inside: Source
    hours: float
    activities: tuple[str, ...]
    mixes: tuple[Mix, ...]
    recommended: int | None
    choices: tuple[int, ...]
    frontier: tuple[int, ...]
    by_activity: Mapping[str, tuple[int | None, ...]]


def mixes(
    scenario: Scenario,
    activities: Sequence[str],
    *,
    outside: str = "",
    inside: str = "",
    hours: float | None = None,
) -> Mixes:
    """Every combination of in-house shares of 0, 25, 50, 75 and 100 % of some activities.

    Of an activity with a share below 100 % the in-house people take up to that share, as far as
    their hours carry it, and the outside takes the rest; at 100 % the outside takes none of it.

    Args:
        scenario: a scenario; its options play no part.
        activities: ``messages`` and activities of ``needs.work``, three at most.
        outside: name of an agency or freelancer; the first of the scenario when empty.
        inside: name of an employee or colleague; the first of the scenario when empty.
        hours: hours a week in-house; those that the scenario gives when None.

    Raises:
        ScenarioError: there are no such sources or activities, or too many.
    """
    named = _checked(scenario, activities)
    ends = ends_of(scenario, outside, inside)
    setting = setting_of(scenario)
    person = ends.inside
    if hours is not None:
        people = InHouse(ends.inside, setting)
        people.check(hours)
        person = people.at(hours)
    rest = ends.outside.relieved(person.on_duty)
    found = tuple(
        _mix(
            shares, *_shared(person, rest, dict(zip(named, shares, strict=True)), setting), setting
        )
        for shares in product(SHARES, repeat=len(named))
    )
    fitting = choices([(mix.eligible, mix.coverage) for mix in found], scenario)
    return Mixes(
        rest,
        person,
        translate(person, setting).headcount * person.weekly_hours,
        named,
        found,
        _least(fitting, found) if fitting else None,
        fitting,
        _frontier(fitting or range(len(found)), found),
        {
            activity: tuple(
                _least(same, found) if same else None
                for share in SHARES
                for same in [[i for i in fitting if found[i].shares[place] == share]]
            )
            for place, activity in enumerate(named)
        },
    )


def _checked(scenario: Scenario, activities: Sequence[str]) -> tuple[str, ...]:
    messages = scenario.needs.messages
    known = [*([MESSAGES] if messages is not None and messages.weekly > 0 else [])]
    known += scenario.needs.work
    named = tuple(dict.fromkeys(activities))
    wrong = [name for name in named if name not in known]
    if wrong:
        raise ScenarioError(
            Diagnostic(
                "E312",
                say(
                    "`{scenario}` has no activity `{activity}`",
                    scenario=scenario.name,
                    activity=name,
                ),
                None,
                did_you_mean(name, known) or say("give it one under needs.work"),
            )
            for name in wrong
        )
    if not 0 < len(named) <= MOST:
        message = counted(
            len(named),
            "{count} activity makes {combinations} combinations",
            "{count} activities make {combinations} combinations",
            combinations=format_shortest(len(SHARES) ** len(named)),
        )
        hint = say("name one to {most} of: {names}", most=MOST, names=listed(known))
        raise ScenarioError([Diagnostic("E312", message, None, hint)])
    return named


def _shared(
    inside: Source, outside: Source, shares: Mapping[str, float], setting: Setting
) -> tuple[Source, Source]:
    """Both sources with the in-house shares as what each takes at most."""
    most = {name: min(share, inside.largest_share(name)) for name, share in shares.items()}
    none = {name: 0.0 for name, share in shares.items() if share >= 1}
    first = inside.changed(takes={**inside.takes, **most})
    second = outside.changed(takes={**outside.takes, **none})
    return first, second


def _mix(shares: tuple[float, ...], inside: Source, outside: Source, setting: Setting) -> Mix:
    phase = Phase(start=0.0, months=setting.scenario.horizon, sources=(inside, outside))
    result = evaluate(Option(name="mix", label="mix", phases=(phase,)), setting)
    held = requirements(setting.scenario.require, result)
    return Mix(
        shares,
        result.total_cents,
        result.cash_cents,
        coverage(result),
        held,
        all(each.met is not False for each in held),
        _work(result.phases[0]),
    )


def _work(phase: PlannedPhase) -> dict[str, Done]:
    """What the two do of each activity, on average over the seasons."""
    found: dict[str, Done] = {}
    for season in phase.seasons:
        part = season.months / phase.months
        for activity, done in _in_season(season):
            before = found.get(activity, Done(0.0, 0.0, 0.0))
            pairs = zip(before, done, strict=True)
            found[activity] = Done(*[sum_ + part * hours for sum_, hours in pairs])
    return found


def _in_season(season: InSeason) -> Iterator[tuple[str, Done]]:
    """The same in the months of a season."""
    work, needs = season.team.work, season.team.needs
    if needs.messages is not None and needs.messages.weekly > 0:
        first, second = work.usage
        yield MESSAGES, Done(needs.messages.weekly_hours, first.messages, second.messages)
    for activity, needed in needs.weekly_work().items():
        yield activity, Done(needed, *work.planned[activity])


def _least(indexes: Iterable[int], found: Sequence[Mix]) -> int:
    """The cheapest; of equals the one that answers more in time, then does more in-house."""

    def key(index: int) -> tuple[int, float, float, int]:
        mix = found[index]
        answered = round(mix.coverage.answered_in_time or 0.0, _PER_CENT)
        return mix.total_cents, -answered, -round(mix.in_house, _DIGITS), index

    return min(indexes, key=key)


def _frontier(indexes: Iterable[int], found: Sequence[Mix]) -> tuple[int, ...]:
    """The combinations from the cheapest on, each doing more in-house than all cheaper ones."""

    def key(index: int) -> tuple[int, float, float, int]:
        mix = found[index]
        answered = round(mix.coverage.answered_in_time or 0.0, _DIGITS)
        return mix.total_cents, -round(mix.in_house, _DIGITS), -answered, index

    kept: list[int] = []
    for index in sorted(indexes, key=key):
        if not kept or found[index].in_house > found[kept[-1]].in_house + _NOTICED:
            kept.append(index)
    return tuple(kept)
