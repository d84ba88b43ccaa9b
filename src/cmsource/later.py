"""Values that are worked out when somebody looks at them."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """Figures that are worked out when they are first asked for.

    For what takes longer than all the rest of an option and only few forms of the result show.

    Args:
        work_out: a pure function.
    """

    def __init__(self, work_out: Callable[[], T]) -> None:
        self._work_out: Callable[[], T] | None = work_out
        self._known: T

    def __call__(self) -> T:
        """The figures."""
        if self._work_out is not None:
            self._known = self._work_out()
            self._work_out = None  # and with it what it holds
        return self._known

    def __eq__(self, other: object) -> bool:
        return self() == (other() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self())

    def __repr__(self) -> str:
        return repr(self())

    def __reduce__(self) -> tuple[object, ...]:
        return Later.of, (self(),)

    @staticmethod
    def of(known: T) -> "Later[T]":
        """What is known already."""
        return Later(lambda: known)


def now(value: T | Later[T]) -> T:
    """A value that may have been left for later."""
    return value() if isinstance(value, Later) else value
