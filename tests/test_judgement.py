"""From figures to a recommendation: requirements, eligibility, ties, the frontier, the reason."""

from decimal import Decimal
from typing import Any, NamedTuple

import pytest
import yaml

import cmsource
from cmsource.model.evaluation import Evaluation
from cmsource.model.judgement import amounts_in_words, can_give, enough, miss_in_words
from cmsource.model.requirements import meets, requirements
from cmsource.model.verdict import cheapest, leads
from cmsource.reports.compare import CompareReport
from cmsource.results.comparison import Comparison
from cmsource.results.coverage import Coverage
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.require import Require
from cmsource.values.language import Language
from cmsource.values.money import style_for
from cmsource.values.quantities import PriceTag
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page
from strategies import (
    BUSINESS,
    Data,
    agency,
    coach,
    colleague,
    compared,
    employee,
    only_option,
    scenario,
)


def required(data: Data, **require: object) -> RequirementResult:
    """The one requirement held against the only option."""
    [held] = only_option(data | {"require": require}).requirements
    return held


# What is asked for where nobody says -------------------------------------------------------------


def half_done(**fields: object) -> Data:
    """10 h of 20 h a week are done for 20 × 10 × 52 = 10,400; all of them for 75 × 20 × 52."""
    part = employee(hours="10 h/week", on_duty="mon-fri 09:00-11:00")
    data = scenario({"part": part, "all": agency()}, work={"content": "20 h/week"})
    del data["require"]
    return {**data, **fields}


def test_without_require_the_work_has_to_be_done() -> None:
    """95% of it, which is an assumption: half of it for a seventh of the money is not the job."""
    result = compared(half_done())
    [held] = result.options["part"].requirements
    assert (held.name, held.limit, held.met, held.assumed) == ("work_done", 0.95, False, True)
    assert held.value == pytest.approx(0.5)
    assert result.recommended == "all"
    [taken] = [each for each in result.assumptions if each.path == "require.work_done"]
    assert (taken.value, taken.confidence) == ("95%", "G")
    text = written(CompareReport([result]), Format.TABLE, Page())
    assert "Assumed to be asked for: work done 95" in text
    saved = cmsource.from_json(cmsource.to_json(result))
    assert saved.options["part"].requirements == (held,)


@pytest.mark.parametrize("nothing", ["none", "aucune", {}])
def test_nothing_is_asked_for_where_that_is_said(nothing: object) -> None:
    """Then the cheapest is taken, whatever it does."""
    result = compared(half_done(require=nothing))
    assert result.recommended == "part"
    assert not result.options["part"].requirements
    assert "require.work_done" not in [each.path for each in result.assumptions]


def test_what_is_asked_for_replaces_what_is_assumed() -> None:
    """Of a requirement that is written nothing is assumed; without work there is none to do."""
    held = only_option(scenario({"cm": employee()}) | {"require": {"watched": "50%"}}).requirements
    assert [(each.name, each.assumed) for each in held] == [("watched", False)]
    idle = scenario({"cm": employee()}, work={"content": "0 h/week"})
    del idle["require"]
    assert not only_option(idle).requirements


def test_flags_add_to_what_is_asked_for() -> None:
    """To what is assumed in either form, and to nothing where nothing is asked for."""
    full = half_done()
    for data, names in (
        (full, {"watched": False, "work_done": True}),
        (full | {"require": "none"}, {"watched": False}),
        ({"hours_per_day": 1}, {"watched": False, "work_done": True}),
    ):
        text = yaml.safe_dump(data)
        result = cmsource.compare(cmsource.loads(text, overrides=["require.watched=50%"]))
        for option in result.options.values():
            found = {held.name: held.assumed for held in option.requirements if not held.law}
            assert found == names
        result = cmsource.compare(cmsource.loads(text, overrides=["require=~"]))
        assert not any(h for o in result.options.values() for h in o.requirements if not h.law)


