"""Scenarios with a currency and no country: nothing national, neutral assumptions that say so."""

import pytest

from cmsource.api import compare
from cmsource.countries import is_neutral, load_country
from cmsource.countries.neutral import without_country
from cmsource.results.comparison import Comparison
from cmsource.scenario.kinds.employee import Employee
from cmsource.scenario.kinds.freelancer import Freelancer
from readings import codes, findings, scenario, where, wrong

LAUSANNE = """\
currency: CHF
hourly_wage: CHF 35/h
agency_rate: 130 CHF/h
hours_per_day: 2
cover: lun-dim 8h-22h
answer_within: 1h
"""

ONE_PERSON = """\
currency: {currency}
horizon: 12 months
needs: {{cover: mon-fri 09:00-17:00, work: {{content: 10 h/week}}}}
sources:
  cm: {{kind: employee, monthly_wage: {wage}, starts_after: 0, ramp_up: 0, recruitment: 0,
       turnover: 0%, management: 0 h/week, on_duty: mon-fri 09:00-17:00}}
options: {{hire: [cm]}}
"""


def compared(text: str) -> Comparison:
    """What a scenario comes to."""
    return compare(scenario(text), details=False)


def test_six_lines_give_an_answer() -> None:
    """Lausanne: every standard option has its costs, in francs, without a country."""
    result = compared(LAUSANNE)
    assert (result.currency, result.country) == ("CHF", "")
    assert len(result.options) == 9
    assert all(option.total > 0 for option in result.options.values())


@pytest.mark.parametrize(
    ("currency", "wage"),
    [("CHF", "CHF 5'200"), ("GBP", "£5 200.00"), ("JPY", "¥5200"), ("USD", "$5200")],
)
def test_charges_are_a_fifth_of_pay(currency: str, wage: str) -> None:
    """5,200 a month for twelve months are 62,400; a fifth on top makes 74,880."""
    result = compared(ONE_PERSON.format(currency=currency, wage=wage))
    assert float(result.options["hire"].total) == 74_880
    (charges,) = (each for each in result.assumptions if each.path == "sources.cm.charges")
    assert charges.value == "20% of pay"


def test_what_is_assumed_heads_the_list_and_says_so() -> None:
    """The first assumptions are neutral ones, guesses all, that rest on no country."""
    result = compared(LAUSANNE)
    first = result.assumptions[:10]
    assert all(is_neutral(each.source) and each.confidence == "G" for each in first[:4])
    neutral = [each for each in result.assumptions if is_neutral(each.source)]
    assert {each.confidence for each in neutral if each.path != "own_time"} == {"G"}
    paths = {each.path for each in neutral}
    assert {"sources.employee.planned_absence", "sources.agency.watch"} <= paths
    assert not any("FR" in each.ref for each in result.assumptions)


def test_prices_follow_the_two_that_are_given() -> None:
    """35 an hour: a colleague at 1.3 times, 45.50. 130: a freelancer at 3.5 hours a day, 455."""
    found = scenario(LAUSANNE)
    freelancer = found.sources["freelancer"]
    assert isinstance(freelancer, Freelancer)
    assert freelancer.day_rate == 455
    assert getattr(found.sources["colleague"], "hourly_wage", None) == 45.5
    assert getattr(found.sources["coach"], "day_rate", None) == 13 * 130
    assert getattr(found.sources["intern"], "gratification", None) == 14


def test_sources_of_the_full_form_say_the_prices_too() -> None:
    """4,333.33 a month for 40 h a week are 25 an hour; a day rate of 700 is 100 an hour of 7 h."""
    text = """\
currency: GBP
needs: {cover: mon-fri 09:00-17:00, work: {content: 10 h/week}}
sources:
  cm: {kind: employee, annual_wage: £52k}
  other: {kind: employee}
  insider: {kind: colleague, hours: 5 h/week}
  firm: {kind: agency, day_rate: £700}
  solo: {kind: freelancer}
options: {a: [cm], b: [other], c: [insider], d: [firm], e: [solo]}
"""
    found = scenario(text)
    other = found.sources["other"]
    assert isinstance(other, Employee)
    assert other.hourly_wage == 25
    assert getattr(found.sources["insider"], "hourly_wage", None) == 32.5
    assert getattr(found.sources["solo"], "day_rate", None) == 350


def test_what_cannot_be_guessed_is_asked_for_at_once() -> None:
    """One error names all that is missing, where the currency stands."""
    found = wrong("hours_per_day: 2\ncurrency: CHF\n")
    assert found.code == "E211"
    assert "`hourly_wage` and `agency_rate`" in found.message
    assert "in CHF" in found.hint
    assert where(found) == (2, 11)


