"""Diagnostics: every problem at once, each with its place, and the checks across fields."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from cmsource.reports.comparison_data import diagnostics_data
from cmsource.values.diagnostics import CODES, Diagnostic, Place, in_file_order
from cmsource.writers.json import dumps
from readings import BASE, codes, findings, marked, only, render, scenario, where, wrong

OPTIONS = BASE[BASE.index("options:") :]


def with_source(fields: str, more: str = "") -> str:
    """The plain scenario with other fields for its employee."""
    return BASE.replace("{kind: employee}", f"{{{fields}}}") + more


def with_needs(needs: str, require: str = "") -> str:
    """The plain scenario with other needs and a requirement."""
    lines = BASE.split("\n")
    lines[1] = f"needs: {{{needs}}}"
    return "\n".join(lines) + (f"require: {{{require}}}\n" if require else "")


def with_options(options: str) -> str:
    """The plain scenario with other options."""
    return BASE.replace(OPTIONS, f"horizon: 24\noptions:\n{options}")


def errors(text: str) -> list[Diagnostic]:
    """The errors about a text."""
    return [found for found in findings(text) if found.severity == "error"]


def of(code: str, text: str) -> Diagnostic:
    """The one diagnostic of a code about a text."""
    return only([found for found in findings(text) if found.code == code])


class TestTogether:
    """All problems of a file are shown at once, in its order."""

    def test_all_at_once(self) -> None:
        """Problems in every part of a file, each at its line."""
        text = (
            "horizon: never\n"
            "contry: FR\n"
            "needs: {cover: 24/8, answer_within: 60, messages: {minutes_each: -1}}\n"
            "require: {watched: 120%, wotched: 1}\n"
            "tools: {a: {prise: 5}}\n"
            "sources:\n"
            "  a: {kind: emploee}\n"
            "  b: {kind: agency, retainer: 5/h, watch: 3}\n"
            "  c: {hours: 3}\n"
            "options:\n"
            "  x: [a, bb]\n"
            "  y: {phases: 3}\n"
            "expect: {recommended: z}\n"
        )
        found = findings(text)
        lines = [d.place.line for d in found if d.place]
        assert lines == sorted(lines)
        assert set(lines) == {1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13}
        assert sum(line == 3 for line in lines) == 4
        assert all(d.place and d.place.text == text.split("\n")[d.place.line - 1] for d in found)

    def test_no_problem_twice(self) -> None:
        """A source that is wrong is reported once, however many options use it."""
        more = "  b: [cm, agence]\n  c: {phases: [{sources: [cm]}]}\n  d: [cm: {takes: 30%}]\n"
        assert codes(with_source("kind: employee, hours: lots", more)) == ["E204"]

    def test_a_broken_source_does_not_hide_problems_of_options(self) -> None:
        """What else is wrong with an option is still shown."""
        text = with_source("kind: employee, hours: lots", "  b: [cm, nobody]\n")
        assert codes(text) == ["E204", "E301"]

    def test_in_file_order(self) -> None:
        """By file, line and column, without repeats."""
        a = Diagnostic("E201", "a", Place("b", 2, 1))
        b = Diagnostic("E201", "b", Place("a", 9, 9))
        c = Diagnostic("E201", "c", Place("b", 1, 5))
        assert in_file_order([a, b, c, a]) == [b, c, a]


class TestChecks:
    """Checks across fields."""

    def test_duty_longer_than_the_contract(self) -> None:
        """The smallest headcount that would do is named: 45 h by people of 35 h."""
        found = wrong(with_source("kind: employee, hours: 35 h/week, on_duty: mon-fri 9-18"))
        assert (found.code, marked(found)) == ("E302", "mon-fri 9-18")
        assert "45 h a week" in found.message
        assert "headcount: 2 would do" in found.hint

    def test_duty_around_the_clock(self) -> None:
        """168 h by 35 h takes five people on paper, six with 13 % of leave (5.52)."""
        fields = "kind: employee, hours: 35 h/week, on_duty: 24/7, planned_absence: 13%"
        found = of("E302", with_source(fields))
        assert found.hint.startswith("headcount: 5 would do on paper, 6 with leave and holidays")
        assert "E302" not in codes(with_source(fields + ", headcount: 5"))
        assert "E302" not in codes(with_source(fields + ", headcount: auto"))
        assert "E302" in codes(with_source(fields + ", headcount: 4"))

    def test_duty_of_an_override(self) -> None:
        """An option's own duty is checked against the contract, at the option."""
        text = BASE + "  night:\n    - cm: {on_duty: 24/7}\n"
        found = of("E302", text)
        assert (where(found), marked(found)) == ((10, 21), "24/7")

    def test_a_short_contract(self) -> None:
        """The line that is shown is the one that says something: the contract's."""
        text = with_source("kind: colleague, hours: 1 h/week, on_duty: mon 9-11")
        assert of("E302", text)

    def test_auto_within_reason(self) -> None:
        """A team of more than ten thousand is a slip."""
        found = of(
            "E302",
            with_source("kind: employee, headcount: auto, hours: 0.01 h/week, on_duty: 24/7"),
        )
        assert found.hint == "give the contract more hours"

    def test_auto_with_much_absence(self) -> None:
        """Absence near the limit takes many people, and no more than that."""
        text = with_source("kind: employee, headcount: auto, planned_absence: 95%")
        assert not errors(text)

    @pytest.mark.parametrize("kind", ["employee", "colleague", "intern", "apprentice"])
    def test_no_hours(self, kind: str) -> None:
        """A contract without hours, whether a day, a week or a month."""
        for hours in ("0", "0 h/day", "0 h/month"):
            text = with_source(f"kind: {kind}, hours: {hours}, on_duty: mon 9-10")
            assert marked(of("E204", text)) == hours

    def test_no_hours_and_no_duty(self) -> None:
        """A colleague whose hours nothing says."""
        found = wrong(with_source("kind: colleague"))
        assert (found.code, marked(found)) == ("E202", "cm")

    @pytest.mark.parametrize("value", ["0", "-1", "1.5", "10001", "many", "[2]"])
    def test_headcount(self, value: str) -> None:
        """A whole number of people from one on, or ``auto``."""
        assert marked(errors(with_source(f"kind: employee, headcount: {value}"))[0]) == value

    def test_unknown_source_in_an_option(self) -> None:
        """A name that is no source, with the one that is meant."""
        found = wrong(BASE + "  x: [agense]\n")
        assert (found.code, marked(found), found.hint) == (
            "E301",
            "agense",
            "did you mean `agence`?",
        )

    def test_unknown_source_with_an_override(self) -> None:
        """The same where the option changes it."""
        found = wrong(BASE + "  x:\n    - agense: {takes: 3%}\n")
        assert (found.code, marked(found)) == ("E301", "agense")

    def test_no_sources_at_all(self) -> None:
        """Options without any source to name."""
        assert codes("needs: {cover: 24/7}\noptions: {x: [cm]}\n") == ["E301"]

    def test_sources_that_are_no_map(self) -> None:
        """Without sources nothing is said about the options."""
        assert codes("sources: [cm]\noptions: {x: [cm, agency]}\n") == ["E203"]
        assert codes("sources: text\n") == ["E203"]

    @pytest.mark.parametrize("value", ["120%", "101%", "2", "-1%", "x", "{messages: 120%}"])
    def test_takes_above_everything(self, value: str) -> None:
        """A share is at most 100 %."""
        assert codes(BASE + f"  x: [cm: {{takes: {value}}}]\n") == ["E204"]

    def test_takes_of_no_work(self) -> None:
        """A share of an activity that there is not, with the one that is meant."""
        found = of("E201", BASE + "  x: [cm: {takes: {contnet: 30%}}, agence]\n")
        assert found.hint == "did you mean `content`?"
        assert codes(BASE + "  x: [cm: {takes: {content: 30%, messages: 1%}}]\n") == []

    @pytest.mark.parametrize(
        ("phases", "mark"),
        [
            ("[{months: 25, sources: [cm]}]", "25"),
            ("[{months: 12, sources: [cm]}, {months: 13, sources: [cm]}]", "13"),
            ("[{months: 12, sources: [cm]}, {months: 11, sources: [cm]}]", "11"),
            ("[{months: 24, sources: [cm]}, {sources: [agence]}]", "24"),
            ("[{months: 30, sources: [cm]}, {months: 1, sources: [agence]}]", "30"),
            ("[{months: 12, sources: [cm]}, {months: 12, sources: [cm]}, {sources: [cm]}]", "12"),
        ],
    )
    def test_phases_and_the_horizon(self, phases: str, mark: str) -> None:
        """Phases end with the horizon: longer, shorter and without time for the last."""
        found = of("E303", with_options(f"  x: {{phases: {phases}}}\n  y: [cm, agence]\n"))
        assert marked(found) == mark

    @pytest.mark.parametrize(
        ("phases", "code"),
        [
            ("[]", "E203"),
            ("{}", "E203"),
            ("x", "E203"),
            ("[cm]", "E203"),
            ("[{}]", "E203"),
            ("[{sources: []}]", "E203"),
            ("[{sources: cm}]", "E203"),
            ("[{months: 12}, {sources: [cm]}]", "E203"),
            ("[{sources: [cm]}, {sources: [cm]}]", "E202"),
            ("[{months: 0, sources: [cm]}]", "E204"),
            ("[{months: -1, sources: [cm]}]", "E204"),
            ("[{months: x, sources: [cm]}]", "E204"),
            ("[{months: 12, sources: [nobody]}, {sources: [cm]}]", "E301"),
            ("[{month: 12, sources: [cm]}]", "E201"),
        ],
    )
    def test_phases_that_are_none(self, phases: str, code: str) -> None:
        """Phases are maps with months and sources."""
        text = with_options(f"  x: {{phases: {phases}}}\n  y: [cm, agence]\n")
        assert [found.code for found in errors(text)] == [code]

    def test_phases_that_fit(self) -> None:
        """One phase, phases that end with the horizon, and parts of months."""
        for phases in (
            "[{sources: [cm]}]",
            "[{months: 24, sources: [cm]}]",
            "[{months: 0.5, sources: [cm]}, {months: 23.5, sources: [agence]}]",
            "[{months: 2 weeks, sources: [cm]}, {sources: [agence]}]",
        ):
            assert not errors(with_options(f"  x: {{phases: {phases}}}\n  y: [cm, agence]\n"))

    def test_wage_below_the_legal_minimum(self) -> None:
        """12.31 an hour from June 2026 on; the source is named."""
        found = wrong(with_source("kind: employee, hourly_wage: 12"))
        assert (found.code, marked(found)) == ("E304", "12")
        assert "12.31" in found.message
        assert "SMIC" in found.hint

    @pytest.mark.parametrize(
        ("fields", "lawful"),
        [
            ("kind: employee, hourly_wage: 12.31", True),
            ("kind: employee, monthly_wage: 1867.02", True),  # 12.31 x 35 x 52 / 12
            ("kind: employee, monthly_wage: 1865", False),
            ("kind: employee, annual_wage: 22404.20", True),
            ("kind: employee, annual_wage: 22380", False),
            ("kind: employee, monthly_wage: 1000, hours: 17.5 h/week", True),
            ("kind: employee, monthly_wage: 900, hours: 17.5 h/week", False),
            ("kind: colleague, monthly_wage: 1900, hours: 2 h/week", True),
            ("kind: colleague, monthly_wage: 1800, hours: 2 h/week", False),
            ("kind: intern, gratification: 4.49", False),
            ("kind: intern, gratification: 4.5", True),
            ("kind: intern, gratification: 0, placement: 2 months", True),  # 303 h, below 308
            ("kind: intern, gratification: 0, placement: 2.1 months", False),
        ],
    )
    def test_lawful_wages(self, fields: str, lawful: bool) -> None:
        """By the hour of the contract; a colleague's wage is that of a full post."""
        text = with_source(f"{fields}, on_duty: mon 9-10")
        assert ("E304" not in codes(text)) is lawful

    def test_the_minimum_is_that_of_the_start(self) -> None:
        """12.02 before June 2026."""
        text = with_source("kind: employee, hourly_wage: 12.10")
        assert "E304" in codes(text)
        assert "E304" not in codes(text + "start: 2026-02-02\n")

    def test_wages_that_options_change(self) -> None:
        """An option's wage is checked where the option says it."""
        found = of("E304", BASE + "  x: [cm: {hourly_wage: 5}]\n")
        assert marked(found) == "5"

    def test_long_internships(self) -> None:
        """924 hours are allowed, which six months of 35 h just are not over."""
        assert "W406" in codes(with_source("kind: intern, placement: 7 months"))
        assert "W406" not in codes(with_source("kind: intern, placement: 6 months"))

    @pytest.mark.parametrize(
        ("age", "year", "lawful"),
        [
            (14, 1, False),
            (15, 1, True),
            (29, 1, True),
            (30, 1, False),
            (30, 2, True),
            (35, 1, False),
        ],
    )
    def test_the_age_of_apprentices(self, age: int, year: int, *, lawful: bool) -> None:
        """Articles L6222-1 and L6222-2: 15 to 29 when the contract begins, which year 1 is."""
        text = with_source(f"kind: apprentice, hourly_wage: 13, age: {age}, year: {year}")
        assert ("W416" not in codes(text)) is lawful
        assert lawful or marked(of("W416", text)) == str(age)

    @pytest.mark.parametrize(
        ("horizon", "more", "lawful"),
        [(18, "", True), (19, "", False), (18, ", starts_after: 2 months", True)],
    )
    def test_the_length_of_fixed_term_contracts(
        self, horizon: int, more: str, *, lawful: bool
    ) -> None:
        """Article L1242-8-1: 18 months of work; the time until it begins comes before."""
        text = with_source(f"kind: employee, contract: fixed-term{more or ', starts_after: 0'}")
        text += f"horizon: {horizon} months\n"
        assert ("W417" not in codes(text)) is lawful
        assert lawful or marked(of("W417", text)) == "fixed-term"
        assert "W417" not in codes(text.replace("fixed-term", "permanent"))
        assert "W417" not in codes(text.replace("country: FR", "country: CA-QC"))

    def test_fixed_term_contracts_in_phases(self) -> None:
        """Two phases in a row are one stay, two with others between them are not."""
        text = with_source("kind: employee, contract: fixed-term, starts_after: 0")
        text += "horizon: 30 months\n"
        between = "hire: {phases: [{months: 10, sources: [cm]}, {months: 10, sources: [%s]}, %s]}"
        text = text.replace("hire: [cm]", between % ("BETWEEN", "{sources: [cm]}"))
        assert "30 months" in of("W417", text.replace("BETWEEN", "cm, agence")).message
        assert "W417" not in codes(text.replace("BETWEEN", "agence"))

    @pytest.mark.parametrize(
        ("source", "lawful"),
        [
            ("kind: employee, hours: 24 h/week", True),
            ("kind: employee, hours: 23 h/week", False),
            ("kind: colleague, hours: 5 h/week", True),
        ],
    )
    def test_part_time_hours(self, source: str, *, lawful: bool) -> None:
        """Article L3123-27: 24 a week; a share of another post is no part-time contract."""
        text = with_source(source)
        assert ("W418" not in codes(text)) is lawful
        assert lawful or marked(of("W418", text)) == "23 h/week"
        assert "W418" not in codes(text.replace("country: FR", "country: CA-QC"))

    def test_no_age_of_apprentices(self) -> None:
        """Where the age is not known, or the country names no limit, nothing is said."""
        assert "W416" not in codes(with_source("kind: apprentice, hourly_wage: 13"))
        text = with_source("kind: apprentice, hourly_wage: 30, age: 50")
        assert "W416" not in codes(text.replace("country: FR", "country: CA-QC"))

    @pytest.mark.parametrize(
        ("named", "hint"),
        [("agense", "did you mean `agence`?"), ("nobody", "known here: cm, agence")],
    )
    def test_tools_of_nobody(self, named: str, hint: str) -> None:
        """A tool is included by sources that exist."""
        found = wrong(BASE + f"tools: {{a: {{price: 5, included_by: [{named}]}}}}\n")
        assert (found.code, marked(found), found.hint) == ("E305", named, hint)

    def test_tools_of_a_source_that_is_not_used(self) -> None:
        """A tool that no option's source includes is paid for by all: a warning."""
        text = BASE.replace("  agency: [agence]\n", "")
        text += "tools: {a: {price: 5, included_by: [agence]}}\n"
        assert codes(text) == ["W403", "W401"]

    def test_tools_included_by_no_names(self) -> None:
        """What is no name is reported as such, the same each time."""
        text = BASE + "tools: {a: {price: 5, included_by: [[agence], {b: c}, ~]}}\n"
        assert codes(text) == ["E203"] * 3
        assert not [d for d in findings(text) if "Node" in d.message + d.hint]

    @pytest.mark.parametrize("value", ["agence", "{agence: 1}", "5"])
    def test_tools_included_by_no_list(self, value: str) -> None:
        """``included_by`` takes a list."""
        assert codes(BASE + f"tools: {{a: {{price: 5, included_by: {value}}}}}\n") == ["E203"]

    @pytest.mark.parametrize(
        ("needs", "require"),
        [
            ("cover: 24/7", "answered_in_time: 90%"),
            ("cover: 24/7, messages: {per_day: 0}", "answered_in_time: 90%"),
            ("cover: 24/7", "work_done: 90%"),
            ("cover: 24/7, work: {content: 0 h/week}", "work_done: 90%"),
            ("cover: 24/7", "in_house: 10%"),
            ("cover: 24/7", "skills_met: 10%"),
            ("cover: 24/7, skills: []", "skills_met: 10%"),
        ],
    )
    def test_requirements_without_a_measure(self, needs: str, require: str) -> None:
        """A requirement that no option can be measured on, at its value."""
        found = of("E306", with_needs(needs, require))
        assert marked(found) == require.partition(": ")[2]

    @pytest.mark.parametrize(
        "require",
        ["watched: 1%", "continuity: 1%", "idle: 99%", "live_within: 9", "budget: 5", "cost: 5"],
    )
    def test_requirements_that_can_always_be_measured(self, require: str) -> None:
        """Every scenario has cover, contracts and costs."""
        assert codes(with_needs("cover: mon-fri 9-17", require)) == []

    def test_nobody_answers(self) -> None:
        """Messages, and an option in which nobody is ever on duty."""
        text = with_needs('cover: "24/7", messages: {per_day: 5}') + "  c: [k]\n"
        text = text.replace("sources:\n", "sources:\n  k: {kind: coach}\n")
        assert of("W402", text).message.startswith("option `c`")

    def test_sources_that_nothing_uses(self) -> None:
        """A warning at the name of the source."""
        found = wrong(BASE.replace("  agency: [agence]\n", ""))
        assert (found.code, marked(found)) == ("W403", "agence")

    @pytest.mark.parametrize("day", ["1970-01-01", "2031-05-05", "2199-12-31"])
    def test_start_outside_of_what_is_known(self, day: str) -> None:
        """The rules of the nearest period are taken, and that is said."""
        assert "W404" in codes(BASE + f"start: {day}\n")
        assert not errors(BASE + f"start: {day}\n")

    @pytest.mark.parametrize("day", ["1969-12-31", "2200-01-01", "04/01/2027", "2027-1-4", "2027"])
    def test_start_that_is_no_day(self, day: str) -> None:
        """A date between 1970 and 2199, written year-month-day."""
        assert codes(BASE + f"start: {day}\n") == ["E204"]

    @pytest.mark.parametrize(
        ("horizon", "valid"),
        [
            ("0.1", True),
            ("1 day", True),
            ("0.5 h", False),
            ("600", True),
            ("601", False),
            ("0", False),
        ],
    )
    def test_horizon(self, horizon: str, valid: bool) -> None:
        """From a day to fifty years."""
        assert (not errors(BASE + f"horizon: {horizon}\n")) is valid

    @pytest.mark.parametrize(
        ("text", "code", "mark"),
        [
            ("recommended: hir", "E309", "hir"),
            ("eligible: [hire, agencies]", "E309", "agencies"),
            ("not_eligible: [1]", "E309", "1"),
            ("eligible: [[hire]]", "E309", "[hire]"),
            ("eligible: [{hire: 1}]", "E309", "{hire: 1}"),
            ("agenci: {total: '<= 5'}", "E309", "agenci"),
            ("recommended: [hire]", "E203", "[hire]"),
            ("eligible: hire", "E203", "hire"),
            ("hire: '<= 5'", "E203", "'<= 5'"),
            ("hire: {totl: '<= 5'}", "E201", "totl"),
            ("hire: {total: '<= lots'}", "E204", "'<= lots'"),
            ("hire: {total: [5]}", "E203", "[5]"),
            ("hire: {total: 5}", "E204", "5"),
            ("hire: {watched: '>= 5/h'}", "E204", "'>= 5/h'"),
        ],
    )
    def test_expectations(self, text: str, code: str, mark: str) -> None:
        """What is expected names options and figures that exist, with bounds that can be read."""
        found = wrong(BASE + f"expect: {{{text}}}\n")
        assert (found.code, marked(found)) == (code, mark)

    def test_expecting_none(self) -> None:
        """That no option is recommended can be expected."""
        assert scenario(BASE + "expect: {recommended: none}").expect[0].bound == "none"


