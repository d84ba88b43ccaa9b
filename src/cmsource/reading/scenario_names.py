"""What files of scenarios are called."""

from pathlib import Path

SUFFIXES = (".yaml", ".yml")
"""How the names of scenarios end."""
OWN = ".cmsource"
"""What stands before that where a name says that it is a scenario, as editors and catalogues of
schemas know it: ``shop.cmsource.yaml``."""
USUAL = f"scenario{OWN}{SUFFIXES[0]}"
"""The file that is written when none is named."""


def name_of(file: Path) -> str:
    """The name of a scenario that gives none: that of its file, without what all files have."""
    return file.stem.removesuffix(OWN) or file.stem
