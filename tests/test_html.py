"""Reports as pages: whole by themselves, well formed, and harmless whatever is in them."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import cmsource
from cmsource.reports.blocks import Look
from cmsource.reports.breakeven_words import Words
from cmsource.reports.charts import breakeven_lines, costs, cover, cursor_curve, steps
from cmsource.values.money import style_for
from conftest import Cli

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
SHOP = Path(__file__).parents[1] / "scenarios" / "boutique-24-7.yaml"
QUICK = SHOP.with_name("quick.yaml")
VOID = {"meta", "link", "br", "img", "hr", "input"}
DRAWN = {"rect", "line", "circle", "polyline"}
COMMANDS = (
    ["compare"],
    ["explain"],
    ["coverage"],
    ["cursor"],
    ["breakeven", "--on", "sources.agence.hourly_rate"],
    ["price", "agency"],
    ["best", "--effort", "1", "--vary", "headcount"],
    ["sensitivity"],
    ["batch"],
    ["report"],
)
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"


class Reader(HTMLParser):
    """A strict reader: every element is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of SVG that holds nothing."""
        assert tag in DRAWN | VOID
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """An element ends: the last that began."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """What it says."""
        if self.open and self.open[-1] not in ("style", "script"):
            self.said.append(data)

    def named(self, *tags: str) -> list[tuple[str, dict[str, str | None]]]:
        """All elements of some names."""
        return [each for each in self.elements if each[0] in tags]


def page(cli: Cli, *arguments: str | Path) -> tuple[str, Reader]:
    """What a command writes as a page."""
    name, *rest = arguments
    form = () if name == "report" else ("--format", "html")
    ran = cli(name, *rest, *form)
    assert ran.status == 0, ran.err
    return ran.out, Reader(ran.out)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_whole(cli: Cli, command: list[str], language: str) -> None:
    """Light, without scripts or anything from elsewhere; headings, languages, table headers."""
    name, *more = command
    text, found = page(cli, name, SHOP, *more, "--lang", language)
    assert len(text.encode()) < 300_000
    assert not found.named("script", "link", "img", "iframe", "object")
    for _, attributes in found.elements:
        assert not {"src", "href", "srcset", "style"}.intersection(attributes) or (
            "style" in attributes and "url(" not in (attributes["style"] or "")
        )
    assert "@import" not in text
    assert "url(" not in text
    assert dict(found.named("html"))["html"]["lang"] == language
    assert len(found.named("title")) >= 1
    levels = [int(tag[1]) for tag, _ in found.named("h1", "h2", "h3")]
    assert not levels or levels[0] == 1 or 1 not in levels
    assert all(each.get("scope") in ("col", "row") for _, each in found.named("th"))
    charts = [each for tag, each in found.named("svg")]
    assert all(each.get("role") == "img" and each.get("aria-label") for each in charts)


def test_the_answer_and_every_option_are_there(cli: Cli) -> None:
    """The same figures as in the terminal's table."""
    result = cmsource.compare(cmsource.load(SHOP))
    _, found = page(cli, "compare", SHOP)
    said = " ".join(found.said)
    for option in result.options.values():
        assert option.label in said
        assert f"€{float(option.total):,.0f}" in said
    assert len(found.named("svg")) == 2


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_example_has_a_story(cli: Cli, path: Path) -> None:
    """One page with its answer, its week, what moves it, and its ledger."""
    text, found = page(cli, "report", path)
    assert len(text.encode()) < 300_000
    assert found.named("details")


def test_hostile_names_stay_inert(cli: Cli, tmp_path: Path) -> None:
    """Whatever a name is, it is text."""
    file = tmp_path / "x.yaml"
    label = HOSTILE.replace("'", "''")
    file.write_text(
        f"country: FR\nname: '{label}'\nneeds: {{cover: 24/7}}\n"
        f"sources:\n  a: {{kind: agency, label: '{label}', hourly_rate: 75, on_duty: 24/7}}\n"
        f"options:\n  o: {{label: '{label}', phases: [{{sources: [a]}}]}}\n"
    )
    for command in ("compare", "explain", "coverage", "report"):
        text, found = page(cli, command, file)
        assert "<script" not in text
        assert not found.named("img", "script")
        assert "{{ 7*7 }}" in " ".join(found.said)


def test_code_is_code(cli: Cli) -> None:
    """What messages have between backticks, keys and commands, is set as code."""
    text, _ = page(cli, "compare", QUICK)
    assert "<code>require</code> says otherwise" in text
    assert "`" not in text


def test_paper(cli: Cli) -> None:
    """A4, and what is folded on a screen is printed."""
    text, _ = page(cli, "compare", SHOP)
    assert "@page{size:A4" in text
    assert "prefers-color-scheme:dark" in text


