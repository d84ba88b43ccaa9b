"""No text of a user's is a command, a formula or markup, whatever the format and the folding.

What readers of a format take is said here by their own rules: those of the runners of CI platforms,
of spreadsheets, of CommonMark (markdown-it) and of XML.
"""

import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cmsource.cli.app import COMMANDS
from cmsource.reports.blocks import (
    Block,
    Code,
    Column,
    Facts,
    Heading,
    Items,
    Listing,
    Look,
    Panel,
    Paragraph,
    Problem,
    Row,
    Section,
    Span,
    Table,
)
from cmsource.reports.pictures import Swing, SwingGroup, Swings
from cmsource.reports.report import Annotation
from cmsource.reports.report import TestCase as Case
from cmsource.values.diagnostics import Diagnostic, Place
from cmsource.values.language import Language
from cmsource.values.text import printable
from cmsource.writers.formats import BatchFormat, Format, Story, written
from cmsource.writers.page import Page
from cmsource.writers.yaml import scalar
from conftest import Cli
from searches import WHERE, breakevens
from test_writers import Sample

# fmt: off
FRAGMENTS = (
    "::error::x", "::", ":", "::set-output name=a::b", "::warning file=a,line=1::", "::add-mask::",
    "##[error]x", "##[", "##vso[task.complete result=Failed;]", "##teamcity[x]", "#", "##", "[",
    "]", "#12", "]x", "%0A", "=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0", ";=cmd", "; +1",
    ';"=1', "＝1", ",=1", "- a", "--", "---", "1. a", "2) b", "> q", "+ a", "* b", "~~~", "```",
    "<img src=x>", "</details>", "<!--", "&commat;x", "&#64;", "&amp", "*a*", "_b_", "**", "__",
    "`c`", "|", "\\", "~a~", "(1)", "{a}", "[x](javascript:y)", "![i](x)", "<http://e.org>",
    "http://e.org", "www.e.org", "a@e.org", "]]>", "<![CDATA[", "\x1b[31m", "\x9b2J", "\r", "\n",
    "\t", "\x00", "\u202e", "\u2028", "\ufeff", "\udcff", "\ufe0f", "\u034f",
    "\N{NO-BREAK SPACE}", " ", "   ", "a", "words of a text", "66 600,00 €", "5 %", "é社🎉",
)
# fmt: on
TEXTS = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=6).map("".join)

# Characters that comparisons of the platforms pass over (those that Unicode ignores by default).
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\ufe00-\ufe0f]")
COLOUR = re.compile("\x1b\\[[^m\r\n]*m")
# Controls but the end of a line, halves of pairs, other ends of lines, turns of direction.
WILD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)


def commands(text: str) -> list[str]:
    """The lines that GitHub Actions, Azure Pipelines or TeamCity would take as a command."""
    found: list[str] = []
    seen = UNSEEN.sub("", COLOUR.sub("", text))
    if "::" not in seen and "##" not in seen:
        return found  # as nearly all texts, however long
    for line in re.split(r"\r\n|\r|\n", text):
        plain = UNSEEN.sub("", COLOUR.sub("", line))
        # ActionCommand.TryParseV2: trimmed, begins with :: and has :: again; its names are letters
        second_form = re.match(r"\s*::[A-Za-z-]*.*?::", plain)
        # ActionCommand.TryParse, Command.TryParse: anywhere in the line, up to a bracket
        if second_form or re.search(r"##[A-Za-z]*\[", plain):
            found.append(line)
    return found


def assert_harmless(text: str) -> None:
    """Nothing in a text drives a terminal, turns its direction or commands a CI platform."""
    assert not WILD.search(COLOUR.sub("", text))
    assert commands(text) == []


def test_what_is_wild() -> None:
    """Of all characters, those that Unicode calls so, and those that turn the direction."""
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    for c in map(chr, range(sys.maxunicode + 1)):
        wild = unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c != "\n"
        assert bool(WILD.match(c)) == (wild or c in turning), hex(ord(c))


