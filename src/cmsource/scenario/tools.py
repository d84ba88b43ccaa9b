"""Software that the job takes."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from cmsource.scenario.record import Record
from cmsource.scenario.unit_names import A_SEAT, A_TEAM, texts_in
from cmsource.values.language import say
from cmsource.values.money_types import Amount
from cmsource.values.money_words import units_of
from cmsource.values.number_types import Count
from cmsource.values.quantities import QuantityError, quoted
from cmsource.values.unit_words import units_in
from cmsource.values.word_types import Choice, Text

_IN_FRENCH = {"équipe": "team", "equipe": "team", "poste": "seat", "personne": "seat"}


class Tool(Record):
    """Software that the job takes."""

    price: Annotated[float, Amount("month", each=A_SEAT | A_TEAM, usual="99")] = Field(
        description=say("Price, such as 99/month.")
    )
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

    @model_validator(mode="before")
    @classmethod
    def _for_whom_it_says(cls, data: object) -> object:
        """The unit of the price says nothing else than `per`."""
        if not isinstance(data, Mapping):
            return data
        per = _IN_FRENCH.get(str(data.get("per")), data.get("per") or "team")
        others, other = (A_SEAT, "seat") if per == "team" else (A_TEAM, "team")
        said = [unit for _, text in texts_in(data.get("price"), ()) for unit in units_of(text)]
        word = next((each for unit in said for each in units_in(unit) if each in others), "")
        if word:
            raise QuantityError(
                say("this is a price per {word}, and `per` is {per}", word=quoted(word), per=per),
                say("write `per: {other}` beside it, or leave the unit out", other=other),
            ).inside("price")
        return data
