"""Flags that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Files = Annotated[list[Path], typer.Argument(help="Scenario files.", show_default=False)]
File = Annotated[Path, typer.Argument(help="A scenario file.", show_default=False)]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change a value: --set needs.messages.per_day=80. Can be repeated.",
    ),
]
Root = Annotated[
    Path | None,
    typer.Option(
        "--root",
        metavar="FOLDER",
        help="Folder tree that `extends` may use; by default the scenario's own folder.",
    ),
]


def usage(message: str) -> typer.Exit:
    """Say what is wrong with the flags; raise what this returns."""
    from cmsource.cli.environment import tell

    tell(f"error: {message}\n")
    return typer.Exit(2)
