"""The tree of a file completed: flags applied, short form and standard options spelled out."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from cmsource.countries import (
    UnknownCountry,
    UnknownRegion,
    completed,
    placed,
    territory_named,
    which_country,
    without_country,
)
from cmsource.reading.country_files import is_country_file, read_own_country
from cmsource.reading.files import Home, NotFollowed, followed
from cmsource.reading.market import OWN_TIME_WAGE, own_prices
from cmsource.reading.overrides import Overrides
from cmsource.reading.prices_in_full import counted_in, prices_in_full, sources_in
from cmsource.reading.records import unknown_key
from cmsource.reading.report import Report
from cmsource.reading.shortform import take_short_form
from cmsource.reading.standard_options import is_standard, standard_options
from cmsource.reading.usual_words import in_usual_words, with_usual_months
from cmsource.scenario.activity import Activity
from cmsource.scenario.company import Company
from cmsource.scenario.counts import COUNTS
from cmsource.scenario.defaults import COUNTRY, HORIZON, Defaults, assumed, defaults_of
from cmsource.scenario.draft import FILLED, early, early_value, filled
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.needs import Messages, Needs
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.record import keys_of
from cmsource.scenario.require import asks_for_nothing
from cmsource.scenario.scenario import Brand, ScenarioKeys
from cmsource.scenario.short_prices import path_in_full
from cmsource.scenario.shortform import ShortForm
from cmsource.scenario.standard_job import StandardJob
from cmsource.values.currencies import currency_of
from cmsource.values.language import say
from cmsource.values.text import shown
from cmsource.values.week import Week

if TYPE_CHECKING:  # few scenarios have brands
    from cmsource.reading.brands import ReadFile

_LONGEST_CODE = 3
_NO_OWN_TIME = assumed(
    "0/h",
    "own_time",
    say("assumption: no country, no wage is known to value it by, and nobody takes any"),
)
_DONE = assumed(
    "95%",
    "require",
    say("no `require` given: doing the job means doing the work; `none` asks for none"),
)


class Completed(NamedTuple):
    """A scenario of which nothing is left out but what its sources take for granted.

    Attributes:
        given: its tree as the file and the flags give it.
        waiting: flags that change what is not in the file but comes of it, as path and value.
        tree: its entries, those filled in included.
        country: what its country says; None when that is unknown.
        standards: the same, or what the usual country says.
        cover: the hours to be covered, when they can be read.
        standard: whether its options are the standard ones.
        short: whether it is in short form.
        brands: those whose needs are its own, in its order.
    """

    given: Node
    waiting: Sequence[tuple[str, Node]]
    tree: Tree
    country: Defaults | None
    standards: Defaults
    cover: Week | None
    standard: bool
    short: bool
    brands: Sequence[Brand] = ()

    @property
    def currency(self) -> str:
        """The code of its currency; "" when it is not known."""
        return "" if self.country is None else self.country.country.currency

    @property
    def lacks_own_time(self) -> bool:
        """Whether nothing is known by which the company's own time could be valued."""
        return self.tree.get("own_time") is _NO_OWN_TIME

    def filled_source(self, node: Node) -> Node:
        """A source with the gaps of its kind filled."""
        word = node.get("kind")
        kind = KINDS.get(word.value) if word and isinstance(word.value, str) else None
        return node if kind is None else filled(kind, node, self.standards, self.cover)


