"""What an option must reach to be eligible."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, create_model, model_validator
from pydantic_core import CoreSchema

from cmsource.scenario.figures import Figure, requirable
from cmsource.scenario.record import Record
from cmsource.values.money_types import Price
from cmsource.values.number_types import Share
from cmsource.values.quantities import PriceTag
from cmsource.values.time_types import Duration
from cmsource.values.word_types import Choice

NOTHING = ("none", "aucune")
"""What one writes in the place of requirements to ask for nothing."""


WORST, AVERAGE = "worst", "average"
"""Which months shares are held against, where there are seasons."""


def asks_for_nothing(data: object) -> bool:
    """Whether what stands in the place of requirements is a word that asks for nothing."""
    return isinstance(data, str) and data.strip().lower() in NOTHING


class OrNothing:
    """Annotates requirements in whose place a word may ask for nothing."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(NOTHING)}, handler(schema)]}


class _OrNothing(Record):
    @model_validator(mode="before")
    @classmethod
    def _nothing(cls, data: object) -> object:
        """A word that asks for nothing is a map without keys."""
        return {} if asks_for_nothing(data) else data


_LIMITS: Mapping[str, Any] = {
    "months": Annotated[float | None, Duration("month", bare=True)],
    "weeks": Annotated[float | None, Duration("week", bare=True)],
    "days": Annotated[float | None, Duration("day", bare=True)],
    "money": Annotated[PriceTag | None, Price("month", "total", bare="total")],
}
"""The type of a limit, by the unit of its figure; shares have limits of their own."""


def _key(figure: Figure) -> tuple[Any, Any]:
    """The type of the limit of a figure, and the field for it."""
    assert figure.requirement is not None
    share = Annotated[float | None, Share(figure.most)]
    limit = share if figure.unit == "share" else _LIMITS[figure.unit]
    return limit, Field(None, description=figure.requirement.meaning)


if TYPE_CHECKING:

    class Require(Record):
        """What an option must reach, in every phase, to be eligible: a key for each figure."""

        def __init__(self, **limits: object) -> None: ...

        def __getattr__(self, key: str) -> Any: ...  # noqa: ANN401 - as the figure says

else:
    _SEASON = (
        Annotated[str, Choice(WORST, AVERAGE, also={"pire": WORST, "moyenne": AVERAGE})],
        Field(
            WORST,
            description="Which months it is held against where there are seasons: worst, or "
            "average.",
        ),
    )
    Require = create_model(
        "Require",
        __base__=_OrNothing,
        __module__=__name__,
        __doc__="What an option must reach, in every phase, to be eligible.",
        **{key: _key(figure) for key, figure in requirable().items()},
        season=_SEASON,
    )
