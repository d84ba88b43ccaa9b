"""What one line of a payroll schedule may say in a country file.

A line is a rule with a source, a date and a mark, like any other value of a country. Amounts are of
a year. Every number may be written as it is, or as the name of a value of the file, or as a table::

    values:
      ceiling: {value: 74600, source: …}
    lines:
      pension: {rate: 0.06, between: [3500, ceiling]}
      accidents: {rate: 0.003, given: work_accident_rate}
      care: {rate: {by: age, 25: 0.035, 35: 0.05}}
      relief: {fixed: 10500, reduces: pension, size_below: 5}
"""

import math
from collections.abc import Container, Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, NamedTuple

from cmsource.values.language import listed, say
from cmsource.values.money import format_digits

CONTRACTS = ("permanent", "fixed-term", "apprentice", "intern")
"""The contracts that a schedule knows."""

PAY, GROSS = "pay", "gross"
"""Bases of a line: all pay so far; the wage agreed on alone."""

NUMBERS = MappingProxyType(
    {
        "rate": "a share of the base",
        "fixed": "an amount a year, whatever the pay",
        "plus": "an amount a year on top of the share",
        "at_least": "the least base a year, where the line applies at all",
        "size_from": "applies from so many employees",
        "size_below": "applies below so many employees",
        "age_from": "applies from that age",
        "age_below": "applies below that age",
        "wage_from": "applies from that pay a year",
        "wage_above": "applies above that pay a year",
        "wage_to": "applies up to that pay a year",
        "wage_below": "applies below that pay a year",
        "payroll_above": "applies above that pay of all employees a year",
    }
)
"""Keys whose value is a number, and what it means."""

KEYS = MappingProxyType(
    {
        **NUMBERS,
        "between": "[low, high]: the part of the base between two amounts; null sets no limit",
        "per": "month, quarter or year (unless said): what the amounts of the line are of",
        "of": "the base: pay (unless said), gross, or earlier lines",
        "reduces": "earlier lines that it lowers, by no more than they are",
        "contract": "applies to these contracts",
        "region": "applies in these regions",
        "whole_company": "yes: the fixed amount is the company's; others, who earn the same, take "
        "from it first",
        "pay": "yes: the person is paid it, and lines after it count it as pay",
        "prorated": "yes: a fixed amount is of a full post, and less for part of one",
        "base": "yes: it costs nothing, and is there for lines after it to name in `of`",
        "given": "what the company may give in place of the rate or amount",
    }
)
"""Every key of a line, and what it means."""

FLAGS = ("pay", "base", "prorated", "whole_company")
"""Keys whose value is yes or no."""

CONDITIONS = frozenset(
    {
        *[key for key in NUMBERS if key not in ("rate", "fixed", "plus", "at_least")],
        "contract",
        "region",
    }
)
"""Keys that say when a line applies."""

GIVEN = ("work_accident_rate", "mobility_rate", "health_insurance")
"""What a company may give in place of a line's own rate or amount."""

TABLES = ("age", "size", "part", "region", "payroll", "wage")
"""What a number may depend on."""

_PER = MappingProxyType({"month": 12.0, "quarter": 4.0, "year": 1.0})


class BadRule(ValueError):  # noqa: N818 - what happened, not what to call it
    """A line of a schedule makes no sense.

    Attributes:
        keys: the way to what is wrong, from the line on.
        hint: the way out.
    """

    def __init__(self, keys: tuple[str | int, ...], message: str, hint: str = "") -> None:
        super().__init__(message)
        self.keys = keys
        self.hint = hint


class Names(NamedTuple):
    """What a line may name.

    Attributes:
        values: the values of the file.
        earlier: the lines above it.
    """

    values: Container[str]
    earlier: Container[str]


