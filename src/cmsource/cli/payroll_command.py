"""``cmsource payroll``: what somebody on the payroll costs the employer."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmsource.cli import flags
from cmsource.cli.environment import colour, show, show_diagnostics, width

if TYPE_CHECKING:
    from cmsource.values.diagnostics import Diagnostic

FORMATS = ("table", "json", "csv")

_FLAGS = {
    "country": "COUNTRY",
    "monthly_gross": "--monthly",
    "hourly_gross": "--hourly",
    "annual_gross": "--annual",
    "hours": "--hours",
    "size": "--size",
    "contract": "--contract",
    "start": "--start",
    "overtime": "--overtime",
    "mobility_rate": "--mobility",
    "work_accident_rate": "--work-accidents",
    "company_payroll": "--company-payroll",
    "age": "--age",
    "year": "--year",
    "level": "--level",
}
"""The flag of each argument of `cmsource.employer_cost`."""


def command(  # noqa: PLR0913, PLR0917 - one flag for each thing that the law asks about
    country: Annotated[str, typer.Argument(help="Code, such as FR or CA-QC.", show_default=False)],
    monthly: Annotated[str, typer.Option(help="Gross pay a month.", metavar="AMOUNT")] = "",
    hourly: Annotated[str, typer.Option(help="Gross pay an hour.", metavar="AMOUNT")] = "",
    annual: Annotated[str, typer.Option(help="Gross pay a year.", metavar="AMOUNT")] = "",
    hours: Annotated[
        str, typer.Option(help="Contract hours a week; a full-time week when left out.")
    ] = "",
    size: Annotated[
        str, typer.Option(help="Employees of the company; thresholds depend on it.", metavar="N")
    ] = "",
    cadre: Annotated[bool, typer.Option("--cadre", help="With cadre status (France).")] = False,
    contract: Annotated[
        str, typer.Option(help="permanent, fixed-term, apprentice or intern.", metavar="KIND")
    ] = "permanent",
    start: Annotated[
        str, typer.Option(help="Day whose rules apply; the newest when left out.", metavar="DATE")
    ] = "",
    leave_not_taken: Annotated[
        bool, typer.Option("--leave-not-taken", help="Fixed-term: paid leave is paid out.")
    ] = False,
    overtime: Annotated[str, typer.Option(help="Hours a week beyond the contract.")] = "",
    mobility: Annotated[
        str, typer.Option(help="Local transport contribution, such as 3.2%.", metavar="SHARE")
    ] = "",
    work_accidents: Annotated[
        str, typer.Option(help="The company's own rate, such as 0.64%.", metavar="SHARE")
    ] = "",
    company_payroll: Annotated[
        str, typer.Option(help="Pay of all employees a year (Québec).", metavar="AMOUNT")
    ] = "",
    age: Annotated[str, typer.Option(help="An apprentice's age.", metavar="N")] = "",
    year: Annotated[str, typer.Option(help="Year of the apprenticeship.", metavar="N")] = "",
    level: Annotated[
        str, typer.Option(help="Level of an apprentice's diploma, 3 to 8.", metavar="N")
    ] = "",
    form: Annotated[str, typer.Option("--format", "-f", help="table, json or csv.")] = "table",
) -> None:
    """What somebody costs the employer a month, line by line, and where each rate is from.

    Example: cmsource payroll FR --monthly 2500 --size 12
    """
    if form not in FORMATS:
        raise flags.usage(f"--format is one of {', '.join(FORMATS)}, not {form!r}")
    from cmsource.analysis.employer import employer_cost
    from cmsource.values.diagnostics import ScenarioError

    texts = {
        "monthly_gross": monthly,
        "hourly_gross": hourly,
        "annual_gross": annual,
        "hours": hours,
        "size": size,
        "start": start,
        "overtime": overtime,
        "mobility_rate": mobility,
        "work_accident_rate": work_accidents,
        "company_payroll": company_payroll,
        "age": age,
        "year": year,
        "level": level,
    }
    given, found = _read(country, texts)
    unread = [diagnostic.place.path for diagnostic in found if diagnostic.place is not None]
    try:
        cost = employer_cost(
            country,
            cadre=cadre,
            contract=contract,
            leave_taken=not leave_not_taken,
            names=_FLAGS,
            **given,
        )
    except ScenarioError as error:
        # A wage that cannot be read is not a wage that is missing.
        missing = any(key.endswith("_gross") for key in unread)
        found += [each for each in error.diagnostics if each.code != "E202" or not missing]
    if found:
        show_diagnostics(found, as_json=form == "json")
        raise typer.Exit(2)
    from cmsource.output.payroll import cost_csv, cost_json, cost_table

    if form == "json":
        show(cost_json(cost))
    elif form == "csv":
        show(cost_csv(cost))
    else:
        show(cost_table(cost, width=width(), colour=colour()))


def _read(country: str, texts: dict[str, str]) -> "tuple[dict[str, Any], list[Diagnostic]]":
    """The values of the flags that are given, written as in a scenario, and what is wrong."""
    from cmsource.countries import UnknownCountry, load_country
    from cmsource.values.diagnostics import Diagnostic, Place
    from cmsource.values.quantities import QuantityError
    from cmsource.values.readers import Amount, Count, Day, Effort, Number, Reader, Share

    readers: dict[str, Reader[Any]] = {
        "monthly_gross": Amount("month"),
        "hourly_gross": Amount("hour"),
        "annual_gross": Amount("year"),
        "hours": Effort(bare=True),
        "size": Count(minimum=1),
        "start": Day(),
        "overtime": Number(minimum=0.0, maximum=100.0),
        "mobility_rate": Share(),
        "work_accident_rate": Share(),
        "company_payroll": Amount("year"),
        "age": Count(minimum=14, maximum=100),
        "year": Count(minimum=1, maximum=5),
        "level": Count(minimum=3, maximum=8),
    }
    try:
        currency = load_country(country).currency
    except UnknownCountry:
        currency = "EUR"
    values: dict[str, Any] = {}
    found = []
    for key, text in texts.items():
        if not text:
            continue
        try:
            values[key] = readers[key].read(text, currency)
        except QuantityError as error:
            place = Place(_FLAGS[key], path=key)
            found.append(Diagnostic("E204", error.message, place, error.hint))
    if "hours" in values:
        values["hours"] = values["hours"].weekly(5)
    return values, found
