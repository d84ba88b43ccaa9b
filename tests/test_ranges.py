"""Ranges: numbers with a low end, a likely value and a high end, wherever a number may stand."""

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmsource
from cmsource.model.compare import compare
from cmsource.scenario.employment import Employment
from cmsource.scenario.kinds.agency import Agency
from cmsource.values.money_types import Amount, Price
from cmsource.values.number_types import Count, Number, Share
from cmsource.values.quantities import Hours, PriceTag, QuantityError
from cmsource.values.quantity_type import Quantity
from cmsource.values.ranges import Ranged, RangedCount, ends_of, ranged
from cmsource.values.time_types import Duration, Effort, Pack
from cmsource.values.word_types import Text
from cmsource.writers.yaml import to_yaml
from conftest import Cli
from readings import BASE, codes, findings, marked, only, read, scenario, wrong

Three = tuple[float, float, float]
EXAMPLE = Path(__file__).parent.parent / "scenarios" / "boutique-24-7.yaml"


def numbers(value: Ranged | RangedCount) -> Three:
    """Low, likely and high of a range."""
    return float(value.low), float(value), float(value.high)


def with_rate(rate: str) -> str:
    """The plain scenario with another rate of its agency."""
    return BASE.replace("hourly_rate: 80", f"hourly_rate: {rate}")


def rate_of(text: str, *overrides: str) -> Any:  # noqa: ANN401
    """The hourly rate of a scenario's agency."""
    agency = scenario(text, *overrides).sources["agence"]
    assert isinstance(agency, Agency)
    return agency.hourly_rate


class TestRanged:
    """A ranged number is its likely value, and knows its ends."""

    def test_is_its_likely_value(self) -> None:
        """It counts, compares, hashes and prints like the plain number."""
        number = Ranged(60.0, 70.0, 90.0)
        assert number == 70.0
        assert hash(number) == hash(70.0)
        assert (number + 1, number * 2, f"{number:g}", repr(number)) == (71, 140, "70", "70.0")
        assert type(number + 0) is float

    def test_whole_numbers(self) -> None:
        """A ranged count is an int, and counts like one."""
        number = RangedCount(1, 2, 4)
        assert (number, list(range(number)), f"{number}") == (2, [0, 1], "2")

    @pytest.mark.parametrize("number", [Ranged(1.0, 2.0, 4.0, "pert"), RangedCount(1, 2, 4)])
    def test_copies_keep_the_range(self, number: Ranged | RangedCount) -> None:
        """Copies and pickles are ranges too."""
        for other in (copy.deepcopy(number), pickle.loads(pickle.dumps(number))):
            assert type(other) is type(number)
            assert (numbers(other), other.shape) == (numbers(number), number.shape)


