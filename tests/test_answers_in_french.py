"""The answers in French: no English word in what the commands say of the example scenarios."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from catalogue import catalogue, path_of, sources, translation
from conftest import Cli

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
COMMANDS = (("compare", "--details"), ("explain", "--all"), ("coverage",), ("cursor",))
ENGLISH = re.compile(
    r"\b(?:the|of|and|with|from|for|by|is|are|it|its|that|which|who|not|no|than|"
    r"option that|watched|answered|uncovered|cheapest|costs?|needs?|misses|"
    r"hours?|days?|weeks?(?!-end)|months?|years?|people|person|each|every|nobody|somebody|"
    r"pay|wages?|employer|own time|fees|watch|setup|tools|recruitment|equipment|"
    r"more|less|most|least|taken|today|guess|official|assumption|as)\b",
    re.IGNORECASE,
)
"""Words that no French sentence has."""
KEYS = re.compile(
    r"`[^`]*`|--[\w-]+|\b[A-Z]{2}(?:-[A-Z]{2})? ?: [\w.]+(?: \d{4})?"
    r"|(?:built-in|par défaut) ?: [\w ]+|\S*[\w-]*\.\w+\S*|\b\w+_\w+\b"
)
"""Code, flags, references to values of countries, keys and paths."""


def names(node: object) -> Iterator[str]:
    """What a scenario calls things: its own words, which stay as they are."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield str(key)
            yield from names(value)
    elif isinstance(node, list):
        for each in node:
            yield from names(each)
    elif isinstance(node, str):
        yield node


@cache
def citations() -> list[str]:
    """The sources that are the same in French: titles of laws and publications."""
    french = catalogue(path_of("fr"), "fr")
    found = {text for _, _, text in sources() if translation(french, text) == text}
    return sorted(found, key=len, reverse=True)


@cache
def own_words(path: Path) -> re.Pattern[str]:
    """What a scenario calls things, the longest first; read once, as each comment asks for it."""
    own = set(names(yaml.safe_load(path.read_text(encoding="utf-8"))))
    longest_first = sorted(own, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def said(text: str, path: Path) -> str:
    """What a command says, but for names, keys and citations; in one line."""
    line = " ".join(re.sub(r"[│╭╮╰╯─━]", " ", text).split())
    for citation in citations():
        line = line.replace(citation, " ")
    line = KEYS.sub(" ", line)
    return own_words(path).sub(" ", line)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_no_english_word(cli: Cli, path: Path) -> None:
    """Of the answer, the ledger, the week and the cursor; and nothing is wider than 80 cells."""
    for command in COMMANDS:
        ran = cli(command[0], path, *command[1:], "--lang", "fr")
        assert ran.out or ran.err, command
        text = said(ran.out, path)
        found = [
            text[max(0, each.start() - 40) : each.end() + 40] for each in ENGLISH.finditer(text)
        ]
        assert not found, (command, found)
        assert max(map(len, ran.out.splitlines()), default=0) <= 80, command


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_in_full_has_no_english_word(cli: Cli, path: Path) -> None:
    """In its comments, beside keys; what stands before them is the same in both languages."""
    english, french = (
        [line.partition("  # ") for line in cli("expand", path, "--lang", code).out.splitlines()]
        for code in ("en", "fr")
    )
    assert [line for line, _, _ in french] == [line for line, _, _ in english]
    for _, _, comment in french:
        place, *keys = comment.replace("\N{NO-BREAK SPACE}:", ":").split(": ", 2)
        assert place != "built-in"
        text = said(": ".join(keys[1:]) if len(keys) > 1 else place, path)
        assert not ENGLISH.search(text), comment


def test_the_comments_of_a_scenario_without_a_country(cli: Cli, tmp_path: Path) -> None:
    """A comment says what stands in for a country, and reads back as none of the scenario."""
    path, full = tmp_path / "s.yaml", tmp_path / "full.yaml"
    path.write_text("currency: PLN\nhourly_wage: 40\nagency_rate: 150\n", encoding="utf-8")
    told = cli("expand", path, "--lang", "fr").out.replace("\N{NO-BREAK SPACE}", " ")
    assert "# sans pays : turnover : " in told
    assert "# par défaut : horizon : pas d’horizon donné [G]" in told
    assert "# par défaut : options habituelles" in told
    full.write_text(cli("expand", path, "--lang", "fr").out, encoding="utf-8")
    again = cli("expand", full).out
    assert [line.split("  # ")[0].rstrip() for line in again.splitlines()] == [
        line.split("  # ")[0].rstrip() for line in told.splitlines()
    ]


def test_a_batch_has_no_english_word(cli: Cli) -> None:
    """The rows, the status and the totals."""
    ran = cli("batch", *SCENARIOS, "--lang", "fr")
    text = ran.out
    for path in SCENARIOS:
        text = said(text, path)
    assert not ENGLISH.findall(text), text
