"""Interns."""

from fractions import Fraction
from typing import ClassVar, Literal

from cmsource.countries import Employment as Contract
from cmsource.scenario.defaults import Defaults, assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.node import Node
from cmsource.scenario.placement import Placement
from cmsource.scenario.source import KIND
from cmsource.values.language import say
from cmsource.values.quantities import number_text

_PLACEMENT = assumed("6 months", "placement", say("a usual internship"))
_GAP = assumed("1 month", "gap", say("time between two interns"))
_TUTORING = assumed(
    "2 h/week", "tutoring", say("every intern has a tutor: two hours of their week")
)


class Intern(Placement):
    """Interns on successive placements."""

    place: ClassVar[int] = 3
    also: ClassVar[tuple[str, ...]] = ("stagiaire", "stage")
    noun: ClassVar[str] = say("intern")
    role: ClassVar[str] = "trainee"
    no_cursor_end: ClassVar[str] = "an intern's hours are those of a placement"

    kind: Literal["intern"] = KIND

    def contract_for(self, gross: float, hours: float, served: int = 0) -> Contract:
        """The contract of one person; see `OnPayroll.contract_for`."""
        return Contract(round(gross, 2), hours, "intern")

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill gratification, placement and gap, tutoring, hours and duty, and absence."""
        defaults = draft.defaults
        draft.fill("gratification", lambda: defaults.fact("gratification", number_text, "/h"))
        draft.fill("placement", _PLACEMENT)
        draft.fill("gap", lambda: _gap(draft))
        draft.fill("tutoring", _TUTORING)
        cls.fill_contract(draft)
        cls.fill_absence(draft, lambda: _leave(defaults), lambda: _loss(defaults))


def _gap(draft: Draft) -> Node:
    """The time that the law wants between two placements in the same post."""
    fact = draft.defaults.country.facts.get("intern_gap")
    placement: float | None = draft.early("placement")
    if fact is None or placement is None:
        return _GAP
    gap = placement * Fraction(str(fact.value))
    source = say("{share} of the placement: {source}", share=str(fact.value), source=fact.source)
    origin = draft.defaults.origin("intern_gap", fact._replace(value=gap, source=source))
    return Node(f"{number_text(gap)} months", origin)


def _leave(defaults: Defaults) -> Node:
    """Planned absence of an intern, gaps apart."""
    key = "public_holidays_on_weekdays"
    formula = say("public holidays on weekdays / 260; no paid leave on a placement")
    days = defaults.country.value(key)
    return defaults.kept("intern_leave", lambda: defaults.derived(days / 260.0, (key,), formula))


def _loss(defaults: Defaults) -> Node:
    """Unplanned absence of an intern."""
    sick = defaults.country.value("sickness")
    return defaults.kept(
        "intern_loss", lambda: defaults.derived(sick, ("sickness",), say("sickness"))
    )
