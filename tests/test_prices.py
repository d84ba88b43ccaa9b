"""The prices of providers worked by hand: each shape, in the ledger, in errors and as inputs."""

import copy
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.breakeven.breakeven import breakeven
from cmsource.analysis.cursor.mixes import mixes
from cmsource.analysis.inputs.inputs import input_at, inputs, put, written
from cmsource.analysis.inputs.names import in_words
from cmsource.analysis.links import links
from cmsource.reading.load import read_text
from cmsource.results.option import OptionResult
from strategies import Data, agency, coach, compared, employee, freelancer, only_option, read

F = Fraction

POSTS = {"per_month": 20, "hours_each": 1.5}
"""Twenty posts a month, thirty hours."""


def money(value: F | float) -> Decimal:
    """An exact amount to the cent."""
    return Decimal(round(F(value) * 100)).scaleb(-2)


def job(source: Data, **needs: object) -> Data:
    """A year of a source that is there on weekdays, without anything but what is given."""
    always = {"on_duty": "mon-fri 09:00-17:00", "planned_absence": 0, "unplanned_absence": 0}
    if source["kind"] != "freelancer":
        always = {"on_duty": "mon-fri 09:00-17:00"}
    return {
        "country": "FR",
        "horizon": 12,
        "needs": {"cover": "mon-fri 09:00-17:00", "answer_within": "24h", **needs},
        "sources": {"who": {**always, **source}},
        "options": {"who": ["who"]},
        "require": "none",
    }


def posts(source: Data, count: float = 20, **needs: object) -> Data:
    """The same with posts that take an hour and a half each."""
    return job(source, work={"posts": {"per_month": count, "hours_each": 1.5}}, **needs)


def lines(data: Data) -> list[tuple[float, str, float, Decimal]]:
    """What is billed: quantity, unit, unit price and amount of each entry."""
    option = only_option(data)
    return [
        (round(e.quantity, 6), e.unit, round(e.unit_price, 6), e.amount) for e in option.entries
    ]


def total(data: Data) -> Decimal:
    """The total of the one option."""
    return only_option(data).total


def phased(**source: object) -> OptionResult:
    """A freelancer for a year of two, then an employee who costs 20 an hour."""
    data = posts({"kind": "freelancer", **source})
    data["horizon"] = 24
    data["sources"]["cm"] = employee()
    data["options"] = {
        "phased": {"phases": [{"months": 14, "sources": ["who"]}, {"sources": ["cm"]}]}
    }
    return only_option(data)


def exits(option: OptionResult) -> list[tuple[float, float, Decimal]]:
    """What leaving costs: month, months and amount."""
    found = [entry for entry in option.entries if entry.category == "exit"]
    return [(entry.from_month, round(entry.quantity, 6), entry.amount) for entry in found]


# By the piece -----------------------------------------------------------------------------------


def test_a_price_for_each_post() -> None:
    """Twenty posts at 60: 240 a year, 14,400; their hours are not billed beside."""
    free = {"kind": "freelancer", "per_post": 60, "hourly_rate": 50}
    assert lines(posts(free)) == [(240, "posts", 60, Decimal("14400.00"))]


def test_other_work_is_billed_by_time() -> None:
    """Two hours of reporting a week at 50 beside the posts: 104 × 50 = 5,200."""
    free = {"kind": "freelancer", "per_post": 60, "hourly_rate": 50}
    work = {"posts": POSTS, "reporting": "2 h/week"}
    assert lines(job(free, work=work)) == [
        (104, "h", 50, Decimal("5200.00")),
        (240, "posts", 60, Decimal("14400.00")),
    ]


def test_a_price_for_each_message() -> None:
    """A freelancer who is always there answers all of 600 a month: 7,200 × 1.20 = 8,640."""
    free = {"kind": "agency", "service_level": 1, "per_message": 1.2, "hourly_rate": 50}
    data = job(free, messages={"per_month": 600, "minutes_each": 6, "profile": "office"})
    data["sources"]["who"] |= {"on_duty": "24/7", "depth": 2, "watch": 0}
    (quantity, unit, price, amount) = lines(data)[0]
    assert (unit, price) == ("message", 1.2)
    assert quantity == pytest.approx(7200, rel=1e-4)
    assert amount == pytest.approx(Decimal("8640.00"), rel=Decimal("0.0001"))


def test_tiers_that_bill_what_falls_into_them() -> None:
    """Of twenty posts fifteen at 60 and five at 48: 180 × 60 + 60 × 48 = 13,680."""
    tiers = [{"up_to": 15, "price": 60}, {"price": 48}]
    free = {"kind": "freelancer", "per_post": tiers, "tiers": "marginal", "hourly_rate": 50}
    assert lines(posts(free)) == [
        (180, "posts", 60, Decimal("10800.00")),
        (60, "posts", 48, Decimal("2880.00")),
    ]


