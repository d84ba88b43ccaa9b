"""Two options, and the figure that they are compared by, in words."""

from math import isnan

from cmsource.analysis.breakeven.breakeven import Breakevens
from cmsource.analysis.inputs.inputs import Input
from cmsource.analysis.inputs.quantity import quantity
from cmsource.reports.blocks import Text
from cmsource.reports.wording import horizon_text, title_text, unbroken
from cmsource.scenario.figures import FIGURES
from cmsource.values.money import format_money, format_number, format_share, style_for, to_cents


class Words:
    """Two options and the figure that they are compared by, in words."""

    def __init__(self, result: Breakevens) -> None:
        self.result = result
        self.style = style_for(result.scenario.currency)
        figure = FIGURES[result.figure]
        self.unit = figure.unit
        self._to_the_cent = figure.group == "unit cost"
        self.name = f"cost {figure.phrase}" if self._to_the_cent else figure.phrase

    def label(self, name: str) -> str:
        """How an option is called."""
        options = self.result.scenario.options
        return next(option.label for option in options if option.name == name)

    @property
    def ahead(self) -> str:
        """What an option does that is ahead."""
        if self.result.figure == "total":
            return "costs less"
        return f"has the lower {self.name}" if self.unit == "money" else f"is ahead on {self.name}"

    @property
    def ahead_title(self) -> str:
        """The same as a heading."""
        return "Cheaper" if self.unit == "money" else "Ahead"

    def figure(self, value: float, *, exact: bool = False) -> str:
        """The figure of an option."""
        if isnan(value):
            return "nothing to measure"
        if self.unit == "money":
            cents = exact or self._to_the_cent
            return format_money(to_cents(value), self.style, 2 if cents else 0)
        if self.unit == "share":
            return format_share(value, self.style, 2 if exact else 1)
        return unbroken(f"{format_number(value, self.style, 1)} months")

    def value(self, chosen: Input, value: float, *, exact: bool = False) -> str:
        """A value of an input with its unit."""
        return unbroken(quantity(value, chosen.unit, self.style, exact=exact))

    def title(self) -> Text:
        """The title of the report."""
        scenario, names = self.result.scenario, (self.result.first, self.result.second)
        question = " or ".join(self.label(name) for name in names)
        length = horizon_text(scenario.horizon, self.style)
        return title_text(f"{question}?", scenario.name, scenario.country, length)

    def today(self) -> str:
        """The two options as things stand, told apart where they are not equal."""
        result = self.result
        if any(isnan(value) for value in result.today):
            return f"There is nothing to compare today: no {self.name} to measure."
        first, second = (self.figure(value) for value in result.today)
        if not result.ahead:
            return f"Today both are equal on {self.name}: {first}."
        if first == second:
            first, second = (self.figure(value, exact=True) for value in result.today)
        figures = {result.first: first, result.second: second}
        other = self.other(result.ahead)
        return (
            f"Today {self.label(result.ahead)} {self.ahead}: {figures[result.ahead]} "
            f"against {figures[other]} for {self.label(other)}."
        )

    def other(self, name: str) -> str:
        """The other one of the two options."""
        return self.result.second if name == self.result.first else self.result.first
