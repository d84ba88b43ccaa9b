"""The share of messages answered in time: published figures, limits by hand, and simulation."""

from math import exp, inf, log
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmsource.model.arrivals import profile_weights
from cmsource.model.queueing.answerer import Answerer
from cmsource.model.queueing.answering import Answers
from cmsource.model.queueing.backlog import Grid
from cmsource.model.queueing.erlang import blocking, mean_wait, served_within, waiting
from cmsource.model.queueing.lateness import answering
from cmsource.model.queueing.lower_bound import lower_bound
from cmsource.model.queueing.queue import Queue
from cmsource.scenario.needs import Messages, Needs
from cmsource.values.week import DAY, WEEK, Week
from cmsource.values.week_reader import parse_week
from simulation import Case, Desk, share_within, simulate
from strategies import agency, colleague, compared, employee, only_option, scenario

PROFILES = ("flat", "office", "evening", "weekend")
OFFICE = "mon-fri 09:00-17:00"


def someone(
    duty: str | Week = "24/7",
    depth: float = 1.0,
    absent: float = 0.0,
    *times: tuple[float, float],
) -> Answerer:
    """A source that answers at once, unless `times` says otherwise."""
    week = parse_week(duty) if isinstance(duty, str) else duty
    return Answerer(week, depth, absent, times or ((0.0, 1.0),))


def answers(
    *team: Answerer, weekly: float, each: float, within: float, profile: str = "flat"
) -> Answers:
    """What becomes of a week's messages of `each` minutes."""
    return Answers(Queue(team, weekly, each, profile, within))


def in_time(*team: Answerer, weekly: float = 0.01, within: float = 60, each: float = 1) -> float:
    """The share answered within a time, of messages that hardly ever come: no queue."""
    return answers(*team, weekly=weekly, each=each, within=within).in_time()


# Erlang's formulas ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("load", "servers", "service", "waits", "mean", "within_20"),
    [
        # Call centre figures as published with solvers of Erlang's C: 10 erlangs on 14 people.
        (10, 14, 180, 0.1741319, 7.83593701, 0.88835),
        (48, 55, 240, 0.2387, 8.184, 0.8668),
    ],
)
def test_erlang_published(
    load: float, servers: int, service: float, waits: float, mean: float, within_20: float
) -> None:
    """Chance to wait, mean wait and service level of two published examples."""
    assert waiting(servers, load) == pytest.approx(waits, abs=5e-5)
    assert mean_wait(servers, load, service) == pytest.approx(mean, abs=2e-3)
    assert served_within(servers, load, service, 20) == pytest.approx(within_20, abs=5e-5)


def test_erlang_by_hand() -> None:
    """One server waits with chance ρ, two with 2ρ²/(1 + ρ); loads at and above N always wait."""
    for load in (0.1, 0.5, 0.9):
        assert waiting(1, load) == pytest.approx(load)
        half = load / 2
        assert waiting(2, load) == pytest.approx(2 * half * half / (1 + half))
    assert waiting(3, 3) == waiting(3, 4) == 1
    assert (served_within(3, 3, 60, 1e9), mean_wait(3, 3, 60)) == (0, inf)
    assert waiting(1.5, 0.5) == pytest.approx((waiting(1, 0.5) + waiting(2, 0.5)) / 2)


@given(st.integers(1, 900), st.floats(0.01, 0.99999))
def test_erlang_is_stable(servers: int, share: float) -> None:
    """For hundreds of servers and loads close to their number: shares, and B below C below 1."""
    load = servers * share
    assert 0 <= blocking(servers, load) <= waiting(servers, load) <= 1
    assert waiting(servers + 1, load) <= waiting(servers, load) + 1e-12


def test_erlang_of_many_servers_is_normal() -> None:
    """Halfin and Whitt (1981): N = a + β√a waits with chance [1 + β Φ(β)/φ(β)]⁻¹ in the limit."""
    # β = 1: Φ(1)/φ(1) = 0.841345/0.241971 = 3.477050, so 1/4.477050 = 0.223361.
    assert waiting(10_100, 10_000) == pytest.approx(0.223361, abs=2e-3)