def test_tiers_that_bill_the_whole_volume() -> None:
    """Twenty posts are beyond fifteen, so that all cost 48: 240 × 48 = 11,520. Fifteen cost 60."""
    tiers = [{"up_to": 15, "price": 60}, {"price": 48}]
    free = {"kind": "freelancer", "per_post": tiers, "tiers": "whole", "hourly_rate": 50}
    assert lines(posts(free)) == [(240, "posts", 48, Decimal("11520.00"))]
    assert lines(posts(free, 15)) == [(180, "posts", 60, Decimal("10800.00"))]


@pytest.mark.parametrize("count", [1, 7, 12, 13, 15, 31, 100])
def test_the_edge_of_a_tier_is_in_it(count: float) -> None:
    """Weeks and months convert with noise; as many as up_to says are still in the tier."""
    tiers = [{"up_to": count, "price": 10}, {"price": 1}]
    free = {"kind": "freelancer", "per_post": tiers, "tiers": "whole", "hourly_rate": 50}
    assert total(posts(free, count)) == 12 * count * 10


def test_tiers_of_an_hourly_rate() -> None:
    """Thirty hours a month, ten at 60, the rest at 45: 120 × 60 + 240 × 45 = 18,000."""
    tiers = [{"up_to": 10, "price": "60/h"}, {"price": 45}]
    free = {"kind": "freelancer", "per_hour": tiers, "tiers": "marginal"}
    assert lines(posts(free)) == [
        (120, "h", 60, Decimal("7200.00")),
        (240, "h", 45, Decimal("10800.00")),
    ]


def test_tiers_of_a_day_rate() -> None:
    """Thirty hours are 5 days of 6 hours, all at 300 where five and more cost that: 18,000."""
    tiers = [{"up_to": 4, "price": 350}, {"price": 300}]
    free = {"kind": "freelancer", "per_day": tiers, "tiers": "whole", "day_length": "6 h"}
    assert lines(posts(free)) == [(60, "day", 300, Decimal("18000.00"))]


# Retainers, packages and packs ------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["agency", "freelancer", "coach"])
def test_every_provider_takes_a_retainer(kind: str) -> None:
    """Without `included`, 800 at 50 an hour buy 16 h; the 14 beyond cost 700: 12 × 1,500."""
    source = {"kind": kind, "retainer": 800, "hourly_rate": 50, "max_hours": "100 h/week"}
    option = only_option(posts(source))
    assert option.total == money(12 * 800 + 12 * (30 - F(800, 50)) * 50)
    [assumption] = [
        each
        for each in compared(posts(source), details=False).assumptions
        if each.path == "sources.who.included"
    ]
    assert assumption.confidence == "G"


def test_a_retainer_that_includes_posts() -> None:
    """Fifteen are included in 800; five at 48 beyond: 9,600 + 60 × 48 = 12,480."""
    free = {
        "kind": "freelancer",
        "retainer": 800,
        "included": {"posts": "15/month"},
        "per_post": 48,
        "hourly_rate": 50,
    }
    assert lines(posts(free)) == [
        (12, "month", 800, Decimal("9600.00")),
        (60, "posts", 48, Decimal("2880.00")),
    ]


def test_posts_beyond_without_a_price_are_billed_by_time() -> None:
    """Five posts of an hour and a half at 50: 12 × 5 × 75 = 4,500, beside 9,600."""
    free = {"kind": "freelancer", "retainer": 800, "included": {"posts": 15}, "hourly_rate": 50}
    assert lines(posts(free)) == [
        (12, "month", 800, Decimal("9600.00")),
        (90, "h", 50, Decimal("4500.00")),
    ]


@pytest.mark.parametrize(
    "included", ["20 h/month", {"hours": "20/month"}, {"hours": "20 h/month"}, {"hours": 20}]
)
def test_hours_included_in_either_form(included: object) -> None:
    """Ten of thirty hours come on top, at 75: 12 × (1,500 + 750) = 27,000."""
    firm = agency(retainer=1500, included=included, hourly_rate=75)
    assert total(posts(firm)) == 27000


def test_days_included_have_the_hours_of_a_day() -> None:
    """Two days of 7 h are 14 of 30 hours: 12 × (1,000 + 16 × 75) = 26,400."""
    firm = agency(retainer=1000, included={"days": "2/month"}, hourly_rate=75)
    assert total(posts(firm)) == 26400


def test_an_inclusion_of_all_posts() -> None:
    """`all` of one activity: only the reporting is billed, 104 h at 50."""
    free = {"kind": "freelancer", "retainer": 800, "included": {"posts": "all"}, "hourly_rate": 50}
    work = {"posts": POSTS, "reporting": "2 h/week"}
    assert total(job(free, work=work)) == 9600 + 5200