class TestTexts:
    """``60..90``: two quantities, and what the second says of the first."""

    @pytest.mark.parametrize(
        ("quantity", "text", "low", "likely", "high"),
        [
            (Amount("hour"), "60..90", 60, 75, 90),
            (Amount("hour"), "60..90/h", 60, 75, 90),
            (Amount("hour"), "60/h..90/h", 60, 75, 90),
            (Amount("hour"), "60 .. 90", 60, 75, 90),
            (Amount("hour"), "16,50..18 €/h", 16.5, 17.25, 18),
            (Amount("hour"), "€16.50..€18/h", 16.5, 17.25, 18),
            (Amount("month"), "1 200..1 800", 1200, 1500, 1800),
            (Amount("month"), "12000..24000/year", 1000, 1500, 2000),
            (Amount("month"), "1000/month..24000/year", 1000, 1500, 2000),
            (Share(), "60%..80%", 0.6, 0.7, 0.8),
            (Share(), "60..80%", 0.6, 0.7, 0.8),
            (Share(), "0.6..0.8", 0.6, 0.7, 0.8),
            (Share(per_year=True), "1..3%/year", 0.01, 0.02, 0.03),
            (Duration("minute", bare=False), "1h..2h", 60, 90, 120),
            (Duration("minute", bare=False), "30..60 min", 30, 45, 60),
            (Duration("minute", bare=False), "30 min..1h30", 30, 60, 90),
            (Duration("month", bare=True), "6..12", 6, 9, 12),
            (Duration("month", bare=True), "1..2 years", 12, 18, 24),
            (Number(), "5..10", 5, 7.5, 10),
            (Number(), "0..0", 0, 0, 0),
            (Count(), "1..3", 1, 2, 3),
            (Count(), "1..4", 1, 2, 4),
        ],
    )
    def test_are_read(
        self, quantity: Quantity[Any], text: str, low: float, likely: float, high: float
    ) -> None:
        """Both ends in the quantity's unit; without a likely value, the middle."""
        assert numbers(quantity.read(text, "EUR")) == pytest.approx((low, likely, high))

    def test_hours_keep_their_period(self) -> None:
        """Hours a period and price tags have a range as their amount."""
        hours = Effort(bare=False).read("2..4 h/week", "EUR")
        assert (hours.per, numbers(hours.amount)) == ("week", (2, 3, 4))  # type: ignore[arg-type]
        days = Pack("day").read("12..36/an", "EUR")
        assert (days.per, numbers(days.amount)) == ("year", (12, 24, 36))  # type: ignore[arg-type]
        price = Price("month", "total", bare="total").read("5000..7000/month", "EUR")
        assert (price.per, numbers(price.amount)) == ("month", (5000, 6000, 7000))  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("quantity", "text", "code"),
        [
            (Amount("hour"), "90..60", "E210"),
            (Amount("hour"), "60..", "E210"),
            (Amount("hour"), "..60", "E210"),
            (Amount("hour"), "..", "E210"),
            (Amount("hour"), "60..70..90", "E210"),
            (Amount("hour"), "60...90", "E210"),
            (Amount("hour"), "60..90/day", "E204"),
            (Amount("hour"), "60..90 USD", "E204"),
            (Amount("hour"), "-5..90", "E204"),
            (Amount("hour", zero=False), "0..90", "E204"),
            (Amount("hour"), "a..b", "E204"),
            (Amount("hour"), "1,500..2,500", "E204"),
            (Share(), "60..90", "E204"),
            (Share(), "50%..120%", "E204"),
            (Duration("minute", bare=False), "1..1h30", "E210"),
            (Duration("minute", bare=False), "30..60", "E204"),
            (Effort(bare=False), "2 h/day..9 h/week", "E210"),
            (Price("month", "total", bare="total"), "900/month..9000", "E210"),
            (Price("month", "hour", bare=None), "900..1000", "E204"),
            (Count(word="auto"), "auto..3", "E210"),
            (Count(maximum=10), "5..11", "E204"),
            (Count(), "1.5..3", "E204"),
            (Number(maximum=10), "5..11", "E204"),
        ],
    )
    def test_are_refused(self, quantity: Quantity[Any], text: str, code: str) -> None:
        """Ends out of order, missing, beyond the quantity's limits, or for different periods."""
        with pytest.raises(QuantityError) as caught:
            quantity.read(text, "EUR")
        assert caught.value.code == code
        assert caught.value.message
        assert caught.value.hint

    def test_texts_may_have_dots(self) -> None:
        """What is no number is no range either."""
        assert Text().read("a..b", "EUR") == "a..b"

    @given(st.text(alphabet="0123456789.,/-h% €", max_size=20))
    def test_nothing_else_is_raised(self, text: str) -> None:
        """Whatever stands around the dots, it is read or refused."""
        for quantity in (Amount("hour"), Share(), Effort(bare=True), Count(word="auto")):
            try:
                quantity.read(f"1..{text}", "EUR")
                quantity.read(f"{text}..90", "EUR")
            except QuantityError:
                continue

    @given(*[st.integers(0, 10**9)] * 2, st.sampled_from(["", "/h", " €", " €/h", " EUR per hour"]))
    def test_order_decides(self, one: int, other: int, unit: str) -> None:
        """Any two amounts in order are a range with their middle; the other way they are none."""
        low, high = sorted((one, other))
        read = Amount("hour").read
        found = read(f"{low}..{high}{unit}", "EUR")
        assert isinstance(found, Ranged)
        assert numbers(found) == pytest.approx((low, (low + high) / 2, high))
        if low < high:
            with pytest.raises(QuantityError, match="not in order"):
                read(f"{high}..{low}{unit}", "EUR")

    def test_ends_share_the_unit(self) -> None:
        """The unit and the period of the high end, where the low end has none of its own."""
        assert ends_of("60..90 €/h") == ("60 €/h", "90 €/h")
        assert ends_of("1h..2h/day") == ("1h/day", "2h/day")
        assert ends_of("60..5 total") == ("60 total", "5 total")

    def test_periods_stay(self) -> None:
        """A range over hours and one over prices are what they were made of."""
        low, high = Hours(1.0, "day"), Hours(3.0, "day")
        assert ranged(low, None, high) == Hours(2.0, "day")
        tag = ranged(PriceTag(1.0, "month"), PriceTag(1.0, "month"), PriceTag(3.0, "month"))
        assert tag == PriceTag(1.0, "month")


