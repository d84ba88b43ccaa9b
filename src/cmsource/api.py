"""The Python API: everything the command line does, in one call each."""

from collections.abc import Sequence
from pathlib import Path

from cmsource.comparison import Comparison
from cmsource.diagnostics import Diagnostic, ScenarioError
from cmsource.model.compare import compare as _compare
from cmsource.reading.load import read_scenario, read_text, scenario_or_error
from cmsource.scenario import Scenario


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
    from cmsource.output.yaml import to_yaml

    reading = read_scenario(Path(path), overrides, _path(root))
    scenario_or_error(reading)
    assert reading.tree is not None
    return to_yaml(reading.tree)


def compare(scenario: Scenario, *, only: Sequence[str] = ()) -> Comparison:
    """Compare the options of a scenario.

    Args:
        scenario: from `load` or `loads`.
        only: names of the options to compare; all when empty.

    Raises:
        ScenarioError: `only` names an option that does not exist.
    """
    if only:
        from cmsource.analysis.selection import restricted

        fewer, diagnostics = restricted(scenario, only)
        if fewer is None:
            raise ScenarioError(diagnostics)
        scenario = fewer
    return _compare(scenario)


def to_json(result: Comparison | Sequence[Comparison], *, indent: int | None = 2) -> str:
    """A comparison as JSON text, format ``cmsource/comparison/1``; several as an array."""
    from cmsource.output.json import to_json as write

    return write(result, indent=indent)


def from_json(text: str) -> Comparison:
    """A comparison read back from its JSON text.

    Raises:
        ScenarioError: the text is not a comparison of a known format; its diagnostics say why.
    """
    from cmsource.reading.results import read_comparison

    return read_comparison(text)


def _path(root: str | Path | None) -> Path | None:
    return None if root is None else Path(root)
