"""The weekly rotations of the teams of a phase."""

from collections.abc import Iterable

from cmsource.countries import Country
from cmsource.countries.labour import limits_of
from cmsource.countries.rotations import rotation
from cmsource.model.resource import Resource
from cmsource.results.phase import Roster


def rosters(resources: Iterable[Resource], country: Country) -> dict[str, Roster]:
    """The weekly rotation of each resource that is several people on a contract with a duty."""
    found = {}
    for resource in resources:
        people = resource.headcount
        if people < 2 or not resource.contract or not resource.duty:
            continue
        result = rotation(resource.duty, people, resource.contract / people, limits_of(country))
        found[resource.name] = Roster(
            result.texts(), result.hours(), result.teams, result.needed, result.why_not
        )
    return found
