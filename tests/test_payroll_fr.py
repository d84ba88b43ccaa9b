"""French employer charges against published and hand-worked figures."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsource.countries import (
    Employment,
    employer_charges,
    load_country,
    minimum_monthly_wage,
    schedule,
)
from cmsource.countries.payroll.fr import reduction_coefficient
from cmsource.countries.payroll.terms import cents

_OFFICE = load_country("FR")
_AVERAGE = {"payroll.work_accidents": _OFFICE.fact("payroll.work_accidents_average")}
FRANCE = _OFFICE._replace(facts={**_OFFICE.facts, **_AVERAGE})
"""France at the average rate of work accidents, which the published figures have."""
THRESHOLD = 3 * 12.02 * 35 * 52 / 12
"""Three minimum wages of a full-time month, where the general reduction ends."""


def charges(employment: Employment) -> dict[str, float]:
    """The amounts of the lines by their names."""
    return {line.name: line.amount for line in employer_charges(FRANCE, employment)}


def cost(employment: Employment) -> float:
    """Gross pay and what comes on top."""
    return employment.monthly_gross + math.fsum(charges(employment).values())


# URSSAF's open rules (modele-social 11.1.0) with the January minimum wage in the general reduction,
# as décret 2026-509 has it; full time, permanent, no mobility contribution. The rows below the
# first are published to the euro.
TABLE = {
    1867.02: (1987.76, 1997.77, 2006.54, 2028.68),
    2500: (3163, 3176, 3193, 3217),
    3000: (4007, 4022, 4045, 4072),
    4000: (5578, 5597, 5631, 5664),
    6000: (8605, 8633, 8686, 8700),
    12000: (17186, 17241, 17351, 17310),
}
COLUMNS = ((10, False), (30, False), (60, False), (30, True))


@pytest.mark.parametrize("gross", TABLE)
@pytest.mark.parametrize("column", range(4))
def test_reference_table(gross: float, column: int) -> None:
    """Every figure of the published table, as exactly as it is published."""
    size, cadre = COLUMNS[column]
    tolerance = 0.0101 if gross == 1867.02 else 0.5
    expected = TABLE[gross][column]
    assert cost(Employment(gross, 35, size=size, cadre=cadre)) == pytest.approx(
        expected, abs=tolerance
    )


def test_itemised_case() -> None:
    """2,600 gross, 30 employees: each contribution to the cent."""
    lines = charges(Employment(2600, 35, size=30))
    assert lines["health"] == 338.00
    assert cents(lines["old age up to the ceiling"] + lines["old age on all pay"]) == 277.16
    pension = lines["supplementary pension, tranche 1"] + lines["pension balance (CEG), tranche 1"]
    assert cents(pension) == 156.26
    assert lines["family"] == 136.50
    assert cents(lines["unemployment"] + lines["wage guarantee (AGS)"]) == 110.50
    assert lines["work accidents (AT/MP)"] == 54.08
    assert lines["training"] == 26.00
    assert lines["health insurance"] == 20.00
    assert lines["apprenticeship tax"] == 17.68
    assert lines["autonomy (CSA)"] == 7.80
    assert lines["housing aid (FNAL)"] == 2.60
    assert lines["social package on cover"] == 1.60
    assert lines["social dialogue"] == 0.42
    assert lines["mobility"] == 0.00
    assert lines["general reduction (RGDU)"] == -399.36
    assert len(lines) == 18
    assert cost(Employment(2600, 35, size=30)) == pytest.approx(3349.24, abs=1e-9)


def test_half_time() -> None:
    """1,500 gross for half the legal week, 30 employees."""
    assert cost(Employment(1500, 17.5, size=30)) == pytest.approx(2021.94, abs=1e-9)


def test_fixed_term() -> None:
    """2,300 gross under 11 employees: bonus, leave paid out or not, and the permanent contract."""
    assert cost(Employment(2300, 35, "fixed-term", 10)) == pytest.approx(3240, abs=0.5)
    paid_out = Employment(2300, 35, "fixed-term", 10, leave_taken=False)
    assert cost(paid_out) == pytest.approx(3675, abs=0.5)
    assert cost(Employment(2300, 35, size=10)) == pytest.approx(2808, abs=0.5)


def test_fixed_term_lines() -> None:
    """The bonus is a tenth of the gross, the leave a tenth of both, and contributions bear all."""
    lines = charges(Employment(2300, 35, "fixed-term", 10, leave_taken=False))
    assert lines["precarity bonus"] == 230.00
    assert lines["paid leave not taken"] == 253.00
    assert lines["fixed-term training (CPF-CDD)"] == 27.83
    assert lines["health"] == 361.79


# The same engine, evaluated case by case.
ENGINE = [
    (Employment(990, 35, "apprentice", 10, apprentice_level=6), 924.21),
    (Employment(1139, 35, "apprentice", 49, apprentice_level=5), 825.88),
    (Employment(1456, 35, "apprentice", 149, apprentice_level=4), 1118.97),
    (Employment(3000, 35, "fixed-term", 49, cadre=True, leave_taken=False), 5124.73),
    (Employment(2300, 35, "fixed-term", 149), 3270.78),
    (Employment(2300, 35, size=10, overtime_hours=4), 3218.36),
    (Employment(2500, 35, size=149, overtime_hours=4), 3671.96),
    (Employment(1300, 24, size=49), 1416.06),
    (Employment(2500, 30, size=10, cadre=True), 3358.30),
    (Employment(2500, 17.5, size=49, cadre=True), 3596.95),
    (Employment(2500, 35, size=49, mobility_rate=0.032), 3255.50),
    (Employment(2500, 35, size=250, apprentice_share=0.0), 3202.75),
    (Employment(40000, 35, size=49, cadre=True), 55286.61),
]


@pytest.mark.parametrize(("employment", "expected"), ENGINE)
def test_open_engine(employment: Employment, expected: float) -> None:
    """Contracts and sizes beyond the table, within the rounding of a few lines."""
    assert cost(employment) == pytest.approx(expected, abs=0.035)


def test_intern_at_the_legal_gratification_costs_nothing_more() -> None:
    """4.50 an hour is exempt: 682.50 for a full-time month."""
    assert employer_charges(FRANCE, Employment(682.50, 35, "intern")) == ()
    assert employer_charges(FRANCE, Employment(0, 35, "intern")) == ()


def test_intern_above_the_legal_gratification() -> None:
    """1,000 a month: 317.50 bears contributions, worked by hand from the rates."""
    lines = charges(Employment(1000, 35, "intern", 10))
    assert lines == {
        "health": 41.28,  # 317.50 × 13 % = 41.275
        "family": 16.67,
        "old age up to the ceiling": 27.15,
        "old age on all pay": 6.70,
        "autonomy (CSA)": 0.95,
        "training": 1.75,
        "apprenticeship tax": 2.16,
        "housing aid (FNAL)": 0.32,
        "work accidents (AT/MP)": 6.60,
    }


def test_apprentice_first_year_extras() -> None:
    """750 of training share and 2,000 of aid are spread over the first year, for no later one."""
    first = charges(Employment(990, 35, "apprentice", 10, apprentice_level=6))
    assert first["share of training cost"] == 62.50
    assert first["state aid for an apprentice"] == -166.67
    later = charges(Employment(990, 35, "apprentice", 10, apprentice_level=6, apprentice_year=2))
    assert {"share of training cost", "state aid for an apprentice"}.isdisjoint(later)
    large = charges(Employment(990, 35, "apprentice", 250, apprentice_level=6))
    assert "state aid for an apprentice" not in large


def test_apprentice_exemptions_end_at_11_employees() -> None:
    """Under 11, neither training contribution nor apprenticeship tax."""
    small = charges(Employment(990, 35, "apprentice", 10))
    assert {"training", "apprenticeship tax"}.isdisjoint(small)
    assert {"training", "apprenticeship tax"} <= set(charges(Employment(990, 35, "apprentice", 11)))


def test_overtime_by_hand() -> None:
    """10 h a week at 15 €/h: 8 at +25 %, 2 at +50 %; the deduction falls from 20 employees."""
    gross = 15 * 35 * 52 / 12
    lines = employer_charges(FRANCE, Employment(gross, 35, size=19, overtime_hours=10))
    pay = [line for line in lines if line.name == "overtime pay"]
    assert [(line.base, line.rate, line.amount) for line in pay] == [
        (520.00, 1.25, 650.00),
        (130.00, 1.50, 195.00),
    ]
    assert lines[-1][:4] == ("overtime deduction", 43.33, -1.5, -65.00)  # 64.995, half to even
    large = charges(Employment(gross, 35, size=20, overtime_hours=10))
    assert large["overtime deduction"] == -21.66  # 21.665, half to even


@pytest.mark.parametrize(
    ("share", "rate"),
    [(0.0, 0.004), (0.01, 0.002), (0.02, 0.001), (0.03, 0.0005), (0.05, 0), (None, 0.004)],
)
def test_apprenticeship_supplement(share: float | None, rate: float) -> None:
    """From 250 employees, by the share of apprentices; as the engine takes it, there are none."""
    lines = charges(Employment(2000, 35, size=250, apprentice_share=share))
    assert lines.get("apprenticeship supplement", 0) == cents(2000 * rate)
    assert "apprenticeship supplement" not in charges(
        Employment(2000, 35, size=249, apprentice_share=share)
    )


def test_given_rates_replace_the_country() -> None:
    """The employer's own rates are used, and said to be given."""
    lines = {
        line.name: line
        for line in employer_charges(
            FRANCE,
            Employment(
                2000,
                35,
                size=11,
                mobility_rate=0.032,
                work_accident_rate=0.0064,
                health_insurance=30,
            ),
        )
    }
    assert lines["mobility"][1:5] == (2000, 0.032, 64.00, "given")
    assert lines["work accidents (AT/MP)"][1:5] == (2000, 0.0064, 12.80, "given")
    assert lines["health insurance"][1:5] == (30, 1, 30.00, "given")
    assert lines["social package on cover"].amount == 2.40


