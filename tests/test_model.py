"""Whole scenarios worked by hand: each kind of source, each standard option, the documentation.

The expectations are arithmetic written out from the definitions in docs/model.md, in exact
fractions; nothing here calls into the model to know what to expect.
"""

import ast
import json
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from operator import add, mul, neg, pow, sub, truediv
from pathlib import Path
from typing import Any

import pytest

import cmsource
from cmsource.values.quantities import Hours
from pages import blocks, called, editions, tables
from strategies import (
    OFFICE,
    Data,
    agency,
    apprentice,
    coach,
    colleague,
    compared,
    employee,
    freelancer,
    intern,
    only_option,
    read,
    scenario,
)

F = Fraction
MONTH = F(52, 12)
"""Weeks a month."""


def money(value: F | int) -> Decimal:
    """An exact amount as the ledger writes it, to the cent."""
    return Decimal(round(F(value) * 100)).scaleb(-2)


# An employee or an agency -----------------------------------------------------------------------

_CM = {"hourly_wage": 16, "charges": "42%", "planned_absence": "13%", "unplanned_absence": "5%"}


def hire_or_agency(**fields: Any) -> Data:  # noqa: ANN401 - any key of a scenario
    """A hire at 16 an hour or an agency at 75, for 14 h of content a week over two years."""
    sources = {"cm": employee(**_CM), "agence": agency(on_duty="mon-fri 09:00-18:00")}
    sources["agence"]["service_level"] = "99%"
    options = {"hire": ["cm"], "agency": ["agence"]}
    work = {"content": "14 h/week"}
    return scenario(sources, options, work=work, horizon=24, **fields)


def test_hire_worked_by_hand() -> None:
    """A year of pay is 16 × 35 × 52, charges 42 % of it; one person watches 35 h of the 45 h."""
    hire = compared(hire_or_agency()).options["hire"]
    pay, charges = 16 * 35 * 52, F(42, 100) * 16 * 35 * 52
    assert (pay, charges) == (29_120, F("12230.40"))
    assert hire.by_category == {"pay": money(2 * pay), "employer charges": money(2 * charges)}
    assert hire.total == Decimal("82700.80") == money(2 * (pay + charges))
    [phase] = hire.phases
    cm = phase.sources["cm"]
    assert cm.depth == pytest.approx(0.87)
    assert cm.presence == pytest.approx(0.87 * 0.95) == pytest.approx(0.8265)
    capacity = F(35) * F(87, 100) * F(95, 100)
    assert capacity == F("28.9275")
    figures = hire.coverage
    assert figures.watched == pytest.approx(35 * 0.8265 / 45) == pytest.approx(0.642833, abs=5e-7)
    assert figures.work_done == pytest.approx(1)
    assert figures.idle == pytest.approx(float((capacity - 14) / 35)) == pytest.approx(0.4265)
    assert (figures.continuity, figures.in_house) == (0, 1)


def test_agency_worked_by_hand() -> None:
    """An agency bills 14 h a week at 75, watches 99 % of the cover and replaces its people."""
    result = compared(hire_or_agency()).options["agency"]
    assert result.by_year == (Decimal("54600.00"), Decimal("54600.00"))
    assert result.total == Decimal("109200.00") == money(2 * 14 * 52 * 75)
    assert result.coverage.watched == pytest.approx(0.99)
    assert (result.coverage.continuity, result.coverage.in_house) == (1, 0)


def test_a_requirement_changes_the_recommendation() -> None:
    """Without a requirement the hire is recommended; with 90 % watched the dearer agency is."""
    assert compared(hire_or_agency()).recommended == "hire"
    strict = compared(hire_or_agency(require={"watched": "90%"}))
    assert strict.recommended == "agency"
    options = strict.options
    assert options["agency"].total - options["hire"].total == Decimal("26499.20")


