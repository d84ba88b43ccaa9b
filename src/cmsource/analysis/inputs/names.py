"""Keys of a scenario in words: ``sources.agence.hourly_rate`` is the hourly rate of Agence."""

from cmsource.analysis.inputs.numbers import from_source
from cmsource.scenario.provider import Provider
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import say
from cmsource.values.months import months_in_words, months_of

_WHOLE = {
    "horizon": say("the horizon"),
    "own_time": say("the cost of own time"),
    "company.size": say("the size of the company"),
    "company.payroll": say("the payroll of the company"),
    "needs.answer_within": say("the time within which to answer"),
    "needs.messages.per_day": say("the number of messages a day"),
    "needs.messages.per_week": say("the number of messages a week"),
    "needs.messages.per_month": say("the number of messages a month"),
    "needs.messages.minutes_each": say("the time that an answer takes"),
    "needs.messages.standard_replies.share": say("the share of standard replies"),
    "needs.messages.standard_replies.takes": say("the time that a standard reply takes"),
    "prices.wages": say("the yearly rise of wages"),
    "prices.vendors": say("the yearly rise of vendors' prices"),
    "prices.discount": say("the discount rate"),
}
_HOURS = say("the hours of {activity}")
_WORK = {
    "per_day": say("the number of {activity} a day"),
    "per_week": say("the number of {activity} a week"),
    "per_month": say("the number of {activity} a month"),
    "hours_each": say("the time that each unit of {activity} takes"),
}


def in_words(path: str, scenario: Scenario) -> str:
    """What a key is, for people, with the labels of sources and options."""
    if path in _WHOLE:
        return _WHOLE[path]
    head, name, *rest = path.split(".")
    if head == "sources":
        return _of_source(rest, name, scenario)
    if head == "needs" and name == "work":
        return _WORK.get(rest[-1] if len(rest) > 1 else "", _HOURS).with_places(activity=rest[0])
    if head == "needs" and name == "seasons":
        months = months_in_words(months_of(rest[0]))
        if len(rest) > 1:
            return say("the level of {activity} in {season}", activity=rest[1], season=months)
        return say("the level of {season}", season=months)
    if head == "needs" and name == "counts":
        return say("the number of {what}", what=rest[0])
    if head == "needs" and name == "ad_spend":
        return _plain(name)
    if head == "tools":
        return say("{key} of {source}", key=_plain(rest[-1]), source=name)
    if head == "options":
        label = next((o.label for o in scenario.options if o.name == name), name)
        source, *keys = from_source(path) or ("",)
        if not source:
            phase = int(rest[1]) + 1
            return say("the length of phase {number} of {option}", number=phase, option=label)
        key = _of_source(keys, source, scenario)
        return say("{key} in {option}", key=key, option=label)
    key, about = _plain(rest[-1] if rest else name), _ABOUT.get(head, head)
    return say("{key} of {part}", key=key, part=about)


def _of_source(keys: list[str], name: str, scenario: Scenario) -> str:
    source = scenario.sources.get(name)
    label = name if source is None else source.label
    if keys[0] == "takes":
        work = keys[1] if len(keys) > 1 else say("the work")
        return say("the share of {work} that {source} takes", work=work, source=label)
    if keys[0] == "on_call" and len(keys) > 1:
        words = {**_ON_CALL, **_CALLED_OUT} if isinstance(source, Provider) else _ON_CALL
        return say("{key} of {source}", key=words[keys[1]], source=label)
    if keys[0] in _POSTS and len(keys) > 1:
        return say("{key} of {source}", key=_POSTS[keys[0]][keys[1]], source=label)
    if keys[0] in _PRICES and len(keys) > 1:
        return _of_prices(keys, label)
    if keys[0] in ("hourly_rate", "day_rate") and len(keys) > 1:
        return _in_tier(_plain(keys[0]), keys[1:], label)
    if keys[0] == "premiums" and len(keys) > 1:
        return say("{key} of {source}", key=_PREMIUMS[keys[1]], source=label)
    return say("{key} of {source}", key=_plain(keys[0]), source=label)


def _of_prices(keys: list[str], label: str) -> str:
    """A price, a package or an inclusion by what it counts, or a part of what ads cost."""
    what = _PRICES[keys[0]].with_places(what=_WHAT.get(keys[1], keys[1]))
    if keys[0] == "ad_spend":
        what = _AD_FEE[keys[1]]
    return _in_tier(what, keys[2:], label)


def _in_tier(what: str, keys: list[str], label: str) -> str:
    """A price, or the price or the end of one of its tiers."""
    if not keys:
        return say("{key} of {source}", key=what, source=label)
    places = {"key": what, "number": int(keys[0]) + 1, "source": label}
    if keys[1] == "up_to":
        return say("the end of tier {number} of {key} of {source}", **places)
    return say("tier {number} of {key} of {source}", **places)


