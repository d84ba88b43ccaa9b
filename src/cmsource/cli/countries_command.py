"""``cmsource countries``: the sourced values."""

from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.language import say
from cmsource.writers.formats import Format


def command(
    context: typer.Context,
    country: Annotated[
        str,
        flags.argument(
            "COUNTRY",
            "Code or name, such as FR, or a file of your own; all countries when left out.",
            autocompletion=flags.country_codes,
        ),
    ] = "",
    start: Annotated[
        str,
        flags.option(
            "--start", "DATE", "Day whose values are shown; the newest when left out.", flags.ANSWER
        ),
    ] = "",
    region: Annotated[
        str,
        flags.option(
            "--region", "NAME", "Region whose values are shown, such as CA or Zürich.", flags.ANSWER
        ),
    ] = "",
    template: Annotated[
        bool,
        flags.switch(
            "--template",
            "Write a commented file of a country to start from; with COUNTRY, the one of that.",
        ),
    ] = False,
    form: flags.Form = Format.TABLE,
) -> None:
    """Countries compared, or the values of one: where from, of when, how sure; stale ones marked.

    Example: cmsource countries FR
    """
    from pathlib import Path

    from cmsource.countries import (
        UnknownCountry,
        UnknownRegion,
        known_countries,
        load_country,
        placed,
        which_country,
    )
    from cmsource.reading.country_files import is_country_file, own_country
    from cmsource.reading.country_template import country_template, shipped_file
    from cmsource.reports.countries import CountriesReport, CountryReport
    from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError, did_you_mean
    from cmsource.values.quantities import QuantityError
    from cmsource.values.time_types import Day

    environment: Environment = context.obj
    try:
        day = Day().read(start, "") if start else None
        if template:
            environment.show(shipped_file(country, day) if country else country_template())
            return
        if is_country_file(country):
            chosen = [own_country(Path(country), day)]
        else:
            codes = [country] if country else known_countries()
            chosen = [load_country(code, day) for code in codes]
        if region and not country:
            place = Place("--region", path="region")
            message = say("a region is one of a country")
            raise ScenarioError([Diagnostic("E202", message, place, say("name the country too"))])
        if region:
            chosen = [placed(chosen[0], day, region=region)]
    except QuantityError as error:
        place = Place("--start", path="start")
        raise ScenarioError([Diagnostic("E204", error.message, place, error.hint)]) from None
    except UnknownCountry:
        place = Place(say("COUNTRY"), path="country")
        hint = which_country(country)
        message = say("unknown country {country}", country=repr(country))
        raise ScenarioError([Diagnostic("E206", message, place, hint)]) from None
    except UnknownRegion as error:
        place = Place("--region", path="region")
        hint = did_you_mean(error.region, error.known)
        message = say(
            "unknown region {region} of {country}", region=repr(error.region), country=country
        )
        raise ScenarioError([Diagnostic("E208", message, place, hint)]) from None
    report = CountryReport(chosen[0], day) if country else CountriesReport(chosen, day)
    environment.write(report, form)