def complete(
    root: Node,
    home: Home,
    name: str,
    overrides: Overrides,
    report: Report,
    read: "ReadFile | None" = None,
) -> Completed:
    """Complete the tree of a file.

    Args:
        root: the tree, bases merged.
        home: the file as the user named it, and where the files that it names are looked for.
        name: the scenario's name when it gives none.
        overrides: the flags of the command.
        report: receives what is wrong.
        read: reads the scenario of a brand; None where the file is one itself.
    """
    tree = prices_in_full(_with_requirements(_without_notes(dict(root.entries()))), report)
    flags = bool(overrides.waiting)
    if flags:
        names, counted = sources_in(tree), counted_in(tree)
        overrides.rename(lambda keys: path_in_full(keys, names, counted))
    # A flag may name what is not in the file but comes of it: the parts of a short form, the
    # standard sources and options. Such a flag waits until they are there.
    alone = not tree.keys() & {"needs", "sources", "options", "brands"}
    tree = with_usual_months(tree)
    tree = overrides.apply(tree, lambda keys: _is_there(keys, tree, alone=alone))
    tree = in_usual_words(_with_requirements(_without_notes(tree)))
    if flags:  # which may say prices in short
        tree = prices_in_full(tree, report)
    given, waiting = root.replaced(tree), overrides.values
    _report_unknown_keys(tree, report)
    tree = {key: node for key, node in tree.items() if node.value is not None}
    brands: Sequence[Brand] = ()
    if "brands" in tree:
        from cmsource.reading.brands import brands_of, with_needs

        brands = brands_of(tree["brands"], home, read, report)
        tree = with_needs(tree, brands, report)
    tree.setdefault("name", Node(name, FILLED))
    if "currency" not in tree:
        tree.setdefault("country", assumed(COUNTRY, "country", say("no country given")))
    tree.setdefault("horizon", assumed(HORIZON, "horizon", say("no horizon given")))
    country = _country(tree, home, report)
    standards = country or _unknown()

    short, tree = take_short_form(tree, report)
    if short.alone:
        needs = tree["needs"]
        work = short.work(_cover(needs, standards))
        tree["needs"] = Node({**needs.given(), **work}, needs.origin)
    tree = _applied(overrides, tree, lambda key: key not in ("sources", "options", "require"))
    tree = {key: node for key, node in tree.items() if node.value is not None}
    cover = _cover(tree.get("needs"), standards)

    standard = "options" not in tree
    own = tree.get("sources")
    if standard and (own is None or isinstance(own.value, dict)):
        job = StandardJob(short.keys, short.minutes, standards, cover)
        sources, options = standard_options(own, job, _early("horizon", tree) or 24.0)
        tree["sources"] = Node(sources, FILLED if own is None else own.origin)
        tree["options"] = Node(options, FILLED)
    if _asks_nothing_yet(tree.get("require")) and _has_work(tree.get("needs")):
        said = tree["require"].given() if "require" in tree else {}
        tree["require"] = Node({**said, "work_done": _DONE}, FILLED)
    tree = _with_requirements(_applied(overrides, tree, lambda _: True))
    tree["needs"] = filled(Needs, _with_profile(tree.get("needs"), home, report), standards, cover)
    tree["company"] = filled(Company, tree.get("company"), standards, cover)
    if "own_time" not in tree and OWN_TIME_WAGE not in standards.country.facts:
        tree["own_time"] = _NO_OWN_TIME
    return Completed(given, waiting, tree, country, standards, cover, standard, short.alone, brands)


def _with_profile(needs: Node | None, home: Home, report: Report) -> Node | None:
    """What is needed, with the weights of a profile in the place of the file that holds them."""
    profile = None if needs is None else needs.get("messages", "profile")
    if needs is None or profile is None or not isinstance(profile.value, dict):
        return needs
    from cmsource.reading.profiles import with_weights

    return with_weights(needs, home, report)


def _applied(overrides: Overrides, tree: Tree, now: Callable[[str], bool]) -> Tree:
    """A tree with the flags in it that wait and lead to a key whose time has come."""
    if not overrides.waiting:
        return tree
    return in_usual_words(overrides.apply(tree, lambda keys: now(keys[0])))


def _without_notes(tree: Tree) -> Tree:
    """A scenario without what people and aliases keep for themselves."""
    return {key: node for key, node in tree.items() if not key.startswith("x-")}


def _with_requirements(tree: Tree) -> Tree:
    """A scenario in which requirements are a map, to which flags may add, when nothing is asked.

    A flag takes requirements away for good; a key with nothing behind it is not given.
    """
    node = tree.get("require")
    if node is None:
        return tree
    taken_away = node.value is None and node.origin.kind == "set"
    nothing = taken_away or asks_for_nothing(node.value)
    return {**tree, "require": node.replaced({})} if nothing else tree


def _asks_nothing_yet(require: Node | None) -> bool:
    """Whether nothing is said of requirements but which months they are held against."""
    return require is None or require.given().keys() == {"season"}


def _is_there(keys: Sequence[str], tree: Tree, *, alone: bool) -> bool:
    """Whether the file itself has what a path leads to, or nothing that would be in its way."""
    top = keys[0]
    given = tree.get(top)
    if top == "sources" and "options" not in tree and len(keys) > 1:
        own = given is not None and given.get(keys[1]) is not None
        return own or not is_standard(keys[1])
    if top == "options":
        return given is not None
    if top == "needs" and "brands" in tree:
        return False
    if top == "tools" and alone and len(keys) > 1:
        return given is not None and isinstance(given.value, dict)
    return given is not None or not (top == "require" or (alone and top == "needs"))


def _report_unknown_keys(tree: Tree, report: Report) -> None:
    """Report keys at the top that are of neither form, and leave them out."""
    known = list(dict.fromkeys((*ScenarioKeys.model_fields, *ShortForm.model_fields)))
    for key in [key for key in tree if key not in known]:
        node = tree.pop(key)
        if key == "extends":
            message = say("`extends` is only followed in a file")
            hint = say("write it into the file; in Python, say which folder with root=")
            report.add("E110", message, node.place, hint, "extends")
        else:
            unknown_key(key, node, [*known, "extends"], "", report)


def _country(tree: Tree, home: Home, report: Report) -> Defaults | None:
    """What the country says; None, and a report, when it is unknown."""
    if "country" not in tree:
        return _no_country(tree, report)
    found = _known_country(tree, home, report)
    said = _early("currency", tree)
    if found is not None and said is not None and said != found.country.currency:
        message = say(
            "`currency` is {currency}, and the amounts of `country` are in {other}",
            currency=said,
            other=found.country.currency,
        )
        hint = say("leave one of the two out: without a country nothing national is filled in")
        report.add("E207", message, tree["currency"], hint, "currency")
        return None
    return found


