"""`cmsource batch`, sharding and `cmsource merge`: which files, which rows, which bytes."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

import cmsource
from batches import Shell, command, folder, light, process, text
from cmsource.reading.folders import find_scenarios, shard_of
from cmsource.writers.formats import BatchFormat
from conftest import Cli, unframed


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """The command line in this process."""
    return Shell(capsys)


@pytest.fixture
def brands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five good scenarios and a bad one, in the current folder."""
    monkeypatch.chdir(tmp_path)
    quebec = text(25).replace("FR", "CA-QC")
    return folder(
        tmp_path,
        {
            "brands/a.yaml": text(15),
            "brands/b.yaml": text(16, "name: Bé\nexpect: {recommended: agency}\n"),
            "brands/deep/c.yml": text(17),
            "brands/deep/d.yaml": quebec,
            "brands/e.yaml": text(18, "requiire: {watched: 5%}\n"),
            "brands/f.yaml": text(19, "require: {watched: 100%, cost: 5}\n"),
            "brands/notes.txt": "no scenario",
            "brands/.hidden/g.yaml": text(20),
        },
    )


def named(*paths: str) -> list[str]:
    """The files that paths name, as a search finds them."""
    return [found.file for found in find_scenarios([Path(path) for path in paths]).files]


def test_folders_are_searched_in_order(brands: Path) -> None:
    """What is below a folder comes sorted by the parts of its path, hidden names left out."""
    everything = ["a.yaml", "b.yaml", "deep/c.yml", "deep/d.yaml", "e.yaml", "f.yaml"]
    assert named("brands") == [f"brands/{name}" for name in everything]
    assert named("brands/deep", "brands/a.yaml", "brands", "./brands/a.yaml") == named("brands")
    assert named("brands/*.yaml") == [f"brands/{n}" for n in everything if "deep" not in n]
    assert named("brands/**/*.y*ml") == named("brands")
    assert named("bra*") == named("brands")
    assert named(str(brands / "brands")) == [str(brands / "brands" / n) for n in everything]


def test_scenarios_that_say_so_in_their_names(tmp_path: Path, shell: Shell) -> None:
    """Among other YAML a pattern takes those alone; what all their names have names none."""
    inner = {
        "shop.cmsource.yaml": text(15),
        "wine.cmsource.yml": "extends: base.cmsource.yaml\n" + text(16),
        "base.cmsource.yaml": "country: FR\n",
        "deep/pipeline.yaml": "stages: [build]\n",
    }
    place = folder(tmp_path, inner)
    found = [Path(file).name for file in named(str(place / "**" / "*.cmsource.y*ml"))]
    assert found == ["shop.cmsource.yaml", "wine.cmsource.yml"]
    assert "pipeline.yaml" in [Path(file).name for file in named(str(place))]
    names = [cmsource.load(place / name).name for name in inner if "pipeline" not in name]
    assert names[:2] == ["shop", "wine"]
    own = folder(tmp_path, {".cmsource.yaml": text(15)}) / ".cmsource.yaml"
    assert cmsource.load(own).name == ".cmsource"


def test_bases_are_left_out(tmp_path: Path, shell: Shell) -> None:
    """A file that another one extends is a base, unless it is named itself."""
    place = folder(
        tmp_path,
        {
            "base.yaml": "country: FR\n",
            "group/base.yaml": "extends: ../base.yaml   # the group's\nhourly_wage: 16.50\n",
            "group/one.yaml": 'extends: "base.yaml"\nagency_rate: 75/h\n',
            "group/two.yaml": "{extends: ./base.yaml, agency_rate: 80/h}\n",
            "alone.yaml": text(more="x-note: |\n  extends: group/one.yaml\n"),
        },
    )
    search = find_scenarios([place])
    assert [Path(found.file).name for found in search.files] == [
        "alone.yaml",
        "one.yaml",
        "two.yaml",
    ]
    assert search.bases == (str(place / "base.yaml"), str(place / "group/base.yaml"))
    assert str(place / "base.yaml") in named(str(place), str(place / "base.yaml"))
    ran = shell("batch", place)
    assert ran.status == 0
    assert "3 scenarios: 3 ok" in ran.out
    assert "2 left out because others use them" in ran.out


