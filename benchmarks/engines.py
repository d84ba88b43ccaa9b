"""United Kingdom, United States, Germany: what an employer pays, against open engines.

    pip install policyengine-uk policyengine-us gettsim     (each is optional, and large)
    python benchmarks/engines.py [PYTHON]

PYTHON is an interpreter that has them, this one when left out. For some hundred wages of each
country prints the largest difference of what both know, and where it is; the exit status is 1 when
one passes 0.1 %. The engines know no pension of the employer's, no allowance and no levies, which
are left out here too. policyengine-us still has New York's unemployment tax of an earlier year,
so that New York is not asked for, and keeps California's credit reduction at 1.2 %.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

import cmsource

MOST = 0.001
"""The largest difference, as a share of what a wage costs."""

UNITED_KINGDOM = """
import json, sys
from policyengine_uk import Simulation
wages = json.load(sys.stdin)
people = {
    f"p{n}": {"age": {"2026": 30}, "employment_income": {"2026": wage}}
    for n, wage in enumerate(wages)
}
groups = {f"g{n}": {"members": [f"p{n}"]} for n in range(len(wages))}
situation = {"people": people, "benunits": groups, "households": groups}
found = Simulation(situation=situation).calculate("ni_employer", 2026)
print(json.dumps([float(each) for each in found]))
"""
UNITED_STATES = """
import json, sys
from policyengine_us import Simulation
state, wages = json.load(sys.stdin)
people = {
    f"p{n}": {"age": {"2026": 30}, "employment_income": {"2026": wage}}
    for n, wage in enumerate(wages)
}
situation = {"people": people}
for group in ("tax_units", "families", "spm_units", "marital_units", "households"):
    situation[group] = {f"g{n}": {"members": [f"p{n}"]} for n in range(len(wages))}
for each in situation["households"].values():
    each["state_code"] = {"2026": state}
simulation = Simulation(situation=situation)
taxes = ["social_security", "medicare", "federal_unemployment", "state_unemployment"]
found = [simulation.calculate(f"employer_{tax}_tax", 2026) for tax in taxes]
print(json.dumps([float(sum(each)) for each in zip(*found)]))
"""
GERMANY = """
import json, sys
import numpy as np
from gettsim import InputData, TTTargets, main
wages = json.load(sys.stdin)
many = len(wages)
no, nothing, ids = np.zeros(many, dtype=bool), np.zeros(many), np.arange(many)
people = {
    "p_id": ids,
    "hh_id": ids,
    "alter": np.full(many, 35),
    "einnahmen": {
        "bruttolohn_m": np.array(wages, dtype=float),
        "renten": {
            key: nothing
            for key in (
                "betriebliche_altersvorsorge_m",
                "geförderte_private_vorsorge_m",
                "basisrente_m",
                "sonstige_private_vorsorge_m",
                "aus_berufsständischen_versicherungen_m",
            )
        },
    },
    "einkommensteuer": {
        "einkünfte": {
            "aus_selbstständiger_arbeit": {"betrag_m": nothing},
            "ist_hauptberuflich_selbstständig": no,
        }
    },
    "sozialversicherung": {
        "kranken": {"beitrag": {"privat_versichert": no}},
        "pflege": {"beitrag": {"anzahl_kinder_bis_24": ids * 0, "hat_kinder": ~no}},
        "rente": {
            "altersrente": {"betrag_m": nothing},
            "erwerbsminderung": {"betrag_m": nothing},
            "jahr_renteneintritt": np.full(many, 2060),
            "bezieht_rente": no,
        },
    },
    "wohnort_ost_hh": no,
}
found = main(
    main_target="results__df_with_nested_columns",
    input_data=InputData.tree(people),
    policy_date_str="2026-07-01",
    tt_targets=TTTargets.tree({"sozialversicherung": {"beiträge_arbeitgeber_m": None}}),
    include_warn_nodes=False,
)
print(json.dumps([float(each) for each in found.to_numpy().ravel()]))
"""


class Engine(NamedTuple):
    """One engine, and what is asked of it.

    Attributes:
        name: of the country and, in brackets, its region.
        program: reads the question as JSON and writes what the employer pays for each wage.
        question: the wages, with the state where one is asked.
        wages: the same in our unit.
        ours: what the employer pays for a wage by our schedule, of the same lines.
    """

    name: str
    program: str
    question: object
    wages: Sequence[float]
    ours: Callable[[float], float]


def _lines(cost: cmsource.EmployerCost, *names: str) -> float:
    """The lines of those names together, a year, not rounded a month."""
    return sum(12 * line.base * line.rate for line in cost.lines if line.name in names)


def _kingdom(annual: float) -> float:
    cost = cmsource.employer_cost("GB", annual_gross=annual, size=100, age=30, hours=20)
    return _lines(cost, "National Insurance")


def _states(state: str) -> Callable[[float], float]:
    names = ("Social Security", "Medicare", "federal unemployment tax (FUTA)", "state unemployment")

    def ours(annual: float) -> float:
        cost = cmsource.employer_cost("US", annual_gross=annual, size=10, region=state, hours=20)
        # The engine keeps the federal credit reduction of 2025: 1.2 % of 7,000.
        return _lines(cost, *names) + (84 if state == "CA" else 0)

    return ours


def _germany(monthly: float) -> float:
    names = ("pension (RV)", "unemployment (ALV)", "health (KV)", "care (PV)")
    minijob = ("health (Minijob)", "pension (Minijob)")
    cost = cmsource.employer_cost("DE", monthly_gross=monthly, size=100, hours=5)
    return _lines(cost, *names, *minijob) / 12


YEARLY = [float(wage) for wage in range(18_000, 217_000, 2_000)]
MONTHLY = [float(wage) for wage in [*range(320, 2_050, 50), *range(2_100, 12_000, 150)]]
ENGINES = (
    Engine("United Kingdom", UNITED_KINGDOM, YEARLY, YEARLY, _kingdom),
    *[
        Engine(f"United States ({state})", UNITED_STATES, [state, YEARLY], YEARLY, _states(state))
        for state in ("CA", "TX", "FL")
    ],
    Engine("Germany", GERMANY, MONTHLY, MONTHLY, _germany),
)


def main() -> int:
    """Compare every country whose engine is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python", nargs="?", default=sys.executable, help="has the engines")
    python: str = parser.parse_args().python
    missed = False
    for engine in ENGINES:
        program = subprocess.run(
            [python, "-c", engine.program],
            input=json.dumps(engine.question),
            capture_output=True,
            text=True,
            check=False,
        )
        if program.returncode:
            why = (program.stderr.strip().splitlines() or ["no answer"])[-1]
            print(f"{engine.name:<20} not compared: {why}")
            missed = missed or "ModuleNotFoundError" not in why
            continue
        theirs = json.loads(program.stdout.splitlines()[-1])
        off = [
            (abs(engine.ours(wage) - their) / wage, wage)
            for wage, their in zip(engine.wages, theirs, strict=True)
        ]
        share, wage = max(off)
        missed = missed or share > MOST
        print(f"{engine.name:<20} {len(off)} wages, at most {share:.4%} of pay, at {wage:,.2f}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