def around(text: str) -> tuple[Block, ...]:
    """A text in every kind of block, where it begins and where it stands among others."""
    found = Diagnostic("E201", text, Place(text, 3, 1, 4, text, text), text)
    return (
        Heading(text),
        Paragraph(text),
        Paragraph(f"words before it, so that it is folded {text}", indent=1),
        Paragraph((Span(text, Look.BAD), " ", Span(text, Look.KEY))),
        Panel(text, (text, f"some words more {text}")),
        Table(
            (Column(text), Column("B", wraps=True)),
            (Row((text, f"a b c {text}")),),
            text,
            text,
        ),
        Facts(((text, text), ("name", text)), text),
        Items((text, f"x {text}"), text),
        Code(f"{text}\n  {text}", "yaml"),
        Swings((SwingGroup(text, (Swing(text, 1, 2, 3, text, text),), (text,)),), text),
        Section(text, (Paragraph(text),)),
        Section(text, (Paragraph(text), Problem(found)), folded=True),
        Listing((Problem(found), Problem(found)), "rows", text),
        Problem(found),
    )


@given(TEXTS, st.integers(40, 120), st.booleans())
@example("aaaa aaaa aaaa aaaa aaaa aaaa ::error::x", 40, False)
@example("::error::" * 30, 40, True)
@example("#\ufe0f#[error]x ##vso[a]", 60, True)
def test_a_terminal(text: str, width: int, colour: bool) -> None:
    """No line is a command, wherever it is folded, in colours or without."""
    found = written(Sample(around(text)), Format.TABLE, Page(width, colour, details=True))
    assert_harmless(found)


def test_harmless_texts_stay_as_they_are() -> None:
    """Colons inside, number signs of headings, times and brackets are left alone."""
    text = "a::b ## x # 12 [y] 12:30 :: c ##"
    assert text in written(Sample((Paragraph(text),)), Format.TABLE, Page(120))


class Shown(HTMLParser):
    """The tags of a page, and its text with blanks as they are shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and what links or loads."""
        self.tags.append(tag)
        self.tags += [name for name, _ in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)

    @property
    def text(self) -> str:
        """The text, with single blanks."""
        return " ".join("".join(self.texts).split())


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def seen(text: str) -> str:
    """What a reader should see of a text."""
    line = "".join(c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else " " for c in text)
    return " ".join(line.split())


@given(TEXTS)
@example("1. a")
@example("<details>")
@example("&commat;octocat #12")
@example("\r* b")
@example("     indented as code is")
def test_markdown(text: str) -> None:
    """What CommonMark shows is the text, with no tag, link, list or code of its own."""
    said = seen(text)
    if not said:
        return
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    for block, tags, expected in (
        (Heading(text), {"h3"}, said),
        (Paragraph(text), {"p"}, said),
        (Paragraph((Span(" "), text), look=Look.STRONG), {"p", "strong"}, said),
        (Section(text, ()), {"h3"}, said),
        (Items((text,)), {"ul", "li"}, said),
        (Items(("x",), text), {"p", "strong", "ul", "li"}, f"{said} x"),
        (Facts(((text, "x"),)), {"ul", "li", "strong"}, f"{said}: x"),
        (Panel("x", (text,)), {"h2", "p"}, f"x {said}"),
        (
            Table((Column("A"),), (Row(("x",)),), text, text),
            {"p", "strong", *table},
            f"{said} A x {said}",
        ),
    ):
        source = written(Sample((block,)), Format.MARKDOWN, Page())
        page = Shown(MARKDOWN.render(source))
        assert set(page.tags) == tags, source
        # a blank at the end of a name is before the colon
        assert page.text.replace(" :", ":") == expected.replace(" :", ":"), source
        for taken in ("http://", "www.", "&commat;x"):
            assert f"{taken}" not in source.replace("\\&", "")
        assert re.search(r"@\w|(?<!&)#[0-9]", source) is None


@given(TEXTS)
def test_markdown_of_everything(text: str) -> None:
    """No block lets out a tag, an address or a command."""
    source = written(Sample(around(text)), Format.MARKDOWN, Page())
    assert_harmless(source)
    page = Shown(MARKDOWN.render(source))
    assert set(page.tags) <= {
        "h1", "h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "ul", "li",
        "pre", "code", "details", "summary",
    }  # fmt: skip
    assert page.tags.count("summary") == page.tags.count("details") == 1
    assert page.tags.count("table") == 1
    assert page.tags.count("tr") == 2
    assert page.tags.count("td") == page.tags.count("th") == 2


def test_harmless_totals_stay_readable_in_markdown() -> None:
    """Only what Markdown takes is escaped."""
    total = "-66 600,00 € (5 % + 3.5 of it = x) {a} < 5 > 3 R&D 2 * 3 snake_case 1.5 a-b!"
    assert written(Sample((Paragraph(total),)), Format.MARKDOWN, Page()) == f"{total}\n"


def cells(line: str, separator: str) -> list[str]:
    """The cells of a line as a spreadsheet splits it that has this separator."""
    return next(csv.reader(io.StringIO(line), delimiter=separator))


