"""Quantity types: what each reads, refuses, and says when it refuses."""

import datetime
import importlib
import pickle
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmsource
from cmsource.scenario.activity import HoursOrUnits
from cmsource.scenario.country_keys import AsOf, Multiple, Ratio, Words
from cmsource.scenario.inclusion import Inclusion
from cmsource.scenario.needs import Profile
from cmsource.scenario.shortform import DailyHours
from cmsource.values.language import say
from cmsource.values.money import format_money, style_for
from cmsource.values.money_types import Amount, Currency, Price, UnitPrice
from cmsource.values.number_types import Count, Frequency, Number, Rate, Share
from cmsource.values.quantities import Hours, PriceTag, QuantityError, Scalar, quoted
from cmsource.values.quantity_type import Quantity
from cmsource.values.ranges import Ranged
from cmsource.values.time_types import Day, Duration, Effort, EffortOrAll, Pack, WeekHours
from cmsource.values.week_reader import parse_week
from cmsource.values.word_types import Choice, Flag, Text, YesNo

QUANTITIES: list[Quantity[Any]] = [
    Amount("hour"),
    Amount("day"),
    Amount("month", zero=False),
    Amount("year"),
    Amount(None),
    Price("hour", "day", bare="hour"),
    Price("month", "hour"),
    Price("month", "total"),
    Share(),
    Share(5.0, per_year=True),
    Share(0.2),
    Duration("month", bare=True, maximum=120),
    Duration("month", bare=True, maximum=6),
    Duration("minute", bare=False),
    Duration("minute", bare=True, zero=False, maximum=30),
    Effort(bare=True),
    Effort(bare=False, maximum=20),
    Effort(bare=False, days=True),
    EffortOrAll(days=True),
    Pack("day"),
    Pack("hour"),
    Count(),
    Count(0, 5, word="auto"),
    Number(),
    Number(-1, 1, zero=False),
    Text(),
    Choice("free", "agency"),
    Flag(),
    Day(),
    WeekHours(),
    WeekHours(empty=True),
    Frequency("month"),
    Rate(),
    UnitPrice(),
    Currency(),
    YesNo(),
    HoursOrUnits(),
    Inclusion(),
    DailyHours(),
    Profile(),
    Multiple(),
    Ratio(),
    AsOf(),
    Words(Share()),
]


def names(quantity: Quantity[Any]) -> str:
    """A test id."""
    return type(quantity).__name__


def refusal(quantity: Quantity[Any], raw: Scalar, currency: str = "EUR") -> QuantityError:
    """The error with which a quantity refuses a scalar."""
    with pytest.raises(QuantityError) as caught:
        quantity.read(raw, currency)
    return caught.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("38000", 38000),
        ("16.50", 16.5),
        ("16,50", 16.5),
        ("16,5", 16.5),
        ("0,500", 0.5),
        ("0,5", 0.5),
        (".5", 0.5),
        (",5", 0.5),
        ("38 000", 38000),
        ("38\u00a0000", 38000),
        ("38\u202f000", 38000),
        ("38\u2009000,50", 38000.5),
        ("38'000", 38000),
        ("38’000.50", 38000.5),
        ("1,500.00", 1500),
        ("1.500,00", 1500),
        ("12,345,678", 12345678),
        ("12.345.678", 12345678),
        ("12,345,678.9", 12345678.9),
        ("1 234,567", 1234.567),
        ("1.5000", 1.5),
        ("1500.125", 1500.125),
        ("1500,125", 1500.125),
        ("0.125", 0.125),
        ("1,5000", 1.5),
        ("+5", 5),
        ("-5", -5),
        ("−5", -5),
        ("- 5", -5),
        ("-0", 0),
        ("1000000000", 1e9),
    ],
)
def test_numbers_in_text(text: str, value: float) -> None:
    """Decimal points and commas, and each way to group by three."""
    assert Number(-1e9).read(text, "EUR") == value


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,500", "1.5 or as 1500"),
        ("38,000", "38 or as 38000"),
        ("-1,234", "1.234 or as 1234"),
        ("1.500", "1.5 or as 1500"),
        ("60.000", "60 or as 60000"),
    ],
)
def test_one_mark_before_three_digits_is_ambiguous(text: str, readings: str) -> None:
    """Both readings are in the message, and both ways to write it in the hint."""
    error = refusal(Number(-1e9), text)
    assert readings in error.message
    assert error.hint.startswith("write ")


