"""What changed in scenarios and why, as text for a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from cmsource.output.layout import Cell, Column, Paint, painter, paragraph, table
from cmsource.reports.blocks import NONE
from cmsource.results.difference import Changed, Difference, Move, OptionChange
from cmsource.scenario.figures import FIGURES
from cmsource.values.money import Style, format_money, format_share, style_for
from cmsource.values.text import printable as safe

SHOWN_MOVES = 8
SHOWN_VALUES = 20


def change_text(
    change: Difference, *, width: int = 80, colour: bool = False, details: bool = False
) -> str:
    """What changed in one scenario: the answer, the options, the inputs, the costs that moved.

    Args:
        change: what changed.
        width: cells a line.
        colour: whether to paint.
        details: whether to show every value and every cost, and their arithmetic.
    """
    paint = painter(colour=colour)
    title = safe(change.file)
    if change.name and change.name != change.file:
        title += f" · {safe(change.name)}"
    parts = [paint(paragraph(title, width), "bold"), *_answer(change, width)]
    if change.options:
        parts += ["", *_options(change, width, paint)]
    most = None if details else SHOWN_VALUES
    parts += _values("Inputs", change.inputs, most, width, paint)
    parts += _values("Assumptions", change.assumptions, most, width, paint)
    parts += _moves(change, width, paint, details=details)
    return "\n".join(parts) + "\n"


def _answer(change: Difference, width: int) -> Iterator[str]:
    for line in answer_lines(change):
        yield paragraph(line, width, "    ", "  ")


def answer_lines(change: Difference) -> Iterator[str]:
    """What became of the recommendation and of its price."""
    old, new = change.old_recommended or "none", change.new_recommended or "none"
    if old != new:
        yield f"recommended: {safe(old)} -> {safe(new)}"
    else:
        yield f"recommended: {safe(new)}, as before"
    style = style_for(change.currency)
    if change.old_cents is not None or change.new_cents is not None:
        before = amount(change.old_cents, style_for(change.old_currency))
        after = amount(change.new_cents, style)
        if before == after:
            yield f"its total: {after}, as before"
        else:
            yield f"its total: {before} -> {after}{increase_words(change, style)}"
    if change.nothing:
        yield "nothing changed"
    elif change.same_result:
        yield "the result is the same"
    if not change.inputs_known:
        yield "inputs: not in both results, which were written by an earlier version"


def increase_words(change: Difference, style: Style) -> str:
    """By how much the recommended option costs more, in brackets."""
    if change.more_cents is None:
        return ""
    share = change.increase
    percent = "" if share is None else f", {signed(format_share(share, style))}"
    return f" ({signed(format_money(change.more_cents, style, 2))}{percent})"


def signed(text: str) -> str:
    """A number with its sign, also when it is positive."""
    return text if text.startswith("-") else f"+{text}"


def amount(cents: int | None, style: Style, decimals: int = 2) -> str:
    """An amount, or a dash where there is none."""
    return NONE if cents is None else format_money(cents, style, decimals)


def coverage_words(option: OptionChange, style: Style) -> str:
    """What became of an option's coverage and eligibility."""
    parts = []
    if option.old_cents is None:
        parts.append("new option")
    elif option.new_cents is None:
        parts.append("no longer there")
    elif option.old_eligible != option.new_eligible:
        parts.append("now eligible" if option.new_eligible else "no longer eligible")
    for figure in option.shares:
        old, new = (
            NONE if value is None else format_share(value, style)
            for value in (figure.old, figure.new)
        )
        parts.append(f"{FIGURES[figure.name].title.lower()} {old} -> {new}")
    return ", ".join(parts)


def option_cells(change: Difference) -> Iterator[tuple[str, str, str, str, str]]:
    """One line an option: label, total before and now, how much more, what became of it."""
    style = style_for(change.currency)
    for option in change.options:
        old, new = option.old_cents, option.new_cents
        more = NONE
        if old is not None and new is not None and change.currency == change.old_currency:
            more = signed(format_money(new - old, style, 0)) if new != old else "="
        yield (
            safe(option.label),
            amount(old, style_for(change.old_currency), 0),
            amount(new, style, 0),
            more,
            coverage_words(option, style),
        )


