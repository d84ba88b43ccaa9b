"""`compare --what-if`: the answer before and now; `compare --watch`: answers as a file is saved."""

import csv
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cmsource.cli import watch as watching
from conftest import Cli, unframed
from terminals import Terminal

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
TWO = """\
name: Two
country: FR
horizon: 12 months
needs: {cover: mon-fri 09:00-17:00, work: {content: 5 h/week}}
require: {cost: 16000}
sources:
  one: {kind: agency, retainer: 1000/month, included: all}
  other: {kind: agency, retainer: 1200/month, included: all}
options: {one: [one], other: [other]}
expect: {recommended: one}
"""
"""One costs 12 x 1,000 = 12,000, the other 12 x 1,200 = 14,400."""
DEARER = ("--what-if", "--set", "sources.one.retainer=1500/month")
"""12 x 1,500 = 18,000, more than may be spent."""


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A scenario of two agencies."""
    path = tmp_path / "two.yaml"
    path.write_text(TWO, encoding="utf-8")
    return path


class TestWhatIf:
    """Before and now."""

    def test_another_one(self, cli: Cli, two: Path) -> None:
        """Worked by hand: 14,400 - 12,000 = 2,400, a fifth more."""
        ran = cli("compare", two, *DEARER)
        told = unframed(ran.out).replace("│", "")
        assert ran.status == 0  # what is expected of the file is expected of it as it is
        assert "Take other instead of one" in told
        assert "Total: €12,000.00 → €14,400.00 (+€2,400.00, +20.0%)" in told
        assert "one now misses: cost €18,000 > €16,000." in told
        assert "No longer eligible: one." in told
        assert "sources.one.retainer: 1000/month → 1500/month" in told
        assert "€12,000 €18,000 +€6,000" in told
        assert "€14,400 €14,400 =" in told

    def test_in_french(self, cli: Cli, two: Path) -> None:
        """The same."""
        told = unframed(cli("compare", two, *DEARER, "--lang", "fr").out)
        told = told.replace("\u202f", " ").replace("\u00a0", " ")
        assert "Choisir other, et non plus one" in told
        assert "Total : 12 000,00 € → 14 400,00 € (+2 400,00 €, +20,0 %)" in told
        assert "N’est plus admissible : one." in told

    def test_json_has_both(self, cli: Cli, two: Path) -> None:
        """Each side is what `compare` says of it."""
        data = json.loads(cli("compare", two, *DEARER, "--format", "json").out)
        assert data["format"] == "cmsource/what-if/1"
        plain = json.loads(cli("compare", two, "--format", "json").out)
        moved = json.loads(cli("compare", two, *DEARER[1:], "--format", "json").out)
        assert (data["before"], data["after"]) == (plain, moved)
        assert data["change"]["recommended"] == {"old": "one", "new": "other"}
        assert data["change"]["total"] == {"old": 12000.0, "new": 14400.0, "increase": 0.2}
        several = json.loads(cli("compare", two, two, *DEARER, "--format", "json").out)
        assert [each["change"] for each in several] == [data["change"]] * 2

    def test_csv_has_both(self, cli: Cli, two: Path) -> None:
        """A row an option."""
        rows = list(
            csv.DictReader(cli("compare", two, *DEARER, "--format", "csv").out.splitlines())
        )
        assert [(row["option"], row["old_total"], row["total"], row["more"]) for row in rows] == [
            ("one", "12000.00", "18000.00", "6000.00"),
            ("other", "14400.00", "14400.00", "0.00"),
        ]
        assert [(row["old_eligible"], row["eligible"]) for row in rows] == [
            ("yes", "no"),
            ("yes", "yes"),
        ]

    @pytest.mark.parametrize("form", ["markdown", "html", "svg"])
    def test_every_other_format(self, cli: Cli, two: Path, form: str) -> None:
        """It is one report."""
        ran = cli("compare", two, *DEARER, "--format", form)
        assert ran.status == 0
        assert "€14,400.00" in ran.out.replace("&#x20AC;", "€").replace("&#160;", " ")

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            (("require.cost=13000", "horizon=12"), "Take one, as before"),
            (("require.cost=1000",), "None can be recommended any more: one could before"),
            (("name=Other",), "Take one, as before"),
        ],
    )
    def test_other_ends(self, cli: Cli, two: Path, changes: tuple[str, ...], told: str) -> None:
        """The same option, and none."""
        words = [word for change in changes for word in ("--set", change)]
        assert told in unframed(cli("compare", two, "--what-if", *words).out)

    def test_some_options(self, cli: Cli, two: Path) -> None:
        """Both sides have the options that are asked for."""
        ran = cli("compare", two, *DEARER, "--only", "other", "--format", "csv")
        assert [line.split(",")[2] for line in ran.out.splitlines()[1:]] == ["other"]

    @pytest.mark.parametrize(
        "words",
        [("--what-if",), (*DEARER, "--format", "xlsx", "--output", "a.xlsx")],
    )
    def test_what_makes_no_sense(self, cli: Cli, two: Path, words: tuple[str, ...]) -> None:
        """Nothing that changes, or a workbook."""
        ran = cli("compare", two, *words)
        assert (ran.status, ran.out) == (2, "")
        assert "--what-if" in ran.err

    def test_each_side_must_be_valid(self, cli: Cli, two: Path) -> None:
        """What --set breaks is told as ever."""
        ran = cli("compare", two, "--what-if", "--set", "sources.one.retainer=lots")
        assert ran.status == 2
        assert "E204" in ran.err


class TestWatch:
    """Answers as a file is saved."""

    @pytest.fixture(autouse=True)
    def terminals(self) -> None:
        """Only where there are some."""
        pytest.importorskip("pty", reason="no terminals here")

    def test_saves_and_mistakes(self, two: Path) -> None:
        """It answers again, shows what is wrong in its place, goes on, and ends with Ctrl-C."""
        here = Terminal("compare", "two.yaml", "--watch", folder=two.parent)
        here.see("Take one: €12,000")
        here.see("watching two.yaml; Ctrl+C ends it")
        two.write_text(TWO.replace("1000/month", "1100/month"), encoding="utf-8")
        here.see("Take one: €13,200")  # 12 x 1,100
        here.see("since the last save: recommended: one, as before")
        two.write_text(TWO.replace("1000/month", "many"), encoding="utf-8")
        here.see("E204")
        here.see("two.yaml:7:")
        here.see("watching")
        other = two.with_name("other.yaml")
        other.write_text(TWO.replace("1000/month", "1250/month"), encoding="utf-8")
        other.replace(two)  # as some editors save
        here.see("Take other: €14,400")
        here.see("watching")
        here.interrupt()
        assert here.end() == 0
        assert "Traceback" not in here.text

    def test_all_that_it_is_made_of(self, two: Path) -> None:
        """A base, its base, a profile and a country of one's own."""
        folder = two.parent
        text = TWO.replace(
            "content: 5 h/week}",
            "content: 5 h/week}, messages: {per_day: 1, profile: {file: p.csv}}",
        )
        (folder / "base.yaml").write_text("extends: two.yaml\n", encoding="utf-8")
        two.write_text(text, encoding="utf-8")
        rows = [
            f"{day},{hour:02}:00,1\n"
            for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
            for hour in range(24)
        ]
        (folder / "p.csv").write_text("day,hour,weight\n" + "".join(rows), encoding="utf-8")
        (folder / "top.yaml").write_text("extends: base.yaml\n", encoding="utf-8")
        here = Terminal("compare", "top.yaml", "--watch", folder=folder)
        for file in ("top.yaml", "base.yaml", "two.yaml", "p.csv"):
            here.see("watching top.yaml, base.yaml, two.yaml, p.csv;")
            place = folder / file
            place.write_text(place.read_text("utf-8") + "\n", encoding="utf-8")
        here.see("watching")
        here.interrupt()
        assert here.end() == 0

    def test_without_a_terminal(self, two: Path) -> None:
        """One answer comes after the other; nothing is cleared."""
        command = [sys.executable, "-m", "cmsource", "compare", str(two), "--watch", "--format=csv"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running:
            assert running.stdout is not None
            lines = [running.stdout.readline() for _ in range(3)]
            two.write_text(TWO.replace("1000/month", "1100/month"), encoding="utf-8")
            lines += [running.stdout.readline() for _ in range(3)]
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=30)
        assert running.returncode == 0
        assert lines[0] == lines[3]
        assert "12000.00" in lines[1]
        assert "13200.00" in lines[4]
        assert "\x1b" not in "".join(lines)

    def test_a_file_that_is_written_each_time(self, two: Path) -> None:
        """With --output, for a browser beside the editor."""
        page = two.parent / "a.md"
        words = ("--watch", "--format", "markdown", "--output", "a.md")
        here = Terminal("compare", "two.yaml", *words, folder=two.parent)
        here.see("watching")
        assert "€12,000" in page.read_text("utf-8")
        two.write_text(TWO.replace("1000/month", "1100/month"), encoding="utf-8")
        here.see("watching")
        assert "€13,200" in page.read_text("utf-8")
        here.interrupt()
        assert here.end() == 0


