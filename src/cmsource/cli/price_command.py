"""``cmsource price``: how much can be asked for an option."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.cli.progress import track
from cmsource.values.diagnostics import Diagnostic, ScenarioError
from cmsource.values.language import say
from cmsource.writers.formats import Format

if TYPE_CHECKING:
    from cmsource.analysis.price.own_costs import OwnCosts
    from cmsource.analysis.price.price import Price
    from cmsource.scenario.scenario import Scenario

SELLER = say("Who sells")
"""The panel of flags that say what serving a client costs."""


def command(  # noqa: PLR0913, PLR0917 - one for each flag
    context: typer.Context,
    scenarios: Annotated[
        list[Path],
        flags.argument("SCENARIO", "Files of clients, folders and patterns; - for standard input."),
    ],
    option: Annotated[str, flags.argument("OPTION", "The option that is sold.")],
    vary: Annotated[
        str,
        flags.option(
            "--vary",
            "PATH",
            "The price that moves: sources.agence.retainer, or retainer alone; by default the one "
            "that brings most.",
            flags.ANSWER,
        ),
    ] = "",
    against: Annotated[
        str,
        flags.option(
            "--against",
            "OPTIONS",
            "What else the client can choose: --against hire,freelance. All other options without.",
            flags.ANSWER,
        ),
    ] = "",
    cost_hour: Annotated[
        str,
        flags.option("--cost-hour", "AMOUNT", "What an hour of your work costs you: 42.", SELLER),
    ] = "",
    cost_month: Annotated[
        str,
        flags.option(
            "--cost-month", "AMOUNT", "What the client costs you a month besides: 150.", SELLER
        ),
    ] = "",
    margin: Annotated[
        str,
        flags.option(
            "--margin", "SHARE", "The part of the price that is to be left to you: 20%.", SELLER
        ),
    ] = "",
    form: flags.Form = Format.TABLE,
    set_: flags.Set = None,
    root: flags.Root = None,
) -> None:
    """What to ask for an option: the highest price at which a client still takes it, and your room.

    Example: cmsource price scenarios/agency-pricing.yaml yours --cost-hour 42 --margin 20%
    """
    from cmsource.analysis.price.price import price
    from cmsource.reading.outcome import scenario_or_error
    from cmsource.reports.price import PriceReport

    environment: Environment = context.obj
    names = flags.names(against)
    prices: list[Price] = []
    found: list[Diagnostic] = []
    clients = list(_clients(scenarios, root))
    for path, tree in track(environment, clients, len(clients), say("pricing")):
        try:
            if isinstance(path, Diagnostic):
                raise ScenarioError([path])
            scenario = scenario_or_error(environment.read(path, set_, tree))
            own = _own(scenario, cost_hour, cost_month, margin)
            prices.append(price(scenario, option, vary=vary, against=names, own=own))
        except ScenarioError as error:
            found += error.diagnostics
        except ValueError as error:
            raise typer.BadParameter(error.args[0], param_hint="--margin") from None
    if prices:
        report = PriceReport(prices, alone=len(clients) == 1)
        environment.write(report, form)
    environment.show_diagnostics(found)
    raise typer.Exit(2 if found else 0)


def _clients(
    paths: Sequence[Path], root: Path | None
) -> Iterator[tuple[Path | Diagnostic, Path | None]]:
    """The files, each with the folder tree that its `extends` may use; or what is wrong with one.

    Files come as they are named, those of a folder or a pattern by their names.
    """
    from cmsource.reading.folders import find_scenarios

    for path in paths:
        if str(path) == "-" or path.is_file():
            yield path, root
            continue
        for each in find_scenarios([path], root).files:
            yield each.problem or Path(each.file), root or Path(each.root)


def _own(scenario: "Scenario", hour: str, month: str, margin: str) -> "OwnCosts | None":
    """What serving a client costs; None where nothing is said of it."""
    if not (hour or month or margin):
        return None
    from cmsource.analysis.price.own_costs import OwnCosts
    from cmsource.values.money_types import Amount
    from cmsource.values.number_types import Share

    if not (hour or month):
        message = say("a margin is on what your work costs: add --cost-hour")
        raise typer.BadParameter(message, param_hint="--margin")
    currency = scenario.currency
    with flags.understood("--cost-hour"):
        an_hour = Amount("hour").read(hour, currency) if hour else 0.0
    with flags.understood("--cost-month"):
        a_month = Amount("month").read(month, currency) if month else 0.0
    with flags.understood("--margin"):
        part = Share().read(margin, currency) if margin else 0.0
    return OwnCosts(float(an_hour), float(a_month), float(part))
