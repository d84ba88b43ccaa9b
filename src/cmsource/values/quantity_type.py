"""Quantities as annotated types: each turns what a file says into one checked value.

``hourly_wage: Annotated[float, Amount("hour")]`` is a field of a pydantic model that takes
``16,50 €/h``. A quantity knows how to say what it expects, to people and as a JSON Schema. What it
refuses, it refuses with a `QuantityError`; no input makes it raise anything else.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from cmsource.values.language import Said, either, say
from cmsource.values.quantities import (
    LARGEST,
    Hours,
    PriceTag,
    QuantityError,
    Scalar,
    ShapeError,
    TwoReadingsError,
    bounded,
    find_number,
    in_full,
    quoted,
)
from cmsource.values.ranges import (
    Range,
    Ranged,
    RangedCount,
    dotted,
    ends_of,
    is_range,
    range_of,
    ranged,
)
from cmsource.values.text import described, shown
from cmsource.values.written import written

T = TypeVar("T")

SMALLEST = 1e-6
"""No number of a scenario but 0 may be closer to zero than this: figures divide by them."""

_LONGEST_KEPT = 80


class SaidRange(NamedTuple):
    """A range in the place of a number.

    Attributes:
        quantity: of the number.
        said: what was read, the very object.
        value: what the quantity made of it.
    """

    quantity: "Quantity[Any]"
    said: object
    value: Any


class Context:
    """What checking values needs to know, and what it finds on the way.

    Args:
        currency: the code of the scenario's currency; others are refused, none when it is "".

    Attributes:
        ranges: every range that was read.
    """

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.ranges: list[SaidRange] = []


class Quantity(Generic[T]):
    """A kind of single value; immutable.

    Attributes:
        what: what it is: ``a share``.
        examples: texts or numbers that it takes.
        numeric: whether it is a number; in the place of a number a range may stand.
        kept: types of values that are what is wanted already.
    """

    __slots__ = ("examples", "what")
    numeric: ClassVar[bool] = False
    kept: ClassVar[tuple[type, ...]] = (Ranged, RangedCount)
    what: Said
    examples: tuple[str | float, ...]

    def __init__(self, what: Said, *examples: str | float, **fields: object) -> None:
        for name, value in {"what": what, "examples": examples, **fields}.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __get_pydantic_core_schema__(
        self, wanted: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        schema = core_schema.with_info_plain_validator_function(self.validated)
        return core_schema.nullable_schema(schema) if type(None) in get_args(wanted) else schema

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        schema = self.json_schema()
        if self.numeric:
            schema = {"anyOf": [schema, handler(Range.__pydantic_core_schema__)]}
        return {"title": self.title, **schema}

    def validated(self, value: object, info: ValidationInfo) -> T:
        """The value of what is said, for pydantic; a range is noted in the context."""
        context: Context | None = info.context
        if context is None:
            return self.value(value)
        found = self.value(value, context.currency)
        if self.is_range(value):
            context.ranges.append(SaidRange(self, value, found))
        return found

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return self.what.removeprefix("an ").removeprefix("a ")

    @property
    def example(self) -> str | float:
        """One text or number that it takes."""
        return self.examples[0]

    @property
    def such_as(self) -> Said:
        """Some examples: ``30% or 0.3``."""
        return either(
            written(example if isinstance(example, str) else str(example))
            for example in self.examples[:2]
        )

    @property
    def expected(self) -> Said:
        """What it takes, as the end of a sentence: ``a share, such as 30% or 0.3``."""
        if not self.examples:
            return self.what
        return say("{what}, such as {examples}", what=self.what, examples=self.such_as)

    def value(self, raw: object, currency: str = "") -> T:
        """The value of what a file or Python says.

        Args:
            raw: a single value, a range as a map, or a value that was read before.
            currency: the code of the scenario's currency; others are refused, none when "".

        Raises:
            QuantityError: it cannot be understood, or is no single value (`ShapeError`).
        """
        if isinstance(raw, str) and len(raw) <= _LONGEST_KEPT:
            return _known(self, raw, currency)  # type: ignore[no-any-return]
        if isinstance(raw, self.kept):
            return raw  # type: ignore[return-value]
        if isinstance(raw, (str, int, float)):
            return self._sensible(raw, currency)
        if self.numeric and isinstance(raw, Mapping) and is_range(raw):
            try:
                return range_of(raw, lambda part: self.value(part, currency))  # type: ignore[no-any-return]
            except QuantityError as error:
                error.hint = error.hint or say("expected {what}", what=self.expected)
                raise
        map_of_a_number = self.numeric and isinstance(raw, Mapping)
        hint = say("a range is written {low: 60, likely: 70, high: 90}") if map_of_a_number else ""
        raise ShapeError(
            say("takes {what}, found {found}", what=self.expected, found=described(raw)), hint
        )

    def usual(self, text: str) -> str:
        """A text in the usual words, which are English: ``permanent`` for ``CDI``."""
        return text

    def is_range(self, raw: object) -> bool:
        """Whether a value that was read is a range, written as a text or as a map."""
        if not self.numeric:
            return False
        return _says_range(raw) if isinstance(raw, str) else isinstance(raw, Mapping)

    def _sensible(self, raw: Scalar, currency: str) -> T:
        value = self.read(raw, currency)
        number: Any = value.amount if isinstance(value, (Hours, PriceTag)) else value
        if isinstance(number, float):
            ends = (number.low, number.high) if isinstance(number, Ranged) else (number,)
            if any(-SMALLEST < end < SMALLEST and end for end in ends):
                hint = say("write 0, or a number that counts")
                raise QuantityError(say("{raw} is absurdly small", raw=shown(raw)), hint)
        return value

    def read(self, raw: Scalar, currency: str) -> T:
        """Read a scalar as YAML resolved it.

        Returns:
            The value, in the units that the class names.

        Raises:
            QuantityError: it is not what is expected, is ambiguous or is out of range.
        """
        if isinstance(raw, str):
            text = " ".join(raw.replace("’", "'").replace("−", "-").split())
            value = self._said(text, currency) if text and len(text) <= 500 else None
            if value is None:
                raise self._refusal(raw)
            return value
        if isinstance(raw, bool):
            raise self._refusal(raw)
        return self._bare(bounded(raw))

    def _said(self, text: str, currency: str) -> T | None:
        """What a text with single spaces says; None where it cannot be understood."""
        if not self.numeric:
            return self._text(text, currency)
        range_text = dotted(text)
        if ".." in range_text:
            low, high = ends_of(range_text)
            return ranged(self.read(low, currency), None, self.read(high, currency))  # type: ignore[no-any-return]
        try:
            return self._text(text, currency)
        except TwoReadingsError as found:
            return self._either(text, currency, found)

    def _either(self, text: str, currency: str, found: TwoReadingsError) -> T | None:
        """A text by the decimal reading of its point, if the other is none of this quantity.

        Else it is refused; the error names each reading as the whole text that says it for sure.
        A comma is always refused: a point is at least what YAML and most programs write.
        """
        texts = [text.replace(found.digits, each, 1) for each in (found.grouped, found.decimal)]
        sensible = [each for each in texts if self._reads(each, currency)]
        if "." in found.digits and texts[0] not in sensible:
            return self._text(texts[1], currency)
        found.hint = say(
            "write {texts}", texts=either([written(each) for each in sensible or texts])
        )
        raise found

    def _reads(self, text: str, currency: str) -> bool:
        """Whether a text can be understood."""
        try:
            return self._text(text, currency) is not None
        except QuantityError:
            return False

    def limits(self) -> tuple[float, float]:
        """The least and the most that a number may be, in the units that the class names.

        Of hours per period they are hours a week. Nothing but 0 is closer to zero than `SMALLEST`.
        """
        least = float(getattr(self, "_minimum", 0.0))
        if not getattr(self, "_zero", True):
            least = max(least, SMALLEST)
        most = getattr(self, "_maximum", None)
        return least, LARGEST if most is None else float(most)

    def json_schema(self) -> dict[str, object]:
        """A JSON Schema of the single values that it takes: never narrower, often wider."""
        schema = self._schema()
        if self.examples:
            schema["examples"] = list(self.examples)
        return schema

    def written(self, value: T) -> str:
        """A value as one would write it: rounded, in its own unit."""
        return in_full(value) if isinstance(value, (int, float)) else str(value)

    def _refusal(self, raw: Scalar) -> QuantityError:
        found = say("an empty text") if raw == "" else quoted(raw)
        return QuantityError(
            say("{found} is not {what}", found=found, what=self.what),
            say("write {texts}", texts=self.such_as if self.examples else self.what),
        )

    def _bare(self, value: float) -> T:
        raise self._refusal(value)

    def _text(self, text: str, currency: str) -> T | None:
        found = find_number(text)
        return None if found is None or found[1] or found[2] else self._bare(found[0])

    def _schema(self) -> dict[str, object]:
        return {"type": ["number", "string"], "minimum": 0, "maximum": LARGEST}


@lru_cache(maxsize=4096)
def _says_range(text: str) -> bool:
    """Whether a text is a range, with dots or in words."""
    return ".." in dotted(" ".join(text.split()))


@lru_cache(maxsize=4096)
def _known(quantity: Quantity[Any], text: str, currency: str) -> Any:  # noqa: ANN401 - as it says
    """What a quantity makes of a text; the files of a folder say the same things many times."""
    return quantity._sensible(text, currency)
