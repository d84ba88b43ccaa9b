"""Brands that share their sources, against sums worked by hand and what must hold of any."""

import json
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmsource
from batches import folder
from cmsource.analysis.portfolio import Portfolio, portfolio
from cmsource.values.diagnostics import ScenarioError
from conftest import Cli

OFFICE = "mon-fri 09:00-12:30 13:30-17:00"
SOURCES = """
sources:
  agency: {kind: agency, hourly_rate: 60, on_duty: mon-fri 09:00-17:00}
options: {agency: [agency]}
"""


def brand(work: str, messages: str = "", more: str = "", cover: str = OFFICE) -> str:
    """The scenario of a brand."""
    asked = f"\n  messages: {messages}" if messages else ""
    done = f"\n  work: {work}" if work else ""
    needs = f"needs:\n  cover: {cover}{asked}{done}{more}\n"
    return f"country: FR\nhorizon: 24 months\n{needs}{SOURCES}"


def shared(place: Path, brands: dict[str, str], sources: str = SOURCES, more: str = "") -> Path:
    """A portfolio of some brands."""
    folder(place, {f"brands/{name}.yaml": text for name, text in brands.items()})
    names = ", ".join(f"{name}: brands/{name}.yaml" for name in brands)
    text = f"country: FR\nhorizon: 24 months\nbrands: {{{names}}}\n{more}{sources}"
    folder(place, {"portfolio.yaml": text})
    return place / "portfolio.yaml"


def found(place: Path, brands: dict[str, str], sources: str = SOURCES, more: str = "") -> Portfolio:
    """What each brand has of the sources."""
    return portfolio(cmsource.load(shared(place, brands, sources, more)))


