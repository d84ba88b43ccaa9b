"""The example scenarios that ``cmsource init`` writes.

They are the files of ``scenarios/``; a built package carries a copy of them.
"""

import re
from pathlib import Path

from cmsource.values.language import Said, say

_HERE = Path(__file__).parent.parent
_EXPECT = re.compile(r"^expect:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)


def _folder() -> Path:
    packaged = _HERE / "scenarios"
    return packaged if packaged.is_dir() else _HERE.parent.parent / "scenarios"


def template_names() -> list[str]:
    """The names of all templates."""
    return sorted(path.stem for path in _folder().glob("*.yaml"))


def template_text(name: str) -> str:
    """The text of a template: an example, with what it expects as a comment.

    Who starts from it changes its figures, and the expectation is that of the example.
    """
    text = (_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    return _EXPECT.sub(lambda found: re.sub("^", "# ", found[0].rstrip(), flags=re.M) + "\n", text)


def question(name: str) -> Said:
    """The question that a template answers: its first comment."""
    for line in template_text(name).splitlines():
        text = line.lstrip("# ").strip()
        if line.startswith("#") and text and not text.startswith("yaml-language-server"):
            return say(text)
    return say("")
