"""``--set path=value``: typed and strict like the file, and shown in the flag when it is wrong."""

import pytest

import cmsource
from cmsource.analysis.inputs.replacing import put
from cmsource.reading.load import read_text
from cmsource.scenario.employment import Employment
from cmsource.scenario.hired import Hired
from cmsource.scenario.kinds.agency import Agency
from cmsource.writers.yaml import to_yaml
from readings import BASE, codes, findings, marked, scenario, where, wrong


def rate(*flags: str) -> float | None:
    """The agency's rate with flags."""
    agency = scenario(BASE, *flags).sources["agence"]
    assert isinstance(agency, Agency)
    return agency.rate


class TestValues:
    """What flags change."""

    def test_one_value(self) -> None:
        """A flag replaces one value and leaves the rest."""
        assert rate("sources.agence.hourly_rate=90") == 90
        assert scenario(BASE, "sources.agence.hourly_rate=90").sources["cm"].kind == "employee"

    def test_keys_for_people(self) -> None:
        """A key that begins with x- is for people, in a flag as in a file."""
        for text in (BASE, "x-note: {a: 1}\n" + BASE, "country: FR\n"):
            for flag in ("x-note=1", "x-note.a=2", "x-note=~"):
                assert codes(text, flag) == codes(text)
        assert codes(BASE, "needs.x-note=1") == ["E201"]

    def test_typed_like_the_file(self) -> None:
        """A value is a quantity like in the file: units, decimal commas, ambiguities."""
        assert rate("sources.agence.hourly_rate=16,50 €/h") == 16.5
        found = wrong(BASE, "sources.agence.hourly_rate=1,500")
        assert (found.code, found.hint) == ("E204", "write 1500 or 1.5")

    def test_read_as_yaml(self) -> None:
        """A value can be a list, a map or a word; quotes make a text of it."""
        s = scenario(BASE, "options.both=[cm, agence]", "needs.work={ads: 2 h/week}", 'name="5"')
        assert [source.name for source in s.options[2].phases[0].sources] == ["cm", "agence"]
        assert list(s.needs.work) == ["ads"]
        assert s.name == "5"

    def test_norway_is_a_text(self) -> None:
        """Words mean what they mean in the file."""
        assert scenario(BASE, "name=NO").name == "NO"
        assert scenario(BASE, "name=a=b").name == "a=b"

    def test_repeated(self) -> None:
        """Flags apply in order; the last one to set a value wins."""
        flags = ("sources.agence.hourly_rate=90", "horizon=12", "sources.agence.hourly_rate=95")
        assert rate(*flags) == 95
        assert scenario(BASE, *flags).horizon == 12

    def test_null_takes_away(self) -> None:
        """``~``, or nothing, takes a key away."""
        text = BASE + "horizon: 12\n"
        assert scenario(text, "horizon=~").horizon == 24
        assert scenario(text, "horizon=").horizon == 24
        assert [o.name for o in scenario(BASE, "options.hire=~").options] == ["agency"]

    def test_new_keys(self) -> None:
        """A path may lead to what is not there yet, through maps that are not there yet."""
        s = scenario(BASE, "needs.messages.per_day=80", "sources.cm.premiums.night=30%")
        assert s.needs.messages is not None
        assert s.needs.messages.weekly == 560
        cm = s.sources["cm"]
        assert isinstance(cm, Hired)
        assert cm.premiums.night == 0.3

    def test_new_sources_and_options(self) -> None:
        """A flag can add a source and an option that uses it."""
        s = scenario(BASE, "sources.bob={kind: freelancer}", "options.bob=[bob]")
        assert [option.name for option in s.options] == ["hire", "agency", "bob"]

    def test_elements_of_lists(self) -> None:
        """A number names an element, from 0."""
        text = BASE + "  hybrid:\n    - cm: {takes: 30%}\n    - agence\n"
        s = scenario(text, "options.hybrid.0.cm.takes=40%")
        assert s.options[2].phases[0].sources[0].largest_share("content") == 0.4
        s = scenario(text, "options.hybrid.1={agence: {hourly_rate: 99}}")
        terms = s.options[2].phases[0].sources[1]
        assert isinstance(terms, Agency)
        assert terms.rate == 99

    def test_a_key_takes_the_place_of_those_that_it_excludes(self) -> None:
        """Setting a monthly wage replaces the hourly one."""
        text = BASE.replace("{kind: employee}", "{kind: employee, hourly_wage: 20}")
        terms = scenario(text, "sources.cm.monthly_wage=3000").sources["cm"]
        assert isinstance(terms, Employment)
        assert (terms.hourly_wage, terms.monthly_wage) == (None, 3000)
        messages = scenario("hours_per_day: 2", "needs.messages.per_day=80").needs.messages
        assert messages is not None
        assert messages.weekly == 560

    def test_spaces_around_keys(self) -> None:
        """Spaces around the parts of a path mean nothing."""
        assert rate(" sources . agence . hourly_rate =90") == 90


