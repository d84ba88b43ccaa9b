"""``cmsource countries``: the sourced values."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, show_diagnostics, width

FORMATS = ("table", "json")


def command(
    country: Annotated[
        str, typer.Argument(help="Code, such as FR; all countries when left out.")
    ] = "",
    start: Annotated[
        str, typer.Option(help="Day whose values are shown; the newest when left out.")
    ] = "",
    form: Annotated[str, typer.Option("--format", "-f", help="table or json.")] = "table",
) -> None:
    """The sourced values of each country: where from, of when, how sure; stale ones marked.

    Example: cmsource countries FR
    """
    if form not in FORMATS:
        raise flags.usage(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    from cmsource.countries import UnknownCountry, known_countries, load_country
    from cmsource.values.diagnostics import Diagnostic, Place, did_you_mean
    from cmsource.values.quantities import QuantityError
    from cmsource.values.readers import Day

    day = None
    if start:
        try:
            day = Day().read(start, "")
        except QuantityError as error:
            place = Place("--start", path="start")
            found = Diagnostic("E204", error.message, place, error.hint)
            show_diagnostics([found], as_json=form == "json")
            raise typer.Exit(2) from None
    from cmsource.output.countries import (
        country_json,
        country_table,
        overview_json,
        overview_table,
    )

    try:
        chosen = [load_country(code, day) for code in ([country] if country else known_countries())]
    except UnknownCountry as error:
        place = Place("COUNTRY", path="country")
        hint = did_you_mean(country, error.known)
        message = f"unknown country {country!r}"
        show_diagnostics([Diagnostic("E206", message, place, hint)], as_json=form == "json")
        raise typer.Exit(2) from None
    if form == "json":
        show(country_json(chosen[0], day) if country else overview_json(chosen, day))
    elif country:
        show(country_table(chosen[0], start=day, width=width(), colour=colour()))
    else:
        show(overview_table(chosen, start=day, width=width(), colour=colour()))
