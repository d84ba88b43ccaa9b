"""The commands, each imported only when it is run: start-up is budgeted."""

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS = {
    "compare": "What every option costs and covers, and which one to take.",
    "explain": "The ledger of an option: every cost with its arithmetic and its sources.",
    "coverage": "The week of every option: who is there when, and who is not.",
    "batch": "Many scenarios at once, for CI: one row each, totals, what failed.",
    "diff": "What changed between two files of results, and why.",
    "merge": "Put the parts of a sharded batch together.",
    "inbox": "When messages come and how many, from a log of them.",
    "validate": "Check scenarios and show everything that is wrong with them.",
    "expand": "Print a scenario in full, every default spelled out.",
    "init": "Write a commented scenario to start from.",
    "payroll": "What an employee costs the employer, line by line.",
    "countries": "The sourced values of each country.",
    "schema": "Print the JSON Schema of scenarios, for editors.",
}
"""Every command and what it does, in the order of ``--help``."""


class LazyGroup(TyperGroup):
    """A group of commands that are imported when they are asked for."""

    def list_commands(self, _ctx: Any) -> list[str]:  # noqa: ANN401 - typer vendors its own types
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"cmsource.cli.{cmd_name}_command")
        single = typer.Typer(
            add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
        )
        function: Callable[..., object] = module.command
        single.command(name=cmd_name)(function)
        return typer.main.get_command(single)

    def format_commands(self, _ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(
    epilog="Example: cmsource compare scenario.yaml. Start with: cmsource init scenario.yaml",
)
def cmsource(
    version: bool = typer.Option(False, "--version", help="Show the version and exit."),
) -> None:
    """Who should run your social-media presence, and what will it cost and cover?"""
    if version:
        from cmsource import __version__

        typer.echo(f"cmsource {__version__}")
        raise typer.Exit


def run(arguments: Sequence[str]) -> int:
    """Run the command line; the exit status is 0, 1, 2 or 130 (interrupted)."""
    for stream in (sys.stdout, sys.stderr):
        # The same bytes whatever the locale; what a terminal cannot show is replaced.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    try:
        status = app(list(arguments), standalone_mode=True, prog_name="cmsource")
    except SystemExit as end:
        status = end.code
    except BrokenPipeError:
        # The reader of our output has gone, as `| head` does: that is no failure of ours.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KeyboardInterrupt:
        status = 130
    except Exception as error:
        from cmsource.diagnostics import ScenarioError

        if not isinstance(error, ScenarioError):
            raise
        from cmsource.cli.screen import show_diagnostics

        show_diagnostics(error.diagnostics)
        status = 2
    return status if isinstance(status, int) else 0 if status is None else 1
