"""Checks across fields: what no single value shows to be wrong.

Each check takes what has been read and yields what it finds; they stand in one list.
"""

from collections.abc import Callable, Iterator, Mapping
from math import ceil
from typing import NamedTuple

from cmsource.countries import Country
from cmsource.diagnostics import did_you_mean
from cmsource.origin import Origin
from cmsource.reading.node import Node, Report, shown
from cmsource.reading.sources import hours_a_week, members_of
from cmsource.scenario import Needs, Option, Require
from cmsource.sources import Employment, Placement, Source

_TOLERANCE = 1e-6


class Read(NamedTuple):
    """What there is to check: whatever of the scenario could be read."""

    tree: Node
    country: Country
    needs: Needs | None
    require: Require | None
    sources: Mapping[str, Source]
    options: tuple[Option, ...]
    standard: bool


class Finding(NamedTuple):
    """A diagnostic before it is placed."""

    code: str
    message: str
    at: Node | Origin | None
    hint: str = ""
    path: str = ""


Check = Callable[[Read], Iterator[Finding]]


def run_checks(read: Read, report: Report) -> None:
    """Run every check and report what it finds."""
    for check in CHECKS:
        for finding in check(read):
            report.add(*finding)


def _every_use(read: Read) -> Iterator[tuple[str, Source]]:
    """Each source as declared and as options change it, with its path."""
    for name, source in read.sources.items():
        yield f"sources.{name}", source
    for option in read.options:
        for phase in option.phases:
            for source in phase.sources:
                if source is not read.sources.get(source.name):
                    yield f"options.{option.name}.{source.name}", source


def duty_within_contract(read: Read) -> Iterator[Finding]:
    """A person is never scheduled for more hours than the contract has."""
    for path, source in _every_use(read):
        terms = source.terms
        if not isinstance(terms, (Employment, Placement)) or terms.headcount == "auto":
            continue
        hours, duty = hours_a_week(source), source.on_duty.hours
        people = int(terms.headcount)
        if hours <= 0 or duty <= people * hours + _TOLERANCE:
            continue
        least = ceil(duty / hours - _TOLERANCE)
        steady = max(least, ceil(duty / (hours * (1 - terms.planned_absence)) - _TOLERANCE))
        hint = f"headcount: {least} would do on paper"
        if steady > least:
            hint += f", {steady} with leave and holidays"
        at = source.origins.get("on_duty") or terms.origins.get("hours")
        contract = f"{hours:g} h" if people == 1 else f"{people} x {hours:g} h"
        yield Finding(
            "E302",
            f"`{source.name}` is on duty {duty:g} h a week and its contract has {contract}",
            _visible(at, read, path),
            f"{hint} (or headcount: auto)",
            f"{path}.on_duty",
        )


def _visible(origin: Origin | None, read: Read, path: str) -> Origin | None:
    """An origin that has a line to show: else that of the nearest node in the file."""
    if origin is not None and origin.kind in ("file", "set"):
        return origin
    node = read.tree
    for key in path.split("."):
        below = node.get(key)
        if below is None or below.origin.kind not in ("file", "set"):
            break
        node = below
    return node.key or node.origin


def lawful_wages(read: Read) -> Iterator[Finding]:
    """No full wage below the legal minimum of the country at the start."""
    if "minimum_wage" not in read.country.facts:
        return
    minimum = read.country.fact("minimum_wage")
    for path, source in _every_use(read):
        terms = source.terms
        if not isinstance(terms, Employment) or source.kind == "apprentice":
            continue
        full_time = float(read.country.value("full_time_hours"))
        own = hours_a_week(source)
        hours = full_time if source.kind == "colleague" or own <= 0 else own
        wage = terms.hourly(hours)
        if wage >= minimum.value - 0.005:
            continue
        yield Finding(
            "E304",
            f"`{source.name}` earns {wage:.2f} an hour, below the legal minimum "
            f"of {minimum.value:.2f} ({read.country.code}, {minimum.as_of})",
            _visible(terms.origins.get(terms.wage_key), read, path),
            f"pay at least {minimum.value:.2f}/h ({minimum.source})",
            f"{path}.{terms.wage_key}",
        )


def lawful_internships(read: Read) -> Iterator[Finding]:
    """Internships within the legal length, and with the gratification that is due."""
    longest = read.country.facts.get("intern_maximum_hours")
    due_from = read.country.facts.get("gratification_due_from_hours")
    least = read.country.facts.get("gratification")
    for path, source in _every_use(read):
        terms = source.terms
        if not isinstance(terms, Placement):
            continue
        hours = terms.placement * 52.0 / 12.0 * hours_a_week(source)
        if longest is not None and hours > longest.value + _TOLERANCE:
            yield Finding(
                "W406",
                f"`{source.name}`: a placement of {hours:.0f} h is longer than "
                f"the {longest.value:g} h that are allowed",
                _visible(terms.origins.get("placement"), read, path),
                f"shorten the placement ({longest.source})",
                f"{path}.placement",
            )
        if due_from is None or least is None or hours <= due_from.value:
            continue
        if terms.gratification < least.value - 0.005:
            yield Finding(
                "E304",
                f"`{source.name}` gets {terms.gratification:.2f} an hour, below the "
                f"{least.value:.2f} due for a placement of more than {due_from.value:g} h",
                _visible(terms.origins.get("gratification"), read, path),
                f"pay at least {least.value:.2f}/h ({least.source})",
                f"{path}.gratification",
            )


