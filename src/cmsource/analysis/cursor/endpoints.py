"""The two ends of the cursor: a source outside and a source in-house."""

from typing import NamedTuple

from cmsource.scenario.kinds import KINDS
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.values.diagnostics import Diagnostic, ScenarioError, did_you_mean

_CODE = "E312"


class Ends(NamedTuple):
    """Who the work moves between."""

    outside: Source
    inside: Source


def ends_of(scenario: Scenario, outside: str = "", inside: str = "") -> Ends:
    """The two ends: the sources named, else the first of the right kind in the scenario.

    An agency goes before a freelancer, since it can hold what is left of the cover.

    Raises:
        ScenarioError: there is no such source, it is of the wrong kind, or both are the same.
    """
    if outside and outside == inside:
        raise _error(
            f"`{outside}` is named as both ends of the cursor",
            f"name an {_either('outside')} with --outside and an {_either('inside')} with --inside",
        )
    return Ends(
        _source(scenario, outside, "outside"),
        _source(scenario, inside, "inside"),
    )


def _kinds(end: str) -> list[str]:
    """The kinds that can be an end, by their words, in the order in which they are taken."""
    fitting = [kind for kind in KINDS.values() if kind.cursor_end == end]
    return [kind.word() for kind in sorted(fitting, key=lambda kind: kind.cursor_rank)]


def _either(end: str) -> str:
    return " or ".join(_kinds(end))


def _source(scenario: Scenario, name: str, end: str) -> Source:
    kinds, either = _kinds(end), _either(end)
    fitting = [source.name for source in scenario.sources.values() if source.kind in kinds]
    if name:
        source = scenario.sources.get(name)
        if source is None:
            hint = did_you_mean(name, fitting or list(scenario.sources))
            raise _error(f"`{scenario.name}` has no source `{name}`", hint)
        if source.kind not in kinds:
            why = source.no_cursor_end or f"the {end} end is an {either}"
            article = "an" if source.kind[0] in "aei" else "a"
            raise _error(
                f"`{name}` is {article} {source.kind} and cannot be the {end} end of the cursor: "
                f"{why}",
                f"--{end} takes one of: {', '.join(fitting)}"
                if fitting
                else f"give the scenario an {either} under `sources`",
            )
        return source
    if not fitting:
        others = ", ".join(source.kind for source in scenario.sources.values()) or "none"
        raise _error(
            f"the cursor needs somebody {'in-house' if end == 'inside' else end}, and "
            f"`{scenario.name}` has no {either}",
            f"add a source with `kind: {kinds[0]}` under `sources`; its kinds now: {others}",
        )
    first = min(fitting, key=lambda each: kinds.index(scenario.sources[each].kind), default="")
    return scenario.sources[first if end == "outside" else fitting[0]]


def _error(message: str, hint: str) -> ScenarioError:
    return ScenarioError([Diagnostic(_CODE, message, None, hint)])
