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

from cmsource.scenario.kinds import KINDS
from cmsource.scenario.record import Frozen, Record
from cmsource.scenario.source import Source
from cmsource.values.time_types import Duration
from cmsource.values.word_types import Text

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
    """One way to organise the job."""

    name: str
    label: str
    phases: tuple[Phase, ...]


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
    sources: Members = Field(description="Sources in order of priority.")


class OptionKeys(Record):
    """An option as a file writes it, when it is more than a list of sources."""

    label: Annotated[str | None, Text()] = Field(None, description="Name for people.")
    sources: Members | None = Field(None, description="Sources in order of priority.")
    phases: Annotated[list[PhaseKeys], Field(min_length=1)] | None = Field(
        None, description="Runs of months with the same sources."
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
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    return create_model("Override", __config__=config, **keys)