def test_a_circle_of_bases_is_no_base(tmp_path: Path, shell: Shell) -> None:
    """Files that extend each other are not hidden: each has its error."""
    circle = {f"{n}.yaml": f"extends: {(n + 1) % 3}.yaml\n" for n in range(3)}
    place = folder(tmp_path, {**circle, "self.yaml": "extends: self.yaml\n", "ok.yaml": text()})
    ran = shell("batch", place)
    assert ran.status == 2
    assert "5 scenarios: 1 ok, 0 failed, 4 invalid" in ran.out


def test_rows_and_totals(brands: Path, shell: Shell) -> None:
    """A row is what `compare` says; the grand totals are exact sums by currency."""
    ran = shell("batch", "brands", "--format", "csv")
    assert ran.status == 2
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["status"] for row in rows] == ["ok", "ok", "ok", "ok", "invalid", "ok"]
    totals: dict[str, Decimal] = {}
    for row in rows:
        if row["status"] == "invalid":
            assert "requiire" in row["problems"]
            continue
        result = cmsource.compare(cmsource.load(brands / row["file"]))
        assert row["recommended"] == (result.recommended or "")
        assert int(row["eligible"]) == sum(o.eligible for o in result.options.values())
        if result.recommended is not None:
            best = result.options[result.recommended]
            assert Decimal(row["total"]) == best.total
            assert float(row["watched"]) == pytest.approx(best.coverage.watched, abs=1e-6)
            totals[result.currency] = totals.get(result.currency, Decimal(0)) + best.total
    summary = json.loads(shell("batch", "brands", "-f", "json").out, parse_float=Decimal)["summary"]
    assert {c: s["total"] for c, s in summary["recommended_totals"].items()} == totals
    assert set(totals) == {"EUR", "CAD"}
    assert (summary["ok"], summary["failed"], summary["invalid"]) == (5, 0, 1)
    assert summary["without_recommendation"] == 1


def test_the_exit_status(brands: Path, shell: Shell) -> None:
    """2 for an invalid scenario, 1 for what is not as asked, 0 when all is well."""
    good = ("brands/a.yaml", "brands/b.yaml")
    assert shell("batch", "brands").status == 2
    assert shell("batch", *good).status == 0
    assert shell("batch", *good, "--fail-on", "total>1").status == 1
    assert shell("batch", "brands/f.yaml", "--fail-on", "no-eligible").status == 1
    failing = folder(brands, {"x.yaml": text(more="expect: {hire: {total: '< 5'}}\n")})
    ran = shell("batch", failing / "x.yaml", "--fail-on", "expectation")
    assert ran.status == 1
    assert "FAILED" in ran.out
    assert ran.out.count("expected `hire.total` < 5, found") == 1


@pytest.mark.parametrize(
    "flags",
    (
        ("nowhere.yaml",),
        ("x" * 300 + ".yaml",),
        ("brands/*.json",),
        ("empty",),
        ("brands", "--format", "xml"),
        ("brands", "--fail-on", "totl>3"),
        ("brands", "--fail-on", "increase>5%"),
        ("brands", "--shard", "0/3"),
        ("brands", "--shard", "4/3"),
        ("brands", "--shard", "x"),
        ("brands", "--today", "yesterday"),
        ("brands", "--baseline", "nowhere.json"),
        ("brands", "--jobs", "-1"),
        ("brands/a.yaml", "--output", "nowhere/out.csv"),
        ("brands/a.yaml", "--output", "brands"),
        (),
    ),
)
def test_what_cannot_be_done_says_so(brands: Path, shell: Shell, flags: tuple[str, ...]) -> None:
    """Wrong flags, empty folders and patterns that match nothing exit with 2 and a reason."""
    (brands / "empty").mkdir()
    ran = shell("batch", *flags)
    assert ran.status == 2
    assert ran.out + ran.err