def test_size_and_status_default_to_the_country() -> None:
    """Without a size, the country's company is used."""
    size = FRANCE.value("company_size")
    assert charges(Employment(2500, 35)) == charges(Employment(2500, 35, size=size))


def test_reduction_has_its_legal_step_at_three_minimum_wages() -> None:
    """2 % of pay just below three minimum wages, nothing from there on; nothing else moves."""
    below, at = Employment(THRESHOLD - 0.02, 35, size=30), Employment(THRESHOLD + 0.01, 35, size=30)
    lost = charges(below)["general reduction (RGDU)"]
    assert lost == pytest.approx(-0.02 * THRESHOLD, abs=0.01)
    assert "general reduction (RGDU)" not in charges(at)
    assert cost(at) - cost(below) + lost == pytest.approx(0.03 * 1.45, abs=0.05)


def test_reduction_coefficient_limits() -> None:
    """0.0200 + T up to the minimum wage, by hand in between, zero from three times that."""
    assert reduction_coefficient(FRANCE.facts, 12.02 * 35 * 52 / 12, 35, 49) == 0.3981
    assert reduction_coefficient(FRANCE.facts, 900, 35, 50) == 0.4021
    # 3 × 1,823.03 / 2,600 = 2.10350; half of what exceeds 1 is 0.55175; to the 1.75: 0.35324.
    assert reduction_coefficient(FRANCE.facts, 2600, 35, 30) == 0.1536
    assert reduction_coefficient(FRANCE.facts, THRESHOLD, 35, 30) == 0
    assert reduction_coefficient(FRANCE.facts, 0, 35, 30) == 0


