"""Which assumptions matter most: those that the most money rests on."""

from collections.abc import Mapping, Sequence

from cmsource.comparison import OptionResult
from cmsource.scenario import Assumption

_ABSENCES = ("planned_absence", "unplanned_absence")


def weighed(
    assumptions: Sequence[Assumption], options: Mapping[str, OptionResult]
) -> tuple[Assumption, ...]:
    """The assumptions, those that weigh most first.

    An assumption weighs the money of the entries that rest on it, in the option where that is
    most; an absence weighs the share of its source's cost that it makes useless.
    """
    on_ref: dict[str, int] = {}
    on_source: dict[str, int] = {}
    for option in options.values():
        by_ref: dict[str, int] = {}
        by_source: dict[str, int] = {}
        for entry in option.entries:
            by_source[entry.source] = by_source.get(entry.source, 0) + entry.cents
            for ref in entry.refs:
                by_ref[ref] = by_ref.get(ref, 0) + entry.cents
        for ref, cents in by_ref.items():
            on_ref[ref] = max(cents, on_ref.get(ref, 0))
        for name, cents in by_source.items():
            on_source[name] = max(cents, on_source.get(name, 0))

    def weight(assumption: Assumption) -> float:
        keys = assumption.path.split(".")
        if keys[-1] in _ABSENCES and keys[0] == "sources" and len(keys) > 2:
            share = float(assumption.value.rstrip("%") or 0) / 100
            return share * on_source.get(keys[1], 0)
        return float(on_ref.get(assumption.ref, 0))

    return tuple(sorted(assumptions, key=lambda a: (-weight(a), a.path)))
