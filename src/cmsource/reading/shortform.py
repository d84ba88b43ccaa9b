"""The short form: a few keys at the top of the file stand for a whole scenario."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from cmsource.reading.defaults import HOURS_PER_DAY, MINUTES_EACH, assumed, number_text
from cmsource.reading.filling import FILLED, early
from cmsource.reading.node import Node, Plain, Tree, Value, is_range
from cmsource.reading.report import Report
from cmsource.values.quantities import Hours
from cmsource.values.readers import Effort
from cmsource.values.text import shown
from cmsource.values.week import Week

KEYS = {
    "hourly_wage": "Gross hourly wage of the person you would hire.",
    "agency_rate": "An agency's price of an hour, without VAT.",
    "hours_per_day": "Hours of work a day with cover: half answering messages, half content.",
    "cover": "Hours of the week in which somebody must be watching, such as 24/7.",
    "answer_within": "How soon a message wants its answer.",
    "tools": "Price of the tools that in-house people need, such as 549/month.",
}
"""The keys of the short form that the full form does not have at its top, and their meaning."""

_FULL_KEYS = ("needs", "sources", "options")
_MESSAGE_MINUTES = 5
_EFFORT = Effort(bare=False)
_ASSUMED = assumed(
    HOURS_PER_DAY,
    "hours_per_day",
    "an outside community manager gives one or two hours a day (trade articles)",
    "B",
)


class ShortForm(NamedTuple):
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
            "minutes_each": assumed(
                MINUTES_EACH, "minutes_each", "5 minutes a message (LiveAgent)", "V"
            ),
        }
        work: Tree = {"content": self._each(lambda m: f"{number_text(m / 2)} min/day")}
        needs: Tree = {
            "messages": daily.replaced(messages),
            "work": daily.replaced(work),
        }
        if self.range is not None:
            source = "short form: hours_per_day is all the work, so both halves move together"
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


def take_short_form(tree: Tree, report: Report) -> tuple[ShortForm, Tree]:
    """Split a scenario into what it says in short and the rest, in full form.

    What the short keys say keeps its place in the file. A scenario in full comes back as it is;
    one that mixes the forms is reported, and its short keys are left out.
    """
    keys = {
        key: tree[key]
        for key in KEYS
        if key in tree and not (key == "tools" and isinstance(tree[key].value, dict))
    }
    rest = {name: node for name, node in tree.items() if name not in keys}
    full = [key for key in _FULL_KEYS if key in tree]
    if full:
        for key, node in keys.items():
            report.add(
                "E207",
                f"the short key {shown(key)} and `{full[0]}` cannot stand in one scenario",
                node.place,
                f"move {shown(key)} into the full form; `cmsource expand` shows how",
                key,
            )
        keys = {}
    form = ShortForm(keys, not full, _ASSUMED, 60 * int(HOURS_PER_DAY))
    if "hours_per_day" in keys:
        form = _with_daily(form, keys["hours_per_day"], report)
    if not full:
        rest |= _in_full(keys, rest)
    return form, rest


def _with_daily(form: ShortForm, daily: Node, report: Report) -> ShortForm:
    """A short form with the hours of work a day that a node says; reported when it says none."""
    form = form._replace(daily=daily)
    hours = _daily(daily)
    if hours is None:
        message = f"`hours_per_day` takes hours of work a day, found {daily.kind()}"
        hint = "write a number above 0 and up to 24, such as 2 or 1h30"
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
        agency = assumed("agency", "included_by", "an agency brings its tools")
        included = Node([agency], agency.origin)
        tool = price.replaced({"price": price, "included_by": included})
        found["tools"] = price.replaced({"tools": tool})
    if "require" not in rest:
        source = "short form: what doing the job means; write your own `require`"
        watched = assumed("75%", "require", source)
        work_done = assumed("90%", "require", source)
        found["require"] = Node({"watched": watched, "work_done": work_done}, FILLED)
    return found


def _minutes(hours: float) -> int:
    return max(2, round(hours * 60))


def _daily(node: Node) -> Hours | None:
    """Hours of work a day; None when they cannot be read."""
    given = node
    if is_range(node.value):
        tree: Tree = {
            key: child if key == "shape" else Node(_per_day(child.value), child.origin)
            for key, child in node.items()
        }
        given = Node(tree, node.origin)
    elif not isinstance(node.value, (bool, dict, list)):
        given = Node(_per_day(node.value), node.origin)
    hours: Hours | None = early(_EFFORT, given)
    if hours is None or hours.per != "day":
        return None
    return hours if getattr(hours.amount, "low", hours.amount) > 0 else None


def _per_day(value: Value) -> Value:
    """A number as hours a day, unless it says what it is."""
    if isinstance(value, (bool, dict, list)):
        return value
    text = str(value).strip()
    if _BARE.fullmatch(text):
        text += " h"
    return text if re.search(r"/|\bp[ea]r\b", text) else f"{text}/day"


_BARE = re.compile(r"[0-9]+([.,][0-9]+)?( ?\.\. ?[0-9]+([.,][0-9]+)?)?")
