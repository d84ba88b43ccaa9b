"""Records: the parts of a scenario as pydantic models whose fields know where they came from.

The fields of a record are the keys of a map in the file. Every field has a description; its type is
a quantity, another record, or a list or a map of these.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, Self, get_args, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from cmsource.scenario.provenance import NOWHERE, Origins
from cmsource.values.language import Said, say
from cmsource.values.quantities import ShapeError
from cmsource.values.quantity_type import Quantity
from cmsource.values.ranges import is_range
from cmsource.values.text import described, shown

if TYPE_CHECKING:  # which rests on records
    from cmsource.scenario.draft import Draft

MAX_NAME = 60


class Frozen(BaseModel):
    """A value that never changes: there are only others like it."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    def changed(self, **values: object) -> Self:
        """The same with other values, which nothing checks."""
        return self.model_copy(update=values)


class Record(Frozen):
    """A part of a scenario, which knows where its fields came from.

    What a record knows beside its keys is a class variable, which says what holds of a record that
    was not told: pydantic looks for private attributes anew each time they are read, which took a
    twentieth of a batch.
    """

    _origins: ClassVar[Origins] = NOWHERE

    @model_validator(mode="before")
    @classmethod
    def _given(cls, data: object) -> object:
        """A key with nothing behind it is a key that is not given."""
        if isinstance(data, dict) and None in data.values():
            known = cls.model_fields
            return {
                key: value for key, value in data.items() if value is not None or key not in known
            }
        return data

    @classmethod
    def fill(cls, draft: "Draft") -> None:
        """Fill what a record leaves out, where it knows what is taken for it."""

    @property
    def origins(self) -> Origins:
        """Where each field came from; what nobody set has no origin."""
        return self._origins

    def remember(self, origins: Origins) -> Self:
        """This record, which remembers from now on where its fields came from."""
        return self._knowing(_origins=origins)

    def _knowing(self, **known: object) -> Self:
        """This record, which knows from now on what none of its keys says; so do copies of it."""
        self.__dict__.update(known)
        return self


