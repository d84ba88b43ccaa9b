"""Employees and apprentices: people hired for the job."""

from cmsource.model.kinds.staff import headcount_of, on_the_roster, own_time
from cmsource.model.resource import CostLine, Resource, Usage
from cmsource.model.setting import Setting, payroll, weekly_hours
from cmsource.model.staffing import rostered_depth
from cmsource.sources import Employment, Source
from cmsource.week import parse_week


def employee(source: Source, setting: Setting) -> Resource:
    """The resource of an employee or an apprentice."""
    terms = source.terms
    assert isinstance(terms, Employment)
    people = headcount_of(source, terms.planned_absence)

    def costs(_usage: Usage, year: int) -> tuple[CostLine, ...]:
        return (
            *_pay(source, terms, people, setting, year),
            *_premiums(source, terms, people, setting, year),
            *_around(terms, people, setting, year),
        )

    return on_the_roster(source, costs, people)


def _pay(
    source: Source, terms: Employment, people: int, setting: Setting, year: int
) -> tuple[CostLine, ...]:
    """Gross pay, and employer charges by the country's schedule or the rate given."""
    index = setting.wages(year)
    hours = weekly_hours(source)
    wage = terms.hourly(hours)
    wage_refs = terms.origins.refs(terms.wage_key, "hours", "headcount")
    if year:
        wage_refs += setting.scenario.prices.origins.refs("wages")
    pay = CostLine(
        "pay",
        "gross pay" + (f" of {people} people" if people > 1 else ""),
        people * hours * 52 / 12,
        "h",
        wage,
        price_index=index,
        refs=wage_refs,
    )
    if terms.charges is not None:
        charges = CostLine(
            "employer charges",
            "flat rate on pay",
            people * hours * wage * 52 / 12,
            "of pay",
            terms.charges,
            price_index=index,
            refs=terms.origins.refs("charges"),
        )
        return pay, charges
    month = payroll(source, setting.scenario, setting.country, index)
    schedule = f"{setting.country.code}: payroll {setting.country.period}"
    charges = CostLine(
        "employer charges",
        f"payroll schedule at {month.gross:.2f} gross a month" + (", each" if people > 1 else ""),
        people,
        "month",
        month.charges,
        refs=(schedule, *setting.scenario.company.origins.refs("size")),
        details=month.details,
    )
    return pay, charges


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
            terms.hourly(hours) * rate,
            price_index=setting.wages(year),
            refs=(*premiums.origins.refs(key), *terms.origins.refs(terms.wage_key)),
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