def tools_included(read: Read) -> Iterator[Finding]:
    """A tool is included by sources that exist and are used."""
    used = members_of(read.options)
    tools = read.tree.get("tools")
    given = read.tree.get("sources")
    known = [name for name, _ in given.items()] if given is not None else []
    for name, tool in tools.items() if tools is not None else ():
        path = f"tools.{name}.included_by"
        named = tool.get("included_by")
        elements = named.elements() if named is not None else ()
        for element in elements:
            if str(element.value) not in known:
                message = f"`{path}` names {shown(element.value)}, which is not a source"
                yield Finding("E305", message, element, did_you_mean(str(element.value), known))
        present = [element for element in elements if str(element.value) in known]
        if present and read.options and not any(str(e.value) in used for e in present):
            message = f"tool `{name}` is included by sources that no option uses"
            yield Finding("W401", message, present[0], "every option pays for it", path)


def measurable_requirements(read: Read) -> Iterator[Finding]:
    """A requirement needs something to measure in the scenario."""
    needs, require = read.needs, read.require
    if needs is None or require is None:
        return
    work = bool(needs.weekly_work()) or needs.messages is not None
    for name, measurable, lack in (
        ("answered_in_time", needs.messages is not None, "no needs.messages"),
        ("work_done", work, "neither needs.messages nor needs.work"),
        ("in_house", work, "neither needs.messages nor needs.work"),
        ("skills_met", bool(needs.skills), "no needs.skills"),
    ):
        if getattr(require, name) is None:
            continue
        at = require.origins.get(name)
        if not measurable:
            message = f"`require.{name}` can be measured on no option: the scenario has {lack}"
            hint = "say what is needed, or take the requirement out"
            yield Finding("E306", message, at, hint, f"require.{name}")
        elif name == "answered_in_time":
            message = "`require.answered_in_time` is not judged: this version does not compute it"
            yield Finding("W405", message, at, "", f"require.{name}")


def somebody_answers(read: Read) -> Iterator[Finding]:
    """Messages need somebody on duty."""
    if read.needs is None or read.needs.messages is None or read.needs.messages.weekly <= 0:
        return
    for option in read.options:
        for number, phase in enumerate(option.phases):
            if not any(source.on_duty for source in phase.sources):
                where = f" in phase {number + 1}" if len(option.phases) > 1 else ""
                names = ", ".join(source.name for source in phase.sources)
                node = read.tree.get("options", option.name)
                yield Finding(
                    "W402",
                    f"option `{option.name}`{where}: nobody is on duty to answer the messages",
                    node.key or node.origin if node is not None else None,
                    f"give on_duty to one of: {names}",
                    f"options.{option.name}",
                )


def sources_used(read: Read) -> Iterator[Finding]:
    """A source that no option uses may be a slip."""
    if read.standard or not read.options:
        return
    used = members_of(read.options)
    for name in read.sources:
        node = read.tree.get("sources", name)
        if name not in used and node is not None:
            message = f"source `{name}` is used by no option"
            hint = "add it to an option, or take it out"
            yield Finding("W403", message, node.key or node.origin, hint, f"sources.{name}")


def period_known(read: Read) -> Iterator[Finding]:
    """The rules in force at the start are among those that are known."""
    for note in read.country.notes:
        yield Finding("W404", note, read.tree.get("start"), "", "start")


def expectations_exist(read: Read) -> Iterator[Finding]:
    """Expectations name options that exist."""
    expect = read.tree.get("expect")
    if expect is None or not isinstance(expect.value, dict):
        return
    given = read.tree.get("options")
    known = [name for name, _ in given.items()] if given is not None else []
    known = known or [option.name for option in read.options]
    for name, node in expect.items():
        if name in ("eligible", "not_eligible"):
            named = list(node.elements())
        elif name == "recommended":
            named = [node] if node.value != "none" else []
        elif name in known:
            continue
        else:
            message = f"`expect` names {shown(name)}, which is not an option"
            hint = did_you_mean(name, [*known, "recommended", "eligible", "not_eligible"])
            yield Finding("E309", message, node.key or node.origin, hint, f"expect.{name}")
            continue
        for element in named:
            if str(element.value) not in known:
                message = f"`expect.{name}` names {shown(element.value)}, which is not an option"
                hint = did_you_mean(str(element.value), known)
                yield Finding("E309", message, element, hint, f"expect.{name}")


CHECKS: tuple[Check, ...] = (
    duty_within_contract,
    lawful_wages,
    lawful_internships,
    tools_included,
    measurable_requirements,
    somebody_answers,
    sources_used,
    period_known,
    expectations_exist,
)
