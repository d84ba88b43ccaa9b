"""The site of the documentation: whole in both languages, and nothing from elsewhere."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from pages import DOCS

SITE = DOCS / "site"
sys.path.append(str(SITE))

from llms import listed, whole  # noqa: E402 - they stand beside what builds the site
from make import started, trees  # noqa: E402
from navigation import FRONT, LANGUAGES, READMES, navigation  # noqa: E402
from sources import Source, Sources, write  # noqa: E402

PLAN = navigation()
SOURCES = {language: list(Sources(PLAN, language)) for language in LANGUAGES}
BUILDER = importlib.util.find_spec("pydata_sphinx_theme") and importlib.util.find_spec(
    "myst_parser"
)
needs_builder = pytest.mark.skipif(not BUILDER, reason="the extra `docs` is not installed")


def test_every_page_is_in_the_navigation() -> None:
    """Each page of the folder has its place, once, and a line in both languages."""
    own = [page.name for page in PLAN.pages() if not page.of]
    assert sorted(own) == sorted(page.stem for page in DOCS.glob("*.md"))
    for page in PLAN.pages():
        assert set(page.line) == set(LANGUAGES)
        assert page.file("fr").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_of_the_readme_is_on_a_page(language: str) -> None:
    """All but the last one, whose links the navigation has."""
    sections = re.findall(r"^## ", READMES[language].read_text("utf-8"), re.MULTILINE)
    assert sorted(PLAN.of_readme()) == list(range(len(sections)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_leads_out_of_the_folder(language: str) -> None:
    """A link goes to a page, to what comes along, or to another host."""
    known = {f"{source.name}.md" for source in SOURCES[language]}
    for source in SOURCES[language]:
        for target in _targets(source):
            assert target in known or target.startswith(("scenarios/", "pictures/")), target


def _targets(source: Source) -> Iterator[str]:
    """Where the links of a page in Markdown lead, within the site."""
    text = re.sub(r"^```.*?^```$", "", source.text, flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target:
            yield target


def test_the_front_page_shows_the_real_result() -> None:
    """What the README shows, which a test holds to what is printed, and the picture."""
    for language in LANGUAGES:
        [block] = re.findall(r"^```text\n.*?^```$", SOURCES[language][0].text, re.M | re.S)
        assert block in READMES[language].read_text("utf-8")
        assert f"pictures/page.{language}.svg" in SOURCES[language][0].text


def test_the_list_for_programs() -> None:
    """A title, a summary, and a link with a line for each page of each language."""
    text = listed(PLAN, SOURCES)
    title, summary, rest = text.split("\n\n", 2)
    assert title == "# cmsource"
    assert summary.startswith("> Who should run our community management")
    links = re.findall(r"^- \[([^\]]+)\]\(([\w/]+)\.md\): (.+)$", rest, re.MULTILINE)
    assert [name for _, name, _ in links] == [
        f"{'' if language == 'en' else 'fr/'}{page.name}"
        for language in LANGUAGES
        for page in PLAN.pages()
    ]
    assert len(re.findall(r"^# ", whole(SOURCES["en"]), re.MULTILINE)) >= len(SOURCES["en"])


@needs_builder
@pytest.mark.parametrize("program", ("docs/site/make.py", "web/build.py", ".ci/manual.py"))
def test_what_builds_says_how_it_is_called(program: str, tmp_path: Path) -> None:
    """A flag that somebody tries is no folder to write into."""
    if program == ".ci/manual.py" and not importlib.util.find_spec("docutils"):
        pytest.skip("the extra `release` is not installed")
    line = [sys.executable, str(DOCS.parent / program), "--help"]
    ran = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, "usage: " in ran.stdout) == (0, True)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_link_without_its_target_is_an_error(tmp_path: Path) -> None:
    """The builder stops, and says where it stands."""
    broken = [
        source._replace(text=f"{source.text}\n[there](model.md#nowhere)\n")
        if source.name == "howto"
        else source
        for source in SOURCES["en"]
    ]
    write(broken, tmp_path / "pages", trees(PLAN, "en"))
    process = started("en", tmp_path / "pages", tmp_path / "built")
    said, _ = process.communicate(timeout=300)
    assert process.returncode
    assert "howto.md" in said
    assert "nowhere" in said


@needs_builder
@pytest.mark.slow
def test_the_site_holds(tmp_path: Path) -> None:
    """Built strictly: pages of both languages, links with targets, nothing from elsewhere."""
    command = [sys.executable, str(SITE / "make.py"), str(tmp_path / "site")]
    built = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert built.returncode == 0, built.stdout + built.stderr
    site = tmp_path / "site"
    names = [FRONT, *(page.name for page in PLAN.pages())]
    for folder in (site, site / "fr"):
        pages = {path: _page(path) for path in folder.glob("*.html")}
        assert sorted(path.stem for path in pages) == sorted([*names, "search"])
        for path, page in pages.items():
            assert page.language == ("fr" if folder.name == "fr" else "en")
            assert page.loaded, path
            assert not [each for each in page.loaded if "//" in each], path
            twin = (site if folder.name == "fr" else site / "fr") / path.name
            assert twin in {(folder / target).resolve() for target in page.links}, path
            for target in page.links:
                _holds(path, target)
        reached = _reached(folder / "index.html", pages)
        assert {path.stem for path in reached} >= set(names)
        assert all((folder / f"{name}.md").exists() for name in names)
    assert (site / "llms.txt").read_text("utf-8") == listed(PLAN, SOURCES)
    assert (site / "llms-full.txt").read_text("utf-8") == whole(SOURCES["en"])
    for target in re.findall(r"\]\(([^)]+)\)", (site / "llms.txt").read_text("utf-8")):
        assert (site / target).is_file(), target
    for style in site.rglob("*.css"):
        found = re.findall(r"url\(\s*[\"']?(?:https?:)?//", style.read_text("utf-8"))
        assert not found, style
    assert "french" in (site / "fr" / "_static" / "language_data.js").read_text("utf-8").lower()


class _Page(HTMLParser):
    """What a built page is made of.

    Attributes:
        language: that it says.
        loaded: the scripts, styles, pictures and fonts that it loads.
        links: where its links lead, within the site.
        anchors: the places on it that links can name.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.language = ""
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        found = {name: value or "" for name, value in attrs}
        self.anchors |= {found[name] for name in ("id", "name") if name in found}
        if tag == "html":
            self.language = found.get("lang", "")
        elif tag == "link" and found.get("rel", "") in ("stylesheet", "preload", "icon"):
            self.loaded.append(found["href"])
        elif tag == "a" and "href" in found and not re.match(r"https?:|mailto:", found["href"]):
            self.links.append(found["href"])
        if "src" in found:
            self.loaded.append(found["src"])


@cache
def _page(path: Path) -> _Page:
    return _Page(path)


def _holds(page: Path, target: str) -> None:
    """A link within the site has its file, and its place on it."""
    name, _, anchor = unquote(target).partition("#")
    path = (page.parent / name.partition("?")[0]).resolve() if name else page
    assert path.is_file(), f"{page.name}: {target}"
    if anchor and path.suffix == ".html":
        assert anchor in _page(path).anchors, f"{page.name}: {target}"


def _reached(start: Path, pages: dict[Path, _Page]) -> set[Path]:
    """The pages that links lead to from one on, whatever the way."""
    reached, left = set(), [start]
    while left:
        path = left.pop()
        if path in pages and path not in reached:
            reached.add(path)
            left += [(path.parent / link.partition("#")[0]).resolve() for link in pages[path].links]
    return reached