def test_team_round_the_clock() -> None:
    """24/7 takes 168 / (35 × 0.87) = 5.52 people of 35 h, so six, who are hardly ever all away."""
    data = scenario(
        {"cm": employee(**_CM, headcount="auto", on_duty="24/7")}, {"team": ["cm"]}, cover="24/7"
    )
    team = only_option(data)
    cm = team.phases[0].sources["cm"]
    depth = F(6 * 35 * 87, 100 * 168)
    assert (cm.headcount, depth) == (6, F("1.0875"))
    assert cm.depth == pytest.approx(float(depth))
    two = 1 - F(5, 100) ** 2
    presence = (2 - depth) * F(95, 100) + (depth - 1) * two
    assert float(presence) == pytest.approx(0.954156, abs=5e-7)
    assert cm.presence == pytest.approx(float(presence))
    assert team.coverage.watched == pytest.approx(float(presence))
    assert team.by_category["pay"] == money(6 * 16 * 35 * 52)


# Each kind of source ----------------------------------------------------------------------------


def test_colleague_costs_own_time_only() -> None:
    """Five hours a week of somebody at 21 + 40 % cost 7,644 a year and no cash at all."""
    person = colleague(
        hourly_wage=21,
        charges="40%",
        on_duty="mon-fri 09:00-09:30 16:30-17:00",
        planned_absence="10%",
        unplanned_absence="5%",
    )
    option = only_option(scenario({"marie": person}, work={"content": "3 h/week"}))
    assert option.by_category == {"own time": money(5 * 52 * F(21) * F(140, 100))}
    assert option.total == Decimal("7644.00")
    assert option.cash == 0
    # k = 5 × 0.9 / 5, presence 0.9 × 0.95, on 5 of the 45 hours
    assert option.coverage.watched == pytest.approx(5 * 0.9 * 0.95 / 45)
    # somebody who has another job is never idle
    assert option.coverage.idle == 0
    assert option.coverage.work_done == pytest.approx(1)
    assert option.coverage.in_house == 1


def test_colleague_without_charges_costs_the_share_of_a_full_post() -> None:
    """2,600 a month at 30 people costs 3,311.80: an hour of it is that over 151.67 h."""
    person = colleague(monthly_wage=2600, hours="7 h/week")
    del person["hourly_wage"], person["charges"]
    data = scenario({"marie": person}, company={"size": 30})
    hour = F("3311.80") / (35 * MONTH)
    assert only_option(data).total == money(7 * 52 * hour)


def test_intern_is_paid_and_tutored_while_a_placement_runs() -> None:
    """Placements of six months and gaps of one: 11 of 12 months, six sevenths in the long run."""
    person = intern(gap=1, tutoring="2 h/week", unplanned_absence="4%", planned_absence="3%")
    option = only_option(scenario({"stage": person}, own_time=38))
    runs = F(6, 7)
    assert option.by_category == {
        "pay": money(F(11, 12) * F(9, 2) * 35 * 52),
        "own time": money(F(11, 12) * 2 * 52 * 38),
    }
    assert option.cash == Decimal("7507.50")
    depth = runs * F(97, 100)
    assert option.phases[0].sources["stage"].depth == pytest.approx(float(depth))
    capacity = 35 * depth * F(96, 100)
    assert option.coverage.watched == pytest.approx(float(capacity / 45))
    assert option.coverage.idle == pytest.approx(float((capacity - 10) / 35))


def test_gratification_above_the_exempt_amount_bears_charges() -> None:
    """At 5.50 the euro above 4.50 bears 31.18 % of charges: nothing for pension, unemployment.

    Health 13, family 5.25, old age 8.55 + 2.11, autonomy 0.3, training 0.55, apprenticeship 0.68,
    housing 0.1, work accidents 0.64: each rounded to the cent on the month's 151.67.
    """
    option = only_option(scenario({"stage": intern(gratification=5.5)}, company={"size": 5}))
    excess = Decimal("151.67")
    rates = ("13", "5.25", "8.55", "2.11", "0.3", "0.55", "0.68", "0.1", "0.64")
    lines = [(excess * Decimal(rate) / 100).quantize(Decimal("0.01")) for rate in rates]
    assert option.by_category["pay"] == money(F(11, 2) * 35 * 52)
    assert option.by_category["employer charges"] == 12 * sum(lines)


