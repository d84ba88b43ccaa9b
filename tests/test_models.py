"""The models of a scenario in Python: the same keys and the same words as in a file."""

import pickle
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import cmsource
from cmsource.scenario.hired import Premiums
from cmsource.scenario.kinds import KINDS, AnySource
from cmsource.scenario.kinds.agency import Agency
from cmsource.scenario.kinds.employee import Employee
from cmsource.scenario.needs import Messages, Needs
from cmsource.scenario.options import Option, Phase
from cmsource.scenario.provenance import NOWHERE
from cmsource.scenario.record import Record, keys_of
from cmsource.scenario.require import Require
from cmsource.scenario.scenario import Scenario, ScenarioKeys
from cmsource.scenario.shortform import ShortForm
from cmsource.values.quantities import Hours, PriceTag
from cmsource.values.quantity_type import Context
from cmsource.values.ranges import Ranged
from cmsource.values.week_reader import parse_week
from readings import BASE, scenario

PLAIN = {"kind": "employee", "hours": "35 h/week", "hourly_wage": "16,50 €/h"}


def problems(model: type[BaseModel], data: object) -> dict[tuple[str | int, ...], str]:
    """What is refused: the type of each error by where it is."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return {error["loc"]: error["type"] for error in caught.value.errors()}


def test_quantities_are_read_as_in_a_file() -> None:
    """Texts with units, numbers and maps of ranges all become what they mean."""
    cm = Employee.model_validate({**PLAIN, "takes": {"content": "30%"}, "on_duty": "mon 9-17"})
    assert (cm.hours, cm.hourly_wage) == (Hours(35, "week"), 16.5)
    assert (cm.takes, cm.on_duty) == ({"content": 0.3}, parse_week("mon 09:00-17:00"))
    agency = Agency.model_validate({"kind": "agency", "watch": "3/h", "takes": 0.5})
    assert (agency.watch, agency.takes) == (PriceTag(3, "hour"), {"": 0.5})
    wage = Employee.model_validate({**PLAIN, "hourly_wage": {"low": 15, "high": 18}}).hourly_wage
    assert isinstance(wage, Ranged)
    assert (wage.low, wage, wage.high) == (15, 16.5, 18)


def test_values_that_are_read_stay_as_they_are() -> None:
    """What one model holds another one takes."""
    cm = Employee.model_validate({**PLAIN, "label": "Léa", "hourly_wage": "15..18"})
    again = Employee.model_validate(dict(cm))
    assert again == cm
    assert isinstance(again.hourly_wage, Ranged)


def test_nothing_behind_a_key_is_no_value() -> None:
    """None takes a key away; an unknown one stays unknown."""
    assert Employee.model_validate({**PLAIN, "turnover": None}).turnover == 0
    assert problems(Employee, {**PLAIN, "salary": None}) == {("salary",): "extra_forbidden"}


def test_everything_wrong_is_refused_at_once() -> None:
    """Each error has its place and its type."""
    wrong = {
        "kind": "employee",
        "hourly_wage": "a lot",
        "turnover": [1],
        "skills": "ads",
        "premiums": {"night": "500%", "noon": 1},
    }
    assert problems(Employee, wrong) == {
        ("hours",): "missing",
        ("hourly_wage",): "value_error",
        ("turnover",): "value_error",
        ("skills",): "tuple_type",
        ("premiums", "night"): "value_error",
        ("premiums", "noon"): "extra_forbidden",
    }


def test_keys_that_exclude_each_other() -> None:
    """A wage, a rate and a count are said in one way; messages are counted in one at least."""
    assert problems(Employee, {**PLAIN, "annual_wage": 1}) == {("annual_wage",): "exclusive"}
    rates = {"kind": "agency", "hourly_rate": 1, "day_rate": 2}
    assert problems(Agency, rates) == {("day_rate",): "exclusive"}
    assert problems(Messages, {"per_day": 1, "per_month": 1}) == {("per_month",): "exclusive"}
    assert problems(Messages, {}) == {("per_month",): "none_of"}


def test_another_currency_is_refused_in_context() -> None:
    """Which currency amounts are in is said along with them."""
    assert Agency.model_validate({"kind": "agency", "retainer": "900 €"}, context=Context("EUR"))
    with pytest.raises(ValidationError, match="amounts here are in CAD"):
        Agency.model_validate({"kind": "agency", "retainer": "900 €"}, context=Context("CAD"))


def test_sources_are_told_apart_by_their_kind() -> None:
    """The word decides which model reads the rest."""
    adapter: TypeAdapter[Any] = TypeAdapter(AnySource)
    assert isinstance(adapter.validate_python(PLAIN), Employee)
    with pytest.raises(ValidationError, match="union_tag_invalid"):
        adapter.validate_python({"kind": "robot"})


def test_a_scenario_can_be_put_together() -> None:
    """From parts, without a file; it says nothing of where they came from."""
    read = scenario(BASE)
    cm = Employee.model_validate({**PLAIN, "on_duty": "mon-fri 9-16"}).named("cm")
    option = Option(name="hire", label="Hire", phases=(Phase(start=0, months=12, sources=(cm,)),))
    built = Scenario(
        needs=Needs.model_validate({"cover": "mon-fri 9-16", "work": {"content": "5 h/week"}}),
        country="FR",
        horizon="12 months",
        sources={"cm": cm},
        options=(option,),
        currency="EUR",
        country_data=read.country_data,
    )
    assert built.origins is NOWHERE
    assert built.sources["cm"] is cm
    assert cmsource.compare(built).options["hire"].coverage.watched == pytest.approx(1)


def test_records_are_frozen_and_survive_a_process_boundary() -> None:
    """A changed record is another one, which knows as much about its origins."""
    read = scenario(BASE)
    cm = read.sources["cm"]
    with pytest.raises(ValidationError):
        cm.label = "other"  # type: ignore[misc]
    other = cm.changed(label="other")
    assert (cm.label, other.label, other.name) == ("cm", "other", "cm")
    assert other.origins is cm.origins
    copy = pickle.loads(pickle.dumps(read))
    assert copy.sources["cm"] == cm
    assert copy.sources["cm"].origins["hours"] == cm.origins["hours"]


@pytest.mark.parametrize(
    "record", [ScenarioKeys, ShortForm, Needs, Messages, Require, Premiums, *KINDS.values()]
)
def test_every_key_says_what_it_means(record: type[Record]) -> None:
    """One description for reading, for editors and for the documentation."""
    for name, key in keys_of(record).items():
        assert key.meaning.endswith("."), name
        read_apart = name in ("kind", "brands", "options", "expect")
        assert read_apart or key.quantity or key.record, name
