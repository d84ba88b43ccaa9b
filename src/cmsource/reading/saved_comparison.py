"""Results read back from JSON: ``cmsource/comparison/1`` to a `Comparison`.

The models are the shape of the format. Totals are not taken from it but summed again.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, PlainValidator, ValidationError

from cmsource.reading.saved_values import (
    AnyText,
    Category,
    Cents,
    Count,
    Currency,
    Flag,
    Hours,
    Months,
    Number,
    OrEmpty,
    Saved,
    SavedDiagnostic,
    Words,
    one_of,
    parsed,
    problems,
)
from cmsource.reading.standard_options import label_of
from cmsource.results.comparison import FORMAT, Comparison, Signal, Units
from cmsource.results.coverage import Average, Coverage
from cmsource.results.entry import Entry, money
from cmsource.results.option import OptionResult
from cmsource.results.phase import (
    Answering,
    OnCallResult,
    PhaseResult,
    Roster,
    SeasonResult,
    SourceResult,
)
from cmsource.results.requirement import LAWFUL, RequirementResult
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.figures import requirable
from cmsource.values.diagnostics import Diagnostic, Place, ScenarioError
from cmsource.values.heard import heard
from cmsource.values.language import said_by, say
from cmsource.values.text import shown

_Shares = dict[Words, Number | None]
# Figures of the format that this version knows; one that is missing was not measured.
_Coverage = Annotated[
    _Shares, AfterValidator(lambda data: Coverage(*map(data.get, Coverage._fields)))
]
_Average = Annotated[_Shares, AfterValidator(lambda data: Average(*map(data.get, Average._fields)))]
_Money = Annotated[
    Cents | None, AfterValidator(lambda cents: None if cents is None else money(cents))
]


class _Scenario(BaseModel):
    name: Words
    file: AnyText
    country: Words
    currency: Currency
    horizon_months: Annotated[Months, Field(gt=0)]


class _OnCall(Saved):
    becomes = OnCallResult

    hours: Hours
    presence: Number
    messages_done: Number
    call_outs: Number
    paid_hours: Number


class _Source(Saved):
    becomes = SourceResult

    headcount: Count
    depth: Number
    presence: Number
    hours_done: Number
    # What they are made of came after the first results of this format.
    messages_done: Number = 0.0
    planned_done: Number = 0.0
    units_done: dict[Words, Number] = Field(default_factory=dict)
    on_call: _OnCall | None = None
    messages_share: Number = 0.0


class _Roster(Saved):
    becomes = Roster

    rows: tuple[Words, ...]
    hours: tuple[Number, ...]
    teams: Count
    needed: Count | None
    why_not: OrEmpty


class _Units(Saved):
    becomes = Units

    per_month: Number
    hours_each: Number


class _Answering(Saved):
    becomes = Answering

    median_minutes: Number | None
    p90_minutes: Number | None
    peak_backlog_hours: Number | None
    peak_at: Count | None


class _Season(Saved):
    becomes = SeasonResult

    name: Words
    calendar: tuple[Count, ...]
    months: Months
    shares: dict[Words, Number]
    messages: Number | None
    needed: Number = Field(alias="hours_needed")
    able: Number | None = Field(alias="hours_able")
    coverage: _Coverage
    sources: dict[Words, _Source]
    answering: _Answering | None


class _Phase(Saved):
    becomes = PhaseResult

    from_month: Months
    months: Months
    coverage: _Coverage
    sources: dict[Words, _Source]
    rosters: dict[Words, _Roster] = Field(default_factory=dict)
    uncovered: Hours = Field(None, validate_default=True)
    answering: _Answering | None = None
    # Came after the first results of this format.
    seasons: tuple[_Season, ...] = ()


class _Requirement(Saved):
    becomes = RequirementResult

    name: Annotated[str, PlainValidator(one_of((*requirable(), LAWFUL)))]
    limit: Number
    value: Number | None
    met: Flag | None
    phase: Count | None
    unit: Literal["share", "months", "weeks", "days", "month", "total", "law"] = "share"
    law: OrEmpty = ""
    assumed: Flag = False
    season: Words = ""
    months: tuple[Number, Number] | None = None


class _Entry(Saved):
    becomes = Entry

    phase: Count
    source: Words
    category: Category
    from_month: Months
    months: Months
    cents: Cents = Field(alias="amount")
    cash: Flag
    why: Words
    refs: tuple[AnyText, ...]
    # What the arithmetic is made of came after the first results of this format.
    quantity: Number = 1.0
    unit: Words = ""
    unit_price: Number = 0.0
    price_index: Number = 1.0


class _Totals(BaseModel):
    """What is summed again, and only has to be of the right type."""

    total: Cents
    cash: Cents
    monthly: Cents
    by_category: dict[Category, Cents]
    by_source: dict[Words, Cents]
    by_year: tuple[Cents, ...]


class _Option(_Totals):
    label: Words
    npv_cents: Cents | None = Field(alias="npv")
    per_hour_worked: _Money
    per_watched_hour: _Money
    per_answered_message: _Money
    coverage: _Coverage
    horizon_average: _Average
    phases: tuple[_Phase, ...]
    requirements: tuple[_Requirement, ...]
    eligible: Flag
    on_frontier: Flag
    # Came after the first results of this format.
    would_take: OrEmpty = ""
    worst_month: _Coverage | None = None
    entries: tuple[_Entry, ...]


class _Assumption(Saved):
    becomes = Assumption

    path: AnyText
    value: AnyText
    source: Words
    as_of: OrEmpty
    confidence: Words
    money: Flag = False


class _Signal(Saved):
    becomes = Signal

    rule: Words
    speaks_for: tuple[Words, ...]
    speaks_against: tuple[Words, ...]
    reason: Words
    origin: Words


class _Comparison(BaseModel):
    format: Literal["cmsource/comparison/1"]
    scenario: _Scenario
    options: dict[Words, _Option]
    recommended: Words | None
    reason: Words
    signals: tuple[_Signal, ...]
    advice: tuple[Words, ...] = ()
    assumptions: tuple[_Assumption, ...]
    warnings: tuple[SavedDiagnostic, ...]
    inputs: dict[AnyText, AnyText] = Field(default_factory=dict)
    units: dict[Words, _Units] = Field(default_factory=dict)


def read_comparison(text: str) -> Comparison:
    """The comparison that a JSON text holds.

    Raises:
        ScenarioError: the text is not a comparison of this format.
    """
    try:
        data = parsed(text)
    except ValueError as error:
        message = say(
            "the text is no saved result of format {format}: {problem}",
            format=FORMAT,
            problem=said_by(error),
        )
        raise ScenarioError([_refusal(message, "result")]) from None
    return comparison_of(data, "result")


def comparison_of(data: object, file: str, where: str = "") -> Comparison:
    """The comparison that is the data of a JSON text.

    Args:
        data: the data.
        file: the name under which the file is shown.
        where: which part of the file it is, such as "row 3 of ".

    Raises:
        ScenarioError: it is not a comparison of this format.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        message = say("the text is no saved result of format {format}", format=FORMAT)
        raise ScenarioError([_refusal(message, file)])
    try:
        found = _Comparison.model_validate(data)
    except ValidationError as error:
        raise ScenarioError(problems(error, file, FORMAT, where)) from None
    if found.recommended is not None and found.recommended not in found.options:
        message = say(
            "{where}{file} is not of format {format}: no such option is recommended",
            where=where,
            file=shown(file),
            format=FORMAT,
        )
        raise ScenarioError([_refusal(message, file, "recommended")])
    fields = dict(found)
    about = found.scenario
    del fields["format"], fields["scenario"]
    names = names_of(found)
    fields["options"] = {
        name: OptionResult(
            name=name,
            label=label_as_said(name, option.label, found.inputs),
            horizon=about.horizon_months,
            entries=tuple([_told(entry, names) for entry in option.entries]),
            **{key: value for key, value in option if key not in _APART},
        )
        for name, option in found.options.items()
    }
    return Comparison(**dict(about), **fields, detailed=True)


