"""The manual pages and the completions of shells that go into the wheel of a release.

    python .ci/manual.py FOLDER

writes them as `share` of a Unix system has them: `man/man1`, `man/fr/man1`, and a completion each
for bash, fish and zsh. The pages say what `--help` says. Docutils writes them.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from command_help import NAME, CommandHelp, program
from docutils import nodes
from docutils.core import publish_from_doctree
from docutils.utils import new_document

from cmsource import __version__
from cmsource.values.language import CODES, ENGLISH, Language

COMPLETIONS = {
    "bash": "bash-completion/completions/cmsource",
    "fish": "fish/vendor_completions.d/cmsource.fish",
    "zsh": "zsh/site-functions/_cmsource",
}
"""Where each shell looks for them."""

_MORE = {
    "zsh": f"""
# The shell loads this file when it is asked the first time, and wants an answer then too.
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _{NAME}_completion "$@"
fi
"""
}
"""What the program does not say: what it says is meant for a file that is read at the start."""


class Words(NamedTuple):
    """What only the pages say."""

    name: str
    synopsis: str
    commands: str
    status: str
    statuses: dict[str, str]


_WORDS = {
    "en": Words(
        "NAME",
        "SYNOPSIS",
        "COMMANDS",
        "EXIT STATUS",
        {
            "0": "Done.",
            "1": "Done, but an expectation or a rule does not hold.",
            "2": "The command line or a scenario is not valid, or something could not be written.",
            "129, 130, 143": "Ended by a signal.",
        },
    ),
    "fr": Words(
        "NOM",
        "SYNOPSIS",
        "COMMANDES",
        "CODE DE RETOUR",
        {
            "0": "Terminé.",
            "1": "Terminé, mais une attente ou une règle n’est pas tenue.",
            "2": "La ligne de commande ou un scénario n’est pas valable, ou une écriture a échoué.",
            "129, 130, 143": "Arrêté par un signal.",
        },
    ),
}


def shared() -> Iterator[tuple[str, str]]:
    """Each file by its path under `share`, with its text."""
    for code in CODES:
        folder = "man" if code == ENGLISH.code else f"man/{code}"
        yield f"{folder}/man1/{NAME}.1", page(Language(code))
    for shell, path in COMPLETIONS.items():
        yield path, completion(shell)


def completion(shell: str) -> str:
    """What a shell has to run to complete, as the program itself says it."""
    command = [str(Path(sys.executable).with_name(NAME))]
    asked = {**os.environ, f"_{NAME.upper()}_COMPLETE": f"source_{shell}"}
    ran = subprocess.run(command, env=asked, capture_output=True, text=True, check=True)
    return ran.stdout.strip() + "\n" + _MORE.get(shell, "")


def page(language: Language) -> str:
    """The manual page in a language."""
    words = _WORDS[language.code]
    whole, commands = program(language)
    document = new_document(NAME)
    document += [
        nodes.title(text=NAME),
        nodes.subtitle(text=whole.summary),
        nodes.docinfo("", nodes.version(text=f"{NAME} {__version__}"), _in_section_1()),
        _section(words.synopsis, _usage(whole)),
        _section(words.commands, *map(_command, commands)),
        _section(words.status, _list(words.statuses.items())),
    ]
    settings = {"output_encoding": "unicode", "language_code": language.code, "report_level": 4}
    found: str = publish_from_doctree(document, writer="manpage", settings_overrides=settings)
    # The comments at the top name the version of what wrote it: they say nothing to a reader.
    return found[found.index("\n.\n") + 1 :].replace("\n.SH Name\n", f"\n.SH {words.name}\n", 1)


def _in_section_1() -> nodes.field:
    return nodes.field(
        "", nodes.field_name(text="manual_section"), nodes.field_body("", nodes.paragraph(text="1"))
    )


def _command(found: CommandHelp) -> nodes.Node:
    section = _section(found.path, _usage(found), nodes.paragraph(text=found.summary))
    if found.example:
        section += nodes.paragraph(text=found.example)
    section += _list(found.parameters)
    return section


def _usage(found: CommandHelp) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.strong(text=found.path), nodes.Text(f" {found.usage}"))


def _section(title: str, *parts: nodes.Node) -> nodes.section:
    found = nodes.section("", nodes.title(text=title))
    found += list(parts)
    return found


def _list(pairs: Iterable[tuple[str, str]]) -> nodes.definition_list:
    found = nodes.definition_list()
    for term, text in pairs:
        meaning = nodes.definition("", nodes.paragraph(text=text))
        found += nodes.definition_list_item("", nodes.term(text=term), meaning)
    return found


def main(target: Path) -> None:
    """Write all of it."""
    for name, text in shared():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write manual pages, and completions of shells.")
    parser.add_argument("folder", type=Path)
    main(parser.parse_args().folder)