_PRICES = {
    "per": say("the price of {what}"),
    "packages": say("the packages by {what}"),
    "included": say("the included {what}"),
    "discount": say("the discount for {what}"),
    "ad_spend": say("the fee for ads"),
}
_AD_FEE = {
    "share": say("the share of ad spend"),
    "minimum": say("the least fee for ads"),
}
_WHAT = {"messages": say("messages"), "hours": say("hours"), "days": say("days")}
_FIELDS = {
    "included": say("the included hours"),
    "max_hours": say("the most hours"),
    "min_months": say("the shortest commitment"),
    "setup": say("the price of setting up"),
    "watch": say("the price of the watch"),
    "starts_after": say("the time to start"),
    "escalates": say("the share of escalated messages"),
    "coordination": say("the hours of coordination"),
    "supervision": say("the hours of supervision"),
    "resolves": say("the share resolved"),
    "wrong": say("the share of wrong answers"),
    "noticed_after": say("the time until a wrong answer comes back"),
    "hand_over": say("the time of a hand-over"),
    "management": say("the hours of management"),
    "tutoring": say("the hours of tutoring"),
    "days": say("the days agreed"),
    "ad_spend": say("the spend on ads"),
    "notice": say("the notice"),
    "hourly_rate": say("the hourly rate"),
    "day_rate": say("the day rate"),
    "retainer": say("the retainer"),
    "hourly_wage": say("the hourly wage"),
    "monthly_wage": say("the monthly wage"),
    "annual_wage": say("the annual wage"),
    "headcount": say("the headcount"),
    "hours": say("the hours"),
    "benefits": say("the benefits"),
    "equipment": say("the equipment"),
    "training": say("the training"),
    "recruitment": say("the recruitment"),
    "turnover": say("the turnover"),
    "charges": say("the charges"),
    "gratification": say("the gratification"),
    "placement": say("the placement"),
    "gap": say("the gap"),
    "ramp_up": say("the ramp up"),
    "answer_delay": say("the answer delay"),
    "escalation_delay": say("the escalation delay"),
    "planned_absence": say("the planned absence"),
    "unplanned_absence": say("the unplanned absence"),
    "age": say("the age"),
    "year": say("the year"),
    "level": say("the level"),
    "depth": say("the depth"),
    "service_level": say("the service level"),
    "comes_second": say("the weeks in which the job comes second"),
    "after_hours": say("the after hours"),
    "day_length": say("the day length"),
    "night": say("the night"),
    "sunday": say("the sunday"),
    "holiday": say("the holiday"),
    "premiums": say("the premiums"),
    "price": say("the price"),
    "shared_by": say("the shared by"),
    "correlated": say("the correlated"),
    "size": say("the size"),
    "payroll": say("the payroll"),
    "mobility_rate": say("the mobility rate"),
    "work_accident_rate": say("the work accident rate"),
    "health_insurance": say("the health insurance"),
    "meal_vouchers": say("the meal vouchers"),
    "payroll_office": say("the payroll office"),
    "prevention_service": say("the prevention service"),
    "apprentices": say("the apprentices"),
    "rates": say("the rates"),
    "watched": say("the watched"),
    "answered_in_time": say("the answered in time"),
    "answered": say("the answered"),
    "work_done": say("the work done"),
    "skills_met": say("the skills met"),
    "continuity": say("the continuity"),
    "in_house": say("the in house"),
    "in_house_material": say("the in-house material"),
    "regularity": say("the regularity"),
    "weeks_short": say("the weeks short"),
    "approval_within": say("the time until approved"),
    "idle": say("the idle"),
    "budget": say("the budget"),
    "cost": say("the cost"),
    "live_within": say("the live within"),
    "tried_in_house": say("the tried in house"),
    "months": say("the months"),
}
_ON_CALL = {
    "pay": say("the pay for being on call"),
    "call_out": say("the pay for an hour of call-outs"),
    "per_call_out": say("the pay for each call-out"),
    "minimum": say("the least time paid for a call-out"),
    "reaction": say("the time to react on call"),
}
_CALLED_OUT = {
    "pay": say("the price of being on call"),
    "call_out": say("the price of an hour of call-outs"),
    "per_call_out": say("the price of each call-out"),
}
"""What it is for a provider, who is paid no wage."""
_POSTS = {
    "approval": {
        "minutes_each": say("the time to approve what goes out"),
        "delay": say("the delay of approval"),
    },
    "in_house_material": {
        "share": say("the share with in-house material"),
        "minutes_each": say("the time to bring material"),
    },
}
_PREMIUMS = {
    "night": say("the night premiums"),
    "sunday": say("the sunday premiums"),
    "holiday": say("the holiday premiums"),
}
_ABOUT = {
    "company": say("the company"),
    "context": say("the context"),
    "needs": say("the needs"),
    "prices": say("the prices"),
    "require": say("the require"),
}


def _plain(key: str) -> str:
    return _FIELDS.get(key) or f"the {key.replace('_', ' ')}"
