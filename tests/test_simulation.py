"""Simulation: what is drawn, what comes of it, and what is said about it."""

import json
import math
import random
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean, pvariance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.inputs.inputs import put
from cmsource.analysis.simulation.distributions import normal_share, quantile_of
from cmsource.analysis.simulation.draws import Drawn, draw, ranged_inputs
from cmsource.analysis.simulation.histogram import bins
from cmsource.analysis.simulation.outcomes import Outcomes
from cmsource.analysis.simulation.simulation import OptionDraws, Sampling, Simulation, simulate
from cmsource.analysis.simulation.statistics import centred, correlation, percentile, ranks
from cmsource.model import coverage
from cmsource.model.line.answers import Answers
from cmsource.model.resource import Resource
from cmsource.model.work import Allocation, allocate
from cmsource.reports.simulate import SimulateReport
from cmsource.results.comparison import Comparison
from cmsource.scenario.needs import Needs
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import ScenarioError
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page
from conftest import Cli
from readings import scenario

# 10 h a week of content for 12 months: an hourly rate r costs 10 · 52 · r, a retainer f 12 · f.
FLAT = """\
country: FR
horizon: 12 months
needs: {{cover: "mon-fri 09:00-17:00", work: {{content: 10 h/week}}}}
require: {{{require}}}
sources:
  hourly: {{kind: agency, on_duty: mon-fri 09:00-17:00, {hourly}}}
  monthly: {{kind: agency, on_duty: mon-fri 09:00-17:00, included: all, {monthly}}}
options: {{hourly: [hourly], monthly: [monthly]}}
"""
HOURS = 10 * 52
EXAMPLE = Path(__file__).parent.parent / "scenarios" / "boutique-24-7.yaml"
QUICK = EXAMPLE.with_name("quick.yaml")
WIDE = [
    "sources.agence.hourly_rate=60..90",
    "sources.agence.coordination=1..3 h/week",
    "sources.colleague.hourly_wage=18..25",
    "sources.cm.hourly_wage=14..18",
    "needs.messages.per_day=5..40",
    "needs.work.content=3..12 h/week",
    "require.watched=80%..95%",
    "require.budget=2000..6000/month",
    "prices.vendors=0%..6%",
    "tools.listening.price=100..300/month",
    "options.hybrid.0.colleague.takes.messages=10%..50%",
    "own_time=30..50",
]
SHORT = [
    "hours_per_day=1..4",
    "hourly_wage=13..20",
    "agency_rate=40..100",
    "horizon=12..36",
    "require.cost=60000..200000 total",
    "sources.intern.gratification=4.5..7",
    "sources.coach.days=1..3/month",
    "sources.freelancer.day_rate=250..450",
    "company.size=5..60",
]


def spearman(one: Sequence[float], other: Sequence[float]) -> float | None:
    """The rank correlation of two series."""
    return correlation(centred(one), centred(other))


def flat(
    hourly: str = "hourly_rate: 60..90", monthly: str = "retainer: 3000", require: str = ""
) -> Scenario:
    """Two agencies, one paid by the hour and one by the month."""
    return scenario(FLAT.format(hourly=hourly, monthly=monthly, require=require))


def drawn(one: Scenario, count: int = 20_000, seed: int = 1) -> dict[str, Drawn]:
    """The draws of a scenario's ranges by path."""
    return {each.ranged.path: each for each in draw(ranged_inputs(one), count, seed)}


def option(result: Simulation, name: str) -> OptionDraws:
    """One option of a simulation."""
    return next(each for each in result.options if each.name == name)


