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
from cmsource.values.language import both
from cmsource.values.money import Style, format_share, style_for
from cmsource.values.week_words import in_words

FORMAT = "cmsource/cursor/1"
_BAR = 16
_TOLERANCE = 1e-9
_SHOWN = (
    ("Watched", "watched", None),
    ("In time", "answered_in_time", None),
    ("Work", "work_done", 1.0),
    ("Share", "in_house", None),
)
"""Figures of each step, and what they usually are: a figure that is so everywhere says nothing."""
_WORSE = {
    "total": "costs more",
    "watched": "watches less",
    "answered_in_time": "answers less in time",
    "work_done": "leaves more work undone",
    "continuity": "rests more on one person",
}


def covered() -> list[Figure]:
    """The shares of coverage that can be required."""
    return [figure for figure in requirable().values() if figure.unit == "share"]


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
        yield cursor_curve(found, style_for(self.scenario.currency))
        yield _shares(words)
        yield Paragraph(worse_in_words(found, words.position))
        if found.assumptions:
            points = [assumption_text(each) for each in found.assumptions]
            yield Items(tuple(points), title="Assumed for duty beyond what the scenario gives")

    def data(self) -> Json:
        """``cmsource/cursor/1``; steps are numbered from 0."""
        found, style = self.found, style_for(self.scenario.currency)
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
            "worse": worse_in_words(found, lambda step: position(step, style)),
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
                "misses": ", ".join(data["misses"]),
                "cheapest": index == self.found.cheapest,
                "recommended": index == self.found.recommended,
                "worse": " ".join(step.worse),
            }
            yield cells(data, self.header())


def label(source: Source) -> str:
    """How a source is called for people."""
    return source.label or source.name


def position(step: Step, style: Style) -> str:
    """Where a step is, in a few words."""
    if not step.people:
        return "all outside"
    return f"{plain_number(step.hours, style)} h" + (" alone" if step.alone else "")


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
                else f"{place(found.steps[a])} to {place(found.steps[b])}"
                for a, b in runs
            ]
            sentences.append(f"{words} at {both(where)}")
    if not sentences:
        return "No step is worse than the one before it."
    return f"Against the step before it, the cursor {'; '.join(sentences)}."


