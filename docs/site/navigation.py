"""The navigation of the site: its sections and pages, read from `navigation.yaml`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

LANGUAGES = ("en", "fr")
DOCS = Path(__file__).resolve().parents[1]
ROOT = DOCS.parent
READMES = {"en": ROOT / "README.md", "fr": ROOT / "README.fr.md"}
FRONT = "index"
"""The name of the front page."""


class Page(NamedTuple):
    """A page of the site, in both languages.

    Attributes:
        name: of its files, without ending.
        line: what it is about, in one line, by language.
        title: by language, where it is made of sections of the README.
        of: the numbers of these sections; none for a page with a file of its own.
    """

    name: str
    line: Mapping[str, str]
    title: Mapping[str, str]
    of: tuple[int, ...]

    def file(self, language: str) -> Path:
        """Where its text is from."""
        if self.of:
            return READMES[language]
        return (DOCS if language == "en" else DOCS / language) / f"{self.name}.md"


class Section(NamedTuple):
    """Pages that belong together."""

    title: Mapping[str, str]
    pages: tuple[Page, ...]


class Navigation(NamedTuple):
    """All sections, and what the front page takes from the README besides its beginning."""

    sections: tuple[Section, ...]
    front: tuple[int, ...]

    def pages(self) -> Iterator[Page]:
        """Every page but the front one, in order."""
        for section in self.sections:
            yield from section.pages

    def of_readme(self) -> dict[int, str]:
        """The page on which each section of the README stands."""
        found = dict.fromkeys((0, *self.front), FRONT)
        for page in self.pages():
            found |= dict.fromkeys(page.of, page.name)
        return found


def navigation() -> Navigation:
    """The navigation as it is written."""
    data = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    sections = [
        Section(section["title"], tuple(_page(page) for page in section["pages"]))
        for section in data["sections"]
    ]
    return Navigation(tuple(sections), tuple(data["front"]))


def _page(data: Mapping[str, object]) -> Page:
    return Page(**{"title": {}, **data, "of": tuple(data.get("of", ()))})  # type: ignore[arg-type]
