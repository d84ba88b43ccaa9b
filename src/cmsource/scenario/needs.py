"""What the job is: hours to watch, messages to answer, work to do."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, NamedTuple

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from cmsource.scenario.activity import Activity, HoursOrUnits, Work
from cmsource.scenario.counts import COUNTS, a_week
from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.record import ByName, Record, check_only_one
from cmsource.scenario.seasons import MOST, ByMonths, Level, levels_of
from cmsource.values.diagnostics import did_you_mean
from cmsource.values.language import listed, say
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Frequency, Number, Share
from cmsource.values.quantities import QuantityError, ShapeError, has_two_readings
from cmsource.values.quantity_type import SMALLEST, Quantity
from cmsource.values.text import described
from cmsource.values.time_types import Duration, WeekHours
from cmsource.values.week import Week
from cmsource.values.word_types import Text

PROFILES = ("flat", "office", "evening", "weekend")
HOURS_OF_A_WEEK = 168
_MOST = 1e9

_ANSWER_WITHIN = assumed(
    "1h",
    "answer_within",
    say(
        "an hour is what 42 to 50 % of complainers expect (Social Habit 2012, "
        "Arise and Spider 2017)"
    ),
    "S",
)
MINUTES_EACH = assumed("5 min", "minutes_each", say("5 minutes a message (LiveAgent)"), "V")
"""What an answer takes where nobody says it."""

_PROFILE = assumed(
    "office", "profile", say("35 % of messages outside office hours; use your own log instead")
)


_IN_FRENCH = {
    "plat": "flat",
    "constant": "flat",
    "bureau": "office",
    "soir": "evening",
    "soirée": "evening",
    "week-end": "weekend",
}


_CONTENT = ("content", "contenu", "contenus", "posts", "publications")
"""Names of what goes out where no activity is counted in units."""


def published_of(work: Mapping[str, tuple[bool | None, bool]]) -> tuple[str, ...]:
    """The activities that go out to the public; see `Needs.published`.

    Args:
        work: of each activity, whether it is said to go out, and whether it is counted in units.
    """
    found = tuple(
        [name for name, (goes, units) in work.items() if goes or (goes is None and units)]
    )
    return found or tuple(
        [name for name, (goes, _) in work.items() if goes is None and name.lower() in _CONTENT]
    )


class ProfileError(ShapeError):
    """Something that is no arrival profile."""

    code = "E204"


class Profile(Quantity[str | tuple[float, ...]]):
    """The name of an arrival profile, or 168 weights, one for each hour from Monday 00:00.

    In a file they may also be in a file of their own, which is read before.
    """

    __slots__ = ()

    def __init__(self) -> None:
        names = listed(PROFILES)
        super().__init__(
            say("one of {names}, a list of 168 weights, or {{file: profile.csv}}", names=names)
        )

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return "arrival profile"

    def usual(self, text: str) -> str:
        """The usual name; see `Quantity.usual`."""
        return _IN_FRENCH.get(text, text)

    def value(self, raw: object, currency: str = "") -> str | tuple[float, ...]:
        """A profile; see `Quantity.value`."""
        if isinstance(raw, (list, tuple)):
            return self._weights(list(raw))
        if isinstance(raw, str) and self.usual(raw) in PROFILES:
            return self.usual(raw)
        hint = did_you_mean(raw, PROFILES, _IN_FRENCH) if isinstance(raw, str) else ""
        raise ProfileError(
            say("takes {what}, found {found}", what=self.expected, found=described(raw)), hint
        )

    def _weights(self, raw: list[object]) -> tuple[float, ...]:
        weights: list[float] = []
        for place, said in enumerate(raw):
            # Weights are shares of each other: nothing is grouped in them.
            each = float(said) if isinstance(said, str) and has_two_readings(said) else said
            number = isinstance(each, (int, float)) and not isinstance(each, bool)
            if not number or not (each == 0 or SMALLEST <= each <= _MOST):  # type: ignore[operator]
                message = say(
                    "a weight is a number from 0 to 1,000,000,000, found {found}",
                    found=described(each),
                )
                raise QuantityError(message, "").inside(place)
            weights.append(float(each))  # type: ignore[arg-type]
        if len(weights) != HOURS_OF_A_WEEK:
            need = say(
                "{count} weights are needed, one for each hour from Monday 00:00, found {found}",
                count=HOURS_OF_A_WEEK,
                found=len(weights),
            )
            raise QuantityError(need, "")
        if not any(weights):
            raise QuantityError(say("all weights are zero"), "")
        return tuple(weights)

    def json_schema(self) -> dict[str, object]:
        """A JSON Schema of names, weights and files of weights."""
        weights = {"type": "number", "minimum": 0}
        file = {"type": "string", "description": "CSV file with 168 rows."}
        return {
            "anyOf": [
                {"enum": [*PROFILES, *_IN_FRENCH]},
                {"type": "array", "items": weights, "minItems": 168, "maxItems": 168},
                {
                    "type": "object",
                    "properties": {"file": file},
                    "required": ["file"],
                    "additionalProperties": False,
                },
            ]
        }


class StandardReplies(Record):
    """Messages that are answered with a reply kept ready, in part of the time."""

    share: Annotated[float, Share()] = Field(
        description="Share of the messages that a reply kept ready answers."
    )
    takes: Annotated[float, Share(zero=False)] = Field(
        description="What such an answer takes, as a share of minutes_each."
    )

    @property
    def mean(self) -> float:
        """What an answer takes on average, as a share of what one takes without a reply ready."""
        return 1 - self.share + self.share * self.takes


class Messages(Record):
    """Messages that arrive and must be answered: the reactive work."""

    per_day: Annotated[float | None, Frequency("day")] = Field(
        None, description="Messages a calendar day, on average."
    )
    per_week: Annotated[float | None, Frequency("week")] = Field(
        None, description="Messages a week, on average."
    )
    per_month: Annotated[float | None, Frequency("month")] = Field(
        None, description="Messages a month, on average.", validate_default=True
    )
    minutes_each: Annotated[float, Duration("minute", bare=True, zero=False)] = Field(
        5.0, description="Time that one answer takes."
    )
    profile: Annotated[str | tuple[float, ...], Profile()] = Field(
        "office",
        description="When messages arrive: flat, office, evening, weekend, 168 weights from Monday "
        "00:00, or {file: profile.csv} with one row an hour.",
    )
    standard_replies: StandardReplies | None = Field(
        None,
        description="Replies kept ready for messages that come again and again, such as {share: "
        "40%, takes: 20%}.",
    )

    @field_validator(*COUNTS)
    @classmethod
    def _counted_once(cls, value: float | None, info: ValidationInfo) -> float | None:
        check_only_one(value, info, COUNTS)
        # A count that could not be read is not in what is known, and is no missing one either.
        last = info.field_name == COUNTS[-1] and value is None
        if last and all(info.data.get(key, 0) is None for key in COUNTS[:-1]):
            words = {
                "keys": say("per_day, per_week nor per_month"),
                "first": COUNTS[0],
                "hint": say("write per_day: 40"),
            }
            raise PydanticCustomError("none_of", "there is neither {keys}", words)
        return value

    @property
    def weekly(self) -> float:
        """Messages a week."""
        return a_week(self.per_day, self.per_week, self.per_month)

    @property
    def weekly_hours(self) -> float:
        """Hours of reactive work a week."""
        return self.weekly * self.mean_minutes / 60.0

    @property
    def mean_minutes(self) -> float:
        """Minutes that one answer takes on average, replies kept ready among them."""
        ready = self.standard_replies
        return self.minutes_each if ready is None else self.minutes_each * ready.mean

    def times(self, share: float) -> "Messages":
        """So many times as many messages."""
        return self.changed(
            **{key: count * share for key in COUNTS if (count := getattr(self, key)) is not None}
        )


class CountedWork(NamedTuple):
    """An activity that is counted in units: its name, units a week, the hours that each takes."""

    name: str
    weekly: float
    hours_each: float


class Needs(Record):
    """What the job is."""

    cover: Annotated[Week, WeekHours()] = Field(
        description=say("Hours of the week in which somebody must be watching.")
    )
    answer_within: Annotated[float, Duration("minute", bare=False, zero=False)] = Field(
        60.0, description="How soon a message wants its answer."
    )
    messages: Messages | None = Field(
        None, description="Messages that arrive and must be answered."
    )
    work: Annotated[
        dict[str, Annotated[Work, HoursOrUnits()]], ByName(say("activity"), "content")
    ] = Field(
        {},
        description="Planned work by activity, in hours, such as content: 6 h/week (h/day is a day "
        "with cover), or in units, such as posts: {per_month: 12, hours_each: 1.5}.",
    )
    seasons: Annotated[
        dict[
            str,
            Annotated[
                dict[str, Annotated[float, Share(MOST)]],
                ByName(say("activity"), "messages", or_one=True),
            ],
        ],
        ByMonths(),
    ] = Field(
        {},
        description="Months with more or less work, as shares of what is written: "
        "{nov-dec: 180%, aug: 40%}, or by activity {nov-dec: {messages: 180%}}.",
    )
    counts: Annotated[dict[str, Annotated[float, Number()]], ByName(say("count"), "networks")] = (
        Field(
            {},
            description="What else a price may depend on, such as {networks: 3}; it is no work.",
        )
    )
    ad_spend: Annotated[float | None, Amount("month", usual="2000")] = Field(
        None,
        description="What is spent on ads a month; it is in no total, only what running them "
        "costs.",
    )
    skills: tuple[Annotated[str, Text()], ...] = Field((), description="Skills that the job takes.")
    correlated: Annotated[float, Share()] = Field(
        0.0,
        description="How closely the ranges of messages and work move together in `simulate`.",
    )

    _level: ClassVar[Level | None] = None

    def levels(self) -> tuple[Level, ...]:
        """The different levels of work in a year; one where every month is the same."""
        return levels_of(self.seasons, tuple(self.work))

    def at(self, level: Level) -> "Needs":
        """What the job is in the months of a level, as if all months were like them."""
        if level.is_written:
            return self.changed(seasons={}) if self.seasons else self
        messages = None if self.messages is None else self.messages.times(level.messages)
        return self.changed(messages=messages, seasons={})._knowing(_level=level)

    @property
    def weekly_hours(self) -> float:
        """Hours of all work a week."""
        reactive = 0.0 if self.messages is None else self.messages.weekly_hours
        return reactive + sum(self.weekly_work().values())

    def weekly_work(self) -> dict[str, float]:
        """Hours of planned work a week, by activity."""
        days = len(self.cover.days)
        hours = {name: work.weekly(days) for name, work in self.work.items()}
        level = self._level
        if level is None:
            return hours
        return {name: level.shares[name] * each for name, each in hours.items()}

    def in_units(self) -> Sequence[CountedWork]:
        """The activities that are counted in units, in the scenario's order."""
        found = [
            CountedWork(name, work.weekly_units, work.hours_each)
            for name, work in self.work.items()
            if isinstance(work, Activity) and work.hours_each is not None
        ]
        level = self._level if found else None
        if level is None:
            return found
        return [each._replace(weekly=each.weekly * level.shares[each.name]) for each in found]

    def published(self) -> tuple[str, ...]:
        """The activities that go out to the public, in the scenario's order.

        Those that say so; of the others those in units, and where there are none either the one
        that is called content.
        """
        return published_of(
            {
                name: (work.published, work.hours_each is not None)
                if isinstance(work, Activity)
                else (None, False)
                for name, work in self.work.items()
            }
        )

    def skills_for(self) -> dict[str, frozenset[str]]:
        """The skills that whoever takes an activity must have, of those that ask for any."""
        return {
            name: frozenset(work.skills)
            for name, work in self.work.items()
            if isinstance(work, Activity) and work.skills
        }

    @property
    def all_skills(self) -> tuple[str, ...]:
        """Skills that the job takes, those of its activities included."""
        asked = [skill for work in self.work.values() for skill in getattr(work, "skills", ())]
        return tuple(dict.fromkeys((*self.skills, *asked))) if asked else self.skills

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill the cover, the time to answer, and how long messages take and when they come."""
        draft.fill("cover", draft.defaults.fact("office_hours"))
        messages = draft.within("messages", Messages)
        if messages is None or draft.lacks("messages"):
            return
        draft.fill("answer_within", _ANSWER_WITHIN)
        messages.fill("minutes_each", MINUTES_EACH)
        messages.fill("profile", _PROFILE)
        draft.tree["messages"] = messages.node()
