"""What a price includes of an activity by its name: units of what is counted, hours of the rest."""

from itertools import pairwise

import pytest

import cmsource
from cmsource.reading.load import read_text
from readings import only
from strategies import only_option

MONTHS = 12


def job(source: dict[str, object]) -> dict[str, object]:
    """Twenty posts of an hour and a half, four hours of reporting and ten of content a month."""
    return {
        "country": "FR",
        "horizon": MONTHS,
        "needs": {
            "cover": "mon-fri 09:00-17:00",
            "work": {
                "posts": {"per_month": 20, "hours_each": 1.5},
                "reporting": "4 h/month",
                "content": "10 h/month",
            },
        },
        "sources": {"who": {"kind": "agency", **source}},
        "options": {"all": ["who"]},
    }


@pytest.mark.parametrize(
    ("source", "monthly"),
    [
        # 30 h of posts, 1 h of reporting beyond the 3 included, 10 h of content.
        ({"included": {"reporting": "3 h/month"}}, 500 + 41 * 75),
        ({"included": {"reporting": "9 h/month"}}, 500 + 40 * 75),
        ({"included": {"reporting": "all"}}, 500 + 40 * 75),
        ({"included": {"reporting": "tout"}}, 500 + 40 * 75),
        ({"included": {"reporting": "0 h/month"}}, 500 + 44 * 75),
        ({"included": {"reporting": 0}}, 500 + 44 * 75),
        ({"included": {"reporting": "36 h/year"}}, 500 + 41 * 75),
        # 52 weeks a year: 4.333 h of content a month.
        ({"included": {"content": "1 h/week"}}, 500 + (44 - 52 / 12) * 75),
        # What it has left of reporting helps no other activity.
        ({"included": {"reporting": "9 h/month", "content": "2 h/month"}}, 500 + 38 * 75),
        # Hours in general come off what is left: 30 + 1 + 10 − 5.
        ({"included": {"reporting": "3 h/month", "hours": 5}}, 500 + 36 * 75),
        # Five posts beyond take 7.5 h.
        ({"included": {"posts": 15, "reporting": "3 h/month"}}, 500 + (7.5 + 1 + 10) * 75),
        ({"included": {"reporting": "3 h/month"}, "per_post": 60}, 500 + 20 * 60 + 11 * 75),
        # A day of seven hours.
        ({"included": {"content": "1 day/month"}}, 500 + (44 - 7) * 75),
        ({"included": {"content": "1 day/month"}, "day_length": "8 h"}, 500 + (44 - 8) * 75),
        # All three by name: nothing is left to be billed.
        ({"included": {"posts": "all", "reporting": "all", "content": "all"}}, 500),
    ],
)
def test_hours_that_are_included_by_name(source: dict[str, object], monthly: float) -> None:
    """A retainer of 500 and 75 an hour beyond."""
    data = job({"retainer": 500, "hourly_rate": 75, **source})
    assert float(only_option(data).total) == pytest.approx(MONTHS * monthly, abs=0.02)


def test_a_package_includes_hours_by_name() -> None:
    """Three networks for 900 a month, with the reporting; posts and content are billed."""
    data = job({"packages": {"networks": [{"price": 900}]}, "hourly_rate": 75})
    data["needs"]["counts"] = {"networks": 3}  # type: ignore[index]
    data["sources"]["who"]["included"] = {"reporting": "all"}  # type: ignore[index]
    assert only_option(data).total == MONTHS * (900 + 40 * 75)


def test_more_hours_included_never_cost_more() -> None:
    """From none to all of an activity, each hour takes its price off."""
    totals = [
        float(
            only_option(
                job(
                    {
                        "retainer": 500,
                        "hourly_rate": 75,
                        "included": {"content": f"{hours} h/month"},
                    }
                )
            ).total
        )
        for hours in range(0, 14, 2)
    ]
    steps = [before - after for before, after in pairwise(totals)]
    assert steps == pytest.approx([MONTHS * 2 * 75] * 5 + [0], abs=0.03)


def test_they_are_an_input() -> None:
    """They can be moved, and are the file with another number."""
    text = """\
country: FR
horizon: 12
needs: {cover: mon-fri 9-17, work: {content: 10 h/month}}
sources:
  a: {kind: agency, retainer: 500, hourly_rate: 75, included: {content: 4 h/month}}
  b: {kind: agency, retainer: 800, hourly_rate: 75, included: all}
options: {a: [a], b: [b]}
"""
    scenario = cmsource.loads(text)
    path = "sources.a.included.content"
    flag = cmsource.loads(text, overrides=[f"{path}=7 h/month"])
    # 500 + (10 − x) × 75 = 800 where x = 6 h a month.
    [found] = cmsource.breakeven(scenario, "a", "b", on=path).found
    assert [each.at for each in found.crossings] == [pytest.approx(6, abs=0.01)]
    moved = cmsource.compare(flag).options["a"]
    assert moved.total == 12 * (500 + 3 * 75)


@pytest.mark.parametrize("work", ["{per_month: 4, hours_each: 2}", "8 h/month"])
def test_an_activity_called_hours(work: str) -> None:
    """What is said of hours is said of all hours: eight here, in a package for up to ten."""
    text = f"""\
country: FR
horizon: 12
needs: {{cover: mon-fri 9-17, work: {{hours: {work}}}}}
sources: {{a: {{kind: agency, packages: {{hours: [{{up_to: 10, price: 700}}]}}, hourly_rate: 75}}}}
options: {{a: [a]}}
"""
    assert cmsource.compare(cmsource.loads(text)).options["a"].total == 12 * 700


@pytest.mark.parametrize(
    ("source", "code", "way_out"),
    [
        ("included: {reporting: 4}", "E221", "`reporting: 4 h/month`"),
        ("included: {reporting: 4/month}", "E221", "`reporting: 4 h/month`"),
        ("included: {posts: 4 h/month}", "E204", "write posts: 12/month, or hours"),
        ("included: {reporting: 4 h}", "E204", "4 h/month"),
        ("included: {report: 4 h/month}", "E201", "did you mean `reporting`?"),
        ("included: {hours: 9, reporting: 4 h/month}, beyond: refused", "E207", "max_hours"),
        ("packages: {reporting: [{price: 9}]}", "E221", "hours_each"),
        ("per_reporting: 9", "E221", "hours_each"),
    ],
)
def test_what_is_counted_otherwise(source: str, code: str, way_out: str) -> None:
    """Hours of what is counted, and numbers of what is in hours, are refused in their place."""
    text = f"""\
country: FR
needs:
  work: {{posts: {{per_month: 20, hours_each: 1.5}}, reporting: 4 h/month}}
sources:
  a: {{kind: agency, retainer: 500, {source}}}
options: {{a: [a]}}
"""
    errors = [each for each in read_text(text).diagnostics if each.severity == "error"]
    found = only(errors)
    assert found.code == code
    assert way_out in found.hint
    assert found.place is not None
    assert found.place.line == 5
