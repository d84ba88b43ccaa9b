"""Texts in two languages: what they are made of, who chooses, and that data never changes."""

import pickle
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from babel import Locale

from cmsource.cli.environment import locale_of
from cmsource.values.currencies import style_of
from cmsource.values.heard import heard
from cmsource.values.language import ENGLISH, Language, both, counted, listed, say
from cmsource.values.money import (
    format_days,
    format_money,
    format_months,
    format_number,
    format_share,
    format_shortest,
    format_weeks,
    style_for,
)
from cmsource.values.written import in_units, written
from conftest import Cli

FRENCH = Language("fr")
EURO = style_for("EUR")
SHORT = """\
country: FR
name: Chez nous
needs: {cover: 24/7, messages: {per_day: 20, minutes_each: 4}}
"""


class Pair(NamedTuple):
    """A record with a text in it."""

    text: str
    number: int


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        (format_money(11086900, EURO, 0), "€110,869", "110\u00a0869\u00a0€"),
        (format_money(-123450, EURO), "-€1,234.50", "-1\u00a0234,50\u00a0€"),
        (format_money(100, style_for("USD"), 0), "$1", "1\u00a0$US"),
        (format_number(1607.5, 1), "1,607.5", "1\u00a0607,5"),
        (format_shortest(17.5), "17.5", "17,5"),
        (format_shortest(3.0), "3", "3"),
        (format_share(0.643), "64.3%", "64,3\u00a0%"),
    ],
)
def test_numbers_follow_the_language(text: str, english: str, french: str) -> None:
    """Never the country: a comma or a point, the symbol before or after."""
    assert text == english
    assert ENGLISH.of(text) == english
    assert FRENCH.of(text) == french


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("currency", ["EUR", "CAD", "USD", "GBP", "CHF"])
def test_known_styles_are_babels(language: str, currency: str) -> None:
    """What stands in the source so that Babel need not be loaded is what Babel says."""
    assert style_for(currency, language) == style_of(currency, language)


def test_french_counts_less_than_two_as_one() -> None:
    """One and a half months is *1,5 mois*, but *1.5 months*."""
    one = counted(1.5, "{count} day", "{count} days", count=format_shortest(1.5))
    assert one == "1.5 days"
    assert FRENCH.of(one) == "1,5 jour"
    assert FRENCH.sentence_of("2", "{count} day", "{count} days") == "{count} jours"
    assert format_months(1) == "1 month"


SHOWN = [f"{sign}{n / 100:.{d}f}" for sign in ("", "-") for n in range(350) for d in (0, 1, 2)]


@pytest.mark.parametrize("language", [ENGLISH, FRENCH], ids=lambda each: each.code)
def test_numbers_go_with_one_or_many_as_cldr_says(language: Language) -> None:
    """Babel's rules of plurals, for numbers with all decimals that they may be shown with."""
    rule = Locale(language.code).plural_form
    for number in (*SHOWN, "100", "1,000", "1,001", "2,345.5"):
        expected = rule(abs(Decimal(number.replace(",", "")))) == "one"
        assert language.is_singular(number) == expected, number


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        (counted(1.96, "{count} day", "{count} days", count="2"), "2 days", "2 jours"),
        (counted(0.04, "{count} day", "{count} days", count="0"), "0 days", "0 jour"),
        (format_months(1.04), "1.0 months", "1,0 mois"),
        (format_days(1.96), "2.0 days", "2,0 jours"),
        (format_weeks(1.9), "1.9 weeks", "1,9 semaine"),
        (counted(1, "{count} of {all} day", "{count} of {all} days", all=3), "1 of 3 day", ""),
        (in_units("1", "people"), "1 person", "1 personne"),
        (in_units(format_shortest(0.5), "people"), "0.5 people", "0,5 personne"),
        (in_units(format_shortest(1.83), "messages/day"), "1.83 messages/day", "1,83 message/jour"),
        (in_units("1", "message"), "1 message", "1 message"),
        (in_units("2", "month"), "2 months", "2 mois"),
        (in_units("1", "h/week"), "1 h/week", "1 h/semaine"),
        (written("1.5 days/month"), "1.5 days/month", "1,5 jour/mois"),
        (written("1,200 messages"), "1,200 messages", "1,200 messages"),
        (written("0 weeks"), "0 weeks", "0 semaine"),
        (written("1 person"), "1 person", "1 personne"),
        (heard("notice of 1.5 months"), "notice of 1.5 months", "préavis de 1,5 mois"),
    ],
)
def test_a_number_and_its_noun_agree_as_they_are_shown(
    text: str, english: str, french: str
) -> None:
    """Worked by hand from the two rules: English has one of something for 1, French below 2."""
    assert text == english
    if french:
        assert FRENCH.of(text) == french