class TestSharing:
    """What each brand pays."""

    def test_an_agency_by_the_hour(self, tmp_path: Path) -> None:
        """2 + 6 = 8 h/week × 52 / 12 × 24 months × 60 = 49,920; a quarter of it, and the rest.

        The agency is asked for no in-house hours, and nothing else costs anything.
        """
        result = found(
            tmp_path, {"a": brand("{content: 2 h/week}"), "b": brand("{posts: 6 h/week}")}
        )
        option = result.options["agency"]
        assert option.option.total_cents == 4_992_000
        assert [part.cents for part in option.parts] == [1_248_000, 3_744_000]
        assert [part.planned for part in option.parts] == pytest.approx([2, 6])

    def test_software_is_paid_for_by_messages(self, tmp_path: Path) -> None:
        """Of 100 and 300 messages a week it answers half: a quarter of its price is `a`'s.

        200 × 104 × 0.50 = 10,400, whatever planned work `a` has besides.
        """
        sources = """
sources:
  bot: {kind: assistant, price: 0.50/resolution, resolves: 50%, wrong: 0%, supervision: 0}
options: {software: [bot]}
"""
        flat = "minutes_each: 6, profile: flat"
        a = brand("{content: 20 h/week}", f"{{per_week: 100, {flat}}}")
        b = brand("", f"{{per_week: 300, {flat}}}")
        option = found(tmp_path, {"a": a, "b": b}, sources).options["software"]
        assert option.option.total_cents == 1_040_000
        assert [part.cents for part in option.parts] == [260_000, 780_000]
        assert [part.messages for part in option.parts] == [0, 0]

    def test_hours_of_the_source_decide(self, tmp_path: Path) -> None:
        """Each source is paid for by whom it works for.

        `writer` takes content alone, 4 of 5 h of it for `a`: 26,000 × 0.8 = 20,800 and 5,200.
        `agency` does the 3 h of reporting, all of them for `b`: 3 × 104 × 60 = 18,720.
        """
        sources = """
sources:
  writer: {kind: freelancer, hourly_rate: 50, takes: {content: 100%, reporting: 0%},
           planned_absence: 0%, unplanned_absence: 0%, on_duty: mon-fri 09:00-17:00}
  agency: {kind: agency, hourly_rate: 60, takes: {content: 0%}, on_duty: mon-fri 09:00-17:00}
options: {both: [writer, agency]}
"""
        brands = {
            "a": brand("{content: 4 h/week}"),
            "b": brand("{content: 1 h/week, reporting: 3 h/week}"),
        }
        option = found(tmp_path, brands, sources).options["both"]
        assert option.option.total_cents == 4_472_000
        assert [part.cents for part in option.parts] == [2_080_000, 520_000 + 1_872_000]

    def test_what_belongs_to_no_hours(self, tmp_path: Path) -> None:
        """Tools go by the hours needed: 1 and 3 of 4 h, so 600 and 1,800 of 100 a month."""
        brands = {"a": brand("{content: 1 h/week}"), "b": brand("{content: 3 h/week}")}
        tools = "tools: {publishing: {price: 100/month}}\n"
        option = found(tmp_path, brands, more=tools).options["agency"]
        assert [part.cents for part in option.parts] == [624_000 + 60_000, 1_872_000 + 180_000]

    def test_cents_by_the_largest_remainders(self, tmp_path: Path) -> None:
        """100.00 among three alike: 33.34 for the first by name, 33.33 for the others."""
        names = {name: brand("{content: 1 h/week}") for name in ("c", "a", "b")}
        sources = SOURCES.replace(
            "hourly_rate: 60", "included: all, setup: 100, service_level: 100%"
        )
        option = found(tmp_path, names, sources).options["agency"]
        assert {part.brand.name: part.cents for part in option.parts} == {
            "a": 3334,
            "b": 3333,
            "c": 3333,
        }

    @given(hours=st.lists(st.integers(0, 40), min_size=1, max_size=5), daily=st.integers(0, 30))
    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_parts_add_up(self, tmp_path: Path, hours: list[int], daily: int) -> None:
        """To the cent, whatever the brands need."""
        messages = f"{{per_day: {daily}, minutes_each: 3.7, profile: office}}"
        brands = {
            f"b{n}": brand(f"{{content: {h}.37 h/week}}", messages) for n, h in enumerate(hours)
        }
        sources = SOURCES.replace("options:", "  cm: {kind: employee}\noptions:").replace(
            "[agency]}", "[agency], both: [cm, agency]}"
        )
        for option in found(tmp_path, brands, sources).options.values():
            assert sum(part.cents for part in option.parts) == option.option.total_cents

    def test_the_order_of_brands_is_all_the_same(self, tmp_path: Path) -> None:
        """Total, coverage and parts."""
        texts = {
            "a": brand("{content: 3 h/week}", "{per_day: 9, minutes_each: 4, profile: evening}"),
            "b": brand("{content: 1 h/week, video: 5 h/week}"),
            "c": brand("", "{per_week: 80, minutes_each: 7, profile: office}"),
        }
        results = []
        for names in permutations(texts):
            scenario = cmsource.load(shared(tmp_path, {name: texts[name] for name in names}))
            option = portfolio(scenario).options["agency"]
            covered = cmsource.compare(scenario, details=False).options["agency"].coverage
            parts = {part.brand.name: part.cents for part in option.parts}
            results.append((option.option.total_cents, parts, covered))
        assert all(result == results[0] for result in results)

    def test_two_halves_are_one(self, tmp_path: Path) -> None:
        """A brand cut in two has the cost and the coverage of the whole, in two equal parts."""
        half = "{per_day: 10, minutes_each: 5, profile: evening}"
        whole = half.replace("10", "20")
        one = found(tmp_path / "1", {"a": brand("{content: 6 h/week}", whole)}).options["agency"]
        cut = brand("{content: 3 h/week}", half)
        two = found(tmp_path / "2", {"a": cut, "b": cut}).options["agency"]
        assert two.option.total_cents == one.option.total_cents
        assert abs(two.parts[0].cents - two.parts[1].cents) <= 1
        figures = [
            cmsource.compare(cmsource.load(tmp_path / n / "portfolio.yaml"), details=False)
            .options["agency"]
            .coverage
            for n in "12"
        ]
        assert figures[0] == figures[1]

    def test_one_brand_is_its_own_scenario(self, tmp_path: Path) -> None:
        """A portfolio of one costs what the brand does alone, all of it for that brand."""
        text = brand("{content: 6 h/week}", "{per_day: 20, minutes_each: 5, profile: office}")
        result = found(tmp_path, {"a": text})
        alone = cmsource.compare(cmsource.load(tmp_path / "brands" / "a.yaml"), details=False)
        option = result.options["agency"]
        assert [part.cents for part in option.parts] == [alone.options["agency"].total_cents]
        own = result.alone["a"]
        assert own is not None
        assert own.monthly == pytest.approx(option.option.total_cents / 100 / 24)


