"""Seasons: months with more or less work, each with its own line of messages and its own bills."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.inputs.inputs import input_at, inputs, put
from cmsource.analysis.links import links
from cmsource.results.option import OptionResult
from cmsource.scenario.scenario import Scenario
from cmsource.values.months import MONTHS, months_in_words, months_of
from cmsource.values.quantities import QuantityError
from conftest import Cli
from readings import codes, marked, where, wrong
from readings import scenario as scenario_of
from strategies import Data, agency, colleague, compared, employee, only_option, read, scenario

F = Fraction
MONTH = F(52, 12)
"""Weeks a month."""

ALWAYS = "24/7"


def near(value: float | None) -> Any:  # noqa: ANN401 - what equals what is close to it
    """What is as good as a number; None for none."""
    return None if value is None else pytest.approx(value, abs=1e-9)


def near_all(values: Sequence[F | int]) -> Any:  # noqa: ANN401 - as above
    """The same of each of some numbers."""
    return pytest.approx([float(value) for value in values])


def money(value: F | int) -> Decimal:
    """An exact amount as the ledger writes it, to the cent."""
    return Decimal(round(F(value) * 100)).scaleb(-2)


def in_seasons(seasons: Data, source: Data | None = None, **fields: Any) -> Data:  # noqa: ANN401
    """A scenario with one source, 10 h of content a week, and seasons."""
    data = scenario({"one": agency() if source is None else source}, **fields)
    data["needs"]["seasons"] = seasons
    return data


def fees(option: OptionResult) -> list[tuple[float, float, Decimal]]:
    """The entries of fees: from which month, for how many, how much."""
    return [(e.from_month, e.months, e.amount) for e in option.entries if e.category == "fees"]


# Months ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("nov-dec", 10, 11),
        ("nov.-déc.", 10, 11),
        ("November to December", 10, 11),
        ("novembre à décembre", 10, 11),
        ("de nov. à déc.", 10, 11),
        ("nov..dec", 10, 11),
        ("nov – dec", 10, 11),
        ("août", 7, 7),
        ("AUG", 7, 7),
        ("Sept.", 8, 8),
        ("dec", 11, 11),
        ("dec-feb", 11, 1),
        ("juil.-août", 6, 7),
        ("mars-mai", 2, 4),
        ("jan-dec", 0, 11),
        ("oct-sep", 9, 8),
    ],
)
def test_months_as_people_write_them(text: str, first: int, last: int) -> None:
    """In both languages, in full or in short; a range goes on round the end of the year."""
    found = months_of(text)
    assert (found[0], found[-1]) == (first, last)
    assert list(found) == [(first + n) % 12 for n in range(len(found))]


@pytest.mark.parametrize("text", ["", "-", "nov-", "q4", "13", "nov-dec-jan", "mon", "été", "a"])
def test_what_is_no_month(text: str) -> None:
    """It is refused, with a way out."""
    with pytest.raises(QuantityError) as caught:
        months_of(text)
    assert caught.value.hint


@given(st.sets(st.integers(0, 11), min_size=1))
def test_months_in_words_say_all_of_them(months: set[int]) -> None:
    """Each run of months reads as itself again."""
    runs = months_in_words(months).replace(" and ", ", ").split(", ")
    found = [month for run in runs for month in months_of(run)]
    assert sorted(found) == sorted(months)


# The ledger --------------------------------------------------------------------------------------


def test_hours_are_billed_by_the_work_of_each_season() -> None:
    """10 h a week in ten months and 18 h in two, at 75 an hour."""
    option = only_option(in_seasons({"nov-dec": "180%"}))
    ordinary, high = 10 * 10 * MONTH * 75, 2 * 18 * MONTH * 75
    assert fees(option) == [(0, 12, money(ordinary)), (0, 12, money(high))]
    assert option.total == money(ordinary + high) == Decimal("44200.00")
    reasons = [entry.why for entry in option.entries]
    assert reasons == [
        "hours of work, in jan-oct, 10 of these 12 months",
        "hours of work, in nov-dec, 2 of these 12 months",
    ]
    assert "scenario:" in option.entries[1].refs[-1]
    assert len(option.entries[1].refs) == len(option.entries[0].refs) + 1


def test_included_hours_are_those_of_each_month() -> None:
    """45 h a month are enough for 10 h a week, and 33 h short of 18 h a week: in two months only.

    On average over the year there are 49.1 h a month, which would cost 3,946.67 more, not 5,280.
    """
    firm = agency(retainer="1000/month", included="45 h/month", hourly_rate=80)
    option = only_option(in_seasons({"nov-dec": "180%"}, firm))
    beyond = 2 * (18 * MONTH - 45) * 80
    assert beyond == 5280
    assert option.total == money(12 * 1000 + beyond)


def test_a_slack_month_does_not_pay_for_a_busy_one() -> None:
    """What is not used of the hours included in August is not there in November."""
    firm = agency(retainer="1000/month", included="10 h/week", hourly_rate=80)
    option = only_option(in_seasons({"aug": "0%", "nov": "200%"}, firm))
    assert option.total == money(12 * 1000 + 10 * MONTH * 80)


def test_a_season_of_the_calendar() -> None:
    """From 15 July on, November begins 17/31 of a month after the third one."""
    data = in_seasons({"nov-dec": "180%"}, start="2026-07-15")
    option = only_option(data)
    begins = 3 + F(17, 31)
    lengths = [begins, F(2), 12 - begins - 2]
    found = fees(option)
    assert [start for start, _, _ in found] == near_all([0, begins, begins + 2])
    assert [months for _, months, _ in found] == near_all(lengths)
    hours = [months * each for months, each in zip(lengths, (10, 18, 10), strict=True)]
    assert [amount for _, _, amount in found] == [money(each * MONTH * 75) for each in hours]
    assert option.entries[1].why == "hours of work, in nov-dec"


def test_a_phase_of_an_average_year_has_its_part_of_each_season() -> None:
    """Six months without a date have a month of November and December together."""
    data = in_seasons({"nov-dec": "180%"}, horizon=6)
    assert only_option(data).total == money((5 * 10 + 18) * MONTH * 75)


def test_a_phase_of_the_calendar_has_its_own_months() -> None:
    """The same six months from January on have no Christmas, from July on all of it."""
    first = in_seasons({"nov-dec": "180%"}, horizon=6, start="2026-01-01")
    second = in_seasons({"nov-dec": "180%"}, horizon=6, start="2026-07-01")
    assert only_option(first).total == money(6 * 10 * MONTH * 75)
    assert only_option(second).total == money((4 * 10 + 2 * 18) * MONTH * 75)


def test_prices_rise_within_seasons() -> None:
    """In the second year every hour costs a tenth more, in both levels."""
    data = in_seasons({"nov-dec": "180%"}, horizon=24, prices={"vendors": "10%"})
    year = (10 * 10 + 2 * 18) * MONTH * 75
    assert only_option(data).total == money(year * F(21, 10))


def test_a_season_of_one_activity() -> None:
    """Reports stay the same while the content doubles."""
    data = in_seasons(
        {"nov-dec": {"content": "200%"}}, work={"content": "10 h/week", "reporting": "2 h/week"}
    )
    assert only_option(data).total == money((10 * 12 + 2 * 22) * MONTH * 75)


def test_a_ramp_up_in_an_average_year() -> None:
    """The agency stands in for half of a hire in two months, each of which has all seasons."""
    hire = employee(hours="10 h/week", on_duty="mon-fri 09:00-11:00", ramp_up=2)
    data = scenario({"hire": hire, "firm": agency()}, {"both": ["hire", "firm"]})
    data["needs"]["seasons"] = {"nov-dec": "180%"}
    option = only_option(data)
    hours = [2 * F(10, 12) * 5, 2 * F(2, 12) * 13, 10 * F(2, 12) * 8]
    assert [amount for _, _, amount in fees(option)] == [money(each * MONTH * 75) for each in hours]


def test_pay_does_not_follow_seasons() -> None:
    """A contract has the same hours in every month."""
    even = only_option(scenario({"one": employee()}))
    assert only_option(in_seasons({"nov-dec": "180%"}, employee())).total == even.total


# What is covered ---------------------------------------------------------------------------------


def lacking() -> Data:
    """35 h of people for 30 h of content a week, and for 60 in two months."""
    return in_seasons({"nov-dec": "200%"}, employee(), work={"content": "30 h/week"})


def test_work_done_on_average_and_in_the_worst_month() -> None:
    """Ten months of 30 of 30 h and two of 35 of 60 h."""
    option = only_option(lacking())
    assert option.coverage.work_done == pytest.approx((10 * 30 + 2 * 35) / (10 * 30 + 2 * 60))
    assert option.coverage.idle == pytest.approx(10 * 5 / (12 * 35))
    assert option.horizon_average.work_done == pytest.approx(370 / 420)
    assert option.worst_month is not None
    assert option.worst_month.work_done == pytest.approx(35 / 60)
    assert option.worst_month.idle == pytest.approx(5 / 35)
    assert option.per_hour_worked == money(F(20 * 35 * 52) / (370 * MONTH))
    sources = option.phases[0].sources
    assert sources["one"].hours_done == pytest.approx(370 / 12)


def test_in_house_work_counts_by_the_hours_done() -> None:
    """Of 10 h a week she does all, of 30 h what her 20 h allow."""
    sources = {"hire": employee(hours="20 h/week", on_duty="mon-fri 09:00-13:00"), "firm": agency()}
    data = scenario(sources, {"both": ["hire", "firm"]})
    data["needs"]["seasons"] = {"nov-dec": "300%"}
    option = only_option(data)
    assert option.coverage.in_house == pytest.approx((10 * 10 + 2 * 20) / (10 * 10 + 2 * 30))
    assert option.worst_month is not None
    assert option.worst_month.in_house == pytest.approx(20 / 30)


def test_messages_in_time_count_by_the_messages_that_come() -> None:
    """Two months with three times as many messages weigh six months, August nothing."""
    person = employee(on_duty="daily 09:00-14:00")
    data = in_seasons(
        {"nov-dec": "300%", "aug": "0%"},
        person,
        messages={"per_day": 40, "profile": "office"},
        cover="daily 09:00-14:00",
        require={"answered_in_time": "1%"},
    )
    option = only_option(data)
    ordinary, closed, high = option.phases[0].seasons
    assert [each.messages for each in (ordinary, closed, high)] == [280, 0, 840]
    assert closed.coverage.answered_in_time is None
    one, other = ordinary.coverage.answered_in_time, high.coverage.answered_in_time
    assert one is not None and other is not None and one > other + 0.01
    mean = (9 * one + 2 * 3 * other) / (9 + 2 * 3)
    assert option.coverage.answered_in_time == pytest.approx(mean)
    assert option.horizon_average.answered_in_time == pytest.approx(mean)
    assert option.worst_month is not None
    assert option.worst_month.answered_in_time == other
    [held] = option.requirements
    assert (held.value, held.season) == (other, "nov-dec")


def test_phases_count_by_what_comes_in_them() -> None:
    """Half a year with Christmas has more of the year's work than the other half."""
    data = scenario(
        {"hire": employee(), "half": employee(hours="17.5 h/week", on_duty="mon-fri 09:00-12:30")},
        {"turns": {"phases": [{"months": 6, "sources": ["hire"]}, {"sources": ["half"]}]}},
        work={"content": "35 h/week"},
        start="2026-01-01",
    )
    data["needs"]["seasons"] = {"nov-dec": "200%"}
    option = only_option(data)
    assert [[s.name for s in phase.seasons] for phase in option.phases] == [
        ["jan-oct"],
        ["jan-oct", "nov-dec"],
    ]
    done = 6 * 35 + 6 * 17.5
    assert option.coverage.work_done == pytest.approx(done / (6 * 35 + 4 * 35 + 2 * 70))


