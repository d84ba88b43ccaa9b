"""What running ads costs: a share of what is spent on them."""

from typing import Annotated

from pydantic import Field

from cmsource.scenario.record import Record
from cmsource.values.language import say
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Share


class AdFee(Record):
    """A fee for running ads."""

    share: Annotated[float, Share()] = Field(
        description=say("Share of needs.ad_spend, such as 12%; the spend itself is in no total.")
    )
    minimum: Annotated[float, Amount("month", usual="300")] = Field(
        0.0, description="Least fee a month, whatever is spent."
    )
