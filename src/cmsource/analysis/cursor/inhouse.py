"""The in-house end of the cursor: somebody with any number of hours, and the team beside them."""

from cmsource.analysis.cursor.sittings import Place, duty_of, sittings
from cmsource.countries import Country
from cmsource.countries.labour import limits_of, smallest_headcount
from cmsource.model.employer import contract_hours
from cmsource.model.setting import Setting
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.employment import Employment
from cmsource.scenario.hired import Hired, Premiums, premiums_due
from cmsource.scenario.provenance import NOWHERE, Origin, Origins
from cmsource.scenario.source import Source
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.values.language import counted, say
from cmsource.values.money import format_digits
from cmsource.values.quantities import Hours
from cmsource.values.week import Week
from cmsource.values.week_reader import parse_week

_TOLERANCE = 1e-9


class InHouse:
    """An employee or a colleague, and people on the same terms, for so many hours a week.

    Args:
        source: as the scenario has it.
        setting: the scenario and its country.

    Attributes:
        source: the same.
        contract: hours a week of a full contract: the country's full-time week, or the source's
            own hours where they are more.
        whole: the people whose roster has one person on each hour of the cover.
        enough: the people whose contracts have as many hours as the cover.
        place: where they work.
        order: all their sittings, in the order in which they are taken.
    """

    def __init__(self, source: Source, setting: Setting) -> None:
        self.source = _employment(source)
        self._setting = setting
        country, needs = setting.country, setting.scenario.needs
        self._given = source.weekly_hours
        self.contract = max(float(country.value("full_time_hours")), self._given)
        cover = needs.cover.hours
        self.whole = smallest_headcount(self.contract, self.source.planned_absence, cover)
        self.enough = smallest_headcount(self.contract, 0.0, cover)
        self.place = Place(
            source.on_duty,
            parse_week(str(country.value("office_hours"))),
            needs.cover,
            needs.messages.profile if needs.messages is not None else "flat",
            self.contract,
            limits_of(country).day,
        )
        self.order = sittings(self.place)

    @property
    def given(self) -> float | None:
        """Hours a week of the one person that the scenario gives; None where it gives a team."""
        return self._given if self.source.headcount == 1 and self._given > 0 else None

    def people(self, hours: float) -> int:
        """How many people it takes for so many hours a week together."""
        return smallest_headcount(self.contract, 0.0, hours)

    def check(self, hours: float) -> None:
        """Refuse hours that are none, or more than those of people who hold the cover alone.

        Raises:
            ScenarioError: they are out of range.
        """
        most = self.whole * self.contract
        if not 0 < hours <= most + _TOLERANCE:
            message = counted(
                hours,
                "{count} hour a week in-house is out of range",
                "{count} hours a week in-house are out of range",
                count=format_digits(hours),
            )
            hint = say(
                "take more than 0 and at most {most}, the hours of a team that does it alone",
                most=format_digits(most),
            )
            raise ScenarioError([Diagnostic("E312", message, None, hint)])

    def at(self, hours: float) -> Source:
        """The source with so many hours a week together: on duty where most messages arrive."""
        people = self.people(hours)
        if people == 1 and self.given is not None and abs(hours - self.given) < _TOLERANCE:
            return self.source
        return self._with(hours / people, people, self._duty(hours))

    def alone(self, people: int) -> Source:
        """So many people with full contracts who hold the cover; `whole` of them are ``auto``."""
        return self._with(self.contract, people, self._setting.scenario.needs.cover)

    def assumptions(self, sources: list[Source]) -> tuple[Assumption, ...]:
        """The premiums that the scenario does not give and that hours beyond its own duty need."""
        country = self._setting.country
        found: dict[str, Assumption] = {}
        own = self.source.premiums.origins if isinstance(self.source, Hired) else NOWHERE
        for source in sources:
            given = source.premiums.origins if isinstance(source, Hired) else NOWHERE
            for key in ("night", "sunday", "holiday"):
                if given.get(key) is not own.get(key):
                    fact = country.fact(f"{key}_premium")
                    path = f"sources.{source.name}.premiums.{key}"
                    ref = f"{country.code}: {key}_premium"
                    found[key] = Assumption.of(path, f"{fact.value * 100:g}%", fact, ref)
        return tuple(found.values())

    def _duty(self, hours: float) -> Week:
        """At most the own duty up to the hours given, from there on as many hours as there are."""
        own = self.place.own.hours
        if self.given is not None and hours < self.given:
            return duty_of(self.order, min(hours, own))
        return duty_of(self.order, min(hours, self.place.whole.hours))

    def _with(self, hours: float, people: int, duty: Week) -> Source:
        source = self.source
        if abs(hours - self._given) > _TOLERANCE:
            source = _at_an_hourly_wage(source, self._setting.country)
            source = source.changed(hours=Hours(hours, "week"))
        if isinstance(source, Hired):
            premiums = with_premiums(source.premiums, duty, self._setting.country)
            source = source.changed(premiums=premiums)
        return source.changed(headcount=people, on_duty=duty)


def _at_an_hourly_wage(source: Employment, country: Country) -> Employment:
    """The same people with the wage by the hour: a part of the contract earns that part of it."""
    key = source.wage_key
    if key == "hourly_wage":
        return source
    wage = source.hourly(contract_hours(source, country))
    origins = Origins(source.origins)
    if key in origins:
        origins["hourly_wage"] = origins.pop(key)
    changed = source.changed(hourly_wage=wage, monthly_wage=None, annual_wage=None)
    if isinstance(source, Hired) and not source.overtime_is_paid:
        changed = changed.changed(overtime="included")
    return changed.remember(origins)


def with_premiums(given: Premiums, duty: Week, country: Country) -> Premiums:
    """The premiums given, and the country's where the duty has hours that they say nothing of."""
    night = parse_week(str(country.value("night_hours")))
    missing = [key for key in premiums_due(duty, night) if key not in given.origins]
    if not missing:
        return given
    origins = Origins(given.origins)
    values = {}
    for key in missing:
        fact = country.fact(f"{key}_premium")
        values[key] = float(fact.value)
        origins[key] = Origin("country", country.code, detail=f"{key}_premium", fact=fact)
    return given.changed(**values).remember(origins)


def _employment(source: Source) -> Employment:
    assert isinstance(source, Employment)
    return source
