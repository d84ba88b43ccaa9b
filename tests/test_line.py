"""The line of messages: limits worked by hand, formulas of queues, properties, and simulation."""

from collections.abc import Sequence
from math import exp
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmsource.model.line.answerer import Answerer
from cmsource.model.line.answers import Answers, answering
from cmsource.model.line.attendance import attendances
from cmsource.model.line.bottlenecks import full_types
from cmsource.model.line.message_types import MessageType, message_types
from cmsource.model.line.tide import Tide
from cmsource.model.line.week_plan import Watch, planned_week
from cmsource.scenario.arrivals import profile_weights
from cmsource.values.week import WEEK, Week
from cmsource.values.week_reader import parse_week
from erlang_formulas import blocking, served_within, waiting
from kept_plays import Play
from line_simulation import Case, Desk, simulate

OFFICE_HOURS = parse_week("mon-fri 09:00-18:00")
OFFICE = "mon-fri 09:00-17:00"
PROFILES = ("flat", "office", "evening", "weekend")
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


def someone(
    duty: str = "24/7",
    depth: float = 1.0,
    absent: float = 0.0,
    takes: float = 1.0,
    delay: float = 0.0,
    escalates: float = 0.0,
    asking: float = 0.0,
) -> Answerer:
    """A source that answers at once and all messages, unless it is said otherwise."""
    return Answerer(parse_week(duty), depth, absent, takes, delay, escalates, asking)


def answers(
    *team: Answerer,
    weekly: float = 0.01,
    each: float = 1e-6,
    within: float = 60,
    profile: str = "flat",
) -> Answers:
    """What becomes of a week's messages; of so few and so short ones that nobody ever waits."""
    return Answers(team, weekly, each, profile, within, OFFICE_HOURS)


@pytest.mark.parametrize("weekly", [1e-9, 1e-6, 1e-3])
@pytest.mark.parametrize("absent", [0.0, 0.2])
def test_hardly_a_message_meets_whoever_is_there(weekly: float, absent: float) -> None:
    """There is no line: what comes on a day is answered at once unless nobody is there that day."""
    few = answers(someone(absent=absent), weekly=weekly, each=30, within=60)
    assert few.in_time == pytest.approx(1 - absent, abs=0.01)
    assert few.waiting == pytest.approx([0.0] * 168, abs=weekly * 2)


@pytest.mark.parametrize("duty", ["mon 09:00-09:30", "mon-fri 09:00-10:00 17:00-18:00"])
@pytest.mark.parametrize("weekly", [1, 4, 21])
def test_never_fewer_than_none_wait(duty: str, weekly: float) -> None:
    """However soon those who are there for a short time have answered what waited."""
    for absent in (0.0, 0.1):
        assert min(answers(someone(duty, absent=absent), weekly=weekly, each=5).waiting) >= 0


def test_a_day_that_hardly_ever_comes_joins_no_others() -> None:
    """Nobody of three is there on one day in five hundred: that says nothing of the other days.

    Of 2.15 people on the roster, each away with a chance of 0.05: three are there with
    0.15 × 0.95³ = 0.128606, two with 0.85 × 0.95² + 0.15 × 3 × 0.95² × 0.05 = 0.787431, and nobody
    with 0.85 × 0.05² + 0.15 × 0.05³ = 0.002144, which counts with those of one person, who is there
    with 0.85 × 2 × 0.95 × 0.05 + 0.15 × 3 × 0.95 × 0.05² = 0.081819.
    """
    found = {way.people: way.chance for way in attendances([(2.15, 0.05)])}
    assert found.pop((2.0,)) == pytest.approx(0.787431, abs=1e-6)
    assert found.pop((3.0,)) == pytest.approx(0.128606, abs=1e-6)
    ((people, chance),) = found.items()
    assert chance == pytest.approx(0.002144 + 0.081819, abs=1e-6)
    assert people[0] == pytest.approx(0.081819 / (0.002144 + 0.081819), abs=1e-4)