def test_apprentice_is_paid_by_contract() -> None:
    """An apprentice is an employee of another schedule: 53 % of the minimum wage, 30 % charges."""
    duty = "mon-thu 09:00-12:30 13:30-17:00"
    person = apprentice(hourly_wage=6.52, charges="30%", hours="28 h/week", on_duty=duty)
    option = only_option(scenario({"al": person}))
    assert option.by_category == {
        "pay": money(F("6.52") * 28 * 52),
        "employer charges": money(F("6.52") * 28 * 52 * F(30, 100)),
    }
    assert option.coverage.watched == pytest.approx(28 / 45)


def test_apprentice_pays_less_charges_than_an_employee() -> None:
    """Under 11 employees an apprentice bears neither training (0.55 %) nor its tax (0.68 %).

    A doctorate, level 8, brings no state aid and costs no share of training.
    """
    totals = {}
    for kind in ("employee", "apprentice"):
        person = employee(kind=kind, hourly_wage=20)
        if kind == "apprentice":
            person["level"] = 8
        del person["charges"]
        option = only_option(scenario({"x": person}, company={"size": 5}))
        totals[kind] = option.by_category["employer charges"]
    gross = 20 * 35 * MONTH
    month = money(gross * F(55, 10_000)) + money(gross * F(68, 10_000))
    assert totals["employee"] - totals["apprentice"] == 12 * month


def test_freelancer_bills_days() -> None:
    """Six hours a week at 350 for a day of seven are 6 × 52 / 7 days a year."""
    person = freelancer(day_rate=350, planned_absence="10%", unplanned_absence="5%", setup=200)
    option = only_option(scenario({"lea": person}, work={"content": "6 h/week"}))
    assert option.by_category == {"fees": money(F(6 * 52, 7) * 350), "setup": Decimal("200.00")}
    assert option.by_category["fees"] == Decimal("15600.00")
    assert option.coverage.watched == pytest.approx(5 * 0.9 * 0.95 / 45)
    assert (option.coverage.in_house, option.coverage.continuity) == (0, 0)


def test_freelancer_works_up_to_a_ceiling() -> None:
    """With 20 h a month at most, 20 of 10 × 52/12 hours are done and billed."""
    person = freelancer(max_hours="20 h/month")
    option = only_option(scenario({"lea": person}))
    assert option.coverage.work_done == pytest.approx(float(20 / (10 * MONTH)))
    assert option.total == money(20 * 12 * 50)


def test_agency_with_retainer_watch_and_setup() -> None:
    """Ten hours a week are 43.33 a month: 20 inside the retainer, 23.33 at 75."""
    firm = agency(
        retainer=1500, included="20 h/month", hourly_rate=75, watch="900/month", setup=2000
    )
    option = only_option(scenario({"agence": firm}, cover="24/7"))
    beyond = 10 * MONTH - 20
    assert option.by_category == {
        "fees": money(12 * (1500 + beyond * 75)),
        "watch": money(12 * 900),
        "setup": Decimal("2000.00"),
    }
    assert option.total == Decimal("51800.00")
    assert option.coverage.watched == 1


def test_coach_costs_days_and_leaves_the_work_to_others() -> None:
    """Two days a month at 900; a coach watches nothing, does nothing, brings skills."""
    option = only_option(
        scenario(
            {"coach": coach(days=2, skills=["method"])},
            needs={"cover": OFFICE, "work": {"content": "5 h/week"}, "skills": ["method", "ads"]},
        )
    )
    assert option.by_category == {"fees": money(12 * 2 * 900)}
    figures = option.coverage
    assert (figures.watched, figures.work_done, figures.skills_met) == (0, 0, 0.5)
    assert (figures.continuity, figures.in_house, figures.idle) == (None, None, 0)


def test_coach_with_hours_bills_them_beside_the_days() -> None:
    """A coach who may work 2 h a week takes that much of the work, at the day's rate over 7 h."""
    option = only_option(scenario({"coach": coach(max_hours="2 h/week", day_rate=700)}))
    assert option.by_category == {"fees": money(12 * 700 + 2 * 52 * F(700, 7))}
    assert option.coverage.work_done == pytest.approx(2 / 10)


