"""The reference of keys on the page of scenarios, generated from the records, in each language."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cmsource.reading.load import read_text
from cmsource.scenario.activity import Activity
from cmsource.scenario.ad_fee import AdFee
from cmsource.scenario.biller import Biller
from cmsource.scenario.company import Company
from cmsource.scenario.context import Context
from cmsource.scenario.hired import Premiums
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.needs import PROFILES, Messages, Needs, Profile, StandardReplies
from cmsource.scenario.node import Node
from cmsource.scenario.on_call import OnCall, OnCallService
from cmsource.scenario.prices import Prices
from cmsource.scenario.provider import Provider
from cmsource.scenario.publishing import Approval, InHouseMaterial
from cmsource.scenario.record import Key, Record, keys_of
from cmsource.scenario.require import Require
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.scenario.source import Source
from cmsource.scenario.tiers import HourTier
from cmsource.scenario.tools import Tool
from cmsource.values.language import Language
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Number, Share
from cmsource.values.quantities import Hours
from cmsource.values.time_types import Duration, Effort
from cmsource.values.week import Week
from cmsource.values.word_types import Choice
from cmsource.values.written import written
from page_words import told
from pages import language_of, link

_RECORDS: tuple[tuple[str, str, type[Record], str], ...] = (
    ("The scenario", "", ScenarioKeys, ""),
    ("`prices`", "prices", Prices, ""),
    ("`company`", "company", Company, ""),
    ("`needs`", "needs", Needs, ""),
    ("`needs.messages`", "needs.messages", Messages, "One of the three counts must be given."),
    (
        "`needs.messages.standard_replies`",
        "needs.messages.standard_replies",
        StandardReplies,
        "",
    ),
    (
        "`needs.work.NAME`",
        "needs.work.NAME",
        Activity,
        "Beside hours for short: one of the three counts with `hours_each`, or `hours`.",
    ),
    (
        "`require`",
        "require",
        Require,
        "All of them are optional; each holds in every phase. Without "
        "`require`, `work_done: 95%` is assumed and shown as such, so that who does a tenth of the "
        "work does not win; `require: none` asks for nothing.",
    ),
    (
        "`context`",
        "context",
        Context,
        "These lead to [signals]({place}), never to a figure.",
    ),
    ("`tools.NAME`", "tools.NAME", Tool, ""),
)
"""The records of a scenario: their title, path, class, and what to say of all their keys."""

_LEFT_OUT = {
    "sources": "the standard ones, when there are no `options`",
    "options": "the nine standard ways",
    "needs": "from the short form, or none",
    "name": "the file's name",
    "start": "the latest known rules",
    "currency": "that of the country",
    "own_time": "that of the country's marketing colleague",
    "label": "the source's name",
    "charges": "the country's payroll schedule",
    "included": "`retainer` / hourly rate",
    "call_out": "an hour's wage",
    "overtime": "`paid` on an hourly wage, else `included`",
    "premiums": "Country: `night_premium`, `sunday_premium` and `holiday_premium`, where `on_duty` "
    "has such hours",
}
"""What is taken where a key is left out, for keys whose filling is no single value."""

_SEE = {
    "monthly_wage": "`hourly_wage`",
    "annual_wage": "`hourly_wage`",
    "hourly_rate": "`day_rate`",
    "day_rate": "`hourly_rate`",
}
"""Keys beside another one that says the same thing."""

_OPTION_ROWS = (
    ("`label`", "a text", "the option's name", "Name for people."),
    ("`sources`", "a list", "required, unless there are `phases`", "Sources in order of priority."),
    ("`phases`", "a list of maps", "none", "Runs of months with the same sources."),
    (
        "`phases.N.months`",
        "a length of time; a bare number is months",
        "required; for the last phase, to the horizon",
        "Length of the phase.",
    ),
    ("`phases.N.sources`", "a list", "required", "Sources in order of priority."),
    (
        "`lawful`",
        "yes or no",
        "no",
        "Whether the law allows it, where it would be taken to forbid it.",
    ),
)
_EXPECT_ROWS = (
    ("`recommended`", "the name of an option", "none", "The option to recommend."),
    ("`eligible`", "a list of options", "none", "Options that must be eligible."),
    ("`not_eligible`", "a list of options", "none", "Options that must not be eligible."),
    ("`OPTION`", 'figures with bounds, such as `{total: "<= 90000"}`', "none", "What it reaches."),
)
_TIERED = ("hourly_rate", "day_rate", "per", "packages")
"""Keys under which a list of tiers may stand."""

_Row = list[str]


def table(titles: list[str], rows: list[_Row]) -> str:
    """A table in Markdown."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


class _Part(NamedTuple):
    """One table of keys: its title, what is said above it, and its rows."""

    title: str
    note: str
    rows: list[_Row]


