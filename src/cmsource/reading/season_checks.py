"""Checks of the seasons of a year: which months they are, and that they come."""

from collections.abc import Iterator
from math import ceil, floor

from cmsource.reading.finding import Finding, Read
from cmsource.scenario.node import Node
from cmsource.values.language import say
from cmsource.values.months import YEAR, calendar_month, months_in_words, months_of
from cmsource.values.ranges import is_range
from cmsource.values.text import shown

_TOLERANCE = 1e-6  # months


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