@pytest.mark.parametrize(
    ("count", "monthly"), [(0.5, 800), (15, 800), (16, 1200), (25, 1200), (26, 2000), (90, 2000)]
)
def test_packages_by_how_many_there_are(count: float, monthly: int) -> None:
    """800 for up to fifteen posts, 1,200 for up to twenty-five, 2,000 for more."""
    packages = [{"up_to": 15, "price": 800}, {"up_to": 25, "price": 1200}, {"price": 2000}]
    free = {"kind": "freelancer", "packages": {"posts": packages}, "hourly_rate": 50}
    assert lines(posts(free, count)) == [(12, "month", monthly, Decimal(12 * monthly))]


def test_posts_beyond_the_last_package() -> None:
    """Five beyond the fifteen of the only package, at 48: 12 × (800 + 240) = 12,480."""
    packages = [{"up_to": 15, "price": 800}]
    free = {
        "kind": "freelancer",
        "packages": {"posts": packages},
        "per_post": 48,
        "hourly_rate": 50,
    }
    assert total(posts(free)) == 12480


@pytest.mark.parametrize(("networks", "monthly"), [(1, 450), (2, 900), (3, 1600), (7, 1600)])
def test_packages_by_number_of_networks(networks: int, monthly: int) -> None:
    """450, 900 and 1,600 a month as a Swiss freelancer sells them (dkdp.ch), all work included."""
    packages = [{"up_to": 1, "price": 450}, {"up_to": 2, "price": 900}, {"price": 1600}]
    free = {"kind": "freelancer", "packages": {"networks": packages}, "included": "all"}
    assert total(posts(free, counts={"networks": networks})) == 12 * monthly


def test_a_price_for_each_network() -> None:
    """Three at 150 a month: 36 × 150 = 5,400; the work is billed beside, 360 h at 50."""
    free = {"kind": "freelancer", "per_network": 150, "hourly_rate": 50}
    assert lines(posts(free, counts={"networks": 3})) == [
        (360, "h", 50, Decimal("18000.00")),
        (36, "networks", 150, Decimal("5400.00")),
    ]


def test_packages_of_hours() -> None:
    """Thirty hours fall into the package of up to 40 for 1,900: 22,800 and nothing beside."""
    packages = [{"up_to": 20, "price": 1000}, {"up_to": 40, "price": 1900}]
    free = {"kind": "freelancer", "packages": {"hours": packages}, "hourly_rate": 50}
    assert total(posts(free)) == 22800
    assert total(posts(free, 30)) == 12 * (1900 + 5 * 50)  # 45 h, five beyond


def test_days_agreed_are_paid_whether_used_or_not() -> None:
    """Six days of 7 h at 350 hold the 30 hours: 25,200. Of three days nine hours are beyond."""
    free = {"kind": "freelancer", "day_rate": 350, "days": "6/month"}
    assert lines(posts(free)) == [(72, "day", 350, Decimal("25200.00"))]
    beyond = F(30 - 21, 7)
    assert total(posts({**free, "days": "3/month"})) == money(12 * (3 + beyond) * 350)


def test_days_agreed_in_tiers() -> None:
    """Four days at 350 and two at 300, used or not: 12 × 2,000. Thirty hours are 4.29 days."""
    tiers = [{"up_to": 4, "price": 350}, {"price": 300}]
    free = {"kind": "freelancer", "day_rate": tiers, "tiers": "marginal", "days": "6/month"}
    assert total(posts(free)) == 24000
    more = 12 * (4 * 350 + (F(30, 7) - 4) * 300)
    assert total(posts({**free, "days": "1/month"})) == money(more)


def test_hours_bought_by_the_year_are_used_in_any_month() -> None:
    """120 h a year, 15 h a month: used up after eight months, then 15 h a month are billed.

    Paid: 12 × 10 × 50 = 6,000; beyond: 4 × 15 × 50 = 3,000.
    """
    free = {"kind": "freelancer", "hourly_rate": 50, "hours": "120/year"}
    option = only_option(posts(free, 10))
    assert [(e.from_month, e.months, e.amount) for e in option.entries] == [
        (0, 12, Decimal("6000.00")),
        (pytest.approx(8), pytest.approx(4), Decimal("3000.00")),
    ]


def test_a_pack_is_renewed_each_year_of_the_contract() -> None:
    """Over 18 months: 18 × 500 paid, beyond from month 8 to 12 only; 90 h of 120 by month 18."""
    data = posts({"kind": "freelancer", "hourly_rate": 50, "hours": "120/year"}, 10)
    data["horizon"] = 18
    assert total(data) == 9000 + 3000


def test_a_years_hours_last_through_phases() -> None:
    """The freelancer stays when a second one joins who takes nothing: the pack is one."""
    data = posts({"kind": "freelancer", "hourly_rate": 50, "hours": "120/year"}, 10)
    data["sources"]["idle"] = freelancer(takes="0%")
    data["options"] = {
        "two": {"phases": [{"months": 5, "sources": ["who"]}, {"sources": ["who", "idle"]}]}
    }
    assert total(data) == 9000


