"""Checks across fields: what no single value shows to be wrong.

Each check takes what has been read and yields what it finds; they stand in one list.
"""

from collections.abc import Iterator
from math import ceil, floor

from cmsource.countries import own_rates
from cmsource.reading.finding import Check, Finding, Read, visible
from cmsource.reading.labour_checks import (
    lawful_apprenticeships,
    lawful_hours,
    lawful_internships,
    lawful_part_time,
    lawful_terms,
    lawful_wages,
    minimum_of_some,
)
from cmsource.reading.on_call_checks import lawful_call_outs, on_call_beside_duty
from cmsource.reading.price_checks import PRICE_CHECKS
from cmsource.reading.report import Report
from cmsource.reading.skill_checks import somebody_can_do_it
from cmsource.scenario.node import Node
from cmsource.scenario.on_payroll import MOST_PEOPLE, OnPayroll
from cmsource.scenario.options import option_or_phase
from cmsource.scenario.scenario import SHORTEST_HORIZON
from cmsource.values.language import listed, say
from cmsource.values.money import format_digits, format_share, format_shortest, style_for
from cmsource.values.months import YEAR, calendar_month, months_in_words, months_of
from cmsource.values.ranges import is_range
from cmsource.values.text import shown

MOST_OPTIONS = 500
MOST_SOURCES = 200
MOST_MEMBERS = 1_000
"""Sources in all phases of all options together."""
MOST_YEARS = 2_500
"""The sources and tools of all phases, each for as many years as its phase has."""
MOST_YEARS_OF_AN_OPTION = 250
"""The same of one option: the advice asks again and again what an option costs."""
MOST_ACTIVITIES = 200
MOST_ANSWERERS = 20
"""Sources of a phase who are on duty for messages: each may be there or not, day by day."""
MOST_PARTIAL = 4
"""Those of them who take a part of the messages only: each part makes lines of its own."""
MOST_SOFTWARE = 4
"""Sources of a phase that are software: each tells messages apart by what became of them."""
MOST_LINES = 50
"""What the phases with messages count for; see `_lines`."""
FREE_LEVELS = 3
"""Levels of messages of a year that count for no more than one."""
_TOLERANCE = 1e-6


def run_checks(read: Read, report: Report) -> None:
    """Run every check and report what it finds."""
    for check in CHECKS:
        for finding in check(read):
            report.add(*finding)


def few_enough(read: Read) -> Iterator[Finding]:
    """What is compared, and the work of it, can be worked out in seconds."""
    given = read.tree.get("tools")
    tools = 0 if given is None else len(list(given.items()))
    members = sum(len(phase.sources) for option in read.options for phase in option.phases)
    years = {
        option.name: sum(
            (len(phase.sources) + tools) * ceil(phase.months / 12) for phase in option.phases
        )
        for option in read.options
    }
    activities = 0 if read.needs is None else len(read.needs.work)
    longest = max(years, key=lambda name: years[name], default="")
    for path, count, most, message in (
        (
            "options",
            len(read.options),
            MOST_OPTIONS,
            say("a scenario has at most {most} options; this one has {count}"),
        ),
        (
            "sources",
            len(read.sources),
            MOST_SOURCES,
            say("a scenario has at most {most} sources; this one has {count}"),
        ),
        (
            "options",
            members,
            MOST_MEMBERS,
            say(
                "a scenario has at most {most} sources in the phases of its options; "
                "this one has {count}"
            ),
        ),
        (
            "horizon",
            sum(years.values()),
            MOST_YEARS,
            say(
                "a scenario has at most {most} years of sources and tools in the phases of its "
                "options; this one has {count}"
            ),
        ),
        (
            f"options.{longest}",
            years.get(longest, 0),
            MOST_YEARS_OF_AN_OPTION,
            say(
                "a scenario has at most {most} years of sources and tools in the phases of one "
                "option; this one has {count}"
            ),
        ),
        (
            "needs.work",
            activities,
            MOST_ACTIVITIES,
            say("a scenario has at most {most} activities; this one has {count}"),
        ),
    ):
        if count > most:
            numbers = {"most": format_shortest(most), "count": format_shortest(count)}
            at = read.tree.get(*path.split("."))
            yield Finding("E106", message.with_places(**numbers), at, _SEVERAL, path)


_SEVERAL = say("make several scenarios of it, for `cmsource batch`")


