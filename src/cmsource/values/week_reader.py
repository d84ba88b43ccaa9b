"""Hours and moments of the week as people write them, in English and in French."""

import re
from collections.abc import Iterable

from cmsource.values.language import Language, either, listed, said, say
from cmsource.values.quantities import QuantityError, quoted
from cmsource.values.week import ALWAYS, DAY, EMPTY, WEEK, Week, clock
from cmsource.values.written import written

_DAYS = {
    word: day
    for day, words in enumerate(
        (
            "mon monday mondays lun lundi lundis",
            "tue tues tuesday tuesdays mar mardi mardis",
            "wed weds wednesday wednesdays mer mercredi mercredis",
            "thu thur thurs thursday thursdays jeu jeudi jeudis",
            "fri friday fridays ven vendredi vendredis",
            "sat saturday saturdays sam samedi samedis",
            "sun sunday sundays dim dimanche dimanches",
        )
    )
    for word in words.split()
}
_GROUPS = {
    "daily": range(7),
    "weekday": range(5),
    "weekdays": range(5),
    "weekend": range(5, 7),
    "weekends": range(5, 7),
}
_DASHES = frozenset(("-", "to", "à", "au"))
_FILLERS = frozenset(
    ("and", "et", "&", "from", "du", "de", "le", "la", "les", "tous", "chaque", "every", "each")
)
_MOMENT_FILLERS = _FILLERS | {"on", "at", "à", ",", "."}
_BUT = frozenset(("sauf", "hors", "except", "excepté", "but"))
"""What takes the days after it away from those before it."""

_NAMED = {"midnight": 0, "minuit": 0, "noon": 12 * 60, "midi": 12 * 60}
"""Times that have a name, in minutes."""

_OF_24 = r"24 ?(?:h|hours?|heures?)? ?(?:/|sur) ?24"
_OF_7 = r"7 ?(?:d|days?|j|jours?)? ?(?:/|sur) ?7"
_ALWAYS = re.compile(
    rf"24 ?h?/7 ?j?|{_OF_24}|{_OF_24} ?(?:,|et|and)? ?{_OF_7}|{_OF_7} ?(?:,|et|and)? ?{_OF_24}"
)
_PHRASES = tuple(
    (re.compile(phrase), word)
    for phrase, word in (
        ("[–—−]", "-"),
        (r"(?<=[^\W\d_])\.(?=[\s,;-]|$)", ""),  # lun. au ven.
        ("week-end", "weekend"),
        (rf"\b(?:{_OF_24}|jour et nuit|round the clock)\b", "00:00-24:00"),
        (rf"\b(?:{_OF_7}|every day|tous les jours|chaque jour|tlj)\b(?! ouvr)", "daily"),
        (r"\b(?:tous les )?jours ouvrables\b", "mon-sat"),  # in France, all days but one
        (r"\b(?:tous les )?jours (?:ouvrés|ouvres|de semaine)\b", "weekdays"),
        (r"\b(?:en semaine|(?:business|working|week) days)\b", "weekdays"),
    )
)
# A time with what sticks to it ("9h30", "9 h 30", "9 am"), a word, or any other character. In
# "12 h 14 h" the 14 begins another time.
_TOKEN = re.compile(
    r"[0-9][0-9a-z:.]*(?: h\b(?: [0-9]{2}(?! ?h\b|[0-9a-z:.]))?)?(?: [ap]m\b)?|[^\W\d_]+|\S"
)
_ANY_DAYS = "|".join([*_DAYS, *_GROUPS])
# Hours that end before "and", and days after it: another clause begins.
_NEXT_DAYS = re.compile(
    rf"(\b[0-9][0-9:.h]*(?: h\b)?(?: ?[ap]m\b)?|\b(?:{'|'.join(_NAMED)})) (?:et|and|&)"
    rf"(?= (?:(?:les?|la|du|from) )?(?:{_ANY_DAYS})\b)"
)
_OF_TWELVE = re.compile("0?[1-9]|1[0-2]|[1-9]:[0-5][0-9]")
"""A time that may be one of a clock of twelve hours."""
_HALF = DAY // 2
_ONE_PM = 13 * 60
_GROUP_NAMES = {"daily": say("daily"), "weekdays": say("weekdays"), "weekend": say("weekend")}


