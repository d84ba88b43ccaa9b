"""Comparisons as data: whole when made, frozen, and the same on the other side of a pipe."""

import pickle
from pathlib import Path

import pytest

import cmsource
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_week
from strategies import agency, compared, employee, read, scenario

SHIPPED = sorted(Path(__file__).parent.parent.joinpath("scenarios").glob("*.yaml"))
MESSAGES = {"per_week": 100, "minutes_each": 5, "profile": "flat"}


def parts(value: object) -> list[object]:
    """A value and everything in it."""
    found = [value]
    held: list[object] = []
    if isinstance(value, dict):
        held = list(value.values())
    elif isinstance(value, tuple):
        held = list(value)
    return found + [part for each in held for part in parts(each)]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_comparison_is_whole(path: Path) -> None:
    """It holds no function, and pickles to an equal one."""
    result = cmsource.compare(cmsource.load(path))
    assert not [part for part in parts(result) if callable(part) and not isinstance(part, type)]
    assert pickle.loads(pickle.dumps(result)) == result


def test_a_comparison_is_frozen() -> None:
    """Neither it nor an option nor a phase of one can be changed."""
    result = compared(scenario({"a": agency()}))
    option = result.options["a"]
    for part, name in ((result, "reason"), (option, "entries"), (option.phases[0], "months")):
        with pytest.raises(AttributeError):
            setattr(part, name, None)


def test_details_change_nothing_else() -> None:
    """Rosters and answer times are there when asked for; every other figure is the same."""
    sources = {"cm": employee(headcount=5, on_duty="24/7"), "a": agency()}
    whole = read(scenario(sources, messages=MESSAGES))
    plain, full = (cmsource.compare(whole, details=details) for details in (False, True))
    assert not plain.detailed
    assert full.detailed
    for name, option in full.options.items():
        before = plain.options[name]
        assert (before.entries, before.coverage) == (option.entries, option.coverage)
        assert before.phases[0].answering is None
        assert option.phases[0].answering is not None
    assert "cm" in full.options["cm"].phases[0].rosters
    assert len(full.advice) == 3


def test_the_json_takes_the_details() -> None:
    """What has not been worked out is not written as if there were none."""
    with pytest.raises(ValueError, match="details"):
        cmsource.to_json(compared(scenario({"a": agency()}), details=False))


def test_who_is_eligible() -> None:
    """In the order of the scenario, as the results themselves say."""
    sources = {"cm": employee(on_duty="mon 09:00-10:00"), "b": agency(), "a": agency()}
    result = compared(scenario(sources, require={"watched": "90%"}))
    assert result.eligible == ("b", "a")
    assert [name for name, option in result.options.items() if option.eligible] == ["b", "a"]


@pytest.mark.parametrize("text", ["24/7", "mon-fri 09:00-12:30 13:30-17:00, sat 22-2", "never"])
def test_a_week_that_was_asked_is_the_same_week(text: str) -> None:
    """Its length is known from then on; it stays equal to its twin and to its copies."""
    week, twin = parse_week(text), Week(parse_week(text).intervals)
    assert (week.minutes, week.hours) == (twin.minutes, twin.minutes / 60)
    assert week.days == twin.days
    fresh = Week(week.intervals)
    assert week == fresh
    assert hash(week) == hash(fresh)
    assert pickle.loads(pickle.dumps(week)) == fresh
