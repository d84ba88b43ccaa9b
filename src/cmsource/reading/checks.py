"""Checks across fields: what no single value shows to be wrong.

Each check takes what has been read and yields what it finds; they stand in one list.
"""

from collections.abc import Iterator
from math import ceil

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
from cmsource.reading.on_call_checks import (
    call_outs_have_a_price,
    lawful_call_outs,
    on_call_beside_duty,
)
from cmsource.reading.price_checks import PRICE_CHECKS
from cmsource.reading.report import Report
from cmsource.reading.season_checks import seasons_apart, seasons_come, seasons_of_known_work
from cmsource.reading.size_checks import few_enough, few_enough_answer
from cmsource.reading.skill_checks import somebody_can_do_it
from cmsource.scenario.node import Node
from cmsource.scenario.on_payroll import MOST_PEOPLE, OnPayroll
from cmsource.scenario.options import option_or_phase
from cmsource.scenario.scenario import SHORTEST_HORIZON
from cmsource.values.language import listed, say
from cmsource.values.money import format_digits, format_share
from cmsource.values.text import shown

_TOLERANCE = 1e-6


def run_checks(read: Read, report: Report) -> None:
    """Run every check and report what it finds, once.

    A source as an option changes it has the faults of what the option leaves as it is: where one of
    them says the same of the same place, it is the one that has been told.
    """
    for check in CHECKS:
        told = set()
        for finding in check(read):
            what = _apart_from_use(finding)
            if what not in told:
                told.add(what)
                report.add(*finding)


def _apart_from_use(finding: Finding) -> tuple[str, str, object]:
    """What a finding says of which place, whichever use of a source it is about."""
    keys = finding.path.split(".")
    use = ".".join(keys[: 3 if keys[0] == "options" else 2])
    at = finding.at.origin if isinstance(finding.at, Node) else finding.at
    where = None if at is None else (at.kind, at.name, at.line, at.column)
    return finding.code, finding.message.replace(use, "") if use else finding.message, where


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
    weekly = needs.weekly_work()
    work = messages or any(hours > 0 for hours in weekly.values())
    published = any(weekly[name] > 0 for name in needs.published())
    nothing = say(
        "`require.{name}` can be measured on no option: `needs.work` has nothing that goes out"
    )
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
        *((name, published, nothing) for name in ("in_house_material", "regularity")),
        ("approval_within", published, nothing),
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
    each, within = messages.mean_minutes, read.needs.answer_within
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
                        share=format_share(1 - sum(on_duty), 0),
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
    call_outs_have_a_price,
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