# Requirements -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "met"), [("77%", True), ("77.7777%", True), ("77.78%", False), ("100%", False)]
)
def test_shares_are_lower_limits(limit: str, met: bool) -> None:
    """35 of 45 hours are 77.777…%."""
    held = required(scenario({"cm": employee()}), watched=limit)
    assert held.met is met
    assert held.value == pytest.approx(35 / 45)


def test_a_share_that_is_reached_exactly_is_met() -> None:
    """0.87 × 0.95 of 35 of 45 hours, asked for to the last digit of a float."""
    person = employee(planned_absence="13%", unplanned_absence="5%")
    exact = 35 * 0.87 * 0.95 / 45
    assert required(scenario({"cm": person}), watched=exact).met


def test_a_requirement_holds_in_every_phase() -> None:
    """99% watched in one phase, 77.8% in the other: 95% is missed, in the second phase."""
    phases = {"phases": [{"months": 11, "sources": ["a"]}, {"sources": ["cm"]}]}
    sources = {"a": agency(service_level="99%"), "cm": employee()}
    data = scenario(sources, {"p": phases})
    held = required(data, watched="95%")
    assert (held.phase, held.met) == (1, False)
    assert held.value == pytest.approx(35 / 45)
    assert only_option(data).coverage.watched == pytest.approx((11 * 0.99 + 35 / 45) / 12)


def test_idle_is_an_upper_limit_in_its_worst_phase() -> None:
    """25 of 35 hours idle in the phase of the hire, none in the other."""
    phases = {"phases": [{"months": 6, "sources": ["a"]}, {"sources": ["cm"]}]}
    data = scenario({"a": agency(), "cm": employee()}, {"p": phases})
    held = required(data, idle="50%")
    assert (held.phase, held.met) == (1, False)
    assert held.value == pytest.approx(25 / 35)
    assert required(data, idle="72%").met


def test_every_share_can_be_required() -> None:
    """Each share of a scenario with two sources, just below and just above what it reaches."""
    needs = {
        "cover": BUSINESS,
        "work": {"content": "30 h/week", "reporting": "10 h/week"},
        "skills": ["writing", "ads", "product"],
    }
    person = employee(
        skills=["writing", "product"], hours="28 h/week", on_duty="mon-thu 09:00-16:00"
    )
    sources = {"cm": person, "marie": colleague()}
    data = scenario(sources, {"both": ["cm", "marie"]}, needs=needs)
    watched = 28 / 45 + 1 / 45
    figures = {
        "watched": watched,
        "work_done": 33 / 40,
        "skills_met": 2 / 3,
        "continuity": 5 / 29,
        "in_house": 1,
    }
    for name, value in figures.items():
        held = required(data, **{name: value - 1e-4})
        assert held.value == pytest.approx(value)
        assert held.met is True
        if value < 1:
            assert required(data, **{name: value + 1e-4}).met is False


@pytest.mark.parametrize(
    ("budget", "value", "met"),
    [("3000/month", 3000, True), ("2999.99/month", 3000, False), ("36000", 36_000, True)],
)
def test_budget_is_cash_by_the_month_or_in_total(budget: str, value: float, met: bool) -> None:
    """36,000 of cash a year beside 12 × 300 h of own time, which the budget does not count."""
    firm = agency(retainer=3000, coordination="3 h/week")
    data = scenario({"a": firm}, own_time=50)
    held = required(data, budget=budget)
    assert (held.value, held.met) == (value, met)
    assert required(data, cost=budget).met is False


def test_cost_is_the_economic_total() -> None:
    """Own time counts: 5 h a week at 30 are 7,800 a year and 650 a month."""
    data = scenario({"marie": colleague()})
    assert required(data, cost="650/month").met
    assert not required(data, cost="649.99/month").met
    assert required(data, cost="7800").met
    assert required(data, budget="0").met


