"""Assistants."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cmsource.scenario.biller import RESOLUTIONS, Biller, Piece
from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.inclusion import Included
from cmsource.scenario.source import KIND
from cmsource.scenario.tiers import PricesOfOne, UnitPrices
from cmsource.values.language import listed, say
from cmsource.values.money_types import Price
from cmsource.values.number_types import Share
from cmsource.values.quantities import Hours, PriceTag, QuantityError
from cmsource.values.time_types import Duration, Effort, WeekHours
from cmsource.values.week import ALWAYS, Week

PRICES = ("price", "retainer", "per", "packages")
"""Ways to say what it costs; at least one of them is said."""

_FIN = say("Intercom Fin, help page and blog, 2026: {what}")
_ASKED = _FIN.with_places(what=say("0.99 $ an outcome"))
_PRICE = assumed("0.99/resolution", "price", _ASKED, "V")
_LIKE_A_DOLLAR = ("EUR", "CHF", "GBP", "CAD")
"""Currencies of which a unit is worth about a dollar, so that a price in dollars says something."""
_AS_MANY = assumed(
    "0.99/resolution",
    "price",
    listed([_ASKED, say("taken as 0.99 of this currency; ask for yours")], say("; ")),
)
_RESOLVES = assumed(
    "67%", "resolves", _FIN.with_places(what=say("67 % resolved on average, as claimed")), "V"
)
_WRONG = assumed(
    "3%",
    "wrong",
    say("no published figure: some of its answers are wrong; read a sample of them"),
)
_NOTICED_AFTER = assumed(
    "24 h", "noticed_after", say("whoever got a wrong answer writes again the next day")
)
_HAND_OVER = assumed("2 min", "hand_over", say("whoever takes over reads first what has been said"))
_SUPERVISION = assumed(
    "2 h/week", "supervision", say("somebody reads its answers and keeps what it knows up to date")
)


class Assistant(Biller):
    """Software that answers messages, and hands over those that it cannot answer."""

    place: ClassVar[int] = 8
    also: ClassVar[tuple[str, ...]] = (
        "chatbot",
        "agent conversationnel",
        "assistant conversationnel",
        "agent ia",
        "assistant ia",
    )
    noun: ClassVar[str] = say("assistant")
    software: ClassVar[bool] = True
    answers: ClassVar[str] = RESOLUTIONS
    no_cursor_end: ClassVar[str] = say("software answers messages and can carry no job alone")
    own_time_key: ClassVar[str] = "supervision"

    kind: Literal["assistant"] = KIND
    on_duty: Annotated[Week, WeekHours()] = Field(
        ALWAYS, description="Hours of the week in which it answers; always, unless given."
    )
    per: Annotated[dict[str, UnitPrices], PricesOfOne(say("activity"), RESOLUTIONS)] = Field(
        {}, description=Biller.model_fields["per"].description
    )
    price: Annotated[PriceTag | None, Price("resolution", "month")] = Field(
        None,
        description="Price of a message that it answers (0.99/resolution), or of a month.",
        validate_default=True,
    )
    resolves: Annotated[float, Share()] = Field(
        0.0, description="Share of the messages that it may take that it answers."
    )
    wrong: Annotated[float, Share()] = Field(
        0.0, description="Share of its answers that are wrong; they come back as work for people."
    )
    noticed_after: Annotated[float, Duration("minute", bare=False)] = Field(
        0.0, description="Time until a wrong answer comes back."
    )
    hand_over: Annotated[float, Duration("minute", bare=False)] = Field(
        0.0, description="Time that people need more for a message that it had before them."
    )
    supervision: Annotated[Hours, Effort(bare=True)] = Field(
        Hours(0.0, "week"),
        description="In-house hours to read and improve its answers, such as 2 h/week; own time.",
    )

    @field_validator(PRICES[0])
    @classmethod
    def _priced(cls, value: PriceTag | None, info: ValidationInfo) -> PriceTag | None:
        if value is not None and value.per == "resolution":
            if RESOLUTIONS in info.data.get("per", ()):
                words = {"first": f"per.{RESOLUTIONS}", "other": PRICES[0]}
                raise PydanticCustomError("exclusive", "there is both {first} and {other}", words)
        # A price that could not be read is not in what is known, and is no missing one.
        elif value is None and not any(info.data.get(key, True) for key in PRICES[1:]):
            words = {
                "keys": say("`price` nor `retainer`"),
                "first": PRICES[0],
                "hint": say(
                    "write price: 0.99/resolution, or price: 500/month (Intercom asked 0.99 $ for "
                    "an outcome of Fin in 2026)"
                ),
            }
            raise PydanticCustomError("none_of", "there is neither {keys}", words)
        return value

    @field_validator("per")
    @classmethod
    def _sold(cls, value: Mapping[str, UnitPrices]) -> Mapping[str, UnitPrices]:
        for name in value:
            if name != RESOLUTIONS:
                raise QuantityError(
                    say("what software does is counted in resolutions"),
                    say("write per: {resolutions: 0.99}"),
                ).inside(name)
        return value

    @field_validator("included")
    @classmethod
    def _of_resolutions(cls, value: Mapping[str, Included]) -> Mapping[str, Included]:
        for name, each in value.items():
            if name != RESOLUTIONS or not isinstance(each, float):
                error = QuantityError(
                    say("what software includes is counted in resolutions"),
                    say("write included: {resolutions: 50/month}"),
                )
                raise error.inside(name) if name else error
        return value

    @property
    def fees(self) -> Mapping[str, float]:
        """What a month costs whatever it answers, by the key under which it was given."""
        if self.price is None or self.price.per != "month":
            return super().fees
        return {"price": self.price.amount, **super().fees}

    def pieces(self) -> Iterator[Piece]:
        """What has a price for one: resolutions, whose number follows from what it resolves."""
        if self.price is not None and self.price.per == "resolution":
            yield Piece(RESOLUTIONS, self.price.amount, "price", ("resolves",))
        for piece in super().pieces():
            yield piece._replace(depends=("resolves",))

    @field_validator("escalates")
    @classmethod
    def _hands_over(cls, value: float) -> float:
        if value > 0:
            raise QuantityError(
                say("software hands over what it cannot answer, and asks nobody"),
                say("leave it out, and say under `resolves` how much it answers"),
            )
        return value

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill what its vendor asks and claims, and what it takes of people's time."""
        if draft.lacks(*PRICES):
            currency = draft.defaults.country.currency
            if currency == "USD":
                draft.fill("price", _PRICE)
            elif currency in _LIKE_A_DOLLAR:
                draft.fill("price", _AS_MANY)
        draft.fill("resolves", _RESOLVES)
        draft.fill("wrong", _WRONG)
        draft.fill("noticed_after", _NOTICED_AFTER)
        draft.fill("hand_over", _HAND_OVER)
        draft.fill("supervision", _SUPERVISION)
