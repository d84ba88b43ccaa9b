"""Rows of a batch and changes as Markdown, for a comment on a pull request or a job's summary."""

from collections.abc import Iterable, Iterator, Sequence

from cmsource.output.batch import compared, counts, grand_totals, problems_of
from cmsource.output.changes import (
    SHOWN_MOVES,
    SHOWN_VALUES,
    amount,
    answer_lines,
    arithmetic,
    increase_words,
    move_words,
    option_cells,
    value_words,
)
from cmsource.reports.blocks import NONE
from cmsource.reports.wording import share_text
from cmsource.results.difference import Difference
from cmsource.results.rows import Row, Tally
from cmsource.values.money import format_money, style_for
from cmsource.writers.markdown import escaped as _escaped

COMMENT_LIMIT = 65_536
"""Characters that a comment may have on the platforms people use."""

_ROOM_FOR_THE_END = 1_500


def plain(value: str) -> str:
    """Text of the user's that Markdown shows as it is: no mention of people, no link."""
    shown = _escaped(value).replace("@", "@<!-- -->").replace("://", ":<!-- -->//")
    return shown.replace("www.", "www<!-- -->.")


class _Budget:
    """Takes pieces of text as long as there is room for them, and counts those left out."""

    def __init__(self, limit: int) -> None:
        self.left = limit
        self.omitted = 0

    def take(self, text: str) -> bool:
        """Whether there is room for a text; once one did not fit, none does."""
        # bytes, because platforms differ in what they call a character
        size = len(text.encode("utf-8", "replace"))
        if self.omitted or size > self.left:
            self.omitted += 1
            return False
        self.left -= size
        return True


