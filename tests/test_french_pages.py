"""The French pages: typography, and where their links lead."""

import re
from pathlib import Path

import pytest

from cmsource.values.language import ENGLISH
from page_keys import default, keys_with_paths
from pages import DOCS, FRENCH, PAGES, called, language_of

_NO_PROSE = re.compile(r"^```.*?^```$|<!-- generated.*?<!-- end -->", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`]*`")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)#\s]+)[^)\s]*\)")
_WRONG = {
    "a space that may break": re.compile(r".* [:;?!»%€](?!\S).*|.*« .*"),
    "a straight apostrophe": re.compile(r".*\w'\w.*"),
    "a number that may break": re.compile(r".*\d \d{3}(?!\d).*"),
}
FRENCH_PAGES = [page for page in PAGES if language_of(page) is not ENGLISH]


@pytest.mark.parametrize("page", FRENCH_PAGES, ids=called)
def test_typography(page: Path) -> None:
    """Prose has the apostrophe, and no-break spaces before double signs and within numbers."""
    prose = _CODE.sub("`…`", _NO_PROSE.sub("", page.read_text("utf-8")))
    found = {what: rule.findall(prose) for what, rule in _WRONG.items()}
    assert {what: lines for what, lines in found.items() if lines} == {}


@pytest.mark.parametrize("page", FRENCH_PAGES, ids=called)
def test_links_lead_to_french_pages(page: Path) -> None:
    """A link goes to the French edition of a page of the documentation, but for its own twin."""
    targets = [
        (page.parent / target).resolve()
        for words, target in _LINK.findall(page.read_text("utf-8"))
        if words != "English"
    ]
    assert [
        called(target)
        for target in targets
        if target.parent == DOCS and (DOCS / FRENCH.code / target.name).exists()
    ] == []


CODE_FIRST = re.compile(r"`([^`]*)`(?:\u00a0?: .*)?", re.DOTALL)
"""A default that begins with a value, and may go on with why."""


def test_defaults_are_read_as_those_of_the_english_page() -> None:
    """What the French tables of keys give in a French spelling means the same in a scenario."""
    compared = 0
    for key, path in keys_with_paths():
        english, french = (
            CODE_FIRST.fullmatch(default(key, path, each)) for each in (ENGLISH, FRENCH)
        )
        if key.quantity is None or english is None:
            continue
        assert french is not None, path
        if english[1] != french[1]:
            one, other = (key.quantity.value(found[1]) for found in (english, french))
            assert one == other, (path, english[0], french[0])
            compared += 1
    assert compared > 20


def test_defaults_are_spelt_in_french() -> None:
    """By hand: a duration, a share, working time and a word of a list."""
    page = (DOCS / "fr" / "scenario.md").read_text("utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.count(" | ") == 3]
    defaults = {row[0]: row[2] for row in rows}
    nbsp = "\N{NO-BREAK SPACE}"
    assert defaults["| `horizon`"].startswith(f"`24 mois`{nbsp}: ")
    assert defaults["| `work_done`"].startswith(f"`95{nbsp}%`{nbsp}: ")
    assert defaults["| `supervision`"].startswith(f"`2 h/semaine`{nbsp}: ")
    assert defaults["| `season`"] == "`worst`"
