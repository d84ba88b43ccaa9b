"""What simulations of the line come to, kept in ``plays.json``: to play them all takes minutes.

A figure is kept for the very simulation and the very case that it is of. What a change touches is
played again, and one case in sixteen always is: it has to come to what is kept of it. ``pytest
--play`` keeps what is played anew; without the file, that is everything.
"""

import json
import re
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, cast

import pytest

import line_simulation
from line_simulation import Case, Played, simulate

PLACE = Path(__file__).with_name("plays.json")
T = TypeVar("T", float, list[float])
Figures = dict[str, float | list[float]]
KEPT: dict[str, Figures] = json.loads(PLACE.read_text()) if PLACE.exists() else {}
_NUMBER = re.compile(r"\d+\.\d+(?:e[-+]?\d+)?")


def simulation() -> str:
    """A name that a simulation has until a line of it changes."""
    return sha256(Path(line_simulation.__file__).read_bytes()).hexdigest()[:16]


class Play:
    """A case as it is played, each figure once.

    Args:
        case: what to simulate.
        weeks: how many count.
        seed: of the random numbers.
        warm_up: weeks before them.
    """

    def __init__(self, case: Case, weeks: int, seed: int, warm_up: int = 10) -> None:
        self._given = case, weeks, seed, warm_up
        # Versions of Python add up the same numbers to slightly different sums.
        told = _NUMBER.sub(lambda found: f"{float(found[0]):.9g}", repr(self._given))
        name = sha256(told.encode()).hexdigest()[:16]
        self._kept = KEPT.setdefault(f"{simulation()} {name}", {})
        self._checked = name.startswith("0")

    @cached_property
    def _played(self) -> Played:
        return simulate(*self._given)

    def _figure(self, name: str, of: Callable[[Played], T]) -> T:
        kept = cast("T | None", self._kept.get(name))
        if kept is not None and not self._checked:
            return kept
        found = of(self._played)
        if kept is not None:
            assert kept == pytest.approx(found, rel=1e-3, abs=1e-3), name
        self._kept[name] = found
        return found

    @property
    def shares(self) -> list[float]:
        """Share of all messages that each source took."""
        return self._figure("shares", lambda played: played.shares)

    @property
    def resolved(self) -> list[float]:
        """Share of all messages that each robot answered, wrong answers among them."""
        return self._figure("resolved", lambda played: list(played.resolved))

    @property
    def answered(self) -> float:
        """Share of the messages that are ever answered."""
        return self._figure("answered", lambda played: played.answered)

    def within(self, minutes: float) -> float:
        """Share of the messages answered within so many minutes."""
        return self._figure(f"within {minutes:g}", lambda played: played.within(minutes))

    def quantile(self, share: float) -> float:
        """Minutes within which a share of all messages is answered."""
        return self._figure(f"quantile {share:g}", lambda played: played.quantile(share))


def keep() -> None:
    """Write down what is kept, with what was played in this run."""
    now = simulation()
    lines = [
        f"{json.dumps(name)}: {json.dumps(KEPT[name], sort_keys=True)}"
        for name in sorted(KEPT)
        if name.startswith(now) and KEPT[name]
    ]
    PLACE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
