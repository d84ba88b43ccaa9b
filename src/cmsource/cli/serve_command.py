"""``cmsource serve``: the live page, on this machine only."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
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
_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
    "connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""What the page may do, and the worker in it: nothing but read its own folder."""


class Handler(SimpleHTTPRequestHandler):
    """Answers with the files of the page."""

    # Said here because the machine's own tables, which are asked otherwise, differ.
    extensions_map = {  # noqa: RUF012 - as in the class that it is from
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".wasm": "application/wasm",
        ".json": "application/json",
        ".zip": "application/zip",
        "": "application/octet-stream",
    }

    def end_headers(self) -> None:
        """Say what the page may do."""
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Requests of a page for its own files are no news."""


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of a folder, which only this machine can reach.

    Args:
        folder: a built page.
        port: where it listens; any that is free for 0.

    Raises:
        OSError: the port is taken.
    """
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))


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
