"""The application: every command, in the panels of ``--help``."""

import contextlib
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from importlib import import_module
from typing import Any, get_args

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.language import ENGLISH, Language, say
from cmsource.values.text import printable

COMMANDS = {
    "new": say("Decide"),
    "compare": say("Decide"),
    "explain": say("Decide"),
    "report": say("Decide"),
    "coverage": say("Understand"),
    "sensitivity": say("Understand"),
    "simulate": say("Understand"),
    "cursor": say("Explore"),
    "portfolio": say("Explore"),
    "best": say("Explore"),
    "breakeven": say("Explore"),
    "price": say("Explore"),
    "serve": say("Explore"),
    "batch": say("In CI"),
    "diff": say("In CI"),
    "merge": say("In CI"),
    "init": say("Files"),
    "validate": say("Files"),
    "expand": say("Files"),
    "inbox": say("Files"),
    "payroll": say("Reference"),
    "countries": say("Reference"),
    "schema": say("Reference"),
}
"""Every command, each in a module of its own, with its panel in ``--help``."""

_HELP = ["--help", "-h"]
_START = say("Start with  cmsource new,  which asks six questions and answers at once")


class _Untyped:
    """A command whose help has no types of Python, and is in the language of whoever asks for it.

    Typer shows ``<bool>`` after its own flags, and ``<list[Path]>`` after an argument.
    """

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as Typer's
        """Write the help."""
        ctx.find_root().command.before_words()
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - as Typer's
        """The arguments and flags."""
        found: Any = super().get_params(ctx)  # type: ignore[misc]
        for each in found:
            if each.param_type_name == "argument" or each.metavar is None:
                each.display_type_rich = _no_type
        return found


def _no_type(ctx: object) -> None:
    """What help shows of a type."""


class Command(_Untyped, TyperCommand):
    """One of the commands."""


class Commands(_Untyped, TyperGroup):
    """The commands; what is said of a mistaken command line has texts of whoever typed it.

    Attributes:
        before_words: called before Typer shows words of its own.
    """

    before_words: Callable[[], object] = staticmethod(lambda: None)

    def make_context(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as Typer's
        """Read the command line up to the command."""
        with self._printable_mistakes(named.get("obj")):
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as Typer's
        """Run the command."""
        with self._printable_mistakes(ctx.obj):
            return super().invoke(ctx)

    @contextlib.contextmanager
    def _printable_mistakes(self, environment: Environment | None) -> Iterator[None]:
        try:
            yield
        except typer.Exit:  # the end, and no mistake
            raise
        except Exception as error:
            self.before_words()
            _tell_well(error, environment)
            raise


def _tell_well(error: Any, environment: Environment | None) -> None:  # noqa: ANN401 - as Typer's
    """Let a mistake be told in the language of all that is told, in texts that can be printed."""
    # Typer's exceptions are not of one class that it makes public; all have their message.
    message = getattr(error, "message", None)
    if not isinstance(message, str) or "message" not in vars(error):
        return
    language = ENGLISH if environment is None else environment.language
    error.message = printable(language.of(message))
    if language.code != ENGLISH.code:
        from cmsource.cli.translation import told

        text = told(error.format_message(), language)
        error.format_message = lambda: text


_IN_A_PARAGRAPH = re.compile(r"(?<!\n)\n(?!\n)")
"""The end of a line of a docstring within a paragraph, which Typer keeps in all but the first."""


def application(*names: str, language: Language = ENGLISH, in_a_list: bool = False) -> typer.Typer:
    """The command line.

    Args:
        names: the commands to load; all when there are none.
        language: that of its help.
        in_a_list: whether the commands are only listed, with what each does, and none is run.
    """
    app = typer.Typer(
        cls=Commands,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": _HELP},
        epilog=language.of(_START),
    )
    app.callback()(_explained(_with_common_flags(cmsource), language))
    for name in names or COMMANDS:
        command = import_module(f"cmsource.cli.{name}_command").command
        command = _without_flags(command) if in_a_list else _with_common_flags(command)
        panel = language.of(COMMANDS[name])
        app.command(name, cls=Command, rich_help_panel=panel)(_explained(command, language))
    return app


def _without_flags(command: Callable[..., None]) -> Callable[..., None]:
    """What a list shows of a command: reading all flags of all takes a tenth of its time."""

    def listed() -> None:
        raise AssertionError("it is only listed")

    listed.__doc__ = command.__doc__
    return listed


def _explained(command: Callable[..., None], language: Language) -> Callable[..., None]:
    """A command, its help in a language, in paragraphs that fill their lines."""
    if language.code != ENGLISH.code:
        from cmsource.cli.translation import translate_help

        translate_help(command, language)
    command.__doc__ = _IN_A_PARAGRAPH.sub(" ", inspect.getdoc(command) or "")
    return command


def _with_common_flags(command: Callable[..., None]) -> Callable[..., None]:
    """The same command, which also takes what all commands take.

    That is the language in which people are told everything, and where it can write CSV, that this
    shall be plain.
    """
    more: dict[str, tuple[Any, object]] = {"lang": (flags.Lang, None)}
    formats, *_ = get_args(command.__annotations__.get("form")) or ((),)
    if "csv" in list(formats):
        more["plain"] = (flags.Plain, False)

    @wraps(command)
    def asked(*arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as Typer's
        for name in more:
            named.pop(name, None)  # its callback has taken it
        command(*arguments, **named)

    signature = inspect.signature(command)
    parameters = list(signature.parameters.values())
    for name, (annotation, default) in more.items():
        kind = inspect.Parameter.KEYWORD_ONLY
        added = inspect.Parameter(name, kind, default=default, annotation=annotation)
        parameters.append(added)
        asked.__annotations__ = {**asked.__annotations__, name: annotation}
    asked.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return asked


def _version(asked: bool) -> None:
    if asked:
        from cmsource import __version__

        typer.echo(f"cmsource {__version__}")
        raise typer.Exit


def cmsource(
    _: bool = typer.Option(
        False, "--version", help=say("Show the version and exit."), callback=_version, is_eager=True
    ),
) -> None:
    """Who should run your social-media presence, and what will it cost and cover?"""


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit status is 0, 1, 2, or 128 and the number of a signal."""
    environment = Environment.of_process(arguments)
    language = environment.language
    # Loading one command takes a tenth of the time of loading all of them.
    names = [name for name in arguments[:1] if name in COMMANDS]
    in_a_list = bool(arguments) and arguments[0] in _HELP
    group = typer.main.get_command(application(*names, language=language, in_a_list=in_a_list))
    speaking: contextlib.AbstractContextManager[None] = contextlib.nullcontext()
    if language.code != ENGLISH.code:
        from cmsource.cli.translation import spoken

        speaking = spoken(group, language)
    try:
        with speaking:
            status = group(list(arguments), prog_name="cmsource", obj=environment)
    except SystemExit as end:
        status = end.code
    except KeyboardInterrupt:
        status = 130
    except ScenarioError as error:
        environment.show_diagnostics(error.diagnostics)
        status = 2
    finally:
        environment.input.close()
    return status if isinstance(status, int) else 0 if status is None else 1
