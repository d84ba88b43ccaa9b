"""What a scenario gives itself, every value by its path as text, and what was filled in."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import overload

from cmsource.reading.node import Node, Value, is_range
from cmsource.scenario.scenario import Assumption

_ABOUT_THE_RESULT = ("expect", "extends")


class GivenValues(Mapping[str, str]):
    """Every single value of a tree by its path, and every list of single values as one text.

    Worked out when it is first asked for, which few commands do.

    Args:
        root: the scenario as given: bases merged, flags applied, no gap filled.
        more: flags that change what is not in the tree but comes of it, as path and value.
    """

    def __init__(self, root: Node, more: Iterable[tuple[str, Node]] = ()) -> None:
        self._root = root
        self._more = more
        self._found: dict[str, str] | None = None

    def _all(self) -> dict[str, str]:
        if self._found is None:
            self._found = {}
            for name, node in self._root.items():
                if name not in _ABOUT_THE_RESULT and not name.startswith("x-"):
                    _add(node.value, name, self._found)
            for path, node in self._more:
                _add(node.value, path, self._found)
        return self._found

    def __getitem__(self, path: str) -> str:
        return self._all()[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


class FilledIn(Sequence[Assumption]):
    """Everything that was filled in.

    Worked out when it is first asked for, which a batch does not.

    Args:
        work_out: finds it.
    """

    def __init__(self, work_out: Callable[[], Iterable[Assumption]]) -> None:
        self._work_out = work_out
        self._found: tuple[Assumption, ...] | None = None

    def _all(self) -> tuple[Assumption, ...]:
        if self._found is None:
            self._found = tuple(self._work_out())
        return self._found

    @overload
    def __getitem__(self, place: int) -> Assumption: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Assumption, ...]: ...

    def __getitem__(self, place: int | slice) -> Assumption | tuple[Assumption, ...]:
        return self._all()[place]

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[object, ...]:
        return tuple, (self._all(),)


def _add(value: Value, path: str, found: dict[str, str]) -> None:
    if isinstance(value, dict) and is_range(value):
        parts = [f"{key}: {_text(child.value)}" for key, child in value.items()]
        found[path] = f"{{{', '.join(parts)}}}"
    elif isinstance(value, dict):
        for name, child in value.items():
            if child.value is not None:
                _add(child.value, f"{path}.{name}", found)
    elif not isinstance(value, list):
        found[path] = _text(value)
    elif any(isinstance(child.value, (dict, list)) for child in value):
        for number, child in enumerate(value):
            _add(child.value, f"{path}.{number}", found)
    else:
        found[path] = f"[{', '.join([_text(child.value) for child in value])}]"


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)
