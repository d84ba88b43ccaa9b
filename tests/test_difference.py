"""`cmsource diff` and baselines: what changed, and why."""

import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import cmsource
from batches import Shell, folder, text
from cmsource.analysis.checks.difference import difference
from cmsource.reports.batch import COMMENT_LIMIT
from cmsource.reports.diff import Changes, DiffReport, DiffSummary, Unpaired
from cmsource.results.comparison import Comparison
from cmsource.results.difference import Difference
from cmsource.writers import markdown, terminal
from cmsource.writers.page import Page

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
FULL = """\
name: Shop
country: FR
horizon: 24 months
needs:
  cover: mon-fri 09:00-17:00
  messages: {per_day: 40, minutes_each: 4}
  work: {content: 6 h/week}
require: {watched: 50%}
sources:
  cm: {kind: employee, hourly_wage: 16.50}
  agence: {kind: agency, retainer: 1500/month, included: 20 h/month, hourly_rate: 75}
options:
  hire: [cm]
  agency: [agence]
"""


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """The command line in this process."""
    return Shell(capsys)


def compared(*changes: tuple[str, str], name: str = "shop.yaml") -> Comparison:
    """The result of the scenario with pieces of its text replaced."""
    content = FULL
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    return cmsource.compare(cmsource.loads(content, name=name))


def changed(*changes: tuple[str, str]) -> Difference:
    """What a change of the text changes in the result."""
    return difference(compared(), compared(*changes))


def test_nothing_changed() -> None:
    """A result is as it was, also when it was written and read meanwhile."""
    assert changed().nothing
    again = cmsource.from_json(cmsource.to_json(compared()))
    assert difference(again, compared()).nothing
    assert difference(compared(), again).nothing


def test_an_input_and_what_it_moved() -> None:
    """A dearer hour of the agency: the input, its costs, and nothing of the others."""
    change = changed(("hourly_rate: 75", "hourly_rate: 85"))
    assert [(c.name, c.old, c.new) for c in change.inputs] == [
        ("sources.agence.hourly_rate", "75", "85")
    ]
    assert change.assumptions == ()
    assert [option.name for option in change.options] == ["agency"]
    assert {(move.option, move.source, move.category) for move in change.moves} == {
        ("agency", "agence", "fees")
    }
    move = change.moves[0]
    assert "75.00" in move.old_why
    assert "85.00" in move.new_why


def test_charges_are_a_share_of_pay() -> None:
    """A rate is said in per cent of an amount, and not as a price in money."""

    def at(charges: str) -> cmsource.Comparison:
        return cmsource.compare(
            cmsource.loads(f"""\
currency: EUR
horizon: 12 months
needs: {{work: {{content: 10 h/week}}}}
sources: {{cm: {{kind: employee, hours: 10 h/week, monthly_wage: 1000, charges: {charges}}}}}
options: {{one: [cm]}}
""")
        )

    moves = difference(at("40%"), at("45%")).moves
    move = next(each for each in moves if each.category == "employer charges")
    assert move.old_why.startswith("€12,000.00 of pay × 40.00%")
    assert move.new_why.startswith("€12,000.00 of pay × 45.00%")


def test_moves_add_up_and_come_largest_first() -> None:
    """The costs that moved explain the whole difference of each option's total."""
    change = changed(("16.50", "19"), ("per_day: 40", "per_day: 55"), ("1500", "1400"))
    amounts = [abs(move.cents) for move in change.moves]
    assert amounts == sorted(amounts, reverse=True)
    for option in change.options:
        moved = sum(move.cents for move in change.moves if move.option == option.name)
        assert option.old_cents is not None
        assert option.new_cents is not None
        assert moved == option.new_cents - option.old_cents


def test_assumptions_that_differ() -> None:
    """A value that is given now is no assumption any more, and the other way round."""
    change = changed(("16.50}", "16.50, turnover: 5%}"))
    assert ("sources.cm.turnover", None, "5%") in [(c.name, c.old, c.new) for c in change.inputs]
    assert "sources.cm.turnover" in [c.name for c in change.assumptions if c.new is None]


def test_another_recommendation() -> None:
    """The option that is recommended, its price, and eligibility that changed."""
    change = changed(("watched: 50%", "watched: 95%"))
    assert change.old_recommended == "hire"
    assert change.new_recommended == "agency"
    assert change.increase is not None
    assert change.increase > 0
    hire = next(option for option in change.options if option.name == "hire")
    assert (hire.old_eligible, hire.new_eligible) == (True, False)
    assert "recommended: hire → agency" in told(change)
    assert "no longer eligible" in told(change)