# Limits worked by hand --------------------------------------------------------------------------


@pytest.mark.parametrize("servers", [1, 2, 3, 8])
@pytest.mark.parametrize("use", [0.1, 0.5, 0.8])
@pytest.mark.parametrize("target", [1.0, 6.0, 30.0])
def test_round_the_clock_is_erlang(servers: int, use: float, target: float) -> None:
    """People who are always there, messages at a constant rate: Erlang's queue and nothing else."""
    each = 6.0
    load = use * servers
    found = answers(
        someone(depth=servers), weekly=load * WEEK / each, each=each, within=target
    ).in_time()
    # A long line does not go on past midnight in the model, which matters when people are busy.
    apart = 0.005 if use <= 0.5 else 0.03
    assert found == pytest.approx(served_within(servers, load, each, target), abs=apart)


def test_who_is_reached_without_a_queue() -> None:
    """Few messages, evenly over 168 h: the share that comes on duty or in the hour before it."""
    # 40 h of duty and 5 hours before them.
    assert in_time(someone(OFFICE)) == pytest.approx(45 / 168, abs=1e-3)
    # Rostered half the time and there on 90 % of that.
    assert in_time(someone(OFFICE, 0.5, 0.1)) == pytest.approx(0.45 * 45 / 168, abs=1e-3)
    # A day is enough from Sunday 17:00 (8 h + 7 h) to Friday 17:00: 15 + 4 × 24 + 17 of 168 hours;
    # Monday to Thursday 17:00 to midnight reach the morning after.
    assert in_time(someone(OFFICE), within=1440) == pytest.approx(
        (24 - 9 + 9 + 4 * 24 + 8) / 168, abs=1e-3
    )
    assert in_time(someone(OFFICE), within=WEEK) == pytest.approx(1, abs=1e-3)


def test_a_day_off_is_a_whole_day() -> None:
    """Absent on one day in ten: a message late in the evening has two days to meet somebody."""
    # Of each day's 24 hours, the last one reaches past midnight: 0.9 × 23/24 and 0.99 × 1/24.
    expected = (0.9 * 23 + 0.99) / 24
    assert in_time(someone(absent=0.1)) == pytest.approx(expected, abs=1e-3)


def test_two_sources_are_independent() -> None:
    """Either of them answers: 1 − 0.4 × 0.3 on their common hours, and each alone on its own."""
    morning, noon = "mon 08:00-12:00", "mon 10:00-14:00"
    team = someone(morning, 1, 0.4), someone(noon, 1, 0.3)
    # Within a minute; from 10:00 to 12:00 both, 8-10 the first, 12-14 the second.
    expected = (2 * 0.6 + 2 * (1 - 0.12) + 2 * 0.7) / 168
    assert in_time(*team, within=1) == pytest.approx(expected, abs=1e-3)


def test_delays_and_questions() -> None:
    """An answer that needs half an hour is late for the last half hour before the target's end."""
    # Duty 09:00-17:00 once a week, one hour: from 08:30 on (08:00 + 30 min) until 17:00.
    late = someone("mon 09:00-17:00", 1, 0, (30, 1.0))
    assert in_time(late) == pytest.approx(8.5 / 168, abs=1e-3)
    # A fifth has to be asked about and takes two hours: never within one.
    asks = someone("mon 09:00-17:00", 1, 0, (0, 0.8), (120, 0.2))
    assert in_time(asks) == pytest.approx(0.8 * 9 / 168, abs=1e-3)
    assert in_time(asks, within=180) == pytest.approx((0.8 * 11 + 0.2 * 9) / 168, abs=1e-3)
    assert in_time(someone("24/7", 1, 0, (90, 1.0))) == 0


