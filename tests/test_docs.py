"""The documentation holds: its commands run, its blocks are current, nothing is missing.

Parts of the pages are generated from the code. After a change that they show, run
``python tests/test_docs.py`` to write them anew, and look at what changed. Whatever page there is
under ``docs/`` is held to all of this, in either language.
"""

import contextlib
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import cmsource
from cmsource.cli.app import COMMANDS
from cmsource.reading.document import MAX_BYTES
from cmsource.reading.files import MAX_FILES
from cmsource.reading.load import read_text
from cmsource.reading.size_checks import (
    MOST_ACTIVITIES,
    MOST_ANSWERERS,
    MOST_LINES,
    MOST_MEMBERS,
    MOST_OPTIONS,
    MOST_PARTIAL,
    MOST_SOFTWARE,
    MOST_SOURCES,
    MOST_YEARS,
    MOST_YEARS_OF_AN_OPTION,
)
from cmsource.reading.yaml_builder import MAX_DEPTH, MAX_VALUES
from cmsource.scenario.record import MAX_NAME, keys_of
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.scenario.schema import schema, schema_text
from cmsource.values.diagnostics import CODES
from cmsource.values.language import ENGLISH
from cmsource.values.quantities import LARGEST
from cmsource.values.week_reader import parse_week
from page_diagnostics import NOT_SHOWN, findings, meanings, sections
from page_parts import current
from pages import (
    DOCS,
    FRENCH_README,
    PAGES,
    README,
    ROOT,
    blocks,
    called,
    command_lines,
    desk,
    editions,
    fenced,
    heads,
    language_of,
    run,
    slug,
    tables,
)

READMES = (README, FRENCH_README)
SCENARIO_PAGES = editions("scenario.md")
DIAGNOSTICS_PAGES = editions("diagnostics.md")
SCHEMA = ROOT / "src" / "cmsource" / "scenario" / "scenario.schema.json"
"""The JSON Schema as the package brings it."""
NO_SCENARIOS = {
    "ci.md": "workflows; tests/test_ci_integrations.py runs them",
    "countries.md": "a file of a country",
    "diagnostics.md": "wrong on purpose",
}
"""Pages whose blocks of YAML are no scenarios that work, and what they are."""


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_generated_parts_are_current(page: Path) -> None:
    """Results, tables and messages are what the code says today."""
    assert page.read_text("utf-8") == current(page), "run: python tests/test_docs.py"


def test_the_version_is_told() -> None:
    """It has a dated section of the changelog, and the READMEs name the file of it."""
    version = re.escape(cmsource.__version__)
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[{version}\] - \d{{4}}-\d{{2}}-\d{{2}}$", changelog, re.MULTILINE)
    for readme in (README, FRENCH_README):
        assert f"cmsource-{cmsource.__version__}-py311-linux-x86_64.pyz" in readme.read_text(
            "utf-8"
        )


def test_the_schema_in_the_package_is_current() -> None:
    """The file is what the models generate."""
    assert SCHEMA.read_text("utf-8") == schema_text(), "run: python tests/test_docs.py"


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        pytest.param(page, lines, marks=[] if language_of(page) is ENGLISH else [pytest.mark.slow])
        for page in PAGES
        for lines in command_lines(page)
    ],
    ids=lambda each: called(each) if isinstance(each, Path) else str(each[0]),
)
def test_command_lines_run(page: Path, lines: list[str]) -> None:
    """The lines of a shell block work one after the other, in a folder with the examples."""
    with desk():
        done = [(line, run(line, language_of(page))[0]) for line in lines]
    assert done == [(line, 0) for line in lines]


def test_every_command_has_a_line_that_runs() -> None:
    """Each stands in a shell block of some page, but what never ends and what asks."""
    assert set(COMMANDS) - {"serve", "new"} <= {
        line.split()[1] for page in PAGES for lines in command_lines(page) for line in lines
    }


@pytest.mark.parametrize("page", READMES, ids=called)
def test_every_command_is_in_the_readme(page: Path) -> None:
    """Each command stands in the README, and none that does not exist."""
    named = set(re.findall(r"`cmsource (\w+)", page.read_text("utf-8")))
    assert named == set(COMMANDS)


