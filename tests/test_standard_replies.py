"""Replies kept ready: what an answer takes on average, by hand, by formula and by simulation."""

from math import exp
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.scenario.arrivals import profile_weights
from kept_plays import Play
from line_simulation import Case, Desk
from readings import findings
from strategies import agency, employee, read, scenario
from test_line import Trial, answers

_ALWAYS = {"always": agency(on_duty="24/7", service_level="100%", hourly_rate=60)}


def one(messages: dict[str, object], within: str = "12 min") -> cmsource.OptionResult:
    """One who is always there, and so many messages."""
    data = scenario(_ALWAYS, cover="24/7", messages=messages)
    data["needs"]["answer_within"] = within
    return cmsource.compare(read(data)).options["always"]


def test_the_mean_by_hand() -> None:
    """10 min × (1 − 50 % + 50 % × 20 %) = 6 min: 672 × 6 / 60 = 67.2 h a week, busy for 0.4."""
    replies = {"share": "50%", "takes": "20%"}
    found = one({"per_week": 672, "minutes_each": 10, "standard_replies": replies})
    [phase] = found.phases
    assert phase.sources["always"].messages_done == pytest.approx(67.2, rel=1e-3)
    assert found.coverage.utilisation == pytest.approx(0.4)
    # Erlang, one server: it waits with a chance of 0.4, then 6 / 0.6 = 10 min; 6 of 12 are left.
    assert found.coverage.answered_in_time == pytest.approx(1 - 0.4 * exp(-0.6), abs=0.005)
    # 67.2 h × 52 weeks × 60.
    assert float(found.total) == pytest.approx(67.2 * 52 * 60, rel=1e-3)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 100), st.integers(1, 100))
def test_it_is_as_if_answers_took_the_mean(share: int, takes: int) -> None:
    """Nothing but the mean changes, and replies kept ready never make an answer longer."""
    minutes = 10 * (1 - share / 100 + share * takes / 10_000)
    replies = {"share": f"{share}%", "takes": f"{takes}%"}
    ready = one({"per_week": 300, "minutes_each": 10, "standard_replies": replies})
    plain = one({"per_week": 300, "minutes_each": f"{minutes:.9f} min"})
    assert ready.coverage == pytest.approx(plain.coverage, abs=1e-6)
    assert ready.total <= one({"per_week": 300, "minutes_each": 10}).total


def test_none_ready_changes_nothing() -> None:
    """A share of 0, and replies that take as long as any."""
    plain = one({"per_week": 300, "minutes_each": 10})
    for share, takes in (("0%", "20%"), ("40%", "100%")):
        replies = {"share": share, "takes": takes}
        found = one({"per_week": 300, "minutes_each": 10, "standard_replies": replies})
        assert found.coverage == plain.coverage
        assert found.total == plain.total


def test_brands_share_the_mean(tmp_path: Path) -> None:
    """60 messages of 10 min, half of them in 2, and 30 of 9 min: 7 min each on average."""
    for name, messages in (
        ("a", {"per_week": 60, "standard_replies": {"share": "50%", "takes": "20%"}}),
        ("b", {"per_week": 30, "minutes_each": 9}),
    ):
        data = scenario(_ALWAYS, messages={"minutes_each": 10, **messages})
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(data))
    data = scenario(_ALWAYS)
    del data["needs"]
    data["brands"] = {"a": "a.yaml", "b": "b.yaml"}
    (tmp_path / "both.yaml").write_text(yaml.safe_dump(data))
    both = cmsource.load(str(tmp_path / "both.yaml")).needs.messages
    assert both is not None
    assert (both.weekly, both.mean_minutes) == pytest.approx((90, 7))
    assert both.weekly_hours == pytest.approx(10.5)


@pytest.mark.parametrize(
    ("replies", "code"),
    [
        ({"share": "130%", "takes": "20%"}, "E204"),
        ({"share": "40%", "takes": "0%"}, "E204"),
        ({"share": "40%"}, "E202"),
        ({"share": "40%", "takes": "20%", "tone": "warm"}, "E201"),
        ("40%", "E203"),
    ],
)
def test_what_makes_no_sense_is_said(replies: object, code: str) -> None:
    """Each with its code and its place."""
    data = scenario({"cm": employee()}, messages={"per_week": 60, "standard_replies": replies})
    found = findings(yaml.safe_dump(data))
    assert [each.code for each in found] == [code]
    assert found[0].place is not None
    assert "standard_replies" in found[0].place.path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("low", "high", "mean", "worst"), [(0.02, 0.5, 1.5, 4.0), (0.5, 0.85, 2.5, 6.0)]
)
def test_against_a_simulation_of_both_kinds(
    low: float, high: float, mean: float, worst: float
) -> None:
    """Short and long answers, each with its own time, on random options."""
    gaps = []
    for seed in range(720, 728):
        trial, random = Trial(seed, low, high, partly=False), Random(seed * 7)
        ready, takes = random.uniform(0.2, 0.7), random.uniform(0.1, 0.4)
        each = 1 - ready + ready * takes
        weekly = trial.weekly / each  # as busy as without
        desks = [
            Desk(a.duty.intervals, a.depth, a.absent, a.delay, a.escalates, a.escalation_delay)
            for a in trial.team
        ]
        weights = profile_weights(trial.profile)
        case = Case(desks, weights, weekly, trial.each, (), ready, takes)
        played = Play(case, round(min(1500, max(300, 20_000 / weekly))), seed, warm_up=40)
        found = answers(
            *trial.team,
            weekly=weekly,
            each=trial.each * each,
            within=trial.within,
            profile=trial.profile,
        )
        gaps.append(100 * abs(found.in_time - played.within(trial.within)))
        assert found.answered == pytest.approx(played.answered, abs=0.04)
    assert sum(gaps) / len(gaps) <= mean
    assert max(gaps) <= worst