def test_standard_input_is_not_watched(cli: Cli) -> None:
    """It cannot be saved."""
    ran = cli("compare", "-", "--watch")
    assert ran.status == 2
    assert "standard input is read once" in unframed(ran.err)


def test_a_save_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was saved during an answer is answered; a file that appears is a change."""
    file, later = tmp_path / "a", tmp_path / "later"
    file.write_text("1", encoding="utf-8")
    seen: list[str] = []
    slept: list[float] = []

    def again() -> list[Path]:
        seen.append(file.read_text("utf-8"))
        if len(seen) == 1:
            file.write_text("22", encoding="utf-8")
        return [file, later]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(seen) == 2 and not later.exists():
            later.write_text("x", encoding="utf-8")
        if len(seen) == 3 and len(slept) > 20:
            raise KeyboardInterrupt

    monkeypatch.setattr(watching, "sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        watching.watch([file], again)
    assert seen == ["1", "22", "22"]


def test_reading_says_its_files(two: Path, tmp_path: Path) -> None:
    """Also one that is not there: when it is, that is a change."""
    from cmsource.reading.load import read_scenario

    top = tmp_path / "top.yaml"
    top.write_text("extends: gone.yaml\n", encoding="utf-8")
    assert read_scenario(top).files == (str(top), str(tmp_path / "gone.yaml"))
    assert read_scenario(two).files == (str(two),)