@pytest.mark.parametrize(("limit", "met"), [("3 months", True), ("2 months", False), ("0", False)])
def test_live_within(limit: str, met: bool) -> None:
    """Three months of recruiting."""
    held = required(scenario({"cm": employee(starts_after=3)}), live_within=limit)
    assert (held.value, held.met, held.unit) == (3, met, "months")


@pytest.mark.parametrize("name", ["continuity", "in_house"])
def test_a_share_of_nothing_is_not_reached(name: str) -> None:
    """A coach who watches and does nothing has no continuity and no in-house share to show."""
    data = scenario({"coach": coach()}, require={name: "10%"})
    option = only_option(data)
    [held] = option.requirements
    assert (held.value, held.met, option.eligible) == (None, False, False)
    assert "not measured" in compared(data).reason


class _Phase(NamedTuple):
    """A phase, its one season, and the figures of its coverage."""

    watched: float | None
    work_done: float | None
    idle: float | None
    name: str = ""
    work: float = 1.0
    start: float = 0.0
    end: float = 12.0

    @property
    def seasons(self) -> tuple["_Phase"]:
        return (self,)

    @property
    def season(self) -> "_Phase":
        return self

    @property
    def coverage(self) -> "_Phase":
        return self


def _option(*phases: _Phase, cents: int = 0) -> Evaluation:
    """What requirements are held against, over a year."""
    option: Any = Evaluation(None, 12.0, phases, 0.0, (), cents, cents)  # type: ignore[arg-type]
    return option  # type: ignore[no-any-return]


def test_the_first_miss_decides_whether_an_option_is_eligible() -> None:
    """One requirement missed of four is enough; what cannot be judged is no obstacle."""
    require = Require(watched=0.5, work_done=0.9, idle=0.2, cost=PriceTag(100.0, "month"))
    for phase, cents, expected in (
        (_Phase(0.6, 0.9, 0.2), 120_000, True),  # 1,200 in 12 months
        (_Phase(0.6, None, 0.2), 120_000, True),
        (_Phase(0.4, 0.9, 0.2), 120_000, False),
        (_Phase(0.6, 0.8, 0.2), 120_000, False),
        (_Phase(0.6, 0.9, 0.3), 120_000, False),
        (_Phase(0.6, 0.9, 0.2), 121_200, False),
    ):
        option = _option(phase, cents=cents)
        assert meets(require, option) is expected
        held = requirements(require, option)
        assert all(each.met is not False for each in held) is expected
    assert meets(Require(), _option())


def test_the_worst_phase_counts_and_the_first_of_equals() -> None:
    """The least of a share that has to be reached, the most of one that has to be kept."""
    phases = (_Phase(0.6, None, 0.1), _Phase(0.5, 0.7, 0.3), _Phase(0.5, 0.8, 0.3))
    require = Require(watched=0.5, work_done=0.9, idle=0.2)
    held = {each.name: each for each in requirements(require, _option(*phases))}
    assert (held["watched"].value, held["watched"].phase) == (0.5, 1)
    assert (held["work_done"].value, held["work_done"].phase) == (0.7, 1)
    assert (held["idle"].value, held["idle"].phase) == (0.3, 1)


@pytest.mark.parametrize(
    ("value", "limit", "told"),
    [
        (0.16, 0.9, ("16%", "90%")),
        (0.164, 0.9, ("16%", "90%")),  # asked for 16%, it passes; 17% of it would be too much
        (0.327, 0.75, ("32.7%", "75%")),  # 33% would be more than there is
        (0.3286, 0.75, ("32.86%", "75%")),
        (2 / 3, 1.0, ("66.66%", "100%")),  # no number of sixes is enough
        (0.7498, 0.75, ("74.98%", "75%")),
        (0.749996, 0.75, ("74.99%", "75%")),
        (0.98, 0.98765, ("98%", "98.765%")),
        (0.006, 0.5, ("0.6%", "50%")),
        (0.5, 0.125, ("50%", "12.5%")),
    ],
)
def test_what_is_told_of_a_share_is_true_as_a_limit(
    value: float, limit: float, told: tuple[str, str]
) -> None:
    """So what an option misses and where it would pass are one number."""
    held = RequirementResult("watched", limit, value, value >= limit, 0)
    style = style_for("EUR")
    assert amounts_in_words(held, style) == told
    assert enough(held, style) == f"at {told[0]} watched"
    assert float(told[0].rstrip("%")) / 100 <= value


