"""What few ask for and takes longest: weekly rotations of teams, and how late answers are."""

from collections.abc import Collection
from dataclasses import replace

from cmsource.model.line.answers import answering
from cmsource.model.plan import PlannedPhase, plan
from cmsource.model.rosters import rosters
from cmsource.model.setting import Setting, setting_of
from cmsource.results.comparison import Comparison
from cmsource.results.phase import PhaseResult
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
            pairs = zip(found.phases, plan(option, setting), strict=True)
            phases = tuple([_detailed(phase, planned, setting) for phase, planned in pairs])
            options[option.name] = replace(found, phases=phases)
    return replace(result, options=options, detailed=True)


def _detailed(phase: PhaseResult, planned: PlannedPhase, setting: Setting) -> PhaseResult:
    answers = planned.team.answers
    return replace(
        phase,
        rosters=rosters(planned.resources, setting.country),
        answering=None if answers is None else answering(answers),
    )