def test_reduction_keeps_the_january_minimum_wage_after_june() -> None:
    """The minimum wage is 12.31 from June; the reduction's stays 12.02."""
    assert FRANCE.value("minimum_wage") == 12.31
    assert FRANCE.value("payroll.reduction_minimum_wage") == 12.02


@pytest.mark.parametrize(
    "bad",
    [
        Employment(2000, 35, "volunteer"),
        Employment(-1, 35),
        Employment(math.nan, 35),
        Employment(2000, 0),
        Employment(2000, 35, size=0),
        Employment(2000, 35, overtime_hours=-1),
        Employment(2000, 35, periods=0),
        Employment(2000, 35, periods=26),
    ],
)
def test_senseless_terms_are_refused(bad: Employment) -> None:
    """Terms that make no sense raise ValueError."""
    with pytest.raises(ValueError, match=r"contract|pay|company|overtime"):
        employer_charges(FRANCE, bad)


terms = st.builds(
    lambda hours, factor, size, cadre, contract: Employment(
        round(minimum_monthly_wage(FRANCE, hours) * factor, 2), hours, contract, size, cadre
    ),
    hours=st.floats(10, 35),
    factor=st.floats(1, 12),
    size=st.sampled_from([1, 10, 11, 19, 20, 49, 50, 249, 250, 5000]),
    cadre=st.booleans(),
    contract=st.sampled_from(["permanent", "fixed-term", "apprentice"]),
)


