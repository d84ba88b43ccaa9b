"""What changed in one scenario between two results, and why."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from cmsource.reports.blocks import (
    NONE,
    Block,
    Column,
    Items,
    Look,
    Row,
    Section,
    Span,
    Table,
    Text,
)
from cmsource.reports.comparison_data import share
from cmsource.reports.report import Json
from cmsource.reports.wording import figure_text, money_text, small
from cmsource.results.difference import Changed, Difference, Move, OptionChange
from cmsource.results.entry import category_name, money
from cmsource.scenario.figures import FIGURES
from cmsource.values.language import listed, say
from cmsource.values.money import Style, format_money, format_share, style_for
from cmsource.values.text import printable
from cmsource.values.written import written

_SHOWN_MOVES = 8
_SHOWN_VALUES = 20
_LONGEST_VALUE = 200


def change_section(change: Difference, *, details: bool = False) -> Section:
    """What changed in one scenario: the answer, the options, the inputs, the costs that moved.

    Args:
        change: what changed.
        details: whether to show every value and every cost.
    """
    return Section(_title(change), tuple(_blocks(change, details=details)), collapsed=True)


def _title(change: Difference) -> str:
    old, new = _recommended(change)
    answer = [new if old == new else listed([old, new], " → ")]
    if change.old_cents != change.new_cents and change.new_cents is not None:
        style = style_for(change.currency)
        total = format_money(change.new_cents, style, 0)
        answer.append(listed([total, *_more(change, style)], " "))
    return say("{name}: {what}", name=change.name or change.file, what=listed(answer))


def _recommended(change: Difference) -> tuple[str, str]:
    """The options recommended before and now."""
    none = say("none")
    old, new = map(change.label, (change.old_recommended, change.new_recommended))
    return old or none, new or none


def _blocks(change: Difference, *, details: bool) -> Iterator[Block]:
    files = dict.fromkeys([change.old_file, change.file])
    yield Items((Span(listed(files, " → "), Look.KEY), *answer_lines(change)))
    if change.options:
        yield _options(change)
    most = None if details else _SHOWN_VALUES
    for title, points in (
        (say("Inputs that differ"), tuple(input_lines(change, most))),
        (say("Assumptions that differ"), tuple(_assumption_lines(change, most))),
    ):
        if points:
            yield Items(points, title)
    if change.moves:
        lines = tuple(move_lines(change, None if details else _SHOWN_MOVES))
        yield Items(lines, say("Costs that moved, largest first"))


def answer_lines(change: Difference) -> Iterator[str]:
    """What became of the recommendation and of its price."""
    old, new = _recommended(change)
    if old == new:
        yield say("recommended: {option}, as before", option=new)
    else:
        yield say("recommended: {old} → {new}", old=old, new=new)
    style = style_for(change.currency)
    if change.old_cents is not None or change.new_cents is not None:
        before = money_text(change.old_cents, style_for(change.old_currency), 2)
        after = money_text(change.new_cents, style, 2)
        if before == after:
            yield say("its total: {total}, as before", total=after)
        else:
            yield say("its total: {total}", total=total_words(change))
    if change.nothing:
        yield say("nothing changed")
    elif change.same_result:
        yield say("the result is the same")
    if not change.inputs_known:
        yield say("inputs: not in both results, which were written by an earlier version")


def total_words(change: Difference) -> str:
    """The total of the recommended option before and now, and by how much it is more."""
    style = style_for(change.currency)
    before = money_text(change.old_cents, style_for(change.old_currency), 2)
    after = money_text(change.new_cents, style, 2)
    if before == after:
        return say("{total}, as before", total=after)
    return listed([listed([before, after], " → "), *_more(change, style)], " ")


def input_lines(change: Difference, most: int | None) -> Iterator[Text]:
    """The inputs that differ; beside one that only one side gives, what the other assumes.

    Args:
        change: what changed.
        most: how many are shown; all when None.
    """
    assumed = {each.name: each for each in change.assumptions}
    lines = []
    for each in change.inputs:
        taken = assumed.get(each.name, Changed("", None, None))
        values = (each.old or taken.old, each.new or taken.new)
        if values[0] != values[1]:  # else one side says what the other assumes
            sides = _side(each.old, taken.old), _side(each.new, taken.new)
            lines.append(say("{name}: {what}", name=each.name, what=listed(sides, " → ")))
    yield from lines[:most]
    yield from _left_out(len(lines), most)


def _side(given: str | None, assumed: str | None) -> str:
    """A value that is given, else the one that is assumed."""
    if given is None and assumed is not None:
        return say("{value} (assumed)", value=_value(assumed))
    return _value(given)


def _assumption_lines(change: Difference, most: int | None) -> Iterator[Text]:
    """The assumptions that differ, without those that an input of the other side replaces."""
    inputs = {each.name for each in change.inputs}
    values = [each for each in change.assumptions if each.name not in inputs]
    for each in values[:most]:
        what = listed([_value(each.old), _value(each.new)], " → ")
        yield say("{name}: {what}", name=each.name, what=what)
    yield from _left_out(len(values), most)


def change_words(change: Difference | None) -> str:
    """What became of a scenario since the baseline, in a few words; a dash for nothing to say."""
    if change is None:
        return NONE
    if change.old_recommended != change.new_recommended:
        return say("instead of {option}", option=_recommended(change)[0])
    if change.increase:
        return signed(format_share(change.increase))
    if change.increase is None and change.same_result:
        return NONE
    return "=" if change.same_result else say("changed")


def _more(change: Difference, style: Style) -> Iterator[str]:
    """By how much the recommended option costs more, in brackets; nothing where it is not known."""
    if change.more_cents is None:
        return
    more = [signed(format_money(change.more_cents, style))]
    if change.increase is not None:
        more.append(signed(format_share(change.increase)))
    yield listed(["(", listed(more), ")"], "")


def signed(text: str) -> str:
    """A number with its sign, also when it is positive."""
    return text if text.startswith("-") else listed(["+", text], "")


def _options(change: Difference) -> Table:
    columns = (
        Column(say("Option"), wraps=True),
        Column(say("Before"), right=True),
        Column(say("Now"), right=True),
        Column(say("More"), right=True),
        Column(say("Coverage"), wraps=True),
    )
    style = style_for(change.currency)
    rows = []
    for option in change.options:
        old, new = option.old_cents, option.new_cents
        more = NONE
        if old is not None and new is not None and change.currency == change.old_currency:
            more = signed(format_money(new - old, style, 0)) if new != old else "="
        before = money_text(old, style_for(change.old_currency))
        cells = (option.label, before, money_text(new, style), more, coverage_words(option, style))
        rows.append(Row(cells))
    return Table(columns, tuple(rows))


def coverage_words(option: OptionChange, style: Style) -> str:
    """What became of an option's coverage and eligibility."""
    parts: list[str] = []
    if option.old_cents is None:
        parts.append(say("new option"))
    elif option.new_cents is None:
        parts.append(say("no longer there"))
    elif option.old_eligible != option.new_eligible:
        text = say("now eligible") if option.new_eligible else say("no longer eligible")
        parts.append(text)
    for figure in option.shares:
        shown = FIGURES[figure.name]
        old, new = (
            figure_text(shown, value, style)
            if value is None or shown.unit != "share"
            else format_share(value)
            for value in (figure.old, figure.new)
        )
        parts.append(listed([small(shown.title), listed([old, new], " → ")], " "))
    return listed(parts)


