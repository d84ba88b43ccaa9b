"""Employees and apprentices: people hired for the job."""

from math import fsum, inf

from cmsource.model.kinds.staff import headcount_of, on_the_roster, own_time
from cmsource.model.resource import CostLine, Resource
from cmsource.model.setting import Setting, hourly_wage, payroll, weekly_hours
from cmsource.model.staffing import rostered_depth
from cmsource.sources import Employment, Source
from cmsource.week import parse_week

_APPRENTICE_YEARS = 3


def employee(source: Source, setting: Setting) -> Resource:
    """The resource of an employee or an apprentice."""
    terms = source.terms
    assert isinstance(terms, Employment)
    people = headcount_of(source, terms.planned_absence)

    def costs(year: int) -> tuple[CostLine, ...]:
        premiums = _premiums(source, terms, people, setting, year)
        return (
            *_pay(source, terms, people, setting, year, premiums),
            *premiums,
            *_around(terms, people, setting, year),
        )

    return on_the_roster(source, costs, people)


def _pay(
    source: Source,
    terms: Employment,
    people: int,
    setting: Setting,
    year: int,
    premiums: tuple[CostLine, ...],
) -> tuple[CostLine, ...]:
    """Gross pay, and employer charges by the country's schedule or the rate given."""
    lines = []
    monthly = fsum(line.quantity * line.unit_price for line in premiums)
    for served, months in _years_of_contract(source, year):
        which = f", year {terms.year + served} of the apprenticeship" if served else ""
        lines += [
            line._replace(why=line.why + which, served=months)
            for line in _pay_of_a_year(source, terms, people, setting, (year, served), monthly)
        ]
    return tuple(lines)


def _years_of_contract(source: Source, year: int) -> tuple[tuple[int, tuple[float, float]], ...]:
    """The years on the contract that a year of the horizon can fall into, and their months.

    Only an apprentice's cost depends on them; after the third it stays as it is.
    """
    if source.kind != "apprentice":
        return ((0, (0.0, inf)),)
    last = _APPRENTICE_YEARS - 1
    return tuple(
        (served, (12.0 * served, 12.0 * (served + 1) if served < last else inf))
        for served in range(min(year, last) + 1)
    )


def _pay_of_a_year(
    source: Source,
    terms: Employment,
    people: int,
    setting: Setting,
    when: tuple[int, int],
    premiums: float,
) -> tuple[CostLine, ...]:
    """Pay and charges in a year of the horizon and a year on the contract, both from 0.

    Premiums (money a month for all, before wages rise) are pay as any other to the charges.
    """
    year, served = when
    index = setting.wages(year)
    hours = weekly_hours(source)
    wage = hourly_wage(source, setting.country, served)
    risen = setting.price_refs("wages", year)
    wage_refs = (*terms.origins.refs(terms.wage_key, "hours", "headcount"), *risen)
    pay = CostLine(
        "pay",
        "gross pay" + (f" of {people} people" if people > 1 else ""),
        people * hours * 52 / 12,
        "h",
        wage,
        price_index=index,
        refs=(*wage_refs, *(terms.origins.refs("age", "year") if served else ())),
    )
    if terms.charges is not None:
        charges = CostLine(
            "employer charges",
            "flat rate on pay" + (" and premiums" if premiums else ""),
            people * hours * wage * 52 / 12 + premiums,
            "of pay",
            terms.charges,
            price_index=index,
            refs=(*terms.origins.refs("charges"), *risen),
        )
        return pay, charges
    month = payroll(
        source, setting.scenario, setting.country, index, served, premiums * index / people
    )
    schedule = (f"{setting.country.code}: payroll {setting.country.period}", *risen)
    each = ", each" if people > 1 else ""
    extra = [
        CostLine(
            "pay",
            f"{detail.name}, {detail.rate:.0%} of {detail.base:.2f} a month{each}",
            people,
            "month",
            detail.amount,
            refs=(*schedule, *terms.origins.refs("contract", "leave_taken")),
        )
        for detail in month.extra
    ]
    charges = CostLine(
        "employer charges",
        f"payroll schedule at {month.gross:.2f} gross a month"
        + (", premiums included" if premiums else "")
        + each,
        people,
        "month",
        month.charges,
        refs=(*schedule, *setting.scenario.company.refs, *terms.origins.refs("level")),
        details=month.details,
    )
    return pay, *extra, charges


def _premiums(
    source: Source, terms: Employment, people: int, setting: Setting, year: int
) -> tuple[CostLine, ...]:
    """Extra pay for the night, Sunday and public-holiday hours that the roster works.

    Public holidays are worked where the duty takes in every day of the week; elsewhere they are
    days off, which planned absence counts.
    """
    premiums = terms.premiums
    duty = source.on_duty
    hours = weekly_hours(source)
    if not duty:
        return ()
    depth = rostered_depth(people, hours, terms.planned_absence, duty.hours)
    night = duty.intersection(parse_week(str(setting.country.value("night_hours")))).hours
    sunday = duty.day_part(6).hours
    holidays = float(setting.country.value("public_holidays")) if len(duty.days) == 7 else 0.0
    wage = hourly_wage(source, setting.country)
    wage_refs = (
        *terms.origins.refs(terms.wage_key),
        *setting.price_refs("wages", year),
    )
    rows = (
        ("night hours on duty", "night", night * 52 / 12, premiums.night),
        ("Sunday hours on duty", "sunday", sunday * 52 / 12, premiums.sunday),
        (
            "public-holiday hours on duty",
            "holiday",
            duty.hours / 7 * holidays / 12,
            premiums.holiday,
        ),
    )
    return tuple(
        CostLine(
            "premiums",
            f"{why}, {rate:.0%} on top of pay",
            depth * monthly,
            "h",
            wage * rate,
            price_index=setting.wages(year),
            refs=(*premiums.origins.refs(key), *wage_refs),
        )
        for why, key, monthly, rate in rows
        if monthly > 0 and rate > 0
    )


def _around(terms: Employment, people: int, setting: Setting, year: int) -> tuple[CostLine, ...]:
    """What comes with a post: benefits, equipment, training, hiring, replacing, managing."""
    refs = terms.origins.refs
    return (
        CostLine("benefits", "benefits", people, "month", terms.benefits, refs=refs("benefits")),
        CostLine(
            "equipment",
            "equipment, once",
            people,
            "head",
            terms.equipment,
            once=True,
            refs=refs("equipment"),
        ),
        CostLine(
            "training", "training", people / 12, "year", terms.training, refs=refs("training")
        ),
        CostLine(
            "recruitment",
            "hiring, once",
            people,
            "hire",
            terms.recruitment,
            once=True,
            refs=refs("recruitment"),
        ),
        CostLine(
            "turnover",
            f"replacing {terms.turnover:.0%} of the people a year",
            people * terms.turnover / 12,
            "hire",
            terms.recruitment,
            refs=refs("turnover", "recruitment"),
        ),
        own_time(setting, terms.management, year, "a manager's time", refs("management")),
    )