class TestTriangular:
    """The triangular distribution against its closed forms."""

    # low 2, likely 4, high 12: the turn is at F(4) = (4 - 2)/(12 - 2) = 0.2.
    # Below it x = 2 + sqrt(u · 10 · 2); above it x = 12 - sqrt((1 - u) · 10 · 8).
    # u = 0.05: 2 + sqrt(1) = 3; u = 0.2: 2 + sqrt(4) = 4; u = 0.55: 12 - sqrt(36) = 6;
    # u = 0.8: 12 - sqrt(16) = 8; u = 0.95: 12 - sqrt(4) = 10.
    @pytest.mark.parametrize(
        ("share", "value"),
        [(0.0, 2), (0.05, 3), (0.2, 4), (0.55, 6), (0.8, 8), (0.95, 10), (1.0, 12)],
    )
    def test_inverse_by_hand(self, share: float, value: float) -> None:
        """The inverse of the distribution function at shares worked out by hand."""
        assert quantile_of("triangular", 2, 4, 12)(share) == pytest.approx(value)

    @pytest.mark.parametrize(
        ("low", "likely", "high", "share", "value"),
        # Likely at the low end: 1 - F = (1 - x)², so F(0.5) = 0.75; at the high end F = x².
        [(0, 0, 1, 0.75, 0.5), (0, 1, 1, 0.25, 0.5), (5, 5, 5, 0.3, 5)],
    )
    def test_at_the_ends(
        self, low: float, likely: float, high: float, share: float, value: float
    ) -> None:
        """The likely value may be an end, and the range may have no width."""
        assert quantile_of("triangular", low, likely, high)(share) == pytest.approx(value)

    def test_mean_and_variance(self) -> None:
        """(a + m + b)/3 and (a² + m² + b² - am - ab - mb)/18, four standard errors allowed."""
        one = flat("hourly_rate: {low: 60, likely: 65, high: 100}")
        values = drawn(one)["sources.hourly.hourly_rate"].values
        low, likely, high = 60, 65, 100
        mean = (low + likely + high) / 3
        squares = low**2 + likely**2 + high**2 - low * likely - low * high - likely * high
        variance = squares / 18
        error = math.sqrt(variance / len(values))
        assert abs(fmean(values) - mean) < 4 * error
        # The fourth moment of a triangle is 2.4 times the squared variance, so the sample variance
        # has a standard error of variance · sqrt(1.4 / n).
        assert abs(pvariance(values) - variance) < 4 * variance * math.sqrt(1.4 / len(values))
        assert min(values) >= low
        assert max(values) <= high

    @given(
        st.lists(st.floats(0, 1e6), min_size=3, max_size=3),
        st.floats(0, 1),
        st.sampled_from(["triangular", "pert"]),
    )
    def test_within_the_range_and_rising(
        self, numbers: list[float], share: float, shape: str
    ) -> None:
        """Whatever the range, values stay in it and grow with the share."""
        low, likely, high = sorted(numbers)
        value = quantile_of(shape, low, likely, high)
        slack = 1e-9 * max(1.0, high)
        assert low - slack <= value(share) <= high + slack
        assert value(share / 2) <= value(share) + slack


class TestPert:
    """PERT against what is known of beta distributions."""

    def test_symmetric_quantiles(self) -> None:
        """With the likely value in the middle it is Beta(3, 3): F(x) = 10x³ - 15x⁴ + 6x⁵."""
        value = quantile_of("pert", 0, 0.5, 1)
        for x in (0.1, 0.25, 0.5, 0.7, 0.95):
            assert value(10 * x**3 - 15 * x**4 + 6 * x**5) == pytest.approx(x, abs=1e-5)

    def test_likely_at_the_low_end(self) -> None:
        """Then it is Beta(1, 5): F(x) = 1 - (1 - x)⁵."""
        value = quantile_of("pert", 0, 0, 1)
        for x in (0.01, 0.2, 0.5, 0.8):
            assert value(1 - (1 - x) ** 5) == pytest.approx(x, abs=1e-5)

    def test_mean_and_variance(self) -> None:
        """(a + 4m + b)/6, and the variance (mean - a)(b - mean)/7 of a beta with a + b = 6."""
        one = flat("hourly_rate: {low: 60, likely: 65, high: 100, shape: pert}")
        values = drawn(one)["sources.hourly.hourly_rate"].values
        mean = (60 + 4 * 65 + 100) / 6
        variance = (mean - 60) * (100 - mean) / 7
        assert abs(fmean(values) - mean) < 4 * math.sqrt(variance / len(values))
        assert pvariance(values) == pytest.approx(variance, rel=0.05)


