"""Planned work in units: posts and videos that take so many hours each."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.inputs.inputs import input_at, inputs, put
from cmsource.analysis.inputs.names import in_words
from cmsource.analysis.simulation.draws import ranged_inputs
from cmsource.model.evaluation import evaluated
from cmsource.model.resource import Usage
from conftest import Cli
from readings import marked, where, wrong
from readings import scenario as scenario_of
from strategies import agency, colleague, read, scenario

POSTS = {"per_month": 12, "hours_each": 1.5}
VIDEOS = {"per_month": 2, "hours_each": "6 h", "skills": ["video"]}
LEA = colleague(
    hours="4 h/week", on_duty="mon 09:00-13:00", planned_absence="0%", unplanned_absence="0%"
)


def usage(data: dict[str, Any], option: str) -> Mapping[str, Usage]:
    """What each source of an option of one phase does in a week."""
    phase = evaluated(read(data))[option].phases[0]
    return {r.name: u for r, u in zip(phase.resources, phase.team.work.usage, strict=True)}


def shop(work: Mapping[str, object] = MappingProxyType({})) -> dict[str, Any]:
    """Somebody with four hours a week, and a studio that alone makes videos."""
    work = {"posts": POSTS, "videos": VIDEOS, "reporting": "4 h/month", **work}
    sources = {"lea": LEA, "studio": agency(hourly_rate=75, skills=["video"])}
    return scenario(
        sources, {"both": ["lea", "studio"], "lea": ["lea"]}, work=work, horizon="12 months"
    )


REST = "sources: {a: {kind: agency, hourly_rate: 75}}\noptions: {a: [a]}\n"


class TestReading:
    """Activities as people write them."""

    @pytest.mark.parametrize("each", [1.5, "1.5", "1,5", "1.5 h", "90 min", "1h30", "1.500 h"])
    def test_the_time_of_one(self, each: object) -> None:
        """A bare number is hours; minutes and both are hours too: 12 x 1.5 h are 18 h a month."""
        work = read(shop(work={"posts": {"per_month": 12, "hours_each": each}})).needs.weekly_work()
        assert work["posts"] == pytest.approx(18 * 12 / 52)

    @pytest.mark.parametrize(
        ("count", "weekly"),
        [({"per_day": 2}, 14), ({"per_week": 5}, 5), ({"per_month": 13}, 3)],
    )
    def test_how_many(self, count: Mapping[str, object], weekly: float) -> None:
        """Seven calendar days a week and 52 weeks of 12 months, as of messages."""
        needs = read(shop(work={"posts": {**count, "hours_each": 2}})).needs
        assert needs.in_units()[0] == ("posts", weekly, 2)
        assert needs.weekly_work()["posts"] == 2 * weekly

    def test_hours_in_full(self) -> None:
        """Hours may be said in full as well, so that skills can stand beside them."""
        data = shop(work={"advice": {"hours": "2 h/day", "skills": ["law"]}})
        needs = read(data).needs
        days = len(needs.cover.days)
        assert needs.weekly_work()["advice"] == 2 * days
        assert "advice" not in [each.name for each in needs.in_units()]
        assert needs.all_skills == ("video", "law")

    @pytest.mark.parametrize(
        ("said", "code", "at", "words", "out"),
        [
            ("{per_month: 12}", "E202", "posts", "hours_each` is missing", "such as 1.5 h"),
            ("{hours_each: 2}", "E202", "posts", "neither per_day", "write per_month: 12 and"),
            ("{}", "E202", "posts", "neither per_day", "or hours: 6 h/week"),
            ("{per_week: 1, per_month: 4, hours_each: 1}", "E207", "per_month", "both", "keep one"),
            ("{per_week: 1, hours: 4 h/week}", "E207", "hours", "both", "keep one"),
            ("{hours: 4 h/week, hours_each: 2}", "E207", "hours_each", "both", "keep one"),
            ("{per_week: 1, hours_each: 0}", "E204", "0", "zero makes no sense", "above 0"),
            ("{per_week: -1, hours_each: 1}", "E204", "-1", "less than 0", "at least 0"),
            ("{per_week: 1, hours_each: 1, skills: video}", "E203", "video", "a list", "[video]"),
            ("{per_week: 1/month, hours_each: 1}", "E204", "1/month", "per week", "other period"),
            ("{per_week: 1, hours_each: 1, skils: []}", "E201", "skils", "skils", "skills"),
            ("12/month", "E204", "12/month", "how many", "{per_month: 12, hours_each: 1.5}"),
            ("3 posts/week", "E204", "3 posts/week", "how many", "{per_week: 3, hours_each: 1.5}"),
            (
                "24 articles par an",
                "E204",
                "24 articles par an",
                "how many",
                "{per_month: 2, hours_each: 1.5}",
            ),
            ("12 posts", "E204", "12 posts", "how many", "{per_month: 12, hours_each: 1.5}"),
            ("12", "E204", "12", "12 h/day or 12 h/week", "12 h/month"),
            ("2 days/week", "E204", "2 days/week", "counted in hours", "14 h/week"),
            ("5 m/day", "E204", "5 m/day", "minutes or months", "write min"),
            ("{likely: 3 h/week}", "E203", "{likely: 3 h/week}", "found a map", "{low: 60"),
            ("[1]", "E203", "[1]", "found a list", ""),
        ],
    )
    def test_what_cannot_be(self, said: str, code: str, at: str, words: str, out: str) -> None:
        """A count without a time is never no work: everything is refused, with a way out."""
        problem = wrong(f"needs:\n work: {{posts: {said}}}\n{REST}")
        assert problem.code == code
        assert words in problem.message
        assert out in problem.hint
        assert (where(problem)[0], marked(problem)) == (2, at)

    def test_a_skill_that_nobody_has(self) -> None:
        """It is said where it stands, with the one that is meant."""
        (found,) = [
            each
            for each in read(shop(work={"videos": {**VIDEOS, "skills": ["vidéo"]}})).warnings
            if each.code == "W424"
        ]
        assert "`vidéo`" in found.message
        assert found.hint == "did you mean `video`?"

    def test_another_file_changes_the_count(self) -> None:
        """A count takes the place of the other one; a range and units do not mix."""
        text = (
            "x-a: &a {per_week: 3, hours_each: 2}\nneeds: {work: {posts: {<<: *a}}}\n"
            "sources: {a: {kind: agency, hourly_rate: 75}}\noptions: {a: [a]}\n"
        )
        moved = scenario_of(text, "needs.work.posts.per_month=13")
        assert moved.needs.weekly_work() == {"posts": 6}
        ranged = text.replace("{<<: *a}", "{low: 2 h/week, high: 4 h/week}")
        whole = scenario_of(ranged, "needs.work.posts={per_week: 3, hours_each: 2}")
        assert whole.needs.weekly_work() == {"posts": 6}


class TestWhoDoesIt:
    """Units follow hours; skills decide who may."""

    def test_units_by_hand(self) -> None:
        """Four hours are 4 / 1.5 posts; the studio does the rest, and the two videos."""
        found = usage(shop(), "both")
        posts = found["lea"].activities["posts"]
        assert (posts.hours, posts.units) == pytest.approx((4, 4 / 1.5))
        rest = 12 * 12 / 52 - 4 / 1.5
        studio = found["studio"]
        assert studio.activities["posts"] == pytest.approx((rest * 1.5, rest))
        assert studio.activities["videos"] == pytest.approx((2 * 6 * 12 / 52, 2 * 12 / 52))
        assert studio.activities["reporting"].units is None
        assert found["lea"].activities["videos"].units == 0

    def test_messages_are_counted(self) -> None:
        """An agency alone, always there, answers all of 40 messages a day: 280 a week."""
        data = scenario({"a": agency()}, messages={"per_day": 40, "minutes_each": 3})
        only = usage(data, next(iter(data["options"])))["a"]
        assert (only.answered, only.messages) == pytest.approx((280, 14), rel=1e-3)

    def test_who_lacks_a_skill_takes_nothing(self) -> None:
        """Not even with time left and a share of all; what nobody may take is not done."""
        alone = usage(shop(work={"posts": {"per_month": 1, "hours_each": 1}}), "lea")["lea"]
        assert alone.activities["videos"].hours == 0
        assert alone.planned == pytest.approx(12 / 52 + 4 * 12 / 52)
        result = cmsource.compare(read(shop())).options["lea"]
        assert result.coverage.skills_met == 0
        needed = (18 + 12 + 4) * 12 / 52
        assert result.coverage.work_done == pytest.approx(4 / needed)

    def test_every_skill_is_asked_for(self) -> None:
        """Who has one of two does none of it."""
        work = {"videos": {**VIDEOS, "skills": ["video", "sound"]}}
        assert usage(shop(work=work), "both")["studio"].activities["videos"].units == 0

    def test_takes_limits_units(self) -> None:
        """Half of the posts at most are six a month."""
        data = shop(work={"posts": {"per_month": 12, "hours_each": 1}})
        data["options"]["half"] = [{"lea": {"takes": {"posts": "50%"}, "hours": "8 h/week"}}]
        done = usage(data, "half")["lea"].activities["posts"]
        assert done == pytest.approx((6 * 12 / 52, 6 * 12 / 52))

    @given(st.floats(0.1, 20), st.floats(0.1, 8), st.floats(0, 1))
    @settings(deadline=None, max_examples=30)
    def test_units_equal_the_same_hours(self, count: float, each: float, share: float) -> None:
        """So many units of so many hours do and cost what the same hours do and cost."""
        units = {"posts": {"per_week": round(count, 2), "hours_each": round(each, 2)}}
        hours = {"posts": f"{round(count, 2) * round(each, 2):.9f} h/week"}
        options = {"both": [{"lea": {"takes": round(share, 3)}}, "studio"]}
        sources = {"lea": LEA, "studio": agency(hourly_rate=75)}
        one, other = (
            cmsource.compare(read(scenario(sources, options, work=work))).options["both"]
            for work in (units, hours)
        )
        assert float(one.total) == pytest.approx(float(other.total), abs=0.02)
        assert one.coverage.work_done == pytest.approx(other.coverage.work_done)
        done = [source.units_done["posts"] for source in one.phases[0].sources.values()]
        assert sum(done) == pytest.approx(round(count, 2))


class TestInputs:
    """Counts and times are inputs like any other."""

    @pytest.mark.parametrize(
        ("path", "unit", "value", "words"),
        [
            ("needs.work.posts.per_month", "units/month", 12, "the number of posts a month"),
            ("needs.work.posts.hours_each", "h", 1.5, "the time that each unit of posts takes"),
            ("needs.work.reporting", "h/month", 4, "the hours of reporting"),
        ],
    )
    def test_they_are_found(self, path: str, unit: str, value: float, words: str) -> None:
        """By path, with their unit, their value and their name."""
        whole = read(shop())
        found = input_at(whole, path)
        assert (found.unit, found.value, found.given) == (unit, value, True)
        assert found in inputs(whole)
        assert in_words(path, whole) == words

    def test_moving_them_is_reading_them(self) -> None:
        """Twenty posts put are twenty posts written."""
        moved = put(read(shop()), {"needs.work.posts.per_month": 20.0})
        wrote = read(shop(work={"posts": {**POSTS, "per_month": 20}}))
        assert cmsource.compare(moved).options == cmsource.compare(wrote).options

    def test_a_break_even(self) -> None:
        """A studio at 75 an hour costs what a fixed 900 a month costs at 8 posts of 1.5 h."""
        data = scenario(
            {
                "hourly": agency(hourly_rate=75),
                "fixed": {"kind": "agency", "retainer": "900/month", "included": "all"},
            },
            {"hourly": ["hourly"], "fixed": ["fixed"]},
            work={"posts": POSTS},
            require={},
        )
        found = cmsource.breakeven(read(data), on="needs.work.posts.per_month")
        (crossing,) = found.found[0].crossings
        assert crossing.at == pytest.approx(8, abs=0.01)

    def test_they_are_drawn(self) -> None:
        """Ranges of counts and of times are drawn by a simulation."""
        posts = {"per_month": "10..14", "hours_each": "1h..2h"}
        found = ranged_inputs(read(shop(work={"posts": posts})))
        assert [(each.path, each.low, each.high) for each in found] == [
            ("needs.work.posts.per_month", 10, 14),
            ("needs.work.posts.hours_each", 1, 2),
        ]
        drawn = cmsource.simulate(read(shop(work={"posts": posts})), draws=50, seed=1)
        assert {each.drawn.path for each in drawn.weights} == {each.path for each in found}


class TestResults:
    """What people and programs are told of units."""

    def test_by_option(self) -> None:
        """Léa alone makes 4 / 1.5 posts a week, with the studio all 12 posts a month are made."""
        result = cmsource.compare(read(shop()))
        assert tuple(result.units["posts"]) == pytest.approx((12, 1.5))
        assert result.options["both"].units_done == pytest.approx({"posts": 12, "videos": 2})
        alone = {"posts": 4 / 1.5 * 52 / 12, "videos": 0}
        assert result.options["lea"].units_done == pytest.approx(alone)

    def test_phases_are_averaged(self) -> None:
        """The studio for three of twelve months, then Léa: 12 posts a month, then 11.56."""
        data = shop()
        phases = [{"months": 3, "sources": ["studio"]}, {"sources": ["lea"]}]
        data["options"]["phased"] = {"phases": phases}
        found = cmsource.compare(read(data)).options["phased"].units_done
        assert found["posts"] == pytest.approx((3 * 12 + 9 * 4 / 1.5 * 52 / 12) / 12)

    def test_in_words(self, cli: Cli, tmp_path: Path) -> None:
        """Details say what is needed and what is done, in both languages; JSON brings it back."""
        file = tmp_path / "s.yaml"
        file.write_text(yaml.safe_dump(shop(), sort_keys=False), "utf-8")
        told = cli("compare", str(file), "--details").out
        assert re.search(r"posts: 12 a month of 1.5.h +11.56 +12", told)
        told = cli("compare", str(file), "--details", "--lang", "fr").out
        assert re.search(r"posts.: 12 par mois de 1,5.h +11,56 +12", told)
        assert re.search(r"studio +0.44 +2\n", cli("explain", str(file), "both").out)
        saved = cli("compare", str(file), "--format", "json").out
        again = cmsource.from_json(saved)
        assert again.units["posts"] == (12, 1.5)
        assert again.options["lea"].units_done["posts"] == pytest.approx(11.56, abs=0.005)
        assert json.loads(cmsource.to_json(again)) == json.loads(saved)

    def test_nothing_is_said_without_units(self) -> None:
        """Hours alone are told as hours."""
        result = cmsource.compare(read(scenario({"a": agency()})))
        assert result.units == {}
        assert next(iter(result.options.values())).units_done == {}


def test_expand_says_them_again(tmp_path: Path) -> None:
    """What is printed in full is read as the same scenario."""
    file = tmp_path / "s.yaml"
    text = (
        "needs: {cover: 24/7, work: {posts: {per_month: 12, hours_each: 90 min}}}\n"
        "sources: {a: {kind: agency, hourly_rate: 75}}\noptions: {a: [a]}\n"
    )
    file.write_text(text, "utf-8")
    again = cmsource.expand(file)
    assert scenario_of(again).needs.weekly_work() == {"posts": pytest.approx(18 * 12 / 52)}
    assert [each.name for each in scenario_of(again).needs.in_units()] == ["posts"]
