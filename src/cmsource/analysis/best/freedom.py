"""What the search may change of the scenario's sources, and what the law lets it."""

from collections.abc import Iterable, Sequence

from cmsource.analysis.best.organisation import KEYS, Part
from cmsource.countries.labour import FACTS, breaches, limits_of
from cmsource.countries.rotations import rotation
from cmsource.model.setting import Setting
from cmsource.scenario.employment import Employment
from cmsource.scenario.hired import Hired
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.values.diagnostics import Diagnostic, ScenarioError, did_you_mean
from cmsource.values.language import listed, say
from cmsource.values.week import Week

QUARTER = 0.25
"""Hours: how finely hours a week are chosen."""

_LEAST = 1.0
"""Hours a week of somebody who does not have them by law: less is no arrangement."""

_MOST_PEOPLE = 12
_TOLERANCE = 1e-9


class Freedom:
    """What may be changed.

    Args:
        setting: the scenario and what follows from it.
        keep: paths of what stays as the scenario has it: ``sources.cm.hours``, ``takes`` of all;
            ``sources.cm`` alone stays as it is and is part of every organisation.
        vary: paths of what may change, all else staying; everything when empty.

    Attributes:
        needed: names of the sources that every organisation has.

    Raises:
        ScenarioError: a path names nothing that can be changed.
    """

    def __init__(self, setting: Setting, keep: Sequence[str], vary: Sequence[str]) -> None:
        self.setting = setting
        scenario = setting.scenario
        everything = {(name, key) for name in scenario.sources for key in KEYS}
        allowed = _matching(scenario, vary) if vary else everything
        self._allowed = allowed - _matching(scenario, keep)
        self.needed = frozenset(
            path.removeprefix("sources.") for path in keep if path.count(".") == 1
        )
        self._limits = limits_of(setting.country)

    def may(self, name: str, key: str) -> bool:
        """Whether a key of a source may be changed."""
        source = self.setting.scenario.sources[name]
        if key == "takes":
            return (name, key) in self._allowed and not source.teaches
        movable = isinstance(source, Employment) and source.cursor_end == "inside"
        if key == "on_duty" and source.hours_on_call:
            return False  # the two go together, and leave the rest that the law asks for
        if key == "on_duty" and not movable:
            return (name, key) in self._allowed and source.relieved(Week.always()) is not source
        return movable and (name, key) in self._allowed

    def hours(self, name: str) -> tuple[float, float]:
        """The least and the most hours a week of one person."""
        source = self.setting.scenario.sources[name]
        own = source.weekly_hours
        if not self.may(name, "hours"):
            return own, own
        country = self.setting.country
        most = max(float(country.value("full_time_hours")), own)
        fact = country.facts.get("part_time_minimum_hours")
        if not isinstance(source, Hired) or fact is None or fact.confidence == "G":
            return min(_LEAST, own or most), most
        # What the scenario gives is taken as agreed on.
        return min(float(fact.value), own or most), most

    def largest_share(self, name: str, activity: str) -> float:
        """The most of an activity that the scenario lets a source take, itself or in an option."""
        uses = [
            source
            for option in self.setting.scenario.options
            for phase in option.phases
            for source in phase.sources
            if source.name == name
        ]
        known = self.setting.scenario.sources[name]
        return max(each.largest_share(activity) for each in (known, *uses))

    def most_people(self, name: str) -> int:
        """The most people of a source."""
        source = self.setting.scenario.sources[name]
        given = source.headcount if isinstance(source, Employment) else 1
        if not self.may(name, "headcount"):
            return given if isinstance(given, int) else 0
        return _MOST_PEOPLE

    def permits(self, part: Part) -> bool:
        """Whether a part changes only what may be changed."""
        source = self.setting.scenario.sources[part.name]
        changed = {
            "hours": bool(part.hours) and part.hours != source.weekly_hours,
            "headcount": bool(part.people) and part.people != getattr(source, "headcount", None),
            "on_duty": part.duty is not None and part.duty != source.on_duty,
            "takes": bool(part.takes),
        }
        if any(
            share > self.largest_share(part.name, activity) + _TOLERANCE
            for activity, share in part.takes
        ):
            return False
        return all(self.may(part.name, key) for key, is_so in changed.items() if is_so)

    def allows(self, part: Part, source: Source) -> bool:
        """Whether a part is one that may be, and that the law lets be.

        What the scenario says itself is taken as agreed on.

        Args:
            part: what is changed.
            source: what comes of it.
        """
        if part.hours or part.people or (part.duty is not None and isinstance(source, Employment)):
            assert isinstance(source, Employment)
            people = part.people or source.headcount
            if not isinstance(people, int):
                return False
            low, high = self.hours(part.name)
            hours, duty = source.weekly_hours, source.on_duty
            if not low - _TOLERANCE <= hours <= high + _TOLERANCE:
                return False
            if people > max(self.most_people(part.name), 1):
                return False
            return duty.hours <= people * hours + _TOLERANCE and self._lawful(source, people)
        return True

    def _lawful(self, source: Employment, people: int) -> bool:
        """Whether the law lets so many people have the duty of a source."""
        duty, facts = source.on_duty, self.setting.country.facts
        if people > 1 and not source.works_elsewhere:
            found = rotation(duty, people, source.weekly_hours, self._limits)
            return bool(found.rows) or not found.why_not
        if people > 1:
            return True
        return not any(
            facts[FACTS[breach.rule]].confidence != "G"
            and not (source.works_elsewhere and breach.rule != "day")
            for breach in breaches(duty.intervals, self._limits)
        )


def _matching(scenario: Scenario, paths: Iterable[str]) -> set[tuple[str, str]]:
    """The keys of sources that some paths name.

    Raises:
        ScenarioError: a path names none.
    """
    found: set[tuple[str, str]] = set()
    wrong = []
    for path in paths:
        head, _, rest = path.partition(".")
        name, _, key = rest.partition(".")
        if path in KEYS:
            found |= {(each, path) for each in scenario.sources}
        elif head == "sources" and name in scenario.sources and (not key or key in KEYS):
            found |= {(name, each) for each in ([key] if key else KEYS)}
        else:
            wrong.append(path)
    known = [*KEYS, *(f"sources.{name}" for name in scenario.sources)]
    known += [f"sources.{name}.{key}" for name in scenario.sources for key in KEYS]
    if wrong:
        raise ScenarioError(
            Diagnostic(
                "E311",
                say("`{path}` is nothing that the search can change", path=path),
                None,
                did_you_mean(path, known)
                or say("name a source or one of its keys: {keys}", keys=listed(KEYS)),
            )
            for path in wrong
        )
    return found
