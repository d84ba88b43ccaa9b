"""Saved results that belong together: two sides of a `diff`, the parts of a sharded run."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from cmsource.reading.saved_files import Archive
from cmsource.results.comparison import Comparison
from cmsource.results.rows import Row
from cmsource.values.language import counted, listed, say
from cmsource.values.text import shown


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

    def __len__(self) -> int: ...

    def find(self, file: str, name: str, taken: "frozenset[str] | set[str]") -> int | None:
        """The number of the scenario of a file, or else of the only one of that name."""
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

    def __init__(self, result: Comparison) -> None:
        self.files = [result.file]
        self.names = [result.name]
        self._result = result

    def __len__(self) -> int:
        return 1

    def find(self, file: str, name: str, taken: "frozenset[str] | set[str]") -> int | None:
        """Its number, where it is of that file, or else of that name; see `Archive.find`."""
        if file == self._result.file:
            return 0
        return 0 if name and name == self._result.name and self.files[0] not in taken else None

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
        added: files that only the new side has.
        removed: files that only the old side has.
    """

    old: Results
    new: Results
    both: tuple[tuple[int, int], ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

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
        for before, after in self.both:
            for side, archive, number in (("old", self.old, before), ("new", self.new, after)):
                if archive.is_invalid(number):
                    yield archive.files[number], side


def paired(old: Results, new: Results) -> Pairs:
    """The scenarios of two sides, matched by their files, else by names that are there once."""
    both = []
    left = dict.fromkeys(range(len(old)))
    added = []
    files = frozenset(new.files)
    times = Counter(name for name in new.names if name)
    if len(old) == len(new) == 1:
        # two results of one scenario, or of two that somebody wants to see side by side
        return Pairs(old, new, ((0, 0),), (), ())
    for number, (file, name) in enumerate(zip(new.files, new.names, strict=True)):
        match = old.find(file, name if times[name] == 1 else "", files)
        if match is None or match not in left:
            added.append(file)
        else:
            del left[match]
            both.append((match, number))
    removed = tuple(old.files[number] for number in left)
    return Pairs(old, new, tuple(both), tuple(added), removed)


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
