"""Rules of ``--fail-on`` and ``--warn-on``: what makes valid scenarios fail, or warns of them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cmsource.results.comparison import Comparison
from cmsource.results.difference import Difference
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.bounds import Bound, read_bound, value_in_words
from cmsource.scenario.figures import FIGURES
from cmsource.values.diagnostics import Diagnostic, Place, did_you_mean
from cmsource.values.language import counted, say
from cmsource.values.money import format_money, format_months, format_share, style_for
from cmsource.values.quantities import QuantityError, quoted

NAMES = ("no-eligible", "expectation", "assumption-stale", "increase")
_STALE_AFTER = 60.0
_RULE = re.compile(r"\s*([A-Za-z][A-Za-z_-]*)\s*([<>=!≤≥≠].*)?", re.DOTALL)
_CURRENCY = re.compile(r"[$€£]|\b(?:eur|cad|usd|gbp|chf)\b", re.IGNORECASE)
_LAW = ("O", "O2")  # what a law says is in force until the law changes: its age says nothing


FLAGS = {"E502": "--fail-on", "W502": "--warn-on"}
"""The flag of each code that a broken rule has."""


class Rule(NamedTuple):
    """One rule.

    Attributes:
        name: one of `NAMES`, or a key of `cmsource.scenario.figures.FIGURES`.
        text: the rule as it was written.
        bound: what must not hold.
        share: whether an increase is bounded as a share of the old total.
    """

    name: str
    text: str
    bound: Bound | None = None
    share: bool = False


def read_rules(texts: Sequence[str], flag: str = FLAGS["E502"]) -> tuple[Rule, ...]:
    """Read rules; one text may hold several with commas between them.

    Args:
        texts: as they were written.
        flag: the one that they were written after.

    Raises:
        QuantityError: one of them cannot be read.
    """
    return tuple(_read(part.strip(), flag) for text in texts for part in text.split(","))


def _read(text: str, flag: str) -> Rule:
    found = _RULE.fullmatch(text)
    known = [*NAMES, *FIGURES]
    if found is None or found[1] not in known:
        word = found[1] if found else text
        raise QuantityError(
            say("{flag} knows no rule {rule}", flag=flag, rule=quoted(text)),
            did_you_mean(word, known),
        )
    name, bound = found[1], found[2]
    if name in ("no-eligible", "expectation"):
        if bound:
            raise QuantityError(
                say("{name} takes no bound", name=name), say("write {texts}", texts=name)
            )
        return Rule(name, text)
    if name == "assumption-stale":
        limit = read_bound(bound or f"> {_STALE_AFTER:g} months", "live_after", "")
        if limit.operator not in (">", ">="):
            raise QuantityError(
                say("{name} takes the age from which it counts", name=name),
                say("write {name}>24 months", name=name),
            )
        return Rule(name, text, limit)
    if bound is not None and _CURRENCY.search(bound):
        raise QuantityError(
            say("{text} names a currency", text=quoted(text)),
            say("leave it out: it is that of each scenario"),
        )
    if name == "increase":
        share = "%" in (bound or "")
        limit = read_bound(bound or "> 0", "utilisation" if share else "total", "")
        return Rule(name, text, limit, share)
    if bound is None:
        if FIGURES[name].unit != "flag":
            raise QuantityError(
                say("{name} needs a bound", name=name),
                say('write {flag} "{name}>90000"', flag=flag, name=name),
            )
        return Rule(name, text, read_bound(True, name, ""))
    if FIGURES[name].unit == "flag":
        raise QuantityError(
            say("{name} is true or false", name=name), say("write {name} alone", name=name)
        )
    return Rule(name, text, read_bound(bound, name, ""))


def needs_baseline(rules: Iterable[Rule]) -> bool:
    """Whether a rule compares with an earlier result."""
    return any(rule.name == "increase" for rule in rules)


def broken_rules(
    rules: Iterable[Rule],
    result: Comparison,
    change: Difference | None,
    today: date | None,
    code: str = "E502",
) -> tuple[Diagnostic, ...]:
    """One diagnostic for each rule that a result breaks.

    Args:
        rules: the rules.
        result: the comparison.
        change: what changed since the baseline, when there is one that has this scenario.
        today: the day from which the age of assumptions is counted; None leaves them ageless.
        code: the code of what is said, which decides whether it is an error or a warning.
    """
    place = Place(result.file)
    found = []
    for rule in rules:
        problem = _problem(rule, result, change, today)
        if problem:
            places = {"flag": FLAGS[code], "rule": rule.text, "problem": problem[0]}
            message = say("{flag} {rule}: {problem}", **places)
            found.append(Diagnostic(code, message, place, problem[1]))
    return tuple(found)


def _problem(
    rule: Rule, result: Comparison, change: Difference | None, today: date | None
) -> tuple[str, str] | None:
    """What breaks a rule, with a hint; None when nothing does."""
    if rule.name == "no-eligible":
        return (
            None
            if result.recommended is not None
            else (say("no option is eligible"), result.reason)
        )
    if rule.bound is None:
        return None  # expectations are always held, whether they are named or not
    if rule.name == "assumption-stale":
        return _stale(rule.bound, result, today)
    if rule.name == "increase":
        return None if change is None else _increase(rule, rule.bound, change)
    option = result.options.get(result.recommended or "")
    value = None if option is None else FIGURES[rule.name].value(option)
    if option is None or value is None or not rule.bound.holds(value):
        return None
    words = value_in_words(rule.name, value, result.currency, rule.bound.step)
    return say("`{figure}` is {value}", figure=f"{option.name}.{rule.name}", value=words), ""


def _increase(rule: Rule, bound: Bound, change: Difference) -> tuple[str, str] | None:
    if change.old_cents is None or change.new_cents is None:
        return None
    if change.more_cents is None:
        message = say(
            "the currency changed from {old} to {new}: totals cannot be compared",
            old=change.old_currency,
            new=change.currency,
        )
        return message, ""
    value = change.increase if rule.share else change.more_cents / 100
    if value is None or not bound.holds(value):
        return None
    style = style_for(change.currency)
    old, new = (format_money(cents, style) for cents in (change.old_cents, change.new_cents))
    if change.increase is None:
        message = say("the recommended option costs {new} instead of {old}", new=new, old=old)
    else:
        message = say(
            "the recommended option costs {new} instead of {old}, by {share}",
            new=new,
            old=old,
            share=format_share(change.increase),
        )
    return message, _why(change)


def _why(change: Difference) -> str:
    moves = [move for move in change.moves if move.option == change.new_recommended]
    if not moves:
        return ""
    largest = moves[0]
    amount = format_money(largest.cents, style_for(change.currency))
    return say(
        "most of it: {source}, {category} ({amount})",
        source=largest.source,
        category=largest.category,
        amount=amount,
    )


def _stale(bound: Bound, result: Comparison, today: date | None) -> tuple[str, str] | None:
    outside = next((w for w in result.warnings if w.code == "W404"), None)
    if outside is not None:
        return outside.message, say("the rules of that year are not known yet")
    aged = [(_age(a, today), a) for a in result.assumptions if a.confidence not in _LAW]
    old = [(age, a) for age, a in aged if age is not None and bound.holds(age)]
    if not old:
        return None
    age, oldest = max(old, key=lambda pair: (pair[0], pair[1].path))
    months = format_months(age)
    places = {"path": oldest.path, "as_of": oldest.as_of, "age": months}
    if len(old) == 1:
        message = say("`{path}` is assumed from {as_of}, {age} ago", **places)
    else:
        message = counted(
            len(old) - 1,
            "`{path}` is assumed from {as_of}, {age} ago, and {count} more",
            "`{path}` is assumed from {as_of}, {age} ago, and {count} more",
            **places,
        )
    return message, say("set {path} yourself ({source})", path=oldest.path, source=oldest.source)


def _age(assumption: Assumption, today: date | None) -> float | None:
    """Months since the date of an assumption; a year or a month counts from its end."""
    parts = assumption.as_of.split("-")
    if today is None or not all(part.isdigit() for part in parts) or len(parts) > 3:
        return None
    year, month, day = (*map(int, parts), 0, 0)[:3]
    months = (today.year - year) * 12 + today.month - (month or 12)
    return max(0.0, float(months - (bool(day) and today.day < day)))