class TestShapes:
    """Values of the wrong shape."""

    @pytest.mark.parametrize(
        ("text", "code", "mark"),
        [
            ("needs: 5\n", "E203", "5"),
            ("needs: [cover]\n", "E203", "[cover]"),
            ("needs: {cover: 24}\n", "E204", "24"),
            ("needs: {cover: [24/7]}\n", "E203", "[24/7]"),
            ("needs: {cover: never}\n", "E204", "never"),
            ("needs: {messages: 5}\n", "E203", "5"),
            ("needs: {work: 5}\n", "E203", "5"),
            ("needs: {work: {content: 5}}\n", "E204", "5"),
            ("needs: {skills: ads}\n", "E203", "ads"),
            ("needs: {answer_within: 5}\n", "E204", "5"),
            ("company: 5\n", "E203", "5"),
            ("company: {size: 0}\n", "E204", "0"),
            ("require: [watched]\n", "E203", "[watched]"),
            ("context: {audience: brod}\n", "E204", "brod"),
            ("tools: {a: 5}\n", "E203", "5"),
            ("own_time: [5]\n", "E203", "[5]"),
            ("name: [x]\n", "E203", "[x]"),
            ("name: ''\n", "E204", "''"),
            ("name: true\n", "E204", "true"),
            ("options: {}\n", "E308", "{}"),
            ("options: []\n", "E203", "[]"),
            ("options: 5\n", "E203", "5"),
            ("options: {a: []}\n", "E203", "[]"),
            ("options: {a: 5}\n", "E203", "5"),
            ("options: {a: {}}\n", "E202", "a"),
            ("options: {a: {label: x}}\n", "E202", "a"),
            ("options: {a: [[cm]]}\n", "E203", "[cm]"),
            ("options: {a: [5]}\n", "E203", "5"),
            ("options: {a: [~]}\n", "E203", "~"),
            ("options: {a: [{}]}\n", "E203", "{}"),
            ("expect: 5\n", "E203", "5"),
            ("expect: [a]\n", "E203", "[a]"),
            ("prices: 2%\n", "E203", "2%"),
            ("prices: {wages: 2%/month}\n", "E204", "2%/month"),
            ("sources: {a: agency}\n", "E203", "agency"),
            ("sources: {a: {}}\n", "E202", "a"),
            ("sources: {a: {kind: [agency]}}\n", "E205", "[agency]"),
            ("sources: {a: {kind: agnecy}}\n", "E205", "agnecy"),
        ],
    )
    def test_of_each_key(self, text: str, code: str, mark: str) -> None:
        """The code, and the value that is meant."""
        found = errors(text)[0]
        assert (found.code, marked(found)) == (code, mark)
        assert len(errors(text)) == 1

    @pytest.mark.parametrize("key", ["sources", "options", "tools", "needs", "require", "expect"])
    def test_null_is_not_given(self, key: str) -> None:
        """A key without a value is a key that is not there."""
        assert codes(f"country: FR\n{key}:\n") == []
        assert codes(f"country: FR\n{key}: ~\n") == []

    @pytest.mark.parametrize(
        ("messages", "code"),
        [
            ("{}", "E202"),
            ("{minutes_each: 4}", "E202"),
            ("{per_day: 1, per_week: 2}", "E207"),
            ("{per_day: ~, per_week: ~}", "E202"),
            ("{per_day: -1}", "E204"),
            ("{per_day: 1, minutes_each: 0}", "E204"),
            ("{per_day: 1, profile: evenin}", "E204"),
            ("{per_day: 1, profile: [1, 2]}", "E204"),
            ("{per_day: 1, profile: 5}", "E204"),
        ],
    )
    def test_messages(self, messages: str, code: str) -> None:
        """Messages are counted in one way."""
        assert codes(with_needs(f"cover: 24/7, messages: {messages}")) == [code]

    def test_messages_counted_three_times(self) -> None:
        """Each way but the first is reported."""
        text = with_needs("cover: 24/7, messages: {per_day: 1, per_week: 7, per_month: 30}")
        assert [(d.code, marked(d)) for d in findings(text)] == [
            ("E207", "per_week"),
            ("E207", "per_month"),
        ]

    @pytest.mark.parametrize(
        ("weights", "valid"),
        [
            ([1] * 168, True),
            ([0] * 167 + [0.5], True),
            ([0] * 168, False),
            ([1] * 167, False),
            ([1] * 169, False),
            ([1] * 167 + [-1], False),
            ([1] * 167 + ["x"], False),
            ([1] * 167 + [True], False),
            ([1] * 167 + [1e10], False),
            ([1e-9] * 168, False),
            ([1] * 167 + [[1]], False),
        ],
    )
    def test_weights(self, weights: Sequence[object], valid: bool) -> None:
        """168 numbers, not all of them zero."""
        text = with_needs(f"cover: 24/7, messages: {{per_day: 1, profile: {json.dumps(weights)}}}")
        assert (not errors(text)) is valid

    @pytest.mark.parametrize(
        "fields",
        [
            "kind: employee, hourly_wage: 20, monthly_wage: 3000",
            "kind: employee, hourly_wage: 20, annual_wage: 40000, charges: 40%",
            "kind: freelancer, hourly_rate: 50, day_rate: 300",
        ],
    )
    def test_keys_that_exclude_each_other(self, fields: str) -> None:
        """Two ways to say the same pay."""
        assert codes(with_source(fields)) == ["E207"]

    def test_sources_and_phases(self) -> None:
        """An option has one or the other."""
        assert "E207" in codes(BASE + "  x: {sources: [cm], phases: [{sources: [cm]}]}\n")

    @pytest.mark.parametrize(
        ("override", "code", "mark"),
        [
            ("{hour: 3}", "E201", "hour"),
            ("{retainer: 3}", "E201", "retainer"),
            ("{kind: agency}", "E201", "kind"),
            ("{kind: employee}", "E201", "kind"),
            ("5", "E203", "5"),
            ("[takes]", "E203", "[takes]"),
            ("{hours: lots}", "E204", "lots"),
            ("{hourly_wage: 20, annual_wage: 40000}", "E207", "annual_wage"),
            ("{zz: ~}", "E201", "zz"),
        ],
    )
    def test_overrides_of_options(self, override: str, code: str, mark: str) -> None:
        """What an option changes is checked like the source itself."""
        found = wrong(BASE + f"  x: [cm: {override}]\n")
        assert (found.code, marked(found)) == (code, mark)

    def test_overrides_replace_what_they_exclude(self) -> None:
        """An option's monthly wage takes the place of an hourly one."""
        text = with_source("kind: employee, hourly_wage: 20", "  x: [cm: {monthly_wage: 3000}]\n")
        assert codes(text) == []

    def test_the_same_source_twice(self) -> None:
        """A source stands in a phase once."""
        found = wrong(BASE + "  x: [cm, agence, cm]\n")
        assert (found.code, where(found)) == ("E307", (9, 19))

    def test_labels(self) -> None:
        """A label is one line of text without control characters."""
        for label in (r'"\e[31m"', r'"a\nb"', r'"\u202e"', "true", "''", "[a]"):
            assert codes(BASE + f"  x: {{label: {label}, sources: [cm]}}\n") in (["E204"], ["E203"])
            assert codes(with_source(f"kind: employee, label: {label}")) in (["E204"], ["E203"])


