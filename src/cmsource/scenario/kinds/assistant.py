"""Assistants."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.inclusion import Included, Inclusion, Inclusions
from cmsource.scenario.source import KIND, Source
from cmsource.values.language import listed, say
from cmsource.values.money_types import Amount, Price
from cmsource.values.number_types import Share
from cmsource.values.quantities import Hours, PriceTag, QuantityError
from cmsource.values.time_types import Duration, Effort, WeekHours
from cmsource.values.week import ALWAYS, Week

RESOLUTIONS = "resolutions"
"""What is inside its retainer, by the name under which it is counted."""

PRICES = ("price", "retainer")
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


class Assistant(Source):
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
    no_cursor_end: ClassVar[str] = say("software answers messages and can carry no job alone")
    own_time_key: ClassVar[str] = "supervision"

    kind: Literal["assistant"] = KIND
    on_duty: Annotated[Week, WeekHours()] = Field(
        ALWAYS, description="Hours of the week in which it answers; always, unless given."
    )
    price: Annotated[PriceTag | None, Price("resolution", "month")] = Field(
        None, description="Price of a message that it answers (0.99/resolution), or of a month."
    )
    retainer: Annotated[float, Amount("month")] = Field(
        0.0,
        description="Fee a month, whatever it answers.",
        validate_default=True,
    )
    included: Annotated[dict[str, Annotated[Included, Inclusion()]], Inclusions()] = Field(
        {}, description="Resolutions a month inside the retainer: {resolutions: 50/month}."
    )
    min_months: Annotated[float, Duration("month", bare=True)] = Field(
        0.0, description="Shortest commitment; leaving earlier is paid for."
    )
    notice: Annotated[float, Duration("month", bare=True)] = Field(
        0.0, description="Notice that is paid where it is left for another phase."
    )
    setup: Annotated[float, Amount(None)] = Field(0.0, description="One-off price of starting.")
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

    @field_validator(PRICES[-1])
    @classmethod
    def _priced(cls, value: float, info: ValidationInfo) -> float:
        """A price that could not be read is not in what is known, and is no missing one."""
        if value == 0 and info.data.get("price", value) is None:
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

    @field_validator("included")
    @classmethod
    def _of_resolutions(cls, value: Mapping[str, Included]) -> Mapping[str, Included]:
        for name, each in value.items():
            if name != RESOLUTIONS or not isinstance(each, float):
                error = QuantityError(
                    say("what software includes is counted in resolutions"),
                    say("write included: {{resolutions: 50/month}}"),
                )
                raise error.inside(name) if name else error
        return value

    @property
    def included_a_month(self) -> float:
        """Resolutions a month that cost nothing more."""
        found = self.included.get(RESOLUTIONS, 0.0)
        return found if isinstance(found, float) else 0.0

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