def test_work_beyond_may_be_refused() -> None:
    """Of 30 h a month 21 are agreed on and no more are done: 7 of 10 hours."""
    free = {"kind": "freelancer", "day_rate": 350, "days": "3/month", "beyond": "refused"}
    option = only_option(posts(free))
    assert option.total == 12 * 3 * 350
    assert option.coverage.work_done == pytest.approx(0.7)


def test_a_coachs_days_are_no_days_of_work() -> None:
    """As ever: a day a month at 900 to train, and the hours that it works on top."""
    trainer = coach(max_hours="30 h/month")
    assert total(posts(trainer)) == money(12 * 900 + 12 * F(30, 7) * 900)


# Watch, ads, discounts --------------------------------------------------------------------------


def test_a_watch_by_the_weekend() -> None:
    """A weekend on call for 76 (French public tariff): 52 × 76 = 3,952 beside the work."""
    free = {"kind": "freelancer", "hourly_rate": 50, "watch": "76/weekend", "on_duty": "24/7"}
    data = posts(free)
    data["needs"]["cover"] = "24/7"
    assert lines(data)[-1] == (52, "weekend", 76, Decimal("3952.00"))


def test_a_share_of_ad_spend_with_a_minimum() -> None:
    """12 % of 3,000 is 360 a month: 4,320. Of 2,000 it is 240, less than the least fee of 300."""
    firm = agency(ad_spend={"share": "12%", "minimum": 300}, retainer=0, included="all")
    assert lines(posts(firm, ad_spend=3000)) == [(36000, "of ads", 0.12, Decimal("4320.00"))]
    assert lines(posts(firm, ad_spend=2000)) == [(12, "month", 300, Decimal("3600.00"))]
    assert lines(posts(firm, ad_spend=0)) == [(12, "month", 300, Decimal("3600.00"))]


def test_what_is_spent_on_ads_does_not_rise_with_prices() -> None:
    """In the second year the least fee is 330, and 12 % of 3,000 still 360."""
    firm = agency(ad_spend={"share": "12%", "minimum": 300}, retainer=0, included="all")
    data = posts(firm, ad_spend=3000) | {"horizon": 24, "prices": {"vendors": "10%"}}
    assert total(data) == 24 * 360


@pytest.mark.parametrize(("months", "off"), [(0, 0), (6, 5), (11, 5), (12, 10), (24, 10)])
def test_a_discount_by_commitment(months: int, off: int) -> None:
    """Of the 20 × 60 and 12 × 100 a month; setting up is not discounted."""
    free = {
        "kind": "freelancer",
        "per_post": 60,
        "watch": "100/month",
        "hourly_rate": 50,
        "setup": 500,
        "min_months": months,
        "discount": {"6 months": "5%", "1 year": "10%"},
    }
    data = posts(free) | {"horizon": 24}
    assert total(data) == money(500 + 24 * F(1300) * F(100 - off, 100))


# Leaving ----------------------------------------------------------------------------------------


def test_a_notice_is_paid_where_a_provider_is_left() -> None:
    """Three months of the retainer at month 14."""
    option = phased(retainer=800, included="all", notice=3)
    assert exits(option) == [(14, 3, Decimal("2400.00"))]


def test_a_commitment_that_ends_later_holds_the_notice() -> None:
    """Four months of 18 are left, and the notice of three runs in them."""
    option = phased(retainer=800, included="all", notice=3, min_months=18)
    assert exits(option) == [(14, 4, Decimal("3200.00"))]


def test_the_end_of_the_horizon_is_no_notice() -> None:
    """The contract may go on; only a commitment reaches beyond the horizon."""
    free = {"kind": "freelancer", "retainer": 800, "included": "all", "notice": 3}
    assert total(posts(free)) == 9600
    assert total(posts({**free, "min_months": 18})) == 9600 + 6 * 800


def test_the_rest_of_a_years_hours_is_paid() -> None:
    """Left at month 14, ten months of the second year are owed, at 10 h × 50."""
    option = phased(hourly_rate=50, hours="120/year")
    assert exits(option) == [(14, 10, Decimal("5000.00"))]


# Properties -------------------------------------------------------------------------------------

_TIERS = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 90)), min_size=1, max_size=4)


def _in_tiers(drawn: list[tuple[int, int]]) -> list[Data]:
    """Tiers that ascend, of widths and prices."""
    found: list[Data] = []
    end = 0
    for number, (width, price) in enumerate(drawn):
        end += width
        last = number == len(drawn) - 1
        found.append({"price": price} if last else {"up_to": end, "price": price})
    return found


@settings(max_examples=25, deadline=None)
@given(_TIERS, st.integers(1, 40), st.integers(0, 9))
def test_more_never_costs_less_in_marginal_tiers(
    drawn: list[tuple[int, int]], count: int, more: int
) -> None:
    """And each unit costs the price of the tier it falls into."""
    tiers = _in_tiers(drawn)
    free = {"kind": "freelancer", "per_post": tiers, "tiers": "marginal", "hourly_rate": 50}
    each = [
        next(t["price"] for t in tiers if number <= t.get("up_to", 1e9))
        for number in range(1, count + 1)
    ]
    costs = total(posts(free, count))
    assert costs == 12 * sum(each)
    assert total(posts(free, count + more)) >= costs


