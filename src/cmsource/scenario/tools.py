"""Software that the job takes."""

from typing import Annotated

from pydantic import Field

from cmsource.scenario.record import Record
from cmsource.values.language import say
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Count
from cmsource.values.word_types import Choice, Text

_IN_FRENCH = {"équipe": "team", "equipe": "team", "poste": "seat", "personne": "seat"}


class Tool(Record):
    """Software that the job takes."""

    price: Annotated[float, Amount("month")] = Field(description=say("Price, such as 99/month."))
    per: Annotated[str, Choice("team", "seat", also=_IN_FRENCH)] = Field(
        "team", description="Paid once (team), or for each person who uses it (seat)."
    )
    included_by: tuple[Annotated[str, Text()], ...] = Field(
        (),
        description="Sources whose price includes the tool; a phase with one of them pays nothing "
        "for it.",
    )
    shared_by: Annotated[int, Count(minimum=1)] = Field(
        1, description="How many companies share the price; it is divided by this."
    )
