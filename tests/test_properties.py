"""What holds in every scenario: properties over generated ones."""

import copy
import json
from decimal import Decimal
from math import inf
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.results.coverage import Coverage
from cmsource.results.option import OptionResult
from strategies import Data, compared, read, scenarios

# One scenario takes some 15 ms to read and compare; a slow machine is no failure.
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
sometimes = settings(often, max_examples=30)


def changed(data: Data, path: str, value: object) -> Data:
    """A copy of a scenario with one value changed."""
    result = copy.deepcopy(data)
    *keys, last = path.split(".")
    inner = result
    for key in keys:
        inner = inner.setdefault(key, {})
    inner[last] = value
    return result


def without_places(option: OptionResult) -> Any:  # noqa: ANN401 - plain JSON
    """An option as JSON, but for the lines and the order in which its file names things."""
    whole = cmsource.Comparison(
        "", "", "", "", option.horizon, {option.name: option}, None, "", (), (), (), detailed=True
    )
    data = json.loads(cmsource.to_json(whole))["options"][option.name]
    for entry in data["entries"]:
        entry["refs"] = sorted(ref.partition(":")[0] for ref in entry["refs"])
    data["entries"].sort(key=json.dumps)
    return data


def undetailed(data: Data) -> cmsource.Comparison:
    """A comparison without rosters, answer times and advice, where nothing is said of them."""
    return compared(data, details=False)


def near(one: Decimal, other: Decimal, entries: int) -> bool:
    """Whether two amounts differ by no more than the rounding of so many entries."""
    return abs(one - other) <= Decimal(entries) / 100


# The ledger and the file ------------------------------------------------------------------------


@pytest.mark.slow
@often
@given(scenarios())
def test_entries_sum_to_every_total(data: Data) -> None:
    """Total, categories, sources and years are sums of the same cents; cash is no more."""
    for option in undetailed(data).options.values():
        cents = sum(entry.cents for entry in option.entries)
        assert option.total_cents == cents
        for parts in (option.by_category.values(), option.by_source.values(), option.by_year):
            assert sum(parts, Decimal()) == option.total
        assert 0 <= option.cash <= option.total
        # The state's aid for an apprentice can be more than the charges.
        charged = (entry for entry in option.entries if entry.category != "employer charges")
        assert all(entry.cents > 0 for entry in charged)
        for entry in option.entries:
            assert 0 <= entry.from_month <= option.horizon
            assert entry.from_month + entry.months <= option.horizon + 1e-6


@pytest.mark.slow
@often
@given(scenarios())
def test_shares_are_shares(data: Data) -> None:
    """Every share lies from 0 to 1, up to the noise of floats; presences and depths make sense.

    A year has 52 weeks to be short in; nothing bounds how busy people are, and how long one waits.
    """
    most = {"weeks_short": 52, "utilisation": inf, "live_after_months": inf, "approval_days": inf}
    for option in undetailed(data).options.values():
        for figures in (*(p.coverage for p in option.phases), option.coverage):
            for name, value in figures._asdict().items():
                if value is not None:
                    assert -1e-9 <= value <= most.get(name, 1) + 1e-9, name
        for phase in option.phases:
            for source in phase.sources.values():
                assert 0 <= source.presence <= min(1, source.depth) + 1e-9
        average = option.horizon_average
        steady = max(p.coverage.watched or 0 for p in option.phases)
        assert 0 <= (average.watched or 0) <= steady + 1e-9


@pytest.mark.slow
@often
@given(scenarios())
def test_json_round_trips(data: Data) -> None:
    """A comparison reads back from its JSON to the same JSON."""
    text = cmsource.to_json(compared(data))
    assert cmsource.to_json(cmsource.from_json(text)) == text


@pytest.mark.slow
@sometimes
@given(scenarios())
def test_the_same_scenario_gives_the_same_bytes(data: Data) -> None:
    """Nothing but the scenario decides the result."""
    assert cmsource.to_json(compared(data)) == cmsource.to_json(compared(data))


