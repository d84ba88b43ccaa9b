"""The tree of a file to a `Scenario`, and to the same tree with every default spelled out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cmsource.countries import (
    Fact,
    UnknownCountry,
    UnknownRegion,
    known_countries,
    load_country,
)
from cmsource.reading.checks import Read, every_use, names_used, run_checks
from cmsource.reading.expectations import ExpectationReader
from cmsource.reading.files import Home
from cmsource.reading.inputs import given_values
from cmsource.reading.options import OptionReader
from cmsource.reading.overrides import Overrides
from cmsource.reading.profiles import with_profile
from cmsource.reading.records import RecordReader, unknown_key
from cmsource.reading.report import Report
from cmsource.reading.shortform import take_short_form
from cmsource.reading.sources import SourceReader
from cmsource.reading.standard_options import is_standard, standard_options
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.company import Company
from cmsource.scenario.defaults import Defaults, assumed, defaults_of
from cmsource.scenario.draft import FILLED, early, filled
from cmsource.scenario.employment import Employment
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.needs import Needs
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.provenance import Origins
from cmsource.scenario.record import keys_of
from cmsource.scenario.scenario import Scenario, ScenarioKeys
from cmsource.scenario.shortform import ShortForm
from cmsource.scenario.source import Source
from cmsource.scenario.standard_job import StandardJob
from cmsource.values.text import shown
from cmsource.values.week import Week

COUNTRY = "FR"
HORIZON = "24 months"

_FULL_ORDER = (
    "name",
    "country",
    "horizon",
    "start",
    "region",
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

_LONGEST_CODE = 3
_READ_APART = ("sources", "options", "expect")
"""Keys at the top whose values rest on others: they have readings of their own."""


class Assembly:
    """Puts a scenario together.

    Args:
        root: the tree of its file, bases merged.
        home: the file as the user named it, and where the files that it names are looked for.
        name: the scenario's name when it gives none.
        overrides: the flags of the command.
        report: receives what is wrong.
    """

    def __init__(
        self, root: Node, home: Home, name: str, overrides: Overrides, report: Report
    ) -> None:
        self.root = root
        self.home = home
        self.file = home.file
        self.name = name
        self.overrides = overrides
        self.given: tuple[Node, Sequence[tuple[str, Node]]] = (root, ())
        self.report = report

    def scenario(self) -> tuple[Scenario | None, Node]:
        """The scenario, when all of it can be read, and its tree in full."""
        tree = {key: node for key, node in self.root.entries() if not key.startswith("x-")}
        # A flag may name what is not in the file but comes of it: the parts of a short form, the
        # standard sources and options. Such a flag waits until they are there.
        alone = not tree.keys() & {"needs", "sources", "options"}
        tree = self.overrides.apply(tree, lambda keys: self.is_there(keys, tree, alone=alone))
        self.given = self.root.replaced(tree), self.overrides.values
        self.unknown_keys(tree)
        tree = {key: node for key, node in tree.items() if node.value is not None}
        tree.setdefault("name", Node(self.name, FILLED))
        tree.setdefault("country", assumed(COUNTRY, "country", "no country given"))
        tree.setdefault("horizon", assumed(HORIZON, "horizon", "no horizon given"))
        country = self.country(tree)
        standards = country or defaults_of(COUNTRY, None)

        short, tree = take_short_form(tree, self.report)
        if short.alone:
            needs = tree["needs"]
            work = short.work(self.cover(needs, standards))
            tree["needs"] = Node({**needs.given(), **work}, needs.origin)
        tree = self.overrides.apply(tree, lambda keys: keys[0] not in ("sources", "options"))
        tree = {key: node for key, node in tree.items() if node.value is not None}
        cover = self.cover(tree.get("needs"), standards)

        standard = "options" not in tree
        given = tree.get("sources")
        if standard and (given is None or isinstance(given.value, dict)):
            horizon = _early("horizon", tree) or 24.0
            job = StandardJob(short.keys, short.minutes, standards, cover)
            sources, options = standard_options(given, job, horizon)
            tree["sources"] = Node(sources, FILLED if given is None else given.origin)
            tree["options"] = Node(options, FILLED)
        tree = self.overrides.apply(tree, lambda _: True)
        whole = with_profile(tree.get("needs"), self.home, self.report)
        tree["needs"] = filled(Needs, whole, standards, cover)
        tree["company"] = filled(Company, tree.get("company"), standards, cover)
        records = RecordReader("" if country is None else country.country.currency, self.report)
        given = tree.get("sources")
        reader = SourceReader(
            records,
            lambda node: _filled_source(node, standards, cover),
            {} if given is None else given.given(),
        )
        return self.checked(tree, records, reader, country, standard=standard)

    def is_there(self, keys: Sequence[str], tree: Tree, *, alone: bool) -> bool:
        """Whether the file itself has what a path leads to, or nothing that would be in its way."""
        top = keys[0]
        given = tree.get(top)
        if top == "sources" and "options" not in tree and len(keys) > 1:
            own = given is not None and given.get(keys[1]) is not None
            return own or not is_standard(keys[1])
        if top == "options":
            return given is not None
        if top == "tools" and alone and len(keys) > 1:
            return given is not None and isinstance(given.value, dict)
        return given is not None or not (alone and top in ("needs", "require"))

    def unknown_keys(self, tree: Tree) -> None:
        """Report keys at the top that are of neither form, and leave them out."""
        known = [*ScenarioKeys.model_fields, *ShortForm.model_fields]
        for key in [key for key in tree if key not in known]:
            node = tree.pop(key)
            if key == "extends":
                message = "`extends` is only followed in a file"
                hint = "write it into the file; in Python, say which folder with root="
                self.report.add("E110", message, node.place, hint, "extends")
            else:
                unknown_key(key, node, [*known, "extends"], "", self.report)

    def country(self, tree: Tree) -> Defaults | None:
        """What the country says; None, and a report, when it is unknown."""
        node = tree["country"]
        code = node.value if isinstance(node.value, str) else ""
        try:
            if len(code) <= 20:  # longer ones are no folder's name
                return self.dated(code, tree)
        except UnknownCountry:
            pass
        known = known_countries()
        names = {load_country(each).name: each for each in known}
        hint = self.report.closest(code, [*known, *names]) if code else f"one of {', '.join(known)}"
        for name, each in names.items():
            hint = hint.replace(f"did you mean `{name}`", f"did you mean `{each}` ({name})")
        self.report.add("E206", f"unknown country: {node.kind()}", node, hint, "country")
        return None

    def dated(self, code: str, tree: Tree) -> Defaults:
        """What the country says about the time and the region of the scenario.

        Raises:
            UnknownCountry: there is no such country.
        """
        start = _early("start", tree)
        months = _early("horizon", tree) or 24.0
        region = _early("region", tree)
        try:
            return defaults_of(code, start, months, region)
        except UnknownRegion as error:
            names = [name for name in error.known if len(name) > _LONGEST_CODE] or error.known
            hint = self.report.closest(error.region, names)
            hint += "; leave it out where the national calendar holds"
            if not error.known:
                hint = "leave it out: the country has one calendar"
            message = f"`region`: no public holidays of a region {shown(error.region)} are known"
            self.report.add("E208", message, tree["region"], hint, "region")
            return defaults_of(code, start, months)

    def cover(self, needs: Node | None, standards: Defaults) -> Week | None:
        """The hours to be covered, when they can be read; office hours when none are given."""
        node = None if needs is None else needs.get("cover")
        if node is None:
            return standards.office
        week: Week | None = early(Needs, "cover", node)
        return week

    def checked(
        self,
        tree: Tree,
        records: RecordReader,
        sources: SourceReader,
        country: Defaults | None,
        *,
        standard: bool,
    ) -> tuple[Scenario | None, Node]:
        """The values of the full tree, checked one by one and against each other."""
        data = None if country is None else country.country
        values = self.values(tree, records)
        horizon = values.get("horizon") or 24.0
        given = tree.get("sources")
        if given is not None and not records.is_map(
            given, "sources", "names", "write cm: {kind: employee}"
        ):
            return None, self.root.replaced(tree)
        sources.read_all()
        options = OptionReader(sources, horizon)
        values["sources"] = sources.read
        values["options"] = options.options(tree["options"])
        if not options.broken and not values["options"]:
            message = "there is no option to compare"
            self.report.add("E308", message, tree["options"], "write hire: [cm]", "options")
        names = [name for name, _ in tree["options"].items()]
        currency = "" if data is None else data.currency
        expectations = ExpectationReader(records, currency, names)
        values["expect"] = expectations.expectations(tree.get("expect"))
        full = self.in_full(tree, sources, options)
        read = Read(
            self.root.replaced(tree),
            data,
            values.get("needs"),
            values.get("require"),
            horizon,
            values["sources"],
            values["options"],
            standard,
            not options.broken,
            every_use(values["sources"], values["options"]),
            names_used(values["options"]),
            self.report.closest,
        )
        run_checks(read, self.report)
        records.say_what_is_taken()
        if self.report.failed or country is None:
            return None, full
        scenario = Scenario(
            **values,
            file=self.file,
            currency=currency,
            country_data=data,
            inputs=given_values(*self.given),
            assumptions=tuple(_assumptions(full, values["sources"], country)),
        )
        return scenario.remember(Origins(tree)), full

    def values(self, tree: Tree, records: RecordReader) -> dict[str, Any]:
        """The values of the keys at the top: each that can be read, whatever the others say."""
        values: dict[str, Any] = {}
        for name, key in keys_of(ScenarioKeys).items():
            node = tree.get(name)
            if node is None or name in _READ_APART:
                continue
            value: object = None
            if key.named is not None and key.record is not None:
                value = records.map_of(key.record, key.named.noun, node, name)
            elif key.record is not None:
                value = records.record(key.record, node, name)
            elif key.quantity is not None:
                value = records.value(key.quantity, node, name)
            if value is not None:
                values[name] = value
        return values

    def in_full(self, tree: Tree, sources: SourceReader, options: OptionReader) -> Node:
        """The tree with the defaults of all sources and options spelled out."""
        full = {name: tree[name] for name in _FULL_ORDER if name in tree}
        if "sources" in full:
            node = full["sources"]
            full["sources"] = node.replaced(dict(sources.filled))
        node = full["options"]
        inner = {name: options.in_full(child) for name, child in node.items()}
        full["options"] = node.replaced(inner)
        return self.root.replaced(full)


def _filled_source(node: Node, defaults: Defaults, cover: Week | None) -> Node:
    """A source with the gaps of its kind filled."""
    word = node.get("kind")
    kind = KINDS.get(word.value) if word and isinstance(word.value, str) else None
    return node if kind is None else filled(kind, node, defaults, cover)


def _early(key: str, tree: Tree) -> Any:  # noqa: ANN401 - as the key's quantity says
    """A value at the top that is needed before it is checked; None where it cannot be read."""
    return early(ScenarioKeys, key, tree.get(key))


def _assumptions(
    full: Node, sources: Mapping[str, Source], country: Defaults
) -> Iterator[Assumption]:
    """Every value that was filled in, and the payroll schedules that apply."""
    yield from _filled_in(full)
    data = country.country
    value = f"{data.name} {data.period}, line by line"
    ref = f"{data.code}: payroll {data.period}"
    for name, source in sources.items():
        if isinstance(source, Employment) and source.charges is None:
            yield Assumption.of(f"sources.{name}.charges", value, _schedule_fact(country), ref)


def _schedule_fact(country: Defaults) -> Fact:
    """The source of a country's payroll schedule: that of its first contribution."""
    facts = country.country.facts
    first = next((fact for key, fact in facts.items() if key.startswith("payroll.")), None)
    return first if first is not None else country.country.fact("employer_rate")


def _filled_in(full: Node) -> Iterator[Assumption]:
    """The values of a tree that have a source rather than a place."""
    waiting = [("", full)]
    while waiting:
        path, node = waiting.pop()
        value = node.value
        if isinstance(value, dict):
            prefix = f"{path}." if path else ""
            waiting += [(prefix + name, child) for name, child in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(f"{path}.{n}", child) for n, child in reversed(list(enumerate(value)))]
        elif (fact := node.origin.fact) is not None and value is not None:
            yield Assumption.of(path, str(value), fact, node.origin.ref)
