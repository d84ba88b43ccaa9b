"""The short form: what each of its keys stands for, and every default that it fills in."""

import pytest

import cmsource
from cmsource.scenario.employment import Employment
from cmsource.scenario.kinds.agency import Agency
from cmsource.scenario.kinds.coach import Coach
from cmsource.scenario.kinds.freelancer import Freelancer
from cmsource.scenario.options import Option
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.shortform import ShortForm
from cmsource.scenario.source import Source
from cmsource.values.quantities import Hours, PriceTag
from cmsource.values.week_reader import parse_week
from cmsource.writers.yaml import to_yaml
from readings import codes, findings, marked, only, read, scenario, where, wrong

SHORT = """\
country: FR
hourly_wage: 16.50
agency_rate: 75/h
hours_per_day: 2
cover: 24/7
tools: 549/month
"""
OFFICE = parse_week("mon-fri 09:00-12:30 13:30-17:00")


@pytest.fixture(scope="module")
def short() -> Scenario:
    """The short form as the format's own example writes it."""
    return scenario(SHORT)


def members(scenario: Scenario, option: str) -> list[list[Source]]:
    """The sources of each phase of an option."""
    found: Option = next(each for each in scenario.options if each.name == option)
    return [list(phase.sources) for phase in found.phases]


def names(scenario: Scenario, option: str) -> list[list[str]]:
    """Their names."""
    return [[source.name for source in phase] for phase in members(scenario, option)]


class TestWork:
    """``hours_per_day`` is all the work."""

    def test_half_messages_half_content(self, short: Scenario) -> None:
        """Two hours a day: one of messages at 5 minutes each, 12 a day, and one of content."""
        assert short.needs.messages is not None
        assert short.needs.messages.minutes_each == 5
        assert short.needs.messages.weekly == 12 * 7
        assert short.needs.weekly_work() == {"content": 7}

    def test_days_are_those_of_the_cover(self) -> None:
        """A day is a day with cover: five of them in office hours."""
        s = scenario(SHORT.replace("24/7", "mon-fri 9-18"))
        assert s.needs.messages is not None
        assert s.needs.messages.weekly == 12 * 5
        assert s.needs.weekly_work() == {"content": 5}

    @pytest.mark.parametrize(
        ("text", "hours"),
        [
            ("2", 2),
            ("'2'", 2),
            ("2 h", 2),
            ("2h30", 2.5),
            ("2 h/day", 2),
            ("2h/jour", 2),
            ("2 h per day", 2),
            ("1.5", 1.5),
            ("'1,5'", 1.5),
            ("90 min", 1.5),
            ("24", 24),
        ],
    )
    def test_ways_to_say_how_much(self, text: str, hours: float) -> None:
        """Hours a day with or without their unit."""
        s = scenario(f"hours_per_day: {text}")
        assert s.needs.weekly_work()["content"] == pytest.approx(hours / 2 * 5)

    @pytest.mark.parametrize(
        "text",
        [
            "0",
            "-1",
            "25",
            f"{'10' * 155}.5",
            "9" * 310,
            "9" * 4000,
            "lots",
            "2/week",
            "2 h/week",
            "[2]",
            "{}",
            "true",
            ".inf",
            "1,500",
        ],
    )
    def test_what_is_no_time_of_a_day(self, text: str) -> None:
        """What is no time above nothing and within a day is refused where it stands."""
        found = wrong(f"country: FR\nhours_per_day: {text}\n")
        assert (found.code, where(found)) == ("E204", (2, 16))
        assert text == ".inf" or "inf" not in found.message

    def test_default(self) -> None:
        """Without a word on the work, two hours a day, which are an assumption."""
        s = scenario("cover: 24/7")
        assert s.needs.weekly_work() == {"content": 7}
        paths = [assumption.path for assumption in s.assumptions]
        assert {"needs.work.content", "needs.messages.per_week"} <= set(paths)


