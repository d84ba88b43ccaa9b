"""What it is worth to know a number before choosing, in words, as a table and as data."""

from collections.abc import Mapping

from cmsource.analysis.simulation.draws import RangedInput
from cmsource.analysis.simulation.simulation import Simulation, Worth
from cmsource.reports.blocks import Bar, Cell, Column, Look, Row, Span, Table, Text
from cmsource.reports.comparison_data import amount
from cmsource.reports.report import Json
from cmsource.reports.wording import labels_of, plain_number, unbroken
from cmsource.values.language import both, listed, say
from cmsource.values.money import Style, format_money
from cmsource.values.written import in_units

_A_UNIT = 50
"""Cents below which an amount is shown as nothing."""
_BAR = 10


def range_text(ranged: RangedInput) -> str:
    """A range with its likely value and its unit, such as ``60 – 75 – 90 EUR/h``."""
    unit = ranged.input.unit
    scale = 100.0 if ranged.input.is_share else 1.0
    numbers = (ranged.low, ranged.input.value, ranged.high)
    low, likely, high = (plain_number(scale * number) for number in numbers)
    most = unbroken(in_units(high, unit)) if unit else high
    return listed([low, likely, most], " – ")


def find_out(worth: Worth, labels: Mapping[str, str], style: Style) -> Text:
    """Which number to find out first, and what knowing it is worth.

    Args:
        worth: of knowing each.
        labels: how options are called, by their names.
        style: of the currency.
    """
    if len(worth.options) == 1:
        return say(
            "No number is worth finding out to save money: only {option} does the job in half of "
            "the draws.",
            option=labels[worth.chosen],
        )
    path, cents = next(iter(worth.of_inputs.items()))
    if cents < _A_UNIT:
        return say(
            "No single number is worth finding out: {option} stays the cheapest on average.",
            option=labels[worth.chosen],
        )
    return say(
        "Find out first: {input}, knowing it is worth up to {amount}.",
        input=path,
        amount=format_money(round(cents), style, 0),
    )


def worth_table(result: Simulation, worth: Worth, style: Style) -> Table:
    """What knowing each number is worth, the dearest first."""
    labels = labels_of(result.options)
    ranges = {weight.drawn.path: weight.drawn for weight in result.weights}
    most = max(*worth.of_inputs.values(), 1.0)
    rows = [
        Row(
            (
                Span(path, Look.KEY),
                range_text(ranges[path]),
                Cell(format_money(round(cents), style, 0), Bar(cents / most, width=_BAR)),
            )
        )
        for path, cents in worth.of_inputs.items()
    ]
    all_of_them = Cell(format_money(round(worth.perfect), style, 0))
    rows.append(Row((say("all of them at once"), "", all_of_them), Look.STRONG))
    columns = (
        Column(say("Input")),
        Column(say("Low – likely – high"), wraps=True),
        Column(say("Worth"), right=True),
    )
    note = say(
        "By how much the choice between {options} gets cheaper on average when the number is known "
        "first; without knowing any, {chosen} costs least on average.",
        options=both([labels[name] for name in worth.options]),
        chosen=labels[worth.chosen],
    )
    return Table(columns, tuple(rows), note=note)


def worth_data(worth: Worth | None) -> Json:
    """What knowing numbers is worth, as plain data."""
    if worth is None:
        return None
    return {
        "options": list(worth.options),
        "chosen": worth.chosen,
        "everything": amount(round(worth.perfect) / 100),
        "inputs": {path: amount(round(cents) / 100) for path, cents in worth.of_inputs.items()},
    }
