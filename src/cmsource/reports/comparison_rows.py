"""A comparison as rows for spreadsheets: one an option."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from cmsource.model.judgement import misses
from cmsource.reports.comparison_data import amount, months, share
from cmsource.reports.wording import yes_no
from cmsource.results.comparison import Comparison
from cmsource.results.option import OptionResult
from cmsource.scenario.figures import FIGURES, Figure
from cmsource.values.language import listed, say
from cmsource.values.money import style_for

_HEAD = (
    *("file", "scenario", "option", "label", "recommended", "eligible", "misses"),
    *("currency", "horizon_months"),
)


def header() -> Sequence[str]:
    """What is said of each option."""
    return (*_HEAD, *(name for name, _ in _figures()))


def rows_of(result: Comparison) -> Iterator[Sequence[object]]:
    """One row an option."""
    style = style_for(result.currency)
    cheapest = min(option.total for option in result.options.values())
    for option in result.options.values():
        yield (
            result.file,
            result.name,
            option.name,
            option.label,
            yes_no(option.name == result.recommended),
            yes_no(option.eligible),
            listed(misses(option.requirements, style), say("; ")),
            result.currency,
            months(result.horizon_months),
            *(value(option, cheapest) for _, value in _figures()),
        )


def _figures() -> list[tuple[str, Callable[[OptionResult, Decimal], object]]]:
    """What a row says of an option, by column; taken from the option and the least total."""

    def value(figure: Figure) -> Callable[[OptionResult, Decimal], object]:
        forms: Mapping[str, Callable[[Any], object]] = {"money": amount, "months": months}
        return lambda option, _: forms.get(figure.unit, share)(figure.read(option))

    found = [(each.column, value(each)) for each in FIGURES.values() if each.unit != "flag"]
    beside = ("more_than_cheapest", lambda option, least: option.total - least)
    found.insert([name for name, _ in found].index("npv"), beside)
    return found
