"""A commented country file to start from, with every key that there is."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from cmsource.countries import CONFIDENCE, Fact, known_countries, load_country, without_country
from cmsource.countries.facts import SHIPPED
from cmsource.countries.neutral import multiple_of
from cmsource.countries.rules import KEYS
from cmsource.scenario.country_keys import FACTS_BY_SUBJECT, TOP, FactKey
from cmsource.values.quantities import in_full
from cmsource.values.text import json_escaped

_EXAMPLE = "assumption: an example, put your own"
_MARKET = {"employee_hourly_wage": 30, "agency_hourly_rate": 100}
"""Examples of what nobody can guess."""

_HEAD = """\
# A country of your own: name it in a scenario as `country: ./XX.yaml`.
#
# Each value has a source, a date and a mark of how sure it is:
{marks}
#
# What you do not know, leave out or leave as it is: a source that begins with "assumption: no
# country" is a neutral assumption. It stands in for what the file does not say, and heads the list
# of assumptions. Where one space follows the #, it is text like this; the other lines with a # are
# examples from known countries: take the sign away and put in your own value.

name: My country
#also: [Mon pays]  # what else people call it
currency: EUR  # {currency}
from: 2026-01-01  # {first}
to: 2026-12-31  # {last}
as_of: 2026-01-01  # {as_of}
#code: XX  # {code}
#rising_with_wages: [employee_hourly_wage]  # amounts that rise with wages in years not known yet

facts:
"""

_PAYROLL = """\

# Charges line by line, in the place of `employer_rate`. A number is written as it is, as the name
# of one of `values`, or as a table by age, size, region, payroll or wage such as
# {by: age, 25: 3.5%, 35: 5%}. What a line may say:
#
"""

_PAYROLL_EXAMPLE = """\
#payroll:
#  source: …
#  confidence: O2
#  values:
#    ceiling:
#      - {value: 36000}
#      - {from: 2026-07-01, value: 37200}
#  lines:
#    pension: {rate: 12%, between: [0, ceiling]}
#    health: {rate: 5%, between: [null, 3000], per: month}
#    accidents: {rate: 0.3%, given: work_accident_rate}

# What is different in a part of the country; `region:` of a scenario names it.
#regions:
#  N: {name: North, also: [Nord], facts: {paid_leave_days: {value: 26, source: …, confidence: O2}}}
"""


def country_template() -> str:
    """The text of the file: it is valid, and a scenario can be computed with it."""
    meanings = {key: kind.meaning for key, kind in TOP.items()}
    marks = "\n".join(f"# {mark:<2}  {meaning}" for mark, meaning in CONFIDENCE.items())
    head = _HEAD.format(
        marks=marks,
        currency=meanings["currency"],
        first=meanings["from"],
        last=meanings["to"],
        as_of=meanings["as_of"],
        code=meanings["code"],
    )
    facts = "\n".join(_facts())
    longest = max(map(len, KEYS))
    keys = "".join(f"# {key:<{longest}}  {meaning}\n" for key, meaning in KEYS.items())
    return f"{head}{facts}\n{_PAYROLL}{keys}{_PAYROLL_EXAMPLE}"


def shipped_file(code: str, on: date | None) -> str:
    """The text of the file of a known country that counts on a day; the newest when None.

    Raises:
        UnknownCountry: there is no such country.
    """
    country = load_country(code, on)
    return (SHIPPED / country.code / f"{country.period}.yaml").read_text(encoding="utf-8")


def _facts() -> Iterator[str]:
    """The lines of every fact, under its subject."""
    neutral = without_country("EUR", None, {}).facts
    countries = [load_country(code) for code in ("FR", *known_countries())]
    for subject, keys in FACTS_BY_SUBJECT.items():
        yield f"  # {subject}"
        for key, kind in keys.items():
            if key in neutral:
                yield _line(" ", key, neutral[key], kind)
            elif key in _MARKET:
                yield _line(" ", key, Fact(_MARKET[key], _EXAMPLE, "", "G"), kind)
            else:
                known = next(each.facts[key] for each in countries if key in each.facts)
                yield _line("# ", key, known._replace(source="…", confidence="O2"), kind)


def _line(sign: str, key: str, fact: Fact, kind: FactKey) -> str:
    source = _flow(fact.source)
    entry = f"{{value: {_flow(fact.value)}, source: {source}, confidence: {fact.confidence}}}"
    of = multiple_of(key)
    otherwise = f"; else a multiple of `{of}`" if of else ""
    return f"{sign} {key}: {entry}  # {kind.meaning}{otherwise}"


def _flow(value: Any) -> str:  # noqa: ANN401 - facts are numbers, texts and tables
    """A value in YAML's flow style."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str):
        return value if value == "…" else json_escaped(json.dumps(value, ensure_ascii=False))
    return in_full(value)
