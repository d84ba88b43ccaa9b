"""Coverage: limit cases, brute force over minutes and people, and cases worked by hand."""

import random
from fractions import Fraction
from itertools import product
from math import comb, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsource.model.staffing import presence, rostered_depth, smallest_headcount
from cmsource.model.timeline import pieces, teams
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_week
from strategies import (
    BUSINESS,
    OFFICE,
    Data,
    agency,
    coach,
    colleague,
    compared,
    employee,
    freelancer,
    intern,
    only_option,
    scenario,
)

F = Fraction

# Presence and depth -----------------------------------------------------------------------------


def mixture(depth: F, absent: F) -> F:
    """P(N ≥ 1) summed over who is rostered and who of them is there, term by term."""
    total = F(0)
    below = floor(depth)
    for people, weight in ((below, 1 - (depth - below)), (below + 1, depth - below)):
        for there in range(1, people + 1):
            chance = comb(people, there) * (1 - absent) ** there * absent ** (people - there)
            total += weight * chance
    return total


@given(st.fractions(0, 30, max_denominator=60), st.fractions(0, 1, max_denominator=60))
def test_presence_is_the_sum_of_two_binomials(depth: F, absent: F) -> None:
    """The closed form agrees with the sum over every number of people."""
    exact = mixture(depth, absent)
    assert presence(float(depth), float(absent)) == pytest.approx(float(exact), abs=1e-12)


@pytest.mark.parametrize(
    ("depth", "absent", "expected"),
    [
        (0, 0, 0),
        (0, 1, 0),
        (0.4, 0, 0.4),
        (0.4, 0.1, 0.36),
        (1, 0, 1),
        (1, 0.05, 0.95),
        (1, 1, 0),
        (3, 0.1, 0.999),
        (3.5, 1, 0),
        (2.5, 0.5, 0.8125),  # half of 0.75, half of 0.875
    ],
)
def test_presence_at_the_limits(depth: float, absent: float, expected: float) -> None:
    """Nobody rostered, nobody ever away, everybody always away, whole and broken depths."""
    assert presence(depth, absent) == pytest.approx(expected, abs=1e-12)


def test_presence_of_a_crowd() -> None:
    """However often each is away, one of very many is there."""
    assert presence(10_000, 0.9) == pytest.approx(1)


@given(st.floats(0, 50), st.floats(0, 5), st.floats(0, 1))
def test_presence_grows_with_depth(depth: float, more: float, absent: float) -> None:
    """More people on the roster never watch less."""
    assert presence(depth + more, absent) >= presence(depth, absent) - 1e-12


@given(st.floats(0, 50), st.floats(0, 1), st.floats(0, 1))
def test_presence_falls_with_absence(depth: float, one: float, other: float) -> None:
    """People who are away more are never there more."""
    less, more = sorted((one, other))
    assert presence(depth, less) >= presence(depth, more) - 1e-12


def test_presence_by_drawing_lots() -> None:
    """Thirty thousand hours of 2.3 people, each away one time in four: within four deviations."""
    chance = random.Random(20_270_104)
    depth, absent, trials = 2.3, 0.25, 30_000
    hours = 0
    for _ in range(trials):
        people = 2 + (chance.random() < 0.3)
        hours += any(chance.random() >= absent for _ in range(people))
    expected = 0.7 * (1 - 0.25**2) + 0.3 * (1 - 0.25**3)
    assert presence(depth, absent) == pytest.approx(expected)
    deviation = (expected * (1 - expected) / trials) ** 0.5
    assert abs(hours / trials - expected) < 4 * deviation


@pytest.mark.parametrize(
    ("people", "hours", "planned", "duty", "expected"),
    [
        (1, 35, 0.13, 35, 0.87),
        (1, 35, 0.13, 20, 0.87),  # nobody stands beside himself
        (6, 35, 0.13, 168, 1.0875),
        (3, 35, 0, 35, 3),
        (1, 35, 0, 0, 0),
        (0, 35, 0, 35, 0),
        (1, 0, 0, 35, 0),
    ],
)
def test_rostered_depth(
    people: int, hours: float, planned: float, duty: float, expected: float
) -> None:
    """People's hours over the duty's hours, and never more than the people who are not away."""
    assert rostered_depth(people, hours, planned, duty) == pytest.approx(expected)


