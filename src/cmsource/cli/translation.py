"""Help, and what is said of a mistaken command line, in another language than English.

Typer builds help from annotations and docstrings, and has words of its own, which are only loaded
and changed where they are shown. Nothing here is loaded where the language is English.
"""

import copy
import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated, Any, get_args, get_origin

from cmsource.values.language import Language, say

_HEADINGS = {
    "DEFAULT_STRING": say("[default: {}]"),
    "REQUIRED_LONG_STRING": say("[required]"),
    "ARGUMENTS_PANEL_TITLE": say("Arguments"),
    "OPTIONS_PANEL_TITLE": say("Options"),
    "COMMANDS_PANEL_TITLE": say("Commands"),
    "ERRORS_PANEL_TITLE": say("Error"),
    "ABORTED_TEXT": say("Aborted."),
    "RICH_HELP": say("Try [blue]'{command_path} {help_option}'[/] for help."),
}
"""Words that Typer keeps in `rich_utils`, where it looks for them when it shows something."""

_FLAGS = (
    say("Show this message and exit."),
    say("Install completion for the current shell."),
    say("Show completion for the current shell, to copy it or customize the installation."),
)
"""What Typer says of the flags that it adds."""

_USAGE = say("Usage: ")
_COMMAND = say("COMMAND [ARGS]...")

_MISTAKES = (
    (r"Missing argument (?P<name>.*)\.", say("Missing argument {name}.")),
    (r"Missing option (?P<name>.*)\.", say("Missing option {name}.")),
    (r"Missing command\.", say("Missing command.")),
    (r"No such command (?P<name>.*?)\.", say("No such command {name}.")),
    (
        r"No such command (?P<name>.*?)\. Did you mean (?P<names>.*)\?",
        say("No such command {name}. Did you mean {names}?"),
    ),
    (r"No such option: (?P<name>[^(]*)", say("No such option: {name}")),
    (
        r"No such option: (?P<name>.*?) \(Possible options: (?P<names>.*)\)",
        say("No such option: {name} (Possible options: {names})"),
    ),
    (
        r"No such option: (?P<name>.*?) Did you mean (?P<names>.*)\?",
        say("No such option: {name} Did you mean {names}?"),
    ),
    (r"Option (?P<name>.*) requires an argument\.", say("Option {name} requires an argument.")),
    (
        r"Option (?P<name>.*) requires (?P<count>\d+) arguments\.",
        say("Option {name} requires {count} arguments."),
    ),
    (
        r"Option (?P<name>.*) does not take a value\.",
        say("Option {name} does not take a value."),
    ),
    (
        r"Got unexpected extra arguments? \((?P<names>.*)\)",
        say("Got unexpected extra argument(s) ({names})"),
    ),
    (
        r"Got unexpected extra argument\(s\) \((?P<names>.*)\)",
        say("Got unexpected extra argument(s) ({names})"),
    ),
    (
        r"Invalid value for (?P<name>'.*?'|[^:]*): (?P<reason>.*)",
        say("Invalid value for {name}: {reason}"),
    ),
    (r"Invalid value: (?P<reason>.*)", say("Invalid value: {reason}")),
    (
        r"(?P<value>'.*') is not one of (?P<names>.*)\.",
        say("{value} is not one of {names}."),
    ),
    (
        r"Value error, (?P<value>'.*') is not one of (?P<names>.*)\.",
        say("{value} is not one of {names}."),
    ),
    (r"'.*' is not a valid int(eger)?( range)?\.", say("Input should be a valid integer")),
    (r"Input should be a valid integer.*", say("Input should be a valid integer")),
    (
        r"Input should be greater than or equal to (?P<bound>.*)",
        say("Input should be greater than or equal to {bound}"),
    ),
    (
        r"Input should be less than or equal to (?P<bound>.*)",
        say("Input should be less than or equal to {bound}"),
    ),
    (
        r"(?P<value>.*) is not in the range (?P<bound>.*)\.",
        say("{value} is not in the range {bound}."),
    ),
)
"""What Typer says of a mistake; where its words stand in no catalogue, they are known by sight."""


def translate_help(command: Callable[..., None], language: Language) -> None:
    """Let the help of a command be in a language, before Typer builds it."""
    signature = inspect.signature(command)
    parameters = [
        parameter.replace(annotation=_described(parameter.annotation, language))
        for parameter in signature.parameters.values()
    ]
    command.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    text = inspect.getdoc(command)
    command.__doc__ = language.sentence(text) if text else None


def _described(annotation: Any, language: Language) -> Any:  # noqa: ANN401 - any annotation
    """The same annotation, what help says of it in a language."""
    if get_origin(annotation) is not Annotated:
        return annotation
    kind, described = get_args(annotation)
    described = copy.copy(described)
    for words in ("help", "metavar", "rich_help_panel"):
        setattr(described, words, language.of(getattr(described, words)))
    return Annotated[kind, described]


@contextmanager
def spoken(group: Any, language: Language) -> Iterator[None]:  # noqa: ANN401 - no public name
    """Let Typer's own words be in a language.

    Args:
        group: all commands.
        language: the language.
    """
    _translate(group, language)
    with ExitStack() as until_the_end:
        group.before_words = lambda: until_the_end.enter_context(_headings(language))
        yield


@contextmanager
def _headings(language: Language) -> Iterator[None]:
    """Let what Typer writes around help and mistakes be in a language."""
    from typer import rich_utils

    before = {name: getattr(rich_utils, name) for name in _HEADINGS}
    for name, words in _HEADINGS.items():
        setattr(rich_utils, name, language.of(words))
    try:
        yield
    finally:
        for name, words in before.items():
            setattr(rich_utils, name, words)


def _translate(group: Any, language: Language) -> None:  # noqa: ANN401 - no public name
    """Let help say in a language what Typer says there by itself."""
    group.subcommand_metavar = language.of(_COMMAND)
    above = group.context_class(group, **group.context_settings)
    for command in (group, *group.commands.values()):
        _speak(command, language)
        context = command.context_class(command, parent=above, **command.context_settings)
        for parameter in command.get_params(context):
            if parameter.help:
                parameter.help = language.sentence(parameter.help)


def _speak(command: Any, language: Language) -> None:  # noqa: ANN401 - no public name
    """Let the line that says how a command is called be in a language."""

    class Formatter(command.context_class.formatter_class):  # type: ignore[misc]
        """Writes help."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            """Write how the command is called."""
            super().write_usage(prog, args, prefix or language.of(_USAGE))

    class Context(command.context_class):  # type: ignore[misc]
        """What a command is called with."""

        formatter_class = Formatter

    command.context_class = Context


def told(message: str, language: Language) -> str:
    """What Typer says of a mistake, in a language; other texts stay as they are."""
    for pattern, text in _MISTAKES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            places = found.groupdict()
            if "reason" in places:
                places["reason"] = told(places["reason"], language)
            return language.of(text).format_map(places)
    return message
