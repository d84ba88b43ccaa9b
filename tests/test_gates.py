"""What CI is told of a run: warnings of rules, whether anything changed, comments, code quality."""

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlparse

import pytest

from batches import Shell, folder, text
from test_ci_integrations import bash, loaded

ROOT = Path(__file__).parents[1]
DEARER = ("--set", "agency_rate=90/h")
"""Changes what an option costs, and not the answer."""


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs the command line in this process."""
    return Shell(capsys)


@pytest.fixture
def shops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two scenarios, one of which says how long it looks ahead."""
    monkeypatch.chdir(tmp_path)
    return folder(tmp_path, {"shops/a.yaml": text(15), "shops/b.yaml": text(16)})


class TestWarnOn:
    """Rules that warn."""

    def test_what_breaks_a_rule_is_told_and_nothing_fails(self, shops: Path, shell: Shell) -> None:
        """Exit status 0, the warning in the table and in the count."""
        ran = shell("batch", "shops", "--warn-on", "total>1")
        assert ran.status == 0
        assert ran.out.count("warning[W502]: --warn-on total>1: ") == 2
        assert "2 scenarios: 2 ok, 0 failed, 0 invalid" in ran.out
        held = shell("batch", "shops", "--warn-on", "total<1")
        assert (held.status, "W502" in held.out) == (0, False)

    def test_the_same_rule_may_fail_and_warn(self, shops: Path, shell: Shell) -> None:
        """`--fail-on` beside it decides the status."""
        ran = shell("batch", "shops", "--warn-on", "total>1", "--fail-on", "total>1")
        assert ran.status == 1
        assert "W502" in ran.out
        assert "E502" in ran.out

    def test_every_format_has_it(self, shops: Path, shell: Shell) -> None:
        """Annotations, JSON and the report of code quality say that it is a warning."""
        flags = ("batch", "shops/a.yaml", "--warn-on", "total>1", "-f")
        assert "::warning file=shops/a.yaml,title=W502::" in shell(*flags, "github").out
        [row] = json.loads(shell(*flags, "json").out)["scenarios"]
        assert row["status"] == "ok"
        assert "W502" in {found["code"] for found in row["diagnostics"]}
        issues = json.loads(shell(*flags, "gitlab").out)
        assert "W502" in {issue["check_name"] for issue in issues}

    @pytest.mark.parametrize("rule", ("totl>3", "increase>5%", "total", "no-eligible>3"))
    def test_mistakes_name_the_flag(self, shops: Path, shell: Shell, rule: str) -> None:
        """A rule that cannot be read, or has nothing to compare with, is refused."""
        ran = shell("batch", "shops", "--warn-on", rule)
        assert ran.status == 2
        assert "--fail-on" not in ran.err


