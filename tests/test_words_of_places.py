"""Where something is from and where a mistake is, in the language of the rest."""

import pytest

from cmsource.scenario.provenance import ref_in_words
from cmsource.values.language import Language
from conftest import Cli


@pytest.mark.parametrize(
    ("ref", "french"),
    [
        ("built-in: included", "par défaut : included"),
        ("FR: payroll 2026", "FR : paie 2026"),
        ("FR: turnover and sickness", "FR : turnover et sickness"),
        ("no country: sickness", "sans pays : sickness"),
        ("chez-nous.yaml:29", "chez-nous.yaml:29"),
        ("--set horizon", "--set horizon"),
    ],
)
def test_references_in_french(ref: str, french: str) -> None:
    """What is no file, flag, code or key; English has it as it is."""
    told = ref_in_words(ref)
    assert str(told) == ref
    assert Language("fr").of(told).replace("\N{NO-BREAK SPACE}", " ") == french


def test_mistakes_in_french(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A country is missing where help says PAYS; an unknown language is told in the usual one."""
    failed = cli("payroll", "Maroc", "--monthly", "2500", "--lang", "fr")
    assert "--> PAYS" in failed.err
    assert "--> COUNTRY" in cli("payroll", "Maroc", "--monthly", "2500", "--lang", "en").err
    monkeypatch.setenv("CMSOURCE_LANG", "fr")
    assert "n’existe pas" in cli("compare", "scenarios/quick.yaml", "--lang", "de").err
