"""Apprentices."""

from collections.abc import Set
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from cmsource.countries import Country, apprentice_base, apprentice_minimum_share
from cmsource.countries import Employment as Contract
from cmsource.scenario.defaults import assumed, share_text
from cmsource.scenario.draft import Draft
from cmsource.scenario.employment import WAGES, Contracted, LegalMinimum
from cmsource.scenario.hired import Hired
from cmsource.scenario.node import Node
from cmsource.scenario.source import KIND
from cmsource.values.language import say
from cmsource.values.number_types import Count
from cmsource.values.quantities import number_text
from cmsource.values.written import written

_AGE = assumed(21, "age", say("assumption: {what}", what=say("21 to 25 years old")))
_YOUNGEST = 16
_NO_AGE = 100
_HALF_A_CENT = 0.005
_LEVEL = assumed(6, "level", say("assumption: {what}", what=say("a bachelor's degree")))


class _Learning(Contracted):
    year: Annotated[int, Count(minimum=1, maximum=5)] = Field(
        1, description="Year of an apprenticeship in which it starts here."
    )
    level: Annotated[int | None, Count(minimum=3, maximum=8)] = Field(
        None,
        description="Level of the diploma an apprentice prepares (6 is a bachelor's); decides the "
        "state aid.",
    )


class Apprentice(Hired, _Learning):
    """An apprentice on a labour contract."""

    place: ClassVar[int] = 4
    also: ClassVar[tuple[str, ...]] = (
        "alternant",
        "alternante",
        "alternance",
        "apprenti",
        "apprentie",
    )
    noun: ClassVar[str] = say("apprentice")
    no_cursor_end: ClassVar[str] = "an apprentice's hours are those of a full-time contract"

    kind: Literal["apprentice"] = KIND

    @property
    def known_age(self) -> int | None:
        """The age that the scenario gives; None where it is assumed."""
        origin = self.origins.get("age")
        return self.age if origin is None or origin.fact is None else None

    @property
    def apprenticed_at(self) -> int | None:
        """Age at which its apprenticeship began; None where its age is not known."""
        age = self.known_age
        return None if age is None else age - (self.year - 1)

    @classmethod
    def kept(cls, said: Set[str]) -> tuple[str, ...]:
        """What stays as it was filled; see `Source.kept`. Other hours make nobody older."""
        return ("age",) if said.isdisjoint({*WAGES, "year"}) else ()

    def contract_for(self, gross: float, hours: float, served: int = 0) -> Contract:
        """The contract of one person; see `OnPayroll.contract_for`."""
        contract = super().contract_for(gross, hours, served)
        return contract._replace(
            contract="apprentice", apprentice_level=self.level, apprentice_year=self.year + served
        )

    def legal_minimum(self, country: Country) -> LegalMinimum | None:
        """The legal share of the minimum wage; without an age, that of some age."""
        minimum = country.facts.get("minimum_wage")
        table = country.facts.get("apprentice_wage_shares")
        if minimum is None or table is None:
            return None
        known = self.known_age
        ages = tuple(table.value) if known is None else (known,)
        share = min(apprentice_minimum_share(country, age, self.year) for age in ages)
        age = "any age" if known is None else f"{known} years"
        whose = f"for an apprentice of {age} in year {self.year}"
        return LegalMinimum(share * float(minimum.value), whose, table.source)

    def risen(self, wage: float, served: int, country: Country) -> float:
        """An hourly wage that keeps to the legal minimum, which rises with age and years."""
        if self.age is None or not served:
            return wage
        base = apprentice_base(country)
        if base is None or "apprentice_wage_share" not in country.facts:
            return wage
        share = apprentice_minimum_share(country, self.age + served, self.year + served)
        return max(wage, share * base[1])

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill age, wage and level, hours and duty, absence, and what it takes to hire."""
        facts = draft.defaults.country.facts
        cls.fill_contract(draft)
        if draft.lacks(*WAGES):
            if "apprentice_wage_shares" in facts:
                draft.fill("age", _AGE)
            draft.fill("hourly_wage", _wage(draft))
        elif draft.lacks("age") and "apprentice_wage_shares" in facts:
            age = _age(draft)
            if age is not None:
                draft.fill("age", age)
        if "apprentice_aid" in facts:
            draft.fill("level", _LEVEL)
        cls.fill_absence(draft, lambda: cls.leave(draft), lambda: cls.loss(draft))
        cls.fill_post(draft)


def _wage(draft: Draft) -> Node:
    """The share of the legal minimum that age and year give."""
    country = draft.defaults.country
    base = apprentice_base(country)
    if base is None or "apprentice_wage_share" not in country.facts:
        key = "minimum_wage" if base is None else "apprentice_wage_share"
        return draft.defaults.fact(key, number_text, "/h")
    age: int | None = draft.early("age")
    year: int = draft.early("year") or 1
    share = apprentice_minimum_share(country, age, year)
    known = age is not None and "apprentice_wage_shares" in country.facts
    key = "apprentice_wage_shares" if known else "apprentice_wage_share"
    fact = country.fact(key)
    words, hourly = base
    wage = hourly * share
    places = {"share": written(share_text(share)), "what": words, "source": fact.source}
    source = say("{share} of {what}: {source}", **places)
    if known:
        source = say(
            "{share} of {what} at {age} in year {year}: {source}", age=age, year=year, **places
        )
    origin = draft.defaults.origin(key, fact._replace(value=wage, source=source))
    return Node(f"{number_text(wage)}/h", origin)


def _age(draft: Draft) -> Node | None:
    """The age that a given wage is for, so that it rises with the years of the apprenticeship.

    An age of the oldest group whose legal minimum it reaches; None where it reaches none or cannot
    be read.
    """
    country = draft.defaults.country
    year: int = draft.early("year") or 1
    wage = Apprentice.given_hourly(draft)
    if wage is None:
        return None
    minimum = country.value("minimum_wage")
    groups = sorted(country.value("apprentice_wage_shares"))
    reached = [
        # Who is in a later year is older, as far as the group goes.
        min(max(since, _YOUNGEST + year - 1), following - 1)
        for since, following in zip(groups, [*groups[1:], _NO_AGE], strict=True)
        if wage >= apprentice_minimum_share(country, since, year) * minimum - _HALF_A_CENT
    ]
    if not reached:
        return None
    why = say(
        "at {age} year {year} earns {share} of the minimum wage, which this wage reaches",
        age=reached[-1],
        year=year,
        share=written(share_text(apprentice_minimum_share(country, reached[-1], year))),
    )
    return assumed(reached[-1], "age", say("assumption: {what}", what=why))
