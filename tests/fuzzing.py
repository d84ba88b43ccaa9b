"""Broken scenarios on purpose: mutations of text and of data, from a seed."""

import random
import re
from collections.abc import Iterator
from typing import Any

import yaml

RICH = """\
# Everything that a scenario can say, in little room.
name: Boutique été
country: FR
horizon: 24 months
start: 2026-09-07
prices: {wages: 2%/year, vendors: 3%/year, discount: 4%}
company: {size: 12, mobility_rate: 3.2%, work_accident_rate: 1%}
own_time: 38/h
needs:
  cover: mon-fri 08:00-20:00, sat 09h-18h
  answer_within: 1h
  messages: &messages {per_day: 30..50, minutes_each: 4, profile: evening}
  work: {content: 6 h/week, reporting: 4 h/month, ads: 30 min/day}
  skills: [moderation, copywriting, ads]
require: {watched: 50%, work_done: 90%, skills_met: 50%, continuity: 10%, in_house: 1%,
  idle: 90%, live_within: 6 months, budget: 9000/month, cost: 400000}
context: {goal: leads, audience: niche, expertise: technical, tried_in_house: 18 months,
  approvals: vertical}
tools:
  publishing: {price: 99/month, per: seat, shared_by: 2}
  listening: {price: 450/month, included_by: [agence]}
sources:
  cm: &cm {kind: employee, label: Une CM, hourly_wage: 16.50, hours: 35 h/week, headcount: 2,
    on_duty: mon-fri 09:00-12:30 13:30-17:00, skills: [moderation], starts_after: 3 months,
    ramp_up: 2 months, turnover: 20%/year, recruitment: 2000, training: 500, equipment: 1500,
    benefits: 80, premiums: {night: 25%}, management: 2 h/week, contract: fixed-term, cadre: false,
    planned_absence: 13%, unplanned_absence: 5%}
  second: {<<: *cm, headcount: auto, on_duty: 24/7}
  colleague: {kind: colleague, annual_wage: 42000, hours: 1 h/day,
    on_duty: mon-fri 09:00-09:30 16:30-17:00, takes: {messages: 30%, content: 50%}}
  stagiaire: {kind: intern, gratification: 5, hours: 35 h/week, placement: 5 months, gap: 1 month,
    tutoring: 1..3 h/week}
  alternant: {kind: apprentice, monthly_wage: 1200, charges: 10%}
  free: {kind: freelancer, day_rate: 350, day_length: 6h, max_hours: 10 h/week,
    on_duty: daily 18:00-02:00, retainer: 300, included: {messages: 50/month, hours: 4/month},
    per_message: [{up_to: 90, price: 1..1.50}, {price: 0.80}], tiers: marginal, notice: 1 month,
    discount: {6 months: 5%}, min_months: 6, watch: 40/weekend}
  agence: {kind: agency, retainer: 1500/month, included: 20 h/month, hourly_rate: 60..90,
    on_duty: 24/7, watch: 800..1000/month, correlated: 60%, after_hours: 1.5,
    setup: 2000, min_months: 12, depth: 2,
    service_level: 98%, coordination: 1 h/week, escalates: 10%, escalation_delay: 2h,
    answer_delay: 10 min}
  coach: {kind: coach, day_rate: {low: 800, likely: 900, high: 1100, shape: pert}, days: 1/month}
  bot: {kind: assistant, price: 0.80..1.20/resolution, retainer: 85/month, resolves: 30%..67%,
    wrong: 3%, noticed_after: 24h, hand_over: 2 min, supervision: 2 h/week, on_duty: 24/7}
options:
  hire: [cm]
  team:
    - second
  agency: [agence]
  hybrid:
    - colleague: {takes: 30%}
    - agence
  free: [free, colleague]
  assisted: [bot, colleague]
  young: [stagiaire, {alternant: {hours: 20 h/week}}]
  phased:
    label: D'abord l'agence
    phases:
      - {months: 12, sources: [agence]}
      - {sources: [cm, coach]}
expect: {recommended: hybrid, eligible: [agency], hybrid: {total: "<= 90000", watched: ">= 95%"}}
x-ignored: [1, 2]
"""

