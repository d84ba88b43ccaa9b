"""Interns: paid by the months they are there, and what the law says of filling a post with them."""

from decimal import Decimal

import pytest

import cmsource
from cmsource.reports.compare import CompareReport
from cmsource.writers import terminal
from cmsource.writers.formats import Format, written
from cmsource.writers.page import Page
from strategies import Data, agency, colleague, compared, employee, intern, only_option, scenario

ARTICLE = "an intern may not fill a permanent post: Code de l'éducation L124-7"


@pytest.mark.parametrize(
    ("horizon", "placement", "gap", "months"),
    [
        (6, 6, 2, 6),  # 4,095.00
        (7, 6, 2, 6),
        (9, 6, 2, 7),
        (12, 6, 1, 11),  # 0 to 6, 7 to 12
        (12, 6, 2, 10),  # 0 to 6, 8 to 12
        (24, 6, 2, 18),
        (24, 6, 1, 21),  # 0 to 6, 7 to 13, 14 to 20, 21 to 24
        (24, 5, 0, 24),
        (30, 4, 8, 12),  # 0 to 4, 12 to 16, 24 to 28
    ],
)
def test_interns_are_paid_for_their_months(
    horizon: int, placement: int, gap: int, months: int
) -> None:
    """4.50 an hour, 35 h a week: 682.50 a month; the tutor's hour a week at 12 is 52 a month."""
    person = intern(placement=placement, gap=gap, tutoring="1 h/week")
    option = only_option(scenario({"stage": person}, horizon=horizon, own_time=12))
    assert option.by_category == {
        "pay": Decimal("682.50") * months,
        "own time": Decimal(52) * months,
    }


def test_interns_who_begin_later() -> None:
    """In the second phase and on into the third: their own months count."""
    phases = [
        {"months": 5, "sources": ["cm"]},
        {"months": 4, "sources": ["stage"]},
        {"sources": ["stage", "cm"]},
    ]
    sources = {"cm": employee(), "stage": intern(gap=2)}
    option = only_option(scenario(sources, {"a": {"phases": phases}}, horizon=18))
    # 5 to 11 and 13 to 18.
    assert option.by_source["stage"] == Decimal("682.50") * 11


def test_charges_follow_the_months() -> None:
    """What exceeds 4.50 bears the same charges a month, in ten of twelve months."""

    def charges(gap: int) -> Decimal:
        person = intern(gratification=6, gap=gap)
        return only_option(scenario({"stage": person})).by_category["employer charges"]

    assert charges(2) == pytest.approx(charges(0) * 10 / 12, abs=Decimal("0.01"))


def test_what_is_filled_in() -> None:
    """The law's gap, and a tutor's time above nothing, each as an assumption."""
    result = cmsource.compare(cmsource.loads("country: FR\n"))
    listed = {each.path: each for each in result.assumptions}
    gap, tutoring = listed["sources.intern.gap"], listed["sources.intern.tutoring"]
    assert (gap.value, gap.confidence) == ("2 months", "O2")
    assert "L124-11" in gap.source
    assert (tutoring.value, tutoring.confidence) == ("2 h/week", "G")


LAWFUL = {"sources": ["stage"], "lawful": "yes"}
LAWFUL_SOURCE = [{"stage": {"lawful": "yes"}}]
PHASED = {"phases": [{"months": 6, "sources": ["cm", "stage"]}, {"sources": ["stage"]}]}


@pytest.mark.parametrize(
    ("option", "forbidden"),
    [
        (["stage"], True),
        (["stage", "firm"], True),
        (PHASED, True),
        ({**PHASED, "lawful": "oui"}, False),
        (LAWFUL, False),
        ({**LAWFUL, "lawful": True}, False),
        ({**LAWFUL, "lawful": "no"}, True),
        (LAWFUL_SOURCE, False),
        (["stage", "marie"], False),
        (["cm", "stage"], False),
        (["firm"], False),
    ],
)
def test_interns_in_a_permanent_post(option: object, *, forbidden: bool) -> None:
    """Alone, or with an agency, in any phase; not beside somebody of the company."""
    sources: dict[str, Data] = {
        "stage": intern(gratification=20), "firm": agency(), "marie": colleague(), "cm": employee()
    }  # fmt: skip
    data = scenario(sources, {"a": option, "b": ["firm"]})
    result = compared(data, details=False).options["a"]
    assert result.forbidden == (ARTICLE if forbidden else "")
    assert result.eligible is not forbidden
    assert result.total > 0
    elsewhere = compared({**data, "country": "CA-QC"}, details=False).options["a"]
    assert elsewhere.forbidden == ""


def test_what_the_law_forbids_is_shown_and_never_recommended() -> None:
    """The cheapest option by far; with `lawful: yes` it is the one to take."""
    data = scenario({"stage": intern(), "cm": employee()}, {"interns": ["stage"], "hire": ["cm"]})
    result = compared(data)
    assert result.options["interns"].total < result.options["hire"].total
    assert result.recommended == "hire"
    assert "the only one of 2" in terminal.write(CompareReport([result]), Page(width=200))
    text = " ".join(terminal.write(CompareReport([result]), Page(width=200)).split())
    assert f"interns the law ({ARTICLE})" in text
    assert result.reason.startswith("It is the only one of 2 options that the law allows: ")
    assert result.advice[0] == "Choose hire, the only one of 2 options that the law allows."
    data["options"]["interns"] = {"sources": ["stage"], "lawful": "yes"}
    assert compared(data).recommended == "interns"


def test_nothing_but_what_the_law_forbids() -> None:
    """None is recommended, and the reason names the article; so does a saved result."""
    result = compared(scenario({"stage": intern()}))
    assert result.recommended is None
    assert ARTICLE in result.reason
    assert result.advice[-1] == f"stage would do if the law allowed it ({ARTICLE})."
    saved = written(CompareReport([result]), Format.JSON, Page())
    again = cmsource.from_json(saved)
    assert again.options["stage"].forbidden == ARTICLE
    assert again.options["stage"].requirements == result.options["stage"].requirements


def test_nothing_said_recommends_no_interns() -> None:
    """The shortest scenario there is: interns are cheaper than the hire that is recommended."""
    result = cmsource.compare(cmsource.loads("{}"))
    assert result.options["intern"].total < result.options["hire"].total
    assert result.recommended == "hire"
    assert result.options["intern"].forbidden == ARTICLE
