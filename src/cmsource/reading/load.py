"""A scenario file to a `Scenario`: the steps of reading, in order.

1. Text to tree (`document`), bases merged (`files`, `merging`).
2. The tree completed (`completion`): flags applied (`overrides`), French words made the usual ones
   (`usual_words`), the needs of brands added up (`brands`), the country found or read from its own
   file (`country_files`, `market`), the short form spelled out (`shortform`), standard options
   added (`standard_options`), the file of an arrival profile read (`profiles`), gaps filled
   (`scenario.draft`).
3. The scenario assembled (`assembly`): values checked by the models (`records`, `sources`,
   `options`), their errors told (`translate`), then checks across fields (`checks`).

Every step reports what is wrong and goes on as far as it can, so that all problems of a file are
shown at once.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cmsource.reading.assembly import assemble
from cmsource.reading.completion import complete
from cmsource.reading.document import WRITES, read_document
from cmsource.reading.files import Home, decoded, follow_bases, read_with_bases
from cmsource.reading.outcome import Reading
from cmsource.reading.overrides import Overrides
from cmsource.reading.report import Report
from cmsource.reading.scenario_names import name_of
from cmsource.scenario.node import Node
from cmsource.values.diagnostics import in_file_order
from cmsource.values.language import say
from cmsource.values.text import printable

if TYPE_CHECKING:  # few scenarios have brands
    from cmsource.reading.brands import ReadFile

_LONGEST_NAME = 200


def read_scenario(path: Path, overrides: Sequence[str] = (), root: Path | None = None) -> Reading:
    """Read a scenario file.

    Args:
        path: the file.
        overrides: ``path=value`` texts, as given to ``--set``.
        root: the folder tree to which ``extends`` is confined; by default the file's folder.
    """
    return _read_file(path, overrides, path.parent if root is None else root, _read_brand)


def _read_brand(path: Path, root: Path) -> Reading:
    """Read the scenario of a brand, which has no brands of its own."""
    return _read_file(path, (), root, None)


def _read_file(
    path: Path, overrides: Sequence[str], root: Path, brand: "ReadFile | None"
) -> Reading:
    report = Report()
    tree = read_with_bases(path, root, report)
    home = Home(str(path), path.parent, root)
    return _read(tree, home, name_of(path), overrides, report, brand)


def read_bytes(
    data: bytes, name: str, overrides: Sequence[str] = (), root: Path | None = None
) -> Reading:
    """Read a scenario from what was piped in; the files that it names start from this folder.

    Args:
        data: the bytes of its text.
        name: the name under which it is shown.
        overrides: ``path=value`` texts, as given to ``--set``.
        root: the folder tree to which ``extends`` is confined; by default this folder.
    """
    report = Report()
    here = Path()
    root = here if root is None else root
    given = decoded(name, data, report)
    tree = None if given is None else read_document(given.name, given.text, report)
    if tree is not None:
        tree = follow_bases(tree, here / "scenario", root, report)
    return _read(tree, Home(name, here, root), "scenario", overrides, report)


def read_text(
    text: str, name: str = "scenario", overrides: Sequence[str] = (), root: Path | None = None
) -> Reading:
    """Read a scenario from its text; `root` is needed when it extends a file."""
    report = Report()
    tree = read_document(name, text, report)
    if tree is not None and root is not None:
        tree = follow_bases(tree, root / "scenario", root, report)
    return _read(tree, Home(name, root, root), name, overrides, report)


def _read(
    root: Node | None,
    home: Home,
    stem: str,
    overrides: Sequence[str],
    report: Report,
    brand: "ReadFile | None" = _read_brand,
) -> Reading:
    scenario = tree = None
    if root is not None and not isinstance(root.value, dict):
        hint = WRITES["scenario"]
        report.add(
            "E112", say("a scenario is a map of keys, found {found}", found=root.kind()), root, hint
        )
    elif root is not None:
        name = printable(stem).strip()[:_LONGEST_NAME] or "scenario"
        whole = complete(root, home, name, Overrides(overrides, report), report, brand)
        scenario, tree = assemble(whole, home.file, report)
    diagnostics = tuple(in_file_order(report.found))
    if report.failed or scenario is None:
        return Reading(None, diagnostics, tree, tuple(report.files))
    warnings = tuple(found for found in diagnostics if found.severity == "warning")
    if warnings:
        scenario = scenario.changed(warnings=warnings)
    return Reading(scenario, diagnostics, tree, tuple(report.files))