SOLD = """\
# What is sold by the piece, by the season and at home.
country: FR
horizon: 14 months
needs:
  cover: daily 09:00-21:00
  answer_within: 1h
  messages: {per_day: 20, minutes_each: 5, profile: evening}
  work: {posts: {per_month: 12, hours_each: 1.5}, content: 3 h/week}
  seasons: {nov-dec: 180%, aug: {messages: 40%}}
  counts: {networks: 3}
require: {work_done: 60%, season: average}
sources:
  lea: {kind: colleague, hours: 20 h/week, on_duty: mon-fri 09:00-13:00,
    on_call: {hours: "sat-sun 09:00-21:00", pay: 76/weekend, call_out: 22/h, minimum: 1 h,
      reaction: 30 min}}
  tiered: {kind: assistant, per_resolution: [{up_to: 500, price: 0.99}, {price: 0.79}],
    tiers: whole, resolves: 45%, wrong: 3%, noticed_after: 12h, hand_over: 1 min, supervision: 0,
    min_months: 12, notice: 2 months, discount: {12 months: 10%}}
  packed: {kind: assistant, packages: {resolutions: [{up_to: 200, price: 150}, {price: 400}]},
    resolves: 30%..50%, retainer: 85/month, included: {resolutions: 50/month}, setup: 500,
    takes: {messages: 80%}}
  studio: {kind: freelancer, per_post: [{up_to: 6, price: 80}, {price: 60}], tiers: marginal,
    packages: {networks: [{up_to: 2, price: 90}, {price: 150}]}, included: all,
    hourly_rate: 50}
  firm: {kind: agency, on_duty: mon-fri 9-17, hourly_rate: 70,
    on_call: {hours: sat 9-21, per_call_out: 80 €/call-out, call_out: 0/h, pay: 120/weekend}}
options:
  called: [lea]
  firm: [firm]
  tiered: [tiered, lea]
  packed: [packed, {lea: {on_call: null}}]
  sold: [studio, lea]
"""

SHORT = """\
country: FR
hourly_wage: 16.50
agency_rate: 75/h
hours_per_day: 2
cover: 24/7
tools: 549/month
"""

