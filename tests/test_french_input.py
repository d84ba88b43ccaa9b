"""What people write in French: kinds, hours, amounts, counts, choices and answers."""

import json
from typing import Any

import pytest

import cmsource
from cmsource.reading.load import read_text
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.kinds.employee import Employee
from cmsource.scenario.needs import Profile
from cmsource.scenario.record import Record, keys_of
from cmsource.scenario.scenario import Scenario, ScenarioKeys
from cmsource.values.money_types import Amount, Price
from cmsource.values.number_types import Frequency
from cmsource.values.quantities import Hours, PriceTag, QuantityError, Scalar
from cmsource.values.quantity_type import Quantity
from cmsource.values.time_types import Duration, Effort, EffortOrAll
from cmsource.values.week_reader import parse_moment, parse_week
from cmsource.values.word_types import Choice, Flag, YesNo
from conftest import Cli
from pages import editions
from readings import BASE, findings, only, scenario, wrong

FRENCH = """\
country: FR
horizon: 24 mois
needs:
  cover: lun-ven 9h-22h et samedi 10h-18h
  messages: {per_day: 20 par jour, minutes_each: 4 min, profile: soir}
  work: {contenu: 6 h/semaine}
context: {audience: grand public, speed: oui}
sources:
  cm: {kind: salarié, hours: 35 h/semaine, annual_wage: 32 k€/an brut, contract: CDD}
  agence: {kind: agence, hourly_rate: 75 € HT/h, on_duty: tous les jours sauf dimanche 9h-minuit}
options:
  interne: {phases: [{months: 12, sources: [cm]}, {sources: [cm: {contract: CDI}]}]}
  dehors: [agence]
expect: {recommended: aucune}
"""
"""A scenario whose every word of a fixed list is French."""


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("lun-ven 9h-22h et samedi 10h-18h", "mon-fri 09:00-22:00, sat 10:00-18:00"),
        ("lun-ven 9h-12h et 14h-18h et sam 10h-12h", "mon-fri 09:00-12:00 14:00-18:00, sat 10-12"),
        ("mon-fri 9am-5pm and sat 10am-2pm", "mon-fri 09:00-17:00, sat 10:00-14:00"),
        ("tous les jours sauf dimanche 9h-18h", "mon-sat 09:00-18:00"),
        ("tous les jours sauf samedi et dimanche, 9h-18h", "mon-fri 09:00-18:00"),
        ("9h-18h sauf le dimanche", "mon-sat 09:00-18:00"),
        ("sauf mercredi 9h-18h", "mon tue thu fri sat sun 09:00-18:00"),
        ("every day except sunday 9-18", "mon-sat 09:00-18:00"),
        ("9h-minuit", "daily 09:00-24:00"),
        ("minuit-8h", "daily 00:00-08:00"),
        ("lun-ven 9h-midi", "mon-fri 09:00-12:00"),
        ("mon-fri 9am-midnight", "mon-fri 09:00-24:00"),
        ("jours ouvrés 9h-18h", "mon-fri 09:00-18:00"),
        ("jours ouvrables 9h-18h", "mon-sat 09:00-18:00"),
        ("en semaine 9h-18h", "mon-fri 09:00-18:00"),
        ("7j/7 9h-22h", "daily 09:00-22:00"),
        ("7 jours sur 7, de 9 h à 22 h", "daily 09:00-22:00"),
        ("24h/24", "24/7"),
        ("24 h sur 24, 7 j sur 7", "24/7"),
        ("jour et nuit", "24/7"),
        ("lun-ven 8h-minuit, week-end 24h/24", "mon-fri 08:00-24:00, sat-sun 00:00-24:00"),
        ("du lun. au ven. de 9h à 18h", "mon-fri 09:00-18:00"),
    ],
)
def test_hours(text: str, hours: str) -> None:
    """Hours and days as French people write them are those of the English text."""
    assert parse_week(text) == parse_week(hours)


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("samedi 21h", 5 * 1440 + 21 * 60),
        ("sam. 21h30", 5 * 1440 + 21 * 60 + 30),
        ("le samedi à midi", 5 * 1440 + 12 * 60),
        ("lundi à minuit", 0),
    ],
)
def test_moments(text: str, minute: int) -> None:
    """One moment of the week, in minutes from Monday 00:00."""
    assert parse_moment(text) == minute


@pytest.mark.parametrize(
    "text",
    [
        "tous les jours sauf dimanche",
        "lun-sam 9h-18h sauf mer 9h-12h",
        "9h-18h sauf",
        "sauf",
        "7j/7",
    ],
)
def test_hours_that_say_too_little(text: str) -> None:
    """Days without hours, and exceptions of which nobody knows what they take away."""
    with pytest.raises(QuantityError):
        parse_week(text)


@pytest.mark.parametrize(
    ("quantity", "text", "value"),
    [
        (Price("month"), "2 500 €/mois HT", PriceTag(2500.0, "month")),
        (Price("hour"), "75 € HT de l'heure", PriceTag(75.0, "hour")),
        (Amount("year"), "32 k€/an brut", 32000.0),
        (Amount("year"), "2 700 € bruts mensuels", 32400.0),
        (Frequency("day"), "15 à 20", 17.5),
        (Frequency("day"), "40 messages par jour", 40.0),
        (Frequency("month"), "1 200/mois", 1200.0),
        (Effort(False), "6 h/semaine", Hours(6.0, "week")),
        (Effort(False, days=True), "2 journées par mois", Hours(2.0, "month", True)),
        (EffortOrAll(), "tout", "all"),
        (Duration("month", bare=True), "2 ans", 24.0),
        (Profile(), "soir", "evening"),
        (Choice("permanent", also={"CDI": "permanent"}), "CDI", "permanent"),
        (Flag(), "oui", True),
        (Flag(), "no", False),
        (YesNo(), "non", False),
    ],
)
def test_values(quantity: Quantity[Any], text: Scalar, value: object) -> None:
    """Amounts, counts, durations and words in French."""
    assert quantity.value(text, "EUR") == value


