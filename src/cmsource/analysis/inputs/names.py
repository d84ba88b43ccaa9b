"""Keys of a scenario in words: ``sources.agence.hourly_rate`` is the hourly rate of Agence."""

from cmsource.scenario.scenario import Scenario

_WHOLE = {
    "horizon": "the horizon",
    "own_time": "the cost of own time",
    "company.size": "the size of the company",
    "company.payroll": "the payroll of the company",
    "needs.answer_within": "the time within which to answer",
    "needs.messages.per_day": "the number of messages a day",
    "needs.messages.per_week": "the number of messages a week",
    "needs.messages.per_month": "the number of messages a month",
    "needs.messages.minutes_each": "the time that an answer takes",
    "prices.wages": "the yearly rise of wages",
    "prices.vendors": "the yearly rise of vendors' prices",
    "prices.discount": "the discount rate",
}


def in_words(path: str, scenario: Scenario) -> str:
    """What a key is, for people, with the labels of sources and options."""
    if path in _WHOLE:
        return _WHOLE[path]
    head, name, *rest = path.split(".")
    if head == "sources":
        return _of_source(rest, _source(name, scenario))
    if head == "needs" and name == "work":
        return f"the hours of {rest[0]}"
    if head == "tools":
        return f"the {_plain(rest[-1])} of {name}"
    if head == "options":
        label = next((o.label for o in scenario.options if o.name == name), name)
        if rest[-1] == "months":
            return f"the length of phase {int(rest[1]) + 1} of {label}"
        place = next((n for n, key in enumerate(rest) if key in scenario.sources), 0)
        return f"{_of_source(rest[place + 1 :], _source(rest[place], scenario))} in {label}"
    return f"the {_plain(rest[-1] if rest else name)} of the {head}"


def _source(name: str, scenario: Scenario) -> str:
    found = scenario.sources.get(name)
    return name if found is None else found.label


def _of_source(keys: list[str], label: str) -> str:
    if keys[0] == "takes":
        work = keys[1] if len(keys) > 1 else "the work"
        return f"the share of {work} that {label} takes"
    return f"the {' '.join(_plain(key) for key in reversed(keys))} of {label}"


_FIELDS = {
    "included": "included hours",
    "max_hours": "most hours",
    "min_months": "shortest commitment",
    "setup": "price of setting up",
    "watch": "price of the watch",
    "starts_after": "time to start",
    "escalates": "share of escalated messages",
    "coordination": "hours of coordination",
    "management": "hours of management",
    "tutoring": "hours of tutoring",
    "days": "days a month",
}


def _plain(key: str) -> str:
    return _FIELDS.get(key) or key.replace("_", " ")