class TestShortForms:
    """Flags on a scenario in short form reach its keys and what comes of them."""

    def test_short_keys(self) -> None:
        """A short key is set like in the file."""
        messages = scenario("cover: 24/7", "hours_per_day=4").needs.messages
        assert messages is not None
        assert messages.weekly == 4 * 60 / 2 / 5 * 7

    def test_what_comes_of_them(self) -> None:
        """The standard needs, tools, sources and options can be set by their paths."""
        flags = (
            "needs.work.content=3 h/week",
            "needs.answer_within=2h",
            "require.watched=50%",
            "tools.tools.price=100",
            "sources.agency.depth=2",
            "options.hybrid.0.colleague.takes=40%",
            "options.phased.phases.0.months=6",
        )
        s = scenario("tools: 549/month\nagency_rate: 75", *flags)
        assert s.needs.weekly_work() == {"content": 3}
        assert s.needs.answer_within == 120
        assert (s.require.watched, s.require.work_done) == (0.5, 0.9)
        assert (s.tools["tools"].price, s.tools["tools"].included_by) == (100, ("agency",))
        agency = s.sources["agency"]
        assert isinstance(agency, Agency)
        assert (agency.depth, agency.rate) == (2, 75)
        options = {option.name: option for option in s.options}
        assert len(options) == 9
        assert options["hybrid"].phases[0].sources[0].largest_share("messages") == 0.4
        assert [phase.months for phase in options["phased"].phases] == [6, 18]

    def test_null_takes_away_what_comes_of_them(self) -> None:
        """What a short form stands for can be taken away, but not all that there is to compare."""
        s = scenario("tools: 549/month", "require=~", "needs.messages=~", "tools=~")
        assert s.require.watched is None
        assert s.needs.messages is None
        assert not s.tools
        assert scenario("cover: 24/7", "needs=~", "require=~").needs.cover.hours == 35
        assert codes("country: FR", "options=~") == ["E203"]
        assert codes("country: FR", "sources=~") == []

    def test_cover_reaches_the_standard_sources(self) -> None:
        """What depends on the cover follows the flag, however it is set."""
        for flag in ("cover=24/7", "needs.cover=24/7"):
            s = scenario("hourly_wage: 16.5", flag)
            assert s.needs.cover.hours == 168
            assert s.sources["agency"].on_duty.hours == 168
            team = next(option for option in s.options if option.name == "team")
            assert team.phases[0].sources[0].on_duty.hours == 168


