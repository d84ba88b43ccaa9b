"""The guides for whoever works on the project: what they name is there."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from cmsource.cli.app import COMMANDS
from pages import blocks, called, editions
from test_architecture import ALLOWED
from test_docs import test_links_lead_somewhere as check_links

ROOT = Path(__file__).parent.parent
ARCHITECTURES = editions("architecture.md")
GUIDES = [ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *ARCHITECTURES]
_NAMED = re.compile(r"(?:src|tests|benchmarks|docs|scenarios|\.ci)/[\w./-]*")


@pytest.mark.parametrize("page", GUIDES, ids=called)
def test_files_are_there(page: Path) -> None:
    """Every file and folder of the project that a guide names exists, and so does each link."""
    text = page.read_text("utf-8")
    assert [name for name in _NAMED.findall(text) if not (ROOT / name.rstrip(".")).exists()] == []
    check_links(page)


@pytest.mark.parametrize("page", ARCHITECTURES, ids=called)
def test_every_room_is_drawn(page: Path) -> None:
    """The table of rooms has each room, and no other."""
    rooms = re.findall(r"^\| `(\w+)` \|", page.read_text("utf-8"), re.MULTILINE)
    assert set(rooms) == set(ALLOWED)


@pytest.mark.parametrize("page", ARCHITECTURES, ids=called)
def test_the_example_is_walked(page: Path) -> None:
    """The example goes from YAML to report as the page has it: what is printed is beside it."""
    steps = "".join(blocks(page, "python"))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(steps, page.name, "exec"), {})
    said = re.findall(r"^print\(.*\)  # (.*)$", steps, re.MULTILINE)
    assert printed.getvalue().splitlines() == said


def test_every_command_has_its_module() -> None:
    """The file that a command is said to have is there."""
    commands = ROOT / "src" / "cmsource" / "cli"
    assert all((commands / f"{name}_command.py").exists() for name in COMMANDS)