@pytest.mark.parametrize(
    ("name", "unit", "value", "limit", "told"),
    [
        ("idle", "share", 0.714, 0.5, ("71.4%", "50%")),
        ("idle", "share", 0.7143, 0.5, ("71.43%", "50%")),
        ("idle", "share", 0.7158, 0.5, ("72%", "50%")),
        ("weeks_short", "weeks", 3.12, 2.0, ("3.12 weeks", "2 weeks")),
        ("weeks_short", "weeks", 3.18, 2.0, ("3.2 weeks", "2 weeks")),
        ("live_within", "months", 3.0, 1.5, ("3 months", "1.5 months")),
        ("budget", "month", 4333.33, 4000.0, ("€4,333.33/month", "€4,000/month")),
        ("cost", "total", 36000.0, 35000.5, ("€36,000", "€35,000.50")),
    ],
)
def test_upper_limits_are_told_from_above(
    name: str, unit: str, value: float, limit: float, told: tuple[str, str]
) -> None:
    """What may be no more than a limit passes at a limit that is no less than it."""
    held = RequirementResult(name, limit, value, False, None, unit)
    texts = tuple(text.replace("\u00a0", " ") for text in amounts_in_words(held, style_for("EUR")))
    assert texts == told
    assert told[0] in enough(held, style_for("EUR")).replace("\u00a0", " ")


def test_to_ask_for_nothing_is_no_way_out() -> None:
    """A share of 0, or of too little to be told from it, is met only where none is asked for."""
    style = style_for("EUR")
    for name, value, unit, able in (
        ("continuity", 0.0, "share", False),
        ("continuity", 0.00004, "share", False),
        ("continuity", 0.01, "share", True),
        ("continuity", None, "share", False),
        ("idle", 1.0, "share", False),
        ("idle", 0.99, "share", True),
        ("budget", 5000.0, "total", True),
    ):
        held = RequirementResult(name, 0.5, value, False, 0, unit)
        assert can_give(held, style) is able
    assert can_give(RequirementResult.forbidden("Code"), style)


def test_what_one_phase_misses_is_told_with_its_months() -> None:
    """All is watched for 11 months; then 35 of 45 hours are, in the twelfth."""
    phases = {"phases": [{"months": 11, "sources": ["a"]}, {"sources": ["cm"]}]}
    sources = {"a": agency(service_level="99%"), "cm": employee()}
    result = compared(scenario(sources, {"p": phases}, require={"watched": "95%"}))
    [held] = result.options["p"].requirements
    assert held.months == (11, 12)
    told = miss_in_words(held, style_for("EUR"))
    assert told == "watched 77.77% < 95% in months 11 to 12"
    assert Language("fr").of(told).endswith("du mois 11 au mois 12")
    assert told in result.reason
    saved = cmsource.from_json(cmsource.to_json(result))
    assert saved.options["p"].requirements[0].months == (11, 12)
    busy = miss_in_words(held._replace(season="nov-dec"), style_for("EUR"))
    assert busy == "watched 77.77% < 95% in nov-dec, months 11 to 12"
    [alone] = only_option(scenario({"cm": employee()}, require={"watched": "95%"})).requirements
    assert alone.months is None


# Recommendation ---------------------------------------------------------------------------------


Costs = dict[str, tuple[int, float, float | None]]
"""Total in cents, watched, and answered in time of some options."""


def best(costs: Costs) -> str | None:
    """Which of some eligible options is recommended."""
    covers = {name: Coverage(watched, answered) for name, (_, watched, answered) in costs.items()}
    return cheapest({name: each[0] for name, each in costs.items()}, covers.__getitem__)