def test_the_worst_month_decides() -> None:
    """58 % of the work of November is less than 80 %, whatever the other months are."""
    data = lacking() | {"require": {"work_done": "80%"}}
    [held] = only_option(data).requirements
    assert (held.met, held.value, held.season) == (False, near(35 / 60), "nov-dec")


def test_the_average_decides_where_it_is_said_so() -> None:
    """88 % on average are enough for 80 %."""
    for word in ("average", "moyenne"):
        data = lacking() | {"require": {"work_done": "80%", "season": word}}
        [held] = only_option(data).requirements
        assert (held.met, held.value, held.season) == (True, near(370 / 420), "")


def test_which_months_count_asks_for_nothing() -> None:
    """So the work done is assumed to be asked for, as without any requirement."""
    [held] = only_option(lacking() | {"require": {"season": "average"}}).requirements
    assert (held.name, held.assumed, held.season) == ("work_done", True, "")


def test_idle_hours_are_most_in_the_slack_month() -> None:
    """In August she has 35 h for 3, and no more than a third may be idle."""
    data = in_seasons({"aug": "10%"}, employee(), work={"content": "30 h/week"})
    [held] = only_option(data | {"require": {"idle": "33%"}}).requirements
    assert (held.met, held.value, held.season) == (False, near(32 / 35), "aug")


