"""``simulate --save``: every draw of a simulation, for whoever wants to look further."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmsource.analysis.simulation.draws import Drawn
from cmsource.analysis.simulation.outcomes import Draw
from cmsource.reports.wording import yes_no
from cmsource.results.entry import money
from cmsource.scenario.scenario import Scenario

_DIGITS = 6


class DrawsReport(NamedTuple):
    """Draws, one a row.

    Attributes:
        scenario: what was drawn from.
        drawn: the inputs with their values, draw by draw; shares go from 0 to 1.
        draws: what each draw came to.
    """

    scenario: Scenario
    drawn: Sequence[Drawn]
    draws: Sequence[Draw]

    def header(self) -> Sequence[str]:
        """The draw, its inputs, what each option costs, whether it does the job, which one wins."""
        names = [option.name for option in self.scenario.options]
        return (
            "draw",
            *(each.ranged.path for each in self.drawn),
            *(f"total {name}" for name in names),
            *(f"eligible {name}" for name in names),
            "cheapest_eligible",
        )

    def rows(self) -> Iterator[Sequence[object]]:
        """One row a draw, in the order in which they were drawn."""
        names = [option.name for option in self.scenario.options]
        columns = [each.values for each in self.drawn]
        for number, draw in enumerate(self.draws):
            yield (
                number + 1,
                *(round(values[number], _DIGITS) for values in columns),
                *(money(each.total_cents) for each in draw.outcomes),
                *(yes_no(each.eligible) for each in draw.outcomes),
                None if draw.chosen is None else names[draw.chosen],
            )
