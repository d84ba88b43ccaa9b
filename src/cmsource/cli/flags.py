"""Arguments and flags that several commands share, and the panels that help shows them in."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from cmsource.values.text import printable
from cmsource.writers.formats import BatchFormat

ANSWER = "What is asked"
"""The panel of flags that change the question."""
SCENARIO = "The scenario"
"""The panel of flags that change what is read."""
OUTPUT = "Output"
"""The panel of flags that say how the answer is written, and where."""


def switch(*flag: str, meaning: str, panel: str | None = None) -> Any:  # noqa: ANN401 - as Typer's
    """A flag that takes no value; Typer's help would show ``<bool>`` after it."""
    return typer.Option(*flag, metavar="", help=meaning, rich_help_panel=panel)


Files = Annotated[
    list[Path],
    typer.Argument(metavar="SCENARIO", help="Files; - for standard input.", show_default=False),
]
File = Annotated[
    Path,
    typer.Argument(metavar="SCENARIO", help="A file; - for standard input.", show_default=False),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change a value: --set needs.messages.per_day=80. Can be repeated.",
        rich_help_panel=SCENARIO,
    ),
]
Root = Annotated[
    Path | None,
    typer.Option(
        "--root",
        metavar="FOLDER",
        help="Folder tree that `extends` may use; by default the scenario's own folder.",
        rich_help_panel=SCENARIO,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write there: all of it, or nothing.",
        rich_help_panel=OUTPUT,
    ),
]


BatchForm = Annotated[
    BatchFormat,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"How the rows are written: {', '.join(BatchFormat)} (annotations).",
        rich_help_panel=OUTPUT,
    ),
]
Summary = Annotated[
    bool,
    switch(
        "--summary", meaning="Add Markdown to the CI job's summary, if it has one.", panel=OUTPUT
    ),
]
Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; 0 for one for each core."),
]


def one_of(value: str, known: Iterable[str]) -> str:
    """A value that is one of those known.

    Raises:
        typer.BadParameter: it is none of them.
    """
    from cmsource.values.diagnostics import did_you_mean

    names = list(known)
    if value in names:
        return value
    raise typer.BadParameter(f"there is no {value!r}; {did_you_mean(value, names)}")


def _figures() -> list[str]:
    from cmsource.scenario.figures import measured

    return list(measured())


def _figure(figure: str) -> str:
    return one_of(figure, _figures())


Figure = Annotated[
    str,
    typer.Option(
        "--figure",
        metavar="FIGURE",
        help="What to look at: total, watched, cash or another figure.",
        callback=_figure,
        autocompletion=_figures,
        rich_help_panel=ANSWER,
    ),
]


def _diagnostics_follow(context: typer.Context, form: str) -> str:
    """With ``--format json`` diagnostics are JSON too."""
    if context.obj is not None:
        context.obj.as_json = form == "json"
    return form


def formats(choices: Iterable[str]) -> Any:  # noqa: ANN401 - as Typer's
    """The flag of a command's formats; its help names them whole, where Typer would cut them."""
    return typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"How the answer is written: {', '.join(choices)}.",
        callback=_diagnostics_follow,
        rich_help_panel=OUTPUT,
    )


def names(text: str) -> list[str]:
    """The names in a list separated by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def already_there(file: Path) -> typer.BadParameter:
    """The error of a file that would be overwritten."""
    return typer.BadParameter(
        f"{printable(str(file))} exists: choose another name, or --force to overwrite it"
    )


def country_codes(incomplete: str) -> list[str]:
    """The codes of known countries, for completion."""
    from cmsource.countries import known_countries

    return [code for code in known_countries() if code.startswith(incomplete.upper())]
