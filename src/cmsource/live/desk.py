"""A scenario being edited in the browser: its report, its inputs, and what is wrong with it.

Everything goes in and out as JSON. The sliders are flags of ``--set``, so that the page shows what
``cmsource compare`` with the same flags prints.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from cmsource.analysis.advice import advised
from cmsource.analysis.checks.expectations import failed_expectations
from cmsource.analysis.inputs.inputs import inputs, written
from cmsource.analysis.inputs.quantity import quantity
from cmsource.analysis.selection import ordered
from cmsource.countries import known_countries
from cmsource.live.edit import edited, fields
from cmsource.live.slider import slider_of
from cmsource.live.words import FORM, WORDS
from cmsource.model.compare import compare
from cmsource.reading.load import read_bytes
from cmsource.reading.outcome import Reading
from cmsource.reports.blocks import Problem
from cmsource.reports.compare import CompareReport
from cmsource.results.comparison import Comparison
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError
from cmsource.values.language import Language
from cmsource.values.money import style_for
from cmsource.writers.formats import Format
from cmsource.writers.formats import written as in_format
from cmsource.writers.page import Page
from cmsource.writers.terminal import block_text
from cmsource.writers.yaml import to_yaml

FILE = "scenario.yaml"
"""The name under which the text is read."""

_WIDTH = 90
_ABOUT = {"requirement": "requirement", "context": "context"}

Moves = Mapping[str, str | float]
"""Values of inputs by path: as after ``--set``, or a number in the unit of the input."""
Json = dict[str, Any]


def answer(call: str, request: Json) -> Any:  # noqa: ANN401 - JSON
    """What the page asks for.

    Args:
        call: one of `CALLS`.
        request: what it takes, by name.
    """
    return CALLS[call](**request)


def words(language: str) -> Json:
    """All that the page says around the report, and the countries to choose from."""
    told = Language(language)
    return {
        "words": {name: told.of(text) for name, text in WORDS.items()},
        "form": [
            {"key": key, "label": told.of(label), "hint": told.of(hint)}
            for key, (label, hint) in FORM.items()
        ],
        "countries": known_countries(),
    }


def show(text: str, moves: Moves, language: str) -> Json:
    """Everything that is shown of a text with some inputs moved.

    Returns:
        The report as a page (None where there is none), what was found, the inputs with their
        sliders, the moves as after ``--set``, and what the form says.
    """
    told = Language(language)
    base = _read(text)
    found: Json = {"fields": [field._asdict() for field in fields(text)]}
    reading, flags = base, {}
    try:
        if base.scenario is not None and moves:
            flags = _flags(base.scenario, moves)
            reading = _moved(text, flags)
    except ScenarioError as error:
        return found | {"html": None, "moves": flags} | _told(error.diagnostics, told)
    found["moves"] = flags
    if reading.scenario is None:
        return found | {"html": None} | _told(reading.diagnostics, told)
    result = _compared(reading.scenario)
    unmet = failed_expectations(result, reading.scenario.expect)
    found["html"] = in_format(_report(result), Format.HTML, Page(language=told))
    assert base.scenario is not None
    found["inputs"] = _sliders(base.scenario, reading.scenario, flags, told)
    return found | _told([*reading.diagnostics, *unmet], told)


def edit(text: str, key: str, value: str) -> str:
    """The text with another value under a key of the form."""
    return edited(text, key, value)


def save(text: str, moves: Moves, language: str, form: str) -> str:
    """A file of what is shown: ``html``, ``csv`` or ``yaml``.

    The scenario is the text itself, and spelled out in full where inputs were moved.

    Raises:
        ScenarioError: the scenario is not valid.
    """
    if form == "yaml" and not moves:
        return text
    reading = _read(text)
    if reading.scenario is not None and moves:
        reading = _moved(text, _flags(reading.scenario, moves))
    if reading.scenario is None:
        raise ScenarioError(reading.diagnostics)
    if form == "yaml":
        assert reading.tree is not None
        return to_yaml(reading.tree, Language(language))
    result = _compared(reading.scenario)
    return in_format(_report(result), Format(form), Page(language=Language(language)))


CALLS: Mapping[str, Callable[..., Any]] = {
    "words": words,
    "show": show,
    "edit": edit,
    "save": save,
}
"""What the page can ask for."""


@lru_cache(2)
def _read(text: str) -> Reading:
    return read_bytes(text.encode(errors="replace"), FILE)


def _moved(text: str, flags: Mapping[str, str]) -> Reading:
    overrides = [f"{path}={value}" for path, value in flags.items()]
    return read_bytes(text.encode(errors="replace"), FILE, overrides)


def _flags(scenario: Scenario, moves: Moves) -> dict[str, str]:
    """Moves as after ``--set``."""
    return {
        path: value if isinstance(value, str) else written(scenario, path, value)
        for path, value in moves.items()
    }


def _compared(scenario: Scenario) -> Comparison:
    return ordered(advised(scenario, compare(scenario)), "rank")


def _report(result: Comparison) -> CompareReport:
    return CompareReport([result], alone=True)


def _told(found: Sequence[Diagnostic], language: Language) -> Json:
    """What was found, as a terminal shows it, with its place in the text."""
    page = Page(width=_WIDTH, language=language)
    problems = []
    for each in found:
        place = each.place or Place("")
        here = place.file == FILE and place.line > 0
        problems.append(
            {
                "severity": each.severity,
                "code": each.code,
                "text": block_text(language.of(Problem(each)), page),
                "line": place.line if here else 0,
                "column": max(1, place.column) if here else 0,
                "length": place.length if here else 0,
            }
        )
    return {"problems": problems}


def _sliders(
    base: Scenario, shown: Scenario, flags: Mapping[str, str], language: Language
) -> list[Json]:
    """The inputs of a scenario; how far they go does not depend on what was moved."""
    today = {item.path: item for item in inputs(shown)}
    style = style_for(shown.currency)
    found = []
    for item in inputs(base):
        now = today.get(item.path, item)
        slider = slider_of(item)
        found.append(
            {
                "path": item.path,
                "group": _ABOUT.get(item.about, "given" if item.given else "assumed"),
                "meaning": language.of(item.meaning),
                "value": now.value,
                "text": language.of(quantity(now.value, now.unit, style)),
                "moved": item.path in flags,
                **slider._asdict(),
            }
        )
    return found
