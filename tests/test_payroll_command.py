"""``cmsource payroll`` and `cmsource.employer_cost`: the same figures, and what they refuse."""

import csv
import datetime
import io
import json
from collections.abc import Sequence
from decimal import Decimal

import pytest

import cmsource
from cmsource.cli.app import run
from cmsource.cli.payroll_command import Contract
from cmsource.countries.payroll.terms import CONTRACTS
from cmsource.reports.payroll import PayrollReport
from conftest import unframed


def ran(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The status, the result and the messages of a command."""
    status = run(["payroll", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


AVERAGE = 0.0208
"""The rate of work accidents of the published figures: the average of all trades."""


def codes(caught: pytest.ExceptionInfo[cmsource.ScenarioError]) -> list[str]:
    """The codes of everything that an error says."""
    return [diagnostic.code for diagnostic in caught.value.diagnostics]


def test_the_itemised_case() -> None:
    """2,600 gross, non-cadre, 30 employees: 3,349.24 published, at 2.08% of accidents.

    An office pays 0.64% of them: 2,600 x 1.44% = 37.44 less, 3,311.80.
    """
    cost = cmsource.employer_cost("FR", monthly_gross=2600, hours=35, size=30)
    assert (cost.country, cost.gross, cost.total) == ("FR", 2600, 3311.80)
    assert cost.ratio == pytest.approx(3311.80 / 2600)
    assert cost.gross + sum(line.amount for line in cost.lines) == pytest.approx(cost.total)
    amounts = {line.name: line.amount for line in cost.lines}
    assert (amounts["health"], amounts["training"]) == (338.00, 26.00)
    assert amounts["general reduction (RGDU)"] == -399.36
    assert all(line.source for line in cost.lines)
    with pytest.raises(AttributeError):
        cost.total = 0.0  # type: ignore[misc] # frozen


@pytest.mark.parametrize(
    ("gross", "size", "cadre", "expected"),
    [
        (1867.02, 10, False, 1987.76),
        (2500, 12, False, 3176),
        (2500, 50, False, 3193),
        (4000, 30, True, 5664),
        (12000, 10, False, 17186),
    ],
)
def test_reference_points(gross: float, size: int, cadre: bool, expected: float) -> None:
    """Points of the published table, within half a per cent."""
    cost = cmsource.employer_cost(
        "FR", monthly_gross=gross, size=size, cadre=cadre, work_accident_rate=AVERAGE
    )
    assert cost.total == pytest.approx(expected, rel=0.005)


def test_wages_by_the_hour_month_and_year_agree() -> None:
    """16.50 an hour at 35 h a week are 2,502.50 a month and 30,030 a year."""
    monthly = cmsource.employer_cost("FR", monthly_gross=2502.50)
    assert cmsource.employer_cost("FR", hourly_gross=16.50) == monthly
    assert cmsource.employer_cost("FR", annual_gross=30030) == monthly
    assert (monthly.hours, monthly.size, monthly.period) == (35, 10, "2026")


def test_part_time_and_fixed_term() -> None:
    """Half time at 1,500: 2,021.94; a fixed-term 2,300 with and without its leave (FR.md)."""
    half = cmsource.employer_cost(
        "FR", monthly_gross=1500, hours=17.5, size=30, work_accident_rate=AVERAGE
    )
    assert half.total == 2021.94
    fixed = cmsource.employer_cost(
        "FR", monthly_gross=2300, contract="fixed-term", work_accident_rate=AVERAGE
    )
    assert fixed.total == pytest.approx(3240, rel=0.005)
    paid = cmsource.employer_cost(
        "FR",
        monthly_gross=2300,
        contract="fixed-term",
        leave_taken=False,
        work_accident_rate=AVERAGE,
    )
    assert paid.total == pytest.approx(3675, rel=0.005)


def test_quebec() -> None:
    """50,000 a year in a small company cost 55,766 (CA-QC.md)."""
    cost = cmsource.employer_cost("CA-QC", annual_gross=50_000)
    assert cost.total * 12 == pytest.approx(55_766, abs=6)
    older = cmsource.employer_cost("CA-QC", annual_gross=50_000, start=datetime.date(2025, 7, 1))
    assert older.period == "2025"
    assert older.total > cost.total  # RRQ, RQAP and insurance were dearer


def test_those_without_a_wage_get_the_minimum() -> None:
    """An apprentice of 20 in the first year 43% of 12.31, an intern 4.50 an hour."""
    apprentice = cmsource.employer_cost("FR", contract="apprentice", age=20, level=6)
    assert apprentice.gross == round(0.43 * 12.31 * 35 * 52 / 12, 2)
    intern = cmsource.employer_cost("FR", contract="intern")
    assert (intern.gross, intern.total, intern.lines) == (682.50, 682.50, ())


def test_capitals_of_the_country_do_not_matter() -> None:
    """``fr`` is France."""
    assert cmsource.employer_cost("fr", monthly_gross=2500).country == "FR"


def test_no_pay_has_no_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    """An unpaid intern of a few weeks costs nothing, and nothing has no ratio to nothing."""
    cost = cmsource.employer_cost("FR", contract="intern", monthly_gross=0)
    assert (cost.total, cost.ratio, cost.lines) == (0, None, ())
    _, out, _ = ran(["FR", "--contract", "intern", "--monthly", "0"], capsys)
    assert "times the gross" not in out


@pytest.mark.parametrize(
    ("terms", "code", "place"),
    [
        ({"country": "XX", "monthly_gross": 2500}, "E206", "country"),
        ({"country": "../FR", "monthly_gross": 2500}, "E206", "country"),
        ({"monthly_gross": 2500, "size": 0}, "E204", "size"),
        ({"monthly_gross": 2500, "hours": 0}, "E204", "hours"),
        ({"monthly_gross": 2500, "hours": 170}, "E204", "hours"),
        ({"monthly_gross": 2500, "overtime": -1}, "E204", "overtime"),
        ({"monthly_gross": 2500, "contract": "permanant"}, "E204", "contract"),
        ({"monthly_gross": 2500, "year": 0}, "E204", "year"),
        ({"monthly_gross": float("nan")}, "E204", "monthly_gross"),
        ({"monthly_gross": -5}, "E204", "monthly_gross"),
        ({"hourly_gross": 12.30}, "E304", "hourly_gross"),
        ({"monthly_gross": 1860}, "E304", "monthly_gross"),
        ({"annual_gross": 20_000}, "E304", "annual_gross"),
        ({"monthly_gross": 2500, "hourly_gross": 20}, "E207", "hourly_gross"),
        ({}, "E202", "monthly_gross"),
        ({"contract": "apprentice", "age": 22, "hourly_gross": 6}, "E304", "hourly_gross"),
        ({"contract": "intern", "hourly_gross": 4}, "E304", "hourly_gross"),
    ],
)
def test_refused(terms: dict[str, object], code: str, place: str) -> None:
    """Terms that make no sense or are unlawful, and the argument that says so."""
    arguments = {"country": "FR", **terms}
    with pytest.raises(cmsource.ScenarioError) as caught:
        cmsource.employer_cost(**arguments)  # type: ignore[arg-type]
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert diagnostic.place is not None
    assert diagnostic.place.path == place


def test_everything_is_said_at_once() -> None:
    """An unknown country does not hide that the size is wrong and the wage given twice."""
    with pytest.raises(cmsource.ScenarioError) as caught:
        cmsource.employer_cost("XX", monthly_gross=1, annual_gross=1, size=0)
    assert sorted(codes(caught)) == ["E204", "E206", "E207"]


def test_the_minimum_follows_the_start() -> None:
    """12.10 an hour was lawful in May 2026 and is not from June on."""
    may = cmsource.employer_cost("FR", hourly_gross=12.10, start=datetime.date(2026, 5, 31))
    assert may.gross == round(12.10 * 35 * 52 / 12, 2)
    with pytest.raises(cmsource.ScenarioError) as caught:
        cmsource.employer_cost("FR", hourly_gross=12.10, start=datetime.date(2026, 6, 1))
    assert codes(caught) == ["E304"]


# The command ------------------------------------------------------------------------------------


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The keys in their order, money with two decimals."""
    status, out, _ = ran(["FR", "--monthly", "2600", "--size", "30", "--format", "json"], capsys)
    assert status == 0
    assert '"total": 3311.80' in out
    assert '"gross": 2600.00' in out
    data = json.loads(out)
    assert list(data) == ["country", "total", "annual", "gross", "ratio", "lines"]
    assert data["annual"] == pytest.approx(12 * 3311.80)
    assert all(list(line) == ["name", "base", "rate", "amount", "source"] for line in data["lines"])
    assert data["ratio"] == pytest.approx(3311.80 / 2600, abs=1e-6)


def test_a_company_has_its_own_rates(capsys: pytest.CaptureFixture[str]) -> None:
    """Luxembourg at 5,000 in class 4 of the Mutualité: 5,750.00; 120 of health insurance more."""
    asked = ["LU", "--monthly", "5000", "--rate", "mutuality=2.66%", "-f", "json"]
    _, out, _ = ran(asked, capsys)
    assert json.loads(out)["total"] == 5750.00
    for wrong, code in (("mutualite=2%", "E201"), ("mutuality", "E204"), ("mutuality=x", "E204")):
        status, _, problem = ran(["LU", "--monthly", "5000", "--rate", wrong], capsys)
        assert status == 2
        assert code in problem
        assert "--rate" in problem
    _, out, _ = ran(["US", "--monthly", "5000", "--health-insurance", "120", "-f", "json"], capsys)
    lines = {line["name"]: line["amount"] for line in json.loads(out)["lines"]}
    assert lines["health insurance"] == 120


def test_an_age_that_is_assumed_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Swiss contributions go by age: without one the country's guess counts, which is said."""
    _, out, _ = ran(["CH", "--annual", "65000", "--region", "ZH"], capsys)
    assert "CH ZH 2026" in out.splitlines()[0]
    assert "aged 35, a guess" in out.splitlines()[0]
    _, out, _ = ran(["CH", "--annual", "65000", "--age", "35"], capsys)
    assert "a guess" not in out


def test_csv(capsys: pytest.CaptureFixture[str]) -> None:
    """Gross pay, one row a line, and the total that they add up to."""
    status, out, _ = ran(["FR", "--monthly", "2600", "--size", "30", "-f", "csv"], capsys)
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows[0]["name"] == "gross pay"
    assert rows[-1]["name"] == "total"
    amounts = [round(float(row["amount"]) * 100) for row in rows]
    assert sum(amounts[:-1]) == amounts[-1] == 331_180


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    """80 columns hold every line; the total comes first, sources are numbered below."""
    status, out, _ = ran(["FR", "--monthly", "2600", "--size", "30", "--cadre"], capsys)
    assert status == 0
    lines = out.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert "FR 2026 · permanent · 35 h a week · 30 employees" in lines[0]
    assert " a month for €2,600.00 gross: 1." in lines[1]
    assert "times the gross" in lines[1]
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("employer cost a month") for line in lines)
    assert any("executive employment (APEC)" in line for line in lines)
    assert "[1]  URSSAF open rules (modele-social 11.1.0), 2026-07-01" in lines