ASKED = ("brands", "--today", "2026-11-21", "--fail-on", "no-eligible")


@pytest.mark.parametrize("form", BatchFormat)
def test_bytes_do_not_depend_on_shards(brands: Path, shell: Shell, form: str) -> None:
    """Three merged parts write what one run writes, with the same status."""
    for index in (1, 2, 3):
        part = (f"--shard={index}/3", "-f", "json", "-o", f"part-{index}.json")
        shell("batch", *ASKED, *part, "--jobs", 1)
    alone = shell("batch", *ASKED, "-f", form, "--jobs", 1)
    assert alone.status == 2
    assert shell("merge", "part-2.json", "part-1.json", "part-3.json", "-f", form) == alone


@pytest.mark.parametrize("form", ("table", "json"))
def test_bytes_do_not_depend_on_jobs(brands: Path, form: str) -> None:
    """One job and three jobs write the same, with the same status."""
    alone, shared = (
        process("batch", *ASKED, "-f", form, "--jobs", jobs, cwd=brands) for jobs in (1, 3)
    )
    assert alone.status == 2
    assert shared == alone


def test_parts_must_fit(brands: Path, shell: Shell) -> None:
    """A part that is missing, doubled, of another run or no part at all is refused."""
    for index, count in ((1, 2), (2, 2), (1, 3)):
        shell("batch", "brands", f"--shard={index}/{count}", "-f", "json", "-o", f"{index}{count}")
    shell("batch", "brands", "-f", "json", "-o", "whole")
    shell("batch", "brands/a.yaml", "--shard=2/2", "-f", "json", "-o", "other")
    assert shell("merge", "12", "22").out == Path("whole").read_text("utf-8")
    assert shell("merge", "whole").out == Path("whole").read_text("utf-8")
    for parts, reason in (
        (("12",), "missing: part 2/2"),
        (("12", "12"), "are both part 1/2"),
        (("13", "22"), "different runs"),
        (("12", "other"), "different runs"),
        (("12", "whole"), "is no part"),
        (("12", "nowhere"), "cannot be read"),
    ):
        ran = shell("merge", *parts)
        assert ran.status == 2
        assert reason in unframed(ran.err)


def test_shards_share_everything() -> None:
    """Every file is in exactly one part."""
    files = find_scenarios([Path(f"{number}.yaml") for number in range(11)]).files
    parts = [shard_of(files, index, 4) for index in (1, 2, 3, 4)]
    assert sorted(sum(parts, ())) == sorted(files)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_files_are_written_whole_or_not_at_all(brands: Path, shell: Shell) -> None:
    """What failed leaves the old file as it was, and nothing beside it."""
    out = brands / "out.json"
    shell("batch", "brands", "-f", "json", "-o", out)
    assert json.loads(out.read_text("utf-8"))["format"] == "cmsource/batch/1"
    before = out.read_bytes()
    assert shell("batch", "brands", "--format", "nonsense", "-o", out).status == 2
    assert shell("batch", "brands", "--baseline", "nowhere", "-o", out).status == 2
    assert out.read_bytes() == before
    assert sorted(p.name for p in brands.iterdir()) == ["brands", "out.json"]
    assert shell("batch", "brands", "--save", "s.json").out.startswith(" ")
    assert (brands / "s.json").read_bytes() == before


def test_failures_go_to_standard_error(brands: Path, shell: Shell) -> None:
    """Results are alone on standard output; the table tells its failures itself."""
    for form in ("json", "jsonl", "csv", "markdown", "junit"):
        ran = shell("batch", "brands", "-f", form)
        assert "unknown key `requiire`" in ran.err
        assert "\n6 scenarios: 5 ok, 0 failed, 1 invalid; 1 without" in ran.err
    for form in ("table", "github"):
        ran = shell("batch", "brands", "-f", form)
        assert ran.err == ""
        assert "requiire" in ran.out