class TestMaps:
    """``{low: 60, likely: 70, high: 90}``: each number is a quantity of its own."""

    @pytest.mark.parametrize(
        ("text", "three"),
        [
            ("{low: 60, likely: 70, high: 90}", (60, 70, 90)),
            ("{low: 60, high: 90}", (60, 75, 90)),
            ('{high: 90/h, low: "60 €/h"}', (60, 75, 90)),
            ("{low: 60, likely: 60, high: 90, shape: pert}", (60, 60, 90)),
        ],
    )
    def test_are_read(self, text: str, three: Three) -> None:
        """With a likely value, else the middle."""
        found = rate_of(with_rate(text))
        assert numbers(found) == three
        assert found.shape == ("pert" if "pert" in text else "triangular")

    @pytest.mark.parametrize(
        ("text", "code", "under"),
        [
            ("{low: 60, likely: 70}", "E210", "{low: 60, likely: 70}"),
            ("{high: 60}", "E210", "{high: 60}"),
            ("{low: 60, likely: 95, high: 90}", "E210", "{low: 60, likely: 95, high: 90}"),
            ("{low: 60, high: 90, shape: flat}", "E210", "flat"),
            ("{low: 60, high: 90/day}", "E204", "90/day"),
            ("{low: -1, high: 90}", "E204", "-1"),
            ("{low: 60, high: [90]}", "E204", "[90]"),
            ("{low: 60..70, high: 90}", "E204", "60..70"),
            ("{low: 0.00000001, high: 90}", "E204", "0.00000001"),
            ("{low: true, high: 90}", "E204", "true"),
            ("{lo: 60, high: 90}", "E203", "{lo: 60, high: 90}"),
            ("{}", "E203", "{}"),
        ],
    )
    def test_are_refused(self, text: str, code: str, under: str) -> None:
        """What is wrong is marked where it stands."""
        found = wrong(with_rate(text))
        assert found.code == code
        assert marked(found) == under

    def test_not_where_no_number_is(self) -> None:
        """A label or a choice is no range."""
        assert "E203" in codes(
            BASE.replace("{kind: employee}", "{kind: employee, label: {low: 1}}")
        )

    def test_activities_may_be_called_low(self) -> None:
        """In a map of one's own names, low and high are names."""
        text = BASE.replace("{content: 5 h/week}", "{low: 3 h/week, high: 2 h/week}")
        assert set(scenario(text).needs.work) == {"low", "high"}


