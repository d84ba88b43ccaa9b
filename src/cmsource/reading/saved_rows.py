"""The rows of a batch read back from JSON: ``cmsource/row/1``, and what a batch says besides."""

from collections.abc import Mapping
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, Field, PlainValidator

from cmsource.reading.saved_comparison import names_of
from cmsource.reading.saved_values import (
    AnyText,
    Category,
    Cents,
    Count,
    Currency,
    Flag,
    Months,
    Number,
    OrEmpty,
    OrNoCurrency,
    Saved,
    SavedDiagnostic,
    Words,
    one_of,
)
from cmsource.results.comparison import Comparison
from cmsource.results.difference import Changed, Difference, Move, OptionChange, ShareChanged
from cmsource.results.rows import Row
from cmsource.scenario.figures import FIGURES
from cmsource.values.heard import heard_arithmetic

T = TypeVar("T")


class Header(NamedTuple):
    """What a batch says besides its rows.

    Attributes:
        shard: which part it is, and of how many; None for a whole run.
        bases: how many files were left out because others use them.
        removed: scenarios of the baseline that are no longer there; None without a baseline.
    """

    shard: tuple[int, int] | None = None
    bases: int = 0
    removed: tuple[str, ...] | None = None


class _Shard(BaseModel):
    index: Annotated[Count, Field(ge=1)]
    of: Annotated[Count, Field(ge=1, le=999_999)]


class _Summary(BaseModel):
    bases_left_out: Count
    removed: tuple[AnyText, ...] | None


class _Batch(BaseModel):
    shard: _Shard | None = None
    summary: _Summary


_Figure = Annotated[str, PlainValidator(one_of(tuple(FIGURES)))]


class _Sides(BaseModel, Generic[T]):
    """A value on both sides; null where it is not there."""

    old: T | None
    new: T | None


class _Changed(Saved):
    becomes = Changed

    name: AnyText
    old: AnyText | None
    new: AnyText | None


def _option(
    option: str,
    label: str,
    total: _Sides[Cents],
    eligible: _Sides[Flag],
    coverage: Mapping[str, _Sides[Number]],
) -> OptionChange:
    shares = tuple(ShareChanged(name, pair.old, pair.new) for name, pair in coverage.items())
    return OptionChange(option, label, total.old, total.new, eligible.old, eligible.new, shares)


class _OptionChange(Saved):
    becomes = _option

    option: Words
    label: Words
    total: _Sides[Cents]
    eligible: _Sides[Flag]
    coverage: dict[_Figure, _Sides[Number]]


class _Move(Saved):
    becomes = Move

    option: Words
    source: Words
    category: Category
    old_cents: Cents = Field(alias="old")
    new_cents: Cents = Field(alias="new")
    old_why: OrEmpty
    new_why: OrEmpty


def _difference(
    recommended: _Sides[AnyText],
    total: _Sides[Cents],
    inputs: tuple[Changed, ...] | None,
    **same: Any,  # noqa: ANN401 - the other fields of `_Change`
) -> Difference:
    return Difference(
        **same,
        old_recommended=recommended.old,
        new_recommended=recommended.new,
        old_cents=total.old,
        new_cents=total.new,
        inputs=inputs or (),
        inputs_known=inputs is not None,
        labels={option.name: option.label for option in same["options"]},
    )


class _Change(Saved):
    becomes = _difference

    name: Words
    file: AnyText
    old_file: AnyText
    currency: Currency
    old_currency: Currency
    recommended: _Sides[AnyText]
    total: _Sides[Cents]
    options: tuple[_OptionChange, ...]
    inputs: tuple[_Changed, ...] | None
    assumptions: tuple[_Changed, ...]
    moves: tuple[_Move, ...]


class _Row(Saved):
    becomes = Row

    file: AnyText
    status: Literal["ok", "failed", "invalid"]
    name: Words
    country: Words
    currency: OrNoCurrency
    horizon_months: Months | None
    recommended: Words | None
    label: Words
    cents: Cents | None = Field(alias="total")
    monthly_cents: Cents | None = Field(alias="monthly")
    watched: Number | None
    answered_in_time: Number | None
    work_done: Number | None
    options: Count
    eligible: Count
    expected: Count
    failures: tuple[SavedDiagnostic, ...]
    diagnostics: tuple[SavedDiagnostic, ...]
    change: _Change | None
    is_new: Flag = Field(alias="new")
    validity_changed: Flag = False


class _Place(BaseModel):
    """What tells one scenario from others."""

    file: AnyText
    name: Words


class _Was(BaseModel):
    old_file: AnyText


class _RowPlace(_Place):
    change: _Was | None


class _About(BaseModel):
    scenario: _Place


def row_of(data: object, comparison: Comparison | None = None) -> Row:
    """A row, of the data of its JSON.

    Args:
        data: the data.
        comparison: its result, read back; None when there is none.

    Raises:
        ValidationError: it is no row.
    """
    row: Any = _Row.model_validate(data)
    assert isinstance(row, Row)
    return row if comparison is None else _as_said(row, comparison)


def _as_said(row: Row, comparison: Comparison) -> Row:
    """A row in which labels and reasons can be said in each language, as in its result."""
    labels = {name: option.label for name, option in comparison.options.items()}
    names = names_of(comparison)

    def label_as_said(name: str | None, label: str) -> str:
        said = labels.get(name or "", label)
        return said if said == label else label

    def move_as_said(move: Move) -> Move:
        known = names | {move.source, move.source.rpartition(".")[2]}
        why = (heard_arithmetic(each, known) for each in (move.old_why, move.new_why))
        return Move(*move[:-2], *why)

    row = row._replace(label=label_as_said(row.recommended, row.label))
    if row.change is None:
        return row
    options = tuple(
        each._replace(label=label_as_said(each.name, each.label)) for each in row.change.options
    )
    moves = tuple(map(move_as_said, row.change.moves))
    return row._replace(
        change=row.change._replace(
            options=options, moves=moves, labels={**row.change.labels, **labels}
        )
    )


def header_of(data: object) -> Header:
    """What a batch says besides its rows.

    Raises:
        ValidationError: it is not of the format.
    """
    batch = _Batch.model_validate(data)
    shard = None if batch.shard is None else (batch.shard.index, batch.shard.of)
    return Header(shard, batch.summary.bases_left_out, batch.summary.removed)


def place_of(data: object, *, is_row: bool = True) -> tuple[str, str, str]:
    """The file and the name of a scenario, and the file that it was compared with; "" for none.

    Args:
        data: the data of a row, or of a comparison.
        is_row: whether it is a row.

    Raises:
        ValidationError: the data do not say them.
    """
    if is_row:
        row = _RowPlace.model_validate(data)
        return row.file, row.name, "" if row.change is None else row.change.old_file
    place = _About.model_validate(data).scenario
    return place.file, place.name, ""
