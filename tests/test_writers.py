"""Writers: every block in every format, text that is not what it seems, and room that is short."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from cmsource.reports.blocks import (
    ALWAYS,
    Aside,
    Bar,
    Block,
    Cell,
    Code,
    Column,
    Facts,
    Heading,
    Items,
    Look,
    Panel,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from cmsource.reports.pictures import Swing, SwingGroup, Swings, WeekHour, WeekPicture
from cmsource.writers.formats import Format, written
from cmsource.writers.looks import finished, rich_text
from cmsource.writers.page import Page

NBSP = "\N{NO-BREAK SPACE}"
PEOPLE = (Format.TABLE, Format.MARKDOWN, Format.SVG)


class Sample(NamedTuple):
    """A report made of anything."""

    parts: tuple[Block, ...] = ()
    json: Any = None
    head: Sequence[str] = ()
    cells: Sequence[Sequence[object]] = ()

    def blocks(self) -> Iterator[Block]:
        """Its blocks."""
        return iter(self.parts)

    def data(self) -> Any:  # noqa: ANN401 - anything
        """Its data."""
        return self.json

    def header(self) -> Sequence[str]:
        """Its columns."""
        return self.head

    def rows(self) -> Iterator[Sequence[object]]:
        """Its rows."""
        return iter(self.cells)


def shown(*parts: Block, width: int = 80, details: bool = False, colour: bool = False) -> str:
    """Blocks on a terminal."""
    return written(Sample(parts), Format.TABLE, Page(width, colour, details))


def marked(*parts: Block) -> str:
    """Blocks as Markdown."""
    return written(Sample(parts), Format.MARKDOWN, Page())


def pictured(*parts: Block) -> str:
    """The text in a picture of blocks, with ordinary spaces."""
    picture = written(Sample(parts), Format.SVG, Page())
    lines = [node.text or "" for node in ElementTree.fromstring(picture).iter() if node.text]
    return " ".join(" ".join(lines).replace(NBSP, " ").split())


def table(*rows: Sequence[str], **keywords: Any) -> Table:  # noqa: ANN401 - those of a table
    """A table of texts under letters."""
    columns = tuple(Column(chr(65 + n)) for n in range(len(rows[0])))
    return Table(columns, tuple(Row(tuple(row)) for row in rows), **keywords)


def hours(*full: int) -> tuple[WeekHour, ...]:
    """A week with some hours marked."""
    return tuple(WeekHour("██" if n in full else "··") for n in range(168))


SWINGS = Swings(
    (SwingGroup("a key: 1 to 3", (Swing("a", 50, 100, 200, "50 €", "200 €"),)),), "Cost"
)
BLOCKS: dict[str, tuple[Block, str]] = {
    "heading": (Heading("A part"), "A part"),
    "paragraph": (Paragraph("Some words."), "Some words."),
    "panel": (Panel("About", ("It is so.",)), "It is so."),
    "title of a panel": (Panel("About", ("It is so.",)), "About"),
    "table": (table(("one", "two")), "two"),
    "title of a table": (table(("one", "two"), title="Numbers"), "Numbers"),
    "note of a table": (table(("one", "two"), note="In words."), "In words."),
    "facts": (Facts((("name", "what it is"),)), "what it is"),
    "items": (Items(("a point",), "Points"), "a point"),
    "code": (Code("a: 1", "yaml"), "a: 1"),
    "week": (WeekPicture(hours(0), "Who watches"), "Wed"),
    "swings": (SWINGS, "200 €"),
    "section": (Section("Inside", (Paragraph("in it"),)), "in it"),
    "title of a section": (Section("Inside", (Paragraph("in it"),)), "Inside"),
}


@pytest.mark.parametrize("form", PEOPLE)
@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_in_every_format(name: str, form: Format) -> None:
    """What a block says is there, whatever the format."""
    block, words = BLOCKS[name]
    if form is Format.SVG:
        assert words in pictured(block)
    else:
        assert words in written(Sample((block,)), form, Page())


def test_a_format_needs_its_part() -> None:
    """A report without rows is no CSV."""

    class Said(NamedTuple):
        """A report for people."""

        def blocks(self) -> Iterator[Block]:
            """Nothing."""
            return iter(())

    assert written(Said(), Format.MARKDOWN, Page()) == "\n"
    for form in (Format.CSV, Format.JSON):
        with pytest.raises(TypeError, match="Said"):
            written(Said(), form, Page())


# Text that is not what it seems ------------------------------------------------------------------

HOSTILE = (
    "\x1b[31mred",
    "\x9b2J",
    "a\x07b\rc",
    "a\u202eb",
    "[bold]x[/bold]",
    ":smile:",
    "*a* _b_ `c` | <b>d</b> &amp; # e",
    "[x](javascript:y)",
    "```\nend",
    "\ue000\ue001",
    "=1+1",
)


def around(text: str) -> tuple[Block, ...]:
    """A text in every place that takes one."""
    return (
        Heading(text),
        Paragraph((text, Span(text, Look.BEST))),
        Panel(text, (text,)),
        Table((Column(text), Column("B", wraps=True)), (Row((text, text)),), text, text),
        Facts(((text, text),), text),
        Items((text,), text),
        Code(text),
        WeekPicture(hours(), text, text),
        Swings((SwingGroup(text, (Swing(text, 1, 2, 3, text, text),), (text,)),), text),
        Section(text, (Paragraph(text),)),
        Aside(text),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_drives_a_terminal(text: str) -> None:
    """Controls and marks of direction are replaced; markup of Rich is shown as it is."""
    found = shown(*around(text), details=True, width=120)
    assert all(c.isprintable() or c in ("\n", NBSP) for c in found)
    if text.isprintable():
        assert found.count(text) > 10


def test_a_fence_is_longer_than_any_in_the_text() -> None:
    """Code cannot end its own block."""
    found = marked(Code("```\nx\n````", "yaml"))
    assert found == "`````yaml\n```\nx\n````\n`````\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_a_picture(text: str) -> None:
    """A picture stays well-formed, and has nothing but shapes, text and their looks."""
    picture = written(Sample(around(text)), Format.SVG, Page(120, details=True))
    tags = {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(picture).iter()}
    assert tags <= {"svg", "style", "defs", "clipPath", "rect", "text", "g", "circle"}


def test_a_picture_loads_nothing_and_is_the_same_each_time() -> None:
    """No font, style or image from elsewhere; no identifier made up anew."""
    blocks = [block for block, _ in BLOCKS.values()]
    picture = written(Sample(tuple(blocks)), Format.SVG, Page())
    addresses = re.findall(r"https?://[^\s\"'<)]+", picture)
    assert {address.rstrip("/") for address in addresses} <= {
        "http://www.w3.org/2000/svg",
        "https://www.textualize.io",
    }
    for word in ("@font-face", "@import", "href", "<script", "<image", "url(http"):
        assert word not in picture
    assert picture == written(Sample(tuple(blocks)), Format.SVG, Page())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_text_is_a_formula(text: str) -> None:
    """A cell that a spreadsheet would work out gets an apostrophe; numbers stay numbers."""
    found = written(Sample(head=("a", text), cells=((text, Decimal("-1.50")),)), Format.CSV, Page())
    head, row = csv.reader(io.StringIO(found))
    assert not head[1].startswith(("=", "+", "-", "@", "\t"))
    assert not row[0].startswith(("=", "+", "-", "@", "\t"))
    assert row[1] == "-1.50"


def test_csv_has_empty_cells_for_no_figure() -> None:
    """None is nothing, and a comma or a line break stays in its cell."""
    found = written(Sample(head=("a", "b"), cells=((None, 'x, "y"'),)), Format.CSV, Page())
    assert found == 'a,b\n,"x, ""y"""\n'