def keys_part(page: Path) -> str:
    """Tables of every key of the format, in the language of a page."""
    language = language_of(page)
    titles = [told(language, each) for each in ("Key", "Takes", "Default", "Meaning")]
    return "\n".join(
        f"### {part.title}\n\n{part.note}{chr(10) * 2 if part.note else ''}"
        f"{table(titles, part.rows)}"
        for part in _parts(page, language)
    )


def _parts(page: Path, language: Language) -> Iterator[_Part]:
    def say(sentence: str, **places: str) -> str:
        return told(language, sentence, **places)

    def row(key: Key, path: str = "") -> _Row:
        meaning = language.of(key.meaning)
        return [f"`{key.name}`", takes(key, language), default(key, path, language), meaning]

    def fixed(*cells: str) -> _Row:
        return [say(cell) for cell in cells]

    for title, path, cls, note in _RECORDS:
        rows = [row(key, f"{path}.{key.name}") for key in keys_of(cls).values()]
        if cls is ScenarioKeys:
            rows.insert(0, fixed("`extends`", "a file", "none", "A scenario to build on."))
            ignored = "Ignored: a place for YAML anchors."
            rows.append(fixed("`x-…`", "anything", "none", ignored))
        if cls is Messages:
            meaning = "The CSV file of a profile, in the scenario's folder or below it."
            rows.append(fixed("`profile.file`", "a path", "none", meaning))
        signals = link(page, "model.md", "Signals") if cls is Context else ""
        yield _Part(say(title), say(note, place=signals), rows)
    common = keys_of(Source)
    note = "Every kind takes these; where a kind has a default of its own, its table says so."
    yield _Part(say("`sources.NAME`: every kind"), say(note), [row(k) for k in common.values()])
    billed = keys_of(Biller)
    rows = [row(key) for key in billed.values() if key.name not in common]
    note = say(
        "Every kind that bills takes these, see [prices]({place}); where a kind has a default of "
        "its own, its table says so.",
        place=link(page, page.name, "Prices").removeprefix(page.name),
    )
    yield _Part(say("Prices of all who bill"), note, rows)
    of_time = keys_of(Provider)
    rows = [row(key) for key in of_time.values() if key.name not in {**common, **billed}]
    note = say("Agencies, freelancers and coaches take these, too.")
    yield _Part(say("Prices of time"), note, rows)
    for word, kind in KINDS.items():
        known = common
        if issubclass(kind, Biller):
            known = {**common, **(of_time if issubclass(kind, Provider) else billed)}
        rows = [
            row(key, f"sources.{word}.{key.name}")
            for key in keys_of(kind).values()
            if key.name not in known or f"sources.{word}.{key.name}" in _fillings()
        ]
        yield _Part(f"`kind: {word}`", told(language, kind.meaning()), rows)
    rows = [row(key) for key in keys_of(Premiums).values()]
    yield _Part(say("`premiums` of employees and apprentices"), "", rows)
    rows = [
        row(key, "" if key.name in _LEFT_OUT else f"sources.employee.on_call.{key.name}")
        for key in keys_of(OnCall).values()
    ]
    yield _Part(say("`on_call` of employees, colleagues and apprentices"), "", rows)
    rows = [
        row(key, "" if key.name in _LEFT_OUT else f"sources.agency.on_call.{key.name}")
        for key in keys_of(OnCallService).values()
    ]
    yield _Part(say("`on_call` of agencies, freelancers and coaches"), "", rows)
    yield _Part(say("`ad_spend` of providers"), "", [row(k) for k in keys_of(AdFee).values()])
    for path, cls in (("approval", Approval), ("in_house_material", InHouseMaterial)):
        rows = [row(key, f"sources.agency.{path}.{key.name}") for key in keys_of(cls).values()]
        yield _Part(say(f"`{path}` of agencies, freelancers and coaches"), "", rows)
    note = say(
        "Of a price by the piece or by the day, `price` is that of one or of a day; of a package, "
        "of a month."
    )
    title = say("A tier of `hourly_rate`, `day_rate`, `per` or `packages`")
    yield _Part(title, note, [row(key) for key in keys_of(HourTier).values()])
    note = say("A list of sources, or a map with these keys.")
    yield _Part(say("`options.NAME`"), note, [fixed(*cells) for cells in _OPTION_ROWS])
    yield _Part("`expect`", "", [fixed(*cells) for cells in _EXPECT_ROWS])


def keys_with_paths() -> Iterator[tuple[Key, str]]:
    """Every key of the records of a scenario and of its kinds, and where it stands."""
    for _, path, cls, _ in _RECORDS:
        yield from ((key, f"{path}.{key.name}") for key in keys_of(cls).values())
    for word, kind in KINDS.items():
        yield from ((key, f"sources.{word}.{key.name}") for key in keys_of(kind).values())


