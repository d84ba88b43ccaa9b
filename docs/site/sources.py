"""The pages of the site in Markdown: those of the repository, with links that hold on the site.

A link to another page of the same language leads there, one to a scenario to its file, which comes
along; one to the other language leads to its page; one to a file that is not on the site becomes
what it says.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from navigation import DOCS, FRONT, LANGUAGES, READMES, ROOT, Navigation

FOLDERS = {"scenarios": ROOT / "scenarios", "pictures": DOCS / "pictures"}
"""What comes along with the pages of each language."""

_BLOCK = re.compile(r"(^```.*?^```$|<!--.*?-->)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]*)\)")
_TO_TWINS = re.compile(r"^\[[^\]]*\]\([^)]*\)( · \[[^\]]*\]\([^)]*\))*\n+", re.MULTILINE)
_FENCE = re.compile(r"^```(\w+)[^\n]*$", re.MULTILINE)
_NAME = re.compile(r"[\w./-]+\.md")
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)$", re.MULTILINE)
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)
_COLON = {"en": ": ", "fr": "\u00a0: "}
_PLAIN = {"arithmetic", "csv", "figures"}
"""Kinds of blocks that have no colours of their own."""


class Source(NamedTuple):
    """A page as it goes to the site.

    Attributes:
        name: of its file, without ending.
        title: its heading.
        text: all of it, in Markdown.
    """

    name: str
    title: str
    text: str


class Sources:
    """The pages of one language.

    Args:
        navigation: of the site.
        language: the code of the language.
    """

    def __init__(self, navigation: Navigation, language: str) -> None:
        self.navigation = navigation
        self.language = language

    def __iter__(self) -> Iterator[Source]:
        """The front page, then all pages in order."""
        readme, parts = READMES[self.language], _parts(self.language)
        pages = []
        for page in self.navigation.pages():
            text = page.file(self.language).read_text(encoding="utf-8")
            if page.of:
                title = f"# {page.title[self.language]}\n\n"
                text = title + "".join(parts[each] for each in page.of)
            pages.append(self._source(page.name, page.file(self.language), text))
        [picture] = _PICTURE.findall("".join(parts))
        sections = "".join(parts[place] for place in self.navigation.front)
        front = self._source(FRONT, readme, parts[0])
        more = self._source(FRONT, readme, f"\n{picture}\n\n{sections}")
        yield front._replace(text=front.text + self._contents(pages) + more.text)
        yield from pages

    def _contents(self, pages: list[Source]) -> str:
        """All pages by section, as one list."""
        titles = {page.name: page.title for page in pages}
        lines = ['<div class="cards">\n\n']
        for section in self.navigation.sections:
            lines.append(f"- **{section.title[self.language]}**\n")
            for page in section.pages:
                line = page.line[self.language]
                lines.append(
                    f"  - [{titles[page.name]}]({page.name}.md){_COLON[self.language]}{line}.\n"
                )
        return "".join([*lines, "\n</div>\n"])

    def _source(self, name: str, file: Path, text: str) -> Source:
        head, rest = text.split("\n", 1)
        parts = _BLOCK.split(_TO_TWINS.sub("", rest, count=1))
        written = [
            _FENCE.sub(_fence, part) if place % 2 else self._linked(part, file)
            for place, part in enumerate(parts)
        ]
        return Source(name, head.removeprefix("# "), "\n".join([head, "".join(written)]))

    def _linked(self, text: str, file: Path) -> str:
        """Text outside blocks of code, its links as the site has them."""

        def link(found: re.Match[str]) -> str:
            picture, label, target = found.groups()
            return self._link(picture, label, target, file)

        return _LINK.sub(link, text)

    def _link(self, picture: str, label: str, target: str, file: Path) -> str:
        if "://" in target or target.startswith("mailto:"):
            return f"{picture}[{label}]({target})"
        path, _, anchor = target.partition("#")
        aim = (file.parent / path).resolve() if path else file
        anchor = f"#{anchor}" if anchor else ""
        for folder, place in FOLDERS.items():
            if aim.is_relative_to(place) and aim.exists():
                return f"{picture}[{label}]({folder}/{aim.relative_to(place).as_posix()})"
        page = self._page(aim, anchor)
        if page is None:
            return label
        language, name = page
        if _NAME.fullmatch(label):
            label = self._title(language, name)
        if language == self.language:
            return f"[{label}]({name}.md{anchor})"
        there = f"{language}/" if self.language == LANGUAGES[0] else "../"
        return f'<a href="{there}{name}.html{anchor}">{label}</a>'

    def _title(self, language: str, name: str) -> str:
        """What a page is called, for a link that only names its file."""
        for page in self.navigation.pages():
            if page.name == name and not page.of:
                head, _ = page.file(language).read_text(encoding="utf-8").split("\n", 1)
                return head.removeprefix("# ")
        return name

    def _page(self, aim: Path, anchor: str) -> tuple[str, str] | None:
        """The language and the name of the page that a file became; None for no page."""
        for language in LANGUAGES:
            if aim == READMES[language]:
                return language, self._of_readme(language, anchor)
            for page in self.navigation.pages():
                if not page.of and aim == page.file(language):
                    return language, page.name
        return None

    def _of_readme(self, language: str, anchor: str) -> str:
        """The page on which a heading of a README stands."""
        pages = self.navigation.of_readme()
        for place, part in enumerate(_parts(language)):
            heads = re.findall(r"^#+ (.+)$", part, re.MULTILINE)
            if anchor[1:] in map(_slug, heads):
                return pages.get(place, FRONT)
        return FRONT


def _parts(language: str) -> list[str]:
    """The beginning of the README, then its sections."""
    return _SECTION.split(READMES[language].read_text(encoding="utf-8"))


def _fence(found: re.Match[str]) -> str:
    """The beginning of a block, without the file that the tests make of it."""
    kind = found[1]
    return f"```{'text' if kind in _PLAIN else kind}"


def _slug(head: str) -> str:
    kept = "".join(c for c in head.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


def write(sources: Sequence[Source], folder: Path, trees: str) -> None:
    """Write the pages of a language, and what comes along, as the builder reads them.

    Args:
        sources: the pages, the front one first.
        folder: for them.
        trees: what only the builder reads, at the end of the front page.
    """
    folder.mkdir(parents=True)
    for place, source in enumerate(sources):
        text = source.text if place else source.text + trees
        (folder / f"{source.name}.md").write_text(text, encoding="utf-8")
    _come_along(folder)


def copied(sources: Sequence[Source], folder: Path) -> None:
    """Put the pages as Markdown, and what comes along, beside those that were built of them."""
    for source in sources:
        (folder / f"{source.name}.md").write_text(source.text, encoding="utf-8")
    _come_along(folder)


def _come_along(folder: Path) -> None:
    ignored = shutil.ignore_patterns(".*", "__pycache__")
    for name, place in FOLDERS.items():
        shutil.copytree(place, folder / name, ignore=ignored)
