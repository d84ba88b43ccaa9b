"""Labour law: what people must be paid, what one may do, and what a team can share out.

Every rule is a sourced value of the country; one that is only assumed breaks nothing.
"""

from collections.abc import Iterator
from functools import lru_cache

from cmsource.countries import Country, Fact
from cmsource.countries.labour import FACTS, Breach, Limits, breaches, limits_of, smallest_headcount
from cmsource.countries.rotations import rotation
from cmsource.reading.finding import Finding, Read, visible
from cmsource.scenario.employment import Employment
from cmsource.scenario.hired import Hired
from cmsource.scenario.on_payroll import MOST_PEOPLE, OnPayroll
from cmsource.scenario.options import Option
from cmsource.scenario.placement import Placement
from cmsource.scenario.source import Source
from cmsource.values.language import Said, counted, say
from cmsource.values.money import format_amount, format_digits
from cmsource.values.week import DAY, WEEK, Week
from cmsource.values.week_words import minute_name
from cmsource.values.written import written

_CODES = {
    "day": "W410",
    "daily_rest": "W411",
    "weekly_rest": "W412",
    "week": "W413",
    "average": "W413",
    "days": "W414",
}
_TOLERANCE = 1e-6
_CENT = 0.005


def _pay(amount: float, country: Country) -> Said:
    """What an hour is paid in a country."""
    return format_amount(amount, country.currency)


def _known(country: Country, key: str) -> Fact | None:
    """A rule of a country; None where it has none, or it is only assumed."""
    fact = country.facts.get(key)
    return None if fact is None or fact.confidence == "G" else fact


def lawful_wages(read: Read) -> Iterator[Finding]:
    """No full wage below the legal minimum of the country at the start."""
    country = read.country
    for path, source in read.uses:
        if country is None or not isinstance(source, Employment):
            continue
        minimum = source.legal_minimum(country)
        if minimum is None:
            continue
        own = source.weekly_hours
        full_post = source.works_elsewhere or own <= 0
        wage = source.hourly(float(country.value("full_time_hours")) if full_post else own)
        if wage >= minimum.wage - _CENT:
            continue
        key = source.wage_key
        yield Finding(
            "E304",
            say(
                "`{name}` earns {wage} an hour, below the legal minimum of {minimum} {whose}",
                name=source.name,
                wage=_pay(wage, country),
                minimum=_pay(minimum.wage, country),
                whose=minimum.whose,
            ),
            visible(source.origins.get(key), read, path),
            say(
                "pay at least {wage}/h ({source})",
                wage=_pay(minimum.wage, country),
                source=minimum.source,
            ),
            f"{path}.{key}",
        )


_MINIMUM_OF_SOME = ("minimum_wage_qualified", "minimum_wage_sector")
"""Facts that say what some must be paid: with a diploma, or in the sector."""


def minimum_of_some(read: Read) -> Iterator[Finding]:
    """No wage below a minimum that binds those with a diploma, or a sector, without a warning."""
    for path, source in read.uses:
        if read.country is None or not isinstance(source, Employment):
            continue
        own = source.weekly_hours
        hours = float(read.country.value("full_time_hours"))
        wage = source.hourly(hours if source.works_elsewhere or own <= 0 else own)
        for name in _MINIMUM_OF_SOME:
            fact = read.country.facts.get(name)
            lawful = source.legal_minimum(read.country)
            if fact is None or lawful is None or not lawful.wage <= wage < fact.value - _CENT:
                continue
            key = source.wage_key
            yield Finding(
                "W419",
                say(
                    "`{name}` earns {wage} an hour; {value} is due where this holds: {source}",
                    name=source.name,
                    wage=_pay(wage, read.country),
                    value=_pay(fact.value, read.country),
                    source=fact.source,
                ),
                visible(source.origins.get(key), read, path),
                say(
                    "pay {value}/h, or make sure that it does not hold",
                    value=_pay(fact.value, read.country),
                ),
                f"{path}.{key}",
            )


def lawful_internships(read: Read) -> Iterator[Finding]:
    """Internships within the legal length, and with the gratification that is due."""
    country = read.country
    for path, source in read.uses:
        if country is None or not isinstance(source, Placement):
            continue
        longest = _known(country, "intern_maximum_hours")
        hours = source.hours_of_a_placement
        if longest is not None and hours > longest.value + _TOLERANCE:
            yield Finding(
                "W406",
                say(
                    "`{name}`: a placement of {hours} h is longer than the {value} h that "
                    "are allowed",
                    name=source.name,
                    hours=format_digits(round(hours)),
                    value=format_digits(longest.value),
                ),
                visible(source.origins.get("placement"), read, path),
                say("shorten the placement ({source})", source=longest.source),
                f"{path}.placement",
            )
        least = source.gratification_due(country)
        if least is not None and source.gratification < least.value - _CENT:
            due_from = country.value("gratification_due_from_hours")
            yield Finding(
                "E304",
                say(
                    "`{name}` gets {gratification} an hour, below the {value} due for a "
                    "placement of more than {due_from} h",
                    name=source.name,
                    gratification=_pay(source.gratification, country),
                    value=_pay(least.value, country),
                    due_from=format_digits(due_from),
                ),
                visible(source.origins.get("gratification"), read, path),
                say(
                    "pay at least {value}/h ({source})",
                    value=_pay(least.value, country),
                    source=least.source,
                ),
                f"{path}.gratification",
            )