def test_another_period_is_not_taken() -> None:
    """So many a week are not so many a day."""
    with pytest.raises(QuantityError, match="per day, and cannot be per week"):
        Frequency("day").value("40 par semaine")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("salarié", "employee"),
        ("salariée", "employee"),
        ("salarié(e)", "employee"),
        ("collègue", "colleague"),
        ("stagiaire", "intern"),
        ("alternant", "apprentice"),
        ("apprentie", "apprentice"),
        ("indépendant", "freelancer"),
        ("freelance", "freelancer"),
        ("prestataire", "freelancer"),
        ("agence", "agency"),
        ("coach", "coach"),
    ],
)
def test_kinds(word: str, kind: str) -> None:
    """A kind by its French word is refused for nothing that its English one is not."""
    english = BASE.replace("kind: employee", f"kind: {kind}")
    french = BASE.replace("kind: employee", f"kind: {word}")
    assert "E205" not in {found.code for found in findings(french)}
    assert [found.code for found in findings(french)] == [found.code for found in findings(english)]
    assert kind in KINDS


def test_a_scenario_in_french_is_that_in_english() -> None:
    """Whatever language it is written in, it holds the same."""
    english = (
        FRENCH.replace("salarié", "employee")
        .replace("kind: agence", "kind: agency")
        .replace("soir}", "evening}")
        .replace("CDD", "fixed-term")
        .replace("CDI", "permanent")
        .replace("grand public", "broad")
        .replace("speed: oui", "speed: true")
        .replace("aucune", "none")
    )
    one, other = scenario(FRENCH), scenario(english)
    assert one.sources["cm"].kind == "employee"
    assert one.expect[0].bound == "none"
    assert result(one) == result(other)


def result(found: Scenario) -> object:
    """The data of a comparison, but for what was given and where."""
    data = json.loads(cmsource.to_json(cmsource.compare(found)))
    del data["inputs"], data["scenario"]["file"]
    return data


def test_written_in_full_it_has_the_usual_words(cli: Cli, tmp_path: Any) -> None:  # noqa: ANN401
    """`expand` and data hold one word for one thing, and read the same again."""
    path = tmp_path / "s.yaml"
    path.write_text(FRENCH, encoding="utf-8")
    text = cli("expand", path).out
    for word in ("kind: employee", "kind: agency", "contract: fixed-term", "profile: evening"):
        assert word in text
    for word in ("salarié", "kind: agence", "CDD", "CDI", "profile: soir"):
        assert word not in text
    reading = read_text(FRENCH, "s.yaml")
    assert reading.scenario is not None
    assert reading.scenario.inputs["sources.cm.kind"] == "employee"


def choices() -> list[tuple[str, Choice]]:
    """Every choice that a scenario has, by its key."""
    found: dict[str, Choice] = {}
    waiting: list[type[Record]] = [ScenarioKeys, *KINDS.values()]
    while waiting:
        for key in keys_of(waiting.pop()).values():
            if key.record is not None:
                waiting.append(key.record)
            if isinstance(key.quantity, Choice):
                found[key.name] = key.quantity
    return sorted(found.items())


@pytest.mark.parametrize(("name", "choice"), choices())
def test_choices(name: str, choice: Choice) -> None:
    """Whatever word an editor proposes is read, as one of those that results have."""
    words: Any = choice.json_schema()["enum"]
    read = {choice.value(word) for word in words}
    assert read <= set(words)
    assert {choice.value(word) for word in read} == read
    french = [word for word in words if word not in read]
    for page in editions("scenario.md"):
        text = page.read_text("utf-8")
        told = {choice.value(word) for word in french if f"`{word}`" in text}
        assert told == {choice.value(word) for word in french}, (name, page)


def test_flags() -> None:
    """`--set` takes the same words, for kinds too and what an option changes."""
    read = scenario(BASE, "sources.cm.contract=CDD", "context.market=B2B")
    assert isinstance(read.sources["cm"], Employee)
    assert read.sources["cm"].contract == "fixed-term"
    assert read.context.market == "b2b"
    assert scenario(BASE, "sources.agence.kind=agence").sources["agence"].kind == "agency"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (BASE.replace("employee", "stagaire"), "did you mean `stagiaire`?"),
        (BASE.replace("employee", "emploee"), "did you mean `employee`?"),
        (BASE.replace("mon-fri 09:00-17:00", "mardy 9h-18h"), "did you mean mardi?"),
        (BASE.replace("mon-fri 09:00-17:00", "tuseday 9-18"), "did you mean tuesday?"),
    ],
)
def test_a_slip_of_one_language(text: str, hint: str) -> None:
    """The word that is meant is named in the language in which it was written."""
    assert wrong(text).hint == hint


def test_a_hint_in_french_can_be_written() -> None:
    """What a hint proposes is read."""
    found = only(
        [
            each
            for each in findings(BASE.replace("mon-fri 09:00-17:00", "9h"))
            if each.code == "E204"
        ]
    )
    assert found.hint.endswith("09:00-17:00")