def test_a_closed_month_is_no_month_without_in_house_work() -> None:
    """Nothing is done in August, since there is nothing to do."""
    data = in_seasons({"aug": "0%"}, employee()) | {"require": {"in_house": "90%"}}
    [held] = only_option(data).requirements
    assert (held.met, held.value) == (True, 1)


def test_what_it_would_take_names_the_season() -> None:
    """60 h of work for 35 h of people, in November and December alone."""
    option = compared(lacking() | {"require": {"work_done": "100%"}}).options["one"]
    assert option.would_take == (
        "in nov-dec 60.0 h of work a week for 35.0 h of people: needs 1 person more like one"
    )


def test_an_overload_is_named_with_its_season() -> None:
    """20 h of messages fit into 35 h of duty, 40 do not."""
    data = in_seasons({"nov-dec": "200%"}, employee(), messages={"per_week": 200})
    [found] = [each for each in compared(data).warnings if each.code == "W422"]
    assert found.message == (
        "option `one`: 40.0 h of messages a week for one, with time for 35.0 h in nov-dec"
    )


# Limits and properties ---------------------------------------------------------------------------

LEVELS = st.sampled_from([0, 40, 100, 150, 180, 300])
STARTS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 31)))


def without_inputs(data: Data) -> Any:  # noqa: ANN401 - plain JSON
    """A comparison as JSON without what the scenario says itself, and where."""
    found = json.loads(cmsource.to_json(compared(data)))
    del found["inputs"], found["advice"]
    for option in found["options"].values():
        for entry in option["entries"]:
            del entry["refs"]
    return found


