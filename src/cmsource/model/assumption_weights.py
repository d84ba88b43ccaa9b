"""Which assumptions matter most: those that the most money rests on."""

from collections.abc import Mapping, Sequence

from cmsource.results.option import OptionResult
from cmsource.scenario.assumption import Assumption

_DOUBT = {"O": 0.02, "O2": 0.1, "S": 0.3, "D": 0.4, "V": 0.6, "B": 0.6, "G": 1.0}
"""How much of an assumption's money is in doubt, by its mark: our judgement, used to sort only."""

_ASKED_FIRST = ("watch",)
"""Keys of prices that nobody publishes and that many answers hang on."""
_ABSENCES = ("planned_absence", "unplanned_absence")


def weighed(
    assumptions: Sequence[Assumption], options: Mapping[str, OptionResult]
) -> tuple[Assumption, ...]:
    """The assumptions, those that weigh most first.

    Prices that nobody publishes and that many answers hang on, such as that of a watch round the
    clock, come before all others where money rests on them.

    Else an assumption weighs the money of the entries that rest on it, in the option where that is
    most; an absence weighs the share of its source's cost that it makes useless. A guess weighs
    whole, an official value hardly.
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
            money = share * on_source.get(keys[1], 0)
        else:
            money = on_ref.get(assumption.ref, 0)
        return money * _DOUBT.get(assumption.confidence, 1.0)

    def rank(assumption: Assumption) -> tuple[bool, float, str]:
        weighs = weight(assumption)
        asked_first = weighs > 0 and assumption.path.rpartition(".")[2] in _ASKED_FIRST
        return not asked_first, -weighs, assumption.path

    return tuple(sorted(assumptions, key=rank))
