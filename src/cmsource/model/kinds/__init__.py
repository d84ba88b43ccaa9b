"""What each kind of source costs and covers: a module for each, called by the kind's word."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from cmsource.model.resource import Resource
from cmsource.model.setting import Setting
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.source import Source

RESOURCES: dict[str, Callable[[Any, Setting], Resource]] = {
    word: import_module(f"{__name__}.{word}").resource for word in KINDS
}
"""What makes a resource of a source, by the word for its kind."""


def translate(source: Source, setting: Setting) -> Resource:
    """The resource that a source is."""
    return RESOURCES[source.kind](source, setting)