# Order ------------------------------------------------------------------------------------------


@pytest.mark.slow
@often
@given(scenarios(), st.randoms(use_true_random=False))
def test_the_order_of_options_never_matters(data: Data, chance: Any) -> None:  # noqa: ANN401
    """Shuffled, every option gives the same JSON and the same one is recommended."""
    scenario = read(data)
    options = list(scenario.options)
    chance.shuffle(options)
    one = json.loads(cmsource.to_json(cmsource.compare(scenario)))
    other = json.loads(cmsource.to_json(cmsource.compare(scenario.changed(options=(*options,)))))
    for result in (one, other):  # signals and warnings name options in the scenario's order
        result["warnings"].sort(key=lambda warning: warning["message"])
        for signal in result["signals"]:
            signal["reason"] = sorted(signal["reason"])
            signal["speaks_for"].sort()
            signal["speaks_against"].sort()
    assert one == other


@pytest.mark.slow
@sometimes
@given(scenarios(), st.randoms(use_true_random=False))
def test_the_order_of_keys_never_matters(data: Data, chance: Any) -> None:  # noqa: ANN401
    """Maps shuffled at every level, lists and the activities of work apart: the same figures."""

    def shuffled(value: object, path: str = "") -> object:
        if not isinstance(value, dict):
            return value
        keys = list(value)
        if path != ".needs.work":  # its order is the order in which the work is done
            chance.shuffle(keys)
        return {key: shuffled(value[key], f"{path}.{key}") for key in keys}

    other_data = shuffled(data)
    assert isinstance(other_data, dict)
    one, other = compared(data), compared(other_data)
    assert (one.recommended, one.reason) == (other.recommended, other.reason)
    assert sorted(one.options) == sorted(other.options)
    for name, option in one.options.items():
        assert without_places(option) == without_places(other.options[name])
    assert {(a.path, a.value) for a in one.assumptions} == {
        (a.path, a.value) for a in other.assumptions
    }


@pytest.mark.slow
@sometimes
@given(scenarios(options=4))
def test_comparing_fewer_options_changes_none_of_them(data: Data) -> None:
    """Each option alone has the figures that it has among all; only the frontier is relative."""
    scenario = read(data)
    everything = cmsource.compare(scenario).options
    for name, option in everything.items():
        alone = cmsource.compare(scenario, only=[name]).options[name]
        assert alone._replace(on_frontier=option.on_frontier) == option


# Money ------------------------------------------------------------------------------------------

_PRICES = {
    "sources.cm.hourly_wage": 13.0,
    "sources.apprentice.hourly_wage": 6.0,
    "sources.colleague.hourly_wage": 13.0,
    "sources.intern.gratification": 4.5,
    "sources.freelancer.hourly_rate": 25.0,
    "sources.agency.hourly_rate": 40.0,
    "sources.agency.retainer": 0.0,
    "sources.coach.day_rate": 500.0,
    "sources.cm.recruitment": 0.0,
    "sources.cm.benefits": 0.0,
    "sources.agency.setup": 0.0,
    "sources.bot.retainer": 0.0,
    "tools.publishing.price": 0.0,
    "own_time": 20.0,
}


@pytest.mark.slow
@often
@given(
    scenarios(),
    st.sampled_from(sorted(_PRICES)),
    st.integers(0, 3000),
    st.integers(1, 3000),
)
def test_a_dearer_price_never_makes_an_option_cheaper(
    data: Data, path: str, base: int, more: int
) -> None:
    """Each wage, rate, retainer or price raised by any amount: no total falls, no cover moves."""
    low = _PRICES[path] + base / 100
    cheap = undetailed(changed(data, path, low)).options
    dear = undetailed(changed(data, path, low + more / 100)).options
    for name, option in cheap.items():
        assert dear[name].total_cents >= option.total_cents
        assert dear[name].coverage == option.coverage


