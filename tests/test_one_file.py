"""How the program as one file begins: on another Python, and where it cannot unpack itself."""

import os
import subprocess
import sys
import zipapp
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from batches import folder

ROOT = Path(__file__).parent.parent

BOOTSTRAP = """\
import os
from pathlib import Path

def bootstrap():
    root = Path(os.environ.get("SHIV_ROOT", "~/.shiv")).expanduser()
    root.mkdir(parents=True, exist_ok=True)
    import cmsource
    cmsource.main()
"""
"""What a program of shiv does when it starts, as far as it matters here."""


@pytest.fixture
def one_file() -> Any:  # noqa: ANN401 - a module that is no part of the package
    """The step of a release, as a module."""
    spec = spec_from_file_location("one_file", ROOT / ".ci" / "one_file.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made(place: Path, main: str = "print('done')") -> Path:
    """A program of the form that shiv gives it."""
    files = {
        "_bootstrap.py": BOOTSTRAP,
        "__main__.py": "import _bootstrap\n_bootstrap.bootstrap()\n",
    }
    folder(place / "app", {**files, "cmsource.py": f"def main():\n    {main}\n"})
    program = place / "program.pyz"
    zipapp.create_archive(place / "app", program, "/usr/bin/env python3", compressed=True)
    return program


def ran(program: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Start it."""
    plain = {name: text for name, text in os.environ.items() if name not in ("LANG", "LC_ALL")}
    environment = {**plain, "SHIV_ROOT": str(program.parent / "unpacked"), **variables}
    line = [sys.executable, "-I", str(program)]
    return subprocess.run(
        line, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def test_it_starts(tmp_path: Path, one_file: Any) -> None:  # noqa: ANN401
    """On the Python that it is made with; the line that names it stays."""
    program = made(tmp_path)
    one_file.main(program)
    assert program.read_bytes().startswith(b"#!/usr/bin/env python3\n")
    done = ran(program)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_another_python(tmp_path: Path, one_file: Any) -> None:  # noqa: ANN401
    """It says which one it needs."""
    program = made(tmp_path)
    tag = repr(sys.implementation.cache_tag)
    one_file._MAIN = one_file._MAIN.replace("sys.implementation.cache_tag", f"{tag} + '0'")
    one_file.main(program)
    version = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
    done = ran(program)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"cmsource: this file is for {version} on ")
    assert done.stderr.count("\n") == 1
    french = ran(program, CMSOURCE_LANG="fr").stderr
    assert french.startswith(f"cmsource: ce fichier est pour {version} sur ")


def test_no_place_to_unpack(tmp_path: Path, one_file: Any) -> None:  # noqa: ANN401
    """It says where, and the variable that names another; an error of the program stays its own."""
    program = made(tmp_path)
    one_file.main(program)
    (tmp_path / "file").touch()
    root = str(tmp_path / "file" / "below")
    done = ran(program, SHIV_ROOT=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"cmsource: it cannot unpack itself into {root} (")
    assert "SHIV_ROOT" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "décompacter dans" in ran(program, SHIV_ROOT=root, CMSOURCE_LANG="fr").stderr
    program = made(tmp_path / "other", "raise OSError('of its own')")
    one_file.main(program)
    assert "of its own" in ran(program).stderr.splitlines()[-1]
