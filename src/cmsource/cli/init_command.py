"""``cmsource init``: a commented scenario to start from."""

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import show, tell, write_file


def command(
    file: Annotated[Path, typer.Argument(help="Where to write it; - for standard output.")] = Path(
        "scenario.yaml"
    ),
    template: Annotated[
        str, typer.Option("--template", "-t", help="Which example; --list names them.")
    ] = "boutique-24-7",
    names: Annotated[bool, typer.Option("--list", help="List the templates.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write a commented scenario to start from.

    Example: cmsource init scenario.yaml --template quick
    """
    from cmsource.cli.templates import question, template_names, template_text
    from cmsource.values.text import printable as safe

    known = template_names()
    if names:
        longest = max(map(len, known))
        show("".join(f"{name.ljust(longest)}  {question(name)}\n" for name in known))
        return
    if template not in known:
        from cmsource.values.diagnostics import did_you_mean

        hint = did_you_mean(template, known)
        raise flags.usage(f"there is no template {template!r}: {hint}")
    text = template_text(template)
    if str(file) == "-":
        show(text)
        return
    name = safe(str(file))
    if os.path.lexists(file) and not force:
        raise flags.usage(f"{name} exists: choose another name, or --force to overwrite it")
    try:
        write_file(file, text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise flags.usage(f"{name} cannot be written: {reason}") from None
    command_line = safe(f"cmsource compare {shlex.quote(str(file))}")
    tell(f"wrote {name}: change its figures, then run `{command_line}`\n")