def test_only_what_is_used_is_asked_for() -> None:
    """A freelancer and an agency that takes no own time need no wage; steering takes own time."""
    text = """\
currency: USD
needs: {cover: mon-fri 09:00-17:00, work: {content: 10 h/week}}
sources:
  solo: {kind: freelancer, day_rate: $300}
  firm: {kind: agency, hourly_rate: $90, STEERED}
options: {a: [solo], b: [firm]}
"""
    assert findings(text.replace(", STEERED", "")) == []
    found = wrong(text.replace("STEERED", "coordination: 1 h/week"))
    assert (found.code, found.message) == (
        "E211",
        "without a country, `own_time` cannot be guessed",
    )
    assert findings(text.replace("STEERED", "coordination: 1 h/week") + "own_time: $40/h\n") == []


def test_prices_of_the_full_form_are_asked_for_by_path() -> None:
    """Each source that nobody can price is named, a multiple of one that is named is not."""
    text = """\
currency: GBP
needs: {cover: mon-fri 09:00-17:00, work: {content: 10 h/week}}
sources:
  app: {kind: apprentice, recruitment: 0}
  firm: {kind: agency, watch: £900/month}
  solo: {kind: freelancer}
options: {a: [app], b: [firm], c: [solo]}
"""
    found = wrong(text)
    assert "`sources.app.hourly_wage`, `sources.firm.hourly_rate` and `own_time`" in found.message


def test_a_price_that_cannot_be_read_is_not_missing() -> None:
    """It is wrong where it stands, and nothing that rests on it is asked for."""
    assert codes(LAUSANNE.replace("CHF 35/h", "thirty")) == ["E204"]
    assert codes(LAUSANNE.replace("130 CHF/h", "1,300")) == ["E204"]
    text = ONE_PERSON.format(currency="CHF", wage="5'20")
    text = text.replace("options:", "  x: {kind: colleague, hours: 5 h/week}\noptions:")
    assert codes(text) == ["E204"]


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("currency: DEM", "E204", (1, 11)),
        ("currency: francs", "E204", (1, 11)),
        ("currency: [CHF]", "E203", (1, 11)),
        ("currency: 12", "E204", (1, 11)),
    ],
)
def test_a_currency_that_is_none(line: str, code: str, place: tuple[int, int]) -> None:
    """The one error; amounts are not held against it."""
    found = wrong(f"{line}\nhourly_wage: $35\nagency_rate: 130 €\n")
    assert (found.code, where(found)) == (code, place)


def test_an_amount_in_another_currency() -> None:
    """A wage in dollars in francs, located, with the way out."""
    found = wrong(LAUSANNE.replace("CHF 35/h", "$35/h"))
    assert found.code == "E204"
    assert where(found) == (2, 14)
    assert found.hint.startswith("convert it into CHF; where all are in USD")


def test_dollars_are_those_of_the_scenario() -> None:
    """$28 is right in Austin and in Québec, each in its own dollars, and US$28 in Québec is not."""
    austin = "currency: USD\nhourly_wage: $28\nagency_rate: US$90/h\n"
    assert scenario(austin).currency == "USD"
    assert scenario("country: CA-QC\nhourly_wage: $28\n").currency == "CAD"
    found = findings("country: CA-QC\nhourly_wage: US$28\n")[-1]
    assert "in CAD, this one is in USD" in found.message
    assert "`currency: USD`" in wrong("hourly_wage: $28\n").hint


def test_a_currency_that_is_not_the_countrys() -> None:
    """Located, and the only error; the country's own may be said."""
    found = wrong("country: FR\ncurrency: USD\nhourly_wage: $28\n")
    assert (found.code, where(found)) == ("E207", (2, 11))
    assert "EUR" in found.message
    assert codes("country: FR\ncurrency: eur\n") == []


def test_no_country_is_not_france() -> None:
    """A currency alone brings neither the law nor the wages of the country that uses it."""
    found = scenario("currency: EUR\nhourly_wage: 20\nagency_rate: 80\nstart: 2026-09-01\n")
    assert found.country == ""
    assert found.country_data is not None
    assert "minimum_wage" not in found.country_data.facts
    assert scenario("hours_per_day: 2\n").country == "FR"


def test_a_region_needs_a_country() -> None:
    """Nothing is known of a region of nowhere."""
    found = wrong(LAUSANNE + "region: Vaud\n")
    assert (found.code, where(found)) == ("E208", (7, 9))


def test_neutral_assumptions_stand_in_for_what_scenarios_need() -> None:
    """They lie between what two very different countries have, or near them."""
    neutral = without_country("CHF", None, {})
    france, quebec = load_country("FR"), load_country("CA-QC")
    for key in ("paid_leave_days", "public_holidays", "sickness", "turnover", "weeks_to_hire"):
        two = (france.value(key), quebec.value(key))
        assert 0.9 * min(two) <= neutral.value(key) <= 1.1 * max(two), key
    assert all(
        is_neutral(fact.source) and fact.confidence == "G" for fact in neutral.facts.values()
    )