# fmt: off
NASTY = (
    "", "~", "null", "NO", "on", "true", "0", "-1", "1", "-0.0", "1e308", "1e-308", "1e-7", "1e9",
    ".inf", "-.inf", ".nan", "0x1F", "0o17", "1_000", "9" * 30, "9" * 4000, "1" * 5000, "0.1",
    "100", "1000000000", "99999999999", "1,500", "16,50", "5%", "100%", "150%", "-5%", "1e-9%",
    "75/h", "75 €/h", "75 USD/h", "1500/month", "1/3", "0/h", "1e300/h", "0 h/week",
    "0.0001 h/week", "168 h/week", "24 h/day", "1 min/month", "1000 h/week", "0 months",
    "0.1 months", "0.001 months", "600 months", "601 months", "2 weeks", "1 min", "10000 days",
    "24/7", "never", "25:00-26:00", "mon 00:00-00:01", "mon-sun 00:00-24:00", "sun 23:59-00:01",
    "lun-ven 9h-17h30", "9:30", "auto", "10000", "10001", "2027-01-04", "1970-01-01", "2199-12-31",
    "0001-01-01", "2027-02-30", "FR", "CA-QC", "NO", "employee", "colleague", "intern", "NYC",
    "apprentice", "freelancer", "agency", "coach", "assistant", "1/resolution", "robot",
    "cm", "agence", "hire", "flat",
    "weekend", "[]", "{}", "[cm, cm]", "[cm, agence]", "[[]]", "{cm: {takes: 0%}}",
    "[cm: {hours: 1}]", "[{cm: }]", "{phases: []}", "*cm", "*messages", "*nowhere", "&cm x",
    "!!python/object:os.system x", "!!str 5", "!!int x", "! 5", "!x y", "'a'", '"\\e[31m"',
    '"\\u202e"', '"a\\nb"', '"\\0"', "\u202e", "\ufeff", "\x85", "\u2028", "é" * 300,
    "[red]x[/red]", "=cmd()", "..", "../..", "/etc/passwd", "%", "@", "`", "|", ">", "|\n    text",
    "60..90", "5%..7%", "4..8 h/week", "75..60", "1..", "..9", "0..1e9", "75..75", "1..9 months",
    "{low: 60, likely: 70, high: 90}", "{low: 60, high: 90, zzz: 1}", "{low: 9}",
    "{low: 1%, likely: 1%, high: 100%, shape: pert}",
    "? x", "- x", "#", ": ", "{", "}", "[", "]", "a: b", "\t", "---", "...", "%YAML 1.1",
"nov-dec", "{nov-dec: 180%}", "{dec: 0%, aug: {messages: 900%}}", "250 %", "76/weekend", "1/night",
    "{hours: sat-sun, pay: 76/weekend}", "[{up_to: 9, price: 1}, {price: 0}]", "average",
    "{a: a.yaml}", "0.99/resolution",
"x" * 2000, "[" * 60 + "]" * 60, "{a: " * 50 + "1" + "}" * 50, "<= 90000", ">= 2", "= x", "none", )
KEYS = (
    "seasons", "season", "brands", "per_resolution", "resolutions", "supervision", "nov-dec",
    "on_call", "pay", "call_out", "per_call_out", "minimum", "reaction", "hours_each", "per_month",
    "kind", "hours", "on_duty", "headcount", "hourly_wage", "monthly_wage", "annual_wage", "takes",
    "hourly_rate", "day_rate", "day_length", "retainer", "included", "watch", "max_hours", "days",
    "placement", "gap", "depth", "resolves", "wrong", "price", "noticed_after", "hand_over",
    "service_level", "planned_absence", "unplanned_absence",
    "turnover", "premiums", "months", "sources", "phases", "label", "per_day", "per_week",
    "profile", "cover", "hours_per_day", "tools", "per", "per_post", "per_message",
    "per_hour", "tiers", "packages", "beyond", "notice", "ad_spend", "counts", "up_to", "price",
    "needs", "options", "extends", "starts_after",
    "ramp_up", "min_months", "horizon", "discount", "size", "skills", "expect", "charges", "<<",
"x-y", "", "zzz", "country", )
# fmt: on

