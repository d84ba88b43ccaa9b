"""What tests of payroll in several countries share."""

from typing import Any

from cmsource import employer_cost
from cmsource.analysis.employer import EmployerCost


def cost(country: str, **terms: Any) -> EmployerCost:  # noqa: ANN401 - as employer_cost takes them
    """The cost of somebody in a company of 50, unless the terms say another size."""
    return employer_cost(country, **{"size": 50, **terms})


def month(found: EmployerCost, *names: str) -> float:
    """What lines cost a month together; 0 where there is none."""
    return round(sum(line.amount for line in found.lines if line.name in names), 2)


def year(found: EmployerCost, *names: str) -> float:
    """What lines cost a year together, of bases a month in whole cents."""
    return sum(12 * line.base * line.rate for line in found.lines if line.name in names)
