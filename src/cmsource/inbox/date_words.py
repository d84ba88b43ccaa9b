"""Names of months and days, in the languages in which exports say them."""

from functools import cache

_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")
FILLERS = {
    *(
        "at",
        "à",
        "on",
        "le",
        "of",
        "de",
        "the",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        ",",
        "",
        "-",
        "/",
        "@",
        "·",
    ),
    *(
        "del",
        "el",
        "um",
        "am",
        "den",
        "uhr",
        "às",
        "as",
        "alle",
        "ore",
        "om",
        "a",
        "las",
        "di",
        "do",
    ),
}


@cache
def names_of_dates() -> tuple[dict[str, str], frozenset[str]]:
    """Names of months, long and short, with their numbers; and those of days."""
    from babel.dates import get_day_names, get_month_names

    months = {"sept": "9", "janv": "1", "fevrier": "2", "fev": "2", "fév": "2", "août": "8"}
    months |= {"aout": "8", "decembre": "12", "mrt": "3", "mär": "3", "mrz": "3", "maerz": "3"}
    days = {"tues", "thur", "thurs"}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for use in ("format", "stand-alone"):
                for number, name in get_month_names(width, use, language).items():
                    months.setdefault(bare(name), str(number))
                days |= {bare(name) for name in get_day_names(width, use, language).values()}
    for name in [name for name in days if "-" in name]:  # segunda-feira
        days |= set(name.split("-"))
    return months, frozenset(days)


def bare(name: str) -> str:
    """A name without its case and its final dot."""
    return name.lower().removesuffix(".")
