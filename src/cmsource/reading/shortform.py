"""The short form: five keys at the top of the file stand for a whole scenario."""

from cmsource.origin import Origin
from cmsource.quantities import QuantityError
from cmsource.readers import Number
from cmsource.reading.filling import (
    DEFAULT_DAILY_HOURS,
    Filler,
    Tree,
    assumed,
    number_text,
)
from cmsource.reading.node import Node, Report, shown

KEYS = {
    "hourly_wage": "Gross hourly wage of the person you would hire.",
    "agency_rate": "An agency's price of an hour, without VAT.",
    "hours_per_day": "Hours of work a day with cover: half answering messages, half content.",
    "cover": "Hours of the week in which somebody must be watching, such as 24/7.",
    "answer_within": "How soon a message wants its answer.",
    "tools": "Price of the tools that in-house people need, such as 549/month.",
}
"""The keys of the short form that the full form does not have at its top, and their meaning."""

_LONG_COVER_HOURS = 60
_ROLES = ("employee", "colleague", "intern", "freelancer", "agency", "coach")


def short_keys(tree: Tree) -> list[str]:
    """The keys of the short form in a scenario; ``tools`` counts unless it is a map."""
    return [
        key
        for key in KEYS
        if key in tree and not (key == "tools" and isinstance(tree[key].value, dict))
    ]


def expand_short_form(tree: Tree, report: Report) -> Tree:
    """The full form of a scenario in short form; a full form comes back as it is.

    What the short form's keys say keeps its place in the file; the rest is left to `Filler` and
    to `add_standard_sources`.
    """
    found = short_keys(tree)
    if not found and tree.keys() & {"needs", "sources", "options"}:
        return tree
    for key in ("needs", "sources", "options"):
        if found and key in tree:
            report.add(
                "E207",
                f"the short key {shown(found[0])} and `{key}` cannot stand in one scenario",
                tree[found[0]].key or tree[found[0]].origin,
                f"move {shown(found[0])} into the full form; `cmsource expand` shows how",
                found[0],
            )
            return {name: node for name, node in tree.items() if name not in found}
    full = {name: node for name, node in tree.items() if name not in found}
    needs: Tree = {key: tree[key] for key in ("cover", "answer_within") if key in tree}
    full["needs"] = Node(needs, Origin("built-in", "built-in"))
    full["sources"] = Node({}, Origin("built-in", "built-in"))
    if "tools" in tree:
        price = tree["tools"]
        agency = assumed("agency", "included_by", "an agency brings its tools")
        included = Node([agency], agency.origin)
        tool = Node({"price": price, "included_by": included}, price.origin, price.key)
        full["tools"] = Node({"tools": tool}, price.origin, price.key)
    if "require" not in full:
        source = "short form: what doing the job means; write your own `require`"
        full["require"] = Node(
            {
                "watched": assumed("75%", "require", source),
                "work_done": assumed("90%", "require", source),
            },
            Origin("built-in", "built-in"),
        )
    return full


def short_needs(tree: Tree, filler: Filler, report: Report) -> Tree:
    """The work of a short form: half of ``hours_per_day`` messages, half content."""
    minutes = daily_minutes(tree, report)
    days = 7 if filler.cover is None else len(filler.cover.days)
    origin = daily_origin(tree)
    per_week = Node(round(minutes * days / 2 / 5, 4), origin.origin, origin.key)
    source = "5 minutes a message (LiveAgent)"
    messages: Tree = {
        "per_week": per_week,
        "minutes_each": assumed("5 min", "minutes_each", source, "V"),
    }
    work: Tree = {"content": Node(f"{number_text(minutes / 2)} min/day", origin.origin, origin.key)}
    return {
        "messages": Node(messages, origin.origin, origin.key),
        "work": Node(work, origin.origin, origin.key),
    }


def daily_origin(tree: Tree) -> Node:
    """The node of ``hours_per_day``, or the assumption that stands for it."""
    source = "an outside community manager gives one or two hours a day (trade articles)"
    return tree.get("hours_per_day") or assumed(DEFAULT_DAILY_HOURS, "hours_per_day", source, "B")


def daily_minutes(tree: Tree, report: Report) -> int:
    """Minutes of work a day; 120 when it cannot be read, which is reported."""
    node = daily_origin(tree)
    text = node.value
    if isinstance(text, str):
        for ending in ("h/day", "h / day", "h/jour", "h/j", "h"):
            if text.strip().casefold().endswith(ending):
                text = text.strip()[: -len(ending)].strip()
                break
    try:
        if text is None or isinstance(text, (dict, list)):
            raise QuantityError(f"expected hours a day, found {node.kind()}", "write 2")
        hours = Number(minimum=0.0, maximum=24.0).read(text, "")
        if hours <= 0:
            raise QuantityError("there is no work in 0 hours a day", "write 2")
    except QuantityError as error:
        report.add("E204", f"`hours_per_day`: {error.message}", node, error.hint, "hours_per_day")
        return 120
    return max(2, round(hours * 60))


