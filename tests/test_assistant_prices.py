"""Software that sells in the words of all who bill: tiers, packages and discounts by hand.

The scenario is that of the assistants: 210 resolutions a week are 910 a month, 10,920 a year.
"""

from decimal import Decimal

import pytest

import cmsource
from cmsource.analysis.breakeven.breakeven import breakeven
from cmsource.analysis.inputs.inputs import inputs
from cmsource.results.option import OptionResult
from readings import findings, marked, scenario
from test_assistants import TEXT, option

PRICE = "    price: 0.99/resolution\n"
TIERS = "[{up_to: 600, price: 0.99}, {price: 0.79}]"
LEFT = "both: {phases: [{months: 4, sources: [bot, firm]}, {sources: [firm]}]}"


def priced(*lines: str, needs: str = "") -> str:
    """The scenario with other prices of the software."""
    text = TEXT.replace(PRICE, "".join([f"    {line}\n" for line in lines]))
    return text.replace("needs:\n", f"needs:\n  {needs}\n") if needs else text


def billed(found: OptionResult, category: str = "fees") -> list[tuple[float, str, Decimal]]:
    """What the software bills: quantity, unit and amount."""
    entries = [e for e in found.entries if (e.source, e.category) == ("bot", category)]
    return [(round(e.quantity, 6), e.unit, e.amount) for e in entries]


def year(*lines: str, needs: str = "") -> list[tuple[float, str, Decimal]]:
    """What it bills in a year."""
    return billed(option(text=priced(*lines, needs=needs)))


@pytest.mark.parametrize(
    "line",
    ["price: 0.99/resolution", "per: {resolutions: 0.99}", "per_resolution: 0.99"],
)
def test_three_ways_to_write_a_price(line: str) -> None:
    """A resolution at 0.99: 10,920 × 0.99 = 10,810.80, however that is written."""
    assert year(line) == [(10_920, "resolution", Decimal("10810.80"))]


@pytest.mark.parametrize("line", ["price: 500/month", "retainer: 500/month", "per_month: 500"])
def test_three_ways_to_write_a_fee(line: str) -> None:
    """A month at 500, however that is written."""
    assert year(line) == [(12, "month", Decimal("6000.00"))]


def test_tiers_that_bill_what_falls_into_them() -> None:
    """Of 910 a month 600 at 0.99 and 310 at 0.79: 7,200 × 0.99 = 7,128; 3,720 × 0.79 = 2,938.80."""
    assert year(f"per_resolution: {TIERS}", "tiers: marginal") == [
        (7200, "resolution", Decimal("7128.00")),
        (3720, "resolution", Decimal("2938.80")),
    ]


def test_tiers_that_bill_the_whole_volume() -> None:
    """All 910 at the price of the tier that they reach: 10,920 × 0.79 = 8,626.80."""
    whole = year(f"per_resolution: {TIERS}", "tiers: whole")
    assert whole == [(10_920, "resolution", Decimal("8626.80"))]
    # 910 themselves still belong to a tier that goes up to 910.
    last = TIERS.replace("600", "910")
    full = year(f"per_resolution: {last}", "tiers: whole")
    assert full == [(10_920, "resolution", Decimal("10810.80"))]


def test_tiers_count_what_is_beyond_the_retainer() -> None:
    """Of 910 a month 210 are in the retainer; of the other 700 the first 600 are at 0.99."""
    lines = ("retainer: 85/month", "included: {resolutions: 210/month}", "tiers: marginal")
    assert year(f"per_resolution: {TIERS}", *lines) == [
        (12, "month", Decimal("1020.00")),
        (7200, "resolution", Decimal("7128.00")),
        (1200, "resolution", Decimal("948.00")),
    ]


def test_the_first_ones_for_nothing() -> None:
    """A vendor may give 50 a month away: (910 − 50) × 12 × 0.50 = 5,160."""
    lines = ("per_resolution: 0.50", "included: {resolutions: 50/month}")
    assert year(*lines) == [(10_320, "resolution", Decimal("5160.00"))]


