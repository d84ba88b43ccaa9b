"""A flat fee for each call-out, of staff and of providers, beside a price of their hours or alone.

A message an hour, half an hour to react and an hour that is paid: 67.38 call-outs of the 168 hours
of a week that begins idle, by the renewal theorem (see `test_on_call.py`).
"""

from typing import Any

import pytest

import cmsource
from cmsource.analysis.inputs.names import in_words
from cmsource.reading.load import read_text
from cmsource.values.week_reader import parse_week
from readings import only
from strategies import only_option

CALL_OUTS = 67.38 * 52
"""A year."""

ROUND = {"hours": "24/7", "minimum": "1 h", "reaction": "30 min"}


def called(source: dict[str, Any], **on_call: object) -> dict[str, Any]:
    """A year of a message an hour, answered in no time, by one source that is always on call."""
    return {
        "country": "FR",
        "horizon": 12,
        "require": "none",
        "needs": {
            "cover": "24/7",
            "messages": {"per_week": 168, "minutes_each": 0.01, "profile": "flat"},
        },
        "sources": {"who": {**source, "on_call": {**ROUND, **on_call}}},
        "options": {"all": ["who"]},
    }


AGENCY = {"kind": "agency", "hourly_rate": 60, "service_level": "100%"}
FREELANCER = {"kind": "freelancer", "hourly_rate": 60, "planned_absence": 0, "unplanned_absence": 0}
COLLEAGUE = {
    "kind": "colleague",
    "hourly_wage": 20,
    "headcount": 3,
    "charges": "40%",
    "planned_absence": 0,
    "unplanned_absence": 0,
}


def amounts(data: dict[str, Any]) -> dict[tuple[str, str], float]:
    """What a year costs by category and unit."""
    found: dict[tuple[str, str], float] = {}
    for entry in only_option(data).entries:
        key = entry.category, entry.unit
        found[key] = found.get(key, 0.0) + float(entry.amount)
    return found


@pytest.mark.parametrize("source", [AGENCY, FREELANCER], ids=["agency", "freelancer"])
@pytest.mark.parametrize(
    ("on_call", "expected"),
    [
        # The fee is all.
        ({"per_call_out": 80, "call_out": 0}, {("watch", "call-out"): 80.0}),
        # Besides the hours, each of an hour at least.
        (
            {"per_call_out": 80, "call_out": 90},
            {("watch", "call-out"): 80.0, ("watch", "h"): 90.0},
        ),
        # Hours like others.
        ({"per_call_out": 80}, {("watch", "call-out"): 80.0, ("fees", "h"): 60.0}),
        ({"call_out": 90}, {("watch", "h"): 90.0}),
    ],
)
def test_what_a_provider_bills(
    source: dict[str, Any], on_call: dict[str, object], expected: dict[tuple[str, str], float]
) -> None:
    """67.38 call-outs a week at the fee, an hour each at the price of the hour."""
    found = amounts(called(source, **on_call))
    assert found == pytest.approx({k: v * CALL_OUTS for k, v in expected.items()}, rel=1e-3)


def test_being_on_call_is_paid_in_full() -> None:
    """52 weekends of 120; the service level is a matter of the contract."""
    nobody = called({**AGENCY, "service_level": "90%"}, pay="120/weekend")
    del nobody["needs"]["messages"]
    nobody["needs"]["work"] = {"content": "0 h/week"}
    assert amounts(nobody) == {("watch", "weekend"): 52 * 120.0}


def test_hours_that_a_retainer_includes() -> None:
    """A hundred hours a month are included; of the call-outs' hours, those beyond are billed."""
    source = {**AGENCY, "retainer": 500, "included": "100 h/month"}
    found = amounts(called(source, per_call_out=80))
    assert found == pytest.approx(
        {
            ("fees", "month"): 6000,
            ("watch", "call-out"): 80 * CALL_OUTS,
            ("fees", "h"): (CALL_OUTS - 1200) * 60,
        },
        rel=1e-3,
    )


