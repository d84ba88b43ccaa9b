"""`llms.txt` and `llms-full.txt`: the pages for programs that read, as Markdown.

The first has a title, a summary, and a list of links with a line each; the second has all pages
one after the other.
"""

import re
from collections.abc import Mapping, Sequence

from navigation import LANGUAGES, Navigation
from sources import Source

_SUMMARY = re.compile(r"^\*\*(.+?)\*\*(.*?)\n\n", re.MULTILINE | re.DOTALL)


def listed(navigation: Navigation, sources: Mapping[str, Sequence[Source]]) -> str:
    """The list of all pages: those in English, then those in French.

    Args:
        navigation: of the site.
        sources: the pages of each language.
    """
    front = sources[LANGUAGES[0]][0]
    question, answer = _summary(front)
    parts = [f"# {front.title}", f"> {question} {answer}"]
    for language in LANGUAGES:
        titles = {source.name: source.title for source in sources[language]}
        folder = "" if language == LANGUAGES[0] else f"{language}/"
        for section in navigation.sections:
            mark = "" if language == LANGUAGES[0] else " (français)"
            lines = [
                f"- [{titles[page.name]}]({folder}{page.name}.md): {page.line[language]}"
                for page in section.pages
            ]
            parts += [f"## {section.title[language]}{mark}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _summary(front: Source) -> tuple[str, str]:
    """The question that the front page begins with, and what is said of it."""
    found = _SUMMARY.search(front.text)
    assert found is not None, "the README begins with its question in bold"
    return " ".join(found[1].split()), " ".join(found[2].split())


def whole(sources: Sequence[Source]) -> str:
    """All pages of a language, one after the other."""
    return "\n".join(source.text.rstrip() + "\n" for source in sources)
