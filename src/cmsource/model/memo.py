"""What was worked out before for the very same objects."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Memo(Generic[V]):
    """Results by the identity of the frozen objects that they follow from.

    Scenarios that differ in one number share everything else, as the same objects; looking those up
    takes no time, whatever they hold. Each object is kept as long as a result of it is.

    Args:
        most: results that are kept; all of them are forgotten when there are more.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, tuple[tuple[object, ...], V]] = {}

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
            self._known.clear()
        result = work_out()
        self._known[key] = objects, result
        return result
