"""Who the company is, where each of several files is a conversation of two."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from cmsource.inbox.answers import conversation_of
from cmsource.inbox.packed import Part, parts_of
from cmsource.inbox.records import records_of
from cmsource.inbox.selection import writer_at
from cmsource.values.diagnostics import ScenarioError

_FILES = 50
"""Files that are looked at; others are like them."""
_LEAST = 3
_SAMPLE = 200
_TWO = 2


def owner_of(paths: Iterable[Path]) -> str:
    """Who alone takes part in all conversations, of three files or more; nothing where none does.

    A file in which more than two write is no such conversation: a mailbox or a channel has those
    who write most in all of its parts, and they need not be the company.

    Args:
        paths: the files of the log; others than files are passed over, as they are read only once.
    """
    writers = []
    files = 0
    for path in paths:
        if not path.is_file() or files >= _FILES:
            continue
        try:
            with path.open("rb") as log:
                for part in islice(parts_of(path, log, path.stat().st_size, None), _FILES - files):
                    files += 1
                    writers.append(_writers(path, part))
        except (OSError, ScenarioError):
            continue  # said where it is read
    of_two = [names for names in writers if len(names) == _TWO]
    if len(of_two) < _LEAST or 2 * len(of_two) < len([names for names in writers if names]):
        return ""
    owners = set.intersection(*of_two)
    return owners.pop() if len(owners) == 1 else ""


def _writers(path: Path, part: Part) -> set[str]:
    """Who writes in a file, where it is one conversation."""
    try:
        records = records_of(path, part.content, part.name)
        if records is None:
            return set()
        titles, *body = islice(records.rows, _SAMPLE)
    except (ScenarioError, ValueError):
        return set()
    conversation, at = conversation_of(titles, body), writer_at(titles)
    if at is None:
        return set()
    if conversation is not None and len({row[conversation] for row in body}) > 1:
        return set()
    return {row[at].strip() for row in body if row[at].strip()}