def takes(key: Key, language: Language) -> str:
    """What a key takes, in words, with the unit of a bare number."""
    noun = "" if key.named is None else language.of(key.named.noun)
    expected = "" if key.quantity is None else language.of(key.quantity.expected)

    def say(sentence: str, **places: str) -> str:
        return told(language, sentence, **places)

    if key.record is not None:
        if key.name in _TIERED:
            one = say(f"a list of {'packages' if key.name == 'packages' else 'tiers'}, see below")
            one = say("{one}, or {other}", one=expected, other=one) if expected else one
            return say("a map by {noun}: {one}", noun=noun, one=one) if noun else one
        if expected:
            return say("a map by {noun}: {one}; or a map, see below", noun=noun, one=expected)
        # The name of a tool stands for one of those below.
        return say("a map by {noun}, see below", noun=noun) if noun else say("a map, see below")
    quantity = key.quantity
    if quantity is None:
        return say("a map, see below")
    if isinstance(quantity, Profile):
        return say("{profiles}, 168 weights, or a file of them", profiles=", ".join(PROFILES))
    if type(key.default) is tuple:
        return say("a list of texts")
    unit = ""
    if isinstance(quantity, Duration) and quantity._bare_ok:
        unit = f"{quantity._unit}s"
    elif isinstance(quantity, Effort) and quantity._bare_ok:
        unit = "hours a week"
    one = say("{one}; a bare number is {unit}", one=expected, unit=say(unit)) if unit else expected
    if key.named is None:
        return one
    open_map = "{one}; or a map of these by {noun}"
    return say(open_map if key.named.or_one else "a map by {noun}: {one}", one=one, noun=noun)


def default(key: Key, path: str, language: Language) -> str:
    """What is taken where a key is left out."""
    filled = _fillings().get(path.removeprefix("."))
    if filled is not None:
        return filled.told(language, key)
    if key.name in _SEE:
        return told(language, "see {key}", key=_SEE[key.name])
    if key.name in _LEFT_OUT:
        return told(language, _LEFT_OUT[key.name])
    if key.required:
        return told(language, "required")
    value: Any = key.default
    if value is None or value in ((), {}) or isinstance(value, (Week, Record)):
        return told(language, "none")
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, Hours):
        return _code(f"{value.amount:g} h/{value.per}", key, language)
    if isinstance(key.quantity, Share):
        return _code(f"{value:.0%}", key, language)
    if isinstance(key.quantity, (Amount, Number)):
        return _code(f"{value:g}", key, language)
    if isinstance(key.quantity, Duration):
        return _code(_duration(value, key.quantity._unit), key, language)
    return _code(str(value), key, language)


def _code(text: str, key: Key, language: Language) -> str:
    """A value as one writes it in a scenario in a language; words of a list stay those listed."""
    return f"`{text if isinstance(key.quantity, Choice) else language.of(written(text))}`"


def _duration(value: float, unit: str) -> str:
    if unit == "minute" and value and value % 60 == 0:
        return f"{value / 60:g} h"
    return f"{value:g} {'min' if unit == 'minute' else 'months'}" if value else "0"


class _Filling(NamedTuple):
    """What fills a key: values of the country by their names, or one of the tool's own."""

    names: tuple[str, ...]
    value: str
    source: str

    def told(self, language: Language, key: Key) -> str:
        """The same in words, as what fills a key."""
        if self.names:
            names = told(language, " and ").join(f"`{name}`" for name in self.names)
            return told(language, "Country: {names}", names=names)
        source = language.of(self.source)
        if not self.value:
            return source
        return told(
            language, "{value}: {source}", value=_code(self.value, key, language), source=source
        )


@cache
def _fillings() -> Mapping[str, _Filling]:
    """What reading fills in where a scenario says next to nothing, by path."""
    on_call = "on_call: {hours: sat 9-12, pay: 1/day}"
    posts = "approval: {}, in_house_material: {share: 50%}"
    service = "on_call: {hours: sat 9-12, per_call_out: 80}"
    more = {"employee": f", {on_call}", "agency": f", {posts}, {service}"}
    kinds = "".join(
        f"  {name}: {{kind: {name}{more.get(name, '')}}}\n" for name in KINDS if name != "colleague"
    )
    text = (
        "needs: {messages: {per_day: 1}, work: {posts: {per_week: 1, hours_each: 1}}}\nsources:\n"
        f"{kinds}  colleague: {{kind: colleague, on_duty: mon 9-10}}\noptions: {{all: [coach]}}\n"
    )
    tree = read_text(text).tree
    assert tree is not None
    return dict(_walk(tree, ""))


def _walk(node: Node, path: str) -> Iterator[tuple[str, _Filling]]:
    fact = node.origin.fact
    if fact is not None and not isinstance(node.value, (dict, list)):
        if node.origin.kind == "country":
            yield path, _Filling(tuple(node.origin.detail.split(" and ")), "", "")
        elif node.origin.detail in ("on_duty", "hours"):
            yield path, _Filling((), "", fact.source)  # the value is that of the scenario above
        else:
            yield path, _Filling((), str(node.value), fact.source)
    for name, child in node.items():
        yield from _walk(child, f"{path}.{name}" if path else name)
