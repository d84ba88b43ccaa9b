"""Checks of how much there is: what is compared can be worked out in seconds."""

from collections.abc import Iterator
from math import ceil

from cmsource.reading.finding import Finding, Read, visible
from cmsource.values.language import say
from cmsource.values.money import format_shortest

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
