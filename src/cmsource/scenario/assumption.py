"""Values that the scenario did not give."""

from typing import NamedTuple

from cmsource.countries import Fact


class Assumption(NamedTuple):
    """A value that the scenario did not give.

    Attributes:
        path: the key that would replace it.
        value: the value, as one would write it.
        source: where the value is from.
        as_of: its date, "" when it has none.
        confidence: O official, O2 official read second-hand, S survey, V vendor, B press,
            D derived, G guess.
        ref: the reference under which ledger entries name it.
        money: whether the value is an amount of money.
    """

    path: str
    value: str
    source: str
    as_of: str
    confidence: str
    ref: str = ""
    money: bool = False

    @classmethod
    def of(
        cls, path: str, value: str, fact: Fact, ref: str, *, money: bool = False
    ) -> "Assumption":
        """The assumption that a key takes a sourced value."""
        return cls(path, value, fact.source, str(fact.as_of), fact.confidence, ref, money)
