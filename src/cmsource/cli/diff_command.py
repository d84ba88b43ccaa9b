"""``cmsource diff``: what changed between two results, and why."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.writers.formats import Format, pieces
from cmsource.writers.page import Page

if TYPE_CHECKING:
    from cmsource.reading.saved_files import Archive
    from cmsource.results.difference import Difference


def command(
    context: typer.Context,
    old: Annotated[
        Path,
        typer.Argument(
            metavar="OLD",
            help="Results as JSON, from before; - for standard input.",
            show_default=False,
        ),
    ],
    new: Annotated[
        Path,
        typer.Argument(
            metavar="NEW",
            help="Results as JSON, from now; - for standard input.",
            show_default=False,
        ),
    ],
    form: Annotated[Format, flags.formats(Format)] = Format.TABLE,
    output: flags.Output = None,
    details: Annotated[
        bool,
        flags.switch(
            "--details", meaning="Every value and every cost that differs.", panel=flags.OUTPUT
        ),
    ] = False,
) -> None:
    """What changed between two results, scenario by scenario, and why.

    Takes what `compare --format json` and `batch --format json` or jsonl write.
    Scenarios are matched by their files, else by their names.

    Example: cmsource diff main.json branch.json --format markdown
    """
    from cmsource.reports.batch import COMMENT_LIMIT
    from cmsource.reports.diff import DiffReport, DiffSummary, Unpaired

    environment: Environment = context.obj
    pairs = _paired(environment.saved(old), environment.saved(new))
    unpaired = Unpaired(pairs.added, pairs.removed, list(pairs.unusable()))
    report: DiffReport | DiffSummary = DiffReport(pairs.changes(), unpaired, details=details)
    if form is Format.MARKDOWN:
        report = DiffSummary(pairs.changes(), unpaired, details)
    screen = environment.out
    page = Page(screen.width, output is None and screen.colour, details, COMMENT_LIMIT)
    with environment.output(output) as out:
        for text in pieces(report, form, page):
            out(text)


class _Pairs(NamedTuple):
    """Which scenario of one side belongs to which of the other.

    Attributes:
        both: their numbers on the old and the new side, in the order of the new one.
        added: files that only the new side has.
        removed: files that only the old side has.
    """

    old: "Archive"
    new: "Archive"
    both: tuple[tuple[int, int], ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    def changes(self) -> "Iterator[Difference]":
        """What changed in each scenario that both sides have a result of."""
        from cmsource.analysis.checks.difference import difference

        for before, after in self.both:
            was, now = self.old.comparison(before), self.new.comparison(after)
            if was is not None and now is not None:
                yield difference(was, now)

    def unusable(self) -> Iterator[tuple[str, str]]:
        """Scenarios that were invalid on a side: the file, and on which side."""
        for before, after in self.both:
            for side, archive, number in (("old", self.old, before), ("new", self.new, after)):
                if archive.is_invalid(number):
                    yield archive.files[number], side


def _paired(old: "Archive", new: "Archive") -> _Pairs:
    both = []
    left = dict.fromkeys(range(len(old)))
    added = []
    files = frozenset(new.files)
    names = [name for name in new.names if name]
    if len(old) == len(new) == 1:
        # two results of one scenario, or of two that somebody wants to see side by side
        return _Pairs(old, new, ((0, 0),), (), ())
    for number, (file, name) in enumerate(zip(new.files, new.names, strict=True)):
        match = old.find(file, name if names.count(name) == 1 else "", files)
        if match is None or match not in left:
            added.append(file)
        else:
            del left[match]
            both.append((match, number))
    removed = tuple(old.files[number] for number in left)
    return _Pairs(old, new, tuple(both), tuple(added), removed)