def test_the_cheapest_eligible_option_is_recommended() -> None:
    """Cheaper ones that miss something do not count."""
    assert best({"b": (30, 1, 1), "c": (20, 0.2, 0.2)}) == "c"
    sources = {"a": agency(hourly_rate=1, on_duty="mon 09:00-10:00"), "b": agency()}
    assert compared(scenario(sources, require={"watched": "90%"})).recommended == "b"
    assert best({}) is None


def test_ties_go_to_the_one_that_answers_more() -> None:
    """First by answers in time, then by what is watched, then by name, whatever their order."""
    cases: list[tuple[str, Costs]] = [
        ("b", {"a": (10, 0.9, 0.5), "b": (10, 0.1, 0.6)}),
        ("b", {"a": (10, 0.8, 0.5), "b": (10, 0.9, 0.5)}),
        ("a", {"b": (10, 0.9, 0.5), "a": (10, 0.9, 0.5)}),
        ("b", {"a": (10, 0.9, None), "b": (10, 0.1, 0.1)}),
    ]
    for expected, costs in cases:
        assert best(costs) == expected
        assert best(dict(reversed(costs.items()))) == expected


def test_ties_are_not_decided_by_rounding_noise() -> None:
    """0.1 + 0.2 and 0.3 are the same share: the option that watches more wins."""
    assert best({"a": (10, 0.5, 0.1 + 0.2), "b": (10, 0.6, 0.3)}) == "b"


def test_a_tie_in_a_whole_scenario() -> None:
    """Two agencies at one price: the one that watches more of the cover."""
    sources = {"a": agency(service_level="90%"), "b": agency(service_level="95%")}
    assert compared(scenario(sources)).recommended == "b"


def test_none_is_recommended_when_none_is_eligible() -> None:
    """The reason says what the nearest one misses, and by how much."""
    sources = {"cm": employee(), "a": agency(on_duty="mon-fri 09:00-13:00", hourly_rate=100)}
    data = scenario(sources, require={"watched": "95%", "budget": "4000/month"})
    result = compared(data)
    assert result.recommended is None
    assert not any(option.eligible for option in result.options.values())
    # the hire misses the watch alone, the agency (4,333 a month) the budget too
    assert "none is recommended" in result.reason
    assert "Nearest is cm, which misses: watched 77.77% < 95%" in result.reason
    assert "95" in result.reason


def test_the_reason_names_what_cheaper_options_miss() -> None:
    """The difference to the cheapest option and what that one lacks: 52,000 − 36,400."""
    sources = {"cm": employee(), "a": agency(hourly_rate=100)}
    result = compared(scenario(sources, require={"watched": "90%"}))
    assert result.recommended == "a"
    text = result.reason.replace("\u00a0", " ")
    assert "the only option that meets every requirement: €52,000 over 12 months" in text
    assert "cm would cost €15,600 less but misses: watched 77.77% < 90%" in text


def test_the_reason_names_the_next_option() -> None:
    """Without a requirement, the cheapest of two and how much more the other costs."""
    result = compared(scenario({"cm": employee(), "a": agency(hourly_rate=100)}))
    text = result.reason.replace("\u00a0", " ")
    assert text == "It costs the least of the 2 options: €36,400 over 12 months. " + (
        "Next is a, €15,600 more."
    )


# Frontier ---------------------------------------------------------------------------------------


def frontier(**costs: tuple[int, float, float | None]) -> list[str]:
    """The options that lead: total in cents, watched, answered in time."""
    pairs = {
        name: (cents, Coverage(watched, late)) for name, (cents, watched, late) in costs.items()
    }
    return [name for name, pair in pairs.items() if leads(*pair, pairs.values())]


def test_frontier_keeps_what_nothing_beats() -> None:
    """Dearer and no better in either figure is off; better in one figure is on."""
    found = frontier(
        cheap=(10, 0.2, 0.2),
        watcher=(20, 0.9, 0.2),
        answerer=(30, 0.2, 0.9),
        waste=(40, 0.9, 0.2),
        worst=(15, 0.1, 0.1),
    )
    assert found == ["cheap", "watcher", "answerer"]


