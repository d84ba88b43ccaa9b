"""One YAML document to a tree of nodes, or to what is wrong with its text."""

import re
from pathlib import PurePath

from yaml import YAMLError

from cmsource.reading.report import LINE_ENDS, Report, end_of
from cmsource.reading.yaml_builder import Builder, Refused
from cmsource.reading.yaml_events import malformed
from cmsource.scenario.node import Node
from cmsource.scenario.provenance import Origin
from cmsource.values.language import say
from cmsource.values.money import format_shortest
from cmsource.values.text import printable

WRITES = {
    "scenario": say("`cmsource init` writes one to start from"),
    "country": say("`cmsource countries --template` writes one to start from"),
}
"""Which command writes what a file should hold."""

PAGES = {
    "scenario": say("a scenario is a few pages: is this the right file?"),
    "country": say("a country is a few pages: is this the right file?"),
}
_NO_DIRECTIVES = {
    "scenario": say("a scenario needs no YAML directives"),
    "country": say("a country needs no YAML directives"),
}
_YAML = ("", ".yaml", ".yml", ".json")
"""Ends of the names of files that may be YAML."""
_NO_YAML = {
    "scenario": say("a scenario is a YAML file, and this one ends in {end}"),
    "country": say("a country is a YAML file, and this one ends in {end}"),
}
_HOLDS_NONE = {
    "scenario": say("the file holds no scenario"),
    "country": say("the file holds no country"),
}

_RESULT = re.compile(r'\s*\[?\s*\{\s*"format":\s*"(?P<form>cmsource/(?P<of>[a-z-]+)/[0-9]+)"')
"""How JSON begins that a command wrote."""
_RESULTS = {
    "comparison": (
        say("the file holds a saved comparison ({form}), and no scenario"),
        say(
            "`cmsource diff` and `cmsource batch --baseline` read it; "
            "here, name the scenario that was compared"
        ),
    ),
    "row": (
        say("the file holds the saved rows of a batch ({form}), and no scenario"),
        say(
            "`cmsource diff` and `cmsource batch --baseline` read it; "
            "here, name the scenarios that were compared"
        ),
    ),
    "batch": (
        say("the file holds a saved batch ({form}), and no scenario"),
        say(
            "`cmsource diff`, `cmsource merge` and `cmsource batch --baseline` read it; "
            "here, name the scenarios that were compared"
        ),
    ),
}
_OTHER_RESULT = (
    say("the file holds a result ({form}), and no scenario"),
    say("no command reads it; name the scenario that it was made from"),
)
MAX_BYTES = 1_000_000
MAX_DIRECTIVES = 100


def read_document(name: str, text: str, report: Report, *, holds: str = "scenario") -> Node | None:
    """Read one YAML document.

    Args:
        name: the file's name as the user gave it.
        text: its text.
        report: receives what is wrong.
        holds: what it should be: a scenario or a country.

    Returns:
        The tree, or None when the text cannot be read at all.
    """
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    report.texts[name] = text
    if len(text) > MAX_BYTES:
        report.add(
            "E102",
            say(
                "the file holds {count} characters; at most {most} are read",
                count=format_shortest(len(text)),
                most=format_shortest(MAX_BYTES),
            ),
            Origin("file", name),
            PAGES[holds],
        )
        return None
    result = _RESULT.match(text) if holds == "scenario" else None
    if result is not None:
        message, hint = _RESULTS.get(result["of"], _OTHER_RESULT)
        before = end_of(name, text[: result.start("form")])
        where = before._replace(length=len(result["form"]))
        report.add("E112", message.with_places(form=result["form"]), where, hint)
        return None
    most = text.count("%")
    if most > MAX_DIRECTIVES and sum(text.count(f"{end}%") for end in LINE_ENDS) > MAX_DIRECTIVES:
        # libyaml compares each with all that came before.
        message = say("more than {most} lines begin with %", most=MAX_DIRECTIVES)
        report.add("E106", message, Origin("file", name), _NO_DIRECTIVES[holds])
        return None
    try:
        root = Builder(name, text, report).root()
    except Refused as refused:
        report.add(*refused.args)
        return None
    except UnicodeEncodeError as error:
        where = end_of(name, text[: error.start])
        report.add(
            "E103", say("a half of a surrogate pair is not a character"), where, say("take it out")
        )
        return None
    except YAMLError as error:
        _report_yaml_error(name, text, error, report, holds)
        return None
    if root is None:
        report.add("E112", _HOLDS_NONE[holds], Origin("file", name), WRITES[holds])
    return root


def _report_yaml_error(name: str, text: str, error: YAMLError, report: Report, holds: str) -> None:
    """Report what the parser has refused, or the nesting that it refused too soon to show.

    Of a file that nobody calls YAML, that is all there is to say.

    The parser looks ahead, to the end of a key, and some refuse so many levels themselves: what
    stands before the place where it gave up may go beyond our limit, and is read by itself.
    """
    end = PurePath(name).suffix.lower()
    if end not in _YAML:
        where = Origin("file", name, 1, 1)
        report.add("E112", _NO_YAML[holds].with_places(end=printable(end)), where, WRITES[holds])
        return
    problem = malformed(error, text)
    before = text[: problem.before]
    try:
        Builder(name, before, Report()).root()
    except Refused as refused:
        if refused.code == "E105":
            report.add(*refused.args)
            return
    except YAMLError:
        pass
    origin = end_of(name, before)
    hint = say("check the indentation, the colons and the quotes around here")
    if problem.unreadable:
        hint = say("take the character out, or write it as an escape in double quotes")
    elif "\t" in report.lines(name)[origin.line - 1]:
        hint = say("YAML indents with spaces: replace the tab")
    report.add("E104", problem.message, origin, hint)
