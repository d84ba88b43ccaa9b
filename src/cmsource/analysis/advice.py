"""Advice in three sentences, for a mail: what to choose, what that means, what would change it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from cmsource.model.evaluation import evaluated
from cmsource.model.judgement import (
    amounts_in_words,
    by_miss,
    can_give,
    misses,
    nearest,
    runner_up,
    tempting,
    when_in_words,
)
from cmsource.model.ledger import ledger
from cmsource.results.comparison import Comparison
from cmsource.results.entry import cents_by_ref
from cmsource.results.option import OptionResult
from cmsource.results.requirement import RequirementResult, missed
from cmsource.scenario.scenario import Scenario
from cmsource.values.language import both, listed, say
from cmsource.values.money import (
    Style,
    format_money,
    format_months,
    format_share,
    style_for,
)

if TYPE_CHECKING:  # `compare` loads these only when the advice is looked at
    from cmsource.analysis.breakeven.two_options import TwoOptions
    from cmsource.analysis.inputs.inputs import Input

_TRIED = 3
_MOST = 3.0
_BEYOND = (1.02, 1.3)
_CLOSE = 2.0
"""How much farther than what is found an estimate may be and still prove to be nearer."""
_FIGURES: Mapping[str, Callable[[str], str]] = {
    "watched": lambda share: say("watches {share} of the hours asked for", share=share),
    "answered_in_time": lambda share: say("answers {share} of the messages in time", share=share),
    "work_done": lambda share: say("gets {share} of the work done", share=share),
}


def advised(scenario: Scenario, result: Comparison) -> Comparison:
    """A comparison with its advice, and with what each option that misses something would take.

    Both ask the model again, with other numbers.
    """
    from cmsource.analysis.remedies import remedies

    takes = remedies(scenario, result)
    options = {
        name: each._replace(would_take=takes[name]) if name in takes else each
        for name, each in result.options.items()
    }
    return result._replace(advice=advice(scenario, result), options=options)


def advice(scenario: Scenario, result: Comparison) -> tuple[str, str, str]:
    """Three sentences: what to choose, what it costs and covers, what would change the answer."""
    style = style_for(result.currency)
    if result.recommended is None:
        return _none(result, style)
    chosen = result.options[result.recommended]
    other = runner_up(result.options.values(), chosen.name, result.eligible, by_miss)
    return (
        _choice(result, chosen),
        _means(result, chosen, other, style),
        _change(scenario, result, chosen, other, style),
    )


def _months(result: Comparison) -> str:
    return format_months(result.horizon_months)


def _choice(result: Comparison, chosen: OptionResult) -> str:
    """What to choose."""
    count = len(result.options)
    if count == 1:
        return say("Choose {option}, the only option compared.", option=chosen.label)
    able = sum(each.eligible for each in result.options.values())
    if not chosen.requirements and able == 1:
        which = say("the only one of {count} options that the law allows", count=count)
    elif not chosen.requirements and able < count:
        which = say("the cheapest of the {count} options that the law allows", count=able)
    elif not chosen.requirements:
        which = say("the cheapest of the {count} options", count=able)
    elif able == 1:
        which = say("the only one of {count} options that does all that is asked for", count=count)
    else:
        which = say("the cheapest of the {count} options that do all that is asked for", count=able)
    return say("Choose {option}, {which}.", option=chosen.label, which=which)


def _means(
    result: Comparison, chosen: OptionResult, other: OptionResult | None, style: Style
) -> str:
    """What an option costs and covers against another one."""
    places: dict[str, str] = {
        "total": format_money(chosen.total_cents, style, 0),
        "months": _months(result),
    }
    text = say("It costs {total} over {months}", **places)
    if other is not None:
        gap = other.total_cents - chosen.total_cents
        places |= {"amount": format_money(abs(gap), style, 0), "option": other.label}
        if gap > 0:
            text = say("It costs {total} over {months}, {amount} less than {option}", **places)
        elif gap < 0:
            text = say("It costs {total} over {months}, {amount} more than {option}", **places)
        else:
            text = say("It costs {total} over {months}, as much as {option}", **places)
    parts: list[str] = []
    for name, words in _FIGURES.items():
        value = getattr(chosen.coverage, name)
        if value is None:
            continue
        said = words(format_share(value, 0))
        theirs = None if other is None else getattr(other.coverage, name)
        if other is not None and theirs is not None:
            share = format_share(theirs, 0)
            if not parts:
                share = say("{option}: {share}", option=other.label, share=share)
            said = listed([said, listed(["(", share, ")"], "")], " ")
        parts.append(said)
    if not parts:
        return listed([text, "."], "")
    return say("{costs}; it {covers}.", costs=text, covers=both(parts))


def _change(
    scenario: Scenario,
    result: Comparison,
    chosen: OptionResult,
    other: OptionResult | None,
    style: Style,
) -> str:
    """What would change the answer."""
    if other is None:
        return say("There is no other option that a change could make the better one.")
    if not other.eligible:
        least = tempting(_relaxable(result, style), chosen)
        if least is not None:
            return say(
                "{option} would be the choice if {what}.",
                option=least.label,
                what=_relaxed(least, style),
            )
        return _margin(chosen, style)
    if other.total_cents == chosen.total_cents:
        return say("Any change of a price can make {option} the cheaper one.", option=other.label)
    found = _nearest(scenario, chosen, other)
    if found is None:
        return say(
            "No single price or wage, between nothing and four times today's, would make {option} "
            "the cheaper one.",
            option=other.label,
        )
    return say("{option} would be the cheaper one if {what}.", option=other.label, what=found)


# Where nothing is eligible -----------------------------------------------------------------------


def _none(result: Comparison, style: Style) -> tuple[str, str, str]:
    """What misses, what comes nearest, and what would make that one eligible."""
    options = list(result.options.values())
    counts: dict[str, int] = {}
    phrases: dict[str, str] = {}
    for option in options:
        for held in missed(option.requirements):
            counts[held.name] = counts.get(held.name, 0) + 1
            phrases[held.name] = held.phrase
    name, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    if len(options) == 1:
        first = say(
            "Choose none of them as things stand: no option does all that is asked for, and {what} "
            "is missed by the only one.",
            what=phrases[name],
        )
    else:
        first = say(
            "Choose none of them as things stand: no option does all that is asked for, and {what} "
            "is missed by {count} of {all}.",
            what=phrases[name],
            count=count,
            all=len(options),
        )
    least = nearest(options)
    second = say(
        "Nearest is {option}, at {total} over {months}, which misses {what}.",
        option=least.label,
        total=format_money(least.total_cents, style, 0),
        months=_months(result),
        what=listed(misses(least.requirements, style)),
    )
    able = _relaxable(result, style) or [each for each in options if _can_give(each, style)]
    if not able:
        third = say("To ask for less helps none of them: each lacks something altogether.")
        return first, second, third
    least = nearest(able)
    relaxed = _relaxed(least, style)
    return first, second, say("{option} would do if {what}.", option=least.label, what=relaxed)


def _relaxable(result: Comparison, style: Style) -> list[OptionResult]:
    """The lawful options that would do if less were asked for, rather than nothing."""
    return [
        each for each in result.options.values() if not each.forbidden and _can_give(each, style)
    ]


def _can_give(option: OptionResult, style: Style) -> bool:
    return all(can_give(held, style) for held in missed(option.requirements))


def _relaxed(option: OptionResult, style: Style) -> str:
    """The requirements that an option misses, as far as they would have to give."""
    return listed([_enough(held, style) for held in missed(option.requirements)], say(" and "))


def _enough(held: RequirementResult, style: Style) -> str:
    """The value of a requirement with which an option would meet it, rounded to its side."""
    if held.law:
        return say("the law allowed it ({law})", law=held.law)
    limit, asked = amounts_in_words(held, style)
    places = {"what": held.phrase, "limit": limit, "asked": asked}
    if held.at_most:
        return say("{what} could be {limit} ({asked} allowed)", **places)
    return say("{limit} were enough for {what} ({asked} asked for)", **places)


def _margin(chosen: OptionResult, style: Style) -> str:
    """The requirement that the only able option is closest to missing."""
    held = [each for each in chosen.requirements if each.value is not None and each.unit == "share"]
    if not held:
        return say("To ask for less would make no other option the choice.")
    closest = min(held, key=lambda each: abs((each.value or 0.0) - each.limit))
    value, limit = amounts_in_words(closest, style)
    places = {
        "option": chosen.label,
        "what": when_in_words(closest.phrase, closest),
        "value": value,
        "limit": limit,
    }
    if closest.at_most:
        return say(
            "To ask for less would make no other option the choice; the answer changes only if "
            "{option} misses something too, and it is closest to that in {what}: {value} where at "
            "most {limit} is asked for.",
            **places,
        )
    return say(
        "To ask for less would make no other option the choice; the answer changes only if "
        "{option} misses something too, and it is closest to that in {what}: {value} where at "
        "least {limit} is asked for.",
        **places,
    )


# The nearest break-even --------------------------------------------------------------------------


def _nearest(scenario: Scenario, chosen: OptionResult, other: OptionResult) -> str | None:
    """The value of an input with which the other option would be the cheaper one, in words.

    The ledger says how much money rests on each input, by its path, so that the layout of the file
    decides nothing. The change that would close the gap, if the money moved in proportion, puts the
    inputs in an order. The first few are then searched exactly, and those that come close to the
    first that is found, since money seldom moves quite in proportion.
    """
    from cmsource.analysis.breakeven.two_options import TwoOptions
    from cmsource.analysis.inputs.by_path import by_path
    from cmsource.analysis.inputs.inputs import resting_on, step_of
    from cmsource.analysis.inputs.names import in_words
    from cmsource.analysis.inputs.quantity import quantity

    named = by_path(scenario)
    options = evaluated(named, (chosen.name, other.name))
    mine, theirs = (cents_by_ref(ledger(options[each.name].costs)) for each in (chosen, other))
    gap = other.total_cents - chosen.total_cents
    slopes = {ref: mine.get(ref, 0) - theirs.get(ref, 0) for ref in dict.fromkeys((*mine, *theirs))}
    candidates = []
    for each in resting_on(named, [ref for ref, slope in slopes.items() if slope]):
        change = gap / slopes[each.ref]
        if each.value > 0 and -1.0 < change <= _MOST:
            candidates.append((abs(change), each.path, change, each))
    both = TwoOptions(scenario, chosen.name, other.name, "total")
    found: tuple[float, str, Input, float] | None = None
    for estimate, path, change, each in sorted(candidates)[:_TRIED]:
        if found is not None and estimate > found[0] * _CLOSE:
            break
        at = _exact(both, each, each.value * (1 + change))
        if at is None or both.missed(path, at, other.name):
            continue
        part = abs(at / each.value - 1)
        if found is None or part < found[0]:
            found = part, path, each, at
    if found is None:
        return None
    part, path, nearest_input, at = found
    style = style_for(scenario.currency)
    up = at > nearest_input.value
    places = {
        "input": in_words(path, scenario),
        "place": quantity(at, nearest_input.unit, style, exact=True),
        "today": quantity(nearest_input.value, nearest_input.unit, style),
        "share": format_share(part, 0 if part >= 0.1 else 1),
    }
    whole = step_of(nearest_input) >= 1
    if whole and up:
        return say("{input} were {place} ({today} today, {share} more)", **places)
    if whole:
        return say("{input} were {place} ({today} today, {share} less)", **places)
    if up:
        return say("{input} rose above {place} ({today} today, {share} more)", **places)
    return say("{input} fell below {place} ({today} today, {share} less)", **places)


def _exact(both: "TwoOptions", chosen: "Input", estimate: float) -> float | None:
    """The break-even near an estimate, as finely as the input is written; None where none is."""
    from cmsource.analysis.inputs.inputs import step_of

    measure, step = both.at(chosen), step_of(chosen)

    def gap(value: float) -> float:
        return both.sign(measure(value))

    def between(place: float) -> float | None:
        """The break-even among the two written values around a place, if it is there."""
        low = step * (place // step)
        if not chosen.low <= low < low + step <= chosen.high:
            return None
        values = gap(low), gap(low + step)
        if values[0] * values[1] < 0 and chosen.whole:
            return low + step if low >= chosen.value else low
        if values[0] * values[1] < 0:
            return low + step * values[0] / (values[0] - values[1])
        return low if values[0] == 0 else low + step if values[1] == 0 else None

    found = between(estimate)
    if found is not None:
        return found
    today, at_today = float(chosen.value), gap(chosen.value)
    for beyond in _BEYOND:
        end = min(max(today + (estimate - today) * beyond, chosen.low), chosen.high)
        end = float(round(end)) if chosen.whole else end
        at_end = gap(end)
        if at_end * at_today >= 0:
            continue
        found = between(today + (end - today) * at_today / (at_today - at_end))
        if found is not None:
            return found
        from cmsource.analysis.breakeven.roots import Bracket, narrowed

        ends = sorted(((today, at_today), (end, at_end)))
        bracket = Bracket(ends[0][0], ends[1][0], ends[0][1], ends[1][1])
        tight = narrowed(gap, bracket, step, round if chosen.whole else None)
        return tight.high if end > today else tight.low
    return None
