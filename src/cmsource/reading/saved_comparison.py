"""Results read back from JSON: ``cmsource/comparison/1`` to a `Comparison`.

Pydantic checks the text against the shape of the format, which is written out here; totals are not
read but summed again from the entries.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from cmsource.results.comparison import Comparison, Signal
from cmsource.results.coverage import Average, Coverage
from cmsource.results.entry import Entry, money
from cmsource.results.option import OptionResult
from cmsource.results.phase import Answering, PhaseResult, Roster, SourceResult
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.assumption import Assumption
from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError
from cmsource.values.quantities import QuantityError
from cmsource.values.week import EMPTY, Week
from cmsource.values.week_reader import parse_week

FORMAT = "cmsource/comparison/1"

Money = Annotated[Decimal, Field(allow_inf_nan=False, decimal_places=2)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class _Scenario(BaseModel):
    name: str
    file: str
    country: str
    currency: str
    horizon_months: Finite


class _Source(BaseModel):
    headcount: int
    depth: Finite
    presence: Finite
    hours_done: Finite


class _Roster(BaseModel):
    rows: list[str]
    hours: list[Finite]
    teams: int
    needed: int | None
    why_not: str | None


class _Answering(BaseModel):
    median_minutes: Finite | None
    p90_minutes: Finite | None
    peak_backlog_hours: Finite | None
    peak_at: int | None


class _Phase(BaseModel):
    from_month: Finite
    months: Finite
    coverage: dict[str, Finite | None]
    sources: dict[str, _Source]
    rosters: dict[str, _Roster] = {}
    uncovered: str | None = None
    answering: _Answering | None = None


class _Requirement(BaseModel):
    name: str
    limit: Finite
    value: Finite | None
    met: bool | None
    phase: int | None
    unit: str = "share"


class _Entry(BaseModel):
    phase: int
    source: str
    category: str
    from_month: Finite
    months: Finite
    amount: Money
    cash: bool
    why: str
    refs: list[str]
    # What the arithmetic is made of came after the first results of this format.
    quantity: Finite = 1.0
    unit: str = ""
    unit_price: Finite = 0.0
    price_index: Finite = 1.0


class _Option(BaseModel):
    label: str
    npv: Money | None
    per_hour_worked: Money | None
    per_watched_hour: Money | None
    per_answered_message: Money | None
    coverage: dict[str, Finite | None]
    horizon_average: dict[str, Finite | None]
    phases: list[_Phase]
    requirements: list[_Requirement]
    eligible: bool
    on_frontier: bool
    entries: list[_Entry]


class _Assumption(BaseModel):
    path: str
    value: str
    source: str
    as_of: str | None
    confidence: str


class _Warning(BaseModel):
    code: str
    message: str
    hint: str | None
    file: str | None
    line: int | None
    column: int | None
    path: str | None


class _Signal(BaseModel):
    rule: str
    speaks_for: list[str]
    speaks_against: list[str]
    reason: str
    origin: str


class _Comparison(BaseModel):
    format: Literal["cmsource/comparison/1"]
    scenario: _Scenario
    options: dict[str, _Option]
    recommended: str | None
    reason: str
    signals: list[_Signal]
    advice: list[str] = []
    assumptions: list[_Assumption]
    warnings: list[_Warning]
    inputs: dict[str, str] = {}


def read_comparison(text: str) -> Comparison:
    """The comparison that a JSON text holds.

    Raises:
        ScenarioError: the text is not a comparison of this format.
    """
    try:
        data = _Comparison.model_validate_json(text)
    except ValidationError as error:
        raise ScenarioError(_diagnostics(error)) from None
    scenario = data.scenario
    horizon = scenario.horizon_months
    return Comparison(
        name=scenario.name,
        file=scenario.file,
        country=scenario.country,
        currency=scenario.currency,
        horizon_months=horizon,
        options={name: _option(name, each, horizon) for name, each in data.options.items()},
        recommended=data.recommended,
        reason=data.reason,
        signals=tuple(_signal(signal) for signal in data.signals),
        advice=tuple(data.advice),
        assumptions=tuple(
            Assumption(a.path, a.value, a.source, a.as_of or "", a.confidence)
            for a in data.assumptions
        ),
        warnings=tuple(_warning(warning) for warning in data.warnings),
        inputs=data.inputs,
        detailed=True,
    )


def _diagnostics(error: ValidationError) -> list[Diagnostic]:
    problems = error.errors(include_url=False, include_context=False)
    if any(problem["loc"] == ("format",) or not problem["loc"] for problem in problems):
        message = f"the text is no saved result of format {FORMAT}"
        hint = "save one with cmsource compare SCENARIO --format json"
        return [Diagnostic("E113", message, Place("result"), hint)]
    found = []
    for problem in problems[:20]:
        path = ".".join(str(key) for key in problem["loc"])
        message = f"no valid result of format {FORMAT}: {problem['msg']}"
        found.append(Diagnostic("E113", message, Place("result", path=path), f"at {path}"))
    return found


def _option(name: str, data: _Option, horizon: float) -> OptionResult:
    return OptionResult(
        name=name,
        label=data.label,
        entries=tuple(_entry(entry) for entry in data.entries),
        horizon=horizon,
        npv_cents=None if data.npv is None else _cents(data.npv),
        coverage=_coverage(data.coverage),
        horizon_average=Average(*map(data.horizon_average.get, Average._fields)),
        per_hour_worked=_money(data.per_hour_worked),
        per_watched_hour=_money(data.per_watched_hour),
        per_answered_message=_money(data.per_answered_message),
        phases=tuple(
            PhaseResult(
                phase.from_month,
                phase.months,
                _coverage(phase.coverage),
                {name: _source(source) for name, source in phase.sources.items()},
                rosters={name: _roster(roster) for name, roster in phase.rosters.items()},
                uncovered=_week(phase.uncovered),
                answering=_answering(phase.answering),
            )
            for phase in data.phases
        ),
        requirements=tuple(RequirementResult(**dict(held)) for held in data.requirements),
        eligible=data.eligible,
        on_frontier=data.on_frontier,
    )


def _answering(data: _Answering | None) -> Answering | None:
    return None if data is None else Answering(**dict(data))


def _coverage(data: dict[str, float | None]) -> Coverage:
    """Figures of the format that this version knows; one that is missing was not measured."""
    return Coverage(*map(data.get, Coverage._fields))


def _entry(data: _Entry) -> Entry:
    fields = dict(data)
    amount: Decimal = fields.pop("amount")
    return Entry(**{**fields, "refs": tuple(data.refs), "cents": _cents(amount)})


def _source(data: _Source) -> SourceResult:
    return SourceResult(**dict(data))


def _roster(data: _Roster) -> Roster:
    return Roster(tuple(data.rows), tuple(data.hours), data.teams, data.needed, data.why_not or "")


def _signal(data: _Signal) -> Signal:
    return Signal(
        data.rule,
        tuple(data.speaks_for),
        tuple(data.speaks_against),
        data.reason,
        data.origin,
    )


def _warning(data: _Warning) -> Diagnostic:
    place = None
    if data.file is not None:
        path = data.path or ""
        place = Place(data.file, data.line or 0, data.column or 0, path=path)
    return Diagnostic(data.code, data.message, place, data.hint or "")


def _week(text: str | None) -> Week:
    try:
        return parse_week(text) if text else EMPTY
    except QuantityError as error:
        message = f"no valid result of format {FORMAT}: {error.message}"
        raise ScenarioError([Diagnostic("E113", message, Place("result"), error.hint)]) from None


def _money(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else money(_cents(amount))


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))
