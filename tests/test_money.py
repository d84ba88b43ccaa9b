"""Rounding to the cent, and amounts, numbers and shares as people read them."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsource.values.currencies import in_use
from cmsource.values.money import format_money, format_number, format_share, style_for, to_cents
from cmsource.values.money_types import Amount, Currency
from cmsource.values.quantities import QuantityError

CURRENCIES = ("EUR", "CAD", "CHF", "USD", "GBP", "XYZ")


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        (2.675, 268),  # 2.67499999... in binary, a half that goes up to the even 268
        (1.005, 100),
        (0.125, 12),
        (0.135, 14),
        (-2.675, -268),
        (0.0, 0),
        (-0.001, 0),
        (16.5, 1650),
        (1e9, 10**11),
    ],
)
def test_amounts_round_half_to_even_on_their_decimal_value(amount: float, cents: int) -> None:
    """Worked by hand on the decimal digits."""
    assert to_cents(amount) == cents


@given(st.integers(-(10**11), 10**11), st.integers(0, 4))
def test_rounding_agrees_with_decimal_arithmetic(digits: int, places: int) -> None:
    """Any amount of up to four decimals rounds as the decimal module rounds it."""
    exact = Decimal(digits).scaleb(-places)
    expected = (exact * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    if abs(exact) <= 10**9:
        assert to_cents(float(exact)) == int(expected)


@pytest.mark.parametrize(
    ("currency", "large", "small"),
    [
        ("EUR", "€82,700.80", "-€1,234.50"),
        ("CAD", "CA$82,700.80", "-CA$1,234.50"),
        ("CHF", "CHF\u00a082,700.80", "-CHF\u00a01,234.50"),
        ("SEK", "SEK\u00a082,700.80", "-SEK\u00a01,234.50"),
        ("INR", "₹82,700.80", "-₹1,234.50"),
        ("AED", "AED\u00a082,700.80", "-AED\u00a01,234.50"),
        ("USD", "$82,700.80", "-$1,234.50"),
        ("GBP", "£82,700.80", "-£1,234.50"),
        ("XYZ", "XYZ\u00a082,700.80", "-XYZ\u00a01,234.50"),
    ],
)
def test_each_currency_has_its_symbol(currency: str, large: str, small: str) -> None:
    """The conventions are those of English, whatever the currency."""
    assert format_money(8270080, style_for(currency)) == large
    assert format_money(-123450, style_for(currency)) == small


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (150, "$2"),
        (250, "$2"),
        (251, "$3"),
        (349, "$3"),
        (-250, "-$2"),
        (-50, "$0"),
        (-49, "$0"),
        (99950, "$1,000"),
        (0, "$0"),
    ],
)
def test_whole_units_round_half_to_even_and_have_no_minus_zero(cents: int, text: str) -> None:
    """Worked by hand."""
    assert format_money(cents, style_for("USD"), decimals=0) == text


@given(st.integers(), st.sampled_from(CURRENCIES))
def test_the_digits_of_an_amount_are_all_there(cents: int, currency: str) -> None:
    """Without its marks, an amount to the cent is the number of cents."""
    text = format_money(cents, style_for(currency))
    digits = "".join(c for c in text if c.isdecimal())
    assert int(digits) == abs(cents)
    assert ("-" in text) == (cents < 0)


@pytest.mark.parametrize(
    ("currency", "text"),
    [
        ("JPY", "¥82,701"),  # no hundredths: 82,700.80 is shown whole
        ("XOF", "F\u00a0CFA\u00a082,701"),
        ("KWD", "KWD\u00a082,700.80"),  # thousandths: the third is not counted
    ],
)
def test_currencies_without_two_decimals(currency: str, text: str) -> None:
    """The model counts hundredths of every currency."""
    assert format_money(8270080, style_for(currency)) == text


def test_every_currency_in_use_can_be_written_and_read() -> None:
    """Its own style reads back in its own currency, and no other currency takes it for its own."""
    for code in sorted(in_use()):
        text = f"{code} 28.50/h"
        assert Amount("hour").value(text, code) == 28.5
        if code not in ("PEN", "PAB"):  # S/ and B/. have a slash, which begins a period
            assert Amount("hour").value(format_money(2800, style_for(code)), code) == 28
        other = "EUR" if code != "EUR" else "GBP"
        with pytest.raises(QuantityError, match=f"in {code}"):
            Amount("hour").value(text, other)


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("CHF 65'000", "CHF", 65_000),
        ("65 000 CHF", "CHF", 65_000),
        ("65’000.– Fr.", "CHF", 65_000),
        ("CHF 65'000.-", "CHF", 65_000),
        ("65 kCHF", "CHF", 65_000),
        ("65 000 francs suisses", "CHF", 65_000),
        ("£28k", "GBP", 28_000),
        ("28 000 livres sterling", "GBP", 28_000),
        ("$65,000.00", "AUD", 65_000),
        ("65 000 kr", "SEK", 65_000),
        ("65 000 kronor", "SEK", 65_000),
        ("R$ 65.000,00", "BRL", 65_000),
    ],
)
def test_amounts_in_the_words_of_their_people(text: str, currency: str, value: int) -> None:
    """Symbols, codes and names, before and after the number."""
    assert Amount("year").value(text, currency) == value


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("DEM", "write CHF or GBP"),  # no longer in use
        ("€", "write EUR"),
        ("$", "write USD or CAD"),
        ("francs", "write its code"),
        ("XXX", "write CHF or GBP"),
    ],
)
def test_what_is_no_code_of_a_currency(text: str, hint: str) -> None:
    """A symbol and a name say which code is meant, where that is clear."""
    with pytest.raises(QuantityError) as caught:
        Currency().value(text)
    assert caught.value.hint == hint


def test_small_amounts_keep_their_zeros() -> None:
    """Five cents are 0.05."""
    assert format_money(5, style_for("USD")) == "$0.05"
    assert format_money(-5, style_for("EUR")) == "-€0.05"


@pytest.mark.parametrize(
    ("x", "currency", "decimals", "text"),
    [
        (1607.5, "EUR", 1, "1,607.5"),
        (1607.5, "USD", 1, "1,607.5"),
        (1607.5, "CHF", 0, "1,608"),
        (-0.04, "EUR", 1, "0.0"),
        (-1234567.0, "CAD", 0, "-1,234,567"),
    ],
)
def test_numbers(x: float, currency: str, decimals: int, text: str) -> None:
    """Grouped, without minus zero."""
    assert format_number(x, decimals) == text


@pytest.mark.parametrize(
    ("x", "currency", "decimals", "text"),
    [
        (0.643, "EUR", 1, "64.3%"),
        (0.643, "CAD", 1, "64.3%"),
        (0.643, "USD", 1, "64.3%"),
        (0.643, "GBP", 0, "64%"),
        (1.0, "USD", 0, "100%"),
        (0.125, "USD", 0, "12%"),
        (0.575, "USD", 0, "58%"),  # 57.49999... in binary
        (-0.0001, "USD", 1, "0.0%"),
    ],
)
def test_shares(x: float, currency: str, decimals: int, text: str) -> None:
    """In per cent, rounded on the decimal value."""
    assert format_share(x, decimals) == text


@given(st.floats(allow_nan=True, allow_infinity=True), st.sampled_from(CURRENCIES))
def test_formatting_takes_any_float(x: float, currency: str) -> None:
    """Even what is not finite has a text, so that a report never fails on a figure."""
    assert format_number(x, 2)
    assert format_share(x)
