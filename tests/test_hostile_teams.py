"""Teams that nobody comes from, that are never there, or that get no message: no form may break."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.scenario.arrivals import profile_weights
from conftest import Cli
from line_simulation import Case, Desk, simulate
from strategies import Data, agency, colleague, employee, freelancer, read, scenario

DAYS = "daily 08:00-20:00"
EDGES = ("0%", "0.0001%", "50%", "99.9999%", "100%")
DUTIES = ("24/7", DAYS, "mon 00:00-00:01", "sun 23:59-00:01", "tue 10:00-11:00")


def asked(source: Data, messages: Data, within: str = "15 min") -> Data:
    """A scenario with one source to answer messages by day."""
    data = scenario({"only": source}, cover=DAYS, messages=messages)
    data["needs"]["answer_within"] = within
    return data


def answering(data: Data) -> Data:
    """The `answering` part of the only phase of the only option, as JSON has it."""
    result = json.loads(cmsource.to_json(cmsource.compare(read(data))))
    [option] = result["options"].values()
    [phase] = option["phases"]
    found: Data = phase["answering"]
    return found


def test_a_line_that_is_worked_off_at_the_end_of_the_day() -> None:
    """Half the day without duty: the times follow from the balance of work, and by simulation.

    Four messages of 5 minutes an hour are a third of one person. What comes at night, 240 minutes
    of work, is worked off by 14:00. A message of the night waits from 240 to 720 minutes, one of
    the morning from 240 down to 0, and the rest, a quarter, hardly: the median is 240 minutes and
    nine in ten are answered within 240 + 0.8 · 480 = 624, the answer itself included.
    """
    messages = {"per_week": 672, "minutes_each": 5, "profile": "flat"}
    watch = agency(on_duty=DAYS, service_level="100%")
    found = answering(asked(watch, messages))
    assert found["median_minutes"] == pytest.approx(240 + 5, rel=0.1)
    assert found["p90_minutes"] == pytest.approx(624 + 5, rel=0.05)
    duty = [(day * 1440 + 480, day * 1440 + 1200) for day in range(7)]
    case = Case([Desk(duty, 1.0)], profile_weights("flat"), 672, 5)
    played = simulate(case, weeks=60, seed=4)
    assert found["median_minutes"] == pytest.approx(played.quantile(0.5), rel=0.08)
    assert found["p90_minutes"] == pytest.approx(played.quantile(0.9), rel=0.05)
    option = cmsource.compare(read(asked(watch, messages))).options["only"]
    assert option.coverage.answered_in_time == pytest.approx(played.within(15), abs=0.03)


@pytest.mark.parametrize(
    "nobody", [{"depth": 0}, {"service_level": 0}, {"depth": 0, "service_level": 0}, {"takes": 0}]
)
def test_nobody_ever_answers(nobody: Data) -> None:
    """Where nobody is on duty, or may answer, nothing is: no share, and no time to state."""
    data = asked(agency(**nobody), {"per_week": 672, "minutes_each": 5})
    assert answering(data) == {
        "median_minutes": None,
        "p90_minutes": None,
        "peak_backlog_hours": None,
        "peak_at": None,
    }
    assert cmsource.compare(read(data)).options["only"].coverage.answered_in_time == 0


@st.composite
def hostile(draw: st.DrawFn) -> Data:
    """A scenario whose people are hardly, or never, there, and whose messages hardly come."""
    away = {
        "planned_absence": draw(st.sampled_from(("0%", "50%", "95%"))),
        "unplanned_absence": draw(st.sampled_from(("0%", "50%", "95%"))),
    }
    duty = {"on_duty": draw(st.sampled_from(DUTIES)), "takes": draw(st.sampled_from(EDGES))}
    late = {
        "answer_delay": draw(st.sampled_from((0, "1 min", "3 days"))),
        "escalates": draw(st.sampled_from(EDGES)),
        "escalation_delay": draw(st.sampled_from((0, "1 min", "30 days"))),
    }
    depth = draw(st.sampled_from((0, 0.000001, 0.5, 1, 1.5, 50)))
    level = draw(st.sampled_from(EDGES))
    sources = {
        "agency": agency(depth=depth, service_level=level, **late, **duty),
        "cm": employee(headcount=draw(st.sampled_from((20, "auto"))), **{**duty, **away}),
        "colleague": colleague(**{**duty, **away, "hours": "24 h/day"}),
        "freelancer": freelancer(max_hours=draw(st.sampled_from(("0 h/week", "1 h/week"))), **away),
    }
    members = draw(st.lists(st.sampled_from(sorted(sources)), min_size=1, max_size=3, unique=True))
    messages = {
        "per_week": draw(st.sampled_from((0, 0.001, 40, 672, 2016, 100_000))),
        "minutes_each": draw(st.sampled_from((0.1, 5, 1000))),
        "profile": draw(st.sampled_from(("flat", "office", [1, *[0] * 167]))),
    }
    cover = draw(st.sampled_from(("24/7", DAYS, "mon 00:00-00:01")))
    used = {name: sources[name] for name in members}
    data = scenario(used, {"one": members}, cover=cover, messages=messages)
    data["needs"]["answer_within"] = draw(st.sampled_from(("1 min", "15 min", "24h", "30 days")))
    return data


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=hostile())
def test_whoever_is_there_every_command_has_an_answer(data: Data, cli: Cli, tmp_path: Path) -> None:
    """The share in time lies from 0 to 1, and times are numbers in order or none."""
    path = tmp_path / "hostile.yaml"
    path.write_text(yaml.safe_dump(data))
    compared = cli("compare", path, "--format", "json")
    assert compared.status == 0, compared.err
    for command in (
        ("explain", path, "--format", "json"),
        ("coverage", path, "--format", "json"),
        ("coverage", path, "--at", "sat 21:00", "--format", "json"),
        ("coverage", path),
        ("explain", path, "--all"),
    ):
        ran = cli(*command)
        assert ran.status == 0, ran.err
    option = json.loads(compared.out)["options"]["one"]
    in_time = option["coverage"]["answered_in_time"]
    assert in_time is None or 0 <= in_time <= 1
    [phase] = option["phases"]
    found = phase["answering"]
    assert (found is None) == (data["needs"]["messages"]["per_week"] == 0)
    if found is not None:
        median, p90 = found["median_minutes"], found["p90_minutes"]
        assert p90 is None or 0 <= median <= p90
