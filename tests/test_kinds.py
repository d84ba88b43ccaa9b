"""Kinds of sources: everything that is said about one stands in two files."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import cmsource
from cmsource.scenario.kinds import KINDS

PACKAGE = Path(cmsource.__file__).parent

# Payroll speaks of employees and of contracts that are called like kinds of source.
PAYROLL = (
    "countries/payroll",
    "countries/rules",
    "analysis/employer.py",
    "cli/payroll",
    "reports/payroll",
)


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module but those of the kinds and of payroll law, by its path."""
    for path in sorted(PACKAGE.rglob("*.py")):
        here = path.relative_to(PACKAGE).as_posix()
        if not here.startswith(("scenario/kinds/", "model/kinds/", *PAYROLL)):
            yield here, ast.parse(path.read_text(encoding="utf-8"))


def test_nothing_else_names_a_kind() -> None:
    """Past its two files, neither the word for a kind nor its class stands anywhere."""
    words = set(KINDS)
    classes = {kind.__name__ for kind in KINDS.values()}
    for here, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant):
                assert node.value not in words, f"{here}:{node.lineno} names {node.value}"
            elif isinstance(node, ast.ImportFrom):
                names = {alias.name for alias in node.names}
                assert not names & classes, f"{here}:{node.lineno} imports a kind"


def test_no_kind_is_asked_for_past_translation() -> None:
    """Past model/kinds nothing in the model asks what kind a source is."""
    for here, tree in modules():
        if here.startswith("model/"):
            for node in ast.walk(tree):
                assert not (isinstance(node, ast.Attribute) and node.attr == "kind"), here


def test_every_kind_has_its_two_files() -> None:
    """One of what a scenario says of it, one of what it costs and covers, both called like it."""
    for word in KINDS:
        for room in ("scenario", "model"):
            assert (PACKAGE / room / "kinds" / f"{word}.py").is_file()
        assert KINDS[word].word() == word


def test_a_kind_is_loaded_where_a_scenario_has_it() -> None:
    """Of the others neither what a scenario says of them nor what they cost is read."""
    file = Path(__file__).parents[1] / "scenarios" / "boutique-24-7.yaml"
    given = yaml.safe_load(file.read_text("utf-8"))["sources"].values()
    script = (
        "import sys, cmsource; cmsource.compare(cmsource.load(sys.argv[1]));"
        "print(*(name for name in sys.modules if '.kinds.' in name))"
    )
    command = [sys.executable, "-c", script, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    loaded = {tuple(name.split(".")[1::2]) for name in done.stdout.split()}
    assert loaded == {(room, each["kind"]) for room in ("scenario", "model") for each in given}


SCENARIO_SIDE = '''"""Volunteers."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from cmsource.scenario.defaults import assumed
from cmsource.scenario.draft import Draft
from cmsource.scenario.source import KIND, Source
from cmsource.values.money_types import Amount


class Volunteer(Source):
    """Somebody who does it for a voucher."""

    place: ClassVar[int] = 8
    kind: Literal["volunteer"] = KIND
    voucher: Annotated[float, Amount("month")] = Field(0.0, description="A voucher a month.")

    @classmethod
    def fill(cls, draft: Draft) -> None:
        """Fill the voucher."""
        draft.fill("voucher", assumed("20/month", "voucher", "what a voucher is worth"))
'''
MODEL_SIDE = '''"""Volunteers: a voucher a month."""

from cmsource.model.resource import CostLine, Explanation, Resource
from cmsource.model.setting import Setting
from cmsource.scenario.kinds.volunteer import Volunteer


def resource(source: Volunteer, setting: Setting) -> Resource:
    """The resource of a volunteer."""

    def costs(year: int) -> tuple[CostLine, ...]:
        def why() -> Explanation:
            return Explanation("voucher", source.origins.refs("voucher"))

        return (CostLine("fees", 1, "month", source.voucher, why),)

    return Resource(
        name=source.name,
        in_house=False,
        replaced=False,
        headcount=1,
        depth=1.0,
        depth_less_one=0.0,
        absent=0.0,
        duty=source.on_duty,
        capacity=10.0,
        contract=0.0,
        skills=frozenset(source.skills),
        takes=source.takes,
        lead=source.starts_after,
        ramp=source.ramp_up,
        seats=0,
        costs=costs,
    )
'''


@pytest.fixture
def with_volunteers(tmp_path: Path) -> Path:
    """A copy of the program with one kind more: two files are added, and none is changed."""
    copy = tmp_path / "cmsource"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "scenario" / "kinds" / "volunteer.py").write_text(SCENARIO_SIDE, encoding="utf-8")
    (copy / "model" / "kinds" / "volunteer.py").write_text(MODEL_SIDE, encoding="utf-8")
    return tmp_path


def test_a_kind_is_added_with_two_files(with_volunteers: Path) -> None:
    """It is read, filled in, costed, described to editors and told apart from the others."""

    def run(*arguments: str) -> tuple[str, str]:
        environment = {**os.environ, "PYTHONPATH": str(with_volunteers)}
        ran = subprocess.run(
            [sys.executable, "-m", "cmsource", *arguments],
            cwd=with_volunteers,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.stdout, ran.stderr

    text = """\
country: FR
horizon: 10 months
needs: {cover: "mon-fri 09:00-12:00", work: {content: 5 h/week}}
sources:
  lea: {kind: volunteer, on_duty: "mon-fri 09:00-12:00"}
options:
  lea: [lea]
  rich: [{lea: {voucher: 50/month}}]
"""
    (with_volunteers / "s.yaml").write_text(text, encoding="utf-8")
    options = json.loads(run("compare", "s.yaml", "--format", "json")[0])["options"]
    assert {name: option["total"] for name, option in options.items()} == {"lea": 200, "rich": 500}
    assert options["lea"]["coverage"]["work_done"] == 1
    assert "20/month" in run("expand", "s.yaml")[0]
    schema = json.loads(run("schema")[0])["$defs"]
    voucher = schema["Volunteer"]["properties"]["voucher"]["$ref"].rpartition("/")[2]
    assert schema[voucher]["description"] == "A voucher a month."
    assert "voucher" in schema["Override"]["properties"]
    wrong = text.replace("volunteer", "agency").replace("agency,", "agency, voucher: 5,")
    (with_volunteers / "wrong.yaml").write_text(wrong, encoding="utf-8")
    assert "it is a key of: volunteer" in run("validate", "wrong.yaml")[0]
    assert "sources.lea.voucher" in run("sensitivity", "s.yaml", "--format", "json")[0]
