"""``countries``: the sourced values of countries, where from, of when, how sure."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from cmsource.analysis.standing import GROSS, standing
from cmsource.countries import CONFIDENCE, Country, Fact
from cmsource.countries.dates import is_stale, newest, stale_before
from cmsource.reports.blocks import Block, Column, Heading, Items, Look, Paragraph, Row, Span, Table
from cmsource.reports.comparison_data import amount
from cmsource.reports.report import Json
from cmsource.reports.wording import cells, yes_no
from cmsource.values.language import Language, listed, said, say
from cmsource.values.money import (
    Style,
    format_digits,
    format_money,
    format_number,
    format_shortest,
    style_for,
)
from cmsource.values.written import written

STALE_MARK = "!"
_NOTE = say(
    "What a full post at {wage} gross a month costs its employer, in money of the country, "
    "as a twelfth of a year; the hours a year really worked for it, leave, public holidays and "
    "sickness taken off; the least an hour; how many of the country's values are guesses.",
    wage=format_shortest(GROSS),
)
HEADER = ("country", "key", "value", "source", "as_of", "confidence", "stale")


class CountriesReport(NamedTuple):
    """All countries, side by side.

    Attributes:
        countries: the countries.
        start: the day whose values are shown; None for the newest.
    """

    countries: Sequence[Country]
    start: datetime.date | None

    def blocks(self) -> Iterator[Block]:
        """One row a country: what a wage costs, the hours worked for it, how sure all that is."""
        columns = (
            Column(say("Code")),
            Column(say("Country")),
            Column(say("{wage} costs", wage=format_shortest(GROSS)), right=True),
            Column(say("Hours"), right=True),
            Column(say("Minimum"), right=True),
            Column(say("Guesses"), right=True),
            Column(say("Newest")),
        )
        rows = []
        for country in self.countries:
            found, style = standing(country), style_for(country.currency)
            least = "–"
            if found.minimum is not None:
                least = listed([_money(found.minimum, style), "/h"], between="")
            rows.append(
                Row(
                    (
                        Span(country.code, Look.STRONG),
                        country_name(country),
                        _money(found.total, style),
                        format_number(found.hours),
                        least,
                        say("{count} of {all}", count=found.guesses, all=found.values),
                        newest(country).isoformat(),
                    )
                )
            )
        yield Table(columns, tuple(rows), note=_NOTE)

    def data(self) -> Json:
        """``cmsource/countries/1``: all countries with all their values."""
        return {
            "format": "cmsource/countries/1",
            "countries": [
                {**_country(country, self.start), "compared": _compared(country)}
                for country in self.countries
            ],
        }

    def header(self) -> Sequence[str]:
        """What is said of each value."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """One row a value."""
        for country in self.countries:
            yield from CountryReport(country, self.start).rows()


class CountryReport(NamedTuple):
    """Every sourced value of one country.

    Attributes:
        country: the country.
        start: the day whose values are shown; None for the newest.
    """

    country: Country
    start: datetime.date | None

    def blocks(self) -> Iterator[Block]:
        """What each value is, where from, of when, and its mark."""
        country, day = self.country, self.start or newest(self.country)
        title = say(
            "{place} ({code}) {period} · amounts in {currency}",
            place=listed([country_name(country), *reversed(_region_names(country))]),
            code=country.code,
            period=country.period,
            currency=country.currency,
        )
        yield Heading(title, level=1)
        yield values_table(country, day)
        marks = listed(
            [listed([mark, meaning], " ") for mark, meaning in CONFIDENCE.items()], say("; ")
        )
        if country.notes:
            yield Items(tuple(country.notes), say("Notes"))
        own = [f"{each.names[0]} ({each.code})" for each in country.regions if each.facts]
        if own:
            yield Paragraph(
                say(
                    "With values of their own: {regions}; --region shows them.", regions=listed(own)
                )
            )
        yield Paragraph(
            say("{mark} more than two years before {day}.", mark=STALE_MARK, day=day.isoformat())
        )
        yield Paragraph(say("Marks: {marks}.", marks=marks), Look.FAINT)

    def data(self) -> Json:
        """``cmsource/country/1``."""
        return {"format": "cmsource/country/1", **_country(self.country, self.start)}

    def header(self) -> Sequence[str]:
        """What is said of each value."""
        return HEADER

    def rows(self) -> Iterator[Sequence[object]]:
        """One row a value."""
        day = self.start or newest(self.country)
        for key, fact in self.country.facts.items():
            data = _fact(key, fact, day)
            data |= {"country": self.country.code, "value": value_text(fact.value)}
            yield cells(data, HEADER)


def values_table(country: Country, day: datetime.date | None = None) -> Table:
    """Every value of a country; those that were stale on the day, if one is given, are marked."""
    columns = [
        Column(say("Key")),
        Column(say("Value"), wraps=True),
        Column(say("Of")),
        Column(say("Mark")),
        Column(say("Source"), wraps=True),
    ]
    rows = []
    for key, fact in country.facts.items():
        stale = day is not None and is_stale(fact, day)
        look = Look.WARNING if stale else Look.PLAIN
        cells = (
            Span(key, look if stale else Look.KEY),
            value_text(fact.value),
            Span(fact.as_of, look),
            fact.confidence,
            Span(fact.source, Look.FAINT),
        )
        mark = Span(STALE_MARK if stale else "", look)
        rows.append(Row(cells if day is None else (mark, *cells)))
    return Table(tuple(columns if day is None else [Column(""), *columns]), tuple(rows))


def value_text(value: Any) -> str:  # noqa: ANN401 - facts are numbers, texts and tables
    """A value as one reads it: a number without needless digits, a table on one line."""
    return said(_in_words, value) if isinstance(value, str) else _figures(value)


def _in_words(language: Language, text: str) -> str:
    """A value that is a text: a sentence of the catalogue, else hours or a name."""
    found = language.sentence(text)
    return found if found != text else language.of(written(text))


def _figures(value: Any) -> str:  # noqa: ANN401 - numbers, names and tables of them
    if value is None:
        return "null"  # no limit, as the files say it
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, float):
        return format_digits(value, 10)
    if isinstance(value, dict):
        return listed(
            say("{name}: {value}", name=_figures(key), value=_figures(each))
            for key, each in value.items()
        )
    if isinstance(value, list):
        return listed(map(_figures, value), " / ")
    return str(value)


def country_name(country: Country) -> str:
    """What a country is called."""
    return say(country.name)


def _region_names(country: Country) -> list[str]:
    """What the regions whose values count are called, the narrowest first."""
    names = {each.code: each.names[0] for each in country.regions}
    return [names.get(code, code) for code in country.region]


def _compared(country: Country) -> dict[str, Json]:
    """Where a country stands: money with two decimals, hours with one."""
    found = standing(country)
    return {
        "gross": amount(GROSS),
        "total": amount(found.total),
        "hours_worked": round(found.hours, 1),
        "minimum_wage": None if found.minimum is None else amount(found.minimum),
        "guesses": found.guesses,
        "values": found.values,
    }


def _money(value: float, style: Style) -> str:
    return format_money(round(value * 100), style)


def _country(country: Country, start: datetime.date | None) -> dict[str, Json]:
    day = start or newest(country)
    return {
        "country": country.code,
        "name": country_name(country),
        "currency": country.currency,
        "period": country.period,
        "region": list(country.region),
        "stale_before": stale_before(day).isoformat(),
        "notes": list(country.notes),
        "values": [_fact(key, fact, day) for key, fact in country.facts.items()],
    }


def _fact(key: str, fact: Fact, day: datetime.date) -> dict[str, Json]:
    return {
        "key": key,
        "value": fact.value,
        "source": fact.source,
        "as_of": fact.as_of,
        "confidence": fact.confidence,
        "stale": is_stale(fact, day),
    }