@settings(max_examples=25, deadline=None)
@given(_TIERS, st.integers(1, 40))
def test_one_price_holds_for_all_in_whole_tiers(drawn: list[tuple[int, int]], count: int) -> None:
    """All cost what the last of them costs; more of them may cost less."""
    tiers = _in_tiers(drawn)
    free = {"kind": "freelancer", "per_post": tiers, "tiers": "whole", "hourly_rate": 50}
    price = next(t["price"] for t in tiers if count <= t.get("up_to", 1e9))
    assert total(posts(free, count)) == 12 * count * price


@settings(max_examples=15, deadline=None)
@given(
    st.fixed_dictionaries(
        {"kind": st.just("freelancer"), "hourly_rate": st.integers(0, 90)},
        optional={
            "retainer": st.integers(0, 2000),
            "per_post": st.integers(0, 90),
            "days": st.integers(0, 9),
            "watch": st.sampled_from(("90/month", "3/h", "76/weekend")),
            "setup": st.integers(0, 900),
            "min_months": st.integers(0, 24),
            "notice": st.integers(0, 6),
            "discount": st.just({"12 months": "10%"}),
            "ad_spend": st.just({"share": "12%", "minimum": 300}),
        },
    )
)
def test_the_total_is_the_sum_of_the_parts(source: Data) -> None:
    """Of all parts together as of each alone, but for what one says of another."""
    data = posts(source, ad_spend=2000)
    option = only_option(data)
    assert option.total_cents == sum(entry.cents for entry in option.entries)
    for entry in option.entries:
        amount = entry.quantity * entry.unit_price * entry.price_index
        assert float(entry.amount) == pytest.approx(amount, abs=0.0051)


# As inputs --------------------------------------------------------------------------------------

RICH = posts(
    {
        "kind": "freelancer",
        "retainer": 800,
        "included": {"posts": 10, "hours": 2},
        "per_post": [{"up_to": 5, "price": "50..60"}, {"price": 48}],
        "tiers": "marginal",
        "hourly_rate": 50,
        "ad_spend": {"share": "12%", "minimum": 100},
        "min_months": 12,
        "notice": 2,
        "discount": {"12 months": "10%"},
        "watch": "76/weekend",
        "packages": {"networks": [{"up_to": 2, "price": 100}, {"price": 150}]},
        "hours": "24/year",
    },
    counts={"networks": 3},
    ad_spend=3000,
)


def test_every_number_is_an_input() -> None:
    """Each has its path, its unit, its words, its limits; moved, it moves what it should."""
    scenario = read(RICH)
    found = {each.path.removeprefix("sources.who."): each for each in inputs(scenario)}
    expected = {
        "retainer": "EUR/month",
        "included.posts": "units/month",
        "included.hours": "h/month",
        "per.posts.0.up_to": "units/month",
        "per.posts.0.price": "EUR",
        "per.posts.1.price": "EUR",
        "ad_spend.share": "%",
        "ad_spend.minimum": "EUR/month",
        "min_months": "months",
        "notice": "months",
        "discount.12 months": "%",
        "watch": "EUR/weekend",
        "packages.networks.0.up_to": "units/month",
        "packages.networks.1.price": "EUR/month",
        "hours": "h/year",
        "needs.ad_spend": "EUR/month",
        "needs.counts.networks": "",
    }
    assert {path: found[path].unit for path in expected} == expected
    assert all(found[path].given and found[path].ref for path in expected)
    for path in expected:
        whole = path if path.startswith("needs") else f"sources.who.{path}"
        moved = put(scenario, {whole: found[path].value + 1})
        assert input_at(moved, whole).value == found[path].value + 1
        assert written(scenario, whole, 1.0)
        assert in_words(whole, scenario)
    ranged = found["per.posts.0.price"]
    assert (ranged.value, ranged.range) == (55, (50, 60))


def test_a_moved_input_is_the_file_with_another_number() -> None:
    """The price of the first tier, and where it ends."""
    scenario = read(RICH)
    for path, value in (
        ("per.posts.0.price", 70),
        ("per.posts.0.up_to", 3),
        ("included.posts", 12),
    ):
        data = copy.deepcopy(RICH)
        where: Any = data["sources"]["who"]
        keys = path.replace("per.posts", "per_post").split(".")
        for key in keys[:-1]:
            where = where[int(key) if key.isdecimal() else key]
        where[keys[-1]] = value
        moved = cmsource.compare(put(scenario, {f"sources.who.{path}": value}), details=False)
        assert moved.options["who"].total == total(data)


