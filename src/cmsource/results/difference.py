"""What differs between two results of one scenario: frozen values, nothing computed here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Changed(NamedTuple):
    """A named value that differs; None on the side where it is not there."""

    name: str
    old: str | None
    new: str | None


class ShareChanged(NamedTuple):
    """A share that differs, from 0 to 1; None where there was nothing to measure."""

    name: str
    old: float | None
    new: float | None


class OptionChange(NamedTuple):
    """What changed in one option.

    Attributes:
        name: the option.
        label: its name for people.
        old_cents: its total before; None when the option is new.
        new_cents: its total now; None when the option is gone.
        old_eligible: whether it met every requirement; None when it is new.
        new_eligible: whether it does now; None when it is gone.
        shares: shares of coverage that differ.
    """

    name: str
    label: str
    old_cents: int | None
    new_cents: int | None
    old_eligible: bool | None
    new_eligible: bool | None
    shares: tuple[ShareChanged, ...] = ()


class Move(NamedTuple):
    """The costs of one source and category of an option that came to another sum.

    Attributes:
        option: the option they belong to.
        source: the source or tool.
        category: one of `cmsource.results.entry.CATEGORIES`.
        old_cents: their sum before, 0 when there were none.
        new_cents: their sum now.
        old_why: the arithmetic before of the one among them that moved most, "" when there was
            none.
        new_why: its arithmetic now, "" when there is none.
    """

    option: str
    source: str
    category: str
    old_cents: int
    new_cents: int
    old_why: str = ""
    new_why: str = ""

    @property
    def cents(self) -> int:
        """How much more it costs now."""
        return self.new_cents - self.old_cents


class Difference(NamedTuple):
    """Two results of one scenario side by side.

    Attributes:
        name: the scenario's name now.
        file: its file now.
        old_file: its file before.
        currency: the currency of the new amounts.
        old_currency: that of the old ones.
        old_recommended: the option recommended before, or None.
        new_recommended: the option recommended now, or None.
        old_cents: total of the option recommended before.
        new_cents: total of the option recommended now.
        options: the options in which something changed, in the order of the scenario.
        inputs: what the scenario itself says differently.
        assumptions: what is assumed differently.
        moves: the costs that differ, largest first.
        inputs_known: whether both results carry the values that the scenario gave.
        labels: how options are called for people, by their names, as far as that is known.
    """

    name: str
    file: str
    old_file: str
    currency: str
    old_currency: str
    old_recommended: str | None
    new_recommended: str | None
    old_cents: int | None
    new_cents: int | None
    options: tuple[OptionChange, ...] = ()
    inputs: tuple[Changed, ...] = ()
    assumptions: tuple[Changed, ...] = ()
    moves: tuple[Move, ...] = ()
    inputs_known: bool = True
    labels: Mapping[str, str] = MappingProxyType({})

    def label(self, name: str | None) -> str | None:
        """How an option is called for people."""
        return name if name is None else self.labels.get(name, name)

    @property
    def same_result(self) -> bool:
        """Whether recommendation, totals and coverage are what they were."""
        return (
            not self.options
            and self.old_recommended == self.new_recommended
            and self.currency == self.old_currency
        )

    @property
    def nothing(self) -> bool:
        """Whether nothing at all differs."""
        return self.same_result and not (self.inputs or self.assumptions or self.moves)

    @property
    def more_cents(self) -> int | None:
        """How much more the recommended option costs; None when that cannot be said."""
        if self.old_cents is None or self.new_cents is None:
            return None
        return None if self.currency != self.old_currency else self.new_cents - self.old_cents

    @property
    def increase(self) -> float | None:
        """By which share the recommended option costs more; None when that cannot be said."""
        more = self.more_cents
        if more is None or not self.old_cents:
            return None
        return more / self.old_cents
