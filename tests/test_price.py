"""What to ask for an option: held against sums by hand and against trying every price."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.inputs.inputs import put
from cmsource.values.diagnostics import ScenarioError
from conftest import Cli
from strategies import agency, employee, freelancer, read, scenario, scenarios

EXAMPLES = Path(__file__).parent.parent / "scenarios"
PRICING = EXAMPLES / "agency-pricing.yaml"


def rivals(mine: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """My agency at 1,500 a month and 600 once, against one at 2,000 a month and 1,200 once."""
    return scenario(
        {
            "mine": agency(**{"retainer": 1500, "setup": 600, **(mine or {})}),
            "rival": agency(retainer=2000, setup=1200),
        },
        **fields,
    )


def test_the_retainer_at_which_two_cost_the_same() -> None:
    """12 x 2,000 + 1,200 = 25,200 = 12 x 2,050 + 600; on a tie mine is first by name."""
    found = cmsource.price(read(rivals()), "mine")
    assert (found.input.path, found.seller) == ("sources.mine.retainer", "mine")
    assert (found.highest, found.lowest, found.ends) == (2050.0, 0.0, True)
    assert found.binding is not None
    assert found.binding.option == "rival"
    assert found.total_cents == 25_200_00
    # the other way round, a tie is lost: a cent less has to be asked
    assert cmsource.price(read(rivals()), "rival").highest == round((18_600 - 1200) / 12 - 0.01, 2)


def test_the_price_of_setting_up_may_be_asked_about_instead() -> None:
    """25,200 - 12 x 1,500 = 7,200 once."""
    for path in ("setup", "sources.mine.setup"):
        found = cmsource.price(read(rivals()), "mine", vary=path)
        assert found.input.path == "sources.mine.setup"
        assert found.highest == 7200.0


def test_the_budget_binds_where_it_is_passed_first() -> None:
    """(20,000 - 600) / 12 = 1,616.67, of which 1,616.66 is within."""
    found = cmsource.price(read(rivals(require={"budget": 20_000})), "mine")
    assert found.highest == 1616.66
    assert found.binding is not None
    assert (found.binding.requirement, found.binding.option) == ("budget", "")
    [budget, rival] = found.bounds
    assert (budget.requirement, budget.price) == ("budget", 1616.66)
    # the rival costs more than is allowed, and keeps nothing down
    assert (rival.option, rival.price, rival.binds) == ("rival", 2050.0, False)


def test_who_does_not_do_the_job_binds_nothing() -> None:
    """A freelancer for 5 h of 45 is cheaper, and watches too little."""
    data = rivals(require={"watched": "90%"})
    data["sources"]["solo"] = freelancer(hourly_rate=10)
    data["options"]["solo"] = ["solo"]
    found = cmsource.price(read(data), "mine")
    assert found.highest == 2050.0
    solo = next(bound for bound in found.bounds if bound.option == "solo")
    # 10 h x 52 x 10 = 5,200 = 12 x 383.33 + 600
    assert solo.price == 383.33
    assert [held.name for held in solo.misses] == ["watched"]
    assert cmsource.price(read(data), "solo").highest is None
    [missed] = cmsource.price(read(data), "solo").misses
    assert missed.name == "watched"


def test_any_price_wins_where_nobody_else_does_the_job() -> None:
    """Alone, or beside who misses something."""
    data = rivals(require={"watched": "90%"})
    data["sources"]["rival"]["on_duty"] = "mon 09:00-10:00"
    found = cmsource.price(read(data), "mine")
    assert not found.ends
    assert found.binding is None
    assert found.highest is not None
    assert found.room is None


def test_no_price_wins_where_the_rest_of_it_costs_more() -> None:
    """30,000 once is more than the rival asks for in all."""
    found = cmsource.price(read(rivals({"setup": 30_000})), "mine", vary="retainer")
    assert found.highest is None
    assert found.binding is not None
    assert (found.binding.option, found.binding.price) == ("rival", None)
    assert found.misses == ()


def test_an_option_that_shares_the_source_moves_with_its_price() -> None:
    """12 x for mine all through; 6 x + 7,200 with the other for half a year: 1,200."""
    data = rivals({"setup": 0})
    data["sources"]["rival"]["setup"] = 0
    data["sources"]["rival"]["retainer"] = 1200
    data["options"] = {
        "through": ["mine"],
        "half": {"phases": [{"months": 6, "sources": ["mine"]}, {"sources": ["rival"]}]},
    }
    assert cmsource.price(read(data), "through").highest == 1199.99
    found = cmsource.price(read(data), "half")
    assert (found.lowest, found.ends) == (1200.0, False)


def test_what_an_option_says_of_a_source_is_its_price() -> None:
    """An option with a retainer of its own."""
    data = rivals()
    data["options"]["mine"] = [{"mine": {"retainer": 1700}}]
    found = cmsource.price(read(data), "mine")
    assert found.input.path == "options.mine.0.mine.retainer"
    assert found.highest == 2050.0


def test_the_main_price_is_the_one_that_brings_most() -> None:
    """10 h a week at 75 bring 39,000, a watch at 900 a month 10,800."""
    sources = {"mine": agency(watch="900/month"), "cm": employee()}
    option = {"mine": ["mine"], "cm": ["cm"], "both": ["cm", "mine"]}
    assert cmsource.price(read(scenario(sources, option)), "mine").input.unit == "EUR/h"
    # somebody who sells comes before somebody on the payroll
    assert cmsource.price(read(scenario(sources, option)), "both").seller == "mine"
    assert cmsource.price(read(scenario(sources, option)), "cm").input.path == (
        "sources.cm.hourly_wage"
    )


@pytest.mark.parametrize(("margin", "floor"), [(0.0, 1900.0), (0.2, 2387.5)])
def test_the_floor_pays_for_the_hours_and_leaves_the_margin(margin: float, floor: float) -> None:
    """10 h a week are 520 a year: 520 x 40 + 12 x 216.67 - 600 once = 22,800, or / 0.8."""
    own = cmsource.OwnCosts(hour=40, month=(12 * 1900 + 600 - 520 * 40) / 12, margin=margin)
    found = cmsource.price(read(rivals()), "mine", own=own)
    assert found.hours == pytest.approx(520)
    assert found.own_cents == (12 * 1900 + 600) * 100
    assert found.floor == floor
    assert found.room == pytest.approx(2050 - floor)
    paid, least = found.paid_cents[2], found.own_cents / (1 - margin)
    assert paid is not None
    assert least <= paid < least + 12


def test_own_costs_rise_with_wages_and_prices() -> None:
    """In the second year an hour costs 10 % more, and what is paid besides 20 %."""
    data = rivals(horizon=24, prices={"wages": "10%/year", "vendors": "20%/year"})
    found = cmsource.price(read(data), "mine", own=cmsource.OwnCosts(40, 100, 0))
    assert found.own_cents == round((520 * 40 * 2.1 + 1200 * 2.2) * 100)


def test_a_floor_that_no_price_reaches() -> None:
    """A retainer that includes all: an hour more or less brings nothing."""
    data = rivals({"hourly_rate": 0, "included": "all"})
    found = cmsource.price(read(data), "mine", vary="hourly_rate", own=cmsource.OwnCosts(400))
    assert found.floor is None
    with pytest.raises(ValueError, match="below 100 %"):
        cmsource.price(read(data), "mine", own=cmsource.OwnCosts(40, 0, 1.0))


def test_against_some_of_the_options() -> None:
    """Others are not looked at."""
    data = rivals()
    data["sources"]["cheap"] = agency(retainer=100)
    data["options"]["cheap"] = ["cheap"]
    assert cmsource.price(read(data), "mine").highest == round((1200 - 600) / 12 - 0.01, 2)
    assert cmsource.price(read(data), "mine", against=["rival"]).highest == 2050.0


def test_mistakes_are_told() -> None:
    """No such option, no such price, one that is no price."""
    chosen = read(rivals())
    for option, more, code in (
        ("none", {}, "E310"),
        ("mine", {"vary": "hours"}, "E311"),
        ("mine", {"vary": "sources.rival.retainer"}, "E311"),
        ("mine", {"against": ["nobody"]}, "E310"),
    ):
        with pytest.raises(ScenarioError) as error:
            cmsource.price(chosen, option, **more)
        assert [found.code for found in error.value.diagnostics] == [code]


@pytest.mark.slow
@settings(max_examples=15)
@given(
    st.integers(1, 40), st.integers(0, 500), st.integers(1, 40), st.integers(0, 500), st.booleans()
)
def test_every_price_is_tried(mine: int, once: int, other: int, setup: int, capped: bool) -> None:
    """The highest of all whole retainers at which the comparison recommends it, read anew each."""
    require = {"budget": f"{mine * 20 + 100}/month"} if capped else "none"
    data = rivals({"retainer": mine, "setup": once}, require=require)
    data["sources"]["rival"] |= {"retainer": other, "setup": setup}
    data["horizon"] = 3
    text = yaml.safe_dump(data)
    found = cmsource.price(cmsource.loads(text), "mine")
    for asked in range(0, 320, 4):
        changed = cmsource.loads(text, overrides=[f"sources.mine.retainer={asked}"])
        wins = cmsource.compare(changed, details=False).recommended == "mine"
        assert wins == (found.highest is not None and asked <= found.highest)


@pytest.mark.slow
@settings(max_examples=25)
@given(scenarios())
def test_a_cent_more_loses(data: dict[str, Any]) -> None:
    """At the highest price it is recommended, and a cent above it is not.

    Nothing is asked for, and a rival does all the work, so that most prices have an end.
    """
    data["sources"] |= {"mine": agency(retainer=1500), "rival": agency(retainer=2000)}
    data["options"] |= {"mine": ["mine"], "rival": ["rival"]}
    chosen = read(data | {"require": "none"})
    found = cmsource.price(chosen, "mine")
    assume(found.highest is not None and found.ends)
    assert found.highest is not None
    for value, wins in ((found.highest, True), (found.highest + 0.01, False)):
        moved = put(chosen, {found.input.path: round(value, 2)})
        result = cmsource.compare(moved, details=False)
        assert (result.recommended == "mine") == wins


# The command --------------------------------------------------------------------------------------


def test_the_answer_comes_first(cli: Cli) -> None:
    """932 h x 42 / 0.8 / 24 = 2,038.75; the hire's 60,672.04 - 3,783.52, / 24 = 2,370.35."""
    ran = cli("price", PRICING, "yours", "--cost-hour", "42", "--margin", "20%")
    assert ran.status == 0
    lines = " ".join(ran.out.replace("│", " ").split())
    assert "Ask up to €2,370/month for the retainer of agence: above it, hire is cheaper." in lines
    assert "Your floor is €2,039/month: €331.60/month of room, €7,958 over" in lines


