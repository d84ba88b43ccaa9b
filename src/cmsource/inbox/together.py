"""The logs of several files as one: what they hold, and what there is to say of them all."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from cmsource.inbox.clock import instants_of
from cmsource.inbox.message_counts import Counts
from cmsource.inbox.remarks import taken_for_company
from cmsource.inbox.single_log import EXAMPLES
from cmsource.inbox.tally import Tally, Unreadable
from cmsource.values.language import counted, say
from cmsource.values.money import format_shortest
from cmsource.values.text import printable, shown

_SAID_ONE_BY_ONE = 3
"""Files of which each has its own notes; those of more would be a wall of them."""
_SAID = 5


def _of_many(found: Sequence[Tally], own: int, left_out: int) -> Iterator[str]:
    """What there is to say of files of which there are many: what most of them have in common.

    Args:
        found: what they hold.
        own: rows of the company that do not count.
        left_out: other rows that do not.
    """
    common = Counter(note for tally in found for note in tally.reading)
    for note, count in common.most_common(_SAID):
        yield (
            note
            if count == len(found)
            else counted(
                count,
                "in {count} of {all} files: {note}",
                "in {count} of {all} files: {note}",
                count=format_shortest(count),
                all=format_shortest(len(found)),
                note=note,
            )
        )
    owners = {tally.owner for tally in found if tally.own}
    if own and len(owners) == 1 and "" not in owners:
        yield taken_for_company(own, owners.pop())
    elif own:
        yield counted(
            own,
            "{rows} row is the company's own and does not count: --direction all counts it",
            "{rows} rows are the company's own and do not count: --direction all counts them",
            rows=format_shortest(own),
        )
    if left_out:
        yield counted(
            left_out,
            "{rows} row was not asked for and does not count",
            "{rows} rows were not asked for and do not count",
            rows=format_shortest(left_out),
        )


def together(
    path: str, more: int, found: Sequence[tuple[str, Tally]], refused: Sequence[str]
) -> Tally:
    """The logs of several files as one."""
    first = found[0][1]
    if len(found) == 1 and not refused and not more:
        return first
    instants, local = Counts(), Counts()
    examples: list[Unreadable] = []
    notes: list[str] = []
    if len(found) > 1:
        notes.append(say("{count} files are one log", count=format_shortest(len(found))))
    if refused:
        notes.append(
            counted(
                len(refused),
                "{count} file in it is no log of messages: {name}",
                "{count} files in it are no logs of messages, such as {name}",
                count=format_shortest(len(refused)),
                name=printable(refused[0]),
            )
        )
    zones = {tally.zone for _, tally in found if tally.local}
    for name, tally in found:
        if len(zones) > 1 and tally.zone:
            instants.update(Counts(instants_of(tally, ZoneInfo(tally.zone))[0]))
        else:
            instants.update(tally.instants)
            local.update(tally.local)
        where = shown(Path(name).name)
        examples += [
            row._replace(reason=say("{reason}, in {file}", reason=row.reason, file=where))
            for row in tally.examples
        ]
        if len(found) <= _SAID_ONE_BY_ONE:
            notes += [say("{file}: {note}", file=where, note=note) for note in tally.notes]
    own, left_out, again = (
        sum(getattr(tally, name) for _, tally in found) for name in ("own", "left_out", "again")
    )
    if len(found) > _SAID_ONE_BY_ONE:
        notes += _of_many([tally for _, tally in found], own, left_out)
    if again:
        notes.append(
            counted(
                again,
                "{rows} row stands in an earlier file too, as its id says, and counts once",
                "{rows} rows stand in an earlier file too, as their ids say, and count once",
                rows=format_shortest(again),
            )
        )
    others = dict.fromkeys(title for _, tally in found for title in tally.others)
    return first._replace(
        file=path if not more else say("{file} and {count} more", file=path, count=more),
        others=tuple(others),
        rows=sum(tally.rows for _, tally in found),
        unreadable=sum(tally.unreadable for _, tally in found),
        examples=tuple(examples[:EXAMPLES]),
        instants=instants,
        local=local,
        notes=tuple(notes),
        own=own,
        left_out=left_out,
        again=again,
        days=all(tally.days for _, tally in found),
        zone=zones.pop() if len(zones) == 1 else "",
        exchanges=tuple(each for _, tally in found for each in tally.exchanges),
    )
