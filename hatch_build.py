"""Compiles the catalogues of languages into the wheel, and adds what is built before it.

That is the live page (`web/build.py`), and manual pages and completions (`.ci/manual.py`).
"""

import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path("src")


class Parts(BuildHookInterface):
    """Adds each catalogue in the form that `gettext` reads, the live page, and what shells read."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile and add them; an editable installation reads the sources, which change."""
        if version == "editable":
            return
        page = Path(self.root) / "web" / "dist"
        if page.is_dir():
            build_data["force_include"][str(page)] = "cmsource/web"
        share = Path(self.root) / "build" / "share"
        if share.is_dir():
            build_data["shared_data"][str(share)] = "share"
        for source in (Path(self.root) / SOURCE).glob("cmsource/locale/*/LC_MESSAGES/*.po"):
            with source.open("rb") as stream:
                catalogue = read_po(stream, source.parents[1].name, abort_invalid=True)
            compiled = Path(tempfile.mkdtemp()) / f"{source.stem}.mo"
            with compiled.open("wb") as stream:
                write_mo(stream, catalogue)
            place = source.relative_to(Path(self.root) / SOURCE).with_suffix(".mo")
            build_data["force_include"][str(compiled)] = str(place)