def lawful_apprenticeships(read: Read) -> Iterator[Finding]:
    """Apprentices of an age at which an apprenticeship may begin."""
    if read.country is None:
        return
    least, most = (
        _known(read.country, f"apprentice_{which}_age") for which in ("minimum", "maximum")
    )
    for path, source in read.uses:
        age = source.apprenticed_at if isinstance(source, Employment) else None
        if age is None:
            continue
        places: dict[str, object] = {"name": source.name, "age": age}
        if most is not None and age > most.value:
            message = say(
                "`{name}` begins an apprenticeship at {age}, and {limit} is the most that the law "
                "names",
                **places,
                limit=most.value,
            )
            hint = say("see who may be older ({source})", source=most.source)
        elif least is not None and age < least.value:
            message = say(
                "`{name}` begins an apprenticeship at {age}, and {limit} is the least that the "
                "law names",
                **places,
                limit=least.value,
            )
            hint = say("choose another age ({source})", source=least.source)
        else:
            continue
        yield Finding(
            "W416",
            message,
            visible(source.origins.get("age"), read, path),
            hint,
            f"{path}.age",
        )


def lawful_terms(read: Read) -> Iterator[Finding]:
    """Fixed-term contracts no longer than the law allows."""
    longest = None if read.country is None else _known(read.country, "fixed_term_maximum_months")
    if longest is None:
        return
    stays: dict[str, tuple[float, Source]] = {}
    for option in read.options:
        for months, source in _fixed_term_stays(option):
            if months > stays.get(source.name, (longest.value + _TOLERANCE, source))[0]:
                stays[source.name] = months, source
    for name, (months, source) in stays.items():
        yield Finding(
            "W417",
            counted(
                longest.value,
                "`{name}`: a fixed-term contract of {months} months is longer than the {count} "
                "month that is allowed",
                "`{name}`: a fixed-term contract of {months} months is longer than the {count} "
                "months that are allowed",
                name=name,
                months=format_digits(round(months, 1)),
                count=format_digits(longest.value),
            ),
            visible(source.origins.get("contract"), read, f"sources.{name}"),
            say(
                "make the contract permanent, or let somebody else follow ({source})",
                source=longest.source,
            ),
            f"sources.{name}.contract",
        )


def _fixed_term_stays(option: Option) -> Iterator[tuple[float, Source]]:
    """How many months in a row those on fixed-term contracts are there."""
    going: dict[str, float] = {}
    for phase in option.phases:
        before, going = going, {}
        for source in phase.sources:
            if isinstance(source, Hired) and source.contract == "fixed-term":
                going[source.name] = before.get(source.name, 0.0) + phase.months
                yield going[source.name], source


def lawful_part_time(read: Read) -> Iterator[Finding]:
    """Part-time contracts with the hours that the law asks for."""
    least = None if read.country is None else _known(read.country, "part_time_minimum_hours")
    if least is None:
        return
    seen = set()
    for path, source in read.uses:
        hours = source.weekly_hours
        one = (source.name, hours)
        if not isinstance(source, Hired) or one in seen or not 0 < hours < least.value - _TOLERANCE:
            continue
        seen.add(one)
        yield Finding(
            "W418",
            say(
                "`{name}`: a contract of {hours} h a week is below the {value} h that "
                "part-time has by law",
                name=source.name,
                hours=format_digits(hours),
                value=format_digits(least.value),
            ),
            visible(source.origins.get("hours"), read, path),
            say(
                "write {value} h/week, or see whether less is agreed on ({source})",
                value=format_digits(least.value),
                source=least.source,
            ),
            f"{path}.hours",
        )


def lawful_hours(read: Read) -> Iterator[Finding]:
    """The hours of a duty are hours that the law lets one person work, or a team share out."""
    country = read.country
    if country is None:
        return
    limits = limits_of(country)
    seen = set()
    for path, source in read.uses:
        duty, hours = source.on_duty, source.weekly_hours
        if not isinstance(source, OnPayroll) or not duty or not hours:
            continue
        people = _people(source)
        one = (source.name, duty, people, hours)
        if one in seen or duty.hours > people * hours + _TOLERANCE:
            continue  # known already, or an error of its own
        seen.add(one)
        findings: Iterator[Finding] = iter(())
        if people == 1:
            findings = _of_one_person(path, source, limits, country)
        elif 1 < people <= MOST_PEOPLE and not source.works_elsewhere:
            findings = _of_a_team(path, source, limits, people)
        for finding in findings:
            yield finding._replace(at=visible(source.origins.get("on_duty"), read, path))