class TestEverywhere:
    """Wherever a number may stand, a range may."""

    EVERY = """\
country: FR
horizon: 12..36 months
prices: {wages: 1%..3%/year, vendors: {low: 0%, likely: 1%, high: 5%}}
company: {size: 10..20}
own_time: 30..40/h
needs:
  cover: mon-fri 09:00-17:00
  answer_within: 1h..2h
  messages: {per_day: 5..20, minutes_each: 3..5}
  work: {content: 5..10 h/week, reports: {low: 1 h/week, high: 2 h/week}}
require: {watched: 40%..60%, budget: 5000..7000/month, live_within: 4..6 months}
tools: {suite: {price: 50..150/month, shared_by: 1..2}}
sources:
  cm: {kind: employee, hourly_wage: 15..18, hours: 35..39, headcount: 1..2, turnover: 10%..20%,
       starts_after: 6..12 weeks, premiums: {night: 10%..30%}, correlated: 50%}
  agence: {kind: agency, hourly_rate: 60..90, watch: 100..300/month, depth: 1..2,
           takes: {content: 20%..40%}, included: 5..10 h/month, after_hours: 1..1.5}
  coach: {kind: coach, days: 1..2/month, day_rate: 700..1000}
options:
  hire: [cm, agence]
  agency: [agence: {hourly_rate: 70..80, takes: {low: 10%, likely: 50%, high: 60%}}]
  phased: {phases: [{months: 3..9, sources: [agence]}, {sources: [cm, coach]}]}
"""

    def test_beside_a_key_that_nothing_knows(self) -> None:
        """A mistyped key is told, and the range beside it all the same."""
        text = with_rate("60..90, on_dtuy: 24/7")
        assert sorted(each.code for each in findings(text)) == ["E201", "W407"]

    def test_are_read_and_taken_at_the_likely_value(self) -> None:
        """One warning for all of them, and the comparison of the likely values."""
        found = findings(self.EVERY)
        assert [each.code for each in found] == ["W407", "W432", "W421"]
        assert found[0].place is not None
        assert found[0].place.line == 2
        assert "`horizon` `12..36 months` as 24 months" in found[0].message
        one = scenario(self.EVERY)
        assert numbers(one.needs.work["content"].amount) == (5, 7.5, 10)  # type: ignore[arg-type, union-attr]
        assert numbers(one.sources["agence"].takes["content"]) == pytest.approx((0.2, 0.3, 0.4))  # type: ignore[arg-type]
        agency = one.options[1].phases[0].sources[0]
        assert numbers(agency.takes[""]) == pytest.approx((0.1, 0.5, 0.6))  # type: ignore[arg-type]
        assert numbers(one.options[2].phases[0].months) == (3, 6, 9)  # type: ignore[arg-type]
        assert isinstance(one.company.size, RangedCount)

    def test_reads_back_from_its_full_form(self) -> None:
        """``expand`` prints ranges so that they mean the same."""
        reading = read(self.EVERY)
        assert reading.tree is not None
        again = read(to_yaml(reading.tree))
        assert reading.scenario is not None
        assert again.scenario is not None
        for name, source in reading.scenario.sources.items():
            other = again.scenario.sources[name]
            for key, value in dict(source).items():
                if isinstance(value, (Ranged, RangedCount)):
                    assert numbers(getattr(other, key)) == numbers(value)
        first, second = [
            only([each for each in found.diagnostics if each.code == "W407"]).message
            for found in (reading, again)
        ]
        assert first.partition(":")[0] == second.partition(":")[0]

    def test_counts_as_its_likely_value(self) -> None:
        """A scenario with ranges costs what the one with their likely values costs."""
        plain = compare(scenario(with_rate("75")))
        for text in ("60..90", "{low: 10, likely: 75, high: 100}"):
            found = compare(scenario(with_rate(text)))
            assert [o.total_cents for o in found.options.values()] == [
                o.total_cents for o in plain.options.values()
            ]
            assert found.recommended == plain.recommended

    def test_flags_take_ranges(self) -> None:
        """``--set`` sets a range, one of its numbers, or a number in its place."""
        path = "sources.agence.hourly_rate"
        assert numbers(rate_of(BASE, f"{path}=60..90")) == (60, 75, 90)
        text = with_rate("{low: 60, likely: 70, high: 90}")
        assert numbers(rate_of(text, f"{path}.low=65")) == (65, 70, 90)
        assert type(rate_of(text, f"{path}=80")) is float

    def test_inputs_show_the_text(self) -> None:
        """A comparison names what was given as it was given."""
        key = "sources.agence.hourly_rate"
        assert scenario(with_rate("60..90")).inputs[key] == "60..90"
        text = "{low: 60, likely: 70, high: 90}"
        assert scenario(with_rate(text)).inputs[key] == text

    def test_the_message_names_the_values(self) -> None:
        """The warning says what is taken in the place of each range, a few of them by name."""
        found = wrong(with_rate("60..90"))
        assert found.message == (
            "a range is taken at the likely value: `sources.agence.hourly_rate` `60..90` as 75/h"
        )
        assert marked(found) == "60..90"
        assert "simulate" in found.hint
        many = ", ".join(f"w{n}: 1..3 h/week" for n in range(6))
        text = BASE.replace("{content: 5 h/week}", f"{{{many}}}")
        assert only(findings(text)).message.endswith("`1..3 h/week` as 2 h/week; and 2 more")

    def test_values_needed_early(self) -> None:
        """What is filled in because of a range goes by its likely value: a part-time duty here."""
        part = BASE.replace("{kind: employee}", "{kind: employee, hours: 10..20}")
        whole = BASE.replace("{kind: employee}", "{kind: employee, hours: 15}")
        assert scenario(part).sources["cm"].on_duty == scenario(whole).sources["cm"].on_duty
        written = BASE.replace("{kind: employee}", "{kind: employee, hours: {low: 10, high: 20}}")
        assert scenario(written).sources["cm"].on_duty == scenario(whole).sources["cm"].on_duty

    def test_checks_hold_at_the_likely_value(self) -> None:
        """A duty may be longer than the shortest contract, but not than the likely one."""
        duty = "on_duty: mon-fri 09:00-13:00"
        assert "E302" in codes(
            BASE.replace("{kind: employee}", f"{{kind: employee, {duty}, hours: 15..21}}")
        )
        assert "E302" not in codes(
            BASE.replace("{kind: employee}", f"{{kind: employee, {duty}, hours: 15..27}}")
        )


