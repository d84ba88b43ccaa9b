"""The application: every command, in the panels of ``--help``."""

import contextlib
import inspect
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.text import printable

COMMANDS = {
    "compare": "Decide",
    "explain": "Decide",
    "report": "Decide",
    "coverage": "Understand",
    "sensitivity": "Understand",
    "simulate": "Understand",
    "cursor": "Explore",
    "breakeven": "Explore",
    "batch": "In CI",
    "diff": "In CI",
    "merge": "In CI",
    "init": "Files",
    "validate": "Files",
    "expand": "Files",
    "inbox": "Files",
    "payroll": "Reference",
    "countries": "Reference",
    "schema": "Reference",
}
"""Every command, each in a module of its own, with its panel in ``--help``."""


class Commands(TyperGroup):
    """The commands; what is said of a mistaken command line has texts of whoever typed it."""

    def make_context(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as Typer's
        """Read the command line up to the command."""
        with _printable_mistakes():
            return super().make_context(*arguments, **named)

    def invoke(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as Typer's
        """Run the command."""
        with _printable_mistakes():
            return super().invoke(*arguments, **named)


@contextlib.contextmanager
def _printable_mistakes() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # Typer's exceptions are not of one class that it makes public; all have their message.
        message = getattr(error, "message", None)
        if isinstance(message, str) and "message" in vars(error):
            error.message = printable(message)  # type: ignore[attr-defined]
        raise


def application(*names: str) -> typer.Typer:
    """The command line.

    Args:
        names: the commands to load; all when there are none.
    """
    app = typer.Typer(
        cls=Commands,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
        epilog="Start with  cmsource init scenario.yaml,  then  cmsource compare scenario.yaml",
    )
    app.callback()(_in_any_language(cmsource))
    for name in names or COMMANDS:
        module = import_module(f"cmsource.cli.{name}_command")
        app.command(name, rich_help_panel=COMMANDS[name])(_in_any_language(module.command))
    return app


def _in_any_language(command: Callable[..., None]) -> Callable[..., None]:
    """The same command, which also takes the language in which people are told everything."""

    @wraps(command)
    def asked(*arguments: Any, lang: str | None = None, **named: Any) -> None:  # noqa: ANN401
        command(*arguments, **named)

    signature = inspect.signature(command)
    lang = inspect.Parameter(
        "lang", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=flags.Lang
    )
    parameters = [*signature.parameters.values(), lang]
    asked.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    asked.__annotations__ = {**command.__annotations__, "lang": flags.Lang}
    return asked


def _version(asked: bool) -> None:
    if asked:
        from cmsource import __version__

        typer.echo(f"cmsource {__version__}")
        raise typer.Exit


def cmsource(
    _: bool = typer.Option(
        False, "--version", help="Show the version and exit.", callback=_version, is_eager=True
    ),
) -> None:
    """Who should run your social-media presence, and what will it cost and cover?"""


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit status is 0, 1, 2, or 128 and the number of a signal."""
    environment = Environment.of_process()
    # Loading one command takes a tenth of the time of loading all of them.
    app = application(*(name for name in arguments[:1] if name in COMMANDS))
    try:
        status = app(list(arguments), prog_name="cmsource", obj=environment)
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