class TestOneJob:
    """What several jobs come to."""

    def needs(self, place: Path, brands: dict[str, str], more: str = "") -> "cmsource.Scenario":
        """The portfolio of some brands, as read."""
        return cmsource.load(shared(place, brands, more=more))

    def test_messages_are_added_up(self, tmp_path: Path) -> None:
        """10 of 6 min and 30 of 2 min: 40 of (60 + 60) / 40 = 3 min; each when its brand has it.

        Office: 65 % of the messages in the 45 h of work, so hour 10 of Monday has 10 × 0.65 / 45
        of the first brand's and 30 / 168 of the second's.
        """
        brands = {
            "a": brand("", "{per_week: 10, minutes_each: 6, profile: office}"),
            "b": brand("", "{per_week: 30, minutes_each: 2, profile: flat}"),
        }
        messages = self.needs(tmp_path, brands).needs.messages
        assert messages is not None
        assert messages.weekly == pytest.approx(40)
        assert messages.minutes_each == pytest.approx(3)
        assert not isinstance(messages.profile, str)
        assert messages.profile[10] == pytest.approx(10 * 0.65 / 45 + 30 / 168)
        assert sum(messages.profile) == pytest.approx(40)

    def test_cover_and_answers(self, tmp_path: Path) -> None:
        """Whenever one of them wants somebody, and as soon as the strictest with messages says."""
        count = "{per_week: 10, minutes_each: 6, profile: office}"
        brands = {
            "a": brand("", count, "\n  answer_within: 4h", "mon 09:00-12:00"),
            "b": brand("", count, "\n  answer_within: 30 min", "mon 11:00-13:00, sat 10:00-11:00"),
            "c": brand("{content: 1 h/week}", "", "\n  answer_within: 5 min", "mon 09:00-10:00"),
        }
        needs = self.needs(tmp_path, brands).needs
        assert str(needs.cover) == "mon 09:00-13:00, sat 10:00-11:00"
        assert needs.answer_within == 30
        said = self.needs(tmp_path, brands, "needs: {answer_within: 2h, cover: 24/7}\n").needs
        assert (said.answer_within, said.cover.hours) == (120, 168)

    def test_activities(self, tmp_path: Path) -> None:
        """Units where all count them alike, else hours; hours a day are those of each cover.

        `b` posts 12 a month of 2 h: 12 × 12 / 52 × 2 = 5.54 h a week; `a` 4 of 1.5 h: 1.38.
        """
        brands = {
            "a": brand(
                "{posts: {per_month: 4, hours_each: 1.5}, film: {per_week: 1, hours_each: 3}}"
            ),
            "b": brand(
                "{posts: {per_month: 12, hours_each: 2}, film: {per_week: 2, hours_each: 3}}"
            ),
            "c": brand("{film: {per_week: 1, hours_each: 3, skills: [video]}, talk: 1 h/day}"),
        }
        needs = self.needs(tmp_path, brands).needs
        assert needs.weekly_work() == pytest.approx(
            {"film": 12, "posts": (4 * 1.5 + 12 * 2) * 12 / 52, "talk": 5}
        )
        assert [(each.name, each.weekly) for each in needs.in_units()] == [("film", 4)]
        assert needs.skills_for() == {"film": frozenset({"video"})}

    def test_seasons_weigh_by_volume(self, tmp_path: Path) -> None:
        """10 h twice over and 30 h as ever: (20 + 30) / 40 = 125 % of the content in December."""
        brands = {
            "a": brand("{content: 10 h/week}", more="\n  seasons: {dec: 200%}"),
            "b": brand("{content: 30 h/week}"),
        }
        path = shared(tmp_path, brands)
        needs = cmsource.load(path).needs
        levels = {level.months: level.shares["content"] for level in needs.levels()}
        assert levels == {tuple(range(11)): 1, (11,): pytest.approx(1.25)}
        # 11 months of 40 h and one of 50; of these 10 and 20 are a's.
        [option] = portfolio(cmsource.load(path)).options.values()
        assert [part.planned for part in option.parts] == pytest.approx([130 / 12, 30])
        assert option.parts[1].cents == pytest.approx(30 * 104 * 60 * 100, abs=1)

    def test_it_is_a_scenario_like_any(self, cli: Cli, tmp_path: Path) -> None:
        """Flags change the whole job, and `expand` prints one scenario of the same cost."""
        path = shared(
            tmp_path, {"a": brand("{content: 2 h/week}"), "b": brand("{posts: 6 h/week}")}
        )
        more = cli("compare", path, "--set", "needs.work.posts=8 h/week", "-f", "json")
        # 10 h/week × 104 weeks × 60
        assert json.loads(more.out)["options"]["agency"]["total"] == 62_400
        full = tmp_path / "full.yaml"
        full.write_text(cli("expand", path).out, encoding="utf-8")
        total = json.loads(cli("compare", full, "-f", "json").out)["options"]["agency"]["total"]
        assert total == 49_920


