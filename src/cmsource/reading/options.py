"""Options: lists of sources and phases, from the tree to typed values."""

from cmsource.reading.records import RecordReader, unknown_key
from cmsource.reading.report import Report
from cmsource.reading.sources import SourceReader
from cmsource.reading.standard_options import label_of
from cmsource.scenario.node import Node
from cmsource.scenario.options import RESERVED, Option, OptionKeys, Phase, PhaseKeys
from cmsource.scenario.record import Record, keys_of
from cmsource.scenario.source import Source
from cmsource.values.language import Said, counted, say
from cmsource.values.money import format_digits
from cmsource.values.text import described, shown

_TOLERANCE = 1e-9


class OptionReader:
    """Reads the options of a scenario.

    Args:
        sources: the sources that options are made of.
        horizon: months.

    Attributes:
        broken: whether an option could not be read.
    """

    def __init__(self, sources: SourceReader, horizon: float) -> None:
        self.sources = sources
        self.records: RecordReader = sources.records
        self.report: Report = sources.report
        self.horizon = horizon
        self.broken = False
        self._changed: dict[int, tuple[str, Node]] = {}

    def options(self, node: Node) -> tuple[Option, ...]:
        """All options that can be read; the others are reported."""
        if not self.records.is_map(node, "options", say("options"), say("write hire: [cm]")):
            self.broken = True
            return ()
        found = [self.option(name, child) for name, child in node.items()]
        self.broken = None in found
        return tuple(option for option in found if option is not None)

    def option(self, name: str, node: Node) -> Option | None:
        """One option: a list of sources, or a map with sources or phases and a label."""
        path = f"options.{name}"
        if not self.records.is_name(name, node, say("option")):
            return None
        if name in RESERVED:
            message = say("an option cannot be called `{name}`: `expect` uses the word", name=name)
            self.report.add("E109", message, node.place, say("choose another name"), path)
            return None
        label = name if node.origin.is_written else label_of(name)
        if not isinstance(node.value, dict):
            return self.single(name, label, node)
        self.known_keys(node, OptionKeys, path)
        given = self.key(name, node, "label")
        label = label if given is None else str(given)
        lawful = self.key(name, node, "lawful") is True
        phases, sources = node.get("phases"), node.get("sources")
        if phases is not None and sources is not None:
            message = say("`{path}` has both `sources` and `phases`", path=path)
            self.report.add("E207", message, sources.place, say("keep one of the two"), path)
            return None
        if phases is not None:
            return self.phased(name, label, phases, lawful)
        if sources is None:
            message = say("`{path}` has neither `sources` nor `phases`", path=path)
            self.report.add("E202", message, node.place, say("list its sources: [cm]"), path)
            return None
        return self.single(name, label, sources, lawful)

    def key(self, name: str, node: Node, key: str) -> object:
        """A single value of an option; None when it has none that can be read."""
        given = node.get(key)
        quantity = keys_of(OptionKeys)[key].quantity
        assert quantity is not None
        path = f"options.{name}.{key}"
        return None if given is None else self.records.value(quantity, given, path)

    def known_keys(self, node: Node, record: type[Record], path: str) -> None:
        """Report the keys that a record does not have."""
        known = list(keys_of(record))
        for key, child in node.entries():
            if key not in known:
                unknown_key(key, child, known, path, self.report)

    def single(self, name: str, label: str, node: Node, lawful: bool = False) -> Option | None:
        """An option with the same sources throughout."""
        members = self.members(node, f"options.{name}", node)
        if members is None:
            return None
        phase = Phase(start=0.0, months=self.horizon, sources=members)
        return Option(name=name, label=label, phases=(phase,), lawful=lawful)

    def phased(self, name: str, label: str, node: Node, lawful: bool) -> Option | None:
        """An option in phases; the last one runs to the horizon."""
        path = f"options.{name}.phases"
        if not isinstance(node.value, list) or not node.value:
            message = say(
                "`{path}` takes a list of phases, found {found}", path=path, found=node.kind()
            )
            hint = say("write - {months: 12, sources: [agency]}")
            self.report.add("E203", message, node, hint, path)
            return None
        phases: list[Phase] = []
        start: float | None = 0.0
        complete = True
        for number, child in enumerate(node.value):
            here = f"{path}.{number}"
            if not isinstance(child.value, dict):
                message = say(
                    "`{here}` takes a map with months and sources, found {found}",
                    here=here,
                    found=child.kind(),
                )
                self.report.add(
                    "E203", message, child, say("write {months: 12, sources: [cm]}"), here
                )
                return None
            self.known_keys(child, PhaseKeys, here)
            members = self.members(child.get("sources"), f"{here}.sources", child)
            # Where the length of a phase is not known, neither are the starts of those after it.
            last = number == len(node.value) - 1
            months = None if start is None else self.months(child, here, start, last=last)
            if start is None or months is None or members is None:
                complete = False
            else:
                phases.append(Phase(start=start, months=months, sources=members))
            start = None if start is None or months is None else start + months
        if not complete:
            return None
        return Option(name=name, label=label, phases=tuple(phases), lawful=lawful)

    def months(self, node: Node, path: str, start: float, *, last: bool) -> float | None:
        """The months of a phase that begins at `start`."""
        given = node.get("months")
        if given is None:
            if last and start < self.horizon - _TOLERANCE:
                return self.horizon - start
            if last:
                self.misfit(
                    node,
                    path,
                    say(
                        "the phases before leave no time of the horizon of {months}",
                        months=self.whole(),
                    ),
                )
            else:
                message = say(
                    "`{path}.months` is missing: only the last phase runs to the horizon", path=path
                )
                self.report.add("E202", message, node, say("write months: 12"), path)
            return None
        quantity = keys_of(PhaseKeys)["months"].quantity
        assert quantity is not None
        months: float | None = self.records.value(quantity, given, f"{path}.months")
        if months is None:
            return None
        end = start + months
        if end > self.horizon + _TOLERANCE or (last and end < self.horizon - _TOLERANCE):
            self.misfit(
                given,
                path,
                say(
                    "the phases end at month {end}, not with the horizon of {months}",
                    end=format_digits(end),
                    months=self.whole(),
                ),
            )
            return None
        if not last and end > self.horizon - _TOLERANCE:
            self.misfit(
                given,
                path,
                say(
                    "this phase leaves no time to the next one of the horizon of {months}",
                    months=self.whole(),
                ),
            )
            return None
        return months

    def whole(self) -> Said:
        """The months of the horizon."""
        shown = format_digits(self.horizon)
        return counted(self.horizon, "{count} month", "{count} months", count=shown)

    def misfit(self, at: Node, path: str, message: str) -> None:
        """Report phases that do not fit the horizon."""
        hint = say("shorten a phase or lengthen the horizon; the last phase needs no months")
        self.report.add("E303", message, at, hint, path)

    def members(self, node: Node | None, path: str, around: Node) -> tuple[Source, ...] | None:
        """The sources of an option or phase, with its overrides applied."""
        if node is None or not isinstance(node.value, list) or not node.value:
            found = described(None) if node is None else node.kind()
            message = say("`{path}` takes a list of sources, found {found}", path=path, found=found)
            at = around if node is None else node
            self.report.add("E203", message, at, say("write [cm, agency]"), path)
            return None
        members: dict[str, Source] = {}
        complete = True
        for child in node.value:
            member = self.member(child, path)
            if member is None:
                complete = False
            elif member.name in members:
                message = say("`{name}` appears twice in `{path}`", name=member.name, path=path)
                self.report.add("E307", message, child, say("raise its headcount instead"), path)
                complete = False
            else:
                members[member.name] = member
        return tuple(members.values()) if complete else None

    def member(self, node: Node, path: str) -> Source | None:
        """A source as an option uses it."""
        override: Node | None = None
        if isinstance(node.value, dict) and len(node.value) == 1:
            ((name, override),) = node.value.items()
        elif isinstance(node.value, str):
            name = node.value
        else:
            message = say(
                "`{path}` lists names of sources, found {found}", path=path, found=node.kind()
            )
            hint = say("write `- cm`, or `- cm: {takes: 30%}` to change a field of it")
            self.report.add("E203", message, node, hint, path)
            return None
        if name not in self.sources.given:
            message = say(
                "`{path}` names {name}, which is not a source", path=path, name=shown(name)
            )
            close = self.report.closest(name, list(self.sources.given))
            way_out = close or say("declare it in `sources`")
            at = override.place if override is not None else node.origin
            self.report.add("E301", message, at, way_out, path)
            return None
        base = self.sources.read.get(name)
        if base is None or override is None or override.value is None:
            return base
        if not isinstance(override.value, dict):
            message = say(
                "`{path}.{name}` takes a map of fields, found {found}",
                path=path,
                name=name,
                found=override.kind(),
            )
            self.report.add("E203", message, override, say("write {takes: 30%}"), path)
            return None
        source, whole = self.sources.changed(name, override, f"{path}.{name}")
        if whole is not None:
            self._changed[id(override)] = name, whole
        return source

    def in_full(self, node: Node) -> Node:
        """An option as written, with what the defaults of changed sources make of it.

        In a scenario in full the sources spell out their defaults, so a change that would have
        changed a default has to say so itself.
        """
        value = node.value
        if isinstance(value, list):
            return node.replaced([self.in_full(child) for child in value])
        if isinstance(value, dict):
            if id(node) in self._changed:
                return node.replaced(self.sources.difference(*self._changed[id(node)]))
            return node.replaced({key: self.in_full(child) for key, child in value.items()})
        return node
