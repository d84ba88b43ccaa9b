"""Where values come from: places are worked out when they are asked for, and stay values."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmsource.reading.document import read_document
from cmsource.reading.report import Report
from cmsource.scenario.node import Node
from cmsource.scenario.provenance import NOWHERE, Origin, Origins
from readings import BASE, scenario

HERE = Origin("file", "s.yaml", 3, 5, 4)
THERE = Origin("set", "horizon=12", 1, 9, 2)
COPIES = (copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value)))
"""Ways to have a value a second time."""


def tree(text: str) -> Node:
    """The tree of a text, under the name ``d.yaml``."""
    node = read_document("d.yaml", text, Report())
    assert node is not None
    return node


class TestOrigins:
    """The origins of a record's fields."""

    def test_are_a_mapping(self) -> None:
        """They are looked up, counted and compared as those of a dict are."""
        origins = Origins({"hours": HERE, "wage": Node(1, THERE)})
        assert origins == {"hours": HERE, "wage": THERE}
        assert list(origins) == ["hours", "wage"]
        assert len(origins) == 2
        assert "wage" in origins
        assert origins["wage"] is THERE
        assert origins.get("age") is None
        assert repr(origins) == repr({"hours": HERE, "wage": THERE})

    def test_changes_stay_with_one(self) -> None:
        """What one of two copies is told, the other and what they are made of do not learn."""
        found = {"hours": HERE}
        first = Origins(found)
        second = Origins(first)
        second["hours"] = THERE
        second["wage"] = HERE
        del first["hours"]
        assert found == {"hours": HERE}
        assert first == {}
        assert second == {"hours": THERE, "wage": HERE}

    def test_nowhere_stays_empty(self) -> None:
        """What every record starts from is not what a copy of it is told."""
        origins = Origins(NOWHERE)
        origins["hours"] = HERE
        assert not NOWHERE

    def test_refs_without_repeats(self) -> None:
        """References are those of the fields that have an origin, each once."""
        origins = Origins({"a": HERE, "b": THERE, "c": Node(1, HERE)})
        assert origins.refs("c", "x", "b", "a") == ("s.yaml:3", "--set horizon=12")

    @pytest.mark.parametrize("again", COPIES)
    def test_copies_are_equal(self, again: Callable[[Any], Any]) -> None:
        """Copies and pickles have the same origins, whatever they were made of."""
        origins = Origins(tree("a: 1\nb: {c: 2}").given())
        other = again(origins)
        assert isinstance(other, Origins)
        assert other == origins
        assert other["b"] == Origin("file", "d.yaml", 2, 4, 6)

    @pytest.mark.parametrize("again", COPIES)
    def test_a_scenario_takes_them_along(self, again: Callable[[Any], Any]) -> None:
        """A copy of a scenario that was read is equal to it, origins and all."""
        one = scenario(BASE)
        other = again(one)
        assert other == one
        assert other.sources["cm"].origins["kind"].ref == "s.yaml:4"


class TestNode:
    """Places of the values of a text."""

    @pytest.mark.parametrize(
        ("text", "path", "origin", "key"),
        [
            ("a: word", "a", (1, 4, 4), (1, 1, 1)),
            ("a:\n  bc: 'x y'", "a.bc", (2, 7, 5), (2, 3, 2)),
            ("a: {b: 1}", "a", (1, 4, 6), (1, 1, 1)),
            ("a: [1,\n  2]", "a", (1, 4, 1), (1, 1, 1)),
            ("a: |\n  x\n  y\n", "a", (1, 4, 1), (1, 1, 1)),
            ("a: &x 1\nb: *x", "b", (1, 4, 4), (2, 1, 1)),
        ],
    )
    def test_places(
        self, text: str, path: str, origin: tuple[int, int, int], key: tuple[int, int, int]
    ) -> None:
        """A value has its line, column and length; one of several lines counts as one character."""
        node = tree(text).get(*path.split("."))
        assert node is not None
        assert node.origin == Origin("file", "d.yaml", *origin)
        assert node.key == Origin("file", "d.yaml", *key)
        assert node.place == node.key

    def test_the_same_place_twice(self) -> None:
        """A place is worked out once, and is then one and the same."""
        node = tree("a: 1").get("a")
        assert node is not None
        assert node.origin is node.origin
        assert node.key is node.key

    def test_elements_have_no_key(self) -> None:
        """An element of a list is found by itself."""
        node = tree("[a, b]").elements()[1]
        assert node.key is None
        assert node.place == node.origin == Origin("file", "d.yaml", 1, 5, 1)

    def test_another_value_keeps_the_place(self) -> None:
        """A value that takes the place of another points where that one does."""
        node = tree("a: {b: 1}").get("a")
        assert node is not None
        other = node.replaced(7)
        assert (other.value, other.origin, other.key) == (7, node.origin, node.key)

    @pytest.mark.parametrize("again", COPIES)
    def test_copies(self, again: Callable[[Any], Any]) -> None:
        """Copies and pickles of a tree have its values and its places."""
        one = tree("a: {b: [1, x]}")
        other = again(one)
        assert other.plain() == {"a": {"b": [1, "x"]}}
        found, expected = other.get("a", "b").elements()[1], one.get("a", "b")
        assert expected is not None
        assert found.origin == expected.elements()[1].origin
        assert other.get("a").key == Origin("file", "d.yaml", 1, 1, 1)

    @given(st.text(st.characters(codec="utf-8", categories=["L", "Nd"]), min_size=1, max_size=20))
    def test_names_of_files(self, name: str) -> None:
        """A place has the name of the file as it was given."""
        node = read_document(name, "a: 1", Report())
        assert node is not None
        assert node.origin.name == name
