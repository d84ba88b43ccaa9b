"""The pages: their languages, blocks and headings, and how their commands run."""

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest.mock import patch

import searches
from cmsource.cli import main
from cmsource.values.language import ENGLISH, Language

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
README = ROOT / "README.md"
FRENCH_README = ROOT / "README.fr.md"
DIAGNOSTICS_PAGE = DOCS / "diagnostics.md"
FRENCH = Language("fr")
PAGES = (README, FRENCH_README, *sorted(DOCS.rglob("*.md")))
"""Every page; each is held to what the tests say of all of them as soon as it is there."""

_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEAD = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_PROGRAM = re.compile(r"(\.venv/bin/)?cmsource ")
_LOUD = ("COLUMNS", "FORCE_COLOR", "CMSOURCE_LANG")


def called(page: Path) -> str:
    """The path of a page from the project's folder, which names it in tests."""
    return page.relative_to(ROOT).as_posix()


def language_of(page: Path) -> Language:
    """The language that a page is written in."""
    french = page == FRENCH_README or page.is_relative_to(DOCS / FRENCH.code)
    return FRENCH if french else ENGLISH


def editions(name: str) -> list[Path]:
    """The English page of a name under ``docs/``, and its French twin where there is one."""
    return [page for page in (DOCS / name, DOCS / FRENCH.code / name) if page.exists()]


def fenced(text: str) -> list[tuple[str, str]]:
    """The fenced blocks of a text, each with its language."""
    return _FENCE.findall(text)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return [body for name, body in fenced(page.read_text("utf-8")) if name == language]


def heads(page: Path) -> list[tuple[str, str]]:
    """The headings of a page, each with its signs; a comment in a block is none."""
    return _HEAD.findall(_FENCE.sub("", page.read_text("utf-8")))


def tables(page: Path) -> list[list[str]]:
    """The lines of each table of a page: its titles, its rule and its rows."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    return [found.splitlines() for found in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)]


def slug(head: str) -> str:
    """The anchor of a heading."""
    kept = "".join(c for c in head.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


def link(page: Path, name: str, head: str) -> str:
    """Where a page finds the section of an English page: in its own language, where it is there."""
    english, *french = editions(name)
    place = [text for _, text in heads(english)].index(head)
    if language_of(page) is ENGLISH:
        return f"{name}#{slug(head)}"
    if french:
        return f"{name}#{slug(heads(french[0])[place][1])}"
    return f"../{name}#{slug(head)}"


@contextlib.contextmanager
def desk() -> Iterator[Path]:
    """A folder of its own, as the current one, with the files that the pages speak of."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "scenarios", folder / "scenarios")
        shutil.copy(ROOT / "scenarios" / "boutique-24-7.yaml", folder / "base.yaml")
        (folder / "profile.csv").write_text(_profile(), encoding="utf-8")
        for page in PAGES:
            for title, body in _files(page):
                (folder / title).write_text(body, encoding="utf-8")
        with contextlib.chdir(folder):
            yield folder


_NAMED = re.compile(r"^```\w+ (\S+\.\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def _files(page: Path) -> list[tuple[str, str]]:
    """The blocks that a page names as files: ``yaml six-lignes.yaml`` behind the fence."""
    return _NAMED.findall(page.read_text("utf-8"))


def _profile() -> str:
    """A profile file: one row for each hour of the week."""
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    rows = [f"{name},{hour:02}:00,{1 + hour}" for name in names for hour in range(24)]
    return "\n".join(["day,hour,weight", *rows, ""])


def run(line: str, language: Language = ENGLISH) -> tuple[int, str]:
    """Run one command line in the current folder, 80 columns wide; its exit status and output.

    Args:
        line: as a page has it.
        language: of the page; French is what the variable says, so that lines need no flag.
    """
    line, _, target = line.partition(" > ")
    words = []
    for word in shlex.split(line, comments=True)[1:]:
        words += sorted(map(str, Path().glob(word))) if "*" in word else [word]
    out = io.StringIO()
    asked = {name: value for name, value in os.environ.items() if name not in _LOUD}
    if language is not ENGLISH:
        asked["CMSOURCE_LANG"] = language.code
    with (
        patch.dict(os.environ, asked, clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(io.StringIO()),
        patch(searches.WHERE, searches.breakevens),
    ):
        try:
            main(words)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
    if target:
        Path(target.strip()).write_text(out.getvalue(), encoding="utf-8")
    return status, out.getvalue()


def command_lines(page: Path) -> list[list[str]]:
    """The lines of each shell block of a page that run the tool."""
    found = []
    for body in blocks(page, "sh"):
        lines = [line.partition(" #")[0].strip() for line in body.splitlines()]
        found.append([line for line in lines if _PROGRAM.match(line)])
    return [lines for lines in found if lines]
