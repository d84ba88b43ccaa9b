"""Why an option is recommended or is not, in words."""

from collections.abc import Mapping

from cmsource.results.option import OptionResult
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.scenario import Scenario
from cmsource.values.money import Style, format_money, format_number, format_share, style_for


def miss_in_words(result: RequirementResult, style: Style) -> str:
    """A requirement that does not hold, such as ``watched 17.0% < 95.0%``."""
    sign = ">" if result.at_most else "<"
    if result.value is None:
        return f"{result.phrase} not measured"
    value, limit = amounts_in_words(result, style)
    return f"{result.phrase} {value} {sign} {limit}"


def amounts_in_words(result: RequirementResult, style: Style) -> tuple[str, str]:
    """Value and limit of a requirement, precise enough to tell them apart."""
    value = result.value or 0.0
    if result.unit == "share":
        for decimals in (0, 1, 2, 3):
            pair = (
                format_share(value, style, decimals),
                format_share(result.limit, style, decimals),
            )
            if pair[0] != pair[1]:
                break
        return pair
    if result.unit == "months":
        return tuple(  # type: ignore[return-value]
            f"{format_number(months, style, 0 if months == int(months) else 1)} "
            + ("month" if months == 1 else "months")
            for months in (value, result.limit)
        )
    each = "/month" if result.unit == "month" else ""
    decimals = 0 if abs(value - result.limit) >= 1 else 2
    return (
        format_money(round(value * 100), style, decimals) + each,
        format_money(round(result.limit * 100), style, decimals) + each,
    )


def reason(options: Mapping[str, OptionResult], choice: str | None, scenario: Scenario) -> str:
    """Why an option is recommended, or what keeps every option from being so."""
    style = style_for(scenario.currency)
    if choice is None:
        return _why_none(options, style)
    option = options[choice]
    total = format_money(option.total_cents, style, 0)
    eligible = [other for other in options.values() if other.eligible]
    required = bool(option.requirements)
    months = format_number(scenario.horizon, style, 0 if scenario.horizon % 1 == 0 else 1)
    if len(options) == 1:
        first = "It is the only option"
    elif not required:
        first = f"It costs the least of the {len(options)} options"
    elif len(eligible) == 1:
        first = "It is the only option that meets every requirement"
    else:
        first = f"It costs the least of the {len(eligible)} options that meet every requirement"
    text = f"{first}: {total} over {months} months."
    cheaper = [o for o in options.values() if o.total_cents < option.total_cents]
    if cheaper:
        least = min(cheaper, key=lambda o: (o.total_cents, o.name))
        saving = format_money(option.total_cents - least.total_cents, style, 0)
        misses = ", ".join(miss_in_words(r, style) for r in least.requirements if r.met is False)
        text += f" {least.label} would cost {saving} less but misses: {misses}."
    elif len(eligible) > 1:
        others = [o for o in eligible if o.name != choice]
        second = min(others, key=lambda o: (o.total_cents, o.name))
        more = format_money(second.total_cents - option.total_cents, style, 0)
        text += f" Next is {second.label}, {more} more."
    return text


def _why_none(options: Mapping[str, OptionResult], style: Style) -> str:
    """What the option that misses the fewest requirements would still have to reach."""
    if not options:
        return "There is no option to compare."

    def key(option: OptionResult) -> tuple[int, int, str]:
        return sum(r.met is False for r in option.requirements), option.total_cents, option.name

    nearest = min(options.values(), key=key)
    misses = ", ".join(miss_in_words(r, style) for r in nearest.requirements if r.met is False)
    return (
        "No option meets every requirement, so none is recommended. "
        f"Nearest is {nearest.label}, which misses: {misses}."
    )