@pytest.mark.parametrize(
    ("page", "body"),
    [
        (page, body)
        for page in PAGES
        if page.name not in NO_SCENARIOS
        for body in blocks(page, "yaml")
    ],
    ids=lambda each: called(each) if isinstance(each, Path) else "",
)
def test_yaml_blocks_are_scenarios(page: Path, body: str) -> None:
    """Each YAML block loads without errors and gives a result."""
    with desk():
        Path("scenario.yaml").write_text(body, encoding="utf-8")
        assert cmsource.compare(cmsource.load("scenario.yaml")).options


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=called)
def test_python_blocks_run(page: Path) -> None:
    """The Python of a page runs as it stands, one block after the other."""
    names: dict[str, object] = {"__name__": page.stem}
    with desk(), contextlib.redirect_stdout(io.StringIO()):
        for body in blocks(page, "python"):
            exec(compile(body, page.name, "exec"), names)


def test_the_readme_of_an_index_speaks_of_nothing_that_is_not_there() -> None:
    """Links and pictures beside it are taken out, and what is left are whole sentences."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    text = README.read_text("utf-8")
    hook = project["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]
    for each in hook["substitutions"]:
        text = re.sub(each["pattern"], each["replacement"], text)
    assert not [to for to in re.findall(r"\]\(([^)]*)\)", text) if not to.startswith(("http", "#"))]
    assert text.startswith("# cmsource\n\n**Who should run")
    assert "`--format svg` draws a picture of it." in text
    assert "this picture" not in text


def test_every_function_is_in_the_readme() -> None:
    """Each public function stands in the README by its name."""
    text = README.read_text("utf-8")
    functions = [name for name in cmsource.__all__ if name.islower()]
    assert [name for name in functions if f"cmsource.{name}(" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=called)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link to a file of the project, and to a heading of it, has its target."""
    for target, anchor in re.findall(r"\]\(([^)#\s]*)(#[^)\s]*)?\)", page.read_text("utf-8")):
        if "://" in target:
            continue
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), target
        if anchor:
            assert anchor[1:] in {slug(text) for _, text in heads(file)}, anchor


def test_every_page_has_its_twin() -> None:
    """A page and its translation have the same file name, and neither is missing."""
    french = sorted(page.name for page in (DOCS / "fr").glob("*.md"))
    assert french == sorted(page.name for page in DOCS.glob("*.md"))


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=called)
def test_twins_say_the_same(page: Path) -> None:
    """Headings of the same levels, blocks of the same kinds, tables with as many rows."""
    twins = editions(page.name)
    levels = [[len(signs) for signs, _ in heads(each)] for each in twins]
    assert levels[0] == levels[1]
    kinds = [[kind for kind, _ in fenced(each.read_text("utf-8"))] for each in twins]
    assert kinds[0] == kinds[1]
    sizes = [[len(table) for table in tables(each)] for each in twins]
    assert sizes[0] == sizes[1]


