"""Drafts: parts of a scenario as the user gave them, whose gaps are being filled.

Works on the tree, before any value is checked, so that everything filled in can be printed by
``cmsource expand``. Values that cannot be understood are left alone: checking reports them.
"""

from collections.abc import Callable
from typing import Any

from cmsource.scenario.defaults import Defaults
from cmsource.scenario.node import Node, Tree
from cmsource.scenario.provenance import Origin
from cmsource.scenario.record import Record, keys_of
from cmsource.values.quantities import QuantityError
from cmsource.values.quantity_type import Quantity
from cmsource.values.week import Week

FILLED = Origin("built-in", "built-in")
"""The origin of maps that only hold what was filled in."""


class Draft:
    """One record whose gaps are being filled.

    Args:
        cls: what record it is to be.
        node: the user's map; None where there is none.
        defaults: what the country says.
        cover: the hours of ``needs.cover``, when they can be read.

    Attributes:
        tree: its entries.
    """

    def __init__(
        self, cls: type[Record], node: Node | None, defaults: Defaults, cover: Week | None
    ) -> None:
        self.cls = cls
        self.defaults = defaults
        self.cover = cover
        self.tree: Tree = {} if node is None else node.given()
        self._node = node

    def lacks(self, *keys: str) -> bool:
        """Whether none of some keys is given or filled."""
        return self.tree.keys().isdisjoint(keys)

    def fill(self, key: str, value: Node | Callable[[], Node]) -> None:
        """Fill a key that is not given."""
        if key not in self.tree:
            self.tree[key] = value if isinstance(value, Node) else value()

    def early(self, key: str) -> Any:  # noqa: ANN401 - as the key's quantity says
        """A value that is needed before it is checked, of a range the likely one; None if none."""
        return early(self.cls, key, self.tree.get(key))

    def within(self, key: str, cls: type[Record]) -> "Draft | None":
        """The draft of a record under a key; None where something else stands there."""
        node = self.tree.get(key)
        if node is not None and not isinstance(node.value, dict):
            return None
        return Draft(cls, node, self.defaults, self.cover)

    def node(self) -> Node:
        """The map with its gaps filled. Its null keys stay: some of them may be unknown."""
        if self._node is None:
            return Node(self.tree, FILLED)
        nulls = {key: child for key, child in self._node.entries() if child.value is None}
        return self._node.replaced({**nulls, **self.tree} if nulls else self.tree)


def early(cls: type[Record], key: str, node: Node | None) -> Any:  # noqa: ANN401 - as it says
    """The value of a key of a record before it is checked; None where it cannot be read."""
    quantity = keys_of(cls)[key].quantity
    assert quantity is not None
    return early_value(quantity, node)


def early_value(quantity: Quantity[Any], node: Node | None) -> Any:  # noqa: ANN401 - as it says
    """A value before it is checked, of a range the likely one; None where it cannot be read."""
    if node is None or node.value is None:
        return None
    try:
        return quantity.value(node.plain())
    except QuantityError:
        return None


def filled(cls: type[Record], node: Node | None, defaults: Defaults, cover: Week | None) -> Node:
    """A record with its gaps filled; what is no map stays as it is.

    Args:
        cls: what record it is to be.
        node: the user's map; None where there is none.
        defaults: what the country says.
        cover: the hours of ``needs.cover``, when they can be read.
    """
    if node is not None and not isinstance(node.value, dict):
        return node
    draft = Draft(cls, node, defaults, cover)
    cls.fill(draft)
    return draft.node()
