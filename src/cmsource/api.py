"""The Python API: everything the command line does, in one call each."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cmsource.model.compare import compare as _compare
from cmsource.reading.load import read_scenario, read_text, scenario_or_error
from cmsource.results.comparison import Comparison
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, ScenarioError

if TYPE_CHECKING:
    from cmsource.analysis.breakeven.breakeven import Breakevens
    from cmsource.analysis.coverage.week_picture import OptionWeek
    from cmsource.analysis.cursor.cursor import Cursor
    from cmsource.analysis.cursor.mixes import Mixes
    from cmsource.analysis.sensitivity.grid import Grid
    from cmsource.analysis.sensitivity.sensitivity import Tornado
    from cmsource.analysis.simulation.simulation import Simulation
    from cmsource.inbox.profile import Inbox
    from cmsource.results.difference import Difference
    from cmsource.results.rows import Row


def load(
    path: str | Path, *, overrides: Sequence[str] = (), root: str | Path | None = None
) -> Scenario:
    """Read a scenario file.

    Args:
        path: the file.
        overrides: ``path=value`` texts, as given to ``--set``.
        root: the folder tree to which ``extends`` is confined; by default the file's folder.

    Raises:
        ScenarioError: the scenario is not valid; its ``diagnostics`` say everything that is wrong.
    """
    return scenario_or_error(read_scenario(Path(path), overrides, _path(root)))


def loads(
    text: str,
    *,
    name: str = "scenario",
    overrides: Sequence[str] = (),
    root: str | Path | None = None,
) -> Scenario:
    """Read a scenario from its YAML text.

    Args:
        text: the YAML.
        name: the name under which it is shown.
        overrides: ``path=value`` texts, as given to ``--set``.
        root: the folder that ``extends`` starts from and is confined to.

    Raises:
        ScenarioError: the scenario is not valid.
    """
    return scenario_or_error(read_text(text, name, overrides, _path(root)))


def validate(
    path: str | Path, *, overrides: Sequence[str] = (), root: str | Path | None = None
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a scenario file, and its warnings; empty when all is well."""
    return read_scenario(Path(path), overrides, _path(root)).diagnostics


def expand(
    path: str | Path, *, overrides: Sequence[str] = (), root: str | Path | None = None
) -> str:
    """A scenario in full as YAML, each value with a comment that says where it came from.

    Raises:
        ScenarioError: the scenario is not valid.
    """
    from cmsource.writers.yaml import to_yaml

    reading = read_scenario(Path(path), overrides, _path(root))
    scenario_or_error(reading)
    assert reading.tree is not None
    return to_yaml(reading.tree)


def compare(scenario: Scenario, *, only: Sequence[str] = (), details: bool = True) -> Comparison:
    """Compare the options of a scenario.

    Args:
        scenario: from `load` or `loads`.
        only: names of the options to compare; all when empty.
        details: whether to find rosters, answer times and advice, which take most of the time and
            which the JSON of a comparison has.

    Raises:
        ScenarioError: `only` names an option that does not exist.
    """
    if only:
        from cmsource.analysis.selection import restricted

        fewer, diagnostics = restricted(scenario, only)
        if fewer is None:
            raise ScenarioError(diagnostics)
        scenario = fewer
    from cmsource.analysis.advice import advised
    from cmsource.model.details import detailed

    result = _compare(scenario)
    if not details:
        return result
    return advised(scenario, detailed(scenario, result))


def coverage(scenario: Scenario) -> "tuple[OptionWeek, ...]":
    """The week of every option of a scenario, hour by hour, phase by phase."""
    from cmsource.analysis.coverage.week_picture import weeks

    return weeks(scenario)


def cursor(
    scenario: Scenario, *, outside: str = "", inside: str = "", hours: Sequence[float] = ()
) -> "Cursor":
    """Where to put the cursor between all outside and all in-house, step by step.

    Args:
        scenario: from `load` or `loads`; its options play no part.
        outside: name of an agency or freelancer; the first of the scenario when empty.
        inside: name of an employee or colleague; the first of the scenario when empty.
        hours: steps of in-house hours a week; half-days up to a full contract, then whole
            people, when empty.

    Raises:
        ScenarioError: the scenario has no such two sources, or hours are out of range.
    """
    from cmsource.analysis.cursor.cursor import cursor as move

    return move(scenario, outside, inside, hours)