class TestDraws:
    """What is drawn together, what is rounded, what is clipped."""

    def test_of_a_seed_are_the_same(self) -> None:
        """The same seed gives the same draws; another one others."""
        first, second, other = (drawn(flat(), 50, seed) for seed in (7, 7, 8))
        path = "sources.hourly.hourly_rate"
        assert first[path].values == second[path].values != other[path].values

    def test_do_not_change_with_other_ranges(self) -> None:
        """One more range leaves the draws of the others as they are."""
        path = "sources.hourly.hourly_rate"
        alone, together = drawn(flat(), 50), drawn(flat(monthly="retainer: 2000..4000"), 50)
        assert alone[path].values == together[path].values

    def test_first_numbers(self) -> None:
        """Python's generator seeded with the seed and the path, through the inverse function.

        60..90: below the middle 60 + sqrt(u · 30 · 15), above it 90 - sqrt((1 - u) · 30 · 15).
        """
        path = "sources.hourly.hourly_rate"
        source = random.Random(f"3:{path}").random
        for value in drawn(flat(), 20, 3)[path].values:
            u = source()
            exact = 60 + math.sqrt(450 * u) if u < 0.5 else 90 - math.sqrt(450 * (1 - u))
            assert value == pytest.approx(exact, abs=0.005001)

    @pytest.mark.parametrize("close", [0, 30, 60, 100])
    def test_correlated_within_a_source(self, close: int) -> None:
        """A Gaussian copula of correlation ρ has the rank correlation 6/π · asin(ρ/2)."""
        one = flat(
            f"hourly_rate: 60..90, setup: 0..{{b}}, correlated: {close}%".replace("{b}", "5")
        )
        by_path = drawn(one, 10_000)
        rate, setup = (by_path[f"sources.hourly.{key}"].values for key in ("hourly_rate", "setup"))
        expected = 6 / math.pi * math.asin(close / 100 / 2)
        assert spearman(rate, setup) == pytest.approx(expected, abs=0.04 if close < 100 else 1e-4)

    def test_margins_stay_when_correlated(self) -> None:
        """What moves together is still triangular: its median is the middle of 60..90."""
        one = flat("hourly_rate: 60..90, setup: 0..5, correlated: 60%")
        values = sorted(drawn(one)["sources.hourly.hourly_rate"].values)
        # The density at the median is 2/30, so the median's standard error is 0.5/sqrt(n)·15.
        assert abs(percentile(values, 0.5) - 75) < 4 * 0.5 / math.sqrt(len(values)) * 15
        assert abs(fmean(values) - 75) < 4 * math.sqrt(37.5 / len(values))

    def test_sources_are_independent(self) -> None:
        """Inputs of different sources do not move together, however correlated each is."""
        by_path = drawn(
            flat(
                "hourly_rate: 60..90, setup: 0..5, correlated: 100%",
                "retainer: 2000..4000, setup: 0..5, correlated: 100%",
            )
        )
        one = by_path["sources.hourly.hourly_rate"].values
        other = by_path["sources.monthly.retainer"].values
        assert spearman(one, other) == pytest.approx(0, abs=4 / math.sqrt(len(one)))

    def test_the_short_form_moves_as_one(self) -> None:
        """Messages and content of a range of ``hours_per_day`` are the same share of a day."""
        by_path = drawn(scenario("hours_per_day: 1..3\n"), 200)
        messages = by_path["needs.messages.per_week"].values
        content = by_path["needs.work.content"].values
        assert spearman(messages, content) == pytest.approx(1)

    def test_overrides_belong_to_their_source(self) -> None:
        """What an option sets for a source moves with the ranges of that source."""
        text = FLAT.format(
            hourly="hourly_rate: 60..90, correlated: 100%", monthly="retainer: 3000", require=""
        ).replace("hourly: [hourly]", "hourly: [hourly: {setup: 0..10}]")
        by_path = drawn(scenario(text), 200)
        assert set(by_path) == {"sources.hourly.hourly_rate", "options.hourly.0.hourly.setup"}
        one, other = (each.values for each in by_path.values())
        assert spearman(one, other) == pytest.approx(1, abs=1e-4)  # both are rounded to the cent

    def test_whole_numbers(self) -> None:
        """A range of people gives whole numbers of them, the ends with half the room.

        1..3, likely 2, is rounded: 1 below 1.5, where F = 0.5²/(2 · 1) = 0.125.
        """
        text = "sources: {a: {kind: employee, headcount: 1..3}}\noptions: {a: [a]}\n"
        values = drawn(scenario(text))["sources.a.headcount"].values
        shares = [values.count(float(each)) / len(values) for each in (1, 2, 3)]
        assert shares == pytest.approx([0.125, 0.75, 0.125], abs=0.01)

    def test_illegal_values_are_clipped(self) -> None:
        """Wages below the legal minimum count as that, and are counted."""
        text = "sources: {a: {kind: employee, hourly_wage: 10..20}}\noptions: {a: [a]}\n"
        one = scenario(text)
        assert one.country_data is not None
        minimum = float(one.country_data.value("minimum_wage"))
        found = drawn(one)["sources.a.hourly_wage"]
        assert min(found.values) == minimum
        # F(x) = (x - 10)²/(10 · 5) below the middle.
        expected = (minimum - 10) ** 2 / 50
        assert found.clipped / len(found.values) == pytest.approx(expected, abs=0.012)

    def test_the_normal_distribution(self) -> None:
        """Shares of the usual tables."""
        assert normal_share(0) == 0.5
        assert normal_share(1.96) == pytest.approx(0.9750021, abs=1e-7)
        assert normal_share(-1) == pytest.approx(0.1586553, abs=1e-7)


