"""The documentation holds: its commands run, its blocks are current, nothing is missing.

Parts of the pages are generated from the code. After a change that they show, run
``python tests/test_docs.py`` to write them anew, and look at what changed.
"""

import contextlib
import datetime
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import cmsource
from cmsource.analysis.selection import restricted
from cmsource.cli import main
from cmsource.cli.app import COMMANDS, application
from cmsource.cli.templates import question, template_names
from cmsource.countries import Fact, load_country, multiple_of, without_country
from cmsource.reading.checks import (
    MOST_ACTIVITIES,
    MOST_ANSWERERS,
    MOST_LINES,
    MOST_MEMBERS,
    MOST_OPTIONS,
    MOST_PARTIAL,
    MOST_SOFTWARE,
    MOST_SOURCES,
    MOST_YEARS,
    MOST_YEARS_OF_AN_OPTION,
)
from cmsource.reading.document import MAX_BYTES, MAX_DEPTH, MAX_VALUES
from cmsource.reading.files import MAX_FILES
from cmsource.reading.load import read_scenario, read_text
from cmsource.reports.countries import values_table
from cmsource.scenario.activity import Activity
from cmsource.scenario.ad_fee import AdFee
from cmsource.scenario.biller import Biller
from cmsource.scenario.company import Company
from cmsource.scenario.context import Context
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.hired import Premiums
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.needs import PROFILES, Messages, Needs, Profile
from cmsource.scenario.node import Node
from cmsource.scenario.on_call import OnCall
from cmsource.scenario.prices import Prices
from cmsource.scenario.provider import Provider
from cmsource.scenario.record import MAX_NAME, Key, Record, keys_of
from cmsource.scenario.require import Require
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.scenario.schema import schema
from cmsource.scenario.shortform import ShortForm
from cmsource.scenario.source import Source
from cmsource.scenario.tiers import HourTier
from cmsource.scenario.tools import Tool
from cmsource.values.diagnostics import CODES, Diagnostic, ScenarioError
from cmsource.values.language import ENGLISH, Language
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Share
from cmsource.values.quantities import LARGEST, Hours
from cmsource.values.time_types import Duration, Effort
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_week
from cmsource.writers.markdown import block_text
from readings import render

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SCENARIO_PAGE = ROOT / "docs" / "scenario.md"
DIAGNOSTICS_PAGE = ROOT / "docs" / "diagnostics.md"
FRENCH_DIAGNOSTICS = ROOT / "docs" / "fr" / "diagnostics.md"
COUNTRIES_PAGE = ROOT / "docs" / "countries.md"
FRENCH_README = ROOT / "README.fr.md"
FRENCH_START = ROOT / "docs" / "fr" / "demarrer.md"
PAGES = [README, FRENCH_README, *sorted((ROOT / "docs").rglob("*.md"))]
OUR_PAGES = (
    README,
    FRENCH_README,
    FRENCH_START,
    FRENCH_DIAGNOSTICS,
    SCENARIO_PAGE,
    DIAGNOSTICS_PAGE,
    COUNTRIES_PAGE,
)

