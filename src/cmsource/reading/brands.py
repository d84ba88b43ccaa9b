"""``brands: {fashion: fashion.yaml, home: home.yaml}``: what several brands need, as one job.

A portfolio says who serves its brands, and each brand's own scenario says what its job is. Their
jobs added up become the ``needs`` of the portfolio, so that what comes after reads one scenario.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from cmsource.reading.files import Home, NotFollowed, followed
from cmsource.reading.here import located
from cmsource.reading.outcome import Reading
from cmsource.reading.report import Report
from cmsource.reading.translate import joined
from cmsource.scenario.activity import Activity
from cmsource.scenario.arrivals import profile_weights
from cmsource.scenario.needs import Messages, Needs, published_of
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.scenario import Brand
from cmsource.scenario.seasons import MESSAGES, levels_of
from cmsource.values.language import say
from cmsource.values.months import YEAR, months_text
from cmsource.values.text import shown

ReadFile = Callable[[Path, Path], Reading]
"""Reads a scenario file, confined to a folder tree."""

_BESIDE = ("cover", "answer_within", "skills", "correlated")
"""Keys of ``needs`` that a portfolio may say itself, in the place of what its brands say."""
_MOST = 200


def brands_of(node: Node, home: Home, read: ReadFile | None, report: Report) -> list[Brand]:
    """The brands that a map names, with their scenarios; those that cannot be read are reported.

    Args:
        node: the map of file names.
        home: where the files that the portfolio names are looked for.
        read: reads a scenario; None for the scenario of a brand, which has no brands of its own.
        report: receives what is wrong.
    """
    if read is None:
        hint = say("name its brands in the portfolio")
        report.add("E203", say("a brand cannot be a portfolio itself"), node.place, hint, "brands")
        return []
    entries = dict(node.items())
    if not entries or len(entries) > _MOST:
        message = say(
            "`brands` takes a map of 1 to {most} files, found {found}",
            most=_MOST,
            found=node.kind(),
        )
        report.add(
            "E203", message, node, say("write {texts}", texts="fashion: fashion.yaml"), "brands"
        )
        return []
    found = []
    for name, named in entries.items():
        brand = _brand(name, named, home, read, report)
        if brand is not None:
            found.append(brand)
    return found if len(found) == len(entries) else []


def _brand(name: str, named: Node, home: Home, read: ReadFile, report: Report) -> Brand | None:
    path = joined("brands", name)
    if not isinstance(named.value, str):
        message = say(
            "`{path}` takes the name of a scenario file, found {found}",
            path=path,
            found=named.kind(),
        )
        report.add(
            "E203", message, named, say("write {texts}", texts="fashion: fashion.yaml"), path
        )
        return None
    try:
        file = followed(named, home)
    except NotFollowed as error:
        report.add("E114", error.problem, named, error.hint, path)
        return None
    if not located(file).is_file():
        message = say("{text} does not exist", text=shown(named.value))
        report.add("E114", message, named, say("check the path"), path)
        return None
    reading = read(file, home.root or file.parent)
    report.take(found for found in reading.diagnostics if found.severity == "error")
    return None if reading.scenario is None else Brand(name, reading.scenario)


def with_needs(tree: Tree, brands: Sequence[Brand], report: Report) -> Tree:
    """A portfolio with what its brands need as its own needs.

    Args:
        tree: the portfolio, which has ``brands``.
        brands: their scenarios.
        report: receives what is wrong.
    """
    at = tree["brands"]
    own = tree.get("needs")
    said = {} if own is None else own.given()
    for key, node in said.items():
        if key not in _BESIDE:
            message = say("`needs.{key}` is what the brands say", key=key)
            hint = say("write it in the scenario of a brand, or leave out `brands`")
            report.add("E207", message, node.place, hint, joined("needs", key))
    if not brands:
        return tree
    merged = _node(needs_of([brand.scenario.needs for brand in brands]), at)
    kept = {key: node for key, node in said.items() if key in _BESIDE}
    return {**tree, "needs": Node({**merged.given(), **kept}, at.origin)}


def needs_of(jobs: Sequence[Needs]) -> dict[str, Any]:
    """Several jobs as one, as plain data of ``needs``.

    Volumes are added up. Messages arrive when those of each do and take as long on average; the
    answer is due as soon as in the strictest of them; somebody is to watch when any of them says.
    """
    cover = jobs[0].cover
    for job in jobs[1:]:
        cover = cover.union(job.cover)
    found: dict[str, Any] = {"cover": str(cover)}
    messages = [job.messages for job in jobs if job.messages is not None]
    if messages:
        found["answer_within"] = f"{_number(_strictest(jobs))} min"
        found["messages"] = _messages(messages)
    names = _union(job.work for job in jobs)
    if names:
        work = {name: _activity(name, jobs) for name in names}
        found["work"] = _as_published(work, {name for job in jobs for name in job.published()})
    seasons = _seasons(jobs, names)
    if seasons:
        found["seasons"] = seasons
    skills = _union(job.skills for job in jobs)
    if skills:
        found["skills"] = sorted(skills)
    return found


def _strictest(jobs: Sequence[Needs]) -> float:
    return min(job.answer_within for job in jobs if job.messages is not None)


def _messages(found: Sequence[Messages]) -> dict[str, Any]:
    weekly = sum(each.weekly for each in found)
    hours = sum(each.weekly_hours for each in found)
    profile: str | list[float]
    if len({each.profile for each in found}) == 1 and isinstance(found[0].profile, str):
        profile = found[0].profile
    else:
        rows = [
            [each.weekly * weight for weight in profile_weights(each.profile)] for each in found
        ]
        profile = [float(_number(sum(hour))) for hour in zip(*rows, strict=True)]
    even = [each.mean_minutes for each in found]
    minutes = even[0] if len(set(even)) == 1 or not weekly else 60 * hours / weekly
    return {
        "per_week": float(_number(weekly)),
        "minutes_each": float(_number(minutes)),
        "profile": profile if weekly else "flat",
    }


def _activity(name: str, jobs: Sequence[Needs]) -> object:
    """All of an activity: in units where all count them alike, else in hours."""
    parts = [(job, job.work[name]) for job in jobs if name in job.work]
    skills = sorted(_union(getattr(work, "skills", ()) for _, work in parts))
    hours = sum(work.weekly(len(job.cover.days)) for job, work in parts)
    units = [work for _, work in parts if isinstance(work, Activity) and work.hours_each]
    if len(units) == len(parts) and len({work.hours_each for work in units}) == 1:
        each = units[0].hours_each
        counted = {
            "per_week": float(_number(sum(work.weekly_units for work in units))),
            "hours_each": f"{_number(each or 0.0)} h",
        }
        return {**counted, "skills": skills} if skills else counted
    text = f"{_number(hours)} h/week"
    return {"hours": text, "skills": skills} if skills else text


def _as_published(work: Mapping[str, object], goes_out: Set[str]) -> dict[str, object]:
    """Activities of which each says whether it goes out, where that would not be taken of it."""
    units = {name for name, each in work.items() if isinstance(each, dict) and "per_week" in each}
    taken = {*published_of({name: (None, name in units) for name in work})}
    found = dict(work)
    for name in taken ^ goes_out:
        each = found[name]
        said = each if isinstance(each, dict) else {"hours": each}
        found[name] = {**said, "published": "yes" if name in goes_out else "no"}
    return found


def _seasons(jobs: Sequence[Needs], activities: Iterable[str]) -> dict[str, dict[str, str]]:
    """The level of each month and activity: that of the brands, by how much of it each has."""
    if not any(job.seasons for job in jobs):
        return {}
    names = (MESSAGES, *activities)
    found = {}
    for month in range(YEAR):
        levels = {}
        for name in names:
            parts = [(_amount(name, job), _level(name, month, job)) for job in jobs]
            whole = sum(amount for amount, _ in parts)
            level = sum(amount * share for amount, share in parts) / whole if whole else 1.0
            if level != 1:
                levels[name] = f"{_number(100 * level)}%"
        if levels:
            found[months_text((month,))] = levels
    return found


def _amount(name: str, job: Needs) -> float:
    """Hours a week of an activity as they are written, whatever the season."""
    if name == MESSAGES:
        return 0.0 if job.messages is None else job.messages.weekly_hours
    work = job.work.get(name)
    return 0.0 if work is None else work.weekly(len(job.cover.days))


def _level(name: str, month: int, job: Needs) -> float:
    levels = levels_of(job.seasons, tuple(job.work))
    return next(each.shares.get(name, 1.0) for each in levels if month in each.months)


def _union(names: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All of some names, in the order of the alphabet: that of brands does not matter."""
    return tuple(sorted({name for each in names for name in each}))


def _number(value: float) -> str:
    return f"{value:.12g}"


def _node(value: object, at: Node) -> Node:
    """Plain data as a tree that comes from one place."""
    if isinstance(value, dict):
        return Node({name: _node(each, at) for name, each in value.items()}, at.origin)
    if isinstance(value, list):
        return Node([_node(each, at) for each in value], at.origin)
    return Node(value, at.origin)  # type: ignore[arg-type]