EDGES = {
    "hours": ("0.01 h/week", "1 min/day", "35 h/week", "168 h/week", "24 h/day", "30 h/month"),
    "headcount": (1, 2, 7, 100, 10_000, "auto"),
    "on_duty": ("24/7", "mon 00:00-00:01", "sun 23:59-00:01", "daily 18:00-02:00", "sat 10-14"),
    "on_call": (
        {"hours": "24/7", "pay": "1000000000/h", "minimum": "24h"},
        {"hours": "sun 23:59-00:01", "pay": "0/night", "reaction": 0, "call_out": 0},
        {"hours": "sat-sun 09:00-21:00", "pay": "76/weekend", "reaction": "24h"},
        {"hours": "never", "pay": "1000000000/month"},
    ),
    "cover": ("24/7", "mon 00:00-00:01", "sun 23:59-00:01", "daily 18:00-02:00", "mon-fri 9-17"),
    "hourly_wage": (12.4, "1000000000/h"),
    "monthly_wage": (1_000_000_000,),
    "annual_wage": (1_000_000_000,),
    "charges": (0, "200%", "42%"),
    "planned_absence": (0, "95%", "13%"),
    "unplanned_absence": (0, "95%", "5%"),
    "turnover": (0, "500%/year"),
    "recruitment": (0, 1_000_000_000),
    "training": (0, 1_000_000_000),
    "premiums": ({"night": "300%", "sunday": 0, "holiday": "300%"},),
    "management": (0, "168 h/week"),
    "coordination": (0, "168 h/week"),
    "tutoring": (0, "168 h/week"),
    "starts_after": (0, "1 day", 23.9, 24, 600),
    "ramp_up": (0, "1 day", 23.9, 24, 600),
    "answer_delay": (0, "1 min", "3 days"),
    "escalates": (0, "100%", "1%"),
    "escalation_delay": (0, "1 min", "30 days"),
    "takes": (0, "100%", "0.1%", {"messages": 0}, {"content": "50%"}),
    "gratification": (4.5, 1_000_000_000),
    "placement": ("1 day", 6, 600),
    "gap": (0, "1 day", 600),
    "hourly_rate": (0, 75, 1_000_000_000),
    "day_rate": (0, 350, 1_000_000_000),
    "day_length": ("1 min", "24h"),
    "max_hours": (0, "1 min/month", "168 h/week"),
    "retainer": (0, 1_000_000_000),
    "included": (0, "1 min/month", "168 h/week", {"messages": "all"}, {"hours": 0.01}),
    "per_message": (0, 1_000_000_000, [{"up_to": 0.001, "price": 9}, {"price": 0}]),
    "packages": ({"messages": [{"price": 0}]}, {"hours": [{"up_to": 0.001, "price": 9}]}),
    "tiers": ("whole", "marginal"),
    "beyond": ("refused",),
    "notice": (0, 600),
    "ad_spend": ({"share": "100%", "minimum": 1_000_000_000}, 0, 1_000_000_000),
    "counts": ({}, {"networks": 1_000_000_000}),
    "watch": ("0/month", "1000000000/h", "900/month", "1000000000/weekend"),
    "after_hours": (1, 10),
    "setup": (0, 1_000_000_000),
    "min_months": (0, 0.5, 600),
    "depth": (0, 0.001, 0.5, 1.5, 1000),
    "service_level": (0, "0.1%", "100%"),
    "days": (0, 0.5, 31, "0.01/year", "372/year"),
    "resolves": (0, "100%", "0.1%"),
    "wrong": (0, "100%", "0.1%"),
    "noticed_after": (0, "1 min", "30 days"),
    "hand_over": (0, "1 min", "24h"),
    "supervision": (0, "168 h/week"),
    "per_resolution": (0, 1_000_000_000, [{"up_to": 0.001, "price": 9}, {"price": 0}]),
    "per_post": (0, 1_000_000_000, [{"up_to": 0.001, "price": 9}, {"price": 0}]),
    "seasons": ({}, {"nov": 0}, {"aug": {"messages": "0.1%"}}, {"jan-dec": "50%"}, {"feb": "900%"}),
    "season": ("average", "worst"),
    "horizon": (0.1, 1, 11.5, 12, 25, 600),
    "answer_within": ("1 min", "24h", "30 days"),
    "per_day": (0, 0.001, 40, 100_000),
    "minutes_each": (0.1, 4, 1000),
    "profile": ("flat", "office", "evening", "weekend", [1, *[0] * 167], [*[0] * 167, 1e-6]),
    "work": ({}, {"content": "0 h/week"}, {"content": "168 h/week", "x": "24 h/day"}),
    "skills": ([], ["ads"]),
    "wages": (0, "100%"),
    "vendors": (0, "100%"),
    "discount": (0, "100%", "0.01%"),
    "size": (1, 10, 11, 49, 50, 249, 250, 1_000_000),
    "own_time": (0, 1_000_000_000),
    "start": ("1970-01-01", "2026-01-01", "2026-02-28", "2027-12-31", "2199-12-31"),
    "country": ("BE", "CA", "CA-QC", "CH", "DE", "FR", "GB", "LU", "US"),
    "region": ("CA", "NYC", "ZH", "Sachsen", "Scotland", "Moselle"),
    "age": (14, 17, 21, 25, 65, 100),
    "rates": ({}, {"mutuality": "1.56%"}, {"pension": 0}, {"x": 1}),
    "price": (0, 1_000_000_000),
    "per": ("team", "seat", {"messages": 0.01}, {"messages": 1_000_000_000}),
    "shared_by": (1, 1_000_000),
    "budget": (0, "1/month", "1000000000 total"),
    "cost": (0, "1/month"),
    "live_within": (0, 600),
    "hours_per_day": (0.1, 2, 7, 24),
    "agency_rate": (0, 75),
    "tools": (0,),
}
"""Values at the edge of what is allowed, by key."""