def busy(**needs: object) -> Data:
    """A hire who is short of time, an agency with included hours, and both together."""
    sources = {
        "hire": employee(hours="24 h/week", on_duty="mon-fri 09:00-13:00"),
        "firm": agency(
            retainer="900/month", included="20 h/month", hourly_rate=80, after_hours=1.5
        ),
        "boss": colleague(),
    }
    data = scenario(
        sources,
        {"hire": ["hire"], "firm": ["firm"], "all": ["boss", "hire", "firm"]},
        cover="mon-sat 08:00-20:00",
        work={"content": "8 h/week", "reporting": "8 h/month"},
        messages={"per_week": 120},
        require={"work_done": "90%", "answered_in_time": "60%"},
    )
    data["needs"] |= needs
    return data


@pytest.mark.parametrize("seasons", [{}, {"jan-dec": "100%"}, {"aug": "100%", "nov-dec": "100%"}])
@pytest.mark.parametrize("start", [None, "2026-05-10"])
def test_seasons_like_all_months_are_none(seasons: Data, start: str | None) -> None:
    """To the last digit of everything that is told."""
    when = {} if start is None else {"start": start}
    assert without_inputs(busy(seasons=seasons) | when) == without_inputs(busy() | when)


@pytest.mark.parametrize("seasons", [{"jan-dec": "150%"}, {"jan-mar": "150%", "apr-dec": "150%"}])
def test_a_year_at_one_level_is_that_volume(seasons: Data) -> None:
    """Every month at 150 % is half as much again of all work, to the cent."""
    more = busy(work={"content": "12 h/week", "reporting": "12 h/month"})
    more["needs"]["messages"]["per_week"] = 180
    one, other = compared(busy(seasons=seasons)), compared(more)
    assert one.recommended == other.recommended
    for name, option in one.options.items():
        assert option.entries == other.options[name].entries or [
            entry.cents for entry in option.entries
        ] == [entry.cents for entry in other.options[name].entries]
        for figure, value in option.coverage._asdict().items():
            expected = getattr(other.options[name].coverage, figure)
            assert value == (None if expected is None else pytest.approx(expected, abs=1e-9))


def test_each_level_has_the_line_of_messages_of_its_volume() -> None:
    """The months of a season are as a scenario that has so many messages all year."""
    data = busy(seasons={"nov-dec": "180%", "aug": {"messages": "40%"}})
    found = compared(data)
    for share, name, work in ((1.8, "nov-dec", 1.8), (0.4, "aug", 1.0)):
        alone = busy(work={"content": f"{8 * work} h/week", "reporting": f"{8 * work} h/month"})
        alone["needs"]["messages"]["per_week"] = 120 * share
        expected = compared(alone)
        for option, result in found.options.items():
            [season] = [each for each in result.phases[0].seasons if each.name == name]
            there = expected.options[option].phases[0]
            for figure, value in season.coverage._asdict().items():
                other = getattr(there.coverage, figure)
                assert value == (None if other is None else pytest.approx(other, abs=1e-9))
            for source, does in season.sources.items():
                hours = there.sources[source].hours_done
                assert does.hours_done == pytest.approx(hours, abs=1e-9)
            assert season.answering is not None and there.answering is not None
            assert season.answering.p90_minutes == pytest.approx(there.answering.p90_minutes)