class TestKeys:
    """What the other keys stand for."""

    def test_cover_and_answers(self, short: Scenario) -> None:
        """``cover`` is that of the needs; answers are wanted within the hour."""
        assert short.needs.cover.hours == 168
        assert short.needs.answer_within == 60
        assert scenario(SHORT + "answer_within: 2h").needs.answer_within == 120

    def test_cover_defaults_to_office_hours(self) -> None:
        """Without cover, somebody watches in the country's office hours."""
        assert scenario("country: FR").needs.cover == OFFICE

    def test_horizon_and_country(self, short: Scenario) -> None:
        """24 months, and France where no country is said."""
        assert short.horizon == 24
        assert scenario("hourly_wage: 16.5").country == "FR"
        assert scenario(SHORT + "horizon: 12").horizon == 12

    def test_tools(self, short: Scenario) -> None:
        """Tools are needed in-house and come with the agency."""
        assert list(short.tools) == ["tools"]
        tool = short.tools["tools"]
        assert (tool.price, tool.included_by) == (549, ("agency",))
        assert not scenario("country: FR").tools

    def test_wage_and_rate(self, short: Scenario) -> None:
        """The wage is that of the hire, the rate that of the agency."""
        hire, agency = short.sources["employee"], short.sources["agency"]
        assert isinstance(hire, Employment)
        assert isinstance(agency, Agency)
        assert (hire.hourly_wage, agency.rate) == (16.5, 75)

    def test_wages_and_rates_come_from_the_country(self) -> None:
        """What is not said has the country's price: 15.93 and 87.50 an hour."""
        s = scenario("country: FR")
        hire, agency = s.sources["employee"], s.sources["agency"]
        assert isinstance(hire, Employment)
        assert isinstance(agency, Agency)
        assert hire.hourly_wage == 15.93
        assert agency.rate == 87.5

    def test_values_keep_their_place(self, short: Scenario) -> None:
        """What the file says is referred to by its line, wherever it ends up."""
        assert short.sources["employee"].origins["hourly_wage"].ref == "s.yaml:2"
        assert short.sources["agency"].origins["hourly_rate"].ref == "s.yaml:3"
        assert short.tools["tools"].origins["price"].ref == "s.yaml:6"
        assert short.needs.messages is not None
        assert short.needs.messages.origins["per_week"].ref == "s.yaml:4"

    def test_what_is_wrong_is_shown_in_the_file(self) -> None:
        """A value that makes no sense is underlined where the short form says it."""
        for key, value in (("hourly_wage", "x"), ("agency_rate", "1/year"), ("cover", "25/7")):
            text = f"country: FR\n{key}: {value}\n"
            found = findings(text)
            assert {marked(each) for each in found} == {value}, found
        assert marked(only(findings("tools: 549/h"))) == "549/h"

    def test_full_keys_stay(self) -> None:
        """The keys that both forms have mean the same in both."""
        text = SHORT + "require: {watched: 50%}\nprices: {wages: 2%}\ncontext: {goal: leads}\n"
        s = scenario(text + "company: {size: 40}\nexpect: {recommended: agency}\n")
        assert (s.require.watched, s.require.work_done) == (0.5, None)
        assert (s.prices.wages, s.company.size, s.context.goal) == (0.02, 40, "leads")