def test_packages() -> None:
    """A month costs what the package costs that holds 910: 900 above 500, 300 up to 1,000."""
    above = "packages: {resolutions: [{up_to: 500, price: 300}, {price: 900}]}"
    assert year(above) == [(12, "month", Decimal("10800.00"))]
    below = above.replace("500", "1000")
    assert year(below) == [(12, "month", Decimal("3600.00"))]


def test_beyond_the_last_package() -> None:
    """Up to 500 in the package of 300; the other 410 a month at 0.50: 4,920 × 0.50 = 2,460."""
    package = "packages: {resolutions: [{up_to: 500, price: 300}]}"
    assert year(package, "per_resolution: 0.50") == [
        (12, "month", Decimal("3600.00")),
        (4920, "resolution", Decimal("2460.00")),
    ]


def test_packages_by_what_the_scenario_counts() -> None:
    """Three networks are in the package of 450, whatever it answers."""
    lines = "packages: {networks: [{up_to: 2, price: 200}, {price: 450}]}"
    found = year(lines, needs="counts: {networks: 3}")
    assert found == [(12, "month", Decimal("5400.00"))]


def test_a_discount_for_the_commitment() -> None:
    """A tenth less for a year: 0.891 × 10,920 = 9,729.72 and 0.9 × 85 × 12 = 918; not off setup."""
    lines = ("retainer: 85/month", "setup: 500", "discount: {6 months: 5%, 12 months: 10%}")
    text = priced("price: 0.99/resolution", *lines, "min_months: 12")
    found = option(text=text)
    assert billed(found) == [
        (12, "month", Decimal("918.00")),
        (10_920, "resolution", Decimal("9729.72")),
    ]
    assert billed(found, "setup") == [(1, "time", Decimal("500.00"))]
    less = option(text=text.replace("min_months: 12", "min_months: 8"))
    # 0.95 × (10,810.80 + 1,020): five hundredths less.
    assert sum([amount for *_, amount in billed(less)]) == Decimal("11239.26")


def test_a_notice_pays_for_the_package() -> None:
    """Left after four months: two of notice at the package of 900, less a tenth: 1,620."""
    package = "packages: {resolutions: [{up_to: 500, price: 300}, {price: 900}]}"
    text = priced(package, "notice: 2 months").replace("both: [bot, firm]", LEFT)
    assert billed(option(text=text), "exit") == [(2, "month", Decimal("1800.00"))]
    less = "min_months: 3\n    discount: {3 months: 10%}"
    cheap = text.replace("notice: 2 months", f"notice: 2 months\n    {less}")
    assert billed(option(text=cheap), "exit") == [(2, "month", Decimal("1620.00"))]


def test_a_commitment_pays_for_the_month() -> None:
    """Left after four of six months: two at 300 and the retainer of 85; no resolution is owed."""
    lines = ("price: 300/month", "retainer: 85/month", "per_resolution: 0.10", "min_months: 6")
    text = priced(*lines).replace("both: [bot, firm]", LEFT)
    assert billed(option(text=text), "exit") == [(2, "month", Decimal("770.00"))]


def test_a_share_of_ads() -> None:
    """Software that runs ads asks 10 % of 2,000, or 300 a month where that is more."""
    needs = "ad_spend: 2000/month"
    fee = ("retainer: 85", "ad_spend: {share: 10%}")
    assert sum([each[2] for each in year(*fee, needs=needs)]) == 12 * (85 + 200)
    least = ("retainer: 85", "ad_spend: {share: 10%, minimum: 300}")
    assert sum([each[2] for each in year(*least, needs=needs)]) == 12 * (85 + 300)


