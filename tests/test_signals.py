"""Signals: each rule fires on its fact and not without it, and none of them changes a figure."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.reports.compare import CompareReport
from cmsource.writers import markdown, terminal
from cmsource.writers.page import Page
from strategies import (
    BUSINESS,
    Data,
    agency,
    coach,
    colleague,
    compared,
    employee,
    freelancer,
    scenario,
    scenarios,
)

OPTIONS: Mapping[str, Any] = {
    "hire": ["cm"],
    "coached": ["cm", "coach"],
    "agency": ["agency"],
    "freelance": ["freelancer"],
    "hybrid": ["cm", "agency"],
    "phased": {"phases": [{"months": 6, "sources": ["agency"]}, {"sources": ["cm", "coach"]}]},
    "late": {"phases": [{"months": 6, "sources": ["cm"]}, {"sources": ["agency"]}]},
}
"""One option of each family, and one that changes hands the other way round."""


def ways(
    *, cover: str = BUSINESS, context: Data | None = None, require: Data | None = None
) -> Data:
    """A scenario with an option of each family: two hires, an agency that is steered, a coach."""
    sources = {
        "cm": employee(headcount=2),
        "coach": coach(),
        "agency": agency(coordination="1 h/week"),
        "freelancer": freelancer(),
    }
    found = scenario(sources, OPTIONS, cover=cover)
    return {**found, "context": context or {}, "require": require or {}}


def heard(data: Data) -> dict[str, cmsource.Signal]:
    """The signals of a scenario, by rule."""
    return {signal.rule: signal for signal in compared(data).signals}


def spoken(data: Data, rule: str) -> tuple[set[str], set[str]]:
    """The options that a rule speaks for and against; two empty sets where it is silent."""
    signal = heard(data).get(rule)
    return (set(), set()) if signal is None else (set(signal[1]), set(signal[2]))


SILENT: tuple[set[str], set[str]] = (set(), set())
OUTSIDE = {"agency", "freelance"}


@pytest.mark.parametrize(
    ("rule", "context", "without", "speaks_for", "against"),
    [
        (
            "fast start",
            {"goal": "awareness", "speed": True},
            [{"goal": "awareness"}, {"speed": True}, {"goal": "awareness", "speed": False}],
            OUTSIDE | {"hybrid", "phased"},
            set(),
        ),
        (
            "tried in-house",
            {"tried_in_house": "12 months"},
            [
                {},
                {"tried_in_house": "11 months"},
                {"tried_in_house": "18 months", "result": "some"},
                {"tried_in_house": "18 months", "result": "good"},
            ],
            OUTSIDE | {"hybrid"},
            {"hire"},
        ),
        (
            "vertical approvals",
            {"approvals": "vertical"},
            [{}, {"approvals": "light"}],
            OUTSIDE,
            {"hire", "coached"},
        ),
        (
            "niche audience",
            {"audience": "niche"},
            [{}, {"audience": "broad"}],
            {"hire", "coached"},
            OUTSIDE,
        ),
        (
            "commercial aims",
            {"goal": "brand, Sales"},
            [{}, {"goal": "trust"}],
            OUTSIDE | {"hybrid", "phased"},
            set(),
        ),
        (
            "technical B2B",
            {"expertise": "technical", "market": "b2b"},
            [
                {"expertise": "technical"},
                {"market": "b2b"},
                {"expertise": "technical", "market": "b2c"},
                {"expertise": "general", "market": "b2b"},
            ],
            {"coached"},
            OUTSIDE,
        ),
        (
            "authentic content",
            {"content": "authentic"},
            [{}, {"content": "produced"}],
            {"hire", "coached", "hybrid"},
            OUTSIDE,
        ),
        (
            "growing maturity",
            {"maturity": "growing"},
            [{}, {"maturity": "starting"}],
            {"phased", "coached"},
            OUTSIDE,
        ),
    ],
)
def test_context_speaks(
    rule: str,
    context: Data,
    without: list[Data],
    speaks_for: set[str],
    against: set[str],
) -> None:
    """What the context says fires a rule for its families; without it the rule is silent."""
    assert spoken(ways(context=context), rule) == (speaks_for, against)
    for other in without:
        assert spoken(ways(context=other), rule) == SILENT


@pytest.mark.parametrize(("months", "fires"), [("2 months", True), ("10 weeks", False)])
def test_going_live_soon_is_a_wish_for_speed(months: str, fires: bool) -> None:
    """Two months are soon; ten weeks, 2.3 months of 52/12 weeks, are not."""
    data = ways(context={"goal": "trust"}, require={"live_within": months})
    assert ("fast start" in heard(data)) == fires


@pytest.mark.parametrize(
    ("cover", "fires"),
    [("24/7", True), ("mon-fri 00:00-24:00, sat-sun 04:00-24:00", True), ("daily 00-22", False)],
)
def test_round_the_clock(cover: str, fires: bool) -> None:
    """From 160 hours on (168, 5 × 24 + 2 × 20), not at 7 × 22: for a provider with a team."""
    expected = ({"agency", "hybrid"}, {"hire", "coached"}) if fires else SILENT
    assert spoken(ways(cover=cover), "round the clock") == expected


def test_ads_are_a_skill_that_sells() -> None:
    """A skill of advertising says as much as a goal of sales."""
    assert "commercial aims" in heard(needing(["ads"], []))
    assert "commercial aims" not in heard(needing(["writing"], []))


def needing(skills: list[str], ours: list[str]) -> Data:
    """`ways` with skills needed, and those that the hires have; the agency has all of them."""
    data = ways()
    data["needs"]["skills"] = skills
    data["sources"]["cm"]["skills"] = ours
    data["sources"]["agency"]["skills"] = skills
    return data


def test_several_skills() -> None:
    """Four skills of which nobody in-house has all; not three, nor where one has the four."""
    four = ["writing", "video", "analysis", "moderation"]
    assert spoken(needing(four, four[:3]), "several skills") == ({"agency", "hybrid"}, set())
    assert spoken(needing(four, four), "several skills") == SILENT
    assert spoken(needing(four[:3], []), "several skills") == SILENT


def test_one_person_alone_with_a_skill() -> None:
    """A skill that one hire alone has is a risk; two hires, or an agency beside, are none."""
    data = ways(cover="mon-fri 09:00-12:30 13:30-17:00")
    data["needs"]["skills"] = ["product"]
    data["sources"]["cm"]["skills"] = ["product"]
    data["sources"]["agency"]["skills"] = ["product"]
    data["options"] = {
        "two": ["cm"],
        "one": [{"cm": {"headcount": 1}}],
        "backed": [{"cm": {"headcount": 1}}, "agency"],
    }
    signal = heard(data)["one person alone"]
    assert (signal.speaks_for, signal.speaks_against) == ((), ("one",))
    assert "product (one)" in signal.reason
    data["options"].pop("one")
    assert "one person alone" not in heard(data)


def test_most_of_the_watch_on_one_person() -> None:
    """Without skills, the watch decides: one hire leaves none of it, two leave at least half."""
    sources = {"one": employee(), "two": employee(headcount=2), "three": employee(headcount=3)}
    signal = heard(scenario(sources, cover="mon-fri 09:00-12:30 13:30-17:00"))["one person alone"]
    assert signal.speaks_against == ("one",)
    assert "most of the watch (one)" in signal.reason


def test_a_coach_alone_with_the_method_is_no_risk() -> None:
    """A coach is there to pass its skill on."""
    data = ways(cover="mon-fri 09:00-12:30 13:30-17:00")
    data["needs"]["skills"] = ["method"]
    data["sources"]["coach"]["skills"] = ["method"]
    data["options"] = {"coached": ["cm", "coach"]}
    assert "one person alone" not in heard(data)


@pytest.mark.parametrize("hours", [0, "1 h/week"])
def test_no_contact_in_house(hours: object) -> None:
    """A provider alone needs coordination hours, in each phase; a colleague beside will do too."""
    data = scenario(
        {"agency": agency(coordination=hours), "me": colleague(), "coach": coach()},
        {
            "agency": ["agency"],
            "beside": ["agency", "me"],
            "later": {"phases": [{"months": 3, "sources": ["agency"]}, {"sources": ["me"]}]},
            "us": ["me", "coach"],
        },
    )
    expected = set() if hours else {"agency", "later"}
    assert spoken(data, "no contact in-house") == (set(), expected)


def test_a_rule_that_meets_no_option_is_left_out() -> None:
    """A niche audience says nothing where every option is a hybrid."""
    data = ways(context={"audience": "niche"})
    data["options"] = {"hybrid": OPTIONS["hybrid"]}
    assert "niche audience" not in heard(data)


CONTEXTS = st.fixed_dictionaries(
    {},
    optional={
        "goal": st.sampled_from(("trust", "sales")),
        "audience": st.sampled_from(("broad", "niche")),
        "market": st.sampled_from(("b2b", "b2c")),
        "expertise": st.sampled_from(("general", "technical")),
        "tried_in_house": st.integers(0, 36),
        "result": st.sampled_from(("none", "some", "good")),
        "approvals": st.sampled_from(("light", "vertical")),
        "speed": st.booleans(),
        "content": st.sampled_from(("produced", "authentic")),
        "maturity": st.sampled_from(("starting", "growing")),
    },
)


@settings(max_examples=12)
@given(scenarios(), CONTEXTS)
def test_context_changes_no_figure(data: Data, context: Data) -> None:
    """With and without context: the same options, recommendation and reason."""
    plain, spoken_of = compared(data), compared({**data, "context": context})
    for field in ("options", "recommended", "reason", "assumptions", "warnings"):
        assert getattr(plain, field) == getattr(spoken_of, field)
    for signal in spoken_of.signals:
        named = {*signal.speaks_for, *signal.speaks_against}
        assert named
        assert named <= set(spoken_of.options)
        assert not set(signal.speaks_for) & set(signal.speaks_against)


@settings(max_examples=12)
@given(scenarios(), CONTEXTS)
def test_signals_go_to_json_and_back(data: Data, context: Data) -> None:
    """Written, read and written again, the bytes are the same."""
    result = compared({**data, "context": context})
    text = cmsource.to_json(result)
    again = cmsource.from_json(text)
    assert again.signals == result.signals
    assert cmsource.to_json(again) == text


def test_results_written_without_signals_are_read() -> None:
    """Earlier files have an empty list there."""
    result = compared(ways(context={"audience": "niche"}))
    text = cmsource.to_json(result._replace(signals=()))
    assert '"signals": []' in text
    assert cmsource.from_json(text).signals == ()


EVERYTHING: Data = {
    "goal": "sales",
    "audience": "niche",
    "market": "b2b",
    "expertise": "technical",
    "tried_in_house": "18 months",
    "approvals": "vertical",
    "speed": True,
    "content": "authentic",
    "maturity": "growing",
}


@pytest.mark.parametrize("width", [60, 80, 200])
def test_signals_fit_the_table(width: int) -> None:
    """Every rule at once stays within the width, under the table, and says that it is judgement."""
    result = compared(ways(cover="24/7", context=EVERYTHING))
    text = terminal.write(CompareReport([result]), Page(width, details=True))
    part = text[text.index("Signals") :]
    assert part.startswith("Signals (judgement; they change no figure)\n")
    assert text.index("Watched") < text.index("Signals")
    for line in part.partition("\n\nAssumptions")[0].splitlines():
        assert len(line) <= width
    folded = " ".join(part.split())
    for signal in result.signals:
        assert f"{signal.rule}: {signal.reason}" in folded


def test_signals_in_markdown() -> None:
    """A table of for and against by option, then the reasons as a list."""
    text = markdown.write(
        CompareReport([compared(ways(context={"approvals": "vertical"}))]), Page()
    )
    assert "<summary>Signals (judgement; they change no figure)</summary>" in text
    assert "| agency | vertical approvals | – |" in text
    assert "- **vertical approvals**: If the chain" in text


def test_a_name_cannot_drive_the_terminal() -> None:
    """No control character gets into a reason by way of a saved result, nor out of one."""
    data = scenario({"cm": employee(skills=["steer"])})
    data["needs"]["skills"] = ["steer"]
    result = compared(data)
    with pytest.raises(cmsource.ScenarioError, match="control character"):
        cmsource.from_json(cmsource.to_json(result).replace("steer (cm)", "\\u001b[31m (cm)"))
    signals = [each._replace(reason=f"\x1b[31m{each.reason}") for each in result.signals]
    assert signals
    result = result._replace(signals=tuple(signals))
    assert "\x1b" not in terminal.write(CompareReport([result]), Page(details=True))
    assert "\x1b" not in markdown.write(CompareReport([result]), Page())
