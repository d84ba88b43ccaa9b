"""Evaluations: the figures of a comparison without its texts, as analyses ask for them."""

from pathlib import Path

import pytest
from hypothesis import given, settings

import cmsource
from cmsource.analysis.inputs.inputs import inputs, put
from cmsource.model.evaluation import Evaluation, coverage, evaluate, evaluated
from cmsource.model.requirements import is_eligible, requirements
from cmsource.model.setting import setting_of
from cmsource.model.verdict import judged
from cmsource.results.option import OptionResult
from cmsource.scenario.employment import Employment
from cmsource.scenario.scenario import Scenario
from strategies import Data, agency, employee, read, scenario, scenarios

SHIPPED = sorted(Path(__file__).parent.parent.joinpath("scenarios").glob("*.yaml"))


def agrees(scenario: Scenario) -> None:
    """The verdict and the comparison of one scenario hold the same figures."""
    verdict = judged(scenario)
    whole = cmsource.compare(scenario, details=False)
    assert list(verdict.evaluations) == list(whole.options)
    for name, found in verdict.evaluations.items():
        _agree(found, whole.options[name], scenario)
    assert verdict.eligible == whole.eligible
    assert verdict.recommended == whole.recommended


def _agree(found: Evaluation, option: OptionResult, scenario: Scenario) -> None:
    assert found.total_cents == option.total_cents == sum(e.cents for e in option.entries)
    assert found.cash_cents == sum(e.cents for e in option.entries if e.cash)
    assert (found.total, found.cash, found.monthly) == (option.total, option.cash, option.monthly)
    assert coverage(found) == option.coverage
    held = requirements(scenario.require, found)
    assert held == option.requirements
    assert is_eligible(found, scenario) == option.eligible == all(r.met is not False for r in held)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_scenarios_agree_with_their_comparison(path: Path) -> None:
    """To the cent and to the last digit."""
    agrees(cmsource.load(path))


@settings(max_examples=40)
@given(scenarios())
def test_generated_scenarios_agree_with_their_comparison(data: Data) -> None:
    """To the cent and to the last digit."""
    agrees(read(data))


@pytest.mark.parametrize("name", ["interns", "package-or-tiers", "evening-assistant"])
def test_what_goes_on_as_it_did_is_as_if_planned_again(name: str) -> None:
    """Whatever number moves, with the phases as they were planned before it did.

    Most of them move no more than what things cost, and then what everybody does is kept.
    """
    path = next(each for each in SHIPPED if each.stem == name)
    scenario = cmsource.load(path)
    here = setting_of(scenario)
    before = {option.name: evaluate(option, here).phases for option in scenario.options}
    kept = []
    for each in inputs(scenario):
        more = each.value + 1 if each.whole else each.value * 1.1
        moved = put(scenario, {each.path: min(max(more, each.low), each.high)})
        setting = setting_of(moved)
        if not setting.works_as(here):
            continue
        for option in moved.options:
            found = evaluate(option, setting, before[option.name])
            again = evaluate(option, setting_of(moved))
            kept.append(found.phases[0].seasons is before[option.name][0].seasons)
            assert (found.total_cents, found.cash_cents) == (again.total_cents, again.cash_cents)
            assert coverage(found) == coverage(again)
    assert sum(kept) > len(kept) / 2
    assert not all(kept)


def test_who_can_do_no_work_does_none() -> None:
    """A coach who only trains does what the work of all says of it: nothing, of each activity."""
    quick = cmsource.load(next(each for each in SHIPPED if each.stem == "quick"))
    [phase] = evaluated(quick, ["coached"])["coached"].phases
    colleague, coach = phase.team.resources
    assert (colleague.is_idle, coach.is_idle) == (False, True)
    assert phase.team.usage(1) == phase.team.work.usage[1]
    assert phase.team.usage(1).total == 0
    assert phase.team.usage(0) == phase.team.work.usage[0]


@settings(max_examples=20)
@given(scenarios())
def test_an_eligible_option_answers_enough_in_time(data: Data) -> None:
    """Eligibility is judged in another order, and comes to the same."""
    whole = read(data)
    for limit in (0.3, 0.7, 0.95):
        asked = whole.changed(require=whole.require.changed(answered_in_time=limit))
        agrees(asked)


def test_only_the_options_that_are_asked_for() -> None:
    """Others are left out, and the order is that of the scenario."""
    whole = read(scenario({"a": agency(), "b": agency(), "c": agency()}))
    assert list(evaluated(whole, only=["c", "a"])) == ["a", "c"]


def _with_wage(whole: Scenario, wage: float) -> Scenario:
    """A scenario that shares everything with another but the wage of `cm`."""
    old = whole.sources["cm"]
    assert isinstance(old, Employment)
    new = old.changed(hourly_wage=wage)
    options = tuple(
        option.changed(
            phases=tuple(
                phase.changed(sources=tuple(new if s is old else s for s in phase.sources))
                for phase in option.phases
            )
        )
        for option in whole.options
    )
    return whole.changed(sources={**whole.sources, "cm": new}, options=options)


def test_what_scenarios_share_does_not_blur_what_differs() -> None:
    """35 h a week for a year cost 1,820 times the wage, however many wages are tried in a row."""
    whole = read(scenario({"cm": employee(), "agence": agency()}, {"cm": ["cm"], "a": ["agence"]}))
    for wage in (20, 30, 20, 25.5, 30):
        found = evaluated(_with_wage(whole, wage))
        assert found["cm"].total_cents == round(1820 * wage * 100)
        assert found["a"].total_cents == 10 * 52 * 75 * 100


def test_own_time_moves_options_that_do_not_change() -> None:
    """Two hours a week to steer the agency cost what an hour of own time does."""
    sources = {"agence": agency(hourly_rate=0, coordination=2)}
    whole = read(scenario(sources, {"a": ["agence"]}, own_time=30))
    for hour in (30, 40, 30):
        assert evaluated(whole.changed(own_time=hour))["a"].total_cents == 2 * 52 * hour * 100


def test_requirements_are_held_against_each_scenario() -> None:
    """The same option is eligible where less is required, whatever was asked before."""
    whole = read(scenario({"a": agency(retainer=1000, hourly_rate=0)}, require={"watched": "100%"}))
    assert judged(whole).eligible == ("a",)
    lower = whole.changed(require=whole.require.changed(in_house=0.5))
    assert judged(lower).eligible == ()
    assert judged(whole).eligible == ("a",)
