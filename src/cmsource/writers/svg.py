"""Reports as a picture of the terminal, by Rich's export: for a page or a slide."""

import re

from cmsource.reports.report import Readable
from cmsource.writers.looks import finished
from cmsource.writers.page import Page
from cmsource.writers.terminal import console_on, printed

# Rich asks a server for its font; a picture of ours is whole by itself.
_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def write(report: Readable, page: Page) -> str:
    """A report as an SVG picture of a terminal in colour."""
    console = console_on(Page(page.width, colour=True, language=page.language), record=True)
    for _ in printed(report.blocks(), console, page):
        pass
    found = console.export_svg(title="cmsource", unique_id="cmsource")
    return finished(_FONTS.sub("", found))