def test_flags_are_written_as_in_a_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    """Quantities may have units and decimal commas."""
    flags = ["--hourly", "€16.50/h", "--hours", "35 h/week", "--mobility", "3.2%", "--size", "12"]
    status, out, _ = ran(["fr", *flags, "-f", "json"], capsys)
    assert status == 0
    data = json.loads(out)
    assert data["gross"] == 2502.5
    rate = next(line["rate"] for line in data["lines"] if line["name"] == "mobility")
    assert rate == 0.032


@pytest.mark.parametrize(
    ("arguments", "code", "flag"),
    [
        (["FX", "--monthly", "2500"], "E206", "COUNTRY"),
        (["FR", "--monthly", "2500", "--size", "0"], "E204", "--size"),
        (["FR", "--monthly", "1,500"], "E204", "--monthly"),
        (["FR", "--hourly", "10"], "E304", "--hourly"),
        (["FR", "--monthly", "2500", "--start", "yesterday"], "E204", "--start"),
        (["FR", "--monthly", "2500", "--annual", "30000"], "E207", "--annual"),
        (["FR"], "E202", "--monthly"),
    ],
)
def test_bad_input(
    arguments: list[str], code: str, flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One message that names the flag, status 2, nothing on standard output."""
    status, out, err = ran(arguments, capsys)
    assert (status, out) == (2, "")
    assert err.count("error[") == 1
    assert f"error[{code}]" in err
    assert f"--> {flag}\n" in err


def test_bad_input_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Several problems are several diagnostics."""
    status, _, err = ran(["FX", "--monthly", "2500", "--size", "0", "-f", "json"], capsys)
    assert status == 2
    found = json.loads(err)["diagnostics"]
    assert sorted(one["code"] for one in found) == ["E204", "E206"]


def test_unknown_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """Contracts are named, and they are those that the payroll knows."""
    status, _, err = ran(["FR", "--monthly", "2500", "--contract", "none"], capsys)
    assert status == 2
    assert "'permanent', 'fixed-term', 'apprentice', 'intern'" in unframed(err)
    assert tuple(Contract) == CONTRACTS


def test_unknown_format(capsys: pytest.CaptureFixture[str]) -> None:
    """Formats are named."""
    status, _, err = ran(["FR", "--monthly", "2500", "-f", "xml"], capsys)
    assert status == 2
    assert "'table', 'markdown', 'csv', 'json', 'svg'" in unframed(err)


def test_overtime_is_gross_pay() -> None:
    """By hand: 2,300 / (35 × 52 / 12) × 4 × 52 / 12 = 262.86; × 1.25 = 328.58 (half to even).

    The total is that of URSSAF's open rules: 3,218.36 / (2,300 + 328.58) = 1.2244.
    """
    cost = cmsource.employer_cost(
        "FR", monthly_gross=2300, size=10, overtime=4, work_accident_rate=AVERAGE
    )
    assert cost.gross == 2628.58
    assert [line.amount for line in cost.overtime] == [328.58]
    assert cost.total == pytest.approx(3218.36, abs=0.02)
    assert cost.ratio == pytest.approx(1.2244, abs=0.00005)
    assert round(cost.gross + sum(line.amount for line in cost.lines), 2) == cost.total
    rows = list(PayrollReport(cost).rows())
    assert [str(row[3]) for row in rows[:2]] == ["2300.00", "328.58"]
    assert sum(Decimal(str(row[3])) for row in rows[:-1]) == Decimal(str(rows[-1][3]))


def test_large_companies_are_taken_to_have_no_apprentices() -> None:
    """0.4% of 2,500 from 250 employees on, as URSSAF's open rules take it, and said to be so."""
    cost = cmsource.employer_cost("FR", monthly_gross=2500, size=250)
    [line] = [line for line in cost.lines if line.name == "apprenticeship supplement"]
    assert line.amount == 10.00
    assert "assumption: no apprentices" in line.source
    listed = {
        each.path: each.confidence
        for each in cmsource.compare(
            cmsource.loads(
                "country: FR\ncompany: {size: 300}\nneeds: {work: {content: 9 h/week}}\n"
                "sources: {cm: {kind: employee}}\noptions: {a: [cm]}\n"
            )
        ).assumptions
    }
    assert listed["company.apprentices"] == "G"


def test_a_day_outside_the_known_periods_is_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    """As in `compare`: the nearest period counts, and what is known of later years."""
    status, out, err = ran(["FR", "--monthly", "2600", "--start", "2031-01-06"], capsys)
    assert status == 0
    assert "warning[W404]: start 2031-01-06 is outside the known periods; 2026 is used" in err
    assert "employer cost a month" in out
    cost = cmsource.employer_cost("FR", monthly_gross=2600, start=datetime.date(2031, 1, 6))
    assert [each.code for each in cost.warnings] == ["W404"]
    assert cmsource.employer_cost("FR", monthly_gross=2600).warnings == ()


@pytest.mark.parametrize(("day", "reduction"), [("2026-12-31", -399.36), ("2027-01-01", -427.70)])
def test_the_minimum_wage_of_the_reduction_changes_in_january_2027(
    day: str, reduction: float
) -> None:
    """12.02 in all of 2026, then 12.31: 3 x 12.31 x 35 x 52 / 12 / 2,600 = 2.154250.

    0.02 + 0.3781 x ((2.154250 - 1) / 2)^1.75 = 0.1645, and 0.1645 x 2,600 = 427.70.
    """
    cost = cmsource.employer_cost(
        "FR", monthly_gross=2600, size=30, start=datetime.date.fromisoformat(day)
    )
    assert [line.amount for line in cost.lines if "RGDU" in line.name] == [reduction]
