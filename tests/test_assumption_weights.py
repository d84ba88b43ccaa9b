"""The order of assumptions: those that move the answer first."""

from cmsource.model.assumption_weights import to_find_out
from cmsource.reports.compare import CompareReport
from strategies import Data, agency, compared, employee, scenario


def order(data: Data) -> list[str]:
    """The paths of the assumptions of a scenario, in their order."""
    return [each.path for each in compared(data, details=False).assumptions]


def without(source: Data, *keys: str) -> Data:
    """A source that leaves some keys to be assumed."""
    return {key: value for key, value in source.items() if key not in keys}


def test_the_duty_of_an_agency_comes_first_where_it_decides() -> None:
    """No money rests on it, but the agency does the job only because it watches round the clock."""
    sources = {"hire": without(employee(), "management"), "a": without(agency(), "on_duty")}
    data = scenario(sources, cover="24/7", require={"watched": "90%"})
    assert order(data)[0] == "sources.a.on_duty"
    data["require"] = {"work_done": "90%"}
    assert order(data)[0] != "sources.a.on_duty"


def test_so_does_the_duty_with_which_a_cheaper_one_would_win() -> None:
    """The cheap agency lacks nothing but the hours that it is taken to watch."""
    dear, cheap = agency(hourly_rate=90), without(agency(hourly_rate=60), "service_level")
    cheap["on_duty"] = "mon-fri 09:00-18:00"
    sources = {"dear": dear, "cheap": cheap}
    data = scenario(sources, cover="24/7", require={"watched": "90%"})
    assert "sources.cheap.on_duty" not in order(data)
    del sources["cheap"]["on_duty"]
    sources["cheap"]["service_level"] = "80%"
    data = scenario(sources, cover="24/7", require={"watched": "90%"})
    assert order(data)[0] == "sources.cheap.on_duty"


def test_a_watch_that_costs_nothing_comes_first_where_it_decides() -> None:
    """Nobody said that nights are free; said, or paid for, it is no assumption."""
    data = scenario({"hire": employee(), "a": agency()}, cover="24/7", require={"watched": "90%"})
    assert order(data)[0] == "sources.a.watch"
    for said in ({"watch": 0}, {"watch": "500/month"}, {"included": "all"}, {"after_hours": 1.5}):
        data["sources"]["a"] = agency(**said)
        assert "sources.a.watch" not in order(data)
    # Sixty hours a week are no watch.
    data["sources"]["a"] = agency(on_duty="mon-fri 08:00-20:00")
    assert "sources.a.watch" not in order(data)
    data["sources"]["a"] = agency(on_duty="mon-fri 08:00-20:01")
    assert "sources.a.watch" in order(data)


def test_being_on_call_that_costs_nothing_comes_first_where_it_decides() -> None:
    """It watches at weekends for nothing but its call-outs; said, or with a watch, it is asked."""
    weekends = {"hours": "sat-sun 00:00-24:00", "per_call_out": 80, "call_out": 0}
    weekdays = "mon-fri 09:00-17:00"
    data = scenario(
        {"hire": employee(), "a": agency(on_duty=weekdays, on_call=weekends)},
        cover="24/7",
        require={"watched": "50%"},
    )
    assert order(data)[0] == "sources.a.on_call.pay"
    data["sources"]["a"]["watch"] = "90/weekend"
    data["sources"]["a"]["on_duty"] = "sat 08:00-09:00, " + weekdays
    data["sources"]["a"]["on_call"] = {**weekends, "hours": "sun 00:00-24:00"}
    assert "sources.a.on_call.pay" not in order(data)
    data["require"] = "none"
    data["sources"] = {"a": agency(on_duty=weekdays, on_call=weekends)}
    data["options"] = {"a": ["a"]}
    assert found_out(data) == "sources.a.on_call.pay"


def test_the_hours_of_a_retainer_come_first() -> None:
    """100 a month at 75 an hour are one and a third; on the wage rests far more money."""
    firm = without(agency(retainer=100), "included") | {"hourly_rate": 75}
    sources = {"hire": without(employee(), "hourly_wage"), "a": firm}
    data = scenario(sources, work={"content": "1 h/week"}, require={"work_done": "90%"})
    first = compared(data, details=False).assumptions[0]
    assert (first.path, first.value) == ("sources.a.included", "1.333333 h/month")
    assert first.confidence == "G"
    sources["a"]["included"] = "all"
    data = scenario(sources, work={"content": "1 h/week"}, require={"work_done": "90%"})
    assert order(data)[0] == "sources.hire.hourly_wage"
    assert "sources.a.included" not in order(data)


def test_a_retainer_of_a_coach_buys_no_hours() -> None:
    """Who trains and does no work may be asked for much, but not for hours of it."""
    trainer = {"kind": "coach", "retainer": 500, "day_rate": 900}
    data = scenario({"hire": employee(), "c": trainer}, options={"both": ["hire", "c"]})
    assert order(data)[0] != "sources.c.included"
    trainer["max_hours"] = "3 h/week"
    assert order(data)[0] == "sources.c.included"


def found_out(data: Data) -> str | None:
    """What `compare` says to find out."""
    result = compared(data, details=False)
    first = to_find_out(result)
    shown = "Find out" in str(list(CompareReport([result]).blocks()))
    assert shown == (first is not None)
    return None if first is None else first.path


def test_nothing_is_to_be_found_out_where_nothing_rests_on_it() -> None:
    """Twelve posts at 60, whatever an hour may cost and whoever insures the people of the firm."""
    by_the_piece = {"kind": "agency", "per_post": 60}
    posts = {"posts": {"per_month": 12, "hours_each": 1}}
    data = scenario({"a": by_the_piece}, work=posts, require="none")
    assert "sources.a.hourly_rate" in order(data)
    assert found_out(data) is None
    data["sources"]["a"] = {"kind": "agency"}
    assert found_out(data) == "sources.a.hourly_rate"


def test_a_watch_that_costs_nothing_is_found_out_where_nothing_else_is() -> None:
    """No requirement and no money rests on it; an agency that is there all night asks for some."""
    data = scenario({"a": agency()}, cover="24/7", require="none")
    assert found_out(data) == "sources.a.watch"
    data["sources"]["a"] = agency(watch=0)
    assert found_out(data) is None


def test_an_assumed_requirement_comes_first_where_it_decides() -> None:
    """Half of the work for a seventh of the money would be taken, were nothing asked for."""
    part = employee(hours="10 h/week", on_duty="mon-fri 09:00-11:00")
    data = scenario({"part": part, "all": agency(watch=0)}, work={"content": "20 h/week"})
    del data["require"]
    assert order(data)[0] == "require.work_done"
    data["options"] = {"all": ["all"]}
    assert order(data)[-1] == "require.work_done"


def test_money_counts_where_the_answer_is() -> None:
    """On the dearest option of three rests more money than on the other two, and no answer."""
    sources = {
        "a": without(agency(), "coordination"),
        "b": without(employee(), "management"),
        "c": without(employee(hourly_wage=400), "recruitment", "charges", "management"),
    }
    data = scenario(sources)
    found = order(data)
    assert found.index("sources.b.management") < found.index("sources.c.recruitment")
    assert found.index("sources.b.management") < found.index("sources.c.charges")
