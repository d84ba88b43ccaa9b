"""Outlines: the figures of a comparison without its texts, and what scenarios share."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings

import cmsource
from cmsource.model.memo import Memo, forget
from cmsource.model.outline import Outline, outline, recommended
from cmsource.model.queueing.upper_bound import reachable
from cmsource.results.comparison import Coverage, OptionResult
from cmsource.scenario.employment import Employment
from cmsource.scenario.scenario import Scenario
from strategies import Data, agency, colleague, employee, read, scenario, scenarios

SHIPPED = sorted(Path(__file__).parent.parent.joinpath("scenarios").glob("*.yaml"))


def agrees(scenario: Scenario) -> None:
    """An outline and a comparison of one scenario hold the same figures, each worked out first."""
    for outlines_first in (True, False):
        mine = outline(scenario) if outlines_first else {}
        whole = cmsource.compare(scenario)
        mine = mine or outline(scenario)
        assert list(mine) == list(whole.options)
        for name, found in mine.items():
            _agree(found, whole.options[name])
        assert recommended(mine) == whole.recommended


def _agree(found: Outline, option: OptionResult) -> None:
    assert found.total_cents == option.total_cents == sum(e.cents for e in option.entries)
    assert found.cash_cents == sum(e.cents for e in option.entries if e.cash)
    assert found.coverage == option.coverage
    assert [phase.coverage for phase in found.phases] == [p.coverage for p in option.phases]
    assert found.requirements == option.requirements
    assert found.eligible == option.eligible == all(r.met is not False for r in found.requirements)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_scenarios_agree_with_their_comparison(path: Path) -> None:
    """To the cent and to the last digit, whichever is asked first."""
    agrees(cmsource.load(path))


@settings(max_examples=40)
@given(scenarios())
def test_generated_scenarios_agree_with_their_comparison(data: Data) -> None:
    """To the cent and to the last digit, whichever is asked first."""
    agrees(read(data))


def test_only_the_options_that_are_asked_for() -> None:
    """Others are left out, and the order is that of the scenario."""
    found = outline(read(scenario({"a": agency(), "b": agency(), "c": agency()})), only=["c", "a"])
    assert list(found) == ["a", "c"]


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
        found = outline(_with_wage(whole, wage))
        assert found["cm"].total_cents == round(1820 * wage * 100)
        assert found["a"].total_cents == 10 * 52 * 75 * 100


def test_own_time_follows_the_colleague_into_options_that_do_not_change() -> None:
    """Two hours a week to steer the agency cost what the colleague costs, also when that moves."""
    sources = {"cm": colleague(charges=0), "agence": agency(hourly_rate=0, coordination=2)}
    whole = read(scenario(sources, {"a": ["agence"]}))
    for wage in (30, 40, 30):
        assert outline(_with_wage(whole, wage))["a"].total_cents == 2 * 52 * wage * 100


def test_requirements_are_held_against_each_scenario() -> None:
    """The same option is eligible where less is required, whatever was asked before."""
    whole = read(scenario({"a": agency(retainer=1000, hourly_rate=0)}, require={"watched": "100%"}))
    assert outline(whole)["a"].eligible
    lower = whole.changed(require=whole.require.changed(in_house=0.5))
    assert not outline(lower)["a"].eligible
    assert outline(whole)["a"].eligible


@pytest.mark.slow
@settings(max_examples=60)
@given(scenarios())
def test_no_more_are_answered_in_time_than_can_be_reached(data: Data) -> None:
    """What is known without the queue is never less than what the queue says."""
    whole = read(data)
    for found in outline(whole).values():
        for planned, phase in zip(found.planned, found.phases, strict=True):
            in_time = phase.in_time()
            if in_time is not None:
                assert in_time <= reachable(planned.resources, whole.needs) + 1e-3


def test_what_can_be_reached_by_hand() -> None:
    """From 9:00 to 18:00 with an hour's patience: messages from 8:00 on, ten hours on five days.

    With a delay of 20 minutes they have to come 20 minutes later: from 8:20 on.
    """
    messages = {"per_week": 10, "profile": "flat"}
    for delay, hours in (("0 min", 10.0), ("20 min", 9 + 2 / 3), ("90 min", 0.0)):
        person = employee(on_duty="mon-fri 09:00-18:00", hours="45 h/week", answer_delay=delay)
        whole = read(scenario({"cm": person}, messages=messages))
        [phase] = outline(whole)["cm"].planned
        assert reachable(phase.resources, whole.needs) == pytest.approx(5 * hours / 168)


def test_what_can_be_reached_on_the_days_that_people_come_by_hand() -> None:
    """Somebody of an agency is there on four days in five, round the clock; six hours' patience.

    Messages of the first 18 hours of a day have that day, those of the last six the next one too.
    """
    either = 18 / 24 * 0.8 + 6 / 24 * (1 - 0.2**2)
    messages = {"per_week": 10, "profile": "flat"}
    for terms, share in (
        ({}, either),
        ({"escalates": "25%", "escalation_delay": "8h"}, 0.75 * either),
        ({"escalates": "25%", "escalation_delay": "2h"}, either),
    ):
        watch = agency(service_level="80%", on_duty="24/7", **terms)
        data = scenario({"a": watch, "b": watch}, {"one": ["a"], "two": ["a", "b"]})
        data["needs"] |= {"messages": messages, "answer_within": "6h"}
        whole = read(data)
        one, two = (found.planned[0].resources for found in outline(whole).values())
        assert reachable(one, whole.needs) == pytest.approx(share)
        assert reachable(two, whole.needs) == pytest.approx(1)  # none more than all of them


def test_a_memo_forgets_rather_than_grows() -> None:
    """It holds so many results and no more, and knows those of the same objects."""
    asked: list[int] = []
    memo: Memo[int] = Memo(10)
    things = [Coverage() for _ in range(35)]

    def result(number: int) -> int:
        asked.append(number)
        return number

    for number, thing in enumerate(things):
        for _ in range(3):
            assert memo((thing,), number, lambda n=number: result(n)) == number  # type: ignore[misc]
    assert asked == list(range(35))
    assert len(memo._known) <= 10


def test_what_is_forgotten_is_worked_out_again() -> None:
    """All memos at once; the results are the same afterwards."""
    thing, asked = Coverage(), []
    memo: Memo[int] = Memo(10)

    def result() -> int:
        asked.append(1)
        return len(asked)

    assert [memo((thing,), 0, result) for _ in range(2)] == [1, 1]
    forget()
    assert [memo((thing,), 0, result) for _ in range(2)] == [2, 2]
    whole = cmsource.load(SHIPPED[0])
    before = {name: found.total_cents for name, found in outline(whole).items()}
    forget()
    assert {name: found.total_cents for name, found in outline(whole).items()} == before


def test_equal_things_that_are_not_the_same_are_worked_out_apart() -> None:
    """A mapping cannot be looked up by its value; its twin gets a result of its own."""
    memo: Memo[Mapping[str, float]] = Memo(10)
    one, other = {"a": 1.0}, {"a": 1.0}
    assert memo((one,), 0, lambda: one) is one
    assert memo((other,), 0, lambda: other) is other
