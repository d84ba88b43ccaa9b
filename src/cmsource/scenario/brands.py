"""Brands that share their sources: each is a scenario of its own, which says what its job is."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # which rests on this
    from cmsource.scenario.scenario import Scenario


class Brand(NamedTuple):
    """A brand of a portfolio.

    Attributes:
        name: as the portfolio calls it.
        scenario: its own, with the sources and options that it would have alone.
    """

    name: str
    scenario: "Scenario"