def test_frontier_does_not_ask_for_eligibility() -> None:
    """A cheap option that misses a requirement is still on the frontier."""
    assert frontier(a=(10, 0.1, 0.1), b=(20, 0.2, 0.2)) == ["a", "b"]


def test_frontier_keeps_equal_costs() -> None:
    """Only what costs less can push an option off."""
    assert frontier(a=(10, 0.1, 0.1), b=(10, 0.9, 0.9)) == ["a", "b"]


def test_frontier_without_answers_goes_by_what_is_watched() -> None:
    """A figure that nobody has is the same for all; noise of a float is no difference."""
    assert frontier(a=(10, 0.3, None), b=(20, 0.1 + 0.2, None)) == ["a"]
    assert frontier(a=(10, 0.3, None), b=(20, 0.31, None)) == ["a", "b"]


# Assumptions ------------------------------------------------------------------------------------


def assumed(result: Comparison) -> list[str]:
    """Paths of the assumptions, those that weigh most first."""
    return [assumption.path for assumption in result.assumptions]


def test_assumptions_are_ranked_by_the_money_that_rests_on_them() -> None:
    """A day rate that nobody gave carries all fees; a premium of nothing carries nothing."""
    lea: Data = {"kind": "freelancer", "on_duty": "mon-fri 10:00-11:00"}
    paths = assumed(compared(scenario({"lea": lea})))
    assert paths[0] == "sources.lea.day_rate"
    assert {"sources.lea.planned_absence", "sources.lea.unplanned_absence"} <= set(paths)


def test_doubtful_values_come_before_sure_ones() -> None:
    """Two agencies of one price: the guess outweighs the official schedule of an employee."""
    person = employee()
    del person["charges"]
    coach_of_ours: Data = {"kind": "coach"}
    data = scenario({"cm": person, "coach": coach_of_ours}, {"both": ["cm", "coach"]})
    paths = assumed(compared(data))
    assert paths.index("sources.coach.day_rate") < paths.index("sources.cm.charges")


def test_the_price_of_a_watch_is_asked_about_first() -> None:
    """Twelve thousand a year rest on that guess, and twice as much on what a hire would earn."""
    text = "country: FR\nhours_per_day: 2\nhorizon: 12\ncover: %s\n"
    watched = cmsource.compare(cmsource.loads(text % "24/7"))
    assert watched.assumptions[0].path == "sources.agency.watch"
    assert watched.options["agency"].by_category["watch"] == 12_000
    assert watched.options["hire"].by_category["pay"] > 20_000
    short = cmsource.compare(cmsource.loads(text % "mon-fri 9-17"))
    assert not [each for each in short.assumptions if each.path.endswith(".watch")]


def test_given_values_are_no_assumptions() -> None:
    """A scenario that gives everything assumes nothing of its sources."""
    paths = assumed(compared(scenario({"cm": employee(), "a": agency(watch=0)})))
    assert not [path for path in paths if path.startswith("sources.")]


def test_own_time_that_was_worked_out_is_an_assumption() -> None:
    """Only where it costs something, and not where it was given."""
    sources = {"a": agency(coordination=1), "marie": colleague()}
    found = compared(scenario(sources, {"a": ["a"]}))
    [own] = [a for a in found.assumptions if a.path == "own_time"]
    assert (own.value, own.confidence) == ("36.25/h", "D")
    assert "own_time" not in assumed(compared(scenario(sources, {"a": ["a"]}, own_time=30)))
    sources["a"] = agency()
    assert "own_time" not in assumed(compared(scenario(sources, {"a": ["a"]})))


def test_monthly_is_the_total_over_the_horizon() -> None:
    """A year of 36,400 is 3,033.33 a month."""
    assert only_option(scenario({"cm": employee()})).monthly == Decimal("3033.33")