def breakeven(
    scenario: Scenario,
    first: str = "",
    second: str = "",
    *,
    on: str = "",
    figure: str = "total",
    low: float | None = None,
    high: float | None = None,
) -> "Breakevens":
    """Where two options cost the same: the values of an input at which the cheaper one changes.

    Args:
        scenario: from `load` or `loads`.
        first: an option; the recommended one when empty.
        second: another; the runner-up when empty.
        on: path of an input, such as ``sources.agence.hourly_rate``; each in turn when empty.
        figure: what is compared: ``total`` or another figure, such as ``watched``.
        low: least value to try, in the unit in which the input is held (shares from 0 to 1).
        high: largest value to try.

    Raises:
        ScenarioError: there is no such option, or no such input.
        ValueError: there is no such figure, the two options are one, or the range is empty.
    """
    from cmsource.analysis.breakeven.breakeven import breakeven as between

    return between(scenario, first, second, on=on, figure=figure, low=low, high=high)


def mixes(
    scenario: Scenario,
    activities: Sequence[str],
    *,
    outside: str = "",
    inside: str = "",
    hours: float | None = None,
) -> "Mixes":
    """Every combination of in-house shares of some activities, and the best of them.

    Args:
        scenario: from `load` or `loads`; its options play no part.
        activities: ``messages`` and activities of ``needs.work``, three at most.
        outside: name of an agency or freelancer; the first of the scenario when empty.
        inside: name of an employee or colleague; the first of the scenario when empty.
        hours: hours a week in-house; those that the scenario gives when None.

    Raises:
        ScenarioError: there are no such sources or activities, or too many.
    """
    from cmsource.analysis.cursor.mixes import mixes as combine

    return combine(scenario, activities, outside, inside, hours)


def simulate(scenario: Scenario, *, draws: int = 10_000, seed: int = 1) -> "Simulation":
    """Draw the ranges of a scenario many times: how often each option wins, how totals spread.

    Args:
        scenario: from `load` or `loads`, with at least one range such as ``60..90``.
        draws: how many, from 1 to 100,000.
        seed: any whole number; the same one gives the same result.

    Raises:
        ScenarioError: the scenario has no range.
        ValueError: there are too few or too many draws.
    """
    from cmsource.analysis.simulation.simulation import simulate as run

    return run(scenario, draws, seed)


def sensitivity(
    scenario: Scenario,
    *,
    by: float = 0.2,
    on: Sequence[str] = (),
    figure: str = "total",
    options: Sequence[str] = (),
) -> "Tornado":
    """Which input moves the answer: each one moved by itself.

    Args:
        scenario: from `load` or `loads`.
        by: how far inputs move, as a share of their value, where the scenario gives no range.
        on: paths of inputs, or of what they are in (``sources.agency``); all when empty.
        figure: what to look at: ``total``, ``cash``, ``watched``…
        options: names of the options to rank inputs by; else the recommended one and its runner-up.

    Raises:
        ScenarioError: there is no number at a path, or no option of a name.
    """
    from cmsource.analysis.sensitivity.sensitivity import sensitivity as move

    return move(scenario, by=by, on=on, figure=figure, options=options)


def grid(
    scenario: Scenario,
    rows: str,
    columns: str,
    *,
    by: float = 0.2,
    steps: int = 5,
    figure: str = "total",
) -> "Grid":
    """Which option is recommended when two inputs move together.

    Args:
        scenario: from `load` or `loads`.
        rows: path of the first input.
        columns: path of the second one.
        by: how far they move, as a share of their value, where the scenario gives no range.
        steps: how many values each takes, 2 at least.
        figure: what to look at.

    Raises:
        ScenarioError: there is no number at a path.
        ValueError: the paths are the same, or there are fewer than two steps.
    """
    from cmsource.analysis.sensitivity.grid import grid as move

    return move(scenario, rows, columns, by=by, steps=steps, figure=figure)