def edged(rng: random.Random, text: str) -> str:
    """A scenario with values at their edges, which most often is valid."""
    data = yaml.load(text, yaml.CBaseLoader)
    places = [(c, k) for c, k in _places(data) if isinstance(c, dict) and k in EDGES]
    for _ in range(rng.randint(1, 4)):
        container, key = rng.choice(places)
        container[key] = rng.choice(EDGES[key])
    return _dumped(data)


def mutated_text(rng: random.Random, text: str) -> str:
    """A scenario's text with up to three accidents."""
    for _ in range(rng.randint(1, 3)):
        text = rng.choice(_ACCIDENTS)(rng, text)
    return text


def _lines(rng: random.Random, text: str) -> str:
    """Lines lost, repeated, swapped, moved or cut."""
    lines = text.split("\n")
    i, j = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            del lines[i : i + rng.randint(1, 3)]
        case 1:
            lines.insert(j, lines[i])
        case 2:
            lines[i], lines[j] = lines[j], lines[i]
        case 3:
            lines[i] = " " * rng.randrange(8) + lines[i].lstrip()
        case _:
            lines[i] = lines[i][: rng.randrange(len(lines[i]) + 1)]
    return "\n".join(lines)


def _value(rng: random.Random, text: str) -> str:
    """A nasty value in the place of what follows a colon."""
    colons = [i for i, c in enumerate(text) if c == ":" and text[i + 1 : i + 2] == " "]
    if not colons:
        return text
    start = rng.choice(colons) + 2
    end = start
    while end < len(text) and text[end] not in ",}]\n":
        end += 1
    return text[:start] + rng.choice(NASTY) + text[end:]


def _insert(rng: random.Random, text: str) -> str:
    """A nasty value, or an entry with one, anywhere."""
    i = rng.randrange(len(text) + 1)
    piece = rng.choice(NASTY)
    if rng.random() < 0.5:
        piece = f"{rng.choice(KEYS)}: {piece}" + rng.choice(("\n", ", ", ""))
    return text[:i] + piece + text[i:]


def _noise(rng: random.Random, text: str) -> str:
    """A few characters replaced, lost or added."""
    characters = list(text)
    for _ in range(rng.randint(1, 6)):
        i = rng.randrange(len(characters) + 1)
        new = rng.choice("\0\x07\x1b\x7f\x9b\t\r\n:{}[],&*#?|-<>=!%@`'\"\\ \u202e\ud800é名0.5e")
        characters[i : i + rng.randrange(2)] = [new]
    return "".join(characters)


_ACCIDENTS = (_lines, _value, _value, _insert, _noise)


def mutated_data(rng: random.Random, text: str) -> str:
    """A scenario that is well-formed YAML, with up to three strange values in it."""
    data = yaml.load(text, yaml.CBaseLoader)
    for _ in range(rng.randint(1, 3)):
        places = list(_places(data))
        container, key = rng.choice(places)
        match rng.randrange(5):
            case 0:
                del container[key]
            case 1:
                _, other = rng.choice(places)
                if isinstance(container, dict):
                    container[str(other)] = container[key]
            case 2:
                source, other = rng.choice(places)
                if key in _keys(container) and other in _keys(source):
                    container[key] = yaml.load(_dumped(source[other]), yaml.CBaseLoader)
            case 3:
                if isinstance(container, dict):
                    container[rng.choice(KEYS)] = _plain(rng)
            case _:
                container[key] = _plain(rng)
    return _dumped(data)


