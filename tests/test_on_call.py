"""People on call: what it pays, how often they are called out, and what that covers."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

import cmsource
from call_out_simulation import DAY, Hours, play
from cmsource.analysis.inputs.inputs import input_at, put
from cmsource.analysis.inputs.names import in_words
from cmsource.model.line.call_outs import CallOuts, Flow, Terms, call_outs
from cmsource.model.line.message_types import message_types
from cmsource.results.entry import Entry
from cmsource.results.option import OptionResult
from cmsource.results.phase import OnCallResult
from cmsource.scenario.arrivals import profile_weights
from cmsource.scenario.on_call import OnCall
from cmsource.values.quantities import PriceTag
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_week
from conftest import Cli
from readings import findings, marked, where
from strategies import agency, colleague, employee, read, scenario

WEEKENDS = {
    "hours": "sat-sun 09:00-21:00",
    "pay": "76/weekend",
    "call_out": "22/h",
    "minimum": "1 h",
    "reaction": "30 min",
}
ALWAYS_THERE = {"planned_absence": "0%", "unplanned_absence": "0%"}


def only(data: dict[str, Any]) -> OptionResult:
    """The result of the only option of a scenario."""
    (option,) = cmsource.compare(read(data)).options.values()
    return option


def lea(**changes: object) -> dict[str, Any]:
    """An employee who is always there, with 40 % of charges, on call at weekends."""
    return employee(**{**ALWAYS_THERE, "charges": "40%", "on_call": WEEKENDS, **changes})


def bare(**changes: object) -> dict[str, Any]:
    """The same without hours on call."""
    found = lea(**changes)
    del found["on_call"]
    return found


def beside(option: OptionResult, other: OptionResult) -> list[Entry]:
    """The entries that one option has and the other has not."""
    known = [(each.category, each.cents) for each in other.entries]
    return [each for each in option.entries if (each.category, each.cents) not in known]


class TestPay:
    """Each part of the price is a line of the ledger."""

    @pytest.mark.parametrize(
        ("hours", "pay", "times", "amount"),
        [
            ("sat-sun 09:00-21:00", "76/weekend", 52, 3952),
            ("sat 09:00-12:00", "76/weekend", 52, 3952),
            ("fri 18:00-24:00, sat-sun 00:00-24:00", "76/weekend", 52, 3952),
            ("mon-fri 18:00-24:00", "150/week", 52, 7800),
            ("mon-fri 18:00-08:00", "30/night", 260, 7800),
            ("sat-sun 00:00-24:00", "30/night", 156, 4680),
            ("sat-sun 09:00-21:00", "50/day", 104, 5200),
            ("mon-fri 18:00-08:00", "50/day", 260, 13000),
            ("sat-sun 00:00-24:00", "50/day", 104, 5200),
            ("sat-sun 09:00-21:00", "3/h", 1248, 3744),
            ("sat-sun 09:00-21:00", "100/month", 12, 1200),
            ("sat-sun 09:00-21:00", "1200/year", 12, 1200),
        ],
    )
    def test_times_by_hand(self, hours: str, pay: str, times: float, amount: float) -> None:
        """52 weekends a year, 5 nights a week, three nights of a weekend from Friday's on.

        Saturday 00:00 is in the night that began on Friday, so that two whole days are part of
        three nights. Without messages only being on call is paid, and 40 % on top.
        """
        duty = {"on_duty": "mon-fri 09:00-16:00"}
        data = scenario({"lea": lea(on_call={**WEEKENDS, "hours": hours, "pay": pay}, **duty)})
        plain = scenario({"lea": bare(**duty)})
        option, other = only(data), only(plain)
        paid, charged = beside(option, other)
        assert (paid.category, paid.amount) == ("pay", Decimal(amount))
        assert paid.quantity == pytest.approx(times)
        assert (charged.category, charged.amount) == (
            "employer charges",
            Decimal(str(amount)) * Decimal("0.4"),
        )
        assert float(option.total - other.total) == pytest.approx(amount * 1.4)
        assert float(option.cash - other.cash) == pytest.approx(amount * 1.4)

    def test_who_is_away_is_not_on_call(self) -> None:
        """With a tenth of leave and a fifth of sickness 52 x 0.9 x 0.8 = 37.44 are paid."""
        away = {"planned_absence": "10%", "unplanned_absence": "20%"}
        paid, _ = beside(
            only(scenario({"lea": lea(**away)})), only(scenario({"lea": bare(**away)}))
        )
        assert paid.quantity == pytest.approx(37.44)
        assert paid.amount == Decimal("2845.44")

    def test_people_take_turns(self) -> None:
        """Of three, each with a tenth of leave, one is on call at a time: 52 weekends, not 156."""
        three = {"headcount": 3, "planned_absence": "10%"}
        option = only(scenario({"lea": lea(**three)}))
        paid = [each for each in option.entries if each.unit == "weekend"]
        assert [each.quantity for each in paid] == [pytest.approx(52)]
        on_call = option.phases[0].sources["lea"].on_call
        assert on_call is not None
        assert on_call.presence == 1

    def test_pay_rises_with_wages(self) -> None:
        """3 % a year: 3,952 in the first year, 4,070.56 in the second."""
        data = scenario({"lea": lea()}, horizon="24 months", prices={"wages": "3%"})
        paid = [each for each in only(data).entries if each.unit == "weekend"]
        assert [each.amount for each in paid] == [Decimal("3952.00"), Decimal("4070.56")]

    def test_a_colleague_is_paid_in_cash(self) -> None:
        """Hours given are own time; being on call is pay, with the charges that it adds."""
        helper = colleague(**ALWAYS_THERE, charges="40%", on_call=WEEKENDS)
        plain = colleague(**ALWAYS_THERE, charges="40%")
        option, other = only(scenario({"c": helper})), only(scenario({"c": plain}))
        assert option.cash - other.cash == Decimal("5532.80")
        assert option.total - other.total == Decimal("5532.80")

    def test_charges_are_what_the_pay_adds(self) -> None:
        """By the schedule of France too: what 3,952 a year more add to the charges of the post."""
        post = {**ALWAYS_THERE, "charges": None, "hourly_wage": 20}
        data = scenario({"lea": lea(**post)})
        charged = [
            each
            for each in only(data).entries
            if each.category == "employer charges" and each.unit == "of pay"
        ]
        monthly = 20 * 35 * 52 / 12
        more, less = (
            float(cmsource.employer_cost("FR", monthly_gross=gross, hours=35).total) - gross
            for gross in (monthly + 3952 / 12, monthly)
        )
        assert [float(each.amount) for each in charged] == [
            pytest.approx(12 * (more - less), abs=1)
        ]

    def test_on_call_over_nothing_costs_nothing(self) -> None:
        """``never`` is no hours on call, of which nothing is paid, whatever a week would pay."""
        never = lea(on_call={**WEEKENDS, "hours": "never", "pay": "150/week"})
        assert only(scenario({"lea": never})).entries == only(scenario({"lea": bare()})).entries

    def test_apprentices_are_paid_by_the_year(self) -> None:
        """Their charges change with the years on the contract; a weekend is paid once."""
        data = scenario(
            {"a": {"kind": "apprentice", **ALWAYS_THERE, "on_call": WEEKENDS}}, horizon="24 months"
        )
        paid = [each for each in only(data).entries if each.unit == "weekend"]
        assert sum(each.quantity for each in paid) == pytest.approx(104)


def window(days: tuple[int, ...], first: int, last: int) -> list[tuple[int, int]]:
    """So many hours of some days, in minutes of the week."""
    return [(day * DAY + first * 60, day * DAY + last * 60) for day in days]


def expected(flows: list[tuple[int, int]], rate: float, hours: Week, terms: Terms) -> CallOuts:
    """What the formula says of messages that come evenly in some pieces of the week."""
    return call_outs(tuple(Flow(a, b, rate) for a, b in flows), hours, 1.0, terms)


class TestCallOuts:
    """How often people are called out, and what is paid."""

    def test_rare_messages_are_a_call_out_each(self) -> None:
        """24 messages in a thousand weeks: 0.024 call-outs a week, each of an hour."""
        found = expected(
            window((5, 6), 9, 21), 0.001 / 60, parse_week("sat-sun 09:00-21:00"), Terms(5, 30, 60)
        )
        assert found == pytest.approx((0.024, 0.024), rel=0.005)

    def test_they_come_back_as_renewals_do(self) -> None:
        """One message an hour, half an hour to react, one paid: one in 1 + 1.5 hours, and a start.

        Between two are 1.5 hours and an exponential one, squared 7.25 on average: of 168 hours
        that begin idle, 168 / 2.5 + 7.25 / (2 x 2.5^2) - 1 / 2.5 = 67.38 (the renewal theorem).
        """
        found = expected([(0, 7 * DAY)], 1 / 60, Week.always(), Terms(0.01, 30, 60))
        assert found == pytest.approx((67.38, 67.38), rel=5e-4)

    def test_without_minimum_and_reaction_they_are_busy_times(self) -> None:
        """Of a queue with one server, load 0.3: work of 0.3 of the time, 1 / (1 + 0.3 / 0.7) idle.

        Busy times begin with the rate of messages times the chance that nobody waits, which is
        1 - load: 3.6 an hour x 0.7 x 24 h = 60.48 a week, of 7.2 hours.
        """
        found = expected(
            window((5, 6), 9, 21), 3.6 / 60, parse_week("sat-sun 09:00-21:00"), Terms(5, 0, 0)
        )
        assert found == pytest.approx((60.48, 7.2), rel=0.03)

    def test_many_messages_fill_the_hours(self) -> None:
        """With more messages than time, all hours but the reaction are paid."""
        found = expected(
            window((5, 6), 9, 21), 30 / 60, parse_week("sat-sun 09:00-21:00"), Terms(5, 30, 60)
        )
        assert found.hours == pytest.approx(23, rel=0.01)

    @pytest.mark.parametrize(
        ("an_hour", "terms", "away", "waits"),
        [
            (0.05, (5, 30, 60), 0.1, False),
            (0.3, (5, 30, 0), 0.0, True),
            (1, (10, 15, 60), 0.0, True),
            (1, (6, 20, 30), 0.2, False),
            (3, (5, 30, 60), 0.1, False),
            (3, (6, 20, 30), 0.0, True),
            (6, (5, 30, 60), 0.0, False),
        ],
    )
    def test_against_a_simulation(
        self, an_hour: float, terms: tuple[float, float, float], away: float, waits: bool
    ) -> None:
        """Message by message, with days away and with three hours of messages that wait."""
        hours = window((5, 6), 9, 21)
        night = [(start - 180, start) for start, _ in hours] if waits else []
        comes = Week.of(hours + night)
        rate = an_hour / 60

        played = play(
            [Hours(start, end) for start, end in hours],
            lambda minute: rate if comes.contains(int(minute)) else 0.0,
            rate,
            terms,
            3000,
            seed=5,
            away=away,
            others=not waits,
        )
        flows = tuple(Flow(a, b, rate * (1 - away)) for a, b in hours + night)
        found = call_outs(flows, Week.of(hours), 1 - away, Terms(*terms))
        assert found.number == pytest.approx(played.number, rel=0.035)
        assert found.hours == pytest.approx(played.hours, rel=0.04)

    @pytest.mark.parametrize(
        ("per_day", "profile", "terms"),
        [
            (6, "weekend", (5, 30, 60)),
            (12, "weekend", (5, 30, 60)),
            (3, "office", (5, 30, 0)),
            (30, "evening", (4, 15, 30)),
        ],
    )
    def test_the_whole_week_against_a_simulation(
        self, per_day: int, profile: str, terms: tuple[float, float, float]
    ) -> None:
        """Two hours on duty on weekdays, weekends on call, away on a fifth of the days."""
        each, reaction, minimum = terms
        said = {**WEEKENDS, "minimum": f"{minimum} min", "reaction": f"{reaction} min"}
        duty = {"hours": "10 h/week", "on_duty": "mon-fri 09:00-10:00 17:00-18:00"}
        person = {**ALWAYS_THERE, "unplanned_absence": "20%", **duty, "on_call": said}
        messages = {"per_day": per_day, "minutes_each": each, "profile": profile}
        found = only(scenario({"c": colleague(**person)}, messages=messages))
        on_call = found.phases[0].sources["c"].on_call
        assert on_call is not None
        weights = profile_weights(profile)
        rates = [per_day * 7 * weight / 60 for weight in weights]
        windows = [
            Hours(day * DAY + first, day * DAY + last, on_call=False)
            for day in range(5)
            for first, last in ((540, 600), (1020, 1080))
        ]
        windows += [Hours(start, end) for start, end in window((5, 6), 9, 21)]
        played = play(
            windows, lambda t: rates[int(t // 60)], max(rates), terms, 3000, seed=7, away=0.2
        )
        assert on_call.call_outs == pytest.approx(played.number, rel=0.08)
        assert on_call.paid_hours == pytest.approx(played.hours, rel=0.08)
        assert on_call.messages_done == pytest.approx(played.messages, rel=0.12)

    def test_they_are_paid(self) -> None:
        """A message in two weeks' weekends, one hour each: 52 x 0.24 h x 22 a year, and charges."""
        data = scenario(
            {"lea": lea(), "firm": agency(service_level="100%")},
            {"both": ["lea", "firm"]},
            cover="24/7",
            messages={"per_week": 1.68, "minutes_each": 3, "profile": "flat"},
        )
        option = only(data)
        on_call = option.phases[0].sources["lea"].on_call
        assert on_call is not None
        assert (on_call.call_outs, on_call.paid_hours) == pytest.approx((0.24, 0.24), rel=0.02)
        assert on_call.messages_done == pytest.approx(0.24 * 3 / 60, rel=0.02)
        (paid,) = [each for each in option.entries if each.unit_price == 22]
        assert paid.quantity == pytest.approx(52 * on_call.paid_hours, rel=1e-4)
        (charged,) = [
            each
            for each in option.entries
            if each.unit == "of pay"
            and each.quantity == pytest.approx(float(paid.amount), abs=0.01)
        ]
        assert float(charged.amount) == pytest.approx(0.4 * float(paid.amount), abs=0.01)

    def test_who_takes_no_messages_is_not_called_out(self) -> None:
        """On call for something else: paid for it, and never for an hour of call-outs."""
        data = scenario({"lea": lea(takes="0%")}, cover="24/7", messages={"per_day": 12})
        option = only(data)
        on_call = option.phases[0].sources["lea"].on_call
        assert on_call is not None
        assert (on_call.call_outs, on_call.paid_hours) == (0, 0)
        assert [each.quantity for each in option.entries if each.unit == "weekend"] == [52]

    def test_what_is_answered_is_paid(self) -> None:
        """Without a minimum no less than the time of the answers is paid."""
        terms = {**WEEKENDS, "minimum": "0 min"}
        data = scenario({"lea": lea(on_call=terms)}, cover="24/7", messages={"per_day": 12})
        on_call = only(data).phases[0].sources["lea"].on_call
        assert on_call is not None
        assert on_call.paid_hours >= on_call.messages_done > 0