@given(st.lists(TEXTS, min_size=1, max_size=3))
@example(['a;"=cmd'])
@example(["a; =cmd"])
@example(['a,"=cmd'])
@example(["a; b, @cmd"])
def test_csv(texts: list[str]) -> None:
    """No cell is a formula, whether commas or semicolons separate; numbers are still numbers."""
    report = Sample(head=texts, cells=((*texts, -1.5),))
    for code, separates, number in (("en", ",", "-1.5"), ("fr", ";", "-1,5")):
        found = written(report, Format.CSV, Page(language=Language(code)))
        found = found.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        assert_harmless(found)
        lines = found.splitlines()
        assert len(lines) == 2
        for line in lines:
            for separator in ",;":
                numbers = [number] if separator == separates else []
                for cell in cells(line, separator):
                    formula = re.match(r"\s*[=+\-@＝＋－＠]", cell)
                    assert cell in numbers or not formula, cell
        assert cells(lines[1], separates)[-1] == number


class Checked(Sample):
    """A report of checks of a text, and remarks on it."""

    def cases(self) -> Iterator[Case]:
        """One case."""
        found = Diagnostic("E201", self.json, Place(self.json, 3, 1, 4, self.json, "a"), self.json)
        yield Case(self.json, (found, found), (found,), self.json)

    def annotations(self) -> Iterator[Annotation]:
        """One remark."""
        yield Annotation("error", self.json, self.json, 3, 1, self.json)

    def log(self) -> Iterator[str]:
        """One line."""
        yield self.json


@given(TEXTS)
@example("::error::x.yaml")
@example("##[error]x")
def test_junit_and_annotations(text: str) -> None:
    """XML says the text itself; of a log of annotations only ours are commands."""
    report = Checked(json=text)
    found = written(report, BatchFormat.JUNIT, Page())
    assert_harmless(found)
    suite = ElementTree.fromstring(found)
    for node in suite.iter("error"):
        assert " ".join(printable(text).split()) in " ".join((node.text or "").split())
    log = written(report, BatchFormat.GITHUB, Page())
    first, rest = log.split("\n", 1)
    assert first.startswith("::error file=")
    assert_harmless(rest)
    assert_harmless(first.lstrip(":"))


@given(TEXTS)
@example("\\##[error]x")
def test_json_and_yaml(text: str) -> None:
    """What is read again is the same text, and no line of it is a command."""
    found = written(Sample(json={text: [text, {"a": text}]}), Format.JSON, Page())
    assert_harmless(found)
    assert json.loads(found) == {text: [text, {"a": text}]}
    line = scalar(text)
    assert_harmless(line)
    if "\udcff" not in text:  # no YAML can say half a character
        assert yaml.safe_load(f"a: {line}") == {"a": text}


@given(TEXTS)
def test_pictures(text: str) -> None:
    """A picture stays well-formed, and says nothing to a platform."""
    found = written(Sample(around(text)), Format.SVG, Page(details=True))
    assert_harmless(found)
    ElementTree.fromstring(found)


# Every command -----------------------------------------------------------------------------------

NAMES = (
    "::error::x",
    "##[error]x",
    "##vso[task.complete]",
    "words ::set-output name=a::b",
    "=cmd|' /C calc'!A0",
    "a;=1+1",
    "<img src=x onerror=y>",
    "&commat;octocat #12",
    "*a* [x](y) | `c`",
)
FILES = (
    "::error::x.yaml",
    "  ##[error]x.yaml",
    "esc\x1b[31m\x9b.yaml",
    "new\n::error::line.yaml",
    "\r\x85.yaml",
    "turn\u202eedoc.yaml",
    "=1+1;=1.yaml",
    "<b>&amp;.yaml",
    "half\udcff.yaml",
)


def scenario(name: str) -> str:
    """A scenario that says a text wherever one can be said."""
    said = json.dumps(name)
    return f"""\
name: {said}
country: FR
start: 2026-09-07
needs:
  cover: mon-fri 09:00-17:00
  messages: {{per_day: 10, minutes_each: 4}}
  work: {{content: 6 h/week, {said}: 1 h/week}}
  skills: [{said}, ads]
require: {{watched: 50%}}
tools: {{{said}: {{price: 99/month}}}}
sources:
  cm: {{kind: employee, label: {said}, hourly_wage: 16.50, skills: [{said}]}}
  {said}: {{kind: agency, label: {said}, retainer: 1500/month, included: 20 h/month,
    hourly_rate: 60..90}}
options:
  hire: {{label: {said}, sources: [cm]}}
  {said}: [{said}]
expect: {{hire: {{total: "< 1"}}}}
"""


