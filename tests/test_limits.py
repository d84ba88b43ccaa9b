"""The largest scenarios that are allowed: beyond each they are refused, within it small."""

from pathlib import Path

import pytest
import yaml

from batches import peak
from largest import LARGEST
from readings import codes

HEAD = {"country": "FR", "needs": {"cover": "24/7", "work": {"content": "6 h/week"}}}
FIRM = {"kind": "agency", "hourly_rate": 75}


def dumped(**more: object) -> str:
    """A scenario as text."""
    return yaml.dump({**HEAD, **more}, Dumper=yaml.CSafeDumper, sort_keys=False)


def options(count: int, members: int = 1) -> dict[str, object]:
    """So many options, each of so many agencies."""
    names = [f"s{number}" for number in range(members)]
    return {
        "sources": dict.fromkeys(names, FIRM),
        "options": {f"o{number}": names for number in range(count)},
    }


def agencies(count: int) -> dict[str, object]:
    """So many agencies, of which one is an option."""
    return {"sources": {f"s{n}": FIRM for n in range(count)}, "options": {"o": ["s0"]}}


def phases(count: int) -> dict[str, object]:
    """An option with so many phases of a tenth of a month."""
    first = [{"months": 0.1, "sources": ["s"]} for _ in range(count - 1)]
    phased = {"phases": [*first, {"sources": ["s"]}]}
    return {"horizon": (count + 1) / 10, "sources": {"s": FIRM}, "options": {"o": phased}}


def tools(count: int) -> dict[str, object]:
    """Two options of one source for a year and a half, with so many tools."""
    prices = {f"t{number}": {"price": "9/month"} for number in range(count)}
    return {"horizon": 18, "tools": prices, **options(2)}


def activities(count: int) -> dict[str, object]:
    """Needs with so many activities."""
    work = {f"a{number}": "0.1 h/week" for number in range(count)}
    return {"needs": {"cover": "24/7", "work": work}, **options(1)}


def answerers(count: int, takes: str = "100%", **more: object) -> dict[str, object]:
    """An option of so many agencies that answer messages."""
    firm = {**FIRM, "on_duty": "24/7", "takes": takes, **more}
    names = [f"s{number}" for number in range(count)]
    needs = {"cover": "24/7", "messages": {"per_week": 10, "minutes_each": 5, "profile": "flat"}}
    return {"needs": needs, "sources": dict.fromkeys(names, firm), "options": {"o": names}}


def watched(count: int, more: int) -> dict[str, object]:
    """So many options of one source for messages, and some of two of which one takes a part."""
    one = answerers(2)
    part = [{"s0": {"takes": "30%"}}, "s1"]
    lone = {f"o{number}": ["s0"] for number in range(count)}
    return {**one, "options": {**lone, **{f"p{number}": part for number in range(more)}}}


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        (watched(50, 0), watched(51, 0)),
        (watched(46, 1), watched(47, 1)),
        (answerers(20), answerers(21)),
        (answerers(4, "30%"), answerers(5, "30%")),
        (answerers(4, max_hours="9 h/week"), answerers(5, max_hours="9 h/week")),
        (options(500), options(501)),
        (agencies(200), agencies(201)),
        (options(10, 100), options(10, 101)),
        (phases(250), phases(251)),
        ({"horizon": 600, **options(50)}, {"horizon": 600, **options(51)}),
        (tools(124), tools(125)),
        (activities(200), activities(201)),
    ],
)
def test_each_limit(within: dict[str, object], beyond: dict[str, object]) -> None:
    """The documented number is allowed, one more is not."""
    assert "E106" not in codes(dumped(**within))
    assert codes(dumped(**beyond)).count("E106") == 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no peak of a process here")
@pytest.mark.parametrize("form", ["table", "json", "markdown"])
@pytest.mark.parametrize("name", LARGEST)
def test_the_largest(tmp_path: Path, name: str, form: str) -> None:
    """300 MB are enough for whatever is allowed, messages apart."""
    (tmp_path / "s.yaml").write_text(LARGEST[name], "utf-8")
    status, megabytes = peak(tmp_path, "compare", "s.yaml", "--format", form)
    assert status == 0
    assert megabytes < 300
