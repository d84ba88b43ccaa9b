"""When messages arrive: weights of the 168 hours of the week, and how they add up.

The named profiles are assumptions until a scenario brings its own log. Their shares outside
Monday to Friday 9:00-18:00 are those of the cases in docs/model.md: 35 % for ``office``, 60 % for
``evening`` and ``weekend``, and 73.2 % (123 of 168 hours) for ``flat``.
"""

from functools import lru_cache

from cmsource.values.week import Week

HOURS = 168
_DAY = range(9, 18)


def _spread(working: float, evening: float, weekend: float, night: float) -> tuple[float, ...]:
    """Weights from the shares of four parts of the week, each spread evenly over its hours.

    Args:
        working: share of Monday to Friday 9:00-18:00 (45 hours).
        evening: share of Monday to Friday 18:00-23:00 (25 hours).
        weekend: share of Saturday and Sunday 9:00-23:00 (28 hours).
        night: share of the rest (70 hours).
    """
    weights = []
    for hour in range(HOURS):
        day, clock = divmod(hour, 24)
        if day < 5 and clock in _DAY:
            weights.append(working / 45)
        elif day < 5 and 18 <= clock < 23:
            weights.append(evening / 25)
        elif day >= 5 and 9 <= clock < 23:
            weights.append(weekend / 28)
        else:
            weights.append(night / 70)
    return tuple(weights)


@lru_cache(maxsize=64)
def profile_weights(profile: str | tuple[float, ...]) -> tuple[float, ...]:
    """The 168 weights of a profile, which sum to 1."""
    if isinstance(profile, tuple):
        total = sum(profile)
        return tuple(weight / total for weight in profile)
    if profile == "flat":
        return (1 / HOURS,) * HOURS
    shares = {
        "office": (0.65, 0.15, 0.12, 0.08),
        "evening": (0.40, 0.35, 0.17, 0.08),
        "weekend": (0.40, 0.12, 0.40, 0.08),
    }
    return _spread(*shares[profile])


@lru_cache(maxsize=64)
def _cumulative(profile: str | tuple[float, ...]) -> tuple[float, ...]:
    sums = [0.0]
    for weight in profile_weights(profile):
        sums.append(sums[-1] + weight)
    return tuple(sums)


def arrived_by(profile: str | tuple[float, ...], minute: int) -> float:
    """Share of the week's messages that have arrived by a minute of the week, 0 to 10,080."""
    hour, rest = divmod(minute, 60)
    sums = _cumulative(profile)
    if not rest:
        return sums[hour]
    return sums[hour] + (sums[hour + 1] - sums[hour]) * rest / 60


def share_within(profile: str | tuple[float, ...], week: Week) -> float:
    """Share of the messages that arrive within a set of hours."""
    return sum(
        arrived_by(profile, end) - arrived_by(profile, start) for start, end in week.intervals
    )