def few_enough_answer(read: Read) -> Iterator[Finding]:
    """Who answers how many can be worked out in a second."""
    if read.needs is None or read.needs.messages is None or read.needs.messages.weekly <= 0:
        return
    lines = 0
    for option in read.options:
        for phase in option.phases:
            some = [
                s
                for s in phase.sources
                if s.answers_in and not s.software and s.largest_share("messages") > 0
            ]
            answerers = [s for s in some for hours in (s.on_duty, s.hours_on_call) if hours]
            # On call they take the same messages as on duty.
            partial = [s for s in some if s.largest_share("messages") < 1 or s.has_ceiling]
            software = [s for s in phase.sources if s.software and s.largest_share("messages") > 0]
            if len(answerers) <= MOST_ANSWERERS and len(partial) <= MOST_PARTIAL:
                lines += _lines(len(answerers), len(partial))
            for count, most, message in (
                (
                    len(answerers),
                    MOST_ANSWERERS,
                    say(
                        "a phase has at most {most} sources on duty for messages; "
                        "option `{option}` has {count}"
                    ),
                ),
                (
                    len(partial),
                    MOST_PARTIAL,
                    say(
                        "a phase has at most {most} of them who take a part only; "
                        "option `{option}` has {count}"
                    ),
                ),
                (
                    len(software),
                    MOST_SOFTWARE,
                    say(
                        "a phase has software in at most {most} sources; option `{option}` has "
                        "{count}"
                    ),
                ),
            ):
                if count > most:
                    path = f"options.{option.name}"
                    yield Finding(
                        "E106",
                        message.with_places(most=most, option=option.name, count=count),
                        visible(None, read, path),
                        say("put people with the same duty and share into one source"),
                        path,
                    )
    levels = len({level.messages for level in read.needs.levels()})
    lines = ceil(lines * max(1, levels / FREE_LEVELS))
    if lines > MOST_LINES:
        message = say(
            "phases with messages count for {most} at most, of all options "
            "together; these count for {lines}: one for each source on duty, and "
            "2, 8, 18 or 32 more where one to four of them take a part of the "
            "messages only; where seasons have more than {levels} levels of messages, "
            "that is for {levels} of them",
            most=MOST_LINES,
            lines=lines,
            levels=FREE_LEVELS,
        )
        yield Finding("E106", message, read.tree.get("options"), _SEVERAL, "options")


def _lines(answerers: int, partial: int) -> int:
    """How much a phase with messages counts for.

    Args:
        answerers: sources on duty for them.
        partial: those of them who take a part only.
    """
    return answerers + 2 * partial * partial


def horizon_of_a_day(read: Read) -> Iterator[Finding]:
    """Costs are added up over a day at least."""
    if read.horizon < SHORTEST_HORIZON:
        message = say("`horizon` is shorter than a day")
        at = read.tree.get("horizon")
        yield Finding("E204", message, at, say("write a time such as 24 months"), "horizon")


def contracts_have_hours(read: Read) -> Iterator[Finding]:
    """A contract has hours: pay is by the hour, and nobody is there for none."""
    for path, source in read.uses:
        alone = source.works_elsewhere and source.hours_on_call
        if isinstance(source, OnPayroll) and source.hours.amount <= 0 and not alone:
            at = visible(source.origins.get("hours"), read, path)
            message = say("`{path}.hours`: nobody works 0 hours", path=path)
            hint = say("write the hours of the contract, or take the source out")
            yield Finding("E204", message, at, hint, f"{path}.hours")


def known_rates(read: Read) -> Iterator[Finding]:
    """A company's own rates are values of its country's payroll."""
    given = read.tree.get("company", "rates")
    if read.country is None or given is None:
        return
    known = own_rates(read.country)
    for name, node in given.items():
        if name not in known:
            message = say(
                "`company.rates`: the payroll of {country} has no value `{value}`",
                country=read.country.name,
                value=name,
            )
            path = f"company.rates.{name}"
            yield Finding("E201", message, node, read.closest(name, known), path)


def duty_within_contract(read: Read) -> Iterator[Finding]:
    """A person is never scheduled for more hours than the contract has."""
    for path, source in read.uses:
        if not isinstance(source, OnPayroll):
            continue
        hours, duty = source.weekly_hours, source.on_duty.hours
        if hours <= 0:
            continue
        people = MOST_PEOPLE if isinstance(source.headcount, str) else source.headcount
        if duty <= people * hours + _TOLERANCE:
            continue
        least = ceil(duty / hours - _TOLERANCE)
        steady = max(least, ceil(duty / (hours * (1 - source.planned_absence)) - _TOLERANCE))
        hint = say("headcount: {least} would do on paper (or headcount: auto)", least=least)
        if steady > least:
            hint = say(
                "headcount: {least} would do on paper, {steady} with leave and holidays "
                "(or headcount: auto)",
                least=least,
                steady=steady,
            )
        if people == MOST_PEOPLE:
            hint = say("give the contract more hours")
        contract = say("{hours} h", hours=format_digits(hours))
        if people != 1:
            contract = say("{people} x {hours} h", people=people, hours=format_digits(hours))
        origins = (source.origins.get("on_duty"), source.origins.get("hours"))
        at = next((o for o in origins if o is not None and o.is_written), None)
        yield Finding(
            "E302",
            say(
                "`{name}` is on duty {duty} h a week and its contract has {contract}",
                name=source.name,
                duty=format_digits(duty),
                contract=contract,
            ),
            visible(at, read, path),
            hint,
            f"{path}.on_duty",
        )


