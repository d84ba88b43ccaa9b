"""The pictures of the README are what the commands show."""

from xml.etree import ElementTree

import pytest

from pictures import FOLDER, pictures

PICTURES = pictures()


@pytest.mark.parametrize("name", sorted(path.name for path in PICTURES))
def test_pictures_are_current(name: str) -> None:
    """Drawn anew they are the same."""
    path = FOLDER / name
    assert path.read_text("utf-8") == PICTURES[path], "run: python tests/pictures.py"


def test_no_other_picture_is_there() -> None:
    """What is not drawn any more is gone."""
    assert set(FOLDER.iterdir()) == set(PICTURES)


@pytest.mark.parametrize("name", sorted(path.name for path in PICTURES))
def test_pictures_can_be_shown(name: str) -> None:
    """Well-formed, whole by themselves, and in the language that their name says."""
    text = (FOLDER / name).read_text("utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag.endswith("svg")
    assert "<script" not in text
    assert "@import" not in text
    assert ("Choisir" in text) == (".fr." in name)
