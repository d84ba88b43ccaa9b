"""The Python API: what takes files or several rooms; `cmsource` names the rest where it is."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cmsource.model.compare import compare as _compare
from cmsource.reading.load import read_scenario, read_text
from cmsource.reading.outcome import scenario_or_error
from cmsource.results.comparison import Comparison
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic

if TYPE_CHECKING:
    from cmsource.analysis.coverage.week_picture import OptionWeek
    from cmsource.countries import Country
    from cmsource.inbox.profile import Inbox
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

        scenario = restricted(scenario, only)
    from cmsource.analysis.advice import advised

    result = _compare(scenario, details=details)
    return advised(scenario, result) if details else result


def coverage(scenario: Scenario, month: str = "") -> "tuple[OptionWeek, ...]":
    """The week of every option of a scenario, hour by hour, phase by phase.

    Args:
        scenario: the scenario.
        month: of its seasons, such as ``nov``; an ordinary one when "".

    Raises:
        QuantityError: that is no month.
    """
    from cmsource.analysis.coverage.month import one_month
    from cmsource.analysis.coverage.week_picture import weeks
    from cmsource.values.months import month_of

    return weeks(one_month(scenario, month_of(month) if month else None).scenario)


def read_country(path: str | Path, *, start: date | None = None) -> "Country":
    """Read the file of a country, with neutral assumptions where it says nothing.

    Args:
        path: the file.
        start: the day whose values are wanted; the end of its period when None.

    Raises:
        ScenarioError: the file cannot be used; its diagnostics say why.
    """
    from cmsource.countries import completed
    from cmsource.reading.country_files import own_country

    return completed(own_country(Path(path), start), {})


def read_inbox(  # noqa: PLR0913 - each has a flag of its own
    path: str | Path,
    *more: str | Path,
    timezone: str = "UTC",
    naive_as: str = "",
    column: str = "",
    dayfirst: bool | None = None,
    since: date | None = None,
    until: date | None = None,
    where: Sequence[str] = (),
    direction: str | None = None,
    office: str = "mon-fri 09:00-18:00",
) -> "Inbox":
    """When messages come and how many, from a log: CSV, JSON, mbox, a chat, a workbook, archives.

    Args:
        path: the log.
        more: other files of the same log.
        timezone: the time zone on whose clock hours are counted.
        naive_as: the time zone of times that do not say theirs; `timezone` when empty.
        column: title or number of the column with the times; found when empty.
        dayfirst: how to read 03/04/2017; other dates of the log decide when None.
        since: the first day that counts, on that clock; the log's first when None.
        until: the last one; the log's last when None.
        where: what rows have to meet: ``inbound=true``, ``channel!=email``, ``text~refund``.
        direction: ``in``, ``out`` or ``all``; those that came in, where
            a column says so, when None.
        office: office hours.

    Raises:
        ScenarioError: the log cannot be used; its diagnostics say why.
        ValueError: a time zone, the office hours or a condition cannot be understood.
    """
    from cmsource.inbox.clock import zone_of
    from cmsource.inbox.direction import Direction
    from cmsource.inbox.log import read_log
    from cmsource.inbox.profile import inbox as work_out
    from cmsource.inbox.selection import Selection, parse_condition
    from cmsource.inbox.span import Days
    from cmsource.values.week_reader import parse_week

    zone = zone_of(timezone)
    naive = zone_of(naive_as) if naive_as else None
    hours = parse_week(office)
    selection = Selection(
        tuple(map(parse_condition, where)), None if direction is None else Direction(direction)
    )
    tally = read_log(
        Path(path), *map(Path, more), column=column, dayfirst=dayfirst, selection=selection
    )
    return work_out(tally, zone, naive, hours, Days(since, until))


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
