"""What goes by the quarter in Belgium: the structural reduction and first hires.

The rest of the schedule stands in the country's lines. Each quarter has its wage: the bonus of the
end of the year is paid in the fourth, the annual premium in the second.
"""

from collections.abc import Mapping

from cmsource.countries.country import Country, Fact
from cmsource.countries.payroll.lines import Line, Terms, lines_of, settled
from cmsource.countries.payroll.terms import Employment, Schedule, cents

BASE = "base contribution and wage moderation (ONSS)"
"""The line that reductions lower."""

ASBESTOS = "asbestos fund"
"""The line that is asked for in the first quarters of a year only."""

QUARTERS = 4
_PREMIUM, _BONUS = 1, 3
"""The quarters in which the annual premium and the year-end bonus are paid, from 0."""


def schedule(country: Country, employment: Employment) -> Schedule:
    """What an employer pays on top of one pay, a share of the year's.

    Source of the structure: ONSS, administrative instructions 2026/3, structural reduction
    (p. 377 and 383) and first hires (p. 405).
    """
    terms = Terms.of(country, employment)
    lines = lines_of(terms)
    at = next((n for n, line in enumerate(lines) if line.name == BASE), None)
    if at is None:  # nothing is paid
        return settled(lines, employment)
    facts, wages = country.facts, _quarters(terms, lines)
    part = employment.hours / float(facts["full_time_hours"].value)
    reductions = [structural_reduction(facts, wage, part) for wage in wages]
    reduced = min(sum(reductions), lines[at].amount)
    source = facts["payroll.reduction_limit"].source
    found = [Line("structural reduction", reduced, -1.0, source)]
    if terms.size == 1:
        first = facts["payroll.first_hire"]
        relief = QUARTERS * first.value * min(1.0, _counted(part))
        found.append(
            Line("first hire", min(relief, lines[at].amount - reduced), -1.0, first.source)
        )
    asked = wages[: int(facts["payroll.asbestos_quarters"].value)]
    lines = [each._replace(base=sum(asked)) if each.name == ASBESTOS else each for each in lines]
    lines[at + 1 : at + 1] = [line for line in found if line.amount]
    return settled(lines, employment)


def structural_reduction(facts: Mapping[str, Fact], wage: float, part: float = 1.0) -> float:
    """The reduction of a quarter, category 1, in money.

    0.14 × (limit − S) and 0.16 × (low limit − S), each nothing where S is above and rounded to the
    cent. Part-time: S is the wage of a full post, and the reduction counts for the part worked,
    with a supplement for those who work more than a little.

    Args:
        facts: of Belgium.
        wage: of the quarter, in money.
        part: of a full post.
    """
    counted = _counted(part)
    if counted == 0:
        return 0.0
    full = wage if part >= 1 else cents(wage * round(1 / part, 2))
    total = 0.0
    for slope, limit in (("slope", "limit"), ("low_slope", "low_limit")):
        below = max(0.0, facts[f"payroll.reduction_{limit}"].value - full)
        total += cents(facts[f"payroll.reduction_{slope}"].value * below)
    return cents(total * counted)


def _counted(part: float) -> float:
    """The part of a post that a reduction counts: µ × β (Securex 2023; instructions, p. 377)."""
    if part >= 0.8:
        return 1.0
    if part < 0.275:
        return 0.0
    return part * (1.18 + 0.28 * max(0.0, part - 0.55))


def _quarters(terms: Terms, lines: list[Line]) -> list[float]:
    """The wage of each quarter that contributions are due on."""
    due = lines[: next(n for n, line in enumerate(lines) if line.name == BASE)]
    paid = {line.name: line.amount for line in due if line.pay}
    bonus, premium = paid.pop("year-end bonus", 0.0), paid.pop("annual premium", 0.0)
    wages = [(terms.gross + sum(paid.values())) / QUARTERS] * QUARTERS
    wages[_PREMIUM] += premium
    wages[_BONUS] += bonus
    return [cents(wage) for wage in wages]