class MarkdownFormat:
    """A table of scenarios, with what changed and what failed in sections that unfold.

    Args:
        limit: bytes that all of it may have; what does not fit is counted.
        baseline: whether there is a column for what changed.
    """

    def __init__(self, *, limit: int = COMMENT_LIMIT, baseline: bool = False) -> None:
        # failures come first into the budget: a table can be asked for again
        self._failing = _Budget((limit - _ROOM_FOR_THE_END) // 3)
        self._changing = _Budget((limit - _ROOM_FOR_THE_END) // 3)
        self._rows = _Budget((limit - _ROOM_FOR_THE_END) // 3)
        self._failures: list[str] = []
        self._changes: list[str] = []
        self._table: list[str] = []
        self._baseline = baseline

    def start(self) -> str:
        """Nothing yet: the counts come first."""
        return ""

    def row(self, row: Row, _comparison: str) -> str:
        """Nothing yet: the row is kept as long as there is room."""
        cells = _cells(row, baseline=self._baseline)
        line = f"| {' | '.join(cells)} |\n"
        if self._rows.take(line):
            self._table.append(line)
        for found in problems_of(row):
            text = _problem(found.code, found.message, str(found.place or ""), found.hint)
            if self._failing.take(text):
                self._failures.append(text)
        if row.change is not None and not row.change.nothing:
            text = change_markdown(row.change)
            if self._changing.take(text):
                self._changes.append(text)
        return ""

    def end(self, tally: Tally) -> Iterator[str]:
        """All of it."""
        yield f"### cmsource\n\n{counts(tally)}\n\n"
        for line in grand_totals(tally):
            yield f"- {_escaped(line)}\n"
        if tally.totals:
            yield "\n"
        if self._baseline:
            yield f"{compared(tally)}\n\n"
            shown = tally.removed[:20]
            for file in shown:
                yield f"- gone: {plain(file[:200])}\n"
            if len(tally.removed) > len(shown):
                yield f"- and {len(tally.removed) - len(shown)} more\n"
            if shown:
                yield "\n"
        if self._failures:
            yield "**What failed**\n\n"
            yield from self._failures
            yield _more(self._failing, "problems")
            yield "\n"
        heads = ["", "Scenario", "Recommended", "Total", "A month", "Watched", "In time"]
        heads += ["Eligible", "Expected", *(["Change"] if self._baseline else [])]
        yield _head(heads, [False] * 3 + [True] * (len(heads) - 3))
        yield from self._table
        yield _more(self._rows, "scenarios")
        if self._changes:
            yield "\n"
            yield from self._changes
            yield _more(self._changing, "changes")


def _more(budget: _Budget, what: str) -> str:
    return f"\n{budget.omitted} more {what} did not fit here.\n" if budget.omitted else ""


def _problem(code: str, message: str, place: str, hint: str) -> str:
    where = f" ({plain(place)})" if place else ""
    help_ = f": {plain(hint)}" if hint else ""
    return f"- {code}{where}: {plain(message)}{help_}\n"


def _head(heads: Sequence[str], rights: Sequence[bool]) -> str:
    rule = ["---:" if right else "---" for right in rights]
    return f"| {' | '.join(heads)} |\n| {' | '.join(rule)} |\n"


def _cells(row: Row, *, baseline: bool) -> list[str]:
    style = style_for(row.currency)
    mark = {"ok": "ok", "failed": "**failed**", "invalid": "**invalid**"}[row.status]
    if row.status == "invalid":
        return [mark, plain(row.file), *([NONE] * (8 if baseline else 7))]
    cells = [
        mark,
        plain(row.file),
        plain(row.label) or "none",
        _escaped(amount(row.cents, style, 0)),
        _escaped(amount(row.monthly_cents, style, 0)),
        _escaped(share_text(row.watched, style)),
        _escaped(share_text(row.answered_in_time, style)),
        f"{row.eligible}/{row.options}",
        f"{row.held}/{row.expected}" if row.expected else NONE,
    ]
    if baseline:
        change = row.change
        if change is None:
            cells.append("new" if row.is_new else NONE)
        elif change.old_recommended != change.new_recommended:
            cells.append(f"instead of {plain(change.old_recommended or 'none')}")
        else:
            words = increase_words(change, style).strip(" ()") if change.more_cents else ""
            cells.append(_escaped(words) or ("=" if change.same_result else "changed"))
    return cells


def change_markdown(change: Difference) -> str:
    """What changed in one scenario, as a section that unfolds."""
    style = style_for(change.currency)
    title = plain(change.name or change.file)
    old, new = change.old_recommended or "none", change.new_recommended or "none"
    answer = plain(new) if old == new else f"{plain(old)} → {plain(new)}"
    if change.old_cents != change.new_cents and change.new_cents is not None:
        total = f", {_escaped(format_money(change.new_cents, style, 0))}"
        total += _escaped(increase_words(change, style))
    else:
        total = ""
    parts = [f"<details><summary>{title}: {answer}{total}</summary>\n\n"]
    parts += [f"- {plain(line)}\n" for line in (change.file, *answer_lines(change))]
    if change.options:
        parts.append(
            "\n"
            + _head(["Option", "Before", "Now", "More", "Coverage"], [False] + [True] * 3 + [False])
        )
        parts += [f"| {' | '.join(map(plain, cells))} |\n" for cells in option_cells(change)]
    for heading, values in (("Inputs", change.inputs), ("Assumptions", change.assumptions)):
        if values:
            parts.append(f"\n{heading} that differ:\n\n")
            parts += [
                f"- {plain(v.name)}: {plain(value_words(v.old))} → {plain(value_words(v.new))}\n"
                for v in values[:SHOWN_VALUES]
            ]
            parts += _rest(len(values), SHOWN_VALUES)
    if change.moves:
        parts.append("\nCosts that moved, largest first:\n\n")
        for move in change.moves[:SHOWN_MOVES]:
            parts.append(f"- {plain(move_words(move, style))}\n")
            parts += [f"  - {plain(why)}\n" for why in arithmetic(move)]
        parts += _rest(len(change.moves), SHOWN_MOVES)
    parts.append("\n</details>\n\n")
    return "".join(parts)


def _rest(count: int, shown: int) -> list[str]:
    return [f"- and {count - shown} more\n"] if count > shown else []


def diff_markdown(
    changes: Iterable[Difference],
    added: Sequence[str],
    removed: Sequence[str],
    unusable: Sequence[str] = (),
    *,
    limit: int = COMMENT_LIMIT,
) -> str:
    """What changed between two files of results, within the limit of a comment.

    Scenarios with another recommendation come first, then those whose price moved most.
    """
    heads: list[str] = []
    total = same = 0
    found: list[tuple[tuple[bool, int, str], str]] = []
    for change in changes:
        total += 1
        if change.nothing:
            same += 1
            continue
        other = change.old_recommended != change.new_recommended
        key = (not other, -abs(change.more_cents or 0), change.file)
        found.append((key, change_markdown(change)))
    found.sort()
    noun = "scenario" if total == 1 else "scenarios"
    heads.append(
        f"### cmsource: what changed\n\n{total} {noun} compared: {total - same} changed, "
        f"{same} as before, {len(added)} new, {len(removed)} gone\n\n"
    )
    for word, files in (("new", added), ("gone", removed), ("not valid", unusable)):
        heads += [f"- {word}: {plain(file[:200])}\n" for file in files[:20]]
        heads += _rest(len(files), 20)
    if added or removed or unusable:
        heads.append("\n")
    budget = _Budget(limit - _ROOM_FOR_THE_END)
    kept = [text for text in heads if budget.take(text)]
    kept += [text for _, text in found if budget.take(text)]
    return "".join(kept) + _more(budget, "changes")