@given(terms)
def test_lines_are_base_times_rate(employment: Employment) -> None:
    """Every amount is its base × rate to the cent; bases never exceed all pay."""
    lines = employer_charges(FRANCE, employment)
    for line in lines:
        assert line.amount == pytest.approx(line.base * line.rate, abs=0.00501)
        assert line.amount == cents(line.amount)
        assert 0 <= line.base <= employment.monthly_gross * 1.21 + 20
        assert line.source
        assert (line.amount <= 0) == (line.rate <= 0) or line.amount == 0


@given(terms)
def test_the_charges_are_the_sum_of_their_lines(employment: Employment) -> None:
    """Their sum without the lines is that of the lines; pay is no charge."""
    found = schedule(load_country("FR"), employment)
    assert found.lines == employer_charges(load_country("FR"), employment)
    assert [line for line in found.lines if line.pay] == list(found.pay)
    charged = math.fsum(line.amount for line in found.lines if not line.pay)
    assert found.amount == pytest.approx(charged, abs=1e-6)


@given(terms)
def test_ratio_of_a_permanent_contract(employment: Employment) -> None:
    """At or above the minimum wage charges lie between nothing and 60 % of pay."""
    permanent = employment._replace(contract="permanent")
    total = math.fsum(charges(permanent).values())
    assert 0 <= total / permanent.monthly_gross <= 0.6


@given(terms, st.floats(10, 500))
def test_better_pay_never_costs_less(employment: Employment, raised: float) -> None:
    """Ten euros more of gross never cost the employer less, whatever the reduction does.

    Ten, not one: the coefficient is rounded to 0.0001, which is up to half a euro.
    """
    better = employment._replace(monthly_gross=employment.monthly_gross + raised)
    assert cost(better) > cost(employment)


@given(terms)
def test_a_cadre_costs_more(employment: Employment) -> None:
    """The executive status only adds lines."""
    assert cost(employment._replace(cadre=True)) > cost(employment._replace(cadre=False))


@given(st.floats(0.3, 1), st.floats(13, 40), st.sampled_from([10, 30, 60]))
def test_part_time_is_its_share(share: float, hourly: float, size: int) -> None:
    """At the same hourly wage, charges but for the insurance are the share of full time."""
    month = 35 * 52 / 12

    def wage_part(part: float) -> float:
        terms = Employment(hourly * month * part, 35 * part, size=size, health_insurance=0)
        return math.fsum(charges(terms).values())

    # The reduction's coefficient is rounded to 0.0001, and there are some twenty cents to round.
    assert wage_part(share) == pytest.approx(
        wage_part(1) * share, abs=0.0002 * hourly * month + 0.25
    )


@given(terms, st.floats(0, 0.0001))
def test_hair_of_pay_makes_no_jump(employment: Employment, hair: float) -> None:
    """Apart from the two legal steps (the CET at the ceiling, the reduction's end) none is seen."""
    total = math.fsum(charges(employment).values())
    more = employment._replace(monthly_gross=employment.monthly_gross + hair)
    change = abs(math.fsum(charges(more).values()) - total)
    names = set(charges(employment)) ^ set(charges(more))
    assert names or change <= 0.0001 * 1.3 * employment.monthly_gross + 0.3