@pytest.mark.parametrize(
    ("quantity", "text", "hint"),
    [
        (Amount("month"), "2.500", "write 2500 or 2.5"),
        (Amount("month"), "1.800 €/mois", "write 1800 €/mois or 1.8 €/mois"),
        (Amount("year"), "€38,000 a year", "write €38000 a year or €38 a year"),
        (Price("month", "total", bare="total"), "60.000", "write 60000 or 60"),
        (Price("month", "hour"), "1.250/month", "write 1250/month or 1.25/month"),
        (Amount("hour"), "15.934", "write 15934 or 15.9340"),
        (Count(), "1.500", "write 1500"),
        (Effort(bare=True), "1.607 h/an", "write 1607 h/an or 1.6070 h/an"),
        (Duration("minute", bare=False), "1,440 min", "write 1440 min or 1.44 min"),
    ],
)
def test_an_ambiguous_number_names_the_whole_text_of_each_reading(
    quantity: Quantity[Any], text: str, hint: str
) -> None:
    """Each can be put in its place as it is, and is then read; no reading is named that is not."""
    error = refusal(quantity, text)
    assert "can be read as" in error.message
    assert error.hint == hint
    for way_out in hint.removeprefix("write ").split(" or "):
        quantity.read(way_out, "EUR")


@pytest.mark.parametrize(
    ("quantity", "text", "value"),
    [
        (Share(), "12.345%", 0.12345),
        (Number(1.0, 10.0), "1.250", 1.25),
        (Effort(bare=True), "37.125", Hours(37.125, "week")),
        (Duration("month", bare=True, maximum=600), "2.769 mois", 2.769),
        (Pack("day"), "1.125/month", Hours(1.125, "month", True)),
    ],
)
def test_three_decimals_are_read_where_thousands_make_no_sense(
    quantity: Quantity[Any], text: str, value: object
) -> None:
    """Nobody means 12,345 per cent, or 37,125 hours a week; with a comma it is refused still."""
    read = quantity.read(text, "EUR")
    assert read == (pytest.approx(value) if isinstance(value, float) else value)
    assert "can be read as" in refusal(quantity, text.replace(".", ",")).message


@pytest.mark.parametrize(
    "text",
    [
        *("38 00", "3 8000", "1234 567", "1,23,456", "1.500.00", "12,50.00", "1,500.000,00"),
        *("1 234'567", "0 500", "1.5 000", "5.5.5", "1 234,567.89"),
    ],
)
def test_bad_grouping_is_refused(text: str) -> None:
    """Groups have three digits, one mark, and no zero in front."""
    assert "by three" in refusal(Number(), text).message


