"""PyYAML's own parser, where there is no libyaml, reads what libyaml reads.

PyPy and the browser have no libyaml. Here its extension is kept from being imported, in a process
of its own, and what a command says is held against what it says with libyaml.
"""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from cmsource.reading.yaml_builder import MAX_DEPTH
from fuzzing import RICH, mutated_text
from pages import DIAGNOSTICS_PAGE, blocks

EXAMPLES = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))
RUN = "import sys; {block}; from cmsource.cli import main; main()"
BLOCK = "sys.modules['yaml._yaml'] = None; import yaml; assert not yaml.__with_libyaml__"

SLIPS = (
    "a: [1",
    "a: {b: c, d",
    "a: {b c: d}\nb: {a: b: c}",
    "a: [1}",
    "'a",
    '"a',
    "a: b: c",
    "a: - b",
    "a: b\n c: d",
    "a:\n b\nc",
    "a:\n  - b\n c: d",
    "- a\nb: c",
    "a: b\n- c",
    "a: *",
    "a: &\n",
    "a: *b",
    "a: |x",
    "a: @b",
    "a: `b`",
    "a: %b",
    "a: ,",
    "a: ]",
    "needs:\n\tcover: 24/7\n",
    "horizon: 24\t# months\ncompany: {size:\t10\t,\tx: 1}\n",
    "name: é\0",
    "name: é\x07",
    "%YAML 1.2\n---\nname: a\n---\nname: b\n",
    "name: é: \ufeff: b",
)
"""What people write that is no YAML, or hardly, or that only one of the parsers might refuse."""

ESCAPES = ('a: "\\ud800"', 'b: "\\U00110000"', 'c: "x\\UFFFFFFFFx"')
"""Characters that do not exist; where in the quotes they are, only libyaml knows."""

OPENINGS = ("[", "{", "{a: ", "- ", "? ", "? - ", "&a [", "- - - ")
"""What can be opened again and again."""


def said(folder: Path, *arguments: str, libyaml: bool) -> tuple[int, str]:
    """The exit status and the output of a command, in a process with or without libyaml."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN.format(block="pass" if libyaml else BLOCK), *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


def found(folder: Path, texts: list[str], *, libyaml: bool) -> list[list[dict[str, object]]]:
    """What `validate` finds in each of several texts."""
    for number, text in enumerate(texts):
        (folder / f"{number}.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    names = [f"{number}.yaml" for number in range(len(texts))]
    status, output = said(folder, "validate", "--format", "json", *names, libyaml=libyaml)
    assert status in (0, 2)
    diagnostics = json.loads(output[: output.rindex("}") + 1])["diagnostics"]
    return [[d for d in diagnostics if d["file"] == name] for name in names]


def codes(diagnostics: list[dict[str, object]]) -> set[object]:
    """The codes of what was found."""
    return {diagnostic["code"] for diagnostic in diagnostics}


def test_examples() -> None:
    """The examples have the same results."""
    arguments = ("compare", *(path.name for path in EXAMPLES), "--format", "json")
    folder = EXAMPLES[0].parent
    status, output = said(folder, *arguments, libyaml=False)
    assert status == 0
    assert (status, output) == said(folder, *arguments, libyaml=True)


def test_diagnostics(tmp_path: Path) -> None:
    """What is wrong is said in the same words, at the same place."""
    texts = [*blocks(DIAGNOSTICS_PAGE, "yaml"), *SLIPS]
    texts += [opening * times for opening in OPENINGS for times in (MAX_DEPTH * 2, 50_000)]
    with_libyaml = found(tmp_path, texts, libyaml=True)
    for text, ours, libyamls in zip(
        texts, found(tmp_path, texts, libyaml=False), with_libyaml, strict=True
    ):
        assert ours == libyamls, text[:1000]


def test_characters_that_do_not_exist(tmp_path: Path) -> None:
    """No escape makes a character that does not exist."""
    for each in found(tmp_path, [*ESCAPES], libyaml=False):
        assert [(d["code"], d["line"]) for d in each] == [("E104", 1)]
        assert "invalid Unicode character" in str(each[0]["message"])


@pytest.mark.slow
def test_accidents(tmp_path: Path) -> None:
    """Files with accidents are read or refused; only tabs and question marks may be refused more.

    libyaml takes a tab, and in brackets a question mark, in the middle of a word.
    """
    rng = random.Random(7)
    sources = [RICH, *(path.read_text("utf-8") for path in EXAMPLES)]
    texts = [mutated_text(rng, rng.choice(sources)) for _ in range(200)]
    with_libyaml = found(tmp_path, texts, libyaml=True)
    for text, ours, libyamls in zip(
        texts, found(tmp_path, texts, libyaml=False), with_libyaml, strict=True
    ):
        if codes(libyamls) == {"E104"} or not {"\t", "?"} & set(text):
            assert codes(ours) == codes(libyamls), text
