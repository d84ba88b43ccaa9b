"""``cursor --by``: which activities to do in-house and which outside."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cmsource.analysis.cursor.cursor import SHARES
from cmsource.analysis.cursor.mixes import Done, Mix, Mixes
from cmsource.model.judgement import misses, shortfall
from cmsource.reports.blocks import (
    Block,
    Cell,
    Column,
    Look,
    Panel,
    Row,
    Section,
    Span,
    Table,
    Text,
)
from cmsource.reports.comparison_data import scenario_data, share
from cmsource.reports.cursor import cost_bar, covered, label
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    CHOSEN,
    horizon_text,
    hours_text,
    money_text,
    plain_number,
    share_text,
    title_text,
    verdict,
    yes_no,
)
from cmsource.results.entry import money
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import both, listed, say
from cmsource.values.money import Style, format_share, style_for

FORMAT = "cmsource/mixes/1"
_SHOWN = 12
_LEAST_HOURS = 0.005


class MixesReport(NamedTuple):
    """Every mix of in-house shares of some activities.

    Attributes:
        scenario: whose activities they are.
        found: the mixes.
    """

    scenario: Scenario
    found: Mixes

    def blocks(self) -> Iterator[Block]:
        """The best mix, what it does of each activity, the frontier, each activity by itself."""
        scenario, found = self.scenario, self.found
        style = style_for(scenario.currency)
        yield _answer(scenario, found, style)
        if found.recommended is not None:
            yield _work(found.mixes[found.recommended].work, found)
        yield _frontier(found, style)
        if found.recommended is not None:
            for place in range(len(found.activities)):
                yield _activity(place, found, style)

    def data(self) -> Json:
        """``cmsource/mixes/1``; mixes are numbered from 0."""
        found, style = self.found, style_for(self.scenario.currency)
        return {
            "format": FORMAT,
            "scenario": scenario_data(self.scenario),
            "outside": found.outside.name,
            "inside": found.inside.name,
            "hours": share(found.hours),
            "activities": list(found.activities),
            "mixes": [_data(mix, found, style) for mix in found.mixes],
            "recommended": found.recommended,
            "choices": list(found.choices),
            "frontier": list(found.frontier),
            "by_activity": {name: list(rows) for name, rows in found.by_activity.items()},
        }

    def header(self) -> Sequence[str]:
        """The share of each activity, and what is said of each mix."""
        last = ("eligible", "misses", "recommended", "frontier")
        return (
            "mix",
            *self.found.activities,
            "total",
            "cash",
            *(figure.column for figure in covered()),
            *last,
        )

    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each mix."""
        style = style_for(self.scenario.currency)
        for index, mix in enumerate(self.found.mixes):
            yield (
                index,
                *(share(part) for part in mix.shares),
                money(mix.total_cents),
                money(mix.cash_cents),
                *(share(figure.value(mix)) for figure in covered()),
                yes_no(mix.eligible),
                listed(misses(mix.requirements, style), say("; ")),
                yes_no(index == self.found.recommended),
                yes_no(index in self.found.frontier),
            )


def _answer(scenario: Scenario, found: Mixes, style: Style) -> Panel:
    hours = hours_text(found.hours)
    length = horizon_text(scenario.horizon)
    activities = say("{activities}: in-house or outside?", activities=both(found.activities))
    title = title_text(activities, scenario.name, scenario.country, length)
    who = say(
        "{inside} has {hours} a week; {outside} does the rest.",
        inside=label(found.inside),
        hours=hours,
        outside=label(found.outside),
    )
    count = len(found.mixes)
    if found.recommended is None:
        nearest = min(found.mixes, key=lambda m: (shortfall(m.requirements), m.total_cents))
        none = say("None of the {count} mixes meets every requirement", count=count)
        text = say(
            "Nearest is {mix} in-house, at {total}: it misses {what}.",
            mix=_shares(nearest, found),
            total=money_text(nearest.total_cents, style),
            what=listed(misses(nearest.requirements, style)),
        )
        lines = (Span(none, Look.WARNING), listed([text, who], " "))
        return Panel(title, lines, Look.WARNING)
    best = found.mixes[found.recommended]
    total = money_text(best.total_cents, style)
    places = {"count": str(count), "share": share_text(best.in_house)}
    if best.requirements:
        text = say(
            "It costs the least of the mixes that meet every requirement, {count} tried, with "
            "{share} of the work in-house.",
            **places,
        )
    else:
        text = say(
            "It costs the least of the mixes, {count} tried, with {share} of the work in-house.",
            **places,
        )
    head = say("Best mix: {mix} in-house: {total}", mix=_shares(best, found), total=total)
    return Panel(title, (Span(head, Look.BEST), listed([text, who], " ")))


