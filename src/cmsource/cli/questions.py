"""The questions of ``cmsource new``: what each asks, how answers are checked, what is written.

An answer is checked by reading the scenario that it makes, so it is understood, or refused, as the
same words in a file are.
"""

import re
import shlex
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from cmsource.countries import territory_named, which_country
from cmsource.reading.load import read_text
from cmsource.reading.outcome import Reading
from cmsource.reading.scenario_names import name_of
from cmsource.reading.standard_options import named
from cmsource.reports.wording import origin_text
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.node import Node
from cmsource.scenario.scenario import Scenario
from cmsource.values.currencies import currency_of
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import ENGLISH, Language, Said, say
from cmsource.values.money import currency_sign, format_shortest, is_currency
from cmsource.values.text import printable
from cmsource.values.week_words import in_words
from cmsource.values.written import written
from cmsource.writers.yaml import typed

COUNTRY, CURRENCY = "country", "currency"
_FIRST = "# yaml-language-server: $schema=scenario.schema.json"
_COMMENT = "# "
_WIDE = 100
_UNKNOWN = re.compile(
    r"\??|(i\s)?(don'?t|do\snot)\sknow|no\sidea|unknown|(je\s)?(ne\s)?sais\spas|aucune\sidée|inconnu"
)
"""What people say who do not know."""


class Question(NamedTuple):
    """One question.

    Attributes:
        key: of the short form, which the answer stands under.
        asks: the question.
        unit: what the answer is counted in; its place is the currency.
        example: an answer; it is a valid one.
        within: where the complete scenario has what is taken when nobody knows.
        taken: that value as one would answer it; "" where nothing is taken.
        understood: how an answer was read, from the scenario; "" where it says so itself.
    """

    key: str
    asks: Said
    unit: Said
    example: Said
    within: tuple[str, ...] = ()
    taken: Callable[[Node], str] = lambda node: str(node.value)
    understood: Callable[[Scenario], str] = lambda _: ""


def _hours(node: Node) -> str:
    """The hours of a day of which the scenario in full has the half that is content."""
    return "" if node.fact is None else f"{node.fact.value} h/day"


def _cover(scenario: Scenario) -> Said:
    """The hours that somebody must be watching, in words, and how many they are."""
    cover = scenario.needs.cover
    return say(
        "understood: {week}, {hours} h a week",
        week=in_words(cover),
        hours=format_shortest(cover.hours),
    )


QUESTIONS = (
    Question(
        COUNTRY,
        say("In which country is the work done?"),
        say("a country or its code; elsewhere its currency, such as SEK"),
        say("United Kingdom"),
        (COUNTRY,),
    ),
    Question(
        "hourly_wage",
        say("What would the person you hire earn an hour, gross?"),
        say("{currency} an hour, gross; or a range, 15..18"),
        written("16.50"),
        ("sources", named("hired"), "hourly_wage"),
    ),
    Question(
        "agency_rate",
        say("What does an agency ask for an hour, without VAT?"),
        say("{currency} an hour, without VAT"),
        written("75"),
        ("sources", named("firm"), "hourly_rate"),
    ),
    Question(
        "hours_per_day",
        say("How much work is there a day, messages and content together?"),
        say("hours a day"),
        written("1h30"),
        ("needs", "work", "content"),
        _hours,
    ),
    Question(
        "cover",
        say("When must somebody be watching?"),
        say("days and hours of the week, or 24/7"),
        written("mon-sat 09:00-19:00"),
        ("needs", "cover"),
        understood=_cover,
    ),
    Question(
        "tools",
        say("What do the tools cost that people of yours would need?"),
        say("{currency} a month"),
        written("50"),
    ),
)
"""The six, in the order in which they are asked."""


def is_unknown(text: str) -> bool:
    """Whether an answer says that somebody does not know."""
    said = " ".join(text.casefold().replace("’", "'").strip(" .!").split())
    return _UNKNOWN.fullmatch(said) is not None