# The payroll schedule ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("monthly", "hours", "company", "cadre", "cost"),
    [
        (2600, 35, 30, False, "3349.24"),
        (1500, 17.5, 30, False, "2021.94"),
        (1867.02, 35, 5, False, "1987.76"),
        (1867.02, 35, 30, False, "1997.77"),
        (1867.02, 35, 60, False, "2006.54"),
        (1867.02, 35, 30, True, "2028.68"),
    ],
)
def test_charges_by_the_schedule(
    monthly: float, hours: float, company: int, cadre: bool, cost: str
) -> None:
    """Employer costs of a month in France, 2026 (URSSAF), by company, hours and status.

    The engine that they come from rounds where the law lets it choose: a cent of the month apart.
    """
    person = employee(monthly_wage=monthly, hours=f"{hours} h/week", cadre=cadre)
    person["on_duty"] = "mon-fri 09:00-12:00"
    del person["hourly_wage"], person["charges"]
    firm = {"size": company, "work_accident_rate": "2.08%"}
    option = only_option(scenario({"cm": person}, company=firm))
    charges = Decimal(cost) - Decimal(str(monthly))
    assert abs(option.by_category["employer charges"] / 12 - charges) <= Decimal("0.01")
    assert option.by_category["pay"] == money(12 * F(str(monthly)))


def test_charges_are_never_one_flat_rate() -> None:
    """The share of charges in gross rises from about 5 % at the minimum to 43 % at 5,500."""
    rates = []
    for monthly in (1870, 3000, 5500):
        person = employee(monthly_wage=monthly)
        del person["hourly_wage"], person["charges"]
        costs = only_option(scenario({"cm": person}, company={"size": 30})).by_category
        rates.append(float(costs["employer charges"] / costs["pay"]))
    assert rates == pytest.approx([0.055, 0.325, 0.425], abs=0.01)


# The nine standard ways -------------------------------------------------------------------------

_NINE = {
    "hire": ["cm"],
    "team": [{"cm": {"headcount": "auto", "on_duty": "24/7"}}],
    "reassign": ["marie"],
    "intern": ["stage"],
    "freelance": ["lea"],
    "agency": ["agence"],
    "hybrid": [{"marie": {"takes": "30%"}}, "agence"],
    "coached": ["marie", "coach"],
    "phased": {"phases": [{"months": 6, "sources": ["agence"]}, {"sources": ["cm", "coach"]}]},
}


@pytest.fixture(scope="module")
def nine() -> dict[str, cmsource.OptionResult]:
    """Nine options over a year of 24/7 cover, 14 messages a day of 6 minutes, 4 h of content.

    Messages arrive evenly, so that 5 of 168 hours of duty see 5/168 of the 9.8 h a week.
    """
    sources = {
        "cm": employee(charges="25%", recruitment=600, equipment=1000, ramp_up=2, starts_after=3),
        "marie": colleague(),
        "stage": intern(),
        "lea": freelancer(),
        "agence": agency(retainer=1000, included="10 h/month", hourly_rate=60, setup=500),
        "coach": coach(),
    }
    data = scenario(
        sources,
        _NINE,
        cover="24/7",
        messages={"per_day": 14},
        work={"content": "4 h/week"},
        tools={"suite": {"price": 100, "included_by": ["agence"]}},
    )
    return dict(compared(data).options)


REACTIVE = F(14 * 7 * 6, 60)
NEEDED = REACTIVE + 4


def test_nine_hire(nine: dict[str, cmsource.OptionResult]) -> None:
    """Three months of waiting come before the year, all of which is paid."""
    hire = nine["hire"]
    pay = 20 * 35 * MONTH * 12
    once = 600 + 1000
    assert hire.total == money(pay * F(125, 100) + once + 12 * 100)
    assert hire.coverage.watched == pytest.approx(35 / 168)
    assert hire.coverage.live_after_months == 3
    # half of somebody for two months, then all of them for ten
    average = (F(2, 2) + 10) / 12 * F(35, 168)
    assert hire.horizon_average.watched == pytest.approx(float(average))
    # one person takes all messages, those of the night the next morning
    assert hire.coverage.work_done == pytest.approx(1)
    assert hire.coverage.utilisation == pytest.approx(float(REACTIVE / 35))


