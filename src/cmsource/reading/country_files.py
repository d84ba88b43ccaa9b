"""A country's file, such as a user's own ``country: ./CH.yaml``: from text to sourced values.

Everything that is wrong with it is reported in its place, as with a scenario. What is right becomes
the same plain data as of a shipped file, so that nothing else knows which of the two it was.
"""

import os
import stat
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cmsource.countries import Country
from cmsource.reading.document import WRITES, read_document
from cmsource.reading.files import read_file
from cmsource.reading.here import located
from cmsource.reading.report import Report
from cmsource.scenario.node import Node
from cmsource.values.diagnostics import Diagnostic, ScenarioError, in_file_order
from cmsource.values.language import say

if TYPE_CHECKING:
    from cmsource.reading.country_reader import OwnCountry


def read_own_country(path: Path, report: Report, named: Node | None = None) -> "OwnCountry | None":
    """The country that a file describes; None, and a report, when it is none.

    A file is read once as long as it does not change.

    Args:
        path: the file, shown under its path as given.
        report: receives what is wrong.
        named: the value that names the file, where to show that it cannot be read.
    """
    try:
        found = located(path).stat()
        usual = stat.S_ISREG(found.st_mode)
    except (OSError, ValueError):
        usual = False
    if not usual:  # which reading it says best
        read_file(path, report, named=named, holds="country")
        return None
    report.files.append(str(path))
    marks = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    country, diagnostics = _read_at(str(path), os.path.realpath(located(path)), marks)
    report.take(diagnostics)
    return country


def is_country_file(text: str) -> bool:
    """Whether a country is named by its file."""
    return "/" in text or "\\" in text or text.lower().endswith((".yaml", ".yml"))


def own_country(path: Path, on: date | None) -> Country:
    """What the file of a country says of a day, and nothing beside it.

    Raises:
        ScenarioError: the file cannot be used; its diagnostics say why.
    """
    report = Report()
    found = read_own_country(path, report)
    if found is None:
        raise ScenarioError(in_file_order(report.found))
    return found.country(on)


@lru_cache(maxsize=32)
def _read_at(
    name: str, _place: str, _marks: tuple[int, ...]
) -> "tuple[OwnCountry | None, tuple[Diagnostic, ...]]":
    report = Report()
    path = Path(name)
    source = read_file(path, report, holds="country")
    country = None
    if source is not None:
        country = read_country_text(source.text, source.name, path.stem, report)
    return country, tuple(report.found)


def read_country_text(text: str, name: str, stem: str, report: Report) -> "OwnCountry | None":
    """The country that a text describes; None, and a report, when it is none.

    Args:
        text: the YAML.
        name: of the file, as it is shown.
        stem: its name without folder and ending, which is the code unless it gives another.
        report: receives what is wrong.
    """
    from cmsource.reading.country_reader import CountryReader

    root = read_document(name, text, report, holds="country")
    if root is None:
        return None
    if not isinstance(root.value, dict):
        hint = WRITES["country"]
        report.add(
            "E112", say("a country is a map of keys, found {found}", found=root.kind()), root, hint
        )
        return None
    return CountryReader(report).country(root, stem)
