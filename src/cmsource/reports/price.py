"""``price``: how much can be asked for an option, of one client or of many."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cmsource.analysis.inputs.quantity import quantity
from cmsource.analysis.price.price import Bound, Price
from cmsource.model.judgement import misses
from cmsource.reports.blocks import (
    NONE,
    Block,
    Column,
    Look,
    Panel,
    Row,
    Span,
    Table,
    Text,
)
from cmsource.reports.comparison_data import amount, scenario_data, share
from cmsource.reports.price_words import Client
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    cells,
    money_text,
    title_text,
    unbroken,
)
from cmsource.results.entry import money
from cmsource.values.language import counted, listed, say
from cmsource.values.money import style_for

FORMAT = "cmsource/price/1"
HEADER = (
    *("file", "scenario", "option", "path", "unit", "today", "recommended", "highest", "lowest"),
    *("ends", "bound_by", "floor", "room", "paid_today", "paid_at_highest", "paid_at_floor"),
    *("hours", "own_costs", "total_at_highest"),
)


class PriceReport(NamedTuple):
    """How much can be asked for an option.

    Attributes:
        prices: of one client, or of each of several.
        alone: whether it is asked of one.
    """

    prices: Sequence[Price]
    alone: bool = True

    def blocks(self) -> Iterator[Block]:
        """What to ask; then what keeps it down and what is left of it, or a table of clients."""
        if self.alone:
            yield from Client(self.prices[0]).blocks()
        else:
            yield from _clients(self.prices)

    def data(self) -> Json:
        """``cmsource/price/1``."""
        return {
            "format": FORMAT,
            "prices": [_data(each) for each in self.prices],
            "totals": [_total_data(each) for each in _totals(self.prices)],
        }

    def header(self) -> Sequence[str]:
        """What is said of each client."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each client."""
        for each in self.prices:
            data = _data(each)
            paid = {f"paid_{name}": value for name, value in data["paid"].items()}
            where = {"file": each.scenario.file, "scenario": each.scenario.name}
            bound = None if each.binding is None else _name(each.binding)
            yield cells({**data, **paid, **where, "bound_by": bound}, HEADER)


# Many clients -------------------------------------------------------------------------------------


class _Total(NamedTuple):
    """Clients that one can win and whose price something keeps down, added up.

    Attributes:
        currency: of their amounts.
        unit: of their prices, where these can be added up, such as ``EUR/month``; else "".
        prices: of each: today's, the highest, and the floor.
    """

    currency: str
    unit: str
    prices: Sequence[Price]

    def added(self, values: Iterable[float | None]) -> float | None:
        """The sum of some values; None where one is not known."""
        known = list(values)
        return None if None in known else sum([each for each in known if each is not None])

    @property
    def today(self) -> float | None:
        return self.added(each.input.value for each in self.prices)

    @property
    def highest(self) -> float | None:
        return self.added(each.highest for each in self.prices)

    @property
    def floor(self) -> float | None:
        return self.added(each.floor for each in self.prices)

    @property
    def room(self) -> float | None:
        return self.added(each.room for each in self.prices)

    def paid(self, place: int) -> int | None:
        """What they pay today, at the highest prices or at the floors, in cents."""
        found = self.added(each.paid_cents[place] for each in self.prices)
        return None if found is None else round(found)


def _totals(prices: Sequence[Price]) -> list[_Total]:
    """Clients added up by currency, and by unit where prices of it can be added up.

    What is paid for hours or posts cannot: a client with more of them weighs more.
    """
    bounded = [each for each in prices if each.highest is not None and each.ends]
    found = []
    for currency in dict.fromkeys(each.scenario.currency for each in bounded):
        those = [each for each in bounded if each.scenario.currency == currency]
        units = {each.input.unit for each in those}
        unit = units.pop() if len(units) == 1 else ""
        found.append(_Total(currency, unit if unit in _addable(currency) else "", those))
    return found


def _addable(currency: str) -> tuple[str, ...]:
    return currency, f"{currency}/month", f"{currency}/year"