class TestSources:
    """The standard sources and options."""

    def test_nine_options(self, short: Scenario) -> None:
        """The nine ways to source the job, each composed of sources."""
        assert [option.name for option in short.options] == [
            "hire",
            "team",
            "reassign",
            "intern",
            "freelance",
            "agency",
            "hybrid",
            "coached",
            "phased",
        ]
        assert names(short, "hire") == names(short, "team") == [["employee"]]
        assert names(short, "hybrid") == [["colleague", "agency"]]
        assert names(short, "coached") == [["colleague", "coach"]]
        assert names(short, "phased") == [["agency"], ["employee", "coach"]]

    def test_the_hire_works_office_hours(self, short: Scenario) -> None:
        """A full-time week in office hours."""
        hire = short.sources["employee"]
        assert (hire.weekly_hours, hire.on_duty) == (35, OFFICE)

    def test_the_team_covers_everything(self, short: Scenario) -> None:
        """As many people as the cover takes."""
        [[team]] = members(short, "team")
        assert isinstance(team, Employment)
        assert (team.headcount, team.on_duty.hours) == ("auto", 168)
        assert team.hourly_wage == 16.5

    def test_the_colleague_has_two_sittings(self, short: Scenario) -> None:
        """Two hours a working day, one first thing and one before leaving."""
        colleague = short.sources["colleague"]
        assert colleague.weekly_hours == 10
        assert colleague.on_duty == parse_week("mon-fri 09:00-10:00 16:00-17:00")

    def test_the_freelancer_has_one_sitting(self, short: Scenario) -> None:
        """Two hours a working day, in one go, and no more work than that."""
        freelancer = short.sources["freelancer"]
        assert freelancer.on_duty == parse_week("mon-fri 09:00-11:00")
        assert isinstance(freelancer, Freelancer)
        assert freelancer.max_hours is not None
        assert freelancer.max_hours.weekly(freelancer.days_of_duty) == 10

    def test_sittings_end_with_office_hours(self) -> None:
        """More work than office hours have: the whole of them, and no more hours than that."""
        s = scenario("hours_per_day: 20")
        colleague, freelancer = s.sources["colleague"], s.sources["freelancer"]
        assert colleague.on_duty == freelancer.on_duty == OFFICE
        assert colleague.weekly_hours == 35

    @pytest.mark.parametrize("hours", ["0.1", "0.25", "1", "3.7", "6.9", "7", "12"])
    def test_duty_is_never_longer_than_the_contract(self, hours: str) -> None:
        """Whatever the work, the standard sources are consistent."""
        assert codes(f"hours_per_day: {hours}") == []

    def test_the_agency_is_on_duty_for_the_cover(self, short: Scenario) -> None:
        """With a shared watch at 1,000 a month when the cover passes 60 hours a week."""
        agency = short.sources["agency"]
        assert isinstance(agency, Agency)
        assert agency.on_duty.hours == 168
        assert agency.watch == PriceTag(1000, "month")
        for cover, watched in (("mon-fri 08:00-20:00", False), ("mon-fri 08:00-20:30", True)):
            terms = scenario(SHORT.replace("24/7", cover)).sources["agency"]
            assert isinstance(terms, Agency)
            assert (terms.watch is not None) is watched

    def test_the_hybrids_colleague_takes_part(self, short: Scenario) -> None:
        """30 % of the work, which is an assumption."""
        [[colleague, agency]] = members(short, "hybrid")
        assert colleague.largest_share("messages") == colleague.largest_share("content") == 0.3
        assert agency.largest_share("messages") == 1
        assert "options.hybrid.0.colleague.takes" in [a.path for a in short.assumptions]

    def test_the_coach_comes_one_day_a_month(self, short: Scenario) -> None:
        """And trains; the work stays with the others."""
        coach = short.sources["coach"]
        assert isinstance(coach, Coach)
        assert coach.days == Hours(1, "month", in_days=True)
        assert coach.max_hours is not None
        assert coach.max_hours.amount == 0
        assert not coach.on_duty

    @pytest.mark.parametrize("horizon", ["24", "25", "1", "0.1"])
    def test_phases_change_at_half_the_horizon(self, horizon: str) -> None:
        """The phased option changes hands half way."""
        s = scenario(f"horizon: {horizon}")
        phases = next(option for option in s.options if option.name == "phased").phases
        assert [p.months for p in phases] == pytest.approx([float(horizon) / 2] * 2)

    def test_what_it_asks_for_is_assumed(self, short: Scenario) -> None:
        """75 % watched and 90 % of the work, shown as assumed with every option."""
        for option in cmsource.compare(short, details=False).options.values():
            held = {each.name: each for each in option.requirements if not each.law}
            assert {name: each.limit for name, each in held.items()} == {
                "watched": 0.75,
                "work_done": 0.9,
            }
            assert all(each.assumed for each in held.values())

    def test_everything_filled_in_is_an_assumption(self, short: Scenario) -> None:
        """Every single value that is not in the file has a source, but for names and options."""
        tree = read(SHORT).tree
        assert tree is not None
        given = {f"s.yaml:{line}" for line in range(1, 7)}
        paths = {assumption.path for assumption in short.assumptions}
        waiting = [("", tree)]
        while waiting:
            path, node = waiting.pop()
            if isinstance(node.value, dict):
                waiting += [(f"{path}.{k}".strip("."), v) for k, v in node.value.items()]
            elif isinstance(node.value, list):
                waiting += [(f"{path}.{i}", v) for i, v in enumerate(node.value)]
            elif path != "name" and node.origin.detail != "standard options":
                assert (path in paths) is (node.origin.ref not in given), path

    def test_a_full_scenario_without_options_has_the_standard_ones(self) -> None:
        """Its own sources take the roles of their kinds; the others come from the country."""
        text = "needs: {cover: 24/7}\nsources: {marie: {kind: employee}, agency: {kind: coach}}\n"
        s = scenario(text)
        assert names(s, "hire") == [["marie"]]
        assert names(s, "agency") == [["standard-agency"]]
        assert names(s, "phased") == [["standard-agency"], ["marie", "agency"]]
        assert s.needs.messages is None


class TestMixing:
    """The two forms do not mix."""

    @pytest.mark.parametrize("key", ShortForm.model_fields)
    @pytest.mark.parametrize("full", ["needs: {cover: 24/7}", "sources: {}", "options: {a: [b]}"])
    def test_short_keys_in_a_full_scenario(self, key: str, full: str) -> None:
        """A short key beside a key of the full form is reported at its place."""
        found = [d for d in findings(f"{full}\n{key}: 2\n") if d.code == "E207"]
        assert marked(only(found)) == key

    def test_every_short_key_is_reported(self) -> None:
        """All of them, and nothing else."""
        text = SHORT + "needs: {cover: 24/7}\n"
        assert codes(text) == ["E207"] * 5

    def test_tools_as_a_map_are_of_the_full_form(self) -> None:
        """``tools`` is a short key when it is a price."""
        assert scenario("tools: {a: {price: 5}}\nhours_per_day: 2\n").tools["a"].price == 5

    @pytest.mark.parametrize("value", ["[1]", "[]"])
    def test_tools_as_a_list(self, value: str) -> None:
        """Neither a price nor a map."""
        assert "E203" in codes(f"tools: {value}")


def test_expanding_gives_the_full_form() -> None:
    """What ``expand`` prints has no short key, gives the same result and expands to itself."""
    first = read(SHORT)
    assert first.tree is not None
    text = to_yaml(first.tree)
    again = read(text)
    assert again.tree is not None
    plain = again.tree.plain()
    assert isinstance(plain, dict)
    assert not plain.keys() & (ShortForm.model_fields.keys() - {"tools"})
    assert plain == first.tree.plain()