def test_prices_in_short_name_the_same_input() -> None:
    """`per_post` in a path, in a flag and after --on means `per.posts`."""
    scenario = read(posts({"kind": "freelancer", "per_post": 60, "hourly_rate": 50}))
    assert input_at(scenario, "sources.who.per_post").path == "sources.who.per.posts"
    text = """\
country: FR
needs:
  cover: mon 9-17
  work: {posts: {per_month: 20, hours_each: 1.5}, stories: {per_month: 1, hours_each: 1}}
sources: {who: {kind: freelancer, per_post: 60, per_story: 5, per_hour: 40}}
options: {who: [who: {per_post: 50}]}
"""
    flags = ("sources.who.per_post=70", "sources.who.per_hour=45")
    found = read_text(text, overrides=flags).scenario
    assert found is not None
    source = found.sources["who"]
    assert (source.per, source.hourly_rate) == ({"posts": 70, "stories": 5}, 45)  # type: ignore[attr-defined]
    assert found.options[0].phases[0].sources[0].per["posts"] == 50  # type: ignore[attr-defined]


def test_a_break_even_at_the_kink_of_a_price() -> None:
    """Tiers of 60 up to 15 and 30 beyond cost what a flat 50 does where 900 + 30 (n − 15) = 50 n.

    That is at n = 22.5; below, at n = 0, both cost nothing.
    """
    tiers = [{"up_to": 15, "price": 60}, {"price": 30}]
    data = posts({"kind": "freelancer", "per_post": tiers, "tiers": "marginal", "hourly_rate": 9})
    data["sources"]["flat"] = {**data["sources"]["who"], "per_post": 50}
    data["options"]["flat"] = ["flat"]
    found = breakeven(read(data), on="needs.work.posts.per_month", low=1, high=60).found[0]
    assert [crossing.at for crossing in found.crossings] == [pytest.approx(22.5, abs=0.011)]


def test_a_break_even_at_the_edge_of_a_whole_tier() -> None:
    """At 60 up to 15 and 40 beyond, a flat 50 is cheaper up to 15 posts, and dearer from 16 on."""
    tiers = [{"up_to": 15, "price": 60}, {"price": 40}]
    data = posts({"kind": "freelancer", "per_post": tiers, "tiers": "whole", "hourly_rate": 9})
    data["sources"]["flat"] = {**data["sources"]["who"], "per_post": 50}
    data["options"]["flat"] = ["flat"]
    found = breakeven(read(data), on="needs.work.posts.per_month", low=1, high=60).found[0]
    [crossing] = found.crossings
    assert crossing.jumps
    assert crossing.at == pytest.approx(15, abs=0.02)


def test_a_tier_in_which_more_costs_less_is_told() -> None:
    """Fourteen posts at 60 cost 840, and sixteen at 48 cost 768; twelve at 60 cost 720."""
    tiers = [{"up_to": 15, "price": 60}, {"price": 48}]
    free = {"kind": "freelancer", "per_post": tiers, "tiers": "whole", "hourly_rate": 50}
    for count, told in ((14, True), (12, False), (16, False)):
        codes = [each.code for each in compared(posts(free, count)).warnings]
        assert ("W431" in codes) is told, count
    [warning] = [w for w in compared(posts(free, 14)).warnings if w.code == "W431"]
    assert "14 a month cost €840.00," in warning.message
    assert "just above 15 would cost €720" in warning.message
    marginal = {**free, "tiers": "marginal"}
    assert "W431" not in [each.code for each in compared(posts(marginal, 14)).warnings]


def test_tiers_count_each_month_of_a_season() -> None:
    """From January, 20 posts a month at 60, and 40 in December at 48, or 30 at 60 and 10 at 48.

    On the average, 21.67 a month, no month would reach the second tier.
    """
    tiers = [{"up_to": 30, "price": 60}, {"price": 48}]
    free = {"kind": "freelancer", "per_post": tiers, "tiers": "whole", "hourly_rate": 50}
    data = posts(free, seasons={"dec": "200%"}) | {"start": "2027-01-01"}
    assert total(data) == 11 * 20 * 60 + 40 * 48
    marginal = posts({**free, "tiers": "marginal"}, seasons={"dec": "200%"})
    assert total(marginal | {"start": "2027-01-01"}) == 11 * 20 * 60 + 30 * 60 + 10 * 48
    assert total(marginal) == total(marginal | {"start": "2027-01-01"})  # in an average year too


def test_what_is_included_counts_each_month_of_a_season() -> None:
    """Twenty are included each month; in December 20 of 40 are beyond, at 48."""
    free = {
        "kind": "freelancer",
        "retainer": 800,
        "included": {"posts": 20},
        "per_post": 48,
        "hourly_rate": 50,
    }
    assert total(posts(free, seasons={"dec": "200%"})) == 9600 + 20 * 48


def test_hours_of_a_year_wait_for_the_season() -> None:
    """From January, 10 h a month and 40 in December: of 140 h a year 110 are used before."""
    free = {"kind": "freelancer", "hourly_rate": 50, "hours": "140/year"}
    data = job(free, work={"content": "10 h/month"}, seasons={"dec": "400%"})
    assert total(data | {"start": "2027-01-01"}) == money(140 * 50 + 10 * 50)


