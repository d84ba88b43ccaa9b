"""Keys of a scenario in words: ``sources.agence.hourly_rate`` is the hourly rate of Agence."""

from cmsource.analysis.inputs.numbers import from_source
from cmsource.scenario.provider import Provider
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import say
from cmsource.values.months import months_in_words, months_of
from cmsource.values.text import shown

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
    "needs.ad_spend": say("the spend on ads"),
    "needs.correlated": say("how closely the ranges of messages and work move together"),
    "context.tried_in_house": say("the time for which it has been tried in-house"),
    "require.watched": say("the share of the cover that has to be watched"),
    "require.answered_in_time": say("the share of messages to be answered in time"),
    "require.answered": say("the share of messages to be answered"),
    "require.work_done": say("the share of the work to be done"),
    "require.skills_met": say("the share of the skills to be there"),
    "require.continuity": say("the share to be watched without the one who matters most"),
    "require.in_house": say("the share of the work to be done in-house"),
    "require.idle": say("the share of contract hours that may be without work"),
    "require.live_within": say("the time within which to be at work"),
    "require.in_house_material": say("the share of what goes out to have in-house material"),
    "require.regularity": say("the share of weeks in which all is to go out"),
    "require.weeks_short": say("the weeks a year in which a post may be short"),
    "require.approval_within": say("the time within which to approve what is made"),
    "require.budget": say("the budget"),
    "require.cost": say("the highest cost allowed"),
    "company.mobility_rate": say("the mobility contribution of the company"),
    "company.work_accident_rate": say("the work-accident rate of the company"),
    "company.health_insurance": say("what the health insurance of a person costs"),
    "company.meal_vouchers": say("what the meal vouchers of a person cost"),
    "company.payroll_office": say("what the payroll office costs for a person"),
    "company.prevention_service": say("what safety at work costs for a person"),
    "company.apprentices": say("the share of apprentices in the company"),
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
    if head == "company" and name == "rates" and rest:
        return say("the company's own value of {name}", name=shown(rest[0]))
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
    return shown(path)


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
    if keys[0] == "correlated":
        return say("how closely the ranges of {source} move together", source=label)
    if keys[0] == "premiums" and len(keys) > 1:
        return say("{key} of {source}", key=_PREMIUMS[keys[1]], source=label)
    return say("{key} of {source}", key=_plain(keys[0]), source=label)


def _of_prices(keys: list[str], label: str) -> str:
    """A price, a package or an inclusion by what it counts, or a part of what ads cost."""
    counted = _WHAT.get(keys[1], keys[1])
    if keys[0] == "packages" and len(keys) > 3:
        return _PACKAGE[keys[3]].with_places(number=int(keys[2]) + 1, what=counted, source=label)
    what = _PRICES[keys[0]].with_places(what=counted)
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
_PACKAGE = {
    "price": say("the price of package {number} of {source}, by {what}"),
    "up_to": say("the most {what} of package {number} of {source}"),
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
    "resolves": say("the share of messages resolved"),
    "wrong": say("the share of wrong answers"),
    "noticed_after": say("the time until a wrong answer comes back"),
    "hand_over": say("the time of a hand-over"),
    "management": say("the hours of management"),
    "tutoring": say("the hours of tutoring"),
    "days": say("the days agreed"),
    "notice": say("the notice"),
    "hourly_rate": say("the hourly rate"),
    "day_rate": say("the day rate"),
    "retainer": say("the retainer"),
    "hourly_wage": say("the hourly wage"),
    "monthly_wage": say("the monthly wage"),
    "annual_wage": say("the annual wage"),
    "headcount": say("the number of people"),
    "hours": say("the hours"),
    "benefits": say("the cost of benefits"),
    "equipment": say("the cost of equipment"),
    "training": say("the cost of training"),
    "recruitment": say("the cost of recruitment"),
    "turnover": say("the turnover"),
    "charges": say("the employer charges"),
    "gratification": say("the gratification"),
    "placement": say("the length of a placement"),
    "gap": say("the gap between two placements"),
    "ramp_up": say("the time at half capacity"),
    "answer_delay": say("the time before an answer begins"),
    "escalation_delay": say("the time until an escalated answer"),
    "planned_absence": say("the planned absence"),
    "unplanned_absence": say("the unplanned absence"),
    "age": say("the age"),
    "year": say("the year of the apprenticeship"),
    "level": say("the level of the diploma"),
    "depth": say("the number of people on each hour of duty"),
    "service_level": say("the share of duty really kept"),
    "comes_second": say("the share of weeks in which the job comes second"),
    "after_hours": say("the price factor outside office hours"),
    "day_length": say("the length of a day's work"),
    "price": say("the price"),
    "shared_by": say("the number of companies that share the price"),
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


def _plain(key: str) -> str:
    return _FIELDS.get(key) or shown(key)
