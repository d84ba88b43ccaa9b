"""The types of what saved results are made of, and what pydantic refuses of them told in words.

Everything is checked where it is read, so that whatever a file says, no number, name or text in a
result can surprise what works with it or shows it.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, ClassVar, NoReturn

from pydantic import AfterValidator, BaseModel, Field, PlainValidator, ValidationError
from pydantic import model_validator as validated

from cmsource.results.entry import CATEGORIES
from cmsource.values.diagnostics import Diagnostic, Place
from cmsource.values.heard import heard_problem
from cmsource.values.language import listed, said_by, say
from cmsource.values.money import format_shortest, is_currency
from cmsource.values.text import control_in, described, printable, shown
from cmsource.values.week import EMPTY, Week
from cmsource.values.week_reader import parse_week

LONGEST_TEXT = 20_000
"""Characters."""
_LARGEST = 10**18
_MOST_PROBLEMS = 20
_LONGEST_PATH = 200  # in a message


class Saved(BaseModel):
    """An object of a saved result, which becomes what its class names; unknown keys are left."""

    becomes: ClassVar[Callable[..., object]]

    @validated(mode="after")
    def _become(self) -> Any:  # noqa: ANN401 - whatever the class names
        return type(self).becomes(**dict(self))


def parsed(text: str, *, strict: bool = False) -> Any:  # noqa: ANN401 - whatever the text holds
    """The data of a JSON text; decimals keep their digits.

    Args:
        text: the text.
        strict: whether ``NaN`` and its like are refused here, rather than in their place.

    Raises:
        ValueError: the text is not JSON, or is nested too deeply.
    """
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=_whole,
            parse_constant=_no_number if strict else None,
        )
    except json.JSONDecodeError as error:
        raise ValueError(
            say(
                "{problem}: line {line} column {column} (char {position})",
                problem=_JSON.get(error.msg, error.msg),
                line=error.lineno,
                column=error.colno,
                position=error.pos,
            )
        ) from None
    except RecursionError:
        raise ValueError(say("it is nested too deeply to be a result")) from None
    except ArithmeticError:
        raise ValueError(say("a number in it is too large")) from None


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:  # Python reads some thousands of digits
        raise ValueError(say("a number in it is too large")) from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(say("{word} is no number of JSON", word=word))


_JSON = {
    str(text): text
    for text in (
        say("Expecting value"),
        say("Expecting property name enclosed in double quotes"),
        say("Expecting ':' delimiter"),
        say("Expecting ',' delimiter"),
        say("Illegal trailing comma before end of object"),
        say("Illegal trailing comma before end of array"),
        say("Extra data"),
        say("Unterminated string starting at"),
        say("Invalid control character at"),
        say("Invalid \\escape"),
        say("Invalid \\uXXXX escape"),
    )
}
"""What Python's reader of JSON says."""

_PYDANTIC = {
    str(text): text
    for text in (
        say("field required"),
        say("input should be a valid string"),
        say("input should be a valid integer"),
        say("input should be a valid number"),
        say("input should be a valid dictionary"),
        say("input should be a valid list"),
        say("input should be a valid tuple"),
        say("input should be an object"),
    )
}
"""What pydantic says, where no type of ours says it."""


def _in_our_words(found: Any) -> str:  # noqa: ANN401 - pydantic's error
    """What pydantic says of an error, with a small letter."""
    text: str = found["msg"][:1].lower() + found["msg"][1:]
    given = found.get("ctx", {})
    if found["type"] == "model_type":
        model = given["class_name"]
        return say("input should be a valid dictionary or instance of {model}", model=model)
    if found["type"] == "literal_error":
        return say("input should be {expected}", expected=given["expected"])
    if found["type"] == "string_pattern_mismatch":
        return say("string should match pattern '{pattern}'", pattern=given["pattern"])
    return _PYDANTIC.get(text, text)


def problems(error: ValidationError, file: str, form: str, where: str = "") -> list[Diagnostic]:
    """What pydantic refuses of a saved result, as diagnostics.

    Args:
        error: what it refuses.
        file: the name under which the file is shown.
        form: the format that the result should have.
        where: which part of the file it is, "line 3 of " the file.
    """
    every = error.errors(include_url=False, include_input=False)
    found = []
    for each in every[:_MOST_PROBLEMS]:
        path = ".".join(map(str, each["loc"]))
        value = each.get("ctx", {}).get("error")
        what = _in_our_words(each) if value is None else said_by(value)
        message = say(
            "{where}{file} is not of format {form}: {problem}",
            where=where,
            file=shown(file),
            form=form,
            problem=what,
        )
        hint = (
            say("at {path}: save the result anew", path=printable(path[:_LONGEST_PATH]))
            if path
            else ""
        )
        found.append(Diagnostic("E113", message, Place(file, path=path), hint))
    return found


