"""What is wrong with a scenario, where, and the way out: diagnostics are data.

Everything that can be said about a user's input is a `Diagnostic`; reading collects them and
shows them together. An exception of any other type is a bug of ours.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple


class Place(NamedTuple):
    """Where in a file, or in a ``--set`` flag, something stands.

    Attributes:
        file: the file as the user named it, or ``--set``.
        line: line from 1; 0 when the whole file is meant.
        column: column from 1; 0 when the whole line is meant.
        length: characters to underline.
        text: the line of source, without its end; "" when there is none to show.
        path: path of the key, such as ``sources.cm.hours``.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    text: str = ""
    path: str = ""

    def __str__(self) -> str:
        """``file:line:column``, as editors and terminals turn into links."""
        where = self.file
        if self.line:
            where += f":{self.line}"
            if self.column:
                where += f":{self.column}"
        return where


class Diagnostic(NamedTuple):
    """One thing to tell the user about the input.

    Attributes:
        code: a key of `CODES`.
        message: what is wrong, in one sentence without a full stop.
        place: where, or None when it is about no place in particular.
        hint: what was expected, or the way out.
    """

    code: str
    message: str
    place: Place | None = None
    hint: str = ""

    @property
    def severity(self) -> Literal["error", "warning"]:
        """``error`` for codes that begin with E, ``warning`` for W."""
        return "error" if self.code.startswith("E") else "warning"


CODES = {
    "E101": "the file cannot be read",
    "E102": "the file is too large",
    "E103": "the file is not UTF-8 text",
    "E104": "not well-formed YAML",
    "E105": "nested too deeply",
    "E106": "too many values",
    "E107": "a YAML tag that is not allowed",
    "E108": "a key is given twice",
    "E109": "a key is not a plain name",
    "E110": "`extends` cannot be followed",
    "E111": "`--set` cannot be applied",
    "E112": "the file holds no scenario",
    "E113": "the file holds no result of a known format",
    "E114": "the file of a profile cannot be followed",
    "E115": "the log of messages cannot be used",
    "E116": "the work on a scenario broke off",
    "E117": "there is no scenario to be found there",
    "E118": "the file of a country cannot be followed",
    "E201": "unknown key",
    "E202": "a value is missing",
    "E203": "the wrong shape: a map, a list or a single value was expected",
    "E204": "a value that cannot be understood or is out of range",
    "E205": "unknown kind of source",
    "E206": "unknown country",
    "E207": "keys that exclude each other",
    "E208": "unknown region",
    "E210": "a range that says nothing",
    "E211": "wages or prices that nobody can guess",
    "E301": "an option names a source that does not exist",
    "E302": "duty is longer than the contract",
    "E303": "phases do not fit the horizon",
    "E304": "a wage below the legal minimum",
    "E305": "a tool is included by a source that does not exist",
    "E306": "a requirement that nothing in the scenario can be measured on",
    "E307": "a source appears twice in one phase",
    "E308": "there is nothing to compare",
    "E309": "an expectation names something that does not exist",
    "E310": "no such option",
    "E311": "no such input",
    "E312": "the cursor has no such end",
    "E313": "no range to draw from",
    "E501": "an expectation of the scenario did not hold",
    "E502": "a rule of --fail-on did not hold",
    "W401": "a tool is included by a source that no option uses",
    "W402": "nobody is on duty to answer the messages",
    "W403": "a source that no option uses",
    "W404": "the scenario starts outside the known periods",
    "W406": "an internship longer than the law allows",
    "W407": "a range is taken at its likely value",
    "W410": "more hours on duty in a day than labour law allows",
    "W411": "hours on duty that leave too short a daily rest",
    "W412": "hours on duty that leave too short a weekly rest",
    "W413": "more hours on duty in a week than labour law allows",
    "W414": "duty on too many days in a row",
    "W415": "a team without a legal weekly rotation",
    "W416": "an apprentice of an age that the law does not name",
    "W417": "a fixed-term contract longer than the law allows",
    "W418": "fewer hours than part-time has by law",
    "W419": "a wage below a minimum that only binds some",
    "W420": "an answer takes all the time that there is for it",
    "W421": "messages that are for nobody",
    "W422": "more messages than there is time for",
    "W423": "a requirement that no option can meet",
}
"""Every code a diagnostic can have, with its meaning; docs/diagnostics.md explains each."""


class ScenarioError(Exception):
    """A scenario that is not valid.

    Attributes:
        diagnostics: everything that is wrong with it, in the order of the file.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(f"{d.place}: {d.message}" for d in self.diagnostics))


def in_file_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics by file, line and column, without repeats."""

    def key(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
        place = diagnostic.place or Place("")
        return place.file, place.line, place.column, diagnostic.code

    return sorted(dict.fromkeys(diagnostics), key=key)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A hint that names the closest known word, or lists them all when none is close."""
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    if close:
        return f"did you mean `{folded[close[0]]}`?"
    if not known:
        return ""
    return f"known here: {', '.join(known)}"
