"""The command line: `main` is what the ``cmsource`` command runs."""

import gc
import os
import sys
from collections.abc import Sequence

from cmsource.cli.streams import standard_streams


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Args:
        arguments: those of the process when None.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    with standard_streams() as messages:
        status = _run(given, in_process=arguments is not None)
    if arguments is None:
        gc.freeze()
    raise SystemExit(messages.status(status))


def _run(given: Sequence[str], *, in_process: bool) -> int:
    """Run the command line; its exit status."""
    # Scripts ask for the version often: Typer is not imported for it.
    if given == ["--version"]:
        from cmsource import __version__

        sys.stdout.write(f"cmsource {__version__}\n")
        sys.stdout.flush()
        return 0
    # What is loaded stays until the end, and what a scenario takes is freed with it: nothing in it
    # holds itself. Looking for garbage once, at 100,000 objects, took a thirteenth of the time of
    # `compare`, which makes up to 200,000 of those that could be garbage.
    gc.set_threshold(250_000)
    if not in_process:
        # No plugin of pydantic's belongs here; looking for them reads all that is installed.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from cmsource.cli.app import run
        from cmsource.cli.signals import end_orderly

        if not in_process:
            end_orderly()
        return run(given)
    except KeyboardInterrupt:  # before there was anything to take back
        return 130
    except RuntimeError as error:
        from cmsource.cli.signals import status_of_end

        status = status_of_end(error)
        if status is None:
            raise
        return status
