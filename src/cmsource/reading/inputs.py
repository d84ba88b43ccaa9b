"""What a scenario gives itself: every value by its path, as text."""

from collections.abc import Iterable

from cmsource.scenario.node import Node, Value
from cmsource.values.ranges import is_range

_ABOUT_THE_RESULT = ("expect", "extends")


def given_values(root: Node, more: Iterable[tuple[str, Node]] = ()) -> dict[str, str]:
    """Every single value of a tree by its path, and every list of single values as one text.

    Args:
        root: the scenario as given: bases merged, flags applied, no gap filled.
        more: flags that change what is not in the tree but comes of it, as path and value.
    """
    found: dict[str, str] = {}
    for name, node in root.items():
        if name not in _ABOUT_THE_RESULT and not name.startswith("x-"):
            _add(node.value, name, found)
    for path, node in more:
        _add(node.value, path, found)
    return found


def _add(value: Value, path: str, found: dict[str, str]) -> None:
    if isinstance(value, dict) and is_range(value):
        parts = [f"{key}: {_text(child.value)}" for key, child in value.items()]
        found[path] = f"{{{', '.join(parts)}}}"
    elif isinstance(value, dict):
        for name, child in value.items():
            if child.value is not None:
                _add(child.value, f"{path}.{name}", found)
    elif not isinstance(value, list):
        found[path] = _text(value)
    elif any(isinstance(child.value, (dict, list)) for child in value):
        for number, child in enumerate(value):
            _add(child.value, f"{path}.{number}", found)
    else:
        found[path] = f"[{', '.join([_text(child.value) for child in value])}]"


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)
