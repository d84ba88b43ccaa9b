"""The command line: `main` is what the ``cmsource`` command runs."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Args:
        arguments: those of the process when None.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        from cmsource import __version__

        print(f"cmsource {__version__}")  # noqa: T201 - this is the command's output
        raise SystemExit(0)
    from cmsource.cli.app import run

    raise SystemExit(run(given))