def test_what_waits_goes_first() -> None:
    """A night's messages are answered in the morning, one after the other."""
    # One person on duty 08:00-20:00 every day; a quarter of an hour of work arrives every hour. A
    # message m minutes after 20:00 has m / 4 minutes of work before it, and m + 480 - 720 minutes
    # of duty within 8 h: enough from m = 320 on, which is 01:20.
    found = answers(someone("daily 08:00-20:00"), weekly=840, each=3, within=480)
    assert found.chance_at(23 * 60 + 59) == 0
    assert found.chance_at(DAY + 20) < 0.1
    assert found.chance_at(DAY + 80) == pytest.approx(0.5, abs=0.1)
    assert found.chance_at(DAY + 160) > 0.95
    # At 08:00 the work of 12 h waits, 3 h of it.
    assert dict(found.backlog())[8 * 60] == pytest.approx(3, abs=0.1)


def test_more_work_than_hours() -> None:
    """40 h for 106 2/3 h of work: three messages in eight are ever answered, hardly any soon."""
    found = answers(someone("mon-fri 09:00-17:00"), weekly=80 * 8, each=10, within=60)
    assert found.queue.answered == pytest.approx(0.375)
    assert found.in_time() < 0.05
    assert answering(found).median_minutes is None


@pytest.mark.parametrize(
    "duty", ["mon 09:00-09:30", "mon-fri 09:00-09:30 16:30-17:00", "sun 23:45-24:00"]
)
def test_a_short_sitting_is_not_missed(duty: str) -> None:
    """Half an hour of duty counts as half an hour, wherever the hours of the profile begin."""
    week = parse_week(duty)
    found = answers(someone(week), weekly=0.01, each=0.01, within=15).in_time()
    starts = len(week.intervals)
    assert found == pytest.approx((week.minutes + 15 * starts) / WEEK, abs=1e-4)


def test_the_figure_in_a_comparison() -> None:
    """The share is a figure of each phase, and a requirement is held against it."""
    data = scenario(
        {"office": employee(on_duty=OFFICE, hours="40 h/week"), "watch": agency()},
        {"hire": ["office"], "round the clock": ["watch"]},
        cover="24/7",
        messages={"per_week": 7, "minutes_each": 1},
        require={"answered_in_time": "90%"},
    )
    result = compared(data)
    hire, watch = result.options["hire"], result.options["round the clock"]
    assert hire.coverage.answered_in_time == pytest.approx(45 / 168, abs=2e-3)
    assert watch.coverage.answered_in_time == pytest.approx(1, abs=2e-3)
    assert (hire.eligible, watch.eligible) == (False, True)
    assert result.recommended == "round the clock"


def test_nothing_to_answer() -> None:
    """Without messages there is no share; with nobody who takes them it is 0."""
    quiet = only_option(scenario({"cm": employee()}))
    assert quiet.coverage.answered_in_time is None
    deaf = colleague(takes={"messages": "0%"})
    unheard = only_option(scenario({"cm": deaf}, messages={"per_week": 10}))
    assert unheard.coverage.answered_in_time == 0


def test_a_time_that_is_all_but_the_delay() -> None:
    """0.1 + 0.2 minutes are a hair more than a delay of 0.3: no moment falls out of the week."""
    soon = someone("24/7", 1.0, 0.0, (0.3, 1.0))
    assert in_time(soon, within=0.1 + 0.2) == pytest.approx(1, abs=0.01)


# Properties -------------------------------------------------------------------------------------

DUTIES = (
    "24/7",
    OFFICE,
    "mon-fri 09:00-12:30 13:30-17:00",
    "daily 08:00-20:00",
    "mon-sat 10:00-19:00",
    "daily 18:00-02:00",
    "mon-fri 09:00-09:30 16:30-17:00",
    "sat-sun 10:00-18:00",
)


