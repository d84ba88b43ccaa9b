"""The backlog: how much work waits, as a distribution that moves with arrivals and service.

Work is counted in minutes of one person. A queue is either clear, which means that nothing waits
beyond what an Erlang queue holds at any time, or it has a backlog. Work that arrives is a compound
Poisson process of exponential times, of which a stretch with expected work m has variance 2·s·m
(s: mean minutes a message); people take it down at a constant rate (L. Kleinrock, "Queueing
Systems", volume 2 (1976), chapter 2, on fluids and diffusions).
"""

from itertools import accumulate
from math import ceil, erfc, exp, floor, pi, sqrt
from struct import pack, unpack
from typing import NamedTuple

_TAIL = 1e-6
_FEW = 40  # messages; more of them are as good as a normal distribution
_ROOT3 = 1.7320508075688772
_ONE = 2.0**31
_UNIT = 2.0**-62
_WIDTH = 3.5  # standard deviations of a normal kernel that are kept


class Backlog(NamedTuple):
    """A distribution of work waiting.

    Attributes:
        clear: chance that the queue is clear.
        masses: chances of a backlog of 1, 2, … steps of a grid.
    """

    clear: float
    masses: list[float]

    @property
    def mean(self) -> float:
        """Expected work waiting, in steps of the grid."""
        return sum(step * mass for step, mass in enumerate(self.masses, 1))


def mixed(parts: list[tuple[float, Backlog]]) -> Backlog:
    """The mixture of distributions with chances."""
    if len(parts) == 1:
        return parts[0][1]
    masses = [0.0] * max(len(backlog.masses) for _, backlog in parts)
    for chance, backlog in parts:
        for step, mass in enumerate(backlog.masses):
            masses[step] += chance * mass
    return Backlog(sum(chance * backlog.clear for chance, backlog in parts), masses)


class Kernel(NamedTuple):
    """A distribution of a change, in steps: the smallest, and chances from there on, packed."""

    first: int
    packed: int
    length: int


class Grid:
    """Moves backlogs on a grid of work.

    Args:
        step: minutes of work between its points.
        service: mean minutes that a message takes.
        most: largest backlog in minutes of work; what goes beyond is given up.
    """

    def __init__(self, step: float, service: float, most: float) -> None:
        self.step = step
        self.service = service
        self.cells = max(2, ceil(most / step))
        self._kernels: dict[tuple[float, float], Kernel] = {}

    def moved(self, backlog: Backlog, arriving: float, served: float) -> Backlog:
        """A backlog after work has arrived and as much as possible of some capacity was used.

        A clear queue stays clear where there is capacity, and is empty to begin with where not.

        Args:
            backlog: the distribution before.
            arriving: expected minutes of work that arrive.
            served: minutes of people's time.
        """
        clear, masses = backlog
        lowest = 1
        if not served:
            masses, lowest, clear = [clear, *masses], 0, 0.0
        if not masses:
            return backlog
        first, packed, length = self._kernel(arriving, served)
        lowest += first
        reached = _convolved(masses, packed, length)
        settled = max(0, 1 - lowest)
        clear += sum(reached[:settled])
        moved = [0.0] * max(0, lowest - 1) + reached[settled:]
        if len(moved) > self.cells:
            beyond = sum(moved[self.cells :])
            del moved[self.cells :]
            moved[-1] += beyond
        return Backlog(clear, _trimmed(moved))

    def overrun(self, backlog: Backlog, drift: float, spread: float) -> Backlog:
        """A backlog after a clear queue has grown one, in hours near or above the capacity.

        Args:
            backlog: the distribution, without what grew.
            drift: expected arrivals less capacity, in minutes of work.
            spread: variance of the arrivals.
        """
        if spread <= 0 or backlog.clear <= _TAIL:
            return backlog
        above = [backlog.clear]
        while above[-1] > _TAIL and len(above) <= self.cells:
            edge = (len(above) - 0.5) * self.step
            above.append(backlog.clear * exceeds(edge, drift, spread))
        masses = backlog.masses + [0.0] * (len(above) - 1 - len(backlog.masses))
        for cell in range(1, len(above)):
            beyond = above[cell + 1] if cell + 1 < len(above) else 0.0
            masses[cell - 1] += above[cell] - beyond
        return Backlog(above[0] - above[1], masses)

    def _kernel(self, arriving: float, served: float) -> Kernel:
        key = (arriving, served)
        known = self._kernels.get(key)
        if known is None:
            step = self.step
            if arriving <= _FEW * self.service and step <= 2 * self.service:
                chances = _compound(arriving / step, self.service / step)
                known = _lowered(chances, served / step)
            else:
                mean = (arriving - served) / step
                known = _normal(mean, 2 * self.service * arriving / step**2)
            self._kernels[key] = known
        return known


def exceeds(level: float, drift: float, spread: float) -> float:
    """Chance that a queue that was clear has grown beyond a level.

    Brownian motion reflected at 0, from 0: Φ((M − x)/√V) + exp(2Mx/V)·Φ(−(x + M)/√V) for drift M
    and variance V over the whole time (J. M. Harrison, "Brownian Motion and Stochastic Flow
    Systems" (1985), §1.8).
    """
    root = sqrt(2 * spread)
    below = erfc((level - drift) / root) / 2
    z = (level + drift) / root
    power = exp(-(((level - drift) / root) ** 2))
    if z > 5:  # erfcx by its asymptotic series; the factors apart would overflow
        return below + power / (2 * z * sqrt(pi)) * (1 - 1 / (2 * z * z))
    if z < -5:
        return below + exp(2 * drift * level / spread)
    return below + power * exp(z * z) * erfc(z) / 2


