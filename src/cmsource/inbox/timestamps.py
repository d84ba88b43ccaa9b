"""Texts to moments in time: the ways in which exports write when a message came.

`read_stamp` reads any of them.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import NamedTuple

from cmsource.inbox.date_words import FILLERS, bare, names_of_dates
from cmsource.inbox.message_counts import FIRST_YEAR, LAST_YEAR
from cmsource.values.language import say
from cmsource.values.text import shown

EPOCH = datetime(1970, 1, 1)
EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
SECONDS = 900
LEAST = (datetime(FIRST_YEAR, 1, 1) - EPOCH) // QUARTER
MOST = (datetime(LAST_YEAR + 1, 1, 1) - EPOCH) // QUARTER
_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
# Names of zones that mean one offset in all logs that have them, in hours: RFC 5322, section 4.3,
# and the European ones of the tz database. Others, such as IST, mean several.
_ZONES = {
    **{"z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7},
    **{"mdt": -6, "pst": -8, "pdt": -7, "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1},
    **{"mesz": 2, "eet": 2, "eest": 3, "bst": 1},
}
_SERIAL_1970 = 25569
"""The number that spreadsheets give 1 January 1970; they count days from 30 December 1899."""
_DIGITS = re.compile(r"\d\D*\d\D*\d")
"""What every date with a time has: a day, a year and an hour."""
_PLACE = re.compile(r"\[[A-Za-z]+/[A-Za-z_/]+\]$")
"""What some programs write behind an offset: ``+02:00[Europe/Paris]``."""
ISO_TEXT = 11  # shorter ISO 8601 texts are dates without an hour
_UNITS = (1, 10**3, 10**6, 10**9)
_TWITTER_TEXT = 30


class StampError(ValueError):
    """A text that is no moment in time; its message says why."""


class Stamp(NamedTuple):
    """A moment as a quarter of an hour.

    Attributes:
        quarter: since 1970-01-01 00:00; of UTC when `zoned`, else of the clock of the place.
        zoned: whether the text says its offset from UTC.
        form: how it was written, a key of `_FORMS`.
        ordered: whether it depends on which number is the day, as in 03/04/2017; `quarter` is
            then that of 3 April, or None when the first number can be no day.
        month_first: the quarter of such a text when the first number is the month, or None when
            it can be none.
        seconds: how many of the quarter have gone by.
    """

    quarter: int | None
    zoned: bool
    form: str
    ordered: bool = False
    month_first: int | None = None
    seconds: int = 0


def read_stamp(text: str, likely: str = "") -> Stamp:
    """Read one text as a moment.

    Args:
        text: the text.
        likely: the form to try first; it decides nothing, since no text has two forms.

    Raises:
        StampError: it is none.
    """
    found = stamp_of(text, likely)
    if found is not None:
        return found
    text = " ".join(text.split())
    if not text:
        raise StampError(say("the cell is empty"))
    raise StampError(say("{text} is not a date with a time of day", text=shown(text)))


@lru_cache(maxsize=4096)  # a busy log says each minute several times
def stamp_of(text: str, likely: str = "") -> Stamp | None:
    """The moment that a text is, if it looks like one; the rest as `read_stamp`."""
    text = _PLACE.sub("", " ".join(text.split())).removeprefix("'")  # a sign of texts in cells
    if _DIGITS.search(text) is None:
        return None
    if likely in _FORMS and isinstance(found := _FORMS[likely](text[:100]), Stamp):
        return found
    for form, read in _FORMS.items():
        found = read(text[:100])
        if isinstance(found, datetime):
            return Stamp(_quarter(found), found.tzinfo is not None, form, seconds=_seconds(found))
        if found is not None:
            return found
    return None


def _seconds(moment: datetime) -> int:
    """Seconds of its quarter of an hour that have gone by; no zone cuts a quarter."""
    return moment.minute % 15 * 60 + moment.second


def _quarter(moment: datetime) -> int:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise StampError(
            say(
                "the year {year} is not one from {first} to {last}",
                year=moment.year,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        )
    return (moment - (EPOCH if moment.tzinfo is None else EPOCH_UTC)) // QUARTER


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    names = "|".join(sorted(_ZONES, key=len, reverse=True))
    offset = r"(?:utc|gmt)? ?[+-]\d\d:?\d\d|(?:utc|gmt)[+-]\d\d?"
    zone = rf"(?P<zone>{offset}|{names})?(?: \((?P<named>[^()]+)\))?"
    clock = (
        r"(?P<hour>\d\d?)(?:(?:[:.]|h| ?h )(?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?:[.,]\d+)?)?"
        r"(?P<h> ?h)?(?: ?(?P<half>[ap])\.? ?m\.?)?(?: uhr)?"
    )
    return {
        "epoch": re.compile(r"(\d{9,19})(?:[.,]\d+)?"),
        "iso": re.compile(
            r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?(?:([+-]\d\d):?(\d\d))?"
            r"( ?(?:z|utc|gmt))?",
            re.IGNORECASE,
        ),
        "numbers": re.compile(
            r"(?:(?P<weekday>[^\W\d_]+)[.,]* )?"
            r"(?P<one>\d+)(?P<mark>[/.-])(?P<two>\d\d?)(?P=mark)(?P<three>\d+)"
            rf"(?:,? |t| - | (?:à|at|um|om|alle) ){clock} ?{zone}",
            re.IGNORECASE,
        ),
        "turned": re.compile(
            r"(\d\d?[:h]\d\d(?::\d\d)?(?: ?[ap]\.? ?m\.?)?),? (?:(?:le|on|-|·) )?"
            r"(\d+[/.-]\d\d?[/.-]\d+)",
            re.IGNORECASE,
        ),
        "date": re.compile(r"\d+[/.-]\d\d?[/.-]\d+"),
        "clock": re.compile(rf"(?<![\d:]){clock} ?{zone}(?![\d:])", re.IGNORECASE),
        "word": re.compile(r"[^\W\d_]+\.?|\d+|\S"),
        "serial": re.compile(r"(\d{5})[.,](\d+)"),
        "digits": re.compile(r"(\d{8})(\d{4}(?:\d\d)?)"),
        "apache": re.compile(
            r"\[?(\d\d)/([a-z]{3})/(\d{4}):(\d\d:\d\d:\d\d)(?: ([+-]\d{4}))?\]?", re.IGNORECASE
        ),
    }


def _read_epoch(text: str) -> Stamp | None:
    """Seconds since 1970, or thousandths, millionths, thousand-millionths of them."""
    found = _patterns()["epoch"].fullmatch(text)
    if found is None:
        return None
    value = int(found[1])
    for unit in _UNITS:
        quarter = value // (SECONDS * unit)
        if LEAST <= quarter < MOST:
            return Stamp(quarter, True, "epoch", seconds=value // unit % SECONDS)
    return None


def _read_digits(text: str) -> datetime | None:
    """``20171031221047``, with or without seconds."""
    found = _patterns()["digits"].fullmatch(text)
    if found is None:
        return None
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2]}")
    except ValueError:
        return None


def _read_serial(text: str) -> Stamp | None:
    """Days since 1899, as spreadsheets keep times: ``43039.924155``."""
    found = _patterns()["serial"].fullmatch(text)
    if found is None:
        return None
    half_a_second = 0.5 / 86400  # 22:15 is kept as a fraction that may lie below it
    days = float(f"{found[1]}.{found[2]}") - _SERIAL_1970 + half_a_second
    quarter = int(days * 96)
    seconds = int(days * 86400) % SECONDS
    return Stamp(quarter, False, "serial", seconds=seconds) if LEAST <= quarter < MOST else None


def _read_apache(text: str) -> datetime | None:
    """``31/Oct/2017:22:10:47 +0000``, as web servers log it."""
    found = _patterns()["apache"].fullmatch(text)
    if found is None:
        return None
    day, month, year, clock, offset = found.groups()
    try:
        iso = f"{year}-{_MONTHS[month.capitalize()]}-{day}T{clock}{offset or ''}"
        return datetime.fromisoformat(iso)
    except (KeyError, ValueError):
        return None


def joined(day: str, clock: str) -> str:
    """A day and a time of the day from two cells, as one text that `read_stamp` reads."""
    day, clock = day.strip(), clock.strip()
    if _WHOLE_SERIAL.fullmatch(day):
        if _FRACTION.fullmatch(clock):
            return f"{day}.{clock.replace(',', '.').partition('.')[2] or '0'}"
        day = (EPOCH + timedelta(int(day) - _SERIAL_1970)).date().isoformat()
    elif _FRACTION.fullmatch(clock):
        seconds = min(86399, round(float(clock.replace(",", ".")) * 86400))
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    if _WHOLE_HOUR.fullmatch(clock):
        clock += ":00"
    return f"{_MIDNIGHT.sub('', day)} {clock}"


_WHOLE_SERIAL = re.compile(r"[3-7]\d{4}")
_WHOLE_HOUR = re.compile(r"\d\d?")
_FRACTION = re.compile(r"0?[.,]\d+|0")
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?$")


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar that says no time."""
    return _reads(joined(text, "12:00")) and not _reads(_MIDNIGHT.sub("", text.strip()))