@st.composite
def teams(draw: st.DrawFn) -> list[Answerer]:
    """One to three sources."""
    return [
        someone(
            draw(st.sampled_from(DUTIES)),
            draw(st.sampled_from((0.3, 0.87, 1.0, 1.4, 2.6, 9.0))),
            draw(st.sampled_from((0.0, 0.05, 0.3))),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]


@settings(max_examples=40, deadline=None)
@given(teams(), st.floats(0.01, 0.9), st.sampled_from((2.0, 9.0, 45.0)), st.sampled_from(PROFILES))
def test_more_time_is_never_worse(
    team: list[Answerer], use: float, each: float, profile: str
) -> None:
    """Shares grow with the time that is allowed, but for the coarseness of the grid."""
    weekly = use * sum(a.depth * (1 - a.absent) * a.duty.minutes for a in team) / each
    before = 0.0
    for within in (15, 60, 240, 1440, 2 * 1440):
        share = answers(*team, weekly=weekly, each=each, within=within, profile=profile).in_time()
        assert before - 0.02 <= share <= 1
        before = share


@settings(max_examples=40, deadline=None)
@given(teams(), st.floats(0.05, 0.8), st.sampled_from(PROFILES), st.sampled_from((30, 240)))
def test_more_people_are_never_worse(
    team: list[Answerer], use: float, profile: str, within: int
) -> None:
    """One more person round the clock does not make answers later."""
    weekly = use * sum(a.depth * (1 - a.absent) * a.duty.minutes for a in team) / 5
    more = [*team, someone("24/7", 1.0, 0.05)]
    fewer = answers(*team, weekly=weekly, each=5, within=within, profile=profile).in_time()
    share = answers(*more, weekly=weekly, each=5, within=within, profile=profile).in_time()
    assert share >= fewer - 0.02


@settings(max_examples=40, deadline=None)
@given(teams(), st.floats(0.05, 0.8), st.sampled_from(PROFILES))
def test_the_order_of_sources_does_not_matter(
    team: list[Answerer], use: float, profile: str
) -> None:
    """The queue is one line for all of them."""
    weekly = use * sum(a.depth * (1 - a.absent) * a.duty.minutes for a in team) / 5
    one = answers(*team, weekly=weekly, each=5, within=60, profile=profile).in_time()
    other = answers(*team[::-1], weekly=weekly, each=5, within=60, profile=profile).in_time()
    assert one == pytest.approx(other, abs=0.005)


# Simulation -------------------------------------------------------------------------------------


def test_the_simulation_is_erlangs_queue() -> None:
    """The measure itself: with people who are always there it gives Erlang's figures."""
    case = Case([Desk([(0, WEEK)], 2)], profile_weights("flat"), 0.6 * 2 * WEEK / 10, 10)
    waits = simulate(case, 120, seed=7)
    expected = served_within(2, 1.2, 10, 15)
    assert share_within(waits, 15) == pytest.approx(expected, abs=0.01)
    assert sum(waits) / len(waits) == pytest.approx(mean_wait(2, 1.2, 10), rel=0.05)


class Trial:
    """A random option, as the model and as the simulation see it.

    Args:
        random: where it is drawn from.
        low: smallest utilisation.
        high: largest.
        minutes: what an answer can take; long ones leave time for more weeks.
    """

    def __init__(self, random: Random, low: float, high: float, *minutes: float) -> None:
        self.team = []
        for _ in range(random.choice((1, 1, 2))):
            asks = random.choice((0.0, 0.0, 0.2))
            delay = random.choice((0.0, 0.0, 10.0))
            times = ((delay, 1 - asks), (delay + 120, asks)) if asks else ((delay, 1.0),)
            depth = random.choice((1.0, random.uniform(0.6, 1.0), random.uniform(1.0, 2.5)))
            absent = random.choice((0.01, 0.05, 0.08, 0.12))
            self.team.append(someone(random.choice(DUTIES), depth, absent, *times))
        self.profile = random.choice(PROFILES)
        self.each = random.choice(minutes)
        self.within = random.choice((15, 30, 60, 120, 240, 480, 1440))
        capacity = sum(a.depth * (1 - a.absent) * a.duty.minutes for a in self.team)
        self.weekly = random.uniform(low, high) * capacity / self.each

    def error(self, seed: int, messages: int) -> float:
        """How far the model's share is above the one simulated."""
        desks = [
            Desk(
                a.duty.intervals,
                a.depth,
                a.absent,
                a.times[0][0],
                a.times[1][1] if len(a.times) > 1 else 0.0,
                120.0 if len(a.times) > 1 else 0.0,
            )
            for a in self.team
        ]
        case = Case(desks, profile_weights(self.profile), self.weekly, self.each)
        weeks = round(min(2500, max(200, messages / self.weekly)))
        simulated = share_within(simulate(case, weeks, seed), self.within)
        model = answers(
            *self.team,
            weekly=self.weekly,
            each=self.each,
            within=self.within,
            profile=self.profile,
        ).in_time()
        return model - simulated


@pytest.mark.slow
def test_against_simulation() -> None:
    """Up to half of people's time used: 1 point off on average, 4 at worst."""
    random = Random(20_261)
    errors = [
        abs(Trial(random, 0.02, 0.5, 2, 3, 5, 8, 15).error(seed, 30_000)) for seed in range(50)
    ]
    assert sum(errors) / len(errors) <= 0.01
    assert max(errors) <= 0.04


@pytest.mark.slow
def test_against_simulation_when_busy() -> None:
    """Up to 85 % of people's time used: still 4 points off at worst."""
    random = Random(20_262)
    errors = [abs(Trial(random, 0.5, 0.85, 10, 15, 25).error(seed, 90_000)) for seed in range(20)]
    assert max(errors) <= 0.04


def test_a_days_absence_lasts_for_days() -> None:
    """One person in 168 h of duty, away one day in twenty, 70 % busy: 0.53 within the hour.

    Without the memory of the days before it would be 0.94.
    """
    weekly = 0.7 * 1.085 * 0.95 * WEEK / 3
    found = answers(
        someone("24/7", 1.085, 0.05), weekly=weekly, each=3, within=60, profile="evening"
    )
    assert found.in_time() == pytest.approx(0.53, abs=0.02)


@pytest.mark.parametrize("use", [0.3, 0.6])
def test_median_and_ninth_decile(use: float) -> None:
    """One person round the clock: waits above t have chance ρ·exp(−(1 − ρ)·t / s)."""
    each = 20.0
    found = answering(answers(someone(), weekly=use * WEEK / each, each=each, within=60))
    for value, share in ((found.median_minutes, 0.5), (found.p90_minutes, 0.9)):
        exact = max(0.0, log(use / (1 - share)) * each / (1 - use))
        assert value == pytest.approx(exact, abs=max(1.0, 0.15 * exact))
        assert use * exp(-(1 - use) * exact / each) == pytest.approx(min(use, 1 - share))


# What is plain without the queue ------------------------------------------------------------------


def needing(
    weekly: float, each: float = 5, within: float = 60, profile: str | tuple[float, ...] = "flat"
) -> Needs:
    """A week's messages of `each` minutes."""
    messages = Messages(per_week=weekly, minutes_each=each, profile=profile)
    return Needs(cover=parse_week("24/7"), answer_within=f"{within} min", messages=messages)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    teams(),
    st.sampled_from(((), ((5.0, 1.0),), ((0.0, 0.8), (240.0, 0.2)))),
    st.floats(0.005, 0.9),
    st.sampled_from((2.0, 9.0, 45.0)),
    st.sampled_from((15, 60, 240, 1440)),
    st.sampled_from(PROFILES),
)
def test_what_is_certain_is_never_more_than_what_is(
    team: list[Answerer],
    times: tuple[tuple[float, float], ...],
    use: float,
    each: float,
    within: float,
    profile: str,
) -> None:
    """The share that is sure to be in time, against the whole queue, but for its coarseness."""
    team = [one._replace(times=times or one.times) for one in team]
    weekly = use * sum(a.depth * (1 - a.absent) * a.duty.minutes for a in team) / each
    share = answers(*team, weekly=weekly, each=each, within=within, profile=profile).in_time()
    assert lower_bound(team, needing(weekly, each, within, profile)) <= share + 0.01


