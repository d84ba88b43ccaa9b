"""The commands, each imported only when it is run: start-up is budgeted."""

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from cmsource.cli.command_list import COMMANDS, page


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

    def get_help(self, _ctx: Any) -> str:  # noqa: ANN401
        """The page of ``--help``, without importing any command."""
        return page()


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback()
def cmsource(
    version: bool = typer.Option(False, "--version", help="Show the version and exit."),
) -> None:
    """Who should run your social-media presence, and what will it cost and cover?"""
    if version:
        from cmsource.cli.command_list import front

        sys.stdout.write(front("--version"))
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
        # The reader of our output has gone, as `| head` does: that is no failure of ours, though
        # typer says so.
        if isinstance(end.__context__, BrokenPipeError):
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 0
    except KeyboardInterrupt:
        status = 130
    except Exception as error:
        from cmsource.values.diagnostics import ScenarioError

        if not isinstance(error, ScenarioError):
            raise
        from cmsource.cli.environment import show_diagnostics

        show_diagnostics(error.diagnostics)
        status = 2
    return status if isinstance(status, int) else 0 if status is None else 1
