"""The examples on the pages of scenarios have an answer, and come to what they expect."""

from pathlib import Path

import pytest

import cmsource
from cmsource.analysis.checks.expectations import failed_expectations
from pages import blocks, called, desk, editions


def answer(body: str) -> cmsource.Comparison:
    """What an example comes to, in a folder with the files that pages speak of."""
    with desk():
        (file := Path("scenario.yaml")).write_text(body, encoding="utf-8")
        return cmsource.compare(cmsource.load(file))


@pytest.mark.parametrize(
    ("english", "french"),
    list(zip(*(blocks(page, "yaml") for page in editions("scenario.md")), strict=True)),
    ids=lambda _: "",
)
def test_examples_are_the_same_cases_in_both_languages(english: str, french: str) -> None:
    """Words and names differ; what each option costs and whether it will do does not."""
    told = [
        sorted((each.total, each.eligible) for each in answer(body).options.values())
        for body in (english, french)
    ]
    assert told[0] == told[1]


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