def _compound(mean: float, service: float) -> list[float]:
    """Chances of 0, 1, 2, … steps of work from Poisson arrivals of geometric times.

    The recursion of the Pólya-Aeppli distribution (N. L. Johnson, A. W. Kemp and S. Kotz,
    "Univariate Discrete Distributions" (2005), §9.7), with the variance of exponential times.

    Args:
        mean: expected work in steps.
        service: mean time of a message in steps, at least one half.
    """
    ratio = (2 * service - 1) / (2 * service + 1)
    rate = mean * (1 - ratio)
    chances = [exp(-rate)]
    total = chances[0]
    before = 0.0
    while total < 1 - _TAIL and len(chances) < 10_000:
        n = len(chances)
        last = chances[-1]
        following = (2 * ratio * (n - 1) + rate * (1 - ratio)) * last - ratio**2 * (n - 2) * before
        before = last
        chances.append(following / n)
        total += chances[-1]
    chances[-1] += max(0.0, 1 - total)
    return chances


def _lowered(chances: list[float], served: float) -> Kernel:
    """A distribution less a fixed amount that need not be a whole number of steps."""
    whole = ceil(served)
    part = whole - served
    if part:
        pairs = zip([*chances, 0.0], [0.0, *chances], strict=True)
        chances = [(1 - part) * here + part * below for here, below in pairs]
    return Kernel(-whole, _packed(chances), len(chances))


def _normal(mean: float, variance: float) -> Kernel:
    """A normal distribution on the grid; of little variance, three points that have it exactly."""
    if variance < 0.5:
        nearest = floor(mean + 0.5)
        off = mean - nearest
        second = max(variance + off * off, abs(off))
        up, down = (second + off) / 2, (second - off) / 2
        chances = [down, 1 - second, up]
        return Kernel(nearest - 1, _packed(chances), 3)
    reach = _WIDTH * sqrt(variance)
    first, last = floor(mean - reach), ceil(mean + reach)
    chances = [exp(-((i - mean) ** 2) / (2 * variance)) for i in range(first, last + 1)]
    total = sum(chances)
    chances = [chance / total for chance in chances]
    return Kernel(first, _packed(chances), len(chances))


def _packed(chances: list[float]) -> int:
    """Chances as the digits of one whole number, 64 bits each."""
    digits = [int(chance * _ONE) for chance in chances]
    return int.from_bytes(pack(f"<{len(digits)}Q", *digits), "little")


def _convolved(masses: list[float], packed: int, length: int) -> list[float]:
    """The distribution of a sum, from one distribution and a packed one.

    Whole numbers multiply as polynomials do (Kronecker substitution): no digit overflows, since
    all products of chances add up to 1, and one multiplication does what a loop would do slowly.
    """
    size = len(masses) + length - 1
    product = (_packed(masses) * packed).to_bytes(size * 8, "little")
    return [digit * _UNIT for digit in unpack(f"<{size}Q", product)]


def _trimmed(masses: list[float]) -> list[float]:
    """Masses without a negligible tail, which the last one kept takes in."""
    tail = 0.0
    while masses and tail + masses[-1] < _TAIL:
        tail += masses.pop()
    if masses:
        masses[-1] += tail
    return masses


class Levels:
    """Chances of a backlog up to a level, between the points of the grid as well.

    Each mass is spread evenly over the step around its point.
    """

    def __init__(self, masses: list[float], step: float) -> None:
        self._masses = masses
        self._step = step
        self._sums = list(accumulate(masses, initial=0.0))
        halves = map(_middle, self._sums, self._sums[1:])
        self._areas = list(accumulate(halves, initial=0.0))
        self.total = self._sums[-1]

    def upto(self, level: float) -> float:
        """Chance of a backlog above 0 and at most so many minutes of work."""
        place = level / self._step - 0.5
        if place <= 0:
            return 0.0
        cell = int(place)
        if cell >= len(self._masses):
            return self.total
        return self._sums[cell] + (place - cell) * self._masses[cell]

    def area(self, level: float) -> float:
        """The integral of `upto` to a level: how far backlogs are below it, on average."""
        place = level / self._step - 0.5
        if place <= 0:
            return 0.0
        cell = int(place)
        if cell >= len(self._masses):
            cell = len(self._masses)
            return self._step * (self._areas[cell] + (place - cell) * self.total)
        part = place - cell
        inside = part * (self._sums[cell] + part * self._masses[cell] / 2)
        return self._step * (self._areas[cell] + inside)

    def along(self, start: float, end: float) -> float:
        """Mean of `upto` while a level moves evenly from one value to another: exact."""
        if abs(end - start) < 1e-6:
            return self.upto((start + end) / 2)
        return (self.area(end) - self.area(start)) / (end - start)

    def blurred(self, start: float, end: float, first: float, last: float) -> float:
        """The same with a normal disturbance, by Gauss-Hermite quadrature with three points.

        Args:
            start: level at first.
            end: level at last.
            first: standard deviation at first.
            last: standard deviation at last.
        """
        first *= _ROOT3
        last *= _ROOT3
        return (
            4 * self.along(start, end)
            + self.along(start - first, end - last)
            + self.along(start + first, end + last)
        ) / 6


def _middle(low: float, high: float) -> float:
    return (low + high) / 2
