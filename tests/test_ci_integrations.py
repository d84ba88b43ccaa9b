"""The hook, the action and the snippets of the pages on CI, as far as they go without a network."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from batches import folder, text

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "docs" / "ci.md", ROOT / "docs" / "fr" / "ci.md")
ALL_AS_ASKED = {PAGES[0]: "all as asked", PAGES[1]: "tout est comme demandé"}
NOTHING_CHANGED = {PAGES[0]: "nothing changed", PAGES[1]: "rien n’a changé"}
BIN = Path(sys.executable).parent
BAD = "nonsense: 1\n"


def environment(**more: object) -> dict[str, str]:
    """The environment of a job in which cmsource is installed."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, **{name: str(value) for name, value in more.items()}}


def bash(script: str, cwd: Path, **more: object) -> "subprocess.CompletedProcess[str]":
    """Run a script as a CI job does: it ends at the first command that fails."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def loaded(file: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """A YAML file of the project as plain data."""
    return yaml.safe_load((ROOT / file).read_text("utf-8"))


class Action:
    """The composite action, its scripts run as GitHub would run them.

    Args:
        place: the workspace.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.action = loaded("action.yml")
        self.step = next(s for s in self.action["runs"]["steps"] if s.get("id") == "batch")

    def run(self, **inputs: str) -> "subprocess.CompletedProcess[str]":
        """Run the step with some inputs, the others at their defaults."""
        defaults = {name: i.get("default", "") for name, i in self.action["inputs"].items()}
        given = {**defaults, **{name.replace("_", "-"): v for name, v in inputs.items()}}
        variables = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m[1]], value)
            for name, value in self.step["env"].items()
        }
        for name in ("output", "summary"):
            (self.place / name).touch()
        return bash(
            self.step["run"],
            self.place,
            GITHUB_OUTPUT=self.place / "output",
            GITHUB_STEP_SUMMARY=self.place / "summary",
            **variables,
        )

    def outputs(self) -> dict[str, str]:
        """What the step handed on."""
        lines = (self.place / "output").read_text("utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def action(tmp_path: Path) -> Action:
    """The action in a workspace with two scenarios."""
    return Action(folder(tmp_path, {"scenarios/a.yaml": text(15), "scenarios/b.yaml": text(16)}))


def test_the_action_passes(action: Action) -> None:
    """Good scenarios: status 0, results, a summary, no annotation."""
    done = action.run()
    assert (done.returncode, done.stderr) == (0, "")
    assert "::error" not in done.stdout
    assert action.outputs() == {"results": "cmsource-results.json", "status": "0"}
    assert (action.place / "cmsource-results.json").exists()
    assert "2 scenarios: 2 ok" in (action.place / "summary").read_text("utf-8")


def test_the_action_fails_with_annotations(action: Action) -> None:
    """A bad scenario and a broken rule are annotated; the status is that of the batch."""
    done = action.run(fail_on="no-eligible\ntotal>1\n")
    assert done.returncode == 1
    assert done.stdout.count("::error file=scenarios/") == 2
    folder(action.place, {"scenarios/c.yaml": BAD})
    done = action.run(paths="scenarios/a.yaml\nscenarios/c.yaml\n")
    assert done.returncode == 2
    assert "::error file=scenarios/c.yaml,line=1,col=1,title=E201::" in done.stdout
    assert action.outputs()["status"] == "2"


def test_the_action_compares_with_a_baseline(action: Action) -> None:
    """What changed is written for a comment."""
    action.run(results="main.json")
    folder(action.place, {"scenarios/b.yaml": text(17)})
    done = action.run(baseline="main.json", comment="comment.md")
    assert done.returncode == 0
    assert "hourly_wage: 16 → 17" in (action.place / "comment.md").read_text("utf-8")
    assert action.outputs()["changed"] == "true"


def test_the_action_comments_on_changes_only(action: Action) -> None:
    """Nothing is written for a comment when nothing changed, and an earlier text goes."""
    action.run(results="main.json")
    (action.place / "comment.md").write_text("of the last run", encoding="utf-8")
    action.run(baseline="main.json", comment="comment.md", warn_on="total>1\nincrease>5%\n")
    assert action.outputs()["changed"] == "false"
    assert not (action.place / "comment.md").exists()


def test_the_action_tells_nothing_of_an_earlier_step(action: Action) -> None:
    """Results that are there already are not told as those of a batch that ended before any."""
    action.run(results="main.json")
    folder(action.place, {"scenarios/b.yaml": text(17)})
    action.run()
    done = action.run(baseline="main.json", comment="comment.md", fail_on="no such rule")
    assert done.returncode == 2
    assert action.outputs()["status"] == "2"
    assert "changed" not in action.outputs()
    assert not (action.place / "comment.md").exists()


def test_the_action_may_write_over_its_baseline(action: Action) -> None:
    """What changed is found before the results take its place."""
    action.run(results="main.json")
    folder(action.place, {"scenarios/b.yaml": text(17)})
    done = action.run(baseline="main.json", results="./main.json", comment="comment.md")
    assert done.returncode == 0
    assert "hourly_wage: 16 → 17" in (action.place / "comment.md").read_text("utf-8")


def test_the_action_comments_on_its_part_alone(action: Action) -> None:
    """What other parts hold is not gone, and a file with another name is the same scenario."""
    folder(action.place, {"scenarios/c.yaml": text(18) + "name: Sea\n"})
    action.run(results="main.json")
    (action.place / "scenarios/c.yaml").rename(action.place / "scenarios/d.yaml")
    for part in ("1/2", "2/2"):
        action.run(baseline="main.json", shard=part)
        assert action.outputs()["changed"] == "false", part
    folder(action.place, {"scenarios/b.yaml": text(17)})
    action.run(baseline="main.json", shard="1/2")
    assert action.outputs()["changed"] == "false"
    action.run(baseline="main.json", shard="2/2")
    assert action.outputs()["changed"] == "true"
    comment = (action.place / "cmsource-comment.md").read_text("utf-8")
    assert "1 scenario compared: 1 changed, 0 as before, 0 new" in comment
    assert "gone" not in comment


def test_the_action_reaches_what_the_root_holds(action: Action) -> None:
    """A base beside the folder of the scenarios is refused until the root has both."""
    files = {"common/base.yaml": text(15), "scenarios/c.yaml": "extends: ../common/base.yaml\n"}
    folder(action.place, files)
    done = action.run()
    assert done.returncode == 2
    assert done.stdout.count("::error file=scenarios/c.yaml") == 1
    done = action.run(root=".")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 scenarios: 3 ok" in (action.place / "summary").read_text("utf-8")
    assert action.run(root="nowhere").returncode == 2


@pytest.mark.slow
def test_nothing_in_an_input_is_run(action: Action) -> None:
    """Inputs with shell syntax are paths and rules, never commands."""
    for inputs in (
        {"paths": "$(touch pwned)\n`touch pwned`"},
        {"paths": "scenarios; touch pwned"},
        {"paths": "--output=pwned"},
        {"fail_on": '"; touch pwned; "'},
        {"shard": "1/1; touch pwned"},
    ):
        assert action.run(**inputs).returncode == 2
        assert not (action.place / "pwned").exists()
    for tree in ("$(touch pwned)", "--output=pwned", ".; touch pwned"):
        action.run(root=tree)  # a tree that nothing here leaves
        assert not (action.place / "pwned").exists()
    for step in loaded("action.yml")["runs"]["steps"]:
        assert "${{" not in step["run"]


def test_every_input_reaches_the_script() -> None:
    """No input of the action is declared in vain, and none is used that is not declared."""
    action = loaded("action.yml")
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(action["inputs"])
    assert set(re.findall(r"steps\.batch\.outputs\.(\w+)", str(action["outputs"]))) == {
        "changed",
        "results",
        "status",
    }


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with scenarios, a base in another folder, and other YAML."""
    if shutil.which("git") is None:
        pytest.skip("no git")
    folder(
        tmp_path,
        {
            "base.yaml": "country: FR\nhourly_wage: 16.50\n",
            "scenarios/a b.yaml": "extends: ../base.yaml\nagency_rate: 75/h\n",
            "other.yaml": BAD,
        },
    )
    git(tmp_path, "init", "-q")
    return tmp_path


def hook(identity: str) -> dict[str, Any]:
    """One hook of the project."""
    return next(each for each in loaded(".pre-commit-hooks.yaml") if each["id"] == identity)


def git(place: Path, *arguments: str) -> str:
    """Run git in a folder."""
    line = ["git", "-c", "user.name=test", "-c", "user.email=test@example.org", *arguments]
    return subprocess.run(
        line, cwd=place, check=True, capture_output=True, text=True, timeout=300
    ).stdout.strip()


def test_the_hooks_under_pre_commit(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """From a clone of the project, the hooks see the scenarios that changed and nothing else."""
    project = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", project)
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "hooks")
    # `system` runs the cmsource that is installed already: building one would need the network.
    hooks = [{"id": name, "language": "system"} for name in ("cmsource-validate", "cmsource-batch")]
    source = {"repo": str(project), "rev": git(project, "rev-parse", "HEAD"), "hooks": hooks}
    config = yaml.safe_dump({"repos": [source]})
    (repository / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")

    def run() -> "subprocess.CompletedProcess[str]":
        git(repository, "add", ".")
        script = f"{sys.executable} -m pre_commit run --all-files"
        return bash(script, repository, PRE_COMMIT_HOME=repository / ".git" / "cache")

    done = run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 2
    folder(repository, {"scenarios/bad.yaml": BAD})
    done = run()
    assert done.returncode == 1
    assert done.stdout.count("unknown key `nonsense`") == 2
    assert "scenarios/bad.yaml:1:1" in done.stdout
    assert "other.yaml" not in done.stdout


def test_the_entry_of_the_hook(repository: Path) -> None:
    """The same by hand: pre-commit adds the changed files to the entry."""
    entry = hook("cmsource-validate")["entry"]
    assert bash(f"{entry} 'scenarios/a b.yaml'", repository).returncode == 0
    assert bash(f"{entry} 'scenarios/a b.yaml' other.yaml", repository).returncode == 2
    files = re.compile(hook("cmsource-validate")["files"])
    assert files.search("scenarios/deep/x.yml")
    assert not files.search("docs/scenarios/x.yml")


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    text = page.read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)


@each_page
def test_the_scenario_with_expectations(tmp_path: Path, page: Path) -> None:
    """The example of expectations is a scenario that comes to what it expects."""
    (example,) = (block for block in blocks(page, "yaml") if "expect:" in block)
    (tmp_path / "a.yaml").write_text(example, encoding="utf-8")
    assert bash("cmsource compare a.yaml", tmp_path).returncode == 0


@each_page
@pytest.mark.parametrize(("content", "status"), ((text(16), 0), (text(9), 2), (BAD, 2)))
def test_the_shell_snippet(tmp_path: Path, page: Path, content: str, status: int) -> None:
    """The snippet for any other CI runs, reports and keeps the status."""
    place = folder(tmp_path, {"scenarios/a.yaml": content})
    (snippet,) = (block for block in blocks(page, "bash") if "case" in block)
    done = bash(snippet, place)
    assert done.returncode == status
    assert (place / "report.xml").read_text("utf-8").startswith("<?xml")
    assert (ALL_AS_ASKED[page] in done.stdout) is (status == 0)


@pytest.mark.slow
@each_page
def test_the_snippet_that_asks_whether_anything_changed(tmp_path: Path, page: Path) -> None:
    """It says so when nothing did, and writes what did."""
    (snippet,) = (block for block in blocks(page, "bash") if "--exit-code" in block)
    before, after, changes = re.findall(r"\w+\.(?:json|txt)", snippet)
    place = folder(tmp_path, {"a.yaml": text(16)})
    make = (
        f"cmsource batch a.yaml {{}} --save {before} && cmsource batch a.yaml {{}} --save {after}"
    )
    same = bash(make.format("", "") + f" >/dev/null\n{snippet}", place)
    assert same.stdout.endswith(f"{NOTHING_CHANGED[page]}\n")
    other = bash(make.format("", "--set hourly_wage=17") + f" >/dev/null\n{snippet}", place)
    assert not other.stdout.endswith(f"{NOTHING_CHANGED[page]}\n")
    assert "16 → 17" in (place / changes).read_text("utf-8")


@each_page
def test_the_gitlab_snippet(tmp_path: Path, page: Path) -> None:
    """The script of the job runs, and leaves what it declares as artifacts."""
    snippet = next(block for block in blocks(page, "yaml") if "gitlab" in block)
    job = yaml.safe_load(snippet)["scenarios"]
    place = folder(tmp_path, {"scenarios/a.yaml": text(16)})
    lines = [line for line in job["script"] if not line.startswith("pip ")]
    assert bash("\n".join(lines), place).returncode == 0
    for name in (*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]):
        assert (place / name).exists()


@pytest.mark.slow
@each_page
def test_the_workflow_that_tells_what_changed(tmp_path: Path, page: Path) -> None:
    """It tells what is new, gone and other in a branch, also where one was not valid before."""
    if shutil.which("git") is None:
        pytest.skip("no git")
    [text_of_it] = (block for block in blocks(page, "yaml") if "post-comment" in block)
    place = tmp_path / "clone"
    folder(place, {"scenarios/base.yaml": text(15), "scenarios/stays.yaml": text(16)})
    folder(place, {"scenarios/gone.yaml": text(17), "scenarios/bad.yaml": BAD})
    folder(place, {"scenarios/other.yaml": "extends: base.yaml\n"})
    git(place, "init", "-q")
    git(place, "add", ".")
    git(place, "commit", "-q", "-m", "main")
    folder(place, {"scenarios/base.yaml": text(15.5), "scenarios/new.yaml": text(18)})
    folder(place, {"scenarios/bad.yaml": text(19)})
    git(place, "rm", "-q", "scenarios/gone.yaml")
    git(place, "add", ".")
    git(place, "commit", "-q", "-m", "branch")
    action = Action(place)
    for step in yaml.safe_load(text_of_it)["jobs"]["scenarios"]["steps"]:
        if not step.get("run", "pip ").startswith("pip "):
            done = bash(step["run"], place, GITHUB_WORKSPACE=place)
            assert done.returncode == 0, done.stderr
        elif "cmsource@" in step.get("uses", ""):
            inputs = {name.replace("-", "_"): str(value) for name, value in step["with"].items()}
            assert action.run(**inputs).returncode == 0
    assert action.outputs()["changed"] == "true"
    told = (place / "cmsource-comment.md").read_text("utf-8")
    assert "3 scenarios compared: 2 changed, 1 as before, 1 new, 1 gone" in told


@each_page
def test_the_snippets_name_what_there_is(page: Path) -> None:
    """Inputs of the action and names of the hooks on the page exist."""
    workflows = [yaml.safe_load(block) for block in blocks(page, "yaml") if "workflows" in block]
    assert len(workflows) == 2
    for workflow in workflows:
        step = workflow["jobs"]["scenarios"]["steps"][-1]
        assert set(step["with"]) <= set(loaded("action.yml")["inputs"])
    config = yaml.safe_load(next(block for block in blocks(page, "yaml") if "pre-commit" in block))
    assert [hook(each["id"]) for each in config["repos"][0]["hooks"]]
