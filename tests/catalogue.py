"""The sentences that people are told, as the source has them, and the catalogues of languages.

    python tests/catalogue.py [OTHER.po …]

brings the catalogues of all languages up to date: sentences that are new are added without a
translation, those that are gone are left out, and translations are taken over from other files.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import yaml
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from cmsource.cli.templates import question, template_names

SOURCE = Path(__file__).parents[1] / "src" / "cmsource"
KEYWORDS: dict[str, tuple[tuple[int, ...], ...]] = {
    "say": ((0,),),
    "sentence": ((0,),),
    "counted": ((1, 2),),
    "counted_words": ((1, 2),),  # as a room that counts messages calls it
    "argument": ((0,), (1,)),
    "option": ((1,), (2,)),
    "switch": ((1,),),
    "Requirement": ((1,),),
}
"""Who takes sentences, and which of their arguments they are: one, or those of one and of many."""

PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
"""How each language counts."""
_SINCE = datetime(2026, 11, 27, tzinfo=UTC)

Message = str | tuple[str, str]
"""A sentence, or those of one and of many."""


def messages() -> dict[Message, list[tuple[str, int]]]:
    """Every sentence of the source, with the places in which it stands."""
    found: dict[Message, list[tuple[str, int]]] = {}
    for file, line, message in _said():
        found.setdefault(message, []).append((file, line))
    for file, line, text in (
        *_keys(),
        *_help(),
        *_countries(),
        *_payroll(),
        *sources(),
        *_templates(),
    ):
        found.setdefault(text, []).append((file, line))
    found.pop("", None)
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _said() -> Iterator[tuple[str, int, Message]]:
    """What stands as a literal in a call of one of `KEYWORDS`, however deep among others."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for places in KEYWORDS.get(name, ()):
                given = [node.args[place] for place in places if place < len(node.args)]
                texts = [
                    each.value
                    for each in given
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                ]
                if len(texts) == len(places):
                    message = texts[0] if len(texts) == 1 else (texts[0], texts[1])
                    yield str(path.relative_to(SOURCE)), node.lineno, message


def _keys() -> Iterator[tuple[str, int, str]]:
    """What the keys of a scenario mean."""
    for path in sorted((SOURCE / "scenario").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "description":
                text = node.value
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield str(path.relative_to(SOURCE)), text.lineno, text.value


def _help() -> Iterator[tuple[str, int, str]]:
    """What the commands say of themselves."""
    for path in sorted((SOURCE / "cli").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name in ("command", "cmsource"):
                text = ast.get_docstring(node)
                if text:
                    yield str(path.relative_to(SOURCE)), node.lineno, text


def _countries() -> Iterator[tuple[str, int, str]]:
    """What the files of countries call things: countries and the lines of their payroll."""
    for path in sorted((SOURCE / "countries").glob("*/*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        payroll = data.get("payroll") or {}
        for text in (data["name"], *(payroll.get("lines") or {})):
            yield str(path.relative_to(SOURCE)), 1, text


def sources() -> Iterator[tuple[str, int, str]]:
    """Where the values of countries are from, and what they say in words."""
    for path in sorted((SOURCE / "countries").rglob("*.yaml")):
        for text in _sources_in(yaml.safe_load(path.read_text(encoding="utf-8"))):
            yield str(path.relative_to(SOURCE)), 1, text


def _sources_in(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("source"), str):
            yield data["source"]
        for key in ("intern_permanent_post", "sick_pay"):
            if isinstance(data.get(key), dict):
                yield data[key]["value"]
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for each in inner:
        yield from _sources_in(each)


_LINE_MAKERS = ("line", "pay_line", "Line")


def _payroll() -> Iterator[tuple[str, int, str]]:
    """What the schedules that are programs call their lines: the first part of each."""
    for path in sorted((SOURCE / "countries" / "payroll").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            first: ast.expr | None = None
            if isinstance(node, ast.Tuple) and len(node.elts) > 1:
                first = node.elts[0]
                if len(node.elts) == 2 and " " not in ast.unparse(first):  # no line
                    first = None
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in _LINE_MAKERS:
                first = node.args[0]
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").isupper():
                first = node.value if " " in ast.unparse(node.value) else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield str(path.relative_to(SOURCE)), first.lineno, first.value


def _templates() -> Iterator[tuple[str, int, str]]:
    """The questions of the templates; some are in French already."""
    for name in template_names():
        yield f"{name}.yaml", 1, str(question(name))


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return SOURCE / "locale" / language / "LC_MESSAGES" / "cmsource.po"


def catalogue(path: Path, language: str) -> Catalog:
    """A catalogue as it is written."""
    with path.open("rb") as stream:
        return read_po(stream, language, abort_invalid=True)


def translation(found: Catalog, key: str) -> str | tuple[str, ...]:
    """What a catalogue has for a sentence; "" for nothing."""
    message = found.get(key)
    text = None if message is None else message.string
    if isinstance(text, str):
        return text
    return tuple(text) if text and all(text) else ""


def update(language: str, others: list[Path]) -> None:
    """Bring a catalogue up to date."""
    known = [catalogue(path, language) for path in (path_of(language), *others) if path.exists()]
    new = Catalog(
        language,
        project="cmsource",
        version="1",
        header_comment="# What cmsource tells people.",
        copyright_holder="The cmsource developers",
        msgid_bugs_address="the issue tracker of cmsource",
        creation_date=_SINCE,
        revision_date=_SINCE,
        last_translator="The cmsource developers",
        language_team="The cmsource developers",
        fuzzy=False,
    )
    new.mime_headers = [*new.mime_headers, ("Plural-Forms", PLURALS[language])]
    citations = {text for _, _, text in sources()}
    for message in messages():
        key = message[0] if isinstance(message, tuple) else message
        texts = [
            text
            for each in known
            if (text := translation(each, key)) and isinstance(text, tuple) == (message != key)
        ]
        # A citation stays as it is where nobody says it in words of the language.
        new.add(message, texts[0] if texts else key if key in citations else "")
    with path_of(language).open("wb") as stream:
        write_po(stream, new, width=0, omit_header=False, sort_output=True, no_location=True)


if __name__ == "__main__":
    update("fr", [Path(name) for name in sys.argv[1:]])