def test_the_same_in_data(cli: Cli) -> None:
    """JSON has all of it, and CSV a row a client."""
    flags = ("price", PRICING, "yours", "--cost-hour", "42", "--margin", "20%", "--format")
    [found] = json.loads(cli(*flags, "json").out)["prices"]
    assert found["highest"] == 2370.35
    assert found["bound_by"] == "hire"
    assert (found["floor"], found["room"]) == (2038.75, 331.6)
    assert found["paid"] == {"today": 50400, "at_highest": 56888.4, "at_floor": 48930}
    assert found["own_costs"] == 39144
    [row] = csv.DictReader(io.StringIO(cli(*flags, "csv").out))
    assert (row["highest"], row["bound_by"], row["paid_at_floor"]) == (
        "2370.35",
        "hire",
        "48930.00",
    )


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    """A folder of three clients: one at 2,050, one at 1,616.66, one that cannot be won."""
    folder = tmp_path / "clients"
    folder.mkdir()
    for name, data in {
        "a": rivals(),
        "b": rivals(require={"budget": 20_000}),
        "c": rivals({"on_duty": "mon 09:00-10:00"}, require={"watched": "90%"}),
    }.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump({"name": name, **data}), "utf-8")
    return folder


def test_a_folder_is_a_table_and_a_total(cli: Cli, clients: Path) -> None:
    """2,050 + 1,616.66 = 3,666.66 a month; 12 of each and 600 each once are 45,199.92."""
    ran = cli("price", clients, "mine", "--format", "json")
    assert ran.status == 0
    data = json.loads(ran.out)
    assert [each["wins"] for each in data["prices"]] == [True, True, False]
    [total] = data["totals"]
    assert (total["clients"], total["unit"], total["today"]) == (2, "EUR/month", 3000)
    assert total["highest"] == 3666.66
    assert total["paid"]["at_highest"] == 45199.92
    table = cli("price", clients, "mine").out
    assert "2 of 3 clients can be won." in table
    assert "misses watched" in " ".join(table.split())


