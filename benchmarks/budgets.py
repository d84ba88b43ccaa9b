"""What the benchmarks share: ratios beside their budgets, and what becomes of one missed."""

from typing import NamedTuple


class Budget(NamedTuple):
    """The most or the least that a ratio may be.

    Attributes:
        limit: the bound.
        least: whether it is a lower bound.
    """

    limit: float
    least: bool = False

    def __str__(self) -> str:
        return f"{'>=' if self.least else '<='} {self.limit:.2f}"

    def holds(self, ratio: float) -> bool:
        """Whether a ratio is within it."""
        return ratio >= self.limit if self.least else ratio <= self.limit


class Verdicts:
    """Prints a line for each ratio and remembers which budgets are missed."""

    def __init__(self, width: int = 48) -> None:
        self.width = width
        self.missed: list[str] = []
        print(f"{'':<{width}} {'ratio':>7}  {'budget':<9}", flush=True)

    def show(self, name: str, ratio: float, budget: Budget | None = None, more: str = "") -> None:
        """Print a ratio beside its budget, if it has one."""
        verdict = ""
        if budget is not None and not budget.holds(ratio):
            self.missed.append(name)
            verdict = "MISSED"
        bound = "" if budget is None else str(budget)
        shown = f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.5f}"
        line = f"{name:<{self.width}} {shown:>7}  {bound:<9} {verdict:<6} {more}"
        print(line.rstrip(), flush=True)

    def status(self) -> int:
        """The exit status: 1 when a budget is missed."""
        if self.missed:
            print(f"missed: {', '.join(self.missed)}")
        return int(bool(self.missed))