@pytest.mark.parametrize(
    "text", ["", " ", "x", "1e3", "0x10", "5 apples", "5 €", "--5", "5-", "1_000"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    """Exponents too: they are for YAML to resolve."""
    assert "is not a number" in refusal(Number(), text).message


@pytest.mark.parametrize(
    "raw", [1e9 + 1, -1e10, float("inf"), -float("inf"), 10**12, "2 000 000 000"]
)
@pytest.mark.parametrize(
    "quantity", [Number(), Amount("hour"), Duration("month", bare=True), Count()]
)
def test_absurdly_large_numbers_are_refused(quantity: Quantity[Any], raw: Scalar) -> None:
    """Further from zero than 1e9, in whatever form; no word of infinity, which nobody wrote."""
    assert "inf" not in refusal(quantity, raw).message
    assert "absurdly large" in refusal(quantity, raw).message


@pytest.mark.parametrize("quantity", QUANTITIES, ids=names)
def test_nan_is_refused(quantity: Quantity[Any]) -> None:
    """Nowhere is it a value."""
    refusal(quantity, float("nan"))
    if not isinstance(quantity, Text):
        refusal(quantity, "nan")


@pytest.mark.parametrize(
    ("currency", "text"),
    [
        *[
            ("EUR", text)
            for text in ("75 €", "€75", "75€", "75 EUR", "eur 75", "75 euros", "1 euro")
        ],
        *[
            ("CAD", text)
            for text in ("75 $", "$75", "75 $ CA", "CA$75", "$CA 75", "CA$ 75", "75 CAD")
        ],
        *[("CAD", text) for text in ("$75 CAD", "75 $CA")],
        *[("USD", text) for text in ("75 $", "$75", "US$ 75", "75 US$", "75 usd", "$75 USD")],
        *[("GBP", text) for text in ("£75", "75 GBP")],
        *[("CHF", text) for text in ("CHF 75", "75 CHF")],
        ("JPY", "75 JPY"),
    ],
)
def test_currencies(currency: str, text: str) -> None:
    """Before and after the number, with and without a period."""
    assert Amount("hour").read(text, currency) in (75, 1)
    assert Amount("hour").read(text + "/h", currency) in (75, 1)


@pytest.mark.parametrize(
    ("currency", "text", "named"),
    [
        ("EUR", "75 USD", "in USD"),
        ("EUR", "$75/h", "in USD or CAD"),
        ("CAD", "US$ 75", "in USD"),
        ("USD", "75 $ CA", "in CAD"),
        ("USD", "$75 CAD", "in CAD"),
        ("CAD", "75 €", "in EUR"),
        ("GBP", "75 €", "in EUR"),
        ("CHF", "£75/h", "in GBP"),
        ("EUR", "75 Fr.", "in CHF"),
        ("EUR", "A$75", "in AUD"),
        ("GBP", "75 zł/h", "in PLN"),
        ("EUR", "75 CHF..90 CHF", "in CHF"),
        ("EUR", "75 kr", "in another currency"),
    ],
)
def test_another_currency_is_refused(currency: str, text: str, named: str) -> None:
    """Both currencies are in the message."""
    message = refusal(Amount("hour"), text, currency).message
    assert f"amounts here are in {currency}, this one is {named}" == message


@pytest.mark.parametrize(
    ("quantity", "raw", "value"),
    [
        (Amount("hour"), 16.5, 16.5),
        (Amount("hour"), 16, 16.0),
        (Amount("hour"), "16,50 €/h", 16.5),
        (Amount("hour"), "16.50 per hour", 16.5),
        (Amount("hour"), "16,50 € par heure", 16.5),
        (Amount("day"), "350/jour", 350),
        (Amount("month"), "1500/mo", 1500),
        (Amount("month"), "38 400 €/an", 3200),
        (Amount("month"), "120/week", 520),  # 120 * 52 / 12
        (Amount("year"), "3000/month", 36000),
        (Amount("year"), "1000 / semaine", 52000),
        (Amount("year"), 38000, 38000),
        (Amount(None), 2000, 2000),
        (Amount(None), "2 000 €", 2000),
        (Amount(None), "2000 total", 2000),
        (Amount("hour"), 0, 0),
        (Price("hour", "day", bare="hour"), 75, PriceTag(75, "hour")),
        (Price("hour", "day", bare="hour"), "350/day", PriceTag(350, "day")),
        (Price("month", "hour"), "75 €/h", PriceTag(75, "hour")),
        (Price("month", "hour"), "900 €/mois", PriceTag(900, "month")),
        (Price("month", "hour"), "12 000/year", PriceTag(1000, "month")),
        (Price("month", "year"), "12 000/year", PriceTag(12000, "year")),
        (Price("month", "total"), "60 000 in total", PriceTag(60000, "total")),
        (Price("month", "total", bare="total"), 60000, PriceTag(60000, "total")),
        (Share(), "95%", 0.95),
        (Share(), "12,5 %", 0.125),
        (Share(), 0.95, 0.95),
        (Share(), "0,95", 0.95),
        (Share(), 1, 1.0),
        (Share(), "100 %", 1.0),
        (Share(0.07), "7%", 0.07),
        (Share(2.0), "150%", 1.5),
        (Share(1.0, per_year=True), "2%/year", 0.02),
        (Share(1.0, per_year=True), "2 % par an", 0.02),
        (Duration("minute", bare=False), "1h", 60),
        (Duration("minute", bare=False), "1h30", 90),
        (Duration("minute", bare=False), "1 h 30 min", 90),
        (Duration("minute", bare=False), "1 h 30", 90),
        (Duration("minute", bare=False), "30 MIN", 30),
        (Duration("minute", bare=False), "1,5 h", 90),
        (Duration("minute", bare=False), "2 days", 2880),
        (Duration("minute", bare=False), "1 j 12 h", 2160),
        (Duration("minute", bare=False), "1 week", 10080),
        (Duration("minute", bare=False), "1 month", 43680),  # 52/12 * 7 * 1440
        (Duration("minute", bare=False), 0, 0),
        (Duration("minute", bare=True), 5, 5),
        (Duration("month", bare=True), 24, 24),
        (Duration("month", bare=False), "24 months", 24),
        (Duration("month", bare=False), "18 mois", 18),
        (Duration("month", bare=False), "2 ans", 24),
        (Duration("month", bare=False), "1 year 6 months", 18),
        (Duration("month", bare=False), "52 weeks", 12),
        (Effort(bare=False), "2 h/day", Hours(2, "day")),
        (Effort(bare=False), "1h30/jour", Hours(1.5, "day")),
        (Effort(bare=False), "30 min/day", Hours(0.5, "day")),
        (Effort(bare=False), "35h par semaine", Hours(35, "week")),
        (Effort(bare=False), "20 h/month", Hours(20, "month")),
        (Effort(bare=False), "1800 h/year", Hours(150, "month")),
        (Effort(bare=False), 0, Hours(0, "week")),
        (EffortOrAll(days=True), "6 jours/mois", Hours(6, "month", in_days=True)),
        (EffortOrAll(maximum=400), "400 h/week", Hours(400, "week")),
        (EffortOrAll(), "ALL", "all"),
        (Effort(bare=True), 35, Hours(35, "week")),
        (Effort(bare=True), "35 h", Hours(35, "week")),
        (Effort(bare=True), "37,5", Hours(37.5, "week")),
        (Pack("day"), 2, Hours(2, "month", True)),
        (Pack("day"), "1/month", Hours(1, "month", True)),
        (Pack("day"), "2 jours par mois", Hours(2, "month", True)),
        (Pack("day"), "12/year", Hours(12, "year", True)),
        (Pack("hour"), "120 h/year", Hours(120, "year")),
        (Pack("hour"), 10, Hours(10, "month")),
        (Pack("hour"), "10 heures par mois", Hours(10, "month")),
        (UnitPrice(), "60 €/post", 60),
        (UnitPrice(), "1,20 € / message", 1.2),
        (Price("month", "weekend"), "76 €/week-end", PriceTag(76, "weekend")),
        (Pack("day"), "3 days/week", Hours(13, "month", True)),
        (Count(), 2, 2),
        (Count(), 2.0, 2),
        (Count(), "1 000", 1000),
        (Count(word="auto"), "auto", "auto"),
        (Number(0, 10), "2,5", 2.5),
        (Text(), "  Boutique « a\u00a0» 👩‍💻 ", "Boutique « a\u00a0» 👩‍💻"),
        (Text(), 2027, "2027"),
        (Text(), 1.5, "1.5"),
        (Choice("free", "agency"), "agency", "agency"),
        (Flag(), True, True),
        (Flag(), False, False),
        (Day(), "2027-01-04", datetime.date(2027, 1, 4)),
        (WeekHours(), "lun-ven 9h-17h30", parse_week("mon-fri 09:00-17:30")),
        (WeekHours(empty=True), "never", parse_week("never")),
    ],
)
def test_what_is_read(quantity: Quantity[Any], raw: Scalar, value: object) -> None:
    """Worked by hand from the rules: a year has 52 weeks and 12 months."""
    read = quantity.read(raw, "EUR")
    assert read == value
    assert type(read) is type(value) or isinstance(read, float)


@pytest.mark.parametrize(
    ("quantity", "raw", "message", "hint"),
    [
        (Amount("hour"), "900/month", "per hour, and cannot be per month", "16.50/h"),
        (Amount("month"), "75/h", "per month, and cannot be per hour", "/month"),
        (Amount("hour"), "75/day", "per hour, and cannot be per day", "16.50/h"),
        (Amount("month"), "75 total", "cannot be in total", "1500/month"),
        (Amount(None), "75/h", "paid once", "leave out /h"),
        (Amount("hour"), "5/fortnight", '"fortnight" is not a period', "per hour, such as 16.50/h"),
        (Amount("hour"), "75/", '"" is not a period', "per hour, such as 16.50/h"),
        (Amount(None), "75/visit", '"visit" is not a period', "without a unit, such as 2000"),
        (Price("hour", "weekend"), "5/visit", '"visit" is not a period', "3/h or 120/weekend"),
        (Price("month", "hour", "weekend"), "5/day", "cannot be per day", "3/h or 120/weekend"),
        (Amount("hour"), "16 h", '"16 h" is not an amount of money per hour', "16.50"),
        (Amount("hour"), "95%", "is not an amount of money", "16.50/h"),
        (Amount("hour"), -5, "a negative value", "from 0"),
        (Amount("hour"), "-5 €/h", "a negative value", "from 0"),
        (Amount("hour"), "€-5", "a negative value", "from 0"),
        (Amount("hour", zero=False), 0, "zero", "above 0"),
        (Amount("hour"), True, "true is not an amount of money", "16.50"),
        (Amount("hour"), "", "an empty text is not", "16.50"),
        (Price("month", "hour"), 900, "900 can be 900/month or 900/h", "write 900/month or 900/h"),
        (Price("month", "total"), 900, "900 can be 900/month or 900 total", "900 total"),
        (Price("month", "hour"), "900/day", "cannot be per day", "900/month or 3/h"),
        (Price("month", "hour"), "900 total", "cannot be in total", "900/month or 3/h"),
        (Price("hour", "day"), "900/year", "cannot be per year", "3/h or 50/day"),
        (Price("month"), "-900/month", "a negative value", "from 0"),
        (Share(), 95, "95 can be 95%", "write 95%"),
        (Share(2.0), 1.5, "1.5 can be 1.5% or 150%", "write 1.5% or 150%"),
        (Share(0.5), 95, "95 can be", "at most 50%"),
        (Share(), "101%", "101% is more than 100%", "at most 100%"),
        (Share(0.5), "60%", "60% is more than 50%", "at most 50%"),
        (Share(0.5), 0.6, "60% is more than 50%", "at most 50%"),
        (Share(), "-5%", "a negative value", "from 0"),
        (Share(), "2%/year", "without a period", "30%"),
        (Share(per_year=True), "2%/month", "cannot be per month", "2%/year"),
        (Share(), "5 €", "is not a share", "30%"),
        (Duration("minute", bare=False), 60, "60 can be 60 min or 60 h", "60 min or 60 h"),
        (Duration("month", bare=False), "24", "24 months or 24 weeks", "24 months"),
        (Duration("minute", bare=False), "5 m", "minutes or months", "min"),
        (Duration("minute", bare=False), "30 s", '"s" is not a unit of time', "min"),
        (Duration("minute", bare=False), "1h5", '"1h5" is not a length', "1h"),
        (Duration("minute", bare=False), "1h75", '"1h75" is not a length', "1h"),
        (Duration("minute", bare=False), "30 min 1 h", "is not a length", "1h"),
        (Duration("minute", bare=False), "1 h 1 h", "is not a length", "1h"),
        (Duration("minute", bare=False), "1,5h30", "is not a length", "1h"),
        (Duration("minute", bare=False), "30 min/day", "is not a length", "1h"),
        (Duration("minute", bare=False), "-1h", "a negative value", "from 0"),
        (Duration("minute", bare=True, zero=False), 0, "zero", "above 0"),
        (Duration("month", bare=True, maximum=120), "11 years", "132 months", "120 months"),
        (Effort(bare=False), 35, "35 h/week or 35 h/month", "35 h/week"),
        (EffortOrAll(), "most", "is not hours per period", "35 h/week, 2 h/day or all"),
        (Effort(bare=False), "35 h", "35 h/week or 35 h/month", "35 h/week"),
        (Effort(bare=False), "6/week", "has no unit", "write h or min"),
        (Effort(bare=False), "2 days/week", "counted in hours", "14 h/week for days of 7 hours"),
        (Effort(bare=False), "2 jours/mois", "counted in hours", "14 h/month for days of 7 hours"),
        (Effort(bare=False), "2 weeks/month", "counted in hours", "write h"),
        (Effort(bare=False, days=True), "6 jours", "6 days/week or 6 days/month", "6 days/month"),
        (Effort(bare=False, days=True), "8 days/week", "8 days/week is more than 7", "7"),
        (Effort(bare=False), "2 h/h", "per day, week, month or year", "h/week"),
        (Effort(bare=False), "25 h/day", "25 h/day is more than 24 h/day", "24 h/day"),
        (Effort(bare=False), "169 h/week", "more than 168 h/week", "168"),
        (Effort(bare=False), "740 h/month", "more than 168 h/week", "168"),
        (Effort(bare=True, maximum=60), 61, "61 h/week is more than 60 h/week", "60"),
        (Effort(bare=True), "-2 h/day", "a negative value", "from 0"),
        (Pack("day"), 32, "more than 31", "31"),
        (Pack("day"), "1/day", "per week, month or year", "1/month"),
        (Pack("hour"), "3 h/day", "per week, month or year", "10/month"),
        (Pack("hour"), "800/month", "more than 744", "744"),
        (UnitPrice(), "60 €/month", "cannot be per month", "leave out /month"),
        (Pack("day"), "2 h/month", "is not a number of days", "1/month"),
        (Count(), 2.5, "2.5 is not a whole number", "write 2 or 3"),
        (Count(), 0, "0 is less than 1", "at least 1"),
        (Count(1, 9), 10, "10 is more than 9", "at most 9"),
        (Count(word="auto"), "many", 'is not a whole number or "auto"', "auto"),
        (Count(), True, "true is not a whole number", "1"),
        (Number(1, 5), 6, "6 is more than 5", "at most 5"),
        (Number(1, 5), "0,5", "0.5 is less than 1", "at least 1"),
        (Number(-1, 1, zero=False), 0, "zero", "above 0"),
        (Text(), "", "the text is empty", "leave the key out"),
        (Text(), " \n ", "the text is empty", "leave the key out"),
        (Text(), "a\nb", "U+000A", "one line"),
        (Text(), "a\x1b[31m", "U+001B", "printable"),
        (Text(), "a\u202eb", "U+202E", "printable"),
        (Text(), "a\u200fb", "U+200F", "printable"),
        (Text(), "a\ufeffb", "U+FEFF", "printable"),
        (Text(), "\ud800", "U+D800", "printable"),
        (Text(5), "abcdef", "6 characters", "at most 5"),
        (Text(), True, "true is not a text", 'write "true"'),
        (Choice("free", "agency"), "agenci", "one of free, agency", "did you mean agency?"),
        (Choice("free", "agency"), "zzz", "one of free, agency", "write free or agency"),
        (Flag(), "OFF", '"OFF" is not true or false', "write false"),
        (Flag(), "true", "is not true or false", "without quotes"),
        (Flag(), 1, "1 is not true or false", "write true or false"),
        (Day(), "20270104", "year-month-day", "2027-01-04"),
        (Day(), "2027-W01-1", "year-month-day", "2027-01-04"),
        (Day(), "2027-02-30", "year-month-day", "2027-01-04"),
        (Day(), "04/01/2027", "year-month-day", "2027-01-04"),
        (Day(), "0001-01-01", "out of range", "1970"),
        (Day(), 2027, "year-month-day", "2027-01-04"),
        (WeekHours(), 9, "9 is not hours of the week", "24/7"),
        (WeekHours(), True, "true is not hours of the week", "24/7"),
        (WeekHours(), "never", "there must be some hours", "mon-fri"),
        (WeekHours(), "munday 9-17", '"munday"', "did you mean monday?"),
    ],
)
def test_what_is_refused(quantity: Quantity[Any], raw: Scalar, message: str, hint: str) -> None:
    """Each refusal says what is wrong and how to write it."""
    error = refusal(quantity, raw)
    assert message in error.message
    assert hint in error.hint


def test_weekly_hours() -> None:
    """35 h/week is 151.67 h/month; per day counts the days it is told."""
    assert Hours(2, "day").weekly(5) == 10
    assert Hours(2, "day").weekly(7) == 14
    assert Hours(35, "week").weekly(5) == 35
    assert Hours(151.6666666666667, "month").weekly(5) == pytest.approx(35)
    assert Effort(bare=False).read("1607 h/year", "EUR").weekly(5) == pytest.approx(1607 / 52)


@given(st.integers(0, 10**9), st.sampled_from([" ", "\u00a0", "\u202f", "'", "’"]))
def test_grouped_whole_numbers_read_back(number: int, mark: str) -> None:
    """However its thousands are grouped, a number is the same."""
    assert Number().read(f"{number:,}".replace(",", mark), "EUR") == number


@given(st.integers(0, 10**9), st.integers(1, 4), st.sampled_from([".", ","]), st.booleans())
def test_decimals_read_back(number: int, places: int, mark: str, grouped: bool) -> None:
    """With a decimal point or comma, grouped or not, except what is ambiguous."""
    text = f"{number / 10**places:,.{places}f}"
    text = text.replace(",", " " if grouped else "").replace(".", mark)
    try:
        assert Number().read(text, "EUR") == number / 10**places
    except QuantityError as error:
        assert "can be read as" in error.message
        assert places == 3
        assert " " not in text


# How people write, in French and in English. Conversions by hand: a year has 12 months, a quarter
# 3 months, a half-year 6.
WRITINGS: list[tuple[Quantity[Any], Scalar, Any]] = [
    (Amount("hour"), "75 € HT/h", 75),
    (Amount("hour"), "75 €/h HT", 75),
    (Amount("hour"), "75 € (HT) de l'heure", 75),
    (Amount("hour"), "75 € hors taxes l'heure", 75),
    (Amount("hour"), "75 EUR/h net of VAT", 75),
    (Amount("hour"), "75/h excl. VAT", 75),
    (Amount("hour"), "75 € + TVA", 75),
    (Amount("hour"), "16,50 € brut/h", 16.5),
    (Amount("hour"), "16,50 € bruts de l’heure", 16.5),
    (Amount("hour"), "16.50 gross an hour", 16.5),
    (Amount("hour"), "€16.50 per hour, gross", 16.5),
    (Amount("hour"), "16,50 € horaire", 16.5),
    (Amount("day"), "350 €/j HT", 350),
    (Amount("day"), "350 € HT par jour", 350),
    (Amount("day"), "350 a day", 350),
    (Amount("month"), "2 500 € brut par mois", 2500),
    (Amount("month"), "2 500 € mensuels", 2500),
    (Amount("month"), "2 500 € mois", 2500),
    (Amount("month"), "€2500 a month", 2500),
    (Amount("month"), "€2500 monthly", 2500),
    (Amount("month"), "4 500 € HT/trimestre", 1500),  # 4500 / 3
    (Amount("month"), "4500 per quarter", 1500),
    (Amount("month"), "9 000 €/semestre", 1500),  # 9000 / 6
    (Amount("month"), "18 k€/an", 1500),  # 18000 / 12
    (Amount("year"), "32 k€", 32000),
    (Amount("year"), "32k€ brut par an", 32000),
    (Amount("year"), "32,5 k€ bruts annuels", 32500),
    (Amount("year"), "32 K€ brut/an", 32000),
    (Amount("year"), "€32k a year", 32000),
    (Amount("year"), "32k", 32000),
    (Amount("year"), "32 kEUR per annum", 32000),
    (Amount("year"), "38 000 € l'an", 38000),
    (Amount("year"), "8 000 €/trimestre", 32000),  # 8000 × 4
    (Amount(None), "1 200 € HT", 1200),
    (Price("month", "hour"), 0, PriceTag(0, "month")),
    (Price("month", "hour"), "0 €", PriceTag(0, "month")),
    (Price("month", "hour"), "900 € HT mensuels", PriceTag(900, "month")),
    (Price("month", "hour"), "2 700 €/trimestre", PriceTag(900, "month")),
    (Price("month", "total"), "0", PriceTag(0, "month")),
    (Price("month", "total", bare="total"), "60 k€", PriceTag(60000, "total")),
    (Price("month", "total", bare="total"), "6 k€ par mois", PriceTag(6000, "month")),
    (Effort(bare=False), "0 h", Hours(0, "week")),
    (Effort(bare=False), "0/month", Hours(0, "week")),
    (Effort(bare=False), "6 h a week", Hours(6, "week")),
    (Effort(bare=False), "6 heures hebdo", Hours(6, "week")),
    (Effort(bare=False), "6 h each month", Hours(6, "month")),
    (Effort(bare=False), "12 h/trimestre", Hours(4, "month")),  # 12 / 3
    (Effort(bare=False), "2 h chaque jour", Hours(2, "day")),
    (Effort(bare=True), "151,67 h mensuelles", Hours(151.67, "month")),
    (Effort(bare=False, days=True), "6 jours/mois", Hours(6, "month", in_days=True)),
    (Effort(bare=False, days=True), "6 j par mois", Hours(6, "month", in_days=True)),
    (Effort(bare=False, days=True), "2 days a week", Hours(2, "week", in_days=True)),
    (Effort(bare=False, days=True), "24 days/year", Hours(2, "month", in_days=True)),
    (Effort(bare=False, days=True), "6 jours de travail/mois", Hours(6, "month", in_days=True)),
    (Pack("day"), "6 jours/mois", Hours(6, "month", True)),
    (Pack("day"), "12 an", Hours(12, "year", True)),
    (Pack("day"), "12 jours par an", Hours(12, "year", True)),
    (Pack("day"), "3 jours/trimestre", Hours(1, "month", True)),
    (Pack("day"), "6 days every half-year", Hours(1, "month", True)),
    (Pack("day"), "1 day a month", Hours(1, "month", True)),
    (Duration("month", bare=True), "1 an", 12),
    (Duration("month", bare=True), "2 trimestres", 6),
    (Duration("month", bare=True), "1 semestre", 6),
    (Share(), "95 pour cent", 0.95),
    (Share(), "95 percent", 0.95),
    (Share(), "95 per cent", 0.95),
    (Share(1.0, per_year=True), "2 % l'an", 0.02),
    (Share(1.0, per_year=True), "2% a year", 0.02),
]


@pytest.mark.parametrize(("quantity", "raw", "value"), WRITINGS)
def test_what_people_write_is_read(quantity: Quantity[Any], raw: Scalar, value: object) -> None:
    """Currencies with thousands, VAT, gross pay, periods in words, days of work."""
    assert quantity.read(raw, "EUR") == value
    assert Draft202012Validator(quantity.json_schema()).is_valid(raw)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("60 à 90 €/h", 60, 90),
        ("60 to 90 an hour", 60, 90),
        ("60-90", 60, 90),
        ("de 60 à 90 € de l'heure", 60, 90),
        ("between 60 and 90/h", 60, 90),
        ("entre 60 et 90 € HT", 60, 90),
        ("€60–90", 60, 90),
    ],
)
def test_ranges_in_words(text: str, low: float, high: float) -> None:
    """As with two dots; the likely value is the middle."""
    quantity = Amount("hour")
    found = quantity.read(text, "EUR")
    assert isinstance(found, Ranged)
    assert (found.low, float(found), found.high) == (low, 75, high)
    assert quantity.is_range(text)