# Types of messages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("takes", "types"),
    [
        # The arcs of a circle, each from where the one before it ended.
        ((1.0,), {(0,): 1.0}),
        ((0.3,), {(0,): 0.3, (): 0.7}),
        ((0.3, 1.0), {(0, 1): 0.3, (1,): 0.7}),
        ((1.0, 0.4), {(0, 1): 0.4, (0,): 0.6}),
        ((0.3, 0.5), {(0,): 0.3, (1,): 0.5, (): 0.2}),
        ((0.6, 0.6), {(0, 1): 0.2, (0,): 0.4, (1,): 0.4}),
        ((0.0, 1.0), {(1,): 1.0}),
    ],
)
def test_who_may_take_what(takes: tuple[float, ...], types: dict[tuple[int, ...], float]) -> None:
    """Shares of the messages by the sources that may take them."""
    found = {each.takers: each.share for each in message_types(takes)}
    assert found == pytest.approx(types)


def test_the_narrowest_neck_comes_first() -> None:
    """45 h that Ana alone may do and 20 h that Ben may do too, of 40 h each.

    Together they have time for all but what is hers: 45 / 40 > (45 + 20) / 80, and then 20 / 40.
    With 60 h that Ben may do too both are short of time: (45 + 60) / 80 is more than 45 / 40.
    """
    ana, both = MessageType(45 / 65, (0,)), MessageType(20 / 65, (0, 1))
    assert full_types([ana, both], 65, [40, 40]) == {0}
    ana, both = MessageType(45 / 105, (0,)), MessageType(60 / 105, (0, 1))
    assert full_types([ana, both], 105, [40, 40]) == {0, 1}
    assert full_types([ana, both], 75, [40, 40]) == set()


def test_who_is_held_up_leaves_messages_to_the_other() -> None:
    """Ana's line is always long, so that Ben takes all that both may take."""
    # 400 messages an hour long: 240 are for Ana alone, who has 168 hours; of the 160 that Ben may
    # take as well, none has waited for as long as hers.
    found = answers(someone(), someone(takes=0.4), weekly=400, each=60, within=600)
    assert found.shares[0] == pytest.approx(168 / 400, abs=0.01)
    assert found.shares[1] == pytest.approx(160 / 400, abs=0.01)


def test_what_waits_is_worked_off_the_oldest_first() -> None:
    """Six messages of an hour a day are for Ana, 24 more for Ben as well, who comes at noon.

    Until then 15 come and Ana answers 12: a fifth of them hers. The three that are left have come
    since 9:36, and are gone at 16:00: two people answer 8 in four hours, in which 5 come.
    """
    watches = (Watch(Week.always(), 1.0, 0.0), Watch(parse_week("daily 12:00-24:00"), 1.0, 0.0))
    plan = planned_week(watches, (), (0, 1), "flat", OFFICE_HOURS, ())
    types = [MessageType(0.2, (0,)), MessageType(0.8, (0, 1))]
    coming = [[[each / 1440 for _ in day.pieces] for day in plan.days] for each in (6, 24)]
    tide = Tide(types, coming, plan, 60)
    early = taken = left = 0.0
    for piece, step in zip(plan.days[2].pieces, tide.steps[2][0], strict=True):
        for (kind, source, came, _), many in step.later.items():
            if piece.end <= 2 * 1440 + 720:
                assert source == 0
                early += many
                taken += many * (kind == 0)
            elif plan.days[2].pieces[came.place].end <= 2 * 1440 + 720:
                left += many
    assert early == pytest.approx(12, abs=0.01)
    assert taken == pytest.approx(12 / 5, abs=0.15)  # of an hour's messages, hers are first
    assert left == pytest.approx(3, abs=0.01)


def test_a_busy_source_leaves_messages_to_the_other() -> None:
    """None is thought to work more hours than a week has."""
    # 320 messages an hour long: both may take 224 of them, for which the first, who comes first,
    # has 168 hours; the second has 168 as well, of which 96 go to what it may take alone.
    team = (someone(takes=0.7), someone())
    found = answers(*team, weekly=320, each=60, within=120)
    assert found.answered == pytest.approx(1.0, abs=0.05)
    for share in found.shares:
        assert share * 320 <= 168 * 1.01


