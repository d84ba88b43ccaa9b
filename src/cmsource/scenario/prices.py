"""How prices move over the years."""

from typing import Annotated

from pydantic import Field

from cmsource.scenario.record import Record
from cmsource.values.number_types import Share


class Prices(Record):
    """How prices move over the years, and how later money is discounted."""

    wages: Annotated[float, Share(per_year=True)] = Field(
        0.0, description="Yearly rise of wages, from the second year on."
    )
    vendors: Annotated[float, Share(per_year=True)] = Field(
        0.0, description="Yearly rise of what agencies, freelancers, coaches and tools cost."
    )
    discount: Annotated[float | None, Share(per_year=True)] = Field(
        None, description="Yearly discount rate; asks for the present value."
    )
