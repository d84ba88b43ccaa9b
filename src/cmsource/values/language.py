"""What people are told, in each language: sentences, counts and lists, and who renders them.

A text is made once, in English, and remembers what it was made of: a sentence of the catalogue and
what stands in its places. So results, data and tests are the same in every language, and only
whoever writes for people asks for another one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

CODES = ("en", "fr")
"""The languages that everything is told in."""

_T = TypeVar("_T")


class Language:
    """A language in which people are told something.

    Args:
        code: one of `CODES`.

    Attributes:
        code: the same.
    """

    def __init__(self, code: str) -> None:
        self.code = code

    def __reduce__(self) -> tuple[Any, ...]:
        """Catalogues are read again in another process."""
        return Language, (self.code,)

    def sentence(self, template: str) -> str:
        """A sentence of the catalogue, its places still open."""
        return _catalogue(self.code).gettext(template) if template else ""

    def sentence_of(self, count: str, one: str, many: str) -> str:
        """The sentence that goes with a count, as English shows it; its places are still open."""
        number = 1 if self.is_singular(count) else 2
        return _catalogue(self.code).ngettext(one, many, number)

    def is_singular(self, number: str) -> bool:
        """Whether a number, as English shows it, goes with one of something.

        French says 0 jour and 1,5 jour, English 0 days, 1.5 days and even 1.0 days: the rules of
        CLDR, as a test says.
        """
        whole, _, decimals = number.lstrip("-").replace(",", "").partition(".")
        if not whole.isdecimal():
            return False
        return int(whole) < 2 if self.code == "fr" else int(whole) == 1 and not decimals

    def of(self, value: _T) -> _T:
        """A text in this language; of records and lists, all texts in them."""
        found: Any = value
        if isinstance(value, Said):
            found = value.in_language(self)
        elif isinstance(value, tuple):
            parts = [self.of(each) for each in value]
            make = getattr(type(value), "_make", tuple)
            found = make(parts)
        elif isinstance(value, list):
            found = [self.of(each) for each in value]
        elif isinstance(value, dict):
            found = {key: self.of(each) for key, each in value.items()}
        return found  # type: ignore[no-any-return]


ENGLISH = Language("en")


class Said(str):
    """A text that can be said in each language; as a text, it is English.

    Attributes:
        how: what makes it, from a language and the parts.
        parts: what it is made of.
    """

    how: Callable[..., str]
    parts: tuple[Any, ...]

    def in_language(self, language: Language) -> str:
        """The same text in a language."""
        if language.code == ENGLISH.code:
            return str(self)
        return self.how(language, *self.parts)

    def with_places(self, **places: object) -> "Said":
        """The sentence that an open one, as `say` makes it without places, becomes with them."""
        template, _ = self.parts
        return said(self.how, template, places)

    def __reduce__(self) -> tuple[Any, ...]:
        """Texts go from process to process with what they are made of."""
        return said, (self.how, *self.parts)


def said(how: Callable[..., str], *parts: Any) -> Said:  # noqa: ANN401 - as `how` takes them
    """A text made of some parts by a function of a module, which takes a language first."""
    text = Said(how(ENGLISH, *parts))
    text.how = how
    text.parts = parts
    return text


def say(template: str, /, **places: object) -> Said:
    """A sentence of the catalogue.

    Args:
        template: in English, its places in braces; a literal, so that it is found for catalogues.
        places: what stands in them: texts, and values as `str` shows them.
    """
    return said(_sentence, template, places)


def counted(count: float, one: str, many: str, /, **places: object) -> Said:
    """A sentence that goes with a count, which stands in its place ``{count}``.

    Args:
        count: decides which of the two it is, as it is shown.
        one: the sentence for one; a literal.
        many: that for any other number; a literal.
        places: what stands in the places; `count` too, where it is not shown as it is.
    """
    shown = str(places.setdefault("count", count))  # 1.96 may be shown as 2, and 1.04 as 1
    number = shown if _is_number(shown) else f"{count:.10g}"
    return said(_plural, number, one, many, places)


def _is_number(text: str) -> bool:
    """Whether a text is a number, as English shows it."""
    return text.lstrip("-").replace(",", "").replace(".", "", 1).isdecimal()


def listed(texts: Iterable[str], between: str = ", ") -> Said:
    """Texts one after the other: ``a, b, c``."""
    return said(_joined, tuple(texts), between)


def either(texts: Iterable[str]) -> Said:
    """Texts of which one holds: ``a or b or c``."""
    return listed(texts, say(" or "))


def said_by(error: BaseException) -> str:
    """What an error says, which can be said in each language where it was made so."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Said) else str(error)


def both(texts: Sequence[str]) -> Said:
    """Texts of which all hold: ``a, b and c``."""
    return said(_all_of, tuple(texts))


def _sentence(language: Language, template: str, places: Mapping[str, object]) -> str:
    found = language.sentence(template)
    return found.format_map(_shown(language, places)) if places else found


def _plural(
    language: Language, count: str, one: str, many: str, places: Mapping[str, object]
) -> str:
    return language.sentence_of(count, one, many).format_map(_shown(language, places))


def _joined(language: Language, texts: tuple[str, ...], between: str) -> str:
    return language.of(between).join(language.of(texts))


def _all_of(language: Language, texts: tuple[str, ...]) -> str:
    *most, last = language.of(texts)
    if not most:
        return last
    return language.sentence("{most} and {last}").format(most=", ".join(most), last=last)


def _shown(language: Language, places: Mapping[str, object]) -> dict[str, object]:
    return {name: language.of(value) for name, value in places.items()}


def pairs_of(code: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every sentence of a catalogue and how a language says it; two of each where it counts."""
    from babel.messages.mofile import read_mo
    from babel.messages.pofile import read_po

    compiled, source = _files(code)
    with (compiled if compiled.exists() else source).open("rb") as stream:
        catalogue = read_mo(stream) if compiled.exists() else read_po(stream, code)
    for message in catalogue:
        texts, forms = _each(message.id), _each(message.string)
        if all(texts) and all(forms):
            yield texts, forms


def _each(said: object) -> tuple[str, ...]:
    """A sentence, or those of one and of many, as a catalogue holds them."""
    return tuple(map(str, said)) if isinstance(said, (tuple, list)) else (str(said or ""),)


def _files(code: str) -> "tuple[Path, Path]":
    """A catalogue as it was compiled into the package, and its source."""
    from pathlib import Path

    folder = Path(__file__).parents[1] / "locale" / code / "LC_MESSAGES"
    return folder / "cmsource.mo", folder / "cmsource.po"


@cache
def _catalogue(code: str) -> NullTranslations:
    """The catalogue of a language: as it was compiled into the package, else from its source."""
    if code == ENGLISH.code:
        return NullTranslations()
    compiled, source = _files(code)
    if compiled.exists():
        with compiled.open("rb") as stream:
            return GNUTranslations(stream)
    from tempfile import TemporaryFile

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as stream:
        catalogue = read_po(stream, code)
    with TemporaryFile() as file:
        write_mo(file, catalogue)
        file.seek(0)
        return GNUTranslations(file)
