"""The largest scenarios that are allowed: beyond each they are refused, within it small."""

import time
from pathlib import Path

import pytest
import yaml

from batches import peak
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


def phases(count: int) -> dict[str, object]:
    """An option with so many phases of a tenth of a month."""
    first = [{"months": 0.1, "sources": ["s"]} for _ in range(count - 1)]
    phased = {"phases": [*first, {"sources": ["s"]}]}
    return {"horizon": 600, "sources": {"s": FIRM}, "options": {"o": phased}}


def activities(count: int) -> dict[str, object]:
    """Needs with so many activities."""
    work = {f"a{number}": "0.1 h/week" for number in range(count)}
    return {"needs": {"cover": "24/7", "work": work}, **options(1)}


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        (options(500), options(501)),
        (options(10, 100), options(10, 101)),
        (phases(1000), phases(1001)),
        ({"horizon": 600, **options(100)}, {"horizon": 600, **options(101)}),
        (activities(200), activities(201)),
    ],
)
def test_each_limit(within: dict[str, object], beyond: dict[str, object]) -> None:
    """The documented number is allowed, one more is not."""
    assert "E106" not in codes(dumped(**within))
    assert codes(dumped(**beyond)).count("E106") == 1


STAFF = {"kind": "employee", "hourly_wage": 16.5, "turnover": "500%/year", "recruitment": 100}
WORK = {f"a{number}": "0.05 h/week" for number in range(200)}
LARGEST = {
    "options": {
        "sources": {f"s{n}": {**STAFF, "hourly_wage": 16.5 + n / 1000} for n in range(1000)},
        "options": {f"o{n}": [f"s{2 * n}", f"s{2 * n + 1}"] for n in range(500)},
    },
    "sources": {
        "sources": {f"s{n}": {**STAFF, "takes": "30%"} for n in range(500)},
        "options": {f"o{n}": [f"s{m}" for m in range(500)] for n in range(2)},
    },
    "years": {
        "horizon": 600,
        "sources": {f"s{n}": STAFF for n in range(100)},
        "options": {f"o{n}": [f"s{n}"] for n in range(100)},
    },
}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no peak of a process here")
@pytest.mark.parametrize("form", ["table", "json", "markdown"])
@pytest.mark.parametrize("name", LARGEST)
def test_the_largest(tmp_path: Path, name: str, form: str) -> None:
    """Seconds and 300 MB are enough for whatever is allowed, messages apart."""
    scenario = {**HEAD, "needs": {"cover": "24/7", "work": WORK}, **LARGEST[name]}
    (tmp_path / "s.yaml").write_text(yaml.dump(scenario, Dumper=yaml.CSafeDumper), "utf-8")
    begun = time.monotonic()
    status, megabytes = peak(tmp_path, "compare", "s.yaml", "--format", form)
    assert status == 0
    assert megabytes < 300
    assert time.monotonic() - begun < 20  # two on an idle machine; a hang, not a budget