def test_its_lines_say_where_they_came_from() -> None:
    """A tier points at its price, and at the share that says how many there are."""
    text = priced(
        "per:", "  resolutions:", "    - {up_to: 600, price: 0.99}", "    - {price: 0.79}"
    )
    text = text.replace("    resolves", "    tiers: marginal\n    resolves")
    first, second = [e for e in option(text=text).entries if e.unit == "resolution"]
    assert (first.refs[0], second.refs[0]) == ("s.yaml:13", "s.yaml:14")
    assert "s.yaml:16" in first.refs
    assert "up to 600 a month" in first.why


def test_its_prices_are_inputs() -> None:
    """Each of them can be moved; an option may price it otherwise."""
    text = priced(f"per_resolution: {TIERS}", "tiers: marginal", "discount: {12 months: 10%}")
    found = {each.path for each in inputs(scenario(text))}
    for key in ("per.resolutions.0.price", "per.resolutions.1.price", "discount.12 months"):
        assert f"sources.bot.{key}" in found
    other = text.replace("both: [bot, firm]", "both: [bot: {per_resolution: 0.50}, firm]")
    assert billed(option(text=other)) == [(10_920, "resolution", Decimal("5460.00"))]


def test_from_which_price_on_it_pays() -> None:
    """109,200 − 75,712 − 4,160 is left for 10,920 resolutions: 29,328 / 10,920 = 2.6857."""
    text = priced("per_resolution: 0.99")
    where = "sources.bot.per.resolutions"
    [crossing] = breakeven(scenario(text), "people", "both", on=where).found[0].crossings
    assert crossing.at == pytest.approx(29_328 / 10_920, rel=1e-3)


def test_more_that_would_cost_less() -> None:
    """910 at 0.99 cost 900.90, and just above 1,000 all would cost 0.79: 790."""
    tiers = "[{up_to: 1000, price: 0.99}, {price: 0.79}]"
    text = priced(f"per_resolution: {tiers}", "tiers: whole")
    told = [each for each in cmsource.compare(scenario(text)).warnings if each.code == "W431"]
    assert len(told) == 1
    assert "sources.bot.per.resolutions" in told[0].message


@pytest.mark.parametrize(
    ("lines", "code", "mark", "words"),
    [
        ((f"per_resolution: {TIERS}",), "E220", TIERS, "nothing says what the price of one is"),
        (("per: {posts: 3}",), "E204", "3", "counted in resolutions"),
        (
            ("per_resolution: 1", "price: 0.99/resolution"),
            "E207",
            "price",
            "has both `per.resolutions` and `price`",
        ),
        (
            ("packages: {messages: [{price: 300}]}",),
            "E201",
            "[{price: 300}]",
            "names `messages`, and what software does is counted in resolutions",
        ),
        (("retainer: 85", "included: 5 h/month"), "E204", "5 h/month", "counted in resolutions"),
        (("per_resolution: 1", "discount: {soon: 10%}"), "E204", "10%", "soon"),
        (("retainer: 85", "ad_spend: {share: 10%}"), "E221", "{share: 10%}", "ad_spend"),
        (("per_hour: 50",), "E201", "per_hour", "do not take `hourly_rate`"),
    ],
)
def test_errors_say_where(lines: tuple[str, ...], code: str, mark: str, words: str) -> None:
    """Each stands at what is wrong."""
    text = priced(*lines)
    [found] = [each for each in findings(text) if each.code == code]
    assert words in found.message
    assert marked(found) == mark


def test_no_price_at_all() -> None:
    """Where no vendor's price stands in, one is asked for; a package is one."""
    text = priced("per: {}").replace("country: FR", "country: FR\ncurrency: JPY")
    assert "E202" in [each.code for each in findings(text)]


def test_people_sell_no_resolutions() -> None:
    """What software answers is no unit of somebody's work."""
    text = TEXT.replace("hourly_rate: 50", "hourly_rate: 50, per_resolution: 2")
    [found] = [each for each in findings(text) if each.code == "E201"]
    assert "names `resolutions`, which `needs` does not count" in found.message