class ByName:
    """Annotates a map from names that the user chooses, such as ``work: {content: 6 h/week}``.

    Args:
        noun: what a name stands for, in messages.
        example: a name.
        or_one: whether one value may stand for everything; its name is then "".
        otherwise: what holds where nothing is said, of those with one value for everything.
    """

    def __init__(
        self, noun: str, example: str, *, or_one: bool = False, otherwise: float | None = None
    ) -> None:
        self.noun = noun
        self.example = example
        self.or_one = or_one
        self.otherwise = otherwise

    def __get_pydantic_core_schema__(
        self,
        source: object,
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        _, item = get_args(source)
        names = core_schema.no_info_after_validator_function(self._name, core_schema.any_schema())
        entries = core_schema.dict_schema(names, handler.generate_schema(item))
        return core_schema.no_info_before_validator_function(self._given, entries)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        named = handler(schema)
        return {"anyOf": [named["additionalProperties"], named]} if self.or_one else named

    def _given(self, value: object) -> object:
        if isinstance(value, dict) and not (self.or_one and is_range(value)):
            return {name: item for name, item in value.items() if item is not None}
        if self.or_one:
            return {EVERYTHING: value}
        raise ShapeError(
            say(
                "takes a map of {noun} names, found {found}", noun=self.noun, found=described(value)
            ),
            "",
        )

    def _name(self, name: object) -> str:
        problem = "" if name is EVERYTHING else problem_of_name(str(name))
        if problem:
            message = say(
                "the name of this {noun}, {name}, {problem}",
                noun=self.noun,
                name=shown(name),
                problem=problem,
            )
            raise PydanticCustomError("name", "{message}", {"message": message})
        return str(name)


_TIERS = "[{up_to: 15, price: 60}, {price: 48}]"


class OrList:
    """Annotates a single value in whose place a list of records may stand: a price, or tiers.

    Args:
        quantity: of the single value.
    """

    def __init__(self, quantity: Quantity[Any]) -> None:
        self.quantity = quantity

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        parts = get_args(source)
        records = next(part for part in parts if get_origin(part) is tuple)
        schema = core_schema.with_info_wrap_validator_function(
            self._validated, handler.generate_schema(records)
        )
        return core_schema.nullable_schema(schema) if type(None) in parts else schema

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        single = self.quantity.__get_pydantic_json_schema__(schema, handler)
        several = handler(schema)
        title = f"{self.quantity.title} or tiers"
        return {"title": title, "anyOf": [single, *several.get("anyOf", [several])]}

    def _validated(
        self, value: object, several: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> object:
        if isinstance(value, (list, tuple)):
            return several(value)
        if isinstance(value, Mapping) and value.keys() & {"up_to", "price"}:
            expected = self.quantity.expected
            raise ShapeError(
                say("takes {what}, found {found}", what=expected, found=described(value)),
                say("write tiers as a list: {tiers}", tiers=_TIERS),
            )
        return self.quantity.validated(value, info)


class _Everything(str):
    """The name of the one value that stands for everything; no file can write it."""

    __slots__ = ()


EVERYTHING = _Everything("")


def problem_of_name(name: str) -> str:
    """Why a name that the user chose cannot be used; "" where it can."""
    if not name or name != name.strip():
        return say("is empty or has spaces around it")
    if "." in name:
        return say("has a dot, which separates keys in paths")
    if not name.isprintable():
        return say("has characters that cannot be shown")
    if len(name) > MAX_NAME:
        return say("is longer than {most} characters", most=MAX_NAME)
    return ""


def check_only_one(value: object, info: ValidationInfo, keys: Sequence[str]) -> None:
    """Refuse a field where another one says the same thing in another way; for validators.

    Args:
        value: of the field.
        info: what is known of the fields before it.
        keys: of which a record has one at most, in the order in which they are declared.
    """
    first = next((key for key in keys if info.data.get(key) is not None), None)
    if value is not None and first is not None:
        words = {"first": first, "other": info.field_name}
        raise PydanticCustomError("exclusive", "there is both {first} and {other}", words)


class Key(NamedTuple):
    """One key of a record.

    Attributes:
        name: of the key.
        meaning: what it means, in one sentence.
        required: whether it must be there.
        default: its value where it is left out.
        quantity: what its single values are, None where it has none.
        record: the record that it holds.
        named: how the names of a map are chosen, None where it is no map of names.
        several: whether it is a list, or each value of the map is.
    """

    name: str
    meaning: str
    required: bool
    default: object
    quantity: Quantity[Any] | None
    record: "type[Record] | None"
    named: ByName | None
    several: bool


def keys_of(cls: type[Record]) -> Mapping[str, Key]:
    """The keys of a record, in the order in which they are declared."""
    return _keys(cls)


@cache
def _keys(cls: type[Record]) -> dict[str, Key]:
    found = {}
    for name, field in cls.model_fields.items():
        inside = [*field.metadata, *_parts(field.annotation)]
        required = field.is_required()
        found[name] = Key(
            name,
            _meaning(field.description or ""),
            required,
            None if required else field.get_default(call_default_factory=True),
            next(
                (
                    part.quantity if isinstance(part, OrList) else part
                    for part in inside
                    if isinstance(part, (OrList, Quantity))
                ),
                None,
            ),
            next(
                (part for part in inside if isinstance(part, type) and issubclass(part, Record)),
                None,
            ),
            next((part for part in inside if isinstance(part, ByName)), None),
            _is_list(field.annotation)
            and not any(isinstance(part, Quantity) for part in field.metadata),
        )
    return found


def _meaning(text: str) -> Said:
    """A description as a sentence of the catalogue, which has those of all keys."""
    return text if isinstance(text, Said) else say(text)


def _is_list(annotation: Any) -> bool:  # noqa: ANN401 - a type
    """Whether there is a list in an annotation: by itself, as a value of a map, or beside None."""
    if isinstance(annotation, type):
        return False
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return _is_list(inner) and not any(isinstance(each, Quantity) for each in metadata)
    return get_origin(annotation) is tuple or any(_is_list(each) for each in get_args(annotation))


def _parts(annotation: Any) -> list[Any]:  # noqa: ANN401 - a type
    """What an annotation is made of: types and what annotates them."""
    if isinstance(annotation, type):  # as most are, and looking into one takes longer
        return [annotation]
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return [*metadata, *_parts(inner)]
    parts = [part for each in get_args(annotation) for part in _parts(each)]
    return parts or [annotation]
