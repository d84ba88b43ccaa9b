"""`cmsource serve`: the page on this machine only, and what is said where there is none."""

import http.client
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cmsource.cli.page_server import server
from conftest import Cli, unframed


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """What a built page has, as far as it is asked for."""
    (tmp_path / "index.html").write_text("<h1>page</h1>", encoding="utf-8")
    (tmp_path / "site.zip").write_bytes(b"zip")
    (tmp_path / "pyodide.mjs").write_text("export {}", encoding="utf-8")
    (tmp_path / "python.wasm").write_bytes(b"\0asm")
    return tmp_path


def test_it_serves_until_it_is_ended(page: Path) -> None:
    """It says the address alone on standard output; Ctrl+C is no failure."""
    command = [sys.executable, "-m", "cmsource", "serve", "--port=0", f"--folder={page}"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stdout is not None
        address = urlsplit(serving.stdout.readline().strip())
        assert address.hostname == "127.0.0.1"
        connection = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=20)
        types = {}
        for name in ("", "pyodide.mjs", "python.wasm", "site.zip", "../secret", "%2e%2e/secret"):
            connection.request("GET", f"/{name}")
            answer = connection.getresponse()
            answer.read()
            types[name] = (answer.status, answer.headers.get_content_type())
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "connect-src 'self'" in policy
        connection.close()
        serving.send_signal(signal.SIGINT)
        out, err = serving.communicate(timeout=20)
    assert serving.returncode == 0
    assert out == ""
    assert err == "open this address in a browser; Ctrl+C ends it\n"
    assert types[""] == (200, "text/html")
    assert types["pyodide.mjs"] == (200, "text/javascript")
    assert types["python.wasm"] == (200, "application/wasm")
    assert types["site.zip"] == (200, "application/zip")
    assert {types["../secret"][0], types["%2e%2e/secret"][0]} == {404}


def test_other_machines_cannot_reach_it(page: Path) -> None:
    """It listens at the address of the machine itself, and at no other."""
    with server(page, 0) as serving:
        assert serving.server_address[0] == "127.0.0.1"
        assert serving.socket.family == socket.AF_INET


def test_a_port_that_is_taken(cli: Cli, page: Path) -> None:
    """The way out is named."""
    with server(page, 0) as serving:
        ran = cli("serve", "--folder", page, "--port", str(serving.server_address[1]))
    assert (ran.status, ran.out) == (2, "")
    assert "--port 0 takes any that is free" in unframed(ran.err)


def test_there_is_no_page(cli: Cli, tmp_path: Path) -> None:
    """What builds one is named, in both languages."""
    ran = cli("serve", "--folder", tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert "`python web/build.py` builds it" in unframed(ran.err)
    french = cli("serve", "--folder", tmp_path, "--lang=fr")
    assert "`python web/build.py` la construit" in unframed(french.err)
