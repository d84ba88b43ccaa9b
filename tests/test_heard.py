"""Reasons that come back from JSON in English are said in French as they were before."""

from pathlib import Path

import pytest

import cmsource
from cmsource.model.compare import compare
from cmsource.model.details import detailed
from cmsource.values.heard import heard, heard_problem
from cmsource.values.language import ENGLISH, Language
from conftest import Cli
from page_diagnostics import findings, sections
from pages import DIAGNOSTICS_PAGE

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


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("did you mean `agency`?", "vouliez-vous dire `agency` ?"),
        ("known here: hire, team", "possibles ici : hire, team"),
        ("`sources.cm.hours` is missing", "`sources.cm.hours` manque"),
        (
            "--warn-on total>5: `hire.total` is €79.20",
            "--warn-on total>5 : `hire.total` vaut 79,20 €",
        ),
        ("option `x`: nobody is on duty to answer the messages in nov-dec", None),
        ("`cm` is on the moon", "`cm` is on the moon"),
        ("a `b` " * 400, "a `b` " * 400),
    ],
)
def test_problems(english: str, french: str | None) -> None:
    """Messages of diagnostics; keys, names and flags in them stay what somebody writes."""
    told = FRENCH.of(heard_problem(english)).replace("\u00a0", " ").replace("\u202f", " ")
    assert ENGLISH.of(heard_problem(english)) == english
    if french is None:
        assert told.endswith("en novembre-décembre")
    else:
        assert told == french


def test_most_problems_of_the_page() -> None:
    """What each code says is told again as it was; what is not found stays English, all of it."""
    texts = [
        text
        for section in sections(DIAGNOSTICS_PAGE.read_text("utf-8")).values()
        for found in findings(section)
        for text in (found.message, found.hint)
        if text
    ]
    again = [FRENCH.of(text) == FRENCH.of(heard_problem(str(text))) for text in texts]
    assert sum(again) / len(texts) > 0.9


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "junit", "github"])
def test_merge_in_french(
    form: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts that are merged say what one run says: costs that moved, labels, what failed."""
    monkeypatch.chdir(tmp_path)
    moved = ("horizon: 24 months", "horizon: 18 months")
    for name in ("hire-or-reassign", "quick", "package-or-tiers"):
        file = next(file for file in SCENARIOS if file.stem == name)
        (tmp_path / file.name).write_text(file.read_text("utf-8"), encoding="utf-8")
    assert cli("batch", ".", "-f", "json", "-o", "base.json", "--jobs", "1").status == 0
    for file in tmp_path.glob("*.yaml"):
        text = file.read_text("utf-8").replace(*moved).replace("rate: 75", "rate: 80")
        file.write_text(text, encoding="utf-8")
    shop = tmp_path / "hire-or-reassign.yaml"
    shop.write_text(f"{shop.read_text('utf-8')}\nexpect: {{recommended: hire}}\n", "utf-8")
    (tmp_path / "wrong.yaml").write_text("country: FR\nhourly_wages: 16\n", encoding="utf-8")
    asked = ("batch", ".", "--baseline", "base.json", "--fail-on", "increase>1%", "--jobs", "1")
    for part in ("1/2", "2/2"):
        cli(*asked, "--shard", part, "-f", "json", "-o", f"part-{part[0]}.json")
    alone = cli(*asked, "-f", form, "--lang", "fr")
    merged = cli("merge", "part-1.json", "part-2.json", "-f", form, "--lang", "fr")
    assert merged == alone
    assert form != "table" or "salaire brut" in merged.out


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
