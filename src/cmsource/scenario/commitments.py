"""What a longer commitment saves: shares off, by how long one commits."""

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from cmsource.scenario.record import ByName
from cmsource.values.language import say
from cmsource.values.quantities import QuantityError
from cmsource.values.time_types import Duration

_LENGTH = Duration("month", bare=True, zero=False)


class ByCommitment(ByName):
    """Annotates a map from lengths of time: ``{12 months: 10%, 24 months: 15%}``."""

    def __init__(self) -> None:
        super().__init__(say("commitment"), "12 months")

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        found = super().__get_pydantic_core_schema__(source, handler)
        return core_schema.no_info_after_validator_function(_of_some_length, found)


def _of_some_length(found: dict[str, float]) -> dict[str, float]:
    for name in found:
        try:
            months_of(name)
        except QuantityError as error:
            raise error.inside(name) from None
    return found


def months_of(name: str) -> float:
    """The months of a commitment, such as ``12 months`` or ``1 year``.

    Raises:
        QuantityError: it is no length of time.
    """
    return _LENGTH.value(name)
