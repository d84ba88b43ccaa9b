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


def has_its_places(message: Message) -> bool:
    """Whether a translation has the places of its sentence, in whatever order."""
    asked = set().union(*map(places, originals(message)))
    # The form for one may say the number in a word.
    return all(
        asked - {"count"} <= places(text) <= asked for text in filter(None, sentences(message))
    )


def test_places_are_the_same() -> None:
    """Of every sentence; there are thousands, too many for a test of each."""
    assert [each.string for each in TRANSLATED if not has_its_places(each)] == []


SPACED = re.compile(
    r"[^\u00a0\u202f\s:;!?](?=[;!?](?:\s|$))|[^\u00a0\u202f:](?=:(?:\s|$))| (?=[;:!?»])|« "
)
"""A double sign or a quote without the space that French has there, or with one that breaks."""


def test_signs_stand_as_french_has_them() -> None:
    """A space that does not break stands before double signs and inside quotes."""
    texts = [text for each in TRANSLATED for text in filter(None, sentences(each))]
    assert [text for text in texts if SPACED.search(CODE.sub("", text))] == []
    for wrong in ("Quoi?", "Ici:", "Ici :", "« ainsi »", "Quoi !"):
        assert SPACED.search(wrong), wrong
    assert not SPACED.search("Quoi\u202f? Ici\u00a0: «\u00a0ainsi\u00a0»")


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


def test_what_joins_a_list_is_said_in_both_languages() -> None:
    """French has a space before what English writes without one."""
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == "listed" and len(node.args) > 1
        if isinstance(node.args[1], ast.Constant)
        if re.search(r"[:;!?]|\w", str(node.args[1].value))
    ]
    assert not found


def test_the_search_finds_what_it_looks_for() -> None:
    """A bare sentence, one in an f-string, and none that is told."""
    tree = ast.parse('a = "take the cheapest one"\nb = f"it costs too much {a}"\n')
    assert len(list(past_the_catalogue(tree))) == 2
    assert not list(past_the_catalogue(ast.parse('a = say("take the cheapest one")')))


INVARIABLE = "(?:mois|fois|poids|prix|plus|moins|sans|dans|sous|des|les|dus?|mis)"
"""French words that end like a plural after a number, and are none or never change."""
NUMBER_OF = re.compile(
    r"\{(\w+)\}[ \u00a0\u202f](?!" + INVARIABLE + r"\b|alors|jusqu|toujours|hors|mais|trois)"
    r"(?:autres?[ \u00a0])?([^\W\d_]+[sx])\b"
)
LARGE = {"most", "levels", "oldest", "amount"}
"""Places in which limits of the program's stand, or money."""
ALWAYS_SEVERAL = {
    "`{name}` begins an apprenticeship at {age}": "of 14 at least",
    "aged {age}, a guess": "of 16 at least",
    "at {age} year {year} earns": "of 16 at least",
    "{share} of {what} at {age} in year": "of 16 at least",
    "of {all} messages, how many come in": "a constant",
    "{count} rows": "168",
    "{file} is empty; it should have {count} rows": "168",
    "write {hours} h{per} for days of": "a constant",
    "the text has {count} characters": "more than may be",
    "the file holds {count} characters": "more than may be",
    "{duty} is {hours} days in a row": "more than may be",
    "It is so in all {count} cells": "two sides of two values each at least",
    "Of {count} cells": "two sides of two values each at least",
    "It costs the least of the mixes": "all mixes of at least one activity",
    "None of the {count} mixes": "all mixes of at least one activity",
    "It costs the least of the {count} options": "several options, said otherwise of one",
    "It is the only one of {count} options": "several options, said otherwise of one",
    "the cheapest of the {count} options": "several options, said otherwise of one",
    "the only one of {count} options": "several options, said otherwise of one",
    "{count} files are one log": "said of several only",
    "shared by {count}": "said of several only",
    "a manager's time for {count} people": "said of several only",
    "gross pay of {count} people": "said of several only",
    "({count} people)": "said of several only",
    "{tool} for {count} seats": "said of several only",
    "{count} such teams work side by side": "said of several only",
    "Option {name} requires {count} arguments": "said of several only",
    "{count} of the {tried} inputs": "inputs of a scenario, never one alone",
}
"""Sentences in which a number before a noun can be no one, by how they begin, and why not."""


def plural_nouns(text: str) -> list[str]:
    """The places of a French sentence after which a plural stands, but for large ones."""
    return [name for name, _ in NUMBER_OF.findall(text) if name not in LARGE]


def test_what_is_counted_is_said_for_one_too() -> None:
    """A number that may be below two never stands before a French plural."""
    asked = [
        each for each in TRANSLATED if not originals(each)[0].startswith(tuple(ALWAYS_SEVERAL))
    ]
    found = [each.string for each in asked if plural_nouns(sentences(each)[0])]
    assert found == [], "say it with `counted`, or in ALWAYS_SEVERAL why it is several"


def test_exceptions_are_still_needed() -> None:
    """Each sentence that is always of several is there, and has such a number."""
    found = [originals(each)[0] for each in TRANSLATED if any(map(plural_nouns, sentences(each)))]
    for each in ALWAYS_SEVERAL:
        assert any(text.startswith(each) for text in found), each


def test_the_search_for_plurals_finds_what_it_looks_for() -> None:
    """A noun, also after *autres*, and neither a limit nor a word that never changes."""
    assert plural_nouns("{count} messages, {n} autres problèmes") == ["count", "n"]
    assert not plural_nouns("{count} mois, {most} fichiers, {who} dans {place}")


NAMED = "option|source|outside|inside|activity|unit|zone|name|names|seller|buyer"
"""Places for what users call things, in any letters."""


def test_no_elision_before_a_name() -> None:
    """French would write d’agence and qu’agence; sentences put another word before a name."""
    torn = re.compile(rf"\b(?:de|que|lorsque|puisque) \{{(?:{NAMED})\}}")
    assert [text for each in TRANSLATED for text in sentences(each) if torn.search(text)] == []
