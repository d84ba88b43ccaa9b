"""The command line: `main` is what the ``cmsource`` command runs."""

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Args:
        arguments: those of the process when None.
    """
    # A command lives for a moment: looking for garbage while modules load is time lost.
    gc.set_threshold(50_000, 20, 100)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in (["--version"], ["--help"], ["-h"]):
        from cmsource.cli.command_list import front

        sys.stdout.write(front(given[0]))
        raise SystemExit(0)
    from cmsource.cli.app import run

    status = run(given)
    if arguments is None:
        # The process ends here and its memory with it: nothing is left to look for garbage in.
        gc.freeze()
    raise SystemExit(status)