ASKED = {
    "compare": (),
    "explain": ("--all",),
    "expand": (),
    "coverage": (),
    "cursor": (),
    "breakeven": (),
    "best": ("--effort", "1", "--vary", "headcount"),
    "price": ("hire",),
    "sensitivity": (),
    "simulate": ("--draws", "20"),
    "validate": ("--strict",),
    "batch": ("--fail-on", "total>1"),
    "report": (),
}
"""Commands that read a scenario, with the flags that they need."""


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files with hostile texts, in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(WHERE, breakevens)  # those of a file are the same in every format
    for file, name in zip(FILES, NAMES, strict=True):
        Path(file).write_text(scenario(name), encoding="utf-8")
    return list(FILES)


def asked(cli: Cli, command: str, *arguments: str) -> str:
    """What a command writes to either stream, none of which is a command or drives a terminal."""
    texts = []
    kinds = {"batch": BatchFormat, "merge": BatchFormat, "report": Story}
    forms: Sequence[str] = list(kinds.get(command, Format))
    for form in [""] if command == "expand" else forms:
        ran = cli(command, *arguments, *(("--format", form) if form else ()))
        assert ran.status in (0, 1, 2)
        assert "Traceback" not in ran.err
        assert_harmless(ran.err)
        lines = ran.out.splitlines(keepends=True)
        if form is BatchFormat.GITHUB:
            ours = [line for line in lines if line.startswith("::")]
            assert all(re.match("::(error|warning|notice) file=", line) for line in ours)
            lines = [line.lstrip(":") for line in lines]
        assert_harmless("".join(lines))
        if form == "markdown":
            shown = Shown(MARKDOWN.render(ran.out))
            assert not {"img", "a", "b", "i", "em", "href", "src"} & set(shown.tags)
        if form == "csv":
            found = [cell for line in ran.out.splitlines() for cell in cells(line, ";")]
            assert [cell for cell in found if re.match(r"[=+@]|-[^0-9]", cell)] == []
        texts.append(ran.out)
    return "".join(texts)


@pytest.mark.parametrize("command", ASKED)
def test_commands_that_read_scenarios(cli: Cli, places: list[str], command: str) -> None:
    """Whatever the names of files, options, activities, tools and skills."""
    several = command in ("compare", "validate", "batch")
    for files in [places] if several else [[place] for place in places[::3]]:
        assert asked(cli, command, *files, *ASKED[command])


def test_commands_that_read_results(cli: Cli, places: list[str]) -> None:
    """`diff` and `merge` show the names that saved results hold."""
    old = cli("batch", *places, "--format", "json").out
    Path("old.json").write_text(old, encoding="utf-8")
    for place in places:
        text = Path(place).read_text("utf-8").replace("16.50", "17.50")
        Path(place).write_text(text, encoding="utf-8")
    new = cli("batch", *places, "--baseline", "old.json", "--format", "json").out
    Path("new.json").write_text(new, encoding="utf-8")
    assert asked(cli, "merge", "new.json")
    assert asked(cli, "diff", "old.json", "new.json", "--details")


def test_every_command_is_tried(cli: Cli) -> None:
    """No command that takes a text of a user's is left out."""
    others = {
        "merge",
        "diff",
        "inbox",
        "portfolio",
        "init",
        "payroll",
        "countries",
        "schema",
        "serve",
        "new",
    }
    assert {*ASKED, *others} == set(COMMANDS)
    assert cli("schema").status == 0


@pytest.mark.parametrize("text", ["##[error]x", "\x1b[31m\x9bx", "a\n::error::x", "\u202ex\r"])
@pytest.mark.parametrize("command", [*COMMANDS, ""])
def test_arguments(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, text: str
) -> None:
    """What is typed, or comes from a list of files, is shown without harm where it is wrong."""
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(scenario("x"), encoding="utf-8")
    start = [command] if command else []
    for arguments in (
        [text],
        [f"--{text}"],
        ["s.yaml", "--format", text],
        ["s.yaml", text, "--set", text],
        ["--column", text, "--timezone", text, text],
        ["s.yaml", "--shard", text],
        ["s.yaml", "--figure", text, "--by", text, "--on", text, "--only", text],
    ):
        ran = cli(*start, *arguments)
        assert "Traceback" not in ran.err
        assert_harmless(ran.out + ran.err)
