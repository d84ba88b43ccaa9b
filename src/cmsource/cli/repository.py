"""The repository that a command works in, and the paths of files in it."""

import os
from pathlib import Path


class Repository:
    """The repository of the current folder.

    Args:
        folder: where it is; "" to look for it in this folder and those above.
    """

    def __init__(self, folder: str = "") -> None:
        self._here = Path(os.path.realpath("."))
        above = (self._here, *self._here.parents)
        found = next((each for each in above if os.path.exists(each / ".git")), None)  # noqa: PTH110
        self._root = Path(os.path.realpath(folder)) if folder else found

    def path_of(self, file: str) -> str:
        """The path of a file from the root of the repository; as it is given outside of one.

        It is the same however the file is named, and a link keeps its own name.
        """
        try:
            path = self._here / file
            folder = Path(os.path.realpath(path.parent))
            if (
                self._root is not None
                and path.name not in ("", "..")
                and folder.is_relative_to(self._root)
            ):
                return (folder / path.name).relative_to(self._root).as_posix()
        except (OSError, ValueError):  # no path at all, such as the name of a pattern
            pass
        return file