class Answers:
    """The answers so far, and the scenario that they make.

    Args:
        file: to be written; a country's own file is found from its folder.
        language: in which the file is commented.
    """

    def __init__(self, file: Path, language: Language) -> None:
        self._folder = file.parent
        self._name = printable(name_of(file) if file.name != "-" else "scenario")
        self._file = self._name if file.name == "-" else printable(shlex.quote(str(file)))
        self._language = language
        self._given: dict[str, str | None] = {}

    def answer(self, question: Question, text: str) -> list[Diagnostic]:
        """Take an answer, unless something is wrong with it, which comes back.

        Args:
            question: what was asked.
            text: what somebody typed.
        """
        new = None if is_unknown(text) else text.strip()
        given = {**self._given, question.key: new}
        lines = {**self._lines(given), **self._examples(given)}
        pending = {place for place, key in enumerate(lines, 1) if key not in _keys(given)}
        reading = self._read(lines)
        wrong = [
            each
            for each in reading.diagnostics
            if each.severity == "error" and (each.place is None or each.place.line not in pending)
        ]
        if not wrong:
            self._given = given
        return [_at_a_prompt(each, text) for each in wrong]

    @property
    def currency(self) -> str:
        """The code of the currency of what is asked for."""
        scenario = self._scenario()
        return "" if scenario is None else scenario.currency

    def understood(self, question: Question) -> str:
        """How the answer to a question was read; "" where the answer says so itself."""
        scenario = self._scenario()
        return "" if scenario is None else question.understood(scenario)

    def assumed(self, question: Question) -> Assumption | None:
        """What is taken where nobody knows the answer; None where nothing is."""
        lines = {**self._lines(self._given), **self._examples(self._given)}
        lines.pop(question.key, None)
        tree = self._read(lines).tree
        node = None if tree is None or not question.within else tree.get(*question.within)
        if node is None or node.fact is None:
            return None
        return Assumption.of(question.key, question.taken(node), node.fact, node.origin.ref)

    def text(self) -> str:
        """The scenario, with its comments."""
        say_in = self._language.of
        top = say(
            "Who should run our social media? Six answers, from which `{command}` works out "
            "every way to do it. `{full}` prints the same scenario in full, ready to be edited.",
            command=f"cmsource compare {self._file}",
            full=f"cmsource expand {self._file}",
        )
        lines = [_FIRST, *_comment(say_in(top)), "", _line("name", self._name)]
        if self._language.code != ENGLISH.code:
            lines.append(f"language: {self._language.code}")
        for question in QUESTIONS:
            asked = say_in(question.asks)
            given = self._given.get(question.key)
            if given is not None:
                unit = say_in(question.unit.with_places(currency=currency_sign(self.currency)))
                lines += ["", *_comment(f"{asked} ({unit})"), _line(question.key, given)]
                continue
            lines += ["", *_comment(asked), *_comment(say_in(not_known(self.assumed(question))))]
            taken = self.assumed(question)
            value = say_in(question.example) if taken is None else taken.value
            lines.append(_COMMENT + _line(question.key, value))
        return "\n".join(lines) + "\n"

    def _scenario(self) -> Scenario | None:
        """What the answers so far make, with examples for the others."""
        return self._read({**self._lines(self._given), **self._examples(self._given)}).scenario

    def _read(self, lines: Mapping[str, str]) -> Reading:
        # A file in which nobody knows anything must have a key all the same.
        text = "".join(f"{line}\n" for line in (*lines.values(), _line("name", self._name)))
        return read_text(text, "scenario", root=self._folder)

    @staticmethod
    def _lines(given: Mapping[str, str | None]) -> dict[str, str]:
        """The lines of the answers, by their keys."""
        found = {}
        for key, text in given.items():
            if text is not None:
                line = _line(key, text)
                found[line.partition(":")[0]] = line
        return found

    @staticmethod
    def _examples(given: Mapping[str, str | None]) -> dict[str, str]:
        """Lines for what has not been asked yet, so that only what was answered can be wrong."""
        pending = [each for each in QUESTIONS[1:] if each.key not in given]
        return {each.key: _line(each.key, str(each.example)) for each in pending}


def _at_a_prompt(found: Diagnostic, text: str) -> Diagnostic:
    """What is wrong with an answer, with a way out that can be typed."""
    if found.code != "E206":
        return found._replace(place=None)
    currency = currency_of(territory_named(text)) or "CHF"
    others = say(
        "type the currency of the place, such as {currency}, or a file of your own, ./XX.yaml "
        "(`cmsource countries --template` writes one)",
        currency=currency,
    )
    return found._replace(place=None, hint=which_country(text, others))


def not_known(taken: Assumption | None) -> Said:
    """What is told of an answer that nobody knows."""
    if taken is None:
        return say("not known: nothing is counted for it")
    return say(
        "not known: {value} is taken ({source})",
        value=written(taken.value),
        source=origin_text(taken),
    )


def _keys(given: Mapping[str, str | None]) -> set[str]:
    return {*given, CURRENCY}


def _line(key: str, text: str) -> str:
    """A key with a value, as the file has it."""
    if key == COUNTRY and is_currency(text.upper()):
        return f"{CURRENCY}: {text.upper()}"
    return f"{key}: {typed(text)}"


def _comment(text: str) -> list[str]:
    lines = textwrap.wrap(printable(text), _WIDE - len(_COMMENT), break_on_hyphens=False)
    return [_COMMENT + line for line in lines]
