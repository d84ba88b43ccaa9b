"""Saved results that belong together: two sides of a `diff`, the parts of a sharded run."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from cmsource.reading.saved_files import Archive
from cmsource.results.comparison import Comparison
from cmsource.results.rows import Row
from cmsource.values.language import counted, listed, say
from cmsource.values.text import shown

Names = Callable[[Sequence[int]], Sequence[str]]
"""Gives the names of scenarios, by their numbers; "" for one that is not valid."""


class Results(Protocol):
    """Results by scenario, each under its file and its name; an `Archive` is one."""

    @property
    def files(self) -> Sequence[str]:
        """The file of every scenario, in order."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """The name of every scenario, in order."""
        ...

    @property
    def earlier(self) -> Sequence[str]:
        """The file that each was compared with, as its run found it; its own where none."""
        ...

    def __len__(self) -> int: ...

    @property
    def is_alone(self) -> bool:
        """Whether it is the result of one scenario by itself, and of no run of several."""
        ...

    @property
    def is_part(self) -> bool:
        """Whether other scenarios of the same run are in other parts of it."""
        ...

    def is_invalid(self, number: int) -> bool:
        """Whether a scenario was not valid, and so has no result."""
        ...

    def comparison(self, number: int) -> Comparison | None:
        """One result, or None when its scenario was not valid."""
        ...


class OneResult:
    """The result of one scenario, as if it had been saved.

    Args:
        result: the result.
    """

    is_alone = True
    is_part = False

    def __init__(self, result: Comparison) -> None:
        self.files = [result.file]
        self.names = [result.name]
        self.earlier = self.files
        self._result = result

    def __len__(self) -> int:
        return 1

    def is_invalid(self, number: int) -> bool:
        """It is valid."""
        return False

    def comparison(self, number: int) -> Comparison | None:
        """The result."""
        return self._result


class Pairs(NamedTuple):
    """Which scenario of one side belongs to which of the other.

    Attributes:
        old: one side.
        new: the other.
        both: their numbers on the old and the new side, in the order of the new one.
        new_alone: numbers of those that only the new side has.
        old_alone: numbers of those that only the old side has.
    """

    old: Results
    new: Results
    both: tuple[tuple[int, int], ...]
    new_alone: tuple[int, ...] = ()
    old_alone: tuple[int, ...] = ()

    @property
    def added(self) -> tuple[str, ...] | None:
        """Files that only the new side has; None where the old one is a part of a run."""
        # What one part does not have, another part may.
        return None if self.old.is_part else _files(self.new, self.new_alone)

    @property
    def removed(self) -> tuple[str, ...] | None:
        """Files that only the old side has; None where the new one is a part of a run."""
        return None if self.new.is_part else _files(self.old, self.old_alone)

    def results(self) -> Iterator[tuple[Comparison, Comparison]]:
        """The two results of each scenario that both sides have one of."""
        for before, after in self.both:
            was, now = self.old.comparison(before), self.new.comparison(after)
            if was is not None and now is not None:
                yield was, now

    def turned(self) -> int:
        """How many scenarios of both sides have a result on one of them only."""
        return sum(
            self.old.is_invalid(before) != self.new.is_invalid(after) for before, after in self.both
        )

    def unusable(self) -> Iterator[tuple[str, str]]:
        """Scenarios that were invalid on a side: the file, and on which side."""
        sides = [side for pair in self.both for side in zip(("old", "new"), pair, strict=True)]
        sides += [("new", number) for number in self.new_alone if not self.old.is_part]
        sides += [("old", number) for number in self.old_alone if not self.new.is_part]
        for side, number in sides:
            archive = self.old if side == "old" else self.new
            if archive.is_invalid(number):
                yield archive.files[number], side


def paired(old: Results, new: Results) -> Pairs:
    """The scenarios of two sides, as they are matched; two results by themselves always are."""
    if old.is_alone and new.is_alone:
        # two results of one scenario, or of two that somebody wants to see side by side
        return Pairs(old, new, ((0, 0),))
    if old.is_part or new.is_part:
        # Who else has a name is not known here, but to the run that each part is of.
        found = matched(old, new.earlier, lambda numbers: [""] * len(numbers))
    else:
        found = matched(old, new.files, _names(new))
    both = tuple((before, after) for after, before in found.items())
    taken = set(found.values())
    new_alone = tuple(number for number in range(len(new)) if number not in found)
    old_alone = tuple(number for number in range(len(old)) if number not in taken)
    return Pairs(old, new, both, new_alone, old_alone)


def _files(results: Results, numbers: Sequence[int]) -> tuple[str, ...]:
    return tuple(results.files[number] for number in numbers)


def unmatched(old: Results, found: Mapping[int, int]) -> tuple[str, ...]:
    """The files of earlier results that no scenario was matched with."""
    taken = set(found.values())
    return _files(old, [number for number in range(len(old)) if number not in taken])


def _names(results: Results) -> Names:
    return lambda numbers: [results.names[number] for number in numbers]


def matched(old: Results, files: Sequence[str], names: Names) -> dict[int, int]:
    """The scenarios of two runs, matched by their files, else by their names.

    A name counts where one scenario of each side has it, of those whose file the other side does
    not have.

    Args:
        old: the earlier run.
        files: those of the later one, in order.
        names: gives names of the later one; asked for no more of them than count.

    Returns:
        For the number of each new scenario that is matched, in order, that of the old one.
    """
    places: dict[str, deque[int]] = {}
    for number, file in enumerate(old.files):
        places.setdefault(file, deque()).append(number)
    found = {}
    fresh = []
    for number, file in enumerate(files):
        if places.get(file):
            found[number] = places[file].popleft()
        else:
            fresh.append(number)
    left = [number for rest in places.values() for number in rest]
    if left and fresh:
        before, after = _once(left, _names(old)(left)), _once(fresh, names(fresh))
        found |= {after[name]: before[name] for name in before.keys() & after.keys()}
    return dict(sorted(found.items()))


def _once(numbers: Sequence[int], names: Sequence[str]) -> dict[str, int]:
    """The number of each name that is there once."""
    by_name: dict[str, list[int]] = {}
    for number, name in zip(numbers, names, strict=True):
        by_name.setdefault(name, []).append(number)
    return {name: same[0] for name, same in by_name.items() if name and len(same) == 1}


def removed_of(parts: Sequence[Archive]) -> tuple[str, ...] | None:
    """The scenarios of the baseline that are in no part of a run; None without a baseline.

    Version 1.0.0 wrote into each part what that part alone did not find again.
    """
    every = [part.header.removed for part in parts]
    first = every[0]
    if first is None:
        return None
    others = [frozenset(removed or ()) for removed in every[1:]]
    return tuple(file for file in first if all(file in removed for removed in others))


def parts_in_order(archives: Sequence[Archive]) -> list[Archive]:
    """The parts of a sharded run from the first to the last, each there once.

    Args:
        archives: the parts in any order; or a single whole run, which is taken as it is.

    Raises:
        ValueError: they are not the parts of one run.
    """
    if len(archives) == 1 and archives[0].is_batch and archives[0].header.shard is None:
        return list(archives)
    by_index: dict[int, Archive] = {}
    counts = set()
    for archive in archives:
        shard = archive.header.shard if archive.is_batch else None
        if shard is None:
            raise ValueError(
                say(
                    "{name} is no part of a sharded batch: parts are written by `cmsource "
                    "batch --shard I/N --format json`",
                    name=shown(archive.name),
                )
            )
        if shard[0] in by_index:
            raise ValueError(
                say(
                    "{one} and {other} are both part {index}/{count}",
                    one=shown(by_index[shard[0]].name),
                    other=shown(archive.name),
                    index=shard[0],
                    count=shard[1],
                )
            )
        by_index[shard[0]] = archive
        counts.add(shard[1])
    if len(counts) > 1:
        which = listed([f"/{count}" for count in sorted(counts)], say(" and "))
        raise ValueError(say("these parts are of different runs: {which}", which=which))
    count = counts.pop()
    missing = [f"{index}/{count}" for index in range(1, count + 1) if index not in by_index]
    if missing:
        raise ValueError(say("missing: part {parts}", parts=listed(missing[:10])))
    ordered = [by_index[index] for index in range(1, count + 1)]
    total = sum(map(len, ordered))
    for index, archive in enumerate(ordered):
        expected = len(range(index, total, count))
        if len(archive) != expected:
            raise ValueError(
                counted(
                    len(archive),
                    "{name} holds {count} scenario instead of {expected}: the parts are "
                    "of different runs",
                    "{name} holds {count} scenarios instead of {expected}: the parts are "
                    "of different runs",
                    name=shown(archive.name),
                    expected=expected,
                )
            )
    return ordered


def rows_in_order(parts: Sequence[Archive]) -> Iterator[tuple[Row, str]]:
    """Rows in the order of the one run: every n-th comes from the same part."""
    rows = [archive.rows() for archive in parts]
    for number in range(sum(map(len, parts))):
        yield next(rows[number % len(rows)])
