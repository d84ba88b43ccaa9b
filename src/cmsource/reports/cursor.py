"""``cursor``: how much to do in-house and how much outside, step by step."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from cmsource.analysis.cursor.cursor import Cursor, Step
from cmsource.model.judgement import misses, shortfall
from cmsource.reports.blocks import (
    NONE,
    Bar,
    Block,
    Cell,
    Column,
    Items,
    Look,
    Panel,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
)
from cmsource.reports.charts import cursor_curve
from cmsource.reports.comparison_data import assumption_data, months, scenario_data, share
from cmsource.reports.report import Json
from cmsource.reports.wording import (
    CHOSEN,
    assumption_text,
    capital,
    cells,
    horizon_text,
    hours_text,
    money_text,
    plain_number,
    share_text,
    title_text,
    unbroken,
    verdict,
)
from cmsource.results.entry import money
from cmsource.scenario.figures import Figure, requirable
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.values.language import both, counted, listed, say
from cmsource.values.money import format_share, style_for
from cmsource.values.week_words import in_words
from cmsource.values.written import written

FORMAT = "cmsource/cursor/1"
_BAR = 16
_TOLERANCE = 1e-9
_SHOWN = (
    (say("Watched"), "watched", None),
    (say("In time"), "answered_in_time", None),
    (say("Work"), "work_done", 1.0),
    (say("Share"), "in_house", None),
)
"""Figures of each step, and what they usually are: a figure that is so everywhere says nothing."""
_WORSE = {
    "total": say("costs more"),
    "watched": say("watches less"),
    "answered_in_time": say("answers less in time"),
    "work_done": say("leaves more work undone"),
    "continuity": say("rests more on one person"),
}


def covered() -> list[Figure]:
    """The figures of coverage that can be required, each of which a phase has."""
    return [figure for figure in requirable().values() if figure.is_of_phases]


class CursorReport(NamedTuple):
    """Every step of a cursor from all outside to all in-house.

    Attributes:
        scenario: whose sources they are.
        found: the steps.
    """

    scenario: Scenario
    found: Cursor

    def blocks(self) -> Iterator[Block]:
        """Where to put it, the curve, the cheapest for each in-house share, what was assumed."""
        found, words = self.found, _Words(self.scenario, self.found)
        yield words.answer()
        yield _curve(words)
        style = style_for(self.scenario.currency)
        yield cursor_curve(found, style)
        yield _shares(words)
        yield Paragraph(worse_in_words(found, words.position))
        if found.assumptions:
            points = [assumption_text(each, style) for each in found.assumptions]
            yield Items(tuple(points), title=say("Assumed for duty beyond what the scenario gives"))

    def data(self) -> Json:
        """``cmsource/cursor/1``; steps are numbered from 0."""
        found = self.found
        return {
            "format": FORMAT,
            "scenario": scenario_data(self.scenario),
            "outside": found.outside.name,
            "inside": found.inside.name,
            "steps": [_step_data(step, self.scenario) for step in found.steps],
            "cheapest": found.cheapest,
            "recommended": found.recommended,
            "choices": list(found.choices),
            "by_in_house_share": [
                {"at_least": share(row.at_least), "cheapest": row.step, "eligible": row.eligible}
                for row in found.by_share
            ],
            "worse": worse_in_words(found, position),
            "assumptions": [assumption_data(assumption) for assumption in found.assumptions],
        }

    def header(self) -> Sequence[str]:
        """What is said of each step."""
        return (
            *("step", "hours", "people", "alone", "on_duty_hours", "on_duty", "total", "cash"),
            *(figure.column for figure in covered()),
            *("eligible", "misses", "cheapest", "recommended", "worse"),
        )

    def rows(self) -> Iterator[Sequence[object]]:
        """A row for each step."""
        for index, step in enumerate(self.found.steps):
            data = _step_data(step, self.scenario)
            data |= data["coverage"]
            data |= {
                "step": index,
                "hours": months(step.hours),
                "on_duty_hours": months(step.on_duty.hours),
                "misses": listed(data["misses"]),
                "cheapest": index == self.found.cheapest,
                "recommended": index == self.found.recommended,
                "worse": " ".join(step.worse),
            }
            yield cells(data, self.header())


def label(source: Source) -> str:
    """How a source is called for people."""
    return source.label or source.name


def position(step: Step) -> str:
    """Where a step is, in a few words."""
    if not step.people:
        return say("all outside")
    hours = plain_number(step.hours)
    return say("{hours} h alone", hours=hours) if step.alone else say("{hours} h", hours=hours)


def worse_in_words(found: Cursor, place: Callable[[Step], str]) -> str:
    """From which step on it becomes worse, and in what."""
    sentences = []
    for figure, words in _WORSE.items():
        runs: list[tuple[int, int]] = []
        for index, step in enumerate(found.steps):
            if figure not in step.worse:
                continue
            if runs and runs[-1][1] == index - 1:
                runs[-1] = (runs[-1][0], index)
            else:
                runs.append((index, index))
        if runs:
            where = [
                place(found.steps[a])
                if a == b
                else say("{start} to {end}", start=place(found.steps[a]), end=place(found.steps[b]))
                for a, b in runs
            ]
            sentences.append(say("{what} at {where}", what=words, where=both(where)))
    if not sentences:
        return say("No step is worse than the one before it.")
    return say(
        "Against the step before it, the cursor {changes}.", changes=listed(sentences, say("; "))
    )


class _Words:
    """A cursor in words."""

    def __init__(self, scenario: Scenario, found: Cursor) -> None:
        self.scenario = scenario
        self.found = found
        self.style = style_for(scenario.currency)
        self.outside = label(found.outside)

    def position(self, step: Step) -> str:
        """Where a step is, for a table."""
        return unbroken(position(step))

    def money(self, step: Step) -> str:
        """What a step costs."""
        return money_text(step.total_cents, self.style)

    def size(self, step: Step) -> str:
        """How much is done in-house."""
        hours = say("{hours} a week", hours=hours_text(step.hours))
        if step.people == 1:
            return hours
        return counted(
            step.people, "{count} person, {hours}", "{count} people, {hours}", hours=hours
        )

    def place(self, step: Step) -> str:
        """Where a step is, for a sentence."""
        if not step.people:
            return say("all of it outside with {outside}", outside=self.outside)
        if step.alone:
            return say("{size} in-house alone", size=self.size(step))
        return say("{size} in-house beside {outside}", size=self.size(step), outside=self.outside)

    def misses(self, step: Step) -> str:
        """Which requirements a step does not meet."""
        return listed(misses(step.requirements, self.style))

    def answer(self) -> Panel:
        """Where to put the cursor, or what keeps it from anywhere."""
        scenario, found = self.scenario, self.found
        title = title_text(
            say("{outside} or {inside}?", outside=self.outside, inside=label(found.inside)),
            scenario.name,
            scenario.country,
            horizon_text(scenario.horizon),
        )
        if found.recommended is None:
            head = Span(say("No step meets every requirement"), Look.WARNING)
            return Panel(title, (head, self._nearest()), Look.WARNING)
        best = found.steps[found.recommended]
        advice = say("{advice}: {total}", advice=self._advice(best), total=self.money(best))
        lines: list[Text] = [Span(advice, Look.BEST)]
        lines.append(self._why(best))
        if best.people and best.on_duty:
            hours = written(str(best.on_duty))
            if best.people == 1:
                lines.append(say("In-house is on duty {hours}.", hours=hours))
            else:
                lines.append(say("In-house are together on duty {hours}.", hours=hours))
        return Panel(title, tuple(lines))

    def _nearest(self) -> str:
        """What the cheapest step misses, and the one that misses least."""
        steps = self.found.steps
        cheapest = steps[self.found.cheapest]
        nearest = min(steps, key=lambda s: (shortfall(s.requirements), s.total_cents))
        text = [
            say(
                "The cheapest, {place}, costs {total} and misses: {what}.",
                place=self.place(cheapest),
                total=self.money(cheapest),
                what=self.misses(cheapest),
            )
        ]
        if nearest != cheapest:
            text.append(
                say(
                    "Nearest is {place}, at {total}: it misses {what}.",
                    place=self.place(nearest),
                    total=self.money(nearest),
                    what=self.misses(nearest),
                )
            )
        return listed(text, " ")

    def _advice(self, best: Step) -> str:
        if not best.people:
            return say("Leave it all outside, with {outside}", outside=self.outside)
        places = {"size": self.size(best), "outside": self.outside}
        if best.alone:
            return say("Bring it all in-house: {size}, without {outside}", **places)
        return say("Put the cursor at {size} in-house, the rest with {outside}", **places)

    def _why(self, best: Step) -> str:
        found = self.found
        share = share_text(best.in_house)
        if best.requirements:
            first = say(
                "It is the cheapest step that meets every requirement, with {share} of the work "
                "in-house.",
                share=share,
            )
        elif len(found.choices) < len(found.steps):
            first = say(
                "It is the cheapest step that does the work, with {share} of the work in-house.",
                share=share,
            )
        else:
            first = say("It is the cheapest step, with {share} of the work in-house.", share=share)
        outside, inside = found.steps[0], found.steps[-1]
        compared: list[tuple[Step, str]] = [
            (outside, say("All outside")),
            (inside, say("All in-house ({size})", size=self.size(inside))),
        ]
        cheapest = found.steps[found.cheapest]
        if all(cheapest != end for end, _ in compared):
            compared.append((cheapest, capital(self.place(cheapest))))
        text = [first, *(self._against(name, end, best) for end, name in compared if end != best)]
        return listed(text, " ")

    def _against(self, name: str, step: Step, best: Step) -> str:
        """What another step costs against the best one, and what it misses."""
        more = step.total_cents - best.total_cents
        amount = money_text(abs(more), self.style)
        if more == 0:
            compared = say("costs the same")
        elif more > 0:
            compared = say("costs {amount} more", amount=amount)
        else:
            compared = say("costs {amount} less", amount=amount)
        places = {"who": name, "costs": compared}
        undone = 1 - (step.coverage.work_done if step.coverage.work_done is not None else 1.0)
        if step.eligible and undone > 1 - (best.coverage.work_done or 0.0) + _TOLERANCE:
            share = share_text(undone)
            return say(
                "{who} {costs} but leaves {share} of the work undone.", share=share, **places
            )
        if step.eligible:
            return say("{who} {costs}.", **places)
        if more > 0:
            return say("{who} {costs} and misses {what}.", what=self.misses(step), **places)
        return say("{who} {costs} but misses {what}.", what=self.misses(step), **places)


def _curve(words: _Words) -> Table:
    """The steps, and a bar for what each costs."""
    found = words.found
    figures = [
        (title, figure)
        for title, figure, usual in _SHOWN
        if not all(_is(getattr(step.coverage, figure), usual) for step in found.steps)
    ]
    columns = (
        Column(""),
        Column(say("In-house")),
        Column(say("People"), right=True, keep=50),
        Column(say("Total"), right=True),
        Column(""),
        *(Column(title, right=True) for title, _ in figures),
        Column(say("OK")),
    )
    most = max(step.total_cents for step in found.steps)
    rows = []
    for index, step in enumerate(found.steps):
        chosen, fits = index == found.recommended, index in found.choices
        rows.append(
            Row(
                (
                    CHOSEN if chosen else "*" if index == found.cheapest else "",
                    words.position(step),
                    str(step.people),
                    words.money(step),
                    cost_bar(step.total_cents, most, chosen=chosen),
                    *(share_text(getattr(step.coverage, name)) for _, name in figures),
                    verdict(fits),
                ),
                Look.BEST if chosen else Look.PLAIN if fits else Look.FAINT,
            )
        )
    return Table(columns, tuple(rows), note=_marks(found))


def cost_bar(cents: int, most: int, *, chosen: bool) -> Cell:
    """A cost as a bar beside the largest one."""
    full = max(0.0, cents / most) if most > 0 else 0.0
    return Cell("", Bar(full, Look.GOOD if chosen else Look.PLAIN, _BAR, track=False))


def _is(value: float | None, usual: float | None) -> bool:
    """Whether a figure says nothing: there is none, or it is what it usually is."""
    return value is None or (usual is not None and value >= usual - _TOLERANCE)


def _marks(found: Cursor) -> str:
    marks = []
    if found.recommended is not None:
        which = say("the cheapest")
        if len(found.choices) < len(found.steps):
            which = say("the cheapest that does the work")
            if any(step.requirements for step in found.steps):
                which = say("the cheapest that meets every requirement")
        marks.append(listed([CHOSEN, which], " "))
    if found.cheapest != found.recommended:
        marks.append(listed(["*", say("the cheapest")], " "))
    return listed(marks, say("; "))


def _shares(words: _Words) -> Table:
    """The cheapest step for each in-house share."""
    found = words.found
    required = len(found.choices) < len(found.steps)
    columns = [Column(say("In-house at least"), right=True, wraps=True)]
    columns += [Column(say("Cheapest"), wraps=True), Column(say("Total"), right=True)]
    if required:
        columns += [
            Column(say("That does the job"), wraps=True),
            Column(say("Total"), right=True),
        ]
    rows = []
    for row in found.by_share:
        cells: list[Text] = [format_share(row.at_least, 0)]
        for index in (row.step, row.eligible) if required else (row.step,):
            if index is None:
                cells += [Span(say("none"), Look.FAINT), Span(NONE, Look.FAINT)]
                continue
            step = found.steps[index]
            place = [words.position(step)]
            if step.people > 1:
                place.append(unbroken(say("({count} people)", count=step.people)))
            cells += [listed(place, " "), words.money(step)]
        rows.append(Row(tuple(cells)))
    return Table(tuple(columns), tuple(rows))


def _step_data(step: Step, scenario: Scenario) -> dict[str, Json]:
    return {
        "hours": share(step.hours),
        "people": step.people,
        "alone": step.alone,
        "on_duty": str(step.on_duty),
        "on_duty_in_words": in_words(step.on_duty),
        "total": money(step.total_cents),
        "cash": money(step.cash_cents),
        "monthly": Decimal(round(step.total_cents / scenario.horizon)).scaleb(-2),
        "coverage": {figure.column: share(figure.value(step)) for figure in covered()},
        "eligible": step.eligible,
        "misses": misses(step.requirements, style_for(scenario.currency)),
        "worse": list(step.worse),
    }
