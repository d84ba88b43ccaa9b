"""Saved results are validated where they are read: nothing in them breaks, hangs or drives."""

import json
import os
import random
import re
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import cmsource
from batches import Shell, folder, peak, text
from cmsource.writers.formats import BatchFormat
from fuzzing import json_accident
from test_fuzz import assert_harmless

READERS = {
    "compare": "a saved comparison (cmsource/comparison/1)",
    "batch": "a saved batch (cmsource/batch/1)",
    "jsonl": "the saved rows of a batch (cmsource/row/1)",
    "sensitivity": "a result (cmsource/sensitivity/1)",
}
"""What each command has written, in the words of who asks for a scenario."""
FORMATS = ("table", "markdown", "csv", "json")
SHOP = """\
name: Shop
country: FR
needs: {cover: mon-fri 09:00-17:00, work: {content: 6 h/week}}
require: {watched: 50%}
context: {audience: niche}
sources:
  cm: {kind: employee, hourly_wage: 16.50}
  agence: {kind: agency, retainer: 1500/month, included: 20 h/month, hourly_rate: 75}
options:
  hire: [cm]
  agency: [agence]
expect: {recommended: hire}
"""


@pytest.fixture
def shell(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """The command line in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Shell(capsys)


def compared() -> Any:  # noqa: ANN401
    """A saved comparison as data."""
    return json.loads(cmsource.to_json(cmsource.compare(cmsource.loads(SHOP, name="shop.yaml"))))


def batch(shell: Shell) -> Any:  # noqa: ANN401
    """A saved batch as data, with a row that has changed, failed and has warnings."""
    folder(Path(), {"s/a.yaml": SHOP, "s/b.yaml": text(16)})
    shell("batch", "s", "-f", "json", "-o", "old.json")
    folder(Path(), {"s/a.yaml": SHOP.replace("16.50", "45")})
    shell("batch", "s", "--baseline", "old.json", "-f", "json", "-o", "new.json")
    return json.loads(Path("new.json").read_text("utf-8"))


def put(data: Any, path: str, value: object) -> None:  # noqa: ANN401
    """Change one value, whose path has dots between its keys."""
    *around, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in around:
        data = data[key]
    assert last in data if isinstance(data, dict) else isinstance(last, int)
    data[last] = value


class Raw(str):
    """JSON as it is spelled, which only others write."""

    __slots__ = ()


def spelled(data: object, value: object) -> str:
    """JSON, in which ``RAW`` stands for a value that is spelled as it is."""
    found = json.dumps(data)
    return found.replace('"RAW"', value) if isinstance(value, Raw) else found


WRONG: tuple[tuple[str, Any, str], ...] = (
    ("scenario.name", 5, "takes a text"),
    ("scenario.name", "\x1b[31mX", "control character U+001B"),
    ("scenario.name", "X\u202e", "control character U+202E"),
    ("scenario.name", "\ud800", "control character U+D800"),
    ("scenario.name", "x" * 30_000, "at most 20,000"),
    ("scenario.file", 5, "takes a text"),
    ("scenario.currency", "\x1b[31mX\u202e", "is not known here"),
    ("scenario.currency", "XYZ", "is not known here"),
    ("scenario.horizon_months", 10**17, "less than or equal to 1200"),
    ("scenario.horizon_months", 0, "greater than 0"),
    ("scenario.horizon_months", 10**4000, "too large"),
    ("scenario.horizon_months", Raw("1" + "0" * 5000), "is not JSON: a number in it is too large"),
    ("recommended", "nobody", "no such option"),
    ("options.hire.total", "12", "takes a number"),
    ("options.hire.total", True, "takes a number"),
    ("options.hire.by_category", {"bribes": 1}, "is not known here"),
    ("options.hire.coverage.watched", "NaN", "takes a number"),
    ("options.hire.coverage.watched", Raw("NaN"), "takes a number"),
    ("options.hire.coverage.watched", Raw("-Infinity"), "takes a number"),
    ("options.hire.coverage.watched", Raw("1e6000"), "too large"),
    ("options.hire.coverage.watched", Raw("1e" + "9" * 30), "too large"),
    ("options.hire.eligible", 1, "takes true or false"),
    ("options.hire.requirements.0.name", "luck", "is not known here"),
    ("options.hire.requirements.0.unit", "luck", "share"),
    ("options.hire.phases.0.uncovered", "sometimes", "sometimes"),
    ("options.hire.phases.0.sources.cm.headcount", -1, "whole number"),
    ("options.hire.phases.0.sources.cm.headcount", 1.5, "whole number"),
    ("options.hire.entries.0.category", "bribes", "is not known here"),
    ("options.hire.entries.0.amount", Raw("1e6000"), "too large"),
    ("options.hire.entries.0.amount", Raw("12.345"), "two decimals"),
    ("options.hire.entries.0.from_month", -1, "greater than or equal to 0"),
    ("options.hire.entries", {}, "tuple"),
    ("signals.0.reason", "\x1b]0;x\x07", "control character"),
    ("warnings", [{"code": "E1\n"}], "pattern"),
)


@pytest.mark.parametrize(("path", "value", "reason"), WRONG)
def test_a_wrong_value_is_told_with_its_path(
    shell: Shell, path: str, value: object, reason: str
) -> None:
    """The file, the place in it, what is wrong and a way out; never a traceback."""
    data = compared()
    good = json.dumps(data)
    put(data, path, "RAW" if isinstance(value, Raw) else value)
    bad = spelled(data, value)
    Path("good.json").write_text(good, encoding="utf-8")
    Path("bad.json").write_text(bad, encoding="utf-8")
    ran = shell("diff", "bad.json", "good.json")
    assert ran.status == 2
    assert ran.out == ""
    told = " ".join(ran.err.split())
    assert "E113" in told
    assert "bad.json" in told
    assert reason in told
    assert path in told or "too large" in told
    assert_harmless(ran.err)
    with pytest.raises(cmsource.ScenarioError):
        cmsource.from_json(bad)


WRONG_ROWS: tuple[tuple[str, Any, str], ...] = (
    ("scenarios.0.file", 5, "takes a text"),
    ("scenarios.0.name", "\x1b[31m", "control character"),
    ("scenarios.0.status", "splendid", "ok"),
    ("scenarios.0.currency", "\x1b[31mX\u202e", "is not known here"),
    ("scenarios.0.total", "12", "takes a number"),
    ("scenarios.0.total", Raw("1e6000"), "too large"),
    ("scenarios.0.total", Raw("1" + "0" * 5000), "is not JSON: a number in it is too large"),
    ("scenarios.0.watched", Raw("NaN"), "takes a number"),
    ("scenarios.0.options", -3, "whole number"),
    ("scenarios.0.failures.0.code", "\x1b", "pattern"),
    ("scenarios.0.failures.0.line", 10**12, "whole number"),
    ("scenarios.0.change.options.0.coverage", {"luck": {"old": 1, "new": 2}}, "is not known here"),
    ("scenarios.0.change.moves.0.category", "bribes", "is not known here"),
    ("scenarios.0.change.total.old", "12", "takes a number"),
    ("scenarios.0.comparison.options.hire.total", "12", "takes a number"),
    ("scenarios.0.comparison", 3, "no saved result"),
    ("scenarios", 3, "not of format"),
    ("summary.removed", [3], "takes a text"),
    ("summary.bases_left_out", "3", "takes a number"),
    ("shard", {"index": 1, "of": 10**9}, "less than or equal"),
    ("shard", {"index": 0, "of": 2}, "greater than or equal"),
    ("shard", {"index": "1", "of": 2}, "takes a number"),
)


@pytest.mark.parametrize("form", ("lines", "pretty"))
def test_a_wrong_value_of_a_batch(shell: Shell, form: str) -> None:
    """Rows are validated in either form, and so is the comparison that `merge` passes on."""
    good = json.dumps(batch(shell))
    for path, value, reason in WRONG_ROWS:
        data = json.loads(good)
        if path == "shard":
            data = {"format": data["format"], "shard": None, **data}
        put(data, path, "RAW" if isinstance(value, Raw) else value)
        if form == "pretty" or path == "scenarios":
            bad = json.dumps(data, indent=1)
        else:
            rest = {key: each for key, each in data.items() if key not in ("format", "scenarios")}
            head = {"format": data["format"], "scenarios": []}
            rows = ",\n".join(map(json.dumps, data["scenarios"]))
            bad = f"{json.dumps(head)[:-2]}\n{rows}\n],\n{json.dumps(rest)[1:]}\n"
        if isinstance(value, Raw):
            bad = bad.replace('"RAW"', value)
        Path("bad.json").write_text(bad, encoding="utf-8")
        ran = shell("merge", "bad.json", "-f", "table")
        assert ran.status == 2, path
        assert reason in " ".join(ran.err.split()), (path, ran.err)
        assert_harmless(ran.err + ran.out)


def test_what_nothing_is_read_from_is_passed_on_harmless(shell: Shell) -> None:
    """Keys of other versions may be there, but no NaN, no control character, no endless depth."""
    data = batch(shell)
    for value, status in (
        (json.dumps("\u202e\x9b31m", ensure_ascii=False), 0),
        ("NaN", 2),
        ("[" * 100_000, 2),
        ("[" * 900 + "]" * 900, None),
        ("9" * 5000, 2),
    ):
        data["scenarios"][0]["comparison"]["later"] = "RAW"
        Path("odd.json").write_text(json.dumps(data).replace('"RAW"', value), encoding="utf-8")
        ran = shell("merge", "odd.json", "-f", "json")
        assert ran.status in ((1, 2) if status is None else (status or 1,))
        assert_harmless(ran.out)
        if ran.status == 1:
            json.loads(ran.out)
        else:
            assert "odd.json" in ran.err


@pytest.mark.parametrize("blank", ["\r", "\t", "\r\t "])
def test_blanks_between_values_drive_nothing(shell: Shell, blank: str) -> None:
    """JSON may have carriage returns between its values; what is passed on has none."""
    batch(shell)
    written = Path("new.json").read_text("utf-8")
    head, key, rest = written.partition('"comparison": {')
    assert key
    Path("bad.json").write_text(f"{head}{key}{blank}{rest}", encoding="utf-8", newline="")
    ran = shell("merge", "bad.json", "-f", "json")
    assert ran.status in (0, 1)
    assert not set(ran.out) & {"\r", "\t"}
    assert json.loads(ran.out) == json.loads(shell("merge", "new.json", "-f", "json").out)


@pytest.mark.parametrize("form", FORMATS)
def test_names_are_shown_and_drive_nothing(shell: Shell, form: str) -> None:
    """Names of files may have any character, texts any that can be printed."""
    data = compared()
    data["scenario"]["file"] = "\x1b[31m\n::error::x\u202e\udcff.yaml"
    data["inputs"] = {"\x1b[31m": "a\n::error::x"}
    Path("old.json").write_text(json.dumps(data), encoding="utf-8")
    data["scenario"]["name"] = "::error::<img src=x>"
    data["inputs"] = {"\x1b[31m": "b\r\x9b##[error]"}
    data["options"]["hire"]["label"] = "=cmd()|x"
    data["options"]["hire"]["entries"][0]["amount"] += 5
    Path("new.json").write_text(json.dumps(data), encoding="utf-8")
    ran = shell("diff", "old.json", "new.json", "-f", form)
    assert ran.status == 0
    assert_harmless(ran.out)
    assert form != "markdown" or "<img" not in ran.out
    assert form != "csv" or not re.search("^=cmd|[,;]=cmd", ran.out)


def test_a_pipe_with_an_end_is_read(shell: Shell) -> None:
    """As a shell makes one of `<(…)`, whether its writer is quick or slow."""
    data = cmsource.to_json(cmsource.compare(cmsource.loads(SHOP, name="shop.yaml")))
    Path("b.json").write_text(data, encoding="utf-8")
    os.mkfifo("pipe")
    writer = threading.Thread(target=Path("pipe").write_text, args=(data,))
    writer.start()
    descriptor = os.open("pipe", os.O_RDONLY)  # the writer has opened it when this returns
    ran = shell("diff", "pipe", "b.json")
    os.close(descriptor)
    writer.join()
    assert ran.status == 0
    assert "1 scenario compared: 0 changed" in ran.out


def test_a_pipe_with_a_log(shell: Shell) -> None:
    """What comes after the first byte is not lost."""
    log = "when,x\n" + "".join(f"2026-01-{day:02} 12:00,x\n" for day in range(1, 29))
    Path("log.csv").write_text(log, encoding="utf-8")
    os.mkfifo("pipe")
    writer = threading.Thread(target=Path("pipe").write_text, args=(log,))
    writer.start()
    descriptor = os.open("pipe", os.O_RDONLY)
    ran = shell("inbox", "pipe", "-f", "json")
    os.close(descriptor)
    writer.join()
    assert ran.out.replace("pipe", "log.csv") == shell("inbox", "log.csv", "-f", "json").out


def test_what_is_refused_late_has_shown_nothing(shell: Shell) -> None:
    """A wrong row at the end is found before anything is shown, in whatever format."""
    data = batch(shell)
    assert len(data["scenarios"]) == 2
    Path("good.json").write_text(json.dumps(data), encoding="utf-8")
    data["scenarios"][1]["comparison"]["options"]["hire"]["total"] = "12"
    Path("bad.json").write_text(json.dumps(data), encoding="utf-8")
    for form in BatchFormat:
        assert shell("merge", "good.json", "-f", form).out
        ran = shell("merge", "bad.json", "-f", form)
        assert (ran.status, ran.out) == (2, "")
        assert "E113" in ran.err
    for name in FORMATS:
        assert shell("diff", "good.json", "good.json", "-f", name).out
        ran = shell("diff", "good.json", "bad.json", "-f", name)
        assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize("path", ("fifo", "/dev/zero", ".", "nowhere"))
@pytest.mark.parametrize("command", ("diff", "merge", "batch", "inbox", "compare"))
def test_what_has_no_end_is_refused_at_once(shell: Shell, command: str, path: str) -> None:
    """A named pipe without a writer, a device, a folder, nothing."""
    os.mkfifo("fifo")
    Path("s.yaml").write_text(SHOP, encoding="utf-8")
    rest = {"diff": [path, path], "merge": [path], "batch": ["s.yaml", "--baseline", path]}
    rest |= {"inbox": [path], "compare": [path]}
    ran = shell(command, *rest[command])
    assert ran.status == 2
    # a log without an end is no log from its first line on
    assert ("E115" if (command, path) == ("inbox", "/dev/zero") else "E101") in ran.err


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_text_are_read_again(shell: Shell) -> None:
    """What `batch` writes of a file whose name is not UTF-8, `diff` and `merge` can read."""
    Path(os.fsdecode(b"b\xff.yaml")).write_text(SHOP, encoding="utf-8")
    for form in ("json", "jsonl"):
        shell("batch", ".", "-f", form, "-o", f"r.{form}")
    assert shell("merge", "r.json").out == Path("r.json").read_text("utf-8")
    ran = shell("diff", "r.json", "r.jsonl")
    assert ran.status == 0
    assert "1 scenario compared: 0 changed, 1 as before" in ran.out
    ran = shell("batch", ".", "--baseline", "r.json")
    assert "0 changed, 0 new, 0 gone" in ran.out


def test_too_much_is_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line, a file without lines and a pipe are bounded."""
    Path("whole.json").write_text(json.dumps(compared()), encoding="utf-8")
    batch(shell)
    monkeypatch.setattr("cmsource.reading.saved_files.MOST_AT_ONCE", 500)
    for file in ("whole.json", "new.json"):
        ran = shell("merge", file)
        assert ran.status == 2
        assert "E102" in ran.err
        assert "more than 500 bytes" in " ".join(ran.err.split())


def test_too_many_values_or_scenarios_are_refused(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Values are counted before they take memory, scenarios before they are compared."""
    Path("whole.json").write_text(json.dumps(compared()), encoding="utf-8")
    batch(shell)
    monkeypatch.setattr("cmsource.reading.saved_files.MOST_VALUES", 50)
    for file in ("whole.json", "new.json"):
        ran = shell("diff", file, file)
        assert ran.status == 2
        assert "E102" in ran.err
        assert "more than 50 values" in " ".join(ran.err.split())
    monkeypatch.setattr("cmsource.reading.saved_files.MOST_VALUES", 1_000_000)
    monkeypatch.setattr("cmsource.reading.saved_files.MOST_ROWS", 1)
    ran = shell("merge", "new.json")
    assert (ran.status, "more than 1 scenarios" in " ".join(ran.err.split())) == (2, True)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no peak of a process here")
@pytest.mark.parametrize("piece", ["[],", "1.5,", '{"":0},', "257,", '"\U0001f389",', '{"a":[]},'])
@pytest.mark.parametrize("count", [900_000, 10_000_000])
def test_no_saved_result_takes_much_memory(tmp_path: Path, piece: str, count: int) -> None:
    """Whatever JSON holds, and however often, the peak stays below 300 MB."""
    values = sum(map(piece.count, ",[{"))
    text = '{"format": "cmsource/comparison/1", "warnings": [' + piece * (count // values) + "0]}"
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    status, megabytes = peak(tmp_path, "diff", "bad.json", "bad.json")
    assert status == 2
    assert megabytes < 300


SAVED_CASES = 200
SLOW_SAVED_CASES = 1_000


@pytest.mark.parametrize(
    ("seed", "cases"),
    [
        (1, SAVED_CASES),
        *(pytest.param(n, SLOW_SAVED_CASES, marks=pytest.mark.slow) for n in range(2, 8)),
    ],
)
def test_accidents_of_saved_results(shell: Shell, seed: int, cases: int, fuzz: int) -> None:
    """A result is read or refused with a diagnostic, and what is read can be shown."""
    rng = random.Random(seed)
    cases *= fuzz if cases == SLOW_SAVED_CASES else 1
    batch(shell)
    Path("one.json").write_text(shell("compare", "s/a.yaml", "-f", "json").out, encoding="utf-8")
    texts = [Path(name).read_text("utf-8") for name in ("one.json", "new.json")]
    line = ("compare", "s/a.yaml", "--set", "horizon=12", "--what-if", "-f", "json")
    what_if = shell(*line).out
    read = 0
    for case in range(cases):
        plain = what_if if rng.random() < 0.1 else texts[case % 2]
        bad = json_accident(rng, plain)
        if plain is what_if and rng.random() < 0.5:  # called what it is not
            bad = bad.replace("what-if", rng.choice(("comparison", "batch", "row")), 1)
        Path("bad.json").write_text(bad, encoding="utf-8", errors="surrogatepass")
        if case % 2 and rng.random() < 0.7:
            form = rng.choice((*FORMATS, "jsonl", "junit", "github"))
            ran = shell("merge", "bad.json", "-f", form)
        else:
            ran = shell(
                "diff", "bad.json", rng.choice(("one.json", "new.json")), "-f", rng.choice(FORMATS)
            )
        try:
            assert ran.status in (0, 1, 2)
            assert_harmless(ran.out + ran.err)
            if ran.status == 2 and not ran.out:
                assert "error" in ran.err.lower()  # an error of usage begins with a capital
            read += bool(ran.out)
        except AssertionError:
            print(f"seed {seed}, case {case}:\n{bad!r}")  # noqa: T201
            raise
    assert cases / 20 < read < cases


@pytest.mark.parametrize("command", ["compare", "report", "batch", "validate"])
@pytest.mark.parametrize("wrote", READERS)
def test_a_saved_result_is_no_scenario(shell: Shell, command: str, wrote: str) -> None:
    """Who takes one for a scenario is told what it is, where that stands, and who reads it."""
    Path("shop.yaml").write_text(SHOP, encoding="utf-8")
    made = ("batch", "jsonl") if wrote == "jsonl" else (wrote, "json")
    saved = shell(made[0], "shop.yaml", "-f", made[1]).out
    Path("saved.json").write_text(saved, encoding="utf-8")
    ran = shell(command, "saved.json")
    told = " ".join((ran.out + ran.err).split())
    assert ran.status == 2
    assert f"error[E112]: the file holds {READERS[wrote]}, and no scenario" in told
    line = saved.split('"cmsource/')[0].count("\n") + 1
    assert f"--> saved.json:{line}:" in told
    assert told.count("error[") == 1
    if wrote == "sensitivity":
        assert "no command reads it" in told
        return
    assert "`cmsource diff`" in told
    assert ("`cmsource merge`" in told) is (wrote == "batch")
    assert shell("diff", "saved.json", "shop.yaml").status == 0
    assert shell("batch", "shop.yaml", "--baseline", "saved.json").status in (0, 1)
    french = " ".join(shell("compare", "saved.json", "--lang", "fr").err.split())
    assert "pas un scénario" in french
    assert "`cmsource batch --baseline` le lisent" in french