@given(st.floats(1, 60), st.floats(0, 0.9), st.floats(0.5, 168))
def test_the_smallest_headcount_is_enough_and_smallest(
    hours: float, planned: float, duty: float
) -> None:
    """One person less would leave hours of duty with nobody rostered."""
    people = smallest_headcount(hours, planned, duty)
    assert rostered_depth(people, hours, planned, duty) >= 1 - 1e-6
    assert people == 1 or rostered_depth(people - 1, hours, planned, duty) < 1


def test_headcount_auto_with_little_duty() -> None:
    """Twenty hours of duty of a 35 h contract with 13 % leave take two people, not one."""
    person = employee(headcount="auto", planned_absence="13%", on_duty="mon-fri 10:00-14:00")
    option = only_option(scenario({"cm": person}))
    assert option.phases[0].sources["cm"].headcount == 2
    assert option.phases[0].sources["cm"].depth == pytest.approx(2 * 0.87)


# The week in pieces -----------------------------------------------------------------------------

_WEEKS = st.lists(
    st.tuples(st.integers(0, 10_079), st.integers(1, 4_000)).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ),
    max_size=5,
).map(Week.of)


@given(st.lists(_WEEKS, max_size=4))
def test_pieces_hold_what_their_minutes_hold(weeks: list[Week]) -> None:
    """The pieces fill the week in order, and each minute looked at is in the sets that they say."""
    end = 0
    for start, stop, there in pieces(weeks):
        assert start == end < stop
        for minute in (start, (start + stop) // 2, stop - 1):
            assert there == {i for i, week in enumerate(weeks) if week.contains(minute)}
        end = stop
    assert end == 10_080


@given(_WEEKS, st.lists(_WEEKS, max_size=3))
def test_teams_share_out_the_cover(cover: Week, duties: list[Week]) -> None:
    """The minutes of all teams together are those of the cover."""
    assert sum(minutes for minutes, _ in teams(cover, tuple(duties))) == cover.minutes


# Watched ----------------------------------------------------------------------------------------


def by_minutes(cover: str, sources: list[tuple[str, float]]) -> float:
    """Watched by inclusion and exclusion, minute by minute of the week.

    Args:
        cover: hours to be watched.
        sources: duty and presence of each source.
    """
    weeks = [(parse_week(duty), chance) for duty, chance in sources]
    total, minutes = 0.0, 0
    for minute in range(0, 10_080, 15):
        if not parse_week(cover).contains(minute):
            continue
        minutes += 1
        there = [chance for week, chance in weeks if week.contains(minute)]
        for picked in product((False, True), repeat=len(there)):
            size = sum(picked)
            if size:
                part = 1.0
                for chance, chosen in zip(there, picked, strict=True):
                    part *= chance if chosen else 1
                total += part if size % 2 else -part
    return total / minutes


_DUTIES = ("24/7", OFFICE, "daily 18:00-02:00", "sat-sun 10:00-20:00", "fri 22:00-04:00")


@pytest.mark.parametrize("cover", ["24/7", BUSINESS, "sat 20:00-03:00, wed 11:00-12:15"])
@pytest.mark.parametrize("duties", [(0,), (0, 1), (1, 2, 3), (2, 4), (1,), (3, 4)])
def test_watched_by_inclusion_and_exclusion(cover: str, duties: tuple[int, ...]) -> None:
    """Independent sources: the chance that somebody is there, quarter of an hour by quarter."""
    levels = (0.97, 0.8, 0.55, 0.9, 0.5)
    sources = {
        f"s{index}": agency(on_duty=_DUTIES[index], service_level=levels[index]) for index in duties
    }
    option = only_option(scenario(sources, {"all": list(sources)}, cover=cover))
    expected = by_minutes(cover, [(_DUTIES[i], levels[i]) for i in duties])
    assert option.coverage.watched == pytest.approx(expected, abs=1e-12)


def test_nothing_is_watched_where_cover_and_duty_never_meet() -> None:
    """On duty on Saturday, asked for on Monday."""
    option = only_option(
        scenario({"lea": freelancer(on_duty="sat 10:00-12:00")}, cover="mon 09:00-17:00")
    )
    assert option.coverage.watched == 0
    assert option.coverage.continuity is None


def test_an_agency_with_depth() -> None:
    """Two people on each hour, each there 90 % of the time: 99 % watched; with 1.5, 94.5 %."""
    for depth, expected in ((2, 0.99), (1.5, 0.945), (0.5, 0.45)):
        option = only_option(scenario({"a": agency(depth=depth, service_level="90%")}))
        assert option.coverage.watched == pytest.approx(expected)


# Continuity -------------------------------------------------------------------------------------


def test_continuity_of_two_people() -> None:
    """Two people of presence 0.8 on the same duty: 0.96 watched, 0.8 without one of them."""
    person = employee(headcount=2, unplanned_absence="20%")
    option = only_option(scenario({"cm": person}))
    assert option.coverage.continuity == pytest.approx(0.8 / 0.96)


def test_continuity_is_that_of_the_one_who_matters_most() -> None:
    """Office hours by two, evenings by one: without the one, 35 of 45 hours remain."""
    sources = {
        "cm": employee(headcount=2),
        "lea": freelancer(on_duty="mon-fri 17:00-19:00"),
    }
    data = scenario(sources, {"both": ["cm", "lea"]}, cover="mon-fri 09:00-12:30 13:30-19:00")
    assert only_option(data).coverage.continuity == pytest.approx(35 / 45)


def test_an_agency_beside_one_person_keeps_watching() -> None:
    """Without the employee, the agency's 90 % remain of 90 % + 10 % × 35/168."""
    sources = {"cm": employee(), "a": agency(service_level="90%")}
    option = only_option(scenario(sources, {"both": ["cm", "a"]}, cover="24/7"))
    watched = 0.9 + 0.1 * 35 / 168
    assert option.coverage.watched == pytest.approx(watched)
    assert option.coverage.continuity == pytest.approx(0.9 / watched)


def test_a_coach_is_nobody_to_miss() -> None:
    """Who watches nothing changes nothing when gone; the only watcher changes everything."""
    sources = {"a": agency(), "coach": coach()}
    both = only_option(scenario(sources, {"both": ["a", "coach"]}))
    assert both.coverage.continuity == 1
    alone = only_option(scenario({"cm": employee(), "coach": coach()}, {"both": ["cm", "coach"]}))
    assert alone.coverage.continuity == 0


def test_continuity_is_averaged_over_the_phases_that_have_one() -> None:
    """Nine months of an agency, three of one person: three quarters."""
    sources = {"a": agency(), "cm": employee(), "coach": coach()}
    for second, expected in (("cm", 0.75), ("coach", 1)):
        phases = {"phases": [{"months": 9, "sources": ["a"]}, {"sources": [second]}]}
        option = only_option(scenario(sources, {"p": phases}))
        assert option.coverage.continuity == pytest.approx(expected)


# Messages ---------------------------------------------------------------------------------------

MESSAGES: Data = {"per_week": 168}
"""One an hour of the week, 6 minutes each: 16.8 hours."""

SHORT: Data = {"per_week": 168, "minutes_each": 0.01, "profile": "flat"}
"""One an hour, over in no time, so that nobody is ever busy."""


def done(data: Data) -> dict[str, float]:
    """Hours a week that each source does in the first phase of the only option."""
    return {name: s.hours_done for name, s in only_option(data).phases[0].sources.items()}


def shares(data: Data) -> dict[str, float]:
    """The share of the messages that each source answers in the first phase of the only option."""
    messages = data["needs"]["messages"]
    hours = messages["per_week"] * messages.get("minutes_each", 6) / 60
    sources = only_option(data).phases[0].sources
    return {name: source.messages_done / hours for name, source in sources.items()}


def test_two_sources_of_different_duties() -> None:
    """The employee, listed first, takes what comes in 35 of 168 hours on four days in five."""
    sources = {"cm": employee(unplanned_absence="20%"), "a": agency()}
    data = scenario(sources, {"both": ["cm", "a"]}, cover="24/7", messages=SHORT)
    hers = 35 / 168 * 0.8
    assert shares(data) == pytest.approx({"cm": hers, "a": 1 - hers}, abs=1e-3)


def test_hours_are_of_messages_and_of_planned_work() -> None:
    """What a source does is the sum of both."""
    data = scenario({"a": agency()}, messages=MESSAGES, work={"content": "4 h/week"})
    source = only_option(data).phases[0].sources["a"]
    assert source.messages_done == pytest.approx(16.8)
    assert (source.planned_done, source.hours_done) == pytest.approx((4, 20.8))


def test_a_share_of_the_messages() -> None:
    """With 30 % at most, the employee takes 0.3 of what comes on duty and the agency the rest."""
    sources = {"cm": employee(), "a": agency()}
    both = {"both": [{"cm": {"takes": "30%"}}, "a"]}
    hers = 35 / 168 * 0.3
    found = shares(scenario(sources, both, messages=SHORT))
    assert found == pytest.approx({"cm": hers, "a": 1 - hers}, abs=1e-3)


def test_what_is_for_nobody_is_never_answered() -> None:
    """Shares of 30 % and 60 %, each there on one day in two: nine tenths, sooner or later."""
    half = {"service_level": "50%"}
    sources = {"a": agency(takes="30%", **half), "b": agency(takes="60%", **half)}
    data = scenario(sources, {"both": ["a", "b"]}, messages=SHORT)
    assert shares(data) == pytest.approx({"a": 0.3, "b": 0.6}, abs=1e-3)
    assert only_option(data).coverage.answered == pytest.approx(0.9, abs=1e-3)


def test_who_is_away_leaves_messages_to_who_comes_next() -> None:
    """Each is there on one day in two, round the clock; the first may take a fifth of the messages.

    On half of the days it is there and takes them. On a quarter only the other one is. On the rest
    they wait for midnight, when it is the same again: two thirds of the fifth are the first one's.
    """
    half = {"service_level": "50%"}
    sources = {"a": agency(takes="20%", **half), "b": agency(**half)}
    few = {**SHORT, "per_week": 1}
    found = shares(scenario(sources, {"both": ["a", "b"]}, messages=few))
    assert found == pytest.approx({"a": 0.2 * 2 / 3, "b": 1 - 0.2 * 2 / 3}, abs=2e-3)


def test_three_sources_on_different_days() -> None:
    """Day, evening and weekend: each message goes to whoever is on duty first after it.

    Off all duties, from 20:00 to 9:00 before a working day, the day person is first; before a
    Saturday or Sunday the weekend person. All are always there, so the first takes everything.
    """
    sources = {
        "day": agency(on_duty="mon-fri 09:00-17:00"),
        "evening": agency(on_duty="mon-fri 17:00-20:00"),
        "weekend": agency(on_duty="sat-sun 10:00-16:00"),
    }
    found = shares(scenario(sources, {"all": list(sources)}, cover="24/7", messages=SHORT))
    # evening: 3 h on five days; weekend: from Friday 20:00 to Sunday 16:00
    evening, weekend = 15 / 168, 44 / 168
    expected = {"day": 1 - evening - weekend, "evening": evening, "weekend": weekend}
    assert found == pytest.approx(expected, abs=2e-3)


def test_messages_follow_their_profile() -> None:
    """In office profile 65 % come from Monday to Friday, 9:00 to 18:00; the rest waits for it."""
    sources = {"a": agency(on_duty=BUSINESS, takes="100%"), "b": agency(on_duty="24/7")}
    messages = {**SHORT, "profile": "office"}
    found = shares(scenario(sources, {"both": ["a", "b"]}, messages=messages))
    assert found == pytest.approx({"a": 0.65, "b": 0.35}, abs=1e-3)


def test_messages_at_given_hours() -> None:
    """All messages on Wednesday from 14:00 to 15:00, one quarter of an hour of duty in it."""
    weights = [0] * 168
    weights[2 * 24 + 14] = 3
    sources = {
        "a": agency(on_duty="wed 14:00-14:15"),
        "b": agency(on_duty="wed 14:15-15:00"),
    }
    messages = {**SHORT, "profile": weights}
    found = shares(scenario(sources, {"both": ["a", "b"]}, messages=messages))
    assert found == pytest.approx({"a": 0.25, "b": 0.75}, abs=2e-3)


def test_the_dear_one_is_not_recommended_for_being_first() -> None:
    """50 h of messages in 40 h a week for two people who answer all of them, in either order."""
    duty = "mon-fri 09:00-17:00"
    person = employee(
        hours="40 h/week", on_duty=duty, planned_absence="13%", unplanned_absence="5%"
    )
    sources = {"cm": person, "a": agency(on_duty=duty)}
    data = scenario(
        sources,
        {"first": ["cm", "a"], "last": ["a", "cm"]},
        cover=duty,
        messages={"per_week": 600, "minutes_each": 5, "profile": "office"},
        require={"work_done": "95%"},
    )
    data["needs"]["answer_within"] = "24h"
    result = compared(data)
    for option in result.options.values():
        assert option.coverage.answered == pytest.approx(1, abs=1e-3)
        assert option.coverage.work_done == pytest.approx(1, abs=1e-3)
        assert option.eligible
    assert result.recommended == "first"


def test_messages_are_answered_on_duty_only() -> None:
    """20 h of messages for an hour of duty a day, 5 × 0.87 × 0.95 = 4.1 h a week: 21 % of them."""
    person = employee(
        hours="40 h/week",
        on_duty="mon-fri 09:00-09:30 16:30-17:00",
        planned_absence="13%",
        unplanned_absence="5%",
    )
    messages = {"per_week": 300, "minutes_each": 4, "profile": "office"}
    option = only_option(scenario({"cm": person}, messages=messages))
    assert option.coverage.answered == pytest.approx(4.1325 / 20, abs=0.005)
    assert option.coverage.work_done == option.coverage.answered


def test_planned_work_goes_to_who_has_time() -> None:
    """10 h of content: 4 h by the first one's contract, the other 6 by the second."""
    sources = {"cm": employee(hours="4 h/week", on_duty="mon 09:00-13:00"), "a": agency()}
    hours = done(scenario(sources, {"both": ["cm", "a"]}, work={"content": "10 h/week"}))
    assert hours == pytest.approx({"cm": 4, "a": 6})


def test_agreed_hours_are_for_messages_too() -> None:
    """5 h a week agreed on, 16.8 h of messages round the clock: 30 % of them, in 5 h."""
    data = scenario({"lea": freelancer(on_duty="24/7", max_hours="5 h/week")}, messages=MESSAGES)
    assert done(data) == pytest.approx({"lea": 5}, rel=2e-3)
    assert only_option(data).coverage.answered == pytest.approx(5 / 16.8, rel=2e-3)
    sources = {"lea": freelancer(on_duty="24/7", max_hours="5 h/week"), "a": agency()}
    both = scenario(sources, {"both": ["lea", "a"]}, messages=MESSAGES)
    assert done(both) == pytest.approx({"lea": 5, "a": 11.8}, rel=0.02)


def test_nobody_on_duty_answers_nothing() -> None:
    """Messages need duty; planned work does not."""
    person = coach(max_hours="40 h/week")
    option = only_option(
        scenario({"c": person}, messages={"per_week": 100}, work={"content": "10 h/week"})
    )
    assert option.coverage.work_done == pytest.approx(0.5)
    assert option.per_answered_message is None
    assert option.coverage.utilisation is None


def test_messages_beyond_the_capacity_are_undone() -> None:
    """Thirty hours of messages, 20 h of contract with 10 % away: 18 answered, no content."""
    person = employee(hours="20 h/week", on_duty="mon-fri 09:00-13:00", planned_absence="10%")
    option = only_option(
        scenario({"cm": person}, messages={"per_week": 300}, work={"content": "5 h/week"})
    )
    assert option.coverage.work_done == pytest.approx(18 / 35)
    assert option.coverage.idle == 0
    assert option.phases[0].sources["cm"].hours_done == pytest.approx(18)
    # 30 h of messages on 18 h of people on duty
    assert option.coverage.utilisation == pytest.approx(30 / 18)


# Planned work -----------------------------------------------------------------------------------


def test_planned_work_by_priority_and_share() -> None:
    """Content 8 h, 5 h of it at most by the colleague; reporting 13 h a month, none of it hers."""
    sources = {"marie": colleague(hours="2 h/day"), "a": agency()}
    both = {"both": [{"marie": {"takes": {"content": "62.5%", "reporting": "0%"}}}, "a"]}
    work = {"content": "8 h/week", "reporting": "13 h/month"}
    hours = done(scenario(sources, both, work=work))
    assert hours == pytest.approx({"marie": 5, "a": 3 + 3})


def test_planned_work_within_the_capacity_left() -> None:
    """After 6 h of messages, 4 of 10 h are left: for content first, then for reporting."""
    person = employee(hours="10 h/week", on_duty="mon-fri 09:00-11:00")
    sources = {"cm": person, "lea": freelancer(on_duty="sat 09:00-10:00", max_hours="3 h/week")}
    messages = {"per_week": 60, "profile": [0] * 9 + [1] + [0] * 158}
    work = {"content": "3 h/week", "reporting": "5 h/week"}
    data = scenario(sources, {"both": ["cm", "lea"]}, messages=messages, work=work)
    assert done(data) == pytest.approx({"cm": 6 + 3 + 1, "lea": 3})
    assert only_option(data).coverage.work_done == pytest.approx(13 / 14)


def test_work_a_day_is_a_day_of_cover() -> None:
    """Two hours a day are 10 a week for Monday to Friday and 14 for 24/7."""
    for cover, hours in ((BUSINESS, 10), ("24/7", 14), ("sat 10:00-11:00", 2)):
        data = scenario({"a": agency()}, cover=cover, work={"content": "2 h/day"})
        assert done(data) == pytest.approx({"a": hours})


def test_hours_a_day_of_a_source_are_days_of_its_duty() -> None:
    """An hour a day of somebody on duty from Tuesday to Thursday is three a week."""
    person = colleague(on_duty="tue-thu 09:00-10:00")
    option = only_option(scenario({"marie": person}))
    assert option.coverage.work_done == pytest.approx(0.3)
    assert float(option.total) == 3 * 52 * 30


# Idle, in-house, skills, utilisation -------------------------------------------------------------


def test_idle_over_several_sources() -> None:
    """An employee does 30 of 35 h, an intern none of 35 × 6/7 h, the colleague is not counted."""
    sources = {"cm": employee(), "stage": intern(gap=1), "marie": colleague()}
    option = only_option(scenario(sources, {"all": list(sources)}, work={"content": "30 h/week"}))
    assert option.coverage.idle == pytest.approx((5 + 30) / 70)


def test_absence_is_not_idle() -> None:
    """Of 35 paid hours 31.5 are worked at most; 10 are needed, so 21.5 of 35 are idle."""
    person = employee(planned_absence="10%")
    assert only_option(scenario({"cm": person})).coverage.idle == pytest.approx(21.5 / 35)


def test_in_house_share() -> None:
    """Intern and colleague are in-house, agency and freelancer are not."""
    sources = {
        "stage": intern(takes="10%"),
        "marie": colleague(takes="20%"),
        "lea": freelancer(takes="30%"),
        "a": agency(),
    }
    option = only_option(scenario(sources, {"all": list(sources)}))
    assert option.coverage.in_house == pytest.approx(0.3)


def test_skills_of_all_sources_together() -> None:
    """Three of the four skills that the job takes, two of them twice."""
    sources = {
        "cm": employee(skills=["writing", "product"]),
        "a": agency(skills=["writing", "ads", "video"]),
    }
    needs = {
        "cover": BUSINESS,
        "work": {"content": "1 h/week"},
        "skills": ["writing", "ads", "product", "moderation"],
    }
    options = {"both": ["cm", "a"], "cm": ["cm"]}
    result = compared(scenario(sources, options, needs=needs)).options
    assert result["both"].coverage.skills_met == 0.75
    assert result["cm"].coverage.skills_met == 0.5
    assert only_option(scenario({"a": agency()})).coverage.skills_met is None


def test_utilisation_counts_people_on_duty() -> None:
    """16.8 h of messages on 35 × 2 × 0.9 × 0.8 hours of people."""
    person = employee(headcount=2, planned_absence="10%", unplanned_absence="20%")
    option = only_option(scenario({"cm": person}, messages=MESSAGES))
    assert option.coverage.utilisation == pytest.approx(16.8 / (35 * 2 * 0.9 * 0.8))
    assert only_option(scenario({"cm": employee()})).coverage.utilisation is None


# Time -------------------------------------------------------------------------------------------


def test_live_after_the_last_of_the_first_phase() -> None:
    """One month for the agency, three for the hire; later phases do not count."""
    sources = {
        "a": agency(starts_after=1),
        "cm": employee(starts_after=3),
        "lea": freelancer(starts_after=9),
    }
    phases = {"phases": [{"months": 6, "sources": ["a", "cm"]}, {"sources": ["lea"]}]}
    assert only_option(scenario(sources, {"p": phases})).coverage.live_after_months == 3


def test_figures_are_those_of_the_steady_state() -> None:
    """Ramps lower the average over the horizon, leads only the day of the start."""
    slow = only_option(scenario({"cm": employee(starts_after=2, ramp_up=4)}))
    fast = only_option(scenario({"cm": employee()}))
    assert slow.coverage == fast.coverage._replace(live_after_months=2)
    assert slow.phases[0].sources == fast.phases[0].sources
    full = 35 / 45
    assert fast.horizon_average.watched == pytest.approx(full)
    assert slow.horizon_average.watched == pytest.approx((4 * 0.5 + 8) / 12 * full)
    # half of 35 h still does the 10 h of work
    assert slow.horizon_average.work_done == pytest.approx(1)


def test_ramps_of_several_sources() -> None:
    """Months in which each is learning or there, together and apart.

    Each has somebody there for half of the time. The first learns for one month and the second for
    three, of four, and a quarter of the time is theirs while they do.
    """
    sources = {
        "one": agency(depth=0.5, ramp_up=1, starts_after=1),
        "two": agency(depth=0.5, ramp_up=3, starts_after=2),
    }
    option = only_option(scenario(sources, {"both": ["one", "two"]}, horizon=4))
    by_month = [1 - 0.75 * 0.75, 1 - 0.5 * 0.75, 1 - 0.5 * 0.75, 1 - 0.5 * 0.5]
    assert option.horizon_average.watched == pytest.approx(sum(by_month) / 4)


def test_a_ramp_that_runs_past_its_phase_goes_on() -> None:
    """Three months of learning cut by a phase after one: the other two are in the next."""
    phases = {"phases": [{"months": 1, "sources": ["a"]}, {"sources": ["a"]}]}
    options = {"one": ["a"], "two": phases}
    result = compared(scenario({"a": agency(ramp_up=3)}, options)).options
    for option in result.values():
        assert option.horizon_average.watched == pytest.approx((3 * 0.5 + 9) / 12)


def test_phases_are_averaged_by_their_months() -> None:
    """Three months of 35 of 45 hours, nine of all of them."""
    phases = {"phases": [{"months": 3, "sources": ["cm"]}, {"sources": ["a"]}]}
    sources = {"cm": employee(), "a": agency()}
    option = only_option(scenario(sources, {"p": phases}))
    assert option.coverage.watched == pytest.approx((3 * 35 / 45 + 9) / 12)
    assert option.coverage.in_house == pytest.approx(3 / 12)
