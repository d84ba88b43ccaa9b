"""A scenario file to a `Scenario`: the steps of reading, in order.

Text to tree (`document`), bases merged (`files`), flags applied (`overrides`), the short form
expanded (`shortform`), gaps filled (`filling`), values typed (`typed`, `sources`), checks across
fields (`checks`). Every step reports what is wrong and goes on as far as it can, so that all
problems of a file are shown at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from cmsource.countries import Country, Fact, UnknownCountry, known_countries, load_country
from cmsource.diagnostics import Diagnostic, ScenarioError, did_you_mean, in_file_order
from cmsource.origin import Origin, Origins
from cmsource.quantities import QuantityError
from cmsource.readers import Reader, WeekHours
from cmsource.reading import shortform
from cmsource.reading.checks import Read, run_checks
from cmsource.reading.files import follow_bases, read_with_bases
from cmsource.reading.filling import DEFAULT_COUNTRY, DEFAULT_HORIZON, Filler, Tree, assumed
from cmsource.reading.node import Node, Report
from cmsource.reading.overrides import apply_overrides
from cmsource.reading.sources import SourceReader, expanded_option
from cmsource.reading.typed import TypedReader, Unreadable
from cmsource.scenario import Assumption, Expectation, Scenario
from cmsource.shape import Special, fields
from cmsource.sources import Employment
from cmsource.week import Week

_READING_ORDER = (
    "name",
    "country",
    "horizon",
    "start",
    "prices",
    "company",
    "own_time",
    "needs",
    "require",
    "context",
    "tools",
    "sources",
    "options",
    "expect",
)
"""The keys of a scenario in the order in which people read one."""


class Reading(NamedTuple):
    """What came of reading a file: a scenario when there is no error, and what was found.

    Attributes:
        scenario: the scenario, or None.
        diagnostics: errors and warnings, in the order of the file.
        tree: the scenario in full, every default spelled out, as far as it could be read.
    """

    scenario: Scenario | None
    diagnostics: tuple[Diagnostic, ...]
    tree: Node | None


def read_scenario(path: Path, overrides: Sequence[str] = (), root: Path | None = None) -> Reading:
    """Read a scenario file.

    Args:
        path: the file.
        overrides: ``path=value`` texts, as given to ``--set``.
        root: the folder tree to which ``extends`` is confined; by default the file's folder.
    """
    report = Report()
    tree = read_with_bases(path, path.parent if root is None else root, report)
    return _read(tree, str(path), path.stem, overrides, report)


def read_text(
    text: str, name: str = "scenario", overrides: Sequence[str] = (), root: Path | None = None
) -> Reading:
    """Read a scenario from its text; `root` is needed when it extends a file."""
    from cmsource.reading.document import read_document

    report = Report()
    tree = read_document(name, text, report)
    if tree is not None and root is not None:
        tree = follow_bases(tree, root / "scenario", root, report)
    return _read(tree, name, name, overrides, report)


def scenario_or_error(reading: Reading) -> Scenario:
    """The scenario of a reading.

    Raises:
        ScenarioError: it is not valid; the error carries all diagnostics.
    """
    if reading.scenario is None:
        raise ScenarioError(reading.diagnostics)
    return reading.scenario


def _read(
    root: Node | None, file: str, stem: str, overrides: Sequence[str], report: Report
) -> Reading:
    scenario = tree = None
    if root is not None and not isinstance(root.value, dict):
        hint = "`cmsource init` writes one to start from"
        report.add("E112", f"a scenario is a map of keys, found {root.kind()}", root, hint)
    elif root is not None:
        root = apply_overrides(root, overrides, report)
        scenario, tree = _Assembly(root, file, stem, report).scenario()
    diagnostics = tuple(in_file_order(report.found))
    if report.failed or scenario is None:
        return Reading(None, diagnostics, tree)
    warnings = tuple(found for found in diagnostics if found.severity == "warning")
    return Reading(scenario._replace(warnings=warnings), diagnostics, tree)


class _Assembly:
    """Puts a scenario together from the tree of its file."""

    def __init__(self, root: Node, file: str, stem: str, report: Report) -> None:
        self.root = root
        self.file = file
        self.stem = stem
        self.report = report
        self.tree: Tree = {name: node for name, node in root.entries() if not name.startswith("x-")}
        self.unknown_keys()
        self.tree = {name: node for name, node in self.tree.items() if node.value is not None}
        source = "no country given"
        self.tree.setdefault("country", assumed(DEFAULT_COUNTRY, "country", source))
        source = "no horizon given"
        self.tree.setdefault("horizon", assumed(DEFAULT_HORIZON, "horizon", source))
        self.start: date | None = self.early("start")
        self.country = self.load_country()
        self.horizon: float = self.early("horizon") or 24.0

    def unknown_keys(self) -> None:
        """Report keys at the top that are of neither form, and leave them out."""
        known = [*fields(Scenario), *shortform.KEYS]
        typed = TypedReader("", self.report)
        for name in [name for name in self.tree if name not in known]:
            typed.unknown_key(name, self.tree.pop(name), known, "")

    def early(self, key: str) -> Any:  # noqa: ANN401 - as the key's reader says
        """A value that later steps need; what is wrong with it is reported when it is typed."""
        node = self.tree.get(key)
        reader = fields(Scenario)[key].shape
        if node is None or not isinstance(reader, Reader):
            return None
        try:
            value = node.value
            return (
                None if value is None or isinstance(value, (dict, list)) else reader.read(value, "")
            )
        except QuantityError:
            return None

    def load_country(self) -> Country:
        """The country's sourced values; those of the default country when it is unknown."""
        node = self.tree["country"]
        code = node.value if isinstance(node.value, str) else ""
        known = known_countries()
        by_name = {name.casefold(): name for name in known}
        try:
            return load_country(by_name.get(code.casefold(), code), self.start)
        except UnknownCountry:
            hint = did_you_mean(code, known) if code else f"one of {', '.join(known)}"
            message = f"unknown country: {node.kind()}"
            self.report.add("E206", message, node, hint, "country")
            return load_country(DEFAULT_COUNTRY, self.start)

    def scenario(self) -> tuple[Scenario | None, Node]:
        """The scenario, when all of it can be read, and its tree in full."""
        short = {key: self.tree[key] for key in shortform.short_keys(self.tree)}
        is_short = bool(short) or not self.tree.keys() & {"needs", "sources", "options"}
        tree = shortform.expand_short_form(self.tree, self.report)
        needs = tree.get("needs")
        cover = self.cover(needs, short)
        filler = Filler(self.country, cover)
        if is_short:
            work = shortform.short_needs(short, filler, self.report)
            needs = Node({**dict(needs.items() if needs else ()), **work}, self.root.origin)
        tree["needs"] = filler.needs(needs)
        if self.country.facts.get("company_size") is not None:
            company = tree.get("company")
            inner = dict(company.items()) if company is not None else {}
            if company is None or isinstance(company.value, dict):
                inner.setdefault("size", filler.fact("company_size"))
                origin = company.origin if company is not None else self.root.origin
                tree["company"] = Node(inner, origin, company.key if company else None)
        standard = "options" not in tree
        if standard and isinstance(tree.get("sources", self.root).value, dict):
            minutes = shortform.daily_minutes(short, Report())
            sources = shortform.StandardSources(short, filler, minutes)
            found, options = shortform.standard_options(tree, sources, self.horizon)
            origin = tree["sources"].origin if "sources" in tree else self.root.origin
            tree["sources"] = Node(found, origin)
            tree["options"] = Node(options, Origin("built-in", "built-in"))
        return self.typed(tree, filler, standard=standard)

    def cover(self, needs: Node | None, short: Tree) -> Week | None:
        """The hours to be covered, when they can be read; office hours when none are given."""
        node = short.get("cover") or (needs.get("cover") if needs is not None else None)
        if node is None:
            return WeekHours().read(self.country.value("office_hours"), "")
        if not isinstance(node.value, str):
            return None
        try:
            return WeekHours().read(node.value, "")
        except QuantityError:
            return None

    def typed(self, tree: Tree, filler: Filler, *, standard: bool) -> tuple[Scenario | None, Node]:
        """The values of the full tree, checked."""
        typed = TypedReader(self.country.currency, self.report)
        values: dict[str, Any] = {}
        complete = True
        for name, field in fields(Scenario).items():
            node = tree.get(name)
            if node is None or isinstance(field.shape, Special):
                continue
            try:
                values[name] = typed.read(field.shape, node, name)
            except Unreadable:
                complete = False
        given = tree.get("sources")
        sources = SourceReader(typed, filler, dict(given.items()) if given is not None else {})
        if given is not None and not isinstance(given.value, dict):
            message = f"`sources` takes a map of names, found {given.kind()}"
            self.report.add("E203", message, given, "write cm: {kind: employee}", "sources")
        values["sources"] = sources.sources()
        values["options"] = ()
        if "options" in tree:
            try:
                values["options"] = sources.options(tree["options"], self.horizon)
            except Unreadable:
                complete = False
            if complete and not self.report.failed and not values["options"]:
                message = "there is no option to compare"
                self.report.add("E308", message, tree["options"], "write hire: [cm]", "options")
        values["expect"] = self.expectations(tree.get("expect"))
        full = self.in_full(tree, sources, filler)
        whole = Node(tree, self.root.origin)
        read = Read(
            whole,
            self.country,
            values.get("needs"),
            values.get("require"),
            values["sources"],
            values["options"],
            standard,
        )
        self.counted_once(tree)
        run_checks(read, self.report)
        if not complete or self.report.failed:
            return None, full
        values["name"] = values.get("name") or self.stem
        return (
            Scenario(
                **values,
                file=self.file,
                currency=self.country.currency,
                country_data=self.country,
                assumptions=tuple(self.assumptions(full, values["sources"])),
                origins=Origins({name: node.origin for name, node in tree.items()}),
            ),
            full,
        )

    def counted_once(self, tree: Tree) -> None:
        """Messages are counted a day, a week or a month: one of the three."""
        messages = tree["needs"].get("messages")
        if messages is None or not isinstance(messages.value, dict):
            return
        ways = ("per_day", "per_week", "per_month")
        given = [way for way in ways if messages.get(way) is not None]
        if not given:
            message = "`needs.messages` says neither per_day, per_week nor per_month"
            self.report.add("E202", message, messages, "write per_day: 40", "needs.messages")
        for extra in given[1:]:
            node = messages.get(extra)
            message = f"`needs.messages` has both `{given[0]}` and `{extra}`"
            hint = "keep one of the two"
            self.report.add(
                "E207", message, node.key if node else None, hint, f"needs.messages.{extra}"
            )

    def expectations(self, node: Node | None) -> tuple[Expectation, ...]:
        """What the scenario expects of its result, as written."""
        if node is None:
            return ()
        if not isinstance(node.value, dict):
            message = f"`expect` takes a map, found {node.kind()}"
            self.report.add("E203", message, node, "write recommended: hybrid", "expect")
            return ()
        found = []
        for name, child in node.items():
            if isinstance(child.value, dict):
                found += [
                    Expectation(name, figure, str(bound.value), bound.origin.ref)
                    for figure, bound in child.items()
                ]
            elif isinstance(child.value, list):
                names = tuple(str(element.value) for element in child.value)
                found.append(Expectation(name, "", names, child.origin.ref))
            else:
                found.append(Expectation(name, "", str(child.value), child.origin.ref))
        return tuple(found)

    def in_full(self, tree: Tree, sources: SourceReader, filler: Filler) -> Node:
        """The tree with the defaults of all sources and options spelled out."""
        full: Tree = {}
        for name in sorted(tree, key=_READING_ORDER.index):
            node = tree[name]
            if name == "sources" and isinstance(node.value, dict):
                node = Node(dict(sources.filled), node.origin, node.key)
            elif name == "options" and isinstance(node.value, dict):
                inner = {
                    key: expanded_option(child, sources.given, filler)
                    for key, child in node.items()
                }
                node = Node(inner, node.origin, node.key)
            full[name] = node
        return Node(full, self.root.origin)

    def assumptions(self, full: Node, sources: Mapping[str, Any]) -> Iterator[Assumption]:
        """Every value that was filled in, and the payroll schedules that apply."""
        yield from _assumptions(full, "")
        for name, source in sources.items():
            terms = source.terms
            if isinstance(terms, Employment) and terms.charges is None:
                country = self.country
                value = f"{country.name} {country.period}, line by line"
                ref = f"{country.code}: payroll {country.period}"
                fact = _schedule_fact(country)
                yield Assumption.of(f"sources.{name}.charges", value, fact, ref)


def _schedule_fact(country: Country) -> Fact:
    """The source of a country's payroll schedule: that of its first contribution."""
    first = next((fact for key, fact in country.facts.items() if key.startswith("payroll.")), None)
    return first if first is not None else country.fact("employer_rate")


def _assumptions(node: Node, path: str) -> Iterator[Assumption]:
    fact = node.origin.fact
    if fact is not None and not isinstance(node.value, (dict, list)):
        yield Assumption.of(path, str(node.value), fact, node.origin.ref)
    children: Sequence[tuple[str, Node]] = [*node.items()]
    if isinstance(node.value, list):
        children = [(str(number), child) for number, child in enumerate(node.value)]
    for name, child in children:
        yield from _assumptions(child, f"{path}.{name}" if path else name)