@settings(max_examples=15, deadline=None)
@given(LEVELS, LEVELS, LEVELS, st.permutations(["nov-dec", "aug", "feb-apr"]), STARTS)
def test_the_order_of_seasons_is_nothing(
    one: int, two: int, three: int, order: list[str], start: date | None
) -> None:
    """A scenario is the same with its seasons in another order."""
    seasons = {"nov-dec": f"{one}%", "aug": f"{two}%", "feb-apr": {"messages": f"{three}%"}}
    when = {} if start is None else {"start": str(start)}
    first = without_inputs(busy(seasons=seasons) | when)
    assert without_inputs(busy(seasons={name: seasons[name] for name in order}) | when) == first


@settings(max_examples=25, deadline=None)
@given(LEVELS, LEVELS, LEVELS, STARTS, st.sampled_from([12, 24]))
@example(180, 40, 0, date(2026, 7, 15), 24)
def test_a_whole_year_does_not_depend_on_its_first_day(
    one: int, two: int, three: int, start: date | None, months: int
) -> None:
    """Whatever the first month, there are all of them, but for the rounding of entries."""
    data = busy(
        seasons={"nov-dec": f"{one}%", "aug": f"{two}%", "feb-apr": {"messages": f"{three}%"}}
    )
    data |= {"horizon": months, "prices": {"vendors": "5%"}}
    even = compared(data, details=False)
    # The country's rules follow the first day; here nothing rests on them.
    dated = compared(data if start is None else data | {"start": str(start)}, details=False)
    for name, option in even.options.items():
        other = dated.options[name]
        entries = len(option.entries) + len(other.entries)
        assert (
            abs(
                option.by_category.get("fees", Decimal()) - other.by_category.get("fees", Decimal())
            )
            <= Decimal(entries) / 100
        )
        for figure in (option.coverage, option.worst_month or option.coverage):
            there = other.coverage if figure is option.coverage else other.worst_month
            assert there is not None
            for key, value in figure._asdict().items():
                expected = getattr(there, key)
                assert value == (None if expected is None else pytest.approx(expected, abs=1e-9))
        assert option.eligible == other.eligible


@settings(max_examples=25, deadline=None)
@given(st.lists(LEVELS, min_size=12, max_size=12), st.integers(1, 40), STARTS)
def test_months_of_service_are_months_of_seasons(
    levels: list[int], horizon: int, start: date | None
) -> None:
    """The months of all seasons of a phase add up to its own."""
    seasons = {name: f"{level}%" for name, level in zip(MONTHS, levels, strict=True)}
    data = in_seasons(seasons, horizon=horizon)
    option = only_option(data if start is None else data | {"start": str(start)})
    [phase] = option.phases
    if phase.seasons:
        assert sum(each.months for each in phase.seasons) == pytest.approx(horizon)
        if start is None:
            for each in phase.seasons:
                assert each.months == pytest.approx(horizon * len(each.calendar) / 12)


# Reading -----------------------------------------------------------------------------------------

TEXT = """\
country: FR
needs:
  cover: mon-fri 09:00-17:00
  messages: {per_day: 10}
  work: {content: 5 h/week}
  seasons: {nov-dec: 180%}
sources:
  cm: {kind: employee}
  agence: {kind: agency, hourly_rate: 80}
options:
  hire: [cm]
  agency: [agence]
"""


def with_seasons(said: str) -> str:
    """The text with other seasons."""
    return TEXT.replace("{nov-dec: 180%}", said)


@pytest.mark.parametrize(
    ("said", "code", "text", "hint"),
    [
        ("{novembr: 180%}", "E204", "novembr", "did you mean `nov`?"),
        ("{nov-decembr: 180%}", "E204", "nov-decembr", "did you mean `nov-dec`?"),
        ("{winter: 180%}", "E204", "winter", "month or a range"),
        ("{nov-dec: 180%, dec-jan: 150%}", "E207", "dec-jan", "no month be in two"),
        ("{nov: 180%, novembre: 150%}", "E207", "novembre", "no month be in two"),
        ("{nov-dec: {post: 180%}}", "E201", "post", "known here"),
        ("{nov-dec: {mesages: 180%}}", "E201", "mesages", "did you mean `messages`"),
        ("{nov-dec: 180}", "E204", "180", "180%"),
        ("{nov-dec: 2000%}", "E204", "2000%", "at most 1000"),
        ("{nov-dec: -10%}", "E204", "-10%", ""),
        ("{nov-dec: 200%..150%}", "E210", "200%..150%", ""),
        ("180%", "E203", "180%", "{nov-dec: 180%, aug: 40%}"),
        ("[nov-dec]", "E203", "[nov-dec]", "{nov-dec: 180%, aug: 40%}"),
    ],
)
def test_what_is_wrong_with_a_season(said: str, code: str, text: str, hint: str) -> None:
    """Each error has its place and the way out."""
    found = wrong(with_seasons(said))
    assert found.code == code
    assert where(found)[0] == 6
    assert marked(found) == text
    assert hint in found.hint


