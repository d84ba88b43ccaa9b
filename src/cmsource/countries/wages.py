"""The least that the law lets an employer pay."""

from cmsource.countries.country import Country, Fact
from cmsource.values.week import a_month_of


def minimum_wage(country: Country, age: int | None = None) -> Fact | None:
    """The least gross pay an hour; None where the country has no such law.

    Args:
        country: its ``minimum_wage``, and ``minimum_wage_by_age`` where the young may be paid less.
        age: of the person; None for an adult.
    """
    table = country.facts.get("minimum_wage_by_age")
    if age is None or table is None:
        return country.facts.get("minimum_wage")
    reached = [since for since in table.value if since <= age]
    return table._replace(value=table.value[max(reached) if reached else min(table.value)])


def minimum_monthly_wage(country: Country, hours: float) -> float:
    """The least gross pay of a month at ``hours`` a week, with 52/12 weeks in a month."""
    hourly: float = country.value("minimum_wage")
    return round(a_month_of(hourly * hours), 2)


def apprentice_minimum_share(country: Country, age: int | None = None, year: int = 1) -> float:
    """The least pay of an apprentice as a share of the minimum wage.

    Source: the country's ``apprentice_wage_shares`` (France: service-public.fr F2918), by age and
    year of the contract; its ``apprentice_wage_share`` when the age is not known or the country has
    no such table.

    Raises:
        ValueError: the year is below 1.
    """
    if year < 1:
        raise ValueError("the years of an apprenticeship count from 1")
    if age is None or "apprentice_wage_shares" not in country.facts:
        return float(country.value("apprentice_wage_share"))
    table: dict[int, list[float]] = country.value("apprentice_wage_shares")
    shares = table[max(since for since in table if since <= age)]
    # Beyond the last year of the table its share goes on.
    return float(shares[min(year, len(shares)) - 1])


def apprentice_base(country: Country) -> tuple[str, float] | None:
    """What an apprentice's pay is a share of, in words and an hour; None where neither is known.

    The minimum wage, and an employee's pay in a country that has none.
    """
    for key, words in (
        ("minimum_wage", "the minimum wage"),
        ("employee_hourly_wage", "an employee's wage"),
    ):
        if key in country.facts:
            return words, float(country.value(key))
    return None