def test_nobody_works_more_on_a_day_than_the_day_has() -> None:
    """What is too much on some days is done by whoever has time on the others."""
    # Ten hours of messages a day. On weekdays one person has 8 hours for them; of the two who come
    # at the weekend, the second takes half of the messages only.
    team = (
        someone("mon-fri 09:00-17:00"),
        someone("sat-sun 00:00-24:00"),
        someone("sat-sun 00:00-24:00", takes=0.5),
    )
    found = answers(*team, weekly=12 * 7 * 10, each=5, within=60)
    hours = [share * 840 * 5 / 60 for share in found.shares]
    assert sum(hours) == pytest.approx(70 * found.answered, rel=0.01)
    assert hours[0] <= 40 * 1.01
    assert hours[1] <= 48 * 1.01
    assert hours[2] <= 48 * 1.01


# Formulas of queues -------------------------------------------------------------------------------


@pytest.mark.parametrize("servers", [1, 2, 3, 8])
@pytest.mark.parametrize("use", [0.1, 0.5, 0.8])
@pytest.mark.parametrize("target", [1.0, 6.0, 30.0])
def test_round_the_clock_is_erlang(servers: int, use: float, target: float) -> None:
    """People who are always there, messages at a constant rate: M/M/c, to half a point."""
    each = 6.0
    load = use * servers
    found = answers(
        someone(depth=servers), weekly=load * WEEK / each, each=each, within=each + target
    )
    assert found.in_time == pytest.approx(served_within(servers, load, each, target), abs=0.005)
    assert found.answered == pytest.approx(1)


def test_taken_at_once_is_the_chance_not_to_wait() -> None:
    """With no more time than an answer takes, only those who find somebody free get theirs."""
    for servers, load in ((1, 0.5), (2, 1.2), (4, 3.0)):
        found = answers(someone(depth=servers), weekly=load * WEEK / 5, each=5, within=5)
        assert found.answered_within(5) == pytest.approx(1 - waiting(servers, load), abs=0.005)
        assert found.in_time == 0


@pytest.mark.parametrize("load", [0.2, 0.8, 1.4])
def test_ordered_entry(load: float) -> None:
    """Of two, the first takes what it takes alone while nobody waits; a line they share equally.

    While nobody waits the two are Erlang's loss system, of which the first server carries
    a·(1 − B(1, a)); while messages wait both are busy.
    """
    each = 5.0
    found = answers(someone(), someone(), weekly=load * WEEK / each, each=each, within=60)
    # The chance that both are busy and somebody waits: C(2, a)·a/2, with the line a geometric one.
    line = waiting(2, load) * load / 2
    first = line + (1 - line) * load * (1 - blocking(1, load))
    assert found.shares[0] == pytest.approx(first / load, abs=0.02)
    assert sum(found.shares) == pytest.approx(1)


def test_one_type_with_takes_is_a_thinned_queue() -> None:
    """A lone source that takes 30 %: M/M/1 of 30 % of the messages, the others never answered."""
    each, load = 10.0, 2.0
    found = answers(someone(takes=0.3), weekly=load * WEEK / each, each=each, within=each + 15)
    assert found.in_time == pytest.approx(0.3 * served_within(1, 0.6, each, 15), abs=0.005)
    assert found.answered == pytest.approx(0.3)


def test_littles_law() -> None:
    """Messages that wait are arrivals × mean wait: of M/M/1, ρ²/(1 − ρ)."""
    load, each = 0.7, 6.0
    found = answers(someone(), weekly=load * WEEK / each, each=each)
    assert sum(found.waiting) / 168 == pytest.approx(load * load / (1 - load), rel=0.03)


@pytest.mark.parametrize("use", [0.3, 0.6, 0.9, 0.97])
def test_median_and_ninth_decile(use: float) -> None:
    """M/M/1: waits above t have chance ρ·exp(−(1 − ρ)·t / s), and the answer takes s more."""
    each = 20.0
    found = answers(someone(), weekly=use * WEEK / each, each=each, within=60)
    late = answering(found)
    for value, share in ((late.median_minutes, 0.5), (late.p90_minutes, 0.9)):
        assert value is not None
        wait = value - each
        if wait > 2:
            assert use * exp(-(1 - use) * wait / each) == pytest.approx(1 - share, rel=0.15)
        else:
            assert use <= 1 - share + 0.01