class TestExitCode:
    """Whether anything changed, by the exit status."""

    def test_diff_and_batch_count_the_same(self, shops: Path, shell: Shell) -> None:
        """A scenario whose inputs alone differ changed for both; one that is as before did not."""
        shell("batch", "shops", "--save", "old.json")
        folder(shops, {"shops/b.yaml": text(16) + "name: Another name\n"})
        ran = shell("batch", "shops", "--baseline", "old.json", "--save", "new.json", "--exit-code")
        assert ran.status == 1
        assert "Against the baseline: 1 changed, 0 new, 0 gone" in ran.out
        assert json.loads(Path("new.json").read_text("utf-8"))["summary"]["changed"] == 1
        ran = shell("diff", "old.json", "new.json", "--exit-code", "-f", "json")
        assert ran.status == 1
        assert json.loads(ran.out)["summary"] == {"compared": 2, "changed": 1, "same": 1}

    def test_nothing_changed(self, shops: Path, shell: Shell) -> None:
        """Status 0 in every format."""
        shell("batch", "shops", "--save", "old.json")
        assert shell("batch", "shops", "--baseline", "old.json", "--exit-code").status == 0
        for form in ("table", "markdown", "json", "csv"):
            ran = shell("diff", "old.json", "old.json", "--exit-code", "-f", form)
            assert ran.status == 0, form

    @pytest.mark.parametrize("form", ("table", "markdown", "json", "csv"))
    def test_new_and_gone_are_changes(self, shops: Path, shell: Shell, form: str) -> None:
        """A scenario more, or one less."""
        shell("batch", "shops", "--save", "both.json")
        shell("batch", "shops/a.yaml", "--save", "one.json")
        assert shell("diff", "one.json", "both.json", "--exit-code", "-f", form).status == 1
        assert shell("diff", "both.json", "one.json", "--exit-code", "-f", form).status == 1
        gone = shell("batch", "shops/a.yaml", "--baseline", "both.json", "--exit-code", "-f", "csv")
        assert gone.status == 1

    def test_a_cost_that_moved_is_a_change(self, shops: Path, shell: Shell) -> None:
        """Also where the answer stays as it was."""
        shell("batch", "shops", "--save", "old.json")
        ran = shell("batch", "shops", *DEARER, "--baseline", "old.json", "--exit-code")
        assert ran.status == 1
        assert shell("batch", "shops", *DEARER, "--baseline", "old.json").status == 0

    def test_what_is_invalid_on_both_sides_did_not_change(self, shops: Path, shell: Shell) -> None:
        """What became invalid did."""
        shell("batch", "shops", "--save", "old.json")
        folder(shops, {"shops/b.yaml": "nonsense: 1\n"})
        shell("batch", "shops", "--save", "new.json")
        assert shell("diff", "new.json", "new.json", "--exit-code").status == 0
        assert shell("diff", "old.json", "new.json", "--exit-code").status == 1

    def test_both_count_what_is_valid_on_one_side_only(self, shops: Path, shell: Shell) -> None:
        """It changed; what is valid on neither did not, and a new file is new, valid or not."""
        bad = "nonsense: 1\n"
        folder(shops, {"shops/c.yaml": bad, "shops/d.yaml": bad, "shops/e.yaml": bad})
        shell("batch", "shops", "--save", "old.json")
        folder(shops, {"shops/b.yaml": bad, "shops/c.yaml": text(18), "shops/f.yaml": bad})
        (shops / "shops" / "e.yaml").unlink()
        ran = shell("batch", "shops", "--baseline", "old.json", "--save", "new.json")
        assert "Against the baseline: 2 changed, 1 new, 1 gone" in ran.out
        rows = json.loads(Path("new.json").read_text("utf-8"))["scenarios"]
        assert [(row["validity_changed"], row["new"]) for row in rows] == [
            (False, False),
            (True, False),
            (True, False),
            (False, False),
            (False, True),
        ]
        ran = shell("diff", "old.json", "new.json")
        assert "3 scenarios compared: 2 changed, 1 as before, 1 new, 1 gone" in ran.out
        ran = shell("merge", "new.json", "-f", "table")
        assert "Against the baseline: 2 changed, 1 new, 1 gone" in ran.out
        shown = shell("merge", "new.json", "-f", "markdown").out
        assert "was valid" in shown
        assert "was not valid" in shown

    @pytest.mark.parametrize(
        ("before", "after", "counts"),
        (
            # two new files of one name: neither is the one that is gone
            ({"a": "", "k": "name: kk\n"}, {"t/a": "", "u/a": "", "k": "name: kk\n"}, (0, 2, 1)),
            ({"a": ""}, {"b": ""}, (0, 1, 1)),
            ({"a": "name: kk\n"}, {"b": "name: kk\n"}, (0, 0, 0)),
            # a base is left out, and what extends it has another name, or the same
            ({"a": ""}, {"a": "", "z": "extends: a.yaml\n"}, (0, 1, 1)),
            ({"a": "name: kk\n"}, {"a": "name: kk\n", "z": "extends: a.yaml\n"}, (0, 0, 0)),
            ({"a": ""}, {"b": "", "c": ""}, (0, 2, 1)),
            ({"a": "", "b": ""}, {"c": ""}, (0, 1, 2)),
            # a name that a file has which was there before says nothing of others
            (
                {"a": "name: kk\n", "b": "name: kk\n"},
                {"a": "name: kk\n", "c": "name: kk\n"},
                (0, 0, 0),
            ),
            ({"t/a": ""}, {"u/a": "nonsense: 1\n"}, (0, 1, 1)),
        ),
    )
    def test_both_match_the_same(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        shell: Shell,
        before: dict[str, str],
        after: dict[str, str],
        counts: tuple[int, int, int],
    ) -> None:
        """One rule says which scenario is which, however few there are, in parts too."""
        monkeypatch.chdir(tmp_path)
        for files, saved in ((before, "old.json"), (after, "new.json")):
            shutil.rmtree("s", ignore_errors=True)
            texts = {
                name: more if "extends" in more else text(more=more) for name, more in files.items()
            }
            folder(tmp_path, {f"s/{name}.yaml": each for name, each in texts.items()})
            flags = () if saved == "old.json" else ("--baseline", "old.json", "--exit-code")
            ran = shell("batch", "s", *flags, "--save", saved)
        words = "{} changed, {} new, {} gone".format(*counts)
        assert f"Against the baseline: {words}" in ran.out
        told = shell("diff", "old.json", "new.json", "--exit-code")
        assert (
            told.out.splitlines()[-1]
            .replace("\n", " ")
            .endswith("{1} new, {2} gone".format(*counts))
        )
        assert f": {counts[0]} changed, " in told.out
        invalid = any("nonsense" in more for more in after.values())
        assert (ran.status, told.status) == (2 if invalid else int(any(counts)), int(any(counts)))
        for part in ("1/2", "2/2"):
            shell("batch", "s", *flags, "--shard", part, "-f", "json", "-o", f"{part[0]}.json")
        merged = shell("merge", "1.json", "2.json")
        assert merged.out == Path("new.json").read_text("utf-8")

    def test_a_part_says_what_became_of_its_own(self, shops: Path, shell: Shell) -> None:
        """What is gone is for the whole run to say; a file of another part is not gone."""
        folder(shops, {"shops/c.yaml": text(17, "name: Sea\n")})
        shell("batch", "shops", "--save", "old.json")
        (shops / "shops" / "c.yaml").rename(shops / "shops" / "d.yaml")
        (shops / "shops" / "a.yaml").unlink()
        flags = ("batch", "shops", "--baseline", "old.json", "--exit-code")
        ran = shell(*flags, "--save", "whole.json")
        assert (ran.status, "0 changed, 0 new, 1 gone" in ran.out) == (1, True)
        for part in ("1/2", "2/2"):
            name = f"{part[0]}.json"
            ran = shell(*flags, "--shard", part, "--save", name)
            assert (ran.status, "gone" in ran.out) == (0, False)
            assert "Against the baseline: 0 changed, 0 new" in ran.out
            told = shell("diff", "old.json", name, "--exit-code")
            assert (told.status, "gone" in told.out) == (0, False)
            assert "1 scenario compared: 0 changed, 1 as before, 0 new" in told.out
            assert " new" not in shell("diff", name, "old.json").out
        assert shell("merge", "1.json", "2.json").out == Path("whole.json").read_text("utf-8")

    def test_it_wants_a_baseline(self, shops: Path, shell: Shell) -> None:
        """Alone it says nothing."""
        ran = shell("batch", "shops", "--exit-code")
        assert ran.status == 2
        assert "--baseline" in ran.err


