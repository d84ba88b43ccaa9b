"""Options: ways to organise the job, as lists of sources and as phases of such lists."""

from functools import cache
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    InstanceOf,
)
from pydantic_core import CoreSchema

from cmsource.countries import Country
from cmsource.scenario.biller import in_short
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.placement import Placement
from cmsource.scenario.record import Frozen, Record
from cmsource.scenario.source import Source
from cmsource.values.language import Said, say
from cmsource.values.time_types import Duration
from cmsource.values.word_types import Text, YesNo

RESERVED = ("recommended", "eligible", "not_eligible")
"""Names that no option can have, because they mean something else under ``expect``."""


_MONTHS = Duration("month", bare=True)


class Phase(Frozen):
    """A run of months of an option with the same sources, in order of priority.

    Attributes:
        start: first month, from 0.
        months: length.
        sources: the sources at work, with the option's overrides applied.
    """

    start: Annotated[float, _MONTHS]
    months: Annotated[float, _MONTHS]
    sources: tuple[InstanceOf[Source], ...]


class Option(Frozen):
    """One way to organise the job.

    Attributes:
        name: in the scenario.
        label: for people.
        phases: in order.
        lawful: whether the scenario says that the law allows it.
    """

    name: str
    label: InstanceOf[str]  # keeps what it is in other languages
    phases: tuple[Phase, ...]
    lawful: bool = False

    def forbidden(self, country: Country) -> str:
        """What the law has against it, with the article; "" for nothing.

        France: interns may not fill a permanent post, which they do where nobody else of the
        company is there with them.
        """
        fact = country.facts.get("intern_permanent_post")
        if fact is None or self.lawful:
            return ""
        alone = any(_interns_alone(phase.sources) for phase in self.phases)
        return say("{what}: {source}", what=say(fact.value), source=fact.source) if alone else ""


def _interns_alone(sources: tuple[Source, ...]) -> bool:
    """Whether interns do the job with nobody else of the company."""
    interns = [source for source in sources if isinstance(source, Placement)]
    others = any(source.in_house and not isinstance(source, Placement) for source in sources)
    return not others and any(not intern.lawful for intern in interns)


class _MembersInFiles:
    """Annotates the sources of an option as a file writes them: names, and changed sources."""

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        from pydantic import TypeAdapter

        override: Any = overrides()
        changed = Annotated[dict[str, override], Field(min_length=1, max_length=1)]
        members: Any = Annotated[list[str | changed], Field(min_length=1)]
        return handler(TypeAdapter(members).core_schema)


Members = Annotated[tuple[Any, ...], _MembersInFiles()]


class PhaseKeys(Record):
    """A phase as a file writes it."""

    months: Annotated[float | None, Duration("month", bare=True, zero=False)] = Field(
        None, description="Length of the phase."
    )
    sources: Members = Field(description=say("Sources in order of priority."))


class OptionKeys(Record):
    """An option as a file writes it, when it is more than a list of sources."""

    label: Annotated[str | None, Text()] = Field(None, description="Name for people.")
    sources: Members | None = Field(None, description=say("Sources in order of priority."))
    phases: Annotated[list[PhaseKeys], Field(min_length=1)] | None = Field(
        None, description="Runs of months with the same sources."
    )
    lawful: Annotated[bool | None, YesNo()] = Field(
        None, description="Whether the law allows it, where it would be taken to forbid it."
    )


@cache
def overrides() -> type[BaseModel]:
    """The keys of any kind: what an option, or a file that extends another, may say of a source.

    Which of them fit depends on the source's kind.
    """
    from pydantic import create_model

    keys: dict[str, Any] = {}
    for kind in KINDS.values():
        for name, field in kind.model_fields.items():
            value = Field(None, description=field.description)
            annotation: Any = field.annotation
            for each in field.metadata:
                annotation = Annotated[annotation, each]
            keys.setdefault(name, (annotation, value))
    del keys["kind"]
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, json_schema_extra=in_short)
    return create_model("Override", __config__=config, **keys)


def option_or_phase(option: str, number: int, count: int) -> Said:
    """An option, or a phase of it where it has several, at the start of a message.

    Args:
        option: its name.
        number: of the phase, from 0.
        count: of its phases.
    """
    if count == 1:
        return say("option `{option}`", option=option)
    return say("option `{option}` in phase {number}", option=option, number=number + 1)
