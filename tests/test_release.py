"""What a release hands out: the wheel, the program as one file, the bill of materials."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from cmsource import __version__
from cmsource.values.language import CODES
from terminals import Terminal

ROOT = Path(__file__).parents[1]
SCENARIO = ROOT / "scenarios" / "quick.yaml"
BUILT = "CMSOURCE_RELEASE"
"""The variable that names the folder of a release that is built already, as `.ci/run` has it."""

PERMISSIVE = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "BSD License", "PSF-2.0", "ISC"}
"""Licences of which none asks anything of those who use the program."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release."""
    if built := os.environ.get(BUILT):
        return Path(built)
    target = tmp_path_factory.mktemp("release")
    command = ["bash", str(ROOT / ".ci" / "release"), str(target)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    assert ran.returncode == 0, ran.stderr
    return target


def one(release: Path, pattern: str) -> Path:
    """The one file of a release whose name is like a pattern."""
    [found] = release.glob(pattern)
    return found


def metadata(wheel: Path) -> "tuple[dict[str, list[str]], str]":
    """What a wheel says of itself, and its README."""
    with zipfile.ZipFile(wheel) as archive:
        name = f"cmsource-{__version__}.dist-info/METADATA"
        message = message_from_string(archive.read(name).decode())
    return {key: message.get_all(key) or [] for key in message}, str(message.get_payload())


def test_the_readme_of_an_index_leads_nowhere_wrong(release: Path) -> None:
    """No link or picture of it is beside it, where an index has nothing."""
    _, text = metadata(one(release, "*.whl"))
    targets = re.findall(r"\]\(([^)]*)\)", text)
    assert "cmsource compare scenarios/boutique-24-7.yaml" in text
    assert not [target for target in targets if not target.startswith(("https://", "#"))]
    assert "docs/model.md gives every formula" in text  # a link became what it says


def test_the_wheel_says_what_it_is(release: Path) -> None:
    """Version, licence, versions of Python: what an index shows and an installer reads."""
    fields, _ = metadata(one(release, "*.whl"))
    assert fields["Version"] == [__version__]
    assert fields["License-Expression"] == ["MIT"]
    pythons = {line.rpartition(" ")[2] for line in fields["Classifier"] if "Python :: 3." in line}
    assert pythons == {"3.11", "3.12", "3.13", "3.14"}
    assert fields["License-File"] == ["LICENSE"]
    assert fields["Description-Content-Type"] == ["text/markdown"]


def test_the_wheel_has_what_people_and_shells_read(release: Path) -> None:
    """Catalogues, examples, schema, types, manual pages and completions go with it."""
    with zipfile.ZipFile(one(release, "*.whl")) as archive:
        names = set(archive.namelist())
    share = f"cmsource-{__version__}.data/data/share"
    manuals = {f"{share}/man/{'' if c == 'en' else c + '/'}man1/cmsource.1" for c in CODES}
    assert manuals <= names
    assert f"{share}/bash-completion/completions/cmsource" in names
    assert f"{share}/zsh/site-functions/_cmsource" in names
    assert f"{share}/fish/vendor_completions.d/cmsource.fish" in names
    assert {"cmsource/py.typed", "cmsource/scenarios/boutique-24-7.yaml"} <= names
    assert "cmsource/scenario/scenario.schema.json" in names
    assert {f"cmsource/locale/{c}/LC_MESSAGES/cmsource.mo" for c in CODES if c != "en"} <= names
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


@pytest.mark.skipif(not shutil.which("groff"), reason="needs groff")
@pytest.mark.parametrize("code", CODES)
def test_manual_pages_are_pages(code: str, release: Path, tmp_path: Path) -> None:
    """Every command and every flag stands in them, and groff has nothing to say against them."""
    folder = "man1" if code == "en" else f"{code}/man1"
    with zipfile.ZipFile(one(release, "*.whl")) as archive:
        name = f"cmsource-{__version__}.data/data/share/man/{folder}/cmsource.1"
        (tmp_path / "cmsource.1").write_bytes(archive.read(name))
    command = ["groff", "-k", "-man", "-ww", "-T", "utf8", "-P", "-cbou", "cmsource.1"]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    from cmsource.cli.app import COMMANDS

    assert not shown.stderr
    for command_name in COMMANDS:
        assert f"cmsource {command_name}\n" in shown.stdout
    assert "--fail-on" in shown.stdout
    assert {"en": "EXIT STATUS", "fr": "CODE DE RETOUR"}[code] in shown.stdout


@pytest.fixture
def share(release: Path, tmp_path: Path) -> Path:
    """What the wheel puts beside programs: manual pages and completions."""
    with zipfile.ZipFile(one(release, "*.whl")) as archive:
        archive.extractall(tmp_path)
    return tmp_path / f"cmsource-{__version__}.data" / "data" / "share"


def in_path() -> dict[str, str]:
    """An environment in which cmsource can be called by its name."""
    return {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize(
    ("shell", "script"),
    (
        (
            ("bash", "--norc"),
            "source bash-completion/completions/cmsource; COMP_WORDS=(cmsource compare --form)\n"
            'COMP_CWORD=2; _cmsource_completion cmsource; echo "${COMPREPLY[@]}"',
        ),
        (
            ("fish", "--no-config"),
            "source fish/vendor_completions.d/cmsource.fish; complete -C 'cmsource compare --form'",
        ),
    ),
    ids=("bash", "fish"),
)
def test_shells_complete_a_flag(shell: tuple[str, ...], script: str, share: Path) -> None:
    """What is installed with the wheel does so in the shell itself."""
    if not shutil.which(shell[0]):
        pytest.skip(f"needs {shell[0]}")
    ran = subprocess.run(
        [*shell, "-c", script],
        cwd=share,
        env={**in_path(), "HOME": str(share)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.stdout.startswith("--format")


@pytest.mark.skipif(not shutil.which("zsh"), reason="needs zsh")
def test_zsh_completes_from_the_first_time(share: Path) -> None:
    """It loads a completion when TAB is pressed for the first time, and wants an answer then."""
    terminal = Terminal("-f", "-i", folder=share, variables=in_path(), program=("zsh",))
    terminal.type(
        "bindkey -e; fpath=($PWD/zsh/site-functions $fpath); autoload -Uz compinit; "
        "compinit -u -D; PS1='%% '; print rea''dy"
    )
    terminal.see("ready\n")
    terminal.press("cmsource compare --form\t")
    terminal.press("\x01print -- \n")  # to the start of the line, to print what became of it
    terminal.see("\ncmsource compare --format")
    terminal.type("exit")
    terminal.end()


def test_the_program_as_one_file(release: Path, tmp_path: Path) -> None:
    """It gives the answer of the package, byte for byte, without a network or a home."""
    program = one(release, "*.pyz")
    alone = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SHIV_ROOT": str(tmp_path / "shiv")}
    command = [sys.executable, "-I", str(program), "compare", str(SCENARIO), "--format", "json"]
    if shutil.which("unshare") and os.geteuid() == 0:
        command = ["unshare", "--net", *command]
    ran = subprocess.run(command, env=alone, capture_output=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    here = [sys.executable, "-m", "cmsource", *command[-4:]]
    assert ran.stdout == subprocess.run(here, capture_output=True, check=True).stdout


def test_the_program_as_one_file_has_the_schema(release: Path, tmp_path: Path) -> None:
    """It says where it unpacked it, and how to write one that stays."""
    alone = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SHIV_ROOT": str(tmp_path / "shiv")}
    command = [sys.executable, "-I", str(one(release, "*.pyz")), "schema", "--path"]
    ran = subprocess.run(command, env=alone, capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    found = Path(ran.stdout.removesuffix("\n"))
    assert found.is_relative_to(tmp_path)
    assert json.loads(found.read_text("utf-8"))["$id"] == "urn:cmsource:schema:scenario:1"
    assert "cmsource schema > scenario.schema.json" in ran.stderr


def test_one_line_is_enough(release: Path, tmp_path: Path) -> None:
    """`uvx` runs the wheel without anything being installed before."""
    wheel = one(release, "*.whl")
    command = [sys.executable, "-m", "uv", "tool", "run", "--python", sys.executable]
    command += ["--from", str(wheel), "cmsource", "compare", str(SCENARIO), "--format", "csv"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("file,")


def test_the_bill_of_materials(release: Path) -> None:
    """It names every library that comes along, with a licence that asks nothing of users."""
    bill = json.loads(one(release, "*.cdx.json").read_text("utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    about = bill["metadata"]["component"]
    assert (about["name"], about["version"]) == ("cmsource", __version__)
    parts = {part["name"].lower(): part for part in bill["components"]}
    needed = {"typer", "rich", "pydantic", "babel", "pyyaml", "holidays", "jinja2", "simplejson"}
    assert needed <= parts.keys()
    for name, part in parts.items():
        assert part["version"], name
        assert licences(part) & PERMISSIVE, (name, part.get("licenses"))


def licences(part: "dict[str, list[dict[str, dict[str, str]]]]") -> set[str]:
    """The licences of a library, those of which one may be chosen each by itself."""
    found: set[str] = set()
    for each in part.get("licenses", []):
        text = each.get("expression") or each["license"].get("id") or each["license"]["name"]
        found |= {
            word.strip("() ").split(" :: ")[-1] for word in re.split(r" (?:OR|AND) ", str(text))
        }
    return found


def test_the_container_is_made_of_what_is_here(release: Path) -> None:
    """Its Python is one of ours, what it starts is in the wheel, and what it reads is copied."""
    text = (ROOT / "Containerfile").read_text("utf-8")
    fields, _ = metadata(one(release, "*.whl"))
    bases = set(re.findall(r"^FROM python:(3\.\d+)-slim", text, re.MULTILINE))
    assert len(bases) == 1
    assert {f"Programming Language :: Python :: {base}" for base in bases} <= {
        *fields["Classifier"]
    }
    [extra] = re.findall(r'"/source\[(\w+)\]"', text)
    assert extra in fields["Provides-Extra"]
    assert 'ENTRYPOINT ["cmsource"]' in text
    with zipfile.ZipFile(one(release, "*.whl")) as archive:
        scripts = archive.read(f"cmsource-{__version__}.dist-info/entry_points.txt").decode()
    assert "cmsource = cmsource.cli:main" in scripts
    left_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    read = ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "scenarios", "src")
    assert not {*left_out} & {*read, "."}
    assert all((ROOT / name).exists() for name in read)
    [shown] = re.findall(r"cmsource compare (\S+)$", text, re.MULTILINE)
    assert (ROOT / shown).is_file()


def test_the_source_distribution_builds_and_tests_itself(release: Path) -> None:
    """It holds what the build and the tests need."""
    with tarfile.open(one(release, "*.tar.gz")) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert {"pyproject.toml", "hatch_build.py", "README.md", "README.fr.md", "LICENSE"} <= names
    assert {"tests/test_release.py", ".ci/run", ".ci/release", ".ci/manual.py"} <= names
    assert {"Containerfile", "web/build.py", "scenarios/quick.yaml"} <= names
