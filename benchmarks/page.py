"""The live page in Chromium: until it is ready, and what a step of a slider takes.

    python benchmarks/page.py [--runs 3] [--steps 15]

Prints medians beside their budgets: 15 s from the address to the first report, of a browser that
has nothing of the page yet, and 150 ms from the move of a slider to the report with it. It needs
the built page (`python web/build.py`), Chromium and Playwright. The exit status is 1 when a budget
is missed.
"""

import argparse
import os
import shutil
import statistics
import sys
import threading
import urllib.parse
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from budgets import Budget, Verdicts
from cmsource.cli.page_server import server

ROOT = Path(__file__).resolve().parent.parent
READY, STEP = 15_000, 150
"""Milliseconds."""
BUDGET = Budget(1)
CASES = {
    "short form": ("country: FR\nhours_per_day: 2\n", "needs.messages.per_week"),
    "boutique-24-7": (
        (ROOT / "scenarios" / "boutique-24-7.yaml").read_text("utf-8"),
        "sources.agence.hourly_rate",
    ),
}
"""The scenario of each case, and the input that is moved."""


def measured(page: Any, address: str, path: str, steps: int) -> tuple[int, list[int]]:  # noqa: ANN401
    """Milliseconds until the page was ready, and those of each step."""
    page.goto(address)
    page.wait_for_selector("body[data-ready]", state="attached", timeout=120_000)
    body = page.locator("body")
    ready = int(body.get_attribute("data-ready"))
    page.locator("#sliders details").evaluate_all("all => all.forEach(e => e.open = true)")
    slider = page.locator(f'input[type=range][data-path="{path}"]')
    slider.focus()
    times = []
    for step in range(steps):
        shown = int(body.get_attribute("data-shown"))
        slider.press("ArrowRight" if step % 10 < 5 else "ArrowLeft")
        page.wait_for_selector(f"body[data-shown='{shown + 1}']", state="attached")
        times.append(int(body.get_attribute("data-step")))
    return ready, times


def main() -> int:
    """Measure each case and print its times beside the budgets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--steps", type=int, default=15)
    chosen = parser.parse_args()
    serving = server(ROOT / "web" / "dist", 0)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    verdicts = Verdicts(width=24)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    options = [] if os.getuid() else ["--no-sandbox"]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=options)
        for name, (text, path) in CASES.items():
            kept = urllib.parse.urlencode({"lang": "en", "scenario": text})
            address = f"http://127.0.0.1:{serving.server_port}/#{kept}"
            ready, steps = [], []
            for _ in range(chosen.runs):
                page = browser.new_context().new_page()  # with an empty cache
                first, times = measured(page, address, path, chosen.steps)
                ready.append(first)
                steps += times
                page.context.close()
            middle = statistics.median(ready)
            verdicts.show(f"{name}: ready", middle / READY, BUDGET, f"{middle:.0f} ms")
            middle = statistics.median(steps)
            verdicts.show(f"{name}: slider", middle / STEP, BUDGET, f"{middle:.0f} ms")
        browser.close()
    serving.shutdown()
    return verdicts.status()


if __name__ == "__main__":
    sys.exit(main())
