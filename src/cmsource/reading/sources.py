"""Sources and options: from filled trees to typed values, with the overrides of options applied."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from cmsource.diagnostics import did_you_mean
from cmsource.reading.files import merged
from cmsource.reading.filling import Filler
from cmsource.reading.node import Node, Report, shown
from cmsource.reading.typed import TypedReader, Unreadable, joined
from cmsource.scenario import Option, Phase
from cmsource.shape import fields
from cmsource.sources import KINDS, Employment, Kind, Service, Source

COMMON = tuple(name for name in fields(Source))
"""Keys that every kind of source takes."""

_EXCLUSIVE = (("hourly_wage", "monthly_wage", "annual_wage"), ("hourly_rate", "day_rate"))


class SourceReader:
    """Reads sources and the options that use them.

    Args:
        typed: reads single values and records.
        filler: fills the gaps of each kind.
        given: the sources as the user wrote them, by name.
    """

    def __init__(self, typed: TypedReader, filler: Filler, given: Mapping[str, Node]) -> None:
        self.typed = typed
        self.report: Report = typed.report
        self.filler = filler
        self.given = given
        self.filled = {name: filler.source(node) for name, node in given.items()}
        self.read: dict[str, Source] = {}

    def sources(self) -> dict[str, Source]:
        """All sources that can be read; the others are reported."""
        for name, node in self.filled.items():
            if self.typed.name(name, node, "source"):
                source = self.source(name, node, f"sources.{name}")
                if source is not None:
                    self.read[name] = source
        return self.read

    def source(self, name: str, node: Node, path: str) -> Source | None:
        """One source, or None when it cannot be read."""
        if not isinstance(node.value, dict):
            message = f"`{path}` takes a map with a kind, found {node.kind()}"
            self.report.add("E203", message, node, "write {kind: employee, …}", path)
            return None
        kind = self.kind(node, path)
        if kind is None:
            return None
        given = dict(node.entries())
        known = {*COMMON, *kind.keys}
        for key in [key for key in given if key not in known]:
            self.unknown(key, given.pop(key), kind, path)
        common = Node({k: v for k, v in given.items() if k in COMMON}, node.origin, node.key)
        terms = Node({k: v for k, v in given.items() if k not in COMMON}, node.origin, node.key)
        clash = self.clash(terms, path)
        values: dict[str, Any] | None = None
        with suppress(Unreadable):
            values = self.typed.fields(Source, common, path)
        try:
            values_of_terms = self.typed.fields(kind.terms, terms, path, kind.keys)
        except Unreadable:
            return None
        if values is None or clash:
            return None
        values.setdefault("label", name)
        return Source(name=name, terms=kind.terms(**values_of_terms), **values)

    def kind(self, node: Node, path: str) -> Kind | None:
        """The kind of a source, reported when it has none that is known."""
        named = node.get("kind")
        hint = f"one of {', '.join(KINDS)}"
        if named is None:
            self.report.add("E202", f"`{path}.kind` is missing", node, hint, f"{path}.kind")
            return None
        kind = KINDS.get(named.value) if isinstance(named.value, str) else None
        if kind is None:
            hint = did_you_mean(str(named.value), list(KINDS))
            message = f"unknown kind of source: {named.kind()}"
            self.report.add("E205", message, named, hint, f"{path}.kind")
        return kind

    def unknown(self, key: str, node: Node, kind: Kind, path: str) -> None:
        """Report a key that a kind does not take; say so when another kind does."""
        owners = [other.name for other in KINDS.values() if key in other.keys]
        if not owners:
            self.typed.unknown_key(key, node, [*COMMON, *sorted(kind.keys)], path)
            return
        self.report.add(
            "E201",
            f"`{kind.name}` sources do not take {shown(key)}",
            node.key or node.origin,
            f"it is a key of: {', '.join(owners)}",
            joined(path, key),
        )

    def clash(self, node: Node, path: str) -> bool:
        """Report keys that say the same thing twice; whether there are any."""
        found = False
        for group in _EXCLUSIVE:
            given = [key for key in group if node.get(key) is not None]
            for extra in given[1:]:
                child = node.get(extra)
                assert child is not None
                self.report.add(
                    "E207",
                    f"`{path}` has both `{given[0]}` and `{extra}`",
                    child.key or child.origin,
                    "keep one of the two; a null value takes away what a base gives",
                    joined(path, extra),
                )
                found = True
        return found

    def options(self, node: Node, horizon: float) -> tuple[Option, ...]:
        """All options that can be read; the others are reported."""
        self.typed.expect_map(node, "options", "options")
        options = []
        for name, child in node.items():
            if self.typed.name(name, child, "option"):
                option = self.option(name, child, horizon)
                if option is not None:
                    options.append(option)
        return tuple(options)

    def option(self, name: str, node: Node, horizon: float) -> Option | None:
        """One option: a list of sources, or a map with sources or phases and a label."""
        path = f"options.{name}"
        label = name
        if isinstance(node.value, dict):
            for key, child in node.entries():
                if key not in ("label", "sources", "phases"):
                    self.typed.unknown_key(key, child, ["label", "sources", "phases"], path)
            if (named := node.get("label")) is not None and isinstance(named.value, str):
                label = named.value
            phases, sources = node.get("phases"), node.get("sources")
            if phases is not None and sources is not None:
                message = f"`{path}` has both `sources` and `phases`"
                self.report.add("E207", message, sources.key or node.origin, "keep one", path)
                return None
            if phases is not None:
                return self.phased(name, label, phases, horizon)
            if sources is None:
                message = f"`{path}` has neither `sources` nor `phases`"
                self.report.add("E202", message, node, "list its sources: [cm]", path)
                return None
            node = sources
        members = self.members(node, path)
        return None if members is None else Option(name, label, (Phase(0.0, horizon, members),))

    def phased(self, name: str, label: str, node: Node, horizon: float) -> Option | None:
        """An option in phases; the last one runs to the horizon."""
        path = f"options.{name}.phases"
        if not isinstance(node.value, list) or not node.value:
            message = f"`{path}` takes a list of phases, found {node.kind()}"
            hint = "write - {months: 12, sources: [agency]}"
            self.report.add("E203", message, node, hint, path)
            return None
        phases: list[Phase] = []
        start = 0.0
        complete = True
        for number, child in enumerate(node.value):
            here = f"{path}.{number}"
            last = number == len(node.value) - 1
            months = self.months(child, here, start, horizon, last=last)
            members = self.members(child.get("sources"), here, child)
            if months is None or members is None:
                complete = False
                continue
            phases.append(Phase(start, months, members))
            start += months
        return Option(name, label, tuple(phases)) if complete else None

    def months(
        self, node: Node, path: str, start: float, horizon: float, *, last: bool
    ) -> float | None:
        """The months of a phase that begins at `start`."""
        if not isinstance(node.value, dict):
            message = f"`{path}` takes a map with months and sources, found {node.kind()}"
            self.report.add("E203", message, node, path=path)
            return None
        for key, child in node.entries():
            if key not in ("months", "sources"):
                self.typed.unknown_key(key, child, ["months", "sources"], path)
        given = node.get("months")
        if given is None and not last:
            message = f"`{path}.months` is missing: only the last phase runs to the horizon"
            self.report.add("E202", message, node, "write months: 12", path)
            return None
        months = horizon - start
        if given is not None:
            from cmsource.readers import Duration

            try:
                reader = Duration("month", bare=True, zero=False)
                months = self.typed.scalar(reader, given, f"{path}.months")
            except Unreadable:
                return None
        end = start + months
        wrong = (
            months <= 0
            or end > horizon + 1e-9
            or (not last and end > horizon - 1e-9)
            or (last and end < horizon - 1e-9)
        )
        if wrong:
            if months <= 0 or (not last and end <= horizon + 1e-9):
                message = f"the phases before leave no time of the {horizon:g} months' horizon"
                message = (
                    message
                    if months <= 0
                    else (
                        f"this phase ends at month {end:g} and leaves no time to the next one: "
                        f"the horizon is {horizon:g} months"
                    )
                )
            else:
                message = f"the phases end at month {end:g}, the horizon is {horizon:g} months"
            hint = "shorten a phase or lengthen the horizon; the last phase needs no months"
            self.report.add("E303", message, given or node, hint, path)
            return None
        return months

    def members(
        self, node: Node | None, path: str, around: Node | None = None
    ) -> tuple[Source, ...] | None:
        """The sources of an option or phase, with its overrides applied."""
        if node is None or not isinstance(node.value, list) or not node.value:
            found = "nothing" if node is None else node.kind()
            message = f"`{path}` takes a list of sources, found {found}"
            self.report.add("E203", message, node or around, "write [cm, agency]", path)
            return None
        members: list[Source] = []
        complete = True
        for child in node.value:
            named = self.named(child, path)
            if named is None:
                complete = False
                continue
            name, override = named
            member = self.member(name, override, child, path)
            if member is None:
                complete = False
            elif any(member.name == other.name for other in members):
                message = f"`{name}` appears twice in `{path}`"
                self.report.add("E307", message, child, "raise its headcount instead", path)
                complete = False
            else:
                members.append(member)
        return tuple(members) if complete else None

    def named(self, node: Node, path: str) -> tuple[str, Node | None] | None:
        """The name and the override of one element of an option's list."""
        if isinstance(node.value, str):
            return node.value, None
        if isinstance(node.value, dict) and len(node.value) == 1:
            ((name, override),) = node.value.items()
            return name, override
        message = f"`{path}` lists names of sources, found {node.kind()}"
        hint = "write `- cm`, or `- cm: {takes: 30%}` to change a field of it"
        self.report.add("E203", message, node, hint, path)
        return None

    def member(self, name: str, override: Node | None, at: Node, path: str) -> Source | None:
        """A source as an option uses it."""
        if name not in self.given:
            self.report.add(
                "E301",
                f"`{path}` names {shown(name)}, which is not a source",
                override.key if override is not None and override.key else at,
                did_you_mean(name, list(self.given)),
                path,
            )
            return None
        base = self.read.get(name)
        if base is None or override is None or override.value is None:
            return base
        if not isinstance(override.value, dict):
            message = f"`{path}.{name}` takes a map of fields, found {override.kind()}"
            self.report.add("E203", message, override, "write {takes: 30%}", path)
            return None
        whole = self.filler.source(merged(self.given[name], override))
        return self.source(name, whole, f"{path}.{name}")


