"""Build the documentation as a static site, in both languages.

    python docs/site/make.py [FOLDER]

writes it into FOLDER, `build/site` by default: English at its root, French under `fr/`. It takes
the extra `docs`. A warning is an error: a link without its target, a page that nothing leads to.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from llms import listed, whole
from navigation import LANGUAGES, ROOT, Navigation, navigation
from sources import Sources, copied, write

HERE = Path(__file__).resolve().parent
LIST = "llms.txt"
"""The file by which a site is known."""


def build(target: Path) -> None:
    """Build all of it into a folder, which is emptied before."""
    if target.exists() and any(target.iterdir()) and not (target / LIST).is_file():
        raise SystemExit(f"{target} holds something else than a site: name another folder.")
    plan = navigation()
    sources = {language: list(Sources(plan, language)) for language in LANGUAGES}
    shutil.rmtree(target, ignore_errors=True)
    with TemporaryDirectory() as place:
        running = {}
        for language in LANGUAGES:
            pages = Path(place) / language
            write(sources[language], pages, trees(plan, language))
            running[language] = started(language, pages, Path(place) / f"{language}-built")
        said = "".join(process.communicate()[0] for process in running.values())
        if any(process.returncode for process in running.values()):
            raise SystemExit(said)
        for language in LANGUAGES:
            folder = target if language == LANGUAGES[0] else target / language
            shutil.copytree(Path(place) / f"{language}-built", folder, dirs_exist_ok=True)
            copied(sources[language], folder)
    (target / LIST).write_text(listed(plan, sources), encoding="utf-8")
    (target / "llms-full.txt").write_text(whole(sources[LANGUAGES[0]]), encoding="utf-8")


def trees(plan: Navigation, language: str) -> str:
    """What tells the builder the order of the pages, at the end of the front page."""
    return "".join(
        f"\n```{{toctree}}\n:hidden:\n:caption: {section.title[language]}\n\n"
        + "".join(f"{page.name}\n" for page in section.pages)
        + "```\n"
        for section in plan.sections
    )


def started(language: str, pages: Path, target: Path) -> "subprocess.Popen[str]":
    """The builder at work on the pages of a language; what it finds wrong is its output."""
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-c", str(HERE), "-d"]
    command += [f"{target}-state", "--fail-on-warning", "--keep-going", "--quiet"]
    return subprocess.Popen(
        [*command, "-D", f"language={language}", str(pages), str(target)],
        env=_environment(language),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _environment(language: str) -> Mapping[str, str]:
    return {**os.environ, "CMSOURCE_SITE_LANGUAGE": language}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build the documentation as a static site.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "site")
    build(parser.parse_args().folder)