def read_inbox(
    path: str | Path,
    *,
    timezone: str = "UTC",
    naive_as: str = "",
    column: str = "",
    dayfirst: bool | None = None,
    office: str = "mon-fri 09:00-18:00",
) -> "Inbox":
    """When messages come and how many, from a CSV log with a row a message.

    Args:
        path: the log.
        timezone: the time zone on whose clock hours are counted.
        naive_as: the time zone of times that do not say theirs; `timezone` when empty.
        column: title or number of the column with the times; found when empty.
        dayfirst: how to read 03/04/2017; other dates of the log decide when None.
        office: office hours.

    Raises:
        ScenarioError: the log cannot be used; its diagnostics say why.
        ValueError: a time zone or the office hours cannot be understood.
    """
    from cmsource.inbox.clock import zone_of
    from cmsource.inbox.log import read_log
    from cmsource.inbox.profile import inbox as work_out
    from cmsource.values.week_reader import parse_week

    zone = zone_of(timezone)
    naive = zone_of(naive_as) if naive_as else None
    hours = parse_week(office)
    return work_out(read_log(Path(path), column=column, dayfirst=dayfirst), zone, naive, hours)


def compare_all(
    paths: Sequence[str | Path], *, overrides: Sequence[str] = (), root: str | Path | None = None
) -> "Iterator[tuple[Row, Comparison | None]]":
    """Compare every scenario of files, folders and patterns, one after the other.

    Args:
        paths: as ``cmsource batch`` takes them; files that others extend are left out.
        overrides: ``path=value`` texts, as given to ``--set``.
        root: the folder tree to which ``extends`` and links are confined; by default the folder
            searched.

    Yields:
        The row of each file, which says what is wrong with it and which expectations did not
        hold; and its result, or None when the scenario is not valid.
    """
    from cmsource.analysis.checks.row import Checks, row_of
    from cmsource.reading.folders import find_scenarios
    from cmsource.results.rows import Row

    checks = Checks(())
    for found in find_scenarios([Path(path) for path in paths], _path(root)).files:
        if found.problem is not None:
            yield Row(found.file, "invalid", diagnostics=(found.problem,)), None
            continue
        reading = read_scenario(Path(found.file), overrides, _path(root) or Path(found.root))
        if reading.scenario is None:
            yield Row(found.file, "invalid", diagnostics=reading.diagnostics), None
            continue
        result = _compare(reading.scenario)
        yield row_of(reading.scenario, result, checks), result


def failed_expectations(scenario: Scenario, result: Comparison) -> tuple[Diagnostic, ...]:
    """What a scenario expects of its result and does not find, with the line that asks for it."""
    from cmsource.analysis.checks.expectations import failed_expectations as failed

    return failed(result, scenario.expect)


def difference(old: Comparison, new: Comparison) -> "Difference":
    """What changed from one result to another, and what moved it."""
    from cmsource.analysis.checks.difference import difference as between

    return between(old, new)


def to_json(result: Comparison | Sequence[Comparison], *, indent: int | None = 2) -> str:
    """A comparison as JSON text, format ``cmsource/comparison/1``; several as an array."""
    from cmsource.reports.comparison_data import comparison_data
    from cmsource.writers.json import dumps

    # A comparison is a named tuple and so a sequence itself.
    if isinstance(result, Comparison):
        return dumps(comparison_data(result), indent=indent)
    return dumps([comparison_data(each) for each in result], indent=indent)


def from_json(text: str) -> Comparison:
    """A comparison read back from its JSON text.

    Raises:
        ScenarioError: the text is not a comparison of a known format; its diagnostics say why.
    """
    from cmsource.reading.saved_comparison import read_comparison

    return read_comparison(text)


def _path(root: str | Path | None) -> Path | None:
    return None if root is None else Path(root)
