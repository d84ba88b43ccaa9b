"""A language that is no language: every sentence of the catalogue in brackets.

Whatever a command says outside of them went by the catalogue, and would be English in French.
"""

import html
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest

from cmsource.cli import app
from cmsource.values import language
from conftest import Cli

SCENARIOS = Path(__file__).parents[1] / "scenarios"
SHOP = SCENARIOS / "boutique-24-7.yaml"
PRICING = SCENARIOS / "agency-pricing.yaml"
PLACES = re.compile(r"(\{[^}]*\})")
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
FRAMES = re.compile(r"[│╭╮╰╯─━░▒▓█▸]")
CODE = re.compile(r"`[^`]*`|--[\w-]+|[\w/-]+(?:[._:/][\w*-]+)+|\b\w*\d\w*\b|\b[A-Z]{3}\b")
"""Keys, flags, paths, numbers and codes are the same in every language."""
WORD = re.compile(r"[^\W\d_]{3,}")
SAID = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim", "jour", "jours", "semaines", "mois")
"""Words of French that are said by rule rather than by the catalogue."""

COMMANDS: tuple[tuple[str | Path, ...], ...] = (
    ("compare", SCENARIOS / "quick.yaml", "--details"),
    ("compare", SHOP, "--details"),
    ("compare", SHOP, "--format", "markdown"),
    ("compare", SHOP, "--format", "html"),
    ("explain", SHOP, "agency"),
    ("compare", SHOP, "--what-if", "--set", "require.watched=10%", "--details"),
    ("diff", SHOP, SCENARIOS / "quick.yaml"),
    ("simulate", SHOP, "--by", "20%", "--draws", "20", "--details"),
    ("coverage", SHOP),
    ("coverage", SHOP, "--at", "sat 21:00"),
    ("cursor", SHOP),
    ("breakeven", SCENARIOS / "quick.yaml"),
    ("breakeven", SHOP, "--on", "sources.agence.hourly_rate"),
    ("best", SHOP, "--effort", "10"),
    ("price", PRICING, "yours", "--cost-hour", "42"),
    ("price", SHOP, SCENARIOS / "quick.yaml", "agency"),
    ("sensitivity", SHOP),
    ("batch", SCENARIOS),
    ("payroll", "FR", "--monthly", "2500"),
    ("payroll", "CA-QC", "--hourly", "28"),
    ("countries",),
    ("inbox", SCENARIOS / "messages.csv"),
    ("validate", SCENARIOS / "quick.yaml"),
)


class Bracketed(NullTranslations):
    """Every sentence in brackets, its places outside of them."""

    def gettext(self, message: str) -> str:
        """A sentence."""
        parts = PLACES.split(message)
        return "".join(
            f"⟦{part}⟧" if part.strip() and not PLACES.fullmatch(part) else part for part in parts
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """A sentence that goes with a count."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """French says everything in brackets."""
    monkeypatch.setattr(
        language,
        "_catalogue",
        lambda code: Bracketed() if code == "fr" else NullTranslations(),
    )
    yield


def unsaid(text: str, known: set[str]) -> set[str]:
    """The words of an output that no sentence of the catalogue holds."""
    shown = html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL))
    flat = " ".join(FRAMES.sub(" ", shown).split())
    before = ""
    while before != flat:
        before, flat = flat, INNERMOST.sub(" ", flat)
    return {word.lower() for word in WORD.findall(CODE.sub(" ", flat))} - known - set(SAID)


@pytest.mark.usefixtures("bracketed")
@pytest.mark.parametrize(
    "command", COMMANDS, ids=lambda each: "-".join(Path(part).stem for part in each)
)
def test_nothing_goes_by_the_catalogue(cli: Cli, command: tuple[str | Path, ...]) -> None:
    """What is left are names and words of the scenario, and keys."""
    ran = cli(*command, "--lang", "fr")
    assert "⟦" in ran.out + ran.err
    written = " ".join(path.read_text("utf-8") for path in SCENARIOS.glob("*.yaml"))
    known = {word.lower() for word in WORD.findall(written)} | {
        "cmsource",
        "scenarios",
        *app.COMMANDS,
    }
    assert unsaid(ran.out + ran.err, known) == set()