def test_a_client_that_cannot_be_read_is_told_and_the_others_answered(
    cli: Cli, clients: Path
) -> None:
    """The status says that not all is well."""
    (clients / "bad.yaml").write_text("country: XX\n", "utf-8")
    ran = cli("price", clients, "mine")
    assert ran.status == 2
    assert "2 of 3 clients" in ran.out
    assert "E30" in ran.err or "E2" in ran.err
    alone = cli("price", clients / "a.yaml", "nobody")
    assert (alone.status, alone.out) == (2, "")
    assert "E310" in alone.err


@pytest.mark.parametrize(
    ("flags", "part"),
    [
        (("--margin", "20%"), "--cost-hour"),
        (("--cost-hour", "cheap"), "--cost-hour"),
        (("--cost-hour", "42", "--margin", "100%"), "100"),
    ],
)
def test_mistaken_flags(cli: Cli, flags: tuple[str, ...], part: str) -> None:
    """What is wrong with them, and no traceback."""
    ran = cli("price", PRICING, "yours", *flags)
    assert (ran.status, ran.out) == (2, "")
    assert part in ran.err


def test_in_french(cli: Cli) -> None:
    """The same in French."""
    ran = cli("price", PRICING, "yours", "--cost-hour", "42", "--lang", "fr")
    assert "Demander jusqu’à 2 370 €/mois" in ran.out.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (["--cost-hour", "42"], "Your costs: 932 h of work at €42 an hour."),
        (["--cost-month", "150"], "Your costs: €150 a month."),
        (
            ["--cost-hour", "42", "--cost-month", "150", "--margin", "20%"],
            "Your costs: 932 h of work at €42 an hour, €150 a month; a margin of 20% of the price.",
        ),
    ],
)
def test_own_costs_are_those_that_are_given(cli: Cli, own: list[str], said: str) -> None:
    """Of costs and a margin that nobody gave, nothing is said."""
    ran = cli("price", EXAMPLES / "agency-pricing.yaml", "yours", *own)
    assert said in " ".join(ran.out.split())