def _text(value: object) -> str:
    """Any text of a bounded length: names of files and lines of source are what they are."""
    if not isinstance(value, str):
        raise ValueError(say("takes a text, found {found}", found=described(value)))
    if len(value) > LONGEST_TEXT:
        raise ValueError(
            say(
                "the text has {count} characters, at most {most} may be",
                count=format_shortest(len(value)),
                most=format_shortest(LONGEST_TEXT),
            )
        )
    return value


def _words(value: object) -> str:
    """A text without control characters."""
    text = _text(value)
    if control := control_in(text):
        raise ValueError(
            say("the text has the control character {code}", code=f"U+{ord(control):04X}")
        )
    return text


def _number(value: object) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ValueError(say("takes a number, found {found}", found=described(value)))
    if not -_LARGEST <= value <= _LARGEST:
        raise ValueError(say("the number is too large"))
    return value


def _cents(value: object) -> int:
    cents = Decimal(_number(value)).scaleb(2)
    if cents != int(cents):
        raise ValueError(say("money has two decimals"))
    return int(cents)


def _count(value: object) -> int:
    number = _number(value)
    if not isinstance(number, int) or not 0 <= number <= 1_000_000_000:
        raise ValueError(
            say(
                "takes a whole number from 0 to 1,000,000,000, found {found}",
                found=described(value),
            )
        )
    return number


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(say("takes true or false, found {found}", found=described(value)))
    return value


def one_of(known: tuple[str, ...]) -> Callable[[object], str]:
    """Checks that a text is one of those known."""

    def check(value: object) -> str:
        if value not in known:
            raise ValueError(
                say(
                    "{value} is not known here, only {known}",
                    value=shown(value),
                    known=listed(known),
                )
            )
        return str(value)

    return check


def _currency(value: object) -> str:
    if not isinstance(value, str) or not is_currency(value):
        raise ValueError(
            say("{value} is not known here: no currency has that code", value=shown(value))
        )
    return value


AnyText = Annotated[str, PlainValidator(_text)]
"""A name of a file or a line of source, which may have any character."""
Words = Annotated[str, PlainValidator(_words)]
"""A text that can be printed."""
OrEmpty = Annotated[Words | None, AfterValidator(lambda text: text or "")]
"""Words, "" for null."""
Number = Annotated[float, PlainValidator(lambda value: float(_number(value)))]
"""A finite number."""
Months = Annotated[Number, Field(ge=0, le=1200)]
"""Months of a horizon."""
Cents = Annotated[int, PlainValidator(_cents)]
"""Money, which becomes whole cents."""
Count = Annotated[int, PlainValidator(_count)]
"""A whole number, not negative."""
OrZero = Annotated[Count | None, AfterValidator(lambda count: count or 0)]
"""A count, 0 for null."""
Flag = Annotated[bool, PlainValidator(_flag)]
"""True or false."""
Currency = Annotated[str, PlainValidator(_currency)]
"""The code of a currency (ISO 4217)."""
OrNoCurrency = Annotated[str, PlainValidator(lambda value: "" if value == "" else _currency(value))]
"""The same, or "" for none."""
Category = Annotated[str, PlainValidator(one_of(CATEGORIES))]
"""A category of cost."""
Hours = Annotated[
    Week, PlainValidator(lambda text: EMPTY if text is None else parse_week(_words(text)))
]
"""Hours of the week, none for null."""


def _diagnostic(**data: Any) -> Diagnostic:  # noqa: ANN401
    place = None
    if data["file"] is not None:
        names = ("file", "line", "column", "length", "text", "path")
        place = Place(*map(data.get, names))  # type: ignore[arg-type]
    told = heard_problem(data["message"]), heard_problem(data["hint"])
    return Diagnostic(data["code"], told[0], place, told[1])


class SavedDiagnostic(Saved):
    """A diagnostic; rows have the line of source too."""

    becomes = _diagnostic

    code: str = Field(pattern=r"^[EW][0-9]{3}$", strict=True)
    message: Words
    hint: OrEmpty
    file: AnyText | None
    line: OrZero
    column: OrZero
    length: Count = 1
    text: AnyText = ""
    path: Annotated[AnyText | None, AfterValidator(lambda path: path or "")]
