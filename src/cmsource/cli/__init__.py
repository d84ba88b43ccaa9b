"""The command line: `main` is what the ``cmsource`` command runs."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Args:
        arguments: those of the process when None.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:  # scripts ask for it often: typer is not imported for it
        from cmsource import __version__

        sys.stdout.write(f"cmsource {__version__}\n")
        raise SystemExit(0)
    from cmsource.cli.app import run

    raise SystemExit(run(given))
