"""Diagnostics in French: every word of them, and nothing in a name that does harm."""

import re
from pathlib import Path

import pytest

from cmsource.inbox.log import read_log
from cmsource.reading.saved_files import Archive
from cmsource.values.diagnostics import CODES, Diagnostic, ScenarioError
from cmsource.values.language import Language, Said
from conftest import Cli
from page_diagnostics import findings as example_findings
from page_diagnostics import sections
from pages import DIAGNOSTICS_PAGE
from readings import BASE, findings, only, wrong
from test_hostile_texts import assert_harmless

FRENCH = Language("fr")
ENGLISH_WORDS = frozenset(
    [
        "the",
        "is",
        "are",
        "not",
        "write",
        "and",
        "or",
        "takes",
        "found",
        "has",
        "cannot",
        "that",
        "this",
        "for",
        "more",
        "less",
        "than",
        "least",
        "most",
        "must",
        "says",
        "names",
        "which",
        "nothing",
        "unknown",
        "missing",
        "expected",
    ]
)
"""Words that no French sentence has."""
_QUOTED = re.compile(r"`[^`]*`|\"[^\"]*\"|\([^()]*\)|known here: .*|possibles ici.: .*")
"""What stands in messages as it is: code, the user's words, sources of the law, keys."""
_ROUND_THE_CLOCK = "kind: employee, hours: 35 h/week, on_duty: 24/7, planned_absence: 13%"
"""Five people of 35 h do 168 h on paper; with 13 % of leave it takes 168 / 30.45, so six."""
_BY_SOURCE = {"W419"}
"""Codes whose message is the text of the law, in the words of its source."""
SECTIONS = sections(DIAGNOSTICS_PAGE.read_text("utf-8"))


def with_needs(needs: str) -> str:
    """The plain scenario with other needs."""
    lines = BASE.split("\n")
    lines[1] = f"needs: {{{needs}}}"
    return "\n".join(lines)


def told(found: Diagnostic) -> tuple[str, str]:
    """A message and its hint in French, spaces that do not break as plain ones."""
    message, hint = FRENCH.of((found.message, found.hint))
    return message.replace("\u00a0", " "), hint.replace("\u00a0", " ")


def english_left(text: str) -> set[str]:
    """The English words of a text in French, beside what is quoted."""
    return set(ENGLISH_WORDS) & set(re.findall(r"[a-z]+", _QUOTED.sub("", text.lower())))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            with_needs("cover: 24/7, answer_within: 75"),
            "`needs.answer_within` : 75 peut être 75 min ou 75 h",
            "écrire 75 min ou 75 h",
        ),
        (
            with_needs("cover: 24/7, messages: {per_day: 1.500}"),
            "`needs.messages.per_day` : 1.500 peut se lire 1,5 ou 1500",
            "écrire 1500 ou 1,5",
        ),
        (
            with_needs("cover: 24/7, answer_within: 2 mnths"),
            '`needs.answer_within` : "mnths" n’est pas une unité de temps',
            "écrire min, h, jours, semaines, mois ou ans",
        ),
        (
            BASE.replace("needs", "neds"),
            "clé inconnue : `neds`",
            "vouliez-vous dire `needs` ?",
        ),
        (
            with_needs("cover: [24/7]"),
            "`needs.cover` attend une plage horaire de la semaine, par exemple 24/7 ou lun-ven "
            "09:00-17:00 ; trouvé : une liste",
            "",
        ),
        (
            BASE.replace("kind: employee", _ROUND_THE_CLOCK),
            "`cm` est de permanence 168 h par semaine pour un contrat de 35 h",
            "`headcount: 5` suffirait sur le papier, 6 avec les congés et les jours fériés (ou "
            "`headcount: auto`)",
        ),
        (
            BASE + "a: {b: [c}\n",
            "en lisant une liste entre [ ] : il manque « , » ou « ] »",
            "vérifier le retrait, les deux-points et les guillemets à cet endroit",
        ),
    ],
)
def test_word_for_word(text: str, message: str, hint: str) -> None:
    """A handful of messages, as somebody would say them."""
    assert (message, hint) in [told(found) for found in findings(text)]


@pytest.mark.parametrize("code", sorted(SECTIONS.keys() - _BY_SOURCE))
def test_every_code(code: str) -> None:
    """The example of each code is told in French to the last word."""
    assert english_left(FRENCH.of(CODES[code])) == set()
    for found in example_findings(SECTIONS[code]):
        for text in filter(None, (found.message, found.hint)):
            assert isinstance(text, Said)
            assert english_left(FRENCH.of(text)) == set()


def test_logs_and_saved_results(tmp_path: Path) -> None:
    """What is wrong with the files of others is told too."""
    log = tmp_path / "log.csv"
    log.write_text("name,town\nAnna,Lyon\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        read_log(log)
    assert told(only(refused.value.diagnostics)) == (
        "`log.csv` n’a pas de colonne de dates avec des heures ; sa première ligne est `name`, "
        "`town`",
        "une heure ressemble à 2024-03-05 14:22 ; nommer sa colonne avec --column",
    )
    saved = tmp_path / "saved.json"
    saved.write_text("{", encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        Archive(saved, "saved.json")
    message, _ = told(only(refused.value.diagnostics))
    assert message == (
        "`saved.json` n’est pas du JSON : nom de propriété entre guillemets doubles attendu : "
        "ligne 1, colonne 2 (caractère 1)"
    )


def test_a_hostile_name_stays_inert() -> None:
    """Controls, turns of direction, commands and places of sentences in a name, in French too."""
    name = "\\e[31m{path}\\u202e::error::{0}"
    text = BASE.replace("cm:", f'"{name}":').replace("[cm]", f'["{name}x"]')
    for found in findings(text):
        message, hint = FRENCH.of((found.message, found.hint))
        for each in (message, hint):
            assert_harmless(each)
    message, _ = told(wrong(BASE.replace("needs", '"{path}{0}"')))
    assert message == "clé inconnue : `{path}{0}`"


def test_validate_says_nothing_in_english(cli: Cli, tmp_path: Path) -> None:
    """A broken file, from the word *error* to the count at the end."""
    path = tmp_path / "s.yaml"
    path.write_text(
        "country: Frence\nhorizn: 24\nneeds: {cover: never, work: {content: 5}}\n"
        "sources: {cm: {kind: emploee}, st: {kind: intern, headcount: two}}\n"
        "options: {a: [cmm], b: {sources: [st], phases: []}}\nrequire: {watched: 75}\n",
        encoding="utf-8",
    )
    ran = cli("validate", path, "--lang", "fr")
    assert ran.status == 2
    source = re.compile(r"^ *\d* \|.*$|^ *--> .*$", re.MULTILINE)
    said = source.sub("", ran.out + ran.err).replace("\u00a0", " ")
    assert english_left(said) == set()
    assert said.startswith("erreur[E206] : pays inconnu : le texte `Frence`\n")
    assert "\n  = aide : vouliez-vous dire `FR` (France) ?" in said
    assert re.search(r"\n\d+ erreurs\n$", said)


def test_one_error_and_some_warnings(cli: Cli, tmp_path: Path) -> None:
    """Counts follow the grammar of the language."""
    path = tmp_path / "s.yaml"
    path.write_text(BASE.replace("needs", "neds"), encoding="utf-8")
    assert cli("validate", path, "--lang", "fr").out.endswith("\n1 erreur\n")
    path.write_text(BASE, encoding="utf-8")
    assert "le scénario est valide" in cli("validate", path, "--lang", "fr").err
