"""What came of reading a file."""

from typing import NamedTuple

from cmsource.scenario.node import Node
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, ScenarioError


class Reading(NamedTuple):
    """What came of reading a file: a scenario when there is no error, and what was found.

    Attributes:
        scenario: the scenario, or None.
        diagnostics: errors and warnings, in the order of the file.
        tree: the scenario in full, every default spelled out, as far as it could be read.
        files: every file that was read, or looked for: the scenario, its bases, its profile.
    """

    scenario: Scenario | None
    diagnostics: tuple[Diagnostic, ...]
    tree: Node | None
    files: tuple[str, ...] = ()


def scenario_or_error(reading: Reading) -> Scenario:
    """The scenario of a reading.

    Raises:
        ScenarioError: it is not valid; the error carries all diagnostics.
    """
    if reading.scenario is None:
        raise ScenarioError(reading.diagnostics)
    return reading.scenario