def test_nine_team(nine: dict[str, cmsource.OptionResult]) -> None:
    """168 / 35 = 4.8: five people, depth 5 × 35 / 168, all there, so the cover is full."""
    team = nine["team"]
    assert team.phases[0].sources["cm"].headcount == 5
    assert team.phases[0].sources["cm"].depth == pytest.approx(5 * 35 / 168)
    assert team.coverage.watched == 1
    # without one of five, 140 of 168 hours keep somebody
    assert team.coverage.continuity == pytest.approx(140 / 168)
    assert team.total == money(5 * (20 * 35 * MONTH * 12 * F(125, 100) + 1600) + 1200)
    assert team.coverage.idle == pytest.approx(float((175 - NEEDED) / 175))


def test_nine_reassign(nine: dict[str, cmsource.OptionResult]) -> None:
    """Five hours a week at 30 go to the first 5 h of messages; the rest is left undone."""
    reassign = nine["reassign"]
    assert reassign.total == money(5 * 52 * 30 + 1200)
    assert reassign.cash == Decimal("1200.00")
    assert reassign.coverage.watched == pytest.approx(5 / 168)
    assert reassign.coverage.work_done == pytest.approx(float(5 / NEEDED))
    assert reassign.per_answered_message == money(F(9000) / (98 * 52 * 5 / REACTIVE))


def test_nine_intern(nine: dict[str, cmsource.OptionResult]) -> None:
    """4.50 an hour without charges."""
    assert nine["intern"].total == money(F(9, 2) * 35 * 52 + 1200)


def test_nine_freelance(nine: dict[str, cmsource.OptionResult]) -> None:
    """At 50 an hour: messages in all of the 5 h on duty, 4 h of content; one seat of the tools."""
    assert nine["freelance"].coverage.answered == pytest.approx(5 / REACTIVE)
    assert nine["freelance"].total == money(9 * 52 * 50 + 1200)
    assert nine["freelance"].per_hour_worked == money(F(9 * 52 * 50 + 1200) / (9 * 52))


def test_nine_agency(nine: dict[str, cmsource.OptionResult]) -> None:
    """A retainer with 10 h a month, the rest at 60, tools included."""
    fees = 12 * (1000 + (NEEDED * MONTH - 10) * 60)
    assert nine["agency"].total == money(fees + 500)
    assert "tools" not in nine["agency"].by_category


def test_nine_hybrid(nine: dict[str, cmsource.OptionResult]) -> None:
    """The colleague, first in the list, takes 30 % of what arrives on duty and of the content.

    While she is off duty the agency is there first, always, and leaves nothing to her. On duty she
    is busy for 1.75 % of the time, of which she leaves as much to the agency.
    """
    hybrid = nine["hybrid"]
    sources = hybrid.phases[0].sources
    hers = F(sources["marie"].hours_done)
    by_hand = F(3, 10) * (REACTIVE * F(5, 168) * F("0.9825") + 4)
    assert float(hers) == pytest.approx(float(by_hand), abs=5e-3)
    assert sources["agence"].hours_done == pytest.approx(float(NEEDED - hers))
    fees = 12 * (1000 + ((NEEDED - hers) * MONTH - 10) * 60)
    assert hybrid.total == money(5 * 52 * 30) + money(fees) + 500
    assert hybrid.coverage.in_house == pytest.approx(float(hers / NEEDED))
    assert hybrid.coverage.watched == 1


def test_nine_coached(nine: dict[str, cmsource.OptionResult]) -> None:
    """The colleague as before, and a day of coaching a month."""
    coached = nine["coached"]
    assert coached.total == nine["reassign"].total + 12 * 900
    assert coached.coverage.watched == nine["reassign"].coverage.watched
    assert coached.coverage.in_house == 1


