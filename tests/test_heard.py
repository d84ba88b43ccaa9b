"""Reasons that come back from JSON in English are said in French as they were before."""

from pathlib import Path

import pytest

import cmsource
from cmsource.model.compare import compare
from cmsource.model.details import detailed
from cmsource.values.heard import heard
from cmsource.values.language import ENGLISH, Language
from conftest import Cli

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
FRENCH = Language("fr")


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_every_reason_of_the_examples(file: Path) -> None:
    """What the ledger says in French is the same before it is saved and after."""
    read = cmsource.load(file)
    result = detailed(read, compare(read))
    again = cmsource.from_json(cmsource.to_json(result))
    for name, option in result.options.items():
        for before, after in zip(option.entries, again.options[name].entries, strict=True):
            assert str(after.why) == str(before.why)
            assert FRENCH.of(after.why) == FRENCH.of(before.why)


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("gross pay", "salaire brut"),
        ("gross pay of 6 people", "salaire brut de 6 personnes"),
        ("hours of work, in feb-jun and sep-oct, 5.833 of these 10 months", None),
        ("replacing 16% of the people a year", None),
    ],
)
def test_sentences(english: str, french: str | None) -> None:
    """With what stands in their places; as English they stay what they are."""
    said = heard(english)
    assert ENGLISH.of(said) == english
    if french is not None:
        assert FRENCH.of(said) == french
    assert not {"the", "of", "and", "work", "people"} & set(FRENCH.of(said).split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gross pay of the boss",
        "a reason that nobody ever gave",
        "Ma raison à moi",
        "{what} and {braces}",
        "gross pay of {count} people",
        "hours of work, in summer, 5.8 of these 10 months",
        "% % %",
        "-" * 300,
        ", ".join(["and"] * 60),
        "(" * 500,
    ],
)
def test_what_is_none_of_ours_stays(text: str) -> None:
    """It is never half in one language and half in the other."""
    assert FRENCH.of(heard(text)) == text


def test_names_stay() -> None:
    """A tool called like a word of ours is still that tool."""
    assert FRENCH.of(heard("tools", frozenset({"tools"}))) == "tools"
    assert FRENCH.of(heard("tools")) == "outils"


def test_diff_in_french(cli: Cli, tmp_path: Path) -> None:
    """The costs that moved have their reasons in French, from saved results as from scenarios."""
    shop = next(file for file in SCENARIOS if file.stem == "boutique-24-7")
    moved = ("--set", "sources.agence.hourly_rate=90", "--set", "sources.cm.hourly_wage=18")
    for name, words in (("a", ()), ("b", moved)):
        text = cli("compare", shop, *words, "--format", "json").out
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    told = cli("diff", tmp_path / "a.json", tmp_path / "b.json", "--details", "--lang", "fr").out
    assert "salaire brut" in told
    for english in ("gross pay", "hours of work", "payroll schedule"):
        assert english not in told
