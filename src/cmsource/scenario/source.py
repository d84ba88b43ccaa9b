"""Sources: everybody who can do the work. Each kind is a model of its own in `scenario.kinds`."""

from collections.abc import Set
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, Self, get_args

from pydantic import Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from cmsource.scenario.node import Node, Tree
from cmsource.scenario.record import ByName, Record
from cmsource.scenario.standard_job import StandardJob
from cmsource.values.language import say
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Share
from cmsource.values.quantities import PriceTag
from cmsource.values.time_types import Duration, WeekHours
from cmsource.values.week import EMPTY, Week
from cmsource.values.word_types import Text

if TYPE_CHECKING:  # which rests on sources
    from cmsource.scenario.draft import Draft

KIND = Field(description=say("What sort of source this is; decides the other keys."))
"""The key of each kind, whose type says the kind's word."""


class OwnPrice(NamedTuple):
    """A wage or a price of market that a source gives.

    Attributes:
        fact: the key under which a country says it.
        value: an hour of it; None where that cannot be read.
        key: the key of the source that gives it.
    """

    fact: str
    value: float | None
    key: str


class Worth(NamedTuple):
    """What an amount of one period comes to for another.

    Attributes:
        amount: as one would write it: ``16.48/h``.
        hours: a week that the amount of the longer period is for.
    """

    amount: str
    hours: float


class Source(Record):
    """Somebody who can do the work.

    What tells the kinds apart for everybody else stands here; each kind says what it is.

    Attributes:
        place: where the kind stands among all kinds.
        also: French words for the kind in a file.
        role: its part in the standard options; "" for none.
        in_house: whether it belongs to the company.
        teaches: whether it brings method to others, and carries none of the job itself.
        replaced: whether its provider replaces people who are gone.
        works_elsewhere: whether it gives the job some hours of a full-time post.
        software: whether it is software: it answers messages, and is nobody who could watch.
        cursor_end: the end of the cursor that it can be; "" for neither.
        cursor_rank: which kind goes first at that end, from 1.
        no_cursor_end: why it can be neither.
        own_time_key: its key for the company's own hours that it takes; "" for none.
    """

    place: ClassVar[int]
    also: ClassVar[tuple[str, ...]] = ()
    role: ClassVar[str] = ""
    in_house: ClassVar[bool] = False
    teaches: ClassVar[bool] = False
    replaced: ClassVar[bool] = False
    works_elsewhere: ClassVar[bool] = False
    software: ClassVar[bool] = False
    cursor_end: ClassVar[Literal["outside", "inside", ""]] = ""
    cursor_rank: ClassVar[int] = 1
    no_cursor_end: ClassVar[str] = ""
    noun: ClassVar[str] = ""
    own_time_key: ClassVar[str] = ""

    _name: ClassVar[str] = ""

    kind: Annotated[str, Text()] = KIND
    label: Annotated[str, Text()] = Field("", description="Name for people.")
    skills: tuple[Annotated[str, Text()], ...] = Field(
        (), description="Skills it has, of needs.skills."
    )
    on_duty: Annotated[Week, WeekHours()] = Field(
        Week.empty(), description="Hours of the week in which it watches and answers."
    )
    starts_after: Annotated[float, Duration("month", bare=True)] = Field(
        0.0,
        description="Time until it is at work: recruitment, contract; comes before the horizon.",
    )
    ramp_up: Annotated[float, Duration("month", bare=True)] = Field(
        0.0, description="Time at half capacity after the start."
    )
    answer_delay: Annotated[float, Duration("minute", bare=False)] = Field(
        0.0, description="Time it needs before it can answer a message."
    )
    escalates: Annotated[float, Share()] = Field(
        0.0, description="Share of messages it has to ask the company about."
    )
    escalation_delay: Annotated[float, Duration("minute", bare=False)] = Field(
        0.0, description="Time until an escalated message has its answer."
    )
    takes: Annotated[
        dict[str, Annotated[float, Share()]],
        ByName(say("activity"), "messages", or_one=True, otherwise=1.0),
    ] = Field(
        {},
        description="Largest share of an activity that it takes: 30%, or a map by activity "
        "(messages, …).",
    )
    correlated: Annotated[float, Share()] = Field(
        0.0, description="How closely the ranges of its values move together in `simulate`."
    )

    @classmethod
    def word(cls) -> str:
        """The word for the kind in a file."""
        (word,) = get_args(cls.model_fields["kind"].annotation)
        return str(word)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        found: dict[str, Any] = handler(schema)
        kind = handler.resolve_ref_schema(found).get("properties", {}).get("kind", {})
        if cls.also and "const" in kind:
            kind["enum"] = [kind.pop("const"), *cls.also]
        return found

    @classmethod
    def meaning(cls) -> str:
        """One sentence about the kind."""
        return (cls.__doc__ or "").partition("\n")[0]

    @classmethod
    def standard(cls, job: StandardJob) -> Tree:
        """What the source of this kind in the standard options says beside its kind."""
        return {}

    @classmethod
    def own_price(cls, draft: "Draft") -> OwnPrice | None:
        """What it says of the market where no country does; None where it says nothing."""
        return None

    @classmethod
    def worth(cls, wanted: Amount, found: PriceTag, node: Node) -> Worth | None:
        """What an amount of another period comes to; None where its other keys do not say.

        Args:
            wanted: what the key takes.
            found: the amount and its period.
            node: the source.
        """
        return None

    @property
    def takes_own_time(self) -> bool:
        """Whether it takes hours of those who tutor, manage and coordinate."""
        return bool(self.own_time_key) and getattr(self, self.own_time_key).amount > 0

    @property
    def name(self) -> str:
        """Its name in the scenario."""
        return self._name

    def named(self, name: str) -> Self:
        """This source, which has from now on a name."""
        return self._knowing(_name=name)

    @property
    def is_steered(self) -> bool:
        """Whether in-house time to steer it is counted."""
        return False

    @classmethod
    def kept(cls, said: Set[str]) -> tuple[str, ...]:
        """Keys of which an option takes over what was filled in for the source that it changes.

        Args:
            said: the keys that the option gives itself.
        """
        return ()

    def varied_from(self, base: "Source", said: Set[str] = frozenset()) -> Self:
        """This source as an option's variant of another one.

        Args:
            base: the source that the option changes.
            said: the keys that the option gives itself.
        """
        return self

    def relieved(self, others: Week) -> Self:
        """The same source beside others who are on duty in those hours.

        It goes on as it is, unless its watch is bought by the hour.
        """
        return self

    @property
    def has_ceiling(self) -> bool:
        """Whether it does no more hours than are agreed on, however many its duty has."""
        return False

    @property
    def hours_on_call(self) -> Week:
        """Hours in which it can be called out, besides those in which it is on duty."""
        return EMPTY

    @property
    def answers_in(self) -> Week:
        """Hours in which it answers messages, on duty or on call."""
        on_call = self.hours_on_call
        return self.on_duty.union(on_call) if on_call else self.on_duty

    @property
    def days_of_duty(self) -> int:
        """Days of the week with any duty: what ``h/day`` means for it; 5 without duty."""
        return len(self.on_duty.days) or 5

    @property
    def weekly_hours(self) -> float:
        """Hours a week that one person of it gives to the job; 0 for providers."""
        return 0.0

    def largest_share(self, activity: str) -> float:
        """Largest share of an activity (``messages`` or a planned one) that it takes."""
        return self.takes.get(activity, self.takes.get("", 1.0))
