"""``best`` in words: the cheapest organisation found, why it is cheaper, and what it covers."""

from collections.abc import Iterator
from shlex import quote

from cmsource.analysis.best.best import Best
from cmsource.model.evaluation import Evaluation, coverage
from cmsource.model.judgement import misses
from cmsource.reports.blocks import (
    Aside,
    Block,
    Code,
    Column,
    Facts,
    Look,
    Panel,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Text,
)
from cmsource.reports.option_text import option_text
from cmsource.reports.wording import (
    figure_text,
    horizon_text,
    hours_text,
    money_text,
    share_text,
    title_text,
)
from cmsource.results.entry import category_name
from cmsource.scenario.figures import FIGURES, Figure, requirable
from cmsource.scenario.source import Source
from cmsource.values.language import Said, counted, listed, say
from cmsource.values.money import Style, format_share, format_shortest, style_for
from cmsource.values.week_words import in_words

_SHOWN = 6
_NOTICED = 0.01


def members(answer: Evaluation | None) -> Iterator[tuple[Source, int, float, int]]:
    """Each source of an option by phases: people, hours of work a week, what it costs in cents."""
    if answer is None:
        return
    for number, (phase, plan) in enumerate(zip(answer.option.phases, answer.phases, strict=True)):
        for source, member, usage in zip(
            phase.sources, plan.members, plan.team.work.usage, strict=True
        ):
            cents = sum(
                cost.cents
                for cost in answer.costs
                if cost.source == source.name and cost.phase == number
            )
            yield source, member.resource.headcount, usage.total, cents


