"""The company that decides."""

from typing import Annotated

from pydantic import Field

from cmsource.scenario.defaults import Form, share_text
from cmsource.scenario.draft import Draft
from cmsource.scenario.record import ByName, Record
from cmsource.scenario.unit_names import A_PERSON
from cmsource.values.language import say
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Count, Rate, Share
from cmsource.values.quantities import number_text

MOBILITY_FROM = 11
"""Employees from which a company pays the local transport contribution (France)."""
SUPPLEMENT_FROM = 250
"""Employees from which few apprentices cost a company a supplement (France)."""

_AGREED = ("meal_vouchers", "payroll_office", "prevention_service")
"""What it may pay for a person in any country, and has to nowhere: nothing unless given."""

_OF_THE_COUNTRY: tuple[tuple[str, str, Form, str, int], ...] = (
    ("work_accident_rate", "payroll.work_accidents", share_text, "", 0),
    ("health_insurance", "payroll.health_insurance", number_text, "/month", 0),
    ("payroll", "payroll.annual_payroll", number_text, "/year", 0),
    ("mobility_rate", "payroll.mobility", share_text, "", MOBILITY_FROM),
    ("apprentices", "payroll.apprentices", share_text, "", SUPPLEMENT_FROM),
)
"""What a country can say of a company: key, fact, how it is written, from what size."""


OF_THE_COUNTRY = tuple([fact for _, fact, *_ in _OF_THE_COUNTRY])
"""The values of a country that a key of the company's stands for."""


class Company(Record):
    """The company that decides; payroll schedules depend on it."""

    size: Annotated[int, Count(minimum=1)] = Field(
        1, description="Number of employees; payroll thresholds need it."
    )
    mobility_rate: Annotated[float | None, Share()] = Field(
        None, description="Local transport contribution, a share of gross pay (France)."
    )
    work_accident_rate: Annotated[float | None, Share()] = Field(
        None, description="The company's own work-accident rate, a share of gross pay."
    )
    health_insurance: Annotated[float | None, Amount("month", each=A_PERSON, usual="45")] = Field(
        None, description="Employer's part of the health insurance, for each person."
    )
    payroll: Annotated[float | None, Amount("year", usual="1 200 000")] = Field(
        None,
        description="Pay of all employees a year; some contributions depend on it (Québec, United "
        "Kingdom, New York).",
    )
    meal_vouchers: Annotated[float | None, Amount("month", each=A_PERSON, usual="110")] = Field(
        None, description="Employer's part of meal vouchers, for each person."
    )
    payroll_office: Annotated[float | None, Amount("month", each=A_PERSON, usual="25")] = Field(
        None, description="What an outside payroll office costs, for each person."
    )
    prevention_service: Annotated[float | None, Amount("month", each=A_PERSON, usual="10")] = Field(
        None, description="What a service for safety at work costs, for each person."
    )
    apprentices: Annotated[float | None, Share()] = Field(
        None,
        description="Apprentices as a share of all employees; large companies with few pay more "
        "(France).",
    )

    rates: Annotated[
        dict[str, Annotated[float, Rate()]], ByName(say("payroll value"), "mutuality")
    ] = Field(
        {},
        description="The company's own values of the country's payroll, by name: "
        "mutuality: 1.56%; `cmsource countries` names them.",
    )

    @property
    def refs(self) -> tuple[str, ...]:
        """Where what the payroll schedules take from the company came from."""
        keys = ("size", "mobility_rate", "work_accident_rate", "health_insurance", "payroll")
        return self.origins.refs(*keys, *_AGREED, "apprentices", "rates")

    def given(self, key: str) -> float | None:
        """A rate that the scenario gives; None where it is the country's, with its own source."""
        origin = self.origins.get(key)
        if origin is not None and origin.fact is not None:
            return None
        value: float | None = getattr(self, key)
        return value

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill the size, and what the payroll schedule takes from the company."""
        defaults, given = draft.defaults, draft.tree
        size = given.get("size") or defaults.fact("company_size")
        draft.tree = {"size": size}
        employees = draft.early("size") or 1
        for key, fact, form, unit, least in _OF_THE_COUNTRY:
            if employees >= least and fact in defaults.country.facts:
                draft.tree[key] = defaults.fact(fact, form, unit)
        draft.tree |= given
