"""Values that are worked out when they are looked at: once, and freed with what holds them."""

import gc
import pickle
from pathlib import Path
from typing import NamedTuple

import pytest

import cmsource
from cmsource.results.comparison import OptionResult, Options
from cmsource.values.later import once
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_week
from strategies import agency, compared, employee, scenario

SHIPPED = sorted(Path(__file__).parent.parent.joinpath("scenarios").glob("*.yaml"))


class _Side(NamedTuple):
    length: float


class Square(_Side):
    """A square that counts how often its area is worked out."""

    @once
    def asked(self) -> list[str]:
        """What was asked for."""
        return []

    @once
    def area(self) -> float:
        """Length squared."""
        self.asked.append("area")
        return self.length**2


def test_once_works_out_once_for_each_object() -> None:
    """Equal objects each have their own; asking changes neither equality nor what it is."""
    one, other = Square(3.0), Square(3.0)
    assert [one.area, one.area, one.area] == [9.0, 9.0, 9.0]
    assert (one.asked, other.asked) == (["area"], [])
    assert one == other
    assert one._replace(length=2.0).area == 4.0
    assert Square.area.__doc__ == "Length squared."


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


def test_options_are_made_when_they_are_looked_at() -> None:
    """Each once; their number, names and order need none of them."""
    made: list[str] = []
    whole = dict(compared(scenario({"cm": employee(), "a": agency()})).options)

    def work_out(name: str) -> OptionResult:
        made.append(name)
        return whole[name]

    options = Options(whole, work_out)
    assert (len(options), list(options)) == (2, ["cm", "a"])
    assert "a" in options
    assert options.get("nobody") is None
    assert made == []
    assert options["a"] is options["a"]
    assert made == ["a"]
    assert options == whole
    assert repr(options) == repr(whole)
    assert made == ["a", "cm"]
    with pytest.raises(KeyError):
        options["nobody"]


def test_who_is_eligible_is_known_without_results() -> None:
    """In the order of the scenario, as the results themselves say."""
    sources = {"cm": employee(on_duty="mon 09:00-10:00"), "b": agency(), "a": agency()}
    result = compared(scenario(sources, require={"watched": "90%"}))
    assert result.eligible == ("b", "a")
    assert [name for name, option in result.options.items() if option.eligible] == ["b", "a"]
    assert result._replace(options=dict(result.options)).eligible == ("b", "a")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_comparison_pickles_whole(path: Path) -> None:
    """What was left for later is worked out, and is the same on the other side."""
    result = cmsource.compare(cmsource.load(path))
    copy = pickle.loads(pickle.dumps(result))
    assert list(copy.options) == list(result.options)
    for name, option in result.options.items():
        assert copy.options[name].entries == option.entries
        assert copy.options[name].coverage == option.coverage
        assert copy.options[name].on_frontier == option.on_frontier
    assert copy.reason == result.reason


def test_a_comparison_is_freed_with_its_last_user() -> None:
    """Nothing in it goes round in a circle, so that thousands of them need no garbage collector."""
    whole = cmsource.load(SHIPPED[0])

    def use() -> None:
        result = cmsource.compare(whole)
        assert result.eligible
        assert all(option.total_cents and option.coverage for option in result.options.values())

    use()
    gc.collect()
    gc.disable()
    try:
        use()
        assert gc.collect() == 0
    finally:
        gc.enable()
