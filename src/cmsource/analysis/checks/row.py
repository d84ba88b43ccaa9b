"""One scenario of a batch: its result held against what was asked for, as a row."""

from datetime import date
from typing import NamedTuple

from cmsource.analysis.checks.difference import difference
from cmsource.analysis.checks.expectations import failed_expectations
from cmsource.analysis.checks.rules import Rule, broken_rules
from cmsource.results.comparison import Comparison
from cmsource.results.rows import Row
from cmsource.scenario.scenario import Scenario
from cmsource.values.money import to_cents


class Standard(NamedTuple):
    """What every result of a batch is held against.

    Attributes:
        rules: those of ``--fail-on``.
        today: the day from which the age of assumptions is counted, if a rule asks for it.
        has_baseline: whether there are earlier results.
    """

    rules: tuple[Rule, ...]
    today: date | None = None
    has_baseline: bool = False


def row_of(
    scenario: Scenario, result: Comparison, standard: Standard, earlier: Comparison | None = None
) -> Row:
    """The row of a scenario.

    Args:
        scenario: the scenario.
        result: the comparison of its options.
        standard: what it is held against.
        earlier: its result in the baseline.
    """
    change = None if earlier is None else difference(earlier, result)
    failures = (
        *failed_expectations(result, scenario.expect),
        *broken_rules(standard.rules, result, change, standard.today),
    )
    option = result.options.get(result.recommended or "")
    coverage = None if option is None else option.coverage
    return Row(
        file=scenario.file,
        status="failed" if failures else "ok",
        name=result.name,
        country=result.country,
        currency=result.currency,
        horizon_months=result.horizon_months,
        recommended=result.recommended,
        label="" if option is None else option.label,
        cents=None if option is None else option.total_cents,
        monthly_cents=None if option is None else to_cents(float(option.monthly)),
        watched=None if coverage is None else _rounded(coverage.watched),
        answered_in_time=None if coverage is None else _rounded(coverage.answered_in_time),
        work_done=None if coverage is None else _rounded(coverage.work_done),
        options=len(result.options),
        eligible=len(result.eligible),
        expected=len(scenario.expect),
        failures=failures,
        diagnostics=scenario.warnings,
        change=change,
        is_new=standard.has_baseline and earlier is None,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6) + 0.0
