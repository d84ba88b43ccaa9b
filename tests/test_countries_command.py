"""``cmsource countries``: the sourced values, their dates and marks; and their page of the docs."""

import datetime
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import cmsource
from cmsource.cli.app import run
from cmsource.countries import CONFIDENCE, Country, Fact, known_countries, load_country
from cmsource.countries.dates import is_stale, last_day, newest, stale_before
from cmsource.reports.countries import values_table
from cmsource.values.language import Language
from cmsource.writers.markdown import block_text
from conftest import unframed

PAGE = Path(__file__).parent.parent / "docs" / "countries.md"


def ran(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The status, the result and the messages of a command."""
    status = run(["countries", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def fact(as_of: str) -> Fact:
    """A value of a day."""
    return Fact(1, "somewhere", as_of, "S")


def test_overview(capsys: pytest.CaptureFixture[str]) -> None:
    """One row a country."""
    status, out, _ = ran([], capsys)
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()[1:-1]][: len(known_countries())] == [
        *known_countries()
    ]
    assert "2026-11-21" in out


def test_countries_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """The United Kingdom at 3,000 a month by hand.

    36,000 and 15 % of 31,000 and 3 % of 29,760 are 41,542.80 a year, 3,461.90 a month. 52 weeks of
    37.5 h, 28 of 260 days off, 2 % sick: 1,705 h.
    """
    status, out, _ = ran(["-f", "json"], capsys)
    assert status == 0
    compared = {one["country"]: one["compared"] for one in json.loads(out)["countries"]}
    kingdom = compared["GB"]
    assert (kingdom["gross"], kingdom["total"], kingdom["minimum_wage"]) == (3000, 3461.90, 12.71)
    assert kingdom["hours_worked"] == pytest.approx(1705.2, abs=0.05)
    facts = load_country("GB").facts.values()
    assert kingdom["guesses"] == sum(fact.confidence == "G" for fact in facts)
    assert compared["CH"]["minimum_wage"] is None
    # France, 10 employees: the month of the payroll page; Belgium: a twelfth of the year
    for code in ("FR", "BE"):
        cost = cmsource.employer_cost(code, monthly_gross=3000)
        assert compared[code]["total"] == pytest.approx(cost.total, abs=0.05)
    _, out, _ = ran([], capsys)
    row = next(line for line in out.splitlines() if line.startswith("GB"))
    assert row.split()[-7:] == ["£3,461.90", "1,705", "£12.71/h", "28", "of", "56", "2026-11-26"]


def test_amounts_of_the_comparison_follow_the_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every amount of a row is French: 3 461,90 £GB and 12,71 £GB an hour."""
    _, out, _ = ran(["--lang", "fr"], capsys)
    row = next(line for line in out.splitlines() if line.startswith("GB"))
    assert "12,71" in row
    assert "12.71" not in row


def test_values_of_a_region(capsys: pytest.CaptureFixture[str]) -> None:
    """California's minimum wage of 16.90 in place of the federal one; the city lies in New York."""
    status, out, _ = ran(["US", "--region", "california", "-f", "json"], capsys)
    data = json.loads(out)
    assert (status, data["region"]) == (0, ["CA"])
    assert {each["key"]: each["value"] for each in data["values"]}["minimum_wage"] == 16.90
    _, out, _ = ran(["US", "--region", "NYC"], capsys)
    assert "United States, New York, New York City (US) 2026" in " ".join(out.split())
    _, out, _ = ran(["US"], capsys)
    assert "With values of their own: California (CA), Texas (TX)" in " ".join(out.split())


def test_one_country(capsys: pytest.CaptureFixture[str]) -> None:
    """Every value with its source in 80 columns; the old ones marked."""
    status, out, _ = ran(["fr"], capsys)
    assert status == 0
    assert max(map(len, out.splitlines())) <= 80
    text = out.replace("\N{NO-BREAK SPACE}", " ")
    assert "\nfull_time_hours\n    Value: 35 · Of: 2026-11-21" in text
    assert "\n! weeks_to_hire\n    Value: 12 · Of: 2022" in text
    assert "\n! sickness\n    Value: 0.048 · Of: 2023" in text  # before 21 November 2024
    assert "\nturnover\n    Value: 0.1555 · Of: 2024" in text
    assert all(key in out for key in load_country("FR").facts)


def test_wide_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is room, the same as columns."""
    monkeypatch.setenv("COLUMNS", "160")
    status, out, _ = ran(["CA-QC"], capsys)
    assert status == 0
    assert out.splitlines()[1].split() == ["Key", "Value", "Of", "Mark", "Source"]
    assert max(map(len, out.splitlines())) <= 160


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Every value with its source, date, mark and whether it is stale."""
    status, out, _ = ran(["FR", "--format", "json"], capsys)
    assert status == 0
    data = json.loads(out)
    assert (data["format"], data["stale_before"]) == ("cmsource/country/1", "2024-11-21")
    values = {value["key"]: value for value in data["values"]}
    assert list(values) == list(load_country("FR").facts)
    assert values["minimum_wage"]["value"] == 12.31
    assert values["sickness"]["stale"] is True
    assert {value["confidence"] for value in values.values()} <= set(CONFIDENCE)
    status, out, _ = ran(["-f", "json"], capsys)
    assert [one["country"] for one in json.loads(out)["countries"]] == list(known_countries())


def test_values_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    """The minimum wage of May 2026; what was two years old then."""
    status, out, _ = ran(["FR", "--start", "2026-05-31"], capsys)
    assert status == 0
    assert "minimum_wage\n    Value:\N{NO-BREAK SPACE}12.02" in out
    assert "! more than two years before 2026-05-31." in out
    _, out, _ = ran(["FR", "--start", "2030-01-01"], capsys)
    assert "outside the known periods" in out
    assert "! full_time_hours\n    Value:\N{NO-BREAK SPACE}35" in out


@pytest.mark.parametrize(
    ("arguments", "code", "flag"),
    [
        (["XX"], "E206", "COUNTRY"),
        (["FR", "--start", "soon"], "E204", "--start"),
        (["US", "--region", "Texass"], "E208", "--region"),
        (["--region", "TX"], "E202", "--region"),
    ],
)
def test_bad_input(
    arguments: list[str], code: str, flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A message that names what is wrong, and status 2."""
    status, out, err = ran(arguments, capsys)
    assert (status, out) == (2, "")
    assert f"error[{code}]" in err
    assert f"--> {flag}\n" in err


def test_unknown_format(capsys: pytest.CaptureFixture[str]) -> None:
    """Formats are named."""
    status, _, err = ran(["-f", "xml"], capsys)
    assert status == 2
    assert "'table', 'markdown', 'csv', 'json', 'svg'" in unframed(err)


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2023", datetime.date(2023, 12, 31)),
        ("2025-02", datetime.date(2025, 2, 28)),
        ("2024-02", datetime.date(2024, 2, 29)),
        ("2025-12", datetime.date(2025, 12, 31)),
        ("2026-11-21", datetime.date(2026, 11, 21)),
    ],
)
def test_last_day(as_of: str, day: datetime.date) -> None:
    """A year or a month is as young as it can be."""
    assert last_day(as_of) == day


def test_stale() -> None:
    """More than two years before the day: 2023 is stale from 1 January 2026 on."""
    assert not is_stale(fact("2023"), datetime.date(2025, 12, 31))
    assert is_stale(fact("2023"), datetime.date(2026, 1, 1))
    assert not is_stale(fact("2024-05-01"), datetime.date(2026, 5, 1))
    assert is_stale(fact("2024-05-01"), datetime.date(2026, 5, 2))
    assert stale_before(datetime.date(2028, 2, 29)) == datetime.date(2026, 2, 28)


def test_newest() -> None:
    """The youngest date of all values."""
    country = Country("XX", "X", "XXX", "2026", {"a": fact("2024"), "b": fact("2025-02")})
    assert newest(country) == datetime.date(2025, 2, 1)
    assert newest(load_country("FR")) == datetime.date(2026, 11, 21)


@pytest.mark.parametrize("code", known_countries())
def test_the_page_lists_every_value(code: str) -> None:
    """docs/countries.md has the tables of the newest period, as the data has them."""
    table = block_text(values_table(load_country(code)))
    assert f"{table}\n" in PAGE.read_text(encoding="utf-8")


def test_values_in_french() -> None:
    """Hours and sentences are in the words of the language; names of values stay as they are."""
    table = block_text(Language("fr").of(values_table(load_country("CH"))))
    for begin in (
        "| `night_hours` | tous les jours 23:00-06:00 |",
        "| `office_hours` | lun-ven 08:00-12:00 13:00-17:24 |",
        "| `sick_pay` | trois semaines la première année, puis une échelle cantonale",
        "| `calendar_region` | ZH |",
        "| payroll.lines.old age (AHV/AVS) | rate&nbsp;: old_age |",
    ):
        assert begin in table
    kingdom, belgium = (
        block_text(Language("fr").of(values_table(load_country(each)))) for each in ("GB", "BE")
    )
    assert "secondary_threshold / null" in kingdom
    assert "0,5&nbsp;: 150, 0,6&nbsp;: 200" in belgium


def test_the_page_explains_every_mark() -> None:
    """Each mark of confidence with its meaning."""
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| **{mark}** | {meaning} |" in page for mark, meaning in CONFIDENCE.items())
