"""Two options, and the figure that they are compared by, in words."""

from math import isnan

from cmsource.analysis.breakeven.breakeven import Breakevens
from cmsource.analysis.inputs.inputs import Input
from cmsource.analysis.inputs.quantity import quantity
from cmsource.model.judgement import misses
from cmsource.reports.blocks import Text
from cmsource.reports.wording import horizon_text, title_text, unbroken
from cmsource.scenario.figures import FIGURES
from cmsource.values.language import counted, listed, say
from cmsource.values.money import (
    LENGTHS,
    format_money,
    format_number,
    format_share,
    style_for,
    to_cents,
)


class Words:
    """Two options and the figure that they are compared by, in words."""

    def __init__(self, result: Breakevens) -> None:
        self.result = result
        self.style = style_for(result.scenario.currency)
        figure = FIGURES[result.figure]
        self.unit = figure.unit
        self._to_the_cent = figure.group == "unit cost"
        self.name: str = figure.phrase
        if self._to_the_cent:
            self.name = say("cost {figure}", figure=figure.phrase)

    def label(self, name: str) -> str:
        """How an option is called."""
        options = self.result.scenario.options
        return next(option.label for option in options if option.name == name)

    @property
    def ahead(self) -> str:
        """What an option does that is ahead."""
        if self.result.eligible:
            return say("is the one to take")
        if self.result.figure == "total":
            return say("costs less")
        if self.unit == "money":
            return say("has the lower {figure}", figure=self.name)
        return say("is ahead on {figure}", figure=self.name)

    @property
    def then_ahead(self) -> str:
        """The same as the heading of who is ahead elsewhere."""
        if self.result.eligible:
            return say("Then to take")
        return say("Then cheaper") if self.unit == "money" else say("Then ahead")

    @property
    def ahead_title(self) -> str:
        """The same as a heading."""
        if self.result.eligible:
            return say("To take")
        return say("Cheaper") if self.unit == "money" else say("Ahead")

    @property
    def something_is_asked(self) -> bool:
        """Whether the scenario requires anything of its options."""
        require = self.result.scenario.require
        return any(getattr(require, name) is not None for name in type(require).model_fields)

    def figure(self, value: float, *, exact: bool = False) -> str:
        """The figure of an option."""
        if isnan(value):
            return say("nothing to measure")
        if self.unit == "money":
            cents = exact or self._to_the_cent
            return format_money(to_cents(value), self.style, 2 if cents else 0)
        if self.unit == "share":
            return format_share(value, 2 if exact else 1)
        if self.unit == "months":
            shown = format_number(value, 1)
            return unbroken(counted(value, "{count} month", "{count} months", count=shown))
        return unbroken(LENGTHS[self.unit](value))

    def value(self, chosen: Input, value: float, *, exact: bool = False) -> str:
        """A value of an input with its unit."""
        return unbroken(quantity(value, chosen.unit, self.style, exact=exact))

    def title(self) -> Text:
        """The title of the report."""
        scenario, names = self.result.scenario, (self.result.first, self.result.second)
        first, second = map(self.label, names)
        question = say("{first} or {second}?", first=first, second=second)
        length = horizon_text(scenario.horizon)
        return title_text(question, scenario.name, scenario.country, length)

    def today(self) -> str:
        """The two options as things stand, told apart where they are not equal."""
        result = self.result
        if any(isnan(value) for value in result.today):
            return say(
                "There is nothing to compare today: no {figure} to measure.", figure=self.name
            )
        first, second = (self.figure(value) for value in result.today)
        if not result.ahead and result.eligible and any(result.misses.values()):
            return say("Today neither of the two does the job.")
        if not result.ahead:
            return say("Today both are equal on {figure}: {value}.", figure=self.name, value=first)
        if first == second:
            first, second = (self.figure(value, exact=True) for value in result.today)
        figures = {result.first: first, result.second: second}
        other = self.other(result.ahead)
        if result.eligible and result.misses[other]:
            return say(
                "Today {option} {ahead}: {value} against {their_value} for {other}, which misses "
                "{misses}.",
                option=self.label(result.ahead),
                ahead=self.ahead,
                value=figures[result.ahead],
                their_value=figures[other],
                other=self.label(other),
                misses=self.misses(other),
            )
        return say(
            "Today {option} {ahead}: {value} against {their_value} for {other}.",
            option=self.label(result.ahead),
            ahead=self.ahead,
            value=figures[result.ahead],
            their_value=figures[other],
            other=self.label(other),
        )

    def misses(self, name: str) -> str:
        """What an option misses today of what is asked for, in words."""
        return listed(misses(self.result.misses[name], self.style))

    def other(self, name: str) -> str:
        """The other one of the two options."""
        return self.result.second if name == self.result.first else self.result.first