class BestWords:
    """What was found, in words."""

    def __init__(self, found: Best) -> None:
        self.found = found
        self.scenario = found.scenario
        self.style: Style = style_for(found.scenario.currency)

    def blocks(self) -> Iterator[Block]:
        """The report from top to bottom."""
        found, answer = self.found, self.found.found
        title = title_text(
            say("The cheapest way that does the job"),
            self.scenario.name,
            self.scenario.country,
            horizon_text(self.scenario.horizon),
        )
        good = answer is not None
        lines: list[Text] = [Span(self.answer(), Look.BEST if good else Look.BAD)]
        if good:
            lines.append(self.bound())
        yield Panel(title, tuple(lines), Look.GOOD if good else Look.WARNING)
        if answer is None:
            yield Paragraph(self.effort(), Look.FAINT)
            return
        yield self.people(answer)
        yield self.figures(answer)
        for mind in (self.worse(answer), self.unpaid(answer)):
            if mind:
                yield Paragraph(mind, Look.WARNING)
        if found.changes:
            yield self.changes()
        yield self.starts()
        yield Paragraph(self.effort(), Look.FAINT)
        if found.written:
            text = option_text(found.name, found.written)
            yield Section(say("As an option of the file"), (Code(text, "yaml"),))
            yield Aside(say("--output best.yaml: a scenario that has it"))

    def label(self, source: str) -> str:
        """How a source or a tool is called."""
        found = self.scenario.sources.get(source)
        return source.removeprefix("tools.") if found is None else found.label

    def option(self, option: Evaluation) -> str:
        """How an option is called."""
        if option is self.found.found and not self.found.stays:
            return say("Best")
        return option.label

    def answer(self) -> str:
        """What to do, what it costs and how much less than what the scenario has."""
        found, answer, shipped = self.found, self.found.found, self.found.shipped
        if answer is None:
            if found.misses:
                return say(
                    "Nothing that was found does the job. The nearest misses: {misses}.",
                    misses=listed(misses(found.misses, self.style)),
                )
            return say("Nothing that was found does the job.")
        total = money_text(answer.total_cents, self.style)
        if found.stays:
            return say(
                "Nothing was found that is cheaper than {option}: {total}.",
                option=self.option(answer),
                total=total,
            )
        who = listed([self.label(s.name) for s in answer.option.phases[0].sources], say(", then "))
        if shipped is None:
            return say("Take {who}: {total}.", who=who, total=total)
        less = shipped.total_cents - answer.total_cents
        part = less / shipped.total_cents if shipped.total_cents > 0 else 0.0
        return say(
            "Take {who}: {total}, {less} ({share}) less than {option}.",
            who=who,
            total=total,
            less=money_text(less, self.style),
            share=format_share(part, 0 if part >= 0.1 else 1),
            option=self.option(shipped),
        )

    def bound(self) -> str:
        """How much cheaper anything could be."""
        found = self.found
        if found.bound_cents is None or found.gap is None:
            return say("It has phases, which the search does not look for.")
        if not found.bound_cents:
            return say(
                "How much less another organisation of these sources could cost is not known."
            )
        if found.gap < 5e-5:
            return say("Nothing of these sources that does the job can cost less.")
        return say(
            "Nothing of these sources that does the job costs less than {bound}, {share} less.",
            bound=money_text(found.bound_cents, self.style),
            share=format_share(found.gap, 1),
        )

    def people(self, answer: Evaluation) -> Table:
        """Who is there when, and for what work."""
        columns = (
            Column(say("Source"), wraps=True),
            Column(say("A week"), right=True),
            Column(say("On duty"), wraps=True),
            Column(say("At most"), wraps=True),
            Column(say("Works"), right=True),
            Column(say("Total"), right=True),
        )
        rows = []
        for source, people, hours, cents in members(answer):
            weekly: str = ""
            if source.in_house:
                weekly = hours_text(source.weekly_hours)
                if people > 1:
                    weekly = listed([format_shortest(people), weekly], " × ")
            takes = [
                listed([name or say("the work"), format_share(part, 0)], " ")
                for name, part in source.takes.items()
            ]
            duty = in_words(source.on_duty) if source.on_duty else ""
            work = hours_text(round(hours, 1))
            total = money_text(cents, self.style)
            rows.append(Row((self.label(source.name), weekly, duty, listed(takes), work, total)))
        return Table(columns, tuple(rows), title=say("Who does it, in order"))

    def figures(self, answer: Evaluation) -> Table:
        """What the answer costs and covers, beside what the scenario recommends."""
        found, shipped = self.found, self.found.shipped
        others = [] if shipped is None or found.stays else [shipped]
        options = [answer, *others]
        columns = (
            Column(""),
            *(Column(self.option(each), right=True, wraps=True) for each in options),
        )
        rows = [
            Row(
                (
                    FIGURES[name].title,
                    *(figure_text(FIGURES[name], _value(name, e), self.style) for e in options),
                )
            )
            for name in ("total", "monthly", "cash", *_SHARES, *self._asked(), "live_after")
        ]
        return Table(columns, tuple(rows), title=say("What it costs and covers"))

    def _asked(self) -> Iterator[str]:
        """The figures of coverage that are asked for, beside those that are always shown."""
        for key, figure in requirable().items():
            asked = getattr(self.scenario.require, key) is not None
            if asked and figure.is_of_phases and figure.name not in _SHARES:
                yield figure.name

    def worse(self, answer: Evaluation) -> str:
        """What is worse than with the scenario's own option and nobody asks for."""
        shipped = self.found.shipped
        if shipped is None or self.found.stays:
            return ""
        require, lost = self.scenario.require, []
        for name in _SHARES:
            figure = FIGURES[name]
            before, after = _value(name, shipped), _value(name, answer)
            if before is None or not _is_worse(figure, before, after or 0.0):
                continue
            if figure.requirement is None or getattr(require, figure.requirement.key) is not None:
                continue
            lost.append(
                say(
                    "{figure} {after} instead of {before}",
                    figure=figure.phrase,
                    after=share_text(after),
                    before=share_text(before),
                )
            )
        if not lost:
            return ""
        return say(
            "What nobody asks for is worse: {figures}. Say it under `require` if it matters.",
            figures=listed(lost),
        )

    def unpaid(self, answer: Evaluation) -> str:
        """Who is on duty for nothing: a search finds whatever costs nothing."""
        free = [
            self.label(source.name)
            for source, _, _, cents in members(answer)
            if source.on_duty and cents <= 0
        ]
        if not free:
            return ""
        return say(
            "{sources}: on duty at no price, since none is given. Ask what that costs.",
            sources=listed(free),
        )

    def changes(self) -> Table:
        """Why it is cheaper: the change in the ledger."""
        found = self.found
        assert found.shipped is not None
        assert found.found is not None
        columns = (
            Column(say("Source"), wraps=True),
            Column(say("Cost"), wraps=True),
            Column(self.option(found.shipped), right=True, wraps=True),
            Column(self.option(found.found), right=True),
            Column(say("Change"), right=True),
        )

        def amounts(before: int, after: int) -> tuple[str, str, str]:
            change = money_text(after - before, self.style)
            signed: Said | str = listed(["+", change], "") if after > before else change
            return money_text(before, self.style), money_text(after, self.style), signed

        shown, rest = found.changes[:_SHOWN], found.changes[_SHOWN:]
        rows = [
            Row((self.label(e.source), category_name(e.category), *amounts(e.before, e.after)))
            for e in shown
        ]
        if rest:
            sums = sum(each.before for each in rest), sum(each.after for each in rest)
            rows.append(Row((say("everything else"), "", *amounts(*sums))))
        totals = amounts(found.shipped.total_cents, found.found.total_cents)
        rows.append(Row((say("Total"), "", *totals), Look.STRONG))
        return Table(columns, tuple(rows), title=say("Why it is cheaper"))

    def starts(self) -> Facts:
        """What other ways of looking come to."""
        found, pairs = self.found, []
        named: list[tuple[str, int | None]] = [
            (say("The best step of `cursor {flags}`", flags=self._ends()), found.cursor_cents),
            (say("The best mix by activity"), found.mixes_cents),
            (say("No organisation costs less than"), found.bound_cents),
        ]
        for name, cents in named:
            if cents:
                pairs.append((name, money_text(cents, self.style)))
        return Facts(tuple(pairs), title=say("Beside it"))

    def _ends(self) -> str:
        """The flags with which `cursor` shows its best step."""
        ends = [(self.scenario.sources[n].cursor_end, n) for n in self.found.cursor_sources]
        return " ".join(f"--{end} {quote(name)}" for end, name in sorted(ends))

    def effort(self) -> str:
        """How far it was looked."""
        found = self.found
        said = [
            counted(
                found.looked,
                "{count} organisation was looked at.",
                "{count} organisations were looked at.",
            ),
        ]
        if found.ruled_out:
            said.append(
                counted(
                    found.ruled_out,
                    "{count} set of sources cannot hold anything cheaper.",
                    "{count} sets of sources cannot hold anything cheaper.",
                )
            )
        if found.left_out:
            said.append(
                counted(
                    found.left_out,
                    "{count} set was not searched: --effort {more} looks further.",
                    "{count} sets were not searched: --effort {more} looks further.",
                    more=found.effort * 4,
                )
            )
        return listed(said, " ")


_SHARES = ("watched", "answered_in_time", "work_done", "continuity", "in_house")


def _value(name: str, option: Evaluation) -> float | None:
    """A figure of an option."""
    if FIGURES[name].is_of_phases:
        found: float | None = getattr(coverage(option), name)
        return found
    return option.live if name == "live_after" else float(getattr(option, name))


def _is_worse(figure: Figure, before: float, after: float) -> bool:
    gap = before - after if figure.better == "more" else after - before
    return gap > _NOTICED