@pytest.mark.parametrize(
    ("quantity", "text", "message", "hint"),
    [
        (Amount("hour"), "90 € TTC/h", "holds VAT", "75 €/h at a rate of 20 %"),
        (Amount("hour"), "90 € TTC/h", "holds VAT", "if you do not get VAT back, write 90 €/h"),
        (
            Amount("month"),
            "1 200 €/mois TVA comprise",
            "holds VAT",
            "1000 €/mois at a rate of 20 %",
        ),
        (Amount("hour"), "75 € TTC/h", "holds VAT", "62.50 €/h at a rate of 20 %"),
        (Amount("month"), "1200 incl. VAT", "holds VAT", "do not get VAT back, write 1200"),
        (
            Price("month", "hour"),
            "120/month including tax",
            "holds VAT",
            "100/month at a rate of 20 %",
        ),
        (Amount("month"), "1 800 € net/mois", "take-home pay", "write the gross pay"),
        (Amount("day"), "350 € nets", "a price without VAT", "write 350 €"),
    ],
)
def test_amounts_that_a_scenario_does_not_count(
    quantity: Quantity[Any], text: str, message: str, hint: str
) -> None:
    """With VAT, or what somebody takes home: refused with what to write instead.

    By hand: 90 / 1.2 = 75, 1200 / 1.2 = 1000, 120 / 1.2 = 100.
    """
    error = refusal(quantity, text)
    assert message in error.message
    assert hint in error.hint


