"""The JSON of a comparison: its keys in order, its numbers, and the way back."""

import json
from decimal import Decimal
from typing import Any

import pytest

import cmsource
from cmsource.writers.json import dumps
from strategies import agency, coach, colleague, compared, employee, scenario

COVERAGE = [
    "watched",
    "answered_in_time",
    "answered",
    "work_done",
    "skills_met",
    "continuity",
    "in_house",
    "idle",
    "utilisation",
    "live_after_months",
    "in_house_material",
    "regularity",
    "weeks_short",
    "approval_days",
]


@pytest.fixture(scope="module")
def result() -> cmsource.Comparison:
    """A comparison with phases, requirements, tools, own time and a discount."""
    sources = {
        "cm": employee(recruitment=100, starts_after=2),
        "marie": colleague(),
        "a": agency(retainer=1000, hourly_rate=60, min_months=24),
        "coach": coach(),
    }
    data = scenario(
        sources,
        {
            "hire": ["cm"],
            "hybrid": [{"marie": {"takes": "30%"}}, "a"],
            "phased": {"phases": [{"months": 7, "sources": ["a"]}, {"sources": ["cm", "coach"]}]},
            "coach": ["coach"],
        },
        name="Élan “été”",
        horizon=18,
        prices={"wages": "2%", "vendors": "3%", "discount": "4%"},
        messages={"per_day": 10},
        work={"content": "3 h/week"},
        require={"watched": "50%", "budget": "5000/month", "live_within": "1 month"},
        tools={"suite": {"price": 99.9, "included_by": ["a"]}},
    )
    return compared(data)


@pytest.fixture(scope="module")
def data(result: cmsource.Comparison) -> dict[str, Any]:
    """The same as parsed JSON, with decimals for numbers that have a point."""
    found: dict[str, Any] = json.loads(cmsource.to_json(result), parse_float=Decimal)
    return found


def test_keys_come_in_the_order_of_the_format(data: dict[str, Any]) -> None:
    """The keys of the format, each in its place."""
    assert data["format"] == "cmsource/comparison/1"
    expected = ["format", "scenario", "options", "recommended", "reason", "signals", "advice"]
    assert list(data)[:9] == [*expected, "assumptions", "warnings"]
    head = ["name", "file", "country", "currency", "horizon_months"]
    assert list(data["scenario"])[:5] == head
    option = data["options"]["hire"]
    assert list(option) == [
        "label",
        "total",
        "cash",
        "monthly",
        "npv",
        "by_category",
        "by_source",
        "by_year",
        "per_hour_worked",
        "per_watched_hour",
        "per_answered_message",
        "coverage",
        "horizon_average",
        "phases",
        "requirements",
        "eligible",
        "on_frontier",
        "would_take",
        "entries",
    ]
    assert list(option["coverage"]) == COVERAGE
    assert list(option["horizon_average"]) == ["watched", "answered_in_time", "work_done"]
    phase = option["phases"][0]
    assert list(phase)[:4] == ["from_month", "months", "coverage", "sources"]
    assert list(phase["coverage"]) == COVERAGE
    assert list(phase["sources"]["cm"])[:4] == ["headcount", "depth", "presence", "hours_done"]
    assert list(option["requirements"][0])[:5] == ["name", "limit", "value", "met", "phase"]
    entry = ["phase", "source", "category", "from_month", "months", "amount", "cash", "why", "refs"]
    assert list(option["entries"][0])[:9] == entry
    keys = ["path", "value", "source", "as_of", "confidence"]
    assert list(data["assumptions"][0])[:5] == keys


def test_money_has_two_decimals_and_shares_six(data: dict[str, Any]) -> None:
    """Numbers are numbers, with the digits of the format."""
    for option in data["options"].values():
        amounts = [option[key] for key in ("total", "cash", "monthly", "npv")]
        amounts += [*option["by_category"].values(), *option["by_source"].values()]
        amounts += [*option["by_year"], *(entry["amount"] for entry in option["entries"])]
        amounts += [option[key] for key in option if key.startswith("per_")]
        for amount in amounts:
            if amount is not None:
                assert isinstance(amount, Decimal)
                assert amount.as_tuple().exponent == -2
        for name, value in option["coverage"].items():
            if value is not None and name != "live_after_months":
                assert isinstance(value, Decimal)
                assert value.as_tuple().exponent == -6