def test_nine_phased(nine: dict[str, cmsource.OptionResult]) -> None:
    """Six months of agency, six of a hire who was recruited ahead but still has to learn."""
    phased = nine["phased"]
    assert [(p.from_month, p.months) for p in phased.phases] == [(0, 6), (6, 6)]
    fees = 6 * (1000 + (NEEDED * MONTH - 10) * 60)
    pay = 20 * 35 * MONTH * 6
    assert phased.by_category == {
        "pay": money(pay),
        "employer charges": money(pay / 4),
        "equipment": Decimal("1000.00"),
        "recruitment": Decimal("600.00"),
        "fees": money(fees) + 6 * 900,
        "setup": Decimal("500.00"),
        "tools": Decimal("600.00"),
    }
    assert phased.coverage.live_after_months == 0
    assert phased.coverage.watched == pytest.approx((6 * 1 + 6 * 35 / 168) / 12)
    assert phased.horizon_average.watched == pytest.approx((6 + 5 * 35 / 168) / 12)
    # half of a person's 35 h still does the 13.8 h of work
    assert phased.horizon_average.work_done == pytest.approx(1, abs=1e-3)


def test_the_short_form_has_the_nine_ways() -> None:
    """A scenario that defines no options gets the nine standard ones."""
    assert list(cmsource.compare(cmsource.loads("country: FR\n")).options) == list(_NINE)


# Values that no file gives ----------------------------------------------------------------------


@pytest.mark.parametrize("wage", ["hourly_wage", "monthly_wage", "annual_wage"])
def test_nobody_is_paid_for_no_hours(wage: str) -> None:
    """A contract of no hours costs and covers nothing, however the wage is written."""
    person = employee(charges="40%", **{wage: 30_000})
    if wage != "hourly_wage":
        del person["hourly_wage"]
    whole = read(scenario({"cm": person}))
    cm = whole.sources["cm"]
    idle = cm.changed(hours=Hours(0.0, "week"))
    [option] = whole.options
    [phase] = option.phases
    options = (option.changed(phases=(phase.changed(sources=(idle,)),)),)
    result = cmsource.compare(whole.changed(sources={"cm": idle}, options=options))
    assert result.options["cm"].total == 0
    assert result.options["cm"].coverage.watched == 0


# The documentation ------------------------------------------------------------------------------

_PAGE, *_TWINS = editions("model.md")
_NO_BREAK = "\N{NO-BREAK SPACE}"
_OPERATORS: dict[type[ast.AST], Any] = {
    ast.Add: add,
    ast.Sub: sub,
    ast.Mult: mul,
    ast.Div: truediv,
    ast.Pow: pow,
    ast.USub: neg,
}


def value_of(text: str) -> F:
    """The exact value of an arithmetic expression as people write it."""
    plain = text.replace("×", "*").replace("−", "-").replace(",", "").replace("^", "**")
    plain = re.sub(r"([0-9.]+) ?%", r"(\1/100)", plain)
    plain = re.sub(r"[0-9]+\.[0-9]+|[0-9]+", r"F('\g<0>')", plain)

    def evaluated(node: ast.AST) -> F:
        if isinstance(node, ast.BinOp):
            left, right = evaluated(node.left), evaluated(node.right)
            return F(_OPERATORS[type(node.op)](left, right))
        if isinstance(node, ast.UnaryOp):
            return F(_OPERATORS[type(node.op)](evaluated(node.operand)))
        assert isinstance(node, ast.Call)
        [argument] = node.args
        assert isinstance(argument, ast.Constant)
        return F(str(argument.value))

    return evaluated(ast.parse(plain.strip(), mode="eval").body)


def agree(found: F | float, written: str) -> bool:
    """Whether a value is the written one, to the digits that are written."""
    number = written.strip().replace(",", "")
    percent = number.endswith("%")
    number = number.removesuffix("%").strip()
    decimals = len(number.partition(".")[2])
    scale = 100 if percent else 1
    return abs(F(found) * scale - F(number)) <= F(1, 2 * 10**decimals) + F(1, 10**9)


@pytest.mark.parametrize(
    "line",
    [line for block in blocks(_PAGE, "arithmetic") for line in block.splitlines() if line.strip()],
)
def test_arithmetic_of_the_documentation(line: str) -> None:
    """Every step of a worked example in docs/model.md is right: all its sides are equal."""
    _, _, sums = line.rpartition(":")
    first, *others = sums.split("=")
    assert others, f"no result in {line!r}"
    for written in others:
        exact = value_of(first)
        if re.fullmatch(r"[0-9.,%\s]+", written):
            assert agree(exact, written), f"{float(exact)} is not {written}"
        else:
            assert exact == value_of(written)


