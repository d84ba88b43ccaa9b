"""``python -m cmsource``: the same as the ``cmsource`` command."""

from cmsource.cli import main

main()
