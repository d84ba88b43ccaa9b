"""What it would take for an option that misses something: a sentence whose number is true."""

import pytest
from hypothesis import given, settings

import cmsource
from cmsource.reports.compare import CompareReport
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page
from strategies import Data, agency, compared, employee, freelancer, read, scenario, scenarios


def takes(data: Data, option: str) -> str:
    """The sentence on an option, with ordinary spaces."""
    return compared(data).options[option].would_take.replace("\N{NO-BREAK SPACE}", " ")


def part_time(hours: float = 20, **fields: object) -> Data:
    """An employee of so many hours, a tenth of them away."""
    fields = {"on_duty": "mon-fri 09:00-10:00", "planned_absence": "10%", **fields}
    return employee(label="Léa", hours=f"{hours:g} h/week", **fields)


def test_hours_that_are_missing() -> None:
    """24 h of work, of which 95% are 22.8; 20 h less a tenth are 18, and 5.34 more make 4.8.

    4.8 ÷ 0.9 = 5.33…, to the next tenth 5.4.
    """
    data = scenario({"cm": part_time()}, work={"content": "24 h/week"})
    data["require"] = {"work_done": "95%"}
    assert takes(data, "cm") == (
        "24.0 h of work a week for 18.0 h of people: needs 5.4 h a week more of Léa"
    )
    for hours, eligible in ((25.4, True), (25.3, False)):
        data["sources"]["cm"]["hours"] = f"{hours} h/week"
        assert compared(data).options["cm"].eligible is eligible


def test_people_where_a_week_has_no_more_hours() -> None:
    """100 h of work; two full-time people less a tenth do 63, and two more 126."""
    full = part_time(35, headcount=2)
    data = scenario({"cm": full}, work={"content": "100 h/week"}, require={"work_done": "100%"})
    assert takes(data, "cm").endswith("needs 2 people more like Léa")


def test_hours_of_a_freelancer() -> None:
    """12 h of work, 9 of which a freelancer may do."""
    data = scenario({"f": freelancer(label="Ana", max_hours="9 h/week")}, require="none")
    data["needs"]["work"] = {"content": "12 h/week"}
    data["require"] = {"work_done": "100%"}
    assert takes(data, "f").endswith("needs 3.0 h a week more of Ana")


def test_the_price_that_fits_a_budget() -> None:
    """520 h a year at 75 are 39,000; 26,000 are allowed, which is 50 an hour."""
    data = scenario({"a": agency(label="Agence")}, require={"budget": 26_000})
    assert takes(data, "a") == "needs €50.00/h as the hourly rate of Agence (€75/h today)"
    data["sources"]["a"]["hourly_rate"] = 50
    assert compared(data).options["a"].eligible
    # A month: 26,000 / 12 = 2,166.67.
    data = scenario({"a": agency(label="Agence")}, require={"budget": "2166.67/month"})
    assert "€50.00/h" in takes(data, "a")


def test_requirements_as_far_as_they_would_have_to_give() -> None:
    """35 of 168 hours are 20.8%, and 10 of 40 hours of work done 25%."""
    data = scenario({"cm": employee(hours="35 h/week", takes="25%")}, cover="24/7")
    data["needs"]["work"] = {"content": "40 h/week"}
    data["require"] = {"watched": "90%", "work_done": "50%"}
    sentence = takes(data, "cm")
    assert sentence.endswith("passes at 20.8% watched and at 25% work done")
    data["require"] = {"watched": "20%", "work_done": "25%"}
    assert compared(data).options["cm"].eligible
    data["require"] = {"live_within": "1 month"}
    data["sources"]["cm"]["starts_after"] = 3
    assert takes(data, "cm") == "passes if it may be live after 3 months"


def test_messages_that_are_more_than_people_can_answer() -> None:
    """400 of 6 minutes are 40 h; 35 h a week less 4% of absence are 33.6."""
    data = scenario(
        {"cm": employee(unplanned_absence="4%")},
        messages={"per_week": 400},
        require={"answered_in_time": "90%"},
    )
    # Their line stays two weeks long: hardly any is in time, and to ask for none is no way out.
    assert takes(data, "cm") == "40.0 h of messages a week for 33.6 h of people"


def test_it_is_in_every_form() -> None:
    """The table, Markdown and JSON say it; results from before there was any have none."""
    data = scenario({"cm": part_time(), "a": agency()}, work={"content": "24 h/week"})
    data["require"] = {"work_done": "95%"}
    result = compared(data)
    assert not result.options["a"].would_take
    for form in (Format.TABLE, Format.MARKDOWN, Format.JSON):
        text = " ".join(written(CompareReport([result]), form, Page(400)).split())
        assert "h a week more of L" in text
    assert cmsource.from_json(cmsource.to_json(result)).options["cm"].would_take


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(scenarios())
def test_whatever_misses_something_says_what_it_would_take(data: Data) -> None:
    """Of random scenarios: a sentence for each that misses something, and for no other.

    Where it has nothing at all of what is asked for, there may be none: asking for nothing is no
    way out.
    """
    for option in cmsource.compare(read(data)).options.values():
        missed = [held for held in option.requirements if held.met is False]
        if all(held.law or (held.value or 0) > 0.01 for held in missed):
            assert bool(option.would_take) is bool(missed)
        assert missed or not option.would_take
        assert ". " not in option.would_take


@pytest.mark.parametrize(("watched", "warned"), [("20%", False), ("20.9%", True), ("90%", True)])
def test_cover_outside_every_duty(watched: str, warned: bool) -> None:
    """35 of 168 hours are 20.83%: more cannot be watched, whoever is there; 79.2% is outside."""
    data = scenario({"cm": employee()}, cover="24/7", require={"watched": watched})
    found = [each for each in compared(data).warnings if each.code == "W423"]
    assert bool(found) is warned
    if found:
        assert "at least 79.2" in found[0].message
