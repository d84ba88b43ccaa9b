"""What `--help` says of every command, as data: for the manual pages and the page of commands."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import typer.main
from typer import rich_utils

from cmsource.cli.app import COMMANDS, application
from cmsource.cli.translation import spoken
from cmsource.values.language import Language

NAME = "cmsource"
_DEFAULT = re.compile(r"\[default: (.*)\]$")


class CommandHelp(NamedTuple):
    """One command, or the program itself, in a language.

    Attributes:
        path: what is typed to call it.
        panel: under which it stands in the list of commands.
        usage: what goes behind its path.
        summary: what it does.
        example: a line that does it, with words around it; "" where there is none.
        parameters: each argument and flag, with its meaning.
    """

    path: str
    panel: str
    usage: str
    summary: str
    example: str
    parameters: tuple[tuple[str, str], ...]


def program(language: Language) -> tuple[CommandHelp, list[CommandHelp]]:
    """The program itself, and its commands in the order of `--help`."""
    group: Any = typer.main.get_command(application(language=language))
    with spoken(group, language):
        group.before_words()
        above = _context(group, None, NAME)
        commands = [
            _help(command, _context(command, above, name), language.of(COMMANDS[name]))
            for name, command in group.commands.items()
        ]
        return _help(group, above, ""), commands


def _help(command: Any, context: Any, panel: str) -> CommandHelp:  # noqa: ANN401 - no public name
    first, *more = (command.help or "").split("\n\n")
    return CommandHelp(
        context.command_path,
        panel,
        " ".join(_usage(command)),
        " ".join(first.split()),
        " ".join(" ".join(more).split()),
        tuple(_parameters(command, context)),
    )


def _usage(command: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """What goes behind a command, written alike whatever the version of Typer."""
    yield "[OPTIONS]"
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            name = parameter.metavar.strip("[]{}.")
            more = "..." if parameter.nargs == -1 else ""
            yield (name if parameter.required else f"[{name}]") + more
    if getattr(command, "commands", None):
        yield "COMMAND [ARGS]..."


def _parameters(command: Any, context: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - as above
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if parameter.param_type_name == "argument":
            yield parameter.metavar, parameter.help
        elif record is not None:
            yield record[0], _DEFAULT.sub(_default, record[1])


def _default(found: re.Match[str]) -> str:
    """What holds where a flag is left out, as Typer says it to people: in their language."""
    return rich_utils.DEFAULT_STRING.format(found[1])


def _context(command: Any, above: Any, name: str) -> Any:  # noqa: ANN401 - as above
    made = command.context_class
    return made(command, parent=above, info_name=name, **command.context_settings)