class TestRanking:
    """Percentiles and rank correlations on values worked out by hand."""

    def test_percentiles_are_linear(self) -> None:
        """Of 1, 2, 4, 8 the median is at place 1.5: 3; P10 at place 0.3: 1.3; P90 at 2.7: 6.8."""
        values = [1, 2, 4, 8]
        assert [percentile(values, share) for share in (0, 0.1, 0.5, 0.9, 1)] == pytest.approx(
            [1, 1.3, 3, 6.8, 8]
        )
        assert percentile([5], 0.3) == 5

    def test_ranks_share_ties(self) -> None:
        """Equal values have the average of the ranks that they take."""
        assert ranks([10, 20, 20, 5, 20]) == [2, 4, 4, 1, 4]

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ([1, 2, 3], [10, 20, 30], 1.0),
            ([1, 2, 3], [30, 20, 10], -1.0),
            # d = 0, 1, -1, 0 → 1 - 6 · 2/(4 · 15) = 0.8
            ([1, 2, 3, 4], [1, 3, 2, 4], 0.8),
            # Ranks 1, 2.5, 2.5, 4 with 1, 2, 3, 4: away from 2.5: -1.5, 0, 0, 1.5 and -1.5, -0.5,
            # 0.5, 1.5: product 4.5, lengths sqrt(4.5) and sqrt(5): sqrt(0.9).
            ([1, 2, 2, 3], [1, 2, 3, 4], math.sqrt(0.9)),
            # IQ and hours of television, the worked example of Wikipedia's article: -29/165.
            (
                [106, 100, 86, 101, 99, 103, 97, 113, 112, 110],
                [7, 27, 2, 50, 28, 29, 20, 12, 6, 17],
                -29 / 165,
            ),
        ],
    )
    def test_spearman(self, one: Sequence[float], other: Sequence[float], expected: float) -> None:
        """Rank correlations by hand, and a published example."""
        assert spearman(one, other) == pytest.approx(expected)

    def test_nothing_to_correlate(self) -> None:
        """A constant goes together with nothing."""
        assert spearman([1, 1, 1], [1, 2, 3]) is None

    @given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=2))
    def test_spearman_bounds(self, pairs: list[tuple[int, int]]) -> None:
        """From -1 to 1, the same both ways, and blind to any stretching."""
        one, other = ([float(value) for value in values] for values in zip(*pairs, strict=True))
        found = spearman(one, other)
        assert found == spearman(other, one)
        if found is not None:
            assert -1 <= found <= 1
            assert spearman([value**3 for value in one], other) == pytest.approx(found)

    @given(st.lists(st.integers(0, 10**9), min_size=1, max_size=200))
    def test_bins_hold_everything(self, values: list[int]) -> None:
        """Bins follow each other, cover all values, and count each once."""
        found = bins(values)
        assert sum(each.share for each in found) == pytest.approx(1)
        assert found[0].low <= min(values)
        assert found[-1].high >= max(values)
        assert all(one.high == other.low for one, other in pairwise(found))
        assert len(found) <= 12
        widths = {each.high - each.low for each in found}
        assert len(widths) == 1

    def test_bins_by_hand(self) -> None:
        """0 to 100 in bins of 10: the upper edge of the last one is part of it."""
        found = bins([0, 5, 10, 99, 100])
        assert [each.low for each in found] == list(range(0, 100, 10))
        assert [each.share for each in found] == [0.4, 0.2, *[0.0] * 7, 0.4]
        assert bins([7, 7]) == ((7, 7, 1.0),)


def compared(one: Scenario) -> Comparison:
    """The comparison of a scenario."""
    return cmsource.compare(one)