def parse_week(text: str) -> Week:
    """Reads hours of the week: ``24/7``, ``mon-fri 09:00-12:30 13:30-17:00, sat 10-14``.

    Clauses are separated by commas, semicolons or line ends. One without days is for the days of
    the clause before it (daily if it is the first); one without hours gives its days to the next.
    Hours that end before they start go on past midnight, as ``22-6`` and ``09:00-05:00`` do, unless
    they may be of a clock of twelve hours: ``9-5`` and ``9-12 1-5`` have two readings. French day
    names and ``9h30`` are read too, and so are ``7j/7 9h-minuit``, ``jours ouvrés 9h-18h`` and
    ``tous les jours sauf dimanche 9h-18h``; ``never`` is the empty set.

    Raises:
        QuantityError: The text is not hours of the week, or has two readings.
    """
    lowered = text.lower().strip()
    if _ALWAYS.fullmatch(" ".join(lowered.split())):
        return ALWAYS
    if lowered in ("never", "jamais"):
        return EMPTY
    if len(text) > 2000:
        raise QuantityError(
            say("the text is too long for hours of the week"), say("write 24/7, or fewer")
        )
    for phrase, word in _PHRASES:
        lowered = phrase.sub(word, lowered)
    lowered = _NEXT_DAYS.sub(r"\1,", lowered)
    intervals: list[tuple[int, int]] = []
    pending: set[int] = set()  # days that still wait for their hours, from these clauses
    waiting: list[str] = []
    current = set(range(7))
    before = ""  # the time at which the last hours of the same days end
    for part in lowered.replace(";", ",").replace("\n", ",").split(","):
        clause = " ".join(part.split())
        tokens = [token for token in _TOKEN.findall(clause) if token not in _FILLERS]
        days, rest = _read_days(tokens)
        pending |= days
        if not rest:
            waiting += [said(_in_language, clause)] if days else []
            continue
        before = "" if pending else before
        current, pending, waiting = pending or current, set(), []
        rest, without = _read_exceptions(rest)
        current = current - without
        for start, end in _read_ranges(rest, before):
            intervals += [(day * DAY + start, day * DAY + end) for day in current]
        before = rest[-1]
    if pending:
        named = listed(waiting) if len(waiting) < 8 else say("this")
        raise QuantityError(
            say("{named} has no hours", named=named),
            say("write {named} 09:00-17:00, or {named} 00:00-24:00 for whole days", named=named),
        )
    if not intervals:
        raise QuantityError(
            say("there are no hours here"), say("write 24/7 or mon-fri 09:00-17:00")
        )
    return Week.of(intervals)


def _in_language(language: Language, clause: str) -> str:
    """A clause in lower case as somebody would write it in a language."""
    text = str(language.of(written(clause)))
    for word, said_so in _GROUP_NAMES.items():
        text = re.sub(rf"\b{word}\b", language.of(said_so), text)
    return text


def parse_moment(text: str) -> int:
    """Reads one moment of the week, such as ``sat 21:00`` or ``samedi 21h``, as its minute.

    Raises:
        QuantityError: The text is not one day and one time.
    """
    hint = say("write a day and a time, such as sat 21:00")
    if len(text) > 100:
        raise QuantityError(say("the text is too long for a moment of the week"), hint)
    tokens = [token for token in _TOKEN.findall(text.lower()) if token not in _MOMENT_FILLERS]
    days, rest = _read_days(tokens)
    if len(days) != 1 or len(rest) != 1:
        raise QuantityError(say("{text} is not one moment of the week", text=quoted(text)), hint)
    return (days.pop() * DAY + _read_time(rest[0])) % WEEK


def _read_days(tokens: list[str]) -> tuple[set[int], list[str]]:
    """The days that the tokens begin with, and the tokens that are left."""
    days: set[int] = set()
    without: set[int] = set()
    found = days
    i = 0
    while i < len(tokens) and not _is_time(tokens[i]):
        word = tokens[i]
        if word in _GROUPS:
            found.update(_GROUPS[word])
        elif word in _BUT and found is days and i + 1 < len(tokens):
            days = days or set(range(7))
            found = without
        elif word not in _DAYS:
            raise _unknown(word)
        elif i + 1 < len(tokens) and tokens[i + 1] in _DASHES:
            end = tokens[i + 2] if i + 2 < len(tokens) else ""
            if end not in _DAYS:
                raise QuantityError(
                    say("{word}- needs the name of a day after it", word=word),
                    say("write {word}-fri", word=word),
                )
            span = (_DAYS[end] - _DAYS[word]) % 7
            found.update((_DAYS[word] + step) % 7 for step in range(span + 1))
            i += 2
        else:
            found.add(_DAYS[word])
        i += 1
    return days - without, tokens[i:]