def figure(data: object, path: str) -> object:
    """A figure of a comparison's JSON by its path, such as ``hire.coverage.watched``."""
    for key in path.strip().split("."):
        if isinstance(data, list):
            data = data[int(key)]
        else:
            assert isinstance(data, dict)
            data = data[key]
    return data


def _cases() -> list[tuple[str, str]]:
    """Each line of figures with its scenario: the one named, or the last one above."""
    text = _PAGE.read_text(encoding="utf-8")
    found, last = [], ""
    named: dict[str, str] = {}
    fences = r"^```(yaml|figures) ?(\w*)\n(.*?)^```"
    for language, name, body in re.findall(fences, text, re.MULTILINE | re.DOTALL):
        if language == "yaml":
            last = body
            if given := re.match(r"name: (\w+)\n", body):
                named[given[1]] = body
        else:
            found += [(named[name] if name else last, line) for line in body.split("\n") if line]
    return found


@pytest.mark.parametrize(("text", "line"), _cases(), ids=[line for _, line in _cases()])
def test_figures_of_the_documentation(text: str, line: str) -> None:
    """Every figure in docs/model.md is what its scenario gives."""
    path, _, written = line.partition("=")
    result = cmsource.compare(cmsource.loads(text))
    found = figure(json.loads(cmsource.to_json(result))["options"], path)
    if written.strip() in ("true", "false", "null"):
        assert json.dumps(found) == written.strip()
    else:
        assert agree(F(str(found)), written), f"{found} is not {written}"


def test_the_documentation_has_examples() -> None:
    """Neither kind of block is lost when the page is edited: at least so many lines of each."""
    assert sum(len(block.splitlines()) for block in blocks(_PAGE, "arithmetic")) >= 75
    assert len(_cases()) >= 55


@pytest.mark.parametrize("page", _TWINS, ids=called)
def test_translations_have_the_same_examples(page: Path) -> None:
    """Each scenario, sum and figure is the English one, with its numbers as French has them."""
    examples = _examples(_PAGE)
    for kind, figures in (("arithmetic", ""), ("figures", "= ")):
        examples[kind] = [_in_french(line, figures) for line in examples[kind]]
    assert _examples(page) == examples


@pytest.mark.parametrize("page", _TWINS, ids=called)
def test_translations_have_the_same_tables(page: Path) -> None:
    """Each number in a table, such as what was measured, stands in the same row of the page."""
    pairs = zip(_rows(_PAGE), _rows(page), strict=True)
    assert [(row, ours) for row, ours in pairs if _numbers(row) - _numbers(ours)] == []


def _rows(page: Path) -> list[str]:
    return [row for table in tables(page) for row in table]


def _numbers(row: str) -> Counter[str]:
    """The numbers in a row of a table, in either language; whole hours are numbers."""
    plain = re.sub(r"(?<=[0-9]),(?=[0-9])", ".", row.replace(":00", ""))
    return Counter(re.findall(r"[0-9]+(?:\.[0-9]+)?", plain))


def _examples(page: Path) -> dict[str, list[str]]:
    """The lines of the blocks of a page by their kind, those of sums without their words."""
    found = {kind: "".join(blocks(page, kind)).splitlines() for kind in ("yaml", "figures")}
    sums = "".join(blocks(page, "arithmetic")).splitlines()
    return found | {"arithmetic": [line.rpartition(":")[2] for line in sums]}


def _in_french(line: str, after: str) -> str:
    """A line with the numbers after a sign, or all of them, as French writes them."""
    path, sign, numbers = line.rpartition(after) if after else ("", "", line)
    french = numbers.replace(",", _NO_BREAK).replace(".", ",")
    return path + sign + re.sub(" ?%", f"{_NO_BREAK}%", french)


def test_reading_is_pure() -> None:
    """The same scenario gives the same comparison, twice."""
    data = hire_or_agency()
    assert compared(data) == cmsource.compare(read(data))