def test_options_that_come_and_go() -> None:
    """A renamed option is gone and new, with all of its costs."""
    change = changed(("  agency: [agence]", "  outside: [agence]"))
    assert {(o.name, o.old_cents is None, o.new_cents is None) for o in change.options} == {
        ("agency", False, True),
        ("outside", True, False),
    }


def test_another_currency_is_not_subtracted() -> None:
    """Totals in two currencies have no difference."""
    change = changed(("country: FR", "country: CA-QC"), ("16.50", "26.50"))
    assert change.more_cents is None
    assert change.increase is None
    assert "$" in told(change)


def told(change: Difference) -> str:
    """What people are told of a change, on one line."""
    return " ".join(terminal.write(DiffReport(Changes([change], Unpaired())), Page()).split())


def results(place: Path, **scenarios: str) -> dict[str, str]:
    """A folder of scenarios by their names."""
    return {f"s/{name}.yaml": content for name, content in scenarios.items()}


def test_diff_of_batches(tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenarios are matched; what is new, gone, invalid or unchanged is counted."""
    monkeypatch.chdir(tmp_path)
    files = {"a": text(15), "b": text(16), "c": text(17), "gone": text(18), "bad": text(19)}
    folder(tmp_path, results(tmp_path, **files))
    shell("batch", "s", "-f", "json", "-o", "old.json")
    Path("s/gone.yaml").unlink()
    files = {"b": text(16.5), "new": text(20), "bad": "nonsense: 1\n"}
    folder(tmp_path, results(tmp_path, **files))
    Path("s/c.yaml").rename("s/moved.yaml")
    folder(tmp_path, {"s/moved.yaml": text(17, "name: c\n")})
    assert shell("batch", "s", "-f", "jsonl", "-o", "new.json").status == 2
    data = json.loads(shell("diff", "old.json", "new.json", "-f", "json").out)
    # what is valid on one side only changed
    assert data["summary"] == {"compared": 4, "changed": 3, "same": 1}
    assert (data["added"], data["removed"]) == (["s/new.yaml"], ["s/gone.yaml"])
    assert data["invalid"] == [{"file": "s/bad.yaml", "side": "new"}]
    moved = next(each for each in data["scenarios"] if each["file"] == "s/moved.yaml")
    assert moved["old_file"] == "s/c.yaml"
    ran = shell("diff", "old.json", "new.json")
    assert ran.status == 0
    assert "new: s/new.yaml" in ran.out
    assert "gone: s/gone.yaml" in ran.out
    assert "hourly_wage: 16 → 16.5" in ran.out
    assert "4 scenarios compared: 3 changed, 1 as before, 1 new, 1 gone" in ran.out


def test_a_baseline(tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch says what changed since, whatever the format, and `diff` says the same."""
    monkeypatch.chdir(tmp_path)
    folder(tmp_path, results(tmp_path, a=text(15), b=text(16), gone=text(17)))
    shell("batch", "s", "-f", "json", "-o", "old.json")
    Path("s/gone.yaml").unlink()
    folder(tmp_path, results(tmp_path, b=text(30), new=text(18)))
    flags = ("batch", "s", "--baseline", "old.json")
    data = json.loads(shell(*flags, "-f", "json", "-o", "new.json", "--save", "x").out or "{}")
    data = json.loads(Path("new.json").read_text("utf-8"))
    by_file = {row["file"]: row for row in data["scenarios"]}
    assert by_file["s/a.yaml"]["change"]["moves"] == []
    assert by_file["s/b.yaml"]["change"]["inputs"] == [
        {"name": "hourly_wage", "old": "16", "new": "30"}
    ]
    assert by_file["s/new.yaml"]["new"] is True
    assert data["summary"]["removed"] == ["s/gone.yaml"]
    told = json.loads(shell("diff", "old.json", "new.json", "-f", "json").out)
    assert by_file["s/b.yaml"]["change"] in told["scenarios"]
    assert "hourly_wage: 16 → 30" in shell(*flags).out
    assert "Against the baseline: " in shell(*flags, "-f", "github").out
    markdown = shell(*flags, "-f", "markdown").out
    assert "<details><summary>b: " in markdown
    for index in (1, 2):
        part = (f"--shard={index}/2", "-f", "json", "-o", f"part-{index}")
        shell(*flags, *part)
    assert shell("merge", "part-1", "part-2").out == Path("new.json").read_text("utf-8")


@pytest.mark.parametrize("form", ("object", "array", "lines", "batch", "pretty"))
def test_every_form_of_results_is_read(
    tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """One object, an array, one a line, a batch as written, a batch written anew by others."""
    monkeypatch.chdir(tmp_path)
    folder(tmp_path, results(tmp_path, a=text(15), b=text(16)))
    count = 2
    if form == "object":
        count = 1
        content = shell("compare", "s/a.yaml", "-f", "json").out
    elif form == "array":
        content = shell("compare", "s/a.yaml", "s/b.yaml", "-f", "json").out
    elif form == "lines":
        two = json.loads(shell("compare", "s/a.yaml", "s/b.yaml", "-f", "json").out)
        content = "".join(json.dumps(each) + "\n" for each in two)
    else:
        content = shell("batch", "s", "-f", "json").out
        if form == "pretty":
            content = json.dumps(json.loads(content), indent=4, sort_keys=True)
    Path("old.json").write_text(content, encoding="utf-8")
    shell("batch", "s", "-f", "json", "-o", "new.json", "--set", "horizon=24 months")
    data = json.loads(shell("diff", "old.json", "new.json", "-f", "json").out)
    assert len(data["scenarios"]) == count
    assert all(not each["options"] and not each["moves"] for each in data["scenarios"])


def test_results_without_later_keys_are_read(tmp_path: Path, shell: Shell) -> None:
    """What the first version of the format did not have is not asked for."""
    result: dict[str, Any] = json.loads(cmsource.to_json(compared()))
    del result["inputs"]
    for option in result["options"].values():
        for entry in option["entries"]:
            for key in ("quantity", "unit", "unit_price", "price_index"):
                del entry[key]
        for held in option["requirements"]:
            del held["unit"]
        option["coverage"]["from_the_future"] = 0.5
    result["from_the_future"] = {}
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(result), encoding="utf-8")
    new.write_text(cmsource.to_json(compared(("1500", "1600"))), encoding="utf-8")
    ran = shell("diff", old, new)
    assert ran.status == 0
    assert "agency · agence · fees" in ran.out
    assert "inputs: not in both results" in ran.out


@pytest.mark.parametrize(
    ("content", "reason"),
    (
        ('{"format": "cmsource/comparison/2"}', "in format `cmsource/comparison/2`"),
        ('{"format": "cmsource/diagnostics/1"}', "in format `cmsource/diagnostics/1`"),
        ('{"a": 1}', "no result of cmsource"),
        ("[1, 2]", "no result of cmsource"),
        ("[]", ""),
        ("", "is not JSON"),
        ("name: a\n", "is not JSON"),
        ('{"format": "cmsource/comparison/1"}', "not of format cmsource/comparison/1"),
        ('{"format": "cmsource/batch/1", "scenarios": [\n', "breaks off"),
        ('{"format": "cmsource/batch/1", "scenarios": [\n{"a": 1}\n],\n"summary": {}}', "line 2"),
        ('{"format": "cmsource/batch/1", "scenarios": 3}', "not of format cmsource/batch/1"),
        ("[" * 100_000, "nested too deeply"),
        ("\udcff", "not UTF-8"),
    ),
)
def test_other_files_are_refused_by_name(
    tmp_path: Path, shell: Shell, content: str, reason: str
) -> None:
    """What is no result says what it is; nothing ends in a traceback."""
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_bytes(content.encode("utf-8", "surrogateescape"))
    new.write_text(cmsource.to_json(compared()), encoding="utf-8")
    ran = shell("diff", old, new)
    assert ran.status == (2 if reason else 0)
    assert reason in " ".join(ran.err.split())
    assert reason == "" or "old.json" in ran.err


def test_a_result_that_lies_is_refused(tmp_path: Path, shell: Shell) -> None:
    """Values of the wrong type deep in a result are said with their path."""
    data = json.loads(cmsource.to_json(compared()))
    data["options"]["hire"]["entries"][0]["amount"] = "many"
    old = tmp_path / "old.json"
    old.write_text(json.dumps(data), encoding="utf-8")
    ran = shell("diff", old, old)
    assert ran.status == 2
    assert "amount" in ran.err


def test_markdown_fits_a_comment() -> None:
    """However much changed, the comment keeps within the limit and says what it left out."""
    change = changed(("16.50", "19"), ("per_day: 40", "per_day: 55"), ("1500", "1400"))
    many = [change._replace(file=f"{n}.yaml", name="é" * 40) for n in range(500)]
    summary = DiffSummary(Changes(many, Unpaired(["a" * 300] * 100, ["b"] * 100)))
    written = markdown.write(summary, Page(limit=COMMENT_LIMIT))
    assert len(written.encode()) <= COMMENT_LIMIT
    assert "more changes did not fit here" in written
    assert written.count("<details>") == written.count("</details>") > 5


def test_the_largest_changes_come_first_in_a_comment() -> None:
    """Another recommendation before a dearer one, a dearer one before a cheaper change."""
    small = changed(("1500", "1501"))._replace(name="small")
    dear = changed(("16.50", "25"))._replace(name="dear")
    other = changed(("watched: 50%", "watched: 95%"))._replace(name="other")
    written = markdown.write(DiffSummary(Changes([small, dear, other], Unpaired())), Page())
    places = [written.index(f"<summary>{name}:") for name in ("other", "dear", "small")]
    assert places == sorted(places)


def test_amounts_are_exact(tmp_path: Path, shell: Shell) -> None:
    """The JSON carries cents as they are in the results."""
    old, new = compared(), compared(("hourly_rate: 75", "hourly_rate: 75.01"))
    for name, result in (("old", old), ("new", new)):
        (tmp_path / name).write_text(cmsource.to_json(result), encoding="utf-8")
    out = shell("diff", tmp_path / "old", tmp_path / "new", "-f", "json").out
    moves = json.loads(out, parse_float=Decimal)["scenarios"][0]["moves"]
    total = new.options["agency"].total - old.options["agency"].total
    assert sum(move["difference"] for move in moves) == total


class TestScenarios:
    """`diff` of scenarios that were not saved as results."""

    @pytest.fixture
    def pair(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
        """Two scenarios: in one the agency's retainer is dearer, and the wage is not given."""
        monkeypatch.chdir(tmp_path)
        Path("a.yaml").write_text(FULL, encoding="utf-8")
        other = FULL.replace("retainer: 1500", "retainer: 1600").replace(", hourly_wage: 16.50", "")
        Path("b.yaml").write_text(other, encoding="utf-8")
        return "a.yaml", "b.yaml"

    def test_as_if_they_had_been_saved(self, pair: tuple[str, str], shell: Shell) -> None:
        """The same bytes as of their results, whichever side is one."""
        for file in pair:
            saved = shell("compare", file, "--format", "json").out
            Path(file).with_suffix(".json").write_text(saved, encoding="utf-8")
        there = shell("diff", "a.json", "b.json", "--format", "json").out
        for old, new in (pair, ("a.json", "b.yaml"), ("a.yaml", "b.json")):
            assert shell("diff", old, new, "--format", "json").out == there

    def test_inputs_that_differ(self, pair: tuple[str, str], shell: Shell) -> None:
        """One that only one side gives stands beside what the other assumes."""
        ran = shell("diff", *pair)
        assert ran.status == 0
        assert "a.yaml → b.yaml" in ran.out
        assert "sources.agence.retainer: 1500/month → 1600/month" in ran.out
        assert "sources.cm.hourly_wage: 16.5 → 15.93/h (assumed)" in ran.out
        assert "Assumptions that differ" not in ran.out
        # 24 months x 100 more
        assert "agency · agence · fees" in ran.out
        assert "+€2,400.00" in ran.out

    def test_what_one_side_says_and_the_other_assumes(
        self, pair: tuple[str, str], shell: Shell
    ) -> None:
        """The same value is no difference."""
        full = shell("expand", "a.yaml").out
        Path("full.yaml").write_text(full, encoding="utf-8")
        ran = shell("diff", "a.yaml", "full.yaml")
        assert "the result is the same" in ran.out
        assert "(assumed)" not in ran.out

    def test_all_that_is_wrong(self, pair: tuple[str, str], shell: Shell) -> None:
        """Of both sides at once, each in its place."""
        for file in pair:
            broken = Path(file).read_text("utf-8").replace("FR", "Atlantis")
            Path(file).write_text(broken, encoding="utf-8")
        ran = shell("diff", *pair)
        assert (ran.status, ran.out) == (2, "")
        assert "a.yaml:2:10" in ran.err
        assert "b.yaml:2:10" in ran.err

    @pytest.mark.parametrize("text", [FULL, "\n  {country: FR}", "", "- 1"])
    def test_standard_input(self, pair: tuple[str, str], process: Process, text: str) -> None:
        """It is a scenario, unless it begins as JSON does."""
        ran = process("diff", "-", pair[1], input=text.encode(), capture_output=True)
        told = ran.stderr.decode()
        assert ran.returncode == (0 if text is FULL else 2)
        assert ("is not JSON" in told) == (text in ("\n  {country: FR}", ""))
        assert ("E112" in told) == (text == "- 1")