# Limits worked by hand ----------------------------------------------------------------------------


def test_who_is_reached_without_a_queue() -> None:
    """Few messages, evenly over 168 h: the share that comes on duty or in the hour before it."""
    assert answers(someone(OFFICE)).in_time == pytest.approx(45 / 168, abs=1e-3)
    # Rostered half the time and there on 90 % of that.
    assert answers(someone(OFFICE, 0.5, 0.1)).in_time == pytest.approx(0.45 * 45 / 168, abs=1e-3)
    # A day is enough from Sunday 9:00 to Friday 17:00.
    day = answers(someone(OFFICE), within=1440).in_time
    assert day == pytest.approx((15 + 4 * 24 + 17) / 168, abs=2e-3)


def test_a_day_off_is_a_whole_day() -> None:
    """Absent on one day in ten: a message late in the evening has two days to meet somebody."""
    expected = (0.9 * 23 + 0.99) / 24
    assert answers(someone(absent=0.1)).in_time == pytest.approx(expected, abs=2e-3)


def test_all_messages_in_one_hour() -> None:
    """200 messages of 6 minutes on Monday from 9:00 to 10:00, for one who is always there.

    3.33 come a minute, one is done in 6. In the minute t there are 3.17·t before a message, which
    take 19·t minutes: within 54 minutes of waiting until t = 2.84, 4.7 % of the hour. Half of the
    messages have come by t = 30: 570 minutes and 6 more. Nine in ten by t = 54: 1,026 and 6.
    """
    weights = [0.0] * 168
    weights[9] = 1.0
    found = Answers((someone(),), 200, 6, tuple(weights), 60, OFFICE_HOURS)
    assert found.in_time == pytest.approx(0.047, abs=0.02)
    assert found.median == pytest.approx(576, rel=0.1)
    assert found.p90 == pytest.approx(1032, rel=0.1)
    assert found.answered == 1


def test_answers_are_only_given_on_duty() -> None:
    """600 messages of 5 minutes are 50 h; one person is there 40 × 87 % × 95 % = 33.06 h."""
    one = someone(OFFICE, 0.87, 0.05)
    found = answers(one, weekly=600, each=5, within=1440, profile="office")
    assert found.answered == pytest.approx(33.06 / 50, abs=0.01)
    assert found.in_time < 0.02
    # With another who is there, nothing is left undone.
    both = answers(one, someone(OFFICE), weekly=600, each=5, within=1440, profile="office")
    assert both.answered == pytest.approx(1, abs=1e-3)


def test_who_takes_a_message_answers_it() -> None:
    """Two round the clock, the first asks about 60 % of its messages for a day: those are late."""
    first, second = someone(escalates=0.6, asking=1440.0), someone()
    found = answers(first, second, weekly=0.01, each=1e-3, within=30)
    assert found.in_time == pytest.approx(0.4, abs=1e-3)
    # No other time has that share: 40 % go out at once and 60 % a day later.
    assert found.median == pytest.approx(1440, abs=0.1)
    assert found.p90 == pytest.approx(1440, abs=0.1)
    assert found.half_at(600) == pytest.approx(1440, abs=0.1)


@pytest.mark.parametrize("within", [5, 30, 600, 1300, 1441, 3000])
def test_how_late_answers_are_is_the_same_whatever_is_asked_for(within: float) -> None:
    """The same two: no target moves the median, and what takes all of it does not either."""
    found = answers(
        someone(escalates=0.6, asking=1440.0), someone(), weekly=60, each=5, within=within
    )
    assert found.median == pytest.approx(1445, abs=0.1)


def test_what_nobody_waits_for_goes_out_as_soon_as_it_is_answered() -> None:
    """Few messages of 30 minutes for one round the clock, half an hour asked for: half in 30."""
    found = answers(someone(), weekly=0.01, each=30, within=30)
    assert found.in_time == 0
    assert found.median == pytest.approx(30, abs=0.1)


