"""The short form: a few keys at the top of the file stand for a whole scenario."""

from collections.abc import Callable
from typing import Any, NamedTuple

from cmsource.reading.report import Report
from cmsource.reading.standard_options import named
from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import FILLED, early
from cmsource.scenario.needs import MINUTES_EACH
from cmsource.scenario.node import Node, Plain, Tree
from cmsource.scenario.shortform import ShortForm
from cmsource.values.language import say
from cmsource.values.quantities import Hours, number_text
from cmsource.values.text import shown
from cmsource.values.week import Week

_FULL_KEYS = ("needs", "sources", "options")
_MESSAGE_MINUTES = 5
_HOURS_PER_DAY = 2
_ASSUMED = assumed(
    str(_HOURS_PER_DAY),
    "hours_per_day",
    say("an outside community manager gives one or two hours a day (trade articles)"),
    "B",
)


class SaidInShort(NamedTuple):
    """What a scenario says in short.

    Attributes:
        keys: the keys of the short form; none in a scenario in full.
        alone: whether the scenario is in short form, which it is without any key, too.
        daily: the node that says how much work there is a day.
        minutes: minutes of work a day.
        range: the lowest and the highest such minutes and the shape, when they are a range.
    """

    keys: Tree
    alone: bool
    daily: Node
    minutes: int
    range: tuple[int, int, str] | None = None

    def work(self, cover: Week | None) -> Tree:
        """The work of a day as needs: half of it messages, half content."""
        days = 7 if cover is None else len(cover.days)
        daily = self.daily
        messages: Tree = {
            "per_week": self._each(lambda m: round(m * days / 2 / _MESSAGE_MINUTES, 4)),
            "minutes_each": MINUTES_EACH,
        }
        work: Tree = {"content": self._each(lambda m: f"{number_text(m / 2)} min/day")}
        needs: Tree = {
            "messages": daily.replaced(messages),
            "work": daily.replaced(work),
        }
        if self.range is not None:
            source = say("short form: hours_per_day is all the work, so both halves move together")
            needs["correlated"] = assumed("100%", "correlated", source)
        return needs

    def _each(self, said: Callable[[int], Plain]) -> Node:
        """What there is to say of the minutes a day; of a range of them, as a range."""
        daily = self.daily
        if self.range is None:
            return daily.replaced(said(self.minutes))
        low, high, shape = self.range
        parts: dict[str, Plain] = {"low": said(low), "likely": said(self.minutes)}
        parts |= {"high": said(high), "shape": shape}
        tree: Tree = {key: daily.replaced(value) for key, value in parts.items()}
        return daily.replaced(tree)


def take_short_form(tree: Tree, report: Report) -> tuple[SaidInShort, Tree]:
    """Split a scenario into what it says in short and the rest, in full form.

    What the short keys say keeps its place in the file. A scenario in full comes back as it is;
    one that mixes the forms is reported, and its short keys are left out.
    """
    keys = {
        key: tree[key]
        for key in ShortForm.model_fields
        if key in tree and not (key == "tools" and isinstance(tree[key].value, dict))
    }
    rest = {name: node for name, node in tree.items() if name not in keys}
    full = [key for key in _FULL_KEYS if key in tree]
    if full:
        for key, node in keys.items():
            report.add(
                "E207",
                say(
                    "the short key {key} and `{full}` cannot stand in one scenario",
                    key=shown(key),
                    full=full[0],
                ),
                node.place,
                say("move {key} into the full form; `cmsource expand` shows how", key=shown(key)),
                key,
            )
        keys = {}
    form = SaidInShort(keys, not full, _ASSUMED, 60 * _HOURS_PER_DAY)
    if "hours_per_day" in keys:
        form = _with_daily(form, keys["hours_per_day"], report)
    if not full:
        rest |= _in_full(keys, rest)
    return form, rest


def _with_daily(form: SaidInShort, daily: Node, report: Report) -> SaidInShort:
    """A short form with the hours of work a day that a node says; reported when it says none."""
    form = form._replace(daily=daily)
    hours: Hours | None = early(ShortForm, "hours_per_day", daily)
    if hours is None:
        message = say(
            "`hours_per_day` takes hours of work a day, found {found}", found=daily.kind()
        )
        hint = say("write a number above 0 and up to 24, such as 2 or 1h30")
        report.add("E204", message, daily, hint, "hours_per_day")
        return form
    amount: Any = hours.amount
    ends = None
    if amount.__class__ is not float:
        ends = _minutes(amount.low), _minutes(amount.high), amount.shape
    return form._replace(minutes=_minutes(amount), range=ends)


def _in_full(keys: Tree, rest: Tree) -> Tree:
    """The parts of the full form that the short keys stand for, work and sources apart."""
    needs: Tree = {key: keys[key] for key in ("cover", "answer_within") if key in keys}
    found: Tree = {"needs": Node(needs, FILLED)}
    if "tools" in keys:
        price = keys["tools"]
        agency = assumed(named("firm"), "included_by", say("an agency brings its tools"))
        included = Node([agency], agency.origin)
        tool = price.replaced({"price": price, "included_by": included})
        found["tools"] = price.replaced({"tools": tool})
    if "require" not in rest:
        source = say("short form: what doing the job means; write your own `require`")
        watched = assumed("75%", "require", source)
        work_done = assumed("90%", "require", source)
        found["require"] = Node({"watched": watched, "work_done": work_done}, FILLED)
    return found


def _minutes(hours: float) -> int:
    return max(2, round(hours * 60))