def test_which_months_are_in_two_seasons() -> None:
    """The message names them."""
    found = wrong(with_seasons("{oct-dec: 180%, nov-jan: 150%}"))
    assert found.message == "`needs.seasons` has nov-dec in both `oct-dec` and `nov-jan`"


def test_a_season_of_messages_that_there_are_none_of() -> None:
    """Nothing comes of it, which is a slip."""
    text = with_seasons("{nov-dec: {messages: 180%}}").replace("  messages: {per_day: 10}\n", "")
    assert wrong(text).code == "E201"


def test_a_season_without_any_work() -> None:
    """There is nothing to have more of."""
    text = TEXT.replace("  messages: {per_day: 10}\n  work: {content: 5 h/week}\n", "")
    assert codes(text) == ["E306"]


def test_a_season_that_never_comes() -> None:
    """Six months from January have no November."""
    found = wrong(TEXT + "horizon: 6 months\nstart: 2026-01-01\n")
    assert (found.code, marked(found)) == ("W425", "nov-dec")
    assert codes(TEXT + "horizon: 6 months\nstart: 2026-05-02\n") == []
    assert codes(TEXT + "horizon: 6 months\n") == []


def test_months_in_french_are_the_same() -> None:
    """A French text says the same as the English one, and its inputs have the same paths."""
    french, english = (
        scenario_of(with_seasons("{nov.-déc.: 180 %, août: {messages: 40 %}}")),
        (scenario_of(with_seasons("{nov-dec: 180%, aug: {messages: 40%}}"))),
    )
    assert french.needs.seasons == english.needs.seasons
    assert [each.path for each in inputs(french)] == [each.path for each in inputs(english)]


def test_a_flag_names_months_in_either_language() -> None:
    """It changes the season that the file has, whatever it is called there."""
    for path in ("nov-dec", "novembre à décembre"):
        found = scenario_of(with_seasons("{nov.-déc.: 180%}"), f"needs.seasons.{path}=150%")
        assert found.needs.seasons == {"nov-dec": {"": 1.5}}


def test_seasons_are_inputs() -> None:
    """Each level is a number with a path, which can be moved."""
    found = scenario_of(with_seasons("{nov-dec: 150% to 200%, aug: {messages: 40%}}"))
    high, slack = (input_at(found, f"needs.seasons.{key}") for key in ("nov-dec", "aug.messages"))
    assert (high.unit, high.value, high.range, high.high) == ("%", 1.75, (1.5, 2.0), 10)
    assert (slack.value, slack.given) == (0.4, True)
    moved = put(found, {"needs.seasons.nov-dec": 3.0, "needs.seasons.aug.messages": 0.0})
    assert moved.needs.seasons == {"nov-dec": {"": 3.0}, "aug": {"messages": 0.0}}


def test_too_many_levels_are_too_much_work() -> None:
    """Each level has lines of its own, for each source on duty."""
    months = ", ".join(f"{month}: {100 + 10 * n}%" for n, month in enumerate(MONTHS, 1))
    options = "\n".join(f"  a{n}: [cm, agence]" for n in range(7))
    duty = "agence: {kind: agency, hourly_rate: 80, on_duty: 24/7}"
    text = with_seasons(f"{{{months}}}").replace("agence: {kind: agency, hourly_rate: 80}", duty)
    assert codes(f"{text}{options}\n") == ["E106"]
    assert codes(text) == []


# What is told of them ----------------------------------------------------------------------------