class TestProblems:
    """What is wrong is shown in the flag."""

    @pytest.mark.parametrize("flag", ["", "a", "=", "=5", ".a=1", "a.=1", "a..b=1", " =1"])
    def test_no_path_and_value(self, flag: str) -> None:
        """A flag has a path, an equals sign and a value."""
        found = wrong(BASE, flag)
        assert found.code == "E111"
        assert found.place is not None
        assert (found.place.file, found.place.text) == ("--set", flag)

    @pytest.mark.parametrize(
        ("flag", "mark", "hint"),
        [
            ("sorces.cm.hours=30", "sorces", "did you mean `sources`?"),
            ("needs.mesages.per_day=80", "mesages", "did you mean `messages`?"),
            ("sources.agence.hourly_rat=80", "hourly_rat", "did you mean `hourly_rate`?"),
            (
                "needs.messages={per_day: 4, minuts_each: 3}",
                "minuts_each",
                "did you mean `minutes_each`?",
            ),
            ("options.hire=[agense]", "agense", "did you mean `agence`?"),
        ],
    )
    def test_misspelt(self, flag: str, mark: str, hint: str) -> None:
        """A key that nothing knows is underlined in the flag, with what was meant."""
        found = wrong(BASE, flag)
        assert (marked(found), found.hint) == (mark, hint)
        assert found.place is not None
        assert found.place.file == "--set"

    def test_a_misspelt_source(self) -> None:
        """A source that is not there would be a new one, and has no kind."""
        found = wrong(BASE, "sources.agense.hourly_rate=80")
        assert (found.code, marked(found)) == ("E202", "agense")

    @pytest.mark.parametrize(
        ("flag", "mark"),
        [
            ("sources.agence.hourly_rate=lots", "lots"),
            ("needs.messages={per_day: lots}", "lots"),
            ("horizon=0", "0"),
            ("options.hire=5", "5"),
        ],
    )
    def test_wrong_values(self, flag: str, mark: str) -> None:
        """A value that makes no sense is underlined in the flag."""
        found = findings(BASE, flag)[0]
        assert marked(found) == mark
        assert found.place is not None
        assert found.place.text == flag

    @pytest.mark.parametrize(
        ("flag", "mark"),
        [
            ("options.hire.5=cm", "5"),
            ("options.hire.-1=cm", "-1"),
            ("options.hire.cm=x", "cm"),
            ("options.hire.²=x", "²"),
            ("options.hire." + "9" * 5000 + "=x", "9" * 5000),
            ("country.x=1", "x"),
            ("sources.cm.kind.x.y=1", "x"),
        ],
    )
    def test_paths_that_lead_nowhere(self, flag: str, mark: str) -> None:
        """A list has elements by number, a single value has none."""
        found = wrong(BASE, flag)
        assert (found.code, marked(found)) == ("E111", mark)

    @pytest.mark.parametrize(
        "value", ["[1", "{a", "'", "a: b: c", "@", "*x", "--- 1\n--- 2", "!!x 5"]
    )
    def test_values_that_are_no_yaml(self, value: str) -> None:
        """What cannot be read as YAML is refused in the flag."""
        found = findings(BASE, f"name={value}")[0]
        assert found.code == "E111"
        assert found.place is not None
        assert found.place.column > len("name=")

    def test_values_without_limits(self) -> None:
        """The limits of files hold for values and paths."""
        assert codes(BASE, "name=" + "[" * 100_000) == ["E111"]
        assert codes(BASE, ".".join("a" * 5000) + "=1") == ["E111"]
        assert codes(BASE, "a" * 100_000 + "=1") == ["E201"]

    def test_bytes_that_are_no_text(self) -> None:
        """An argument that was no UTF-8 is refused."""
        assert codes(BASE, "name=\udcff") == ["E111"]
        assert codes(BASE, "\udcff=1") == ["E201"]

    def test_several_problems(self) -> None:
        """Every flag is looked at, and the file too."""
        found = findings(BASE.replace("80", "lots"), "nme=x", "horizon=-1")
        assert [(d.code, d.place and d.place.file) for d in found] == [
            ("E201", "--set"),
            ("E204", "--set"),
            ("E204", "s.yaml"),
        ]

    def test_the_place_of_a_value_on_a_later_line(self) -> None:
        """A value may have several lines; the place is counted in the whole flag."""
        flag = "needs.work=\n  ads: 2 h/wek"
        found = wrong(BASE, flag)
        assert where(found) == (1, flag.index("2 h/wek") + 1)

    def test_reported_once(self) -> None:
        """A flag is applied once, whatever stage of reading it waits for."""
        assert codes("country: FR", "sources.agency.dpth=1") == ["E201"]


PART_TIME = """\
country: FR
horizon: 12 months
needs: {cover: 24/7, work: {content: 5 h/week}}
sources:
  cm: {kind: employee, hours: 35 h/week, on_duty: mon-fri 09:00-12:00, starts_after: 0, %s}
options:
  whole: [cm]
  half: [cm: {hours: 17.5 h/week}]
  mornings: [cm: {hours: 3 h/day}]
"""


@pytest.mark.parametrize("wage", ["annual_wage: 36400", "monthly_wage: 3033.3333"])
def test_other_hours_of_an_option_keep_the_pay_of_an_hour(wage: str) -> None:
    """By hand: 36,400 / 52 / 35 = 20 an hour; 20 × 17.5 × 52 = 18,200; 20 × 15 × 52 = 15,600."""

    def pay(read: cmsource.Scenario) -> dict[str, float]:
        found = cmsource.compare(read, details=False).options
        return {name: round(float(each.by_category["pay"])) for name, each in found.items()}

    read = scenario(PART_TIME % wage)
    assert pay(read) == {"whole": 36400, "half": 18200, "mornings": 15600}
    # In full too: `expand` says hours for the option, and no wage.
    tree = read_text(PART_TIME % wage, "s.yaml").tree
    assert tree is not None
    assert pay(scenario(to_yaml(tree))) == pay(read)
    # The wage belongs to the hours of its source: 36,400 / 52 / 28 = 25 an hour.
    moved = put(read, {"sources.cm.hours": 28})
    assert pay(moved) == {"whole": 36400, "half": 22750, "mornings": 19500}
    # Another wage of the source is another wage of the options; other hours of an option are not.
    path = f"sources.cm.{wage.partition(':')[0]}"
    doubled = put(read, {path: 2 * getattr(read.sources["cm"], path.rpartition(".")[2])})
    assert pay(doubled) == {"whole": 72800, "half": 36400, "mornings": 31200}
    assert pay(put(read, {"options.half.0.cm.hours": 20}))["half"] == 20800


def test_a_wage_of_the_options_own_is_for_its_own_hours() -> None:
    """By hand: 1,500 a month for 17.5 h a week are 18,000 a year."""
    text = PART_TIME.replace("17.5 h/week}", "17.5 h/week, monthly_wage: 1500}")
    option = cmsource.compare(scenario(text % "annual_wage: 36400"), details=False).options["half"]
    assert option.by_category["pay"] == 18000
