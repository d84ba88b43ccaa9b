"""The numeric inputs of a scenario, and scenarios with some of them moved."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import cmsource
from cmsource.analysis.inputs.inputs import Input, input_at, inputs, put, written
from cmsource.analysis.inputs.names import in_words
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.record import Record, keys_of
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.values.language import ENGLISH, Language
from strategies import agency, colleague, employee, read, scenario, scenarios


def paths(record: type[Record], before: str, seen: tuple[type[Record], ...] = ()) -> Iterator[str]:
    """A path for each number of a record, with names where it has maps of them."""
    for name, key in keys_of(record).items():
        path = f"{before}{name}"
        if key.named is not None:
            path = f"{path}.{_NAMES.get(name, 'posts')}"
        if key.quantity is not None and key.quantity.numeric:
            yield path
        if key.record is not None and key.record not in seen:
            inside = f"{path}.0." if key.several else f"{path}."
            yield from paths(key.record, inside, (*seen, record))


_NAMES = {
    "sources": "s",
    "tools": "suite",
    "seasons": "nov-dec",
    "brands": "b",
    "rates": "mutuality",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_number_has_a_phrase_of_its_own(kind: str) -> None:
    """In English and in French; none is a key in other letters."""
    of = read(SHOP)
    source = sorted({*paths(KINDS[kind], "sources.agence.")})
    top = sorted({*paths(ScenarioKeys, "")})
    found = [each for each in (*top, *source) if not each.startswith(("sources.s.", "brands."))]
    found.remove("needs.work.posts.hours")  # which is what needs.work.posts is for short
    assert len(found) > 60
    for language in (ENGLISH, Language("fr")):
        phrases = [language.of(in_words(path, of)) for path in found]
        named = dict(zip(found, phrases, strict=True))
        assert "`mutuality`" in named.pop("company.rates.mutuality")
        assert [words for words in named.values() if "`" in words] == []
        assert len(set(phrases)) == len(phrases)
        if language is not ENGLISH:
            assert not [words for words in phrases if " the " in f" {words}" or " of " in words]


SHOP: dict[str, Any] = scenario(
    {
        "cm": employee(hourly_wage=20),
        "helper": colleague(takes="30%"),
        "agence": agency(retainer="1000/month", included="10 h/month", hourly_rate="80/h"),
    },
    {
        "hire": ["cm"],
        "agency": ["agence"],
        "cheap": [{"agence": {"hourly_rate": "60/h"}}],
        "mix": ["helper", "agence"],
        "phased": {"phases": [{"months": 6, "sources": ["agence"]}, {"sources": ["cm"]}]},
    },
    work={"content": "10 h/week", "reports": "6 h/month"},
    messages={"per_day": 10},
    tools={"suite": {"price": "90/month", "included_by": ["agence"]}},
    require={"watched": "50%", "budget": "9000/month"},
    horizon="24 months",
)


def shop() -> cmsource.Scenario:
    """A scenario with most forms of inputs."""
    return read(SHOP)


def totals(of: cmsource.Scenario) -> dict[str, Any]:
    """What every option costs and covers."""
    result = cmsource.compare(of)
    return {
        name: (option.total, option.cash, option.coverage, option.eligible)
        for name, option in result.options.items()
    }


@pytest.mark.parametrize(
    ("path", "unit", "value"),
    [
        ("horizon", "months", 24),
        ("needs.messages.per_day", "messages/day", 10),
        ("needs.messages.minutes_each", "min", 6),
        ("needs.work.reports", "h/month", 6),
        ("sources.cm.hourly_wage", "EUR/h", 20),
        ("sources.cm.hours", "h/week", 35),
        ("sources.helper.hours", "h/day", 1),
        ("sources.helper.takes", "%", 0.3),
        ("sources.agence.retainer", "EUR/month", 1000),
        ("sources.agence.included", "h/month", 10),
        ("tools.suite.price", "EUR/month", 90),
        ("require.watched", "%", 0.5),
        ("require.budget", "EUR/month", 9000),
        ("options.cheap.0.agence.hourly_rate", "EUR/h", 60),
        ("options.phased.phases.0.months", "months", 6),
    ],
)
def test_each_form_of_number_is_an_input(path: str, unit: str, value: float) -> None:
    """Money, shares, times, hours and counts are inputs, in the unit in which they are held."""
    found = {each.path: each for each in inputs(shop())}[path]
    assert (found.unit, found.value, found.given) == (unit, value, True)
    assert found == input_at(shop(), path)


def test_what_nobody_gave_is_no_given_input() -> None:
    """A default of the country is an assumption; a key left at zero is found when asked for."""
    data = read({"hourly_wage": 16, "agency_rate": 75, "hours_per_day": 2, "cover": "24/7"})
    assumed = input_at(data, "sources.employee.turnover")
    assert not assumed.given
    assert assumed.ref == "FR: turnover"
    setup = input_at(data, "sources.agency.setup")
    assert (setup.value, setup.given) == (0, False)
    assert setup not in inputs(data)


def test_requirements_are_marked() -> None:
    """A requirement moves who is eligible and no figure, and says so."""
    about = {each.path: each.about for each in inputs(shop())}
    assert about["require.budget"] == "requirement"
    assert about["sources.cm.hourly_wage"] == "input"


def test_an_unknown_path_is_an_error_with_a_way_out() -> None:
    """The closest path is proposed."""
    with pytest.raises(cmsource.ScenarioError) as caught:
        input_at(shop(), "sources.agence.hourly_rat")
    assert caught.value.diagnostics[0].hint == "did you mean `sources.agence.hourly_rate`?"
    for path in ("nothing", "sources.cm", "sources.cm.kind", "options.mix.9.helper.takes", "needs"):
        with pytest.raises(cmsource.ScenarioError):
            put(shop(), {path: 1.0})


def test_whole_numbers_stay_whole() -> None:
    """Half a head cannot be put."""
    assert input_at(read(SHOP | {"company": {"size": 9}}), "company.size").whole
    with pytest.raises(ValueError, match="whole number"):
        put(read(SHOP | {"company": {"size": 9}}), {"company.size": 9.5})


def test_limits_come_of_readers_and_checks() -> None:
    """35 h of duty take one contract of 35 h or two of 17.5; a share ends at 1; wages are legal."""
    two = read(scenario({"cm": employee(headcount=2)}))
    assert input_at(two, "sources.cm.hours").low == 17.5
    assert input_at(two, "sources.cm.headcount").low == 1
    assert input_at(two, "sources.cm.planned_absence").high == 0.95
    minimum = cmsource.load_country("FR").value("minimum_wage")
    assert input_at(two, "sources.cm.hourly_wage").low == minimum
    assert input_at(shop(), "options.phased.phases.0.months").high < 24


def test_options_move_with_a_source_unless_they_override_the_field() -> None:
    """Ten euros more an hour move the agency and the mix, and not the option with its own rate."""
    before, after = totals(shop()), totals(put(shop(), {"sources.agence.hourly_rate": 90}))
    assert {name for name in before if before[name] != after[name]} == {"agency", "mix", "phased"}


def test_phases_follow_the_horizon() -> None:
    """The last phase ends with the horizon; a phase that would begin after it is cut."""
    longer = put(shop(), {"horizon": 36}).options[-1]
    assert [(p.start, p.months) for p in longer.phases] == [(0, 6), (6, 30)]
    shorter = put(shop(), {"horizon": 5}).options[-1]
    assert [(p.start, p.months) for p in shorter.phases] == [(0, 5)]
    both = put(shop(), {"horizon": 5, "options.phased.phases.0.months": 3}).options[-1]
    assert [(p.start, p.months) for p in both.phases] == [(0, 3), (3, 2)]


def test_the_calendar_follows_the_horizon() -> None:
    """Public holidays are counted between the first day and the end, wherever that is moved to."""
    data = scenario(
        {"team": employee(headcount=8, on_duty="24/7", premiums={"holiday": "100%"})},
        cover="24/7",
        start="2027-01-04",
    )
    full = _expanded(yaml.safe_dump(data, sort_keys=False))
    again = cmsource.loads(full, overrides=["horizon=7 months"])
    assert totals(put(cmsource.loads(full), {"horizon": 7.0})) == totals(again)


def test_nothing_moved_is_nothing_changed() -> None:
    """Every input put to its own value gives the same scenario."""
    base = shop()
    assert put(base, {each.path: each.value for each in inputs(base)}) == base


def _drawn(draw: st.DrawFn, data: cmsource.Scenario) -> tuple[Input, float]:
    """An input and a value that reading takes."""
    free = [each for each in inputs(data) if each.about == "input" and each.high > each.low]
    found = draw(st.sampled_from(free))
    if found.path == "horizon":
        starts = [option.phases[-1].start for option in data.options]
        low, high = max(1.0, *(start + 1 for start in starts)), 48.0
    else:
        top = max(found.value * 3, 3.0 if found.high > 3 else found.high)
        low, high = found.low if found.low > 0.001 else 0.01, min(found.high, top)
    if found.whole:
        return found, draw(st.integers(int(low), int(high)))
    share = draw(st.integers(0, 8)) / 8
    return found, round(low + (high - low) * share, 6)


@st.composite
def moves(draw: st.DrawFn) -> tuple[str, str, float]:
    """The text of a scenario in full, one of its inputs and another value of it."""
    data = draw(scenarios())
    if draw(st.booleans()):
        data["options"]["changed"] = [{"agency": {"hourly_rate": 70}}, {"cm": {"takes": "20%"}}]
    full = _expanded(yaml.safe_dump(data, sort_keys=False))
    found, value = _drawn(draw, cmsource.loads(full))
    return full, found.path, value


def _expanded(text: str) -> str:
    from cmsource.reading.load import read_text
    from cmsource.writers.yaml import to_yaml

    tree = read_text(text).tree
    assert tree is not None
    return to_yaml(tree)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(moves())
def test_put_is_what_set_does_to_the_scenario_in_full(move: tuple[str, str, float]) -> None:
    """A number put in place costs and covers what it does when `--set` writes it into the text."""
    full, path, value = move
    base = cmsource.loads(full)
    text = written(base, path, value)
    try:
        read_again = cmsource.loads(full, overrides=[f"{path}={text}"])
    except cmsource.ScenarioError as error:  # pragma: no cover - shows which limit is wrong
        # How much work a scenario may make follows from the shares of all of its sources together.
        assume([each.code for each in error.diagnostics if each.severity == "error"] != ["E106"])
        raise AssertionError(f"{path}={text}: {error}") from error
    assert totals(put(base, {path: value})) == totals(read_again)


NAMED_LIKE_KEYS = """\
needs:
  cover: mon-fri 09:00-17:00
  counts: {NETWORKS: 3}
  messages: {per_day: 5}
  work: {CONTENT: 20 h/month, POSTS: {per_month: 20, hours_each: 1.5}}
