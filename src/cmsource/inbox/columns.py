"""The columns of a log: which says when a message came in, and what their titles mean."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import starmap
from typing import NamedTuple
from zoneinfo import available_timezones

from cmsource.inbox.timestamps import StampError, is_clock, is_day, read_stamp, stamp_of

Rows = list[list[str]]

_ALIKE = 10
"""Times of a column that must all stand in one quarter of the day before it carries no hour."""
_A_DAY = 96
_SOME = 3
_OFFSETS = 2
_MOST_AHEAD = 14 * 4
"""Quarters of an hour; no clock is further ahead of UTC."""
_OTHER_MOMENT = 1 << 20

# Titles of what happens to a message after it came in, or to whoever wrote it.
_LATER = (
    r"updat modif \bclos(ed?|ing|ure)\b resol solved respon repl(y|ied) answer scrap crawl fetch "
    r"retriev export imported extract download indexed delet edit \bread\b \bseen\b \bdue\b "
    r"\bsla\b deadline expir assign complet \bend(ed|s)?\b finish \blast\b birth "
    r"clôtur clotur ferm résol répon repon \bmaj\b \bmise?\b dernier supprim naissance "
    r"geändert aktualisiert geschlossen beantwortet letzte actualiz cerrad último ultima "
    r"aggiorn chius ultimo bijgewerkt gesloten laatste atualiz fechad"
)
# Titles of other steps of its way, and of what is no message: orders, deliveries, campaigns.
_OTHER = (
    r"\bprocess \bhandled \bescalat \backnowledg \baccept \bapprov \barchiv \bmerged "
    r"\bre-?open \bsnooz \brat(ed|ing)\b \bremind \bview \bdeliver \bpurchas \border(s|ed)?\b "
    r"\binvoic \bpaid\b \bship(ped|ping|ment)?\b \bpickup\b \breturn \bsubscri \bpromotion "
    r"\bsince\b \bthread\sts\b \bsent\sto\b \bwait(ing|ed)?\b \bagent\b "
    r"\btrait(é|e|és|ement) \blivr \bcommandes? \bachat \bfactur \bpaiement \brappel "
    r"\bbearbeit \berledig \bliefer \bgeliefert \bbestell \bkauf \brechnung "
    r"\bcierre \bentrega \bpedido \bcompra \bconsegn \bordine \bacquisto \bgestit "
    r"\bgewijzigd \bopgelost \bbehandeld \blevering \bbestel"
)
_WITHIN = r"message comment mensaje messaggio mensagem nachricht bericht"
"""What stands within a post, a ticket, a conversation that have times of their own."""
_DURATION = (
    r"durat durée dauer duraci durata duur elapsed talk \bhandl \bhold \bspeed \baverage \bavg "
    r"moyen \btotal \bspent \btime\sto\b \bring attente wait \bsla\b"
)
_HOUR = r"\bhour\b \bheure\b \bstunde\b \bhora\b \bora\b \buur\b"
_OF_ACCOUNT = r"\b(user|author|account|profile|member)s?\b.*(creat|join|regist|since)"
_ARRIVED = (
    r"creat receiv \bsent\b sent submi posted publish opened arriv inbound incoming "
    r"reçu \brecue?\b envoy créé dépos publi erstellt eingang empfang gesendet "
    r"recibid enviad cread ricevut inviat aangemaakt ontvang verzond verstuurd recebid criad"
)
_TIMES = (
    r"date time stamp hour heure horodat \bts\b when datum zeit stunde fecha \bhora data\b \bora\b "
    r"tijd \buur\b quand \bat\b"
)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words.replace(" ", "|"))


def words_of(title: str) -> str:
    """The words of a title: ``createdAt``, ``created_at`` and ``Created at`` are one."""
    apart = re.sub(r"(?<=[^\W\d_A-Z])(?=[A-Z])", " ", title)
    return " ".join(re.split(r"[\W_]+", apart.lower())).strip()


def comes_later(title: str) -> bool:
    """Whether a title is that of what happens after a message came in."""
    words = words_of(title)
    return happens_later(title) or any(
        re.search(pattern, words) for pattern in (_pattern(_OTHER), _OF_ACCOUNT)
    )


def happens_later(title: str) -> bool:
    """Whether a title is that of what is done about a message."""
    return _pattern(_LATER).search(words_of(title)) is not None


_REPLIED = (
    r"\breply\b repli(ed|es) respond respon[cs]e answer répon repon beantwort antwort respuesta "
    r"respond rispost antwoord"
)
_NO_REPLY = (
    r"customer client visitor \blast\b \bdue\b \bsla\b deadline target next dernièr derniere "
    r"letzte última"
)


def says_reply(title: str) -> bool:
    """Whether a title is that of when a message was answered."""
    words = words_of(title)
    return bool(_pattern(_REPLIED).search(words)) and not _pattern(_NO_REPLY).search(words)


def telling(title: str) -> int:
    """How plainly a title says that a message came in then: 2, a time: 1, or nothing: 0."""
    words = words_of(title)
    if _pattern(_ARRIVED).search(words):
        return 2
    return 1 if _pattern(_TIMES).search(words) else 0


def says_hour(title: str) -> bool:
    """Whether a title is that of the hours of a day, which may be whole numbers."""
    return _pattern(_HOUR).search(words_of(title)) is not None


def of_message(title: str) -> bool:
    """Whether a title is that of the time of a message, and not of what it stands in."""
    return telling(title) > 0 and _pattern(_WITHIN).search(words_of(title)) is not None


_ZONE = re.compile(
    r"(?:\b|_)(?:utc|gmt)\s?(?P<offset>[+-]\d\d?)?(?:\b|_)"
    r"|\((?P<name>[a-z]{2,4})\)|(?P<place>\b[a-z]+/[a-z_]+(?:/[a-z_]+)?\b)",
    re.IGNORECASE,
)
# What tools mean by the short names of zones in titles: the clock of the place, in summer too.
_PLACES = {
    **dict.fromkeys(("et", "est", "edt"), "America/New_York"),
    **dict.fromkeys(("ct", "cst", "cdt"), "America/Chicago"),
    **dict.fromkeys(("mt", "mst", "mdt"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt"), "America/Los_Angeles"),
    **dict.fromkeys(("cet", "cest", "mez", "mesz"), "Europe/Paris"),
    **dict.fromkeys(("eet", "eest"), "Europe/Athens"),
    **dict.fromkeys(("wet", "west"), "Europe/Lisbon"),
    "bst": "Europe/London",
}


def zone_in(title: str) -> str:
    """The time zone that the title of a column names, as in ``Created (UTC)``, or nothing."""
    if (found := _ZONE.search(title)) is None:
        return ""
    if found["place"]:
        return next((name for name in available_timezones() if name == found["place"]), "")
    if found["name"] is None or found["name"].lower() in {"utc", "gmt"}:
        offset = int(found["offset"] or 0)
        return f"Etc/GMT{-offset:+}" if offset else "UTC"
    return _PLACES.get(found["name"].lower(), "")


class Candidate(NamedTuple):
    """A column that may hold the times.

    Attributes:
        at: its number, from 0.
        share: how many of the rows have a time in it.
        form: the form of most of those.
        hours: whether they differ by more than their day.
    """

    at: int
    share: float
    form: str
    hours: bool = True


def readable(text: str) -> str:
    """The form of a text that is a time, else nothing."""
    try:
        found = stamp_of(text)
    except StampError:
        return ""
    return "" if found is None else found.form


def candidates(rows: Rows) -> list[Candidate]:
    """Columns of which at least half of the cells that are not empty hold a time."""
    found = []
    for index in range(max(map(len, rows))):
        cells = [row[index] for row in rows if index < len(row) and row[index].strip()]
        forms = [form for form in map(readable, cells) if form]
        if forms and 2 * len(forms) >= len(cells):
            form = max(sorted(set(forms)), key=forms.count)
            found.append(Candidate(index, len(forms) / len(rows), form, _have_hours(cells)))
    return found


def _have_hours(cells: Iterable[str]) -> bool:
    quarters = []
    for cell in cells:
        try:
            stamp = read_stamp(cell)
        except StampError:
            continue
        quarter = stamp.quarter if stamp.quarter is not None else stamp.month_first
        assert quarter is not None
        quarters.append(quarter)
    return len(set(quarters)) < _ALIKE or len({quarter % _A_DAY for quarter in quarters}) > 1


def title_at(titles: Sequence[str], index: int) -> str:
    """The title of a column, or nothing."""
    return titles[index] if index < len(titles) else ""


def fits(candidate: Candidate, titles: Sequence[str]) -> bool:
    """Whether a column may say when messages came in; numbers of days need a title that does."""
    title = title_at(titles, candidate.at)
    return not comes_later(title) and (candidate.form != "serial" or telling(title) > 0)


def would_do(candidate: Candidate, titles: Sequence[str]) -> bool:
    """Whether a column may well say when messages came in; numbers need a title that does."""
    title = title_at(titles, candidate.at)
    return fits(candidate, titles) and (candidate.form != "epoch" or telling(title) > 0)


class Apart(NamedTuple):
    """Days and times of the day in columns of their own.

    Attributes:
        day: the column of the days.
        clock: that of the times; None when there is none.
    """

    day: int
    clock: int | None


def apart(rows: Rows, titles: Sequence[str], column: int | None = None) -> Apart | None:
    """The columns of days and of times of the day, or None where there are no days.

    Args:
        rows: the first messages.
        titles: titles of the columns.
        column: the one of the days, when it is known.
    """
    width = max(map(len, rows))

    def holding(kind: Callable[[str], bool], may_be_whole: Callable[[str], bool]) -> list[int]:
        found = []
        for index in range(width):
            cells = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
            title = title_at(titles, index)
            whole = all(map(str.isdecimal, cells))
            numbers = all(cell.replace(",", "").replace(".", "").isdecimal() for cell in cells)
            if not cells:
                continue
            if index != column and (
                comes_later(title)
                or (numbers and not telling(title))
                or (whole and not may_be_whole(title))
            ):
                continue
            if 2 * sum(map(kind, cells)) >= len(cells):
                found.append(index)
        return found

    days = holding(is_day, lambda title: telling(title) > 0)
    clocks = [
        index
        for index in holding(is_clock, says_hour)
        if not _pattern(_DURATION).search(words_of(title_at(titles, index)))
    ]
    if column is not None:
        days = [index for index in days if index == column]
    if not days:
        return None
    day = max(days, key=lambda index: (telling(title_at(titles, index)), -index))
    clock = min(
        (index for index in clocks if index != day),
        key=lambda index: (not telling(title_at(titles, index)), abs(index - day), index < day),
        default=None,
    )
    return Apart(day, clock)


def likeliest(found: Sequence[Candidate], titles: Sequence[str]) -> int | None:
    """The column to take, or None when there is none of messages that come in.

    Dates stand before numbers and times before days, then a title of messages or a telling one
    decides, then how full the column is.
    """

    def rank(candidate: Candidate) -> tuple[bool, bool, bool, int, float, int]:
        title = title_at(titles, candidate.at)
        return (
            candidate.hours,
            candidate.form != "epoch" or telling(title) == 2,
            of_message(title),
            telling(title),
            round(candidate.share, 1),
            -candidate.at,
        )

    fitting = [each for each in found if fits(each, titles)]
    return max(fitting, key=rank).at if fitting else None


def twin_of(
    index: int, found: Sequence[Candidate], titles: Sequence[str], rows: Rows
) -> int | None:
    """The column with the same moments as another one, which does not say their zone, and theirs.

    The clock of a place is ahead of UTC by one offset, or by two, where summer time has one.
    """
    for candidate in found:
        if candidate.at == index or not would_do(candidate, titles):
            continue
        ahead = {_ahead(row, index, candidate.at) for row in rows} - {None}
        pairs = sum(max(index, candidate.at) < len(row) for row in rows)
        if pairs >= _SOME and 1 <= len(ahead) <= _OFFSETS and _OTHER_MOMENT not in ahead:
            return candidate.at
    return None


def _ahead(row: Sequence[str], local: int, zoned: int) -> int | None:
    """Quarters by which a clock is ahead of UTC, as two cells of a row show it."""
    if max(local, zoned) >= len(row) or not (row[local].strip() and row[zoned].strip()):
        return None
    try:
        here, there = read_stamp(row[local]), read_stamp(row[zoned])
    except StampError:
        return _OTHER_MOMENT
    if here.zoned or not there.zoned or here.seconds != there.seconds:
        return _OTHER_MOMENT
    if here.quarter is None or there.quarter is None:
        return _OTHER_MOMENT
    ahead = here.quarter - there.quarter
    return ahead if -_MOST_AHEAD <= ahead <= _MOST_AHEAD else _OTHER_MOMENT


def column_of(name: str, titles: Sequence[str]) -> int | None:
    """The column of that title, exactly or but for its case, or of that number from 1."""
    bare = [title.strip() for title in titles]
    if name in bare:
        return bare.index(name)
    folded = [title.casefold() for title in bare]
    if name.strip().casefold() in folded:
        return folded.index(name.strip().casefold())
    if name.isdecimal() and 1 <= int(name[:9]) <= len(titles):
        return int(name) - 1
    return None


def replied_in(
    found: Sequence[Candidate], titles: Sequence[str], rows: Rows, came: int
) -> int | None:
    """The column with the time of the answer to each message, which is never before it came in.

    Args:
        found: the columns of times.
        titles: titles of the columns.
        rows: the first messages.
        came: the column with the times at which they came in.
    """
    for candidate in found:
        at = candidate.at
        if at == came or not says_reply(title_at(titles, at)):
            continue
        pairs = [(row[came], row[at]) for row in rows if max(came, at) < len(row) and row[at]]
        if pairs and all(starmap(_in_order, pairs)):
            return at
    return None


def _in_order(before: str, after: str) -> bool:
    """Whether one time may be before another; texts that are none may be."""
    try:
        first, second = read_stamp(before), read_stamp(after)
    except StampError:
        return True
    orders = (first.quarter, second.quarter), (first.month_first, second.month_first)
    return first.zoned is second.zoned and any(
        one is not None and other is not None and one <= other for one, other in orders
    )