def test_costs_as_stacks() -> None:
    """The parts of each stack are its categories, on the scale of the longest."""
    result = cmsource.compare(cmsource.load(SHOP))
    chart = costs(result)
    totals = {o.label: sum(map(float, o.by_category.values())) for o in result.options.values()}
    most = max(totals.values())
    for stack in chart.stacks:
        width = sum(part.share for part in stack.parts)
        assert width == pytest.approx(totals[stack.label] / most)
    assert max(sum(part.share for part in stack.parts) for stack in chart.stacks) <= 1 + 1e-9


def test_cost_against_cover() -> None:
    """Nothing on the frontier is dearer and covers less than something else."""
    result = cmsource.compare(cmsource.load(SHOP))
    chart = cover(result)
    assert chart is not None
    [frontier] = chart.series
    assert [x for x, _ in frontier.points] == sorted(x for x, _ in frontier.points)
    assert [y for _, y in frontier.points] == sorted(y for _, y in frontier.points)
    for dot in chart.dots:
        assert any(x <= dot.x + 1e-12 and y >= dot.y - 1e-12 for x, y in frontier.points)
    assert chart.limit is not None
    assert chart.limit.at == 0.9


def test_two_lines_meet_at_the_break_even(cli: Cli) -> None:
    """Of the option that is cheaper before and of the one that is after it."""
    path = "sources.agence.hourly_rate"
    result = cmsource.breakeven(cmsource.load(SHOP), on=path)
    [found] = result.found
    assert found.crossings
    for crossing in found.crossings:
        [(one, other)] = [(a, b) for at, a, b in found.measured if at == crossing.at]
        assert one == pytest.approx(other, rel=1e-3)
    chart = breakeven_lines(found, Words(result))
    assert chart is not None
    assert [line.label for line in chart.series] == ["hybrid", "agency"]
    _, drawn = page(cli, "breakeven", SHOP, "--on", path)
    assert len(drawn.named("polyline")) == 2


def test_the_curve_of_the_cursor() -> None:
    """A dot a step: where it is on the axis of hours, and what it costs."""
    found = cmsource.cursor(cmsource.load(SHOP))
    chart = cursor_curve(found, style_for("EUR"))
    assert len(chart.dots) == len(found.steps)
    most = max(step.hours for step in found.steps)
    for dot, step in zip(chart.dots, found.steps, strict=True):
        assert dot.x == pytest.approx(step.hours / most)
        assert (dot.look == "bad") != step.eligible
    dearest = max(found.steps, key=lambda step: step.total_cents)
    cheapest = min(found.steps, key=lambda step: step.total_cents)
    heights = {id(step): dot.y for dot, step in zip(chart.dots, found.steps, strict=True)}
    ratio = heights[id(cheapest)] / heights[id(dearest)]
    assert ratio == pytest.approx(cheapest.total_cents / dearest.total_cents)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (100.0, [0, 25, 50, 75, 100]),
        (660_000.0, [0, 200_000, 400_000, 600_000]),
        (7.0, [0, 2, 4, 6]),
        (0.0, [0]),
    ],
)
def test_round_steps(most: float, expected: list[float]) -> None:
    """One, two, two and a half or five times a power of ten, about four of them."""
    assert list(steps(most)) == expected


def test_a_story_as_markdown(cli: Cli) -> None:
    """The same chapters, without pictures that Markdown cannot draw."""
    ran = cli("report", SHOP, "--format", "markdown")
    assert ran.status == 0
    assert re.search(r"^### The ledger$", ran.out, re.MULTILINE)
    assert "svg" not in ran.out


def test_a_french_page_is_french_to_its_titles(cli: Cli) -> None:
    """What stands on a chart's parts and dots, and no flag for a reader who has no program."""
    page = cli("report", str(QUICK), "--lang", "fr").out
    titles = re.findall(r"<title>([^<]*)</title>", page)
    assert any(each.startswith("embauche\N{NO-BREAK SPACE}: 96") for each in titles)
    assert any(each.startswith("honoraires\N{NO-BREAK SPACE}: ") for each in titles)
    assert not any("€1" in each or "€9" in each for each in titles)
    assert "--top" not in page


def test_a_look_moves_nothing(cli: Cli) -> None:
    """Cells, texts and dots have the name of their look as a class: no rule lays them out."""
    page = cli("report", str(QUICK), "--lang", "en").out
    looks = "|".join(Look)
    rules = re.findall(rf"[^}}]*\.(?:{looks})\s*{{([^}}]*)}}", page)
    assert rules
    assert not [rule for rule in rules if re.search("display|position|width|height", rule)]


def test_legends_speak_of_what_is_shown(cli: Cli) -> None:
    """Colours in the place of the signs of terminals, and a key to both colours of bars."""
    page = cli("report", str(QUICK), "--lang", "en").out
    assert not re.search("[░▒▓█]", page)
    assert re.search('<i class="swatch"><i style="opacity:0.1[78]"></i></i> up to a quarter', page)
    assert '<i class="higher"></i>where it is higher' in page
    assert '<i class="lower"></i>where it is lower' in page