def _clients(prices: Sequence[Price]) -> Iterator[Block]:
    """A row for each client, and what they come to."""
    clients = [Client(each) for each in prices]
    totals = _totals(prices)
    floors = any(each.own is not None for each in prices)
    won = sum(each.highest is not None for each in prices)
    head = counted(
        len(prices),
        "{won} of {count} client can be won.",
        "{won} of {count} clients can be won.",
        won=won,
    )
    lines: list[Text] = [Span(head, Look.BEST if won else Look.BAD)]
    for each in totals:
        style = style_for(each.currency)
        lines.append(
            counted(
                len(each.prices),
                "Over its horizon {count} client pays at most {highest}, and {today} as it is.",
                "Over their horizons {count} clients pay at most {highest}, and {today} as it is.",
                highest=money_text(each.paid(1), style),
                today=money_text(each.paid(0), style),
            )
        )
    label = prices[0].option.label if prices else ""
    title = title_text(say("What to ask for {option}", option=label))
    yield Panel(title, tuple(lines), Look.GOOD if won else Look.WARNING)
    columns = [
        Column(say("Client"), wraps=True),
        Column(say("Today"), right=True),
        Column(say("Ask up to"), right=True),
        *([Column(say("Floor"), right=True), Column(say("Room"), right=True)] if floors else []),
        Column(say("Above it"), wraps=True),
    ]
    rows = [_row(each, floors=floors) for each in clients]
    for total in totals:
        if not total.unit:
            continue
        style = style_for(total.currency)
        values = [total.today, total.highest, *([total.floor, total.room] if floors else [])]
        shown = [NONE if v is None else unbroken(quantity(v, total.unit, style)) for v in values]
        rows.append(Row((say("Total"), *shown, ""), Look.STRONG))
    note = say("Added up are the clients that can be won and whose price something keeps down.")
    yield Table(tuple(columns), tuple(rows), noun=say("clients"), note=note)


def _row(client: Client, *, floors: bool) -> Row:
    found = client.found
    highest: str
    beyond: str
    if found.highest is None:
        highest, beyond = say("no price"), _short_reason(client)
    elif not found.ends:
        highest, beyond = say("any price"), ""
    else:
        highest, beyond = client.value(found.highest), client.beyond()
    floor = NONE if found.floor is None else client.value(found.floor, up=True)
    room = NONE if found.room is None else client.value(found.room)
    look = Look.PLAIN if found.highest is not None else Look.FAINT
    line = (client.value(found.input.value), highest, *([floor, room] if floors else []), beyond)
    return Row((client.scenario.name, *line), look)


def _short_reason(client: Client) -> str:
    found = client.found
    if found.misses:
        what = listed(misses(found.misses, client.style))
        return say("misses {misses}", misses=what)
    return client.beyond()


# Data ---------------------------------------------------------------------------------------------


def _name(bound: Bound) -> str:
    return bound.option or f"require.{bound.requirement}"


def _data(found: Price) -> Json:
    unit, style = found.input.unit, style_for(found.scenario.currency)
    number = share if unit.startswith("%") else amount
    today, most, least = found.paid_cents
    return {
        "scenario": scenario_data(found.scenario),
        "option": found.option.name,
        "source": found.seller,
        "path": found.input.path,
        "unit": unit,
        "today": number(found.input.value),
        "recommended": found.recommended,
        "highest": number(found.highest) if found.ends else None,
        "lowest": number(found.lowest),
        "ends": found.ends,
        "wins": found.highest is not None,
        "misses": misses(found.misses, style),
        "bound_by": None if found.binding is None else _name(found.binding),
        "bounds": [
            {
                "by": _name(bound),
                "price": number(bound.price) if bound.ends else None,
                "ends": bound.ends,
                "binds": bound.binds,
                "misses": misses(bound.misses, style),
            }
            for bound in found.bounds
        ],
        "floor": number(found.floor),
        "room": number(found.room),
        "paid": {
            "today": money(today),
            "at_highest": None if most is None or not found.ends else money(most),
            "at_floor": None if least is None else money(least),
        },
        "hours": share(found.hours),
        "own_costs": None if found.own is None else money(found.own_cents),
        "total_at_highest": (
            None if found.total_cents is None or not found.ends else money(found.total_cents)
        ),
    }


def _total_data(found: _Total) -> Json:
    names = ("today", "at_highest", "at_floor")
    paid = {name: found.paid(place) for place, name in enumerate(names)}
    data: Json = {
        "currency": found.currency,
        "clients": len(found.prices),
        "paid": {name: None if cents is None else money(cents) for name, cents in paid.items()},
        "unit": found.unit or None,
    }
    for name in ("today", "highest", "floor", "room"):
        data[name] = amount(getattr(found, name)) if found.unit else None
    return data