def _keys(container: Any) -> Any:  # noqa: ANN401
    return container if isinstance(container, dict) else range(len(container))


def _plain(rng: random.Random) -> object:
    """A nasty value as data; what is not well-formed as its text."""
    text = rng.choice(NASTY)
    try:
        return yaml.load(text, yaml.CBaseLoader)
    except yaml.YAMLError:
        return text


class _AsTyped(yaml.CSafeDumper):
    """Writes the texts ``false``, ``12`` and ``<<`` as they were typed, without quotes."""


def _typed(dumper: yaml.CSafeDumper, value: object) -> yaml.ScalarNode:
    return dumper.represent_str(str(value))


_AsTyped.yaml_implicit_resolvers = {}
_AsTyped.add_representer(int, _typed)
_AsTyped.add_representer(float, _typed)


def _dumped(data: object) -> str:
    return str(yaml.dump(data, Dumper=_AsTyped, allow_unicode=True, sort_keys=False))


def _places(data: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """Every place of a tree, as container and key."""
    if isinstance(data, (dict, list)):
        for key in list(_keys(data)):
            yield data, key
            yield from _places(data[key])


def flags(rng: random.Random) -> list[str]:
    """Up to two ``--set`` flags."""
    paths = (
        "needs.messages.per_day", "needs.cover", "sources.cm.hours", "sources.agency.depth",
        "options.hybrid.0.colleague.takes", "options.hire", "horizon", "country", "hours_per_day",
        "require.watched", "tools.tools.price", "sources.cm", "x", "", "a.b.c", "options.0",
        "needs", "require", "tools", "sources", "options", "company", "expect", "own_time",
    )  # fmt: skip
    return [f"{rng.choice(paths)}={rng.choice(NASTY)}" for _ in range(rng.choice((0, 0, 0, 1, 2)))]


# fmt: off
NASTY_JSON = (
    "null", "true", "false", "0", "-1", "-0", "1", "0.5", "1.005", "1e308", "1e6000", "-1e6000",
    "1e-400", "1e" + "9" * 30, "9" * 18, "9" * 4000, "9" * 5000, "NaN", "Infinity", "-Infinity",
    '""', '"12"', '"x"', '"EUR"', '"XYZ"', '"hire"', '"::error::x"', '"##[error]x"', '"=cmd()"',
    '"<img src=x>"', '"\\u001b[31m"', '"\\u009b31m"', '"\\u202e"', '"\\u0000"', '"a\\nb"',
    '"\\ud800"', '"\\udcff"', '"24/7"', '"E101"', '"' + "x" * 30_000 + '"', "[]", "{}", "[[]]",
    '[""]', '[null]', '{"a": 1}', "[" * 900 + "]" * 900, '{"old": 1, "new": null}',
    '{"index": 1, "of": 1000000000}', "'", "\x1b", "\ud800",
)
# fmt: on


def json_accident(rng: random.Random, text: str) -> str:
    """A saved result's text with up to three accidents."""
    for _ in range(rng.randint(1, 3)):
        match rng.randrange(6):
            case 0:
                text = _noise(rng, text)
            case 1:
                text = _lines(rng, text)
            case _:
                text = _json_value(rng, text)
    return text


def _json_value(rng: random.Random, text: str) -> str:
    """A nasty value in the place of a plain one, or under a name that may be another's."""
    colons = [found.end() - 1 for found in re.finditer('":', text)]
    if not colons:
        return text
    colon = rng.choice(colons)
    start = end = colon + 1
    while end < len(text) and text[end] not in ",}]\n":
        end += 1
    value = rng.choice(NASTY_JSON)
    if rng.random() < 0.1:  # a name
        start, end = text.rfind('"', 0, colon - 1), colon
        value = rng.choice(('"zzz"', '"\\u001b"', '"format"', '"old"', '"total"'))
    return f"{text[:start]} {value}{text[end:]}"