def is_clock(text: str) -> bool:
    """Whether a text is a time of the day without the day."""
    return _reads(joined("2017-10-31", text)) and not _reads(text)


def _reads(text: str) -> bool:
    try:
        return stamp_of(text) is not None
    except StampError:
        return False


def _read_iso(text: str) -> datetime | None:
    if len(text) < ISO_TEXT:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    found = _patterns()["iso"].fullmatch(text)
    if found is None:
        return None
    day, clock, hours, minutes, name = found.groups()
    offset = f"{hours}:{minutes}" if hours else "+00:00" if name else ""
    try:
        return datetime.fromisoformat(f"{day}T{clock}{offset}")
    except ValueError:
        return None


def twitter_moment(text: str) -> datetime:
    """``Tue Oct 31 22:10:47 +0000 2017``, by its columns."""
    if len(text) != _TWITTER_TEXT:
        raise ValueError
    iso = f"{text[26:]}-{_MONTHS[text[4:7]]}-{text[8:10]}T{text[11:19]}{text[20:25]}"
    return datetime.fromisoformat(iso)


def _read_twitter(text: str) -> datetime | None:
    try:
        return twitter_moment(text)
    except (KeyError, ValueError):
        return None


def _read_numbers(text: str) -> Stamp | None:
    """``31/10/2017 22:10``, ``10/31/17 10:10 PM``, ``2017/10/31 22h10``."""
    if turned := _patterns()["turned"].fullmatch(text):  # 22:10 31/10/2017
        text = f"{turned[2]} {turned[1]}"
    found = _patterns()["numbers"].fullmatch(text)
    if found is None:
        if _patterns()["date"].fullmatch(text):
            raise StampError(say("{text} has no time of day", text=shown(text)))
        return None
    if found["weekday"] and bare(found["weekday"]) not in names_of_dates()[1]:
        return None
    one, two, three = found["one"], found["two"], found["three"]
    if len(one) == 4:
        whole = _moment(one, two, three, found)
        if whole is None:
            return None
        zoned = whole.tzinfo is not None
        return Stamp(_quarter(whole), zoned, "numbers", seconds=_seconds(whole))
    year = three if len(three) == 4 else f"20{three}" if len(three) == 2 else ""
    day_first = _moment(year, two, one, found)
    # Dots are the mark of countries that write the day first.
    month_first = _moment(year, one, two, found) if found["mark"] != "." else None
    either = day_first or month_first
    if either is None:
        return None
    zoned = either.tzinfo is not None
    if found["mark"] == "." or day_first == month_first:
        return Stamp(_quarter(either), zoned, "numbers", seconds=_seconds(either))
    quarters = [None if moment is None else _quarter(moment) for moment in (day_first, month_first)]
    return Stamp(quarters[0], zoned, "numbers", True, quarters[1], _seconds(either))


