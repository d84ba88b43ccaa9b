"""The nine standard ways to source the job, for scenarios that define no options."""

from cmsource.reading.defaults import assumed, number_text
from cmsource.reading.filling import FILLED, Filler
from cmsource.reading.node import Node, Tree
from cmsource.reading.shortform import ShortForm
from cmsource.scenario.provenance import Origin

ROLES = ("employee", "colleague", "intern", "freelancer", "agency", "coach")
"""The kinds of sources that the standard options are made of."""

_LONG_COVER_HOURS = 60
_STANDARD = Origin("built-in", "built-in", detail="standard options")


class StandardSources:
    """The sources that the standard options take from a country's defaults.

    Args:
        short: what the scenario says in short.
        filler: the country's defaults.
    """

    def __init__(self, short: ShortForm, filler: Filler) -> None:
        self.keys = short.keys
        self.minutes = short.minutes
        self.filler = filler

    def source(self, role: str) -> Node:
        """A source for a role: a kind, with what the short form says of it."""
        tree: Tree = {"kind": assumed(role, "kind", "one of the standard ways to source the job")}
        if role == "employee" and "hourly_wage" in self.keys:
            tree["hourly_wage"] = self.keys["hourly_wage"]
        elif role == "colleague":
            tree["on_duty"] = self._sittings(2)
            tree["hours"] = self._daily("hours")
        elif role == "freelancer":
            tree["on_duty"] = self._sittings(1)
            tree["max_hours"] = self._daily("max_hours")
        elif role == "agency":
            if "agency_rate" in self.keys:
                tree["hourly_rate"] = self.keys["agency_rate"]
            cover = self.filler.cover
            if cover is not None and cover.hours > _LONG_COVER_HOURS:
                watch = self.filler.defaults.fact("agency_watch", number_text, "/month")
                tree["watch"] = watch
        return Node(tree, FILLED)

    def _office_minutes(self) -> int:
        """Minutes of office hours on their shortest day."""
        office = self.filler.office
        return min(office.day_part(day).minutes for day in office.days)

    def _daily(self, key: str) -> Node:
        minutes = min(self.minutes, self._office_minutes())
        daily = f"{minutes // 60} h/day" if minutes % 60 == 0 else f"{minutes} min/day"
        days = len(self.filler.office.days)
        return assumed(daily, key, f"hours_per_day on each of {days} working days, in office hours")

    def _sittings(self, count: int) -> Node:
        """``count`` sittings that make up the minutes of work, at the ends of the office day."""
        office = self.filler.office
        if self.minutes >= self._office_minutes():
            return assumed(str(office), "on_duty", "office hours, as far as they go")
        source = f"hours_per_day in {'one sitting' if count == 1 else 'two sittings'} a working day"
        first = self.minutes // count
        duty = office.first_minutes_of_each_day(first)
        if count == 2:
            duty = duty.union(office.last_minutes_of_each_day(self.minutes - first))
        return assumed(str(duty), "on_duty", source)


def standard_options(
    given: Node | None, standard: StandardSources, horizon: float
) -> tuple[Tree, Tree]:
    """Sources and options of the nine standard ways.

    Args:
        given: the scenario's own sources, each of which takes the role of its kind.
        standard: makes the sources that it lacks.
        horizon: months; the phased option changes hands at half of it.

    Returns:
        The scenario's sources with those that the standard options lack, and the options.
    """
    sources: Tree = {} if given is None else given.given()
    role_of: dict[str, str] = {}
    for name, node in sources.items():
        kind = node.get("kind")
        if kind is not None and kind.value in ROLES:
            role_of.setdefault(str(kind.value), name)
    for role in ROLES:
        if role not in role_of:
            name = role if role not in sources else f"standard-{role}"
            role_of[role] = name
            sources[name] = standard.source(role)

    def alone(role: str) -> Node:
        return _list(_text(role_of[role]))

    cover = standard.filler.cover
    team: Tree = {"headcount": _text("auto"), "on_duty": _text(str(cover or "24/7"))}
    source = "the colleague adds what only an insider knows"
    part: Tree = {"takes": assumed("30%", "takes", source)}
    months = assumed(f"{number_text(horizon / 2)} months", "months", "half of the horizon")
    first = {"months": months, "sources": alone("agency")}
    then = {"sources": _list(_text(role_of["employee"]), _text(role_of["coach"]))}

    options: Tree = {
        "hire": alone("employee"),
        "team": _list(_map({role_of["employee"]: _map(team)})),
        "reassign": alone("colleague"),
        "intern": alone("intern"),
        "freelance": alone("freelancer"),
        "agency": alone("agency"),
        "hybrid": _list(_map({role_of["colleague"]: _map(part)}), _text(role_of["agency"])),
        "coached": _list(_text(role_of["colleague"]), _text(role_of["coach"])),
        "phased": _map({"phases": _list(_map(first), _map(then))}),
    }
    return sources, options


def _text(text: str) -> Node:
    return Node(text, _STANDARD)


def _map(tree: Tree) -> Node:
    return Node(tree, _STANDARD)


def _list(*elements: Node) -> Node:
    return Node(list(elements), _STANDARD)
