"""A simulation for people, as JSON and as CSV: the answer first, then how far it can be trusted."""

import csv
import io
from collections.abc import Iterator, Sequence

from cmsource.analysis.simulation.draws import RangedInput
from cmsource.analysis.simulation.simulation import OptionDraws, Simulation, Weight
from cmsource.output.layout import Cell, Column, Paint, cell_len, painter, paragraph, table
from cmsource.reports.blocks import NONE
from cmsource.reports.comparison_data import Json, amount, months, share
from cmsource.reports.wording import plain_number, share_text
from cmsource.values.money import Style, format_money, format_number, style_for
from cmsource.values.text import printable as safe
from cmsource.writers.csv import harmless
from cmsource.writers.json import dumps

FORMAT = "cmsource/simulation/1"
COLUMNS = (
    "scenario",
    "option",
    "label",
    "currency",
    "draws",
    "seed",
    "cheapest_eligible",
    "eligible",
    "total_p10",
    "total_p50",
    "total_p90",
    "total_least",
    "total_most",
    "total_mean",
    "total_at_likely",
    "over_budget",
    "over_cost",
)
_TINY = 0.005


def simulation_text(result: Simulation, *, width: int = 80, colour: bool = False) -> str:
    """The simulation for people: answer, options, inputs, a histogram of each option.

    Args:
        result: the simulation.
        width: cells a line.
        colour: whether to paint.
    """
    paint = painter(colour=colour)
    style = style_for(result.currency)
    parts = [
        _title(result, style, paint, width),
        _answer(result, style, paint, width),
        "\n".join(_options(result, style, paint, width)),
        "\n".join(_weights(result, style, paint, width)),
        "\n".join(_clipped(result, style, paint, width)),
        "\n".join(_histograms(result, style, paint, width)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _title(result: Simulation, style: Style, paint: Paint, width: int) -> str:
    count = len(result.weights)
    ranges = "1 range" if count == 1 else f"{count} ranges"
    draws = format_number(result.draws, style)
    span = f"{plain_number(result.horizon_months, style)} months"
    text = f"{result.name} · {span} · {draws} draws of {ranges} · seed {result.seed}"
    return paint(paragraph(safe(text), width), "bold")


def _answer(result: Simulation, style: Style, paint: Paint, width: int) -> str:
    ranked = [option for option in _ranked(result) if option.cheapest > 0]
    if not ranked:
        text = "In no draw is any option eligible."
    else:
        first, *others = ranked
        named = [f"{each.name} in {share_text(each.cheapest, style, 1)}" for each in others]
        text = (
            f"In {share_text(first.cheapest, style, 1)} of the draws, {first.name} is the cheapest "
            f"eligible option"
        )
        text += f"; {', '.join(named)}." if named else "."
        if result.none_eligible > 0:
            text += f" In {share_text(result.none_eligible, style, 1)}, no option is eligible."
    likely = result.at_likely
    if likely is None:
        text += " At the likely values, none is."
    elif ranked and likely != ranked[0].name:
        text += f" At the likely values, it is {likely}."
    return paint(paragraph(safe(text), width), "bold" if ranked else "bold yellow")


def _ranked(result: Simulation) -> list[OptionDraws]:
    """The options, those first that are chosen most often."""
    return sorted(result.options, key=lambda o: (-o.cheapest, -o.eligible, o.totals.p50))


def _whole(cents: float, style: Style) -> str:
    return format_money(round(cents), style, 0)


def _options(result: Simulation, style: Style, paint: Paint, width: int) -> Iterator[str]:
    columns = [
        Column(""),
        Column("Option", wraps=True),
        Column("Cheapest", right=True),
        Column("Eligible", right=True),
        Column("P10", right=True),
        Column("P50", right=True),
        Column("P90", right=True),
    ]
    budget = any(option.over_budget is not None for option in result.options)
    cost = any(option.over_cost is not None for option in result.options)
    columns += [Column("> budget", right=True)] if budget else []
    columns += [Column("> cost", right=True)] if cost else []
    rows = []
    for option in _ranked(result):
        leads = option.name == result.leaders[0] and option.cheapest > 0
        cells = [
            Cell(">" if leads else "", "green"),
            Cell(safe(option.name), "bold" if leads else ""),
            Cell(share_text(option.cheapest, style, 1)),
            Cell(share_text(option.eligible, style, 1)),
            *(
                Cell(_whole(cents, style))
                for cents in (option.totals.p10, option.totals.p50, option.totals.p90)
            ),
        ]
        cells += [Cell(share_text(option.over_budget, style, 1))] if budget else []
        cells += [Cell(share_text(option.over_cost, style, 1))] if cost else []
        rows.append(cells)
    yield from table(columns, rows, width, paint)
    legend = (
        "Cheapest: share of the draws in which it costs the least of the eligible options. "
        "P10, P50, P90: a tenth, half and nine tenths of the draws have a smaller total."
    )
    if budget or cost:
        words = [word for word, there in (("budget", budget), ("cost", cost)) if there]
        passed = " and ".join(f"> {word}" for word in words)
        legend += f" {passed}: share of the draws above what `require` allows."
    yield paint(paragraph(legend, width, "  "), "dim")


def range_text(ranged: RangedInput, style: Style) -> str:
    """A range with its likely value and its unit, such as ``60 – 75 – 90 EUR/h``."""
    unit = ranged.input.unit
    scale = 100.0 if unit.startswith("%") else 1.0
    numbers = (ranged.low, ranged.input.value, ranged.high)
    text = " – ".join(plain_number(scale * number, style) for number in numbers)
    return f"{text} {unit}".rstrip()


def _weights(result: Simulation, style: Style, paint: Paint, width: int) -> Iterator[str]:
    names = result.leaders
    title = "Which input matters most"
    if len(names) > 1:
        title += f" to the choice between {names[0]} and {names[1]}"
    yield paint(paragraph(safe(title), width), "bold")
    longest = max(cell_len(safe(weight.drawn.path)) for weight in result.weights)
    columns = [
        Column("Input", wraps=longest > width // 2),
        Column("Low – likely – high", wraps=True),
        *([Column("Choice", right=True)] if len(names) > 1 else []),
        *(Column(_short(name), right=True) for name in names),
    ]
    rows = []
    for weight in result.weights:
        cells = [
            Cell(safe(weight.drawn.path), "cyan"),
            Cell(range_text(weight.drawn, style)),
            *([_coefficient(weight.with_lead, style)] if len(names) > 1 else []),
            *(_coefficient(weight.with_total[name], style) for name in names),
        ]
        rows.append(cells)
    yield from table(columns, rows, width, paint, "  ")
    what = "Rank correlation of each input, from -1 to 1, with the total of an option"
    if len(names) > 1:
        what += (
            f" and, under Choice, with the total of {names[0]} less that of {names[1]}: above 0, "
            f"more of it speaks for {names[1]}"
        )
    yield paint(paragraph(safe(f"{what}."), width, "  "), "dim")


def _short(name: str) -> str:
    name = safe(name)
    return name if cell_len(name) <= 12 else f"{name[:11]}…"


def _coefficient(value: float | None, style: Style) -> Cell:
    if value is None:
        return Cell(NONE)
    if abs(value) < _TINY:
        return Cell(format_number(0.0, style, 2))
    return Cell(("+" if value > 0 else "") + format_number(value, style, 2))


def _clipped(result: Simulation, style: Style, paint: Paint, width: int) -> Iterator[str]:
    beyond = [weight for weight in result.weights if weight.clipped > 0]
    if beyond:
        yield paint("Draws beyond what is allowed", "bold yellow")
    for weight in beyond:
        yield paragraph(safe(_clip_text(weight, style)), width, "    ", "  ")


def _clip_text(weight: Weight, style: Style) -> str:
    each = weight.drawn.input
    least, most = each.low, each.high
    scale = 100.0 if each.unit.startswith("%") else 1.0
    bounds = []
    if weight.drawn.low < least:
        bounds.append(f"at least {plain_number(scale * least, style)}")
    if weight.drawn.high > most:
        bounds.append(f"at most {plain_number(scale * most, style)}")
    allowed = f"{' and '.join(bounds)} {each.unit}".rstrip()
    return (
        f"{each.path}: {share_text(weight.clipped, style, 1)} of its draws count as the nearest "
        f"allowed value, {allowed}"
    )


def _histograms(result: Simulation, style: Style, paint: Paint, width: int) -> Iterator[str]:
    yield paint("How the totals spread", "bold")
    for option in _ranked(result):
        name = option.name if option.label == option.name else f"{option.name} · {option.label}"
        if len(option.histogram) == 1 and option.totals.least == option.totals.most:
            total = format_money(round(option.totals.least), style)
            yield paragraph(safe(f"{name}: {total} in every draw"), width, "    ", "  ")
            continue
        yield paragraph(safe(name), width, "    ", "  ")
        yield from _bars(option, style, paint, width)


def _bars(option: OptionDraws, style: Style, paint: Paint, width: int) -> Iterator[str]:
    """A line for each bin: its edges, a bar, its share."""
    fine = any(each.low % 100 for each in option.histogram)
    edges = [(format_money(each.low, style, 2 if fine else 0), each) for each in option.histogram]
    last = format_money(option.histogram[-1].high, style, 2 if fine else 0)
    tops = [text for text, _ in edges[1:]] + [last]
    room = max(cell_len(text) for text in (*tops, edges[0][0]))
    longest = max(each.share for each in option.histogram)
    bar = max(5, width - 2 * room - len("     –     100,0 %") - 4)
    for (low, each), high in zip(edges, tops, strict=True):
        length = max(round(bar * each.share / longest), 1) if each.share > 0 else 0
        percent = share_text(each.share, style, 1)
        head = f"    {low.rjust(room)} – {high.rjust(room)}  "
        yield head + paint("█" * length, "cyan") + " " * (bar - length) + percent.rjust(8)


def simulation_json(result: Simulation) -> str:
    """The simulation as JSON: ``cmsource/simulation/1``."""
    data: Json = {
        "format": FORMAT,
        "scenario": {
            "name": result.name,
            "file": result.file,
            "currency": result.currency,
            "horizon_months": months(result.horizon_months),
        },
        "draws": result.draws,
        "seed": result.seed,
        "options": {option.name: _option(option) for option in result.options},
        "none_eligible": share(result.none_eligible),
        "at_likely": result.at_likely,
        "leaders": list(result.leaders),
        "inputs": [_input(weight) for weight in result.weights],
    }
    return dumps(data)


def _option(option: OptionDraws) -> Json:
    totals = option.totals
    return {
        "label": option.label,
        "cheapest_eligible": share(option.cheapest),
        "eligible": share(option.eligible),
        "total": {name: amount(cents / 100) for name, cents in totals._asdict().items()},
        "total_at_likely": amount(option.at_likely / 100),
        "over_budget": share(option.over_budget),
        "over_cost": share(option.over_cost),
        "histogram": [
            {"from": amount(each.low / 100), "to": amount(each.high / 100)}
            | {"share": share(each.share)}
            for each in option.histogram
        ],
    }


def _input(weight: Weight) -> Json:
    drawn = weight.drawn
    return {
        "path": drawn.path,
        "unit": drawn.input.unit,
        "low": share(drawn.low),
        "likely": share(drawn.input.value),
        "high": share(drawn.high),
        "shape": drawn.shape,
        "correlated_with": drawn.group if drawn.correlation > 0 else None,
        "correlation": share(drawn.correlation),
        "clipped": share(weight.clipped),
        "rank_correlation": {
            "leaders": share(weight.with_lead),
            "totals": {name: share(value) for name, value in weight.with_total.items()},
        },
    }


def simulation_csv(result: Simulation) -> str:
    """One row an option; a column for the rank correlation of its total with each input."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    paths = [harmless(f"rank_correlation {weight.drawn.path}") for weight in result.weights]
    writer.writerow([*COLUMNS, *paths])
    for option in result.options:
        writer.writerow([*_row(result, option), *_correlations(result.weights, option.name)])
    return text.getvalue()


def _correlations(weights: Sequence[Weight], name: str) -> Iterator[object]:
    for weight in weights:
        yield share(weight.with_total[name])


def _row(result: Simulation, option: OptionDraws) -> list[object]:
    totals = option.totals
    spread = (totals.p10, totals.p50, totals.p90, totals.least, totals.most, totals.mean)
    return [
        harmless(safe(result.name)),
        harmless(safe(option.name)),
        harmless(safe(option.label)),
        result.currency,
        result.draws,
        result.seed,
        share(option.cheapest),
        share(option.eligible),
        *(amount(cents / 100) for cents in (*spread, option.at_likely)),
        share(option.over_budget),
        share(option.over_cost),
    ]