@given(
    st.integers(0, 10**10),
    st.sampled_from(["EUR", "CAD", "CHF", "USD", "GBP", "JPY"]),
    st.sampled_from([0, 2]),
)
def test_money_for_people_reads_back(cents: int, currency: str, decimals: int) -> None:
    """What a report prints can be put into a scenario; one comma in it is refused as anywhere."""
    whole = cents if decimals and currency != "JPY" else cents // 100 * 100
    text = format_money(whole, style_for(currency), decimals)
    try:
        assert Amount("month").read(text, currency) == whole / 100
    except QuantityError as error:
        assert "can be read as" in error.message
        assert text.count(",") == 1
        assert str(whole // 100) in error.hint


@given(st.floats(0, 100_000).filter(lambda value: value == 0 or value > 1e-4))
@example(15.934)
@example(0.00012)
@example(2.5)
def test_what_quantities_write_they_read(value: float) -> None:
    """To ten digits, whatever the unit; no way of writing has two readings."""
    for quantity in (Amount("hour"), Amount("month"), Amount(None), Number()):
        assert quantity.read(quantity.written(value), "EUR") == pytest.approx(value, rel=1e-9)
    for price in (PriceTag(value, "month"), PriceTag(value, "hour")):
        read = Price("month", "hour")
        assert read.read(read.written(price), "EUR").amount == pytest.approx(value, rel=1e-9)
    share = 1e-5 + value / 200_000
    assert Share().read(Share().written(share), "EUR") == pytest.approx(share, rel=1e-9)
    hours = Hours(value / 1000, "week")
    effort = Effort(bare=False)
    assert effort.read(effort.written(hours), "EUR").amount == pytest.approx(hours.amount, rel=1e-9)
    length = Duration("month", bare=False)
    assert length.read(length.written(value), "EUR") == pytest.approx(value, rel=1e-9)


@given(st.integers(0, 500), st.integers(0, 59))
def test_hours_and_minutes_read_back(hours: int, minutes: int) -> None:
    """Each way to write hours and minutes."""
    quantity = Duration("minute", bare=False)
    total = hours * 60 + minutes
    for text in (f"{hours}h{minutes:02}", f"{hours} h {minutes} min", f"{total} minutes"):
        assert quantity.read(text, "EUR") == total


@given(st.floats(0, 1e8), st.sampled_from(["week", "month", "year"]))
def test_periods_convert_there_and_back(amount: float, period: str) -> None:
    """What an amount costs a year does not depend on the period it is asked in."""
    text = f"{amount:.4f}"
    yearly = Amount("year").read(f"{text}/{period}", "EUR")
    monthly = Amount("month").read(f"{text}/{period}", "EUR")
    assert monthly * 12 == pytest.approx(yearly)


words = st.lists(
    st.sampled_from(
        (
            *("5", "1,500", "16.50", "1h30", "38 000", "0", "-", "+", "%", "/", "per", "par", "$"),
            *("CA", "€", "EUR", "h", "min", "day", "mois", "year", "total", "auto", "mon", "9-17"),
        )
    ),
    max_size=6,
).map(" ".join)
scalars = st.one_of(
    st.text(), words, st.integers(), st.floats(), st.booleans(), st.integers().map(str)
)


@given(scalars, st.sampled_from(["EUR", "CAD", "JPY"]))
@example(10**5000, "EUR")
@example("9" * 5000, "EUR")
@example("1," + "0" * 400 + ",000", "EUR")
@example("\ud800", "EUR")
def test_every_quantity_reads_or_refuses_any_scalar(raw: Scalar, currency: str) -> None:
    """Only QuantityError, and a message that is safe to print; what is read is finite."""
    for quantity in QUANTITIES:
        validator = Draft202012Validator(quantity.json_schema())
        try:
            value = quantity.read(raw, currency)
        except QuantityError as error:
            assert error.message
            assert error.hint
            assert str(error).isprintable()
            assert len(str(error)) < 1300
        else:
            assert not isinstance(value, float) or abs(value) <= 1e9 * 43680 * 12
            assert validator.is_valid(raw), (type(quantity), raw)


@pytest.mark.parametrize("quantity", QUANTITIES, ids=names)
def test_quantities_say_what_they_expect(quantity: Quantity[Any]) -> None:
    """Each has a sentence and examples, which it reads itself and its schema accepts."""
    schema = quantity.json_schema()
    Draft202012Validator.check_schema(schema)
    assert quantity.expected
    for sample in quantity.examples:
        quantity.read(sample, "EUR")
        assert Draft202012Validator(schema).is_valid(sample)


def kinds_of(kind: type[Quantity[Any]]) -> Iterator[type[Quantity[Any]]]:
    """All classes that derive from one."""
    for each in kind.__subclasses__():
        yield each
        yield from kinds_of(each)


def test_every_quantity_is_tried() -> None:
    """A new type of value is in the list above, and so held against its schema."""
    for module in pkgutil.walk_packages(cmsource.__path__, "cmsource."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    assert {each.__name__ for each in kinds_of(Quantity)} == {names(each) for each in QUANTITIES}


@pytest.mark.parametrize("quantity", QUANTITIES, ids=names)
def test_quantities_are_immutable(quantity: Quantity[Any]) -> None:
    """They are shared by all who read."""
    with pytest.raises(AttributeError):
        quantity.what = say("something else")


def test_an_error_survives_a_process_boundary() -> None:
    """Batches read in other processes."""
    error = pickle.loads(pickle.dumps(QuantityError("wrong", "write right")))
    assert (error.message, error.hint, str(error)) == ("wrong", "write right", "wrong: write right")


def test_shown_is_short_and_printable() -> None:
    """Whatever the input, what a message repeats of it fits on a line."""
    assert quoted("a\x1b\nb") == '"a  b"'
    assert quoted("x" * 100) == f'"{"x" * 40}…"'
    assert quoted(True) == "true"
    assert quoted(10**5000) == "this number"
