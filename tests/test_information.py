"""What knowing a number is worth, and what is drawn when nobody is sure of anything."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.inputs.inputs import inputs
from cmsource.analysis.simulation.draws import ranged_inputs, with_own_time
from cmsource.analysis.simulation.information import information
from cmsource.analysis.simulation.simulation import Sampling, simulate
from conftest import Cli, unframed
from readings import scenario

SCENARIOS = Path(__file__).parents[1] / "scenarios"
QUICK = SCENARIOS / "quick.yaml"
COUNT = 20_000

# 30 h a month for 12 months are 360 h: an hourly rate r costs 360 r, a retainer of 2,250 a month
# 27,000, which is 360 x 75. On the symmetric triangle from 60 to 90, somebody who knows r saves
# 360 (75 - r) where that is positive: 360 x 15 / 6 = 900 on average.
EVEN = """\
country: FR
horizon: 12 months
needs: {cover: mon-fri 09:00-17:00, work: {content: 30 h/month}}
require: none
sources:
  flat: {kind: agency, retainer: 2250/month, included: all}
  by_the_hour: {kind: agency, hourly_rate: 60..90}
options: {flat: [flat], by_the_hour: [by_the_hour]}
"""


def evenly(seed: int) -> list[float]:
    """Uniform on 0 to 1, as evenly as can be, in random order."""
    values = [(number + 0.5) / COUNT for number in range(COUNT)]
    Random(seed).shuffle(values)
    return values


X, Y = evenly(1), evenly(2)


class TestClosedForms:
    """Two options and uniform inputs, worked by hand."""

    @pytest.mark.parametrize("fixed", [0.1, 0.25, 0.5, 0.6, 0.9])
    def test_one_uniform_input(self, fixed: float) -> None:
        """One option costs x, uniform on 0 to 1, the other a.

        Without knowing, one pays min(a, 1/2). Who knows x pays E min(a, x) = a - a²/2.
        """
        found = information([X], [X, [fixed] * COUNT], [0, 1])
        exact = min(fixed, 0.5) - (fixed - fixed**2 / 2)
        assert found.chosen == (0 if fixed > 0.5 else found.chosen)
        assert found.perfect == pytest.approx(exact, abs=1e-6)
        # In the part of the draws in which x passes a, the choice is right for most of them only.
        assert found.of_inputs[0] == pytest.approx(exact, abs=0.5 * 0.05**2)
        assert found.of_inputs[0] <= found.perfect

    def test_two_that_matter_alike(self) -> None:
        """One option costs x + y, the other 1.

        Who knows x saves E max(0, 1 - x - 1/2) = 1/8, who knows y the same. Who knows both saves
        E max(0, 1 - x - y): the sum of two is a triangle of half-width 1, so 1/6.
        """
        both = [x + y for x, y in zip(X, Y, strict=True)]
        found = information([X, Y], [both, [1.0] * COUNT], [0, 1])
        assert found.perfect == pytest.approx(1 / 6, abs=0.01)
        assert found.of_inputs == pytest.approx((1 / 8, 1 / 8), abs=0.01)

    def test_one_that_matters_and_one_that_only_makes_noise(self) -> None:
        """Both options cost y more or less alike: knowing it changes no choice.

        One costs x + 3 y, the other 1/2 + 3 y: the difference is x - 1/2.
        """
        noise = [3 * y for y in Y]
        one = [x + each for x, each in zip(X, noise, strict=True)]
        other = [0.5 + each for each in noise]
        found = information([X, Y], [one, other], [0, 1])
        assert found.of_inputs[0] == pytest.approx(1 / 8, abs=0.005)
        assert found.of_inputs[1] < 0.005

    def test_three_options(self) -> None:
        """They cost x, 1 - x and 0.4: without knowing 0.4, with it E min(x, 1 - x, 0.4).

        That is 2 (0.4²/2 + 0.4 · 0.1) = 0.24; the value is 0.16.
        """
        found = information([X], [X, [1 - x for x in X], [0.4] * COUNT], [0, 1, 2])
        assert found.chosen == 2
        assert found.perfect == pytest.approx(0.16, abs=1e-6)
        assert found.of_inputs[0] == pytest.approx(0.16, abs=0.002)

    def test_noise_is_no_knowledge(self) -> None:
        """Two options that differ by chance alone: inputs that have nothing to do with it."""
        chance = Random(5)
        one = [chance.gauss(0, 1) for _ in range(2_000)]
        others = [[chance.random() for _ in one] for _ in range(20)]
        found = information(others, [one, [0.0] * len(one)], [0, 1])
        # Choosing and paying by the same draws would give each of them some 0.08.
        assert found.perfect == pytest.approx(0.4, abs=0.05)  # E max(0, -z) = 1/√(2π)
        assert sum(found.of_inputs) / len(others) < 0.015


@given(
    st.lists(st.tuples(*[st.integers(-50, 50)] * 4), min_size=1, max_size=300),
    st.integers(-1000, 1000),
)
@settings(max_examples=60)
def test_bounds(rows: Sequence[tuple[int, ...]], more: int) -> None:
    """From nothing to what knowing all is worth; a common cost changes nothing."""
    first, *totals = (list(map(float, column)) for column in zip(*rows, strict=True))
    found = information([first], totals, [0, 1, 2])
    assert 0.0 <= found.of_inputs[0] <= found.perfect + 1e-9
    dearer = [[cents + more for cents in each] for each in totals]
    assert information([first], dearer, [0, 1, 2]).of_inputs == pytest.approx(found.of_inputs)
    alone = information([first], totals, [1])
    assert (alone.chosen, alone.perfect, alone.of_inputs) == (1, 0.0, (0.0,))
    assert information([first], totals, []).chosen is None


class TestAnswer:
    """What `simulate` says of it."""

    def test_by_hand(self) -> None:
        """900 on the symmetric triangle: see above."""
        worth = simulate(scenario(EVEN), draws=10_000).worth
        assert worth is not None
        assert worth.of_inputs["sources.by_the_hour.hourly_rate"] / 100 == pytest.approx(
            900, abs=36
        )
        assert worth.perfect / 100 == pytest.approx(900, abs=36)

    def test_told(self, cli: Cli, tmp_path: Path) -> None:
        """In one line in either language, as a table with the details, and as data."""
        file = tmp_path / "even.yaml"
        file.write_text(EVEN, encoding="utf-8")
        words = ("simulate", file, "--draws", "400")
        told = unframed(cli(*words).out).replace("│", "")
        assert (
            "Find out first: sources.by_the_hour.hourly_rate, knowing it is worth up to €" in told
        )
        assert "all of them at once" not in told
        assert "all of them at once" in cli(*words, "--details").out
        french = unframed(cli(*words, "--lang", "fr").out)
        assert "À savoir d’abord" in french
        data = json.loads(cli(*words, "--format", "json").out)["worth_of_knowing"]
        assert data["options"] == ["flat", "by_the_hour"]
        assert list(data["inputs"]) == ["sources.by_the_hour.hourly_rate"]
        assert data["inputs"]["sources.by_the_hour.hourly_rate"] <= data["everything"]
        row = next(csv.DictReader(cli(*words, "--format", "csv").out.splitlines()))
        number = float(row["worth_of_knowing sources.by_the_hour.hourly_rate"])
        assert number == data["inputs"]["sources.by_the_hour.hourly_rate"]
        assert cli(*words).out == cli(*words).out

    @pytest.mark.parametrize(
        ("change", "said", "unsaid"),
        [
            (("2250", "9000"), "No single number is worth finding out: by_the_hour", "first"),
            (("require: none", "require: {cost: 27500}"), "Find out first", "No single number"),
            # 360 hours at the likely 75 cost 27,000
            (("require: none", "require: {cost: 26000}"), "likely values, none is", "Find out"),
        ],
    )
    def test_no_choice(
        self, cli: Cli, tmp_path: Path, change: tuple[str, str], said: str, unsaid: str
    ) -> None:
        """One option that always costs less; and what does the job in half of the draws."""
        file = tmp_path / "even.yaml"
        file.write_text(EVEN.replace(*change), encoding="utf-8")
        told = unframed(cli("simulate", file, "--draws", "400").out).replace("│", "")
        assert said in told
        assert unsaid not in told


class TestNotSureOfAnything:
    """``--by``."""

    def test_what_is_drawn(self) -> None:
        """What nobody gave and no law says, so much less or more; what is given stays."""
        read = with_own_time(scenario("country: FR\nhourly_wage: 16.50\nagency_rate: 60..80\n"))
        drawn = {each.path: each for each in ranged_inputs(read, 0.2)}
        wage = drawn["sources.colleague.hourly_wage"]
        assert (wage.low, wage.high) == pytest.approx((0.8 * 22.2, 1.2 * 22.2))
        given = drawn["sources.agency.hourly_rate"]
        assert (given.low, given.high) == (60, 80)
        assert "sources.employee.hourly_wage" not in drawn  # given
        assert "sources.employee.hours" not in drawn  # the law's
        assert "sources.intern.gratification" not in drawn  # the law's
        assert not any(path.startswith(("require.", "horizon")) for path in drawn)
        size = drawn["company.size"]
        assert (size.low, size.high) == (8, 12)

    def test_own_time_is_an_estimate(self) -> None:
        """It is worked out, and so no number of the scenario: it becomes one of the same value."""
        read = scenario(QUICK.read_text("utf-8"))
        settled = with_own_time(read)
        before, after = (
            cmsource.compare(read, details=False),
            cmsource.compare(settled, details=False),
        )
        assert {n: o.total for n, o in before.options.items()} == {
            n: o.total for n, o in after.options.items()
        }
        assert any(each.path == "own_time" for each in ranged_inputs(settled, 0.1))
        given = scenario(QUICK.read_text("utf-8") + "own_time: 40\n")
        assert with_own_time(given) is given

    def test_every_value_is_allowed(self) -> None:
        """No draw lies beyond what reading would take."""
        for file in sorted(SCENARIOS.glob("*.yaml")):
            read = with_own_time(cmsource.load(file))
            by_path = {each.path: each for each in inputs(read)}
            for each in ranged_inputs(read, 0.5):
                if by_path[each.path].range is None:
                    assert by_path[each.path].low <= each.low < each.high, each.path
                    assert each.high <= by_path[each.path].high

    def test_command(self, cli: Cli) -> None:
        """It needs no range, is the same each time, and refuses what is no share."""
        words = ("simulate", QUICK, "--by", "20%", "--draws", "12", "--format", "json")
        data = json.loads(cli(*words).out)
        assert (data["by"], data["draws"]) == (0.2, 12)
        assert "own_time" in {each["path"] for each in data["inputs"]}
        assert json.loads(cli(*words).out) == data
        assert cli("simulate", QUICK, "--draws", "12").status == 2  # E313
        ran = cli("simulate", QUICK, "--by", "lots")
        assert (ran.status, ran.out) == (2, "")
        assert "--by 20%" in unframed(ran.err)


def test_every_draw_as_csv(cli: Cli, tmp_path: Path) -> None:
    """Inputs, totals, who does the job, which one wins: what `simulate` says follows from it."""
    file, save = tmp_path / "even.yaml", tmp_path / "draws.csv"
    file.write_text(EVEN, encoding="utf-8")
    words = ("simulate", file, "--draws", "200", "--save", save)
    data = json.loads(cli(*words, "--format", "json").out)
    rows = list(csv.DictReader(save.read_text("utf-8").splitlines()))
    assert [int(row["draw"]) for row in rows] == list(range(1, 201))
    for row in rows:
        rate = float(row["sources.by_the_hour.hourly_rate"])
        assert float(row["total by_the_hour"]) == pytest.approx(360 * rate, abs=0.05)
        assert float(row["total flat"]) == 27_000
        assert (row["eligible flat"], row["eligible by_the_hour"]) == ("yes", "yes")
        assert row["cheapest_eligible"] == ("by_the_hour" if rate < 75 else "flat") or rate == 75
    won = sum(row["cheapest_eligible"] == "flat" for row in rows) / 200
    assert won == data["options"]["flat"]["cheapest_eligible"]
    french = cli(*words, "--lang", "fr")
    assert french.status == 0
    assert ";" in save.read_text("utf-8-sig").splitlines()[0]
    plain = cli(*words, "--lang", "fr", "--plain")
    assert plain.status == 0
    assert list(csv.DictReader(save.read_text("utf-8").splitlines())) == rows


def test_the_order_of_pieces_changes_nothing() -> None:
    """Draws come back in the order in which they were drawn."""
    sampling = Sampling(scenario(EVEN), 600)
    pieces = [sampling.piece(number) for number in range(sampling.pieces)]
    found = sampling.in_order(pieces)
    rates = sampling.drawn[0].values
    for rate, draw in zip(rates, found, strict=True):
        assert draw.outcomes[1].total_cents == pytest.approx(36_000 * rate, abs=5)


def test_few_draws_say_nothing() -> None:
    """From fewer than 200 nothing is learned, and nothing is said."""
    assert simulate(scenario(EVEN), draws=199).worth is None
    assert simulate(scenario(EVEN), draws=200).worth is not None