def test_what_is_certain_by_hand() -> None:
    """A tenth of one person's time used, round the clock, messages of 6 minutes.

    Of those who come while the person is there a tenth has to wait (Erlang: C = ρ). After three
    mean times of a wait, 3 × 6 / 0.9 = 20 minutes, e^-3 of them still do; of those who come less
    than that before one of 1 + 7 ends of a duty or a day all may.
    """
    late = 0.1 * (exp(-3) + 8 * 20 / WEEK)
    assert lower_bound([someone()], needing(168, 6)) == pytest.approx(1 - late)
    # Absent one day in five, the person has a fifth of the work left over, and takes it down by
    # 0.9 minutes a minute, while messages come that take 0.1: 0.2 × 0.1 / 0.9 of all wait for that.
    away = 0.8 * (1 - late) - 0.2 * 0.1 / 0.9
    assert lower_bound([someone("24/7", 1.0, 0.2)], needing(168, 6)) == pytest.approx(away)
    # One message in four goes out after four hours, too late: of the rest the same.
    asks = someone("24/7", 1.0, 0.2, (0.0, 0.75), (240.0, 0.25))
    assert lower_bound([asks], needing(168, 6)) == pytest.approx(0.75 * away)
    # A team is sure of what the best of it is sure of.
    assert lower_bound([asks, someone()], needing(168, 6)) == pytest.approx(1 - late)