class TestMistakes:
    """What cannot be shared, each with its place and a way out."""

    @pytest.mark.parametrize(
        ("brands", "code", "words"),
        (
            ("{a: brands/none.yaml}", "E114", "does not exist"),
            ("{a: ../a.yaml}", "E114", "outside the folder tree"),
            ("{a: portfolio.yaml}", "E203", "a brand cannot be a portfolio itself"),
            ("{a: brands}", "E114", "does not exist"),
            ("{a: 3}", "E203", "takes the name of a scenario file"),
            ("{a: brands/bad.yaml}", "E201", "unknown key `nonsense`"),
            ("{}", "E203", "takes a map of 1 to 200 files"),
            ("[brands/a.yaml]", "E203", "takes a map of 1 to 200 files"),
        ),
    )
    def test_brands_that_are_none(self, tmp_path: Path, brands: str, code: str, words: str) -> None:
        """The error stands at the brand, or in its file."""
        path = shared(tmp_path, {"a": brand("{content: 2 h/week}"), "bad": "nonsense: 1\n"})
        text = path.read_text("utf-8").splitlines()
        text[2] = f"brands: {brands}"
        path.write_text("\n".join(text), encoding="utf-8")
        problems = [each for each in cmsource.validate(path) if each.severity == "error"]
        [problem] = [each for each in problems if words in each.message]
        assert problem.code == code
        assert problem.place is not None
        assert problem.place.line
        assert problem.hint or code == "E201"

    def test_work_beside_brands(self, tmp_path: Path) -> None:
        """What the job is stands in the brands alone."""
        more = "needs: {cover: 24/7, work: {content: 3 h/week}}\n"
        path = shared(tmp_path, {"a": brand("{content: 2 h/week}")}, more=more)
        [problem] = [each for each in cmsource.validate(path) if each.severity == "error"]
        assert (problem.code, problem.place and problem.place.line) == ("E207", 4)

    def test_a_scenario_without_brands(self) -> None:
        """There is nothing to share."""
        with pytest.raises(ScenarioError, match="no brands"):
            portfolio(cmsource.loads("country: FR"))


@pytest.mark.parametrize("form", ("table", "markdown", "csv", "json", "html"))
def test_the_command_says_what_it_finds(cli: Cli, form: str) -> None:
    """The example in every format, in both languages; an option by its name, or none of that."""
    example = Path(__file__).parents[1] / "scenarios" / "group" / "portfolio.yaml"
    for more in ((), ("--lang", "fr"), ("--option", "agency")):
        ran = cli("portfolio", example, "-f", form, *more)
        assert ran.status == 0
        assert "fashion" in ran.out
    assert cli("portfolio", example, "-f", form, "--option", "nobody").status == 2


def test_the_recommended_option_is_what_to_take(cli: Cli) -> None:
    """The answer says so, and its row is marked; another one that is asked for is only shown."""
    example = Path(__file__).parents[1] / "scenarios" / "group" / "portfolio.yaml"
    answer = cli("portfolio", example).out
    assert "Take team: " in answer
    assert [line for line in answer.splitlines() if line.startswith("▸  team")]
    other = cli("portfolio", example, "--option", "agency").out
    assert "Take" not in other
    assert "agency: €" in other
    assert [line for line in other.splitlines() if line.startswith("▸  team")]
