"""Values of inputs for people: an amount, a share, a time or a count with its unit."""

from cmsource.values.language import Said, listed
from cmsource.values.money import Style, format_money, format_number, format_share, to_cents
from cmsource.values.written import in_units, unit_name

_MOST_DECIMALS = 2


def quantity(
    value: float, unit: str, style: Style, *, exact: bool = False, short: bool = False
) -> Said:
    """A value of an input with its unit, such as ``75 €/h``, ``12.5 %`` or ``24 months``.

    Args:
        value: as an `cmsource.analysis.inputs.inputs.Input` holds it.
        unit: that of the input.
        style: of the scenario's currency.
        exact: money with its cents, even where there are none.
        short: without what the key says anyway: ``15/day`` for 15 messages a day.
    """
    head, slash, period = unit.partition("/")
    if head == "%":
        return _a(format_share(value, _decimals(value * 100)), slash + period)
    if len(head) == 3 and head.isupper():
        cents = to_cents(value)
        return _a(format_money(cents, style, 2 if exact or cents % 100 else 0), slash + period)
    number = format_number(value, _decimals(value))
    if not unit or (short and head in ("people", "times", "companies", "years")):
        return number
    if short and head == "messages":
        return _a(number, slash + period)
    return in_units(number, unit)


def _a(amount: str, period: str) -> Said:
    """An amount for a period, such as ``/week``."""
    return listed([amount, unit_name(period)], "")


def _decimals(value: float) -> int:
    """The decimals that a value needs, two at most."""
    return next((n for n in (0, 1) if abs(round(value, n) - value) < 1e-4), _MOST_DECIMALS)