def _no_country(tree: Tree, report: Report) -> Defaults:
    """Neutral assumptions, and what the scenario itself says of wages and prices."""
    start, currency = _early("start", tree), _early("currency", tree) or ""
    if "region" in tree:
        message = say("`region` is one of a country, and there is no country")
        report.add("E208", message, tree["region"], say("say `country`, or leave it out"), "region")
    bare = Defaults(without_country(currency, start, {}))
    own = own_prices(tree, bare, _cover(tree.get("needs"), bare))
    return Defaults(without_country(currency, start, own))


def _known_country(tree: Tree, home: Home, report: Report) -> Defaults | None:
    """What a country says of which there are sourced values; None, and a report, for others."""
    node = tree["country"]
    code = node.value.strip() if isinstance(node.value, str) else ""
    if is_country_file(code):
        return _own_country(code, tree, home, report)
    try:
        return _in_place(tree, report, partial(defaults_of, code))
    except UnknownCountry:
        currency = currency_of(territory_named(code)) or "CHF"
        others = say(
            "name a file of your own, `country: ./XX.yaml` (`cmsource countries --template` "
            "writes one), or say `currency: {currency}` and no country",
            currency=currency,
        )
        hint = which_country(code, others)
        report.add(
            "E206", say("unknown country: {found}", found=node.kind()), node, hint, "country"
        )
        return None


@cache
def _unknown() -> Defaults:
    """What stands in for a country that cannot be read: nothing is too long for its contracts."""
    neutral = without_country("", None, {})
    week = neutral.fact("full_time_hours")._replace(value=168)
    return Defaults(neutral._replace(facts={**neutral.facts, "full_time_hours": week}))


def _own_country(name: str, tree: Tree, home: Home, report: Report) -> Defaults | None:
    """What a file of the user's says of a country, with neutral assumptions where it says nothing.

    None, and a report, where it cannot be read.
    """
    node = tree["country"]
    try:
        path = followed(node.replaced(name), home, absolute=True)
    except NotFollowed as error:
        report.add("E118", error.problem, node, error.hint, "country")
        return None
    found = read_own_country(path, report, node)
    if found is None:
        return None

    def defaults(start: date | None, months: float, region: str | None = None) -> Defaults:
        country = placed(found.country(start), start, months, region)
        bare = Defaults(completed(country, {}))
        own = own_prices(tree, bare, _cover(tree.get("needs"), bare))
        return Defaults(completed(country, own))

    return _in_place(tree, report, defaults)


def _in_place(tree: Tree, report: Report, defaults: Callable[..., Defaults]) -> Defaults:
    """What a country says of the time and the region of the scenario.

    Raises:
        UnknownCountry: there is no such country.
    """
    start = _early("start", tree)
    months = _early("horizon", tree) or 24.0
    region = _early("region", tree)
    try:
        return defaults(start, months, region)
    except UnknownRegion as error:
        names = [name for name in error.known if len(name) > _LONGEST_CODE] or error.known
        hint = report.closest(error.region, names)
        hint = say("{hint}; leave it out where the national rules hold", hint=hint)
        if not error.known:
            hint = say("leave it out: the country has no regions here")
        if error.country:
            hint = say(
                "write `country: {country}`, which has rules of its own, without a region",
                country=error.country,
            )
        message = say(
            "`region`: no rules or public holidays of a region {region} are known",
            region=shown(error.region),
        )
        report.add("E208", message, tree["region"], hint, "region")
        return defaults(start, months)


def _cover(needs: Node | None, standards: Defaults) -> Week | None:
    """The hours to be covered, when they can be read; office hours when none are given."""
    node = None if needs is None else needs.get("cover")
    if node is None:
        return standards.office
    week: Week | None = early(Needs, "cover", node)
    return week


def _has_work(needs: Node | None) -> bool:
    """Whether there is any work by which what gets done can be measured."""
    if needs is None:
        return False
    messages, work = needs.get("messages"), needs.get("work")
    counts = [early(Messages, key, messages.get(key)) for key in COUNTS] if messages else []
    effort = keys_of(Needs)["work"].quantity
    assert effort is not None
    hours = []
    for _, each in work.items() if work else ():
        hours.append(early_value(effort, each))
        hours.append(early(Activity, "hours", each.get("hours")))
        counts += [early(Activity, key, each.get(key)) for key in COUNTS]
    return any(counts) or any(each is not None and each.amount > 0 for each in hours)


def _early(key: str, tree: Tree) -> Any:  # noqa: ANN401 - as the key's quantity says
    """A value at the top that is needed before it is checked; None where it cannot be read."""
    return early(ScenarioKeys, key, tree.get(key))
