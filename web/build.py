"""Build the live page: a static folder that runs the package in the browser.

    python web/build.py [FOLDER]

writes `web/dist`, or the folder that is named. Everything comes from the registries by name:
Pyodide (CPython for WebAssembly) from npm, the libraries from PyPI, where those that are compiled
have wheels for it. It needs pip, npm and Node. The page itself asks for nothing but its own folder.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WEB = Path(__file__).resolve().parent
ROOT = WEB.parent
PYODIDE = "314.0.7"
PLATFORM, ABI = "pyemscripten_2026_0_wasm32", "cp314"
"""What that Pyodide runs, as wheels name it (PEP 783)."""
PURE = ("pyyaml", "markupsafe")
"""Libraries without such a wheel, whose own pure Python does as well without its compiled part."""
RUNTIME = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)
_COMPILED = re.compile(r"\.(so|pyd|pyx|c)$")
_NEVER_RUN = re.compile(r"(^|/)(bin|tests?)/")


def main(target: Path) -> None:
    """Build the page; the folder is replaced when all of it is there."""
    # What lies here would go into the wheel that the page is built from.
    shutil.rmtree(WEB / "dist", ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        page = work / "page"
        shutil.copytree(WEB / "page", page)
        _add_python(work, page / "pyodide")
        _add_packages(work, page)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(page, target)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(f"{target}: {size / 1e6:.1f} MB")


def _add_python(work: Path, target: Path) -> None:
    """Python for the browser."""
    _run("npm", "pack", "--silent", f"pyodide@{PYODIDE}", "--pack-destination", work)
    shutil.unpack_archive(work / f"pyodide-{PYODIDE}.tgz", work / "npm")
    target.mkdir()
    for name in RUNTIME:
        shutil.copy(work / "npm" / "package" / name, target / name)


def _add_packages(work: Path, page: Path) -> None:
    """The package and all that it needs, compiled, as one archive."""
    wheels, pure, site = work / "wheels", work / "pure", work / "site"
    _pip("wheel", "--no-deps", "--wheel-dir", wheels, ROOT)
    _pip("download", "--no-deps", "--only-binary", ":all:", "--dest", wheels, *PURE)
    pure.mkdir()
    for wheel in wheels.glob("*.whl"):
        if not wheel.name.startswith("cmsource-"):
            _strip(wheel, pure)
    version = f"{ABI[2]}.{ABI[3:]}"
    _pip(
        *("install", "--target", site, "--no-compile", "--only-binary", ":all:"),
        *("--platform", PLATFORM, "--implementation", "cp", "--python-version", version),
        *("--abi", ABI, "--abi", "abi3", "--abi", "none"),
        *("--find-links", pure, *wheels.glob("cmsource-*.whl")),
    )
    _run("node", WEB / "compile.mjs", page / "pyodide" / "pyodide.mjs", site)
    with zipfile.ZipFile(page / "site.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(site.rglob("*")):
            name = path.relative_to(site).as_posix()
            compiled = path.suffix == ".py" and path.with_suffix(".pyc").exists()
            if path.is_file() and not compiled and not _NEVER_RUN.search(name):
                archive.write(path, name)


def _strip(wheel: Path, target: Path) -> None:
    """A wheel of this machine without what is compiled, as one for all machines."""
    name, version, *_ = wheel.stem.split("-")
    with (
        zipfile.ZipFile(wheel) as given,
        zipfile.ZipFile(target / f"{name}-{version}-py3-none-any.whl", "w") as made,
    ):
        for entry in given.infolist():
            if not _COMPILED.search(entry.filename):
                made.writestr(entry, given.read(entry))


def _pip(*arguments: object) -> None:
    _run(sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


def _run(*command: object) -> None:
    program = shutil.which(str(command[0])) or sys.exit(f"{command[0]} is needed and not there")
    subprocess.run([program, *map(str, command[1:])], check=True, stdout=sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build the live page.")
    parser.add_argument("folder", nargs="?", type=Path, default=WEB / "dist")
    main(parser.parse_args().folder)