def test_a_line_that_is_always_two_weeks_long() -> None:
    """50 h for 33.06 h: whatever is taken waits for two weeks; and more of it where they are there.

    In office hours 15 messages an hour come for 12 × 82.65 %; none is taken on Saturdays.
    """
    one = someone(OFFICE, 0.87, 0.05)
    weights = [1 / 40 if 9 <= hour % 24 < 17 and hour < 120 else 0.0 for hour in range(168)]
    found = Answers((one,), 600, 5, tuple(weights), 1440, OFFICE_HOURS)
    assert found.median == pytest.approx(20160, rel=0.01)
    assert found.half_at(10 * 60) == pytest.approx(20160, rel=0.01)
    assert found.chance_at(10 * 60, 20170) == pytest.approx(12 * 0.8265 / 15, abs=0.02)


@pytest.mark.parametrize("seed", range(12))
def test_late_and_in_time_are_never_at_odds(seed: int) -> None:
    """By the time within which half are answered, half are; and so with nine in ten."""
    found = Trial(seed, 0.1, 1.1, partly=seed % 2 == 0).found()
    for minutes, share in ((found.median, 0.5), (found.p90, 0.9)):
        if minutes is not None:
            before, after = found.answered_within(minutes - 1), found.answered_within(minutes + 1)
            assert before - 0.04 < share < after + 0.04


def test_who_takes_nothing_changes_nothing() -> None:
    """However late its answers would be."""
    idle = someone("daily 18:00-22:00", takes=0.0, delay=15, escalates=0.3, asking=1440.0)
    one = someone(OFFICE, 0.87, 0.05)
    alone, beside = (
        answers(*team, weekly=380, each=5, within=240, profile="evening")
        for team in ((one,), (idle, one))
    )
    assert beside.in_time == pytest.approx(alone.in_time)
    assert (beside.median, beside.p90) == pytest.approx((alone.median, alone.p90))


def test_whoever_goes_on_with_a_message_has_not_taken_it() -> None:
    """What comes at night is taken at eight by one who leaves at nine and can hardly answer it."""
    nights = tuple([float(hour % 24 == 3) for hour in range(168)])
    team = (someone("daily 08:00-09:00"), someone("daily 10:00-20:00"))
    found = Answers(team, 0.01, 600, nights, 1200, OFFICE_HOURS)
    assert found.shares == pytest.approx([1, 0], abs=0.005)


def test_an_answer_takes_its_time() -> None:
    """Messages of 30 minutes are never answered within 15; a delay comes off the time there is."""
    assert answers(someone(), weekly=1, each=30, within=15).in_time == 0
    late = someone("mon 09:00-17:00", delay=30)
    # From half an hour before the duty on: 60 minutes less 30.
    assert answers(late).in_time == pytest.approx(8.5 / 168, abs=1e-3)


def test_nobody_and_nothing() -> None:
    """Without anybody who is there nothing is answered; without a share of them neither."""
    for nobody in (someone(absent=1.0), someone(takes=0.0), Answerer(Week.empty(), 1.0, 0.0)):
        found = answers(nobody, weekly=10, each=5)
        assert (found.answered, found.in_time, found.median) == (0, 0, None)


def test_after_hours() -> None:
    """Round the clock and evenly, 45 of 168 hours are office hours."""
    found = answers(someone(), weekly=10, each=5)
    assert found.after_hours[0] == pytest.approx(123 / 168, abs=1e-3)


def test_a_moment() -> None:
    """At 8:30 a person who comes at 9:00 is soon enough for an hour; at 7:30 he is not."""
    found = answers(someone(OFFICE))
    assert found.chance_at(8 * 60 + 30) == pytest.approx(1, abs=1e-3)
    assert found.chance_at(7 * 60 + 30) == 0
    half = found.half_at(7 * 60 + 30)
    assert half == pytest.approx(90, rel=0.15)


# Properties ---------------------------------------------------------------------------------------