def test_results_are_read_back_as_they_were() -> None:
    """Seasons, the worst month and the months in which something is missed are in the JSON."""
    found = compared(busy(seasons={"nov-dec": "180%", "aug": {"messages": "40%"}}))
    text = cmsource.to_json(found)
    assert cmsource.to_json(cmsource.from_json(text)) == text
    option = json.loads(text)["options"]["hire"]
    [phase] = option["phases"]
    assert [each["calendar"] for each in phase["seasons"]] == [
        [1, 2, 3, 4, 5, 6, 7, 9, 10],
        [8],
        [11, 12],
    ]
    assert phase["seasons"][1]["shares"] == {"messages": 0.4, "content": 1, "reporting": 1}
    assert option["worst_month"]["work_done"] < option["coverage"]["work_done"]
    assert {held.get("season") for held in option["requirements"]} == {"nov-dec"}
    plain = json.loads(cmsource.to_json(compared(busy())))["options"]["hire"]
    assert "worst_month" not in plain and "seasons" not in plain["phases"][0]


def test_details_have_a_row_for_each_season(cli: Cli, tmp_path: Path) -> None:
    """The months, how much comes in them, and how much of it gets done; in French too."""
    file = tmp_path / "s.yaml"
    file.write_text(yaml.safe_dump(lacking()), encoding="utf-8")
    status, output, _ = cli("compare", str(file), "--details", "--format", "markdown")
    assert status == 0
    rows = [line for line in output.splitlines() if "jan-oct" in line or "nov-dec" in line]
    assert "| one | jan-oct | 100% | 30&nbsp;h | 35&nbsp;h | – | 100% | 14% |" in rows
    assert "|  | nov-dec | 200% | 60&nbsp;h | 35&nbsp;h | – | 58% | 0% |" in rows
    status, output, _ = cli("compare", str(file), "--details", "--lang", "fr")
    assert "novembre-décembre" in output


def test_the_ledger_names_its_seasons(cli: Cli, tmp_path: Path) -> None:
    """In each language, and that the work of who is there is an average."""
    file = tmp_path / "s.yaml"
    file.write_text(yaml.safe_dump(in_seasons({"nov-dec": "180%"})), encoding="utf-8")
    for language, season, note in (
        ("en", "in nov-dec, 2 of these 12 months", "Work a week is an average"),
        ("fr", "en novembre-décembre, 2 de ces 12 mois", "Le travail par semaine est une moyenne"),
    ):
        explain = ("explain", str(file), "one", "--lang", language)
        assert season in cli(*explain, "--format", "csv").out.replace("\N{NO-BREAK SPACE}", " ")
        assert note in cli(*explain).out


def test_a_week_of_a_month(cli: Cli, tmp_path: Path) -> None:
    """An ordinary one unless a month is asked for."""
    file = tmp_path / "s.yaml"
    data = in_seasons({"nov-dec": "200%", "aug": "0%"}, messages={"per_week": 60})
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    for flags, season, messages in (
        ((), "jan-jul and sep-oct", 60),
        (("--month", "décembre"), "nov-dec", 120),
        (("--month", "aug"), "aug", 0),
        (("--month", "nov", "--at", "mon 10:00"), "nov-dec", 120),
    ):
        status, output, _ = cli("coverage", str(file), *flags, "--format", "json")
        found = json.loads(output)
        assert (status, found["season"], found["messages_per_week"]) == (0, season, messages)
        [phase] = found["options"]["one"]["phases"]
        if "hours" in phase:
            come = sum(hour["messages"] for hour in phase["hours"])
            assert come == pytest.approx(messages, abs=1e-4)
    status, _, errors = cli("coverage", str(file), "--month", "nov-dec")
    assert (status, "more than one month" in errors) == (2, True)


def test_a_week_without_seasons_has_no_months() -> None:
    """Whatever month is asked for, it is the same week."""
    whole = read(busy())
    week = cmsource.coverage(whole)
    assert cmsource.coverage(whole, "nov")[0].phases[0].hours == week[0].phases[0].hours


def test_expanded_seasons_are_read_as_the_same(tmp_path: Path) -> None:
    """What `expand` prints has the months as paths name them."""
    file = tmp_path / "s.yaml"
    file.write_text(with_seasons("{nov.-déc.: 180%, août: {messages: 40%}}"), encoding="utf-8")
    full = cmsource.expand(file)
    assert cmsource.loads(full).needs.seasons == cmsource.load(file).needs.seasons
    assert "nov-dec: 180%" in full


def test_a_simulation_draws_the_levels() -> None:
    """From 100 % to 260 % at Christmas, the total spreads by 16 h a week in two months."""
    data = in_seasons({"nov-dec": {"low": "100%", "likely": "180%", "high": "260%"}})
    found = cmsource.simulate(read(data), draws=400)
    [option] = found.options
    least, most = 120 * MONTH * 75, (100 + 2 * 26) * MONTH * 75
    assert option.at_likely == 4_420_000
    assert float(least) * 100 <= option.totals.least < option.totals.most <= float(most) * 100
    assert [each.drawn.path for each in found.weights] == ["needs.seasons.nov-dec"]


