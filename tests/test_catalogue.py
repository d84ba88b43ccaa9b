"""The French catalogue: every sentence, with its places, and spaces as French has them."""

import ast
import re
from collections.abc import Iterator

import pytest
from babel.messages import Message

from catalogue import KEYWORDS, SOURCE, catalogue, messages, path_of, translation
from cmsource.countries import (
    CONTRACTS,
    Employment,
    employer_charges,
    known_countries,
    load_country,
)

FRENCH = catalogue(path_of("fr"), "fr")
TRANSLATED = [each for each in FRENCH if each.id]
CODE = re.compile(r"`[^`]*`|^ +[\w.-]+:(?= )|\b[\w.-]+:[\w/{]|://|\{[^}]*\}|[:;!?]\)|::|-f\b")
"""What is no sentence: code, a line of YAML, keys with a value, places, addresses."""


def sentences(message: Message) -> list[str]:
    """A message in French, in all its forms."""
    found = message.string
    return [found] if isinstance(found, str) else list(found or ())


def originals(message: Message) -> list[str]:
    """The same in English."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def places(text: str) -> set[str]:
    """The names of the places of a sentence."""
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_sentence_is_translated() -> None:
    """What the source says is in the catalogue, and nothing else."""
    known = {originals(each)[0] for each in TRANSLATED}
    asked = {each if isinstance(each, str) else each[0] for each in messages()}
    assert asked - known == set(), "run: python tests/catalogue.py"
    assert known - asked == set(), "run: python tests/catalogue.py"
    assert not [key for key in asked if not translation(FRENCH, key)]


@pytest.mark.parametrize("message", TRANSLATED, ids=lambda each: originals(each)[0][:50])
def test_places_are_the_same(message: Message) -> None:
    """A translation has the places of its sentence, in whatever order."""
    asked = set().union(*map(places, originals(message)))
    for text in filter(None, sentences(message)):
        assert places(text) <= asked
        # The form for one may say the number in a word.
        assert asked - places(text) <= {"count"}


@pytest.mark.parametrize("message", TRANSLATED, ids=lambda each: originals(each)[0][:50])
def test_signs_stand_as_french_has_them(message: Message) -> None:
    """A space that does not break stands before double signs and inside quotes."""
    for text in filter(None, sentences(message)):
        plain = CODE.sub("", text)
        assert not re.search(r"[^\u00a0\u202f\s:;!?](?=[;!?](?:\s|$))", plain), text
        assert not re.search(r"[^\u00a0\u202f:](?=:(?:\s|$))", plain), text
        assert not re.search(r" (?=[;:!?»])|« ", plain), text


@pytest.mark.parametrize("code", known_countries())
@pytest.mark.parametrize("contract", CONTRACTS)
def test_contributions_have_french_names(code: str, contract: str) -> None:
    """Every line of every schedule that comes with the tool is in the catalogue."""
    country = load_country(code)
    found = [
        line.name
        for size in (5, 60, 400)
        for cadre in (False, True)
        for line in employer_charges(
            country,
            Employment(
                monthly_gross=6000.0,
                hours=35.0,
                contract=contract,
                size=size,
                cadre=cadre,
                leave_taken=False,
                overtime_hours=2.0,
                apprentice_level=5,
                health_insurance=30.0,
                thirteenth_month=True,
                meal_vouchers=50.0,
                payroll_office=20.0,
                prevention_service=10.0,
            ),
        )
    ]
    assert found
    assert set(found) <= {originals(each)[0] for each in TRANSLATED}


ROOMS = ("analysis", "cli", "inbox", "model", "reading", "reports", "writers")
TOLD = {*KEYWORDS, "both", "listed"}
NOT_TOLD = {
    "translation.py": "what Typer says, as patterns",
    "yaml_events.py": "what libyaml says, to be told from",
    "columns.py": "words in the headings of logs",
    "selection.py": "words in the headings of logs",
    "text_lines.py": "a mark at the end of a text",
    "country_template.py": "a file that is written, in YAML",
    "signals.py": "families of options, for the pages",
}
SENTENCE = re.compile(r"(?:\b[a-z]{2,} ){2}[a-z]{2,}\b")
RAISED = re.compile(r"Error$|^Bad|^Unknown")


def past_the_catalogue(node: ast.AST) -> Iterator[ast.Constant]:
    """The literals of a syntax tree that read like sentences and that nothing makes tellable."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in TOLD or RAISED.search(name):
            return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    text = node.value if isinstance(node, ast.Constant) else None
    if isinstance(node, ast.Constant) and isinstance(text, str) and SENTENCE.search(text):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from past_the_catalogue(child)


@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_goes_past_the_catalogue(room: str) -> None:
    """A literal of three words in a row is made tellable where it stands."""
    for path in sorted((SOURCE / room).rglob("*.py")):
        if path.name not in NOT_TOLD:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found = [(each.lineno, each.value) for each in past_the_catalogue(tree)]
            assert not found, f"{path.name}: {found}"


def test_the_search_finds_what_it_looks_for() -> None:
    """A bare sentence, one in an f-string, and none that is told."""
    tree = ast.parse('a = "take the cheapest one"\nb = f"it costs too much {a}"\n')
    assert len(list(past_the_catalogue(tree))) == 2
    assert not list(past_the_catalogue(ast.parse('a = say("take the cheapest one")')))