@st.composite
def teams(draw: st.DrawFn) -> list[Answerer]:
    """One or two sources."""
    return [
        someone(
            draw(st.sampled_from(DUTIES)),
            draw(st.sampled_from((0.3, 0.87, 1.0, 1.4, 2.6))),
            draw(st.sampled_from((0.0, 0.05, 0.3))),
        )
        for _ in range(draw(st.integers(1, 2)))
    ]


def volume(team: Sequence[Answerer], use: float, each: float) -> float:
    """Messages a week that use so much of a team's time."""
    return use * sum(a.depth * (1 - a.absent) * a.duty.minutes for a in team) / each


NEAR = 0.015  # the grid's coarseness


@settings(max_examples=12, deadline=None)
@given(teams(), st.floats(0.05, 0.9), st.sampled_from(PROFILES))
def test_more_time_more_people_fewer_messages(
    team: list[Answerer], use: float, profile: str
) -> None:
    """None of them is ever worse, but for the coarseness of the grid."""
    weekly = volume(team, use, 5)
    found = answers(*team, weekly=weekly, each=5, within=60, profile=profile)
    more = answers(*team, someone(), weekly=weekly, each=5, within=60, profile=profile)
    fewer = answers(*team, weekly=weekly * 0.8, each=5, within=60, profile=profile)
    assert more.in_time >= found.in_time - NEAR
    assert more.answered >= found.answered - 1e-3
    assert fewer.in_time >= found.in_time - NEAR
    before = 0.0
    for within in (15, 60, 240, 1440):
        share = found.answered_within(within)
        assert before - 1e-6 <= share <= found.answered
        before = share


@settings(max_examples=12, deadline=None)
@given(teams(), st.floats(0.05, 0.9), st.sampled_from(PROFILES))
def test_shares_add_up_and_order_is_nothing(team: list[Answerer], use: float, profile: str) -> None:
    """Who is first takes more, but in all it is the same line."""
    weekly = volume(team, use, 5)
    one = answers(*team, weekly=weekly, each=5, profile=profile)
    other = answers(*team[::-1], weekly=weekly, each=5, profile=profile)
    assert one.in_time == pytest.approx(other.in_time, abs=NEAR)
    assert one.answered == pytest.approx(other.answered, abs=1e-3)
    for found in (one, other):
        assert sum(found.shares) == pytest.approx(found.answered)
    none = answers(*team, someone(takes=0.0), weekly=weekly, each=5, profile=profile)
    assert none.in_time == pytest.approx(one.in_time, abs=1e-9)


# Properties where sources take only a part -------------------------------------------------------

ABOUT = 0.07  # as far as the model is from a simulation at worst, up to 85 % of people's time


