"""How Sphinx builds the site of one language; `make.py` calls it for each."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE))

from navigation import LANGUAGES  # noqa: E402 - it stands beside this file

from cmsource import __version__  # noqa: E402 - beside the others

language = os.environ["CMSOURCE_SITE_LANGUAGE"]
project = "cmsource"
release = __version__
copyright = "The cmsource developers"
extensions = ["myst_parser"]
root_doc = "index"
templates_path = [str(HERE / "templates")]

myst_heading_anchors = 6
smartquotes = False
highlight_language = "text"
locale_dirs: list[str] = []

html_theme = "pydata_sphinx_theme"
html_title = project
html_favicon = str(HERE / "static" / "icon.svg")
html_static_path = [str(HERE / "static")]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_use_index = False
html_domain_indices = False
html_search_language = language
html_sidebars = {"**": ["pages.html"]}
words = {
    "en": {"pages": "All pages", "search": "Search …"},
    "fr": {"pages": "Toutes les pages", "search": "Rechercher…"},
}[language]
html_context = {
    "default_mode": "auto",  # as the reader's system has it
    "tongues": {"en": "English", "fr": "Français"},
    "first_tongue": LANGUAGES[0],
    "words": words,
}
html_theme_options = {
    "search_bar_text": words["search"],
    "navbar_align": "left",
    "navbar_center": [],
    "navbar_end": ["tongue", "theme-switcher"],
    "navbar_persistent": ["search-button-field"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": ["markdown"],
    "show_prev_next": True,
    "back_to_top_button": False,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
