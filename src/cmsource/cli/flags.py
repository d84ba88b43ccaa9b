"""Arguments and flags that several commands share, and the panels that help shows them in."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from cmsource.values.language import CODES, Said, say
from cmsource.values.text import printable
from cmsource.writers.formats import BatchFormat, ComparisonFormat, Format

ANSWER = say("What is asked")
"""The panel of flags that change the question."""
SCENARIO = say("The scenario")
"""The panel of flags that change what is read."""
OUTPUT = say("Output")
"""The panel of flags that say how the answer is written, and where."""


_STANDARD = Path("-")
_NO_VALUE = ""
"""What help says of the value of a flag that takes none."""


def _said(meaning: str) -> Said:
    """A sentence of the catalogue, unless it has places and is one already."""
    return meaning if isinstance(meaning, Said) else say(meaning)


def argument(metavar: str, meaning: str, **more: Any) -> Any:  # noqa: ANN401 - as Typer's
    """An argument of a command; what it is when left out is part of its meaning."""
    return typer.Argument(metavar=say(metavar), help=_said(meaning), show_default=False, **more)


def option(
    flag: str,
    metavar: str,
    meaning: str,
    panel: str | None = None,
    *,
    also: str = "",
    **more: Any,  # noqa: ANN401 - as Typer's
) -> Any:  # noqa: ANN401
    """A flag that takes a value.

    Args:
        flag: its name.
        metavar: what its value is, for help.
        meaning: what it does.
        panel: which panel of help it is in.
        also: another name of it.
        more: what else Typer shall know.
    """
    flags = (flag, also) if also else (flag,)
    return typer.Option(
        *flags, metavar=say(metavar), help=_said(meaning), rich_help_panel=panel, **more
    )


def switch(flag: str, meaning: str, panel: str | None = None, *, also: str = "") -> Any:  # noqa: ANN401
    """A flag that takes no value; Typer's help would show ``<bool>`` after it."""
    return option(flag, _NO_VALUE, meaning, panel, also=also)


def a_file(path: Path | None) -> Path | None:
    """The file that a flag names for something that is written beside the answer.

    Raises:
        typer.BadParameter: it is ``-``.
    """
    if path == _STANDARD:
        message = say("- is standard output, where the answer goes: name a file")
        raise typer.BadParameter(message)
    return path


def _unless_standard(path: Path | None) -> Path | None:
    """The file that gets the answer; None for standard output, by ``-`` too."""
    return None if path == _STANDARD else path


Files = Annotated[list[Path], argument("SCENARIO", "Files; - for standard input.")]
File = Annotated[Path, argument("SCENARIO", "A file; - for standard input.")]
Set = Annotated[
    list[str] | None,
    option(
        "--set",
        "PATH=VALUE",
        "Change a value: --set needs.messages.per_day=80. Can be repeated.",
        SCENARIO,
    ),
]
Root = Annotated[
    Path | None,
    option(
        "--root",
        "FOLDER",
        "Folder tree that `extends` may use; by default the scenario's own folder.",
        SCENARIO,
    ),
]
Output = Annotated[
    Path | None,
    option(
        "--output",
        "FILE",
        "Write there: all of it, or nothing.",
        OUTPUT,
        also="-o",
        callback=_unless_standard,
    ),
]
BatchForm = Annotated[
    BatchFormat,
    option(
        "--format",
        "FORMAT",
        say("How the rows are written: {formats} (annotations).", formats=", ".join(BatchFormat)),
        OUTPUT,
        also="-f",
    ),
]
Summary = Annotated[
    bool, switch("--summary", "Add Markdown to the CI job's summary, if it has one.", OUTPUT)
]
ExitCode = Annotated[
    bool, switch("--exit-code", "Exit status 1 when something changed, 0 when nothing did.", OUTPUT)
]
Cluster = Annotated[
    str,
    option(
        "--cluster",
        "ADDRESS",
        "Work on the cluster of this scheduler, such as tcp://10.0.0.5:8786 (the extra cluster).",
    ),
]
Jobs = Annotated[
    int, option("--jobs", "N", "Processes; 0 for one for each core.", also="-j", min=0)
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
    hint = did_you_mean(value, names)
    raise typer.BadParameter(say("there is no {name}; {hint}", name=repr(value), hint=hint))


@contextmanager
def understood(flag: str, hint: str = "") -> Iterator[None]:
    """Turns a quantity that cannot be read into an error of usage.

    Args:
        flag: the flag that it is written after.
        hint: how to write it, where its own hint does not say.

    Raises:
        typer.BadParameter: it cannot be read.
    """
    from cmsource.values.quantities import QuantityError

    try:
        yield
    except QuantityError as error:
        problem = error.message
        message = (
            say("{problem}; {hint}", problem=problem, hint=hint)
            if hint
            else say("{problem}: {hint}", problem=problem, hint=error.hint)
        )
        raise typer.BadParameter(message, param_hint=flag) from None


def _figures() -> list[str]:
    from cmsource.scenario.figures import measured

    return list(measured())


def _figure(figure: str) -> str:
    return one_of(figure, _figures())


Figure = Annotated[
    str,
    option(
        "--figure",
        "FIGURE",
        "What to look at: total, watched, cash or another figure.",
        ANSWER,
        callback=_figure,
        autocompletion=_figures,
    ),
]


def _known(context: typer.Context, language: str | None) -> str | None:
    """The language that is asked for, by the flag or a variable: one that is known."""
    if context.obj is not None and context.obj.named:
        one_of(context.obj.named, CODES)
    return language


Lang = Annotated[
    str | None,
    option(
        "--lang",
        "LANGUAGE",
        say("The language of all that is told: {languages}.", languages=", ".join(CODES)),
        OUTPUT,
        is_eager=True,
        callback=_known,
        autocompletion=lambda: list(CODES),
    ),
]


def _plain(context: typer.Context, asked: bool) -> None:
    """Let CSV be the same in every language."""
    if context.obj is not None:
        context.obj.plain = asked


Plain = Annotated[
    bool,
    option(
        "--plain",
        _NO_VALUE,
        "CSV for programs, the same in every language: commas, decimal points, English words.",
        OUTPUT,
        callback=_plain,
    ),
]


def _diagnostics_follow(context: typer.Context, form: str) -> str:
    """With ``--format json`` diagnostics are JSON too."""
    if context.obj is not None:
        context.obj.as_json = form == "json"
    return form


def _form(formats: Iterable[str]) -> Any:  # noqa: ANN401 - as Typer's
    """The flag of the format of an answer."""
    return option(
        "--format",
        "FORMAT",
        # whole, where Typer would cut them
        say("How the answer is written: {formats}.", formats=", ".join(formats)),
        OUTPUT,
        also="-f",
        callback=_diagnostics_follow,
    )


Form = Annotated[Format, _form(Format)]
ComparisonForm = Annotated[ComparisonFormat, _form(ComparisonFormat)]


def names(text: str) -> list[str]:
    """The names in a list separated by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def already_there(file: Path) -> typer.BadParameter:
    """The error of a file that would be overwritten."""
    return typer.BadParameter(
        say(
            "{file} exists: choose another name, or --force to overwrite it",
            file=printable(str(file)),
        )
    )


def country_codes(incomplete: str) -> list[str]:
    """The codes of known countries, for completion."""
    from cmsource.countries import known_countries

    return [code for code in known_countries() if code.startswith(incomplete.upper())]
