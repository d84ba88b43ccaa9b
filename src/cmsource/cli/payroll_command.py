"""``cmsource payroll``: what somebody on the payroll costs the employer."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.writers.formats import Format

if TYPE_CHECKING:
    from cmsource.values.diagnostics import Diagnostic

PERSON = "The person"
"""The panel of flags about who is paid."""
PAY = "The pay"
"""The panel of flags about what is paid."""
COMPANY = "The company"
"""The panel of flags about who pays."""


class Contract(StrEnum):
    """Contracts that payroll knows."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed-term"
    APPRENTICE = "apprentice"
    INTERN = "intern"


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
    context: typer.Context,
    country: Annotated[
        str,
        typer.Argument(
            metavar="COUNTRY",
            help="Code, such as FR or CA-QC.",
            autocompletion=flags.country_codes,
            show_default=False,
        ),
    ],
    monthly: Annotated[
        str,
        typer.Option("--monthly", metavar="AMOUNT", help="Gross pay a month.", rich_help_panel=PAY),
    ] = "",
    hourly: Annotated[
        str,
        typer.Option("--hourly", metavar="AMOUNT", help="Gross pay an hour.", rich_help_panel=PAY),
    ] = "",
    annual: Annotated[
        str,
        typer.Option("--annual", metavar="AMOUNT", help="Gross pay a year.", rich_help_panel=PAY),
    ] = "",
    hours: Annotated[
        str,
        typer.Option(
            "--hours",
            metavar="HOURS",
            help="Contract hours a week; a full-time week when left out.",
            rich_help_panel=PAY,
        ),
    ] = "",
    overtime: Annotated[
        str,
        typer.Option(
            "--overtime",
            metavar="HOURS",
            help="Hours a week beyond the contract.",
            rich_help_panel=PAY,
        ),
    ] = "",
    contract: Annotated[
        Contract,
        typer.Option(
            "--contract",
            metavar="KIND",
            help=f"The contract: {', '.join(Contract)}.",
            rich_help_panel=PERSON,
        ),
    ] = Contract.PERMANENT,
    cadre: Annotated[
        bool, flags.switch("--cadre", meaning="With cadre status (France).", panel=PERSON)
    ] = False,
    leave_not_taken: Annotated[
        bool,
        flags.switch(
            "--leave-not-taken", meaning="Fixed-term: paid leave is paid out.", panel=PERSON
        ),
    ] = False,
    age: Annotated[
        str,
        typer.Option("--age", metavar="N", help="An apprentice's age.", rich_help_panel=PERSON),
    ] = "",
    year: Annotated[
        str,
        typer.Option(
            "--year", metavar="N", help="Year of the apprenticeship.", rich_help_panel=PERSON
        ),
    ] = "",
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="N",
            help="Level of an apprentice's diploma, 3 to 8.",
            rich_help_panel=PERSON,
        ),
    ] = "",
    size: Annotated[
        str,
        typer.Option(
            "--size",
            metavar="N",
            help="Employees of the company; thresholds depend on it.",
            rich_help_panel=COMPANY,
        ),
    ] = "",
    mobility: Annotated[
        str,
        typer.Option(
            "--mobility",
            metavar="SHARE",
            help="Local transport contribution, such as 3.2%.",
            rich_help_panel=COMPANY,
        ),
    ] = "",
    work_accidents: Annotated[
        str,
        typer.Option(
            "--work-accidents",
            metavar="SHARE",
            help="The company's own rate, such as 0.64%.",
            rich_help_panel=COMPANY,
        ),
    ] = "",
    company_payroll: Annotated[
        str,
        typer.Option(
            "--company-payroll",
            metavar="AMOUNT",
            help="Pay of all employees a year (Québec).",
            rich_help_panel=COMPANY,
        ),
    ] = "",
    start: Annotated[
        str,
        typer.Option(
            "--start",
            metavar="DATE",
            help="Day whose rules apply; the newest when left out.",
            rich_help_panel=flags.ANSWER,
        ),
    ] = "",
    form: Annotated[Format, flags.formats(Format)] = Format.TABLE,
) -> None:
    """What somebody costs the employer a month, line by line, and where each rate is from.

    Example: cmsource payroll FR --monthly 2500 --size 12
    """
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
            contract=contract.value,
            leave_taken=not leave_not_taken,
            names=_FLAGS,
            **given,
        )
    except ScenarioError as error:
        # A wage that cannot be read is not a wage that is missing.
        missing = any(key.endswith("_gross") for key in unread)
        found += [each for each in error.diagnostics if each.code != "E202" or not missing]
    if found:
        raise ScenarioError(found)
    from cmsource.reports.payroll import PayrollReport

    environment: Environment = context.obj
    environment.write(PayrollReport(cost), form)


def _read(country: str, texts: dict[str, str]) -> "tuple[dict[str, Any], list[Diagnostic]]":
    """The values of the flags that are given, written as in a scenario, and what is wrong."""
    from cmsource.countries import UnknownCountry, load_country
    from cmsource.values.diagnostics import Diagnostic, Place
    from cmsource.values.money_types import Amount
    from cmsource.values.number_types import Count, Number, Share
    from cmsource.values.quantities import QuantityError
    from cmsource.values.quantity_type import Quantity
    from cmsource.values.time_types import Day, Effort

    readers: dict[str, Quantity[Any]] = {
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