_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_GENERATED = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_OUTPUT = re.compile(r"(<!-- output: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)
_SECTION = re.compile(r"^### ([EW]\d{3})\s?: (.+)$", re.MULTILINE)


def fenced(text: str) -> list[tuple[str, str]]:
    """The fenced blocks of a text, each with its language."""
    return _FENCE.findall(text)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return [body for name, body in fenced(page.read_text("utf-8")) if name == language]


@contextlib.contextmanager
def desk() -> Iterator[Path]:
    """A folder of its own, as the current one, with the files that the pages speak of."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "scenarios", folder / "scenarios")
        shutil.copy(ROOT / "scenarios" / "boutique-24-7.yaml", folder / "base.yaml")
        (folder / "messages.csv").write_text(_log(), encoding="utf-8")
        (folder / "profile.csv").write_text(_profile(), encoding="utf-8")
        started = zip(("six-lignes", "chez-nous"), blocks(FRENCH_START, "yaml"), strict=True)
        for title, text in started:
            (folder / f"{title}.yaml").write_text(text, encoding="utf-8")
        with contextlib.chdir(folder):
            yield folder


def _log() -> str:
    """A log of messages: eight weeks with one each day at noon and one each Saturday at 21:00."""
    first = datetime.datetime(2026, 1, 5, 12)
    noons = [first + datetime.timedelta(days=day) for day in range(56)]
    evenings = [noon.replace(hour=21) for noon in noons if noon.weekday() == 5]
    times = sorted([*noons, *evenings])
    return "date,text\n" + "".join(f"{time:%Y-%m-%d %H:%M},hello\n" for time in times)


def _profile() -> str:
    """A profile file: one row for each hour of the week."""
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    rows = [f"{name},{hour:02}:00,{1 + hour}" for name in names for hour in range(24)]
    return "\n".join(["day,hour,weight", *rows, ""])


def run(line: str) -> tuple[int, str]:
    """Run one command line in the current folder, 80 columns wide; its exit status and output."""
    line, _, target = line.partition(" > ")
    words = []
    for word in shlex.split(line, comments=True)[1:]:
        words += sorted(map(str, Path().glob(word))) if "*" in word else [word]
    out = io.StringIO()
    quiet = {name: value for name, value in os.environ.items() if name not in _LOUD}
    with (
        patch.dict(os.environ, quiet, clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        try:
            main(words)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
    if target:
        Path(target.strip()).write_text(out.getvalue(), encoding="utf-8")
    return status, out.getvalue()


_LOUD = ("COLUMNS", "FORCE_COLOR")


def command_lines() -> list[list[str]]:
    """The lines of each shell block of the pages that run the tool."""
    found = []
    for page in PAGES:
        for body in blocks(page, "sh"):
            lines = [line.partition(" #")[0].strip() for line in body.splitlines()]
            found.append([line for line in lines if _PROGRAM.match(line)])
    return [lines for lines in found if lines]


_PROGRAM = re.compile(r"(\.venv/bin/)?cmsource ")


# What the pages say by themselves: each part is generated from the code.


def result_part(language: Language) -> str:
    """What the tool prints for the reference scenario."""
    with desk():
        _, text = run(f"cmsource compare scenarios/boutique-24-7.yaml --lang {language.code}")
    return f"```text\n{text.rstrip()}\n```\n"


def commands_part(language: Language, titles: Sequence[str]) -> str:
    """A table of all commands."""
    rows = [
        [f"`cmsource {command.name}`", (command.callback.__doc__ or "").partition("\n")[0]]
        for command in application(language=language).registered_commands
        if command.callback is not None
    ]
    return table(titles, rows)


def examples_part(language: Language, titles: Sequence[str]) -> str:
    """A table of all examples."""
    rows = [
        [f"[{name}](scenarios/{name}.yaml)", language.of(question(name))]
        for name in template_names()
    ]
    return table(titles, rows)


def short_part() -> str:
    """A table of the keys of the short form."""
    return table(
        ["Key", "Meaning"], [[f"`{key.name}`", key.meaning] for key in keys_of(ShortForm).values()]
    )


def kinds_part() -> str:
    """A table of the kinds of sources."""
    rows = [[f"`{word}`", kind.meaning()] for word, kind in KINDS.items()]
    return table(["Kind", "Who that is"], rows)


def figures_part() -> str:
    """A table of the figures that a bound can be put on."""
    rows = [[f"`{name}`", figure.unit, figure.meaning] for name, figure in FIGURES.items()]
    return table(["Figure", "Unit", "Meaning"], rows)


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_RECORDS: tuple[tuple[str, str, type[Record], str], ...] = (
    ("The scenario", "", ScenarioKeys, ""),
    ("`prices`", "prices", Prices, ""),
    ("`company`", "company", Company, ""),
    ("`needs`", "needs", Needs, ""),
    ("`needs.messages`", "needs.messages", Messages, "One of the three counts must be given."),
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
        "These lead to [signals](model.md#signals), never to a figure.",
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
    "monthly_wage": "see `hourly_wage`",
    "annual_wage": "see `hourly_wage`",
    "hourly_rate": "see `day_rate`",
    "day_rate": "see `hourly_rate`",
    "charges": "the country's payroll schedule",
    "included": "`retainer` / hourly rate",
    "call_out": "an hour's wage",
    "overtime": "`paid` on an hourly wage, else `included`",
    "premiums": "Country: `night_premium`, `sunday_premium` and `holiday_premium`, where `on_duty` "
    "has such hours",
}
"""What is taken where a key is left out, for keys whose filling is no single value."""


def keys_part() -> str:
    """Tables of every key of the format."""
    parts = []
    for title, path, cls, note in _RECORDS:
        rows = [row(key, f"{path}.{key.name}") for key in keys_of(cls).values()]
        if cls is ScenarioKeys:
            rows.insert(0, ["`extends`", "a file", "none", "A scenario to build on."])
            rows.append(["`x-…`", "anything", "none", "Ignored: a place for YAML anchors."])
        if cls is Messages:
            meaning = "The CSV file of a profile, in the scenario's folder or below it."
            rows.append(["`profile.file`", "a path", "none", meaning])
        parts.append((title, note, rows))
    common = keys_of(Source)
    note = "Every kind takes these; where a kind has a default of its own, its table says so."
    parts.append(("`sources.NAME`: every kind", note, [row(key, "") for key in common.values()]))
    billed = keys_of(Biller)
    rows = [row(key, "") for key in billed.values() if key.name not in common]
    note = (
        "Every kind that bills takes these, see [prices](#prices); where a kind has a default of "
        "its own, its table says so."
    )
    parts.append(("Prices of all who bill", note, rows))
    of_time = keys_of(Provider)
    rows = [row(key, "") for key in of_time.values() if key.name not in {**common, **billed}]
    note = "Agencies, freelancers and coaches take these, too."
    parts.append(("Prices of time", note, rows))
    for word, kind in KINDS.items():
        known = common
        if issubclass(kind, Biller):
            known = {**common, **(of_time if issubclass(kind, Provider) else billed)}
        rows = [
            row(key, f"sources.{word}.{key.name}")
            for key in keys_of(kind).values()
            if key.name not in known or _filled(f"sources.{word}.{key.name}")
        ]
        parts.append((f"`kind: {word}`", kind.meaning(), rows))
    rows = [row(key, "") for key in keys_of(Premiums).values()]
    parts.append(("`premiums` of employees and apprentices", "", rows))
    rows = [
        row(key, "" if key.name in _LEFT_OUT else f"sources.employee.on_call.{key.name}")
        for key in keys_of(OnCall).values()
    ]
    parts.append(("`on_call` of employees, colleagues and apprentices", "", rows))
    rows = [row(key, "") for key in keys_of(AdFee).values()]
    parts.append(("`ad_spend` of providers", "", rows))
    rows = [row(key, "") for key in keys_of(HourTier).values()]
    note = (
        "Of a price by the piece or by the day, `price` is that of one or of a day; of a package, "
        "of a month."
    )
    parts.append(("A tier of `hourly_rate`, `day_rate`, `per` or `packages`", note, rows))
    parts.append(("`options.NAME`", "A list of sources, or a map with these keys.", _OPTION_ROWS))
    parts.append(("`expect`", "", _EXPECT_ROWS))
    titles = ["Key", "Takes", "Default", "Meaning"]
    return "\n".join(
        f"### {title}\n\n{note}{chr(10) * 2 if note else ''}{table(titles, rows)}"
        for title, note, rows in parts
    )


_OPTION_ROWS = [
    ["`label`", "a text", "the option's name", "Name for people."],
    ["`sources`", "a list", "required, unless there are `phases`", "Sources in order of priority."],
    ["`phases`", "a list of maps", "none", "Runs of months with the same sources."],
    [
        "`phases.N.months`",
        "a length of time; a bare number is months",
        "required; for the last phase, to the horizon",
        "Length of the phase.",
    ],
    ["`phases.N.sources`", "a list", "required", "Sources in order of priority."],
    [
        "`lawful`",
        "yes or no",
        "no",
        "Whether the law allows it, where it would be taken to forbid it.",
    ],
]
_EXPECT_ROWS = [
    ["`recommended`", "the name of an option", "none", "The option to recommend."],
    ["`eligible`", "a list of options", "none", "Options that must be eligible."],
    ["`not_eligible`", "a list of options", "none", "Options that must not be eligible."],
    ["`OPTION`", 'figures with bounds, such as `{total: "<= 90000"}`', "none", "What it reaches."],
]


def row(key: Key, path: str) -> list[str]:
    """The row of one key in the table of its record."""
    return [f"`{key.name}`", takes(key), default(key, path), key.meaning]


TIERED = ("hourly_rate", "day_rate", "per", "packages")
"""Keys under which a list of tiers may stand."""


def takes(key: Key) -> str:
    """What a key takes, in words, with the unit of a bare number."""
    noun = "" if key.named is None else key.named.noun
    if key.record is not None:
        if key.name in TIERED:
            one = "a list" if key.quantity is None else f"{key.quantity.expected}, or a list"
            of = "packages" if key.name == "packages" else "tiers"
            return f"{f'a map by {noun}: ' if noun else ''}{one} of {of}, see below"
        if key.quantity is not None:
            return f"a map by {noun}: {key.quantity.expected}; or a map, see below"
        return f"a map by {noun}, see below" if noun == "tool" else "a map, see below"
    quantity = key.quantity
    if quantity is None:
        return "a map, see below"
    bare = ""
    if isinstance(quantity, Duration) and quantity._bare_ok:
        bare = f"; a bare number is {quantity._unit}s"
    elif isinstance(quantity, Effort) and quantity._bare_ok:
        bare = "; a bare number is hours a week"
    if isinstance(quantity, Profile):
        return f"{', '.join(PROFILES)}, 168 weights, or a file of them"
    if type(key.default) is tuple:
        return "a list of texts"
    one = f"{quantity.expected}{bare}"
    if key.named is None:
        return one
    return f"{one}; or a map of these by {noun}" if key.named.or_one else f"a map by {noun}: {one}"


def default(key: Key, path: str) -> str:
    """What is taken where a key is left out."""
    filled = _filled(path) or _LEFT_OUT.get(key.name)
    if filled:
        return filled
    if key.required:
        return "required"
    value: Any = key.default
    if value is None or value in ((), {}) or isinstance(value, (Week, Record)):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, Hours):
        return f"`{value.amount:g} h/{value.per}`"
    if isinstance(key.quantity, Share):
        return f"`{value:.0%}`"
    if isinstance(key.quantity, Amount):
        return f"`{value:g}`"
    if isinstance(key.quantity, Duration):
        return _duration(value, key.quantity._unit)
    return f"`{value}`"


def _duration(value: float, unit: str) -> str:
    if unit == "minute" and value and value % 60 == 0:
        return f"`{value / 60:g} h`"
    return f"`{value:g} {'min' if unit == 'minute' else 'months'}`" if value else "`0`"


def _filled(path: str) -> str:
    """What fills a key where it is left out: a sourced value of the country, or the tool's own."""
    return _fillings().get(path.removeprefix("."), "")


@cache
def _fillings() -> Mapping[str, str]:
    """What reading fills in where a scenario says next to nothing, by path."""
    on_call = "on_call: {hours: sat 9-12, pay: 1/day}"
    kinds = "".join(
        f"  {name}: {{kind: {name}{f', {on_call}' if name == 'employee' else ''}}}\n"
        for name in KINDS
        if name != "colleague"
    )
    text = (
        "needs: {messages: {per_day: 1}}\nsources:\n"
        f"{kinds}  colleague: {{kind: colleague, on_duty: mon 9-10}}\noptions: {{all: [coach]}}\n"
    )
    tree = read_text(text).tree
    assert tree is not None
    return dict(_walk(tree, ""))


def _walk(node: Node, path: str) -> Iterator[tuple[str, str]]:
    fact = node.origin.fact
    if fact is not None and not isinstance(node.value, (dict, list)):
        if node.origin.kind == "country":
            names = " and ".join(f"`{name}`" for name in node.origin.detail.split(" and "))
            yield path, f"Country: {names}"
        elif node.origin.detail in ("on_duty", "hours"):
            yield path, fact.source  # the value is that of the scenario above
        else:
            yield path, f"`{node.value}`: {fact.source}"
    for name, child in node.items():
        yield from _walk(child, f"{path}.{name}" if path else name)


def values_part(code: str) -> str:
    """The values of a country in its newest period."""
    return f"{block_text(values_table(load_country(code)))}\n"


def multiples_part() -> str:
    """The wages and prices that are multiples of two which a scenario gives."""
    one = Fact(1.0, "", "", "G")
    given = {"employee_hourly_wage": one, "agency_hourly_rate": one}
    with_both = without_country("XXX", None, given).facts
    rows = ["| Key | Times | Of | Source |", "| --- | --- | --- | --- |"]
    for key, fact in with_both.items():
        if of := multiple_of(key):
            rows.append(f"| `{key}` | {fact.value:g} | `{of}` | {fact.source} |")
    return "\n".join(rows) + "\n"


FRENCH = Language("fr")
PARTS: dict[str, Callable[[], str]] = {
    "result": partial(result_part, ENGLISH),
    "resultat": partial(result_part, FRENCH),
    "commands": partial(commands_part, ENGLISH, ["Command", "What it does"]),
    "commandes": partial(commands_part, FRENCH, ["Commande", "Ce qu’elle fait"]),
    "examples": partial(examples_part, ENGLISH, ["Example", "The question it answers"]),
    "exemples": partial(examples_part, FRENCH, ["Exemple", "La question à laquelle il répond"]),
    "short": short_part,
    "kinds": kinds_part,
    "figures": figures_part,
    "keys": keys_part,
    "neutral": lambda: f"{block_text(values_table(without_country('XXX', None, {})))}\n",
    "multiples": multiples_part,
    "france": lambda: values_part("FR"),
    "quebec": lambda: values_part("CA-QC"),
    **{
        code.lower(): partial(values_part, code)
        for code in ("BE", "CA", "CH", "DE", "GB", "LU", "US")
    },
    "gb": lambda: values_part("GB"),
}


_DIAGNOSTICS = {DIAGNOSTICS_PAGE: ENGLISH, FRENCH_DIAGNOSTICS: FRENCH}
"""Pages of diagnostics, each with its language."""


def current(page: Path) -> str:
    """The text of a page with its generated parts written anew."""
    text = page.read_text("utf-8")
    text = _GENERATED.sub(lambda m: f"{m[1]}{PARTS[m[2]]()}{m[3]}", text)
    text = _OUTPUT.sub(lambda m: f"{m[1]}{_output(m[2])}{m[3]}", text)
    if page in _DIAGNOSTICS:
        for section in sections(text).values():
            old = _FENCE.search(section, section.find("```text"))
            if old is None or old[1] != "text":
                continue
            shown = render(findings(section), width=80, language=_DIAGNOSTICS[page])
            text = text.replace(section, section.replace(old[0], f"```text\n{shown}```"))
    return text


def _output(line: str) -> str:
    """What a command prints."""
    with desk():
        status, text = run(line)
    assert status == 0, line
    return f"```text\n{text.rstrip()}\n```\n"


def sections(text: str) -> dict[str, str]:
    """The section of each code on the page of diagnostics."""
    heads = list(_SECTION.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {head[1]: text[head.start() : end] for head, end in zip(heads, ends, strict=True)}


def findings(section: str) -> Sequence[Diagnostic]:
    """What is found wrong with the example of a section."""
    head = _SECTION.match(section)
    assert head is not None
    example = next((body for name, body in _FENCE.findall(section) if name == "yaml"), None)
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

_NOT_SHOWN = {"E116"}
"""Codes that only a fault of the tool or of the machine leads to."""


@pytest.mark.parametrize("page", OUR_PAGES, ids=lambda page: page.name)
def test_generated_parts_are_current(page: Path) -> None:
    """Results, tables and messages are what the code says today."""
    assert page.read_text("utf-8") == current(page), "run: python tests/test_docs.py"


@pytest.mark.parametrize("lines", command_lines(), ids=lambda lines: str(lines[0]))
def test_command_lines_run(lines: list[str]) -> None:
    """The lines of a shell block work one after the other, in a folder with the examples."""
    with desk():
        assert [(line, run(line)[0]) for line in lines] == [(line, 0) for line in lines]


def test_every_command_has_a_line_that_runs() -> None:
    """Each stands in a shell block of some page, but what never ends and what asks."""
    assert set(COMMANDS) - {"serve", "new"} <= {
        line.split()[1] for lines in command_lines() for line in lines
    }


@pytest.mark.parametrize("page", (README, FRENCH_README), ids=lambda page: page.name)
def test_every_command_is_in_the_readme(page: Path) -> None:
    """Each command stands in the README, and none that does not exist."""
    named = set(re.findall(r"`cmsource (\w+)", page.read_text("utf-8")))
    assert named == set(COMMANDS)


@pytest.mark.parametrize(
    "page", (README, FRENCH_README, FRENCH_START, SCENARIO_PAGE), ids=lambda page: page.name
)
def test_yaml_blocks_are_scenarios(page: Path) -> None:
    """Each YAML block loads without errors and gives a result."""
    found = blocks(page, "yaml")
    assert found
    for body in found:
        with desk():
            Path("scenario.yaml").write_text(body, encoding="utf-8")
            assert cmsource.compare(cmsource.load("scenario.yaml")).options


@pytest.mark.parametrize("page", (README, FRENCH_README), ids=lambda page: page.name)
def test_python_blocks_run(page: Path) -> None:
    """The Python in the README runs as it stands."""
    names: dict[str, object] = {}
    for body in blocks(page, "python"):
        with desk(), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(body, page.name, "exec"), names)
    assert isinstance(names["result"], cmsource.Comparison)


def test_every_function_is_in_the_readme() -> None:
    """Each public function stands in the README by its name."""
    text = README.read_text("utf-8")
    functions = [name for name in cmsource.__all__ if name.islower()]
    assert [name for name in functions if f"cmsource.{name}(" not in text] == []


@pytest.mark.parametrize("page", OUR_PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link to a file of the project, and to a heading of it, has its target."""
    for target, anchor in re.findall(r"\]\(([^)#\s]*)(#[^)\s]*)?\)", page.read_text("utf-8")):
        if "://" in target:
            continue
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
            assert anchor[1:] in {_slug(head) for head in heads}, anchor


def _slug(head: str) -> str:
    """The anchor of a heading."""
    kept = "".join(c for c in head.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


def _rows(title: str) -> list[list[str]]:
    """The rows of the table under a heading line of the page of scenarios."""
    text = SCENARIO_PAGE.read_text("utf-8")
    lines = text[text.index(title) :].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


_TRIAL = """\
needs: {cover: 24/7, answer_within: 1h, messages: {per_day: 5}, work: {content: 2 h/week}}
sources: {cm: {kind: employee}, agence: {kind: agency, hourly_rate: 75}, coach: {kind: coach}}
options: {all: [cm, agence, coach]}
"""


def _codes(key: str, written: str) -> set[str]:
    text = _TRIAL.replace(", hourly_rate: 75", "") if key.endswith("day_rate") else _TRIAL
    reading = read_text(text, overrides=[f"{key.strip('`')}={written.strip('`')}"])
    return {diagnostic.code for diagnostic in reading.diagnostics}


def test_quantities_that_the_page_accepts() -> None:
    """Each quantity in the first table can be written as it stands there."""
    rows = _rows("| Written | Under | Read as |")
    assert len(rows) > 20
    wrong = {tuple(row): _codes(row[1], row[0]) & {"E111", "E201", "E204"} for row in rows}
    assert {key: codes for key, codes in wrong.items() if codes} == {}


def test_quantities_that_the_page_refuses() -> None:
    """Each quantity in the second table is refused."""
    rows = _rows("| Written | Under | Why it is refused |")
    assert len(rows) > 8
    assert [row for row in rows if "E204" not in _codes(row[1], row[0])] == []


def test_hours_that_the_page_accepts() -> None:
    """Each way to write hours means what the table says."""
    rows = _rows("| Written | Read as |\n")
    assert len(rows) > 10
    for written, meant in rows:
        week = parse_week(written.strip("`"))
        assert week
        if meant.startswith("`"):
            assert week == parse_week(meant.strip("`"))


def test_limits_of_the_page_are_those_of_the_code() -> None:
    """Every limit that the page names is the one that reading holds a file to."""
    text = " ".join(SCENARIO_PAGE.read_text(encoding="utf-8").split())
    limits = text.partition("## Limits ")[2].partition("## ")[0]
    horizon = keys_of(ScenarioKeys)["horizon"].quantity
    assert horizon is not None
    assert re.findall(r"[0-9][0-9,]*", limits) == [
        f"{MAX_BYTES:,}",
        f"{MAX_DEPTH}",
        f"{MAX_VALUES:,}",
        f"{MOST_OPTIONS}",
        f"{MOST_SOURCES}",
        f"{MOST_ACTIVITIES}",
        f"{MOST_MEMBERS:,}",
        f"{MOST_YEARS:,}",
        f"{MOST_YEARS_OF_AN_OPTION}",
        f"{MOST_ANSWERERS}",
        f"{MOST_PARTIAL}",
        f"{MOST_SOFTWARE}",
        *["2,", "8,", "18", "32"],
        f"{MOST_LINES}",
        f"{MAX_FILES}",
        f"{MAX_NAME}",
        f"{LARGEST:,.0f}",
        f"{horizon.limits()[1]:.0f}",
    ]
    assert f"more than {MAX_FILES} do" in DIAGNOSTICS_PAGE.read_text(encoding="utf-8")


def test_every_key_of_the_schema_is_documented() -> None:
    """No key that editors complete is missing from the tables of keys."""
    text = SCENARIO_PAGE.read_text("utf-8")
    documented = set(re.findall(r"^\| `(?:\w+\.)*([\w-]+)` \|", text, re.MULTILINE))
    assert set(_keys(schema())) - documented == set()


def _keys(part: object) -> Iterator[str]:
    """The names of all properties in a JSON Schema."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "properties" and isinstance(inner, dict):
                yield from inner
            yield from _keys(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _keys(inner)


@pytest.mark.parametrize("page", _DIAGNOSTICS, ids=str)
def test_every_code_is_documented(page: Path) -> None:
    """Each code has its section, with its meaning in the heading, and no other code has one."""
    heads = dict(_SECTION.findall(page.read_text("utf-8")))
    assert heads == _DIAGNOSTICS[page].of(dict(CODES))


def test_examples_are_the_same_in_both_languages() -> None:
    """Whoever reads about a code in French sees the file that leads to it too."""
    assert blocks(FRENCH_DIAGNOSTICS, "yaml") == blocks(DIAGNOSTICS_PAGE, "yaml")


@pytest.mark.parametrize("code", sorted(CODES.keys() - _NOT_SHOWN))
def test_examples_lead_to_their_codes(code: str) -> None:
    """The example in the section of a code leads to that code."""
    section = sections(DIAGNOSTICS_PAGE.read_text("utf-8"))[code]
    assert code in {diagnostic.code for diagnostic in findings(section)}


if __name__ == "__main__":
    for each in OUR_PAGES:
        each.write_text(current(each), encoding="utf-8")
