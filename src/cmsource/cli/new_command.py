"""``cmsource new``: six questions, a scenario of the answers, and what they come to."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.reading.scenario_names import USUAL
from cmsource.values.language import say
from cmsource.values.text import printable
from cmsource.writers.formats import Format

if TYPE_CHECKING:
    from cmsource.cli.questions import Answers, Question
    from cmsource.values.diagnostics import Diagnostic

_INTERRUPTED = 130


def command(
    context: typer.Context,
    file: Annotated[
        Path | None,
        flags.argument(
            "FILE", "Where to write it; asked for when left out, - for standard output."
        ),
    ] = None,
    form: flags.Form = Format.TABLE,
    force: Annotated[bool, flags.switch("--force", "Overwrite the file.")] = False,
) -> None:
    """Six questions, then a first answer: writes a commented scenario and compares at once.

    Whoever does not know an answer presses Enter or types ?: it is left out, and what is taken in
    its place is shown.

    Example: cmsource new my-case.yaml
    """
    from cmsource.cli.files import write_file

    environment: Environment = context.obj
    if not (environment.input.is_terminal and environment.err.is_terminal):
        hint = say(
            "there is no terminal to ask at: `{command}` writes a scenario to start from",
            command="cmsource init scenario.yaml --template quick",
        )
        raise typer.BadParameter(hint, param_hint="new")
    if file is not None and (problem := _not_writable(file, force=force)):
        raise typer.BadParameter(problem, param_hint=printable(str(file)))
    try:
        file, answers = _asked(environment, file, force=force)
    except (EOFError, KeyboardInterrupt) as end:
        environment.tell("\n")
        environment.say(say("nothing is written"))
        raise typer.Exit(2 if isinstance(end, EOFError) else _INTERRUPTED) from None
    if str(file) == "-":
        environment.show(answers.text())
        return
    write_file(file, answers.text())
    command_line = printable(f"cmsource compare {shlex.quote(str(file))}")
    written = printable(str(file))
    environment.say(
        say(
            "wrote {file}; `{command}` gives this answer again",
            file=written,
            command=command_line,
        )
    )
    _answer(environment, file, form)


def _answer(environment: Environment, file: Path, form: Format) -> None:
    """Show what the scenario comes to."""
    from cmsource.analysis.advice import advised
    from cmsource.analysis.selection import ordered
    from cmsource.model.compare import compare
    from cmsource.reading.outcome import scenario_or_error
    from cmsource.reports.compare import CompareReport

    scenario = scenario_or_error(environment.read(file))
    result = compare(scenario, details=form is Format.JSON)
    if form is not Format.CSV:
        result = advised(scenario, result)
    order = "file" if form in (Format.JSON, Format.CSV) else "rank"
    environment.write(CompareReport([ordered(result, order)], alone=True), form)


def _asked(environment: Environment, file: Path | None, *, force: bool) -> "tuple[Path, Answers]":
    """Ask for the file, where it is not given, and for everything.

    Raises:
        EOFError: what is typed ends before the last answer.
        KeyboardInterrupt: somebody does not want to go on.
    """
    from cmsource.cli.questions import QUESTIONS, Answers

    typed = environment.input.typed()
    _show(
        environment,
        say("Six questions. Press Enter, or type ?, where you do not know; Ctrl+C ends it."),
    )
    if file is None:

        def refused(text: str) -> str:
            return _not_writable(Path(text.strip() or USUAL), force=force)

        _show(environment, say("Which file shall it be written to?"), strong=True)
        _show(environment, say("Enter: {file}", file=USUAL))
        text = _prompt(environment, typed, lambda text: _said(environment, refused(text)))
        file = Path(text.strip() or USUAL)
    answers = Answers(file, environment.language)
    for number, question in enumerate(QUESTIONS, 1):
        _ask(environment, typed, answers, question, number)
    return file, answers


def _ask(
    environment: Environment, typed: TextIO, answers: "Answers", question: "Question", number: int
) -> None:
    """Ask one question until there is an answer to it."""
    from cmsource.cli.questions import QUESTIONS, is_unknown, not_known
    from cmsource.values.money import currency_sign

    unit = question.unit.with_places(currency=currency_sign(answers.currency))
    title = say(
        "{number}/{all}  {question}", number=number, all=len(QUESTIONS), question=question.asks
    )
    _show(environment, title, strong=True)
    _show(environment, say("{unit}; for example {example}", unit=unit, example=question.example))

    def wrong(text: str) -> bool:
        found: list[Diagnostic] = answers.answer(question, text)
        environment.show_diagnostics(found, counted=False)
        return bool(found)

    text = _prompt(environment, typed, wrong)
    unknown = is_unknown(text)
    told = not_known(answers.assumed(question)) if unknown else answers.understood(question)
    if told:
        _show(environment, told)


def _show(environment: Environment, text: str, *, strong: bool = False) -> None:
    """Tell something in as many lines as the terminal needs; what is strong begins a new part."""
    from rich.padding import Padding
    from rich.text import Text

    told = environment.language.of(text)
    space = (1, 0, 0, 0) if strong else (0, 0, 0, 5)
    environment.err.console().print(Padding(Text(told, "bold" if strong else ""), space))


def _said(environment: Environment, problem: str) -> bool:
    """Tell a problem, if there is one; whether there is."""
    if problem:
        _show(environment, problem)
    return bool(problem)


def _prompt(environment: Environment, typed: TextIO, wrong: Callable[[str], bool]) -> str:
    """A line that somebody types, asked for again as long as something is wrong with it.

    Args:
        environment: where it is asked.
        typed: what is typed.
        wrong: tells what is wrong with a line, and whether something is.
    """
    from rich.prompt import InvalidResponse, PromptBase

    class Line(PromptBase[str]):
        """One line."""

        prompt_suffix = "> "

        def process_response(self, value: str) -> str:
            """The line, when nothing is wrong with it."""
            if wrong(value):
                raise InvalidResponse("")
            return value

        def on_validate_error(self, value: str, error: InvalidResponse) -> None:
            """It has been told."""

    return Line.ask("", console=environment.err.console(), stream=typed)


def _not_writable(file: Path, *, force: bool) -> str:
    """Why a file cannot be written; "" when it can, as far as one sees."""
    if str(file) == "-":
        return ""
    name = printable(str(file))
    if os.path.lexists(file) and not force:
        return flags.already_there(file).message
    if not file.parent.is_dir():
        return say(
            "{file} cannot be written: there is no folder {folder}",
            file=name,
            folder=printable(str(file.parent)),
        )
    return ""
