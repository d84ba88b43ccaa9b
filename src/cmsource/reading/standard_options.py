"""The nine standard ways to source the job, for scenarios that define no options."""

from collections.abc import Mapping
from functools import cache

from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import FILLED
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.provenance import Origin
from cmsource.scenario.source import Source
from cmsource.scenario.standard_job import StandardJob
from cmsource.values.language import say
from cmsource.values.quantities import number_text

_STANDARD = Origin("built-in", "built-in", detail="standard options")
_LABELS = {
    "hire": say("hire"),
    "team": say("team"),
    "reassign": say("reassign"),
    "freelance": say("freelance"),
    "hybrid": say("hybrid"),
    "coached": say("coached"),
    "phased": say("phased"),
}


@cache
def roles() -> Mapping[str, type[Source]]:
    """The kinds of sources that the standard options are made of, by their part in them."""
    return {kind.role: kind for kind in KINDS.values() if kind.role}


def named(role: str) -> str:
    """The name that a source of the standard options has, where it is not taken."""
    return roles()[role].word()


def label_of(name: str) -> str:
    """How a standard option is called for people: as its kind of source, where it is one alone."""
    kind = KINDS.get(name)
    return _LABELS.get(name, name) if kind is None else kind.noun


def is_standard(name: str) -> bool:
    """Whether a source of the standard options may have a name."""
    return any(kind.word() == name for kind in roles().values())


def standard_options(given: Node | None, job: StandardJob, horizon: float) -> tuple[Tree, Tree]:
    """Sources and options of the nine standard ways.

    Args:
        given: the scenario's own sources, each of which takes the role of its kind.
        job: what the sources that it lacks have to do.
        horizon: months; the phased option changes hands at half of it.

    Returns:
        The scenario's sources with those that the standard options lack, and the options.
    """
    sources: Tree = {} if given is None else given.given()
    name_of: dict[str, str] = {}
    for name, node in sources.items():
        kind = node.get("kind")
        role = next((role for role in roles() if kind and named(role) == kind.value), None)
        if role is not None:
            name_of.setdefault(role, name)
    for role, cls in roles().items():
        if role not in name_of:
            name = named(role) if named(role) not in sources else f"standard-{named(role)}"
            name_of[role] = name
            sources[name] = _source(cls, job)

    def alone(role: str) -> Node:
        return _list(_text(name_of[role]))

    team: Tree = {"headcount": _text("auto"), "on_duty": _text(str(job.cover or "24/7"))}
    source = say("the colleague adds what only an insider knows")
    part: Tree = {"takes": assumed("30%", "takes", source)}
    months = assumed(f"{number_text(horizon / 2)} months", "months", say("half of the horizon"))
    first = {"months": months, "sources": alone("firm")}
    then = {"sources": _list(_text(name_of["hired"]), _text(name_of["teacher"]))}

    options: Tree = {
        "hire": alone("hired"),
        "team": _list(_map({name_of["hired"]: _map(team)})),
        "reassign": alone("insider"),
        named("trainee"): alone("trainee"),
        "freelance": alone("soloist"),
        named("firm"): alone("firm"),
        "hybrid": _list(_map({name_of["insider"]: _map(part)}), _text(name_of["firm"])),
        "coached": _list(_text(name_of["insider"]), _text(name_of["teacher"])),
        "phased": _map({"phases": _list(_map(first), _map(then))}),
    }
    return sources, options


def _source(kind: type[Source], job: StandardJob) -> Node:
    """The source of a kind that the scenario lacks."""
    word = assumed(kind.word(), "kind", say("one of the standard ways to source the job"))
    return Node({"kind": word, **kind.standard(job)}, FILLED)


def _text(text: str) -> Node:
    return Node(text, _STANDARD)


def _map(tree: Tree) -> Node:
    return Node(tree, _STANDARD)


def _list(*elements: Node) -> Node:
    return Node(list(elements), _STANDARD)
