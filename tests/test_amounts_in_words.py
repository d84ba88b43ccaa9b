"""Amounts in sentences have their currency, and the groups of the language, wherever they stand."""

import pytest

from cmsource.reading.assumptions import _is_money
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.record import keys_of
from cmsource.values.language import Language
from cmsource.values.money import currency_sign, format_amount
from cmsource.values.money_types import Amount, Price
from conftest import Cli
from strategies import agency, compared, employee, read, scenario


def plain(text: str) -> str:
    """With ordinary spaces, in one line."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_an_amount_in_each_language() -> None:
    """To the cent, as each writes it, with the sign alone where it stands for a unit."""
    told = format_amount(2502.5, "CAD")
    assert [plain(Language(code).of(told)) for code in ("en", "fr")] == [
        "CA$2,502.50",
        "2 502,50 $CA",
    ]
    signs = [[Language(code).of(currency_sign(c)) for code in ("en", "fr")] for c in ("CAD", "CHF")]
    assert signs == [["CA$", "$CA"], ["CHF", "CHF"]]
    assert currency_sign("") == ""


@pytest.mark.parametrize("kind", KINDS)
def test_assumptions_know_what_is_money(kind: str) -> None:
    """By the keys of each kind: an amount is, hours, shares and counts are not."""
    data = {"a": agency(), "cm": employee()}
    sources = read(scenario(data)).sources
    source = KINDS[kind].model_construct()
    for name, key in keys_of(KINDS[kind]).items():
        expected = isinstance(key.quantity, (Amount, Price))
        assert _is_money(["sources", "x", name], {**sources, "x": source}) is expected
        assert _is_money(["options", "x", "0", "x", name], {"x": source}) is expected
    assert not _is_money(["sources", "nobody", "setup"], sources)
    assert _is_money(["own_time"], sources)
    assert _is_money(["company", "payroll"], sources)
    assert not _is_money(["company", "size"], sources)
    assert not _is_money(["needs", "messages", "per_week"], sources)


def test_assumed_amounts_have_their_currency(cli: Cli) -> None:
    """What an hour of one's own costs, once and by the month; days a month are no money."""
    out = plain(cli("explain", "scenarios/quick.yaml", "phased", "--lang", "fr").out)
    assert "sources.agency.watch = 1 000 €/mois" in out
    assert "sources.employee.recruitment = 3 000 €" in out
    assert "sources.coach.days = 1/mois" in out
    assert "own_time = 36,25 €/h" in out
    assert "un collègue à 22,20 € brut" in out
    assert "2 502,50 € brut par mois" in out
    result = compared(scenario({"a": agency(coordination="1 h/week")}))
    assert [each.money for each in result.assumptions if each.path == "own_time"] == [True]


def test_legal_minimums_have_their_currency(cli: Cli) -> None:
    """In the country's: what is paid, what is due, and the way out."""
    failed = cli(
        *("compare", "scenarios/quebec-sme.yaml", "--lang", "fr"),
        *("--set", "sources.embauche.hourly_wage=5"),
    )
    text = plain(failed.err)
    assert "gagne 5,00 $CA de l’heure, moins que le minimum légal de 16,60 $CA" in text
    assert "payer au moins 16,60 $CA/h" in text