def seasons_apart(read: Read) -> Iterator[Finding]:
    """A month is in one season."""
    known: dict[int, str] = {}
    for name, node in _seasons(read):
        months = months_of(name)
        both = next((known[month] for month in months if month in known), None)
        if both is not None:
            shared = months_in_words([month for month in months if known.get(month) == both])
            yield Finding(
                "E207",
                say(
                    "`needs.seasons` has {months} in both `{first}` and `{other}`",
                    months=shared,
                    first=both,
                    other=name,
                ),
                node.place,
                say("let no month be in two of them; a key with null after it is not given"),
                f"needs.seasons.{name}",
            )
        known.update({month: name for month in months if month not in known})


def _seasons(read: Read) -> Iterator[tuple[str, Node]]:
    """The seasons of a file whose months can be read."""
    if read.needs is not None and read.needs.seasons:
        seasons = read.tree.get("needs", "seasons")
        yield from () if seasons is None else seasons.items()


def seasons_of_known_work(read: Read) -> Iterator[Finding]:
    """What a season has more or less of is work that there is."""
    needs = read.needs
    for name, node in _seasons(read):
        assert needs is not None
        known = [*(["messages"] if needs.messages is not None else []), *needs.work]
        path = f"needs.seasons.{name}"
        if not known:
            yield Finding(
                "E306",
                say("`{path}` changes nothing: `needs` has neither messages nor work", path=path),
                node.place,
                say("say what is needed, or take the season out"),
                path,
            )
        elif isinstance(node.value, dict) and not is_range(node.value):
            for activity, child in node.items():
                if activity not in known:
                    yield Finding(
                        "E201",
                        say(
                            "`{path}` names {activity}, which is no work of `needs`",
                            path=path,
                            activity=shown(activity),
                        ),
                        child.place,
                        read.closest(activity, known),
                        f"{path}.{activity}",
                    )


def seasons_come(read: Read) -> Iterator[Finding]:
    """Each season has a month within the horizon."""
    start = read.start
    if start is None or read.horizon >= YEAR:
        return
    first = calendar_month(start)
    seen = {month % YEAR for month in range(floor(first), ceil(first + read.horizon - _TOLERANCE))}
    for name, node in _seasons(read):
        if seen.isdisjoint(months_of(name)):
            message = say(
                "`needs.seasons`: the horizon has no month of {season}",
                season=months_in_words(months_of(name)),
            )
            hint = say("begin at another time, or look at more months")
            yield Finding("W425", message, node.place, hint, f"needs.seasons.{name}")


def takes_known_work(read: Read) -> Iterator[Finding]:
    """What a source takes a share of is work that there is."""
    if read.needs is None:
        return
    known = {"messages": None, **dict.fromkeys(read.needs.work)}
    for path, source in read.uses:
        for activity in source.takes:
            if activity and activity not in known:
                here = f"{path}.takes.{activity}"
                node = read.tree.get(*here.split("."))
                yield Finding(
                    "E201",
                    say(
                        "`{path}.takes` names {activity}, which is no work of `needs`",
                        path=path,
                        activity=shown(activity),
                    ),
                    visible(source.origins.get("takes"), read, path)
                    if node is None
                    else node.place,
                    read.closest(activity, list(known)),
                    here,
                )


def tools_included(read: Read) -> Iterator[Finding]:
    """A tool is included by sources that exist and are used."""
    tools = read.tree.get("tools")
    given = read.tree.get("sources")
    known = {} if given is None else given.given()
    for name, tool in tools.items() if tools is not None else ():
        path = f"tools.{name}.included_by"
        named = tool.get("included_by")
        elements = [
            element
            for element in (named.elements() if named is not None else ())
            if isinstance(element.value, (str, int, float))  # typing reports the others
        ]
        present = [element for element in elements if str(element.value) in known]
        for element in elements:
            if str(element.value) not in known:
                message = say(
                    "`{path}` names {value}, which is not a source",
                    path=path,
                    value=shown(element.value),
                )
                hint = read.closest(str(element.value), list(known))
                yield Finding("E305", message, element, hint, path)
        if (
            present
            and read.whole
            and not any(str(element.value) in read.used for element in present)
        ):
            message = say("tool `{name}` is included by sources that no option uses", name=name)
            hint = say("add the source to an option, or take it out of included_by")
            yield Finding("W401", message, present[0], hint, path)


