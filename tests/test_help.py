"""Help and mistaken command lines in French: nothing of them stays English."""

import inspect
import re
from importlib import import_module

import pytest
from typer.main import get_command

from cmsource.cli.app import COMMANDS, application
from cmsource.cli.environment import language_asked
from cmsource.values.language import CODES, Language
from conftest import Cli, unframed


def cells(text: str) -> set[str]:
    """The texts of a page of help: its lines, and what stands in the columns of its tables."""
    lines = [line.strip(" │╭╮╰╯─") for line in text.splitlines()]
    return {cell for line in lines for cell in re.split(r" {2,}", line) if cell}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_no_sentence_of_the_help_stays_english(
    cli: Cli, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither ours nor Typer's; what has fewer than three words may be the same word."""
    monkeypatch.setenv("COLUMNS", "200")
    arguments = [*command.split(), "--help"]
    english = cells(cli(*arguments).out)
    sentences = {
        cell for cell in english if len(cell.split()) > 2 and not cell.startswith("cmsource ")
    }
    french = cells(cli(*arguments, "--lang", "fr").out)
    assert len(sentences) > 2
    assert not sentences & french
    assert not {"Arguments", "[required]", "Output", "FILE"} & french - {"Arguments"}
    assert any(cell.startswith("Utilisation\u00a0: cmsource") for cell in french)
    assert cells(cli(*arguments).out) == english  # Typer's words are put back


@pytest.mark.parametrize("code", CODES)
def test_the_list_of_commands_is_the_same_without_their_flags(cli: Cli, code: str) -> None:
    """They are not read where help is asked for first; the list shows none of them."""
    assert cli("--help", "--lang", code).out == cli("--lang", code, "--help").out


@pytest.mark.parametrize("command", COMMANDS)
def test_no_word_of_the_help_is_taken_for_markup(command: str) -> None:
    """Rich would swallow what stands in square brackets, such as an extra to install."""
    asked = get_command(application(command))
    texts = [asked.help, *(getattr(each, "help", "") for each in asked.params)]
    assert [text for text in texts if re.search(r"\[[a-z/@#]", text or "")] == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("command", COMMANDS)
def test_paragraphs_fill_their_lines(
    cli: Cli, command: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines of the source are not those of the help."""
    monkeypatch.setenv("COLUMNS", "200")
    shown = cli(command, "--help", "--lang", code).out
    described = Language(code).sentence(DOCS[command])
    for end, start in re.findall(r"(\S+)\n(?=(\S+))", described):
        assert f"{end} {start}" in shown


DOCS = {
    name: inspect.getdoc(import_module(f"cmsource.cli.{name}_command").command) or ""
    for name in COMMANDS
}


MISTAKES = {
    "compare": "Il manque l’argument 'SCÉNARIO'.",
    "compar": "La commande 'compar' n’existe pas. Peut-être 'compare' ?",
    "zzz": "La commande 'zzz' n’existe pas.",
    "compare x --nope": "L’option --nope n’existe pas",
    "compare --format xml x": "'xml' n’est pas dans la liste : 'table', 'markdown'",
    "batch x --jobs a": "un nombre entier est attendu",
    "simulate x -n": "L’option '-n' attend une valeur.",
    "sensitivity x --grid a": "L’option '--grid' attend 2 valeurs.",
    "compare x --details=3": "L’option '--details' ne prend pas de valeur.",
    "schema z": "Argument(s) de trop (z)",
    "breakeven x --from 3": "Valeur incorrecte pour --from : elle borne une seule donnée",
    "batch x --shard 9/3": "une partie et un nombre de parties sont attendus, comme 3/8, pas '9/3'",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_mistakes_are_told_in_french(cli: Cli, line: str) -> None:
    """Those that Typer finds too, which have no catalogue."""
    ran = cli("--lang", "fr", *line.split())
    told = unframed(ran.err).replace("\u00a0", " ")
    assert ran.status == 2
    assert MISTAKES[line] in told
    assert "Erreur" in told
    for english in ("Usage", "Error", "Try", "Invalid"):
        assert english not in told


@pytest.mark.parametrize("line", ["batch x --jobs -1", "sensitivity x --steps 1000"])
def test_numbers_out_of_range(cli: Cli, line: str) -> None:
    """With the end of the range, whichever way Typer says it."""
    told = unframed(cli(*line.split(), "--lang=fr").err)
    assert re.search(r"un nombre d’au (moins 0|plus 100) est attendu|n’est pas dans", told)


def test_who_chooses_the_language_of_help(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The flag wherever it stands, else the variable, else the locale of a terminal."""
    french = cli("compare", "--help", "--lang", "fr").out
    assert "Utilisation" in french
    assert cli("--lang=fr", "compare", "--help").out == french
    monkeypatch.setenv("CMSOURCE_LANG", "fr")
    assert cli("compare", "--help").out == french
    assert "Usage" in cli("compare", "--help", "--lang", "en").out


@pytest.mark.parametrize(
    ("line", "variable", "code"),
    [
        ("compare --lang fr", "", "fr"),
        ("compare --lang=fr", "en", "fr"),
        ("--lang en compare --lang fr", "", "fr"),
        ("compare -- --lang fr", "", ""),
        ("compare --lang", "fr", "fr"),
        ("compare --lang xx", "fr", "fr"),
        ("compare", "fr", "fr"),
        ("compare", "xx", ""),
    ],
)
def test_the_language_of_a_command_line(line: str, variable: str, code: str) -> None:
    """Known before Typer reads it; what is no language is an error when it is read."""
    assert language_asked(line.split(), {"CMSOURCE_LANG": variable}) == code
