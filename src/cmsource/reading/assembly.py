"""The tree of a file to a `Scenario`, and to the same tree with every default spelled out."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from cmsource.countries import (
    Fact,
    UnknownCountry,
    UnknownRegion,
    known_countries,
    load_country,
)
from cmsource.reading import defaults, shortform
from cmsource.reading.checks import Read, every_use, names_used, run_checks
from cmsource.reading.defaults import Defaults, assumed, defaults_of
from cmsource.reading.expectations import ExpectationReader
from cmsource.reading.files import Home
from cmsource.reading.filling import FILLED, Filler, early
from cmsource.reading.inputs import FilledIn, GivenValues
from cmsource.reading.node import EXCLUSIVE, Node, Tree
from cmsource.reading.options import OptionReader
from cmsource.reading.overrides import Overrides
from cmsource.reading.report import Report
from cmsource.reading.sources import SourceReader
from cmsource.reading.standard_options import ROLES, StandardSources, standard_options
from cmsource.reading.typed import TypedReader, Unreadable
from cmsource.scenario.provenance import Origins
from cmsource.scenario.scenario import Assumption, Needs, Scenario
from cmsource.scenario.shape import Special, fields
from cmsource.scenario.sources import Employment, Source
from cmsource.values.later import Later
from cmsource.values.readers import Reader, WeekHours
from cmsource.values.text import shown
from cmsource.values.week import Week

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
_WAYS_TO_COUNT = EXCLUSIVE[-1]


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

    def with_profile(self, needs: Node | None) -> Node | None:
        """The needs with the weights of a profile in the place of the file that holds them."""
        profile = None if needs is None else needs.get("messages", "profile")
        if profile is None or not isinstance(profile.value, dict):
            return needs
        from cmsource.reading.profiles import with_profile

        return with_profile(needs, self.home, self.report)

    def scenario(self) -> tuple[Scenario | None, Later[Node]]:
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
        tree.setdefault("country", assumed(defaults.COUNTRY, "country", "no country given"))
        tree.setdefault("horizon", assumed(defaults.HORIZON, "horizon", "no horizon given"))
        country = self.country(tree)
        standards = country or defaults_of(defaults.COUNTRY, None)

        short, tree = shortform.take_short_form(tree, self.report)
        if short.alone:
            needs = tree["needs"]
            work = short.work(self.cover(needs, standards))
            tree["needs"] = Node({**needs.given(), **work}, needs.origin)
        tree = self.overrides.apply(tree, lambda keys: keys[0] not in ("sources", "options"))
        tree = {key: node for key, node in tree.items() if node.value is not None}
        filler = Filler(standards, self.cover(tree.get("needs"), standards))

        standard = "options" not in tree
        given = tree.get("sources")
        if standard and (given is None or isinstance(given.value, dict)):
            horizon = _early("horizon", tree) or 24.0
            sources, options = standard_options(given, StandardSources(short, filler), horizon)
            tree["sources"] = Node(sources, FILLED if given is None else given.origin)
            tree["options"] = Node(options, FILLED)
        tree = self.overrides.apply(tree, lambda _: True)
        tree["needs"] = filler.needs(self.with_profile(tree.get("needs")))
        tree["company"] = filler.company(tree.get("company"))
        return self.typed(tree, filler, country, standard=standard)

    def is_there(self, keys: Sequence[str], tree: Tree, *, alone: bool) -> bool:
        """Whether the file itself has what a path leads to, or nothing that would be in its way."""
        top = keys[0]
        given = tree.get(top)
        if top == "sources" and "options" not in tree and len(keys) > 1:
            own = given is not None and given.get(keys[1]) is not None
            return own or keys[1] not in ROLES
        if top == "options":
            return given is not None
        if top == "tools" and alone and len(keys) > 1:
            return given is not None and isinstance(given.value, dict)
        return given is not None or not (alone and top in ("needs", "require"))

    def unknown_keys(self, tree: Tree) -> None:
        """Report keys at the top that are of neither form, and leave them out."""
        known = [*fields(Scenario), *shortform.KEYS]
        for key in [key for key in tree if key not in known]:
            node = tree.pop(key)
            if key == "extends":
                message = "`extends` is only followed in a file"
                hint = "write it into the file; in Python, say which folder with root="
                self.report.add("E110", message, node.place, hint, "extends")
            else:
                typed = TypedReader("", self.report)
                typed.unknown_key(key, node, [*known, "extends"], "")

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
        reader = fields(Needs)["cover"].shape
        assert isinstance(reader, WeekHours)
        week: Week | None = early(reader, node)
        return week

    def typed(
        self, tree: Tree, filler: Filler, country: Defaults | None, *, standard: bool
    ) -> tuple[Scenario | None, Later[Node]]:
        """The values of the full tree, checked."""
        data = None if country is None else country.country
        typed = TypedReader("" if data is None else data.currency, self.report)
        values = self.values(tree, typed)
        horizon = values.get("horizon") or 24.0
        given = tree.get("sources")
        if given is not None and not isinstance(given.value, dict):
            message = f"`sources` takes a map of names, found {given.kind()}"
            self.report.add("E203", message, given, "write cm: {kind: employee}", "sources")
            return None, Later.of(self.root.replaced(tree))
        sources = SourceReader(typed, filler, {} if given is None else given.given())
        options = OptionReader(sources, horizon)
        values["sources"] = sources.read
        values["options"] = options.options(tree["options"])
        if not options.broken and not values["options"]:
            message = "there is no option to compare"
            self.report.add("E308", message, tree["options"], "write hire: [cm]", "options")
        names = [name for name, _ in tree["options"].items()]
        values["expect"] = ExpectationReader(typed, names).expectations(tree.get("expect"))
        full = Later(partial(self.in_full, tree, sources, options))
        self.counted_once(tree)
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
        if typed.ranges:
            from cmsource.reading.ranged import say_what_is_taken  # few scenarios have ranges

            say_what_is_taken(typed.ranges, self.report)
        if self.report.failed or data is None:
            return None, full
        scenario = Scenario(
            **values,
            file=self.file,
            currency=data.currency,
            country_data=data,
            inputs=GivenValues(*self.given),
            assumptions=FilledIn(partial(self.assumptions, full, values["sources"], country)),
            origins=Origins(tree),
        )
        return scenario, full

    def values(self, tree: Tree, typed: TypedReader) -> dict[str, Any]:
        """The values of the keys at the top that have no reading of their own."""
        values: dict[str, Any] = {}
        for name, field in fields(Scenario).items():
            node = tree.get(name)
            if node is None or isinstance(field.shape, Special):
                continue
            try:
                values[name] = typed.read(field.shape, node, name)
            except Unreadable:
                continue
        return values

    def counted_once(self, tree: Tree) -> None:
        """Messages are counted a day, a week or a month: one of the three."""
        messages = tree["needs"].get("messages")
        if messages is None or not isinstance(messages.value, dict):
            return
        given = [key for key in _WAYS_TO_COUNT if messages.get(key) is not None]
        if not given:
            message = "`needs.messages` says neither per_day, per_week nor per_month"
            path = "needs.messages.per_day"
            self.report.add("E202", message, messages.place, "write per_day: 40", path)
        for extra in given[1:]:
            message = f"`needs.messages` has both `{given[0]}` and `{extra}`"
            node = messages.get(extra)
            path = f"needs.messages.{extra}"
            self.report.add("E207", message, node and node.place, "keep one of the two", path)

    def in_full(self, tree: Tree, sources: SourceReader, options: OptionReader) -> Node:
        """The tree with the defaults of all sources and options spelled out."""
        full = {name: tree[name] for name in (*_FULL_ORDER, *fields(Scenario)) if name in tree}
        if "sources" in full:
            node = full["sources"]
            full["sources"] = node.replaced(dict(sources.filled))
        node = full["options"]
        inner = {name: options.in_full(child) for name, child in node.items()}
        full["options"] = node.replaced(inner)
        return self.root.replaced(full)

    def assumptions(
        self, full: Later[Node], sources: dict[str, Source], country: Defaults | None
    ) -> Iterator[Assumption]:
        """Every value that was filled in, and the payroll schedules that apply."""
        yield from _assumptions(full())
        assert country is not None
        data = country.country
        value = f"{data.name} {data.period}, line by line"
        ref = f"{data.code}: payroll {data.period}"
        for name, source in sources.items():
            terms = source.terms
            if isinstance(terms, Employment) and terms.charges is None:
                yield Assumption.of(f"sources.{name}.charges", value, _schedule_fact(country), ref)


def _early(key: str, tree: Tree) -> Any:  # noqa: ANN401 - as the key's reader says
    """A value at the top that is needed before it is typed; None where it cannot be read."""
    reader = fields(Scenario)[key].shape
    assert isinstance(reader, Reader)
    return early(reader, tree.get(key))


def _schedule_fact(country: Defaults) -> Fact:
    """The source of a country's payroll schedule: that of its first contribution."""
    facts = country.country.facts
    first = next((fact for key, fact in facts.items() if key.startswith("payroll.")), None)
    return first if first is not None else country.country.fact("employer_rate")


def _assumptions(full: Node) -> Iterator[Assumption]:
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
