"""Where a value came from: a line of a file, a flag, a country's data, or the tool itself."""

from collections.abc import Iterator, Mapping, MutableMapping
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from cmsource.countries import Fact
from cmsource.values.diagnostics import Place
from cmsource.values.language import listed, say


class Origin(NamedTuple):
    """Where one value of a scenario came from.

    Attributes:
        kind: the sort of place.
        name: the file as the user named it, the text after ``--set``, the country's code, or
            ``built-in``.
        line: line in the file, from 1 (0 when the place is not a file).
        column: column in the line, from 1.
        length: characters to underline.
        detail: for a value filled in, which sourced value or rule it is.
        fact: for a value filled in, its source, date and mark; such a value is an assumption.
    """

    kind: Literal["file", "set", "country", "built-in"]
    name: str
    line: int = 0
    column: int = 0
    length: int = 1
    detail: str = ""
    fact: Fact | None = None

    @property
    def ref(self) -> str:
        """One short reference, such as ``scenario.yaml:31`` or ``FR: turnover``."""
        if self.kind == "file":
            return f"{self.name}:{self.line}"
        if self.kind == "set":
            return f"--set {self.name}"
        return f"{self.name}: {self.detail}"

    @property
    def is_written(self) -> bool:
        """Whether somebody wrote the value, in a file or in a flag."""
        return self.kind in ("file", "set")

    def place(self, path: str, text: str = "") -> Place:
        """Where that is.

        Args:
            path: of the key.
            text: the line of source, where it is known.
        """
        if self.kind == "set":
            return Place("--set", 1, self.column, self.length, self.name, path)
        if self.kind != "file":
            return Place(self.ref, path=path)
        return Place(self.name, self.line, self.column, self.length, text, path)


_WORDED = {
    str(words): words for words in (say("built-in"), say("no country"), say("standard options"))
}
"""What origins hold that is no code of a country and no key."""
_PAYROLL = "payroll "


def ref_in_words(ref: str) -> str:
    """A reference, such as ``built-in: included`` or ``FR: payroll 2026``, as people are told it.

    Names of files, codes of countries and keys stay as they are.
    """
    name, colon, detail = ref.rpartition(": ")
    if not colon:
        return ref
    if detail.startswith(_PAYROLL):
        keys: str = say("payroll {period}", period=detail.removeprefix(_PAYROLL))
    else:
        keys = _WORDED.get(detail) or listed(detail.split(" and "), say(" and "))
    return say("{name}: {what}", name=_WORDED.get(name, name), what=keys)


def built_in(detail: str, value: object, source: str, confidence: str = "G") -> Origin:
    """The origin of a value that the tool itself fills in, as a labelled assumption."""
    return Origin("built-in", "built-in", detail=detail, fact=Fact(value, source, "", confidence))


class HasOrigin(Protocol):
    """What knows where it came from."""

    @property
    def origin(self) -> Origin:
        """Where that is."""


class Origins(MutableMapping[str, Origin]):
    """Where each field of a record came from; a field that nobody set has no origin.

    Args:
        found: by field, its origin or what knows it; not changed, whatever is done to this.
    """

    __slots__ = ("_found",)

    def __init__(self, found: Mapping[str, Origin | HasOrigin] = MappingProxyType({})) -> None:
        self._found: Mapping[str, Origin | HasOrigin] = found
        if isinstance(found, Origins):
            self._found = found._found

    def __getitem__(self, field: str) -> Origin:
        found = self._found[field]
        return found if isinstance(found, Origin) else found.origin

    def __setitem__(self, field: str, origin: Origin) -> None:
        self._found = {**self._found, field: origin}

    def __delitem__(self, field: str) -> None:
        self._found = {name: found for name, found in self._found.items() if name != field}

    def __contains__(self, field: object) -> bool:
        return field in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[object, ...]:
        return Origins, (dict(self),)

    def refs(self, *fields: str) -> tuple[str, ...]:
        """References of the named fields that have an origin, without repeats."""
        found = (self[field].ref for field in fields if field in self._found)
        return tuple(dict.fromkeys(found))


NOWHERE = Origins()