def test_a_workbook_links_prices_and_locks_what_makes_steps() -> None:
    """Prices of tiers that are billed may be changed; where tiers end, and shares, may not."""
    text = yaml.safe_dump(RICH, sort_keys=False)

    def again(values: Mapping[str, str]) -> cmsource.Scenario:
        return cmsource.loads(text, overrides=[f"{path}={value}" for path, value in values.items()])

    found = links(read(RICH), again).linked
    linked = {"retainer", "per.posts.0.price", "per.posts.1.price", "packages.networks.1.price"}
    assert {f"sources.who.{path}" for path in linked} <= found
    locked = {"per.posts.0.up_to", "ad_spend.share", "included.posts", "discount.12 months"}
    assert found.isdisjoint({f"sources.who.{path}" for path in locked})


def test_a_simulation_draws_a_price_of_a_tier() -> None:
    """Five posts a month of the first tier at 50 to 60, 10 % off: between 2,700 and 3,240 of it."""
    base = copy.deepcopy(RICH)
    base["sources"]["who"]["per_post"][0]["price"] = 0
    rest = total(base)
    spread = cmsource.simulate(read(RICH), draws=40).options[0].totals
    low, high = (float(each) / 100 - float(rest) for each in (spread.least, spread.most))
    assert 2699 <= low < high - 100
    assert high <= 3241


def test_the_cursor_bills_outside_work_by_the_piece() -> None:
    """Whoever is in-house takes half of the posts: the other ten are billed at 60."""
    free = {"kind": "freelancer", "per_post": 60, "hourly_rate": 50}
    data = posts(free)
    data["sources"]["cm"] = employee(hours="35 h/week")
    found = mixes(read(data), ["posts"]).mixes
    [half] = [mix for mix in found if mix.shares == (0.5,)]
    [none] = [mix for mix in found if mix.shares == (0.0,)]
    assert none.total_cents - half.total_cents == 12 * 10 * 60 * 100


def test_what_to_ask_is_the_price_that_brings_most() -> None:
    """Of posts, hours and a setup the price of a post, up to the 60 that another one asks."""
    data = job(
        {"kind": "freelancer", "per_post": 40, "hourly_rate": 50, "setup": 900},
        work={"posts": POSTS, "reporting": "1 h/month"},
    )
    data["sources"]["flat"] = {**data["sources"]["who"], "per_post": 60}
    data["options"]["flat"] = ["flat"]
    scenario = read(data)
    for vary in ("", "per_post", "sources.who.per_post"):
        asked = cmsource.price(scenario, "who", vary=vary)
        assert asked.input.path == "sources.who.per.posts"
        assert asked.highest == pytest.approx(60, abs=0.011)


def test_an_option_may_sell_the_other_way() -> None:
    """What it says takes the place of what it excludes: hours of days, and a rate of another."""
    data = posts({"kind": "freelancer", "day_rate": 350, "days": "6/month"})
    data["options"] = {"hours": [{"who": {"per_hour": 50, "hours": "40/month"}}]}
    assert only_option(data).total == 12 * 40 * 50


# What is refused --------------------------------------------------------------------------------

NEEDS = """\
country: FR
needs:
  cover: mon-fri 9-17
  counts: {networks: 5}
  work: {posts: {per_month: 20, hours_each: 1.5}, reporting: 4 h/month}
"""