class TestCover:
    """On call is watched, and answers late by the time to react."""

    MESSAGES: ClassVar[dict[str, Any]] = {"per_day": 20, "minutes_each": 4, "profile": "weekend"}

    def test_it_is_as_somebody_else_on_duty_who_is_late(self) -> None:
        """A second person at weekends whose answers go out half an hour later does the same."""
        away = {"planned_absence": "10%", "unplanned_absence": "20%"}
        one = scenario({"lea": lea(**away)}, cover="24/7", messages=self.MESSAGES)
        second = employee(
            hours="24 h/week", on_duty="sat-sun 09:00-21:00", answer_delay="30 min", **away
        )
        two = scenario(
            {"lea": bare(**away), "second": second},
            {"both": ["lea", "second"]},
            cover="24/7",
            messages=self.MESSAGES,
        )
        found, other = only(one).coverage, only(two).coverage
        assert found.watched == pytest.approx(other.watched)
        assert found.answered_in_time == pytest.approx(other.answered_in_time)
        assert found.answered == pytest.approx(other.answered)
        assert found.utilisation == pytest.approx(other.utilisation)

    def test_watched_by_hand(self) -> None:
        """35 hours on duty and 24 on call of 168, there for 0.9 x 0.8 of them."""
        away = {"planned_absence": "10%", "unplanned_absence": "20%"}
        result = only(scenario({"lea": lea(**away)}, cover="24/7"))
        assert result.coverage.watched == pytest.approx(59 / 168 * 0.72)
        assert result.phases[0].uncovered.hours == 168 - 59
        assert result.coverage.continuity == 0

    def test_a_slow_reaction_is_late(self) -> None:
        """Who reacts after two hours answers nothing within one."""
        slow = lea(on_call={**WEEKENDS, "reaction": "2h"}, on_duty="mon 09:00-10:00")
        quick = lea(on_duty="mon 09:00-10:00")
        late, soon = (
            only(scenario({"lea": who}, cover="24/7", messages=self.MESSAGES)).coverage
            for who in (slow, quick)
        )
        assert late.watched == soon.watched
        assert late.answered == pytest.approx(soon.answered)
        assert (late.answered_in_time or 0) < 0.05 < (soon.answered_in_time or 0)

    def test_the_contract_has_other_hours(self) -> None:
        """Messages on call take nothing from planned work, and fill no idle hours."""
        work = {"content": "35 h/week"}
        messages = {"per_week": 100, "minutes_each": 6, "profile": "flat"}
        sources = {"lea": lea(takes={"messages": "100%"}), "firm": agency()}
        data = scenario(sources, {"o": ["lea"]}, cover="24/7", messages=messages, work=work)
        del data["sources"]["firm"]
        source = only(data).phases[0].sources["lea"]
        assert source.on_call is not None
        assert source.hours_done - source.on_call.messages_done == pytest.approx(35)

    @pytest.mark.parametrize("place", [0, 1])
    def test_shares_are_of_the_same_messages(self, place: int) -> None:
        """On call one takes the types that one takes on duty; the others are for the next."""
        takes, later = (
            [(0.3, 0.3, 0.7), (0.7, 0.3, 0.3)],
            [(False, True, False), (False, False, True)],
        )
        found = {each.takers: each.share for each in message_types(takes[place], later[place])}
        both = ((0, 1), (2,)) if place == 0 else ((1, 2), (0,))
        assert found == pytest.approx({both[0]: 0.3, both[1]: 0.7})

    def test_duty_comes_before(self) -> None:
        """Where a duty grows over hours on call, as along the cursor, they are on duty."""
        person = read(scenario({"lea": lea()})).sources["lea"]
        longer = person.changed(on_duty=parse_week("mon-sat 09:00-21:00"))
        assert longer.hours_on_call == parse_week("sun 09:00-21:00")
        assert person.answers_in.hours == 59