def test_json_is_what_compare_writes(brands: Path, shell: Shell) -> None:
    """A row has what `compare --format json` has but advice and remedies; formats agree."""
    whole = json.loads(shell("batch", "brands", "-f", "json").out)
    lines = [json.loads(line) for line in shell("batch", "brands", "-f", "jsonl").out.splitlines()]
    assert whole["scenarios"] == lines
    assert [row["comparison"] is None for row in lines] == [
        row["status"] == "invalid" for row in lines
    ]
    alone = json.loads(shell("compare", "brands/b.yaml", "-f", "json").out)
    assert len(alone["advice"]) == 3
    for option in alone["options"].values():
        option["would_take"] = None
    assert lines[1]["comparison"] == {**alone, "advice": []}


def test_junit_counts_and_names(brands: Path, shell: Shell) -> None:
    """Errors and failures are counted in the head and told in their test case."""
    ran = shell("batch", "brands", "-f", "junit", "--fail-on", "no-eligible")
    suite = ElementTree.fromstring(ran.out)
    assert suite.attrib == {
        "name": "cmsource",
        "tests": "6",
        "failures": "1",
        "errors": "1",
        "skipped": "0",
    }
    cases = {case.attrib["file"]: case for case in suite.iter("testcase")}
    error = cases["brands/e.yaml"].find("error")
    assert error is not None
    assert error.attrib["type"] == "E201"
    assert error.text is not None
    assert error.text.startswith("brands/e.yaml:5:1: E201: unknown key")
    assert cases["brands/f.yaml"].find("failure") is not None
    assert cases["brands/a.yaml"].find("system-out") is not None


def test_annotations_stand_at_file_and_line(brands: Path, shell: Shell) -> None:
    """Each error is a workflow command with its place."""
    lines = shell("batch", "brands", "-f", "github").out.splitlines()
    first = next(line for line in lines if line.startswith("::error "))
    assert first.startswith("::error file=brands/e.yaml,line=5,col=1,title=E201::unknown key")


def test_the_summary_is_appended(
    brands: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Markdown is added to the file that the environment names, and only there."""
    summary = brands / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    shell("batch", "brands", "--summary")
    assert summary.read_text("utf-8") == "before\n"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    shell("batch", "brands", "--summary")
    written = summary.read_text("utf-8")
    assert written.startswith("before\n## cmsource · 6 scenarios: 5 ok, 0 failed, 1 invalid")
    assert written.removeprefix("before\n") == shell("batch", "brands", "-f", "markdown").out


@pytest.mark.parametrize("name", ("n" * 300, "file/below", "."))
def test_a_summary_that_cannot_be_written_is_a_warning(
    brands: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The batch goes on; nobody asked for the file by its name."""
    (brands / "file").touch()
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(brands / name))
    ran = shell("batch", "brands", "--summary")
    assert "warning: the summary of the job cannot be written: " in ran.err
    assert (ran.status, ran.out) == shell("batch", "brands")[:2]