def _value(value: str | None) -> str:
    """A value of a scenario, cut when it is very long; a dash where there is none."""
    text = NONE if value is None else printable(value)
    return written(text) if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"


def _left_out(count: int, most: int | None) -> list[str]:
    if most is None or count <= most:
        return []
    return [say("and {count} more (--format json has them all)", count=count - most)]


def move_lines(change: Difference, most: int | None) -> Iterator[Text]:
    """The costs that moved, each with its arithmetic before and now where that differs."""
    style = style_for(change.currency)
    for move in change.moves[:most]:
        why = listed(["", *_arithmetic(move)], say("; "))
        yield (_move(move, change, style), Span(why, Look.FAINT))
    yield from _left_out(len(change.moves), most)


def _move(move: Move, change: Difference, style: Style) -> str:
    """A cost that moved: whose it is, and by how much."""
    before, after = format_money(move.old_cents, style), format_money(move.new_cents, style)
    more = listed(["(", signed(format_money(move.cents, style)), ")"], "")
    moved = listed([listed([before, after], " → "), more], " ")
    option = change.label(move.option) or move.option
    whose = listed([option, move.source, category_name(move.category)], " · ")
    return say("{name}: {what}", name=whose, what=moved)


def _arithmetic(move: Move) -> Iterator[str]:
    """The arithmetic of a cost before and now, where it differs."""
    if move.old_why != move.new_why:
        if move.old_why:
            yield say("before: {why}", why=move.old_why)
        if move.new_why:
            yield say("now: {why}", why=move.new_why)


def amount(cents: int | None) -> Decimal | None:
    """Cents as a decimal with two places."""
    return None if cents is None else money(cents)


def change_data(change: Difference) -> Mapping[str, Json]:
    """What changed in one scenario, as plain data."""
    return {
        "file": change.file,
        "old_file": change.old_file,
        "name": change.name,
        "currency": change.currency,
        "old_currency": change.old_currency,
        "recommended": {"old": change.old_recommended, "new": change.new_recommended},
        "total": {
            "old": amount(change.old_cents),
            "new": amount(change.new_cents),
            "increase": share(change.increase),
        },
        "options": [
            {
                "option": option.name,
                "label": option.label,
                "total": {"old": amount(option.old_cents), "new": amount(option.new_cents)},
                "eligible": {"old": option.old_eligible, "new": option.new_eligible},
                "coverage": {
                    figure.name: {"old": share(figure.old), "new": share(figure.new)}
                    for figure in option.shares
                },
            }
            for option in change.options
        ],
        "inputs": _changed(change.inputs) if change.inputs_known else None,
        "assumptions": _changed(change.assumptions),
        "moves": [
            {
                "option": move.option,
                "source": move.source,
                "category": move.category,
                "old": money(move.old_cents),
                "new": money(move.new_cents),
                "difference": money(move.cents),
                "old_why": move.old_why or None,
                "new_why": move.new_why or None,
            }
            for move in change.moves
        ],
    }


def _changed(values: Sequence[Changed]) -> list[Json]:
    return [{"name": each.name, "old": each.old, "new": each.new} for each in values]