def _read_exceptions(tokens: list[str]) -> tuple[list[str], set[int]]:
    """Hours without the days that stand behind them as exceptions, and those days."""
    at = next((number for number, token in enumerate(tokens) if token in _BUT), None)
    if at is None or at + 1 == len(tokens):
        return tokens, set()
    without, rest = _read_days(tokens[at + 1 :])
    if rest:
        raise QuantityError(
            say("{word} stands between hours", word=quoted(tokens[at])),
            say("write each day with its hours: mon-fri 09:00-17:00, sat 10:00-14:00"),
        )
    return tokens[:at], without


def _unknown(word: str) -> QuantityError:
    import difflib  # only for a message: it costs more than reading a scenario

    close = difflib.get_close_matches(word[:40], [*_DAYS, *_GROUPS], 5)
    close.sort(key=lambda name: name[0] != word[0])  # munday is as close to sunday as to monday
    return QuantityError(
        say("{word} is not a day of the week", word=quoted(word)),
        say("did you mean {name}?", name=close[0])
        if close
        else say("write mon-fri 09:00-17:00, daily or 24/7"),
    )


def _read_ranges(tokens: list[str], before: str) -> Iterable[tuple[int, int]]:
    """Ranges of minutes of a day; one that goes past midnight ends after 1440.

    Args:
        tokens: the times and what stands between them.
        before: the time at which the hours before them end; "" where there are none.
    """
    for i in range(0, len(tokens), 3):
        first, dash, second = (*tokens[i : i + 3], "", "")[:3]
        if not _is_time(first):
            if first in _DAYS or first in _GROUPS:
                raise QuantityError(
                    say("{first} stands after hours", first=first),
                    say("put a comma before it: , {first}", first=first),
                )
            raise QuantityError(
                say("{first} is not a time", first=quoted(first)), say("write 09:00-17:00")
            )
        if dash not in _DASHES or not _is_time(second):
            raise QuantityError(
                say("{first} is not a range of hours", first=quoted(first)),
                say("write where it ends too, such as 09:00-17:00"),
            )
        both = quoted(f"{first}-{second}")
        named = first in _NAMED or second in _NAMED
        if not named and (first[-1] == "m") != (second[-1] == "m"):
            raise QuantityError(
                say("{both} can be in the morning or in the afternoon", both=both),
                say("write am or pm after both, or neither"),
            )
        start, end = _read_time(first), _read_time(second)
        _refuse_two_readings(tokens[i - 1] if i else before, first, second)
        if start == end:
            raise QuantityError(
                say("{both} has no length", both=both), say("write 00:00-24:00 for a whole day")
            )
        if start == DAY:
            raise QuantityError(
                say("{both} starts where its day ends", both=both), say("write it at the next day")
            )
        yield start, end if end > start else end + DAY


def _refuse_two_readings(before: str, first: str, second: str) -> None:
    """Refuses hours that may end in the afternoon: ``9-5``, and ``1-5`` after ``9-12``."""
    if _OF_TWELVE.fullmatch(second) is None:
        return
    start, end = _read_time(first), _read_time(second)
    morning = _read_time(before) if before else 0
    if end <= start < _ONE_PM:
        later = start
    elif (
        _OF_TWELVE.fullmatch(first)
        and start < morning
        and (morning < _ONE_PM or before.endswith("m"))
    ):
        later = start + _HALF
    else:
        return
    one = f"{clock(later % DAY)}-{clock((end + _HALF) % DAY)}"
    other = f"{clock(start)}-{clock(end)}" if start != end else "00:00-24:00"
    hours = quoted(f"{first}-{second}")
    raise QuantityError(
        say("{digits} can be read as {one} or as {other}", digits=hours, one=one, other=other),
        say("write {both}", both=either([one, other])),
    )


def _is_time(token: str) -> bool:
    return token in _NAMED or (token.isascii() and token[:1].isdecimal())


def _read_time(text: str) -> int:
    """Minutes from midnight, up to 24:00."""
    if text in _NAMED:
        return _NAMED[text]
    half = text[-2:] if text[-2:] in ("am", "pm") else ""
    digits = text.removesuffix(half).replace(" ", "")
    hour, mark, minute = digits.replace("h", ":", 1).partition(":")
    if (mark and minute) or (mark and "h" not in digits):
        known = len(minute) == 2 and minute.isdecimal() and minute <= "59"
    else:
        known, minute = True, "0"
    if known and hour.isdecimal() and len(hour) <= 2:
        total = int(hour) * 60 + int(minute)
        if half and 1 <= int(hour) <= 12:
            return total % _HALF + (_HALF if half == "pm" else 0)
        if not half and total <= DAY:
            return total
    raise QuantityError(
        say("{text} is not a time of the day", text=quoted(text)),
        say("write 09:00, 9:30, 9h30 or 9am"),
    )