def _options(change: Difference, width: int, paint: Paint) -> list[str]:
    columns = [
        Column("Option", wraps=True),
        Column("Total before", right=True),
        Column("now", right=True),
        Column("more", right=True),
        Column("Coverage", wraps=True),
    ]
    rows = [[Cell(text) for text in cells] for cells in option_cells(change)]
    return table(columns, rows, width, paint, "  ")


def _values(
    title: str, values: Sequence[Changed], most: int | None, width: int, paint: Paint
) -> Iterator[str]:
    if not values:
        return
    yield ""
    yield "  " + paint(f"{title} that differ", "bold")
    for each in values[:most]:
        text = f"{safe(each.name)}: {value_words(each.old)} -> {value_words(each.new)}"
        yield paragraph(text, width, "      ", "    ")
    yield from _left_out(len(values), most)


def _left_out(count: int, most: int | None) -> Iterator[str]:
    if most is not None and count > most:
        yield f"    and {count - most} more (--format json has them all)"


def value_words(value: str | None, longest: int = 200) -> str:
    """A value of a scenario, cut when it is very long; a dash where there is none."""
    text = NONE if value is None else safe(value)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def move_words(move: Move, style: Style) -> str:
    """A cost that moved: whose it is, and by how much."""
    before, after = format_money(move.old_cents, style), format_money(move.new_cents, style)
    more = signed(format_money(move.cents, style))
    return (
        f"{safe(move.option)} · {safe(move.source)} · {move.category}: {before} -> {after} ({more})"
    )


def _moves(change: Difference, width: int, paint: Paint, *, details: bool) -> Iterator[str]:
    if not change.moves:
        return
    style = style_for(change.currency)
    most = None if details else SHOWN_MOVES
    yield ""
    yield "  " + paint("Costs that moved, largest first", "bold")
    for move in change.moves[:most]:
        yield paragraph(move_words(move, style), width, "      ", "    ")
        for why in arithmetic(move):
            yield paragraph(why, width, "        ", "      ")
    yield from _left_out(len(change.moves), most)


def arithmetic(move: Move) -> Iterator[str]:
    """The arithmetic of a cost before and now, where it differs."""
    if move.old_why != move.new_why:
        if move.old_why:
            yield f"before: {safe(move.old_why)}"
        if move.new_why:
            yield f"now: {safe(move.new_why)}"


def diff_text(
    changes: Iterable[Difference],
    added: Sequence[str],
    removed: Sequence[str],
    unusable: Iterable[tuple[str, str]],
    *,
    width: int = 80,
    colour: bool = False,
    details: bool = False,
) -> Iterator[str]:
    """What changed between two files of results: one block a scenario, then the counts.

    Args:
        changes: what changed in the scenarios that both have; those with nothing are counted.
        added: files that only the new results have.
        removed: files that only the old results have.
        unusable: files without a result, and on which side (``old`` or ``new``).
        width: cells a line.
        colour: whether to paint.
        details: whether to show every value and every cost, and their arithmetic.
    """
    total = changed = 0
    for change in changes:
        total += 1
        if not change.nothing:
            changed += 1
            yield change_text(change, width=width, colour=colour, details=details) + "\n"
    for file in added:
        yield paragraph(f"new: {safe(file)}", width, "    ", "") + "\n"
    for file in removed:
        yield paragraph(f"gone: {safe(file)}", width, "    ", "") + "\n"
    for file, side in unusable:
        yield (
            paragraph(f"not valid in the {side} results: {safe(file)}", width, "    ", "") + "\n"
        )
    noun = "scenario" if total == 1 else "scenarios"
    yield (
        f"{total} {noun} compared: {changed} changed, {total - changed} as before, "
        f"{len(added)} new, {len(removed)} gone\n"
    )
