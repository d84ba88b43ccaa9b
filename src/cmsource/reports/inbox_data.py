"""What a log says about when messages come, as plain data: ``cmsource/inbox/1``."""

from cmsource.inbox.profile import Inbox
from cmsource.reports.comparison_data import share
from cmsource.reports.report import Json
from cmsource.values.months import months_text
from cmsource.values.text import printable as safe
from cmsource.values.week_words import hour_name

FORMAT = "cmsource/inbox/1"


def inbox_data(result: Inbox) -> Json:
    """All figures of a log."""
    tally, spread = result.tally, result.spread
    return {
        "format": FORMAT,
        "file": safe(tally.file),
        "column": tally.column,
        "other_columns": list(tally.others),
        "timezone": result.timezone,
        "rows": tally.rows,
        "messages": result.messages,
        "unreadable": tally.unreadable,
        "own_replies": tally.own,
        "left_out": tally.left_out,
        "duplicates": tally.again,
        "unreadable_rows": [{"line": row.line, "reason": row.reason} for row in tally.examples],
        "first_day": result.first.isoformat(),
        "last_day": result.last.isoformat(),
        "weeks": share(result.weeks),
        "strays": result.strays,
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
        "volumes": [
            {"monday": week.monday.isoformat(), "messages": week.messages}
            for week in result.whole_weeks
        ],
        "months": [
            {
                "month": f"{month.first:%Y-%m}",
                "messages": month.messages,
                "per_week": share(month.per_week),
            }
            for month in result.months
        ],
        "seasons": None
        if result.year is None
        else {
            "per_week": share(result.year.per_week),
            "levels": {
                months_text(season.months): share(season.share) for season in result.year.seasons
            },
        },
        "trend": None
        if result.trend is None
        else {"per_month": share(result.trend.per_month), "margin": share(result.trend.margin)},
        "answers": None
        if result.answers is None
        else {
            "column": result.answers.column,
            "asked": result.answers.asked,
            "answered": result.answers.answered,
            "median_minutes": share(result.answers.within(0.5)),
            "nine_of_ten_minutes": share(result.answers.within(0.9)),
        },
        "minutes_each": None
        if result.answers is None or result.answers.handling is None
        else {
            "minutes": share(result.answers.handling.minutes),
            "intervals": result.answers.handling.intervals,
            "confidence": "D",
        },
        "office_hours": str(result.office),
        "outside_office_hours": share(result.outside_office),
        "weekend": share(result.weekend),
        "busiest": [
            {"hour": hour_name(hour), "per_hour": share(rate)} for hour, rate in result.busiest
        ],
        "busiest_days": [
            {"day": hour_name(24 * day).split()[0], "per_day": share(rate)}
            for day, rate in result.busiest_days
        ],
        "profile": [share(weight) for weight in result.profile] or None,
        "messages_by_hour": list(result.counts),
        "observed_hours": [share(seen) for seen in result.observed],
        "notes": list(result.notes),
    }
