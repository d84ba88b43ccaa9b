"""Employees and apprentices: people hired for the job."""

from functools import partial
from math import fsum, inf

from cmsource.model.kinds.staff import headcount_of, on_the_roster, own_time
from cmsource.model.resource import EVER, CostLine, Resource, Words
from cmsource.model.setting import Setting, hourly_wage, night_of, payroll, weekly_hours
from cmsource.model.staffing import rostered_depth
from cmsource.sources import Employment, Source

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
    monthly = fsum([line.quantity * line.unit_price for line in premiums])
    lines: list[CostLine] = []
    for served, months in _years_of_contract(source, year):
        when = (year, served, months)
        lines += _pay_of_a_year(source, terms, people, setting, when, monthly)
    return tuple(lines)


def _years_of_contract(source: Source, year: int) -> tuple[tuple[int, tuple[float, float]], ...]:
    """The years on the contract that a year of the horizon can fall into, and their months.

    Only an apprentice's cost depends on them; after the third it stays as it is.
    """
    if source.kind != "apprentice":
        return ((0, EVER),)
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
    when: tuple[int, int, tuple[float, float]],
    premiums: float,
) -> tuple[CostLine, ...]:
    """Pay and charges in a year of the horizon and a year on the contract, both from 0.

    Premiums (money a month for all, before wages rise) are pay as any other to the charges.
    """
    year, served, months = when
    index = setting.wages(year)
    hours = people * weekly_hours(source)
    wage = hourly_wage(source, setting.country, served)
    refs, risen = terms.origins.refs, partial(setting.price_refs, "wages", year)
    of_year = f", year {terms.year + served} of the apprenticeship" if served else ""

    def pay_words() -> Words:
        why = "gross pay" + (f" of {people} people" if people > 1 else "") + of_year
        wage_refs = (*refs(terms.wage_key, "hours", "headcount"), *risen())
        return Words(why, (*wage_refs, *(refs("age", "year") if served else ())))

    pay = CostLine("pay", hours * 52 / 12, "h", wage, pay_words, index, served=months)
    if terms.charges is not None:

        def flat_words() -> Words:
            why = "flat rate on pay" + (" and premiums" if premiums else "") + of_year
            return Words(why, (*refs("charges"), *risen()))

        paid = hours * wage * 52 / 12 + premiums
        return pay, CostLine(
            "employer charges", paid, "of pay", terms.charges, flat_words, index, served=months
        )
    month = payroll(
        source, setting.scenario, setting.country, index, served, premiums * index / people
    )
    each = ", each" if people > 1 else ""

    def schedule() -> tuple[str, ...]:
        return (f"{setting.country.code}: payroll {setting.country.period}", *risen())

    def extra_words(number: int) -> Words:
        detail = month.extra[number]
        why = f"{detail.name}, {detail.rate:.0%} of {detail.base:.2f} a month{each}{of_year}"
        return Words(why, (*schedule(), *refs("contract", "leave_taken")))

    def charges_words() -> Words:
        why = f"payroll schedule at {month.gross:.2f} gross a month"
        why += (", premiums included" if premiums else "") + each + of_year
        found = (*schedule(), *setting.scenario.company.refs, *refs("level"))
        return Words(why, found, month.details)

    extra = [
        CostLine("pay", people, "month", detail.amount, partial(extra_words, number), served=months)
        for number, detail in enumerate(month.extra)
    ]
    charges = CostLine(
        "employer charges", people, "month", month.charges, charges_words, served=months
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
    if not duty:
        return ()
    rows = (
        ("night", premiums.night, "night hours on duty"),
        ("sunday", premiums.sunday, "Sunday hours on duty"),
        ("holiday", premiums.holiday, "public-holiday hours on duty"),
    )
    lines = []
    for key, rate, what in rows:
        monthly = _unusual_hours(source, setting, key) if rate > 0 else 0.0
        if monthly <= 0:
            continue

        def words(key: str = key, rate: float = rate, what: str = what) -> Words:
            refs = premiums.origins.refs(key) + terms.origins.refs(terms.wage_key)
            why = f"{what}, {rate:.0%} on top of pay"
            return Words(why, refs + setting.price_refs("wages", year))

        depth = rostered_depth(people, weekly_hours(source), terms.planned_absence, duty.hours)
        price = hourly_wage(source, setting.country) * rate
        index = setting.wages(year)
        lines.append(CostLine("premiums", depth * monthly, "h", price, words, index))
    return tuple(lines)


def _unusual_hours(source: Source, setting: Setting, which: str) -> float:
    """Hours of duty a month at night, on Sundays or on public holidays."""
    duty = source.on_duty
    if which == "night":
        return duty.intersection(night_of(setting.country)).hours * 52 / 12
    if which == "sunday":
        return duty.day_part(6).hours * 52 / 12
    holidays = float(setting.country.value("public_holidays")) if len(duty.days) == 7 else 0.0
    return duty.hours / 7 * holidays / 12


def _around(terms: Employment, people: int, setting: Setting, year: int) -> list[CostLine]:
    """What comes with a post: benefits, equipment, training, hiring, replacing, managing."""
    refs = terms.origins.refs

    def words(why: str, *keys: str) -> Words:
        return Words(why, refs(*keys))

    def turnover_words() -> Words:
        why = f"replacing {terms.turnover:.0%} of the people a year"
        return Words(why, refs("turnover", "recruitment"))

    lines = []
    if terms.benefits:
        said = partial(words, "benefits", "benefits")
        lines.append(CostLine("benefits", people, "month", terms.benefits, said))
    if terms.equipment:
        said = partial(words, "equipment, once", "equipment")
        lines.append(CostLine("equipment", people, "head", terms.equipment, said, once=True))
    if terms.training:
        said = partial(words, "training", "training")
        lines.append(CostLine("training", people / 12, "year", terms.training, said))
    if terms.recruitment:
        said = partial(words, "hiring, once", "recruitment")
        lines.append(CostLine("recruitment", people, "hire", terms.recruitment, said, once=True))
        yearly = people * terms.turnover / 12
        lines.append(CostLine("turnover", yearly, "hire", terms.recruitment, turnover_words))
    if terms.management.amount:
        given = partial(refs, "management")
        lines.append(own_time(setting, terms.management, year, "a manager's time", given))
    return lines
