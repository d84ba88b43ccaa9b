"""One scenario of a batch: its result held against what was asked for, as a row."""

from datetime import date
from typing import NamedTuple

from cmsource.analysis.checks.difference import difference
from cmsource.analysis.checks.expectations import failed_expectations
from cmsource.analysis.checks.rules import Rule, broken_rules
from cmsource.model.evaluation import Evaluation, coverage
from cmsource.model.verdict import judged
from cmsource.model.warnings import warnings
from cmsource.results.comparison import Comparison
from cmsource.results.coverage import Coverage
from cmsource.results.option import OptionResult
from cmsource.results.rows import Row
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.money import to_cents


class Checks(NamedTuple):
    """What every result of a batch is held against.

    Attributes:
        rules: those of ``--fail-on``.
        warn: those of ``--warn-on``.
        today: the day from which the age of assumptions is counted, if a rule asks for it.
        has_baseline: whether there are earlier results.
    """

    rules: tuple[Rule, ...]
    warn: tuple[Rule, ...] = ()
    today: date | None = None
    has_baseline: bool = False


def row_of(
    scenario: Scenario,
    result: Comparison,
    checks: Checks,
    earlier: Comparison | None = None,
    *,
    was_invalid: bool = False,
) -> Row:
    """The row of a scenario.

    Args:
        scenario: the scenario.
        result: the comparison of its options.
        checks: what it is held against.
        earlier: its result in the baseline.
        was_invalid: whether the baseline has the scenario, and without a result.
    """
    change = None if earlier is None else difference(earlier, result)
    failures = (
        *failed_expectations(result, scenario.expect),
        *broken_rules(checks.rules, result, change, checks.today),
    )
    chosen = result.options.get(result.recommended or "")
    covered = None if chosen is None else chosen.coverage
    warned = broken_rules(checks.warn, result, change, checks.today, "W502")
    return _row(scenario, chosen, covered, (*result.warnings, *warned))._replace(
        status="failed" if failures else "ok",
        eligible=len(result.eligible),
        failures=failures,
        change=change,
        is_new=checks.has_baseline and earlier is None and not was_invalid,
        validity_changed=was_invalid,
    )


def quick_row(scenario: Scenario, checks: Checks) -> Row | None:
    """The row of a scenario of which only that is wanted; None where it takes a comparison.

    A table of many scenarios shows little of each. Where nothing is expected of the result, it is
    enough to know which options are eligible, and what the recommended one covers: a fifth of what
    the comparison of nine options takes (benchmarks/batch.py).
    """
    if scenario.expect or checks.rules or checks.warn or checks.has_baseline:
        return None
    verdict = judged(scenario)
    chosen = verdict.evaluations.get(verdict.recommended or "")
    covered = None if chosen is None else coverage(chosen)
    said = (*scenario.warnings, *warnings(verdict.evaluations.values(), scenario))
    return _row(scenario, chosen, covered, said)._replace(eligible=len(verdict.eligible))


def _row(
    scenario: Scenario,
    chosen: OptionResult | Evaluation | None,
    covered: Coverage | None,
    said: tuple[Diagnostic, ...],
) -> Row:
    """The row of a scenario with nothing against it.

    Args:
        scenario: the scenario.
        chosen: the recommended option.
        covered: what that one covers.
        said: the warnings.
    """
    row = Row(
        file=scenario.file,
        status="ok",
        name=scenario.name,
        country=scenario.country,
        currency=scenario.currency,
        horizon_months=scenario.horizon,
        options=len(scenario.options),
        expected=len(scenario.expect),
        diagnostics=said,
    )
    if chosen is None or covered is None:
        return row
    return row._replace(
        recommended=chosen.name,
        label=chosen.label,
        cents=chosen.total_cents,
        monthly_cents=to_cents(float(chosen.monthly)),
        watched=_rounded(covered.watched),
        answered_in_time=_rounded(covered.answered_in_time),
        work_done=_rounded(covered.work_done),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6) + 0.0
