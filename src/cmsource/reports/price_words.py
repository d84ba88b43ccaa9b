"""What can be asked of one client, in words and tables."""

from collections.abc import Iterator
from math import ceil, floor

from cmsource.analysis.inputs.names import in_words
from cmsource.analysis.inputs.quantity import quantity
from cmsource.analysis.price.price import Bound, Price
from cmsource.model.judgement import misses
from cmsource.reports.blocks import (
    NONE,
    Block,
    Column,
    Look,
    Panel,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
)
from cmsource.reports.wording import (
    capital,
    horizon_text,
    money_text,
    plain_number,
    share_text,
    title_text,
    unbroken,
)
from cmsource.scenario.figures import requirable
from cmsource.values.language import listed, say
from cmsource.values.money import format_number, format_price, style_for
from cmsource.values.written import unit_name

_WHOLE = 100.0
"""Prices from here on are told in whole units of the currency."""


class Client:
    """How much can be asked of one client, in words."""

    def __init__(self, found: Price) -> None:
        self.found = found
        self.scenario = found.scenario
        self.style = style_for(found.scenario.currency)
        self.what = in_words(found.input.path, found.scenario)

    def blocks(self) -> Iterator[Block]:
        """What to ask, what keeps it down, and what is left of it."""
        found = self.found
        title = title_text(
            say("What to ask for {option}", option=found.option.label),
            self.scenario.name,
            self.scenario.country,
            horizon_text(self.scenario.horizon),
        )
        wins = found.highest is not None
        head = Span(self.answer(), Look.BEST if wins else Look.BAD)
        lines: list[Text] = [head, self.today()]
        room = self.room()
        if room:
            lines.append(room)
        yield Panel(title, tuple(lines), Look.GOOD if wins else Look.WARNING)
        if found.bounds:
            yield self.bounds()
        yield self.money()
        note = self.note()
        if note:
            yield Paragraph(note, Look.FAINT)

    def value(self, value: float, *, up: bool = False) -> str:
        """A price that people say: whole from some size on, on the safe side."""
        unit = self.found.input.unit
        if not self.found.input.is_share and value >= _WHOLE:
            value = float(ceil(value - 1e-9) if up else floor(value + 1e-9))
        return unbroken(quantity(value, unit, self.style))

    def exact(self, value: float | None) -> str:
        """A price to the cent; a dash for none."""
        if value is None:
            return NONE
        return unbroken(quantity(value, self.found.input.unit, self.style, exact=True))

    def label(self, name: str) -> str:
        """How an option is called."""
        return next(each.label for each in self.scenario.options if each.name == name)

    def answer(self) -> str:
        """The price to ask, and what is beyond it; or why there is none."""
        found = self.found
        option = found.option.label
        if found.highest is None:
            return self.never()
        if not found.ends:
            return say(
                "Ask what you like for {what}: at no price does anything else become the one to "
                "take.",
                what=self.what,
            )
        price = self.value(found.highest)
        places = {"price": price, "what": self.what, "beyond": self.beyond()}
        if found.lowest is not None and found.lowest > found.input.low:
            return say(
                "Ask from {low} to {price} for {what}: above that, {beyond}; below it, {option} is "
                "not the cheapest either.",
                low=self.value(found.lowest, up=True),
                option=option,
                **places,
            )
        return say("Ask up to {price} for {what}: above it, {beyond}.", **places)

    def never(self) -> str:
        """Why no price will do."""
        found = self.found
        if found.misses:
            return say(
                "No price for {what} makes {option} the one to take: it misses {misses}.",
                what=self.what,
                option=found.option.label,
                misses=listed(misses(found.misses, self.style)),
            )
        return say(
            "No price for {what} makes {option} the one to take: even at {least}, {beyond}.",
            what=self.what,
            option=found.option.label,
            least=self.value(found.input.low),
            beyond=self.beyond(),
        )

    def beyond(self) -> str:
        """What is the case above the price."""
        bound = self.found.binding
        if bound is None:
            return say("another option is cheaper")
        if bound.requirement:
            return say("{what} is passed", what=self.limit(bound))
        return say("{option} is cheaper", option=self.label(bound.option))

    def limit(self, bound: Bound) -> str:
        """A requirement of money with its limit, such as ``the budget of 90,000 €``."""
        limit = getattr(self.scenario.require, bound.requirement)
        figure = money_text(round(limit.amount * 100), self.style)
        if limit.per == "month":
            figure = say("{amount}/month", amount=figure)
        if bound.requirement == "budget":
            return say("the budget of {amount}", amount=figure)
        phrase = requirable()[bound.requirement].phrase
        return say("the limit of {amount} of {what}", amount=figure, what=phrase)

    def today(self) -> str:
        """Today's price, and whether it is recommended."""
        found = self.found
        places = {"price": self.value(found.input.value), "option": found.option.label}
        if found.recommended == found.option.name:
            return say("Today, at {price}, {option} is the one to take.", **places)
        if found.recommended is None:
            return say("Today, at {price}, no option does the job.", **places)
        return say(
            "Today, at {price}, {other} is the one to take.",
            **places,
            other=self.label(found.recommended),
        )

    def room(self) -> str:
        """From what it costs to what can be asked."""
        found = self.found
        if found.own is None:
            return ""
        if found.floor is None:
            return say(
                "{what} does not pay for your costs of {costs}, whatever it is.",
                what=capital(self.what),
                costs=money_text(found.own_cents, self.style),
            )
        least = self.value(found.floor, up=True)
        _, top, bottom = found.paid_cents
        if found.room is None or top is None or bottom is None:
            return say("Your floor is {least}.", least=least)
        if found.room < 0:
            return say(
                "There is no room: your floor is {least}, {short} more.",
                least=least,
                short=self.exact(-found.room),
            )
        return say(
            "Your floor is {least}: {room} of room, {money} over {months}.",
            least=least,
            room=self.exact(found.room),
            money=money_text(top - bottom, self.style),
            months=horizon_text(self.scenario.horizon),
        )

    def bounds(self) -> Table:
        """What keeps the price down, and what would if it did the job."""
        columns = (
            Column(say("What keeps it down"), wraps=True),
            Column(say("Up to"), right=True),
            Column(say("Does the job"), wraps=True),
        )
        rows = []
        for bound in self.found.bounds:
            chosen = bound == self.found.binding
            if bound.requirement:
                what, fits = capital(self.limit(bound)), ""
            else:
                what = self.label(bound.option)
                fits = listed(misses(bound.misses, self.style)) if bound.misses else say("yes")
            price = self.exact(bound.price) if bound.ends else say("any price")
            if bound.price is None:
                price = say("no price")
            look = Look.BEST if chosen else Look.PLAIN if bound.binds else Look.FAINT
            rows.append(Row((what, price, fits), look))
        note = say(
            "Each by itself: the highest price that it allows. What misses something counts "
            "for nothing."
        )
        return Table(
            columns, tuple(rows), title=say("Who and what keeps the price down"), note=note
        )

    def money(self) -> Table:
        """What the client pays, what it costs and what is left, at each price."""
        found, style = self.found, self.style
        prices = (
            (say("Today"), found.input.value),
            (say("Most"), found.highest if found.ends else None),
            (say("Floor"), found.floor),
        )
        columns = [
            Column(""),
            Column(say("Price"), right=True),
            Column(say("Paid to you"), right=True),
        ]
        if found.own is not None:
            columns += [
                Column(say("Your costs"), right=True),
                Column(say("Left"), right=True),
                Column(say("Margin"), right=True),
            ]
        rows = []
        for (name, price), paid in zip(prices, found.paid_cents, strict=True):
            if price is None or paid is None:
                continue
            line: list[Text] = [name, self.exact(price), money_text(paid, style)]
            if found.own is not None:
                left = paid - found.own_cents
                margin = left / paid if paid else None
                line += [money_text(found.own_cents, style), money_text(left, style)]
                line.append(share_text(margin))
            rows.append(Row(tuple(line)))
        months = horizon_text(self.scenario.horizon)
        return Table(tuple(columns), tuple(rows), title=say("Over {months}", months=months))

    def note(self) -> str:
        """What the figures rest on."""
        found, said = self.found, []
        if found.own is not None:
            hours = format_number(found.hours)
            hour = format_price(found.own.hour, self.style, 2)
            costs = [say("{hours} h of work at {hour} an hour", hours=hours, hour=hour)]
            if found.own.month:
                month = format_price(found.own.month, self.style, 2)
                each_month = say("{month} a month", month=month)
                costs = [*costs, each_month] if found.own.hour else [each_month]
            margin = share_text(found.own.margin)
            what = listed(costs)
            said.append(
                say(
                    "Your costs: {costs}; a margin of {margin} of the price.",
                    costs=what,
                    margin=margin,
                )
                if found.own.margin
                else say("Your costs: {costs}.", costs=what)
            )
        source = self.scenario.sources[found.seller]
        included, origin = getattr(source, "included", None), source.origins.get("included")
        if found.input.path.endswith("retainer") and origin is not None and origin.fact is not None:
            said.append(
                say(
                    "What the retainer includes stays as it was worked out from today's: "
                    "{included}. Say it in the file to hold it.",
                    included=_hours(included),
                )
            )
        return listed(said, " ")


def _hours(included: object) -> str:
    if isinstance(included, str) or included is None:
        return say("all")
    return listed([plain_number(included[0]), unit_name(f"h/{included[1]}")], " ")  # type: ignore[index]
