"""The sourced values of countries, as tables and as JSON."""

import datetime
from collections.abc import Sequence
from typing import Any

from cmsource.countries import CONFIDENCE, Country, Fact
from cmsource.countries.dates import is_stale, newest, stale_before
from cmsource.output.layout import Cell, Column, Paint, painter, paragraph, table
from cmsource.reports.comparison_data import Json
from cmsource.values.text import printable as safe
from cmsource.writers.json import dumps

STALE_MARK = "!"
_WIDE = 120


def overview_table(
    countries: Sequence[Country], *, start: datetime.date | None, width: int, colour: bool
) -> str:
    """One row a country: its period, its currency, how many values it has and how old they are."""
    paint = painter(colour=colour)
    columns = [
        Column("Code"),
        Column("Country"),
        Column("Period"),
        Column("Currency"),
        Column("Values", right=True),
        Column("Newest"),
        Column("Stale", right=True),
    ]
    rows = []
    for country in countries:
        day = start or newest(country)
        stale = sum(is_stale(fact, day) for fact in country.facts.values())
        rows.append(
            [
                Cell(country.code, "bold"),
                Cell(country.name),
                Cell(country.period),
                Cell(country.currency),
                Cell(str(len(country.facts))),
                Cell(newest(country).isoformat()),
                Cell(str(stale)),
            ]
        )
    text = "Stale: of more than two years before the start, or before the newest value."
    return "\n".join([*table(columns, rows, width, paint), "", paragraph(text, width)]) + "\n"


def country_table(
    country: Country, *, start: datetime.date | None, width: int, colour: bool
) -> str:
    """Every sourced value of a country: what it is, where from, of when, and its mark."""
    paint = painter(colour=colour)
    day = start or newest(country)
    head = f"{country.name} ({country.code}) {country.period} · amounts in {country.currency}"
    body = _wide if width >= _WIDE else _narrow
    marks = "; ".join(f"{mark} {meaning}" for mark, meaning in CONFIDENCE.items())
    notes = [f"Note: {safe(note)}." for note in country.notes]
    notes.append(f"{STALE_MARK} more than two years before {day}.")
    notes.append(f"Marks: {marks}.")
    return (
        "\n".join(
            [
                paint(paragraph(head, width), "bold"),
                "",
                *body(country, day, width, paint),
                "",
                *(paragraph(note, width) for note in notes),
            ]
        )
        + "\n"
    )


def _wide(country: Country, day: datetime.date, width: int, paint: Paint) -> list[str]:
    columns = [
        Column(""),
        Column("Key"),
        Column("Value", wraps=True),
        Column("Of"),
        Column("Mark"),
        Column("Source", wraps=True),
    ]
    rows = []
    for key, fact in country.facts.items():
        stale = is_stale(fact, day)
        look = "yellow" if stale else ""
        value, source = safe(value_text(fact.value)), safe(fact.source)
        rows.append(
            [
                Cell(STALE_MARK if stale else "", look),
                Cell(key, look),
                Cell(value),
                Cell(fact.as_of, look),
                Cell(fact.confidence),
                Cell(source, "dim"),
            ]
        )
    return table(columns, rows, width, paint)


def _narrow(country: Country, day: datetime.date, width: int, paint: Paint) -> list[str]:
    """The same with each source under its value."""
    lines = []
    for key, fact in country.facts.items():
        stale = is_stale(fact, day)
        mark = STALE_MARK if stale else " "
        head = paragraph(f"{key} = {safe(value_text(fact.value))}", width, "      ", f"{mark} ")
        lines.append(paint(head, "yellow" if stale else ""))
        text = f"{safe(fact.source)}, {fact.as_of} ({fact.confidence})"
        lines.append(paint(paragraph(text, width, "      "), "dim"))
    return lines


def value_text(value: Any) -> str:  # noqa: ANN401 - facts are numbers, texts and tables
    """A value as one reads it: a number without needless digits, a table on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {value_text(each)}" for key, each in value.items())
    if isinstance(value, list):
        return " / ".join(value_text(each) for each in value)
    return str(value)


def overview_json(countries: Sequence[Country], start: datetime.date | None) -> str:
    """All countries with all their values: ``cmsource/countries/1``."""
    return dumps(
        {
            "format": "cmsource/countries/1",
            "countries": [_country(country, start) for country in countries],
        }
    )


def country_json(country: Country, start: datetime.date | None) -> str:
    """One country with all its values: ``cmsource/country/1``."""
    return dumps({"format": "cmsource/country/1", **_country(country, start)})


def _country(country: Country, start: datetime.date | None) -> Json:
    day = start or newest(country)
    return {
        "country": country.code,
        "name": country.name,
        "currency": country.currency,
        "period": country.period,
        "stale_before": stale_before(day).isoformat(),
        "notes": list(country.notes),
        "values": [_fact(key, fact, day) for key, fact in country.facts.items()],
    }


def _fact(key: str, fact: Fact, day: datetime.date) -> Json:
    return {
        "key": key,
        "value": fact.value,
        "source": fact.source,
        "as_of": fact.as_of,
        "confidence": fact.confidence,
        "stale": is_stale(fact, day),
    }


def country_markdown(country: Country) -> str:
    """The sourced values of a country as a table for a page of documentation."""
    rows = [
        f"| `{key}` | {_escaped(value_text(fact.value))} | {_escaped(fact.source)} "
        f"| {fact.as_of} | {fact.confidence} |"
        for key, fact in country.facts.items()
    ]
    head = ["| key | value | source | of | mark |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