class TestReading:
    """What a scenario may say, and what is taken for the rest."""

    def test_what_is_assumed(self) -> None:
        """An hour of call-outs is paid like any other; half an hour to react, no minimum."""
        data = scenario(
            {"lea": lea(hourly_wage=20, on_call={"hours": "sat 9-12", "pay": "30/day"})}
        )
        whole = read(data)
        assumed = {each.path: (each.value, each.confidence) for each in whole.assumptions}
        at = "sources.lea.on_call."
        assert assumed[at + "call_out"] == ("20/h", "D")
        assert assumed[at + "reaction"] == ("30 min", "G")
        assert assumed[at + "minimum"] == ("0 min", "G")

    def test_a_colleague_by_the_month(self) -> None:
        """The wage of a colleague is that of a full post: 3,033.33 a month are 20 an hour."""
        helper = colleague(on_call={"hours": "sat 9-12", "pay": "30/day"})
        del helper["hourly_wage"]
        found = read(scenario({"c": {**helper, "monthly_wage": 20 * 35 * 52 / 12}}))
        assumed = {each.path: each.value for each in found.assumptions}
        assert assumed["sources.c.on_call.call_out"] == "20/h"

    def test_on_call_alone(self) -> None:
        """A colleague may be on call without any hours on duty, and costs nothing else."""
        data = scenario(
            {
                "c": {
                    "kind": "colleague",
                    "charges": "0%",
                    "on_call": WEEKENDS,
                    "hourly_wage": 20,
                    **ALWAYS_THERE,
                }
            }
        )
        assert only(data).total == Decimal("3952.00")

    def test_an_option_may_do_without(self) -> None:
        """``on_call: null`` takes it away."""
        data = scenario({"lea": lea()}, {"with": ["lea"], "without": [{"lea": {"on_call": None}}]})
        found = cmsource.compare(read(data)).options
        assert found["with"].total - found["without"].total == Decimal("5532.80")

    @pytest.mark.parametrize(
        ("said", "code", "at", "words", "out"),
        [
            ("{hours: sat 9-12}", "E202", "on_call", "pay` is missing", "76/weekend"),
            ("{pay: 76/weekend}", "E202", "on_call", "hours` is missing", "Hours of the week"),
            (
                "{hours: daily 10-12, pay: 9/week}",
                "E314",
                "daily 10-12",
                "on duty at once: mon 10:00-12:00",
                "write hours: tue-sun 10:00-12:00",
            ),
            ("{hours: mon 10-12, pay: 9/week}", "E314", "mon 10-12", "at once", "take on_call out"),
            ("{hours: mon 20-22, pay: 9/weekend}", "E314", "9/weekend", "per weekend", "per hour"),
            ("{hours: sat 9-12, pay: 9/night}", "E314", "9/night", "per night", "per hour"),
            ("{hours: sat 9-12, pay: 76}", "E204", "76", "76/weekend or 76/week", "76/month"),
            ("{hours: sat 9-12, pay: 9/shift}", "E204", "9/shift", "not a period", "/week"),
            ("{hours: sat 9-12, pay: 9 total}", "E204", "9 total", "in total", "/weekend"),
            ("{hours: sat 9-12, pay: 9/day, call_out: 9/day}", "E204", "9/day", "per day", "/h"),
            ("{hours: sat 9-12, pay: 9/day, minimum: 1}", "E204", "1", "1 min or 1 h", "1 h"),
            (
                "{hours: sat 9-12, pay: 9/day, reaction: 2 days}",
                "E204",
                "2 days",
                "more than",
                "1440",
            ),
            (
                "{hours: sat 9-12, pay: 9/day, reactoin: 1 h}",
                "E201",
                "reactoin",
                "unknown",
                "reaction",
            ),
            ("76/weekend", "E203", "76/weekend", "a map of keys", ""),
        ],
    )
    def test_what_cannot_be(self, said: str, code: str, at: str, words: str, out: str) -> None:
        """Every mistake has its place and a way out."""
        text = (
            "needs: {cover: 24/7, work: {content: 1 h/week}}\nsources:\n"
            f"  lea: {{kind: employee, hours: 8, on_duty: mon 9-17, on_call: {said}}}\n"
            "options: {o: [lea]}\n"
        )
        found = [each for each in findings(text) if each.severity == "error"]
        assert [each.code for each in found] == [code]
        assert words in found[0].message
        assert out in found[0].hint
        assert where(found[0])[0] == 3
        assert marked(found[0]) == at

    @pytest.mark.parametrize(
        ("on_call", "codes"),
        [
            ({"hours": "sat-sun 09:00-21:00"}, ["W426"]),
            ({"hours": "sat 09:00-12:00"}, []),
            ({"hours": "mon-fri 17:00-23:00"}, ["W426"]),
            ({"hours": "sat 09:00-12:00", "call_out": "9/h"}, ["W427"]),
        ],
    )
    def test_labour_law(self, on_call: Mapping[str, str], codes: list[str]) -> None:
        """Call-outs can break 35 h of rest a week, or 11 h a day; they are working time, with pay.

        From Saturday 12:00 to Monday 09:00 there are 45 h of rest. From 23:00 to 09:00 it is 10.
        """
        said = {"hours": "sat 9-12", "pay": "30/day", "call_out": "22/h", **on_call}
        data = scenario({"lea": lea(on_call=said, on_duty="mon-fri 09:00-16:00")})
        found = [each.code for each in read(data).warnings if each.code in ("W426", "W427")]
        assert found == codes

    def test_turns_leave_rest(self) -> None:
        """Of two people nobody is on call every weekend: nothing is said."""
        data = scenario({"lea": lea(headcount=2)})
        assert "W426" not in [each.code for each in read(data).warnings]

    @pytest.mark.parametrize(
        ("text", "per"),
        [
            ("76 €/week-end", "weekend"),
            ("76 € par nuit", "night"),
            ("150 €/semaine", "week"),
            ("3 €/h", "hour"),
            ("50 €/jour", "day"),
        ],
    )
    def test_in_french(self, text: str, per: str) -> None:
        """Periods are read in French as well."""
        found = OnCall.model_validate({"hours": "sam-dim 9h-21h", "pay": text})
        assert found.pay.per == per
        assert found.hours == parse_week("sat-sun 09:00-21:00")


