"""``diff``: what changed between two files of results, scenario by scenario, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cmsource.reports.blocks import (
    Block,
    Heading,
    Items,
    Listing,
    Look,
    Paragraph,
    Section,
    Span,
    Text,
)
from cmsource.reports.changes import amount, change_data, change_section
from cmsource.reports.comparison_data import share
from cmsource.reports.report import Json
from cmsource.reports.wording import changed_ones, gone_ones, new_ones, yes_no
from cmsource.results.difference import Difference
from cmsource.values.language import counted, listed, say

FORMAT = "cmsource/diff/1"
HEADER = (
    "file",
    "scenario",
    "changed",
    "old_recommended",
    "recommended",
    "old_total",
    "total",
    "increase",
)
_SHOWN_FILES = 20
_LONGEST_FILE = 200


class Unpaired(NamedTuple):
    """Files that are not compared.

    Attributes:
        added: files that only the new results have; None where these cannot be known, since
            the old ones are a part of a run.
        removed: files that only the old results have; None likewise.
        unusable: files without a result, and on which side (``old`` or ``new``).
        turned: how many of these have a result on the other side: they changed.
    """

    added: Sequence[str] | None = ()
    removed: Sequence[str] | None = ()
    unusable: Sequence[tuple[str, str]] = ()
    turned: int = 0


class Changes:
    """What changed in the scenarios that two files of results have, taken once and counted.

    Args:
        changes: one for each scenario that both have.
        unpaired: the files that are not compared.

    Attributes:
        compared: how many were taken so far, and those that are valid on one side only.
        changed: how many of them differ in anything, as those do.
    """

    def __init__(self, changes: Iterable[Difference], unpaired: Unpaired) -> None:
        self._changes = changes
        self.unpaired = unpaired
        self.compared = self.changed = unpaired.turned

    def __iter__(self) -> Iterator[Difference]:
        """Take them."""
        for change in self._changes:
            self.compared += 1
            self.changed += not change.nothing
            yield change

    @property
    def differs(self) -> bool:
        """Whether anything differs, once all are taken: a scenario, or which there are."""
        return bool(self.changed or self.unpaired.added or self.unpaired.removed)


class DiffReport:
    """What changed between two files of results, one scenario at a time.

    Args:
        changes: what changed.
        details: whether to show every value and every cost.
    """

    def __init__(self, changes: Changes, *, details: bool = False) -> None:
        self._changes = changes
        self._unpaired = changes.unpaired
        self._details = details

    def blocks(self) -> Iterator[Block]:
        """Each scenario in which something changed, then the files that are not compared."""
        for change in self._changes:
            if not change.nothing:
                yield change_section(change, details=self._details)
        yield from _files(self._unpaired, None)
        yield _counts(self._changes)

    def head(self) -> Mapping[str, Json]:
        """The format."""
        return {"format": FORMAT}

    def records(self) -> Iterator[Mapping[str, Json]]:
        """Every scenario that both sides have."""
        return map(change_data, self._changes)

    def rest(self) -> Mapping[str, Json]:
        """The files that are not compared, and the counts."""
        compared, changed = self._changes.compared, self._changes.changed
        return {
            "added": list(self._unpaired.added or ()),
            "removed": list(self._unpaired.removed or ()),
            "invalid": [{"file": file, "side": side} for file, side in self._unpaired.unusable],
            "summary": {"compared": compared, "changed": changed, "same": compared - changed},
        }

    def header(self) -> Sequence[str]:
        """What is said of each scenario."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """One row a scenario that both sides have."""
        for change in self._changes:
            yield (
                change.file,
                change.name,
                yes_no(not change.nothing),
                change.old_recommended,
                change.new_recommended,
                amount(change.old_cents),
                amount(change.new_cents),
                share(change.increase),
            )


class DiffSummary(NamedTuple):
    """The same for a comment: the counts first, then the scenarios that matter most.

    Attributes:
        changes: what changed.
        details: whether to show every value and every cost.
    """

    changes: Changes
    details: bool = False

    def blocks(self) -> Iterator[Block]:
        """Those with another recommendation come first, then those whose price moved most."""
        changed: list[tuple[tuple[bool, int, str], Section]] = []
        for change in self.changes:
            if not change.nothing:
                same = change.old_recommended == change.new_recommended
                key = (same, -abs(change.more_cents or 0), change.file)
                changed.append((key, change_section(change, details=self.details)))
        changed.sort(key=lambda each: each[0])
        yield Heading(say("cmsource: what changed"), level=1)
        yield _counts(self.changes)
        yield from _files(self.changes.unpaired, _SHOWN_FILES)
        if changed:
            yield Listing(tuple(section for _, section in changed), say("changes"))


def _counts(changes: Changes) -> Paragraph:
    compared, changed, unpaired = changes.compared, changes.changed, changes.unpaired
    same = compared - changed
    found = [changed_ones(changed), counted(same, "{count} as before", "{count} as before")]
    if unpaired.added is not None:
        found.append(new_ones(len(unpaired.added)))
    if unpaired.removed is not None:
        found.append(gone_ones(len(unpaired.removed)))
    text = counted(
        compared,
        "{count} scenario compared: {found}",
        "{count} scenarios compared: {found}",
        found=listed(found),
    )
    return Paragraph(text, Look.STRONG)


def _files(unpaired: Unpaired, most: int | None) -> Iterator[Items]:
    """The files that are not compared, each kind up to a number."""
    sides = {
        "old": say("not valid in the old results"),
        "new": say("not valid in the new results"),
    }
    unusable = [(sides[side], file) for file, side in unpaired.unusable]
    points: list[Text] = []
    for kind in (
        [(say("new"), file) for file in unpaired.added or ()],
        [(say("gone"), file) for file in unpaired.removed or ()],
        unusable,
    ):
        points += [
            (listed([word, ""], say(": ")), Span(_short(file, most), Look.KEY))
            for word, file in kind[:most]
        ]
        if most is not None and len(kind) > most:
            points.append(say("and {count} more", count=len(kind) - most))
    if points:
        yield Items(tuple(points))


def _short(file: str, most: int | None) -> str:
    return file if most is None else file[:_LONGEST_FILE]