class TestSimulation:
    """Results that follow from the ranges by arithmetic."""

    def test_a_total_in_a_straight_line(self) -> None:
        """A total of 520 times the rate has 520 times the quantiles of the rate.

        Those of 60..90: F = 0.1 at 60 + sqrt(0.1 · 450) = 66.71, 0.5 at 75, 0.9 at 83.29. The
        standard error of a quantile is sqrt(p(1 - p)/n)/f; four of them are allowed.
        """
        result = simulate(flat(), draws=10_000)
        totals = option(result, "hourly").totals
        assert option(result, "hourly").at_likely == 75 * HOURS * 100
        for share, found in ((0.1, totals.p10), (0.5, totals.p50), (0.9, totals.p90)):
            away = math.sqrt(450 * min(share, 1 - share))
            rate = 60 + away if share <= 0.5 else 90 - away
            density = 2 * away / 450
            error = math.sqrt(share * (1 - share) / 10_000) / density
            assert abs(found / 100 / HOURS - rate) < 4 * error
        assert totals.mean / 100 / HOURS == pytest.approx(75, abs=4 * math.sqrt(37.5 / 10_000))
        assert 60 * HOURS * 100 <= totals.least <= totals.most <= 90 * HOURS * 100

    def test_share_cheapest(self) -> None:
        """The hourly agency wins where 520 · rate < 12 · 3000, below 69.23 an hour.

        F(69.23) = 9.23²/450 = 0.1893.
        """
        result = simulate(flat(), draws=10_000)
        expected = (12 * 3000 / HOURS - 60) ** 2 / 450
        error = math.sqrt(expected * (1 - expected) / 10_000)
        assert abs(option(result, "hourly").cheapest - expected) < 4 * error
        assert option(result, "monthly").cheapest == pytest.approx(
            1 - option(result, "hourly").cheapest
        )
        assert (result.none_eligible, result.at_likely) == (0, "monthly")
        assert result.leaders == ("monthly", "hourly")

    @pytest.mark.slow
    def test_chance_of_passing_the_budget(self) -> None:
        """A budget of 40,000 is passed above 76.92 an hour: 1 - F = (90 - 76.92)²/450 = 0.380."""
        result = simulate(flat(require="budget: 40000 total"), draws=10_000)
        expected = (90 - 40_000 / HOURS) ** 2 / 450
        found = option(result, "hourly")
        assert found.over_budget == pytest.approx(expected, abs=0.02)
        assert found.eligible == pytest.approx(1 - expected, abs=0.02)
        assert option(result, "monthly").over_budget == 0
        assert found.over_cost is None

    @pytest.mark.slow
    def test_an_uncertain_budget(self) -> None:
        """A budget can be a range: 36,000 fits one of 30,000..42,000 in half of the draws."""
        one = flat("hourly_rate: 75", require="budget: 30000..42000 total")
        assert option(simulate(one, draws=4_000), "monthly").over_budget == pytest.approx(
            0.5, abs=0.04
        )

    def test_none_eligible(self) -> None:
        """Where nothing meets what is required, no option is the cheapest."""
        result = simulate(flat(require="budget: 10 total"), draws=50)
        assert (result.none_eligible, result.at_likely) == (1, None)
        assert all(each.cheapest == 0 for each in result.options)
        assert "In no draw is any option eligible." in text_of(result)

    @pytest.mark.slow
    def test_what_matters_most(self) -> None:
        """A wide range of what decides comes before a narrow one; what moves nothing is at 0.

        The rate has a variance of 30²/24 = 37.5, times 520² 10,140,000; the setup of 0..10,000 one
        of 10,000²/24 = 4,166,667. Of their sum, the correlations are sqrt(0.709) and sqrt(0.291);
        those of ranks are close to them for shapes as round as these.
        """
        one = flat("hourly_rate: 60..90, setup: 0..10000, answer_delay: 1 min..10 min")
        result = simulate(one, draws=4_000)
        names = [weight.drawn.path.rpartition(".")[2] for weight in result.weights]
        assert names == ["hourly_rate", "setup", "answer_delay"]
        found = [weight.with_total["hourly"] for weight in result.weights]
        assert found == pytest.approx([math.sqrt(0.709), math.sqrt(0.291), 0], abs=0.07)
        # monthly leads, and costs the same in every draw: more of the rate speaks for it.
        assert result.leaders == ("monthly", "hourly")
        assert [weight.with_total["monthly"] for weight in result.weights] == [None] * 3
        assert result.weights[0].with_lead == pytest.approx(-math.sqrt(0.709), abs=0.07)

    @pytest.mark.parametrize("text", ["75..75", "{low: 75, likely: 75, high: 75, shape: pert}"])
    def test_ranges_of_no_width(self, text: str) -> None:
        """They are what ``compare`` says, to the cent, in every draw."""
        one = flat(f"hourly_rate: {text}", require="budget: 38000 total")
        result, exact = simulate(one, draws=20), compared(one)
        assert result.at_likely == exact.recommended
        for each in result.options:
            total = exact.options[each.name].total_cents
            assert (*each.totals, each.at_likely) == (total,) * 7
            assert each.eligible == float(exact.options[each.name].eligible)
            assert each.cheapest == float(each.name == exact.recommended)

    @settings(max_examples=15, deadline=None)
    @given(st.floats(20, 200), st.integers(500, 9000), st.integers(0, 10))
    def test_no_width_whatever_the_numbers(self, rate: float, fee: int, setup: int) -> None:
        """Ranges of no width on several inputs equal the comparison without ranges."""
        price = round(rate, 2)
        one = flat(
            f"hourly_rate: {price}..{price}, setup: {setup}..{setup}", f"retainer: {fee}..{fee}"
        )
        plain = flat(f"hourly_rate: {price}, setup: {setup}", f"retainer: {fee}")
        result, exact = simulate(one, draws=3), compared(plain)
        assert {o.name: o.totals.p50 for o in result.options} == {
            name: o.total_cents for name, o in exact.options.items()
        }
        assert result.at_likely == exact.recommended

    def test_one_draw_is_a_comparison(self) -> None:
        """A single draw is what ``compare`` makes of the values drawn."""
        one = flat("hourly_rate: 60..90", "retainer: 2000..4000")
        result = simulate(one, draws=1, seed=5)
        values = {path: each.values[0] for path, each in drawn(one, 1, 5).items()}
        exact = compared(
            flat(
                f"hourly_rate: {values['sources.hourly.hourly_rate']!r}",
                f"retainer: {values['sources.monthly.retainer']!r}",
            )
        )
        assert {o.name: o.totals.mean for o in result.options} == {
            name: o.total_cents for name, o in exact.options.items()
        }
        assert option(result, exact.recommended or "").cheapest == 1

    @pytest.mark.parametrize("overrides", [WIDE, SHORT], ids=["boutique", "short form"])
    def test_every_draw_is_a_comparison(self, overrides: list[str]) -> None:
        """Totals, eligibility and choice of each draw are those of the scenario moved there.

        With ranges that touch one option, some or all: prices, a wage, work,
        messages, a requirement, a tool, a field that one option overrides.
        """
        one = cmsource.load(QUICK if overrides is SHORT else EXAMPLE, overrides=overrides)
        ranges = ranged_inputs(one)
        assert len(ranges) >= len(overrides)
        outcomes = Outcomes(one, ranges)
        columns = [each.values for each in draw(ranges, 8, 3)]
        first = [values[0] for values in columns]
        rows = [list(values) for values in zip(*columns, strict=True)]
        # And draws that differ from the first in one number, for which the others are remembered.
        for place, values in enumerate(columns):
            rows.append([*first[:place], values[1], *first[place + 1 :]])
        for row in rows:
            seen = outcomes.draw(row)
            exact = compared(put(one, dict(zip(outcomes.paths, row, strict=True))))
            for outcome, each in zip(seen.outcomes, exact.options.values(), strict=True):
                assert outcome.total_cents == each.total_cents
                assert outcome.eligible == each.eligible
                missed = {held.name for held in each.requirements if held.met is False}
                assert outcome.passes == ("budget" in missed, "cost" in missed)
            chosen = None if seen.chosen is None else outcomes.names[seen.chosen]
            assert chosen == exact.recommended

    def test_work_is_worked_out_once_for_whoever_is_there(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An option is planned for each number of people that is drawn, whatever they cost.

        Own time is drawn as well: the other option costs more with it, and is planned once.
        """
        planned: list[str] = []

        def counted(
            resources: Sequence[Resource], needs: Needs, answers: Answers | None
        ) -> Allocation:
            planned.append(resources[0].name)
            return allocate(resources, needs, answers)

        monkeypatch.setattr(coverage, "allocate", counted)
        text = FLAT.format(
            hourly="hourly_rate: 60..90, depth: 1..3",
            monthly="retainer: 3000, coordination: 1 h/week",
            require="work_done: 50%",
        )
        one = scenario(f"own_time: 30..45\n{text}")
        result = simulate(one, draws=300)
        assert option(result, "monthly").totals.least < option(result, "monthly").totals.most
        depths = {*drawn(one, 300)["sources.hourly.depth"].values}
        assert len(depths) < 200
        assert planned.count("hourly") <= len(depths) + 1  # and at the likely values
        assert planned.count("monthly") == 1

    def test_equal_totals(self) -> None:
        """Of two eligible options of the same total, the one that a comparison recommends."""
        one = flat("retainer: 3000..3000", "retainer: 3000")
        assert simulate(one, draws=3).at_likely == compared(one).recommended

    def test_pieces_anywhere(self) -> None:
        """Pieces worked out by themselves, in any order, come to the same result."""
        one = flat("hourly_rate: 60..90, setup: 0..10000")
        whole = simulate(one, draws=600)
        found = {number: Sampling(one, 600).piece(number) for number in (2, 0, 1)}
        sampling = Sampling(one, 600)
        assert sampling.pieces == 3
        assert sampling.result([found[number] for number in range(3)]) == whole

    def test_phases_and_the_horizon(self) -> None:
        """Months of a phase and the horizon are drawn too: the last phase takes what is left."""
        text = FLAT.format(hourly="hourly_rate: 75", monthly="retainer: 3000", require="")
        text = text.replace("12 months", "12..24 months").replace(
            "monthly: [monthly]",
            "monthly: [monthly], both: {phases: [{months: 3..9, sources: [hourly]},"
            " {sources: [monthly]}]}",
        )
        result = simulate(scenario(text), draws=300)
        assert {weight.drawn.path for weight in result.weights} == {
            "horizon",
            "options.both.phases.0.months",
        }
        # 75 · 10 · 52/12 = 3250 a month against 3000: both lie between, over 12 to 24 months.
        both = option(result, "both").totals
        assert 12 * 3000_00 < both.least < both.most < 24 * 3250_00

    def test_too_many_draws(self) -> None:
        """None at all and more than 100,000 are refused."""
        for count in (0, 100_001):
            with pytest.raises(ValueError, match="draws"):
                simulate(flat(), draws=count)

    def test_nothing_to_draw(self) -> None:
        """A scenario without ranges says how to write one, with a key of its own."""
        with pytest.raises(ScenarioError) as caught:
            cmsource.simulate(flat("hourly_rate: 75"))
        found = caught.value.diagnostics[0]
        assert found.code == "E313"
        assert "sources.hourly.hourly_rate=60..90" in found.hint

    def test_warnings_of_ranges_are_about_others(self) -> None:
        """``compare`` says that it took the likely value; a simulation need not."""
        assert "W407" not in text_of(simulate(flat(), draws=20))


def text_of(result: Simulation, width: int = 80, *, colour: bool = False) -> str:
    """A simulation as a terminal of a width shows it."""
    return written(SimulateReport(result), Format.TABLE, Page(width, colour=colour))


def form_of(result: Simulation, form: Format) -> str:
    """A simulation in a format for machines."""
    return written(SimulateReport(result), form, Page())


class TestOutput:
    """Text, JSON and CSV."""

    def test_answer_first(self) -> None:
        """The shares of the options come before anything else, and lines fit."""
        one = flat(require="budget: 40000 total")
        for width in (60, 80, 120):
            text = text_of(simulate(one, draws=500), width)
            lines = text.splitlines()
            answer = " ".join(text.partition("╰")[0].replace("│", " ").split())
            assert "500 draws of 1 range · seed 1" in answer
            assert "of the draws, monthly is the cheapest eligible option" in answer
            assert max(map(len, lines)) <= width
            for word in ("P10", "> budget", "How the totals spread", "Which input matters most"):
                assert word in text
            assert "sources.hourly.hourly_rate" in text.split()
            assert "━━━━" in text

    def test_the_likely_values_are_said_where_they_say_something_else(self) -> None:
        """At 75 an hour another option is the cheapest than in most draws."""
        result = simulate(flat("hourly_rate: {low: 60, likely: 61, high: 100}"), draws=200)
        turned = result._replace(at_likely=result.leaders[-1])
        assert f"At the likely values, it is {result.leaders[-1]}." in text_of(turned)
        assert "At the likely values, none is eligible." in text_of(result._replace(at_likely=None))

    def test_draws_beyond_what_is_allowed_are_counted(self) -> None:
        """An input whose draws were cut says how many, and where the bound is."""
        result = simulate(flat("hourly_rate: 60..90"), draws=50)
        weight = result.weights[0]
        drawn = weight.drawn._replace(input=weight.drawn.input._replace(low=70.0))
        cut = result._replace(weights=(weight._replace(clipped=0.25, drawn=drawn),))
        text = " ".join(text_of(cut).split())
        assert "Draws beyond what is allowed" in text
        assert "25.0% of its draws count as the nearest allowed value, at least 70 EUR/h" in text

    def test_paint_only_adds_codes(self) -> None:
        """Colour changes no character."""
        result = simulate(flat(), draws=50)
        painted = text_of(result, colour=True)
        assert "\x1b[" in painted
        assert re.sub(r"\x1b\[[0-9;]*m", "", painted).split() == text_of(result).split()

    def test_json(self) -> None:
        """Money with two decimals, shares from 0 to 1, the keys in their order."""
        data = json.loads(
            form_of(simulate(flat(require="budget: 40000 total"), draws=200), Format.JSON)
        )
        assert data["format"] == "cmsource/simulation/1"
        assert list(data)[1:] == [
            "scenario", "draws", "seed", "options", "none_eligible", "at_likely", "leaders",
            "inputs", "by", "worth_of_knowing",
        ]  # fmt: skip
        hourly = data["options"]["hourly"]
        assert hourly["total_at_likely"] == 75.0 * HOURS
        assert sum(each["share"] for each in hourly["histogram"]) == pytest.approx(1, abs=1e-5)
        assert data["inputs"][0] == {
            "path": "sources.hourly.hourly_rate",
            "unit": "EUR/h",
            "low": 60.0,
            "likely": 75.0,
            "high": 90.0,
            "shape": "triangular",
            "correlated_with": None,
            "correlation": 0.0,
            "clipped": 0.0,
            "rank_correlation": data["inputs"][0]["rank_correlation"],
        }

    def test_csv(self) -> None:
        """A row an option, as many cells as titles."""
        rows = [
            line.split(",") for line in form_of(simulate(flat(), draws=50), Format.CSV).splitlines()
        ]
        assert [row[1] for row in rows[1:]] == ["hourly", "monthly"]
        assert {len(row) for row in rows} == {len(rows[0])}
        assert rows[0][-2:] == [
            "rank_correlation sources.hourly.hourly_rate",
            "worth_of_knowing sources.hourly.hourly_rate",
        ]


class TestCommand:
    """``cmsource simulate``."""

    RATE = "sources.agence.hourly_rate=60..90"

    def test_runs(self, cli: Cli) -> None:
        """An example with a range set on the command line, twice the same bytes."""
        words = ("simulate", EXAMPLE, "--set", self.RATE, "--draws", "60")
        first, second = cli(*words), cli(*words)
        assert (first.status, first.err) == (0, "")
        assert first.out == second.out
        other = cli(*words, "--seed", "2")
        assert other.out != first.out

    @pytest.mark.parametrize(
        "words",
        [
            ("--draws", "0"),
            ("--draws", "-5"),
            ("--draws", "100001"),
            ("--draws", "many"),
            ("--seed", "x"),
            ("--jobs", "-1"),
            ("--format", "xml"),
            ("--set", "sources.agence.hourly_rate=90..60"),
            ("--set", "sources.agence.rate=60..90"),
            ("--set", "sources.agence.hourly_rate=70"),
        ],
    )
    def test_bad_input(self, cli: Cli, words: tuple[str, ...]) -> None:
        """A clear message on standard error, status 2, and nothing else."""
        ran = cli("simulate", EXAMPLE, *words)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err
        assert "Traceback" not in ran.err

    @pytest.mark.slow
    def test_any_number_of_processes(self, cli: Cli) -> None:
        """One process or several: the same bytes."""
        words = ("simulate", EXAMPLE, "--set", self.RATE, "--draws", "1100")
        assert cli(*words, "--jobs", "1").out == cli(*words, "--jobs", "3").out

    def test_formats(self, cli: Cli) -> None:
        """JSON and CSV on standard output."""
        words = ("simulate", EXAMPLE, "--set", self.RATE, "--draws", "20")
        assert json.loads(cli(*words, "--format", "json").out)["draws"] == 20
        assert cli(*words, "--format", "csv").out.startswith("scenario,option,")
