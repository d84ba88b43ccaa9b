"""What a log says about when messages come: text, JSON, a profile file and a piece of scenario."""

import csv
import io
import json
from collections.abc import Iterator

from cmsource.inbox.profile import Inbox
from cmsource.output.layout import Cell, Column, Paint, painter, paragraph, table
from cmsource.output.week import picture, shaded, shades_legend
from cmsource.reports.comparison_data import Json, share
from cmsource.values.money import Style, format_number, format_share, style_for
from cmsource.values.text import printable as safe
from cmsource.values.week_words import hour_name, moment_in_words
from cmsource.writers.json import dumps

FORMAT = "cmsource/inbox/1"
_PARTS = 100_000
_A_LINE = 12


def inbox_text(result: Inbox, profile: str = "", *, width: int = 80, colour: bool = False) -> str:
    """The figures for people, then the piece of scenario that they make.

    Args:
        result: the figures.
        profile: name of the profile file that was written; the weights are printed when empty.
        width: cells a line.
        colour: whether to paint.
    """
    paint = painter(colour=colour)
    style = style_for("")
    parts = [
        _title(result, style, paint, width),
        "\n".join(_figures(result, style, paint, width)),
        "\n".join(_when(result, style, paint, width)),
        "\n".join(_unreadable(result, paint, width)),
        "\n".join(_notes(result, paint, width)),
        f"{paint('For your scenario', 'bold')}\n{snippet(result, profile)}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _title(result: Inbox, style: Style, paint: Paint, width: int) -> str:
    tally = result.tally
    head = f"{tally.file} · {tally.column} · {result.timezone}"
    messages = format_number(result.messages, style)
    weeks = format_number(result.weeks, style, 1)
    line = f"{messages} messages from {result.first} to {result.last}, {weeks} weeks"
    more = f"; other columns with times: {', '.join(tally.others)}" if tally.others else ""
    return f"{paint(paragraph(safe(head), width), 'bold')}\n{paragraph(safe(line + more), width)}"


def _figures(result: Inbox, style: Style, paint: Paint, width: int) -> list[str]:
    busiest = ", ".join(
        f"{hour_name(hour)} ({_rate(rate, style)} an hour)" for hour, rate in result.busiest
    )
    rows = [
        ("Messages a week", f"{format_number(result.per_week, style, 1)} on average"),
        ("Whole weeks", _spread(result, style)),
        (
            "Outside office hours",
            f"{format_share(result.outside_office, style)} ({result.office})",
        ),
        ("At weekends", format_share(result.weekend, style)),
        ("Busiest hours", busiest),
    ]
    columns = [Column(""), Column("", wraps=True)]
    cells = [[Cell(name, "cyan"), Cell(text)] for name, text in rows]
    return table(columns, cells, width, paint)[1:]


def _rate(rate: float, style: Style) -> str:
    return format_number(rate, style, 1 if rate >= 10 else 2)


def _spread(result: Inbox, style: Style) -> str:
    spread = result.spread
    if spread is None:
        return "none, from Monday to Sunday, lies within the log"
    if spread.deviation is None:
        return f"one, with {format_number(spread.least, style)}"
    return (
        f"{spread.weeks}, with {format_number(spread.least, style)} to "
        f"{format_number(spread.most, style)}, median {format_number(spread.median, style, 1)}, "
        f"standard deviation {format_number(spread.deviation, style, 1)}"
    )


def _when(result: Inbox, style: Style, paint: Paint, width: int) -> Iterator[str]:
    yield paint("When they come", "bold")
    yield from picture(shaded(result.profile, "cyan"), width, paint)
    hour, rate = result.busiest[0]
    most = f"{_rate(rate, style)} messages an hour, {moment_in_words(60 * hour)}"
    yield paint(paragraph(shades_legend(most), width, "  "), "dim")


def _unreadable(result: Inbox, paint: Paint, width: int) -> Iterator[str]:
    tally = result.tally
    if not tally.unreadable:
        return
    yield paint(f"Not read: {tally.unreadable:,} of {tally.rows:,} rows", "bold yellow")
    for row in tally.examples:
        yield paragraph(safe(f"line {row.line}: {row.reason}"), width, "    ", "  ")
    if tally.unreadable > len(tally.examples):
        yield f"  and {tally.unreadable - len(tally.examples):,} more"


def _notes(result: Inbox, paint: Paint, width: int) -> Iterator[str]:
    if result.notes:
        yield paint("Notes", "bold yellow")
        for note in result.notes:
            yield paragraph(safe(note), width, "    ", "  ")


def snippet(result: Inbox, profile: str = "") -> str:
    """A piece of scenario with the volume and the profile.

    Args:
        result: the figures.
        profile: the profile file; its weights stand in the scenario itself when empty.
    """
    lines = [
        "needs:",
        "  messages:",
        f"    per_week: {result.per_week:.6g}",
        "    minutes_each: 5 min   # your own: a log does not say how long answers take",
    ]
    if profile:
        lines.append(f"    profile: {{file: {json.dumps(profile, ensure_ascii=False)}}}")
        return "\n".join(lines)
    parts = [round(weight * _PARTS) for weight in result.profile]
    lines.append(f"    profile: [   # of {_PARTS:,} messages, how many come in each hour")
    for start in range(0, len(parts), _A_LINE):
        row = ", ".join(f"{part:>4}" for part in parts[start : start + _A_LINE])
        lines.append(f"      {row},  # {hour_name(start)}")
    lines.append("    ]")
    return "\n".join(lines)


def profile_csv(result: Inbox) -> str:
    """A profile file, which ``profile: {file: …}`` reads: one row for each hour of the week.

    The weight of an hour is the messages that came in it, divided by how often it was observed.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("day", "hour", "weight", "messages", "observed_hours"))
    for hour, share_of_week in enumerate(result.profile):
        day, clock = hour_name(hour).split()
        weight = f"{share_of_week * result.per_week:.9g}"
        seen = f"{result.observed[hour]:.12g}"
        writer.writerow((day, clock, weight, result.counts[hour], seen))
    return text.getvalue()


def inbox_json(result: Inbox) -> str:
    """The figures as JSON: ``cmsource/inbox/1``."""
    tally, spread = result.tally, result.spread
    data: Json = {
        "format": FORMAT,
        "file": safe(tally.file),
        "column": tally.column,
        "other_columns": list(tally.others),
        "timezone": result.timezone,
        "rows": tally.rows,
        "messages": result.messages,
        "unreadable": tally.unreadable,
        "unreadable_rows": [{"line": row.line, "reason": row.reason} for row in tally.examples],
        "first_day": result.first.isoformat(),
        "last_day": result.last.isoformat(),
        "weeks": share(result.weeks),
        "per_week": share(result.per_week),
        "whole_weeks": None
        if spread is None
        else {
            "count": spread.weeks,
            "least": spread.least,
            "median": share(spread.median),
            "most": spread.most,
            "standard_deviation": share(spread.deviation),
        },
        "office_hours": str(result.office),
        "outside_office_hours": share(result.outside_office),
        "weekend": share(result.weekend),
        "busiest": [
            {"hour": hour_name(hour), "per_hour": share(rate)} for hour, rate in result.busiest
        ],
        "profile": [share(weight) for weight in result.profile],
        "messages_by_hour": list(result.counts),
        "observed_hours": [share(seen) for seen in result.observed],
        "notes": list(result.notes),
    }
    return dumps(data)