class TestShortForm:
    """The six keys take ranges as well."""

    TEXT = "hourly_wage: 15..18\nagency_rate: {low: 60, likely: 70, high: 90}\ntools: 500..600\n"

    def test_keys_take_ranges(self) -> None:
        """Each goes to the key of the full form that it stands for."""
        one = scenario(self.TEXT + "answer_within: 1h..2h\n")
        wage, rate = one.sources["employee"], one.sources["agency"]
        assert isinstance(wage, Employment)
        assert isinstance(rate, Agency)
        assert numbers(wage.hourly_wage) == (15, 16.5, 18)  # type: ignore[arg-type]
        assert numbers(rate.hourly_rate) == (60, 70, 90)  # type: ignore[arg-type]
        assert numbers(one.tools["tools"].price) == (500, 550, 600)  # type: ignore[arg-type]
        assert numbers(one.needs.answer_within) == (60, 90, 120)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "text", ["1..3", "1..3 h", "1h..3h", "60..180 min/day", "{low: 1, likely: 2, high: 3}"]
    )
    def test_hours_per_day_move_both_halves(self, text: str) -> None:
        """One to three hours on five days: 30 to 90 minutes of content, 30 to 90 messages a week.

        Half of 1, 2 and 3 hours is 30, 60 and 90 minutes, which at five minutes each on five days
        are 30, 60 and 90 messages.
        """
        needs = scenario(f"hours_per_day: {text}\ncover: mon-fri 09:00-17:00\n").needs
        assert needs.messages is not None
        assert numbers(needs.messages.per_week) == (30, 60, 90)  # type: ignore[arg-type]
        assert numbers(needs.work["content"].amount) == (0.5, 1.0, 1.5)  # type: ignore[arg-type, union-attr]
        assert needs.correlated == 1.0

    @pytest.mark.parametrize("text", ["3..1", "0..2", "1..30", "{low: 1}", "a..b", "[1, 2]"])
    def test_wrong_hours_per_day(self, text: str) -> None:
        """What cannot be read is reported once, with the way out."""
        found = wrong(f"hours_per_day: {text}\n")
        assert (found.code, "from 0" in found.hint or "above 0" in found.hint) == ("E204", True)


def test_bases_merge_part_by_part() -> None:
    """A file that builds on another can change one number of a range: maps merge."""
    text = "sources: {a: {kind: agency, hourly_rate: {low: 60, high: 90}}}\noptions: {a: [a]}\n"
    one = cmsource.loads(text, overrides=["sources.a.hourly_rate.high=100"])
    terms = one.sources["a"]
    assert isinstance(terms, Agency)
    assert numbers(terms.hourly_rate) == (60, 80, 100)  # type: ignore[arg-type]


@pytest.mark.parametrize("command", ["compare", "explain", "coverage", "validate"])
def test_commands_say_what_they_take(cli: Cli, command: str) -> None:
    """What counts with one number says so, in its output or beside it; ``simulate`` need not."""
    words = EXAMPLE, "--set", "sources.agence.hourly_rate=60..90"
    ran = cli(command, *words)
    assert ran.status == 0
    assert (ran.out + ran.err).count("W407") == 1
    drawn = cli("simulate", *words, "--draws", "5")
    assert "W407" not in drawn.out + drawn.err
