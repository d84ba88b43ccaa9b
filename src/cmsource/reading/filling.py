"""Fills what a scenario leaves out: from its country's sourced values, else from the tool's own.

Works on the tree, before typing, so that everything filled in reads like something that the user
could have written, remembers where it came from, and can be printed by ``cmsource expand``.
Values that cannot be understood are left alone: typing reports them.
"""

from collections.abc import Callable, Mapping

from cmsource.countries import Country, Fact
from cmsource.countries.working_time import planned_absence, unplanned_absence
from cmsource.origin import Origin, built_in
from cmsource.quantities import Hours, QuantityError
from cmsource.readers import Effort
from cmsource.reading.node import Node, Value
from cmsource.week import Week, parse_week

DEFAULT_COUNTRY = "FR"
DEFAULT_HORIZON = "24 months"
DEFAULT_ANSWER = "1h"
DEFAULT_MINUTES = "5 min"
DEFAULT_PROFILE = "office"
DEFAULT_DAILY_HOURS = "2"

Tree = dict[str, Node]


def share_text(value: float) -> str:
    """A share as one writes it: 0.16 as ``16%``."""
    return f"{round(value * 100, 4):g}%"


def number_text(value: float) -> str:
    """A number without needless zeros or exponents: 29000.0 as ``29000``."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def assumed(value: Value, detail: str, source: str, confidence: str = "G") -> Node:
    """A node with a value of the tool's own, as an assumption."""
    plain = value if not isinstance(value, (dict, list)) else ""
    return Node(value, built_in(detail, plain, source, confidence))