class TestText:
    """Diagnostics as text for people."""

    def test_layout(self) -> None:
        """Severity and code, the place, the line with its caret, the way out, and a count."""
        text = render(findings("name: x\ncountry: FR\nhorizn: 5\n"))
        assert text == (
            "error[E201]: unknown key `horizn`\n"
            " --> s.yaml:3:1\n"
            "  |\n"
            "3 | horizn: 5\n"
            "  | ^^^^^^\n"
            "  = help: did you mean `horizon`?\n"
            "\n"
            "1 error\n"
        )

    def test_counts(self) -> None:
        """Errors and warnings are counted apart."""
        error, warning = Diagnostic("E201", "a"), Diagnostic("W403", "b")
        assert render([error, error, warning]).endswith("\n\n2 errors and 1 warning\n")
        assert render([]) == ""

    @pytest.mark.parametrize(
        ("text", "column", "length", "carets"),
        [
            ("ab: cd", 5, 2, "    ^^"),
            ("名前: 値段", 5, 2, "      ^^^^"),
            ("a\tb", 3, 1, "     ^"),
            ("e\u0301e\u0301: x", 7, 1, "    ^"),
            ("👍👍: x", 2, 1, "  ^^"),
            ("ab", 3, 1, "  ^"),
            ("ab", 1, 99, "^^"),
        ],
    )
    def test_carets(self, text: str, column: int, length: int, carets: str) -> None:
        """The caret stands under the cells of the characters that are meant."""
        place = Place("f", 1, column, length, text)
        lines = render([Diagnostic("E201", "m", place)]).split("\n")
        assert lines[4] == f"  | {carets}"

    @given(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300),
        st.integers(0, 320),
        st.integers(1, 320),
        st.integers(40, 200),
    )
    @example("0" * 37, 38, 1, 40)
    def test_long_lines(self, line: str, column: int, length: int, width: int) -> None:
        """However long the line, the part that is meant is shown, within the width."""
        if not line.strip():
            return
        text = render([Diagnostic("E201", "m", Place("f", 7, column, length, line))], width=width)
        shown = text.split("\n")
        assert all(cell_len(each) <= width for each in shown)
        assert all(each.isprintable() or "\N{NO-BREAK SPACE}" in each for each in shown)
        if column:
            assert "^" in shown[4]

    def test_a_long_line_shows_what_is_meant(self) -> None:
        """The window is around the caret."""
        line = f"{'x' * 3000}HERE{'y' * 3000}"
        text = render([Diagnostic("E201", "m", Place("f", 1, 3001, 4, line))]).split("\n")
        start = text[3].index("HERE")
        assert text[4][start : start + 4] == "^^^^"

    def test_long_messages_fold(self) -> None:
        """Messages and hints fold to the width."""
        text = render([Diagnostic("E201", "word " * 60, None, "hint " * 60)], width=50)
        assert all(len(line) <= 50 for line in text.split("\n"))

    def test_colour(self) -> None:
        """Colour is asked for, and paints nothing but the marks."""
        found = findings("nme: x")
        painted, plain = render(found, colour=True), render(found)
        assert "\x1b[1;31merror[E201]\x1b[0m" in painted
        assert "\x1b" not in plain

    @pytest.mark.parametrize(
        "bad", ["\x1b[31m", "\x9b31m", "\u202e", "\u2066", "\x07", "\r", "\u200b"]
    )
    def test_nothing_drives_a_terminal(self, bad: str) -> None:
        """No control character of a file, name, value or flag reaches the text or the JSON."""
        escaped = json.dumps(bad)[1:-1].replace("\x9b", "\\x9b")
        name = f'"x{escaped}y"'
        text = (
            f"{name}: 1\ncountry: {name}\nsources: {{{name}: {{kind: {name}, {name}: 1}}}}\n"
            f"options: {{{name}: [{name}], b: {{label: {name}, sources: [{name}: {{}}]}}}}\n"
            f"tools: {{{name}: {{price: {name}}}}}\nneeds: {{work: {{{name}: 5}}}}\n"
            f"expect: {{{name}: 5}}\n"
        )
        found = findings(text, f"a{bad}b=1", f"name={bad}", f"options.{bad}=5")
        assert len(found) > 5
        for output in (render(found), dumps(diagnostics_data(found))):
            assert not set(output) & set(bad) - set("[31m")

    def test_markup_means_nothing(self) -> None:
        """Brackets are brackets."""
        assert "[red]x[/red]" in render(findings("'[red]x[/red]': 1"))


class TestJson:
    """Diagnostics as JSON."""

    def test_fields(self) -> None:
        """Everything that the text says, for machines."""
        data = json.loads(dumps(diagnostics_data(findings("nme: x"))))
        assert data == {
            "format": "cmsource/diagnostics/1",
            "diagnostics": [
                {
                    "code": "E201",
                    "severity": "error",
                    "message": "unknown key `nme`",
                    "hint": "did you mean `name`?",
                    "file": "s.yaml",
                    "line": 1,
                    "column": 1,
                    "path": "nme",
                }
            ],
        }


def test_every_code_has_a_severity() -> None:
    """Codes begin with E or W, and mean something."""
    for code, meaning in CODES.items():
        assert Diagnostic(code, "").severity == ("error" if code[0] == "E" else "warning")
        assert meaning