class StandardSources:
    """The sources that a country's defaults give for the standard options.

    Args:
        short: the keys of the short form, empty for the full form.
        filler: the country's defaults.
        minutes: minutes of work a day.
    """

    def __init__(self, short: Tree, filler: Filler, minutes: int) -> None:
        self.short = short
        self.filler = filler
        self.minutes = minutes

    def source(self, role: str) -> Node:
        """A source for a role: a kind, with what the short form says of it."""
        tree: Tree = {"kind": assumed(role, "kind", "one of the standard ways to source the job")}
        if role == "employee" and "hourly_wage" in self.short:
            tree["hourly_wage"] = self.short["hourly_wage"]
        elif role == "colleague":
            tree["on_duty"] = self._sittings(2)
            tree["hours"] = self._daily("hours", len(self.filler.office.days))
        elif role == "freelancer":
            tree["on_duty"] = self._sittings(1)
            tree["max_hours"] = self._daily("max_hours", len(self.filler.office.days))
        elif role == "agency":
            if "agency_rate" in self.short:
                tree["hourly_rate"] = self.short["agency_rate"]
            cover = self.filler.cover
            if cover is not None and cover.hours > _LONG_COVER_HOURS:
                tree["watch"] = self.filler.fact("agency_watch", number_text, "/month")
        return Node(tree, Origin("built-in", "built-in"))

    def _office_minutes(self) -> int:
        """Minutes of office hours on their shortest day."""
        office = self.filler.office
        return min(office.day_part(day).minutes for day in office.days)

    def _daily(self, key: str, days: int) -> Node:
        minutes = min(self.minutes, self._office_minutes())
        daily = f"{minutes // 60} h/day" if minutes % 60 == 0 else f"{minutes} min/day"
        source = f"hours_per_day on each of {days} working days, in office hours"
        return assumed(daily, key, source)

    def _sittings(self, count: int) -> Node:
        """``count`` sittings that make up the minutes of work, at the ends of the office day."""
        office = self.filler.office
        source = f"hours_per_day in {'one sitting' if count == 1 else 'two sittings'} a working day"
        if self.minutes >= self._office_minutes():
            return assumed(str(office), "on_duty", "office hours, as far as they go")
        first = self.minutes // count
        morning = office.first_minutes_of_each_day(first)
        if count == 1:
            return assumed(str(morning), "on_duty", source)
        evening = office.last_minutes_of_each_day(self.minutes - first)
        return assumed(str(morning.union(evening)), "on_duty", source)


def standard_options(tree: Tree, standard: StandardSources, horizon: float) -> tuple[Tree, Tree]:
    """Sources and options of the nine standard ways, where a scenario defines no options.

    Args:
        tree: the scenario.
        standard: makes the sources that it lacks.
        horizon: months; the phased option changes hands at half of it.

    Returns:
        The scenario's sources with those that the standard options lack, and the options.
    """
    sources: Tree = dict(tree["sources"].items()) if "sources" in tree else {}
    role_of: dict[str, str] = {}
    for name, node in sources.items():
        kind = node.get("kind")
        if kind is not None and kind.value in _ROLES:
            role_of.setdefault(str(kind.value), name)
    for role in _ROLES:
        if role not in role_of:
            name = role if role not in sources else f"standard-{role}"
            role_of[role] = name
            sources[name] = standard.source(role)
    cover = standard.filler.cover
    team: Tree = {"headcount": _standard("auto"), "on_duty": _standard(str(cover or "24/7"))}
    part: Tree = {"takes": _standard("30%")}
    half = Node(horizon / 2, _BUILT_IN)
    options: Tree = {
        "hire": _list(role_of["employee"]),
        "team": _list({role_of["employee"]: _map(team)}),
        "reassign": _list(role_of["colleague"]),
        "intern": _list(role_of["intern"]),
        "freelance": _list(role_of["freelancer"]),
        "agency": _list(role_of["agency"]),
        "hybrid": _list({role_of["colleague"]: _map(part)}, role_of["agency"]),
        "coached": _list(role_of["colleague"], role_of["coach"]),
        "phased": _map(
            {
                "phases": Node(
                    [
                        _map({"months": half, "sources": _list(role_of["agency"])}),
                        _map({"sources": _list(role_of["employee"], role_of["coach"])}),
                    ],
                    _BUILT_IN,
                )
            }
        ),
    }
    return sources, options


_BUILT_IN = Origin("built-in", "built-in", detail="standard options")


def _standard(text: str) -> Node:
    return Node(text, _BUILT_IN)


def _map(tree: Tree) -> Node:
    return Node(tree, _BUILT_IN)


def _list(*elements: str | Tree) -> Node:
    return Node([_standard(e) if isinstance(e, str) else _map(e) for e in elements], _BUILT_IN)
