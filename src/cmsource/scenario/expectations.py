"""What a scenario asserts of its own result."""

from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, create_model

from cmsource.scenario.bounds import Bound
from cmsource.scenario.figures import FIGURES
from cmsource.values.diagnostics import Place


class Expectation(NamedTuple):
    """One thing that a scenario asserts of its own result.

    Attributes:
        subject: ``recommended``, ``eligible``, ``not_eligible`` or the name of an option.
        figure: the figure asserted, for an option.
        bound: the text of the assertion, such as ``<= 90000``, or the names expected.
        test: the bound as a comparison, for a figure.
        place: where it is asked for, with its line of source.
    """

    subject: str
    figure: str
    bound: str | tuple[str, ...]
    ref: str
    test: Bound | None = None
    place: Place | None = None


@cache
def expect_keys() -> type[BaseModel]:
    """What the result should be, as a file writes it: names of options, and bounds on figures."""
    bounds: dict[str, Any] = {
        name: (
            bool | None if figure.unit == "flag" else str | None,
            Field(None, description=f"{figure.meaning[:1].upper()}{figure.meaning[1:]}."),
        )
        for name, figure in FIGURES.items()
    }
    figures: Any = create_model("BoundKeys", __config__=ConfigDict(extra="forbid"), **bounds)

    class ExpectKeys(BaseModel):
        """What the result should be, by figure of each option."""

        model_config = ConfigDict(extra="allow")
        __pydantic_extra__: dict[str, figures | None]

        recommended: str | None = Field(None, description="The option to recommend.")
        eligible: list[str] | None = Field(None, description="Options that must be eligible.")
        not_eligible: list[str] | None = Field(
            None, description="Options that must not be eligible."
        )

    return ExpectKeys
