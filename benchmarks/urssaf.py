"""France: what an employee costs, against URSSAF's open engine, where node is there.

    npm install publicodes modele-social@11.1.0     (in any folder)
    python benchmarks/urssaf.py FOLDER

Prints both monthly costs and their difference for each case, the largest difference, and our time
for all cases against the engine's, of a second round of each; the exit status is 1 when the
difference passes 0.5 % or the time a hundredth. That version of the engine still takes the minimum
wage of June 2026 in the general reduction, where the law keeps that of January (décret 2026-509);
its makers have mended that since, and it is mended here before asking.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import cmsource
from budgets import Budget, Verdicts

MOST = 0.005
ENGINE = """
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
const require = createRequire(process.argv[1] + '/');
const load = async (name) => await import(pathToFileURL(require.resolve(name)));
const publicodes = await load('publicodes');
const Engine = publicodes.default.default ?? publicodes.default;
const social = await load('modele-social');
const rules = { ...(social.default.default ?? social.default) };
const name = 'salarié . cotisations . exonérations . RGDU';
const january = '(temps de travail . SMIC * 12.02 / 12.31)';
rules[name] = JSON.parse(
  JSON.stringify(rules[name]).replaceAll('temps de travail . SMIC', january)
);
const quiet = { log: () => {}, warn: () => {}, error: console.error };
const engine = new Engine(rules, { logger: quiet });
const cases = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const ask = () => cases.map((situation) => {
  engine.setSituation(situation);
  return engine.evaluate('salarié . coût total employeur').nodeValue;
});
const found = ask();
const start = performance.now();
ask();
console.log(JSON.stringify([(performance.now() - start) / 1000, found]));
"""


class Case(NamedTuple):
    """One person's terms."""

    gross: float
    size: int
    cadre: bool = False
    hours: float = 35.0
    contract: str = "permanent"
    leave_taken: bool = True

    def situation(self) -> dict[str, str]:
        """The same in the engine's words."""
        said = {
            "salarié . contrat": "'CDD'" if self.contract == "fixed-term" else "'CDI'",
            "salarié . contrat . salaire brut": f"{self.gross} €/mois",
            "salarié . contrat . statut cadre": "oui" if self.cadre else "non",
            "entreprise . salariés . effectif": str(self.size),
        }
        if not self.leave_taken:
            said["salarié . contrat . CDD . congés pris"] = "0 jour ouvré"
        if self.hours < 35:
            part = "salarié . contrat . temps de travail . temps partiel"
            said[part] = "oui"
            said[f"{part} . heures par semaine"] = f"{self.hours} heures/semaine"
        return said

    def cost(self) -> float:
        """The monthly cost by our schedule."""
        return cmsource.employer_cost(
            "FR",
            monthly_gross=self.gross,
            size=self.size,
            cadre=self.cadre,
            hours=self.hours,
            contract=self.contract,
            leave_taken=self.leave_taken,
            work_accident_rate=0.0208,  # the engine's: the average of all trades
        ).total


CASES = [
    *(
        Case(gross, size, cadre)
        for gross in (1867.02, 2000, 2300, 2600, 3000, 4000, 5500, 8000, 12000)
        for size in (8, 30, 149)
        for cadre in (False, True)
    ),
    *(Case(gross, 30, hours=hours) for gross, hours in ((1500, 17.5), (1300, 24), (2500, 30))),
    *(Case(gross, 8, contract="fixed-term") for gross in (2000, 2300, 3500)),
    *(Case(gross, 8, contract="fixed-term", leave_taken=False) for gross in (2000, 2300, 3500)),
]


def main() -> int:
    """Compare every case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where npm installed the packages")
    folder: Path = parser.parse_args().folder
    node = shutil.which("node")
    if node is None:
        print("node is not there: nothing to compare with")
        return 0
    asked = json.dumps([case.situation() for case in CASES])
    program = subprocess.run(
        [node, "--input-type=module", "-e", ENGINE, str(folder.resolve())],
        input=asked,
        capture_output=True,
        text=True,
        check=False,
    )
    if program.returncode:
        print(program.stderr, file=sys.stderr)
        return 2
    seconds, answers = json.loads(program.stdout.splitlines()[-1])
    worst = 0.0
    for case, theirs in zip(CASES, answers, strict=True):
        ours = case.cost()
        off = ours / theirs - 1
        worst = max(worst, abs(off))
        leave = "" if case.leave_taken else ", leave paid out"
        terms = (
            f"{case.gross:9.2f} {case.size:4d} {case.hours:5g} h {'cadre' if case.cadre else ''}"
        )
        print(f"{terms:<27} {ours:10.2f} {theirs:10.2f} {off:+.4%}  {case.contract}{leave}")
    print(f"largest difference {worst:.4%} of {len(CASES)} cases, at most {MOST:.1%}")
    start = time.perf_counter()
    for case in CASES:
        case.cost()
    verdicts = Verdicts(width=24)
    verdicts.show("time of ours / engine", (time.perf_counter() - start) / seconds, Budget(0.01))
    return max(verdicts.status(), int(worst > MOST))


if __name__ == "__main__":
    sys.exit(main())