def check_rule(rule: Mapping[str, Any], names: Names) -> None:
    """Find out whether a line of a schedule says something that can be computed.

    Args:
        rule: the line as it stands in the file, without source, date and mark.
        names: what it may name.

    Raises:
        BadRule: it does not.
    """
    for key in rule:
        if key not in KEYS:
            close = get_close_matches(str(key), KEYS, 1)
            hint = (
                say("did you mean `{name}`?", name=close[0])
                if close
                else say("one of {words}", words=listed(KEYS))
            )
            raise BadRule((key,), say("unknown key {name}", name=f"`{key}`"), hint)
    if ("rate" in rule) == ("fixed" in rule):
        message = say("a line has a rate or a fixed amount, and not both")
        raise BadRule((), message, say("write `rate: 0.05` or `fixed: 120`"))
    for key in NUMBERS.keys() & rule.keys():
        _check_number(rule[key], (key,), names)
    if "between" in rule:
        _check_limits(rule["between"], names)
    for key, one_of in (("per", tuple(_PER)), ("given", GIVEN)):
        if key in rule and rule[key] not in one_of:
            message = say("`{key}` cannot be {value}", key=key, value=repr(rule[key]))
            raise BadRule((key,), message, say("one of {words}", words=listed(one_of)))
    for key in FLAGS:
        if not isinstance(rule.get(key, False), bool):
            raise BadRule(
                (key,), say("`{key}` is yes or no", key=key), say("write yes, or leave it out")
            )
    if rule.get("whole_company") and not {"fixed", "reduces"} <= rule.keys():
        message = say("`whole_company` is about a fixed amount that reduces other lines")
        raise BadRule(
            ("whole_company",), message, say("add `fixed` and `reduces`, or leave it out")
        )
    _check_names(rule, names)


def _check_names(rule: Mapping[str, Any], names: Names) -> None:
    for key in ("of", "reduces"):
        for name in texts(rule.get(key)):
            if name not in names.earlier and not (key == "of" and name in (PAY, GROSS)):
                hint = say("name a line above this one, as it is written there")
                message = say("`{key}`: there is no line {line} above", key=key, line=repr(name))
                raise BadRule((key,), message, hint)
    for contract in texts(rule.get("contract")):
        if contract not in CONTRACTS:
            hint = say("one of {words}", words=listed(CONTRACTS))
            message = say("unknown contract {contract}", contract=repr(contract))
            raise BadRule(("contract",), message, hint)


def _check_limits(limits: Any, names: Names) -> None:  # noqa: ANN401 - straight from YAML
    if not isinstance(limits, list) or len(limits) != 2:
        hint = say("write `between: [0, 74600]`, or null where there is no limit")
        raise BadRule(("between",), say("`between` is a list of two amounts"), hint)
    for place, limit in enumerate(limits):
        if limit is not None:
            _check_number(limit, ("between", place), names)
    low, high = limits
    if isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high:
        message = say(
            "`between`: {low} is above {high}", low=format_digits(low), high=format_digits(high)
        )
        raise BadRule(("between",), message, say("write the lower amount first"))


def _check_number(
    number: Any,  # noqa: ANN401 - straight from YAML
    keys: tuple[str | int, ...],
    names: Names,
) -> None:
    if isinstance(number, dict):
        if number.get("by") not in TABLES:
            hint = say("write `{{by: age, 25: 0.07}}`; by is one of {words}", words=listed(TABLES))
            raise BadRule(keys, say("a table says what it goes by"), hint)
        for step, value in number.items():
            if step == "by":
                continue
            if number["by"] != "region" and step != "else" and not _is_number(step):
                raise BadRule(
                    (*keys, step),
                    say("{value} is no number", value=repr(step)),
                    say("write `25: 0.07`"),
                )
            _check_number(value, (*keys, step), names)
    elif isinstance(number, str):
        if number not in names.values:
            hint = say("write a number, or the name of one of `values`")
            raise BadRule(keys, say("there is no value {name}", name=repr(number)), hint)
    elif not _is_number(number):
        raise BadRule(
            keys,
            say("{value} is no number", value=repr(number)),
            say("write a number such as 0.05"),
        )


def _is_number(value: object) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and math.isfinite(float(value))  # type: ignore[arg-type]


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - straight from YAML
    """The names of a key that takes one or several."""
    if isinstance(value, list):
        yield from map(str, value)
    elif value is not None:
        yield str(value)


def times_a_year(rule: Mapping[str, Any]) -> float:
    """How many of a line's amounts make a year's."""
    return _PER[rule.get("per", "year")]
