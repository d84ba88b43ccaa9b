"""Words as annotated types: texts, choices, true and false."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from cmsource.values.language import either, listed, say
from cmsource.values.quantities import QuantityError, Scalar, quoted
from cmsource.values.quantity_type import Quantity
from cmsource.values.text import control_in


class Text(Quantity[str]):
    """Text on one line; a number is taken as its text."""

    __slots__ = ("_maximum",)
    _maximum: int

    def __init__(self, maximum: int = 200) -> None:
        super().__init__(say("a text on one line"), _maximum=maximum)

    @property
    def example(self) -> str:
        """A text; see `Quantity.example`."""
        return say("a text")

    def read(self, raw: Scalar, currency: str) -> str:
        """Reads a text; see `Quantity.read`."""
        if isinstance(raw, bool):
            raise QuantityError(
                say("{raw} is not a text", raw=quoted(raw)),
                say('write "{raw}", in quotes', raw=quoted(raw)),
            )
        if not isinstance(raw, str):
            if not -1e15 < raw < 1e15:
                raise QuantityError(
                    say("{raw} is not a text", raw=quoted(raw)), say("write it in quotes")
                )
            raw = f"{raw:.15g}"
        text = raw.strip()
        if not text:
            raise QuantityError(say("the text is empty"), say("write a text, or leave the key out"))
        if len(text) > self._maximum:
            raise QuantityError(
                say("the text has {count} characters", count=len(text)),
                say("write at most {most}", most=self._maximum),
            )
        control = control_in(text)
        if control:
            raise QuantityError(
                say("the text has the control character {code}", code=f"U+{ord(control):04X}"),
                say("write it on one line, in printable characters"),
            )
        return text

    def _schema(self) -> dict[str, object]:
        return {"type": ["string", "number"], "minLength": 1}


class Choice(Quantity[str]):
    """One of a few words, written exactly.

    Args:
        words: the words.
        also: words of another language, each with the one that it stands for.
    """

    __slots__ = ("_also", "_words")
    _also: Mapping[str, str]
    _words: tuple[str, ...]

    def __init__(self, *words: str, also: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(say("one of {words}", words=listed(words)), _words=words, _also=also)

    @property
    def example(self) -> str:
        """The first word; see `Quantity.example`."""
        return self._words[0]

    def usual(self, text: str) -> str:
        """The usual word; see `Quantity.usual`."""
        return self._also.get(text, text)

    def read(self, raw: Scalar, currency: str) -> str:
        """Reads a word; see `Quantity.read`."""
        text = self.usual(raw) if isinstance(raw, str) else quoted(raw)
        if text in self._words:
            return text
        close = get_close_matches(text[:40].lower(), (*self._words, *self._also), 1)
        raise QuantityError(
            say("{found} is not {what}", found=quoted(raw), what=self.what),
            say("did you mean {name}?", name=close[0])
            if close
            else say("write {texts}", texts=either(self._words)),
        )

    def _schema(self) -> dict[str, object]:
        return {"enum": [*self._words, *self._also]}


class Flag(Quantity[bool]):
    """True or false; yes and no are the same."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(say("true or false"))

    @property
    def example(self) -> str:
        """An answer; see `Quantity.example`."""
        return "yes"

    def usual(self, text: str) -> str:
        """An answer in English; see `Quantity.usual`."""
        return _USUAL_ANSWERS.get(text.strip().lower(), text)

    def read(self, raw: Scalar, currency: str) -> bool:
        """Reads a truth value; see `Quantity.read`."""
        if isinstance(raw, bool):
            return raw
        word = raw.strip().lower() if isinstance(raw, str) else ""
        if word in _ANSWERS:
            return _ANSWERS[word]
        meant = {"on": "true", "true": "true", "vrai": "true"}
        meant |= {"off": "false", "false": "false", "faux": "false"}
        hint = say("write {texts}", texts=meant.get(word, self.what))
        raise QuantityError(
            say("{raw} is not true or false", raw=quoted(raw)),
            say("write {text}, without quotes", text=word) if word in ("true", "false") else hint,
        )

    def _schema(self) -> dict[str, object]:
        return {"type": ["boolean", "string"]}


class YesNo(Flag):
    """Yes or no, as people answer a question; true and false are the same."""

    __slots__ = ()

    def __init__(self) -> None:
        Quantity.__init__(self, say("yes or no"))

    def read(self, raw: Scalar, currency: str) -> bool:
        """Reads an answer; see `Quantity.read`."""
        if isinstance(raw, bool):
            return raw
        answer = _ANSWERS.get(raw.strip().lower()) if isinstance(raw, str) else None
        if answer is None:
            raise QuantityError(
                say("{raw} is not yes or no", raw=quoted(raw)), say("write yes or no")
            )
        return answer


_USUAL_ANSWERS = {"oui": "yes", "non": "no"}
_ANSWERS = {"yes": True, "oui": True, "no": False, "non": False}
