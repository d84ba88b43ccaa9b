"""The examples on the pages of scenarios have an answer, and come to what they expect."""

from pathlib import Path

import pytest

import cmsource
from cmsource.analysis.checks.expectations import failed_expectations
from pages import blocks, called, desk, editions


@pytest.mark.parametrize(
    ("page", "body"),
    [(page, body) for page in editions("scenario.md") for body in blocks(page, "yaml")],
    ids=lambda each: called(each) if isinstance(each, Path) else "",
)
def test_examples_come_to_an_answer(page: Path, body: str) -> None:
    """Whoever copies one sees an option recommended, and none of its expectations failed."""
    with desk():
        (file := Path("scenario.yaml")).write_text(body, encoding="utf-8")
        scenario = cmsource.load(file)
        result = cmsource.compare(scenario)
    assert result.recommended is not None, page
    assert not failed_expectations(result, scenario.expect)
