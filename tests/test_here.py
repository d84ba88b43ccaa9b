"""Folders of several people in one process: each reads its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from batches import folder, text
from cmsource.analysis.checks.row import Checks
from cmsource.api import compare, load, to_json
from cmsource.cli.batch_job import Job
from cmsource.reading.folders import find_scenarios
from cmsource.reading.here import reading_from
from cmsource.reading.saved_files import Archive
from cmsource.results.rows import Row

COUNTRY = """\
name: Nowhere
currency: EUR
from: 2026-01-01
to: 2026-12-31
as_of: 2026-11-26
source: what I know
confidence: G
facts:
  agency_hourly_rate: {{value: {rate}}}
"""
OFFICE = "cover: mon-fri 09:00-17:00, answer_within: 1 h"


def files(rate: int) -> dict[str, str]:
    """Scenarios that read files of every kind, all of which an hourly rate tells apart."""
    agency = (
        f"sources: {{firm: {{kind: agency, hourly_rate: {rate}}}}}\noptions: {{firm: [firm]}}\n"
    )
    needs = f"needs: {{{OFFICE}, work: {{content: {rate} min/day}}}}\n"
    own = "country: ./own.yaml\nsources: {firm: {kind: agency}}\noptions: {firm: [firm]}\n"
    profile = (
        f"needs: {{{OFFICE}, messages: {{per_week: 50, minutes_each: 5, "
        "profile: {file: profile.csv}}}\n"
    )
    weights = "".join(f"{1 + hour % rate}\n" for hour in range(168))
    return {
        "s/base.yaml": f"country: FR\n{agency}{needs}",
        "s/extends.yaml": "extends: base.yaml\n",
        "s/own.yaml": COUNTRY.format(rate=rate),
        "s/country.yaml": f"{own}{needs}",
        "s/profile.csv": weights,
        "s/profile.yaml": f"country: FR\n{agency}{profile}",
        "s/brands.yaml": f"country: FR\nbrands: {{one: extends.yaml}}\n{agency}",
        "s/missing.yaml": "extends: bas.yaml\n",
    }


def rows(job: Job) -> list[tuple[Row, str]]:
    """All rows of a job."""
    return [job.row(number) for number in range(len(job.files))]


def test_each_reads_from_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two jobs of the same names at the same time give what each gives where it is at home."""
    jobs, alone = [], []
    for rate in (60, 90):
        home = folder(tmp_path / str(rate), files(rate))
        monkeypatch.chdir(home)
        (home / "main.json").write_text(to_json(compare(load("s/extends.yaml"))), encoding="utf-8")
        search = find_scenarios([Path("s")])
        checks = Checks((), (), date(2026, 11, 1), True)
        earlier = Archive(Path("main.json"))
        jobs.append(
            (home, Job(search.files, (), None, checks, earlier, {"s/extends.yaml": 0}, True))
        )
        alone.append(rows(jobs[-1][1]))
        statuses = {Path(row.file).stem: row.status for row, _ in alone[-1]}
        assert statuses.pop("missing") == "invalid"
        assert set(statuses.values()) == {"ok"}, alone[-1]
    assert not any(one == other for one, other in zip(*alone, strict=True) if one[1] != "null")
    folder(tmp_path / "elsewhere", {"s/extends.yaml": text()})
    monkeypatch.chdir(tmp_path / "elsewhere")
    together = Barrier(2)

    def done(home: Path, job: Job) -> list[tuple[Row, str]]:
        with reading_from(home):
            together.wait(60)
            return [rows(job) for _ in range(3)][-1]

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(lambda each: done(*each), jobs)) == alone