class TestGitLab:
    """The code-quality report."""

    def test_issues_have_what_the_platform_asks_for(self, shops: Path, shell: Shell) -> None:
        """Text, name, severity, a fingerprint, a path and a line; none when all is well."""
        folder(shops, {"shops/c.yaml": "country: FR\nnonsense: 1\nnonsens: 2\n"})
        issues = json.loads(shell("batch", "shops/c.yaml", "-f", "gitlab").out)
        assert [issue["location"] for issue in issues[:2]] == [
            {"path": "shops/c.yaml", "lines": {"begin": 2}},
            {"path": "shops/c.yaml", "lines": {"begin": 3}},
        ]
        assert {issue["severity"] for issue in issues} == {"major"}
        assert len({issue["fingerprint"] for issue in issues}) == len(issues)
        assert json.loads(shell("batch", "shops/b.yaml", "-f", "gitlab").out) == []

    def test_a_fingerprint_is_that_of_the_remark(self, shops: Path, shell: Shell) -> None:
        """It is the same a line further down and in French, so that the platform knows it again."""
        flags = ("batch", "shops/c.yaml", "-f", "gitlab")
        folder(shops, {"shops/c.yaml": "nonsense: 1\n"})
        was = json.loads(shell(*flags).out)[0]
        folder(shops, {"shops/c.yaml": "country: FR\nnonsense: 1\n"})
        now = json.loads(shell(*flags, "--lang", "fr").out)[0]
        assert was["fingerprint"] == now["fingerprint"]
        assert was["location"]["lines"] != now["location"]["lines"]
        assert was["description"] != now["description"]

    def test_fingerprints_tell_remarks_apart(self, shops: Path, shell: Shell) -> None:
        """Two of one text in a file are two; the first is the one that it was alone.

        Those of a base are told once, however many scenarios extend it.
        """
        flags = ("batch", "shops", "-f", "gitlab")
        (shops / "shops" / "a.yaml").unlink()
        again = "agency_rate: 75/h\n"
        folder(shops, {"shops/b.yaml": text(15, again)})
        [alone] = json.loads(shell(*flags).out)
        extends = dict.fromkeys(("shops/c.yaml", "shops/d.yaml"), "extends: b.yaml\n")
        folder(shops, {"shops/b.yaml": text(15, again + again), **extends})
        issues = json.loads(shell(*flags).out)
        assert [issue["location"]["lines"]["begin"] for issue in issues] == [5, 6]
        assert len({issue["description"] for issue in issues}) == 1
        assert issues[0]["fingerprint"] == alone["fingerprint"] != issues[1]["fingerprint"]

    def test_paths_are_those_of_the_repository(
        self, shops: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """However a file is named and from wherever; as it is given outside of any repository."""
        folder(shops, {"in/shops/c.yaml": "nonsense: 1\n", "in/.git/HEAD": "", "in/x/y": ""})
        home = shops / "in"
        (shops / "link").symlink_to(home)

        def found(*names: object) -> list[tuple[str, str]]:
            issues = json.loads(shell("batch", *names, "-f", "gitlab").out)
            assert (
                f"file={issues[0]['location']['path']},"
                in shell("batch", *names, "-f", "github").out
            )
            return [(issue["location"]["path"], issue["fingerprint"]) for issue in issues]

        assert found("in/shops")[0][0] == "in/shops/c.yaml"
        monkeypatch.chdir(home)
        plain = found("shops")
        assert plain[0][0] == "shops/c.yaml"
        assert found(home / "shops") == found("../in/shops") == plain
        monkeypatch.chdir(home / "x")
        assert found("../shops") == found(shops / "link" / "shops") == plain
        monkeypatch.setenv("CI_PROJECT_DIR", str(shops / "link" / "shops"))
        assert found("../shops")[0][0] == "c.yaml"
        monkeypatch.setenv("CI_PROJECT_DIR", str(shops / "shops"))
        assert found("../shops")[0][0] == "../shops/c.yaml"


def test_the_problem_matcher_finds_every_error(tmp_path: Path) -> None:
    """Severity, code, text, file, line and column, as JSON has them."""
    folder(
        tmp_path, {"a b.yaml": "country: FR\nnonsense: 1\nhourly_wage: lots\n", "c.yaml": "- 1\n"}
    )
    command = "cmsource validate 'a b.yaml' c.yaml"
    wanted = json.loads(bash(f"{command} --format json || true", tmp_path).stdout)["diagnostics"]
    shown = bash(f"COLUMNS=400 {command} || true", tmp_path)
    [matcher] = loaded(".ci/problem-matcher.json")["problemMatcher"]
    first, second = (re.compile(pattern["regexp"]) for pattern in matcher["pattern"])
    lines = (shown.stdout + shown.stderr).splitlines()
    found = []
    for line, following in pairwise(lines):
        if head := first.match(line):
            place = second.match(following)
            assert place is not None
            found.append((head[1], head[2], head[3], place[1], int(place[2]), int(place[3])))
    keys = ("severity", "code", "message", "file", "line", "column")
    assert found == [tuple(each[key] for key in keys) for each in wanted]
    assert len(found) >= 3


class _Stub(BaseHTTPRequestHandler):
    """The comments of a pull request, as the platform's API has them."""

    comments: ClassVar[list[dict[str, Any]]] = []
    asked: ClassVar[list[str]] = []
    refuses: ClassVar[bool] = False
    says: ClassVar[bytes | None] = None
    """What it says in the place of an answer; "" to break off."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        data = json.loads(self.rfile.read(length)) if length else {}
        where = urlparse(self.path)
        self.asked.append(f"{self.command} {self.headers['Authorization']}")
        if self.says is not None:
            self.wfile.write(self.says and b"HTTP/1.0 200 OK\r\n\r\n" + self.says)
        elif self.refuses:
            self._send(403, {"message": "Resource not accessible by integration"})
        elif self.command == "GET":
            query = {name: int(values[0]) for name, values in parse_qs(where.query).items()}
            start = (query["page"] - 1) * query["per_page"]
            self._send(200, self.comments[start : start + query["per_page"]])
        elif self.command == "POST":
            assert where.path == "/repos/us/shops/issues/7/comments"
            self.comments.append({"id": 1000 + len(self.comments), "body": data["body"]})
            self._send(201, {})
        else:
            number = int(where.path.removeprefix("/repos/us/shops/issues/comments/"))
            [found] = [each for each in self.comments if each["id"] == number]
            found["body"] = data["body"]
            self._send(200, {})

    def _send(self, status: int, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    do_GET = do_POST = do_PATCH = _answer  # noqa: N815 - the names that the server looks for


@pytest.fixture
def stub(tmp_path: Path) -> Iterator[tuple[str, type[_Stub], Path]]:
    """A stub of the platform on this machine, with 250 comments of other people."""
    others: list[dict[str, Any]] = [{"id": n, "body": f"comment {n}"} for n in range(250)]

    class Stub(_Stub):
        comments: ClassVar[list[dict[str, Any]]] = others
        asked: ClassVar[list[str]] = []

    server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", Stub, tmp_path
    finally:
        server.shutdown()
        server.server_close()


Stubbed = tuple[str, type[_Stub], Path]


def comment(stub: Stubbed, text: str | None, event: object = None) -> str:
    """Run the script that comments, and give what it says."""
    address, _, place = stub
    said = place / "comment.md"
    said.unlink(missing_ok=True)
    if text is not None:
        said.write_text(text, encoding="utf-8")
    (place / "event.json").write_text(json.dumps(event or {"pull_request": {"number": 7}}), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-I", str(ROOT / ".ci" / "comment.py"), str(said)],
        env={
            "GITHUB_API_URL": address,
            "GITHUB_EVENT_PATH": str(place / "event.json"),
            "GITHUB_REPOSITORY": "us/shops",
            "GITHUB_TOKEN": "secret",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "secret" not in ran.stdout
    return ran.stdout.strip()


class TestComment:
    """The comment of the action, held against a stub of the platform."""

    def test_one_comment_replaces_itself(self, stub: Stubbed) -> None:
        """It is found again behind three pages of others, and theirs stay as they are."""
        _, platform, _ = stub
        assert comment(stub, "# 2 changed\n") == "commented"
        assert comment(stub, "# 3 changed\n") == "the comment was replaced"
        assert comment(stub, "# 3 changed\n") == "the comment says so already"
        assert len(platform.comments) == 251
        assert platform.comments[-1]["body"].endswith("-->\n# 3 changed\n")
        assert [each["body"] for each in platform.comments[:250]] == [
            f"comment {n}" for n in range(250)
        ]
        assert {each.split(" ", 1)[1] for each in platform.asked} == {"Bearer secret"}

    def test_there_is_none_as_long_as_nothing_changed(self, stub: Stubbed) -> None:
        """One that was there before says that nothing changed any more."""
        _, platform, _ = stub
        assert comment(stub, None) == "nothing changed: no comment"
        assert len(platform.comments) == 250
        comment(stub, "# 1 changed\n")
        assert comment(stub, None) == "the comment was replaced"
        assert platform.comments[-1]["body"].endswith("Nothing changed any more.\n")

    def test_a_long_one_is_cut(self, stub: Stubbed) -> None:
        """The platform takes 65,536 characters."""
        _, platform, _ = stub
        comment(stub, "| a line |\n" * 10_000)
        body = platform.comments[-1]["body"]
        assert 65_000 < len(body) <= 65_536
        assert body.endswith("\n| a line |\n\n*The rest has no room in a comment.*\n")
        assert comment(stub, "| a line |\n" * 10_000) == "the comment says so already"

    def test_what_the_platform_refuses_is_a_warning(self, stub: Stubbed) -> None:
        """A pull request from a fork may not comment; its run goes on."""
        _, platform, _ = stub
        platform.refuses = True
        assert comment(stub, "# 1 changed\n").startswith("::warning::cmsource could not comment")

    @pytest.mark.parametrize(
        "answer", (b"", b"<html>Sign in</html>", b'{"message": "moved"}', b"[1]")
    )
    def test_whatever_answers_there(self, answer: bytes, stub: Stubbed) -> None:
        """A connection that is broken off, a proxy's page, another service: a warning."""
        _, platform, _ = stub
        platform.says = answer
        said = comment(stub, "# 1 changed\n")
        assert said.startswith("::warning::cmsource could not comment: ")
        assert said.count("\n") == 0

    def test_a_push_has_nothing_to_comment_on(self, stub: Stubbed) -> None:
        """Without a pull request nothing is asked."""
        _, platform, _ = stub
        assert comment(stub, "# 1 changed\n", {"ref": "main"}).startswith("This is no pull request")
        assert not platform.asked
