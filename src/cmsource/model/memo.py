"""What was worked out before for the very same objects."""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

V = TypeVar("V")

_memos: "list[Memo[Any]]" = []


def forget() -> None:
    """Forget everything that any memo knows.

    For those who go on to a scenario that shares nothing with the one before: what is kept of old
    ones would only push what is needed now out of the processor's cache.
    """
    for memo in _memos:
        memo.clear()


class Memo(Generic[V]):
    """Results by the identity of the frozen objects that they follow from.

    Scenarios that differ in one number share everything else, as the same objects; looking those up
    takes no time, whatever they hold. Each object is kept as long as a result of it is. Memos are
    made once, at the top of a module.

    Args:
        most: results that are kept; all of them are forgotten when there are more.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, tuple[tuple[object, ...], V]] = {}
        _memos.append(self)

    def clear(self) -> None:
        """Forget all results."""
        self._known.clear()

    def __call__(
        self, objects: tuple[object, ...], numbers: Hashable, work_out: Callable[[], V]
    ) -> V:
        """The result for some objects and numbers.

        Args:
            objects: frozen, whether they can be hashed or not.
            numbers: everything else that it follows from.
            work_out: a pure function of both.
        """
        key = (*map(id, objects), numbers)
        known = self._known.get(key)
        if known is not None:
            return known[1]
        if len(self._known) >= self._most:
            self.clear()
        result = work_out()
        self._known[key] = objects, result
        return result