@st.composite
def partners(draw: st.DrawFn) -> list[Answerer]:
    """One to three sources, of which some take only a part of the messages.

    Each has somebody on its roster every day: of those who have not, and take a part, the model
    knows less (docs/model.md).
    """
    return [
        someone(
            draw(st.sampled_from(DUTIES)),
            draw(st.sampled_from((1.0, 1.4, 2.0))),
            draw(st.sampled_from((0.0, 0.05, 0.15))),
            draw(st.sampled_from((1.0, 0.15, 0.4, 0.7))),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(partners(), st.floats(0.05, 0.85), st.sampled_from(PROFILES), st.integers(0, 2))
def test_more_people_lower_nothing(
    team: list[Answerer], use: float, profile: str, which: int
) -> None:
    """Neither one more in a source's roster nor one more source at the end, nor fewer messages."""
    weekly = volume(team, use, 5)
    found = answers(*team, weekly=weekly, each=5, within=60, profile=profile)
    place = which % len(team)
    more = list(team)
    more[place] = team[place]._replace(depth=team[place].depth + 1)
    for better in (
        answers(*more, weekly=weekly, each=5, within=60, profile=profile),
        answers(*team, someone(OFFICE), weekly=weekly, each=5, within=60, profile=profile),
        answers(*team, weekly=0.7 * weekly, each=5, within=60, profile=profile),
    ):
        assert better.answered >= found.answered - 0.01
        assert better.in_time >= found.in_time - ABOUT
        for minutes in (15.0, 240.0, 1440.0):
            assert better.answered_within(minutes) >= found.answered_within(minutes) - ABOUT


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(partners(), partners(), st.floats(0.05, 0.85), st.sampled_from(PROFILES))
def test_who_takes_none_and_who_takes_all(
    team: list[Answerer], others: list[Answerer], use: float, profile: str
) -> None:
    """Who takes no message is as good as not there; two who take all may change places."""
    weekly = volume(team, use, 5)
    found = answers(*team, weekly=weekly, each=5, within=60, profile=profile)
    none = others[0]._replace(takes=0.0)
    for place in range(len(team) + 1):
        also = [*team[:place], none, *team[place:]]
        same = answers(*also, weekly=weekly, each=5, within=60, profile=profile)
        assert same.in_time == pytest.approx(found.in_time, abs=1e-9)
        assert same.answered == pytest.approx(found.answered, abs=1e-9)
        assert [s for i, s in enumerate(same.shares) if i != place] == pytest.approx(found.shares)
        assert same.shares[place] == 0
    assert sum(found.shares) == pytest.approx(found.answered, abs=1e-6)
    # Who takes all moves nobody's arc, so that it is the same line whoever of them is asked first.
    every = [each._replace(takes=1.0) for each in others[:2]]
    one = answers(*every, *team, weekly=weekly, each=5, profile=profile)
    other = answers(*every[::-1], *team, weekly=weekly, each=5, profile=profile)
    assert one.in_time == pytest.approx(other.in_time, abs=ABOUT)
    assert one.answered == pytest.approx(other.answered, abs=0.01)


# Simulation ---------------------------------------------------------------------------------------


def test_the_simulation_is_erlangs_queue() -> None:
    """The measure itself: with people who are always there it gives Erlang's figures."""
    case = Case([Desk([(0, WEEK)], 2)], profile_weights("flat"), 0.6 * 2 * WEEK / 10, 10)
    played = simulate(case, 120, seed=7)
    assert played.within(25) == pytest.approx(served_within(2, 1.2, 10, 15), abs=0.01)
    assert played.busy[0] == pytest.approx(0.6 * 2 * 168, rel=0.02)


@pytest.mark.slow
def test_who_is_always_busy_leaves_to_others_what_they_may_take_too() -> None:
    """Two thirds of the messages are for one alone, nearly all that he has time for.

    What both may take is older than his line only while that is short: he takes as much of it as he
    has time left for, all of the messages are answered, and his line is days long, not weeks.
    """
    team = (
        someone("mon-fri 09:00-17:00", 1.0, 0.07),
        someone("fri-sun 10:00-22:00", 0.75, 0.02, takes=0.32),
    )
    found = answers(*team, weekly=1500, each=2, within=2880, profile="weekend")
    desks = [Desk(a.duty.intervals, a.depth, a.absent, takes=a.takes) for a in team]
    played = Play(Case(desks, profile_weights("weekend"), 1500, 2), 500, seed=5, warm_up=40)
    assert found.answered == pytest.approx(played.answered, abs=0.01)
    assert found.shares == pytest.approx(played.shares, abs=0.02)
    assert found.median == pytest.approx(played.quantile(0.5), rel=0.15)
    assert found.p90 == pytest.approx(played.quantile(0.9), rel=0.2)


@pytest.mark.slow
def test_whoever_comes_takes_what_waits() -> None:
    """One is there for three quarters of an hour and busy when two others come, on three days.

    Half an hour is more than he can do with two messages, so that others go on with what he began.
    """
    team = (someone("tue-thu 14:00-17:00", 2.0, 0.1), someone("mon-fri 13:30-14:15", 1.0, 0.02))
    found = answers(*team, weekly=17.5, each=30, within=90, profile="evening")
    desks = [Desk(a.duty.intervals, a.depth, a.absent) for a in team]
    played = Play(Case(desks, profile_weights("evening"), 17.5, 30), 2500, seed=3, warm_up=40)
    assert found.shares == pytest.approx(played.shares, abs=0.04)


@pytest.mark.slow
def test_what_nobody_answers_for_two_weeks_is_lost_once() -> None:
    """On more than half of the three days of a week nobody comes: the line is long, or given up."""
    team = (someone("tue-thu 15:30-21:45", 0.513, 0.25),)
    found = answers(*team, weekly=65.5, each=4, within=90, profile="weekend")
    desks = [Desk(a.duty.intervals, a.depth, a.absent) for a in team]
    played = Play(Case(desks, profile_weights("weekend"), 65.5, 4), 2500, seed=3, warm_up=40)
    assert found.answered == pytest.approx(played.answered, abs=0.02)


class Trial:
    """A random option, as the model and as the simulation see it.

    Args:
        seed: of the random numbers.
        low: smallest utilisation.
        high: largest.
        partly: whether sources may take only a part of the messages.
    """

    def __init__(self, seed: int, low: float, high: float, *, partly: bool) -> None:
        random = Random(seed)
        self.team = []
        for _ in range(random.choice((1, 2, 2, 3))):
            depth = random.choice((1.0, random.uniform(0.6, 1.0), random.uniform(1.0, 2.5)))
            asks = random.choice((0.0, 0.0, 0.2))
            delay = random.choice((0.0, 0.0, 10.0))
            takes = random.choice((1.0, 1.0, random.uniform(0.1, 1.0))) if partly else 1.0
            absent = random.choice((0.01, 0.05, 0.08, 0.12))
            duty = random.choice(DUTIES)
            self.team.append(someone(duty, depth, absent, takes, delay, asks, 120.0))
        self.profile = random.choice(PROFILES)
        self.each = random.choice((3, 5, 8, 15))
        targets = (15, 30, 60, 120, 240, 480, 1440)
        self.within = random.choice([each for each in targets if each > self.each])
        self.weekly = volume(self.team, random.uniform(low, high), self.each)
        self.seed = seed

    def played(self, messages: int) -> Play:
        """So many messages as the simulation plays them, at least half a thousand weeks of them."""
        desks = [
            Desk(
                a.duty.intervals,
                a.depth,
                a.absent,
                a.delay,
                a.escalates,
                a.escalation_delay,
                a.takes,
            )
            for a in self.team
        ]
        case = Case(desks, profile_weights(self.profile), self.weekly, self.each)
        weeks = round(min(2500, max(400, messages / self.weekly)))
        return Play(case, weeks, self.seed, warm_up=40)

    def found(self) -> Answers:
        """The same by the model."""
        return answers(
            *self.team,
            weekly=self.weekly,
            each=self.each,
            within=self.within,
            profile=self.profile,
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("low", "high", "partly", "mean", "worst", "share"),
    [
        # Points of the share in time, on average and at worst, and of a source's share at worst.
        (0.02, 0.5, False, 1.0, 3.0, 6.0),
        (0.5, 0.85, False, 1.5, 4.0, 8.0),
        (0.85, 1.1, False, 3.0, 8.0, 10.0),
        (0.02, 0.5, True, 1.0, 3.0, 6.0),
        (0.5, 0.85, True, 1.5, 4.0, 8.0),
        (0.85, 1.1, True, 3.0, 8.0, 10.0),
    ],
)
def test_against_simulation(
    low: float, high: float, partly: bool, mean: float, worst: float, share: float
) -> None:
    """Random options of one to three sources, with delays and questions."""
    in_time, shares, answered = [], [], []
    for seed in range(400, 414):
        trial = Trial(seed, low, high, partly=partly)
        played, found = trial.played(30_000), trial.found()
        in_time.append(abs(found.in_time - played.within(trial.within)))
        answered.append(abs(found.answered - played.answered))
        pairs = zip(found.shares, played.shares, strict=True)
        shares.append(max(abs(share - taken) for share, taken in pairs))
    assert 100 * sum(in_time) / len(in_time) <= mean
    assert 100 * max(in_time) <= worst
    assert 100 * sum(shares) / len(shares) <= 3
    assert 100 * max(shares) <= share
    assert 100 * max(answered) <= 2