def test_they_are_inputs() -> None:
    """Pay, call-outs, minimum and reaction can be moved, and are named."""
    whole = read(scenario({"lea": lea()}))
    for key, unit, value, words in (
        ("pay", "EUR/weekend", 76, "the pay for being on call of lea"),
        ("call_out", "EUR/h", 22, "the pay for an hour of call-outs of lea"),
        ("minimum", "min", 60, "the least time paid for a call-out of lea"),
        ("reaction", "min", 30, "the time to react on call of lea"),
    ):
        found = input_at(whole, f"sources.lea.on_call.{key}")
        assert (found.unit, found.value) == (unit, value)
        assert in_words(found.path, whole) == words
    moved = cmsource.compare(put(whole, {"sources.lea.on_call.pay": 100.0}))
    assert moved.options["lea"].total - only(scenario({"lea": lea()})).total == Decimal("1747.20")


def test_results_are_told(cli: Cli, tmp_path: Path) -> None:
    """People read of call-outs in both languages; JSON brings them back."""
    data = scenario({"lea": lea()}, cover="24/7", messages={"per_day": 12})
    file = tmp_path / "s.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    told = cli("explain", str(file), "lea").out
    assert "lea is on call sat-sun 09:00-21:00" in told
    assert "call-outs, each for 60 min at least" in " ".join(told.split())
    told = " ".join(cli("explain", str(file), "lea", "--lang", "fr").out.split())
    assert "astreinte sam-dim 09:00-21:00" in told
    assert "week-ends" in told
    told = cli("coverage", str(file), "--at", "sat 10:00").out
    assert "lea is on call, with a chance of 100% to be there" in " ".join(told.split())
    told = cli("coverage", str(file)).out
    assert "on call sat-sun 09:00-21:00, there 100% of the time" in told
    saved = cli("compare", str(file), "--format", "json").out
    again = cmsource.from_json(saved).options["lea"].phases[0].sources["lea"].on_call
    assert isinstance(again, OnCallResult)
    assert again.hours == parse_week("sat-sun 09:00-21:00")
    assert again.call_outs > 0


def test_a_price_by_the_night_needs_a_night() -> None:
    """Nights begin at nine in the evening and end at six."""
    on_call = OnCall.model_construct(hours=Week.empty(), pay=PriceTag(30.0, "night"))
    assert on_call.times_a_week(parse_week("mon 18:00-21:00")) == 0
    assert on_call.times_a_week(parse_week("mon 18:00-21:01")) == 1
    assert on_call.times_a_week(parse_week("mon 22:00-06:00")) == 1
    assert on_call.times_a_week(parse_week("24/7")) == 7
