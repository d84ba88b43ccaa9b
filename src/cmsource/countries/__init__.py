"""Countries: sourced labour rules, market prices and payroll schedules.

Data first: every value is a :class:`Fact` with its source, date and mark of confidence, in one YAML
file a country and period. Payroll schedules turn them into what an employee costs.
"""

from cmsource.countries.country import (
    CONFIDENCE,
    BadCountryFile,
    Country,
    Fact,
    UnknownCountry,
    is_assumption,
)
from cmsource.countries.facts import known_countries
from cmsource.countries.in_force import load_country
from cmsource.countries.names import names, territory_named, which_country
from cmsource.countries.neutral import (
    NO_COUNTRY,
    SAYS_NO_COUNTRY,
    completed,
    is_neutral,
    multiple_of,
    without_country,
)
from cmsource.countries.payroll import CONTRACTS, employer_charges, own_rates, schedule, with_rates
from cmsource.countries.payroll.terms import Employment, PayrollLine, Schedule
from cmsource.countries.regions import UnknownRegion, placed
from cmsource.countries.wages import (
    apprentice_base,
    apprentice_minimum_share,
    minimum_monthly_wage,
    minimum_wage,
)

__all__ = [
    "CONFIDENCE",
    "CONTRACTS",
    "NO_COUNTRY",
    "SAYS_NO_COUNTRY",
    "BadCountryFile",
    "Country",
    "Employment",
    "Fact",
    "PayrollLine",
    "Schedule",
    "UnknownCountry",
    "UnknownRegion",
    "apprentice_base",
    "apprentice_minimum_share",
    "completed",
    "employer_charges",
    "is_assumption",
    "is_neutral",
    "known_countries",
    "load_country",
    "minimum_monthly_wage",
    "minimum_wage",
    "multiple_of",
    "names",
    "own_rates",
    "placed",
    "schedule",
    "territory_named",
    "which_country",
    "with_rates",
    "without_country",
]