def test_json_keeps_decimals_and_escapes_what_cannot_be_printed() -> None:
    """Money keeps its cents; letters stay as they are."""
    found = written(Sample(json={"é\u202e": [Decimal("1.50"), None]}), Format.JSON, Page())
    assert '"é\\u202e"' in found
    assert "1.50" in found
    assert json.loads(found) == {"é\u202e": [1.5, None]}


# Room --------------------------------------------------------------------------------------------

AMOUNT = f"110{NBSP}869{NBSP}€"


@pytest.mark.parametrize("width", range(40, 90, 7))
def test_no_number_is_parted_from_its_unit(width: int) -> None:
    """No-break spaces hold at any width, and are still there afterwards."""
    sentence = f"It costs {AMOUNT} here, " * 5
    blocks: list[Block] = [Paragraph(sentence), Panel("x", (sentence,))]
    blocks += [Facts((("a", sentence),)), Items((sentence,)), table((sentence, "x"))]
    found = shown(*blocks, width=width)
    assert found.count(AMOUNT) == 25
    assert sum(line.count(NBSP) for line in found.splitlines() if "869" in line) == 50


def test_columns_go_before_anything_is_cut() -> None:
    """Bars get shorter first, then the columns leave that want to be kept least."""
    columns = (
        Column("Key"),
        Column("Share", right=True),
        Column("Less", keep=2),
        Column("Least", keep=1),
    )
    cells = ("sources.agence.hourly_rate", Cell("50 %", Bar(0.5, width=20)), "y" * 20, "z" * 20)
    block = Table(columns, (Row(cells),))

    def bar_and_heads(width: int) -> tuple[int, list[str]]:
        head, row = shown(block, width=width).splitlines()
        return row.count("━") + row.count("─"), head.split()

    assert bar_and_heads(120) == (20, ["Key", "Share", "Less", "Least"])
    assert bar_and_heads(85)[1] == ["Key", "Share", "Less", "Least"]
    assert 4 <= bar_and_heads(85)[0] < 20
    assert bar_and_heads(80)[1] == ["Key", "Share", "Less"]
    assert bar_and_heads(55) == (20, ["Key", "Share"])