@pytest.mark.parametrize(
    ("source", "code", "at", "says"),
    [
        (
            "per_post: [{up_to: 9, price: 6}, {up_to: 5, price: 5}, {price: 4}], tiers: whole",
            "E220",
            "5",
            "ascend",
        ),
        (
            "per_post: [{up_to: 9, price: 6}, {up_to: 9, price: 5}, {price: 4}], tiers: whole",
            "E220",
            "9",
            "ascend",
        ),
        ("per_post: [{price: 6}, {price: 4}], tiers: whole", "E220", "{price: 6}", "only the last"),
        ("per_post: [{up_to: 9, price: 6}], tiers: whole", "E220", "9", "more than 9/month"),
        (
            "per_post: [{up_to: 9, price: 6}, {price: 4}]",
            "E220",
            "[{",
            "what the price of one is for",
        ),
        ("per_hour: []", "E220", "[]", "no tier"),
        (
            "packages: {networks: [{up_to: 4, price: 90}]}, included: all",
            "E220",
            "[{",
            "there are 5",
        ),
        ("per_reporting: 60", "E221", "60", "has in hours"),
        ("ad_spend: {share: 12%}", "E221", "{share", "does not say"),
        ("per_story: 60", "E201", "60", "does not count"),
        ("included: {posts: 15}", "E222", "{posts", "no retainer"),
        ("retainer: 5, included: {posts: 3 h/month}", "E204", "3 h/month", "counted, not timed"),
        ("packages: {networks: [{price: 9}]}", "E222", "{networks", "says nothing of the work"),
        ("beyond: refused", "E222", "refused", "refuses"),
        ("ad_spend: {share: 120%}", "E204", "120%", "more than 100%"),
        ("discount: {12 months: 120%}", "E204", "120%", "more than 100%"),
        ("discount: {soon: 10%}", "E204", "10%", "not a length of time"),
        ("per_hour: 5, hourly_rate: 6", "E207", "per_hour", "both"),
        ("per_post: 5, per: {posts: 6}", "E207", "posts", "both"),
        ("days: 3, hours: 6", "E207", "hours", "both"),
        ("hours: 6/year, per_hour: [{price: 6}], tiers: whole", "E207", "6/year", "count a month"),
        ("days: 3, beyond: refused, per_post: 5", "E207", "refused", "bills by the piece"),
        ("per_post: 6 €/month", "E204", "6 €/month", "price of one"),
        ("watch: 9", "E204", "9", "can be"),
        ("discount: {12 months: 10%}", "W430", "{12", "takes nothing off"),
        ("watch: 76/weekend", "W430", "76/weekend", "watches none"),
        ("min_months: 12, discount: {1 year: 9%, 12 months: 8%}", "E207", "8%", "length twice"),
        ("packages: {posts: [{price: 900}]}, per_post: 48", "W430", "48", "goes on for ever"),
        ("retainer: 9, included: {posts: all}, per_post: 48", "W430", "48", "are included"),
        ("per_hour: 5, per: {hour: 6}", "E201", "6", "whose price is `hourly_rate`"),
        ("per_week: 60", "E201", "60", "whose price is `retainer`"),
    ],
)
def test_errors_have_a_place_and_a_way_out(source: str, code: str, at: str, says: str) -> None:
    """What cannot be is refused where it stands."""
    text = f"{NEEDS}sources:\n  a: {{kind: agency, {source}}}\noptions: {{a: [a]}}\n"
    found = [each for each in read_text(text).diagnostics if each.code == code]
    assert found, read_text(text).diagnostics
    [diagnostic] = found
    assert says in diagnostic.message
    assert diagnostic.hint
    place = diagnostic.place
    assert place is not None
    assert place.line == 7
    assert text.splitlines()[6][place.column - 1 :].startswith(at)


@pytest.mark.parametrize(
    ("source", "way_out"),
    [
        ("per_story: 60", "write story: {per_month: 12, hours_each: 1.5} under `needs.work`"),
        ("retainer: 9, included: {reels: 3}", "write reels: {per_month: 12, hours_each: 1.5}"),
        ("packages: {networks: [{price: 9}]}, included: all", "networks: 3 under `needs.counts`"),
        ("per: {post: 60}", "did you mean `posts`?"),
        ("retainer: 9, included: 15 posts/month", "write {posts: 15/month}, or 15 h/month"),
        ("retainer: 9, included: 15 posts", "write {posts: 15/month}, or 15 h/month"),
        ("retainer: 9, included: {posts: 15 posts}", "write 15/month"),
        ("retainer: 9, included: 20 h", "20 h/month"),
        ("per_post: {up_to: 15, price: 60}", "[{up_to: 15, price: 60}, {price: 48}]"),
        ("per_hour: {price: 60}", "[{up_to: 15, price: 60}, {price: 48}]"),
    ],
)
def test_a_seller_is_told_how_to_write_it(source: str, way_out: str) -> None:
    """Posts among the hours, one tier alone, reels that nobody counts: as offers have them."""
    needs = "country: FR\nneeds: {work: {posts: {per_month: 12, hours_each: 1.5}}}\n"
    text = f"{needs}sources:\n  a: {{kind: agency, {source}}}\noptions: {{a: [a]}}\n"
    hints = [each.hint or "" for each in read_text(text).diagnostics]
    assert any(way_out in hint for hint in hints), hints


def test_what_is_beyond_the_last_package_has_a_price() -> None:
    """Twenty posts: 15 in a package of 800, five at 48."""
    packages = {"posts": [{"up_to": 10, "price": 600}, {"up_to": 15, "price": 800}]}
    data = posts({"kind": "freelancer", "packages": packages, "per_post": 48, "hourly_rate": 0})
    assert total(data) == 12 * (800 + 5 * 48)


def test_a_fault_is_told_once_however_many_options_have_it() -> None:
    """Three options change something else of the source; one changes the price that is at fault."""
    text = f"""{NEEDS}sources:
  a: {{kind: agency, per_story: 60}}
options:
  a: [a]
  b: [a: {{hourly_rate: 70}}]
  c: [a: {{hourly_rate: 80}}]
  d: [a: {{per_story: null, per_reel: 9}}]
"""
    found = [each for each in read_text(text).diagnostics if each.code == "E201"]
    assert [each.place.line for each in found if each.place] == [7, 12], found
