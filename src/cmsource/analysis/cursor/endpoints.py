"""The two ends of the cursor: a source outside and a source in-house."""

from typing import NamedTuple

from cmsource.scenario.kinds import KINDS
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.values.diagnostics import Diagnostic, ScenarioError, did_you_mean
from cmsource.values.language import Said, either, listed, say

_CODE = "E312"
_ENDS = {"inside": say("inside"), "outside": say("outside")}


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
            say("`{source}` is named as both ends of the cursor", source=outside),
            say(
                "name an {outside} with --outside and an {inside} with --inside",
                outside=either(_kinds("outside")),
                inside=either(_kinds("inside")),
            ),
        )
    return Ends(
        _source(scenario, outside, "outside"),
        _source(scenario, inside, "inside"),
    )


def _kinds(end: str) -> list[str]:
    """The kinds that can be an end, by their words, in the order in which they are taken."""
    fitting = [kind for kind in KINDS.values() if kind.cursor_end == end]
    return [kind.word() for kind in sorted(fitting, key=lambda kind: kind.cursor_rank)]


def _source(scenario: Scenario, name: str, end: str) -> Source:
    kinds, named = _kinds(end), either(_kinds(end))
    fitting = [source.name for source in scenario.sources.values() if source.kind in kinds]
    if name:
        source = scenario.sources.get(name)
        if source is None:
            hint = did_you_mean(name, fitting or list(scenario.sources))
            message = say(
                "`{scenario}` has no source `{source}`", scenario=scenario.name, source=name
            )
            raise _error(message, hint)
        if source.kind not in kinds:
            raise _error(
                _cannot_be(source, end, named),
                say("--{end} takes one of: {names}", end=end, names=listed(fitting))
                if fitting
                else say("give the scenario an {kinds} under `sources`", kinds=named),
            )
        return source
    if not fitting:
        places = {"scenario": scenario.name, "kinds": named}
        raise _error(
            say("the cursor needs somebody in-house, and `{scenario}` has no {kinds}", **places)
            if end == "inside"
            else say(
                "the cursor needs somebody outside, and `{scenario}` has no {kinds}", **places
            ),
            say(
                "add a source with `kind: {kind}` under `sources`; its kinds now: {others}",
                kind=kinds[0],
                others=listed([source.kind for source in scenario.sources.values()]) or say("none"),
            ),
        )
    first = min(fitting, key=lambda each: kinds.index(scenario.sources[each].kind), default="")
    return scenario.sources[first if end == "outside" else fitting[0]]


def _cannot_be(source: Source, end: str, kinds: Said) -> Said:
    """Why a source cannot be an end of the cursor."""
    why: str = source.no_cursor_end
    if not why:
        why = (
            say("the inside end is an {kinds}", kinds=kinds)
            if end == "inside"
            else say("the outside end is an {kinds}", kinds=kinds)
        )
    places = {"source": source.name, "kind": source.kind, "end": _ENDS[end], "why": why}
    if source.kind[0] in "aei":
        return say(
            "`{source}` is an {kind} and cannot be the {end} end of the cursor: {why}", **places
        )
    return say("`{source}` is a {kind} and cannot be the {end} end of the cursor: {why}", **places)


def _error(message: str, hint: str) -> ScenarioError:
    return ScenarioError([Diagnostic(_CODE, message, None, hint)])