def test_records_where_columns_do_not_fit() -> None:
    """Every cell is there, under its row's first one, by the name of its column; none is cut."""
    key = "options.hybrid.0.colleague.takes.content"
    columns = (Column(""), Column("Key to set"), Column("Today", right=True), Column("Far", keep=1))
    rows = (
        Row(("▸", key, "75 %", "a long way")),
        Row(("", "b", "–", "near")),
    )
    lines = shown(Table(columns, rows), width=44).splitlines()
    assert lines == [
        f"▸ {key}",
        f"    Today:{NBSP}75 % · Far:{NBSP}a long way",
        "b",
        f"    Far:{NBSP}near",
    ]


def test_records_name_a_number_that_comes_first() -> None:
    """A number says nothing by itself."""
    columns = (Column("At least", right=True), Column("Cheapest"))
    lines = shown(Table(columns, (Row(("25 %", "x" * 30)),)), width=35).splitlines()
    assert lines == ["At least: 25 %", "    Cheapest:", f"    {'x' * 30}"]


def test_a_table_can_go_on_below() -> None:
    """Columns without room stand below, beside the first one again, and none twice."""
    columns = (Column("", right=True), *(Column(f"c{n}", right=True) for n in range(9)))
    rows = tuple(Row((f"r{m}", *(f"{m}{n}" * 3 for n in range(9)))) for m in range(2))
    found = shown(Table(columns, rows, goes_on_below=True), width=40)
    words = found.split()
    assert max(map(len, found.splitlines())) <= 40
    assert [word for word in words if word.startswith("c")] == [f"c{n}" for n in range(9)]
    assert words.count("r0") == words.count("r1") == 3
    assert all(f"{m}{n}" * 3 in words for m in range(2) for n in range(9))


WORDS = st.text("abcdefghé社🎉", min_size=1, max_size=9)
TEXTS = st.lists(WORDS, max_size=4).map(" ".join)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of any columns."""
    columns = draw(
        st.lists(
            st.builds(
                Column,
                WORDS,
                right=st.booleans(),
                wraps=st.booleans(),
                keep=st.sampled_from([1, 2, ALWAYS]),
            ),
            min_size=1,
            max_size=7,
        )
    )
    bars = st.builds(Bar, st.floats(0, 1), width=st.integers(1, 20), track=st.booleans())
    cells = st.one_of(TEXTS, st.builds(Cell, WORDS, bars))
    rows = draw(st.lists(st.tuples(*(cells for _ in columns)), min_size=1, max_size=4))
    return Table(tuple(columns), tuple(map(Row, rows)), goes_on_below=draw(st.booleans()))


@given(tables(), st.sampled_from([60, 80, 120]))
@example(Table((Column("a"),), (Row(("b",)),)), 60)
def test_no_table_is_too_wide(block: Table, width: int) -> None:
    """Whatever the columns, lines keep to the width, and what must stay is whole."""
    found = shown(block, width=width)
    assert max(map(cell_len, found.splitlines())) <= width
    words = found.replace(NBSP, " ").split()
    for row in block.rows:
        for column, cell in zip(block.columns, row.cells, strict=True):
            text = cell.text if isinstance(cell, Cell) else cell
            if column.keep == ALWAYS:
                assert all(word in words for word in str(text).split())


def test_a_long_name_stands_above_its_fact() -> None:
    """Where names leave no room beside them, what they are stands below."""
    name = "x" * 50
    assert shown(Facts(((name, "what it is"),)), width=60) == f"{name}\n    what it is\n"
    assert shown(Facts((("x", "what it is"),)), width=60) == "x  what it is\n"


def test_a_title_without_room_in_the_border_is_a_line() -> None:
    """A long title folds inside the panel."""
    title = "word " * 20 + "end"
    found = shown(Panel(title, ("It is so.",)), width=60)
    assert found.splitlines()[0] == f"╭{'─' * 58}╮"
    assert "end" in found
    assert max(map(len, found.splitlines())) <= 60


# Sections and pictures ---------------------------------------------------------------------------


def test_what_is_folded_is_shown_with_the_details() -> None:
    """A terminal leaves it out and says how to see it; documents fold it and say nothing."""
    blocks = (
        Paragraph("Short."),
        Section("More", (Paragraph("Long."),), folded=True),
        Aside("--d"),
    )
    assert shown(*blocks) == "Short.\n\n--d\n"
    assert shown(*blocks, details=True) == "Short.\n\nMore\nLong.\n"
    assert marked(*blocks) == (
        "Short.\n\n<details><summary>More</summary>\n\nLong.\n\n</details>\n"
    )


def test_titles_that_fold_are_html() -> None:
    """There Markdown's signs are no signs, tags and entities are; elsewhere it is both."""
    title = "<img src=x> -66 (a) &commat;b @c"
    fold = Section(title, (Paragraph(title),), folded=True)
    assert marked(fold) == (
        "<details><summary>&lt;img src=x&gt; -66 (a) &amp;commat;b @<!-- -->c</summary>\n\n"
        "\\<img src=x> -66 (a) \\&commat;b @<!-- -->c\n\n</details>\n"
    )


