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
from cmsource.values.week import DAY, DAYS, WEEK, Week

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
            f"`{source.name}` earns {wage:.2f} an hour, below the legal minimum "
            f"of {minimum.wage:.2f} {minimum.whose}",
            visible(source.origins.get(key), read, path),
            f"pay at least {minimum.wage:.2f}/h ({minimum.source})",
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
                f"`{source.name}` earns {wage:.2f} an hour; {fact.value:.2f} is due "
                f"where this holds: {fact.source}",
                visible(source.origins.get(key), read, path),
                f"pay {fact.value:.2f}/h, or make sure that it does not hold",
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
                f"`{source.name}`: a placement of {hours:.0f} h is longer than "
                f"the {longest.value:g} h that are allowed",
                visible(source.origins.get("placement"), read, path),
                f"shorten the placement ({longest.source})",
                f"{path}.placement",
            )
        least = source.gratification_due(country)
        if least is not None and source.gratification < least.value - _CENT:
            due_from = country.value("gratification_due_from_hours")
            yield Finding(
                "E304",
                f"`{source.name}` gets {source.gratification:.2f} an hour, below the "
                f"{least.value:.2f} due for a placement of more than {due_from:g} h",
                visible(source.origins.get("gratification"), read, path),
                f"pay at least {least.value:.2f}/h ({least.source})",
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
        if most is not None and age > most.value:
            limit, way_out = most, "see who may be older"
        elif least is not None and age < least.value:
            limit, way_out = least, "choose another age"
        else:
            continue
        word = "most" if limit is most else "least"
        yield Finding(
            "W416",
            f"`{source.name}` begins an apprenticeship at {age}, and {limit.value} is the {word} "
            "that the law names",
            visible(source.origins.get("age"), read, path),
            f"{way_out} ({limit.source})",
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
            f"`{name}`: a fixed-term contract of {round(months, 1):g} months is longer than "
            f"the {longest.value:g} months that are allowed",
            visible(source.origins.get("contract"), read, f"sources.{name}"),
            f"make the contract permanent, or let somebody else follow ({longest.source})",
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
            f"`{source.name}`: a contract of {hours:g} h a week is below the {least.value:g} h "
            "that part-time has by law",
            visible(source.origins.get("hours"), read, path),
            f"write {least.value:g} h/week, or see whether less is agreed on ({least.source})",
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
        message = f"`{source.name}`: {_what(found, limits, source.on_duty)}, {fact.source}"
        hint = _way_out(source, limits)
        yield Finding(_CODES[rule], message, None, hint, f"{path}.on_duty")


def _of_a_team(path: str, source: Source, limits: Limits, people: int) -> Iterator[Finding]:
    """A duty that cannot be shared out in weeks that the law allows everybody in turn."""
    found = rotation(source.on_duty, people, source.weekly_hours, limits)
    if found.rows or not found.why_not:
        return
    hint = "shorten the duty, or give it to more people"
    if found.needed is not None:
        hint = f"headcount: {found.needed} would do ({found.needed - people} more)"
    message = (
        f"`{source.name}`: no legal weekly rotation of {people} people fills its duty: "
        f"{found.why_not}"
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


def _what(found: list[Breach], limits: Limits, duty: Week) -> str:
    """The hours in question, and the most or the least that is allowed."""
    first = found[0]
    if first.rule == "day":
        days = Week.of(
            (breach.start // DAY * DAY, breach.start // DAY * DAY + DAY) for breach in found
        )
        return f"{duty.intersection(days)} is {first.hours:g} h; at most {limits.day:g} h a day"
    if first.rule == "daily_rest":
        where = "the whole week" if first.end - first.start >= WEEK else _span(first)
        least = f"{limits.daily_rest:g} h"
        return f"{where} is without {least} of rest in a row; at least {least} a day"
    if first.rule == "weekly_rest":
        return (
            f"the longest rest of the week is {first.hours:g} h; "
            f"at least {limits.weekly_rest:g} h in a row a week"
        )
    if first.rule == "days":
        return f"{duty} is {first.hours:g} days in a row; at most {limits.days} days"
    most = limits.week if first.rule == "week" else limits.average
    kind = "a week" if first.rule == "week" else "a week on average"
    return f"{duty} is {first.hours:g} h a week; at most {most:g} h {kind}"


def _span(breach: Breach) -> str:
    """From when to when, such as ``mon 06:00 to mon 22:00``."""
    return f"{_moment(breach.start)} to {_moment(breach.end)}"


def _moment(minute: int) -> str:
    day, of_day = divmod(minute % WEEK, DAY)
    return f"{DAYS[day]} {of_day // 60:02d}:{of_day % 60:02d}"


def _way_out(source: Source, limits: Limits) -> str:
    if source.works_elsewhere:
        return "shorten the duty of that day"
    needed = rotation(source.on_duty, 1, source.weekly_hours, limits).needed
    if needed is None or needed < 2:
        return "shorten the duty, or share it with more people"
    return f"shorten the duty, or share it: headcount: {needed} would do"
