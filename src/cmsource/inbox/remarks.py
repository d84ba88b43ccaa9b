"""What there is to say about how one log was read, and why one without a message is refused."""

from collections.abc import Iterator
from pathlib import Path

from cmsource.inbox.layout import Layout
from cmsource.inbox.selection import Selection, Sieve, side_of, writer_in
from cmsource.inbox.tally import Unreadable
from cmsource.inbox.text_lines import refusal
from cmsource.values.diagnostics import ScenarioError
from cmsource.values.language import counted, listed, say
from cmsource.values.money import format_shortest
from cmsource.values.text import printable


def other_columns(layout: Layout) -> str:
    """Of the column that was taken, where others would do too."""
    return say(
        "the times are those of `{column}`; {others} would do too: --column takes another",
        column=layout.title,
        others=listed([say("`{column}`", column=title) for title in layout.fitting]),
    )


def not_utf_8(lines: int) -> str:
    """Of lines in an older encoding."""
    return counted(
        lines,
        "{count} line is not UTF-8 and was read as Windows-1252",
        "{count} lines are not UTF-8 and were read as Windows-1252",
        count=format_shortest(lines),
    )


def left_out(sieve: Sieve) -> Iterator[str]:
    """Of the rows that do not count."""
    side = sieve.side
    if side is not None and sieve.own and side.owner:
        yield taken_for_company(sieve.own, side.owner)
    elif side is not None and sieve.own:
        yield counted(
            sieve.own,
            "{rows} row is the company's own, as `{column}` says, and does not count: "
            "--direction all counts it",
            "{rows} rows are the company's own, as `{column}` says, and do not count: "
            "--direction all counts them",
            rows=format_shortest(sieve.own),
            column=printable(side.title),
        )
    if side is not None and sieve.others:
        yield counted(
            sieve.others,
            "{rows} row came in, as `{column}` says, and does not count",
            "{rows} rows came in, as `{column}` says, and do not count",
            rows=format_shortest(sieve.others),
            column=printable(side.title),
        )
    if sieve.unmet:
        yield counted(
            sieve.unmet,
            "{rows} row does not meet --where",
            "{rows} rows do not meet --where",
            rows=format_shortest(sieve.unmet),
        )


def taken_for_company(count: int, owner: str) -> str:
    """Of messages of whoever takes part in all conversations."""
    return counted(
        count,
        "{rows} row is of {name}, who alone takes part in all conversations and is taken for the "
        "company: it does not count, and --direction all counts it",
        "{rows} rows are of {name}, who alone takes part in all conversations and is taken for "
        "the company: they do not count, and --direction all counts them",
        rows=format_shortest(count),
        name=printable(owner),
    )


class Writers:
    """Who wrote the messages of a log in which a column tells that, and none for which side.

    Args:
        layout: how the log is laid out.
        selection: which rows are asked for.
        owner: whose log it is; empty when nobody knows.
    """

    def __init__(self, layout: Layout, selection: Selection, owner: str) -> None:
        asked = bool(selection.conditions)
        told = asked or side_of(layout.titles, layout.body, owner) is not None
        self._most = None if told else writer_in(layout.titles, layout.body)

    def not_told(self) -> Iterator[str]:
        """That answers may be among the messages, whoever wrote most."""
        if self._most is not None:
            yield say(
                "`{column}` says who wrote, not for which side: --where '{column}!=…' with your "
                "name leaves your answers out",
                column=printable(self._most[0]),
            )

    def named(self) -> Iterator[str]:
        """The same with the name of whoever wrote most."""
        if self._most is not None:
            title, name = map(printable, self._most)
            yield say(
                "`{column}` says who wrote, not for which side: if {name} is you, --where "
                "'{column}!={name}' leaves your answers out",
                column=title,
                name=name,
            )


def without_messages(
    path: Path, title: str, rows: int, unreadable: list[Unreadable], sieve: Sieve
) -> ScenarioError:
    """The refusal of a log without one readable time.

    Args:
        path: the file.
        title: that of the column of its times.
        rows: how many rows it has.
        unreadable: the first of those that cannot be read.
        sieve: what left rows out.
    """
    if not unreadable and rows:
        return refusal(
            path,
            counted(
                rows,
                "has {rows} row, which does not count: {why}",
                "has {rows} rows, of which none counts: {why}",
                rows=format_shortest(rows),
                why=listed(tuple(left_out(sieve)), say("; ")),
            ),
            say("change --where, or count every row with --direction all"),
        )
    if not unreadable:
        return refusal(path, say("has no rows"), say("export the log again"))
    first = unreadable[0]
    return refusal(
        path,
        counted(
            rows,
            "has no time that can be read in `{column}`, in {count} row: {reason}",
            "has no time that can be read in `{column}`, in {count} rows: {reason}",
            column=title,
            count=format_shortest(rows),
            reason=first.reason,
        ),
        say("name the right column with --column; times look like 2024-03-05 14:22"),
        first.line,
    )
