"""Employees."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from cmsource.countries import Employment as Contract
from cmsource.scenario.draft import Draft
from cmsource.scenario.employment import Contracted
from cmsource.scenario.hired import Hired
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.source import KIND, OwnPrice
from cmsource.scenario.standard_job import StandardJob
from cmsource.values.language import say
from cmsource.values.word_types import Flag

_WAGE = "employee_hourly_wage"


class _FixedTerm(Contracted):
    leave_taken: Annotated[bool, Flag()] = Field(
        True,
        description="Whether a fixed-term employee takes the paid leave; else it is paid out.",
    )


class Employee(Hired, _FixedTerm):
    """Somebody hired for the job."""

    place: ClassVar[int] = 1
    also: ClassVar[tuple[str, ...]] = (
        "salarié",
        "salariée",
        "salarie",
        "salariee",
        "salarié(e)",
        "employé",
        "employée",
    )
    noun: ClassVar[str] = say("employee")
    role: ClassVar[str] = "hired"
    cursor_end: ClassVar[Literal["outside", "inside", ""]] = "inside"

    kind: Literal["employee"] = KIND

    def contract_for(self, gross: float, hours: float, served: int = 0) -> Contract:
        """The contract of one person; see `OnPayroll.contract_for`."""
        contract = super().contract_for(gross, hours, served)
        return contract._replace(leave_taken=self.leave_taken)

    @classmethod
    def own_price(cls, draft: Draft) -> OwnPrice | None:
        """Its wage; see `Source.own_price`."""
        return cls.own_wage(draft, _WAGE)

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill wage, hours and duty, absence, and what it takes to hire."""
        cls.fill_wage(draft, _WAGE)
        cls.fill_person(draft)
        cls.fill_contract(draft)
        cls.fill_absence(draft, lambda: cls.leave(draft), lambda: cls.loss(draft))
        cls.fill_post(draft)

    @classmethod
    def leave(cls, draft: Draft) -> Node:
        """Planned absence: without the leave where it is paid out at the end of the contract."""
        contract = draft.tree.get("contract")
        fixed_term = contract is not None and contract.value == "fixed-term"
        if not fixed_term or draft.early("leave_taken") is not False:
            return super().leave(draft)
        defaults, key = draft.defaults, "public_holidays_on_weekdays"

        def make() -> Node:
            formula = "public holidays on weekdays / 260; the leave is paid out"
            return defaults.derived(defaults.country.value(key) / 260.0, (key,), formula)

        return defaults.kept("leave_paid_out", make)

    @classmethod
    def standard(cls, job: StandardJob) -> Tree:
        """The wage that the short form gives."""
        return job.said("hourly_wage", "hourly_wage")
