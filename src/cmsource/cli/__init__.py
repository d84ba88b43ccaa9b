"""The command line: `main` is what the ``cmsource`` command runs."""

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Args:
        arguments: those of the process when None.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Scripts ask for the version often: Typer is not imported for it.
    if given == ["--version"] and sys.stdout is not None:
        from cmsource import __version__

        sys.stdout.write(f"cmsource {__version__}\n")
        raise SystemExit(0)
    # What is loaded stays until the end. Looking for garbage in it, now and when the interpreter
    # ends, took a seventh of the time of `compare` in paired runs with and without.
    gc.set_threshold(50_000)
    try:
        from cmsource.cli.app import run
        from cmsource.cli.signals import end_orderly

        if arguments is None:
            end_orderly()
        status = run(given)
    except KeyboardInterrupt:  # before there was anything to take back
        status = 130
    if arguments is None:
        gc.freeze()
    raise SystemExit(status)