def measurable_requirements(read: Read) -> Iterator[Finding]:
    """A requirement needs something to measure in the scenario."""
    needs, require = read.needs, read.require
    if needs is None or require is None:
        return
    messages = needs.messages is not None and needs.messages.weekly > 0
    work = messages or any(hours > 0 for hours in needs.weekly_work().values())
    no_work = say(
        "`require.{name}` can be measured on no option: `needs` has neither messages nor work"
    )
    for name, measurable, message in (
        (
            "answered_in_time",
            messages,
            say("`require.{name}` can be measured on no option: `needs` has no messages"),
        ),
        ("work_done", work, no_work),
        ("in_house", work, no_work),
        (
            "skills_met",
            bool(needs.all_skills),
            say("`require.{name}` can be measured on no option: `needs` has no skills"),
        ),
    ):
        if getattr(require, name) is None or measurable:
            continue
        hint = say("say what is needed, or take the requirement out")
        at = visible(require.origins.get(name), read, f"require.{name}")
        yield Finding("E306", message.with_places(name=name), at, hint, f"require.{name}")


def somebody_answers(read: Read) -> Iterator[Finding]:
    """Messages need somebody on duty."""
    if read.needs is None or read.needs.messages is None or read.needs.messages.weekly <= 0:
        return
    for option in read.options:
        for number, phase in enumerate(option.phases):
            if not any(source.answers_in and not source.software for source in phase.sources):
                where = option_or_phase(option.name, number, len(option.phases))
                people = [source.name for source in phase.sources if not source.software]
                software = len(people) < len(phase.sources)
                path = f"options.{option.name}"
                yield Finding(
                    "W402",
                    say("{where}: nobody is on duty to answer what software leaves", where=where)
                    if software
                    else say("{where}: nobody is on duty to answer the messages", where=where),
                    visible(None, read, path),
                    say("give on_duty to one of: {names}", names=listed(people))
                    if people
                    else say("add somebody who is on duty"),
                    path,
                )


def answers_take_less(read: Read) -> Iterator[Finding]:
    """No answer is in time where writing it takes all the time there is."""
    messages = None if read.needs is None else read.needs.messages
    if read.needs is None or messages is None or messages.weekly <= 0:
        return
    each, within = messages.minutes_each, read.needs.answer_within
    if each >= within:
        yield Finding(
            "W420",
            say(
                "an answer takes {each} min, so that none goes out within {within} min",
                each=format_digits(each),
                within=format_digits(within),
            ),
            visible(read.needs.origins.get("answer_within"), read, "needs.messages.minutes_each"),
            say("give answer_within more than {each} min", each=format_digits(each)),
            "needs.answer_within",
        )


def every_message_is_for_somebody(read: Read) -> Iterator[Finding]:
    """The shares that the sources of a phase take add up to all messages."""
    if read.needs is None or read.needs.messages is None or read.needs.messages.weekly <= 0:
        return
    for option in read.options:
        for number, phase in enumerate(option.phases):
            people = [s for s in phase.sources if s.answers_in and not s.software]
            on_duty = [s.largest_share("messages") for s in people]
            if on_duty and sum(on_duty) < 1 - _TOLERANCE:
                where = option_or_phase(option.name, number, len(option.phases))
                path = f"options.{option.name}"
                yield Finding(
                    "W421",
                    say(
                        "{where}: {share} of the messages are for nobody, and never answered",
                        where=where,
                        share=format_share(1 - sum(on_duty), style_for("EUR"), 0),
                    ),
                    visible(None, read, path),
                    say("let the last of its sources take 100%"),
                    path,
                )


def sources_used(read: Read) -> Iterator[Finding]:
    """A source that no option uses may be a slip."""
    if read.standard or not read.whole:
        return
    for name in read.sources:
        node = None if name in read.used else read.tree.get("sources", name)
        if node is not None:
            message = say("source `{name}` is used by no option", name=name)
            hint = say("add it to an option, or take it out")
            yield Finding("W403", message, node.place, hint, f"sources.{name}")


def period_known(read: Read) -> Iterator[Finding]:
    """The rules in force at the start are among those that are known."""
    for note in () if read.country is None else read.country.notes:
        yield Finding("W404", note, read.tree.get("start"), "", "start")


CHECKS: tuple[Check, ...] = (
    few_enough,
    few_enough_answer,
    horizon_of_a_day,
    contracts_have_hours,
    known_rates,
    duty_within_contract,
    takes_known_work,
    somebody_can_do_it,
    on_call_beside_duty,
    seasons_apart,
    seasons_of_known_work,
    seasons_come,
    *PRICE_CHECKS,
    tools_included,
    measurable_requirements,
    somebody_answers,
    answers_take_less,
    every_message_is_for_somebody,
    sources_used,
    period_known,
    lawful_wages,
    minimum_of_some,
    lawful_internships,
    lawful_apprenticeships,
    lawful_terms,
    lawful_part_time,
    lawful_hours,
    lawful_call_outs,
)