def test_what_cannot_be_measured_is_null(data: dict[str, Any]) -> None:
    """A coach alone has no continuity, no in-house share and no cost of a watched hour."""
    coach_only = data["options"]["coach"]
    for key in ("continuity", "in_house", "skills_met"):
        assert coach_only["coverage"][key] is None
    assert coach_only["per_watched_hour"] is None


def test_totals_are_the_sums_of_the_entries(data: dict[str, Any]) -> None:
    """Anybody can add up the file and find its totals, to the cent."""
    for option in data["options"].values():
        entries = option["entries"]
        assert option["total"] == sum(entry["amount"] for entry in entries)
        assert option["cash"] == sum(entry["amount"] for entry in entries if entry["cash"])
        for kind in ("category", "source"):
            sums: dict[str, Decimal] = {}
            for entry in entries:
                sums[entry[kind]] = sums.get(entry[kind], Decimal()) + entry["amount"]
            assert option[f"by_{kind}"] == sums
        assert sum(option["by_year"]) == option["total"]
        assert len(option["by_year"]) == 2


def test_json_reads_back_to_the_same_text(result: cmsource.Comparison) -> None:
    """Written, read and written again, a comparison does not change."""
    text = cmsource.to_json(result)
    back = cmsource.from_json(text)
    assert cmsource.to_json(back) == text
    assert back.recommended == result.recommended
    assert {n: o.total for n, o in back.options.items()} == {
        n: o.total for n, o in result.options.items()
    }


def test_text_is_written_in_its_own_script(result: cmsource.Comparison) -> None:
    """Accents and quotation marks are not escaped; the file ends with a line end."""
    text = cmsource.to_json(result)
    assert "Élan “été”" in text
    assert text.endswith("}\n")
    assert "\n" not in cmsource.to_json(result, indent=None).rstrip("\n")


def test_several_comparisons_are_an_array(result: cmsource.Comparison) -> None:
    """A list of results is a list in JSON."""
    both = json.loads(cmsource.to_json([result, result]))
    assert [each["scenario"]["name"] for each in both] == ["Élan “été”"] * 2


@pytest.mark.parametrize(
    "change",
    [
        {"format": "cmsource/comparison/2"},
        {"options": []},
        {"options": {"x": {}}},
        {"recommended": 3},
        {"scenario": None},
    ],
)
def test_other_json_is_refused(result: cmsource.Comparison, change: dict[str, Any]) -> None:
    """What is not a comparison of the format is an error with diagnostics, never a traceback."""
    text = json.dumps(json.loads(cmsource.to_json(result)) | change)
    with pytest.raises(cmsource.ScenarioError) as caught:
        cmsource.from_json(text)
    assert caught.value.diagnostics


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "NaN", '{"format": 1}'])
def test_what_is_no_json_is_refused(text: str) -> None:
    """Broken text is refused in the same way."""
    with pytest.raises(cmsource.ScenarioError):
        cmsource.from_json(text)


@pytest.mark.parametrize("amount", ["1e400", "12.345", '"x"', "null"])
def test_amounts_that_are_no_money_are_refused(result: cmsource.Comparison, amount: str) -> None:
    """An entry's amount has two decimals and is finite."""
    text = cmsource.to_json(result).replace('"amount": 100.00', f'"amount": {amount}', 1)
    assert f'"amount": {amount}' in text
    with pytest.raises(cmsource.ScenarioError):
        cmsource.from_json(text)


def test_what_is_not_fit_to_be_printed_is_escaped() -> None:
    """Controls and marks of direction, as file names may have them, come out as escapes."""
    names = ["csi\x9b31m", "turn\u202eed", "half\udce9", "\ufeffmark", "été 16\N{NO-BREAK SPACE}€"]
    text = dumps(names)
    assert json.loads(text) == names
    assert r"csi\u009b31m" in text
    assert r"turn\u202eed" in text
    assert "été 16\N{NO-BREAK SPACE}€" in text