_APART = frozenset({*_Totals.model_fields, "label", "entries"})


def _told(entry: Any, names: frozenset[str]) -> Entry:  # noqa: ANN401 - what a model became
    """An entry with a reason that can be said in each language."""
    told: Entry = entry._replace(why=heard(entry.why, names))
    return told


def names_of(found: "_Comparison | Comparison") -> frozenset[str]:
    """What the user has named, and what stands in reasons as it is."""
    options = found.options.items()
    named = {each for name, option in options for each in (name, option.label)}
    sources = {entry.source for _, option in options for entry in option.entries}
    work = [path.split(".")[2] for path in found.inputs if path.startswith("needs.work.")]
    return frozenset(named | sources | {*work} | {name.rpartition(".")[2] for name in sources})


def label_as_said(name: str, label: str, inputs: Mapping[str, str]) -> str:
    """The label of an option: of a standard one, which no input names, in each language.

    Args:
        name: the option.
        label: for people, in English.
        inputs: what the scenario gave; nothing where an early version wrote the result.
    """
    given = any(f"{path}.".startswith(f"options.{name}.") for path in inputs)
    standard = label_of(name)
    return standard if inputs and not given and label == standard else label


def _refusal(message: str, file: str, path: str = "") -> Diagnostic:
    hint = say("save one with cmsource compare SCENARIO --format json")
    return Diagnostic("E113", message, Place(file, path=path), hint)
