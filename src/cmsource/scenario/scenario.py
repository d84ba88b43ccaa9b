"""The scenario: what is needed, what it must reach, who could do it, and how they are combined.

Frozen values, complete and checked by the reading room. Units: money in the scenario's currency
(per hour, month or year as the field says), work in hours a week, durations in months or minutes
as the field says, shares from 0 to 1. Each record knows where its fields came from.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, SkipValidation
from pydantic_core import CoreSchema, core_schema

from cmsource.countries import Country
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.company import Company
from cmsource.scenario.context import Context
from cmsource.scenario.expectations import Expectation, expect_keys
from cmsource.scenario.kinds import AnySource
from cmsource.scenario.needs import Needs
from cmsource.scenario.options import Members, Option, OptionKeys
from cmsource.scenario.prices import Prices
from cmsource.scenario.record import ByName, Record
from cmsource.scenario.require import OrNothing, Require
from cmsource.scenario.tools import Tool
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import CODES, say
from cmsource.values.money_types import Amount, Currency
from cmsource.values.time_types import Day, Duration
from cmsource.values.word_types import Choice, Text

SHORTEST_HORIZON = 12 / 365
"""Months: a day, over which costs are added up at least."""


class _InFiles:
    """Annotates a field that a file writes in another form than the scenario holds it."""

    def __init__(self, form: Callable[[], Any]) -> None:
        self._form = form

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        from pydantic import TypeAdapter

        return handler(TypeAdapter(self._form()).core_schema)


def _options() -> Any:  # noqa: ANN401 - a type
    return dict[str, Members | OptionKeys | None]


class _InFilesAlone(_InFiles):
    """The same for a field that the scenario holds as reading made it."""

    def __get_pydantic_core_schema__(self, _: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.any_schema()


class Brand(NamedTuple):
    """A brand of a portfolio, whose sources others share: its own scenario says what its job is.

    Attributes:
        name: as the portfolio calls it.
        scenario: its own, with the sources and options that it would have alone.
    """

    name: str
    scenario: "Scenario"


class ScenarioKeys(Record):
    """Who should run a social-media presence, what it costs and covers."""

    needs: Needs = Field(description=say("What the job is."))
    brands: Annotated[tuple[Brand, ...], _InFilesAlone(lambda: dict[str, str])] = Field(
        (),
        description="Scenarios of brands that share the sources, by name: their needs added up are "
        "the job.",
    )
    country: Annotated[str, Text()] = Field(
        "", description="Country whose labour rules and prices fill the gaps, such as FR."
    )
    currency: Annotated[str, Currency()] = Field(
        "",
        description="Currency of all amounts, such as CHF; without a country nothing national is "
        "filled in.",
    )
    horizon: Annotated[float, Duration("month", bare=True, zero=False, maximum=600.0)] = Field(
        description=say("Months of service over which costs are added up, such as 24 months.")
    )
    name: Annotated[str, Text()] = Field("", description="Name of the scenario, for people.")
    language: Annotated[str | None, Choice(*CODES)] = Field(
        None, description="Language of everything that is told about it: en or fr."
    )
    start: Annotated[date | None, Day()] = Field(
        None, description="First day; decides which rules are in force. Else an average year."
    )
    region: Annotated[str | None, Text()] = Field(
        None, description="Region with rules or public holidays of its own: CA, Zürich, Moselle."
    )
    prices: Prices = Field(
        default_factory=Prices.model_construct, description="How prices move over the years."
    )
    company: Company = Field(
        default_factory=Company.model_construct, description="The company that decides."
    )
    own_time: Annotated[float | None, Amount("hour", usual="35")] = Field(
        None, description="Cost of an hour really worked of those who tutor, manage and coordinate."
    )
    require: Annotated[Require, OrNothing()] = Field(
        default_factory=Require.model_construct,
        description="What an option must reach to be eligible; none asks for nothing.",
    )
    context: Context = Field(
        default_factory=Context.model_construct, description="What cannot be counted."
    )
    tools: Annotated[dict[str, Tool], ByName(say("tool"), "inbox")] = Field(
        {}, description="Software that the job takes, by name."
    )
    sources: Annotated[dict[str, AnySource], ByName(say("source"), "cm")] = Field(
        {}, description="Who could do the work, by name."
    )
    options: Annotated[
        tuple[Option, ...], _InFiles(lambda: dict[str, Members | OptionKeys | None])
    ] = Field(
        (),
        description="Ways to organise the job, by name: lists of sources, or phases of such lists.",
    )
    expect: Annotated[tuple[Expectation, ...], _InFilesAlone(expect_keys)] = Field(
        (), description="What the result should be; asserted in CI."
    )


class Scenario(ScenarioKeys):
    """One scenario, complete: what `cmsource.compare` takes.

    Attributes:
        file: the name under which it was read.
        country_data: the sourced values it rests on.
        assumptions: everything that was filled in.
        inputs: what it gave, by path.
        warnings: what reading wants to say.
    """

    file: str = ""
    country_data: SkipValidation[Country | None] = None
    assumptions: SkipValidation[Sequence[Assumption]] = ()
    inputs: SkipValidation[Mapping[str, str]] = Field(default_factory=dict)
    warnings: SkipValidation[tuple[Diagnostic, ...]] = ()
