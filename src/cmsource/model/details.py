"""What few ask for and takes longest: weekly rotations of teams, and how late answers are."""

from collections.abc import Collection, Sequence

from cmsource.model.coverage import Team
from cmsource.model.line.answers import answering
from cmsource.model.plan import PlannedPhase, plan
from cmsource.model.rosters import rosters
from cmsource.model.setting import Setting, setting_of
from cmsource.results.comparison import Comparison
from cmsource.results.phase import Answering, PhaseResult
from cmsource.scenario.scenario import Scenario


def detailed(scenario: Scenario, result: Comparison, only: Collection[str] = ()) -> Comparison:
    """A comparison with the rosters and the answer times of its phases.

    Args:
        scenario: that was compared.
        result: its comparison.
        only: names of the options that are wanted so; all of them when empty.
    """
    setting = setting_of(scenario)
    options = dict(result.options)
    for option in scenario.options:
        if option.name in options and (not only or option.name in only):
            found = options[option.name]
            phases = detailed_phases(found.phases, plan(option, setting), setting)
            options[option.name] = found._replace(phases=phases)
    return result._replace(options=options, detailed=True)


def detailed_phases(
    phases: Sequence[PhaseResult], planned: Sequence[PlannedPhase], setting: Setting
) -> tuple[PhaseResult, ...]:
    """The phases of an option with their rosters and answer times."""
    pairs = zip(phases, planned, strict=True)
    return tuple([_detailed(phase, each, setting) for phase, each in pairs])


def _detailed(phase: PhaseResult, planned: PlannedPhase, setting: Setting) -> PhaseResult:
    seasons = zip(phase.seasons, planned.seasons, strict=True) if phase.seasons else ()
    return phase._replace(
        rosters=rosters(planned.resources, setting.country),
        answering=_answering(planned.team),
        seasons=tuple([one._replace(answering=_answering(each.team)) for one, each in seasons]),
    )


def _answering(team: Team) -> Answering | None:
    return None if team.answers is None else answering(team.answers)
