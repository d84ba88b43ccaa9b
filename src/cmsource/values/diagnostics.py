"""What is wrong with a scenario, where, and the way out: diagnostics are data.

Everything that can be said about a user's input is a `Diagnostic`; reading collects them and
shows them together. An exception of any other type is a bug of ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from cmsource.values.language import listed, say

SEVERITIES = {"error": say("error"), "warning": say("warning")}
"""What each severity is called."""


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
    "E101": say("the file cannot be read"),
    "E102": say("the file is too large"),
    "E103": say("the file is not UTF-8 text"),
    "E104": say("not well-formed YAML"),
    "E105": say("nested too deeply"),
    "E106": say("too many values"),
    "E107": say("a YAML tag that is not allowed"),
    "E108": say("a key is given twice"),
    "E109": say("a key is not a plain name"),
    "E110": say("`extends` cannot be followed"),
    "E111": say("`--set` cannot be applied"),
    "E112": say("the file holds no scenario"),
    "E113": say("the file holds no result of a known format"),
    "E114": say("the file of a profile cannot be followed"),
    "E115": say("the log of messages cannot be used"),
    "E116": say("the work on a scenario broke off"),
    "E117": say("there is no scenario to be found there"),
    "E118": say("the file of a country cannot be followed"),
    "E201": say("unknown key"),
    "E202": say("a value is missing"),
    "E203": say("the wrong shape: a map, a list or a single value was expected"),
    "E204": say("a value that cannot be understood or is out of range"),
    "E205": say("unknown kind of source"),
    "E206": say("unknown country"),
    "E207": say("keys that exclude each other"),
    "E208": say("unknown region"),
    "E210": say("a range that says nothing"),
    "E211": say("wages or prices that nobody can guess"),
    "E220": say("tiers that do not ascend, do not end well or do not say what they are"),
    "E221": say("a price of what is not counted"),
    "E222": say("an inclusion, a package or a pack of which a part is missing"),
    "E301": say("an option names a source that does not exist"),
    "E302": say("duty is longer than the contract"),
    "E303": say("phases do not fit the horizon"),
    "E304": say("a wage below the legal minimum"),
    "E305": say("a tool is included by a source that does not exist"),
    "E306": say("a requirement that nothing in the scenario can be measured on"),
    "E307": say("a source appears twice in one phase"),
    "E308": say("there is nothing to compare"),
    "E309": say("an expectation names something that does not exist"),
    "E310": say("no such option"),
    "E311": say("no such input"),
    "E312": say("the cursor has no such end"),
    "E313": say("no range to draw from"),
    "E314": say("hours on call that are hours on duty, or none of those that are paid"),
    "E501": say("an expectation of the scenario did not hold"),
    "E502": say("a rule of --fail-on did not hold"),
    "W502": say("a rule of --warn-on did not hold"),
    "W401": say("a tool is included by a source that no option uses"),
    "W402": say("nobody is on duty to answer the messages"),
    "W403": say("a source that no option uses"),
    "W404": say("the scenario starts outside the known periods"),
    "W406": say("an internship longer than the law allows"),
    "W407": say("a range is taken at its likely value"),
    "W410": say("more hours on duty in a day than labour law allows"),
    "W411": say("hours on duty that leave too short a daily rest"),
    "W412": say("hours on duty that leave too short a weekly rest"),
    "W413": say("more hours on duty in a week than labour law allows"),
    "W414": say("duty on too many days in a row"),
    "W415": say("a team without a legal weekly rotation"),
    "W416": say("an apprentice of an age that the law does not name"),
    "W417": say("a fixed-term contract longer than the law allows"),
    "W418": say("fewer hours than part-time has by law"),
    "W419": say("a wage below a minimum that only binds some"),
    "W420": say("an answer takes all the time that there is for it"),
    "W421": say("messages that are for nobody"),
    "W422": say("more messages than there is time for"),
    "W423": say("a requirement that no option can meet"),
    "W424": say("a skill that no source has"),
    "W425": say("a season that never comes"),
    "W426": say("call-outs that can break a rest"),
    "W427": say("call-outs paid below the legal minimum"),
    "W430": say("a price that never applies"),
    "W431": say("a tier in which more would cost less"),
    "W432": say("hours that are included and cost nothing"),
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


def did_you_mean(
    word: str,
    known: Sequence[str],
    also: Iterable[str] = (),
    meaning: Mapping[str, str] = MappingProxyType({}),
    shown: Sequence[str] = (),
) -> str:
    """A hint that names the closest known word, or lists them all when none is close.

    Args:
        word: what is written.
        known: the words that may be meant.
        also: other words for them, in another language, which are not listed.
        meaning: words that nothing knows for them, each with the known one.
        shown: how the words are listed, where that is not how they are written.
    """
    from difflib import SequenceMatcher, get_close_matches

    wanted = word.casefold()
    best, name = 0.0, ""
    for names in (
        known,
        tuple(also),
        tuple(meaning),
    ):  # of two that are as close, the usual word is meant
        folded = {each.casefold(): each for each in names}
        for each in get_close_matches(wanted, list(folded), n=1, cutoff=0.6):
            likeness = SequenceMatcher(None, each, wanted).ratio()
            if likeness > best:
                best, name = likeness, folded[each]
    if name:
        return say("did you mean `{name}`?", name=meaning.get(name, name))
    if not known:
        return ""
    return say("known here: {names}", names=listed(shown or known))
