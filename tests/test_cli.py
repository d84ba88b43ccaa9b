"""The commands that read: streams, exit status, colour, and what no input may cause."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmsource
from cmsource.cli.app import COMMANDS
from cmsource.cli.streams import Messages, Results
from cmsource.cli.templates import question, template_names, template_text
from cmsource.reading.document import read_document
from cmsource.reading.load import read_text
from cmsource.reading.report import Report
from cmsource.writers.yaml import scalar, to_yaml
from conftest import Cli, unframed
from page_diagnostics import sections
from pages import DIAGNOSTICS_PAGE, fenced
from readings import BASE

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
READERS = ("compare", "explain", "expand", "coverage")
"""Commands that take one scenario and print a result."""


def _examples_of_codes() -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    for code, section in sections(DIAGNOSTICS_PAGE.read_text("utf-8")).items():
        for language, body in fenced(section):
            if language == "yaml":
                sets = re.findall(r"^With `--set (.+)`:$", section, re.MULTILINE)
                yield code, (body, tuple(f"--set={each}" for each in sets))


EXAMPLES_OF_CODES = dict(_examples_of_codes())
"""The example of each code on the page of diagnostics, with its flags."""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A scenario that is valid."""
    path = tmp_path / "good.yaml"
    path.write_text(BASE, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A scenario with two errors and a name that would drive a terminal."""
    path = tmp_path / "bad\x1b[31m.yaml"
    path.write_text("nme: x\nhorizon: lots\n", encoding="utf-8")
    return path


class TestHelp:
    """Help is Typer's own, in panels, whole at 80 columns."""

    def test_the_front(self, cli: Cli) -> None:
        """Every command stands in its panel."""
        for flag in ("--help", "-h"):
            ran = cli(flag)
            assert (ran.status, ran.err) == (0, "")
            panels = re.findall(r"^╭─ (.+?) ─+╮$(.*?)^╰", ran.out, re.MULTILINE | re.DOTALL)
            found = {
                name: panel
                for panel, text in panels
                for name in re.findall(r"^│ (\w+) ", text, re.MULTILINE)
            }
            assert found == COMMANDS

    @pytest.mark.parametrize("command", ("", *COMMANDS))
    def test_no_type_of_python_is_shown(self, cli: Cli, command: str) -> None:
        """Who reads help need not know what ``<bool>`` or ``<list[Path]>`` is."""
        shown = cli(*command.split(), "--help").out
        assert "--help" in shown
        assert not re.findall(r"<(?:bool|int|float|str|[Pp]ath|list)\b", shown)

    @pytest.mark.parametrize("command", COMMANDS)
    def test_a_command(self, cli: Cli, command: str) -> None:
        """It says what it does, with an example, within the terminal, and nothing is cut."""
        ran = cli(command, "-h")
        assert (ran.status, ran.err) == (0, "")
        assert f"Example: cmsource {command}" in ran.out
        assert max(map(len, ran.out.splitlines())) <= 80
        assert "…" not in ran.out
        assert re.search(r"<[\w-]+\|[\w|-]*(?![\w|>-])", ran.out) is None  # choices cut in two

    def test_a_mistyped_command(self, cli: Cli) -> None:
        """What was meant is named; so it is for flags."""
        ran = cli("comapre", "x.yaml")
        assert (ran.status, ran.out) == (2, "")
        assert "Did you mean 'compare'?" in unframed(ran.err)
        assert "--format" in unframed(cli("compare", "--fromat", "json", "x.yaml").err)

    def test_the_version(self, cli: Cli) -> None:
        """The shortcut for scripts says what Typer's flag says."""
        assert cli("--version") == cli("--version", "compare")
        assert cli("--version").out == f"cmsource {cmsource.__version__}\n"

    def test_completion(self, process: Process) -> None:
        """Shells can complete commands, flags and choices."""
        for words, expected in (
            ("cmsource comp", "compare"),
            ("cmsource compare --for", "--format"),
            ("cmsource compare --format mark", "markdown"),
            ("cmsource init --template bouti", "boutique-24-7"),
        ):
            count = str(len(words.split()) - 1)
            asked = {
                "_CMSOURCE_COMPLETE": "complete_bash",
                "COMP_WORDS": words,
                "COMP_CWORD": count,
            }
            ran = process(capture_output=True, env={**os.environ, **asked})
            assert ran.stdout.decode().split() == [expected]


class TestStreams:
    """Results go to standard output, all else to standard error."""

    @pytest.mark.parametrize("command", READERS)
    def test_valid(self, cli: Cli, good: Path, command: str) -> None:
        """A result, and nothing on standard error."""
        ran = cli(command, good)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out

    @pytest.mark.parametrize("command", READERS)
    def test_invalid(self, cli: Cli, bad: Path, command: str) -> None:
        """Status 2, every error on standard error, nothing on standard output."""
        ran = cli(command, bad)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.count("error[") == 2
        assert ran.err.endswith("2 errors\n")
        assert "\x1b" not in ran.err

    def test_a_stream_may_be_closed_first(self) -> None:
        """A program that runs a command closes the stream that it gave when it likes.

        What stood for it is then closed as any file is: from Python 3.13 on, what the end of a
        file raises is told.
        """
        given = io.TextIOWrapper(io.BytesIO())
        messages = Messages(given)
        results = Results(given, messages)
        given.close()
        results.close()
        messages.close()
        assert results.closed
        assert messages.closed

    @pytest.mark.parametrize("command", ["compare", "explain"])
    def test_invalid_for_machines(self, cli: Cli, bad: Path, command: str) -> None:
        """With ``--format json`` errors are JSON, too, on standard error."""
        ran = cli(command, bad, "--format", "json")
        assert (ran.status, ran.out) == (2, "")
        found = json.loads(ran.err)
        assert found["format"] == "cmsource/diagnostics/1"
        assert [d["code"] for d in found["diagnostics"]] == ["E201", "E204"]
        assert found["diagnostics"][1]["line"] == 2
        assert found["diagnostics"][1]["column"] == 10

    def test_validate_prints_findings(self, cli: Cli, good: Path, bad: Path) -> None:
        """Findings are the result of ``validate``; the verdict is not."""
        ran = cli("validate", bad)
        assert ran.status == 2
        assert ran.out.count("error[") == 2
        assert ran.err == ""
        ran = cli("validate", good, bad)
        assert (ran.status, "1 of 2" in ran.err) == (2, True)
        ran = cli("validate", good)
        assert (ran.status, ran.out) == (0, "")
        assert "valid" in ran.err

    def test_validate_for_machines(self, cli: Cli, good: Path, bad: Path) -> None:
        """One JSON object for all files, whatever is wrong with them."""
        for files, count in (([good], 0), ([bad], 2), ([good, bad, bad], 4)):
            ran = cli("validate", *files, "-f", "json")
            assert len(json.loads(ran.out)["diagnostics"]) == count

    @pytest.mark.parametrize("code", sorted(EXAMPLES_OF_CODES))
    def test_validate_and_compare_agree(self, cli: Cli, tmp_path: Path, code: str) -> None:
        """A file is valid or invalid in both, with the same diagnostics and the same status."""
        path = tmp_path / "scenario.yaml"
        text, flags = EXAMPLES_OF_CODES[code]
        path.write_text(text, encoding="utf-8")
        validated = cli("validate", path, *flags, "--format", "json")
        compared = cli("compare", path, *flags, "--format", "json")
        if validated.status == 0:
            assert compared.status in (0, 1)
            warnings = json.loads(compared.out)["warnings"]
            # What only the figures show, only a comparison can say.
            known = [each for each in warnings if each["code"] not in ("W422", "W423", "W431")]
            assert json.loads(validated.out)["diagnostics"] == known
        else:
            assert (validated.status, compared.status, compared.out) == (2, 2, "")
            assert compared.err == validated.out

    def test_one_object_of_diagnostics(self, cli: Cli, good: Path, bad: Path) -> None:
        """Whatever is wrong with several files is one JSON object, as `validate` writes it."""
        expected = cli("validate", bad, good, bad, "-f", "json").out
        assert cli("compare", bad, good, bad, "-f", "json").err == expected

    def test_warnings(self, cli: Cli, tmp_path: Path) -> None:
        """Warnings are shown and fail only when they are to."""
        path = tmp_path / "w.yaml"
        path.write_text(BASE.replace("  agency: [agence]\n", ""), encoding="utf-8")
        ran = cli("validate", path)
        assert (ran.status, "warning[W403]" in ran.out) == (0, True)
        assert cli("validate", path, "--strict").status == 2
        assert cli("compare", path).status == 0

    def test_other_files_go_on(self, cli: Cli, good: Path, bad: Path) -> None:
        """A bad file does not keep the others from their result."""
        ran = cli("compare", bad, good, "--format", "json")
        assert ran.status == 2
        assert [r["scenario"]["name"] for r in json.loads(ran.out)] == ["good"]

    @pytest.mark.parametrize(
        "arguments",
        [
            ("compare",),
            ("compare", "--format", "xml", "x.yaml"),
            ("validate", "--format", "xml", "x.yaml"),
            ("explain", "--format", "xml", "x.yaml"),
            ("nothing",),
            ("compare", "--nothing", "x.yaml"),
            ("init", "--template", "nothing"),
            ("expand",),
            ("schema", "x"),
        ],
    )
    def test_usage(self, cli: Cli, arguments: tuple[str, ...]) -> None:
        """Wrong flags are status 2 with a word on standard error."""
        ran = cli(*arguments)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err

    @pytest.mark.parametrize("command", [*READERS, "validate"])
    @pytest.mark.parametrize("file", ["missing.yaml", ".", "x" * 300, "/dev/zero", "\udcff"])
    def test_files_that_are_none(self, cli: Cli, command: str, file: str) -> None:
        """What is no file is an error like any other."""
        ran = cli(command, file)
        assert ran.status == 2
        assert "error[E101]" in ran.out + ran.err

    @pytest.mark.parametrize("command", [*READERS, "validate"])
    def test_flags(self, cli: Cli, good: Path, command: str) -> None:
        """``--set`` and ``--root`` are the same for every command that reads."""
        assert cli(command, good, "--set", "horizon=12", "--set", "name=x").status == 0
        ran = cli(command, good, "--set", "horizn=12")
        assert ran.status == 2
        assert "--set:1:1" in ran.out + ran.err
        assert "did you mean `horizon`?" in ran.out + ran.err
        other = good.parent / "inner" / "top.yaml"
        other.parent.mkdir()
        other.write_text("extends: ../good.yaml\n", encoding="utf-8")
        assert cli(command, other).status == 2
        assert cli(command, other, "--root", good.parent).status == 0


class TestTerminals:
    """Colour is for terminals; pipes are plain."""

    def test_no_colour_in_a_pipe(self, cli: Cli, bad: Path) -> None:
        """Nothing is painted where nobody looks."""
        assert "\x1b" not in cli("validate", bad).out

    def test_forced(self, cli: Cli, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """FORCE_COLOR paints, NO_COLOR has the last word."""
        monkeypatch.setenv("FORCE_COLOR", "1")
        ran = cli("validate", bad)
        assert "\x1b[1;31merror[E201]\x1b[0m" in ran.out
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b" not in cli("validate", bad).out

    @pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
    @pytest.mark.parametrize(
        ("extra", "painted"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
    )
    def test_on_a_terminal(self, bad: Path, extra: dict[str, str], painted: bool) -> None:
        """A terminal gets colour, unless it or the user does not want any."""
        leader, follower = os.openpty()
        kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
        environment = {**kept, "TERM": "xterm", **extra}
        command = [sys.executable, "-m", "cmsource", "validate", str(bad)]
        subprocess.run(command, stdout=follower, stderr=follower, env=environment, check=False)
        os.close(follower)
        text = b""
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:
                break
            if not chunk:
                break
            text += chunk
        os.close(leader)
        assert b"E201" in text
        assert (b"\x1b[" in text) is painted

    @pytest.mark.parametrize("columns", ["20", "40", "80", "200", "²", "x", "", "99999999999"])
    def test_widths(
        self, cli: Cli, bad: Path, monkeypatch: pytest.MonkeyPatch, columns: str
    ) -> None:
        """The width is COLUMNS when that is a number, within reason."""
        monkeypatch.setenv("COLUMNS", columns)
        ran = cli("validate", bad)
        assert (ran.status, ran.err) == (2, "")
        assert max(map(len, cli("--help").out.splitlines())) <= 200

    @pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1", "fr_FR.UTF-8", "nonsense"])
    def test_the_locale_changes_nothing(self, process: Process, good: Path, locale: str) -> None:
        """The same bytes whatever the locale of the terminal."""
        good.write_text(BASE + "name: Été à Québec – 名\n", encoding="utf-8")
        environment = {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
        ran = process("expand", good, capture_output=True, env=environment)
        assert ran.returncode == 0
        assert "Été à Québec – 名".encode() in ran.stdout


class TestEnds:
    """What ends the program from outside is no traceback."""

    @pytest.mark.skipif(os.name != "posix", reason="needs signals")
    def test_an_interrupt_while_it_starts(self, good: Path, tmp_path: Path) -> None:
        """Ctrl-C is quiet from the first line of ours on, whatever is being loaded."""
        for module in ("cmsource.cli.app", "typer", "cmsource.cli.compare_command", "pydantic"):
            hook = tmp_path / "interrupted.py"
            hook.write_text(
                "import os, signal, sys\n"
                "class Finder:\n"
                "    def find_spec(self, name, path=None, target=None):\n"
                f"        if name == {module!r}:\n"
                "            os.kill(os.getpid(), signal.SIGINT)\n"
                "sys.meta_path.insert(0, Finder())\n"
                f"from cmsource.cli import main\nsys.argv[1:] = ['compare', {str(good)!r}]\n"
                "main()\n",
                encoding="utf-8",
            )
            ran = subprocess.run([sys.executable, hook], capture_output=True, check=False)
            assert (ran.returncode, ran.stdout, ran.stderr) == (130, b"", b"")

    @pytest.mark.skipif(os.name != "posix", reason="needs signals")
    def test_no_stack_is_exhausted(self, process: Process, tmp_path: Path) -> None:
        """Nesting that would crash a parser written with recursion is an error like any other."""
        path = tmp_path / "deep.yaml"
        for opening in ("[", "{a: ", "- "):
            path.write_text(opening * (900_000 // len(opening)), encoding="utf-8")
            ran = process("validate", path, capture_output=True)
            assert ran.returncode != -signal.SIGSEGV
            assert ran.returncode == 2
            assert b"E105" in ran.stdout


class TestExpand:
    """A scenario in full means the same as the scenario."""

    @pytest.mark.parametrize("name", template_names())
    def test_examples(self, cli: Cli, tmp_path: Path, name: str) -> None:
        """The result of the expanded file is that of the file, but for where things stand."""
        path = tmp_path / f"{name}.yaml"
        path.write_text(template_text(name), encoding="utf-8")
        full = tmp_path / "full.yaml"
        full.write_text(cli("expand", path).out, encoding="utf-8")
        assert figures(full) == figures(path)
        assert cli("expand", full).status == 0

    def test_each_value_says_where_it_is_from(self, cli: Cli, good: Path) -> None:
        """A comment with the line, or the source, its date and its mark."""
        lines = cli("expand", good).out.splitlines()
        [rate] = [line for line in lines if "hourly_rate" in line]
        assert rate.endswith(f"# {good}:5")
        [turnover] = [line for line in lines if " turnover:" in line]
        assert "# FR: turnover: " in turnover
        assert turnover.endswith("[S]")

    def test_flags_are_applied(self, cli: Cli, good: Path) -> None:
        """What is printed is the scenario with the flags."""
        out = cli("expand", good, "--set", "sources.agence.hourly_rate=99").out
        assert "hourly_rate: 99 " in out
        assert "# --set sources.agence.hourly_rate=99" in out

    def test_changes_of_options_are_whole(self) -> None:
        """What an option changes, removes or brings along stays so in the full form."""
        text = BASE + (
            "  a: [cm: {monthly_wage: 3000}]\n"
            "  b: [cm: {on_duty: 24/7, headcount: auto}]\n"
            "  c: [agence: {watch: 900/month}]\n"
            "  d: [agence: {watch: ~, retainer: 100/month, hourly_rate: ~}]\n"
            "  e: {phases: [{months: 3, sources: [cm: {hours: 20 h/week}]}, {sources: [cm]}]}\n"
        )
        text = text.replace("hourly_rate: 80", "hourly_rate: 80, watch: 100/month")
        reading = read_text(text)
        assert reading.tree is not None
        assert reading.scenario is not None
        again = read_text(to_yaml(reading.tree))
        assert again.scenario is not None
        assert plain(again.scenario) == plain(reading.scenario)

    @pytest.mark.parametrize(
        "value",
        [
            "yes", "NO", "y", "null", "~", "1", "1.5", "0x1F", "0o17", "1_000", "1e5", "9:30",
            "2027-01-04", "2027-01-04 12:00:00", "12:30:45", ".inf", "- a", "a: b", "a #b", "#a",
            "a,b", "[a]", "{a}", "&a", "*a", "!a", "%a", "@a", "`a`", "'a'", '"a"', "a\\b", "",
            " a", "a ", "a\u00a0b", "é", "名", "🏳️‍🌈", "a\u2028b", "\x85", "a:b", "a:", "?", "-",
            "=", "<<", "mon-fri 09:00-12:30 13:30-17:00", "95%", "16,50 €/h", "x\ty", "24/7", "1h",
            "1 h", "35 h/week",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("in_flow", [False, True])
    def test_texts_stay_what_they_are(self, value: str, in_flow: bool) -> None:
        """A text written as YAML reads back as the same text, here and by YAML 1.1."""
        import yaml

        written = scalar(value, in_flow=in_flow)
        text = f"a: [{written}]\n" if in_flow else f"a: {written}\n"
        node = read_document("s", text, Report())
        assert node is not None
        expected = {"a": [value] if in_flow else value}
        assert node.plain() == expected
        assert yaml.safe_load(text) == expected

    @given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans())
    def test_any_text_stays_what_it_is(self, value: str, in_flow: bool) -> None:
        """Whatever a text holds, it reads back as itself."""
        written = scalar(value, in_flow=in_flow)
        assert written.isprintable()
        node = read_document("s", f"[{written}]" if in_flow else f"- {written}", Report())
        assert node is not None
        assert node.plain() == [value]

    @pytest.mark.parametrize("value", [0, 5, -1, 1.5, 1e-5, 1e9, 1e22, True, False])
    def test_numbers_stay_what_they_are(self, value: float) -> None:
        """Numbers and truth values read back as themselves."""
        node = read_document("s", f"a: {scalar(value)}", Report())
        assert node is not None
        assert node.plain() == {"a": value}


def figures(path: Path) -> object:
    """The JSON of a scenario's comparison, but for where things stand."""
    return plain(cmsource.load(path))


def plain(scenario: cmsource.Scenario) -> object:
    """The JSON of a comparison, but for where things stand."""
    data = json.loads(cmsource.to_json(cmsource.compare(scenario)))
    for key in ("assumptions", "warnings", "inputs"):
        data.pop(key, None)
    del data["scenario"]["file"]
    for option in data["options"].values():
        for entry in option["entries"]:
            del entry["refs"]
        for held in option["requirements"]:
            held.pop("assumed", None)
    return data


EXAMPLES = Path(__file__).parent.parent / "scenarios"


def example_text(name: str) -> str:
    """The text of an example."""
    return (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


class TestInit:
    """``init`` writes a scenario to start from."""

    @pytest.mark.parametrize("name", template_names())
    def test_every_template(self, cli: Cli, tmp_path: Path, name: str) -> None:
        """Each example is written, but for what it expects, and is valid."""
        path = tmp_path / "my scenario.yaml"
        ran = cli("init", path, "--template", name)
        assert (ran.status, ran.out) == (0, "")
        assert path.read_text(encoding="utf-8") == template_text(name)
        assert f"cmsource compare '{path}'" in ran.err
        assert cli("validate", path).status == 0

    def test_by_default(self, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without arguments it asks nothing and writes a file that editors know by its name."""
        monkeypatch.chdir(tmp_path)
        assert cli("init").status == 0
        assert cli("compare", "scenario.cmsource.yaml").status == 0

    @pytest.mark.parametrize("name", template_names())
    def test_no_changed_number_is_an_error(self, cli: Cli, tmp_path: Path, name: str) -> None:
        """A template expects nothing: what it says of its example is a comment."""
        path = tmp_path / "scenario.yaml"
        assert cli("init", path, "--template", name).status == 0
        assert cmsource.load(path).expect == ()
        assert cli("compare", path, "--set", "horizon=36").status == 0
        example = EXAMPLES / f"{name}.yaml"
        kept = [line.removeprefix("# ") for line in path.read_text("utf-8").splitlines()]
        assert kept == [line.removeprefix("# ") for line in example.read_text("utf-8").splitlines()]

    def test_another_winner_is_no_error(
        self, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A price at which another option wins fails the example in CI, and no template."""
        monkeypatch.chdir(tmp_path)
        cheap = ("--set", "sources.agence.hourly_rate=20")
        assert cli("compare", EXAMPLES / "boutique-24-7.yaml", *cheap).status == 1
        assert cli("init", "boutique.yaml").status == 0
        assert cli("compare", "boutique.yaml", *cheap).status == 0

    def test_the_examples_expect(self) -> None:
        """The examples themselves are held to what they say, by CI."""
        expecting = [name for name in template_names() if "\nexpect:" in example_text(name)]
        assert "boutique-24-7" in expecting
        for name in expecting:
            scenario = cmsource.load(EXAMPLES / f"{name}.yaml")
            assert scenario.expect
            assert not cmsource.failed_expectations(scenario, cmsource.compare(scenario))

    def test_nothing_is_overwritten(self, cli: Cli, good: Path) -> None:
        """What is there stays, unless it is to go; what a link names, too."""
        assert cli("init", good).status == 2
        assert good.read_text(encoding="utf-8") == BASE
        link = good.parent / "link.yaml"
        link.symlink_to("elsewhere.yaml")
        assert cli("init", link).status == 2
        assert not (good.parent / "elsewhere.yaml").exists()
        assert cli("init", good, "--force", "-t", "quick").status == 0
        assert good.read_text(encoding="utf-8") == template_text("quick")

    def test_links_and_permissions_stay(self, cli: Cli, good: Path) -> None:
        """A file that is overwritten through a link stays where it is, as private as it was."""
        link = good.parent / "link.yaml"
        link.symlink_to(good.name)
        good.chmod(0o600)
        assert cli("init", link, "--force").status == 0
        assert link.is_symlink()
        assert good.read_text(encoding="utf-8") != BASE
        assert good.stat().st_mode & 0o777 == 0o600
        assert sorted(path.name for path in good.parent.iterdir()) == ["good.yaml", "link.yaml"]

    def test_new_files_have_usual_permissions(self, cli: Cli, tmp_path: Path) -> None:
        """A new file can be read by those whom the user's mask lets."""
        old = os.umask(0o027)
        try:
            assert cli("init", tmp_path / "a.yaml").status == 0
        finally:
            os.umask(old)
        assert (tmp_path / "a.yaml").stat().st_mode & 0o777 == 0o640

    @pytest.mark.parametrize("name", ["missing/a.yaml", ".", "x" * 300])
    def test_what_cannot_be_written(
        self, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        """A file that cannot be written is an error, and leaves nothing behind."""
        monkeypatch.chdir(tmp_path)
        ran = cli("init", name, "--force")
        assert (ran.status, ran.out) == (2, "")
        assert "cannot be written: " in unframed(ran.err)
        assert not list(tmp_path.iterdir())

    def test_names_cannot_drive_a_terminal(self, cli: Cli, tmp_path: Path) -> None:
        """The name of the file is shown without what it could do."""
        for _ in range(2):
            assert "\x1b" not in cli("init", tmp_path / "a\x1b[31m.yaml").err

    def test_standard_output(self, cli: Cli) -> None:
        """``-`` prints."""
        ran = cli("init", "-", "-t", "quick")
        assert (ran.status, ran.out, ran.err) == (0, template_text("quick"), "")

    def test_list(self, cli: Cli) -> None:
        """Every template with the question that it answers."""
        lines = cli("init", "--list").out.splitlines()
        assert [line.split()[0] for line in lines] == template_names()
        for line, name in zip(lines, template_names(), strict=True):
            assert question(name)
            assert line.endswith(question(name))

    def test_an_unknown_template(self, cli: Cli, tmp_path: Path) -> None:
        """With what was meant, and without a file."""
        ran = cli("init", tmp_path / "a.yaml", "-t", "boutiqe-24-7")
        assert (ran.status, "did you mean `boutique-24-7`?" in unframed(ran.err)) == (2, True)
        assert cli("init", tmp_path / "a.yaml", "-t", "../quick").status == 2
        assert not (tmp_path / "a.yaml").exists()


def test_no_plugin_of_pydantic_is_loaded(process: Process, good: Path, tmp_path: Path) -> None:
    """What is installed beside the program neither slows a command down nor has a say in it."""
    installed = tmp_path / "installed"
    (installed / "watcher-1.0.dist-info").mkdir(parents=True)
    entry = installed / "watcher-1.0.dist-info" / "entry_points.txt"
    entry.write_text("[pydantic]\nwatcher = watcher:plugin\n", encoding="utf-8")
    (installed / "watcher.py").write_text("raise SystemExit('loaded')\n", encoding="utf-8")
    path = os.pathsep.join([str(installed), *sys.path])
    ran = process("validate", good, env={**os.environ, "PYTHONPATH": path}, capture_output=True)
    assert (ran.returncode, b"loaded" in ran.stderr) == (0, False)


def test_no_help_is_loaded_for_an_answer(process: Process, good: Path) -> None:
    """In French neither, where words of it are others: it takes as long as reading a scenario."""
    environment = {**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}
    ran = process("validate", good, "--lang=fr", env=environment, capture_output=True)
    assert (ran.returncode, b"typer.rich_utils" in ran.stderr) == (0, False)
    ran = process("validate", "--help", env=environment, capture_output=True)
    assert b"typer.rich_utils" in ran.stderr