def test_what_nobody_is_sure_of() -> None:
    """Nothing is certain of people who are busy, late or away; all is where no messages come."""
    assert lower_bound([someone()], needing(0.8 * WEEK / 6, 6)) == 0
    assert lower_bound([someone("24/7", 1.0, 0.0, (60.0, 1.0))], needing(168, 6)) == 0
    assert lower_bound([someone(OFFICE, 1.0, 0.9)], needing(1000, 6)) == 0
    assert lower_bound([], needing(168, 6)) == 0
    assert lower_bound([], needing(168).changed(messages=None)) == 1


# Where the steady state begins --------------------------------------------------------------------


def test_a_long_queue_is_exponential_by_hand() -> None:
    """Half the variance over the drift is the mean: 600 / 2 / 1 = 300 minutes, of 3,000 at most.

    The queue is busy for 99 of 100 minutes, and one backlog in e is above the mean.
    """
    found = Grid(10, 1, 3000).steady(99, 1, 600)
    assert 1 - found.clear == pytest.approx(0.99, abs=1e-6)
    assert sum(found.digits[30:]) / sum(found.digits) == pytest.approx(exp(-1), abs=2e-4)


def test_without_anything_to_spare_every_backlog_is_as_likely() -> None:
    """Even over the 300 steps up to the largest backlog; clear where the drift leaves no step."""
    even = Grid(10, 1, 3000).steady(100, 0, 600).digits
    assert len(even) == 300
    assert max(even) - min(even) <= 1
    assert Grid(10, 1, 3000).steady(100, 1000, 600).clear == 1


def test_too_much_work_is_late_however_large_the_team() -> None:
    """Twice the work that there is time for: what is answered has mostly waited for weeks.

    Backlogs are even over six weeks of everybody's time, so that at most one hour in 6 x 168 of
    them is below an hour's work; as many again for the half that is never answered.
    """
    for people in (1.0, 40.0, 10_000.0):
        weekly = 2 * people * WEEK / 3
        found = answers(someone(depth=people), weekly=weekly, each=3, within=60)
        assert found.in_time() <= 1 / (6 * 168)
