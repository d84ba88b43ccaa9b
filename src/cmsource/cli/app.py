"""The application: every command, in the panels of ``--help``."""

import errno
from collections.abc import Sequence
from importlib import import_module

import typer

from cmsource.cli.environment import Environment
from cmsource.values.diagnostics import ScenarioError

COMMANDS = {
    "compare": "Decide",
    "explain": "Decide",
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


def application(*names: str) -> typer.Typer:
    """The command line.

    Args:
        names: the commands to load; all when there are none.
    """
    app = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
        epilog="Start with  cmsource init scenario.yaml,  then  cmsource compare scenario.yaml",
    )
    app.callback()(cmsource)
    for name in names or COMMANDS:
        module = import_module(f"cmsource.cli.{name}_command")
        app.command(name, rich_help_panel=COMMANDS[name])(module.command)
    return app


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
        # The reader of our output has gone, as `| head` does: that is no failure of ours, though
        # typer says so.
        if isinstance(end.__context__, BrokenPipeError):
            environment.drop_output()
            status = 0
    except KeyboardInterrupt:
        status = 130
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        status = environment.cannot_write(error)  # Typer's help, or what it says of a mistake
    except ScenarioError as error:
        environment.show_diagnostics(error.diagnostics)
        status = 2
    finally:
        environment.input.close()
    return status if isinstance(status, int) else 0 if status is None else 1
