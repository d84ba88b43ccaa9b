"""The French pages: typography, and where their links lead."""

import re
from pathlib import Path

import pytest

from cmsource.values.language import ENGLISH
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
