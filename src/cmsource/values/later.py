"""Values that are worked out when somebody looks at them."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - a decorator, as `property` is
    """A property that is worked out when it is first looked at and known from then on.

    For frozen objects: what it rests on must not change. The object needs a ``__dict__``, in which
    the value hides the property, so that looking it up again costs nothing.
    """

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    @overload
    def __get__(self, of: None, owner: type) -> Self: ...

    @overload
    def __get__(self, of: object, owner: type) -> T: ...

    def __get__(self, of: object, owner: type) -> Self | T:
        if of is None:
            return self
        found = of.__dict__[self._name] = self._work_out(of)
        return found


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