def _of_one_person(
    path: str, source: Source, limits: Limits, country: Country
) -> Iterator[Finding]:
    """What one person's hours of duty break.

    Somebody who gives some hours beside another job is held against the daily maximum only: the
    other hours are not known.
    """
    groups: dict[tuple[str, float], list[Breach]] = {}
    for breach in _breaches(source.on_duty, limits):
        groups.setdefault((breach.rule, breach.hours), []).append(breach)
    for (rule, _), found in groups.items():
        if source.works_elsewhere and rule != "day":
            continue
        fact = country.facts[FACTS[rule]]
        if fact.confidence == "G":
            continue
        message = say(
            "`{name}`: {what}, {source}",
            name=source.name,
            what=_what(found, limits, source.on_duty),
            source=fact.source,
        )
        hint = _way_out(source, limits)
        yield Finding(_CODES[rule], message, None, hint, f"{path}.on_duty")


def _of_a_team(path: str, source: Source, limits: Limits, people: int) -> Iterator[Finding]:
    """A duty that cannot be shared out in weeks that the law allows everybody in turn."""
    found = rotation(source.on_duty, people, source.weekly_hours, limits)
    if found.rows or not found.why_not:
        return
    hint = say("shorten the duty, or give it to more people")
    if found.needed is not None:
        hint = say(
            "headcount: {needed} would do ({more} more)",
            needed=found.needed,
            more=found.needed - people,
        )
    message = say(
        "`{name}`: no legal weekly rotation of {people} people fills its duty: {why_not}",
        name=source.name,
        people=people,
        why_not=found.why_not,
    )
    yield Finding("W415", message, None, hint, f"{path}.on_duty")


@lru_cache(maxsize=1024)
def _breaches(duty: Week, limits: Limits) -> tuple[Breach, ...]:
    """What a duty breaks; the files of a folder have the same duties many times."""
    return tuple(breaches(duty.intervals, limits))


def _people(source: OnPayroll) -> int:
    """How many they are; providers answer for their own people."""
    if isinstance(source.headcount, int):
        return source.headcount
    planned = source.absent_by_plan
    return smallest_headcount(source.weekly_hours, planned, source.on_duty.hours)


def _what(found: list[Breach], limits: Limits, duty: Week) -> Said:
    """The hours in question, and the most or the least that is allowed."""
    first = found[0]
    if first.rule == "day":
        days = Week.of(
            (breach.start // DAY * DAY, breach.start // DAY * DAY + DAY) for breach in found
        )
        return say(
            "{duty} is {hours} h; at most {most} h a day",
            duty=written(str(duty.intersection(days))),
            hours=format_digits(first.hours),
            most=format_digits(limits.day),
        )
    if first.rule == "daily_rest":
        where = say("the whole week") if first.end - first.start >= WEEK else _span(first)
        least = format_digits(limits.daily_rest)
        return say(
            "{where} is without {least} h of rest in a row; at least {least} h a day",
            where=where,
            least=least,
        )
    if first.rule == "weekly_rest":
        return say(
            "the longest rest of the week is {hours} h; at least {least} h in a row a week",
            hours=format_digits(first.hours),
            least=format_digits(limits.weekly_rest),
        )
    if first.rule == "days":
        return counted(
            limits.days,
            "{duty} is {hours} days in a row; at most {count} day",
            "{duty} is {hours} days in a row; at most {count} days",
            duty=written(str(duty)),
            hours=format_digits(first.hours),
        )
    most = limits.week if first.rule == "week" else limits.average
    places = {
        "duty": written(str(duty)),
        "hours": format_digits(first.hours),
        "most": format_digits(most),
    }
    if first.rule == "week":
        return say("{duty} is {hours} h a week; at most {most} h a week", **places)
    return say("{duty} is {hours} h a week; at most {most} h a week on average", **places)


def _span(breach: Breach) -> Said:
    """From when to when, such as ``mon 06:00 to mon 22:00``."""
    return say("{start} to {end}", start=minute_name(breach.start), end=minute_name(breach.end))


def _way_out(source: Source, limits: Limits) -> Said:
    if source.works_elsewhere:
        return say("shorten the duty of that day")
    needed = rotation(source.on_duty, 1, source.weekly_hours, limits).needed
    if needed is None or needed < 2:
        return say("shorten the duty, or share it with more people")
    return say("shorten the duty, or share it: headcount: {needed} would do", needed=needed)