def test_messages_by_the_piece_have_their_price_once() -> None:
    """Each message at 2, each call-out at 80: no hours of them are billed besides."""
    found = amounts(called({**AGENCY, "per_message": 2}, per_call_out=80))
    assert found == pytest.approx(
        {("fees", "message"): 168 * 52 * 2, ("watch", "call-out"): 80 * CALL_OUTS}, rel=1e-3
    )


def test_odd_hours_are_paid_once() -> None:
    """A multiplier of odd hours is for those on duty: on call has prices of its own."""
    plain = called(AGENCY, per_call_out=80, call_out=90)
    dear = called({**AGENCY, "after_hours": 1.5}, per_call_out=80, call_out=90)
    assert amounts(dear) == amounts(plain)


def test_a_discount_and_a_rise_hold_for_it() -> None:
    """A tenth off for a year, and 5 % more in the second."""
    source = {**AGENCY, "min_months": 12, "discount": {"12 months": "10%"}}
    found = amounts(called(source, per_call_out=80, call_out=0))
    assert found[("watch", "call-out")] == pytest.approx(72 * CALL_OUTS, rel=1e-3)
    data = called(AGENCY, per_call_out=80, call_out=0)
    data |= {"horizon": 24, "prices": {"vendors": "5%"}}
    assert sum(amounts(data).values()) == pytest.approx(80 * CALL_OUTS * 2.05, rel=1e-3)


def test_staff_are_paid_for_each_with_charges() -> None:
    """25 for each on top of 22 for its hour, and 40 % on both."""
    found = amounts(
        called(COLLEAGUE, pay="150/week", call_out=22, per_call_out="25 €/intervention")
    )
    assert found[("pay", "call-out")] == pytest.approx(25 * CALL_OUTS, rel=1e-3)
    assert found[("pay", "h")] == pytest.approx(22 * CALL_OUTS, rel=1e-3)
    charged = 0.4 * (52 * 150 + 47 * CALL_OUTS)
    assert found[("employer charges", "of pay")] == pytest.approx(charged, rel=1e-3)


def test_without_a_fee_nothing_changes() -> None:
    """A fee of 0 is no fee."""
    plain = called(COLLEAGUE, pay="150/week", call_out=22)
    assert amounts(plain) == amounts(called(COLLEAGUE, pay="150/week", call_out=22, per_call_out=0))


def test_an_agency_watches_what_it_is_not_on_call_for() -> None:
    """Without hours of its own, its duty is the cover but for its hours on call."""
    data = called(AGENCY, hours="sat-sun 00:00-24:00", per_call_out=80, call_out=0)
    source = read_text(str(data).replace("'", '"')).scenario
    assert source is not None
    assert source.sources["who"].on_duty == parse_week("mon-fri 00:00-24:00")


def test_it_is_an_input() -> None:
    """An agency at 80 each, against one at 2,000 a month: 2,000 × 12 / 3,503.7 = 6.85."""
    data = called(AGENCY, per_call_out=80, call_out=0)
    data["sources"]["flat"] = {**AGENCY, "retainer": 2000, "included": "all"}
    data["options"]["flat"] = ["flat"]
    scenario = cmsource.loads(str(data).replace("'", '"'))
    path = "sources.who.on_call.per_call_out"
    [found] = cmsource.breakeven(scenario, "all", "flat", on=path).found
    assert [each.at for each in found.crossings] == [pytest.approx(24000 / CALL_OUTS, rel=2e-3)]


