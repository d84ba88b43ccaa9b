"""Warnings of what the figures say: too many messages, and targets that nothing can meet."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings

import cmsource
from cmsource.model.coverage import Team
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


def team_of(data: Data) -> Team:
    """Who is at work in the only option."""
    [option] = evaluated(read(data)).values()
    [phase] = option.phases
    return phase.team


def of(data: Data) -> Answers:
    """What becomes of its messages."""
    answers = team_of(data).answers
    assert answers is not None
    return answers


def said(code: str, data: Data) -> Sequence[Diagnostic]:
    """The warnings of a code in a comparison."""
    return [each for each in cmsource.compare(read(data)).warnings if each.code == code]


# Overload -----------------------------------------------------------------------------------------


def test_more_messages_than_hours() -> None:
    """400 of 6 minutes are 40 h; 35 h a week less 4% of absence are 33.6 h."""
    person = employee(hours="35 h/week", on_duty="mon-fri 09:00-16:00", unplanned_absence="4%")
    data = asked({"cm": person}, per_week=400)
    found = overload(team_of(data))
    assert found is not None
    assert (found.hours, found.capacity) == pytest.approx((40, 33.6))
    [warning] = said("W422", data)
    assert warning.message == "option `cm`: 40.0 h of messages a week for cm, with time for 33.6 h"
    assert not said("W422", asked({"cm": person}, per_week=330))


def test_messages_that_only_some_may_take() -> None:
    """Of 60 h a week 30% are for both, 70% (42 h) for the second alone, who has 40 h."""
    first, second = (employee(hours="40 h/week", on_duty=OFFICE, takes=t) for t in ("30%", "100%"))
    found = overload(team_of(asked({"a": first, "b": second}, {"both": ["a", "b"]}, per_week=600)))
    assert found is not None
    assert found.takers == (1,)
    assert (found.hours, found.capacity) == pytest.approx((42, 40))


def test_hours_that_are_agreed_on() -> None:
    """40 h of messages for somebody who is on duty all week, and has agreed on ten hours."""
    data = asked({"lea": agency(on_duty="24/7", max_hours="10 h/week")}, per_week=400)
    found = overload(team_of(data))
    assert found is not None
    assert (found.hours, found.capacity) == pytest.approx((40, 10))
    assert said("W422", data)


def test_types_that_are_too_much_together() -> None:
    """Three take two thirds each: any two of them could do theirs, but not all three all of it.

    160 h a week; a third, 53.3 h, for each two of them, who have 80 h; 160 h for 120 h.
    """
    names = ["a", "b", "c"]
    firms = {name: employee(hours="40 h/week", on_duty=OFFICE, takes="66.67%") for name in names}
    found = overload(team_of(asked(firms, {"all": names}, per_week=1600)))
    assert found is not None
    assert found.takers == (0, 1, 2)
    assert (found.hours, found.capacity) == pytest.approx((160, 120), rel=1e-3)


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
    share = {9.9: "29.4%", 9.5: "28.2%", 0.0: "0.0%"}[hours].replace(" ", "\N{NO-BREAK SPACE}")
    assert f"in time: {share} at most, if somebody on duty always was free" in warning.message
    assert ("require at most" in (warning.hint or "")) is (hours > 0)


def test_what_has_to_be_asked_about() -> None:
    """Round the clock, a tenth of the messages a day later: nine in ten can be in time."""
    asks = agency(on_duty="24/7", escalates="10%", escalation_delay="24h")
    data = asked({"a": asks}, per_week=10)
    assert reachable(of(data)) == pytest.approx(0.9)
    # Another who asks nobody answers the others on weekdays, 40 of 168 hours and an hour less
    # six minutes before each of the five days.
    firms = {"a": asks, "b": agency(on_duty=OFFICE)}
    both = asked(firms, {"both": ["a", "b"]}, per_week=10)
    assert reachable(of(both)) == pytest.approx(0.9 + 0.1 * 5 * 8.9 / 168)
    data["require"] = {"answered_in_time": "95%"}
    [warning] = said("W423", data)
    assert "90.0% at most" in warning.message.replace("\N{NO-BREAK SPACE}", " ")


def test_no_time_at_all() -> None:
    """A delay that is longer than the target is told, whether a share is asked for or not."""
    data = asked({"a": agency(on_duty="24/7", answer_delay="2h")}, per_week=10)
    [warning] = said("W423", data)
    assert "any message in time" in warning.message
    # Where writing an answer takes all the time, that is what is told.
    assert not said("W423", asked({"a": agency(on_duty="24/7")}, within="6 min", per_week=10))


def test_messages_that_are_for_nobody() -> None:
    """Half of them are: no more than the other half is ever answered."""
    data = asked({"a": agency(on_duty="24/7", takes="50%")}, per_week=10)
    data["require"] = {"answered": "95%"}
    [warning] = said("W423", data)
    assert "ever answer" in warning.message
    data["require"] = {"answered": "50%"}
    assert not said("W423", data)


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
