"""The piece of scenario that a log gives: its volume, seasons, minutes a message and profile."""

import json

from cmsource.inbox.answers import Answers
from cmsource.inbox.profile import Inbox
from cmsource.values.language import counted, listed, say
from cmsource.values.money import format_shortest
from cmsource.values.months import months_text
from cmsource.values.week_words import hour_name

_PARTS = 100_000
_A_LINE = 12


def snippet(result: Inbox, per_week: float, profile: str = "") -> str:
    """A piece of scenario with the volume and the profile.

    Args:
        result: the figures.
        per_week: messages a week.
        profile: the profile file; its weights stand in the scenario itself when empty.
    """
    lines: list[str] = ["needs:"]
    if result.year is None:
        lines += ["  messages:", f"    per_week: {_number(per_week)}"]
    else:
        shares = ", ".join(
            f"{months_text(season.months)}: {{messages: {season.share:.0%}}}"
            for season in result.year.seasons
        )
        of_other = say("in a month without a season")
        lines += [f"  seasons: {{{shares}}}", "  messages:"]
        lines.append(listed([f"    per_week: {_number(result.year.per_week)}   # ", of_other], ""))
    lines.append(_minutes_each(result.answers))
    if profile:
        lines.append(f"    profile: {{file: {json.dumps(profile, ensure_ascii=False)}}}")
        return listed(lines, "\n")
    if not result.profile:
        lines.append(say("    # no profile: the log does not say the hours"))
        return listed(lines, "\n")
    parts = [round(weight * _PARTS) for weight in result.profile]
    lines.append(
        listed(
            [
                "    profile: [   # ",
                say("of {all} messages, how many come in each hour", all=format_shortest(_PARTS)),
            ],
            "",
        )
    )
    for start in range(0, len(parts), _A_LINE):
        row = ", ".join(f"{part:>4}" for part in parts[start : start + _A_LINE])
        lines.append(listed([f"      {row},  # ", hour_name(start)], ""))
    lines.append("    ]")
    return listed(lines, "\n")


def _number(value: float) -> str:
    """A number as scenarios take it: a point before three digits could be one of thousands."""
    text = f"{value:.2f}".rstrip("0").rstrip(".") if value >= 1 else f"{value:.4g}"
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def _minutes_each(answers: Answers | None) -> str:
    """The line of a scenario that says how long somebody works on a message."""
    if answers is None or answers.handling is None:
        why = say("your own: a log does not say how long answers take")
        return listed(["    minutes_each: 5 min   # ", why], "")
    handling = answers.handling
    why = counted(
        handling.intervals,
        "D: derived from {count} interval between two answers of one person, with the next "
        "question waiting",
        "D: derived from {count} intervals between two answers of one person, with the next "
        "question waiting",
        count=format_shortest(handling.intervals),
    )
    minutes = _number(float(f"{handling.minutes:.2g}"))
    return listed([f"    minutes_each: {minutes} min   # ", why], "")
