"""``cmsource compare``: the main job."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.language import listed, say
from cmsource.values.text import printable
from cmsource.writers.formats import ComparisonFormat

if TYPE_CHECKING:
    from cmsource.cli.comparing import Comparing
    from cmsource.results.comparison import Comparison

_CSV, _JSON = ComparisonFormat.CSV, ComparisonFormat.JSON


def _orders() -> list[str]:
    from cmsource.analysis.selection import orders

    return list(orders())


def _order(order: str) -> str:
    return order and flags.one_of(order, _orders())


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    context: typer.Context,
    scenarios: flags.Files,
    only: Annotated[
        str, flags.option("--only", "OPTIONS", "Only these: --only hire,agency.", flags.ANSWER)
    ] = "",
    form: flags.ComparisonForm = ComparisonFormat.TABLE,
    output: flags.Output = None,
    sort: Annotated[
        str,
        flags.option(
            "--sort",
            "FIGURE",
            "Order of the options: rank (eligible, then total), file, total, or a figure "
            "such as watched. Tables come by rank, json and csv in the file's order.",
            flags.OUTPUT,
            callback=_order,
            autocompletion=_orders,
        ),
    ] = "",
    details: Annotated[
        bool,
        flags.switch(
            "--details", "Every assumption and the figures behind the table.", flags.OUTPUT
        ),
    ] = False,
    set_: flags.Set = None,
    what_if: Annotated[
        bool,
        flags.switch(
            "--what-if", "Show what --set changes, beside the answer without it.", flags.ANSWER
        ),
    ] = False,
    watch: Annotated[
        bool,
        flags.switch(
            "--watch", "Answer again each time that a file is saved; Ctrl+C ends it.", flags.OUTPUT
        ),
    ] = False,
    root: flags.Root = None,
) -> None:
    """What every option costs and covers, and which one to take.

    Example: cmsource compare scenarios/boutique-24-7.yaml --only hire,agency
    """
    from cmsource.cli.comparing import Asked, Comparing

    environment: Environment = context.obj
    order = sort or ("file" if form in (_JSON, _CSV) else "rank")
    if form is ComparisonFormat.XLSX:
        _check_workbook(output, scenarios)
    _check_what_if(form, set_ or (), what_if=what_if)
    comparing = Comparing(
        environment,
        Asked(
            scenarios=scenarios,
            names=flags.names(only),
            form=form,
            output=output,
            order=order,
            details=details,
            overrides=set_ or (),
            root=root,
            what_if=what_if,
        ),
    )
    if watch:
        _watch(environment, comparing, scenarios, output)
    raise typer.Exit(comparing.once())


def _check_what_if(form: ComparisonFormat, overrides: Sequence[str], *, what_if: bool) -> None:
    """Refuse what cannot be shown before and after.

    Raises:
        typer.BadParameter: nothing is changed, or the format holds one answer.
    """
    if what_if and not overrides:
        message = say("what would change? Say it with {flag}", flag="--set PATH=VALUE")
        raise typer.BadParameter(message, param_hint="--what-if")
    if what_if and form is ComparisonFormat.XLSX:
        message = say("a workbook holds one answer: change its prices there")
        raise typer.BadParameter(message, param_hint="--what-if")


def _watch(
    environment: Environment,
    comparing: "Comparing",
    scenarios: Sequence[Path],
    output: Path | None,
) -> None:
    """Compare again each time that a file is saved, until Ctrl-C.

    Raises:
        typer.BadParameter: standard input cannot be saved.
        typer.Exit: it has been ended.
    """
    from cmsource.analysis.checks.difference import difference
    from cmsource.cli.watch import watch
    from cmsource.reports.changes import answer_lines

    if any(str(path) == "-" for path in scenarios):
        message = say("standard input is read once: name a file")
        raise typer.BadParameter(message, param_hint="--watch")
    last: list[Comparison] = []

    def again() -> Sequence[Path]:
        if output is None:
            environment.clear()
        environment.written = ""  # the scenario may say another language by now
        comparing.once()
        now = comparing.results
        if len(scenarios) == len(now) == len(last) == 1:
            lines = answer_lines(difference(last[0], now[0]))
            environment.say(say("since the last save: {what}", what=listed(lines, say("; "))))
        last[:] = now or last
        names = listed(printable(str(path)) for path in dict.fromkeys(comparing.files))
        environment.say(say("watching {files}; Ctrl+C ends it", files=names))
        return comparing.files

    try:
        watch(scenarios, again)
    except KeyboardInterrupt:
        environment.tell("\n")
        raise typer.Exit from None


def _check_workbook(output: Path | None, scenarios: Sequence[Path]) -> None:
    """Refuse what no workbook can be made for.

    Raises:
        typer.BadParameter: there is no file to write it to, or more than one scenario, or what
            writes workbooks is not installed.
    """
    if output is None:
        message = say("xlsx is a file: say which with `--output FILE.xlsx`")
        raise typer.BadParameter(message, param_hint="--format")
    if len(scenarios) > 1:
        message = say("a workbook holds one scenario: write one for each")
        raise typer.BadParameter(message, param_hint="--format")
    if find_spec("xlsxwriter") is None:
        message = say(
            "xlsx needs XlsxWriter, which is not installed: {command}",
            command="pip install 'cmsource[xlsx]'",
        )
        raise typer.BadParameter(message, param_hint="--format")
