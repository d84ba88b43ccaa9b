"""Tiers: prices that change with how much there is in a month."""

from collections.abc import Iterator, Sequence
from math import inf
from typing import Annotated, NamedTuple, TypeAlias

from pydantic import (
    Field,
    GetCoreSchemaHandler,
    ValidationError,
    ValidatorFunctionWrapHandler,
)
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

from cmsource.scenario.record import ByName, OrList, Record
from cmsource.scenario.unit_names import wrong_units
from cmsource.values.language import say
from cmsource.values.money_types import Amount, UnitPrice
from cmsource.values.number_types import Frequency
from cmsource.values.quantities import SUFFIX, QuantityError, in_full
from cmsource.values.written import written

WAYS = ("marginal", "whole")
"""What a tier's price is for: what falls into the tier, or the whole volume."""


class TierError(QuantityError):
    """Tiers that cannot be: they do not ascend, overlap, or end."""

    code = "E220"


class Tier(Record):
    """A step of a price."""

    up_to: Annotated[float | None, Frequency("month", zero=False)] = Field(
        None, description="How many a month it goes to, that number included; left out in the last."
    )


class UnitTier(Tier):
    """A step of a price for one."""

    price: Annotated[float, UnitPrice()] = Field(description="Price of one in this step.")


class HourTier(Tier):
    """A step of a price of an hour."""

    price: Annotated[float, Amount("hour", usual="75")] = Field(
        description="Price of an hour of work in this step."
    )


class DayTier(Tier):
    """A step of a price of a day."""

    price: Annotated[float, Amount("day")] = Field(
        description="Price of a day of work in this step."
    )


class Package(Tier):
    """A monthly price for up to so many of something."""

    price: Annotated[float, Amount("month", usual="900")] = Field(
        description="Price a month, whatever there is up to that number."
    )


class PricesOfOne(ByName):
    """Annotates a map of prices by what each is for one of, whose units say nothing else."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        by_name = super().__get_pydantic_core_schema__(source, handler)
        return core_schema.no_info_wrap_validator_function(_of_their_names, by_name)


def _of_their_names(value: object, read: ValidatorFunctionWrapHandler) -> object:
    found = read(value)
    wrong = [
        InitErrorDetails(type="value_error", loc=(), input=value, ctx={"error": error})
        for error in wrong_units(value)
    ]
    if wrong:
        raise ValidationError.from_exception_data("units", wrong)
    return found


RATES = ("hourly_rate", "day_rate")
"""Ways to say the price of work; a source says one of them at most."""

UnitPrices: TypeAlias = Annotated[float | tuple[UnitTier, ...], OrList(UnitPrice())]
HourPrices: TypeAlias = Annotated[
    float | tuple[HourTier, ...] | None, OrList(Amount("hour", usual="75", others=RATES))
]
DayPrices: TypeAlias = Annotated[
    float | tuple[DayTier, ...] | None, OrList(Amount("day", others=RATES))
]

Tiers: TypeAlias = Sequence[UnitTier] | Sequence[HourTier] | Sequence[DayTier] | Sequence[Package]


class Step(NamedTuple):
    """A tier between its bounds.

    Attributes:
        above: where it begins; what is more than that is in it.
        up_to: where it ends, that number included; infinite for the last.
        price: of one, or of a month for packages.
    """

    above: float
    up_to: float
    price: float


def steps(tiers: Tiers) -> Iterator[Step]:
    """The tiers with where each begins and ends."""
    above = 0.0
    for tier in tiers:
        up_to = inf if tier.up_to is None else tier.up_to
        yield Step(above, up_to, tier.price)
        above = up_to


def first_price(price: float | Tiers | None) -> float | None:
    """The price of the first one; None where there is none."""
    if price is None or isinstance(price, (int, float)):
        return price
    return price[0].price


def check_tiers(tiers: Tiers, *, open_end: bool = True) -> None:
    """Refuse tiers that do not ascend, or of which the last one ends.

    Args:
        tiers: in the order in which they are written.
        open_end: whether the last one must have no end.

    Raises:
        TierError: at the tier that is wrong.
    """
    if not tiers:
        raise TierError(say("there is no tier"), say("write a price, or tiers with one each"))
    before = 0.0
    for number, tier in enumerate(tiers):
        last = number == len(tiers) - 1
        if tier.up_to is None:
            if not last:
                raise TierError(
                    say("only the last tier goes on for ever; this one has no up_to"),
                    say("write up_to: with the last number that has this price"),
                ).inside(number)
            continue
        if tier.up_to <= before:
            raise (
                TierError(
                    say(
                        "the tiers do not ascend: up to {number} stands after up to {before}",
                        number=written(in_full(tier.up_to)),
                        before=written(in_full(before)),
                    ),
                    say("write them from the lowest up_to to the highest"),
                )
                .inside("up_to")
                .inside(number)
            )
        if last and open_end:
            raise (
                TierError(
                    say(
                        "nothing says what more than {number}{per} costs",
                        number=written(in_full(tier.up_to)),
                        per=SUFFIX["month"],
                    ),
                    say("leave up_to out of the last tier"),
                )
                .inside("up_to")
                .inside(number)
            )
        before = tier.up_to