@pytest.mark.parametrize(
    ("on_call", "code", "way_out"),
    [
        ("{hours: sat 9-12, per_call_out: 80/h}", "E204", "leave out /h"),
        ("{hours: sat 9-12, per_call_out: 80/message}", "E204", "without a unit"),
        ("{hours: sat 9-12, pay: 80/call-out}", "E204", "under per_call_out"),
        ("{hours: sat 9-12, call_out: 60..80 € par intervention}", "E204", "under per_call_out"),
        ("{hours: mon 9-12, per_call_out: 80}", "E314", "all on duty"),
        ("{hours: mon 18-20, pay: 90/weekend}", "E314", "per hour"),
        ("{per_call_out: 80}", "E202", "on call"),
    ],
)
def test_what_cannot_be(on_call: str, code: str, way_out: str) -> None:
    """Each is refused in its place, with a way out."""
    text = f"""\
country: FR
needs: {{cover: mon-sat 9-20, messages: {{per_day: 5}}}}
sources:
  a: {{kind: agency, on_duty: mon-fri 9-17, on_call: {on_call}}}
options: {{a: [a]}}
"""
    found = only([each for each in read_text(text).diagnostics if each.severity == "error"])
    assert found.code == code
    assert way_out in found.hint
    assert found.place is not None
    assert found.place.line == 4


def test_hours_of_call_outs_that_nothing_prices() -> None:
    """A retainer that includes hours, and no price beyond them: what is on call is said apart."""
    text = """\
country: FR
needs: {cover: mon-sat 9-20, messages: {per_day: 5}}
sources:
  a: {kind: agency, on_duty: mon-fri 9-17, retainer: 900, included: 9 h/month,
      on_call: {hours: sat 9-20, per_call_out: 80}}
options: {a: [a]}
"""
    found = only([each for each in read_text(text).diagnostics if each.severity == "error"])
    assert (found.code, found.hint) == (
        "E222",
        "write `call_out: 90/h`, 0 where the price of each call-out is all",
    )
    said = text.replace("per_call_out: 80}", "per_call_out: 80, call_out: 0}")
    assert read_text(said).scenario is not None


def test_hours_of_call_outs_where_work_beyond_is_refused() -> None:
    """They would be work beyond, billed at a rate at which none is to be had."""
    text = """\
country: FR
needs: {cover: mon-sat 9-20, messages: {per_day: 5}}
sources:
  a: {kind: freelancer, on_duty: mon-fri 9-17, day_rate: 350, days: 4/month,
      on_call: {hours: sat 9-20, per_call_out: 80}}
options: {all: [a], few: [{a: {beyond: refused}}]}
"""
    found = only([each for each in read_text(text).diagnostics if each.severity == "error"])
    assert found.code == "E222"
    assert "`options.few.a.on_call`" in found.message
    said = text.replace("per_call_out: 80}", "per_call_out: 80, call_out: 40/h}")
    assert read_text(said).scenario is not None


@pytest.mark.parametrize(
    "fee", ["80", "80 €/call-out", "80 € par intervention", "80 each", "80/call", "80/call-outs"]
)
def test_what_is_read(fee: str) -> None:
    """The unit may be said, in English and in French."""
    text = f"""\
country: FR
needs: {{cover: mon-sat 9-20, messages: {{per_day: 5}}}}
sources:
  a: {{kind: agence, on_duty: lun-ven 9h-17h, on_call: {{hours: sam 9h-20h, per_call_out: {fee}}}}}
options: {{a: [a]}}
"""
    assert cmsource.loads(text).sources["a"].on_call.per_call_out == 80  # type: ignore[attr-defined]


def test_a_fee_is_paid_for_each() -> None:
    """An amount a month is not refused as if a fee were paid once."""
    text = str(called(AGENCY, per_call_out="80/month")).replace("'", '"')
    found = only([each for each in read_text(text).diagnostics if each.severity == "error"])
    assert "the price of one" in found.message


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (AGENCY, ("the price of being on call", "the price of an hour of call-outs")),
        (COLLEAGUE, ("the pay for being on call", "the pay for an hour of call-outs")),
    ],
)
def test_a_provider_has_prices_and_staff_have_pay(
    source: dict[str, Any], words: tuple[str, ...]
) -> None:
    """In words the keys are what they are for who is on call."""
    data = called(source, pay="150/week", call_out=20, per_call_out=5)
    scenario = cmsource.loads(str(data).replace("'", '"'))
    said = [in_words(f"sources.who.on_call.{key}", scenario) for key in ("pay", "call_out")]
    assert said == [f"{each} of who" for each in words]