def test_colours_only_add_codes() -> None:
    """Without its codes, a page in colour says the same."""
    blocks = [block for block, _ in BLOCKS.values()]
    blocks += [Paragraph((Span(look.value, look), " ")) for look in Look]
    coloured = shown(*blocks, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == shown(*blocks).split()
    assert "\x1b" not in shown(*blocks)


def test_a_bar_is_as_full_as_its_share() -> None:
    """Full, half, a little, nothing; amounts have no track."""

    def drawn(share: float, *, track: bool = True) -> str:
        block = Table((Column("x"),), (Row((Cell("", Bar(share, width=10, track=track)),)),))
        return shown(block).splitlines()[1]

    assert drawn(1) == "━" * 10
    assert drawn(0.5) == "━" * 5 + "─" * 5
    assert drawn(0.02) == "━" + "─" * 9
    assert drawn(0.001) == drawn(0) == "─" * 10
    assert drawn(0.5, track=False) == "━" * 5
    assert drawn(7) == "━" * 10


def test_a_week_is_cut_in_half_where_room_is_short() -> None:
    """All 168 hours are there, at any width."""
    block = WeekPicture(hours(0, 25, 167), "Week", "Signs")
    for width, days in ((60, 14), (80, 7), (120, 7)):
        found = shown(block, width=width)
        lines = [
            line
            for line in found.splitlines()
            if re.match(r" *(Mon|Tue|Wed|Thu|Fri|Sat|Sun)", line)
        ]
        assert len(lines) == days
        assert found.count("██") == 3
        assert found.count("··") == 165
        assert max(map(len, found.splitlines())) <= width


def test_swings_stand_on_one_scale() -> None:
    """The middle is today; the longest bar fills its half, others are in proportion to it."""
    groups = (
        SwingGroup("one", (Swing("a", 0, 100, 200, "0", "200"),), ("a line",)),
        SwingGroup(
            "two", (Swing("bb", 150, 100, 50, "50", "150"), Swing("c", 100, 100, 101, "", ""))
        ),
    )
    found = shown(Swings(groups, "Cost"))
    assert found.startswith("Cost; █ where it is higher, ░ lower, │ today.\n\none\n  a line\n")
    bars = [line for line in found.splitlines() if line.startswith("    ")]
    assert len({line.index("│") for line in bars}) == 1
    wide, turned, little = bars
    half = wide.count("█")
    assert wide.count("░") == half > 20
    assert turned.count("█") == turned.count("░") == half / 2
    assert turned.index("█") < turned.index("│") < turned.index("░")
    assert little.count("█") == 1
    assert not little.count("░")
    [row] = [line for line in shown(Swings(groups[:1], reach=200)).splitlines() if "│" in line]
    assert row.count("█") == half / 2


def test_two_ends_on_one_side_are_both_seen() -> None:
    """Where both ends are above today's, the nearer one is drawn over the farther one."""
    found = shown(Swings((SwingGroup("x", (Swing("a", 150, 100, 200, "100", "200"),)),)))
    assert re.search("│░+█+", found)


def test_swings_without_room_are_said() -> None:
    """On a very narrow page the amounts are there without a bar."""
    label, amount = "x" * 20, f"1{NBSP}000{NBSP}000{NBSP}€"
    found = shown(Swings((SwingGroup("x", (Swing(label, 1, 2, 3, amount, amount),)),)), width=40)
    assert "│" not in found
    assert found.count(amount) == 2
    assert max(map(len, found.splitlines())) <= 40


@pytest.mark.parametrize(
    "text",
    [
        "37 h of work a week for 28.6 h of people who are there, 12 messages a day and 4 min each",
        "37 h de travail pour 28,6 h disponibles, 12 messages par jour, 4 min chacun, 16 € ou 5 %",
    ],
)
def test_a_number_stays_with_its_unit(text: str) -> None:
    """However narrow the terminal is; what is written has the very spaces of the text."""
    for width in range(12, 90):
        out = io.StringIO()
        Console(file=out, width=width, color_system=None).print(rich_text(text))
        lines = finished(out.getvalue()).splitlines()
        assert " ".join(lines) == text
        assert [line for line in lines if re.search(r"[0-9]$", line)] == []
