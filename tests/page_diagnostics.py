"""The pages of diagnostics: the example of each code, and what is said of it."""

import datetime
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import cmsource
from cmsource.analysis.selection import restricted
from cmsource.reading.load import read_scenario
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.values.language import Language
from pages import desk, fenced
from readings import render

_SECTION = re.compile(r"^### ([EW]\d{3})\s?: (.+)$", re.MULTILINE)
_MESSAGES = re.compile(r"^```text\n.*?^```$", re.MULTILINE | re.DOTALL)


def meanings(text: str) -> dict[str, str]:
    """What the heading of each code says that it means."""
    return dict(_SECTION.findall(text))


def with_messages(text: str, language: Language) -> str:
    """A page on which each example is followed by what is said of it today."""
    for section in sections(text).values():
        old = _MESSAGES.search(section)
        if old is not None:
            shown = render(findings(section), width=80, language=language)
            text = text.replace(section, section.replace(old[0], f"```text\n{shown}```"))
    return text


def sections(text: str) -> dict[str, str]:
    """The section of each code on the page of diagnostics."""
    heads = list(_SECTION.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {head[1]: text[head.start() : end] for head, end in zip(heads, ends, strict=True)}


def findings(section: str) -> Sequence[Diagnostic]:
    """What is found wrong with the example of a section."""
    head = _SECTION.match(section)
    assert head is not None
    example = next((body for name, body in fenced(section) if name == "yaml"), None)
    with desk():
        if example is None:
            return _ELSEWHERE[head[1]]() if head[1] in _ELSEWHERE else ()
        Path("scenario.yaml").write_text(example, encoding="utf-8")
        if head[1][1] == "5":
            return _not_as_asked(_with("--fail-on", section), _with("--warn-on", section))
        flags = _with("--set", section)
        reading = read_scenario(Path("scenario.yaml"), flags)
        if reading.scenario is not None and head[1] in ("W422", "W423", "W431"):
            return cmsource.compare(reading.scenario).warnings
        return reading.diagnostics


def _with(flag: str, section: str) -> list[str]:
    """What a section says to write after a flag."""
    return re.findall(rf"^(?:With|Avec) `{flag} (.+)`\s?:$", section, re.MULTILINE)


def _not_as_asked(rules: Sequence[str], warn: Sequence[str]) -> Sequence[Diagnostic]:
    from cmsource.analysis.checks.expectations import failed_expectations
    from cmsource.analysis.checks.rules import broken_rules, read_rules

    scenario = cmsource.load("scenario.yaml")
    result = cmsource.compare(scenario)
    today = datetime.date(2026, 12, 1)
    broken = broken_rules(read_rules(rules), result, None, today)
    warned = broken_rules(read_rules(warn, "--warn-on"), result, None, today, "W502")
    return [*failed_expectations(result, scenario.expect), *broken, *warned]


def _too_large() -> Sequence[Diagnostic]:
    Path("scenario.yaml").write_text("#" * 1_000_001, encoding="utf-8")
    return cmsource.validate("scenario.yaml")


def _not_utf8() -> Sequence[Diagnostic]:
    Path("scenario.yaml").write_bytes("name: Société\ncover: 24/7\n".encode("latin-1"))
    return cmsource.validate("scenario.yaml")


def _no_result() -> Sequence[Diagnostic]:
    text = cmsource.to_json(cmsource.compare(cmsource.load("scenarios/quick.yaml")))
    try:
        cmsource.from_json(text.replace("cmsource/comparison/1", "cmsource/comparison/0"))
    except ScenarioError as error:
        return error.diagnostics
    return ()


def _no_such_option() -> Sequence[Diagnostic]:
    try:
        restricted(cmsource.load("scenarios/boutique-24-7.yaml"), ["hire", "agence"])
    except ScenarioError as error:
        return error.diagnostics
    return ()


def _no_such_input() -> Sequence[Diagnostic]:
    scenario = cmsource.load("scenarios/boutique-24-7.yaml")
    try:
        cmsource.breakeven(scenario, on="sources.agence.rate")
    except ScenarioError as error:
        return error.diagnostics
    return ()


def _no_end() -> Sequence[Diagnostic]:
    try:
        cmsource.cursor(cmsource.load("scenarios/boutique-24-7.yaml"), outside="cm")
    except ScenarioError as error:
        return error.diagnostics
    return ()


def _no_range() -> Sequence[Diagnostic]:
    try:
        cmsource.simulate(cmsource.load("scenarios/hourly-comparison.yaml"))
    except ScenarioError as error:
        return error.diagnostics
    return ()


def _no_log() -> Sequence[Diagnostic]:
    from cmsource.inbox.log import read_log

    Path("contacts.csv").write_text("name,town\nAnna,Lyon\nPaul,Lille\n", encoding="utf-8")
    try:
        read_log(Path("contacts.csv"))
    except ScenarioError as error:
        return error.diagnostics
    return ()


def _no_scenario() -> Sequence[Diagnostic]:
    from cmsource.reading.folders import find_scenarios

    Path("reports").mkdir()
    files = find_scenarios([Path("reports")]).files
    return [file.problem for file in files if file.problem is not None]


_ELSEWHERE: dict[str, Callable[[], Sequence[Diagnostic]]] = {
    "E101": lambda: cmsource.validate("scenarios/boutique.yaml"),
    "E102": _too_large,
    "E103": _not_utf8,
    "E113": _no_result,
    "E115": _no_log,
    "E117": _no_scenario,
    "E310": _no_such_option,
    "E311": _no_such_input,
    "E312": _no_end,
    "E313": _no_range,
}
"""Codes that no text of a scenario alone leads to."""

NOT_SHOWN = {"E116"}
"""Codes that only a fault of the tool or of the machine leads to."""
