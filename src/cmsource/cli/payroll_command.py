"""``cmsource payroll``: what somebody on the payroll costs the employer."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.language import say
from cmsource.writers.formats import Format

if TYPE_CHECKING:
    from cmsource.countries import Country
    from cmsource.values.diagnostics import Diagnostic

PERSON = say("The person")
"""The panel of flags about who is paid."""
PAY = say("The pay")
"""The panel of flags about what is paid."""
COMPANY = say("The company")
"""The panel of flags about who pays."""


class Contract(StrEnum):
    """Contracts that payroll knows."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed-term"
    APPRENTICE = "apprentice"
    INTERN = "intern"


def command(  # noqa: PLR0913, PLR0917 - one flag for each thing that the law asks about
    context: typer.Context,
    country: Annotated[
        str,
        flags.argument(
            "COUNTRY",
            "Code or name, such as FR, or a file of your own.",
            autocompletion=flags.country_codes,
        ),
    ],
    monthly_gross: Annotated[
        str, flags.option("--monthly", "AMOUNT", "Gross pay a month.", PAY)
    ] = "",
    hourly_gross: Annotated[
        str, flags.option("--hourly", "AMOUNT", "Gross pay an hour.", PAY)
    ] = "",
    annual_gross: Annotated[str, flags.option("--annual", "AMOUNT", "Gross pay a year.", PAY)] = "",
    hours: Annotated[
        str,
        flags.option(
            "--hours", "HOURS", "Contract hours a week; a full-time week when left out.", PAY
        ),
    ] = "",
    overtime: Annotated[
        str, flags.option("--overtime", "HOURS", "Hours a week beyond the contract.", PAY)
    ] = "",
    contract: Annotated[
        Contract,
        flags.option(
            "--contract",
            "KIND",
            say("The contract: {kinds}.", kinds=", ".join(Contract)),
            PERSON,
        ),
    ] = Contract.PERMANENT,
    cadre: Annotated[bool, flags.switch("--cadre", "With cadre status (France).", PERSON)] = False,
    leave_not_taken: Annotated[
        bool, flags.switch("--leave-not-taken", "Fixed-term: paid leave is paid out.", PERSON)
    ] = False,
    thirteenth_month: Annotated[
        bool,
        flags.switch("--thirteenth-month", "A wage by the month is paid 13 times a year.", PAY),
    ] = False,
    age: Annotated[
        str,
        flags.option("--age", "N", "Age; minimum and contributions may depend on it.", PERSON),
    ] = "",
    year: Annotated[str, flags.option("--year", "N", "Year of the apprenticeship.", PERSON)] = "",
    level: Annotated[
        str, flags.option("--level", "N", "Level of an apprentice's diploma, 3 to 8.", PERSON)
    ] = "",
    size: Annotated[
        str,
        flags.option("--size", "N", "Employees of the company; thresholds depend on it.", COMPANY),
    ] = "",
    mobility_rate: Annotated[
        str,
        flags.option("--mobility", "SHARE", "Local transport contribution, such as 3.2%.", COMPANY),
    ] = "",
    work_accident_rate: Annotated[
        str,
        flags.option(
            "--work-accidents", "SHARE", "The company's own rate, such as 0.64%.", COMPANY
        ),
    ] = "",
    company_payroll: Annotated[
        str,
        flags.option("--company-payroll", "AMOUNT", "Pay of all employees a year.", COMPANY),
    ] = "",
    health_insurance: Annotated[
        str,
        flags.option(
            "--health-insurance", "AMOUNT", "The employer's part a month for the person.", COMPANY
        ),
    ] = "",
    rates: Annotated[
        list[str] | None,
        flags.option(
            "--rate",
            "NAME=VALUE",
            "The company's own value of the country's payroll, such as mutuality=1.56%.",
            COMPANY,
        ),
    ] = None,
    meal_vouchers: Annotated[
        str,
        flags.option(
            "--meal-vouchers", "AMOUNT", "The employer's part of meal vouchers a month.", COMPANY
        ),
    ] = "",
    payroll_office: Annotated[
        str,
        flags.option("--payroll-office", "AMOUNT", "An outside payroll office a month.", COMPANY),
    ] = "",
    prevention_service: Annotated[
        str,
        flags.option(
            "--prevention-service", "AMOUNT", "A service for safety at work a month.", COMPANY
        ),
    ] = "",
    region: Annotated[
        str,
        flags.option(
            "--region", "NAME", "Region whose rules apply, such as CA or Zürich.", flags.ANSWER
        ),
    ] = "",
    start: Annotated[
        str,
        flags.option(
            "--start", "DATE", "Day whose rules apply; the newest when left out.", flags.ANSWER
        ),
    ] = "",
    form: flags.Form = Format.TABLE,
) -> None:
    """What somebody costs the employer a month, line by line, and where each rate is from.

    Example: cmsource payroll FR --monthly 2500 --size 12
    """
    from cmsource.analysis.employer import employer_cost
    from cmsource.api import read_country
    from cmsource.reading.country_files import is_country_file
    from cmsource.values.diagnostics import ScenarioError

    # The flags are named like the arguments of `employer_cost`.
    names = {each.name or "": each.opts[0] for each in context.command.params}
    names["country"] = say("COUNTRY")
    data = read_country(country) if is_country_file(country) else country
    given, found = _read(context.params, names, data)
    if is_country_file(country):
        data = read_country(country, start=given.get("start"))
    unread = [diagnostic.place.path for diagnostic in found if diagnostic.place is not None]
    try:
        cost = employer_cost(
            data,
            cadre=cadre,
            contract=contract.value,
            leave_taken=not leave_not_taken,
            region=region or None,
            thirteenth_month=thirteenth_month or None,
            names=names,
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
    environment.show_diagnostics(cost.warnings)
    environment.write(PayrollReport(cost), form)


def _read(
    texts: dict[str, Any], names: dict[str, str], country: "str | Country"
) -> "tuple[dict[str, Any], list[Diagnostic]]":
    """The values of the flags that are given, written as in a scenario, and what is wrong."""
    from cmsource.countries import UnknownCountry, load_country
    from cmsource.scenario.company import Company
    from cmsource.scenario.record import keys_of
    from cmsource.values.diagnostics import Diagnostic, Place
    from cmsource.values.money_types import Amount
    from cmsource.values.number_types import Count, Number, Rate, Share
    from cmsource.values.quantities import QuantityError
    from cmsource.values.quantity_type import Quantity
    from cmsource.values.time_types import Day, Effort

    company = {key: each.quantity for key, each in keys_of(Company).items() if each.quantity}
    readers: dict[str, Quantity[Any]] = {
        "monthly_gross": Amount("month", usual="2500"),
        "hourly_gross": Amount("hour"),
        "annual_gross": Amount("year"),
        "hours": Effort(bare=True),
        "size": Count(minimum=1),
        "start": Day(),
        "overtime": Number(minimum=0.0, maximum=100.0),
        "mobility_rate": Share(),
        "work_accident_rate": Share(),
        "company_payroll": company["payroll"],
        "health_insurance": company["health_insurance"],
        "meal_vouchers": company["meal_vouchers"],
        "payroll_office": company["payroll_office"],
        "prevention_service": company["prevention_service"],
        "age": Count(minimum=14, maximum=100),
        "year": Count(minimum=1, maximum=5),
        "level": Count(minimum=3, maximum=8),
    }
    try:
        known = load_country(country) if isinstance(country, str) else country
        currency = known.currency
    except UnknownCountry:
        currency = "EUR"
    values: dict[str, Any] = {}
    found = []
    for key, reader in readers.items():
        if not texts[key]:
            continue
        try:
            values[key] = reader.read(texts[key], currency)
        except QuantityError as error:
            place = Place(names[key], path=key)
            found.append(Diagnostic("E204", error.message, place, error.hint))
    own: dict[str, float] = {}
    for text in texts["rates"] or ():
        name, _, value = text.partition("=")
        try:
            own[name.strip()] = Rate().read(value, currency)
        except QuantityError as error:
            place = Place(names["rates"], path="rates")
            hint = error.hint or say("write NAME=VALUE, such as mutuality=1.56%")
            found.append(Diagnostic("E204", error.message, place, hint))
    if own:
        values["rates"] = own
    if "hours" in values:
        values["hours"] = values["hours"].weekly(5)
    return values, found