def test_a_summary_in_a_folder_of_others(
    brands: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is there cannot even be asked."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = brands / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    real = Path.stat
    monkeypatch.setattr(
        Path, "stat", lambda path, **more: refused() if path == file else real(path, **more)
    )
    ran = shell("batch", "brands", "--summary")
    assert (ran.status, ran.out) == shell("batch", "brands")[:2]
    assert file.read_text("utf-8").startswith("## cmsource")


@pytest.mark.parametrize("form", ("json", "junit", "gitlab"))
def test_counts_are_told_in_the_language(brands: Path, shell: Shell, form: str) -> None:
    """What standard error says of the rows, where they go to a file."""
    ran = shell("batch", "brands", "-f", form, "-o", "out", "--lang", "fr")
    assert ran.err.splitlines()[-1].startswith("6 scénarios\N{NO-BREAK SPACE}: 5 ")
    if form == "json":
        merged = shell("merge", "out", "-o", "again", "--lang", "fr")
        assert merged.err.splitlines()[-1] == ran.err.splitlines()[-1]


def test_flags_reach_every_scenario(brands: Path, shell: Shell) -> None:
    """`--set` changes each scenario; `--root` widens what `extends` may use."""
    plain = shell("batch", "brands/a.yaml", "brands/b.yaml", "-f", "csv").out
    changed = shell(
        "batch", "brands/a.yaml", "brands/b.yaml", "-f", "csv", "--set", "horizon=12"
    ).out
    assert [row["horizon_months"] for row in csv.DictReader(io.StringIO(changed))] == ["12", "12"]
    assert plain != changed
    folder(brands, {"base.yaml": text(), "sub/x.yaml": "extends: ../base.yaml\n"})
    assert shell("batch", "sub").status == 2
    assert shell("batch", "sub", "--root", ".").status == 0
    assert shell("batch", ".", "-f", "csv").out.count("sub/x.yaml,ok") == 1


MADE = """
import os, signal, sys
from cmsource.cli import app, batch_job, main

class Ending:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), int(ending))

def made(*_):
    class Made:
        ending = Ending()

ending, where = sys.argv[1:]
if where == "command":
    app.run = made
else:
    batch_job.quick_row = made
sys.argv[1:] = ["batch", "s.yaml", "--jobs", "1"]
main()
"""
"""A command that a signal meets while a class is made, as when modules are loaded."""


@pytest.mark.skipif(os.name != "posix", reason="signals of a terminal")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("where", ["command", "row"])
def test_a_signal_while_a_class_is_made(tmp_path: Path, ending: signal.Signals, where: str) -> None:
    """Python 3.11 makes another error of it; the end is silent and has the status of the signal."""
    folder(tmp_path, {"s.yaml": text()})
    line = [sys.executable, "-c", MADE, str(int(ending)), where]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (128 + ending, b"", b"")


@pytest.mark.skipif(os.name != "posix", reason="signals of a terminal")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_at_once(tmp_path: Path, ending: signal.Signals) -> None:
    """Ctrl-C, a shutdown or a closed terminal ends all processes and leaves no file behind."""
    place = folder(tmp_path, {f"s/{n:04}.yaml": light(12.5 + n / 100) for n in range(600)})
    running = subprocess.Popen(
        command("batch", "s", "-f", "csv", "--jobs", 2, "-o", "out.csv"),
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    end = time.monotonic() + 20
    while len(list(place.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.02)
    if ending is signal.SIGINT:
        os.killpg(running.pid, ending)
    else:
        running.send_signal(ending)
    out, err = running.communicate(timeout=10)
    assert (running.returncode, out, err) == (128 + ending, b"", b"")
    assert [path.name for path in place.iterdir()] == ["s"]
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)  # the workers are gone with it


def test_the_same_in_python(brands: Path, shell: Shell) -> None:
    """`compare_all` yields the rows of the command, with their results."""
    pairs = list(cmsource.compare_all(["brands"]))
    told = json.loads(shell("batch", "brands", "-f", "json").out)["scenarios"]
    assert [(row.file, row.status, row.recommended) for row, _ in pairs] == [
        (row["file"], row["status"], row["recommended"]) for row in told
    ]
    assert [result is None for _, result in pairs] == [row["comparison"] is None for row in told]


def test_warnings_are_listed(cli: Cli, tmp_path: Path) -> None:
    """Each with its code and place; of many, how many more there are."""
    text = """
country: FR
needs: {cover: 24/7, messages: {per_week: 400, minutes_each: 6}}
sources: {cm: {kind: employee, hourly_wage: 16}}
options: {alone: [cm]}
require: none
"""
    for number in range(12):
        (tmp_path / f"s{number:02}.yaml").write_text(text, encoding="utf-8")
    out = cli("batch", str(tmp_path / "s00.yaml"), "--jobs", "1").out
    listed = out.partition("Warnings")[2]
    assert "W422: option `alone`" in listed
    assert "s00.yaml:" in "".join(listed.split())
    all_of_them = cli("batch", str(tmp_path), "--jobs", "1").out
    assert all_of_them.partition("Warnings")[2].count("W4") == 10
    assert "more" in all_of_them.partition("Warnings")[2]