def two_prices() -> Data:
    """An agency by the hour, and one for 3,575 a month whatever there is: 42,900 a year."""
    data = scenario({"hourly": agency(), "flat": agency(retainer="3575/month")})
    data["needs"]["seasons"] = {"nov-dec": "180%"}
    return data


def test_a_break_even_of_a_level() -> None:
    """325 × (100 + 20 × level) a year is 42,900 at a level of 160 %."""
    whole = read(two_prices())
    found = cmsource.breakeven(whole, "hourly", "flat", on="needs.seasons.nov-dec")
    [crossing] = found.found[0].crossings
    assert crossing.at == pytest.approx(1.6, abs=1e-4)


def test_levels_move_the_answer() -> None:
    """Ten per cent less at Christmas is 18 points: 2 × 1.8 h a week less in two months."""
    found = cmsource.sensitivity(read(two_prices()), by=0.1, on=["needs.seasons"])
    [bar] = found.bars
    assert bar.input.path == "needs.seasons.nov-dec"
    moved = 2 * F(18, 10) * MONTH * 75
    assert bar.swing("hourly") == pytest.approx(float(2 * moved))


def test_a_workbook_goes_on_computing(tmp_path: Path) -> None:
    """Each season is a line of its own, whose rate may be changed, and whose level may not."""
    file = tmp_path / "s.yaml"
    data = two_prices()
    file.write_text(yaml.safe_dump(data), encoding="utf-8")

    def again(values: Mapping[str, str]) -> Scenario:
        return cmsource.load(file, overrides=[f"{path}={text}" for path, text in values.items()])

    found = links(cmsource.load(file), again)
    assert "sources.hourly.hourly_rate" in found.linked
    assert "needs.seasons.nov-dec" not in found.linked
    today = {each.path: each.value for each in found.inputs}
    lines = found.lines["hourly"]
    cents = [line.cents(today | {"sources.hourly.hourly_rate": 100.0}) for line in lines]
    assert cents == [round(10 * 10 * MONTH * 10_000), round(2 * 18 * MONTH * 10_000)]


def test_units_follow_the_seasons() -> None:
    """12 posts a month and 18 in two of them are 13 on average, of 1.5 h each."""
    data = in_seasons({"nov-dec": "150%"}, work={"posts": {"per_month": 12, "hours_each": 1.5}})
    found = compared(data, details=False)
    assert found.units["posts"].per_month == pytest.approx(13)
    option = found.options["one"]
    assert option.units_done["posts"] == pytest.approx(13)
    assert option.total == money(F(13 * 12) * F(3, 2) * 75)


def test_the_cursor_has_the_average_of_the_seasons() -> None:
    """In-house alone, she does 10 of 10 h, and 24 of 30 in two months."""
    hire = employee(hours="24 h/week", on_duty="mon-thu 09:00-15:00")
    data = scenario({"hire": hire, "firm": agency()})
    data["needs"]["seasons"] = {"nov-dec": "300%"}
    mix = cmsource.mixes(read(data), ["content"]).mixes[-1]
    assert mix.shares == (1.0,)
    done = mix.work["content"]
    assert list(done) == near_all([F(10 * 10 + 2 * 30, 12), F(10 * 10 + 2 * 24, 12), 0])


@pytest.mark.parametrize(
    ("seasons", "heard"),
    [
        ({"nov-dec": "200%"}, True),
        ({"nov-dec": "199%"}, False),
        ({"aug": "50%"}, True),
        ({"nov-dec": "150%", "aug": "75%"}, True),
        ({"jan-dec": "300%"}, False),
        ({"nov-dec": {"content": "200%"}}, False),  # 21 h a week beside 11
    ],
)
def test_a_high_season_speaks_for_those_who_bill_what_they_do(seasons: Data, heard: bool) -> None:
    """Twice the work of the slackest month or more."""
    data = scenario({"hire": employee(), "firm": agency()})
    data["needs"]["work"] = {"content": "10 h/week", "reporting": "1 h/week"}
    data["needs"]["seasons"] = seasons
    found = [each for each in compared(data).signals if each.rule == "high season"]
    assert bool(found) is heard
    if heard:
        assert found[0].speaks_for == ("firm",)
        assert found[0].speaks_against == ("hire",)
