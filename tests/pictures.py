"""The pictures of the README, in both languages: the answer on a terminal, and as a page.

    python tests/pictures.py

draws them anew; a test holds them to what the commands show.
"""

import re
from pathlib import Path

import cmsource
from cmsource.analysis.advice import advised
from cmsource.analysis.selection import ordered
from cmsource.reports.compare import CompareReport
from cmsource.values.language import Language
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
SCENARIO = ROOT / "scenarios" / "boutique-24-7.yaml"
WIDTH, HEIGHT = 940, 1270
"""Of the page, in pixels: what somebody sees who opens it."""

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_BODY = re.compile(r"<body>(.*?)</body>", re.DOTALL)


def pictures() -> dict[Path, str]:
    """Every picture by its path."""
    scenario = cmsource.load(SCENARIO, root=ROOT)
    result = advised(scenario, cmsource.compare(scenario, details=False))
    report = CompareReport([ordered(result, "rank")])
    found = {}
    for code in ("en", "fr"):
        page = Page(language=Language(code))
        found[FOLDER / f"terminal.{code}.svg"] = written(report, Format.SVG, page)
        found[FOLDER / f"page.{code}.svg"] = _framed(written(report, Format.HTML, page))
    return found


def _framed(page: str) -> str:
    """The top of a page as a picture: an SVG that holds it."""
    [style], [body] = _STYLE.findall(page), _BODY.findall(page)
    body = body.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f"<foreignObject {size}>\n"
        f'<body xmlns="http://www.w3.org/1999/xhtml">\n<style>{style}</style>\n{body}</body>\n'
        "</foreignObject>\n</svg>\n"
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, picture in pictures().items():
        path.write_text(picture, encoding="utf-8")
