"""``cmsource init``: a commented scenario to start from."""

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.cli.templates import question, template_names, template_text
from cmsource.reading.scenario_names import USUAL
from cmsource.values.language import say


def command(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar=say("FILE"), help=say("Where to write it; - for standard output.")),
    ] = Path(USUAL),
    template: Annotated[
        str,
        typer.Option(
            "--template",
            "-t",
            metavar=say("NAME"),
            help=say("Which example; --list names them."),
            callback=lambda name: flags.one_of(name, template_names()),
            autocompletion=template_names,
        ),
    ] = "boutique-24-7",
    names: Annotated[bool, flags.switch("--list", "List the templates.")] = False,
    force: Annotated[bool, flags.switch("--force", "Overwrite the file.")] = False,
) -> None:
    """Write a commented scenario to start from.

    Example: cmsource init scenario.yaml --template quick
    """
    from cmsource.cli.files import write_file
    from cmsource.values.text import printable

    environment: Environment = context.obj
    if names:
        known = template_names()
        longest = max(map(len, known))
        language = environment.language
        lines = [f"{name:<{longest}}  {language.of(question(name))}\n" for name in known]
        environment.show("".join(lines))
        return
    text = template_text(template)
    if str(file) == "-":
        environment.show(text)
        return
    name = printable(str(file))
    if os.path.lexists(file) and not force:
        raise flags.already_there(file)
    write_file(file, text)
    command_line = printable(f"cmsource compare {shlex.quote(str(file))}")
    environment.say(
        say(
            "wrote {file}: change its figures, then run `{command}`",
            file=name,
            command=command_line,
        )
    )
