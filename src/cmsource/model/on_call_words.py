"""Call-outs, whoever is called out: how many and how long in a month, and what is said of them."""

from cmsource.model.resource import Usage
from cmsource.values.language import say
from cmsource.values.week import WEEKS_A_MONTH, Week
from cmsource.values.written import written

UNITS = {"hour": "h"}
"""What being on call is paid by, where the ledger calls it otherwise than a scenario."""


def call_outs(usage: Usage) -> float:
    """Call-outs a month."""
    return usage.call_outs * WEEKS_A_MONTH


def paid_hours(usage: Usage) -> float:
    """Hours a month that are paid for them."""
    return usage.paid_on_call * WEEKS_A_MONTH


def being_on_call(hours: Week) -> str:
    """Of being on call at a price."""
    return say("on call {hours}", hours=written(str(hours)))


def each_call_out() -> str:
    """Of what each call-out is paid."""
    return say("call-outs, however long they last")


def hours_of_call_outs(minimum: float) -> str:
    """Of what their hours are paid.

    Args:
        minimum: minutes that each is paid for at least.
    """
    if minimum:
        return say("call-outs, each for {minutes} at least", minutes=written(f"{minimum:g} min"))
    return say("call-outs, as long as they last")
