"""Warnings of what the figures say: too many messages, and targets that nothing can meet."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings

import cmsource
from cmsource.model.evaluation import evaluated
from cmsource.model.line.answers import Answers
from cmsource.model.warnings import overload, reachable
from cmsource.values.diagnostics import Diagnostic
from readings import findings
from strategies import Data, agency, employee, read, scenario, scenarios

OFFICE = "mon-fri 09:00-17:00"
FLAT = {"profile": "flat", "minutes_each": 6}


def asked(
    sources: Data, options: Data | None = None, *, within: str = "1h", **messages: object
) -> Data:
    """A scenario whose messages come evenly, 6 minutes each."""
    data = scenario(sources, options, messages={**FLAT, **messages})
    data["needs"]["answer_within"] = within
    return data


def of(data: Data) -> Answers:
    """What becomes of the messages of the only option."""
    [option] = evaluated(read(data)).values()
    [phase] = option.phases
    assert phase.team.answers is not None
    return phase.team.answers


def said(code: str, data: Data) -> Sequence[Diagnostic]:
    """The warnings of a code in a comparison."""
    return [each for each in cmsource.compare(read(data)).warnings if each.code == code]


# Overload -----------------------------------------------------------------------------------------


def test_more_messages_than_hours() -> None:
    """400 of 6 minutes are 40 h; 35 h a week less 4% of absence are 33.6 h."""
    person = employee(hours="35 h/week", on_duty="mon-fri 09:00-16:00", unplanned_absence="4%")
    data = asked({"cm": person}, per_week=400)
    found = overload(of(data))
    assert found is not None
    assert (found.hours, found.capacity) == pytest.approx((40, 33.6))
    [warning] = said("W422", data)
    assert warning.message == "option `cm`: 40.0 h of messages a week for cm, with 33.6 h on duty"
    assert not said("W422", asked({"cm": person}, per_week=330))


def test_messages_that_only_some_may_take() -> None:
    """Of 60 h a week 30% are for both, 70% (42 h) for the second alone, who has 40 h."""
    first, second = (employee(hours="40 h/week", on_duty=OFFICE, takes=t) for t in ("30%", "100%"))
    found = overload(of(asked({"a": first, "b": second}, {"both": ["a", "b"]}, per_week=600)))
    assert found is not None
    assert found.takers == (1,)
    assert (found.hours, found.capacity) == pytest.approx((42, 40))


def test_each_phase_by_itself() -> None:
    """Only the phase in which one person is alone has too much to do."""
    person = employee(hours="40 h/week", on_duty=OFFICE)
    watch = agency(on_duty="24/7", service_level="100%")
    phases = [{"months": 3, "sources": ["cm"]}, {"sources": ["cm", "watch"]}]
    data = asked({"cm": person, "watch": watch}, {"one": {"phases": phases}}, per_week=500)
    [warning] = said("W422", data)
    assert warning.message.startswith("option `one` in phase 1: 50.0 h")


# Targets out of reach -----------------------------------------------------------------------------


@pytest.mark.parametrize(("delay", "hours"), [("0 min", 9.9), ("24 min", 9.5), ("90 min", 0.0)])
def test_what_can_be_reached(delay: str, hours: float) -> None:
    """From 9:00 to 18:00, an hour's patience of which an answer takes 6 minutes: from 8:06 on."""
    person = employee(on_duty="mon-fri 09:00-18:00", hours="45 h/week", answer_delay=delay)
    data = asked({"cm": person}, per_week=10)
    assert reachable(of(data)) == pytest.approx(5 * hours / 168)
    data["require"] = {"answered_in_time": "30%"}
    [warning] = said("W423", data)
    share = {9.9: "29.5%", 9.5: "28.3%", 0.0: "0.0%"}[hours].replace(" ", "\N{NO-BREAK SPACE}")
    assert f"at most {share} come while somebody is on duty" in warning.message


def test_one_option_that_can_meet_it_is_enough() -> None:
    """Nothing is said of a target that any option could meet, or that nobody set."""
    day, night = agency(on_duty=OFFICE), agency(on_duty="24/7")
    data = asked({"day": day, "night": night}, {"d": ["day"], "n": ["night"]}, per_week=10)
    assert not said("W423", data)
    data["require"] = {"answered_in_time": "90%"}
    assert not said("W423", data)
    data["options"] = {"d": ["day"]}
    assert said("W423", data)


@settings(max_examples=15)
@given(scenarios())
def test_no_more_are_answered_in_time_than_can_be_reached(data: Data) -> None:
    """Of random scenarios."""
    for option in evaluated(read(data)).values():
        for phase in option.phases:
            if phase.team.answers is not None:
                assert phase.team.answers.in_time <= reachable(phase.team.answers) + 1e-3


# What needs no figures ----------------------------------------------------------------------------


def written(needs: str, sources: str) -> list[str]:
    """The warnings about a scenario in YAML, its own slips left out."""
    text = f"needs: {{{needs}}}\nsources: {{{sources}}}\noptions: {{one: [a, b]}}\n"
    return [d.message for d in findings(text) if d.code in ("W420", "W421")]


def test_an_answer_that_takes_all_the_time() -> None:
    """Whether the target or the length of an answer is the slip."""
    agencies = "a: {kind: agency, on_duty: 24/7}, b: {kind: agency}"
    for within, message in (
        ("15 min", ["an answer takes 15 min, so that none goes out within 15 min"]),
        ("16 min", []),
    ):
        needs = f"answer_within: {within}, messages: {{per_week: 5, minutes_each: 15}}"
        assert written(needs, agencies) == message


def test_shares_below_a_hundred() -> None:
    """30% and 50% leave a fifth; who has no duty takes nothing."""
    needs = "messages: {per_week: 5}"
    for second, message in (
        (
            "agency, takes: 50%, on_duty: 24/7",
            "20% of the messages are for nobody, and never answered",
        ),
        ("agency, takes: 70%, on_duty: 24/7", None),
        ("coach", "70% of the messages are for nobody, and never answered"),
    ):
        agencies = f"a: {{kind: agency, on_duty: 24/7, takes: 30%}}, b: {{kind: {second}}}"
        assert written(needs, agencies) == ([f"option `one`: {message}"] if message else [])