sources:
  AGENCE:
    kind: agency
    retainer: 500
    included: {hours: 5/month, POSTS: 2/month}
    per: {POSTS: [{up_to: 5, price: 50..60}, {price: 40}]}
    hourly_rate: [{up_to: 10, price: 90}, {up_to: 20, price: 80}, {price: 75}]
    tiers: marginal
    takes: {CONTENT: 90%}
  cm: {kind: employee, takes: {CONTENT: 50%}}
  by-networks:
    kind: freelancer
    packages: {NETWORKS: [{up_to: 1, price: 450}, {price: 900}]}
    included: all
options:
  OPTION:
    - cm
    - AGENCE: {takes: {CONTENT: 80%}, hourly_rate: [{up_to: 30, price: 66}, {price: 60}]}
    - by-networks
  map: {sources: [{AGENCE: {takes: {CONTENT: 80%}}}]}
  phased: {phases: [{months: 6, sources: [{cm: {takes: {CONTENT: 70%}}}]}, {sources: [AGENCE]}]}
"""


@pytest.mark.parametrize(
    "name", ["up_to", "months", "tiers", "takes", "headcount", "hourly_rate", "phases"]
)
@pytest.mark.parametrize("role", ["NETWORKS", "CONTENT", "POSTS", "AGENCE", "OPTION"])
def test_names_may_be_those_of_keys(role: str, name: str) -> None:
    """What is called like a key has the inputs, limits and answer that it has under any name."""

    def told(text: str) -> list[str]:
        of = cmsource.loads(text)
        found = [
            (item.low, item.high, item.value, item.unit, in_words(item.path, of))
            for item in inputs(of)
        ]
        for item in inputs(of):
            put(of, {item.path: item.value})
        cmsource.simulate(of, draws=2)
        result = cmsource.compare(of)
        totals = [(option.total, option.eligible) for option in result.options.values()]
        return [str(each) for each in (*found, *totals)]

    plain = [each.replace(role, name) for each in told(NAMED_LIKE_KEYS)]
    assert told(NAMED_LIKE_KEYS.replace(role, name)) == plain
