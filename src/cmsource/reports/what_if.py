"""``compare --what-if``: what changed values do to the answer, beside the answer without them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cmsource.model.judgement import misses
from cmsource.reports.blocks import (
    NONE,
    Block,
    Column,
    Facts,
    Items,
    Look,
    Panel,
    Row,
    Section,
    Span,
    Table,
    Text,
)
from cmsource.reports.changes import change_data as change_as_data
from cmsource.reports.changes import (
    coverage_words,
    input_lines,
    move_lines,
    signed,
    total_words,
)
from cmsource.reports.comparison_data import comparison_data
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    CHOSEN,
    horizon_text,
    missing,
    money_text,
    title_text,
    verdict,
    yes_no,
)
from cmsource.results.comparison import Comparison
from cmsource.results.difference import Difference, OptionChange
from cmsource.results.entry import money
from cmsource.results.option import OptionResult
from cmsource.scenario.figures import Figure, of_group
from cmsource.values.language import both, listed, say
from cmsource.values.money import Style, format_money, style_for

FORMAT = "cmsource/what-if/1"
_HEAD = (
    *("file", "scenario", "option", "label", "currency"),
    *("old_recommended", "recommended", "old_eligible", "eligible"),
    *("old_total", "total", "more"),
)


class WhatIf(NamedTuple):
    """A scenario as it is and with other values.

    Attributes:
        before: what it comes to as it is.
        after: what it comes to with the other values.
        change: what differs.
    """

    before: Comparison
    after: Comparison
    change: Difference


class WhatIfReport(NamedTuple):
    """Scenarios as they are and with other values, side by side.

    Attributes:
        results: the scenarios.
        alone: whether there is one scenario, whose JSON is an object rather than an array.
    """

    results: Sequence[WhatIf]
    alone: bool = True

    def blocks(self) -> Iterator[Block]:
        """The answer before and now, then every option, then the costs that moved."""
        for each in self.results:
            yield from _blocks(each)

    def data(self) -> Json:
        """``cmsource/what-if/1``: both comparisons and what differs; or an array of them."""
        found = [
            {
                "format": FORMAT,
                "before": comparison_data(each.before),
                "after": comparison_data(each.after),
                "change": change_as_data(each.change),
            }
            for each in self.results
        ]
        return found[0] if self.alone else found

    def header(self) -> Sequence[str]:
        """What is said of each option."""
        return (*_HEAD, *(f"{when}{each.column}" for each in _shares() for when in ("old_", "")))

    def rows(self) -> Iterator[Sequence[object]]:
        """One row an option, in the order of the scenario."""
        for each in self.results:
            for name, option in _options(each):
                yield _row(each, name, option)


def _shares() -> list[Figure]:
    """The figures of coverage of which more, or less, is better by itself."""
    return [each for each in of_group("coverage") if each.is_judged]


def _row(found: WhatIf, name: str, option: OptionResult) -> Sequence[object]:
    before, after = found.before.options.get(name), found.after.options.get(name)
    both_there = before is not None and after is not None
    shares: list[object] = []
    for figure in _shares():
        for side in (before, after):
            value = None if side is None else figure.value(side)
            shares.append(None if value is None else round(value, 6))
    return (
        found.after.file,
        found.after.name,
        name,
        option.label,
        found.after.currency,
        yes_no(name == found.before.recommended),
        yes_no(name == found.after.recommended),
        None if before is None else yes_no(before.eligible),
        None if after is None else yes_no(after.eligible),
        None if before is None else before.total,
        None if after is None else after.total,
        money(after.total_cents - before.total_cents)
        if both_there and before and after and found.change.currency == found.change.old_currency
        else None,
        *shares,
    )


def _options(found: WhatIf) -> Iterator[tuple[str, OptionResult]]:
    """Every option, those that are no longer there last."""
    yield from found.after.options.items()
    for name, option in found.before.options.items():
        if name not in found.after.options:
            yield name, option


def _blocks(found: WhatIf) -> Iterator[Block]:
    after, change = found.after, found.change
    style = style_for(after.currency)
    yield _answer(found, style)
    lines = tuple(input_lines(change, None))
    if lines:
        yield Items(lines, say("Changed values"))
    yield _table(found, style)
    missed = tuple(
        (missing(option.label), listed(misses(option.requirements, style), " · "))
        for option in after.options.values()
        if option.name in _newly(change, now=False)
    )
    if missed:
        yield Facts(missed)
    new = [each for each in after.warnings if each not in found.before.warnings]
    if new:
        points = tuple(
            say("{code}: {message}", code=each.code, message=each.message) for each in new
        )
        yield Items(points, title=say("Warnings"), look=Look.WARNING)
    if change.moves:
        title = say("Costs that moved, largest first")
        yield Section(title, (Items(tuple(move_lines(change, None))),), folded=True)


def _answer(found: WhatIf, style: Style) -> Panel:
    before, after, change = found.before, found.after, found.change
    title = title_text(
        after.name, after.country, horizon_text(after.horizon_months), say("what if")
    )
    old, new = _label(before), _label(after)
    lines: list[Text] = []
    if after.recommended is None:
        again = before.recommended is None
        text = (
            say("None can be recommended, as before")
            if again
            else say("None can be recommended any more: {option} could before", option=old)
        )
        lines += [Span(text, Look.WARNING), after.reason]
    else:
        if before.recommended is None:
            take = say("Take {option}: before, none could be recommended", option=new)
        elif before.recommended == after.recommended:
            take = say("Take {option}, as before", option=new)
        else:
            take = say("Take {option} instead of {old}", option=new, old=old)
        lines.append(Span(take, Look.BEST))
    if change.old_cents is not None or change.new_cents is not None:
        lines.append(say("Total: {total}", total=total_words(change)))
    lines += _why(found, style)
    for names, sentence in (
        (_newly(change, now=True), say("Now eligible: {options}.")),
        (_newly(change, now=False), say("No longer eligible: {options}.")),
    ):
        if names:
            labels = both([_named(found, name) for name in names])
            lines.append(sentence.with_places(options=labels))
    if change.nothing:
        lines.append(say("Nothing changes."))
    return Panel(title, tuple(lines), Look.WARNING if after.recommended is None else Look.GOOD)


def _label(result: Comparison) -> str:
    chosen = result.options.get(result.recommended or "")
    return say("none") if chosen is None else chosen.label


def _named(found: WhatIf, name: str) -> str:
    option = found.after.options.get(name) or found.before.options[name]
    return option.label


def _why(found: WhatIf, style: Style) -> Iterator[str]:
    """What has become of the option that was recommended, where another one is."""
    before, after = found.before.recommended, found.after.recommended
    if before is None or after is None or before == after:
        return
    left, chosen = found.after.options.get(before), found.after.options[after]
    if left is not None and left.eligible:
        amount = format_money(left.total_cents - chosen.total_cents, style, 0)
        yield say("{option} would now cost {amount} more.", option=left.label, amount=amount)
    elif left is not None:
        what = listed(misses(left.requirements, style))
        yield say("{option} now misses: {what}.", option=left.label, what=what)


def _newly(change: Difference, *, now: bool) -> list[str]:
    """The options that became eligible, or that no longer are."""
    return [
        each.name
        for each in change.options
        if each.old_eligible is not None
        and each.new_eligible is now
        and each.old_eligible is not now
    ]


def _table(found: WhatIf, style: Style) -> Table:
    """Every option before and now."""
    columns = (
        Column(""),
        Column(say("Option"), wraps=True),
        Column(say("Before"), right=True),
        Column(say("Now"), right=True),
        Column(say("More"), right=True),
        Column(say("Coverage"), wraps=True, keep=1),
        Column(say("OK")),
    )
    changed: Mapping[str, OptionChange] = {each.name: each for each in found.change.options}
    same_money = found.change.currency == found.change.old_currency
    old_style = style_for(found.before.currency)
    rows = []
    for name, option in _options(found):
        before, after = found.before.options.get(name), found.after.options.get(name)
        more = NONE
        if before is not None and after is not None and same_money:
            cents = after.total_cents - before.total_cents
            more = signed(format_money(cents, style, 0)) if cents else "="
        chosen = name == found.after.recommended
        cells = (
            CHOSEN if chosen else "",
            option.label,
            money_text(None if before is None else before.total_cents, old_style),
            money_text(None if after is None else after.total_cents, style),
            more,
            coverage_words(changed[name], style) if name in changed else "",
            NONE if after is None else verdict(after.eligible),
        )
        rows.append(Row(cells, Look.BEST if chosen else Look.PLAIN))
    return Table(columns, tuple(rows))