def test_texts_in_texts_and_records_are_told_too() -> None:
    """Every text in a record, a list or a place of a sentence."""
    price = format_money(250, EURO)
    text = say("so {much}", much=listed([price, "x"]))
    assert text == "so €2.50, x"
    assert FRENCH.of(text) == "so 2,50\u00a0€, x"
    assert FRENCH.of(Pair(price, 3)) == Pair("2,50\u00a0€", 3)
    assert FRENCH.of([(price,), {"a": price}]) == [("2,50\u00a0€",), {"a": "2,50\u00a0€"}]
    assert both(["a"]) == "a"
    assert both(["a", "b", "c"]) == "a, b and c"


def test_a_text_of_the_users_is_never_a_template() -> None:
    """Braces in a name are a name."""
    assert say("take {option}", option="{0} {x}") == "take {0} {x}"
    assert FRENCH.of(say("take {option}", option="{0} {x}")) == "take {0} {x}"


def test_texts_go_to_other_processes() -> None:
    """With what they are made of."""
    text = say("so {much}", much=format_money(250, EURO))
    again = pickle.loads(pickle.dumps((text, FRENCH)))
    assert again[0] == text
    assert again[1].of(again[0]) == FRENCH.of(text) != text


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_CA"}, "fr"),
        ({"LANG": "fr_FR", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "de_DE"}, ""),
        ({"LANG": "fro"}, ""),
        ({"LANG": "C.UTF-8"}, ""),
        ({}, ""),
    ],
)
def test_the_terminals_language(variables: dict[str, str], code: str) -> None:
    """The first variable that is set decides; another language than ours is none."""
    assert locale_of(variables) == code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A scenario without a word about its language."""
    path = tmp_path / "s.yaml"
    path.write_text(SHORT)
    return path


def test_who_chooses(cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The flag before the variable, that before the scenario; a pipe has no locale."""
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert "€" in cli("compare", file).out
    french = cli("compare", file, "--lang", "fr").out
    assert "\u00a0€" in french
    assert cli("--lang", "fr", "compare", file).out == french
    monkeypatch.setenv("CMSOURCE_LANG", "fr")
    assert cli("compare", file).out == french
    english = cli("compare", file, "--lang", "en").out
    assert "\u00a0€" not in english
    monkeypatch.delenv("CMSOURCE_LANG")
    file.write_text(SHORT + "language: fr\n")
    assert cli("compare", file).out == french
    assert cli("compare", file, "--lang", "en").out == english
    file.write_text(SHORT + "language: de\n")
    assert cli("compare", file).status == 2
    file.write_text(SHORT + "language: fr\nhorizn: 24\n")
    assert "vouliez-vous dire" in cli("compare", file).err  # also where it is not valid


def test_an_unknown_language_is_an_error(
    cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the flag and of the variable, with those that are known."""
    assert "en, fr" in cli("compare", file, "--lang", "xx").err
    monkeypatch.setenv("CMSOURCE_LANG", "xx")
    assert cli("compare", file).status == 2


@pytest.mark.parametrize(
    "command",
    [
        ["compare", "--format", "json"],
        ["coverage", "--format", "json"],
        ["cursor", "--format", "json"],
        ["breakeven", "--format", "json"],
        ["price", "agency", "--format", "json"],
        ["best", "--effort", "1", "--vary", "headcount", "--format", "json"],
        ["sensitivity", "--format", "json"],
        ["explain", "--format", "json"],
        ["validate", "--format", "json"],
        ["validate", "--format", "json", "--set", "horizn=3"],
        ["simulate", "--format", "json", "--draws", "50", "--set", "horizon=12..36"],
        ["batch", "--format", "json"],
        ["batch", "--format", "jsonl"],
    ],
)
def test_data_is_the_same_in_every_language(cli: Cli, command: list[str]) -> None:
    """Whatever people are told, programs read the same bytes."""
    name, *flags = command
    example = "interns" if name == "breakeven" else "boutique-24-7"  # it is searched for long there
    scenario = Path(__file__).parents[1] / "scenarios" / f"{example}.yaml"
    english = cli(name, scenario, *flags, "--lang", "en")
    french = cli(name, scenario, *flags, "--lang", "fr")
    assert english.out == french.out
    assert english.out


def test_a_scenario_in_full_differs_by_its_comments_only(cli: Cli) -> None:
    """Its comments are for people; what a program reads in it is the same in every language."""
    scenario = Path(__file__).parents[1] / "scenarios" / "boutique-24-7.yaml"
    english = cli("expand", scenario, "--lang", "en").out
    french = cli("expand", scenario, "--lang", "fr").out
    assert english != french
    assert yaml.safe_load(english) == yaml.safe_load(french)


@pytest.mark.parametrize(
    "command",
    [
        ["payroll", "FR", "--monthly", "2500", "--size", "12"],
        ["payroll", "FR", "--monthly", "many"],
        ["countries", "CA-QC"],
        ["countries"],
        ["inbox", Path(__file__).parents[1] / "scenarios" / "messages.csv"],
    ],
)
def test_data_without_a_scenario_is_the_same(cli: Cli, command: list[str]) -> None:
    """Names of contributions, marks and notes stay what programs know."""
    english = cli(*command, "--format", "json", "--lang", "en")
    french = cli(*command, "--format", "json", "--lang", "fr")
    assert english == french