@pytest.mark.slow
@sometimes
@given(scenarios(), st.sampled_from(("wages", "vendors")), st.integers(0, 20), st.integers(1, 20))
def test_prices_that_rise_faster_never_cost_less(
    data: Data, key: str, percent: int, more: int
) -> None:
    """A higher yearly rise costs at least as much, and the same in the first year."""
    slow = undetailed(changed(data, f"prices.{key}", f"{percent}%")).options
    fast = undetailed(changed(data, f"prices.{key}", f"{percent + more}%")).options
    for name, option in slow.items():
        assert fast[name].total_cents >= option.total_cents
        if option.horizon < 12:
            kept = [e.cents for e in option.entries if e.category != "exit"]
            assert [e.cents for e in fast[name].entries if e.category != "exit"] == kept


@sometimes
@given(scenarios())
def test_a_longer_horizon_of_flat_prices_costs_in_proportion(data: Data) -> None:
    """Twice the years cost twice as much, once what is paid only once is left out."""
    data = changed(data, "prices", {})
    data["options"] = {
        name: option for name, option in data["options"].items() if isinstance(option, list)
    } or {"a": ["agency"]}
    for source in data["sources"].values():
        source |= {"starts_after": 0, "ramp_up": 0}
        if source["kind"] == "intern":  # paid by their months: three placements in 24 of them
            source |= {"placement": 6, "gap": 2}
    one = undetailed(changed(data, "horizon", 24)).options
    two = undetailed(changed(data, "horizon", 48)).options

    def recurring(option: OptionResult) -> int:
        return sum(
            e.cents
            for e in option.entries
            if e.months and not (e.source == "apprentice" and e.category != "benefits")
        )

    for name, option in one.items():
        assert recurring(two[name]) == 2 * recurring(option)
        assert two[name].coverage == option.coverage


@sometimes
@given(scenarios(), st.integers(0, 10))
def test_a_discount_never_adds_value(data: Data, percent: int) -> None:
    """The present value is at most the total, and equals it without a discount."""
    for option in undetailed(changed(data, "prices.discount", f"{percent}%")).options.values():
        assert option.npv is not None
        if percent:
            assert option.npv <= option.total
        else:
            assert option.npv == option.total


# People and hours -------------------------------------------------------------------------------


_GRID = 0.01  # the line of messages is counted in steps


def _do_no_less(more: Coverage, less: Coverage) -> None:
    """Nothing that is done or answered is lost, but for the coarseness of the line."""
    assert (more.work_done or 0) >= (less.work_done or 0) - _GRID
    assert (more.answered or 0) >= (less.answered or 0) - _GRID


@pytest.mark.slow
@often
@given(scenarios(), st.sampled_from(("cm", "intern")), st.integers(1, 4), st.integers(1, 3))
def test_more_people_never_watch_or_do_less(data: Data, name: str, people: int, more: int) -> None:
    """More headcount: no less watched or done in any phase, no less paid."""
    few = undetailed(changed(data, f"sources.{name}.headcount", people)).options
    many = undetailed(changed(data, f"sources.{name}.headcount", people + more)).options
    for option_name, option in few.items():
        other = many[option_name]
        for one, two in zip(option.phases, other.phases, strict=True):
            assert (two.coverage.watched or 0) >= (one.coverage.watched or 0) - 1e-9
            _do_no_less(two.coverage, one.coverage)
        assert (other.horizon_average.watched or 0) >= (option.horizon_average.watched or 0) - 1e-9


@pytest.mark.slow
@sometimes
@given(scenarios(), st.integers(50, 99), st.integers(1, 10))
def test_a_better_agency_never_watches_less(data: Data, level: int, depth: int) -> None:
    """A higher service level or depth of the agency never lowers what is watched."""
    base = changed(data, "sources.agency.service_level", f"{level}%")
    base = changed(base, "sources.agency.depth", depth / 4)
    better = changed(base, "sources.agency.service_level", f"{level + 1}%")
    deeper = changed(base, "sources.agency.depth", (depth + 1) / 4)
    found = undetailed(base).options
    for other in (undetailed(better).options, undetailed(deeper).options):
        for name, option in found.items():
            assert (other[name].coverage.watched or 0) >= (option.coverage.watched or 0) - 1e-9


