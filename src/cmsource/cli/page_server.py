"""A server of the live page for this machine only."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

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
