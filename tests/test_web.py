"""The live page in a real browser, against the command line: nothing in it computes by itself.

Needs the built page (`python web/build.py`), Chromium and Playwright; skipped where one is missing.
"""

import csv
import io
import os
import re
import shutil
import threading
import urllib.parse
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from cmsource.cli.page_server import server
from conftest import Cli

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "web" / "dist"
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOSTILE = "</title><script>top.hacked=1</script><img src=x onerror=top.hacked=1>{{ 7*7 }}"
MONEY = re.compile(r"sources\..*(rate|wage|retainer)")
SHARE = re.compile(r"[01]\.[0-9]{6}")
SHORT = "country: FR\nhours_per_day: 2\n"


def is_current() -> bool:
    """Whether the page was built from the sources as they are."""
    site = BUILT / "site.zip"
    sources = [*(ROOT / "src").rglob("*.*"), *(ROOT / "web" / "page").iterdir()]
    used = [path for path in sources if path.suffix != ".pyc"]
    return site.exists() and site.stat().st_mtime > max(path.stat().st_mtime for path in used)


playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium"),
    pytest.mark.skipif(
        not is_current(), reason="`python web/build.py` was not run since the last change"
    ),
]


class Browser:
    """The page in a browser, and all that it asked for."""

    def __init__(self, page: Any, address: str) -> None:  # noqa: ANN401 - Playwright's
        self.page = page
        self.address = address
        self.opened = 0
        self.asked: list[str] = []
        self.said: list[str] = []
        page.context.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))

    def open(self, text: str, language: str = "en", **moves: str) -> None:
        """Show a scenario, as a link to it would."""
        flags = [("set", f"{path}={value}") for path, value in moves.items()]
        # The page hears of a new address only: what it does not know makes each one new.
        self.opened += 1
        new = ("opened", self.opened)
        kept = urllib.parse.urlencode([("lang", language), ("scenario", text), *flags, new])
        if self.page.url.startswith(self.address):
            with self:
                self.page.evaluate("where => { location.hash = where }", kept)
        else:
            self.page.goto(f"{self.address}#{kept}")
            self.page.wait_for_selector("body[data-ready]", state="attached", timeout=120_000)

    def __enter__(self) -> None:
        """Wait, when this is left, until what is done in it is shown."""
        self.shown = int(self.page.locator("body").get_attribute("data-shown"))

    def __exit__(self, *_: object) -> None:
        newer = f"body[data-shown='{self.shown + 1}']"
        self.page.wait_for_selector(newer, state="attached", timeout=60_000)

    def slide(self, path: str, steps: int) -> str:
        """Move a slider as keys move it; what it says then, as after ``--set``."""
        self.page.locator("#sliders details").evaluate_all("all => all.forEach(e => e.open = true)")
        slider = self.page.locator(f'input[type=range][data-path="{path}"]')
        slider.focus()
        for _ in range(steps):
            with self:
                slider.press("ArrowRight")
        moved: list[str] = self.page.locator("#moves code").all_inner_texts()
        return next(each for each in moved if each.startswith(f"{path}="))

    def saved(self, form: str) -> str:
        """A file that the page gives."""
        with self.page.expect_download() as download:
            self.page.click(f"[data-save={form}]")
        return Path(download.value.path()).read_text("utf-8")

    @property
    def report(self) -> Any:  # noqa: ANN401 - Playwright's
        """What is in the frame."""
        return self.page.frame_locator("#report")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The page, opened once."""
    serving = server(BUILT, 0)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    # Chromium's sandbox needs a user other than root, as CI often is.
    options = [] if os.getuid() else ["--no-sandbox"]
    with serving, playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=options)
        page = chromium.new_context(accept_downloads=True).new_page()
        yield Browser(page, f"http://127.0.0.1:{serving.server_port}/")
        chromium.close()
        serving.shutdown()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the command line runs, and the file that it reads."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "scenario.yaml"


def totals(rows: str) -> dict[str, str]:
    """The total of each option, to the cent."""
    return {row["option"]: row["total"] for row in csv.DictReader(io.StringIO(rows))}


def assert_same(shown: str, printed: str) -> None:
    """The same rows: money to the cent and words as they are.

    Shares of time are iterated with the machine's own exponentials, and may differ a little.
    """
    for mine, theirs in zip(
        csv.reader(io.StringIO(shown)), csv.reader(io.StringIO(printed)), strict=True
    ):
        for cell, other in zip(mine, theirs, strict=True):
            if SHARE.fullmatch(other):
                assert float(cell) == pytest.approx(float(other), abs=1e-4)
            else:
                assert cell == other


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_sliders_show_what_set_prints(browser: Browser, cli: Cli, desk: Path, path: Path) -> None:
    """Totals to the cent, and the report byte for byte, of every example and one moved input."""
    text = path.read_text("utf-8")
    desk.write_text(text, encoding="utf-8")
    browser.open(text)
    line = ("compare", "scenario.yaml", "--lang=en", "--sort=rank", "--format=csv")
    plain = cli(*line).out
    assert_same(browser.saved("csv"), plain)
    ranges = browser.page.locator("#sliders input[type=range]")
    paths = ranges.evaluate_all("all => all.map(each => each.dataset.path)")
    for money in (each for each in paths if MONEY.fullmatch(each)):
        flag = browser.slide(money, 3)
        moved = cli(*line, f"--set={flag}").out
        assert_same(browser.saved("csv"), moved)
        if totals(moved) != totals(plain):
            break
        with browser:  # nobody is paid that
            browser.page.click("#all-back")
    assert totals(moved) != totals(plain)
    html = cli("compare", "scenario.yaml", f"--set={flag}", "--lang=en", "--format=html").out
    assert browser.saved("html") == html
    frame = browser.report.locator("h1").inner_text()
    title = unescape(re.sub("<[^>]+>", "", re.findall("<h1>(.*?)</h1>", html)[0]))
    assert frame.split() == title.split()


def test_the_form_writes_the_short_form(browser: Browser, cli: Cli, desk: Path) -> None:
    """What is filled in is what the text says, and the totals are those of that text."""
    browser.open(SHORT)
    page = browser.page
    for key, value in {
        "hours_per_day": "3",
        "cover": "mon-sat 09:00-19:00",
        "agency_rate": "82.50",
    }.items():
        with browser:
            page.fill(f"#form [name={key}]", value)
            page.press(f"#form [name={key}]", "Tab")
    with browser:
        page.select_option("#form [name=country]", "BE")
    text = "country: BE\nhours_per_day: 3\ncover: mon-sat 09:00-19:00\nagency_rate: 82.50\n"
    assert page.input_value("#text") == text
    desk.write_text(text, encoding="utf-8")
    printed = cli("compare", "scenario.yaml", "--lang=en", "--format=csv", "--sort=rank").out
    assert browser.saved("csv") == printed
    assert browser.saved("yaml") == text


def test_a_value_is_typed(browser: Browser, cli: Cli, desk: Path) -> None:
    """Beyond the slider, as people write it; its button puts it back."""
    browser.open(SHORT)
    desk.write_text(SHORT, encoding="utf-8")
    box = browser.page.locator('input[type=text][data-path="sources.agency.hourly_rate"]')
    browser.page.locator("#sliders details").evaluate_all("all => all.forEach(e => e.open = true)")
    with browser:
        box.fill("412,50 €/h")
        box.press("Tab")
    line = ("compare", "scenario.yaml", "--lang=en", "--format=csv", "--sort=rank")
    assert browser.saved("csv") == cli(*line, "--set=sources.agency.hourly_rate=412,50 €/h").out
    with browser:
        browser.page.click("#moves li button")
    assert browser.saved("csv") == cli(*line).out


def test_an_error_has_its_place(browser: Browser) -> None:
    """The diagnostic of the command line; its button selects what it is about."""
    browser.open("name: 😀 shop\ncountry: FR\nhours_per_day: soon\n")
    assert "scenario.yaml:3:16" in browser.page.inner_text("#problems pre")
    browser.page.click("#problems button")
    chosen = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    assert browser.page.locator("#text").evaluate(chosen) in ("soon", "s")
    with browser:
        browser.page.fill("#text", SHORT)
    assert browser.page.locator("#problems pre").count() == 0


def test_both_languages(browser: Browser) -> None:
    """All around the report, and the report."""
    browser.open(SHORT)
    with browser:
        browser.page.click("[data-language=fr]")
    assert browser.page.get_attribute("html", "lang") == "fr"
    assert browser.page.inner_text("#form h2") == "Votre cas"
    assert browser.report.locator("html").get_attribute("lang") == "fr"
    assert "lang=fr" in browser.page.url


def test_the_address_holds_everything(browser: Browser) -> None:
    """Whoever opens the link sees the same."""
    browser.open(SHORT)
    browser.slide("needs.messages.per_week", 2)
    told = browser.saved("html")
    address = browser.page.url
    browser.page.goto("about:blank")
    browser.page.goto(address)
    browser.page.wait_for_selector("body[data-ready]", state="attached", timeout=120_000)
    assert browser.saved("html") == told


def test_hostile_names_are_names(browser: Browser) -> None:
    """In the report, in the sliders, in what is wrong and in the address."""
    name = HOSTILE.replace(".", "")
    source = "{kind: agency, hourly_rate: 70}"
    text = (
        f"country: FR\nname: '{HOSTILE}'\nneeds: {{cover: 24/7, work: {{'{name}': 5 h/week}}}}\n"
        f"sources: {{'{name[:60].strip()}': {source}}}\n"
        f"options: {{'{name[:60].strip()}': ['{name[:60].strip()}']}}\n"
    )
    browser.said.clear()
    browser.open(text)
    browser.open(f"country: FR\n'{HOSTILE}': 1\n")
    assert browser.page.evaluate("window.hacked === undefined")
    assert browser.report.locator("script, img").count() == 0
    assert browser.page.locator("#controls script, #controls img").count() == 0
    assert not [each for each in browser.said if "hacked" in each]


def test_nothing_leaves(browser: Browser) -> None:
    """All that was asked for in all of the tests are files of the page itself."""
    own = {path.relative_to(BUILT).as_posix() for path in BUILT.rglob("*") if path.is_file()}
    network = [each for each in browser.asked if not each.startswith(("blob:", "data:", "about:"))]
    assert network
    for each in network:
        assert each.startswith(browser.address)
        assert (each.removeprefix(browser.address) or "index.html") in own