_WIDER = ("mon-fri 10:00-12:00", "mon-fri 09:00-14:00", "mon-sat 08:00-20:00", "24/7")


@pytest.mark.slow
@sometimes
@given(scenarios(), st.integers(0, 2), st.sampled_from(("freelancer", "agency")))
def test_who_is_not_on_a_roster_watches_more_on_a_wider_duty(
    data: Data, narrow: int, name: str
) -> None:
    """Providers state how many they are on each hour: more hours of duty are more watched.

    For people on a contract it does not hold: the same hours spread thinner.
    """
    data["sources"][name].pop("on_call", None)  # nobody is on call while on duty
    one = undetailed(changed(data, f"sources.{name}.on_duty", _WIDER[narrow])).options
    two = undetailed(changed(data, f"sources.{name}.on_duty", _WIDER[narrow + 1])).options
    for option_name, option in one.items():
        wider = two[option_name].coverage.watched or 0
        assert wider >= (option.coverage.watched or 0) - 1e-9


@often
@given(scenarios(), st.sampled_from(("cm", "colleague", "agency", "freelancer")))
def test_one_more_source_never_watches_or_does_less(data: Data, name: str) -> None:
    """An option with one more source watches and does as much at least, and costs as much."""
    data["options"] = {"few": ["intern"], "more": ["intern", name]}
    data.pop("tools", None)  # the agency brings its own, which may be cheaper
    options = undetailed(data).options
    assert (options["more"].coverage.watched or 0) >= (options["few"].coverage.watched or 0) - 1e-9
    _do_no_less(options["more"].coverage, options["few"].coverage)
    assert options["more"].total >= options["few"].total


@sometimes
@given(scenarios(), st.integers(1, 39))
def test_a_cut_between_equal_phases_changes_only_the_entries(data: Data, months: int) -> None:
    """An option cut in two phases of the same sources: the same cover, the same cost.

    Amounts differ by the rounding of the entries that the cut adds; a lead, a ramp-up, a
    commitment or a set-up goes on over the cut.
    """
    horizon = data["horizon"] = max(data["horizon"], months + 1)
    data["options"] = {
        name: option for name, option in data["options"].items() if isinstance(option, list)
    } or {"a": ["agency", "cm"]}
    whole = undetailed(data).options
    data["options"] = {
        name: {"phases": [{"months": months, "sources": sources}, {"sources": sources}]}
        for name, sources in data["options"].items()
    }
    for name, option in undetailed(data).options.items():
        assert near(option.total, whole[name].total, len(option.entries))
        for figure, value in whole[name].coverage._asdict().items():
            other = getattr(option.coverage, figure)
            assert (other is None) == (value is None)
            assert other is None or abs(other - value) < 1e-9
        before, after = whole[name].horizon_average, option.horizon_average
        assert abs((before.watched or 0) - (after.watched or 0)) < 1e-9
        assert abs((before.work_done or 0) - (after.work_done or 0)) < 1e-9
    assert horizon > months


@sometimes
@given(scenarios())
def test_only_own_time_is_not_cash(data: Data) -> None:
    """What is not cash is the time of people who are paid anyway, and nothing else."""
    for option in undetailed(data).options.values():
        for entry in option.entries:
            assert entry.cash == (entry.category != "own time")


@sometimes
@given(scenarios())
def test_the_recommended_option_is_eligible_and_cheapest(data: Data) -> None:
    """No eligible option costs less than the recommended one, which is on the frontier or tied."""
    result = undetailed(data)
    eligible = [option for option in result.options.values() if option.eligible]
    if result.recommended is None:
        assert not eligible
        return
    choice = result.options[result.recommended]
    assert choice.eligible
    assert choice.total_cents == min(option.total_cents for option in eligible)
    assert any(option.on_frontier for option in result.options.values())