def expanded_option(node: Node, given: Mapping[str, Node], filler: Filler) -> Node:
    """An option as written, with what the defaults of an overridden source make of it.

    In an expanded scenario the sources spell out their defaults, so an override that would have
    changed a default has to say so itself.
    """
    if isinstance(node.value, list):
        elements = [_expanded_member(child, given, filler) for child in node.value]
        return Node(elements, node.origin, node.key)
    if isinstance(node.value, dict):
        inner = {
            key: expanded_option(child, given, filler) if key in ("sources", "phases") else child
            for key, child in node.value.items()
        }
        return Node(inner, node.origin, node.key)
    return node


def _expanded_member(node: Node, given: Mapping[str, Node], filler: Filler) -> Node:
    if not isinstance(node.value, dict):
        return node
    if "sources" in node.value:
        return expanded_option(node, given, filler)
    if len(node.value) != 1:
        return node
    ((name, override),) = node.value.items()
    base = given.get(name)
    if base is None or not isinstance(override.value, dict):
        return node
    before = dict(filler.source(base).items())
    after = dict(filler.source(merged(base, override)).items())
    changed = {
        key: child
        for key, child in after.items()
        if key not in before or before[key].plain() != child.plain()
    }
    return Node({name: Node(changed, override.origin, override.key)}, node.origin, node.key)


def members_of(options: Sequence[Option]) -> dict[str, list[Source]]:
    """Every use of each source in the options, by name."""
    uses: dict[str, list[Source]] = {}
    for option in options:
        for phase in option.phases:
            for source in phase.sources:
                uses.setdefault(source.name, []).append(source)
    return uses


def hours_a_week(source: Source) -> float:
    """Contract hours a week of one person of a source; 0 for those who have no contract."""
    if isinstance(source.terms, Service):
        return 0.0
    return source.terms.hours.weekly(len(source.on_duty.days) or 5)


def is_employed(source: Source) -> bool:
    """Whether the source is on a labour contract."""
    return isinstance(source.terms, Employment)