class Filler:
    """Fills the gaps of sources and needs.

    Args:
        country: the sourced values.
        cover: the hours of ``needs.cover``, when they can be read.
    """

    def __init__(self, country: Country, cover: Week | None) -> None:
        self.country = country
        self.cover = cover
        self.office = parse_week(str(country.value("office_hours")))
        self._kinds: Mapping[str, Callable[[Tree], None]] = {
            "employee": self._employee,
            "colleague": self._colleague,
            "apprentice": self._apprentice,
            "intern": self._intern,
            "freelancer": self._freelancer,
            "agency": self._agency,
            "coach": self._coach,
        }

    def fact(self, key: str, form: Callable[[float], str] | None = None, unit: str = "") -> Node:
        """A node with a sourced value of the country."""
        fact = self.country.fact(key)
        value: Value = fact.value if form is None else form(fact.value) + unit
        return Node(value, Origin("country", self.country.code, detail=key, fact=fact))

    def derived(self, value: float, keys: tuple[str, ...], formula: str) -> Node:
        """A share computed from sourced values, as an assumption that names them."""
        facts = [self.country.fact(key) for key in keys]
        sources = "; ".join(dict.fromkeys(fact.source for fact in facts))
        fact = facts[0]._replace(
            value=value, source=f"{formula}: {sources}", confidence="D", as_of=_newest(facts)
        )
        origin = Origin("country", self.country.code, detail=" and ".join(keys), fact=fact)
        return Node(share_text(value), origin)

    def needs(self, node: Node | None) -> Node:
        """The needs with their gaps filled."""
        tree: Tree = dict(node.items()) if node is not None else {}
        tree.setdefault("cover", self.fact("office_hours"))
        messages = tree.get("messages")
        if messages is not None and isinstance(messages.value, dict):
            source = "an hour is what 42 to 50 % of complainers expect (Social Habit, Arise)"
            tree.setdefault("answer_within", assumed(DEFAULT_ANSWER, "answer_within", source, "S"))
            inner = dict(messages.items())
            inner.setdefault(
                "minutes_each",
                assumed(DEFAULT_MINUTES, "minutes_each", "5 minutes a message (LiveAgent)", "V"),
            )
            source = "35 % of messages outside office hours; use your own log instead"
            inner.setdefault("profile", assumed(DEFAULT_PROFILE, "profile", source))
            tree["messages"] = Node(_with_nulls(messages, inner), messages.origin, messages.key)
        return Node(_with_nulls(node, tree), *_where(node))

    def source(self, node: Node) -> Node:
        """A source with the gaps of its kind filled."""
        kind = node.get("kind")
        if kind is None or not isinstance(node.value, dict):
            return node
        fill = self._kinds.get(str(kind.value))
        if fill is None:
            return node
        tree = dict(node.items())
        fill(tree)
        return Node(_with_nulls(node, tree), node.origin, node.key)

    def _employee(self, tree: Tree) -> None:
        self._wage(tree, "employee_annual_wage")
        self._contract(tree)
        self._hired(tree)

    def _apprentice(self, tree: Tree) -> None:
        if not _has_wage(tree):
            wage = self.country.value("minimum_wage") * self.country.value("apprentice_wage_share")
            fact = self.country.fact("apprentice_wage_share")._replace(value=wage)
            origin = Origin("country", self.country.code, detail="apprentice_wage_share", fact=fact)
            tree["hourly_wage"] = Node(number_text(wage) + "/h", origin)
        self._contract(tree)
        self._hired(tree)

    def _colleague(self, tree: Tree) -> None:
        self._wage(tree, "colleague_annual_wage")
        duty = _week(tree.get("on_duty"))
        if "hours" not in tree and duty:
            value = number_text(duty.hours) + " h/week"
            tree["hours"] = assumed(value, "hours", "the hours given are the hours on duty", "D")
        self._absence(tree)

    def _intern(self, tree: Tree) -> None:
        tree.setdefault("gratification", self.fact("gratification", number_text, "/h"))
        tree.setdefault("placement", assumed("6 months", "placement", "a usual internship"))
        tree.setdefault("gap", assumed("1 month", "gap", "time between two interns"))
        tree.setdefault("tutoring", assumed("0 h/week", "tutoring", "no time for tutoring counted"))
        self._contract(tree, vacancy=False, leave=False)

    def _freelancer(self, tree: Tree) -> None:
        self._rate(tree, "freelancer_day_rate", "/day", "day_rate")
        if "planned_absence" not in tree:
            value = self.country.value("paid_leave_days") / 260.0
            formula = "assumption: days off as an employee's leave, / 260"
            tree["planned_absence"] = self.derived(value, ("paid_leave_days",), formula)
        if "unplanned_absence" not in tree:
            value = self.country.value("sickness")
            formula = "assumption: sick as often as an employee"
            tree["unplanned_absence"] = self.derived(value, ("sickness",), formula)

    def _agency(self, tree: Tree) -> None:
        if "retainer" not in tree:
            self._rate(tree, "agency_hourly_rate", "/h", "hourly_rate")
        if "on_duty" not in tree and self.cover is not None:
            tree["on_duty"] = assumed(str(self.cover), "on_duty", "an agency watches the cover")
        source = "an agency replaces its people; read the contract"
        tree.setdefault("service_level", assumed("99%", "service_level", source))
        tree.setdefault("depth", assumed(1, "depth", "one person on each hour of duty"))
        source = "no in-house time to steer the agency counted"
        tree.setdefault("coordination", assumed("0 h/week", "coordination", source))
        if self._has_retainer_only(tree):
            source = "no included hours and no rate given: the retainer pays for all the work"
            tree["max_hours"] = assumed("168 h/week", "max_hours", source)

    def _has_retainer_only(self, tree: Tree) -> bool:
        return not tree.keys() & {"hourly_rate", "day_rate", "included", "max_hours"}

    def _coach(self, tree: Tree) -> None:
        if "hourly_rate" not in tree:
            self._rate(tree, "coach_day_rate", "/day", "day_rate")
        tree.setdefault("days", assumed("1/month", "days", "one day of coaching a month"))
        if "max_hours" not in tree:
            source = "a coach trains; the work stays with the others"
            tree["max_hours"] = assumed("0 h/week", "max_hours", source)

    def _rate(self, tree: Tree, key: str, unit: str, name: str) -> None:
        if not tree.keys() & {"hourly_rate", "day_rate"}:
            tree[name] = self.fact(key, number_text, unit)

    def _wage(self, tree: Tree, key: str) -> None:
        if not _has_wage(tree):
            full_time = number_text(self.country.value("full_time_hours"))
            wage = self.country.value(key) / 52.0 / self.country.value("full_time_hours")
            node = self.fact(key, lambda _: number_text(wage), "/h")
            assert node.origin.fact is not None
            fact = node.origin.fact
            source = f"{number_text(fact.value)} a year for {full_time} h/week: {fact.source}"
            origin = node.origin._replace(fact=fact._replace(value=wage, source=source))
            tree["hourly_wage"] = Node(node.value, origin)

    def _contract(self, tree: Tree, *, vacancy: bool = True, leave: bool = True) -> None:
        tree.setdefault("hours", self.fact("full_time_hours", number_text, " h/week"))
        if "on_duty" not in tree:
            tree["on_duty"] = self._duty(tree)
        self._absence(tree, vacancy=vacancy, leave=leave)

    def _duty(self, tree: Tree) -> Node:
        headcount = tree.get("headcount")
        if headcount is not None and headcount.value == "auto" and self.cover is not None:
            return assumed(str(self.cover), "on_duty", "headcount auto: the team watches the cover")
        office = self.fact("office_hours")
        hours = _hours(tree.get("hours"))
        days = max(1, len(self.office.days))
        if hours is None or hours.weekly(days) >= self.office.hours:
            return office
        minutes = int(hours.weekly(days) * 60 / days)
        part = self.office.first_minutes_of_each_day(minutes)
        source = "office hours, as far into each day as the contract goes"
        return assumed(str(part), "on_duty", source, "D")

    def _absence(self, tree: Tree, *, vacancy: bool = True, leave: bool = True) -> None:
        country = self.country
        if "planned_absence" not in tree:
            keys: tuple[str, ...] = ("paid_leave_days", "public_holidays_on_weekdays")
            value = planned_absence(country)
            formula = "(paid leave + public holidays on weekdays) / 260"
            if not leave:
                keys = keys[1:]
                value = country.value(keys[0]) / 260.0
                formula = "public holidays on weekdays / 260; no paid leave on a placement"
            tree["planned_absence"] = self.derived(value, keys, formula)
        if "unplanned_absence" not in tree:
            keys = ("sickness", "turnover", "weeks_to_hire")
            months = country.value("weeks_to_hire") * 12.0 / 52.0
            turnover = country.value("turnover")
            formula = "1 - (1 - sickness) x (1 - turnover x time to hire)"
            if not vacancy:
                keys, turnover, formula = keys[:1], 0.0, "sickness"
            value = unplanned_absence(country.value("sickness"), turnover, months)
            tree["unplanned_absence"] = self.derived(value, keys, formula)

    def _hired(self, tree: Tree) -> None:
        tree.setdefault("starts_after", self.fact("weeks_to_hire", number_text, " weeks"))
        tree.setdefault("ramp_up", self.fact("ramp_up_months", number_text, " months"))
        tree.setdefault("turnover", self.fact("turnover", share_text, "/year"))
        tree.setdefault("recruitment", self.fact("recruitment", number_text))
        unknown = "no sourced figure: nothing is counted; give your own"
        for key, value in (
            ("training", "0/year"),
            ("equipment", "0"),
            ("benefits", "0/month"),
            ("management", "0 h/week"),
        ):
            tree.setdefault(key, assumed(value, key, unknown))
        self._premiums(tree)

    def _premiums(self, tree: Tree) -> None:
        """Premiums only where the duty has hours that they are paid for."""
        given = tree.get("premiums")
        duty = _week(tree.get("on_duty"))
        if duty is None or (given is not None and not isinstance(given.value, dict)):
            return
        filled: Tree = dict(given.items()) if given is not None else {}
        night = parse_week(str(self.country.value("night_hours")))
        for key, applies in (
            ("night", bool(duty.intersection(night))),
            ("sunday", 6 in duty.days),
            ("holiday", len(duty.days) == 7),
        ):
            if applies:
                filled.setdefault(key, self.fact(f"{key}_premium", share_text))
        if filled:
            tree["premiums"] = Node(_with_nulls(given, filled), *_where(given))


def _where(node: Node | None) -> tuple[Origin, Origin | None]:
    if node is None:
        return Origin("built-in", "built-in"), None
    return node.origin, node.key


def _with_nulls(node: Node | None, tree: Tree) -> Tree:
    """The tree with the null keys of its node: typing says which of them are unknown."""
    nulls = {} if node is None else {k: v for k, v in node.entries() if v.value is None}
    return {**nulls, **tree}


def _has_wage(tree: Tree) -> bool:
    return bool(tree.keys() & {"hourly_wage", "monthly_wage", "annual_wage"})


def _week(node: Node | None) -> Week | None:
    if node is None or not isinstance(node.value, str):
        return None
    try:
        return parse_week(node.value)
    except QuantityError:
        return None


def _hours(node: Node | None) -> Hours | None:
    if node is None or node.value is None or isinstance(node.value, (dict, list)):
        return None
    try:
        return Effort(bare=True).read(node.value, "")
    except QuantityError:
        return None


def _newest(facts: list[Fact]) -> str:
    return max(fact.as_of for fact in facts)
