"""Which numbers of a scenario move amounts alone, and how the entries follow them."""

from collections.abc import Mapping

import cmsource
from cmsource.analysis.links import Factor, Line, Links, Term, links
from cmsource.scenario.scenario import Scenario

SMALL = """\
country: FR
horizon: 24 months
needs: {cover: mon-fri 09:00-17:00, work: {content: 10 h/week}}
prices: {vendors: 10%/year, discount: 4%}
own_time: 30/h
tools: {desk: {price: 99/month, shared_by: 3}}
sources:
  firm: {kind: agency, hourly_rate: 75, setup: 500, coordination: 1 h/week}
  cm: {kind: employee, hourly_wage: 20, hours: 35, recruitment: 2000, management: 0 h/week}
options: {agency: [firm], hire: [cm]}
"""
RATE, VENDORS = "sources.firm.hourly_rate", "prices.vendors"


def linked(text: str) -> Links:
    """The links of a scenario."""

    def again(values: Mapping[str, str]) -> Scenario:
        return cmsource.loads(text, overrides=[f"{path}={value}" for path, value in values.items()])

    return links(cmsource.loads(text), again)


def line_of(text: str, option: str, category: str, number: int = 0) -> Line:
    """The line of an entry of a category, by its number among these."""
    entries = cmsource.compare(cmsource.loads(text), details=False).options[option].entries
    places = [place for place, each in enumerate(entries) if each.category == category]
    return linked(text).lines[option][places[number]]


def test_what_moves_amounts_alone_is_linked() -> None:
    """Prices where the quantity stays; no wage, no shared price, nothing that moves hours."""
    assert linked(SMALL).linked == {
        *(VENDORS, "own_time", "tools.desk.price", RATE, "sources.firm.setup"),
        *("sources.firm.coordination", "sources.cm.recruitment"),
    }


def test_a_rate_is_the_price_of_each_year() -> None:
    """10 h × 52 weeks at the rate; in the second year prices have risen once."""
    first = line_of(SMALL, "agency", "fees")
    second = line_of(SMALL, "agency", "fees", 1)
    assert first == Line(Factor(520.0), Factor(0.0, (Term(RATE, 1.0),)), Factor(1.0))
    assert second.price_index == Factor(1.0, (Term(VENDORS, 1.0),))
    values = {RATE: 80.0, VENDORS: 0.05}
    assert (first.cents(values), second.cents(values)) == (41_600_00, 43_680_00)


def test_prices_grow_by_powers() -> None:
    """In the third year 10 % more than 10 % more: 520 h at 75 € × 1.21."""
    text = SMALL.replace("24 months", "36 months")
    third = line_of(text, "agency", "fees", 2)
    assert third.price_index == Factor(0.0, growth=VENDORS, years=2)
    assert third.cents({RATE: 75.0, VENDORS: 0.1}) == 47_190_00


def test_what_others_follow_from_is_locked() -> None:
    """A retainer buys hours at the hourly rate: either of them moves how many those are."""
    text = SMALL.replace("hourly_rate: 75", "hourly_rate: 75, retainer: 300/month")
    found = linked(text).linked
    assert not {RATE, "sources.firm.retainer", "sources.firm.included"} & found
    told = linked(text.replace("300/month", "300/month, included: 4 h/month")).linked
    assert {RATE, "sources.firm.retainer"} <= told
    assert "sources.firm.included" not in told


def test_a_rate_in_two_places() -> None:
    """Evenings cost half as much again: half of the rate stands in entries of their own."""
    text = SMALL.replace("hourly_rate: 75", "hourly_rate: 75, after_hours: 1.5, on_duty: 24/7")
    text = text.replace("work: {content", "messages: {per_day: 20}, work: {content")
    text = text.replace("mon-fri 09:00-17:00", "24/7")
    assert RATE in linked(text).linked
    assert line_of(text, "agency", "watch").unit_price == Factor(0.0, (Term(RATE, 0.5),))
    # What is said of the cost would tell another share than the one in the cell.
    assert "sources.firm.after_hours" not in linked(text).linked


def test_a_price_of_two_parts() -> None:
    """Who leaves early owes what it would have paid: the retainer and the watch, together."""
    text = SMALL.replace("prices: {vendors: 10%/year, discount: 4%}\n", "")
    text = text.replace(
        "hourly_rate: 75",
        "hourly_rate: 75, retainer: 300/month, included: 4 h/month, watch: 50/month, "
        "min_months: 12 months",
    )
    text = text.replace(
        "options: {agency: [firm], hire: [cm]}",
        "options: {later: {phases: [{months: 6, sources: [firm]}, {sources: [cm]}]}}",
    )
    line = line_of(text, "later", "exit")
    parts = {term.path: term.slope for term in line.unit_price.terms}
    assert parts == {"sources.firm.retainer": 1.0, "sources.firm.watch": 1.0}
    assert line.unit_price.constant == 0
    # six months at 320 + 60
    now = {"sources.firm.retainer": 320.0, "sources.firm.watch": 60.0}
    assert line.cents(now) == 6 * 380_00


def test_limits_are_what_was_tried() -> None:
    """Of what has no limit, a million at most, or ten times today's value."""
    found = {each.path: each for each in linked(SMALL).inputs}
    assert (found[RATE].low, found[RATE].high) == (0.0, 1_000_000.0)
    assert (found[VENDORS].low, found[VENDORS].high) == (0.0, 1.0)


def test_what_cannot_be_read_again_is_locked() -> None:
    """Nothing is open that was not tried."""
    scenario = cmsource.loads(SMALL)

    def again(values: Mapping[str, str]) -> Scenario:
        return cmsource.loads("nothing")

    found = links(scenario, again)
    assert found.linked == frozenset()
    assert all(not line.paths for lines in found.lines.values() for line in lines)