def _moment(year: str, month: str, day: str, clock: re.Match[str]) -> datetime | None:
    """The moment of a date and a matched time of day, or None where there is no such one."""
    hour, minute, half = int(clock["hour"]), clock["minute"], clock["half"]
    if minute is None and half is None and clock["h"] is None:
        return None
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "pP" else 0)
    zone = clock["zone"]
    if zone is None and (clock["named"] or "").lower() in _ZONES:  # 10:10 (UTC)
        zone = clock["named"]
    offset = None
    if zone is not None:
        digits = "".join(c for c in zone if c.isdecimal())
        offset = timedelta(hours=_ZONES.get(zone.lower(), 0))
        if digits:
            offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
            offset = -offset if "-" in zone else offset
    try:
        tz = None if offset is None else timezone(offset)
        date = int(year), int(month), int(day)
        return datetime(*date, hour, int(minute or 0), int(clock["second"] or 0), tzinfo=tz)
    except (ValueError, OverflowError):
        return None


def _read_words(text: str) -> datetime | None:
    """A date with the name of its month, in one of seven languages, and a time of day."""
    clock = next(
        (
            found
            for found in _patterns()["clock"].finditer(text)
            if found["minute"] or found["half"] or found["h"]
        ),
        None,
    )
    if clock is None:
        return None
    rest = f"{text[: clock.start()]} {text[clock.end() :]}".lower()
    if not any(map(str.isalpha, rest)):
        return None
    months, days = names_of_dates()
    month = year = day = weekday = ""
    for word in _patterns()["word"].findall(rest):
        plain = word.removesuffix(".")
        if plain.isdecimal():
            if len(plain) == 4 and not year:
                year = plain
            elif len(plain) <= 2 and not day:
                day = plain
            elif len(plain) == 2 and not year:  # 12/Mar/24
                year = f"20{plain}"
            else:
                return None
        elif plain in months and not month:
            month, weekday = months[plain], plain
        elif plain in months and weekday in days:  # mar. 5 mars: a day called like a month
            month, weekday = months[plain], ""
        elif plain not in days and plain not in FILLERS:
            return None
    return _moment(year, month, day, clock) if month and year and day else None


_Read = Callable[[str], "datetime | Stamp | None"]
_FORMS: dict[str, _Read] = {
    "epoch": _read_epoch,  # before ISO 8601, whose compact form is digits too
    "digits": _read_digits,
    "serial": _read_serial,
    "iso": _read_iso,
    "twitter": _read_twitter,
    "apache": _read_apache,
    "numbers": _read_numbers,
    "words": _read_words,
}


def epoch_unit(least: int, most: int) -> int | None:
    """How many numbers make a second, where they count from 1970; None where they are no times."""
    for unit in _UNITS:
        size = SECONDS * unit
        if LEAST * size <= least and most < MOST * size:
            return unit
    return None
