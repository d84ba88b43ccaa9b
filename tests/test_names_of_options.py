"""How options are named: one way on a page, and every way that is shown is understood."""

import re
from pathlib import Path

import pytest

import cmsource
from cmsource.analysis.selection import named_options
from cmsource.values.diagnostics import ScenarioError
from conftest import Cli
from strategies import agency, employee, read, scenario

QUICK = str(Path(__file__).parent.parent / "scenarios" / "quick.yaml")
NAMES = ("hire", "team", "reassign", "freelance", "hybrid", "phased")
"""Options of the short form that French calls something else, and no source is called."""


@pytest.mark.parametrize(
    "command",
    [
        ("compare", "--details"),
        ("report",),
        ("sensitivity",),
        ("sensitivity", "--grid", "sources.agency.hourly_rate", "needs.messages.minutes_each"),
        ("simulate", "--by", "20%", "--draws", "50"),
        ("breakeven", "--on", "sources.agency.hourly_rate"),
        ("coverage",),
        ("coverage", "--at", "mon 10:00"),
        ("price", "agency"),
    ],
    ids=" ".join,
)
def test_options_have_one_name_on_a_page(command: tuple[str, ...], cli: Cli) -> None:
    """That of the language; the names of the file stand in keys, and behind a flag."""
    name, *rest = command
    out = cli(name, QUICK, *rest, "--lang", "fr").out
    page = re.sub(r"<(style|script)\b.*?</\1>|<[^<>]*>", " ", out, flags=re.DOTALL)
    page = re.sub(r"\b(sources|options|tools)\.[\w.]+", " ", page)
    found = [each for each in NAMES if re.search(rf"(?<![\w.`/-]){each}(?![\w.:`-])", page)]
    assert not found


def test_differences_name_options_as_tables_do(cli: Cli, tmp_path: Path) -> None:
    """The recommended option, and whose costs moved."""
    for name, flags in (("old", ()), ("new", ("--set", "needs.messages.per_day=20"))):
        saved = cli("compare", QUICK, *flags, "--format", "json").out
        (tmp_path / f"{name}.json").write_text(saved, encoding="utf-8")
    out = cli("diff", str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--lang", "fr").out
    assert re.search(r"recommandée?\W+agence", out)
    assert "agence · agency" in out  # the option, then its source


def test_an_option_is_known_by_what_it_is_called(cli: Cli) -> None:
    """In any language, whatever the page is in; what is not known lists both."""
    alike = cli("compare", QUICK, "--only", "phased,agency", "--format", "json").out
    for words in ("relais,agence", "RELAIS,agency"):
        assert cli("compare", QUICK, "--only", words, "--format", "json").out == alike
    explained = cli("explain", QUICK, "relais", "--lang", "fr")
    assert explained.status == 0
    assert explained.out.startswith("╭─ relais ")
    failed = cli("compare", QUICK, "--only", "xyz", "--lang", "fr")
    assert failed.status == 2
    assert "phased (relais)" in " ".join(failed.err.split())
    assert "phased (relais)" not in cli("compare", QUICK, "--only", "xyz", "--lang", "en").err
    assert "`relais`" in cli("compare", QUICK, "--only", "relay", "--lang", "fr").err


def test_a_name_goes_before_a_label_and_two_labels_are_none() -> None:
    """An option called like another one's name is not meant by it."""
    options = {
        "a": {"sources": ["cm"], "label": "b"},
        "b": {"sources": ["ag"]},
        "c": {"sources": ["cm"], "label": "Same"},
        "d": {"sources": ["ag"], "label": "same"},
        "e": {"sources": ["ag"], "label": "Nos gens"},
    }
    chosen = read(scenario({"cm": employee(), "ag": agency()}, options))
    assert named_options(chosen, ["b", "nos gens"]) == ("b", "e")
    with pytest.raises(ScenarioError):
        named_options(chosen, ["same"])


def test_analyses_take_what_options_are_called() -> None:
    """Each of them, as the command line does."""
    chosen = cmsource.load(QUICK)
    found = cmsource.breakeven(chosen, "embauche", "agence", on="sources.agency.hourly_rate")
    assert (found.first, found.second) == ("hire", "agency")
    moved = cmsource.sensitivity(chosen, on=["horizon"], options=["agence"])
    assert moved.options == ("agency",)


def test_explain_lists_what_its_option_rests_on(cli: Cli) -> None:
    """Nothing of the sources of others, or of what other options say of them."""
    shop = str(Path(QUICK).with_name("boutique-24-7.yaml"))
    out = cli("explain", shop, "agency").out
    assumed = out.partition("Assumptions")[2]
    assert "sources.agence.service_level" in assumed
    assert not re.search(r"sources\.(cm|colleague)\b|options\.team", assumed)
    team = cli("explain", shop, "team").out.partition("Assumptions")[2]
    for path in ("options.team.0.cm.premiums.night", "company.health_insurance"):
        assert path in team
    assert "sources.agence" not in team