class _Words:
    """A cursor in words."""

    def __init__(self, scenario: Scenario, found: Cursor) -> None:
        self.scenario = scenario
        self.found = found
        self.style = style_for(scenario.currency)
        self.outside = label(found.outside)

    def position(self, step: Step) -> str:
        """Where a step is, for a table."""
        return unbroken(position(step, self.style))

    def money(self, step: Step) -> str:
        """What a step costs."""
        return money_text(step.total_cents, self.style)

    def size(self, step: Step) -> str:
        """How much is done in-house."""
        hours = f"{hours_text(step.hours, self.style)} a week"
        return hours if step.people == 1 else f"{step.people} people, {hours}"

    def place(self, step: Step) -> str:
        """Where a step is, for a sentence."""
        if not step.people:
            return f"all of it outside with {self.outside}"
        beside = "alone" if step.alone else f"beside {self.outside}"
        return f"{self.size(step)} in-house {beside}"

    def misses(self, step: Step) -> str:
        """Which requirements a step does not meet."""
        return ", ".join(misses(step.requirements, self.style))

    def answer(self) -> Panel:
        """Where to put the cursor, or what keeps it from anywhere."""
        scenario, found = self.scenario, self.found
        title = title_text(
            f"{self.outside} or {label(found.inside)}?",
            scenario.name,
            scenario.country,
            horizon_text(scenario.horizon, self.style),
        )
        if found.recommended is None:
            head = Span("No step meets every requirement", Look.WARNING)
            return Panel(title, (head, self._nearest()), Look.WARNING)
        best = found.steps[found.recommended]
        lines: list[Text] = [Span(f"{self._advice(best)}: {self.money(best)}", Look.BEST)]
        lines.append(self._why(best))
        if best.people and best.on_duty:
            verb = "is" if best.people == 1 else "are together"
            lines.append(f"In-house {verb} on duty {best.on_duty}.")
        return Panel(title, tuple(lines))

    def _nearest(self) -> str:
        """What the cheapest step misses, and the one that misses least."""
        steps = self.found.steps
        cheapest = steps[self.found.cheapest]
        nearest = min(steps, key=lambda s: (shortfall(s.requirements), s.total_cents))
        text = (
            f"The cheapest, {self.place(cheapest)}, costs {self.money(cheapest)} and misses: "
            f"{self.misses(cheapest)}."
        )
        if nearest != cheapest:
            text += (
                f" Nearest is {self.place(nearest)}, at {self.money(nearest)}: it misses "
                f"{self.misses(nearest)}."
            )
        return text

    def _advice(self, best: Step) -> str:
        if not best.people:
            return f"Leave it all outside, with {self.outside}"
        if best.alone:
            return f"Bring it all in-house: {self.size(best)}, without {self.outside}"
        return f"Put the cursor at {self.size(best)} in-house, the rest with {self.outside}"

    def _why(self, best: Step) -> str:
        found = self.found
        which = " that meets every requirement" if best.requirements else ""
        if not which and len(found.choices) < len(found.steps):
            which = " that does the work"
        text = (
            f"It is the cheapest step{which}, with {share_text(best.in_house, self.style)} of the "
            "work in-house."
        )
        compared = [(found.steps[0], "All outside"), (found.steps[-1], "All in-house")]
        cheapest = found.steps[found.cheapest]
        if all(cheapest != end for end, _ in compared):
            where = self.place(cheapest)
            compared.append((cheapest, where[0].upper() + where[1:]))
        for end, name in compared:
            if end != best:
                size = f" ({self.size(end)})" if name == "All in-house" else ""
                text += f" {name}{size} {self._against(end, best)}."
        return text

    def _against(self, step: Step, best: Step) -> str:
        """What another step costs against the best one, and what it misses."""
        more = step.total_cents - best.total_cents
        less_or_more = "more" if more > 0 else "less"
        compared = f"costs {money_text(abs(more), self.style)} {less_or_more}"
        if more == 0:
            compared = "costs the same"
        undone = 1 - (step.coverage.work_done if step.coverage.work_done is not None else 1.0)
        if step.eligible and undone > 1 - (best.coverage.work_done or 0.0) + _TOLERANCE:
            return f"{compared} but leaves {share_text(undone, self.style)} of the work undone"
        if step.eligible:
            return compared
        return f"{compared} {'and' if more > 0 else 'but'} misses {self.misses(step)}"


def _curve(words: _Words) -> Table:
    """The steps, and a bar for what each costs."""
    found, style = words.found, words.style
    figures = [
        (title, figure)
        for title, figure, usual in _SHOWN
        if not all(_is(getattr(step.coverage, figure), usual) for step in found.steps)
    ]
    columns = (
        Column(""),
        Column("In-house"),
        Column("People", right=True, keep=50),
        Column("Total", right=True),
        Column(""),
        *(Column(title, right=True) for title, _ in figures),
        Column("OK"),
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
                    *(share_text(getattr(step.coverage, name), style) for _, name in figures),
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
        which = "the cheapest"
        if len(found.choices) < len(found.steps):
            asked = any(step.requirements for step in found.steps)
            which += f" that {'meets every requirement' if asked else 'does the work'}"
        marks.append(f"{CHOSEN} {which}")
    if found.cheapest != found.recommended:
        marks.append("* the cheapest")
    return "; ".join(marks)


def _shares(words: _Words) -> Table:
    """The cheapest step for each in-house share."""
    found = words.found
    required = len(found.choices) < len(found.steps)
    columns = [Column("In-house at least", right=True, wraps=True)]
    columns += [Column("Cheapest", wraps=True), Column("Total", right=True)]
    if required:
        columns += [Column("That does the job", wraps=True), Column("Total", right=True)]
    rows = []
    for row in found.by_share:
        cells: list[Text] = [format_share(row.at_least, words.style, 0)]
        for index in (row.step, row.eligible) if required else (row.step,):
            if index is None:
                cells += [Span("none", Look.FAINT), Span(NONE, Look.FAINT)]
                continue
            step = found.steps[index]
            people = unbroken(f"({step.people} people)") if step.people > 1 else ""
            cells += [f"{words.position(step)} {people}".rstrip(), words.money(step)]
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