def _rows(page: Path, titles: str) -> list[list[str]]:
    """The rows of the table of a page that has these titles in English."""
    place = [table[0] for table in tables(DOCS / page.name)].index(titles)
    lines = tables(page)[place][2:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


_TRIAL = """\
needs: {cover: 24/7, answer_within: 1h, messages: {per_day: 5}, work: {content: 2 h/week}}
sources: {cm: {kind: employee}, agence: {kind: agency, hourly_rate: 75}, coach: {kind: coach}}
options: {all: [cm, agence, coach]}
"""


def _codes(key: str, written: str) -> set[str]:
    text = _TRIAL.replace(", hourly_rate: 75", "") if key.endswith("day_rate") else _TRIAL
    reading = read_text(text, overrides=[f"{key.strip('`')}={written.strip('`')}"])
    return {diagnostic.code for diagnostic in reading.diagnostics}


@pytest.mark.parametrize("page", SCENARIO_PAGES, ids=called)
def test_quantities_that_the_page_accepts(page: Path) -> None:
    """Each quantity in the first table can be written as it stands there."""
    rows = _rows(page, "| Written | Under | Read as |")
    assert len(rows) > 20
    wrong = {tuple(row): _codes(row[1], row[0]) & {"E111", "E201", "E204"} for row in rows}
    assert {key: codes for key, codes in wrong.items() if codes} == {}


@pytest.mark.parametrize("page", SCENARIO_PAGES, ids=called)
def test_quantities_that_the_page_refuses(page: Path) -> None:
    """Each quantity in the second table is refused."""
    rows = _rows(page, "| Written | Under | Why it is refused |")
    assert len(rows) > 8
    assert [row for row in rows if "E204" not in _codes(row[1], row[0])] == []


@pytest.mark.parametrize("page", SCENARIO_PAGES, ids=called)
def test_hours_that_the_page_accepts(page: Path) -> None:
    """Each way to write hours means what the table says."""
    rows = _rows(page, "| Written | Read as |")
    assert len(rows) > 10
    for written, meant in rows:
        week = parse_week(written.strip("`"))
        assert week
        if meant.startswith("`"):
            assert week == parse_week(meant.strip("`"))


@pytest.mark.parametrize("page", SCENARIO_PAGES, ids=called)
def test_limits_of_the_page_are_those_of_the_code(page: Path) -> None:
    """Every limit that the page names is the one that reading holds a file to."""
    names = [head for _, head in heads(DOCS / page.name)]
    head = heads(page)[names.index("Limits")][1]
    limits = page.read_text("utf-8").partition(f"\n## {head}\n")[2].partition("\n## ")[0]
    horizon = keys_of(ScenarioKeys)["horizon"].quantity
    assert horizon is not None
    assert _numbers(limits) == [
        MAX_BYTES,
        MAX_DEPTH,
        MAX_VALUES,
        MOST_OPTIONS,
        MOST_SOURCES,
        MOST_ACTIVITIES,
        MOST_MEMBERS,
        MOST_YEARS,
        MOST_YEARS_OF_AN_OPTION,
        MOST_ANSWERERS,
        MOST_PARTIAL,
        MOST_SOFTWARE,
        *(2, 8, 18, 32),
        MOST_LINES,
        MAX_FILES,
        MAX_NAME,
        LARGEST,
        horizon.limits()[1],
    ]


@pytest.mark.parametrize("page", DIAGNOSTICS_PAGES, ids=called)
def test_the_most_files_are_named(page: Path) -> None:
    """The section on too many files says how many are too many."""
    assert MAX_FILES in _numbers(sections(page.read_text("utf-8"))["E110"])


def _numbers(text: str) -> list[int]:
    """The whole numbers of a text, with the separators that either language has."""
    plain = re.sub(r"(?<=[0-9])[,\u00a0\u202f](?=[0-9]{3}\b)", "", text)
    return [int(digits) for digits in re.findall(r"[0-9]+", plain)]


@pytest.mark.parametrize("page", SCENARIO_PAGES, ids=called)
def test_every_key_of_the_schema_is_documented(page: Path) -> None:
    """No key that editors complete is missing from the tables of keys."""
    text = page.read_text("utf-8")
    documented = set(re.findall(r"^\| `(?:\w+\.)*([\w-]+)` \|", text, re.MULTILINE))
    assert set(_keys(schema())) - documented == set()


def _keys(part: object) -> Iterator[str]:
    """The names of all properties in a JSON Schema."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "properties" and isinstance(inner, dict):
                yield from inner
            yield from _keys(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _keys(inner)


@pytest.mark.parametrize("page", DIAGNOSTICS_PAGES, ids=called)
def test_every_code_is_documented(page: Path) -> None:
    """Each code has its section, with its meaning in the heading, and no other code has one."""
    assert meanings(page.read_text("utf-8")) == language_of(page).of(dict(CODES))


@pytest.mark.parametrize("name", sorted(NO_SCENARIOS))
def test_examples_are_the_same_in_both_languages(name: str) -> None:
    """Whoever reads in French sees the same files; comments may be in French too."""
    said = [
        [re.sub(r"\s*#.*", "", body) for body in blocks(page, "yaml")] for page in editions(name)
    ]
    assert all(each == said[0] for each in said)


@pytest.mark.parametrize("code", sorted(CODES.keys() - NOT_SHOWN))
def test_examples_lead_to_their_codes(code: str) -> None:
    """The example in the section of a code leads to that code."""
    section = sections(DIAGNOSTICS_PAGES[0].read_text("utf-8"))[code]
    assert code in {diagnostic.code for diagnostic in findings(section)}


if __name__ == "__main__":
    for each in PAGES:
        each.write_text(current(each), encoding="utf-8")
    SCHEMA.write_bytes(schema_text().encode())
