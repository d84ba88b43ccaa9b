"""``cmsource serve``: the live page, on this machine only."""

from pathlib import Path
from typing import Annotated

import typer

from cmsource.cli import flags
from cmsource.cli.environment import Environment
from cmsource.values.language import say
from cmsource.values.text import printable

_PACKAGE = Path(__file__).parent.parent
_PLACES = (_PACKAGE / "web", _PACKAGE.parent.parent / "web" / "dist")
"""Where the page is: in an installed package that was built with it, or in a clone."""


def command(
    context: typer.Context,
    port: Annotated[
        int,
        flags.option("--port", "N", "Port to listen at; 0 for any that is free.", min=0, max=65535),
    ] = 8017,
    folder: Annotated[
        Path | None,
        flags.option("--folder", "FOLDER", "The built page; by default the one that came along."),
    ] = None,
) -> None:
    """Open the live page on this machine: a form, sliders and the report, in a browser.

    It can be reached from this machine only. Ctrl+C ends it.

    Example: cmsource serve --port 8017
    """
    from cmsource.cli.page_server import server

    environment: Environment = context.obj
    page = folder or next((place for place in _PLACES if _is_page(place)), None)
    if page is None or not _is_page(page):
        raise typer.BadParameter(
            say("there is no built page; in a clone of cmsource, `python web/build.py` builds it"),
            param_hint="--folder",
        )
    try:
        serving = server(page, port)
    except OSError as error:
        problem = printable(error.strerror or str(error))
        message = say("{problem}; --port 0 takes any that is free", problem=problem)
        raise typer.BadParameter(message, param_hint="--port") from None
    with serving:
        environment.show(f"http://127.0.0.1:{serving.server_port}/\n")
        environment.say(say("open this address in a browser; Ctrl+C ends it"))
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            return


def _is_page(folder: Path) -> bool:
    return (folder / "index.html").is_file() and (folder / "site.zip").is_file()
