"""The backlog: how much work waits, as a distribution that moves with arrivals and service.

Work is counted in minutes of one person. A queue is either clear, which means that nothing waits
beyond what an Erlang queue holds at any time, or it has a backlog. Work that arrives is a compound
Poisson process of exponential times, of which a stretch with expected work m has variance 2·s·m
(s: mean minutes a message); people take it down at a constant rate (L. Kleinrock, "Queueing
Systems", volume 2 (1976), chapter 2, on fluids and diffusions).

One distribution after the other is added up. To make that fast, the chances on the points of a grid
are packed as the digits of one whole number, 64 bits each with 31 behind the point: whole numbers
multiply as polynomials do (Kronecker substitution), and no digit overflows, since the products of
two distributions add up to 1.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from math import ceil, erfc, exp, floor, log, pi, sqrt
from operator import sub
from struct import pack, unpack
from typing import NamedTuple

_BITS = 64
_POINT = 31
_ONE = 1 << _POINT
_DIGIT_SUM = (1 << _BITS) - 1  # a number modulo this is the sum of its digits
_TAIL = 1e-6
_FEW = 40  # messages; more of them are as good as a normal distribution
_WIDTH = 3.5  # standard deviations of a normal kernel that are kept


class Backlog(NamedTuple):
    """A distribution of work waiting.

    Attributes:
        clear: chance that the queue is clear.
        packed: chances of a backlog of 1, 2, … steps of a grid.
    """

    clear: float
    packed: int

    @classmethod
    def of(cls, digits: Sequence[float]) -> "Backlog":
        """The distribution with chances of 1, 2, … steps in units of 2 to the power −31.

        Chances that add up to more than 1 are brought down to that.
        """
        down = max(1.0, sum(digits) / _ONE) * _ONE
        return _settled(_pack([digit / down for digit in digits]))

    @property
    def digits(self) -> tuple[int, ...]:
        """Chances of a backlog of 1, 2, … steps, in units of 2 to the power −31."""
        size = _size(self.packed)
        return unpack(f"<{size}Q", self.packed.to_bytes(8 * size, "little"))

    def differs(self, other: "Backlog", by: float) -> bool:
        """Whether all differences between the chances add up to more than a limit."""
        if abs(self.clear - other.clear) > by:
            return True
        first, second = self.digits, other.digits
        length = min(len(first), len(second))
        apart: int = sum(map(abs, map(sub, first, second)))
        return apart + sum(first[length:]) + sum(second[length:]) > by * _ONE


def mixed(parts: Sequence[tuple[float, Backlog]]) -> Backlog:
    """The mixture of distributions with chances."""
    if len(parts) == 1:
        return parts[0][1]
    return _settled(_scaled(sum([int(chance * _ONE) * each.packed for chance, each in parts])))


class _Kernel(NamedTuple):
    """A distribution of a change: its smallest value in steps, and chances from there on."""

    first: int
    packed: int


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
        self.cells = max(8, ceil(most / step))
        self._kernels: dict[tuple[float, float], _Kernel] = {}

    def steady(self, work: float, spare: float, spread: float) -> Backlog:
        """The backlog of a queue that goes on for long, as if every minute of it were alike.

        Brownian motion that cannot fall below zero is exponential then, with a mean of half the
        variance over the drift, or even up to the largest backlog where nothing is to spare
        (J. M. Harrison, "Brownian Motion and Stochastic Flow Systems" (1985), §5.6).

        Args:
            work: minutes of work that arrive in some time.
            spare: minutes of people's time that are left over from it, at least 0.
            spread: variance of the difference.
        """
        ahead = spread / 2 / self.step
        if ahead <= spare or work <= spare:  # less than a step on average, or mostly clear
            return Backlog(1.0, 0)
        fading = spare / ahead
        faded = -log(_TAIL)
        cells = ceil(faded / fading) if fading * self.cells > faded else self.cells
        chances = [exp(-fading * cell) for cell in range(cells)]
        whole = work / (work + spare) / sum(chances)
        return Backlog.of([whole * chance * _ONE for chance in chances])

    def moved(self, backlog: Backlog, arriving: float, served: float) -> Backlog:
        """A backlog after work has arrived and as much as possible of some capacity was used.

        A clear queue stays clear where there is capacity, and is empty to begin with where not.

        Args:
            backlog: the distribution before.
            arriving: expected minutes of work that arrive.
            served: minutes of people's time.
        """
        clear, packed = backlog
        lowest = 1
        if not served:
            packed, lowest = packed << _BITS | int(clear * _ONE), 0
        elif not packed:
            return backlog
        kernel = self._kernel(arriving, served)
        packed = _scaled(packed * kernel.packed)
        # The lowest digit is for so many steps; what is not above 0 is clear.
        lowest += kernel.first
        packed = packed >> _BITS * (1 - lowest) if lowest < 1 else packed << _BITS * (lowest - 1)
        return _settled(_trimmed(packed, self.cells))

    def grown(self, backlog: Backlog, drift: float, spread: float, waits: float) -> Backlog:
        """A backlog after a clear queue has grown one, in hours near or above the capacity.

        Args:
            backlog: the distribution, without what grew.
            drift: expected arrivals less capacity, in minutes of work.
            spread: variance of the difference.
            waits: chance that a message has to wait when such hours last, 1 above the capacity.
        """
        clear = backlog.clear
        if spread <= 0 or clear <= _TAIL:
            return backlog
        above = [clear]
        while above[-1] > _TAIL and len(above) <= self.cells:
            edge = (len(above) - 0.5) * self.step
            above.append(clear * waits * exceeds(edge, drift, spread))
        grown = [max(0.0, high - low) for high, low in pairwise([*above[1:], 0.0])]
        return _settled(backlog.packed + _pack(grown))

    def _kernel(self, arriving: float, served: float) -> _Kernel:
        known = self._kernels.get((arriving, served))
        if known is None:
            step = self.step
            if arriving <= _FEW * self.service and step <= 2 * self.service:
                chances = _compound(arriving / step, self.service / step)
                known = _lowered(chances, served / step)
            else:
                mean = (arriving - served) / step
                known = _normal(mean, 2 * self.service * arriving / step**2)
            self._kernels[arriving, served] = known
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
    same, new, both = 2 * ratio, rate * (1 - ratio), ratio * ratio
    before, last = 0.0, exp(-rate)
    chances = [last]
    total = last
    for n in range(1, 10_000):
        if total >= 1 - _TAIL:
            break
        before, last = (
            last,
            ((same * (n - 1) + new) * last - both * (n - 2) * before) / n,
        )
        chances.append(last)
        total += last
    chances[-1] += max(0.0, 1 - total)
    return chances


def _lowered(chances: list[float], served: float) -> _Kernel:
    """A distribution less a fixed amount that need not be a whole number of steps."""
    whole = ceil(served)
    part = whole - served
    if part:
        pairs = zip([*chances, 0.0], [0.0, *chances], strict=True)
        chances = [(1 - part) * here + part * below for here, below in pairs]
    return _Kernel(-whole, _pack(chances))


def _normal(mean: float, variance: float) -> _Kernel:
    """A normal distribution on the grid; of little variance, three points that have it exactly."""
    if variance < 0.5:
        nearest = floor(mean + 0.5)
        off = mean - nearest
        second = max(variance + off * off, abs(off))
        up, down = (second + off) / 2, (second - off) / 2
        chances = [down, 1 - second, up]
        return _Kernel(nearest - 1, _pack(chances))
    reach = _WIDTH * sqrt(variance)
    first, last = floor(mean - reach), ceil(mean + reach)
    chances = [exp(-((i - mean) ** 2) / (2 * variance)) for i in range(first, last + 1)]
    total = sum(chances)
    return _Kernel(first, _pack([chance / total for chance in chances]))


def _pack(chances: Iterable[float]) -> int:
    digits = [int(chance * _ONE) for chance in chances]
    return int.from_bytes(pack(f"<{len(digits)}Q", *digits), "little")


def _size(packed: int) -> int:
    """How many digits there are."""
    return (packed.bit_length() + _BITS - 1) // _BITS


def _scaled(product: int) -> int:
    """Products of chances with the point back in its place."""
    return product >> _POINT & _mask(1 << _size(product).bit_length())


@cache
def _mask(size: int) -> int:
    """The bits of so many digits that stay when a product is shifted."""
    every_digit = ((1 << _BITS * size) - 1) // _DIGIT_SUM
    return ((1 << _BITS - _POINT) - 1) * every_digit


def _settled(packed: int) -> Backlog:
    """The distribution with these chances, clear otherwise."""
    return Backlog(max(0.0, 1 - packed % _DIGIT_SUM / _ONE), packed)


def _trimmed(packed: int, cells: int) -> int:
    """Chances without a negligible tail, and with the last cell for all that is beyond."""
    size = _size(packed)
    if size > cells:
        beyond = (packed >> _BITS * cells) % _DIGIT_SUM
        packed &= (1 << _BITS * cells) - 1
        packed += beyond << _BITS * (cells - 1)
        size = cells
    while size > 8:
        size -= size // 8
        if (packed >> _BITS * size) % _DIGIT_SUM > _TAIL * _ONE:
            break
        packed &= (1 << _BITS * size) - 1
    return packed


class Levels:
    """Chances of a backlog up to a level, between the points of the grid as well.

    Each chance is spread evenly over the step around its point.

    Args:
        backlog: the distribution.
        step: minutes of work between the points of its grid.
    """

    def __init__(self, backlog: Backlog, step: float) -> None:
        self._step = step
        # The chances up to the middle between two points, and the sums of those.
        self._upto = list(accumulate(backlog.digits, initial=0))
        self._sums = list(accumulate(self._upto))
        self._all = self._upto[-1] / _ONE
        self._top = (len(self._upto) - 0.5) * step  # no backlog is above it
        self._known: dict[float, float] = {}

    def upto(self, level: float) -> float:
        """Chance of a backlog above 0 and at most so many minutes of work."""
        place = level / self._step - 0.5
        if place <= 0:
            return 0.0
        cell = int(place)
        upto = self._upto
        if cell + 1 >= len(upto):
            return upto[-1] / _ONE
        return (upto[cell] + (place - cell) * (upto[cell + 1] - upto[cell])) / _ONE

    def area(self, level: float) -> float:
        """The integral of `upto` to a level: how far backlogs are below it, on average."""
        known = self._known.get(level)
        if known is not None:
            return known
        place = level / self._step - 0.5
        upto = self._upto
        if place <= 0:
            area = 0.0
        else:
            cell = min(int(place), len(upto) - 1)
            part = place - cell
            area = self._sums[cell] + (part - 0.5) * upto[cell]
            if cell + 1 < len(upto):
                area += part * part / 2 * (upto[cell + 1] - upto[cell])
            area *= self._step / _ONE
        self._known[level] = area
        return area

    def above(self, level: float) -> float:
        """How far backlogs are above a level, on average: E[max(0, B − level)], B > 0."""
        whole = self._step * ((len(self._upto)) * self._upto[-1] - self._sums[-1]) / _ONE
        below = self.area(level) if level > 0 else 0.0
        return whole - level * self._upto[-1] / _ONE + below

    def along(self, start: float, end: float) -> float:
        """Mean of `upto` while a level moves evenly from one value to another: exact."""
        if start >= self._top and end >= self._top:
            return self._all
        if abs(end - start) < 1e-6:
            return self.upto((start + end) / 2)
        return (self.area(end) - self.area(start)) / (end - start)

    def blurred(self, start: float, end: float, first: float, last: float) -> float:
        """The same with a normal disturbance, by Gauss-Hermite quadrature with two points.

        Args:
            start: level at first.
            end: level at last.
            first: standard deviation at first.
            last: standard deviation at last.
        """
        if not last:
            return self.along(start, end)
        low, high = self.along(start - first, end - last), self.along(start + first, end + last)
        return (low + high) / 2
