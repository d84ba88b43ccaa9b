"""Fills what a scenario leaves out: from its country's sourced values, else from the tool's own.

Works on the tree, before typing, so that everything filled in can be printed by ``cmsource
expand``. Values that cannot be understood are left alone: typing reports them.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from cmsource.reading.defaults import (
    ANSWER_WITHIN,
    MINUTES_EACH,
    PROFILE,
    Defaults,
    assumed,
    number_text,
    share_text,
)
from cmsource.reading.node import Node, Tree, is_range
from cmsource.reading.typed import read_scalar
from cmsource.scenario.provenance import Origin
from cmsource.scenario.scenario import Company
from cmsource.scenario.shape import fields
from cmsource.scenario.sources import Employment, Source
from cmsource.values.quantities import Hours, QuantityError
from cmsource.values.readers import Reader
from cmsource.values.week import Week

FILLED = Origin("built-in", "built-in")
"""The origin of maps that only hold what was filled in."""

_WAGES = frozenset(("hourly_wage", "monthly_wage", "annual_wage"))
_RATES = frozenset(("hourly_rate", "day_rate"))
_PAID_WORK = _RATES | {"included", "max_hours"}


class Filler:
    """Fills the gaps of sources and needs.

    Args:
        defaults: what the country says.
        cover: the hours of ``needs.cover``, when they can be read.
    """

    def __init__(self, defaults: Defaults, cover: Week | None) -> None:
        self.defaults = defaults
        self.cover = cover
        self.office = defaults.office

    def needs(self, node: Node | None) -> Node:
        """The needs with their gaps filled."""
        if node is not None and not isinstance(node.value, dict):
            return node
        tree = _given(node)
        tree.setdefault("cover", self.defaults.fact("office_hours"))
        messages = tree.get("messages")
        if messages is not None and isinstance(messages.value, dict):
            source = "an hour is what 42 to 50 % of complainers expect (Social Habit, Arise)"
            tree.setdefault("answer_within", assumed(ANSWER_WITHIN, "answer_within", source, "S"))
            inner = _given(messages)
            source = "5 minutes a message (LiveAgent)"
            inner.setdefault("minutes_each", assumed(MINUTES_EACH, "minutes_each", source, "V"))
            source = "35 % of messages outside office hours; use your own log instead"
            inner.setdefault("profile", assumed(PROFILE, "profile", source))
            tree["messages"] = _filled(messages, inner)
        return _filled(node, tree)

    def company(self, node: Node | None) -> Node:
        """The company with its gaps filled."""
        if node is not None and not isinstance(node.value, dict):
            return node
        tree = _given(node)
        tree.setdefault("size", self.defaults.fact("company_size"))
        size = early(_reader(Company, "size"), tree["size"]) or 1
        return _filled(node, {"size": tree["size"], **self.defaults.company(size), **tree})

    def source(self, node: Node) -> Node:
        """A source with the gaps of its kind filled."""
        kind = node.get("kind")
        fill = _FILLS.get(kind.value) if kind and isinstance(kind.value, str) else None
        if fill is None:
            return node
        tree = _given(node)
        fill(self, tree)
        return _filled(node, tree)

    def _employee(self, tree: Tree) -> None:
        if _WAGES.isdisjoint(tree):
            tree["hourly_wage"] = self.defaults.wage("employee_annual_wage")
        self._contract(tree)
        paid_out = early(_reader(Employment, "leave_taken"), tree.get("leave_taken")) is False
        fixed_term = _said(tree.get("contract")) == "fixed-term"
        leave = self.defaults.employee_leave
        if paid_out and fixed_term:
            leave = self.defaults.leave_paid_out
        self._absence(tree, leave, lambda: self._loss(tree))
        self._hired(tree)

    def _loss(self, tree: Tree) -> Node:
        cadre = early(_reader(Employment, "cadre"), tree.get("cadre")) is True
        return self.defaults.employee_loss(cadre=cadre)

    def _apprentice(self, tree: Tree) -> None:
        facts = self.defaults.country.facts
        if _WAGES.isdisjoint(tree):
            if "apprentice_wage_shares" in facts:
                tree.setdefault("age", _AGE)
            age: int | None = early(_reader(Employment, "age"), tree.get("age"))
            year: int = early(_reader(Employment, "year"), tree.get("year")) or 1
            tree["hourly_wage"] = self.defaults.apprentice_wage(age, year)
        if "apprentice_aid" in facts:
            tree.setdefault("level", _LEVEL)
        self._contract(tree)
        self._absence(tree, self.defaults.employee_leave, self.defaults.employee_loss)
        self._hired(tree)

    def _colleague(self, tree: Tree) -> None:
        if _WAGES.isdisjoint(tree):
            tree["hourly_wage"] = self.defaults.wage("colleague_annual_wage")
        duty = week_of(tree.get("on_duty"))
        if "hours" not in tree and duty:
            value = number_text(duty.hours) + " h/week"
            tree["hours"] = assumed(value, "hours", "the hours given are the hours on duty", "D")
        self._absence(tree, self.defaults.employee_leave, lambda: self._loss(tree))

    def _intern(self, tree: Tree) -> None:
        if "gratification" not in tree:
            tree["gratification"] = self.defaults.fact("gratification", number_text, "/h")
        tree.setdefault("placement", _PLACEMENT)
        tree.setdefault("gap", _GAP)
        tree.setdefault("tutoring", _TUTORING)
        self._contract(tree)
        self._absence(tree, self.defaults.intern_leave, self.defaults.intern_loss)

    def _freelancer(self, tree: Tree) -> None:
        if _RATES.isdisjoint(tree):
            tree["day_rate"] = self.defaults.fact("freelancer_day_rate", number_text, "/day")
        self._absence(tree, self.defaults.freelancer_leave, self.defaults.freelancer_loss)

    def _agency(self, tree: Tree) -> None:
        if "retainer" not in tree and _RATES.isdisjoint(tree):
            tree["hourly_rate"] = self.defaults.fact("agency_hourly_rate", number_text, "/h")
        if "on_duty" not in tree and self.cover is not None:
            tree["on_duty"] = assumed(str(self.cover), "on_duty", "an agency watches the cover")
        tree.setdefault("service_level", _SERVICE_LEVEL)
        tree.setdefault("depth", _DEPTH)
        tree.setdefault("coordination", _COORDINATION)
        if _PAID_WORK.isdisjoint(tree):
            tree["max_hours"] = _ALL_INCLUSIVE

    def _coach(self, tree: Tree) -> None:
        if _RATES.isdisjoint(tree):
            tree["day_rate"] = self.defaults.fact("coach_day_rate", number_text, "/day")
        tree.setdefault("days", _DAYS)
        tree.setdefault("max_hours", _NO_WORK)

    def _contract(self, tree: Tree) -> None:
        if "hours" not in tree:
            tree["hours"] = self.defaults.fact("full_time_hours", number_text, " h/week")
        if "on_duty" not in tree:
            tree["on_duty"] = self._duty(tree)

    def _duty(self, tree: Tree) -> Node:
        headcount = tree.get("headcount")
        if headcount is not None and headcount.value == "auto" and self.cover is not None:
            return assumed(str(self.cover), "on_duty", "headcount auto: the team watches the cover")
        hours = _hours(tree.get("hours"))
        days = max(1, len(self.office.days))
        if hours is None or hours.weekly(days) >= self.office.hours:
            return self.defaults.fact("office_hours")
        minutes = int(hours.weekly(days) * 60 / days)
        part = self.office.first_minutes_of_each_day(minutes)
        if not part:
            return self.defaults.fact("office_hours")
        source = "office hours, as far into each day as the contract goes"
        return assumed(str(part), "on_duty", source, "D")

    def _absence(self, tree: Tree, leave: Callable[[], Node], loss: Callable[[], Node]) -> None:
        if "planned_absence" not in tree:
            tree["planned_absence"] = leave()
        if "unplanned_absence" not in tree:
            tree["unplanned_absence"] = loss()

    def _hired(self, tree: Tree) -> None:
        fact = self.defaults.fact
        for key, name, form, unit in (
            ("starts_after", "weeks_to_hire", number_text, " weeks"),
            ("ramp_up", "ramp_up_months", number_text, " months"),
            ("turnover", "turnover", share_text, "/year"),
            ("recruitment", "recruitment", number_text, ""),
        ):
            if key not in tree:
                tree[key] = fact(name, form, unit)
        for key, node in _NOT_COUNTED.items():
            tree.setdefault(key, node)
        self._premiums(tree)

    def _premiums(self, tree: Tree) -> None:
        """Premiums only where the duty has hours that they are paid for."""
        given = tree.get("premiums")
        duty = week_of(tree.get("on_duty"))
        if duty is None or (given is not None and not isinstance(given.value, dict)):
            return
        filled = {**self.defaults.premiums(duty), **_given(given)}
        if filled:
            tree["premiums"] = _filled(given, filled)


_FILLS: Mapping[str, Callable[[Filler, Tree], None]] = {
    "employee": Filler._employee,
    "colleague": Filler._colleague,
    "apprentice": Filler._apprentice,
    "intern": Filler._intern,
    "freelancer": Filler._freelancer,
    "agency": Filler._agency,
    "coach": Filler._coach,
}
"""What fills the gaps of each kind of source."""

_AGE = assumed(21, "age", "assumption: 21 to 25 years old")
_LEVEL = assumed(6, "level", "assumption: a bachelor's degree")
_PLACEMENT = assumed("6 months", "placement", "a usual internship")
_GAP = assumed("1 month", "gap", "time between two interns")
_TUTORING = assumed("0 h/week", "tutoring", "no time for tutoring counted")
_SERVICE_LEVEL = assumed("99%", "service_level", "an agency replaces its people; read the contract")
_DEPTH = assumed(1, "depth", "one person on each hour of duty")
_COORDINATION = assumed("0 h/week", "coordination", "no in-house time to steer the agency counted")
_ALL_INCLUSIVE = assumed(
    "168 h/week",
    "max_hours",
    "no included hours and no rate given: the retainer pays for all the work",
)
_DAYS = assumed("1/month", "days", "one day of coaching a month")
_NO_WORK = assumed("0 h/week", "max_hours", "a coach trains; the work stays with the others")
_NOT_COUNTED = {
    key: assumed(value, key, "no sourced figure: nothing is counted; give your own")
    for key, value in (
        ("training", "0/year"),
        ("equipment", "0"),
        ("benefits", "0/month"),
        ("management", "0 h/week"),
    )
}


def _given(node: Node | None) -> Tree:
    """The entries of a map that are given."""
    return {} if node is None else node.given()


def _filled(node: Node | None, tree: Tree) -> Node:
    """A map with its gaps filled. Its null keys stay: typing says which of them are unknown."""
    if node is None:
        return Node(tree, FILLED)
    nulls = {key: child for key, child in node.entries() if child.value is None}
    return node.replaced({**nulls, **tree} if nulls else tree)


@cache
def _reader(cls: type[Any], key: str) -> Reader[Any]:
    shape = fields(cls)[key].shape
    assert isinstance(shape, Reader)
    return shape


def early(reader: Reader[Any], node: Node | None) -> Any:  # noqa: ANN401 - as the reader says
    """A value that is needed before it is typed, of a range the likely one; None without any."""
    if node is None or node.value is None or isinstance(node.value, (dict, list)):
        if node is None or not reader.numeric or not is_range(node.value):
            return None
        from cmsource.reading.ranged import Missed, range_of

        found = range_of(node, reader, "")
        return None if isinstance(found, Missed) else found
    try:
        return read_scalar(reader, node.value, "")
    except QuantityError:
        return None


def _said(node: Node | None) -> str:
    return node.value if node is not None and isinstance(node.value, str) else ""


def week_of(node: Node | None) -> Week | None:
    """The hours of the week that a node says, when they can be read."""
    week: Week | None = early(_reader(Source, "on_duty"), node)
    return week


def _hours(node: Node | None) -> Hours | None:
    hours: Hours | None = early(_reader(Employment, "hours"), node)
    return hours
