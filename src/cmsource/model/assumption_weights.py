"""Which assumptions matter most: those that move the answer, by how much."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from cmsource.countries import is_neutral
from cmsource.model.judgement import by_cost, by_miss, runner_up
from cmsource.results.comparison import Comparison
from cmsource.results.entry import cents_by_ref
from cmsource.results.option import OptionResult
from cmsource.results.requirement import missed
from cmsource.scenario.assumption import Assumption

_DOUBT = {"O": 0.02, "O2": 0.1, "S": 0.3, "D": 0.4, "V": 0.6, "B": 0.6, "G": 1.0}
"""How much of an assumption's money is in doubt, by its mark: our judgement, used to sort only."""

_ASKED_FIRST = ("watch", "included")
"""Keys of what nobody publishes and many answers hang on: a watch, and what a retainer buys."""
_OF_THE_MARKET = frozenset(
    {
        "employee_hourly_wage",
        "colleague_hourly_wage",
        "freelancer_day_rate",
        "agency_hourly_rate",
        "agency_watch",
        "coach_day_rate",
    }
)
"""Wages and prices of a country that are guesses where nobody has published any."""
_ABSENCES = ("planned_absence", "unplanned_absence")

_RESTS_ON = {
    "on_duty": ("watched", "answered_in_time", "answered", "continuity"),
    "max_hours": ("work_done",),
    "watch": ("watched", "answered_in_time", "answered", "continuity"),
    "on_call.pay": ("watched", "answered_in_time", "answered", "continuity"),
    "resolves": ("answered_in_time", "answered", "work_done"),
    "approval.delay": ("approval_within",),
    "comes_second": ("regularity",),
}
"""What somebody does or sells, and the requirements that are met or missed by it."""
_OF_ANYBODY = frozenset({"comes_second"})
"""Of these, what is not a provider's."""


def weighed(
    assumptions: Sequence[Assumption],
    options: Mapping[str, OptionResult],
    recommended: str | None,
    providers: Collection[str],
) -> tuple[Assumption, ...]:
    """The assumptions, those that move the answer most first.

    First come, as far as money rests on them, neutral assumptions for want of a country, guesses of
    what the market pays and asks, and what nobody publishes (the price of a watch, what a retainer
    buys); and those that decide who does the job. All are sorted by the money that rests on them in
    the option that is recommended or in the next one, and then in any option; a guess weighs whole,
    an official value hardly.

    Args:
        assumptions: what the scenario did not give.
        options: what they come to.
        recommended: the name of the one that is recommended.
        providers: names of the sources outside.
    """
    near = _in_question(options, recommended)
    weights = [_Weights(found) for found in (near, tuple(options.values()))]

    def rank(assumption: Assumption) -> tuple[bool, float, float, str]:
        here, anywhere = (each.of(assumption) for each in weights)
        unknown = anywhere > 0 and assumption.path.rpartition(".")[2] in _ASKED_FIRST
        first = unknown or _decides(assumption, options, recommended, providers)
        first = first or (anywhere > 0 and is_neutral(assumption.source))
        first = first or (anywhere > 0 and _is_guess_of_the_market(assumption))
        return not first, -here, -anywhere, assumption.path

    return tuple(sorted(assumptions, key=rank))


def to_find_out(result: Comparison) -> Assumption | None:
    """The first figure to replace with one's own; None where nothing rests on any.

    A watch, or being on call, that is taken to cost nothing has no money resting on it. It is asked
    for all the same where nothing else is in doubt, of an option in question.
    """
    options, chosen = result.options, result.recommended
    for first in result.assumptions[:1]:  # they are sorted: where it moves nothing, none does
        moves = _Weights(options.values()).of(first) > 0
        if moves or _decides(first, options, chosen, first.path.split(".")):
            return first
    phases = [phase for each in _in_question(options, chosen) for phase in each.phases]
    names = {name for phase in phases for name in phase.sources}
    unpriced = {f"sources.{name}.{key}" for name in names for key in ("watch", "on_call.pay")}
    return next((each for each in result.assumptions if each.path in unpriced), None)


def _is_guess_of_the_market(assumption: Assumption) -> bool:
    """Whether it is a wage or price of the country's that nobody has published."""
    of = assumption.ref.rpartition(": ")[2]
    return assumption.confidence == "G" and of in _OF_THE_MARKET


def _in_question(
    options: Mapping[str, OptionResult], recommended: str | None
) -> tuple[OptionResult, ...]:
    """The option that is recommended and the next one; without any, the two that come nearest."""
    if recommended is None:
        return tuple(sorted(options.values(), key=by_miss)[:2])
    able = [name for name, each in options.items() if each.eligible]
    following = runner_up(options.values(), recommended, able, by_miss)
    chosen = options[recommended]
    return (chosen,) if following is None else (chosen, following)


def _decides(
    assumption: Assumption,
    options: Mapping[str, OptionResult],
    recommended: str | None,
    providers: Collection[str],
) -> bool:
    """Whether the recommendation hangs on an assumption, whatever money rests on it.

    A requirement that is assumed does where another option would be recommended without it. What
    somebody does or sells does where the recommended option meets a requirement by it, or an option
    that would be recommended instead misses one.
    """
    head, *keys = assumption.path.split(".")
    if head == "require" and len(keys) == 1:
        others = [each for each in options.values() if _fits(each, keys[0])]
        return bool(others) and min(others, key=by_cost).name != recommended
    key = ".".join(keys[1:])
    asked = _RESTS_ON.get(key, ())
    if head != "sources" or not asked or not (key in _OF_ANYBODY or keys[0] in providers):
        return False
    for option in options.values():
        if any(keys[0] in phase.sources for phase in option.phases):
            lacking = {held.name for held in missed(option.requirements)}
            if option.name == recommended:
                found = any(held.name in asked for held in option.requirements)
            else:
                chosen = None if recommended is None else options[recommended]
                cheaper = chosen is None or option.total_cents < chosen.total_cents
                found = cheaper and bool(lacking) and lacking <= {*asked}
            if found:
                return True
    return False


def _fits(option: OptionResult, but: str) -> bool:
    """Whether an option meets every requirement but one that does not count."""
    return all(held.name == but for held in missed(option.requirements))


class _Weights:
    """What assumptions weigh among some options.

    An assumption weighs the money of the entries that rest on it, in the option where that is
    most; an absence weighs the share of its source's cost that it makes useless.
    """

    def __init__(self, options: Iterable[OptionResult]) -> None:
        self._on_ref: dict[str, int] = {}
        self._on_source: dict[str, int] = {}
        for option in options:
            by_source: dict[str, int] = {}
            for entry in option.entries:
                by_source[entry.source] = by_source.get(entry.source, 0) + entry.cents
            for ref, cents in cents_by_ref(option.entries).items():
                self._on_ref[ref] = max(cents, self._on_ref.get(ref, 0))
            for name, cents in by_source.items():
                self._on_source[name] = max(cents, self._on_source.get(name, 0))

    def of(self, assumption: Assumption) -> float:
        """What an assumption weighs."""
        keys = assumption.path.split(".")
        if keys[-1] in _ABSENCES and keys[0] == "sources" and len(keys) > 2:
            share = float(assumption.value.rstrip("%") or 0) / 100
            money = share * self._on_source.get(keys[1], 0)
        else:
            money = self._on_ref.get(assumption.ref, 0)
        return money * _DOUBT.get(assumption.confidence, 1.0)
