"""The reference of commands and that of the Python front, generated from the code."""

import inspect
import re
import sys
from itertools import groupby
from typing import Any

import cmsource
from cmsource.values.language import Language
from page_keys import table
from page_words import told
from pages import ROOT

sys.path.append(str(ROOT / ".ci"))

from command_help import CommandHelp, program


def reference_part(language: Language) -> str:
    """Every command: how it is called, what it does, its arguments and flags."""
    _, commands = program(language)
    parts = []
    for panel, members in groupby(commands, lambda command: command.panel):
        parts += [f"## {panel}\n", *(_command(member, language) for member in members)]
    return "\n".join(parts)


def _command(found: CommandHelp, language: Language) -> str:
    titles = [told(language, title) for title in ("Argument or flag", "Meaning")]
    rows = [[_code(name), _plain(meaning)] for name, meaning in found.parameters]
    said = [f"### {found.path}", _plain(found.summary), _example(found.example)]
    usage = f"```text\n{found.path} {found.usage}\n```"
    return "\n\n".join([*filter(None, said), usage, table(titles, rows)])


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


def _plain(text: str) -> str:
    """Text whose signs mean nothing in Markdown, but for those of code."""
    return re.sub(r"[|<*]", r"\\\g<0>", text)


def _example(text: str) -> str:
    """The sentences around an example, and the line itself as code."""
    words, start, line = text.partition("cmsource ")
    return f"{_plain(words)}`{start}{line}`" if line and "`" not in line else _plain(text)


_MOST, _FIRST = 14, 7
"""Of what a function takes, as many are shown; of one that takes more, the first ones."""


def functions_part(language: Language) -> str:
    """Every function of the front: what it takes, what it gives, and what it does."""
    rows = []
    for name in cmsource.__all__:
        found = getattr(cmsource, name)
        if inspect.isfunction(found):
            signature = inspect.signature(found)
            taken = ", ".join(_parameters(signature))
            gives = _type(signature.return_annotation)
            rows.append([f"`{name}({taken})`", f"`{gives}`", told(language, _summary(found))])
    titles = [told(language, title) for title in ("Function", "Gives", "What it does")]
    return table(titles, rows)


def _parameters(signature: inspect.Signature) -> list[str]:
    """What a function takes, as one would write it, without types."""
    found = []
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in found:
            found.append("*")
        plain = parameter.replace(annotation=parameter.empty)
        found.append(str(plain).replace("mappingproxy({})", "{}"))
    found = [each for each in found if not each.startswith(("*more", "step="))]
    return found if len(found) <= _MOST else [*found[:_FIRST], "…"]


def _type(annotation: Any) -> str:  # noqa: ANN401 - a type
    """A type by its name, without where it stands."""
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    if getattr(annotation, "__args__", ()):
        text = str(annotation)
    return re.sub(r"(?:\w+\.)+(?=\w)", "", text).replace("|", "\\|")


def types_part(language: Language) -> str:
    """Every type of the front: what it is, and what it holds."""
    rows = []
    for name in cmsource.__all__:
        found = getattr(cmsource, name)
        if isinstance(found, type):
            fields = ", ".join(f"`{each}`" for each in _fields(found))
            rows.append([f"`{name}`", told(language, _summary(found)), fields])
    return table([told(language, title) for title in ("Type", "What it is", "Fields")], rows)


def _fields(found: Any) -> list[str]:  # noqa: ANN401 - a class of any make
    """What a value of a type holds: its fields, then what it works out of them."""
    slots = [name for name in getattr(found, "__slots__", None) or () if name[0] != "_"]
    fields = getattr(found, "model_fields", None) or getattr(found, "_fields", None) or slots
    worked_out = inspect.getmembers(found, lambda member: isinstance(member, property))
    names = [name for name, _ in worked_out if not name.startswith(("_", "model_"))]
    return list(dict.fromkeys([*(fields or inspect.signature(found).parameters), *names]))


def _summary(found: object) -> str:
    return (inspect.getdoc(found) or "").partition("\n")[0]
