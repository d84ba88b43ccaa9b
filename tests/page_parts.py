"""The parts of the pages that are generated from the code, each in the language of its page."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from cmsource.cli.app import application
from cmsource.cli.templates import question, template_names
from cmsource.countries import Fact, known_countries, load_country, multiple_of, without_country
from cmsource.reports.countries import value_text, values_table
from cmsource.scenario.figures import FIGURES
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.record import keys_of
from cmsource.scenario.shortform import ShortForm
from cmsource.values.language import Language
from cmsource.writers.markdown import block_text
from cmsource.writers.page import Page
from page_commands import functions_part, reference_part, types_part
from page_diagnostics import with_messages
from page_keys import keys_part, table
from page_words import told
from pages import desk, language_of, run

_GENERATED = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_OUTPUT = re.compile(r"(<!-- output: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def current(page: Path) -> str:
    """The text of a page with its generated parts written anew."""
    text = page.read_text("utf-8")
    text = _GENERATED.sub(lambda m: f"{m[1]}{part(m[2], page)}{m[3]}", text)
    text = _OUTPUT.sub(lambda m: f"{m[1]}{_output(m[2], language_of(page))}{m[3]}", text)
    return with_messages(text, language_of(page)) if page.name == "diagnostics.md" else text


def part(name: str, page: Path) -> str:
    """A generated part by its name: a country in small letters, or one of `_PARTS`."""
    codes = {code.lower(): code for code in known_countries()}
    if name in codes:
        return _values(codes[name], language_of(page))
    return keys_part(page) if name == "keys" else _PARTS[name](language_of(page))


def _output(line: str, language: Language) -> str:
    """What a command prints: all of it, or its first lines where ``| head -N`` stands behind it."""
    line, _, most = line.partition(" | head -")
    with desk():
        status, text = run(line, language)
    assert status == 0, line
    lines = text.rstrip().splitlines()
    shown = (
        ["\n".join(lines[: int(most)]).rstrip(), "…"] if most and len(lines) > int(most) else lines
    )
    return "```text\n" + "".join(f"{each}\n" for each in shown) + "```\n"


def _result(language: Language) -> str:
    """What the tool prints for the reference scenario."""
    return _output("cmsource compare scenarios/boutique-24-7.yaml", language)


def _commands(language: Language) -> str:
    """A table of all commands."""
    rows = [
        [f"`cmsource {command.name}`", (command.callback.__doc__ or "").partition("\n")[0]]
        for command in application(language=language).registered_commands
        if command.callback is not None
    ]
    return _table(language, ["Command", "What it does"], rows)


def _examples(language: Language) -> str:
    """A table of all examples."""
    rows = [
        [f"[{name}](scenarios/{name}.yaml)", language.of(question(name))]
        for name in template_names()
    ]
    return _table(language, ["Example", "The question it answers"], rows)


def _short(language: Language) -> str:
    """A table of the keys of the short form."""
    rows = [[f"`{key.name}`", language.of(key.meaning)] for key in keys_of(ShortForm).values()]
    return _table(language, ["Key", "Meaning"], rows)


def _kinds(language: Language) -> str:
    """A table of the kinds of sources."""
    rows = [[f"`{word}`", told(language, kind.meaning())] for word, kind in KINDS.items()]
    return _table(language, ["Kind", "Who that is"], rows)


def _figures(language: Language) -> str:
    """A table of the figures that a bound can be put on."""
    rows = [
        [f"`{name}`", told(language, figure.unit), language.of(figure.meaning)]
        for name, figure in FIGURES.items()
    ]
    return _table(language, ["Figure", "Unit", "Meaning"], rows)


def _values(code: str, language: Language) -> str:
    """The values of a country in its newest period."""
    found = language.of(values_table(load_country(code)))
    return f"{block_text(found, Page(language=language))}\n"


def _neutral(language: Language) -> str:
    """The values that are taken where there is no country."""
    found = language.of(values_table(without_country("XXX", None, {})))
    return f"{block_text(found, Page(language=language))}\n"


def _multiples(language: Language) -> str:
    """The wages and prices that are multiples of two which a scenario gives."""
    one = Fact(1.0, "", "", "G")
    given = {"employee_hourly_wage": one, "agency_hourly_rate": one}
    with_both = without_country("XXX", None, given).facts
    rows = [
        [f"`{key}`", language.of(value_text(fact.value)), f"`{of}`", language.of(fact.source)]
        for key, fact in with_both.items()
        if (of := multiple_of(key))
    ]
    return _table(language, ["Key", "Times", "Of", "Source"], rows)


def _table(language: Language, titles: Sequence[str], rows: list[list[str]]) -> str:
    return table([told(language, title) for title in titles], rows)


_PARTS: dict[str, Callable[[Language], str]] = {
    "result": _result,
    "commands": _commands,
    "examples": _examples,
    "short": _short,
    "kinds": _kinds,
    "figures": _figures,
    "neutral": _neutral,
    "multiples": _multiples,
    "reference": reference_part,
    "functions": functions_part,
    "types": types_part,
}