def _shares(mix: Mix, found: Mixes) -> str:
    return listed(
        listed([activity, format_share(part, 0)], " ")
        for activity, part in zip(found.activities, mix.shares, strict=True)
    )


def _work(work: Mapping[str, Done], found: Mixes) -> Table:
    """Who does what in the best mix."""
    undone = any(done.undone > _LEAST_HOURS for done in work.values())
    columns = (
        Column(say("Hours a week"), wraps=True),
        Column(say("Needed"), right=True),
        Column(label(found.inside), right=True, wraps=True),
        Column(label(found.outside), right=True, wraps=True),
        *([Column(say("Undone"), right=True)] if undone else []),
        Column(say("In-house"), right=True),
    )
    rows = []
    for activity, done in work.items():
        figures = [done.needed, done.inside, done.outside, *([done.undone] if undone else [])]
        numbers = (plain_number(hours) for hours in figures)
        rows.append(Row((activity, *numbers, share_text(_part_inside(done)))))
    return Table(columns, tuple(rows))


def _part_inside(done: Done) -> float | None:
    return done.inside / done.needed if done.needed > 0 else None


def _frontier(found: Mixes, style: Style) -> Section:
    """Cost against in-house share: no other mix costs less and does as much in-house."""
    columns = (
        Column(""),
        *(Column(activity, right=True, wraps=True) for activity in found.activities),
        Column(say("Total"), right=True),
        Column(""),
        Column(say("Watched"), right=True),
        Column(say("In time"), right=True, wraps=True),
        Column(say("Share"), right=True),
        Column(say("OK")),
    )
    most = max(mix.total_cents for mix in found.mixes)
    rows = []
    for index in found.frontier:
        mix = found.mixes[index]
        chosen, fits = index == found.recommended, index in found.choices
        coverage = mix.coverage
        cells: tuple[Text | Cell, ...] = (
            CHOSEN if chosen else "",
            *(format_share(part, 0) for part in mix.shares),
            money_text(mix.total_cents, style),
            cost_bar(mix.total_cents, most, chosen=chosen),
            share_text(coverage.watched),
            share_text(coverage.answered_in_time),
            share_text(mix.in_house),
            verdict(fits),
        )
        rows.append(Row(cells, Look.BEST if chosen else Look.PLAIN if fits else Look.FAINT))
    more = len(rows) - _SHOWN
    note = say("and {count} more; --format csv shows all", count=more) if more > 0 else ""
    table = Table(columns, tuple(rows[:_SHOWN]), note=note)
    return Section(say("Frontier: more in-house for the least money"), (table,))


def _activity(place: int, found: Mixes, style: Style) -> Section:
    """The cursor of one activity, the others as is cheapest."""
    activity = found.activities[place]
    others = [n for n in range(len(found.activities)) if n != place]
    names = [found.activities[n] for n in others]
    columns = (
        Column(""),
        Column(say("Up to"), right=True),
        *(Column(name, right=True, wraps=True) for name in names),
        Column(say("Total"), right=True),
        Column(""),
        Column(say("In time"), right=True, wraps=True),
        Column(say("Really in-house"), right=True, wraps=True),
    )
    most = max(mix.total_cents for mix in found.mixes)
    rows = []
    lacking = []
    for part, index in zip(SHARES, found.by_activity[activity], strict=True):
        if index is None:
            lacking.append(format_share(part, 0))
            continue
        mix = found.mixes[index]
        chosen = index == found.recommended
        cells: tuple[Text | Cell, ...] = (
            CHOSEN if chosen else "",
            format_share(part, 0),
            *(format_share(mix.shares[n], 0) for n in others),
            money_text(mix.total_cents, style),
            cost_bar(mix.total_cents, most, chosen=chosen),
            share_text(mix.coverage.answered_in_time),
            share_text(_part_inside(mix.work[activity])),
        )
        rows.append(Row(cells, Look.BEST if chosen else Look.PLAIN))
    note = say("No mix with {shares} will do.", shares=both(lacking)) if lacking else ""
    title = say("{activity} in-house", activity=activity)
    if names:
        title = say(
            "{activity} in-house, {others} as is cheapest", activity=activity, others=both(names)
        )
    table = Table(columns, tuple(rows), note=note)
    return Section(title, (table,))


def _data(mix: Mix, found: Mixes, style: Style) -> Json:
    return {
        "shares": {
            name: share(part) for name, part in zip(found.activities, mix.shares, strict=True)
        },
        "total": money(mix.total_cents),
        "cash": money(mix.cash_cents),
        "coverage": {figure.column: share(figure.value(mix)) for figure in covered()},
        "eligible": mix.eligible,
        "misses": misses(mix.requirements, style),
        "work": {
            name: {
                "needed": share(done.needed),
                "inside": share(done.inside),
                "outside": share(done.outside),
                "undone": share(done.undone),
            }
            for name, done in mix.work.items()
        },
    }
